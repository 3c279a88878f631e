/* listen.c: the port is taken by us, so that what goes wrong with it is told apart from what goes
 * wrong with a certificate. */
#include "listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <unistd.h>

#include "disk.h"

enum { THREADS = 2, CONNECTIONS_PER_ADDRESS_MAX = 400, CONNECTION_MEMORY = 32 << 10,
       IDLE_SECONDS = 15, KEY_BYTES_MAX = 1 << 20, WAITING_MAX = 511 };

/* TLS 1.2 and 1.3, with forward secrecy and authenticated ciphers alone. */
static const char tls_ways[] = "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-RSA:-SHA1:"
                               "-AES-128-CBC:-AES-256-CBC:-CAMELLIA-128-CBC:-CAMELLIA-256-CBC:"
                               "%SERVER_PRECEDENCE";

/* False when it is none. */
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

static void put_where(const ServeOptions *options, Buf *buf)
{
    bool six = strchr(options->address, ':') != NULL;
    buf_print(buf, "%s%s%s:%d", six ? "[" : "", options->address, six ? "]" : "", options->port);
}

static Fail no_port(const ServeOptions *options, int error, MHD_socket socket, Fault *fault)
{
    Buf where = {0};
    put_where(options, &where);
    Fail fail = FAULT(fault, FAIL_SYSTEM, WORD_SERVE_NO_PORT, buf_str(&where),
                      str_from(strerror(error)));
    buf_done(&where);
    if (socket >= 0) {
        close(socket);
    }
    return fail;
}

Fail listen_on(const ServeOptions *options, MHD_socket *ret_socket, int *ret_port, Fault *fault)
{
    int yes = 1;
    struct sockaddr_storage address;
    socklen_t size = sizeof address;
    if (!address_of(options, &address)) {
        return FAULT(fault, FAIL_INPUT, WORD_SERVE_BAD_ADDRESS, str_from(options->address));
    }
    bool six = address.ss_family == AF_INET6;
    size_t named = six ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
    int one = socket(address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (one < 0 || setsockopt(one, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
        (six && setsockopt(one, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes) != 0) ||
        bind(one, (struct sockaddr *)&address, (socklen_t)named) != 0 ||
        listen(one, WAITING_MAX) != 0 ||
        getsockname(one, (struct sockaddr *)&address, &size) != 0) {
        return no_port(options, errno, one, fault);
    }
    *ret_port = ntohs(six ? ((struct sockaddr_in6 *)&address)->sin6_port
                          : ((struct sockaddr_in *)&address)->sin_port);
    *ret_socket = one;
    return FAIL_NONE;
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

static Fail not_started(const ServeOptions *options, Fault *fault)
{
    if (options->tls_certificate) {
        return FAULT(fault, FAIL_INPUT, WORD_SERVE_NO_TLS, str_from(options->tls_certificate),
                     str_from(options->tls_key));
    }
    Buf where = {0};
    put_where(options, &where);
    Fail fail = FAULT(fault, FAIL_SYSTEM, WORD_SERVE_NO_START, buf_str(&where));
    buf_done(&where);
    return fail;
}

Fail listen_start(Server *server, const ServeOptions *options, MHD_socket socket,
                  unsigned connections, Arena *arena, Fault *fault)
{
    const char *certificate, *key = NULL;
    Fail fail = read_pem(arena, options->tls_certificate, &certificate, fault);
    if (fail == FAIL_NONE) {
        fail = read_pem(arena, options->tls_key, &key, fault);
    }
    if (fail != FAIL_NONE) {
        return fail;
    }
    struct MHD_OptionItem tls[] = {{MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)certificate},
                                   {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)key},
                                   {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)tls_ways},
                                   {MHD_OPTION_END, 0, NULL}};
    server->service.tls = certificate != NULL;
    server->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME |
            (strchr(options->address, ':') ? MHD_USE_IPv6 : 0) | (certificate ? MHD_USE_TLS : 0),
        0, NULL, NULL, visit_step, server,
        MHD_OPTION_LISTEN_SOCKET, socket,
        MHD_OPTION_THREAD_POOL_SIZE, (unsigned)THREADS,
        MHD_OPTION_CONNECTION_LIMIT, connections,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)CONNECTIONS_PER_ADDRESS_MAX,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
        MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_URI_LOG_CALLBACK, visit_begin, server,
        MHD_OPTION_NOTIFY_COMPLETED, visit_end, server,
        MHD_OPTION_NOTIFY_CONNECTION, patience_connection, server->patience,
        MHD_OPTION_ARRAY, certificate ? tls : tls + 3, MHD_OPTION_END);
    return server->daemon ? FAIL_NONE : not_started(options, fault);
}
