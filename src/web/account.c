/* account.c: one's own account: password, one-time codes, sessions, who stands in, language. */
#include "onetime.h"
#include "pages.h"
#include "sign_in.h"

enum { STATUS_FAULTS = 422, ADDRESS_BYTES_MAX = 1024, GROUP_CHARS = 4,
       ADDRESS_START = sizeof("otpauth://totp/") - 1 };

/* --- the page --- */

static const struct { const char *id; Word word; } done_words[] = {
    {"password", WORD_ACCOUNT_DONE_PASSWORD}, {"codes", WORD_ACCOUNT_DONE_CODES},
    {"codes-end", WORD_ACCOUNT_DONE_CODES_END}, {"session", WORD_ACCOUNT_DONE_SESSION},
    {"deputy", WORD_ACCOUNT_DONE_DEPUTY}, {"deputy-end", WORD_ACCOUNT_DONE_DEPUTY_END},
};

static Word done_word(Str id)
{
    for (size_t i = 0; i < sizeof done_words / sizeof done_words[0]; i++) {
        if (str_is(id, done_words[i].id)) {
            return done_words[i].word;
        }
    }
    return WORD_NONE;
}

static Fail read_sessions(Request *request, AccountView *view, Fault *fault)
{
    const Session *sessions;
    size_t count = 0;
    Fail fail = people_sessions(request->service->people, request->arena, request->who->person.id,
                                request->now, &sessions, &count, fault);
    SessionLine *lines = ARENA_MANY(request->arena, SessionLine, count + 1);
    for (size_t i = 0; i < count && fail == FAIL_NONE; i++) {
        lines[i] = (SessionLine){sessions[i].id, sessions[i].since, sessions[i].seen,
                                 str_eq(sessions[i].id, request->who->session)};
    }
    view->sessions = lines;
    view->sessions_count = count;
    return fail;
}

/* Those of the organisation who may stand in, and who does. */
static Fail read_colleagues(Request *request, AccountView *view, Fault *fault)
{
    const Signed *who = request->who;
    const Person *all;
    size_t count = 0;
    Fail fail = people_all(request->service->people, request->arena, who->org.id, &all, &count,
                           fault);
    Person *colleagues = ARENA_MANY(request->arena, Person, count + 1);
    for (size_t i = 0; i < count && fail == FAIL_NONE; i++) {
        if (all[i].id == who->person.deputy) {
            view->deputy = all[i].name;
        }
        if (all[i].id == who->in_place_of) {
            view->in_place_of = all[i].name;
        }
        if (all[i].id != who->person.id && !all[i].suspended && !all[i].invited) {
            colleagues[view->colleagues_count++] = all[i];
        }
    }
    view->colleagues = colleagues;
    return fail;
}

/* "Office", "Ministry of Finance"; what no edition knows stands as it is. */
static Str capacity(Request *request)
{
    Str party = request->who->hat.party;
    size_t slash = str_find(party, '/');
    if (str_is(party, "admin") || str_is(party, "auditor")) {
        return word_text(request->language, str_is(party, "admin") ? WORD_ACCOUNT_ADMIN
                                                                   : WORD_ACCOUNT_AUDITOR);
    }
    return lawwords_party(request_words(request, STR_NONE), str_part(party, 0, slash),
                          str_part(party, slash + 1, party.len));
}

/* `view` says what was done or went wrong; the rest is read here. */
static void show(Request *request, Reply *reply, AccountView *view)
{
    const Signed *who = request->who;
    bool chinese = request->language == LANGUAGE_ZH;
    Fault fault = {0};
    Fail fail = read_sessions(request, view, &fault);
    fail = fail ? fail : read_colleagues(request, view, &fault);
    if (fail != FAIL_NONE) {
        reply_fault(request, reply, &fault);
        return;
    }
    view->who = who;
    view->organisation = chinese ? who->org.name_zh : who->org.name_en;
    view->capacity = capacity(request);
    reply->status = view->fault.len ? STATUS_FAULTS : 200;
    reply->not_kept = true;
    buf_clear(&reply->body);
    PageHead head = {.title = word_text(request->language, WORD_ACCOUNT_TITLE)};
    Out out = request_page(request, reply, &head);
    page_account(&out, view);
    request_page_end(request, &out);
}

