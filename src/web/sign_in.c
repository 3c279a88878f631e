/* sign_in.c: the start page, signing in and out, and what was typed when a session had ended. */
#include "sign_in.h"

#include "pages.h"

enum { STATUS_FORBIDDEN = 403, STATUS_FAULTS = 422, STATUS_TOO_MANY = 429, BACK_BYTES_MAX = 2000,
       KEPT_FIELDS_MAX = 400, KEPT_BYTES_MAX = 1 << 18, COOKIE_BYTES_MAX = 400,
       LOCKED_SECONDS = 900 };
#define KEPT_PREFIX "kept."

Str typed_text(Request *request, const char *name)
{
    return typed_get(&request->typed, str_from(name));
}

Str fault_words(Request *request, const Fault *fault)
{
    Fault plain = *fault;
    plain.file[0] = 0;
    plain.line = 0;
    Buf buf = buf_new(TEXT_SCALAR_BYTES_MAX);
    fault_put(&buf, &plain, request->language);
    Str words = str_copy(request->arena, buf_str(&buf));
    buf_done(&buf);
    return words;
}

/* --- cookies and addresses --- */

static Str cookie(Arena *arena, const char *name, Str value, const char *more, bool tls)
{
    Buf buf = buf_new(COOKIE_BYTES_MAX);
    buf_print(&buf, "%s=%.*s; Path=/; HttpOnly; SameSite=Strict%s%s", name, STR_ARG(value), more,
              tls ? "; Secure" : "");
    Str whole = str_copy(arena, buf_str(&buf));
    buf_done(&buf);
    return whole;
}

const char *session_cookie_name(bool tls)
{
    return tls ? "__Host-shencha" : "shencha";
}

Str session_cookie(Arena *arena, Str token, bool tls)
{
    return cookie(arena, session_cookie_name(tls), token, token.len ? "" : "; Max-Age=0", tls);
}

Str language_cookie(Arena *arena, Language language, bool tls)
{
    return cookie(arena, LANGUAGE_COOKIE, language == LANGUAGE_ZH ? STR("zh") : STR("en"),
                  "; Max-Age=31536000", tls);
}

bool is_local(Str address)
{
    if (address.len == 0 || address.len > BACK_BYTES_MAX || address.at[0] != '/' ||
        str_starts(address, STR("//")) || str_starts(address, STR("/sign-"))) {
        return false;
    }
    for (size_t i = 0; i < address.len; i++) {
        unsigned char byte = (unsigned char)address.at[i];
        if (byte <= 0x20 || byte >= 0x7F || byte == '\\') {
            return false;
        }
    }
    return true;
}

static Str home_of(const Signed *who)
{
    return str_is(who->hat.party, "admin") ? STR("/people") : STR("/desk");
}

/* --- what is carried along --- */

/* Passwords and codes are typed again; a file's name without its bytes is of no use. */
static bool is_kept(Str name)
{
    static const char *const left_out[] = {"password", "code", "old", "fresh", "secret", "file"};
    for (size_t i = 0; i < sizeof left_out / sizeof left_out[0]; i++) {
        if (str_is(name, left_out[i])) {
            return false;
        }
    }
    return true;
}

/* The fields of a form; `prefix` is what their names begin with here and not there. */
static Kept keep(Request *request, Str prefix)
{
    const TypedList *typed = &request->typed;
    Typed *kept = ARENA_MANY(request->arena, Typed, typed->count + 1);
    size_t count = 0, bytes = 0;
    for (size_t i = 0; i < typed->count; i++) {
        Str name = typed->at[i].name;
        if (str_starts(name, prefix) && is_kept(str_part(name, prefix.len, name.len))) {
            kept[count] = (Typed){str_part(name, prefix.len, name.len), typed->at[i].value};
            bytes += name.len + kept[count++].value.len;
        }
    }
    bool too_long = count > KEPT_FIELDS_MAX || bytes > KEPT_BYTES_MAX;
    return (Kept){kept, too_long ? 0 : count, true, too_long};
}

/* --- the start page --- */

