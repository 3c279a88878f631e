/* request.h: what a page's handler gets and gives. Floor 6. server.c calls handlers; everything a
 * handler takes lives in request->arena and dies with the reply. Handlers never wait: what must be
 * durable goes through request_submit, what is slow (passwords) through request_work; both come
 * back to a continuation on a thread of the server. */
#ifndef SHENCHA_REQUEST_H
#define SHENCHA_REQUEST_H

#include "casefile.h"
#include "desk.h"
#include "out.h"
#include "papers.h"
#include "people.h"
#include "reader.h"
#include "writer.h"

typedef struct Service {     /* what all requests share */
    Shelf *shelf;
    Writer *writer;
    People *people;
    Desk *desk;
    const char *dir;         /* the docket's folder */
    int64_t (*now)(void);    /* milliseconds since 1970; main's clock */
    int days_ahead;          /* of today, for demonstrations and tests; 0 in earnest */
    bool tls;                /* cookies are Secure */
} Service;

typedef enum Method { METHOD_GET, METHOD_POST } Method;   /* HEAD is GET without its body */

typedef struct Request Request;
typedef struct Reply Reply;
typedef void Handler(Request *request, Reply *reply);

struct Request {
    Arena *arena;
    Service *service;
    Method method;
    Str path;                /* without the query; "/matters/2026-0147" */
    Str rest[4];             /* what the stars of the route's pattern stood for, unescaped */
    TypedList query;         /* of the address */
    TypedList typed;         /* of the form; bounded */
    Str back;                /* path and query as asked for: to come back to after signing in */
    const Signed *who;       /* NULL: nobody is signed in */
    Language language;       /* ?lang, else the cookie, else Accept-Language */
    Day today;               /* in Beijing */
    int64_t now;
    Look *reader;            /* a look at the docket; NULL where the route does not want one */
    void *own;               /* the handler's, for its continuation */
    /* Set by upload_begins once it has made something: called when the body breaks off or is
     * refused, so that nothing of it stays. */
    void (*undo)(Request *request);
    Upload *upload;          /* a route that takes files: the server feeds it */
    void *server;            /* the server's own */
};

struct Reply {
    int status;              /* 200 when untouched */
    Buf body;                /* HTML unless `type` says otherwise */
    const char *type;        /* NULL: text/html; charset=utf-8 */
    Str location;            /* with 303: where to go */
    Str cookie;              /* a whole Set-Cookie value; empty: none */
    Str download;            /* file name for Content-Disposition: attachment; empty: none */
    int retry_after;         /* seconds, with 429 and 503; 0: not said */
    int file;                /* >= 0: its bytes are the body, closed by the server; -1: none */
    int64_t file_size;
    bool signs_out;          /* the browser is told to forget the pages it kept */
    bool waiting;            /* set by request_submit and request_work */
    bool not_kept;           /* must not be kept in the server's memory of pages */
};

typedef enum Need {
    NEED_NOBODY,             /* anybody */
    NEED_SIGNED,             /* somebody signed in; others are asked to sign in and come back */
    NEED_ADMIN,              /* hat admin, or MAY_MANAGE; others: not there */
} Need;

typedef struct Route {
    Method method;
    const char *pattern;     /* "/matters/STAR/do/STAR" with an asterisk for STAR: one part each */
    Handler *run;
    Need need;
    bool reads;              /* wants a look at the docket */
    bool kept;               /* a GET whose reply depends on docket, desk, people, day, language and
                                who asks alone: may be kept in memory and answered 304 */
    /* A route that takes files: called at each file's first byte, with what was typed before it;
     * the last of `typed` is the file's field with the file's name as its value. Sets
     * request->upload (ending the one that is there: a form may hold several files) or makes the
     * reply. The server feeds it, drops it when the body breaks off, and calls `run` when the body
     * is whole: `run` ends it, and hears from upload_end what went wrong meanwhile. A file field
     * left empty (no name, no bytes) is passed over. */
    Handler *upload_begins;
} Route;

/* Every room of pages has one table; it ends with {0}. server.c knows them all. */
extern const Route routes_sign_in[], routes_people[], routes_case[], routes_desk[], routes_act[],
    routes_check[], routes_declare[], routes_new[], routes_papers[], routes_law[], routes_status[];

/* Does an act: reply->waiting until it is durable, refused or failed, then `then` is called.
 * `wanted` lives in request->arena. */
typedef void ActDone(Request *request, Reply *reply, const Written *written, Fail fail,
                     const Fault *fault);
void request_submit(Request *request, Reply *reply, const Wanted *wanted, ActDone *then);
/* Slow work on a thread of its own, then `then` on the server's. `request->own` carries values. */
void request_work(Request *request, Reply *reply, void (*work)(Request *request), Handler *then);

/* Replies. The page for what is not there, may not be known, or never was: always the same. */
void reply_not_there(Request *request, Reply *reply);
void reply_see(Request *request, Reply *reply, Str location);          /* 303 */
void reply_fault(Request *request, Reply *reply, const Fault *fault);  /* 503/400 in words */
/* Begins and ends a page: head, language switch, who is signed in, navigation. `title` is told in
 * the head and as h1 unless `no_heading`. */
typedef struct PageHead {
    Str title;
    const char *here;        /* navigation item that is this one: "desk", "matters", "month" … */
    bool no_heading, wide;
} PageHead;
Out request_page(Request *request, Reply *reply, const PageHead *head);
void request_page_end(Request *request, Out *out);

/* A matter through the eyes of who is signed in, as of ?on (no later than today). NULL: it is not
 * there for them; the reply is made then. `folded` is the caller's to end with folded_done after
 * the page is written. */
const CaseFile *request_case(Request *request, Reply *reply, Str name, Folded *folded);
/* An act came back with FAIL_CONFLICT: because this very act stands in the record under its key? If
 * not, nothing was done, and nobody may be told that it was. */
bool request_done_before(Request *request, const Wanted *wanted);
/* The words of an edition in the page's language; never NULL. */
const LawWords *request_words(Request *request, Str edition);

#endif
