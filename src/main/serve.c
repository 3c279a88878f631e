/* serve.c: the verb that starts the service: the one place that knows both the command line and the
 * web. Floor 7. */
#include "serve.h"

#include <time.h>

#include "verb_serve.h"

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

typedef struct Starting {
    Cli *cli;
    const ServeOptions *options;
} Starting;

/* Heard by this machine alone? */
static bool is_near(const char *address)
{
    return strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0;
}

static void tell_ready(void *with, int port, bool nobody)
{
    const Starting *starting = with;
    const ServeOptions *options = starting->options;
    Buf address = {0};
    bool six = strchr(options->address, ':') != NULL;
    buf_print(&address, "%s://%s%s%s:%d", options->tls_certificate ? "https" : "http",
              six ? "[" : "", options->address, six ? "]" : "", port);
    Buf *out = &starting->cli->out;
    WORD_PUT(out, starting->cli->language, WORD_SERVE_READY, str_from(options->dir),
             buf_str(&address));
    buf_put_byte(out, '\n');
    if (nobody) {
        buf_put(out, word_text(starting->cli->language, WORD_SERVE_NOBODY));
        buf_put_byte(out, '\n');
    }
    if (!options->tls_certificate && !is_near(options->address)) {
        buf_put(out, word_text(starting->cli->language, WORD_SERVE_OPEN));
        buf_put_byte(out, '\n');
    }
    buf_done(&address);
    Fault fault;
    (void)!cli_flush(starting->cli, &fault);
}

static int run(Cli *cli)
{
    int64_t port = 8080, ahead = 0;
    ServeOptions options = {.address = "127.0.0.1", .now = now_ms};
    const Option own[] = {{"--port", OPTION_INT, &port},
                          {"--listen", OPTION_TEXT, &options.address},
                          {"--cert", OPTION_TEXT, &options.tls_certificate},
                          {"--key", OPTION_TEXT, &options.tls_key},
                          {"--host", OPTION_TEXT, &options.hosts},
                          {"--log", OPTION_TEXT, &options.log},
                          {"--days-ahead", OPTION_INT, &ahead},
                          {0}};
    int count;
    int over = cli_parse(cli, &verb_serve, own, &count);
    if (over >= 0) {
        return over;
    }
    if (count > 0 || port < 0 || port > 65535 || ahead < -20000 || ahead > 20000 ||
        !options.tls_certificate != !options.tls_key) {
        return cli_usage(cli, &verb_serve, WORD_SERVE_USAGE, STR_NONE);
    }
    if (!cli->docket_dir || !cli->docket_dir[0]) {
        return cli_usage(cli, &verb_serve, WORD_CLI_DOCKET_WANTED, STR_NONE);
    }
    Starting starting = {cli, &options};
    options.dir = cli->docket_dir;
    options.law_dir = cli->law_dir;
    options.data_dir = cli->data_dir;
    options.port = (int)port;
    options.days_ahead = (int)ahead;
    options.ready = tell_ready;
    options.ready_with = &starting;
    Fault fault;
    return web_serve(&options, &fault) == FAIL_NONE ? 0 : cli_fault(cli, &fault);
}

const Verb verb_serve = {"serve", WORD_SERVE_SUMMARY, WORD_SERVE_HELP, run};
