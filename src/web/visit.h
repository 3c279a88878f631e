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
#include <stdio.h>

#include "bench.h"
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
    VisitState state;
    Str raw;             /* the address as it came */
    Signed who;
    Str token;
    Typed *typed;        /* grows in arena */
    size_t typed_count, typed_capacity, typed_bytes;
    Buf value;           /* of the field that is coming in */
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
/* visit_body.c: feeds bytes of a form. */
bool visit_body_begin(Visit *visit);
void visit_body_bytes(Visit *visit, const char *bytes, size_t count);
void visit_body_end(Visit *visit);
/* visit_reply.c: sends what stands in visit->reply. */
enum MHD_Result visit_send(Visit *visit);

struct Server {
    Service service;
    struct MHD_Daemon *daemon;
    Bench *bench;
    FILE *log;
    pthread_mutex_t lock;    /* of what follows */
    size_t visits;           /* under way */
    bool stopping;
    struct Metrics *metrics;
};

#endif
