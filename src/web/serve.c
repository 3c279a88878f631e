/* serve.c: the service from its start to its stop. */
#include "serve.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "chance.h"
#include "disk.h"
#include "visit.h"

enum { THREADS = 2, CONNECTIONS_MAX = 1000, CONNECTIONS_PER_ADDRESS_MAX = 400,
       CONNECTION_MEMORY = 32 << 10, IDLE_SECONDS = 15, STOP_SECONDS = 10,
       KEY_BYTES_MAX = 1 << 20 };

static Fail open_rooms(Server *server, const ServeOptions *options, Law *law, Fault *fault)
{
    Service *service = &server->service;
    int64_t now = options->now();
    Fail fail = people_open(options->dir, &service->people, fault);
    if (fail == FAIL_NONE) {
        fail = desk_open(options->dir, &service->desk, fault);
    }
    if (fail == FAIL_NONE) {   /* first for writing: due days are counted again where need be */
        fail = writer_start(options->dir, law, now, &service->writer, fault);
    }
    if (fail == FAIL_NONE) {
        fail = shelf_open(options->dir, options->law_dir, options->data_dir, now,
                          &service->shelf, fault);
    }
    return fail;
}

static void count_routes(Server *server)
{
    const char *patterns[METRIC_ROUTES_MAX];
    visit_routes(server);
    for (size_t i = 0; i < server->routes_count; i++) {
        patterns[i] = server->routes[i]->pattern;
    }
    server->metrics = metrics_new(patterns, server->routes_count);
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
    bench_stop(server->bench);
    shelf_close(server->service.shelf);
    desk_close(server->service.desk);
    people_close(server->service.people);
}

/* The address to listen on; false when it is none. */
static bool address_of(const ServeOptions *options, struct sockaddr_storage *ret_address)
{
    struct sockaddr_in *four = (struct sockaddr_in *)ret_address;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)ret_address;
    memset(ret_address, 0, sizeof *ret_address);
    if (inet_pton(AF_INET, options->address, &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        four->sin_port = htons((uint16_t)options->port);
        return true;
    }
    if (inet_pton(AF_INET6, options->address, &six->sin6_addr) == 1) {
        six->sin6_family = AF_INET6;
        six->sin6_port = htons((uint16_t)options->port);
        return true;
    }
    return false;
}

static Fail read_pem(Arena *arena, const char *path, const char **ret_text, Fault *fault)
{
    Str bytes;
    *ret_text = NULL;
    if (!path) {
        return FAIL_NONE;
    }
    Fail fail = disk_read(arena, path, KEY_BYTES_MAX, &bytes, fault);
    *ret_text = fail == FAIL_NONE ? str_terminated(arena, bytes) : NULL;
    return fail;
}

static Fail listen_on(Server *server, const ServeOptions *options, Arena *arena, Fault *fault)
{
    struct sockaddr_storage address;
    const char *certificate, *key;
    Fail fail = read_pem(arena, options->tls_certificate, &certificate, fault);
    if (fail == FAIL_NONE) {
        fail = read_pem(arena, options->tls_key, &key, fault);
    }
    if (fail != FAIL_NONE) {
        return fail;
    }
    if (!address_of(options, &address)) {
        return FAULT(fault, FAIL_INPUT, WORD_SERVE_BAD_ADDRESS, str_from(options->address));
    }
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME |
                     (address.ss_family == AF_INET6 ? MHD_USE_IPv6 : 0) |
                     (certificate ? MHD_USE_TLS : 0);
    struct MHD_OptionItem tls[] = {{MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)certificate},
                                   {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)key},
                                   {MHD_OPTION_END, 0, NULL}};
    server->service.tls = certificate != NULL;
    errno = 0;
    server->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, visit_step, server,
        MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address,
        MHD_OPTION_THREAD_POOL_SIZE, (unsigned)THREADS,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)CONNECTIONS_PER_ADDRESS_MAX,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
        MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_URI_LOG_CALLBACK, visit_begin, server,
        MHD_OPTION_NOTIFY_COMPLETED, visit_end, server,
        MHD_OPTION_ARRAY, certificate ? tls : tls + 2, MHD_OPTION_END);
    if (server->daemon) {
        return FAIL_NONE;
    }
    Buf where = {0};
    buf_print(&where, "%s:%d", options->address, options->port);
    fail = FAULT(fault, FAIL_SYSTEM, WORD_SERVE_NO_PORT, buf_str(&where),
                 str_from(errno ? strerror(errno) : "-"));
    buf_done(&where);
    return fail;
}

static int port_of(Server *server, int asked)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info && info->port ? info->port : asked;
}

/* Takes no new connections, lets those under way finish, then stops. */
static void stop(Server *server)
{
    MHD_socket socket = MHD_quiesce_daemon(server->daemon);
    for (int i = 0; i < STOP_SECONDS * 100; i++) {
        pthread_mutex_lock(&server->lock);
        size_t visits = server->visits;
        server->stopping = true;
        pthread_mutex_unlock(&server->lock);
        if (visits == 0) {
            break;
        }
        usleep(10000);
    }
    MHD_stop_daemon(server->daemon);
    if (socket != MHD_INVALID_SOCKET) {
        close(socket);
    }
}

/* Until a signal comes; what was logged is written every second. */
static void wait_for_end(Server *server, const sigset_t *ends)
{
    const struct timespec second = {.tv_sec = 1};
    while (sigtimedwait(ends, NULL, &second) < 0) {
        if (server->log) {
            fflush(server->log);
        }
    }
}

Fail web_serve(const ServeOptions *options, Fault *fault)
{
    Arena arena = {0};
    Law *law = NULL;
    sigset_t ends, before;
    Server *server = memory_take(sizeof *server);
    *server = (Server){.service = {.dir = options->dir, .now = options->now,
                                   .days_ahead = options->days_ahead}};
    pthread_mutex_init(&server->lock, NULL);
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, &before);   /* in every thread: sigwait below hears them */
    signal(SIGPIPE, SIG_IGN);
    Fail fail = chance_start() && (server->bench = bench_start())
                    ? law_open(&arena, options->law_dir, options->data_dir, &law, fault)
                    : FAULT_PLAIN(fault, FAIL_SYSTEM, WORD_WRITER_NO_THREAD);
    count_routes(server);
    if (fail == FAIL_NONE) {
        fail = open_log(server, options, fault);
    }
    if (fail == FAIL_NONE) {
        fail = open_rooms(server, options, law, fault);
    }
    if (fail == FAIL_NONE) {
        fail = listen_on(server, options, &arena, fault);
    }
    if (fail == FAIL_NONE) {
        size_t count = 1;
        const Person *people;
        (void)!people_all(server->service.people, &arena, STR_NONE, &people, &count, fault);
        options->ready(options->ready_with, port_of(server, options->port), count == 0);
        wait_for_end(server, &ends);
        stop(server);
    }
    close_rooms(server);
    close_log(server);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_mutex_destroy(&server->lock);
    arena_done(&arena);
    free(server);
    return fail;
}
