/* test_session.c: signing in, one-time codes, sessions: one after the other, at once, and from two
 * programs (two People on one file). */
#include "peoplekit.h"

#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "chance.h"
#include "onetime.h"

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

/* ---- wrong passwords ---- */

static void ten_wrong_in_a_row_lock_for_fifteen_minutes(void **state)
{
    (void)state;
    Str token;
    static const char *const logins[] = {"office.case", "nobody.at.all"};
    int64_t id = add("office.case", "office", MAY_ACT);
    for (size_t who = 0; who < 2; who++) {   /* known or not: the same answers */
        for (int i = 0; i < 9; i++) {
            assert_int_equal(sign_in(people, logins[who], STR("wrong"), STR_NONE, begin, &token),
                             SIGN_IN_WRONG);
        }
    }
    /* Counted across restarts and by another program. */
    People *other;
    assert_int_equal(people_open(dir, &other, &fault), FAIL_NONE);
    for (size_t who = 0; who < 2; who++) {
        assert_int_equal(sign_in(other, logins[who], STR("wrong"), STR_NONE, begin, &token),
                         SIGN_IN_LOCKED);
        assert_int_equal(sign_in(people, logins[who], RIGHT, STR_NONE, begin + 15 * MINUTE - 1,
                                 &token), SIGN_IN_LOCKED);
        assert_int_equal(sign_in(people, logins[who], RIGHT, STR_NONE, begin + 15 * MINUTE,
                                 &token), who ? SIGN_IN_WRONG : SIGN_IN_DONE);
    }
    people_close(other);
    /* Right in between: the row begins anew. */
    for (int i = 0; i < 18; i++) {
        assert_int_equal(sign_in(people, "office.case", STR("wrong"), STR_NONE, begin + HOUR,
                                 &token), SIGN_IN_WRONG);
        if (i == 8) {
            sign_in(people, "office.case", RIGHT, STR_NONE, begin + HOUR, &token);
        }
    }
    assert_int_equal(sign_in(people, "office.case", STR("wrong"), STR_NONE, begin + HOUR, &token),
                     SIGN_IN_LOCKED);
    assert_int_equal(people_unlock(people, id, &fault), FAIL_NONE);
    assert_int_equal(sign_in(people, "office.case", RIGHT, STR_NONE, begin + HOUR, &token),
                     SIGN_IN_DONE);
}

static void a_suspended_person_is_as_wrong_as_a_stranger(void **state)
{
    (void)state;
    Str token;
    Signed told;
    int64_t id = add("office.case", "office", MAY_ACT);
    token = signed_in("office.case");
    assert_true(is_signed(people, token, begin, &told));
    assert_int_equal(people_suspend(people, id, true, &fault), FAIL_NONE);
    assert_false(is_signed(people, token, begin, &told));
    assert_int_equal(sign_in(people, "office.case", RIGHT, STR_NONE, begin, &token),
                     SIGN_IN_WRONG);
    assert_int_equal(people_suspend(people, id, false, &fault), FAIL_NONE);
    assert_false(is_signed(people, token, begin, &told));   /* sessions do not come back */
    signed_in("office.case");
}

/* ---- one-time codes ---- */

static void a_one_time_code_is_asked_for_and_counts_once(void **state)
{
    (void)state;
    Str secret, token;
    char code[7];
    int64_t id = add("office.case", "office", MAY_ACT), step = begin / 30000;
    check_fault(people_onetime_confirm(people, id, STR("123456"), begin, &fault), FAIL_INPUT,
                WORD_PEOPLE_BAD_ONETIME, "code");
    assert_int_equal(people_onetime_begin(people, &arena, id, &secret, &fault), FAIL_NONE);
    signed_in("office.case");   /* not proved: does not count yet */
    onetime_code(secret, step + 5, code);
    check_fault(people_onetime_confirm(people, id, str_from(code), begin, &fault), FAIL_INPUT,
                WORD_PEOPLE_BAD_ONETIME, "code");
    onetime_code(secret, step, code);
    assert_int_equal(people_onetime_confirm(people, id, str_from(code), begin, &fault), FAIL_NONE);
    assert_int_equal(sign_in(people, "office.case", RIGHT, STR_NONE, begin, &token),
                     SIGN_IN_WANTS_CODE);
    assert_int_equal(sign_in(people, "office.case", STR("wrong"), STR_NONE, begin, &token),
                     SIGN_IN_WRONG);
    assert_int_equal(sign_in(people, "office.case", RIGHT, str_from(code), begin, &token),
                     SIGN_IN_WRONG);   /* it proved the secret: used */
    onetime_code(secret, step + 1, code);
    assert_int_equal(sign_in(people, "office.case", STR("wrong"), str_from(code), begin, &token),
                     SIGN_IN_WRONG);
    assert_int_equal(sign_in(people, "office.case", RIGHT, str_from(code), begin, &token),
                     SIGN_IN_DONE);
    assert_int_equal(sign_in(people, "office.case", RIGHT, str_from(code), begin, &token),
                     SIGN_IN_WRONG);
    assert_int_equal(people_onetime_end(people, id, &fault), FAIL_NONE);
    signed_in("office.case");
}

