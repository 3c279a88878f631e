/* test_sign_in.c: signing in, out, invitations, the account, and what was typed when a session had
 * ended: the handlers, without a server around them. */
#include "kit.h"

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "chance.h"
#include "onetime.h"
#include "sign_in.h"

enum { FIELDS_MAX = 16 };
#define NOW ((int64_t)1775800000000)   /* 10 April 2026 */
#define PASSWORD "four words in a row"

static Service service;
static int64_t person, colleague;
static Arena arena;
static Typed typed[FIELDS_MAX], query[FIELDS_MAX];
static Request request;
static Reply reply;
static char *body;

/* Slow work is done at once here; server.c has a thread for it. */
void request_work(Request *of, Reply *to, void (*work)(Request *request), Handler *then)
{
    work(of);
    then(of, to);
}

static const Route *route_of(Method method, const char *pattern)
{
    for (const Route *route = routes_sign_in; route->pattern; route++) {
        if (route->method == method && strcmp(route->pattern, pattern) == 0) {
            return route;
        }
    }
    fail_msg("no route %s", pattern);
    return NULL;
}

static void fresh(Method method, const char *path)
{
    free(body);
    body = NULL;
    buf_done(&reply.body);
    reply = (Reply){.status = 200, .file = -1};
    request = (Request){.arena = &arena, .service = &service, .method = method,
                        .path = str_from(path), .back = str_from(path), .now = NOW,
                        .language = LANGUAGE_EN, .today = day_of_moment(NOW),
                        .typed = {typed, 0}, .query = {query, 0}, .who = request.who};
}

static void type(const char *name, const char *value)
{
    typed[request.typed.count++] = (Typed){str_from(name), str_from(value)};
}

static void ask(const char *name, const char *value)
{
    query[request.query.count++] = (Typed){str_from(name), str_from(value)};
}

static void send(const char *pattern)
{
    route_of(request.method, pattern)->run(&request, &reply);
    buf_put_byte(&reply.body, 0);
    body = strdup(reply.body.at);
}

static void says(const char *words)
{
    if (!body || !strstr(body, words)) {
        fail_msg("\"%s\" is missing in: %s", words, body ? body : "nothing");
    }
}

static void says_not(const char *words)
{
    if (body && strstr(body, words)) {
        fail_msg("\"%s\" should not be in: %s", words, body);
    }
}

static void goes_to(const char *address)
{
    assert_int_equal(reply.status, 303);
    assert_int_equal(reply.location.len, strlen(address));
    assert_memory_equal(reply.location.at, address, strlen(address));
}

/* The session's secret of a Set-Cookie value. */
static Str token_of(Str cookie)
{
    assert_true(str_starts(cookie, STR("shencha=")));
    Str rest = str_part(cookie, sizeof "shencha", cookie.len);
    return str_part(rest, 0, str_find(rest, ';'));
}

static void be_signed_in(void)
{
    static Signed who;
    bool found;
    Fault fault;
    request.who = NULL;
    fresh(METHOD_POST, "/sign-in");
    type("login", "office-1");
    type("password", PASSWORD);
    send("/sign-in");
    Str token = token_of(reply.cookie);
    assert_int_equal(people_signed(service.people, &arena, token, NOW, request.today, &found, &who,
                                   &fault), FAIL_NONE);
    assert_true(found);
    request.who = &who;
}

static void test_the_right_password_opens_the_desk(void **state)
{
    (void)state;
    request.who = NULL;
    fresh(METHOD_POST, "/sign-in");
    type("login", " office-1 ");
    type("password", PASSWORD);
    send("/sign-in");
    goes_to("/");
    assert_true(token_of(reply.cookie).len > 20);
    be_signed_in();
    fresh(METHOD_GET, "/");
    send("/");
    goes_to("/desk");
}

