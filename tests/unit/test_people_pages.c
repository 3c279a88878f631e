/* test_people_pages.c: the pages of those who manage people: the administrator, a manager of one
 * organisation, and what either may not know. The handlers, without a server around them. */
#include "peoplekit.h"

#include <stdio.h>
#include <stdlib.h>

#include "people_pages.h"

enum { FIELDS_MAX = 16 };

static Service service;
static Look look;
static Typed typed[FIELDS_MAX], query[FIELDS_MAX];
static Request request;
static Reply reply;
static Signed who;
static int64_t admin, manager, officer, liaison;

/* Not used by these pages; the server has them. */
void request_work(Request *of, Reply *to, void (*work)(Request *request), Handler *then)
{
    work(of);
    then(of, to);
}

static int open_pages(void **state)
{
    Law *law;
    Org administration = {.id = STR("administration"), .party = STR("admin"),
                          .name_zh = STR("系统管理"), .name_en = STR("Administration")};
    set_up(state);
    DONE(law_open(&arena, NULL, NULL, &law, &fault));
    look = (Look){.law = law};
    service = (Service){.people = people};
    DONE(people_add_org(people, &administration, &fault));
    admin = add("admin", "administration", MAY_MANAGE);
    manager = add("office.manager", "office", MAY_MANAGE);
    officer = add("office.case", "office", MAY_ACT);
    liaison = add("mof.liaison", "mof", MAY_ACT);
    return 0;
}

static int close_pages(void **state)
{
    buf_done(&reply.body);
    return tear_down(state);
}

/* The pattern of a route, a star for one part of the path, which goes into `rest`. */
static bool fits(const char *pattern, Str path, Str rest[4])
{
    size_t at = 0;
    int stars = 0;
    for (; *pattern; pattern++) {
        size_t from = at;
        if (*pattern != '*') {
            if (at == path.len || path.at[at++] != *pattern) {
                return false;
            }
            continue;
        }
        while (at < path.len && path.at[at] != '/') {
            at++;
        }
        if (at == from) {
            return false;
        }
        rest[stars++] = str_part(path, from, at);
    }
    return at == path.len;
}

static void type(const char *name, const char *value)
{
    typed[request.typed.count++] = (Typed){str_from(name), str_from(value)};
}

static void be(const char *login)
{
    Str token = signed_in(login);
    assert_true(is_signed(people, token, begin, &who));
    request.typed.count = 0;
}

/* Sends what was typed; the reply is in `reply`. */
static void send(Method method, const char *path)
{
    size_t count = method == METHOD_POST ? request.typed.count : 0;
    buf_done(&reply.body);
    reply = (Reply){.status = 200, .file = -1};
    request = (Request){.arena = &arena, .service = &service, .method = method,
                        .path = str_from(path), .now = begin, .language = LANGUAGE_EN,
                        .today = TODAY, .typed = {typed, count}, .query = {query, 0},
                        .who = &who, .reader = &look};
    for (const Route *route = routes_people; route->pattern; route++) {
        if (route->method == method && fits(route->pattern, request.path, request.rest)) {
            assert_int_equal(route->need, NEED_ADMIN);
            assert_false(route->kept);   /* sessions and locks go with the time */
            route->run(&request, &reply);
            request.typed.count = 0;
            buf_put_byte(&reply.body, 0);
            return;
        }
    }
    fail_msg("no route for %s", path);
}

static const char *path_of(const char *before, int64_t id, const char *after)
{
    char path[64];
    snprintf(path, sizeof path, "%s%lld%s", before, (long long)id, after);
    return str_terminated(&arena, str_from(path));
}

static bool says(const char *words)
{
    return strstr(reply.body.at, words) != NULL;
}

static Person person_of(int64_t id)
{
    Person person;
    bool found;
    DONE(people_person(people, &arena, id, &found, &person, &fault));
    assert_true(found);
    return person;
}

static void the_administrator_sees_every_organisation(void **state)
{
    (void)state;
    be("admin");
    send(METHOD_GET, "/people");
    assert_int_equal(reply.status, 200);
    assert_true(says("Ministry of Finance") && says("Administration") && says("/people/org/mof"));
    send(METHOD_GET, "/people/org/mof");
    assert_true(says("mof.liaison"));
    send(METHOD_GET, path_of("/people/person/", liaison, ""));
    assert_int_equal(reply.status, 200);
    assert_true(says("mof.liaison"));
}