static Fail read_editions(Request *request, StartView *view, Fault *fault)
{
    const Str *ids;
    size_t count;
    Law *law = request->reader->law;
    Fail fail = law_edition_ids(law, &ids, &count, fault);
    EditionLine *lines = ARENA_MANY(request->arena, EditionLine, count + 1);
    for (size_t i = count; i-- > 0 && fail == FAIL_NONE;) {   /* the newest first */
        const Edition *edition;
        fail = law_edition(law, ids[i], &edition, fault);
        if (fail == FAIL_NONE) {
            Str title = lawwords_get(request_words(request, edition->id), "edition", edition->id);
            lines[view->editions_count++] =
                (EditionLine){edition->id, title, edition->from, edition->until};
        }
    }
    view->editions = lines;
    return fail;
}

static void start(Request *request, Reply *reply)
{
    if (request->who) {
        reply_see(request, reply, home_of(request->who));
        return;
    }
    StartView view = {0};
    Fault fault = {0};
    if (read_editions(request, &view, &fault) != FAIL_NONE) {
        reply_fault(request, reply, &fault);
        return;
    }
    PageHead head = {.title = word_text(request->language, WORD_START_TITLE)};
    Out out = request_page(request, reply, &head);
    page_start(&out, &view);
    request_page_end(request, &out);
}

/* --- signing in --- */

static void show_sign_in(Request *request, Reply *reply, const SignInView *view, int status)
{
    PageHead head = {.title = word_text(request->language, WORD_SIGN_IN_TITLE)};
    buf_clear(&reply->body);
    reply->status = status;
    reply->not_kept = true;
    Out out = request_page(request, reply, &head);
    page_sign_in(&out, view);
    request_page_end(request, &out);
}

static void sign_in_show(Request *request, Reply *reply)
{
    Str back = typed_get(&request->query, STR("back"));
    SignInView view = {.back = is_local(back) ? back : STR_NONE,
                       .said = is_local(back) ? WORD_SIGN_IN_FIRST : WORD_NONE};
    if (typed_get(&request->query, STR("welcome")).len) {
        view.said = WORD_SIGN_IN_WELCOME;
    }
    if (request->who) {
        reply_see(request, reply, is_local(back) ? back : home_of(request->who));
        return;
    }
    show_sign_in(request, reply, &view, 200);
}

void reply_sign_in(Request *request, Reply *reply)
{
    Str back = is_local(request->back) ? request->back : STR_NONE;
    if (request->method == METHOD_POST) {
        SignInView view = {.back = is_local(request->path) ? request->path : STR_NONE,
                           .kept = keep(request, STR_NONE), .said = WORD_SIGN_IN_AGAIN};
        view.bad = view.kept.too_long;
        view.said = view.bad ? WORD_SIGN_IN_TOO_LONG : view.said;
        show_sign_in(request, reply, &view, STATUS_FORBIDDEN);
        return;
    }
    Buf address = buf_new(BACK_BYTES_MAX * 4);
    Out out = {&address, request->language};
    buf_put(&address, STR("/sign-in"));
    if (back.len && !str_is(back, "/")) {
        buf_put(&address, STR("?back="));
        out_url(&out, back);
    }
    reply_see(request, reply, str_copy(request->arena, buf_str(&address)));
    buf_done(&address);
}

typedef struct SigningIn {
    Str login, password, code, token;
    SignInAnswer answer;
    Fail fail;
    Fault fault;
} SigningIn;

static void sign_in_work(Request *request)
{
    SigningIn *own = request->own;
    own->fail = people_sign_in(request->service->people, request->arena, own->login, own->password,
                               own->code, request->now, &own->answer, &own->token, &own->fault);
}

static SignInView typed_sign_in(Request *request)
{
    Str back = typed_text(request, "back");
    SignInView view = {.login = typed_text(request, "login"),
                       .back = is_local(back) ? back : STR_NONE};
    if (typed_text(request, "again").len) {
        view.kept = keep(request, STR(KEPT_PREFIX));
    }
    return view;
}

