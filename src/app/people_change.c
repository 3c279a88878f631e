/* people_change.c: what changes of somebody who is there: what they may do, who stands in for
 * them, their own password, one-time codes. */
#include "chance.h"
#include "onetime.h"
#include "password.h"
#include "people_inside.h"

enum { MAY_ALL = MAY_ACT | MAY_SIGN | MAY_MANAGE };

/* Runs a statement with two numbers for somebody who must be there. */
static Fail change(People *people, int statement, int64_t value, int64_t person, Fault *fault)
{
    Base *base = people->base;
    Fail fail = people_there(people, person, fault);
    fail = fail ? fail : base_ask(base, statement, fault);
    if (fail == FAIL_NONE) {
        base_put_int(base, value);
        base_put_int(base, person);
        fail = base_run(base, fault);
    }
    return fail;
}

Fail people_suspend(People *people, int64_t person, bool suspended, Fault *fault)
{
    Base *base = people->base;
    Fail fail = people_begin(people, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = change(people, PEOPLE_SQL_PERSON_SUSPEND, suspended, person, fault);
    if (fail == FAIL_NONE && suspended) {
        fail = base_ask(base, PEOPLE_SQL_SESSION_END, fault);
        if (fail == FAIL_NONE) {
            base_put_int(base, person);
            base_put_text(base, STR_NONE);
            fail = base_run(base, fault);
        }
    }
    return people_end(people, fail, fault);
}

Fail people_set_may(People *people, int64_t person, uint32_t may, Fault *fault)
{
    if (may & ~(uint32_t)MAY_ALL) {
        return FAULT(fault, FAIL_INPUT, WORD_PEOPLE_BAD_MAY, STR("may"));
    }
    Fail fail = people_begin(people, fault);
    return fail ? fail
                : people_end(people, change(people, PEOPLE_SQL_PERSON_MAY, may, person, fault),
                             fault);
}

Fail people_unlock(People *people, int64_t person, Fault *fault)
{
    Arena arena = {0};
    Person who = {0};
    bool found = false;
    Fail fail = people_person(people, &arena, person, &found, &who, fault);
    if (fail == FAIL_NONE && !found) {
        fail = FAULT(fault, FAIL_INPUT, WORD_PEOPLE_NO_PERSON, STR("login"));
    }
    if (fail == FAIL_NONE) {
        Hash mark = people_hash(people, who.login);
        fail = people_begin(people, fault);
        if (fail == FAIL_NONE) {
            fail = base_ask(people->base, PEOPLE_SQL_WRONG_END, fault);
            if (fail == FAIL_NONE) {
                base_put_bytes(people->base, mark.at, HASH_BYTES);
                fail = base_run(people->base, fault);
            }
            fail = people_end(people, fail, fault);
        }
    }
    arena_done(&arena);
    return fail;
}

/* ---- deputies ---- */

/* Both are there, of the same organisation, and not the same; inside a transaction. */
static Fail check_deputy(People *people, Arena *arena, int64_t id, int64_t deputy, Fault *fault)
{
    Person person, other;
    Fail fail = people_need(people, arena, id, &person, fault);
    if (fail != FAIL_NONE || deputy == 0) {
        return fail;
    }
    fail = people_need(people, arena, deputy, &other, fault);
    if (fail == FAIL_NONE && id == deputy) {
        return FAULT(fault, FAIL_INPUT, WORD_PEOPLE_DEPUTY_SELF, STR("deputy"));
    }
    if (fail == FAIL_NONE && !str_eq(person.org, other.org)) {
        return FAULT(fault, FAIL_INPUT, WORD_PEOPLE_DEPUTY_ELSEWHERE, STR("deputy"), other.login);
    }
    if (fail == FAIL_NONE && other.suspended) {
        return FAULT(fault, FAIL_INPUT, WORD_PEOPLE_DEPUTY_SUSPENDED, STR("deputy"),
                     other.login);
    }
    return fail;
}

static Fail put_deputy(People *people, int64_t person, int64_t deputy, Day from, Day until,
                       Fault *fault)
{
    Base *base = people->base;
    Fail fail = base_ask(base, PEOPLE_SQL_PERSON_DEPUTY, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    if (deputy) {
        base_put_int(base, deputy);
        base_put_int(base, from);
        base_put_int(base, until);
    } else {
        base_put_null(base);
        base_put_null(base);
        base_put_null(base);
    }
    base_put_int(base, person);
    return base_run(base, fault);
}

Fail people_set_deputy(People *people, int64_t person, int64_t deputy, Day from, Day until,
                       Fault *fault)
{
    Arena arena = {0};
    if (deputy && (from == DAY_NONE || until == DAY_NONE || until < from)) {
        return FAULT(fault, FAIL_INPUT, WORD_PEOPLE_DEPUTY_DAYS, STR("until"));
    }
    Fail fail = people_begin(people, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = check_deputy(people, &arena, person, deputy, fault);
    fail = fail ? fail : put_deputy(people, person, deputy, from, until, fault);
    fail = people_end(people, fail, fault);
    arena_done(&arena);
    return fail;
}

/* ---- one's own password ---- */

/* Inside a transaction. Sessions stay: whoever changes it is signed in with one. */
static Fail swap_password(People *people, int64_t person, Str fresh, Fault *fault)
{
    Base *base = people->base;
    Fail fail = base_ask(base, PEOPLE_SQL_PERSON_PASSWORD, fault);
    if (fail == FAIL_NONE) {
        base_put_text(base, fresh);
        base_put_int(base, person);
        fail = base_run(base, fault);
    }
    return fail;
}

Fail people_change_password(People *people, int64_t person, Str old, Str fresh, int64_t now,
                            Fault *fault)
{
    Arena arena = {0};
    Person who = {0};
    bool found = false;
    SignInAnswer answer = SIGN_IN_WRONG;
    Fail fail = people_person(people, &arena, person, &found, &who, fault);
    if (fail == FAIL_NONE && !found) {
        fail = FAULT(fault, FAIL_INPUT, WORD_PEOPLE_NO_PERSON, STR("login"));
    }
    fail = fail ? fail : people_check_password(who.login, fresh, fault);
    fail = fail ? fail : people_check_own(people, &arena, &who, old, now, &answer, fault);
    if (fail == FAIL_NONE && answer != SIGN_IN_DONE) {
        fail = FAULT(fault, FAIL_INPUT, answer == SIGN_IN_LOCKED ? WORD_PEOPLE_LOCKED
                                                                 : WORD_PEOPLE_WRONG_PASSWORD,
                     STR("old"));
    }
    if (fail == FAIL_NONE) {
        Str hash = password_hash(&arena, fresh);
        fail = hash.len ? people_begin(people, fault)
                        : FAULT_PLAIN(fault, FAIL_SYSTEM, WORD_PEOPLE_NO_MEMORY);
        if (fail == FAIL_NONE) {
            fail = people_end(people, swap_password(people, person, hash, fault), fault);
        }
    }
    arena_done(&arena);
    return fail;
}

/* ---- one-time codes ---- */

static Fail put_secret(People *people, int64_t person, Str secret, Fault *fault)
{
    Base *base = people->base;
    Fail fail = people_there(people, person, fault);
    fail = fail ? fail : base_ask(base, PEOPLE_SQL_SECRET_SET, fault);
    if (fail == FAIL_NONE) {
        base_put_bytes(base, secret.len ? secret.at : "", secret.len);
        base_put_int(base, person);
        fail = base_run(base, fault);
    }
    return fail;
}

Fail people_onetime_begin(People *people, Arena *arena, int64_t person, Str *ret_secret,
                          Fault *fault)
{
    char *bytes = arena_take(arena, ONETIME_SECRET_BYTES);
    chance_bytes(bytes, ONETIME_SECRET_BYTES);
    *ret_secret = (Str){bytes, ONETIME_SECRET_BYTES};
    Fail fail = people_begin(people, fault);
    return fail ? fail
                : people_end(people, put_secret(people, person, *ret_secret, fault), fault);
}

/* Inside a transaction. */
static Fail prove(People *people, int64_t person, Str code, int64_t now, Fault *fault)
{
    Base *base = people->base;
    bool row = false;
    int64_t step = 0;
    Fail fail = people_there(people, person, fault);
    fail = fail ? fail : base_ask(base, PEOPLE_SQL_SECRET, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    base_put_int(base, person);
    fail = base_next(base, &row, fault);
    if (fail == FAIL_NONE && row && base_text(base, 0).len > 0) {
        step = onetime_step(base_text(base, 0), now, base_int(base, 1), str_trim(code));
    }
    if (fail == FAIL_NONE && step == 0) {
        return FAULT(fault, FAIL_INPUT, WORD_PEOPLE_BAD_ONETIME, STR("code"));
    }
    fail = fail ? fail : base_ask(base, PEOPLE_SQL_ONETIME_PROVE, fault);
    if (fail == FAIL_NONE) {
        base_put_int(base, step);
        base_put_int(base, person);
        fail = base_run(base, fault);
    }
    return fail;
}

Fail people_onetime_confirm(People *people, int64_t person, Str code, int64_t now, Fault *fault)
{
    Fail fail = people_begin(people, fault);
    return fail ? fail : people_end(people, prove(people, person, code, now, fault), fault);
}

Fail people_onetime_end(People *people, int64_t person, Fault *fault)
{
    Fail fail = people_begin(people, fault);
    return fail ? fail : people_end(people, put_secret(people, person, STR_NONE, fault), fault);
}