/* ---- sessions ---- */

static void a_session_ends_after_an_hour_unused_or_twelve_hours(void **state)
{
    (void)state;
    Signed told;
    add("office.case", "office", MAY_ACT);
    Str token = signed_in("office.case");
    assert_true(is_signed(people, token, begin + HOUR - 1, &told));
    assert_true(is_signed(people, token, begin + 2 * HOUR - 2, &told));
    assert_false(is_signed(people, token, begin + 3 * HOUR, &told));
    token = signed_in("office.case");
    for (int i = 1; i < 12 * 2; i++) {
        assert_true(is_signed(people, token, begin + i * HOUR / 2, &told));
    }
    assert_true(is_signed(people, token, begin + 12 * HOUR - 1, &told));
    assert_false(is_signed(people, token, begin + 12 * HOUR, &told));
}

static void times_of_use_outlive_a_restart(void **state)
{
    (void)state;
    Signed told;
    const Session *list;
    size_t count;
    int64_t id = add("office.case", "office", MAY_ACT);
    Str token = signed_in("office.case");
    assert_true(is_signed(people, token, begin + 50 * MINUTE, &told));
    people_close(people);
    DONE(people_open(dir, &people, &fault));
    assert_true(is_signed(people, token, begin + 100 * MINUTE, &told));
    assert_int_equal(people_sessions(people, &arena, id, begin + 100 * MINUTE, &list, &count,
                                     &fault), FAIL_NONE);
    assert_int_equal(count, 1);
    assert_int_equal(list[0].seen, begin + 100 * MINUTE);
    assert_true(str_eq(list[0].id, told.session));
}

static void sessions_are_seen_and_ended_one_by_one(void **state)
{
    (void)state;
    Signed one, two;
    const Session *list;
    size_t count;
    int64_t id = add("office.case", "office", MAY_ACT), other = add("other", "office", MAY_ACT);
    Str first = signed_in("office.case"), second = signed_in("office.case");
    assert_true(is_signed(people, first, begin, &one) && is_signed(people, second, begin, &two));
    assert_false(str_eq(one.session, two.session));
    DONE(people_sessions(people, &arena, id, begin, &list, &count, &fault));
    assert_int_equal(count, 2);
    DONE(people_end_session(people, other, one.session, &fault));   /* not theirs: nothing */
    assert_true(is_signed(people, first, begin, &one));
    assert_int_equal(people_end_session(people, id, one.session, &fault), FAIL_NONE);
    assert_false(is_signed(people, first, begin, &one));
    assert_true(is_signed(people, second, begin, &two));
    assert_int_equal(people_end_session(people, id, STR_NONE, &fault), FAIL_NONE);
    assert_false(is_signed(people, second, begin, &two));
}

static void what_another_program_ends_is_over_at_once(void **state)
{
    (void)state;
    Signed told;
    People *other;
    int64_t id = add("office.case", "office", MAY_ACT);
    Str token = signed_in("office.case");
    assert_true(is_signed(people, token, begin, &told));
    assert_int_equal(people_open(dir, &other, &fault), FAIL_NONE);
    assert_true(is_signed(other, token, begin, &told));
    assert_int_equal(people_set_may(other, id, MAY_ACT | MAY_SIGN, &fault), FAIL_NONE);
    assert_true(is_signed(people, token, begin, &told));
    assert_int_equal(told.person.may, MAY_ACT | MAY_SIGN);
    assert_int_equal(people_end_session(other, id, STR_NONE, &fault), FAIL_NONE);
    assert_false(is_signed(people, token, begin, &told));
    assert_false(is_signed(other, token, begin, &told));
    people_close(other);
}

