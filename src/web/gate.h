/* gate.h: what a request must be before anything of ours looks at it. libmicrohttpd lets through
 * what proxies read otherwise (RFC 9112, request smuggling); here it is refused. Floor 6. */
#ifndef SHENCHA_GATE_H
#define SHENCHA_GATE_H

#include <microhttpd.h>

#include "actform.h"

/* Headers: at most one Host, Content-Length, Transfer-Encoding, not the last two together, only
 * "chunked"; names and values without control bytes, spaces in names, or non-ASCII. */
bool gate_headers(struct MHD_Connection *connection, const char *version);
/* Splits the raw address: the path unescaped (valid UTF-8, begins with "/", no "..", no empty part,
 * no control character, no escaped slash) and the query as names and values. In arena. */
bool gate_address(Arena *arena, Str raw, Str *ret_path, TypedList *ret_query);
/* May this POST come from a page of ours: Sec-Fetch-Site, else Origin, else Referer against
 * Host. */
bool gate_origin(struct MHD_Connection *connection);
/* A header's value; empty: none. */
Str gate_header(struct MHD_Connection *connection, const char *name);

#endif