static void test_a_wrong_name_and_a_wrong_password_look_alike(void **state)
{
    (void)state;
    request.who = NULL;
    char *first = NULL;
    for (int i = 0; i < 2; i++) {
        fresh(METHOD_POST, "/sign-in");
        type("login", i ? "office-9" : "office-1");
        type("password", "something else again");
        send("/sign-in");
        assert_int_equal(reply.status, 422);
        assert_int_equal(reply.cookie.len, 0);
        says("is not right");
        says("value=\"office-");
        says_not("something else again");
        if (!first) {
            first = strdup(body);
        }
    }
    *strstr(first, "office-1") = *strstr(body, "office-9") = 'x';
    first[strstr(first, "xffice-1") - first + 7] = body[strstr(body, "xffice-9") - body + 7] = '0';
    assert_string_equal(first, body);
    free(first);
}

static void test_what_was_typed_survives_the_end_of_a_session(void **state)
{
    (void)state;
    request.who = NULL;
    fresh(METHOD_POST, "/matters/2026-0001/do/assess");
    type("with.reason", "because \"<b>\" & so");
    type("key", "k-1");
    type("password", "never kept");
    reply_sign_in(&request, &reply);
    buf_put_byte(&reply.body, 0);
    body = strdup(reply.body.at);
    assert_int_equal(reply.status, 403);
    says("name=\"kept.with.reason\" value=\"because &#34;&lt;b&gt;&#34; &amp; so\"");
    says("name=\"back\" value=\"/matters/2026-0001/do/assess\"");
    says_not("never kept");

    fresh(METHOD_POST, "/sign-in");   /* a slip first: still kept */
    type("login", "office-1");
    type("password", "a slip of the pen");
    type("back", "/matters/2026-0001/do/assess");
    type("again", "yes");
    type("kept.with.reason", "because \"<b>\" & so");
    type("kept.key", "k-1");
    send("/sign-in");
    says("name=\"kept.with.reason\" value=\"because");

    typed[1].value = STR(PASSWORD);
    Typed same[FIELDS_MAX];
    memcpy(same, typed, sizeof same);
    fresh(METHOD_POST, "/sign-in");
    memcpy(typed, same, sizeof same);
    request.typed.count = 6;
    send("/sign-in");
    assert_int_equal(reply.status, 200);
    assert_true(token_of(reply.cookie).len > 20);
    says("action=\"/matters/2026-0001/do/assess\"");
    says("name=\"with.reason\" value=\"because &#34;&lt;b&gt;&#34; &amp; so\"");
    says("name=\"key\" value=\"k-1\"");
}

static void test_one_is_sent_back_to_this_house_only(void **state)
{
    (void)state;
    static const char *const elsewhere[] = {
        "https://elsewhere.test/", "//elsewhere.test", "/\\elsewhere.test", "javascript:x",
        "/a\r\nSet-Cookie: x=y", "/sign-out", ""};
    for (size_t i = 0; i < sizeof elsewhere / sizeof elsewhere[0]; i++) {
        assert_false(is_local(str_from(elsewhere[i])));
        request.who = NULL;
        fresh(METHOD_POST, "/sign-in");
        type("login", "office-1");
        type("password", PASSWORD);
        type("back", elsewhere[i]);
        send("/sign-in");
        goes_to("/");
    }
    assert_true(is_local(STR("/matters?q=%E8%B7%AF&page=2")));
    request.who = NULL;
    fresh(METHOD_GET, "/month");
    request.back = STR("/month?at=2026-05");
    reply_sign_in(&request, &reply);
    goes_to("/sign-in?back=%2Fmonth%3Fat%3D2026-05");
}

static void test_cookies_are_for_this_house_alone(void **state)
{
    (void)state;
    Str cookie = session_cookie(&arena, STR("abc"), true);
    assert_memory_equal(cookie.at, "__Host-shencha=abc; Path=/; HttpOnly; SameSite=Strict; Secure",
                        cookie.len);
    cookie = session_cookie(&arena, STR_NONE, false);
    assert_memory_equal(cookie.at, "shencha=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0",
                        cookie.len);
}

