/* visit.c: a request from its first byte to its last. */
#include "visit.h"

#include <stdlib.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <time.h>
#include <unistd.h>

#include "gate.h"
#include "pages.h"
#include "session.h"

enum { STATUS_BAD = 400, STATUS_FORBIDDEN = 403, STATUS_NO_METHOD = 405, STATUS_TOO_LARGE = 413,
       STATUS_OTHER_HOST = 421, STATUS_TOO_MANY = 429, RETRY_SECONDS = 10,
       MICROSECONDS = 1000000, BEIJING_MS = 8 * 3600 * 1000, DAY_MS = 24 * 3600 * 1000 };

static int64_t steady_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void visit_told(Visit *visit, int status, size_t bytes, bool kept)
{
    Served served = {.route = visit->route_index, .status = status, .bytes = bytes, .kept = kept,
                     .method = visit->method, .microseconds = steady_now() - visit->began,
                     .at = visit->request.now};
    metrics_served(visit->server->metrics, &served, visit->server->log);
}

void *visit_begin(void *with, const char *raw, struct MHD_Connection *connection)
{
    Server *server = with;
    Visit *visit = memory_take(sizeof *visit);
    *visit = (Visit){.server = server, .connection = connection, .reply.file = -1,
                     .route_index = -1, .raw_lies = raw, .method = "-"};
    visit->raw = str_copy(&visit->arena, str_from(raw));
    return visit;
}

/* Nothing stays of a body that broke off or was refused. */
static void undo(Visit *visit)
{
    upload_drop(visit->request.upload);
    visit->request.upload = NULL;
    if (visit->request.undo) {
        visit->request.undo(&visit->request);
        visit->request.undo = NULL;
    }
}

void visit_end(void *with, struct MHD_Connection *connection, void **ret_visit,
               enum MHD_RequestTerminationCode code)
{
    Server *server = with;
    Visit *visit = *ret_visit;
    (void)code;
    if (!visit) {
        return;
    }
    patience_give(connection, patience_now(), PATIENCE_NEXT);
    if (visit->post) {
        MHD_destroy_post_processor(visit->post);
    }
    undo(visit);
    shelf_give(server->service.shelf, visit->request.reader);
    if (visit->reply.file >= 0) {
        close(visit->reply.file);
    }
    size_t counted = visit->counted;
    buf_done(&visit->reply.body);
    buf_done(&visit->value);
    arena_done(&visit->arena);
    free(visit);
    *ret_visit = NULL;
    atomic_fetch_sub(&server->visits, counted);
}

/* ---- who asks, in which language, on which day ---- */

static Language language_of(Visit *visit)
{
    Str asked = typed_get(&visit->request.query, STR("lang"));
    Str cookie = str_from(MHD_lookup_connection_value(visit->connection, MHD_COOKIE_KIND,
                                                      LANGUAGE_COOKIE));
    Str accepted = gate_header(visit->connection, "Accept-Language");
    if (str_is(asked, "zh") || str_is(asked, "en")) {
        visit->set_language = !str_eq(asked, cookie);
        return str_is(asked, "zh") ? LANGUAGE_ZH : LANGUAGE_EN;
    }
    if (str_is(cookie, "zh") || str_is(cookie, "en")) {
        return str_is(cookie, "zh") ? LANGUAGE_ZH : LANGUAGE_EN;
    }
    return str_starts(accepted, STR("en")) ? LANGUAGE_EN : LANGUAGE_ZH;
}

static Fail find_who(Visit *visit)
{
    bool found = false;
    Request *request = &visit->request;
    const char *name = session_cookie_name(visit->server->service.tls);
    visit->token =
        str_from(MHD_lookup_connection_value(visit->connection, MHD_COOKIE_KIND, name));
    if (visit->token.len == 0) {
        return FAIL_NONE;
    }
    Fail fail = people_signed(visit->server->service.people, &visit->arena, visit->token,
                              request->now, request->today, &found, &visit->who, &visit->fault);
    request->who = fail == FAIL_NONE && found ? &visit->who : NULL;
    return fail;
}

static void look_at_clock(Visit *visit)
{
    const Service *service = &visit->server->service;
    visit->request.now = service->now();
    visit->request.today =
        (Day)((visit->request.now + BEIJING_MS) / DAY_MS + service->days_ahead);
}

static void fill_request(Visit *visit)
{
    Request *request = &visit->request;
    Service *service = &visit->server->service;
    request->arena = &visit->arena;
    request->service = service;
    request->server = visit;
    request->back = visit->raw;
    request->language = language_of(visit);
}

/* ---- plain replies ---- */

void visit_say(Visit *visit, int status, Word sentence)
{
    Fault fault;
    (void)FAULT_PLAIN(&fault, FAIL_INPUT, sentence);
    reply_fault(&visit->request, &visit->reply, &fault);
    visit->reply.status = status;
}

static enum MHD_Result refuse_malformed(Visit *visit)
{
    buf_put(&visit->reply.body, STR("Bad request\n"));
    visit->reply.type = "text/plain; charset=utf-8";
    visit->reply.status = STATUS_BAD;
    visit->broken = true;
    metrics_add(visit->server->metrics, METRIC_MALFORMED);
    return visit_send(visit);
}

