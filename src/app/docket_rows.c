/* docket_rows.c: folding all rows anew; counting due days again when the calendar has changed. */
#include <stdlib.h>

#include "docket_inside.h"

/* The row of a fresh fold; two matters of one name are a broken record. */
static Fail put_row(Docket *docket, Folded *folded, Fault *fault)
{
    Fail fail = docket_project(docket, folded, true, fault);
    return fail == FAIL_CONFLICT
               ? FAULT(fault, FAIL_SYSTEM, WORD_DOCKET_NAME_TWICE, folded->name) : fail;
}

Fail docket_refold(Docket *docket, int64_t *ret_matters, Fault *fault)
{
    int64_t last;
    Buf version = {0};
    Fail fail = ledger_projections_renew(docket->ledger, fault);
    if (fail == FAIL_NONE) {
        fail = ledger_last_matter(docket->ledger, &last, fault);
    }
    Folded folded = {0};
    Folding folding = {docket, &folded};
    *ret_matters = 0;
    for (int64_t id = 1; fail == FAIL_NONE && id <= last; id++) {
        arena_reset(&folded.arena);
        buf_done(&folded.parts);
        folded = (Folded){.arena = folded.arena};
        fail = ledger_stream(docket->ledger, id, 0, folding_event, &folding, fault);
        if (fail == FAIL_NONE && folded.id) {
            fail = put_row(docket, &folded, fault);
            ++*ret_matters;
        }
    }
    folded_done(&folded);
    buf_put_int(&version, DOCKET_PROJECTION);
    if (fail == FAIL_NONE) {
        fail = ledger_projection_set(docket->ledger, "version", buf_str(&version), fault);
    }
    if (fail == FAIL_NONE) {
        fail = ledger_projection_set(docket->ledger, "calendar", docket->fingerprint, fault);
    }
    if (fail == FAIL_NONE) {
        fail = ledger_projection_set(docket->ledger, "hash", str_from(hash_kind_id(docket->hash)),
                                     fault);
    }
    buf_done(&version);
    return fail;
}