static void a_manager_sees_their_own_organisation_alone(void **state)
{
    (void)state;
    be("office.manager");
    send(METHOD_GET, "/people");
    assert_true(says("office.case"));
    assert_false(says("mof.liaison") || says("Ministry of Finance"));
    static const char *const others[] = {"/people/org/mof", "/people/org/nobody",
                                         "/people/org/mof/invite", "/people/new",
                                         "/people/org/office/change", "/people/person/99",
                                         "/people/person/x"};
    send(METHOD_GET, path_of("/people/person/", liaison, ""));
    assert_int_equal(reply.status, 404);
    Str secret = str_copy(&arena, buf_str(&reply.body));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        send(METHOD_GET, others[i]);
        assert_int_equal(reply.status, 404);
        assert_false(says("Ministry"));
    }
    send(METHOD_GET, "/people/person/99");   /* what is not there answers like what is secret */
    Buf other = {0};
    const char *at = reply.body.at;
    for (const char *link; (link = strstr(at, "/people/person/99")) != NULL;) {
        buf_put(&other, (Str){at, (size_t)(link - at)});
        buf_put(&other, str_from(path_of("/people/person/", liaison, "")));
        at = link + strlen("/people/person/99");
    }
    buf_put(&other, (Str){at, strlen(at) + 1});
    assert_true(str_eq(buf_str(&other), secret));
    buf_done(&other);
    static const char *const deeds[] = {"/suspend", "/may", "/invite", "/sessions-end",
                                        "/codes-end", "/unlock", "/deputy-end"};
    Str token = signed_in("mof.liaison");
    for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++) {
        send(METHOD_POST, path_of("/people/person/", liaison, deeds[i]));
        assert_int_equal(reply.status, 404);
    }
    assert_false(person_of(liaison).suspended);
    assert_int_equal(person_of(liaison).may, MAY_ACT);
    Signed told;
    assert_true(is_signed(people, token, begin, &told));
    type("login", "sneaked.in");
    type("name", "N");
    send(METHOD_POST, "/people/org/mof/invite");
    assert_int_equal(reply.status, 404);
}

static void an_organisation_is_added_and_faults_keep_what_was_typed(void **state)
{
    (void)state;
    be("admin");
    type("id", "Not \"good\"");
    type("party", "operator");
    type("credit_code", "91110000ma00000070");
    type("name_zh", "");
    type("name_en", "");
    send(METHOD_POST, "/people/new");
    assert_int_equal(reply.status, 422);
    assert_true(says("id=\"credit_code-fault\"") && says("id=\"id-fault\"") &&
                says("id=\"name_zh-fault\""));
    assert_true(says("value=\"Not &quot;good&quot;\"") || says("value=\"Not &#34;good&#34;\""));
    assert_true(says("value=\"91110000MA00000070\""));
    assert_true(says("<option value=\"operator\" selected"));
    type("party", "operator");
    type("credit_code", " 91110000ma00000077 ");
    type("name_zh", "某运营者");
    send(METHOD_POST, "/people/new");
    assert_int_equal(reply.status, 303);
    assert_true(str_is(reply.location, "/people/org/91110000MA00000077?done=org-added"));
    type("party", "operator");   /* sent twice: once is enough */
    type("credit_code", "91110000MA00000077");
    type("name_zh", "某运营者");
    send(METHOD_POST, "/people/new");
    assert_int_equal(reply.status, 409);
    assert_true(says("There is an organisation"));
    type("id", "lab");
    type("party", "institution/");
    type("part", "");
    type("name_en", "Laboratory");
    send(METHOD_POST, "/people/new");
    assert_int_equal(reply.status, 422);
    assert_true(says("id=\"party-fault\""));
    type("id", "lab");
    type("party", "institution/");
    type("part", "lab-1");
    type("name_en", "Laboratory");
    send(METHOD_POST, "/people/new");
    assert_int_equal(reply.status, 303);
}

static void an_organisation_is_changed_and_closed_but_not_ones_own(void **state)
{
    (void)state;
    Signed told;
    be("admin");
    Str token = signed_in("mof.liaison");
    type("party", "member/mof");
    type("name_zh", "财政部");
    type("name_en", "Finance");
    type("closed", "yes");
    send(METHOD_POST, "/people/org/mof/change");
    assert_int_equal(reply.status, 303);
    assert_false(is_signed(people, token, begin, &told));
    type("party", "admin");
    type("name_en", "Administration");
    type("closed", "yes");
    send(METHOD_POST, "/people/org/administration/change");
    assert_int_equal(reply.status, 422);
    assert_true(says("id=\"closed-fault\""));
}

