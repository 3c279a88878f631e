/* people.c: people.db opened, and the organisations in it. */
#include "people_inside.h"

#include <stdlib.h>

#include "chance.h"

enum { APPLICATION_ID = 0x53485050, FORMAT = 1 };   /* "SHPP" */

static const BaseKind people_kind = {
    "people.db", APPLICATION_ID, FORMAT, schema_people_schema, people_sql_text, PEOPLE_SQL_COUNT,
};

Fail people_backup(const char *dir, const char *path, bool *ret_there, Fault *fault)
{
    return base_backup_in(dir, &people_kind, path, ret_there, fault);
}

Fail people_open(const char *dir, People **ret_people, Fault *fault)
{
    Base *base, *looks;
    if (!chance_start()) {
        return FAULT_PLAIN(fault, FAIL_SYSTEM, WORD_PEOPLE_NO_CHANCE);
    }
    Fail fail = base_open(dir, &people_kind, &base, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = base_open(dir, &people_kind, &looks, fault);
    if (fail != FAIL_NONE) {
        base_close(base);
        return fail;
    }
    People *people = memory_take(sizeof *people);
    *people = (People){.base = base, .looks = looks, .hasher = hasher_new(HASH_SHA256),
                       .seen_version = -1};
    people->kept = memory_take(KEPT_MAX * sizeof *people->kept);
    memset(people->kept, 0, KEPT_MAX * sizeof *people->kept);
    pthread_mutex_init(&people->lock, NULL);
    *ret_people = people;
    return FAIL_NONE;
}

void people_close(People *people)
{
    if (!people) {
        return;
    }
    for (size_t i = 0; i < KEPT_MAX; i++) {
        free(people->kept[i].texts);
    }
    base_close(people->looks);
    base_close(people->base);
    hasher_free(people->hasher);
    pthread_mutex_destroy(&people->lock);
    free(people->kept);
    free(people);
}

Hash people_hash(People *people, Str text)
{
    pthread_mutex_lock(&people->lock);
    Hash hash = hash_of(people->hasher, text);
    pthread_mutex_unlock(&people->lock);
    return hash;
}

Fail people_begin(People *people, Fault *fault)
{
    return base_begin(people->base, true, fault);
}

Fail people_end(People *people, Fail so_far, Fault *fault)
{
    if (so_far == FAIL_NONE) {
        so_far = base_commit(people->base, fault);
    }
    base_end(people->base);
    return so_far;
}

Fail people_run_int(People *people, int statement, int64_t value, Fault *fault)
{
    Fail fail = base_ask(people->base, statement, fault);
    if (fail == FAIL_NONE) {
        base_put_int(people->base, value);
        fail = base_run(people->base, fault);
    }
    return fail;
}

/* ---- organisations ---- */

static void read_org(Base *base, Arena *arena, Org *ret_org)
{
    *ret_org = (Org){
        .id = str_copy(arena, base_text(base, 0)), .party = str_copy(arena, base_text(base, 1)),
        .credit_code = str_copy(arena, base_text(base, 2)),
        .name_zh = str_copy(arena, base_text(base, 3)),
        .name_en = str_copy(arena, base_text(base, 4)), .closed = base_int(base, 5),
    };
}

/* In one language alone is enough: the other then shows the same. */
static Str name_or(Str name, Str other)
{
    return name.len > 0 ? name : other;
}

/* What a broken constraint means: the id stands, or the code does. */
static Fail taken(People *people, const Org *org, Fault *fault)
{
    bool there = false;
    Fail fail = base_ask(people->base, PEOPLE_SQL_ORG, fault);
    if (fail == FAIL_NONE) {
        base_put_text(people->base, org->id);
        fail = base_next(people->base, &there, fault);
    }
    if (fail != FAIL_NONE) {
        return fail;
    }
    return there ? FAULT(fault, FAIL_CONFLICT, WORD_PEOPLE_ORG_TAKEN, STR("id"), org->id)
                 : FAULT(fault, FAIL_CONFLICT, WORD_PEOPLE_CODE_TAKEN, STR("credit_code"),
                         org->credit_code, org->party);
}

Fail people_add_org(People *people, const Org *org, Fault *fault)
{
    Base *base = people->base;
    Fail fail = people_check_org(org, fault);
    fail = fail ? fail : people_begin(people, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = base_ask(base, PEOPLE_SQL_ORG_INSERT, fault);
    if (fail == FAIL_NONE) {
        base_put_text(base, org->id);
        base_put_text(base, org->party);
        base_put_text(base, org->credit_code);
        base_put_text(base, name_or(org->name_zh, org->name_en));
        base_put_text(base, name_or(org->name_en, org->name_zh));
        base_put_int(base, org->closed);
        fail = base_run(base, fault);
    }
    if (fail == FAIL_CONFLICT) {
        fail = taken(people, org, fault);
    }
    return people_end(people, fail, fault);
}

static Fail update_org(People *people, const Org *org, Fault *fault)
{
    Base *base = people->base;
    Fail fail = base_ask(base, PEOPLE_SQL_ORG_UPDATE, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    base_put_text(base, org->party);
    base_put_text(base, org->credit_code);
    base_put_text(base, name_or(org->name_zh, org->name_en));
    base_put_text(base, name_or(org->name_en, org->name_zh));
    base_put_int(base, org->closed);
    base_put_text(base, org->id);
    fail = base_run(base, fault);
    if (fail == FAIL_CONFLICT) {
        return FAULT(fault, FAIL_CONFLICT, WORD_PEOPLE_CODE_TAKEN, STR("credit_code"),
                     org->credit_code, org->party);
    }
    if (fail == FAIL_NONE && base_changed(base) == 0) {
        return FAULT(fault, FAIL_INPUT, WORD_PEOPLE_NO_ORG, STR("id"), org->id);
    }
    if (fail == FAIL_NONE && org->closed) {
        fail = base_ask(base, PEOPLE_SQL_SESSIONS_OF_ORG, fault);
        if (fail == FAIL_NONE) {
            base_put_text(base, org->id);
            fail = base_run(base, fault);
        }
    }
    return fail;
}

Fail people_change_org(People *people, const Org *org, Fault *fault)
{
    Fail fail = people_check_org(org, fault);
    fail = fail ? fail : people_begin(people, fault);
    return fail ? fail : people_end(people, update_org(people, org, fault), fault);
}

Fail people_orgs(People *people, Arena *arena, const Org **ret_orgs, size_t *ret_count,
                 Fault *fault)
{
    Base *base = people->base;
    Org *orgs = NULL;
    size_t count = 0, capacity = 0;
    bool row = false;
    Fail fail = base_begin(base, false, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = base_ask(base, PEOPLE_SQL_ORGS, fault);
    fail = fail ? fail : base_next(base, &row, fault);
    while (fail == FAIL_NONE && row) {
        orgs = arena_grow(arena, orgs, count, &capacity, count + 1, sizeof *orgs);
        read_org(base, arena, &orgs[count++]);
        fail = base_next(base, &row, fault);
    }
    base_end(base);
    *ret_orgs = orgs;
    *ret_count = count;
    return fail;
}

Fail people_org(People *people, Arena *arena, Str id, bool *ret_found, Org *ret_org,
                Fault *fault)
{
    Base *base = people->base;
    *ret_found = false;
    Fail fail = base_begin(base, false, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = base_ask(base, PEOPLE_SQL_ORG, fault);
    if (fail == FAIL_NONE) {
        base_put_text(base, id);
        fail = base_next(base, ret_found, fault);
    }
    if (fail == FAIL_NONE && *ret_found) {
        read_org(base, arena, ret_org);
    }
    base_end(base);
    return fail;
}