Fail docket_rebuild(Docket *docket, int64_t *ret_matters, Fault *fault)
{
    Fail fail = docket_begin(docket, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = docket_refold(docket, ret_matters, fault);
    if (fail == FAIL_NONE) {
        fail = docket_commit(docket, fault);
    }
    ledger_end(docket->ledger);
    return fail;
}

/* ---- counting again ---- */

enum { LISTED_MAX = 1000 };      /* due days told by one event of stream 0 */

typedef struct Change {          /* of the due day of one clock */
    int64_t matter;
    size_t nth;                  /* among the open clocks of its matter */
    Day from, to;
    bool provisional_before, provisional;
} Change;

typedef struct Recount {
    Docket *docket;
    DueBook book;
    Change *changes;
    size_t count, capacity;
    Str before;                  /* fingerprint of the calendar so far */
    int64_t now;
    MovedEach *each;
    void *with;
    Buf list;                    /* JSON of what moved, for the next event */
    size_t listed, told;         /* in the list; in earlier events */
    Arena arena;
} Recount;

static Fail take_row(void *with, const MatterRow *row, Fault *fault)
{
    Recount *recount = with;
    if (!row->formed || row->id < 1 || row->id > UINT32_MAX ||
        !duebook_unpack(&recount->book, (uint32_t)row->id, row->clocks)) {
        return FAULT(fault, FAIL_SYSTEM, WORD_DOCKET_BAD_ROW, row->name);
    }
    return FAIL_NONE;
}

static void take_change(void *with, const DueChange *change)
{
    Recount *recount = with;
    const DueEntry *entry = change->entry, *first = entry;
    while (first > recount->book.entries && first[-1].matter == entry->matter) {
        first--;
    }
    if (recount->count == recount->capacity) {
        recount->capacity = recount->capacity ? recount->capacity * 2 : 64;
        recount->changes =
            memory_grow(recount->changes, recount->capacity * sizeof *recount->changes);
    }
    recount->changes[recount->count++] =
        (Change){entry->matter, (size_t)(entry - first), change->before, entry->due,
                 change->provisional_before, entry->provisional != 0};
}

/* What was listed so far becomes an event of stream 0. */
static Fail log_listed(Recount *recount, Fault *fault)
{
    Docket *docket = recount->docket;
    Buf buf = {0};
    buf_print(&buf, "{\"after\":%zu,\"from\":", recount->told);
    buf_put_json(&buf, recount->before);
    buf_print(&buf, ",\"kind\":\"calendar\",\"moved\":%zu,\"moves\":[", recount->count);
    buf_put(&buf, buf_str(&recount->list));
    buf_put_byte(&buf, ']');
    docket_put_end(&buf, docket, recount->now);
    buf_put(&buf, STR(",\"to\":"));
    buf_put_json(&buf, docket->fingerprint);
    buf_put_byte(&buf, '}');
    Fail fail = docket_append_own(docket, buf_str(&buf), fault);
    buf_done(&buf);
    buf_clear(&recount->list);
    recount->told += recount->listed;
    recount->listed = 0;
    return fail;
}

static Fail tell_moved(Recount *recount, const Moved *moved, Fault *fault)
{
    Buf *list = &recount->list;
    if (recount->each) {
        recount->each(recount->with, moved);
    }
    buf_put(list, recount->listed ? STR(",{\"clock\":") : STR("{\"clock\":"));
    buf_put_json(list, moved->clock);
    buf_put(list, STR(",\"from\":"));
    buf_put_day_json(list, moved->from);
    buf_put(list, STR(",\"matter\":"));
    buf_put_json(list, moved->matter);
    if (moved->of.len) {
        buf_put(list, STR(",\"of\":"));
        buf_put_json(list, moved->of);
    }
    buf_print(list, ",\"provisional\":%s,\"to\":", moved->provisional ? "true" : "false");
    buf_put_day_json(list, moved->to);
    buf_put_byte(list, '}');
    recount->listed++;
    return recount->listed == LISTED_MAX ? log_listed(recount, fault) : FAIL_NONE;
}

/* The n-th open clock of a matter, or NULL. */
static const ClockRun *nth_open(const Matter *matter, size_t nth)
{
    for (size_t i = 0; i < matter->clocks_count; i++) {
        if (matter->clocks[i].end == CLOCK_OPEN && nth-- == 0) {
            return &matter->clocks[i];
        }
    }
    return NULL;
}

/* The changes of one matter: its row from the record, and each of them told. */
static Fail change_matter(Recount *recount, const Change *changes, size_t count, Fault *fault)
{
    Folded folded;
    Fail fail = docket_fold_id(recount->docket, changes[0].matter, &folded, fault);
    if (fail == FAIL_NONE && folded.id) {
        fail = docket_project(recount->docket, &folded, false, fault);
    }
    for (size_t i = 0; fail == FAIL_NONE && i < count; i++) {
        const Change *change = &changes[i];
        const ClockRun *run = folded.id ? nth_open(&folded.matter, change->nth) : NULL;
        if (!run) {
            fail = FAULT(fault, FAIL_SYSTEM, WORD_DOCKET_BAD_ROW, folded.name);
            break;
        }
        Buf of = {0};
        if (run->of.role != ID_NONE) {
            buf_put_party(&of, folded.edition, run->of);
        }
        fail = tell_moved(recount,
                          &(Moved){folded.name, folded.edition->clocks[run->clock].id,
                                   buf_str(&of), folded.edition, change->from, change->to,
                                   change->provisional_before, change->provisional},
                          fault);
        buf_done(&of);
    }
    folded_done(&folded);
    return fail;
}

static Fail recount_all(Recount *recount, Fault *fault)
{
    Docket *docket = recount->docket;
    Fail fail = ledger_projection_get(docket->ledger, "calendar", &recount->arena,
                                      &recount->before, fault);
    if (fail == FAIL_NONE) {
        fail = ledger_rows_by_id(docket->ledger, take_row, recount, fault);
    }
    if (fail == FAIL_NONE && duebook_recount(&recount->book, docket->calendar, take_change,
                                             recount)) {
        fail = docket_opened(docket, recount->now, fault);
    }
    for (size_t i = 0, count; fail == FAIL_NONE && i < recount->count; i += count) {
        for (count = 1; i + count < recount->count &&
                        recount->changes[i + count].matter == recount->changes[i].matter;) {
            count++;
        }
        fail = change_matter(recount, &recount->changes[i], count, fault);
    }
    if (fail == FAIL_NONE && recount->listed) {
        fail = log_listed(recount, fault);
    }
    if (fail == FAIL_NONE) {
        fail = ledger_projection_set(docket->ledger, "calendar", docket->fingerprint, fault);
    }
    return fail;
}

static void recount_done(Recount *recount)
{
    duebook_done(&recount->book);
    free(recount->changes);
    buf_done(&recount->list);
    arena_done(&recount->arena);
}

Fail docket_recount(Docket *docket, int64_t now, size_t *ret_moved, Fault *fault)
{
    Recount recount = {.docket = docket, .now = now};
    Fail fail = docket_begin(docket, fault);
    if (fail == FAIL_NONE) {
        fail = recount_all(&recount, fault);
    }
    if (fail == FAIL_NONE) {
        fail = docket_commit(docket, fault);
    }
    ledger_end(docket->ledger);
    *ret_moved = recount.count;
    recount_done(&recount);
    return fail;
}

Fail docket_catch_up(Docket *docket, int64_t now, Fault *fault)
{
    Recount recount = {.docket = docket, .now = now};
    Str before;
    Fail fail =
        ledger_projection_get(docket->ledger, "calendar", &recount.arena, &before, fault);
    if (fail == FAIL_NONE && !str_eq(before, docket->fingerprint)) {
        fail = recount_all(&recount, fault);
    }
    recount_done(&recount);
    return fail;
}

static Fail append_notice(Docket *docket, const Notice *notice, Str file, int64_t now,
                          Fault *fault)
{
    Buf buf = {0};
    buf_put(&buf, STR("{\"file\":"));
    buf_put_json(&buf, file);
    buf_put(&buf, STR(",\"kind\":\"notice\",\"number\":"));
    buf_put_json(&buf, notice->number);
    docket_put_end(&buf, docket, now);
    buf_put(&buf, STR(",\"text\":"));
    buf_put_json(&buf, notice->text);
    buf_put_byte(&buf, '}');
    Fail fail = docket_append_own(docket, buf_str(&buf), fault);
    buf_done(&buf);
    return fail;
}

Fail docket_adopt(Docket *docket, Str text, Str file, int64_t now, MovedEach *each, void *with,
                  size_t *ret_moved, Fault *fault)
{
    Notice notice;
    Recount recount = {.docket = docket, .now = now, .each = each, .with = with};
    *ret_moved = 0;
    Fail fail = docket_begin(docket, fault);
    Notices *more = ARENA_NEW(&docket->own, Notices);
    if (fail == FAIL_NONE) {
        fail = notice_read(&docket->own, str_copy(&docket->own, text), file, &notice, fault);
    }
    if (fail == FAIL_NONE) {
        fail = notices_with(&docket->own, docket->notices, &notice, more, fault);
    }
    if (fail == FAIL_NONE) {
        fail = docket_opened(docket, now, fault);
    }
    if (fail == FAIL_NONE) {
        fail = append_notice(docket, &notice, file, now, fault);
    }
    if (fail == FAIL_NONE) {
        docket_count_with(docket, more);
        fail = recount_all(&recount, fault);
    }
    if (fail == FAIL_NONE) {
        fail = docket_commit(docket, fault);
    }
    ledger_end(docket->ledger);
    *ret_moved = recount.count;
    recount_done(&recount);
    return fail;
}
