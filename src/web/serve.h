/* serve.h: the web service: one process, libmicrohttpd behind a strict gate. Floor 6. */
#ifndef SHENCHA_SERVE_H
#define SHENCHA_SERVE_H

#include "fault.h"

typedef struct ServeOptions {
    const char *dir;             /* the docket's folder; made by `shencha init` */
    const char *law_dir, *data_dir;
    const char *address;         /* "127.0.0.1" unless asked otherwise; "::1" */
    int port;                    /* 8080; 0: any that is free */
    const char *tls_certificate, *tls_key;   /* PEM files; NULL: no TLS */
    const char *hosts;           /* names it goes by besides number addresses and localhost, with
                                    commas between; NULL: none */
    const char *log;             /* NULL: standard error; "-": none */
    int days_ahead;
    int64_t (*now)(void);        /* milliseconds since 1970 */
    /* Called once it answers: with the port it got. */
    void (*ready)(void *with, int port, bool nobody);   /* nobody: no people yet */
    void *ready_with;
} ServeOptions;

/* Serves until SIGTERM or SIGINT; what was begun is finished first. */
Fail web_serve(const ServeOptions *options, Fault *fault) MUST_USE;

#endif
