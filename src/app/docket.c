/* docket.c: making, opening and closing a docket. */
#include <stdlib.h>

#include "docket_inside.h"

Ledger *docket_ledger(Docket *docket) { return docket->ledger; }
Law *docket_law(Docket *docket) { return docket->law; }
const Calendar *docket_calendar(const Docket *docket) { return docket->calendar; }

Str calendar_fingerprint(Arena *arena, const Calendar *calendar)
{
    uint64_t mix = UINT64_C(14695981039346656037);   /* FNV-1a over the days and the years */
    for (Day day = calendar->first; day <= calendar->last; day++) {
        mix = (mix ^ (uint64_t)calendar_working(calendar, day)) * UINT64_C(1099511628211);
    }
    for (int year = DAY_YEAR_MIN; year <= DAY_YEAR_MAX; year++) {
        mix = (mix ^ (uint64_t)calendar_published(calendar, year)) * UINT64_C(1099511628211);
    }
    Buf buf = {0};
    buf_print(&buf, "%016llx", (unsigned long long)mix);
    Str text = str_copy(arena, buf_str(&buf));
    buf_done(&buf);
    return text;
}

Fail docket_create(const char *dir, HashKind hash, Fault *fault)
{
    return ledger_create(dir, hash, DOCKET_PROJECTION, fault);
}

typedef struct Rows {            /* what the projections say of themselves */
    bool there;                  /* of this version */
    Str hash, calendar;
} Rows;

static Fail read_rows(Docket *docket, Rows *rows, Fault *fault)
{
    Ledger *ledger = docket->ledger;
    Str version = STR_NONE;
    int64_t number;
    *rows = (Rows){0};
    Fail fail = ledger_projections_there(ledger, &rows->there, fault);
    if (fail != FAIL_NONE || !rows->there) {
        return fail;
    }
    fail = ledger_projection_get(ledger, "version", &docket->kept, &version, fault);
    if (fail == FAIL_NONE) {
        fail = ledger_projection_get(ledger, "hash", &docket->kept, &rows->hash, fault);
    }
    if (fail == FAIL_NONE) {
        fail = ledger_projection_get(ledger, "calendar", &docket->kept, &rows->calendar, fault);
    }
    rows->there = str_int(version, &number) && number == DOCKET_PROJECTION;
    return fail;
}

/* Rows of another version are folded anew; due days of another calendar are counted again. */
static Fail freshen(Docket *docket, const Rows *rows, int64_t now, size_t *ret_moved, Fault *fault)
{
    if (!rows->there) {
        int64_t matters;
        return docket->use == DOCKET_REBUILD ? FAIL_NONE : docket_rebuild(docket, &matters, fault);
    }
    if (rows->calendar.len == 0 || str_eq(rows->calendar, docket->fingerprint)) {
        return FAIL_NONE;
    }
    Fail fail = docket_recount(docket, now, ret_moved, fault);
    bool broken = fail == FAIL_SYSTEM && fault && fault->word == WORD_DOCKET_BAD_ROW;
    return broken && docket->use == DOCKET_REBUILD ? FAIL_NONE : fail;
}

static Fail settle(Docket *docket, int64_t now, size_t *ret_moved, Fault *fault)
{
    Rows rows;
    bool write = docket->use == DOCKET_WRITE || docket->use == DOCKET_REBUILD;
    Fail fail = write ? FAIL_NONE : ledger_begin_read(docket->ledger, fault);
    if (fail == FAIL_NONE) {
        fail = read_rows(docket, &rows, fault);
    }
    if (fail != FAIL_NONE) {
        return fail;
    }
    if (!rows.there && !write) {
        return FAULT_PLAIN(fault, FAIL_SYSTEM, WORD_DOCKET_NO_ROWS);
    }
    HashKind kind;
    hash_kind_find(rows.hash, &kind);
    docket_hash_with(docket, kind);
    fail = docket_renew(docket, fault);
    return fail == FAIL_NONE && write ? freshen(docket, &rows, now, ret_moved, fault) : fail;
}

Fail docket_open(const char *dir, Law *law, DocketUse use, int64_t now, Docket **ret_docket,
                 size_t *ret_moved, Fault *fault)
{
    Docket *docket = memory_take(sizeof *docket);
    size_t moved = 0;
    *docket = (Docket){.law = law, .use = use, .looked = -1};
    bool write = use == DOCKET_WRITE || use == DOCKET_REBUILD;
    Fail fail = ledger_open(dir, write, &docket->ledger, fault);
    if (fail == FAIL_NONE) {
        fail = settle(docket, now, &moved, fault);
    }
    if (fail != FAIL_NONE) {
        docket_close(docket);
        return fail;
    }
    if (ret_moved) {
        *ret_moved = moved;
    }
    *ret_docket = docket;
    return FAIL_NONE;
}

Fail docket_look(Docket *docket, int64_t *ret_version, Fault *fault)
{
    ledger_end(docket->ledger);
    Fail fail = ledger_begin_read(docket->ledger, fault);
    if (fail == FAIL_NONE) {
        fail = ledger_version(docket->ledger, ret_version, fault);
    }
    if (fail == FAIL_NONE && *ret_version != docket->looked) {
        fail = docket_learn_more(docket, fault);
        docket->looked = fail == FAIL_NONE ? *ret_version : -1;
    }
    if (fail != FAIL_NONE) {
        ledger_end(docket->ledger);
    }
    return fail;
}

void docket_look_away(Docket *docket)
{
    ledger_end(docket->ledger);
}

void docket_close(Docket *docket)
{
    if (docket) {
        ledger_close(docket->ledger);
        hasher_free(docket->hasher);
        buf_done(&docket->body);
        arena_done(&docket->kept);
        arena_done(&docket->own);
        free(docket);
    }
}
