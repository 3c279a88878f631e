/* visit_wait.c: what a handler may wait for: its connection sleeps while the writer or the bench
 * has the visit, and goes on where it left off. */
#include "visit.h"

enum { STATUS_NOT_NOW = 503 };

static void reply_busy(Request *request, Reply *reply)
{
    (void)reply;
    visit_say(request->server, STATUS_NOT_NOW, WORD_WEB_BUSY);
}

/* The visit may be gone when this returns; the server is there until nobody sleeps. */
static void wake_up(Visit *visit)
{
    Server *server = visit->server;
    MHD_resume_connection(visit->connection);
    pthread_mutex_lock(&server->lock);
    server->sleeping--;
    pthread_mutex_unlock(&server->lock);
}

/* False: the service stops, and nothing may be begun any more; the reply says so. */
static bool sleep_now(Visit *visit)
{
    Server *server = visit->server;
    pthread_mutex_lock(&server->lock);
    bool closed = server->closed;
    server->sleeping += !closed;
    pthread_mutex_unlock(&server->lock);
    if (closed) {
        reply_busy(&visit->request, &visit->reply);
        return false;
    }
    visit->reply.waiting = true;
    visit->state = VISIT_SLEEPS;
    shelf_give(server->service.shelf, visit->request.reader);
    visit->request.reader = NULL;
    patience_give(visit->connection, 0, 0);
    MHD_suspend_connection(visit->connection);
    return true;
}

static void act_is_done(void *with, Fail fail)
{
    Visit *visit = with;
    visit->fail = fail;
    metrics_add(visit->server->metrics, fail != FAIL_NONE        ? METRIC_ACTS_FAILED
                                        : visit->written.refused ? METRIC_ACTS_REFUSED
                                                                 : METRIC_ACTS_DONE);
    wake_up(visit);
}

void request_submit(Request *request, Reply *reply, const Wanted *wanted, ActDone *then)
{
    Visit *visit = request->server;
    (void)reply;
    visit->act_done = then;
    visit->written = (Written){0};
    if (sleep_now(visit)) {
        writer_submit(visit->server->service.writer, wanted, &visit->written, &visit->fault,
                      act_is_done, visit);
    }
}

static void do_work(void *with)
{
    Visit *visit = with;
    visit->work(&visit->request);
    wake_up(visit);
}

void request_work(Request *request, Reply *reply, void (*work)(Request *request), Handler *then)
{
    Visit *visit = request->server;
    visit->work = work;
    visit->work_done = then;
    if (sleep_now(visit) && !bench_put(visit->server->bench, do_work, visit)) {
        visit->work_done = reply_busy;
        wake_up(visit);
    }
    (void)reply;
}
