/* visit_find.c: which route answers a path. */
#include <assert.h>

#include "visit.h"

static const Route *const tables[] = {
    routes_status, routes_sign_in, routes_people, routes_case, routes_desk,
    routes_act,     routes_check,   routes_declare, routes_new,    routes_papers, routes_law,
};

/* Does the path fit the pattern, part by part? What stars stand for goes into `rest`. */
static bool route_fits(const char *pattern, Str path, Str rest[4])
{
    size_t stars = 0, at = 0;
    for (; *pattern; pattern++) {
        if (*pattern != '*') {
            if (at >= path.len || path.at[at] != *pattern) {
                return false;
            }
            at++;
            continue;
        }
        Str part = str_part(path, at, path.len);
        part = str_part(part, 0, str_find(part, '/'));
        if (part.len == 0 || stars == 4) {
            return false;
        }
        rest[stars++] = part;
        at += part.len;
    }
    return at == path.len;
}

void visit_routes(Server *server)
{
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        for (const Route *route = tables[i]; route->pattern; route++) {
            assert(server->routes_count < METRIC_ROUTES_MAX);
            server->routes[server->routes_count++] = route;
        }
    }
}

/* A literal wins over a star. */
const Route *visit_find(Visit *visit, Method method)
{
    const Server *server = visit->server;
    const Route *best = NULL;
    for (size_t i = 0; i < server->routes_count; i++) {
        const Route *route = server->routes[i];
        Str found[4] = {{0}};
        if (route->method != method || !route_fits(route->pattern, visit->request.path, found)) {
            continue;
        }
        if (!best || strcmp(route->pattern, best->pattern) > 0) {
            best = route;        /* '*' sorts before every letter and digit */
            visit->route_index = (int)i;
            memcpy(visit->request.rest, found, sizeof found);
        }
    }
    return best;
}

const char *visit_allowed(const Visit *visit)
{
    const Server *server = visit->server;
    bool get = false, post = false;
    for (size_t i = 0; i < server->routes_count; i++) {
        Str found[4] = {{0}};
        if (route_fits(server->routes[i]->pattern, visit->request.path, found)) {
            get |= server->routes[i]->method == METHOD_GET;
            post |= server->routes[i]->method == METHOD_POST;
        }
    }
    return get && post ? "GET, HEAD, POST" : get ? "GET, HEAD" : post ? "POST" : NULL;
}
