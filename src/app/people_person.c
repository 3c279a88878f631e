/* people_person.c: people: invited, taken up, changed, standing in for each other. */
#include "chance.h"
#include "onetime.h"
#include "password.h"
#include "people_inside.h"

enum { MAY_ALL = MAY_ACT | MAY_SIGN | MAY_MANAGE };

void people_read_person(Base *base, Arena *arena, Person *ret_person)
{
    *ret_person = (Person){
        .id = base_int(base, 0), .login = str_copy(arena, base_text(base, 1)),
        .name = str_copy(arena, base_text(base, 2)), .org = str_copy(arena, base_text(base, 3)),
        .may = (uint32_t)base_int(base, 4), .suspended = base_int(base, 5),
        .onetime = base_int(base, 6), .invited = base_int(base, 7),
        .locked_until = base_int(base, 8), .deputy = base_int(base, 9),
        .deputy_from = base_is_null(base, 10) ? DAY_NONE : (Day)base_int(base, 10),
        .deputy_until = base_is_null(base, 11) ? DAY_NONE : (Day)base_int(base, 11),
    };
}

/* One person by a statement with a number or a text; inside a transaction. */
static Fail one(People *people, Arena *arena, int statement, int64_t id, Str login,
                bool *ret_found, Person *ret_person, Fault *fault)
{
    Base *base = people->base;
    *ret_found = false;
    Fail fail = base_ask(base, statement, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    if (statement == PEOPLE_SQL_PERSON) {
        base_put_int(base, id);
    } else {
        base_put_text(base, login);
    }
    fail = base_next(base, ret_found, fault);
    if (fail == FAIL_NONE && *ret_found) {
        people_read_person(base, arena, ret_person);
    }
    return fail;
}

Fail people_need(People *people, Arena *arena, int64_t id, Person *ret_person, Fault *fault)
{
    bool found;
    Fail fail = one(people, arena, PEOPLE_SQL_PERSON, id, STR_NONE, &found, ret_person, fault);
    return fail != FAIL_NONE || found
               ? fail : FAULT(fault, FAIL_INPUT, WORD_PEOPLE_NO_PERSON, STR("login"));
}

Fail people_there(People *people, int64_t id, Fault *fault)
{
    Arena arena = {0};
    Person person;
    Fail fail = people_need(people, &arena, id, &person, fault);
    arena_done(&arena);
    return fail;
}

Fail people_person(People *people, Arena *arena, int64_t id, bool *ret_found, Person *ret_person,
                   Fault *fault)
{
    *ret_found = false;
    Fail fail = base_begin(people->base, false, fault);
    if (fail == FAIL_NONE) {
        fail = one(people, arena, PEOPLE_SQL_PERSON, id, STR_NONE, ret_found, ret_person, fault);
        base_end(people->base);
    }
    return fail;
}

Fail people_by_login(People *people, Arena *arena, Str login, bool *ret_found,
                     Person *ret_person, Fault *fault)
{
    *ret_found = false;
    Fail fail = base_begin(people->base, false, fault);
    if (fail == FAIL_NONE) {
        fail = one(people, arena, PEOPLE_SQL_PERSON_BY_LOGIN, 0, people_login(arena, login),
                   ret_found, ret_person, fault);
        base_end(people->base);
    }
    return fail;
}

Fail people_all(People *people, Arena *arena, Str org, const Person **ret_people,
                size_t *ret_count, Fault *fault)
{
    Base *base = people->base;
    Person *list = NULL;
    size_t count = 0, capacity = 0;
    bool row = false;
    Fail fail = base_begin(base, false, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = base_ask(base, PEOPLE_SQL_PEOPLE, fault);
    if (fail == FAIL_NONE) {
        base_put_text(base, org);
        fail = base_next(base, &row, fault);
    }
    while (fail == FAIL_NONE && row) {
        list = arena_grow(arena, list, count, &capacity, count + 1, sizeof *list);
        people_read_person(base, arena, &list[count++]);
        fail = base_next(base, &row, fault);
    }
    base_end(base);
    *ret_people = list;
    *ret_count = count;
    return fail;
}

/* ---- invitations ---- */

/* Puts an invitation in the place of an older one; inside a transaction. */
static Fail put_invitation(People *people, const Hash *hash, int64_t person, int64_t now,
                           Fault *fault)
{
    Base *base = people->base;
    Fail fail = people_run_int(people, PEOPLE_SQL_INVITATIONS_OLD, now, fault);
    fail = fail ? fail : base_ask(base, PEOPLE_SQL_INVITATION_PUT, fault);
    if (fail == FAIL_NONE) {
        base_put_bytes(base, hash->at, HASH_BYTES);
        base_put_int(base, person);
        base_put_int(base, now + INVITATION_MILLISECONDS);
        fail = base_run(base, fault);
    }
    return fail;
}

/* The organisation is there and open; inside a transaction. */
static Fail need_org(People *people, Str id, Fault *fault)
{
    Base *base = people->base;
    bool there = false;
    Fail fail = base_ask(base, PEOPLE_SQL_ORG, fault);
    if (fail == FAIL_NONE) {
        base_put_text(base, id);
        fail = base_next(base, &there, fault);
    }
    if (fail == FAIL_NONE && !there) {
        return FAULT(fault, FAIL_INPUT, WORD_PEOPLE_NO_ORG, STR("org"), id);
    }
    if (fail == FAIL_NONE && base_int(base, 5)) {
        return FAULT(fault, FAIL_INPUT, WORD_PEOPLE_ORG_CLOSED, STR("org"), id);
    }
    return fail;
}

static Fail insert_person(People *people, const Person *person, const Hash *mark, Fault *fault)
{
    Base *base = people->base;
    Fail fail = base_ask(base, PEOPLE_SQL_PERSON_INSERT, fault);
    if (fail == FAIL_NONE) {
        base_put_text(base, person->login);
        base_put_bytes(base, mark->at, HASH_BYTES);
        base_put_text(base, person->name);
        base_put_text(base, person->org);
        base_put_int(base, person->may);
        fail = base_run(base, fault);
    }
    return fail == FAIL_CONFLICT ? FAULT(fault, FAIL_CONFLICT, WORD_PEOPLE_LOGIN_TAKEN,
                                         STR("login"), person->login)
                                 : fail;
}

static Fail check_may(uint32_t may, Fault *fault)
{
    return may & ~(uint32_t)MAY_ALL
               ? FAULT(fault, FAIL_INPUT, WORD_PEOPLE_BAD_MAY, STR("may")) : FAIL_NONE;
}

Fail people_invite(People *people, Arena *arena, Str login, Str name, Str org, uint32_t may,
                   int64_t now, Str *ret_token, int64_t *ret_person, Fault *fault)
{
    Person person = {.login = people_login(arena, login), .name = str_trim(name), .org = org,
                     .may = may};
    Fail fail = people_check_login(person.login, fault);
    fail = fail ? fail : people_check_text(STR("name"), person.name, fault);
    fail = fail ? fail : check_may(may, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    Str token = chance_token(arena);
    Hash hash = people_hash(people, token), mark = people_hash(people, person.login);
    fail = people_begin(people, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = need_org(people, org, fault);
    fail = fail ? fail : insert_person(people, &person, &mark, fault);
    person.id = base_made(people->base);
    fail = fail ? fail : put_invitation(people, &hash, person.id, now, fault);
    fail = people_end(people, fail, fault);
    if (fail == FAIL_NONE) {
        *ret_token = token;
        *ret_person = person.id;
    }
    return fail;
}

/* Sets a password (empty: none) and ends the sessions; inside a transaction. */
static Fail put_password(People *people, int64_t person, Str hash, Fault *fault)
{
    Base *base = people->base;
    Fail fail = base_ask(base, PEOPLE_SQL_PERSON_PASSWORD, fault);
    if (fail == FAIL_NONE) {
        base_put_text(base, hash);
        base_put_int(base, person);
        fail = base_run(base, fault);
    }
    fail = fail ? fail : base_ask(base, PEOPLE_SQL_SESSION_END, fault);
    if (fail == FAIL_NONE) {
        base_put_int(base, person);
        base_put_text(base, STR_NONE);
        fail = base_run(base, fault);
    }
    return fail;
}

Fail people_invite_again(People *people, Arena *arena, int64_t person, int64_t now,
                         Str *ret_token, Fault *fault)
{
    Str token = chance_token(arena);
    Hash hash = people_hash(people, token);
    Fail fail = people_begin(people, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = people_there(people, person, fault);
    fail = fail ? fail : put_password(people, person, STR_NONE, fault);
    fail = fail ? fail : put_invitation(people, &hash, person, now, fault);
    fail = people_end(people, fail, fault);
    if (fail == FAIL_NONE) {
        *ret_token = token;
    }
    return fail;
}

/* Who an invitation is for; inside a transaction. Nobody who is suspended, or of a closed
 * organisation. */
static Fail invited(People *people, Arena *arena, const Hash *hash, int64_t now, bool *ret_found,
                    Person *ret_person, Fault *fault)
{
    Base *base = people->base;
    *ret_found = false;
    Fail fail = base_ask(base, PEOPLE_SQL_INVITATION, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    base_put_bytes(base, hash->at, HASH_BYTES);
    base_put_int(base, now);
    bool row = false;
    fail = base_next(base, &row, fault);
    if (fail != FAIL_NONE || !row) {
        return fail;
    }
    fail = people_need(people, arena, base_int(base, 0), ret_person, fault);
    if (fail == FAIL_NONE && !ret_person->suspended) {
        *ret_found = need_org(people, ret_person->org, fault) == FAIL_NONE;
    }
    return fail;
}

Fail people_invited(People *people, Arena *arena, Str token, int64_t now, bool *ret_found,
                    Person *ret_person, Fault *fault)
{
    *ret_found = false;
    Hash hash = people_hash(people, token);
    Fail fail = base_begin(people->base, false, fault);
    if (fail == FAIL_NONE) {
        fail = invited(people, arena, &hash, now, ret_found, ret_person, fault);
        base_end(people->base);
    }
    return fail;
}

/* Sets the password and, as whoever sets it has proved to be the right one, forgets the wrong
 * ones and the invitation; inside a transaction. */
static Fail take_password(People *people, int64_t person, const Hash *mark, Str hash,
                          Fault *fault)
{
    Base *base = people->base;
    Fail fail = put_password(people, person, hash, fault);
    fail = fail ? fail : people_run_int(people, PEOPLE_SQL_INVITATION_END, person, fault);
    fail = fail ? fail : base_ask(base, PEOPLE_SQL_WRONG_END, fault);
    if (fail == FAIL_NONE) {
        base_put_bytes(base, mark->at, HASH_BYTES);
        fail = base_run(base, fault);
    }
    return fail;
}

static Fail hash_new(Arena *arena, Str password, Str *ret_hash, Fault *fault)
{
    *ret_hash = password_hash(arena, password);
    return ret_hash->len > 0 ? FAIL_NONE
                             : FAULT_PLAIN(fault, FAIL_SYSTEM, WORD_PEOPLE_NO_MEMORY);
}

Fail people_take_up(People *people, Str token, Str password, int64_t now, Fault *fault)
{
    Arena arena = {0};
    Person person = {0};
    bool found = false;
    Str hash = {0};
    Fail fail = people_invited(people, &arena, token, now, &found, &person, fault);
    if (fail == FAIL_NONE && !found) {
        fail = FAULT(fault, FAIL_INPUT, WORD_PEOPLE_NO_INVITATION, STR("token"));
    }
    fail = fail ? fail : people_check_password(person.login, password, fault);
    fail = fail ? fail : hash_new(&arena, password, &hash, fault);   /* without the lock */
    if (fail == FAIL_NONE) {
        Hash at = people_hash(people, token), mark = people_hash(people, person.login);
        fail = people_begin(people, fault);
        if (fail == FAIL_NONE) {   /* somebody else may have taken it up meanwhile */
            fail = invited(people, &arena, &at, now, &found, &person, fault);
            if (fail == FAIL_NONE && !found) {
                fail = FAULT(fault, FAIL_INPUT, WORD_PEOPLE_NO_INVITATION, STR("token"));
            }
            fail = fail ? fail : take_password(people, person.id, &mark, hash, fault);
            fail = people_end(people, fail, fault);
        }
    }
    arena_done(&arena);
    return fail;
}

Fail people_set_password(People *people, int64_t person, Str password, Fault *fault)
{
    Arena arena = {0};
    Person who = {0};
    bool found = false;
    Str hash = {0};
    Fail fail = people_person(people, &arena, person, &found, &who, fault);
    if (fail == FAIL_NONE && !found) {
        fail = FAULT(fault, FAIL_INPUT, WORD_PEOPLE_NO_PERSON, STR("login"));
    }
    fail = fail ? fail : people_check_password(who.login, password, fault);
    fail = fail ? fail : hash_new(&arena, password, &hash, fault);
    if (fail == FAIL_NONE) {
        Hash mark = people_hash(people, who.login);
        fail = people_begin(people, fault);
        if (fail == FAIL_NONE) {
            fail = people_end(people, take_password(people, person, &mark, hash, fault), fault);
        }
    }
    arena_done(&arena);
    return fail;
}