void account_show(Request *request, Reply *reply)
{
    AccountView view = {.done = done_word(typed_get(&request->query, STR("done")))};
    show(request, reply, &view);
}

static void see_done(Request *request, Reply *reply, const char *done)
{
    Buf address = buf_new(ADDRESS_BYTES_MAX);
    buf_print(&address, "/account?done=%s", done);
    reply_see(request, reply, str_copy(request->arena, buf_str(&address)));
    buf_done(&address);
}

/* What one typed was wrong: the page again; anything else: the page of faults. */
static void show_fault(Request *request, Reply *reply, const Fault *fault, AccountView *view)
{
    if (fault->fail != FAIL_INPUT) {
        reply_fault(request, reply, fault);
        return;
    }
    view->fault = fault_words(request, fault);
    if (view->fault_field.len == 0) {
        view->fault_field = fault->args_count ? str_copy(request->arena, str_from(fault->args[0]))
                                              : STR_NONE;
    }
    show(request, reply, view);
}

/* --- password --- */

typedef struct Change {
    Fail fail;
    Fault fault;
} Change;

static void password_work(Request *request)
{
    Change *own = request->own;
    own->fail = people_change_password(request->service->people, request->who->person.id,
                                       typed_text(request, "old"), typed_text(request, "fresh"),
                                       request->now, &own->fault);
}

/* Whoever else has a session of this account does not know the new password. */
static Fail end_others(Request *request, Fault *fault)
{
    AccountView view = {0};
    Fail fail = read_sessions(request, &view, fault);
    for (size_t i = 0; i < view.sessions_count && fail == FAIL_NONE; i++) {
        if (!view.sessions[i].here) {
            fail = people_end_session(request->service->people, request->who->person.id,
                                      view.sessions[i].id, fault);
        }
    }
    return fail;
}

static void password_done(Request *request, Reply *reply)
{
    Change *own = request->own;
    AccountView view = {0};
    if (own->fail == FAIL_NONE) {
        own->fail = end_others(request, &own->fault);
    }
    if (own->fail == FAIL_NONE) {
        see_done(request, reply, "password");
        return;
    }
    view.fault_field = own->fault.args_count && str_is(str_from(own->fault.args[0]), "old")
                           ? STR("old") : STR("fresh");
    show_fault(request, reply, &own->fault, &view);
}

void account_password(Request *request, Reply *reply)
{
    request->own = ARENA_NEW(request->arena, Change);
    request_work(request, reply, password_work, password_done);
}

/* --- one-time codes --- */

static void show_codes(Request *request, Reply *reply, Str secret, Word wrong)
{
    CodesView view = {.fault = wrong};
    Buf plain = buf_new(ADDRESS_BYTES_MAX), spaced = buf_new(ADDRESS_BYTES_MAX),
        address = buf_new(ADDRESS_BYTES_MAX);
    onetime_put_base32(&plain, secret);
    for (size_t i = 0; i < plain.len; i++) {
        if (i && i % GROUP_CHARS == 0) {
            buf_put_byte(&spaced, ' ');
        }
        buf_put_byte(&spaced, plain.at[i]);
    }
    onetime_put_address(&address, secret, request->who->person.login,
                        word_text(LANGUAGE_EN, WORD_WEB_PRODUCT));
    view.secret = buf_str(&plain);
    view.spaced = buf_str(&spaced);
    view.address_rest = str_part(buf_str(&address), ADDRESS_START, address.len);
    reply->status = wrong ? STATUS_FAULTS : 200;
    reply->not_kept = true;
    PageHead head = {.title = word_text(request->language, WORD_CODES_TITLE)};
    Out out = request_page(request, reply, &head);
    page_codes(&out, &view);
    request_page_end(request, &out);
    buf_done(&plain);
    buf_done(&spaced);
    buf_done(&address);
}

