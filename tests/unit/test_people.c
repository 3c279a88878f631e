/* test_people.c: organisations, people, invitations, signing in, sessions, deputies: one after the
 * other, at once, and from two programs (two People on one file). */
#include "kit.h"

#include <cmocka.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "chance.h"
#include "onetime.h"
#include "people.h"

static const int64_t begin = 1790000000000;   /* 2026-09-21 in Beijing */
enum { MINUTE = 60000, HOUR = 60 * MINUTE };
#define TODAY day_of_moment(begin)
#define RIGHT STR("eleven and one words")

static Arena arena;
static Fault fault;
static People *people;
static const char *dir;

static int set_up(void **state)
{
    (void)state;
    dir = kit_folder();
    Org office = {.id = STR("office"), .party = STR("office"), .name_zh = STR("办公室"),
                  .name_en = STR("Office")};
    Org finance = {.id = STR("mof"), .party = STR("member/mof"), .name_zh = STR("财政部"),
                   .name_en = STR("Ministry of Finance")};
    assert_int_equal(people_open(dir, &people, &fault), FAIL_NONE);
    assert_int_equal(people_add_org(people, &office, &fault), FAIL_NONE);
    assert_int_equal(people_add_org(people, &finance, &fault), FAIL_NONE);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    people_close(people);
    people = NULL;
    arena_reset(&arena);
    return 0;
}

static int64_t add(const char *login, const char *org, uint32_t may)
{
    Str token;
    int64_t id = 0;
    Fail fail = people_invite(people, &arena, str_from(login), STR("Case officer"),
                              str_from(org), may, begin, &token, &id, &fault);
    assert_int_equal(fail, FAIL_NONE);
    assert_int_equal(people_set_password(people, id, RIGHT, &fault), FAIL_NONE);
    return id;
}

static SignInAnswer sign_in(People *at, const char *login, Str password, Str code, int64_t now,
                            Str *ret_token)
{
    SignInAnswer answer;
    assert_int_equal(people_sign_in(at, &arena, str_from(login), password, code, now, &answer,
                                    ret_token, &fault), FAIL_NONE);
    return answer;
}

static Str signed_in(const char *login)
{
    Str token = {0};
    assert_int_equal(sign_in(people, login, RIGHT, STR_NONE, begin, &token), SIGN_IN_DONE);
    return token;
}

static bool is_signed(People *at, Str token, int64_t now, Signed *ret_signed)
{
    bool found;
    assert_int_equal(people_signed(at, &arena, token, now, day_of_moment(now), &found, ret_signed,
                                   &fault), FAIL_NONE);
    return found;
}

static void the_file_is_its_owners_alone(void **state)
{
    (void)state;
    struct stat about;
    assert_int_equal(stat(kit_path(dir, "people.db"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(stat(kit_path(dir, "people.db-wal"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
}

static void somebody_signs_in_and_is_known(void **state)
{
    (void)state;
    Signed told;
    int64_t id = add("office.case", "office", MAY_ACT);
    Str token = signed_in("office.case");
    assert_int_equal(token.len, TOKEN_CHARS);
    assert_true(is_signed(people, token, begin + MINUTE, &told));
    assert_int_equal(told.person.id, id);
    assert_int_equal(told.person.may, MAY_ACT);
    assert_true(str_is(told.person.login, "office.case"));
    assert_true(str_is(told.hat.party, "office"));
    assert_true(str_is(told.hat.org, "office"));
    assert_true(str_is(told.org.name_zh, "办公室"));
    assert_int_equal(told.since, begin);
    Str other = STR("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    assert_false(is_signed(people, other, begin, &told));
    assert_false(is_signed(people, STR("short"), begin, &told));
    assert_int_equal(sign_in(people, "OFFICE.case ", RIGHT, STR_NONE, begin, &token),
                     SIGN_IN_DONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_file_is_its_owners_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(somebody_signs_in_and_is_known, set_up, tear_down),
    };
    int failed = cmocka_run_group_tests_name("people", tests, NULL, NULL);
    arena_done(&arena);
    return failed;
}