/* ---- steps ---- */

static Fail take_look(Visit *visit, Fault *fault)
{
    return visit->route->reads && !visit->request.reader
               ? shelf_take(visit->server->service.shelf, &visit->request.reader, fault)
               : FAIL_NONE;
}

/* May who asks go on to the route? Replies otherwise. */
static bool may_go_on(Visit *visit)
{
    Request *request = &visit->request;
    const Signed *who = request->who;
    switch (visit->route->need) {
    case NEED_NOBODY:
        return true;
    case NEED_SIGNED:
        break;
    case NEED_ADMIN:
        if (who && !str_is(who->hat.party, "admin") && !(who->person.may & MAY_MANAGE)) {
            reply_not_there(request, &visit->reply);
            return false;
        }
        break;
    }
    if (!who) {
        reply_sign_in(request, &visit->reply);
    }
    return who != NULL;
}

/* Secrets are tried here: not too often from one address. */
static bool is_sign_in(const Visit *visit)
{
    return visit->request.method == METHOD_POST &&
           (str_is(visit->request.path, "/sign-in") ||
            str_starts(visit->request.path, STR("/invitation/")));
}

static bool may_try(Visit *visit)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(visit->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *address = info ? info->client_addr : NULL;
    Str bytes = STR("?");
    if (address && address->sa_family == AF_INET) {
        bytes = (Str){(const char *)&((const struct sockaddr_in *)address)->sin_addr, 4};
    } else if (address && address->sa_family == AF_INET6) {
        bytes = (Str){(const char *)&((const struct sockaddr_in6 *)address)->sin6_addr, 8};
    }
    return limits_take(visit->server->limits, bytes, visit->request.now);
}

static enum MHD_Result finish(Visit *visit)
{
    if (visit->reply.waiting) {
        return MHD_YES;          /* suspended; comes back here */
    }
    shelf_give(visit->server->service.shelf, visit->request.reader);
    visit->request.reader = NULL;
    return visit_send(visit);
}

/* What the page rests on, and its name in the memory of pages. */
static bool may_be_kept(Visit *visit)
{
    Request *request = &visit->request;
    Service *service = request->service;
    Fault fault;
    bool closes = atomic_load_explicit(&visit->server->stopping, memory_order_relaxed);
    if (closes || !visit->route->kept || !request->reader || visit->set_language ||
        desk_version(service->desk, &visit->stamp.desk, &fault) != FAIL_NONE ||
        people_version(service->people, &visit->stamp.people, &fault) != FAIL_NONE) {
        return false;
    }
    visit->stamp.events = request->reader->last;
    visit->stamp.today = request->today;
    Buf key = buf_new(1 << 14);
    buf_put(&key, visit->raw);
    buf_print(&key, " %lld %d", request->who ? (long long)request->who->person.id : 0LL,
              (int)request->language);
    visit->kept_key = key.full ? STR_NONE : str_copy(&visit->arena, buf_str(&key));
    buf_done(&key);
    return visit->kept_key.len > 0;
}

/* While a body came in, slowly perhaps, its sender's session may have ended, and the day. */
static bool still_stands(Visit *visit)
{
    if (visit->request.method == METHOD_POST) {
        look_at_clock(visit);
        if (find_who(visit) != FAIL_NONE) {
            reply_fault(&visit->request, &visit->reply, &visit->fault);
            return false;
        }
    }
    return true;
}

static enum MHD_Result run(Visit *visit)
{
    Request *request = &visit->request;
    if (visit->asset) {
        return visit_send_asset(visit, visit->asset);
    }
    if (visit->too_much || visit->broken) {
        undo(visit);
        visit_say(visit, visit->too_much ? STATUS_TOO_LARGE : STATUS_BAD,
                  visit->too_much ? WORD_WEB_TOO_LARGE : WORD_WEB_BROKEN_FORM);
        return finish(visit);
    }
    if (is_sign_in(visit) && !may_try(visit)) {
        metrics_add(visit->server->metrics, METRIC_LIMITED);
        visit_say(visit, STATUS_TOO_MANY, WORD_WEB_TOO_FAST);
        visit->reply.retry_after = RETRY_SECONDS;
        return finish(visit);
    }
    /* upload_begins may have replied */
    if (visit->reply.status || !still_stands(visit) || !may_go_on(visit)) {
        undo(visit);
        return finish(visit);
    }
    if (take_look(visit, &visit->fault) != FAIL_NONE) {
        undo(visit);
        reply_fault(request, &visit->reply, &visit->fault);
        return finish(visit);
    }
    request->undo = NULL;
    if (may_be_kept(visit) && visit_send_kept(visit)) {
        shelf_give(visit->server->service.shelf, request->reader);
        request->reader = NULL;
        return MHD_YES;
    }
    visit->route->run(request, &visit->reply);
    return finish(visit);
}