static void the_version_grows_with_what_pages_show(void **state)
{
    (void)state;
    Signed told;
    Str token;
    int64_t before, after;
    int64_t id = add("office.case", "office", MAY_ACT);
    token = signed_in("office.case");
    DONE(people_version(people, &before, &fault));
    is_signed(people, token, begin + 30 * MINUTE, &told);   /* writes the time of use */
    sign_in(people, "office.case", STR("wrong"), STR_NONE, begin, &token);
    DONE(people_version(people, &after, &fault));
    assert_int_equal(before, after);
    DONE(people_set_may(people, id, MAY_SIGN, &fault));
    DONE(people_version(people, &after, &fault));
    assert_true(after > before);
    people_close(people);
    DONE(people_open(dir, &people, &fault));
    DONE(people_version(people, &before, &fault));
    assert_int_equal(before, after);
}

static void only_hashes_of_secrets_are_on_the_disk(void **state)
{
    (void)state;
    Str invitation;
    int64_t id;
    add("office.case", "office", MAY_ACT);
    Str token = signed_in("office.case");
    DONE(people_invite(people, &arena, STR("new.one"), STR("N"), STR("office"), MAY_ACT, begin,
                  &invitation, &id, &fault));
    people_close(people);
    DONE(people_open(dir, &people, &fault));
    static const char *const files[] = {"people.db", "people.db-wal"};
    for (size_t i = 0; i < 2; i++) {
        size_t size;
        char *bytes = kit_read(kit_path(dir, files[i]), &size);
        assert_null(memmem(bytes, size, token.at, token.len));
        assert_null(memmem(bytes, size, invitation.at, invitation.len));
        assert_null(memmem(bytes, size, RIGHT.at, RIGHT.len));
        assert_true(i == 1 || memmem(bytes, size, "$argon2id$", 10));
        free(bytes);
    }
}

static void when_the_disk_is_full_those_signed_in_go_on(void **state)
{
    (void)state;
    Signed told;
    SignInAnswer answer;
    struct rlimit before, none;
    int64_t id = add("office.case", "office", MAY_ACT);
    Str token = signed_in("office.case"), other;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    none = before;
    none.rlim_cur = 1;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
    bool still = true;
    for (int i = 1; still && i < 20; i++) {   /* times of use cannot be written back */
        still = is_signed(people, token, begin + i * 10 * MINUTE, &told);
    }
    Fail in = people_sign_in(people, &arena, STR("office.case"), RIGHT, STR_NONE, begin, &answer,
                             &other, &fault);
    Word said = fault.word;
    Fail may = people_set_may(people, id, MAY_SIGN, &fault);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_true(still);
    assert_int_equal(in, FAIL_SYSTEM);
    assert_int_equal(said, WORD_STORE_FULL);
    assert_int_equal(may, FAIL_SYSTEM);
    DONE(people_set_may(people, id, MAY_SIGN, &fault));   /* room again: as before */
    assert_true(is_signed(people, token, begin + 200 * MINUTE, &told));
    assert_int_equal(told.person.may, MAY_SIGN);
    signed_in("office.case");
}

/* ---- at once ---- */

static void *change_somebody(void *with)
{
    Fault mine;
    *(Fail *)with = people_add_org(people, &(Org){.id = STR("late"), .party = STR("center"),
                                                  .name_en = STR("Late")}, &mine);
    return NULL;
}

