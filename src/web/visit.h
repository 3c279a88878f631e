/* visit.h: one request on its way through the server. Floor 6, inside web only.
 *
 *   gate ─▶ body ─▶ run ─▶ reply
 *                    │ waiting: the connection sleeps while the writer or the bench of slow work
 *                    ▼          has it; then `after` goes on
 *                  after ─▶ reply */
#ifndef SHENCHA_VISIT_H
#define SHENCHA_VISIT_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#include "asset.h"
#include "bench.h"
#include "kept.h"
#include "tries.h"
#include "metrics.h"
#include "patience.h"
#include "request.h"

typedef struct Server Server;

typedef enum VisitState {
    VISIT_NEW,           /* headers are there */
    VISIT_BODY,          /* its body comes in */
    VISIT_SLEEPS,        /* suspended */
    VISIT_BACK,          /* what it slept for is done */
    VISIT_REPLIED,
} VisitState;

typedef struct Visit {
    Request request;
    Reply reply;
    Arena arena;
    Server *server;
    struct MHD_Connection *connection;
    struct MHD_PostProcessor *post;
    const Route *route;
    const Asset *asset;  /* what is asked for, when it is one */
    int route_index;     /* among the server's; -1: none */
    KeptStamp stamp;     /* of a page that may be kept … */
    Str kept_key;        /* … and its key; empty: it may not */
    VisitState state;
    Str raw;             /* the address as it came */
    const char *raw_lies;   /* where it lies in the library's memory: for the gate */
    const char *method;  /* "GET", "HEAD", "POST"; "-": another */
    const char *allow;   /* with 405 */
    int64_t body_bytes, body_most;   /* that came in; that may */
    Signed who;
    Str token;
    Typed *typed;        /* grows in arena */
    size_t typed_count, typed_capacity, typed_bytes;
    Buf value;           /* of the field that is coming in */
    bool counted;        /* among those under way: its headers came */
    bool head;           /* HEAD: no body is sent */
    bool set_language;   /* ?lang: remember it */
    bool too_much, broken;   /* of the body */
    bool file_field;     /* the field that is coming in is a file */
    int64_t began;       /* microseconds of a steady clock */
    /* what it sleeps for */
    ActDone *act_done;
    Handler *work_done;
    void (*work)(Request *request);
    Written written;
    Fail fail;
    Fault fault;
} Visit;

/* visit.c */
enum MHD_Result visit_step(void *with, struct MHD_Connection *connection, const char *url,
                           const char *method, const char *version, const char *bytes,
                           size_t *count, void **visit);
void *visit_begin(void *with, const char *raw, struct MHD_Connection *connection);
void visit_end(void *with, struct MHD_Connection *connection, void **visit,
               enum MHD_RequestTerminationCode code);
/* A page with one sentence. */
void visit_say(Visit *visit, int status, Word sentence);
/* visit_body.c: feeds bytes of a form. */
bool visit_body_fits(Visit *visit);    /* so long as it says it is; false: do not read it */
bool visit_body_begin(Visit *visit);
bool visit_body_bytes(Visit *visit, const char *bytes, size_t count);   /* false: hang up */
void visit_body_end(Visit *visit);
/* visit_find.c: all routes in one table; which one answers a path. */
void visit_routes(Server *server);
const Route *visit_find(Visit *visit, Method method);
/* The methods that are answered at this path, as Allow says it; NULL: none. */
const char *visit_allowed(const Visit *visit);
/* Tells the metrics and the log. */
void visit_told(Visit *visit, int status, size_t bytes, bool kept);
/* visit_reply.c: sends a page from memory when there is one; sends what stands in visit->reply. */
bool visit_send_kept(Visit *visit);
enum MHD_Result visit_send(Visit *visit);
enum MHD_Result visit_send_asset(Visit *visit, const Asset *asset);

struct Server {
    Service service;
    struct MHD_Daemon *daemon;
    Bench *bench;
    Kept *kept;
    Metrics *metrics;
    Limits *limits;
    FILE *log;               /* NULL: none */
    const Route *routes[METRIC_ROUTES_MAX];
    size_t routes_count;
    Patience *patience;
    const char *hosts;       /* names of this service, with commas between; NULL: none */
    atomic_size_t visits;    /* under way */
    atomic_bool stopping;    /* connections are closed after the reply */
    pthread_mutex_t lock;    /* of what follows */
    size_t sleeping;         /* visits that the writer or the bench has */
    bool closed;             /* no visit falls asleep any more */
};

#endif