static enum MHD_Result go_on(Visit *visit)
{
    Request *request = &visit->request;
    visit->reply.waiting = false;
    visit->state = VISIT_BODY;
    bool done = visit->act_done && visit->fail == FAIL_NONE && !visit->written.refused;
    Fault told;
    if (take_look(visit, &told) != FAIL_NONE && !done) {   /* what was done is never denied */
        reply_fault(request, &visit->reply, &told);
    } else if (visit->act_done) {
        ActDone *then = visit->act_done;
        visit->act_done = NULL;
        then(request, &visit->reply, &visit->written, visit->fail, &visit->fault);
    } else {
        Handler *then = visit->work_done;
        visit->work_done = NULL;
        then(request, &visit->reply);
    }
    return finish(visit);
}

/* The reply is made before any body is read. The library closes the connection when it goes out at
 * once, which is right when a body is on its way, and a waste when there is none. */
static enum MHD_Result reply_early(Visit *visit)
{
    if (visit->request.method == METHOD_GET) {
        visit->state = VISIT_BODY;
        return MHD_YES;
    }
    return visit_send(visit);
}

/* Nothing is here, or not by this method. */
static enum MHD_Result refuse_method(Visit *visit)
{
    visit->allow = visit_allowed(visit);
    reply_not_there(&visit->request, &visit->reply);
    if (visit->allow) {
        visit_say(visit, STATUS_NO_METHOD, WORD_WEB_NO_METHOD);
    }
    return reply_early(visit);
}

/* Who reads sends no body; one that comes all the same is meant for somebody in between. */
static bool has_body(Visit *visit)
{
    Str length = gate_header(visit->connection, "Content-Length");
    return (length.len && !str_is(length, "0")) ||
           gate_header(visit->connection, "Transfer-Encoding").len;
}

static enum MHD_Result begin_form(Visit *visit)
{
    if (!gate_origin(visit->connection, visit->server->service.tls)) {
        visit_say(visit, STATUS_FORBIDDEN, WORD_WEB_OTHER_SITE);
        return visit_send(visit);
    }
    if (!visit_body_fits(visit)) {
        visit->too_much = true;
        visit_say(visit, STATUS_TOO_LARGE, WORD_WEB_TOO_LARGE);
        return visit_send(visit);
    }
    if (visit->route->upload_begins && !may_go_on(visit)) {
        return visit_send(visit);    /* nobody's file is taken in */
    }
    visit->broken = !visit_body_begin(visit) && has_body(visit);
    return MHD_YES;
}

static enum MHD_Result begin(Visit *visit, const char *method, const char *version)
{
    Request *request = &visit->request;
    const GateLine line = {method, version, {visit->raw_lies, visit->raw.len}};
    visit->head = strcmp(method, "HEAD") == 0;
    bool post = strcmp(method, "POST") == 0;
    visit->method = post ? "POST" : visit->head ? "HEAD" : strcmp(method, "GET") ? "-" : "GET";
    look_at_clock(visit);
    if (!gate_headers(visit->connection, &line) ||
        !gate_address(&visit->arena, visit->raw, &request->path, &request->query)) {
        return refuse_malformed(visit);
    }
    fill_request(visit);
    request->method = post || visit->method[0] == '-' ? METHOD_POST : METHOD_GET;
    if (request->method == METHOD_GET && has_body(visit)) {
        return refuse_malformed(visit);
    }
    if (!gate_host(gate_header(visit->connection, "Host"), visit->server->hosts)) {
        visit_say(visit, STATUS_OTHER_HOST, WORD_WEB_OTHER_HOST);
        return reply_early(visit);
    }
    visit->asset = request->method == METHOD_GET ? asset_find(request->path) : NULL;
    if (visit->asset) {
        return reply_early(visit);
    }
    if (find_who(visit) != FAIL_NONE) {
        reply_fault(request, &visit->reply, &visit->fault);
        return reply_early(visit);
    }
    visit->route = visit->method[0] == '-' ? NULL : visit_find(visit, request->method);
    if (!visit->route) {
        return refuse_method(visit);
    }
    visit->state = VISIT_BODY;
    patience_give(visit->connection, visit->began / MICROSECONDS, PATIENCE_BODY);
    return request->method == METHOD_POST ? begin_form(visit) : MHD_YES;
}

enum MHD_Result visit_step(void *with, struct MHD_Connection *connection, const char *url,
                           const char *method, const char *version, const char *bytes,
                           size_t *count, void **ret_visit)
{
    Visit *visit = *ret_visit;
    (void)with, (void)url, (void)connection;
    if (!visit) {
        return MHD_NO;
    }
    if (visit->state == VISIT_NEW) {
        visit->began = steady_now();
        visit->counted = true;
        atomic_fetch_add(&visit->server->visits, 1);
        return begin(visit, method, version);
    }
    if (visit->state == VISIT_REPLIED) {
        *count = 0;
        return MHD_YES;
    }
    if (visit->state == VISIT_SLEEPS || visit->state == VISIT_BACK) {
        return go_on(visit);
    }
    if (*count) {
        bool taken = visit_body_bytes(visit, bytes, *count);
        *count = 0;
        return taken ? MHD_YES : MHD_NO;
    }
    visit_body_end(visit);
    return run(visit);
}
