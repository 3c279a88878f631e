/* patience.h: how long a connection may take. The library closes those that are silent; those that
 * send or take a byte now and then would stay for ever and, many of them, leave no room for others.
 * So each has a moment by which the next thing must have happened; once a second those past theirs
 * are shut down. Any thread. Floor 6, inside web only. */
#ifndef SHENCHA_PATIENCE_H
#define SHENCHA_PATIENCE_H

#include <microhttpd.h>
#include <stdbool.h>
#include <stdint.h>

enum {                           /* seconds */
    PATIENCE_HEADERS = 20,       /* from the connection to the end of the first headers */
    PATIENCE_NEXT = 35,          /* from a reply to the end of the next headers */
    PATIENCE_BODY = 60,          /* for a form; a reply to be taken */
    PATIENCE_BYTES = 2048,       /* a second, for files that come in and go out */
};

typedef struct Patience Patience;    /* opaque */

Patience *patience_new(void);
void patience_free(Patience *patience);   /* NULL ok; no connection is left */
/* The library tells when one begins and ends: MHD_OPTION_NOTIFY_CONNECTION with a Patience. */
void patience_connection(void *with, struct MHD_Connection *connection, void **context,
                         enum MHD_ConnectionNotificationCode code);
/* This connection has so many seconds from `now` (of a steady clock); 0: as many as it takes. */
void patience_give(struct MHD_Connection *connection, int64_t now, int64_t seconds);
/* Shuts those down whose moment has passed. Returns how many. */
int patience_end(Patience *patience, int64_t now);
/* Seconds of a steady clock. */
int64_t patience_now(void);

#endif
