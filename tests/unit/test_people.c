/* test_people.c: organisations, people, invitations, deputies; the file they stand in. */
#include "peoplekit.h"

#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void the_file_is_its_owners_alone(void **state)
{
    (void)state;
    struct stat about;
    assert_int_equal(stat(kit_path(dir, "people.db"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(stat(kit_path(dir, "people.db-wal"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
}

/* ---- organisations ---- */

static Fail add_org(const char *id, const char *party, const char *code, const char *name)
{
    Org org = {.id = str_from(id), .party = str_from(party), .credit_code = str_from(code),
               .name_zh = str_from(name), .name_en = str_from(name)};
    return people_add_org(people, &org, &fault);
}

static void an_operator_needs_a_credit_code_that_fits(void **state)
{
    (void)state;
    static const char code[] = "91110000MA00000077";   /* nobody's */
    check_fault(add_org("a", "operator", "", "A"), FAIL_INPUT, WORD_PEOPLE_CODE_WANTED,
                "credit_code");
    check_fault(add_org("a", "operator", "91110000MA00000070", "A"), FAIL_INPUT,
                WORD_PEOPLE_CODE_CHECK, "credit_code");
    assert_string_equal(fault.args[2], "7");
    check_fault(add_org("a", "operator", "91110000MA0000007", "A"), FAIL_INPUT,
                WORD_PEOPLE_CODE_FORM, "credit_code");
    check_fault(add_org("a", "operator", "91110000IA00000070", "A"), FAIL_INPUT,
                WORD_PEOPLE_CODE_FORM, "credit_code");
    assert_int_equal(add_org(code, "operator", code, "A"), FAIL_NONE);
    check_fault(add_org("other", "operator", code, "B"), FAIL_CONFLICT, WORD_PEOPLE_CODE_TAKEN,
                "credit_code");
    assert_int_equal(add_org("same-as-supplier", "provider", code, "A"), FAIL_NONE);
    assert_int_equal(add_org("foreign", "provider", "", "Supplier abroad"), FAIL_NONE);
}

static void fields_of_organisations_are_checked(void **state)
{
    (void)state;
    check_fault(add_org("office", "office", "", "A"), FAIL_CONFLICT, WORD_PEOPLE_ORG_TAKEN, "id");
    check_fault(add_org("Two Words", "office", "", "A"), FAIL_INPUT, WORD_PEOPLE_BAD_ORG_ID,
                "id");
    check_fault(add_org("", "office", "", "A"), FAIL_INPUT, WORD_PEOPLE_BAD_ORG_ID, "id");
    check_fault(add_org("x", "of fice", "", "A"), FAIL_INPUT, WORD_PEOPLE_BAD_PARTY, "party");
    check_fault(add_org("x", "member/", "", "A"), FAIL_INPUT, WORD_PEOPLE_BAD_PARTY, "party");
    check_fault(add_org("x", "a/b/c", "", "A"), FAIL_INPUT, WORD_PEOPLE_BAD_PARTY, "party");
    check_fault(add_org("x", "office", "", ""), FAIL_INPUT, WORD_PEOPLE_NAME_WANTED, "name_zh");
    check_fault(add_org("x", "office", "", "a\nb"), FAIL_INPUT, WORD_PEOPLE_BAD_NAME, "name_zh");
    check_fault(add_org("x", "office", "", "\xE2\x80\xAE" "evil"), FAIL_INPUT,
                WORD_PEOPLE_BAD_NAME, "name_zh");
    check_fault(add_org("x", "office", "", "\xC3("), FAIL_INPUT, WORD_PEOPLE_BAD_NAME,
                "name_zh");
    Org one_name = {.id = STR("one"), .party = STR("provider"), .name_en = STR("Only English")};
    bool found;
    assert_int_equal(people_add_org(people, &one_name, &fault), FAIL_NONE);
    assert_int_equal(people_org(people, &arena, STR("one"), &found, &one_name, &fault), FAIL_NONE);
    assert_true(found && str_is(one_name.name_zh, "Only English"));
    one_name.id = STR("nobody");
    check_fault(people_change_org(people, &one_name, &fault), FAIL_INPUT, WORD_PEOPLE_NO_ORG,
                "id");
}

static void parties_are_those_that_editions_know(void **state)
{
    (void)state;
    Law *law;
    static const char *const known[] = {"operator", "office", "center", "member/mof",
                                        "department/energy", "institution/lab-1", "auditor",
                                        "admin", "provider", "commission"};
    static const char *const unknown[] = {"", "nobody", "member/nobody", "member", "office/x",
                                          "institution", "admin/x"};
    assert_int_equal(law_open(&arena, NULL, NULL, &law, &fault), FAIL_NONE);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        assert_int_equal(people_check_party(law, str_from(known[i]), &fault), FAIL_NONE);
    }
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        check_fault(people_check_party(law, str_from(unknown[i]), &fault), FAIL_INPUT,
                    WORD_PEOPLE_BAD_PARTY, "party");
    }
}

static void closing_an_organisation_ends_its_sessions_at_once(void **state)
{
    (void)state;
    Signed told;
    Org org;
    bool found;
    SignInAnswer answer;
    add("office.case", "office", MAY_ACT);
    add("mof.liaison", "mof", MAY_ACT);
    Str token = signed_in("office.case"), other = signed_in("mof.liaison");
    assert_true(is_signed(people, token, begin, &told));
    assert_int_equal(people_org(people, &arena, STR("office"), &found, &org, &fault), FAIL_NONE);
    org.closed = true;
    assert_int_equal(people_change_org(people, &org, &fault), FAIL_NONE);
    assert_false(is_signed(people, token, begin, &told));
    assert_true(is_signed(people, other, begin, &told));
    assert_int_equal(people_sign_in(people, &arena, STR("office.case"), RIGHT, STR_NONE, begin,
                                    &answer, &token, &fault), FAIL_NONE);
    assert_int_equal(answer, SIGN_IN_WRONG);
    int64_t id;
    check_fault(people_invite(people, &arena, STR("late"), STR("N"), STR("office"), MAY_ACT,
                              begin, &token, &id, &fault), FAIL_INPUT, WORD_PEOPLE_ORG_CLOSED,
                "org");
}

/* ---- invitations ---- */

static void an_invitation_opens_once_within_seven_days(void **state)
{
    (void)state;
    const int64_t week = (int64_t)7 * 24 * HOUR;
    Str token, second;
    int64_t id;
    bool found;
    Person person;
    assert_int_equal(people_invite(people, &arena, STR("New.One"), STR("某人"), STR("office"),
                                   MAY_ACT | MAY_SIGN, begin, &token, &id, &fault), FAIL_NONE);
    assert_int_equal(people_invited(people, &arena, token, begin + week - 1, &found, &person,
                                    &fault), FAIL_NONE);
    assert_true(found && person.id == id && person.invited && str_is(person.login, "new.one"));
    DONE(people_invited(people, &arena, token, begin + week, &found, &person, &fault));
    assert_false(found);
    DONE(people_invited(people, &arena, STR("unheard-of"), begin, &found, &person, &fault));
    assert_false(found);
    check_fault(people_take_up(people, token, STR("too short"), begin, &fault), FAIL_INPUT,
                WORD_PEOPLE_PASSWORD_SHORT, "password");
    check_fault(people_take_up(people, token, STR("aaaaaaaaaaaaaaaa"), begin, &fault), FAIL_INPUT,
                WORD_PEOPLE_PASSWORD_EASY, "password");
    check_fault(people_take_up(people, token, RIGHT, begin + week, &fault), FAIL_INPUT,
                WORD_PEOPLE_NO_INVITATION, "token");
    assert_int_equal(people_take_up(people, token, RIGHT, begin + week - 1, &fault), FAIL_NONE);
    check_fault(people_take_up(people, token, RIGHT, begin, &fault), FAIL_INPUT,
                WORD_PEOPLE_NO_INVITATION, "token");
    signed_in("new.one");
    /* A newer one takes the place of the older, and of the password. */
    assert_int_equal(people_invite_again(people, &arena, id, begin, &token, &fault), FAIL_NONE);
    assert_int_equal(people_invite_again(people, &arena, id, begin, &second, &fault), FAIL_NONE);
    check_fault(people_take_up(people, token, RIGHT, begin, &fault), FAIL_INPUT,
                WORD_PEOPLE_NO_INVITATION, "token");
    assert_int_equal(sign_in(people, "new.one", RIGHT, STR_NONE, begin, &token), SIGN_IN_WRONG);
    assert_int_equal(people_suspend(people, id, true, &fault), FAIL_NONE);
    check_fault(people_take_up(people, second, RIGHT, begin, &fault), FAIL_INPUT,
                WORD_PEOPLE_NO_INVITATION, "token");
    assert_int_equal(people_suspend(people, id, false, &fault), FAIL_NONE);
    assert_int_equal(people_take_up(people, second, RIGHT, begin, &fault), FAIL_NONE);
}

static void what_is_typed_of_people_is_checked(void **state)
{
    (void)state;
    Str token;
    int64_t id;
    add("taken", "office", MAY_ACT);
    const struct { const char *login, *name, *org; uint32_t may; Fail fail; Word word;
                   const char *field; } cases[] = {
        {"taken", "N", "office", MAY_ACT, FAIL_CONFLICT, WORD_PEOPLE_LOGIN_TAKEN, "login"},
        {"x", "N", "office", MAY_ACT, FAIL_INPUT, WORD_PEOPLE_BAD_LOGIN, "login"},
        {"", "N", "office", MAY_ACT, FAIL_INPUT, WORD_PEOPLE_BAD_LOGIN, "login"},
        {"a b", "N", "office", MAY_ACT, FAIL_INPUT, WORD_PEOPLE_BAD_LOGIN, "login"},
        {"<b>", "N", "office", MAY_ACT, FAIL_INPUT, WORD_PEOPLE_BAD_LOGIN, "login"},
        {"张三", "N", "office", MAY_ACT, FAIL_INPUT, WORD_PEOPLE_BAD_LOGIN, "login"},
        {"okay", "", "office", MAY_ACT, FAIL_INPUT, WORD_PEOPLE_NAME_WANTED, "name"},
        {"okay", "a\tb", "office", MAY_ACT, FAIL_INPUT, WORD_PEOPLE_BAD_NAME, "name"},
        {"okay", "N", "nobody", MAY_ACT, FAIL_INPUT, WORD_PEOPLE_NO_ORG, "org"},
        {"okay", "N", "office", 8, FAIL_INPUT, WORD_PEOPLE_BAD_MAY, "may"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_fault(people_invite(people, &arena, str_from(cases[i].login),
                                  str_from(cases[i].name), str_from(cases[i].org), cases[i].may,
                                  begin, &token, &id, &fault),
                    cases[i].fail, cases[i].word, cases[i].field);
    }
    const Person *all;
    size_t count;
    assert_int_equal(people_all(people, &arena, STR_NONE, &all, &count, &fault), FAIL_NONE);
    assert_int_equal(count, 1);
    check_fault(people_set_may(people, 99, MAY_ACT, &fault), FAIL_INPUT, WORD_PEOPLE_NO_PERSON,
                "login");
}

/* ---- deputies ---- */

static void a_deputy_signs_in_place_of_another_on_those_days(void **state)
{
    (void)state;
    Signed told;
    int64_t chief = add("office.chief", "office", MAY_ACT | MAY_SIGN | MAY_MANAGE);
    int64_t officer = add("office.case", "office", MAY_ACT);
    int64_t elsewhere = add("mof.liaison", "mof", MAY_ACT);
    Str token = signed_in("office.case");
    Day from = TODAY, until = TODAY + 1;
    check_fault(people_set_deputy(people, chief, chief, from, until, &fault), FAIL_INPUT,
                WORD_PEOPLE_DEPUTY_SELF, "deputy");
    check_fault(people_set_deputy(people, chief, elsewhere, from, until, &fault), FAIL_INPUT,
                WORD_PEOPLE_DEPUTY_ELSEWHERE, "deputy");
    check_fault(people_set_deputy(people, chief, officer, until, from, &fault), FAIL_INPUT,
                WORD_PEOPLE_DEPUTY_DAYS, "until");
    check_fault(people_set_deputy(people, chief, 99, from, until, &fault), FAIL_INPUT,
                WORD_PEOPLE_NO_PERSON, "login");
    assert_int_equal(people_set_deputy(people, chief, officer, from, until, &fault), FAIL_NONE);
    bool found;
    for (Day day = from - 1; day <= until + 1; day++) {
        DONE(people_signed(people, &arena, token, begin, day, &found, &told, &fault));
        bool stands_in = day >= from && day <= until;
        assert_true(found);
        assert_int_equal(told.person.may, stands_in ? MAY_ACT | MAY_SIGN | MAY_MANAGE : MAY_ACT);
        assert_int_equal(told.in_place_of, stands_in ? chief : 0);
    }
    assert_int_equal(people_suspend(people, chief, true, &fault), FAIL_NONE);
    assert_true(is_signed(people, token, begin, &told));
    assert_int_equal(told.person.may, MAY_ACT);   /* nobody stands in for the suspended */
    assert_int_equal(people_suspend(people, chief, false, &fault), FAIL_NONE);
    assert_int_equal(people_set_deputy(people, chief, 0, DAY_NONE, DAY_NONE, &fault), FAIL_NONE);
    assert_true(is_signed(people, token, begin, &told));
    assert_int_equal(told.in_place_of, 0);
    assert_int_equal(people_suspend(people, officer, true, &fault), FAIL_NONE);
    check_fault(people_set_deputy(people, chief, officer, from, until, &fault), FAIL_INPUT,
                WORD_PEOPLE_DEPUTY_SUSPENDED, "deputy");
}

static void ones_own_password_is_changed_with_the_old_one(void **state)
{
    (void)state;
    Str token;
    int64_t id = add("office.case", "office", MAY_ACT);
    Str fresh = STR("another twelve words");
    check_fault(people_change_password(people, id, STR("wrong"), fresh, begin, &fault),
                FAIL_INPUT, WORD_PEOPLE_WRONG_PASSWORD, "old");
    check_fault(people_change_password(people, id, RIGHT, STR("short"), begin, &fault),
                FAIL_INPUT, WORD_PEOPLE_PASSWORD_SHORT, "password");
    assert_int_equal(people_change_password(people, id, RIGHT, fresh, begin, &fault), FAIL_NONE);
    assert_int_equal(sign_in(people, "office.case", RIGHT, STR_NONE, begin, &token),
                     SIGN_IN_WRONG);
    assert_int_equal(sign_in(people, "office.case", fresh, STR_NONE, begin, &token),
                     SIGN_IN_DONE);
    for (int i = 0; i < 10; i++) {
        assert_int_equal(people_change_password(people, id, STR("wrong"), fresh, begin, &fault),
                         FAIL_INPUT);
    }
    check_fault(people_change_password(people, id, fresh, RIGHT, begin, &fault), FAIL_INPUT,
                WORD_PEOPLE_LOCKED, "old");
}

/* A program that is killed while it writes leaves the whole or nothing of each change. */
static void killed_in_the_middle_nothing_is_half_done(void **state)
{
    (void)state;
    for (int round = 0; round < 6; round++) {
        people_close(people);   /* a child inherits no database */
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            People *own;
            Fault mine;
            if (people_open(dir, &own, &mine)) {
                _exit(1);
            }
            for (int i = 0;; i++) {
                char login[32];
                Str token;
                int64_t id;
                snprintf(login, sizeof login, "r%d.%d", round, i);
                if (people_invite(own, &arena, str_from(login), STR("N"), STR("office"), MAY_ACT,
                                  begin, &token, &id, &mine)) {
                    _exit(1);
                }
            }
        }
        usleep(30000 + round * 7000);
        assert_int_equal(kill(child, SIGKILL), 0);
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status));
        DONE(people_open(dir, &people, &fault));
        const Person *all;
        size_t count;
        assert_int_equal(people_all(people, &arena, STR_NONE, &all, &count, &fault), FAIL_NONE);
        assert_true(count > 0);
    }
    Str token;
    int64_t id;
    assert_int_equal(people_invite(people, &arena, STR("after"), STR("N"), STR("office"), MAY_ACT,
                                   begin, &token, &id, &fault), FAIL_NONE);
    const Person *all;
    size_t count;
    DONE(people_all(people, &arena, STR_NONE, &all, &count, &fault));
    assert_int_equal(id, (int64_t)count);   /* nobody without number, no number without somebody */
}

static void what_is_no_people_db_is_not_opened(void **state)
{
    (void)state;
    People *other;
    const char *folder = kit_folder();
    kit_write(kit_path(folder, "people.db"), "this is a text, not a database of people", 40);
    assert_int_equal(people_open(folder, &other, &fault), FAIL_SYSTEM);
    assert_int_equal(fault.word, WORD_STORE_NOT_OURS);
    assert_int_equal(people_open("/nowhere/at/all", &other, &fault), FAIL_SYSTEM);
    assert_int_equal(fault.word, WORD_STORE_CANNOT_OPEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(the_file_is_its_owners_alone),
        IN_A_FOLDER(an_operator_needs_a_credit_code_that_fits),
        IN_A_FOLDER(fields_of_organisations_are_checked),
        IN_A_FOLDER(parties_are_those_that_editions_know),
        IN_A_FOLDER(closing_an_organisation_ends_its_sessions_at_once),
        IN_A_FOLDER(an_invitation_opens_once_within_seven_days),
        IN_A_FOLDER(what_is_typed_of_people_is_checked),
        IN_A_FOLDER(a_deputy_signs_in_place_of_another_on_those_days),
        IN_A_FOLDER(ones_own_password_is_changed_with_the_old_one),
        IN_A_FOLDER(killed_in_the_middle_nothing_is_half_done),
        IN_A_FOLDER(what_is_no_people_db_is_not_opened),
    };
    int failed = cmocka_run_group_tests_name("people", tests, NULL, NULL);
    arena_done(&arena);
    return failed;
}
