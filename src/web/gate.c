/* gate.c: strict before anything else. */
#include "gate.h"

#include <strings.h>

#include "utf8.h"

enum { QUERY_FIELDS_MAX = 64 };

typedef struct Headers {
    int host, length, encoding;
    bool bad;
} Headers;

static bool is_name(const char *name)
{
    for (; *name; name++) {
        unsigned char byte = (unsigned char)*name;
        if (byte <= ' ' || byte >= 0x7F || strchr("()<>@,;:\\\"/[]?={}", byte)) {
            return false;
        }
    }
    return true;
}

static enum MHD_Result look_at_header(void *with, enum MHD_ValueKind kind, const char *name,
                                      const char *value)
{
    Headers *headers = with;
    (void)kind;
    headers->bad |= !name || !*name || !is_name(name);
    for (const char *at = value; at && *at; at++) {
        unsigned char byte = (unsigned char)*at;
        headers->bad |= (byte < ' ' && byte != '\t') || byte == 0x7F;
    }
    if (headers->bad) {
        return MHD_NO;
    }
    headers->host += strcasecmp(name, "Host") == 0;
    headers->length += strcasecmp(name, "Content-Length") == 0;
    if (strcasecmp(name, "Content-Length") == 0) {
        headers->bad |= !value || !*value || value[strspn(value, "0123456789")] != 0;
    }
    if (strcasecmp(name, "Transfer-Encoding") == 0) {
        headers->encoding++;
        headers->bad |= !value || strcasecmp(value, "chunked") != 0;
    }
    return MHD_YES;
}

bool gate_headers(struct MHD_Connection *connection, const char *version)
{
    Headers headers = {0};
    MHD_get_connection_values(connection, MHD_HEADER_KIND, look_at_header, &headers);
    bool host = headers.host == 1 || (headers.host == 0 && strcmp(version, "HTTP/1.0") == 0);
    return !headers.bad && host && headers.length <= 1 && headers.encoding <= 1 &&
           !(headers.length && headers.encoding);
}

Str gate_header(struct MHD_Connection *connection, const char *name)
{
    return str_from(MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name));
}

/* ---- the address ---- */

static int hex(char digit)
{
    return digit >= '0' && digit <= '9'   ? digit - '0'
           : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10
           : digit >= 'A' && digit <= 'F' ? digit - 'A' + 10
                                          : -1;
}

/* %XX and, in a query, + for a space. Control characters are refused; in a query, line ends and
 * tabs of texts are not. */
static bool unescape(Arena *arena, Str raw, bool query, Str *ret_text)
{
    char *to = arena_take(arena, raw.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < raw.len; i++) {
        char byte = raw.at[i];
        if (byte == '%') {
            int high = i + 2 < raw.len ? hex(raw.at[i + 1]) : -1;
            int low = i + 2 < raw.len ? hex(raw.at[i + 2]) : -1;
            if (high < 0 || low < 0) {
                return false;
            }
            byte = (char)(high << 4 | low);
            i += 2;
            if (byte == 0 || (!query && byte == '/')) {
                return false;
            }
        } else if (query && byte == '+') {
            byte = ' ';
        }
        bool line = query && (byte == '\n' || byte == '\r' || byte == '\t');
        if (((unsigned char)byte < ' ' && !line) || byte == 0x7F) {
            return false;
        }
        to[len++] = byte;
    }
    *ret_text = (Str){to, len};
    return utf8_valid(*ret_text, NULL);
}

static bool path_fits(Str path)
{
    if (path.len == 0 || path.at[0] != '/') {
        return false;
    }
    for (size_t at = 1; at < path.len;) {
        size_t end = at + str_find(str_part(path, at, path.len), '/');
        Str part = str_part(path, at, end);
        if (part.len == 0 || str_is(part, ".") || str_is(part, "..")) {
            return false;
        }
        at = end + 1;
    }
    return path.len == 1 || path.at[path.len - 1] != '/';
}

static bool read_query(Arena *arena, Str raw, TypedList *ret_query)
{
    Typed *fields = ARENA_MANY(arena, Typed, QUERY_FIELDS_MAX);
    size_t count = 0;
    for (size_t at = 0; at < raw.len;) {
        Str rest = str_part(raw, at, raw.len);
        Str pair = str_part(rest, 0, str_find(rest, '&'));
        size_t equal = str_find(pair, '=');
        if (pair.len && count == QUERY_FIELDS_MAX) {
            return false;
        }
        if (pair.len &&
            (!unescape(arena, str_part(pair, 0, equal), true, &fields[count].name) ||
             !unescape(arena, str_part(pair, equal + 1, pair.len), true, &fields[count].value))) {
            return false;
        }
        count += pair.len > 0;
        at += pair.len + 1;
    }
    *ret_query = (TypedList){fields, count};
    return true;
}

bool gate_address(Arena *arena, Str raw, Str *ret_path, TypedList *ret_query)
{
    size_t mark = str_find(raw, '?');
    return unescape(arena, str_part(raw, 0, mark), false, ret_path) && path_fits(*ret_path) &&
           read_query(arena, str_part(raw, mark + 1, raw.len), ret_query);
}

/* ---- where a POST comes from ---- */

/* "https://host:port/…" names this host? */
static bool same_host(Str origin, Str host)
{
    size_t from = str_starts(origin, STR("http://"))    ? 7
                  : str_starts(origin, STR("https://")) ? 8
                                                        : 0;
    Str rest = str_part(origin, from, origin.len);
    return from && host.len && str_eq(str_part(rest, 0, str_find(rest, '/')), host);
}

bool gate_origin(struct MHD_Connection *connection)
{
    Str site = gate_header(connection, "Sec-Fetch-Site");
    Str origin = gate_header(connection, "Origin");
    Str host = gate_header(connection, "Host");
    if (origin.len && !str_is(origin, "null")) {
        return same_host(origin, host);
    }
    if (site.len) {
        return str_is(site, "same-origin") || str_is(site, "none");
    }
    return same_host(gate_header(connection, "Referer"), host);
}
