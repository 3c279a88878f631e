/* peoplekit.h: what the tests of people share: a people.db with two organisations, somebody added,
 * somebody signed in. */
#ifndef SHENCHA_PEOPLEKIT_H
#define SHENCHA_PEOPLEKIT_H

#include "kit.h"

#include <cmocka.h>

#include "people.h"

static const int64_t begin = 1790000000000;   /* 2026-09-21 in Beijing */
enum { MINUTE = 60000, HOUR = 60 * MINUTE };
#define TODAY day_of_moment(begin)
#define RIGHT STR("eleven and one words")
#define DONE(call) assert_int_equal((call), FAIL_NONE)

static Arena arena;
static Fault fault;
static People *people;
static const char *dir;

static inline int set_up(void **state)
{
    (void)state;
    dir = kit_folder();
    Org office = {.id = STR("office"), .party = STR("office"), .name_zh = STR("办公室"),
                  .name_en = STR("Office")};
    Org finance = {.id = STR("mof"), .party = STR("member/mof"), .name_zh = STR("财政部"),
                   .name_en = STR("Ministry of Finance")};
    DONE(people_open(dir, &people, &fault));
    assert_int_equal(people_add_org(people, &office, &fault), FAIL_NONE);
    assert_int_equal(people_add_org(people, &finance, &fault), FAIL_NONE);
    return 0;
}

static inline int tear_down(void **state)
{
    (void)state;
    people_close(people);
    people = NULL;
    arena_reset(&arena);
    return 0;
}

static inline int64_t add(const char *login, const char *org, uint32_t may)
{
    Str token;
    int64_t id = 0;
    Fail fail = people_invite(people, &arena, str_from(login), STR("Case officer"),
                              str_from(org), may, begin, &token, &id, &fault);
    assert_int_equal(fail, FAIL_NONE);
    assert_int_equal(people_set_password(people, id, RIGHT, &fault), FAIL_NONE);
    return id;
}

static inline SignInAnswer sign_in(People *at, const char *login, Str password, Str code,
                                   int64_t now, Str *ret_token)
{
    SignInAnswer answer;
    assert_int_equal(people_sign_in(at, &arena, str_from(login), password, code, now, &answer,
                                    ret_token, &fault), FAIL_NONE);
    return answer;
}

static inline Str signed_in(const char *login)
{
    Str token = {0};
    assert_int_equal(sign_in(people, login, RIGHT, STR_NONE, begin, &token), SIGN_IN_DONE);
    return token;
}

static inline bool is_signed(People *at, Str token, int64_t now, Signed *ret_signed)
{
    bool found;
    assert_int_equal(people_signed(at, &arena, token, now, day_of_moment(now), &found, ret_signed,
                                   &fault), FAIL_NONE);
    return found;
}

static inline void check_fault(Fail fail, Fail wanted, Word word, const char *field)
{
    assert_int_equal(fail, wanted);
    assert_int_equal(fault.word, word);
    assert_string_equal(fault.args[0], field);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

#endif