static void who_waits_to_write_holds_up_nobody_who_reads(void **state)
{
    (void)state;
    Signed told;
    sqlite3 *other;
    pthread_t thread;
    struct timespec before, after;
    Fail changed = FAIL_SYSTEM;
    add("office.case", "office", MAY_ACT);
    Str token = signed_in("office.case");
    assert_int_equal(sqlite3_open(kit_path(dir, "people.db"), &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    pthread_create(&thread, NULL, change_somebody, &changed);
    usleep(50000);   /* it waits for the other now */
    clock_gettime(CLOCK_MONOTONIC, &before);
    for (int i = 1; i < 5; i++) {   /* also when times of use are to be written */
        assert_true(is_signed(people, token, begin + i * 2 * MINUTE, &told));
    }
    clock_gettime(CLOCK_MONOTONIC, &after);
    assert_true(after.tv_sec - before.tv_sec <= 2);
    assert_int_equal(sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    pthread_join(thread, NULL);
    sqlite3_close(other);
    assert_int_equal(changed, FAIL_NONE);
}

enum { THREADS = 4, TIMES = 6 };

typedef struct Racer { pthread_t thread; Str token; int count; Fail fail; } Racer;

static void *sign_in_often(void *with)
{
    Racer *racer = with;
    Arena own = {0};
    for (int i = 0; i < TIMES; i++) {
        Str token;
        Signed told;
        SignInAnswer answer;
        Fault mine;
        bool found = false;
        if (people_sign_in(people, &own, STR("office.case"), RIGHT, STR_NONE, begin, &answer,
                           &token, &mine) == FAIL_NONE && answer == SIGN_IN_DONE &&
            people_signed(people, &own, token, begin, TODAY, &found, &told, &mine) ==
                FAIL_NONE && found) {
            racer->count++;
        }
    }
    arena_done(&own);
    return NULL;
}

static void two_threads_sign_in_at_once(void **state)
{
    (void)state;
    Racer racers[THREADS] = {0};
    int64_t id = add("office.case", "office", MAY_ACT);
    for (int i = 0; i < THREADS; i++) {
        pthread_create(&racers[i].thread, NULL, sign_in_often, &racers[i]);
    }
    int sum = 0;
    for (int i = 0; i < THREADS; i++) {
        pthread_join(racers[i].thread, NULL);
        sum += racers[i].count;
    }
    const Session *list;
    size_t count;
    DONE(people_sessions(people, &arena, id, begin, &list, &count, &fault));
    assert_int_equal(sum, THREADS * TIMES);
    assert_int_equal(count, THREADS * TIMES);
}

static void *take_up(void *with)
{
    Racer *racer = with;
    Fault mine;
    racer->fail = people_take_up(people, racer->token, RIGHT, begin, &mine);
    return NULL;
}

static void an_invitation_taken_up_twice_at_once_counts_once(void **state)
{
    (void)state;
    Racer racers[THREADS] = {0};
    Str token;
    int64_t id;
    DONE(people_invite(people, &arena, STR("new.one"), STR("N"), STR("office"), MAY_ACT, begin,
                       &token, &id, &fault));
    for (int i = 0; i < THREADS; i++) {
        racers[i].token = token;
        pthread_create(&racers[i].thread, NULL, take_up, &racers[i]);
    }
    int done = 0;
    for (int i = 0; i < THREADS; i++) {
        pthread_join(racers[i].thread, NULL);
        done += racers[i].fail == FAIL_NONE;
    }
    assert_int_equal(done, 1);
    signed_in("new.one");
}

static void *guess(void *with)
{
    Racer *racer = with;
    Arena own = {0};
    for (int i = 0; i < TIMES; i++) {
        Str token;
        SignInAnswer answer = SIGN_IN_DONE;
        Fault mine;
        if (people_sign_in(people, &own, STR("office.case"), STR("wrong"), STR_NONE, begin,
                           &answer, &token, &mine) == FAIL_NONE) {
            racer->count += answer == SIGN_IN_WRONG;
        }
    }
    arena_done(&own);
    return NULL;
}

static void guessing_at_once_gives_no_more_guesses(void **state)
{
    (void)state;
    Racer racers[THREADS] = {0};
    add("office.case", "office", MAY_ACT);
    for (int i = 0; i < THREADS; i++) {
        pthread_create(&racers[i].thread, NULL, guess, &racers[i]);
    }
    int wrong = 0;
    for (int i = 0; i < THREADS; i++) {
        pthread_join(racers[i].thread, NULL);
        wrong += racers[i].count;
    }
    assert_int_equal(wrong, 9);   /* the tenth locks */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(somebody_signs_in_and_is_known),
        IN_A_FOLDER(ten_wrong_in_a_row_lock_for_fifteen_minutes),
        IN_A_FOLDER(a_suspended_person_is_as_wrong_as_a_stranger),
        IN_A_FOLDER(a_one_time_code_is_asked_for_and_counts_once),
        IN_A_FOLDER(a_session_ends_after_an_hour_unused_or_twelve_hours),
        IN_A_FOLDER(times_of_use_outlive_a_restart),
        IN_A_FOLDER(sessions_are_seen_and_ended_one_by_one),
        IN_A_FOLDER(what_another_program_ends_is_over_at_once),
        IN_A_FOLDER(the_version_grows_with_what_pages_show),
        IN_A_FOLDER(only_hashes_of_secrets_are_on_the_disk),
        IN_A_FOLDER(when_the_disk_is_full_those_signed_in_go_on),
        IN_A_FOLDER(who_waits_to_write_holds_up_nobody_who_reads),
        IN_A_FOLDER(two_threads_sign_in_at_once),
        IN_A_FOLDER(an_invitation_taken_up_twice_at_once_counts_once),
        IN_A_FOLDER(guessing_at_once_gives_no_more_guesses),
    };
    int failed = cmocka_run_group_tests_name("session", tests, NULL, NULL);
    arena_done(&arena);
    return failed;
}
