/* gate.c: strict before anything else. */
#include "gate.h"

#include <arpa/inet.h>
#include <strings.h>

#include "utf8.h"

enum { QUERY_FIELDS_MAX = 64 };

typedef struct Headers {
    int host, length, encoding;
    bool bad, layout;
    const char *next;            /* where the next line begins, as far as bytes tell */
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

/* What the library's parser forgives leaves a trace: it reads in place and puts zeros where a line
 * ended. A bare line end is one zero, not two; a zero inside a value ends it before its line does;
 * a folded line lies elsewhere. So each line must begin two bytes behind the end of the one
 * before. True for the parser of 0.9.75 alone; 1.0 refuses all this by itself. */
static bool layout_known(void)
{
    return strcmp(MHD_get_version(), "0.9.75") == 0;
}

static bool line_ends(const char *end)
{
    return end[0] == 0 && end[1] == 0;
}

static enum MHD_Result look_at_header(void *with, enum MHD_ValueKind kind, const char *name,
                                      const char *value)
{
    Headers *headers = with;
    (void)kind;
    headers->bad |= !name || !*name || !is_name(name);
    headers->bad |= headers->layout && (!value || (headers->next && name != headers->next) ||
                                        !line_ends(value + strlen(value)));
    for (const char *at = value; at && *at; at++) {
        unsigned char byte = (unsigned char)*at;
        headers->bad |= (byte < ' ' && byte != '\t') || byte == 0x7F;
    }
    if (headers->bad) {
        return MHD_NO;
    }
    headers->next = value ? value + strlen(value) + 2 : NULL;
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

/* One space on either side of the address, a version that is ours, and its line's end. */
static bool line_fits(const GateLine *line)
{
    const char *end = line->version + strlen(line->version);
    return line->address.at == line->method + strlen(line->method) + 1 &&
           line->version == line->address.at + line->address.len + 1 && line_ends(end);
}

bool gate_headers(struct MHD_Connection *connection, const GateLine *line)
{
    bool old = strcmp(line->version, "HTTP/1.0") == 0;
    Headers headers = {.layout = layout_known()};
    if (!old && strcmp(line->version, "HTTP/1.1") != 0) {
        return false;
    }
    if (headers.layout) {
        if (!line_fits(line)) {
            return false;
        }
        headers.next = line->version + strlen(line->version) + 2;
    }
    MHD_get_connection_values(connection, MHD_HEADER_KIND, look_at_header, &headers);
    if (headers.layout && !headers.bad) {
        headers.bad = !line_ends(headers.next);   /* the empty line */
    }
    return !headers.bad && headers.host <= 1 && (headers.host || old) && headers.length <= 1 &&
           headers.encoding <= 1 && !(headers.length && headers.encoding) &&
           !(old && headers.encoding);
}

/* A name without its port; empty when it is not written as a host is. */
static Str host_name(Str host)
{
    size_t end = host.len && host.at[0] == '[' ? str_find(host, ']') + 1 : str_find(host, ':');
    if (end < host.len) {
        Str port = str_part(host, end, host.len);
        if (port.at[0] != ':' || port.len > 6) {
            return STR_NONE;
        }
        for (size_t i = 1; i < port.len; i++) {
            if (port.at[i] < '0' || port.at[i] > '9') {
                return STR_NONE;
            }
        }
    }
    return str_part(host, 0, end);
}

static bool is_number_address(Str name)
{
    char text[INET6_ADDRSTRLEN + 2];
    unsigned char bytes[sizeof(struct in6_addr)];
    bool six = name.len > 2 && name.at[0] == '[' && name.at[name.len - 1] == ']';
    Str inner = six ? str_part(name, 1, name.len - 1) : name;
    if (inner.len == 0 || inner.len >= sizeof text) {
        return false;
    }
    memcpy(text, inner.at, inner.len);
    text[inner.len] = 0;
    return inet_pton(six ? AF_INET6 : AF_INET, text, bytes) == 1;
}

bool gate_host(Str host, const char *names)
{
    Str name = host_name(host), known = str_from(names);
    if (host.len == 0 || is_number_address(name)) {
        return true;
    }
    for (size_t at = 0; at <= known.len && name.len;) {
        Str rest = str_part(known, at, known.len);
        Str one = str_part(rest, 0, str_find(rest, ','));
        if (one.len == name.len && strncasecmp(one.at, name.at, name.len) == 0) {
            return true;
        }
        at += one.len + 1;
    }
    return name.len == 9 && strncasecmp(name.at, "localhost", 9) == 0;
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
        if ((unsigned char)raw.at[i] >= 0x80 || raw.at[i] == '#') {
            return false;                /* such bytes are written as %XX */
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
    for (size_t at = 1; at < path.len;) {   /* one slash at the end is no fault: nothing is there */
        size_t end = at + str_find(str_part(path, at, path.len), '/');
        Str part = str_part(path, at, end);
        if (part.len == 0 || str_is(part, ".") || str_is(part, "..")) {
            return false;
        }
        at = end + 1;
    }
    return true;
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

/* "https://host:port/…" names this host? With TLS of our own, http is another place. */
static bool same_host(Str origin, Str host, bool tls)
{
    size_t from = str_starts(origin, STR("https://"))          ? 8
                  : !tls && str_starts(origin, STR("http://")) ? 7
                                                               : 0;
    Str rest = str_part(origin, from, origin.len);
    Str named = str_part(rest, 0, str_find(rest, '/'));
    return from && host.len && named.len == host.len &&
           strncasecmp(named.at, host.at, host.len) == 0;
}

bool gate_origin(struct MHD_Connection *connection, bool tls)
{
    Str site = gate_header(connection, "Sec-Fetch-Site");
    Str origin = gate_header(connection, "Origin");
    Str host = gate_header(connection, "Host");
    if (site.len && !str_is(site, "same-origin") && !str_is(site, "none")) {
        return false;
    }
    if (origin.len && !str_is(origin, "null")) {
        return same_host(origin, host, tls);
    }
    return site.len || same_host(gate_header(connection, "Referer"), host, tls);
}

/* "q=0", "q=0.0", "q=0.000": not at all. */
static bool is_nought(Str weight)
{
    for (size_t i = 2; i < weight.len; i++) {
        if (weight.at[i] != '0' && weight.at[i] != '.') {
            return false;
        }
    }
    return weight.len > 2 && str_starts(weight, STR("q="));
}

bool gate_takes_gzip(struct MHD_Connection *connection)
{
    Str accepted = gate_header(connection, "Accept-Encoding");
    for (size_t at = 0; at < accepted.len;) {
        Str rest = str_part(accepted, at, accepted.len);
        Str one = str_part(rest, 0, str_find(rest, ','));
        size_t mark = str_find(one, ';');
        Str name = str_trim(str_part(one, 0, mark));
        if (name.len == 4 && strncasecmp(name.at, "gzip", 4) == 0) {
            return !is_nought(str_trim(str_part(one, mark + 1, one.len)));
        }
        at += one.len + 1;
    }
    return false;
}

bool gate_has_tag(struct MHD_Connection *connection, const char *tag)
{
    const char *known =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "If-None-Match");
    return known && (strcmp(known, "*") == 0 || strstr(known, tag + 2));   /* weakly: without W/ */
}
