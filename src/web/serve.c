/* serve.c: the service from its start to its stop. */
#include "serve.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "chance.h"
#include "listen.h"

enum { CONNECTIONS_MAX = 1000, FILES_BESIDE = 128, STOP_SECONDS = 10 };

static Fail open_rooms(Server *server, const ServeOptions *options, Law *law, Fault *fault)
{
    Service *service = &server->service;
    int64_t now = options->now();
    /* The docket first: where there is none, nothing is made beside it. For writing before reading:
     * due days are counted again where need be. */
    Fail fail = writer_start(options->dir, law, now, &service->writer, fault);
    if (fail == FAIL_NONE) {
        fail = people_open(options->dir, &service->people, fault);
    }
    if (fail == FAIL_NONE) {
        fail = desk_open(options->dir, &service->desk, fault);
    }
    if (fail == FAIL_NONE) {
        fail = shelf_open(options->dir, options->law_dir, options->data_dir, now,
                          &service->shelf, fault);
    }
    return fail;
}

static void count_routes(Server *server)
{
    MetricRoute routes[METRIC_ROUTES_MAX];
    visit_routes(server);
    for (size_t i = 0; i < server->routes_count; i++) {
        const Route *route = server->routes[i];
        routes[i] = (MetricRoute){route->method == METHOD_GET ? "GET" : "POST", route->pattern};
    }
    server->metrics = metrics_new(routes, server->routes_count);
    server->patience = patience_new();
    server->kept = kept_new();
    server->limits = limits_new();
}

static Fail open_log(Server *server, const ServeOptions *options, Fault *fault)
{
    if (options->log && strcmp(options->log, "-") == 0) {
        return FAIL_NONE;
    }
    server->log = options->log ? fopen(options->log, "ae") : stderr;
    if (!server->log) {
        return FAULT(fault, FAIL_SYSTEM, WORD_FILE_UNWRITABLE, str_from(options->log),
                     str_from(strerror(errno)));
    }
    setvbuf(server->log, NULL, _IOFBF, 1 << 16);
    return FAIL_NONE;
}

static void close_log(Server *server)
{
    if (server->log) {
        fflush(server->log);
        if (server->log != stderr) {
            fclose(server->log);
        }
    }
}

static void close_rooms(Server *server)
{
    writer_stop(server->service.writer);
    kept_free(server->kept);
    metrics_free(server->metrics);
    limits_free(server->limits);
    patience_free(server->patience);
    bench_stop(server->bench);
    shelf_close(server->service.shelf);
    desk_close(server->service.desk);
    people_close(server->service.people);
}

static size_t sleeping(Server *server)
{
    pthread_mutex_lock(&server->lock);
    size_t count = server->sleeping;
    pthread_mutex_unlock(&server->lock);
    return count;
}

/* Takes no new connections, answers what was asked and closes; who is slower than STOP_SECONDS is
 * cut off. What the writer or the bench has is waited for: it ends by itself. */
static void stop(Server *server, MHD_socket socket)
{
    atomic_store(&server->stopping, true);
    MHD_quiesce_daemon(server->daemon);
    for (int i = 0; i < STOP_SECONDS * 100 && atomic_load(&server->visits); i++) {
        usleep(10000);
    }
    pthread_mutex_lock(&server->lock);
    server->closed = true;
    pthread_mutex_unlock(&server->lock);
    while (sleeping(server)) {
        usleep(1000);
    }
    MHD_stop_daemon(server->daemon);
    close(socket);
}

/* Until a signal comes. Every second what was logged is written, and who is too slow is ended. */
static void wait_for_end(Server *server, const sigset_t *ends)
{
    const struct timespec second = {.tv_sec = 1};
    while (sigtimedwait(ends, NULL, &second) < 0) {
        if (server->log) {
            fflush(server->log);
        }
        patience_end(server->patience, patience_now());
    }
}

/* Every connection is an open file. */
static unsigned connections_most(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0) {
        return CONNECTIONS_MAX / 2;
    }
    rlim_t wanted = CONNECTIONS_MAX + FILES_BESIDE;
    if (files.rlim_cur < wanted) {
        files.rlim_cur = files.rlim_max < wanted ? files.rlim_max : wanted;
        (void)setrlimit(RLIMIT_NOFILE, &files);
    }
    return files.rlim_cur >= wanted            ? CONNECTIONS_MAX
           : files.rlim_cur > FILES_BESIDE + 8 ? (unsigned)(files.rlim_cur - FILES_BESIDE)
                                               : 8;
}

/* Signals that end it come to wait_for_end alone. Returns what was blocked before. */
static sigset_t block_ends(sigset_t *ret_ends)
{
    sigset_t before;
    sigemptyset(ret_ends);
    sigaddset(ret_ends, SIGTERM);
    sigaddset(ret_ends, SIGINT);
    sigaddset(ret_ends, SIGHUP);
    pthread_sigmask(SIG_BLOCK, ret_ends, &before);
    signal(SIGPIPE, SIG_IGN);
    return before;
}

/* Opens everything, the port first: who cannot have it touches nothing. */
static Fail start(Server *server, const ServeOptions *options, Arena *arena, MHD_socket *ret_socket,
                  Fault *fault)
{
    Law *law = NULL;
    int port = 0;
    Fail fail = listen_on(options, ret_socket, &port, fault);
    if (fail == FAIL_NONE) {
        fail = chance_start() && (server->bench = bench_start())
                   ? law_open(arena, options->law_dir, options->data_dir, &law, fault)
                   : FAULT_PLAIN(fault, FAIL_SYSTEM, WORD_WRITER_NO_THREAD);
    }
    if (fail == FAIL_NONE) {
        fail = open_log(server, options, fault);
    }
    if (fail == FAIL_NONE) {
        fail = open_rooms(server, options, law, fault);
    }
    if (fail == FAIL_NONE) {
        fail = listen_start(server, options, *ret_socket, connections_most(), arena, fault);
    }
    if (fail == FAIL_NONE) {
        size_t count = 1;
        const Person *people;
        (void)!people_all(server->service.people, arena, STR_NONE, &people, &count, fault);
        options->ready(options->ready_with, port, count == 0);
    }
    return fail;
}

Fail web_serve(const ServeOptions *options, Fault *fault)
{
    Arena arena = {0};
    sigset_t ends;
    MHD_socket socket = MHD_INVALID_SOCKET;
    Server *server = memory_take(sizeof *server);
    *server = (Server){.service = {.dir = options->dir, .now = options->now,
                                   .days_ahead = options->days_ahead},
                       .hosts = options->hosts};
    pthread_mutex_init(&server->lock, NULL);
    sigset_t before = block_ends(&ends);
    count_routes(server);
    Fail fail = start(server, options, &arena, &socket, fault);
    if (fail == FAIL_NONE) {
        wait_for_end(server, &ends);
        stop(server, socket);
    } else if (socket != MHD_INVALID_SOCKET) {
        close(socket);
    }
    close_rooms(server);
    close_log(server);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_mutex_destroy(&server->lock);
    arena_done(&arena);
    free(server);
    return fail;
}