static void test_an_invitation_is_taken_up_once(void **state)
{
    (void)state;
    Str token;
    int64_t id;
    Fault fault;
    request.who = NULL;
    assert_int_equal(people_invite(service.people, &arena, STR("new-1"), STR("Newcomer"),
                                   STR("office"), MAY_ACT, NOW, &token, &id, &fault), FAIL_NONE);
    fresh(METHOD_GET, "/invitation/x");
    request.rest[0] = token;
    send("/invitation/*");
    assert_int_equal(reply.status, 200);
    says("Newcomer, you are invited");

    fresh(METHOD_POST, "/invitation/x");
    request.rest[0] = token;
    type("password", "short");
    send("/invitation/*");
    assert_int_equal(reply.status, 422);
    says("The password is too short");
    says("aria-invalid=\"true\"");

    fresh(METHOD_POST, "/invitation/x");
    request.rest[0] = token;
    type("password", PASSWORD);
    send("/invitation/*");
    goes_to("/sign-in?welcome=1");

    fresh(METHOD_GET, "/invitation/x");
    request.rest[0] = token;
    send("/invitation/*");
    assert_int_equal(reply.status, 410);
    says("This invitation does not count");
}

static void test_a_new_password_ends_the_other_sessions(void **state)
{
    (void)state;
    size_t count;
    const Session *sessions;
    Fault fault;
    be_signed_in();
    fresh(METHOD_POST, "/account/password");
    type("old", "not this one at all");
    type("fresh", "quite another password");
    send("/account/password");
    assert_int_equal(reply.status, 422);
    says("id=\"old-fault\"");
    says_not("quite another password");

    fresh(METHOD_POST, "/account/password");
    type("old", PASSWORD);
    type("fresh", "quite another password");
    send("/account/password");
    goes_to("/account?done=password");
    assert_int_equal(people_sessions(service.people, &arena, person, NOW, &sessions, &count,
                                     &fault), FAIL_NONE);
    assert_int_equal(count, 1);
    assert_int_equal(people_set_password(service.people, person, STR(PASSWORD), &fault), FAIL_NONE);
}

static void test_one_time_codes_count_once_proved(void **state)
{
    (void)state;
    be_signed_in();
    fresh(METHOD_POST, "/account/codes");
    send("/account/codes");
    says("otpauth://totp/Shencha:office-1?secret=");
    const char *at = strstr(body, "name=\"secret\" value=\"");
    assert_non_null(at);
    at += strlen("name=\"secret\" value=\"");
    Str base32 = str_copy(&arena, (Str){at, strcspn(at, "\"")}), secret;
    assert_true(onetime_read_base32(&arena, base32, &secret));

    fresh(METHOD_POST, "/account/codes/confirm");
    typed[0] = (Typed){STR("secret"), base32};
    request.typed.count = 1;
    type("code", "000000x");
    send("/account/codes/confirm");
    assert_int_equal(reply.status, 422);
    says("This code does not fit");
    says("name=\"secret\" value=\"");

    char code[7];
    onetime_code(secret, NOW / 1000 / ONETIME_STEP_SECONDS, code);
    fresh(METHOD_POST, "/account/codes/confirm");
    type("code", code);
    send("/account/codes/confirm");
    goes_to("/account?done=codes");

    request.who = NULL;
    fresh(METHOD_POST, "/sign-in");
    type("login", "office-1");
    type("password", PASSWORD);
    send("/sign-in");
    assert_int_equal(reply.status, 422);
    says("id=\"code-fault\"");
    Fault fault;
    assert_int_equal(people_onetime_end(service.people, person, &fault), FAIL_NONE);
}

