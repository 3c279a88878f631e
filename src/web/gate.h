/* gate.h: what a request must be before anything of ours looks at it. libmicrohttpd lets through
 * what proxies read otherwise (RFC 9112, request smuggling); here it is refused. Floor 6. */
#ifndef SHENCHA_GATE_H
#define SHENCHA_GATE_H

#include <microhttpd.h>

#include "actform.h"

typedef struct GateLine {        /* the request's line as it lies in the library's memory */
    const char *method, *version;
    Str address;                 /* raw */
} GateLine;

/* The request's line and headers: one Host (HTTP/1.0 may have none), at most one Content-Length,
 * one Transfer-Encoding that is "chunked", not the last two together; no control bytes, no bare
 * line end, no folded line, no space in or behind a name. */
bool gate_headers(struct MHD_Connection *connection, const GateLine *line);
/* Is this service called so? By a number address always (a page of others cannot have one for its
 * name), as localhost, or by one of `names` (with commas between). Else another's name was made to
 * point here: its pages would read ours. */
bool gate_host(Str host, const char *names);
/* Splits the raw address: the path unescaped (valid UTF-8, begins with "/", no "..", no empty part,
 * no control character, no escaped slash) and the query as names and values. In arena. */
bool gate_address(Arena *arena, Str raw, Str *ret_path, TypedList *ret_query);
/* May this POST come from a page of ours? Sec-Fetch-Site and Origin, those that are there; else
 * Referer; against Host. With TLS of our own a page under http is another's. */
bool gate_origin(struct MHD_Connection *connection, bool tls);
/* Does who asks read gzip? */
bool gate_takes_gzip(struct MHD_Connection *connection);
/* Has who asks what carries this tag (W/"…") already: If-None-Match. */
bool gate_has_tag(struct MHD_Connection *connection, const char *tag);
/* A header's value; empty: none. */
Str gate_header(struct MHD_Connection *connection, const char *name);

#endif
