/* status_pages.c: for those who run the service: does it work, what does it count. */
#include <arpa/inet.h>
#include <netinet/in.h>

#include "gate.h"
#include "visit.h"

static void health(Request *request, Reply *reply)
{
    Look *look;
    Fault fault;
    bool fine = shelf_take(request->service->shelf, &look, &fault) == FAIL_NONE;
    reply->type = "application/json";
    reply->status = fine ? 200 : 503;
    if (fine) {
        buf_put(&reply->body, STR("{\"status\":\"ok\"}\n"));   /* no count: it would tell of acts */
        shelf_give(request->service->shelf, look);
    } else {
        buf_put(&reply->body, STR("{\"status\":\"docket cannot be read\"}\n"));
    }
}

/* From this machine, and not passed on by a proxy that stands on it. */
static bool is_near(const Visit *visit)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(visit->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *from = info ? info->client_addr : NULL;
    const struct sockaddr_in *four = (const struct sockaddr_in *)from;
    const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)from;
    bool loop =
        from && ((from->sa_family == AF_INET && ntohl(four->sin_addr.s_addr) >> 24 == 127) ||
                 (from->sa_family == AF_INET6 && IN6_IS_ADDR_LOOPBACK(&six->sin6_addr)));
    return loop && !gate_header(visit->connection, "Forwarded").len &&
           !gate_header(visit->connection, "X-Forwarded-For").len;
}

static void metrics(Request *request, Reply *reply)
{
    const Visit *visit = request->server;
    Server *server = visit->server;
    if (!is_near(visit)) {   /* counts of acts are no stranger's business */
        reply_not_there(request, reply);
        return;
    }
    size_t visits = atomic_load(&server->visits);
    reply->type = "text/plain; version=0.0.4; charset=utf-8";
    metrics_put(server->metrics, &reply->body, visits, kept_bytes(server->kept));
}

const Route routes_status[] = {
    {METHOD_GET, "/health", health, NEED_NOBODY, .reads = false},
    {METHOD_GET, "/metrics", metrics, NEED_NOBODY, .reads = false},
    {0},
};
