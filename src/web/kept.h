/* kept.h: pages kept in memory. A page of a `kept` route is what the docket, the desk, the people,
 * the day, the language and who asks make of an address; as long as none of them changes, the same
 * bytes are sent again, or 304. Any thread. Floor 6. */
#ifndef SHENCHA_KEPT_H
#define SHENCHA_KEPT_H

#include <microhttpd.h>

#include "day.h"
#include "str.h"

typedef struct Kept Kept;        /* opaque */

enum { KEPT_BYTES_MAX = 16 << 20, KEPT_TAG_BYTES = 21 };

typedef struct KeptStamp {       /* what a page rests on */
    int64_t events, desk, people;
    Day today;
} KeptStamp;

typedef struct KeptPage {
    struct MHD_Response *plain, *packed, *same;   /* packed (gzip) may be NULL; same: for 304 */
    char tag[KEPT_TAG_BYTES];    /* weak validator (packed or not), whole, terminated */
    size_t bytes;
} KeptPage;

Kept *kept_new(void);
void kept_free(Kept *kept);      /* NULL ok */
/* Sends the page of this key under this stamp; false when there is none. *ret_status (200 or 304)
 * and *ret_bytes are what was sent. */
bool kept_send(Kept *kept, Str key, const KeptStamp *stamp, struct MHD_Connection *connection,
               int *ret_status, size_t *ret_bytes);
/* Keeps a page and owns its responses from now on. */
void kept_put(Kept *kept, Str key, const KeptStamp *stamp, const KeptPage *page);
/* Fills the validator of these bytes. */
void kept_tag(Str bytes, Str key, char ret_tag[KEPT_TAG_BYTES]);
size_t kept_bytes(Kept *kept);

#endif