static void test_a_deputy_is_named_for_days_that_exist(void **state)
{
    (void)state;
    char id[24];
    be_signed_in();
    snprintf(id, sizeof id, "%lld", (long long)colleague);
    fresh(METHOD_POST, "/account/deputy");
    type("deputy", id);
    type("from", "2026-02-30");
    type("until", "2026-05-01");
    send("/account/deputy");
    assert_int_equal(reply.status, 422);
    says("id=\"from-fault\"");
    says("value=\"2026-02-30\"");
    says(" selected>");

    fresh(METHOD_POST, "/account/deputy");
    type("deputy", id);
    type("from", "2026-05-02");
    type("until", "2026-05-01");
    send("/account/deputy");
    assert_int_equal(reply.status, 422);
    says("id=\"until-fault\"");

    fresh(METHOD_POST, "/account/deputy");
    type("deputy", id);
    type("from", "2026-04-30");
    type("until", "2026-05-01");
    send("/account/deputy");
    goes_to("/account?done=deputy");
    be_signed_in();
    fresh(METHOD_GET, "/account");
    ask("done", "deputy");
    send("/account");
    says("Your deputy is named.");
    says("Deputy head stands in for you");
}

static void test_sessions_end_one_by_one_or_all(void **state)
{
    (void)state;
    be_signed_in();
    fresh(METHOD_POST, "/account/sessions/end");
    send("/account/sessions/end");
    goes_to("/account");   /* none named: none ended */
    assert_int_equal(reply.cookie.len, 0);
    fresh(METHOD_POST, "/account/sessions/end-all");
    send("/account/sessions/end-all");
    goes_to("/");
    assert_true(str_starts(reply.cookie, STR("shencha=;")));
    const Session *sessions;
    size_t count;
    Fault fault;
    assert_int_equal(people_sessions(service.people, &arena, person, NOW, &sessions, &count,
                                     &fault), FAIL_NONE);
    assert_int_equal(count, 0);
}

static int begin(void **state)
{
    (void)state;
    Fault fault;
    Org office = {.id = STR("office"), .party = STR("office"), .name_zh = STR("审查办公室"),
                  .name_en = STR("Office")};
    Str token;
    assert_true(chance_start());
    assert_int_equal(people_open(kit_folder(), &service.people, &fault), FAIL_NONE);
    assert_int_equal(people_add_org(service.people, &office, &fault), FAIL_NONE);
    assert_int_equal(people_invite(service.people, &arena, STR("office-1"), STR("Case officer"),
                                   STR("office"), MAY_ACT, NOW, &token, &person, &fault),
                     FAIL_NONE);
    assert_int_equal(people_set_password(service.people, person, STR(PASSWORD), &fault), FAIL_NONE);
    assert_int_equal(people_invite(service.people, &arena, STR("office-2"), STR("Deputy head"),
                                   STR("office"), MAY_ACT, NOW, &token, &colleague, &fault),
                     FAIL_NONE);
    assert_int_equal(people_set_password(service.people, colleague, STR(PASSWORD), &fault),
                     FAIL_NONE);
    return 0;
}

static int end(void **state)
{
    (void)state;
    free(body);
    buf_done(&reply.body);
    people_close(service.people);
    arena_done(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_right_password_opens_the_desk),
        cmocka_unit_test(test_a_wrong_name_and_a_wrong_password_look_alike),
        cmocka_unit_test(test_what_was_typed_survives_the_end_of_a_session),
        cmocka_unit_test(test_one_is_sent_back_to_this_house_only),
        cmocka_unit_test(test_cookies_are_for_this_house_alone),
        cmocka_unit_test(test_an_invitation_is_taken_up_once),
        cmocka_unit_test(test_a_new_password_ends_the_other_sessions),
        cmocka_unit_test(test_one_time_codes_count_once_proved),
        cmocka_unit_test(test_a_deputy_is_named_for_days_that_exist),
        cmocka_unit_test(test_sessions_end_one_by_one_or_all),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