void account_codes_begin(Request *request, Reply *reply)
{
    Fault fault = {0};
    Str secret;
    if (request->who->person.onetime) {
        reply_see(request, reply, STR("/account"));
        return;
    }
    if (people_onetime_begin(request->service->people, request->arena, request->who->person.id,
                             &secret, &fault) != FAIL_NONE) {
        reply_fault(request, reply, &fault);
        return;
    }
    show_codes(request, reply, secret, WORD_NONE);
}

void account_codes_confirm(Request *request, Reply *reply)
{
    Fault fault = {0};
    Fail fail = people_onetime_confirm(request->service->people, request->who->person.id,
                                       typed_text(request, "code"), request->now, &fault);
    Str secret;
    if (fail == FAIL_NONE) {
        see_done(request, reply, "codes");
    } else if (fail == FAIL_INPUT && onetime_read_base32(request->arena,
                                                         typed_text(request, "secret"), &secret) &&
               secret.len == ONETIME_SECRET_BYTES) {
        show_codes(request, reply, secret, WORD_PEOPLE_BAD_ONETIME);
    } else {
        reply_fault(request, reply, &fault);
    }
}

void account_codes_end(Request *request, Reply *reply)
{
    Fault fault = {0};
    if (people_onetime_end(request->service->people, request->who->person.id, &fault) !=
        FAIL_NONE) {
        reply_fault(request, reply, &fault);
        return;
    }
    see_done(request, reply, "codes-end");
}

/* --- sessions --- */

static void end_session(Request *request, Reply *reply, Str session)
{
    Fault fault = {0};
    if (people_end_session(request->service->people, request->who->person.id, session, &fault) !=
        FAIL_NONE) {
        reply_fault(request, reply, &fault);
    } else if (session.len == 0 || str_eq(session, request->who->session)) {
        reply->cookie = session_cookie(request->arena, STR_NONE, request->service->tls);
        reply_see(request, reply, STR("/"));
    } else {
        see_done(request, reply, "session");
    }
}

void account_session_end(Request *request, Reply *reply)
{
    Str session = typed_text(request, "session");
    if (session.len == 0) {   /* not named: not all of them */
        reply_see(request, reply, STR("/account"));
        return;
    }
    end_session(request, reply, session);
}

void account_sessions_end(Request *request, Reply *reply)
{
    end_session(request, reply, STR_NONE);
}

/* --- who stands in --- */

static Fail set_deputy(Request *request, int64_t deputy, Day from, Day until, Fault *fault)
{
    return people_set_deputy(request->service->people, request->who->person.id, deputy, from, until,
                             fault);
}

void account_deputy(Request *request, Reply *reply)
{
    AccountView view = {.typed_deputy = typed_text(request, "deputy"),
                        .typed_from = typed_text(request, "from"),
                        .typed_until = typed_text(request, "until")};
    int64_t deputy = 0;
    Day from = DAY_NONE, until = DAY_NONE;
    Fault fault = {0};
    bool named = str_int(view.typed_deputy, &deputy) && deputy > 0;
    bool day_first = day_parse(str_trim(view.typed_from), &from);
    bool day_last = day_parse(str_trim(view.typed_until), &until);
    if (!named || !day_first || !day_last) {
        view.fault_field = !named ? STR("deputy") : !day_first ? STR("from") : STR("until");
        view.fault = word_text(request->language, named ? WORD_ACCOUNT_DAY_WANTED
                                                        : WORD_ACCOUNT_DEPUTY_WANTED);
        show(request, reply, &view);
        return;
    }
    if (set_deputy(request, deputy, from, until, &fault) != FAIL_NONE) {
        bool about_days = fault.args_count && str_is(str_from(fault.args[0]), "until");
        view.fault_field = about_days ? STR("until") : STR("deputy");
        show_fault(request, reply, &fault, &view);
        return;
    }
    see_done(request, reply, "deputy");
}

void account_deputy_end(Request *request, Reply *reply)
{
    Fault fault = {0};
    if (set_deputy(request, 0, DAY_NONE, DAY_NONE, &fault) != FAIL_NONE) {
        reply_fault(request, reply, &fault);
        return;
    }
    see_done(request, reply, "deputy-end");
}