static void an_invitation_is_shown_once_and_never_in_an_address(void **state)
{
    (void)state;
    be("office.manager");
    type("login", "office.new");
    type("name", "<script>alert(1)</script>");
    type("may", "act");
    type("may", "sign");
    send(METHOD_POST, "/people/org/office/invite");
    assert_int_equal(reply.status, 200);
    assert_true(reply.not_kept && reply.location.len == 0);
    assert_true(says("/invitation/") && !says("<script>alert"));
    const char *link = strstr(reply.body.at, "/invitation/") + strlen("/invitation/");
    Str token = str_copy(&arena, (Str){link, 32});
    Person person;
    bool found;
    DONE(people_invited(people, &arena, token, begin, &found, &person, &fault));
    assert_true(found && str_is(person.login, "office.new"));
    assert_int_equal(person.may, MAY_ACT | MAY_SIGN);
    type("login", "office.new");
    type("name", "Again");
    send(METHOD_POST, "/people/org/office/invite");
    assert_int_equal(reply.status, 409);
    assert_true(says("id=\"login-fault\"") && says("value=\"Again\""));
    type("login", "bad login");
    type("name", "");
    send(METHOD_POST, "/people/org/office/invite");
    assert_int_equal(reply.status, 422);
    assert_true(says("id=\"login-fault\"") && says("id=\"name-fault\""));
    send(METHOD_POST, path_of("/people/person/", person.id, "/invite"));
    assert_true(says("/invitation/"));
    DONE(people_invited(people, &arena, token, begin, &found, &person, &fault));
    assert_false(found);   /* the newer one took its place */
}

static void what_is_done_to_somebody_is_done(void **state)
{
    (void)state;
    Signed told;
    be("office.manager");
    Str token = signed_in("office.case");
    type("may", "act");
    type("may", "sign");
    send(METHOD_POST, path_of("/people/person/", officer, "/may"));
    assert_int_equal(reply.status, 303);
    assert_int_equal(person_of(officer).may, MAY_ACT | MAY_SIGN);
    send(METHOD_GET, path_of("/people/person/", officer, ""));
    assert_true(says("/sessions-end"));
    send(METHOD_POST, path_of("/people/person/", officer, "/sessions-end"));
    assert_int_equal(reply.status, 303);
    assert_false(is_signed(people, token, begin, &told));
    send(METHOD_POST, path_of("/people/person/", officer, "/suspend"));
    assert_int_equal(reply.status, 303);
    assert_true(person_of(officer).suspended);
    send(METHOD_POST, path_of("/people/person/", officer, "/resume"));
    assert_false(person_of(officer).suspended);
    char number[24];
    snprintf(number, sizeof number, "%lld", (long long)manager);
    type("deputy", number);
    type("from", "2026-10-02");
    type("until", "2026-10-01");
    send(METHOD_POST, path_of("/people/person/", officer, "/deputy"));
    assert_int_equal(reply.status, 422);
    assert_true(says("id=\"until-fault\"") && says("value=\"2026-10-02\""));
    type("deputy", number);
    type("from", "2026-10-01");
    type("until", "2026-10-02");
    send(METHOD_POST, path_of("/people/person/", officer, "/deputy"));
    assert_int_equal(reply.status, 303);
    assert_int_equal(person_of(officer).deputy, manager);
    send(METHOD_POST, path_of("/people/person/", officer, "/deputy-end"));
    assert_int_equal(person_of(officer).deputy, 0);
    send(METHOD_POST, path_of("/people/person/", officer, "/fly"));
    assert_int_equal(reply.status, 404);
}

static void nobody_shuts_themselves_out_or_gives_themselves_more(void **state)
{
    (void)state;
    be("office.manager");
    send(METHOD_POST, path_of("/people/person/", manager, "/suspend"));
    assert_int_equal(reply.status, 422);
    assert_false(person_of(manager).suspended);
    type("may", "manage");
    type("may", "sign");
    send(METHOD_POST, path_of("/people/person/", manager, "/may"));
    assert_int_equal(reply.status, 422);
    assert_int_equal(person_of(manager).may, MAY_MANAGE);
    be("admin");
    send(METHOD_POST, path_of("/people/person/", admin, "/suspend"));
    assert_int_equal(reply.status, 422);
}

#define ON_PAGES(test) cmocka_unit_test_setup_teardown(test, open_pages, close_pages)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_PAGES(the_administrator_sees_every_organisation),
        ON_PAGES(a_manager_sees_their_own_organisation_alone),
        ON_PAGES(an_organisation_is_added_and_faults_keep_what_was_typed),
        ON_PAGES(an_organisation_is_changed_and_closed_but_not_ones_own),
        ON_PAGES(an_invitation_is_shown_once_and_never_in_an_address),
        ON_PAGES(what_is_done_to_somebody_is_done),
        ON_PAGES(nobody_shuts_themselves_out_or_gives_themselves_more),
    };
    int failed = cmocka_run_group_tests_name("people_pages", tests, NULL, NULL);
    arena_done(&arena);
    return failed;
}