/* The page says who is signed in now: it may be somebody else than before. */
static void show_again(Request *request, Reply *reply, const SignInView *view, Str token)
{
    Signed *who = ARENA_NEW(request->arena, Signed);
    bool found = false;
    if (people_signed(request->service->people, request->arena, token, request->now,
                      request->today, &found, who, NULL) == FAIL_NONE && found) {
        request->who = who;
    }
    PageHead head = {.title = word_text(request->language, WORD_AGAIN_TITLE)};
    reply->not_kept = true;
    Out out = request_page(request, reply, &head);
    page_again(&out, view);
    request_page_end(request, &out);
}

static void sign_in_done(Request *request, Reply *reply)
{
    const SigningIn *own = request->own;
    SignInView view = typed_sign_in(request);
    if (own->fail != FAIL_NONE && own->fail != FAIL_INPUT) {
        reply_fault(request, reply, &own->fault);
        return;
    }
    if (own->fail == FAIL_NONE && own->answer == SIGN_IN_DONE) {
        reply->cookie = session_cookie(request->arena, own->token, request->service->tls);
        if (view.kept.again && view.back.len) {
            show_again(request, reply, &view, own->token);
        } else {
            reply_see(request, reply, view.back.len ? view.back : STR("/"));
        }
        return;
    }
    bool locked = own->answer == SIGN_IN_LOCKED && own->fail == FAIL_NONE;
    view.wants_code = own->fail == FAIL_NONE && own->answer == SIGN_IN_WANTS_CODE;
    view.said = view.wants_code ? WORD_SIGN_IN_WANTS_CODE
                : locked        ? WORD_SIGN_IN_LOCKED
                                : WORD_SIGN_IN_WRONG;
    view.bad = true;
    reply->retry_after = locked ? LOCKED_SECONDS : 0;
    show_sign_in(request, reply, &view, locked ? STATUS_TOO_MANY : STATUS_FAULTS);
}

static void sign_in(Request *request, Reply *reply)
{
    SigningIn *own = ARENA_NEW(request->arena, SigningIn);
    own->login = str_trim(typed_text(request, "login"));
    own->password = typed_text(request, "password");
    own->code = str_trim(typed_text(request, "code"));
    own->answer = SIGN_IN_WRONG;
    request->own = own;
    request_work(request, reply, sign_in_work, sign_in_done);
}

static void sign_out(Request *request, Reply *reply)
{
    Fault fault = {0};
    if (request->who && people_end_session(request->service->people, request->who->person.id,
                                           request->who->session, &fault) != FAIL_NONE) {
        reply_fault(request, reply, &fault);
        return;
    }
    reply->cookie = session_cookie(request->arena, STR_NONE, request->service->tls);
    reply->signs_out = true;
    reply_see(request, reply, STR("/"));
}

const Route routes_sign_in[] = {
    {METHOD_GET, "/", start, .need = NEED_NOBODY, .reads = true},
    {METHOD_GET, "/sign-in", sign_in_show, .need = NEED_NOBODY},
    {METHOD_POST, "/sign-in", sign_in, .need = NEED_NOBODY},
    {METHOD_POST, "/sign-out", sign_out, .need = NEED_NOBODY},
    {METHOD_GET, "/invitation/*", invitation_show, .need = NEED_NOBODY},
    {METHOD_POST, "/invitation/*", invitation_take_up, .need = NEED_NOBODY},
    {METHOD_GET, "/account", account_show, NEED_SIGNED, .reads = true},
    {METHOD_POST, "/account/password", account_password, NEED_SIGNED, .reads = true},
    {METHOD_POST, "/account/codes", account_codes_begin, NEED_SIGNED, .reads = true},
    {METHOD_POST, "/account/codes/confirm", account_codes_confirm, NEED_SIGNED, .reads = true},
    {METHOD_POST, "/account/codes/end", account_codes_end, NEED_SIGNED, .reads = true},
    {METHOD_POST, "/account/sessions/end", account_session_end, NEED_SIGNED, .reads = true},
    {METHOD_POST, "/account/sessions/end-all", account_sessions_end, NEED_SIGNED, .reads = true},
    {METHOD_POST, "/account/deputy", account_deputy, NEED_SIGNED, .reads = true},
    {METHOD_POST, "/account/deputy/end", account_deputy_end, NEED_SIGNED, .reads = true},
    {0},
};
