/* status_pages.c: for those who run the service: does it work, what does it count. */
#include "visit.h"

static void health(Request *request, Reply *reply)
{
    Look *look;
    Fault fault;
    bool fine = shelf_take(request->service->shelf, &look, &fault) == FAIL_NONE;
    reply->type = "application/json";
    reply->status = fine ? 200 : 503;
    if (fine) {
        buf_print(&reply->body, "{\"status\":\"ok\",\"events\":%lld}\n", (long long)look->last);
        shelf_give(request->service->shelf, look);
    } else {
        buf_put(&reply->body, STR("{\"status\":\"docket cannot be read\"}\n"));
    }
}

static void metrics(Request *request, Reply *reply)
{
    const Visit *visit = request->server;
    Server *server = visit->server;
    pthread_mutex_lock(&server->lock);
    size_t visits = server->visits;
    pthread_mutex_unlock(&server->lock);
    reply->type = "text/plain; version=0.0.4; charset=utf-8";
    metrics_put(server->metrics, &reply->body, visits, kept_bytes(server->kept));
}

const Route routes_status[] = {
    {METHOD_GET, "/health", health, NEED_NOBODY, .reads = false},
    {METHOD_GET, "/metrics", metrics, NEED_NOBODY, .reads = false},
    {0},
};
