/* docket_rows.c: folding all rows anew; counting due days again when the calendar has changed. */
#include "docket_inside.h"

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
        folded = (Folded){.arena = folded.arena};
        fail = ledger_stream(docket->ledger, id, 0, folding_event, &folding, fault);
        if (fail == FAIL_NONE && folded.id) {
            fail = docket_project(docket, &folded, true, fault);
            ++*ret_matters;
        }
    }
    arena_done(&folded.arena);
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
        fail = ledger_commit(docket->ledger, fault);
    }
    ledger_end(docket->ledger);
    return fail;
}

typedef struct Names {           /* of the matters whose clocks are in the book */
    Arena arena;
    Str *names, *editions;
    uint32_t *ids;
    size_t count, capacity, capacity_editions, capacity_ids;
    DueBook book;
    Docket *docket;
    MovedEach *each;
    void *with;
    Buf list;                    /* JSON of what moved, bounded */
    size_t listed;
} Names;

enum { LISTED_MAX = 1000 };

static Fail take_row(void *with, const MatterRow *row, Fault *fault)
{
    Names *names = with;
    size_t before = names->book.count;
    if (row->clocks.len == 0) {
        return FAIL_NONE;
    }
    if (!duebook_unpack(&names->book, (uint32_t)names->count, row->clocks)) {
        return FAULT(fault, FAIL_SYSTEM, WORD_DOCKET_BAD_ROW, row->name);
    }
    if (names->book.count == before) {
        return FAIL_NONE;
    }
    names->names = arena_grow(&names->arena, names->names, names->count, &names->capacity,
                              names->count + 1, sizeof *names->names);
    names->editions = arena_grow(&names->arena, names->editions, names->count,
                                 &names->capacity_editions, names->count + 1,
                                 sizeof *names->editions);
    names->names[names->count] = str_copy(&names->arena, row->name);
    names->editions[names->count] = str_copy(&names->arena, row->edition);
    names->count++;
    return FAIL_NONE;
}

static void take_change(void *with, const DueChange *change)
{
    Names *names = with;
    const Edition *edition;
    Fault fault;
    Str clock = STR_NONE;
    if (law_edition(names->docket->law, names->editions[change->entry->matter], &edition,
                    &fault) == FAIL_NONE && change->entry->clock < edition->clocks_count) {
        clock = edition->clocks[change->entry->clock].id;
    }
    Str name = names->names[change->entry->matter];
    if (names->each) {
        names->each(names->with, name, clock, change);
    }
    if (names->listed++ < LISTED_MAX) {
        buf_put(&names->list, names->listed > 1 ? STR(",{\"clock\":") : STR("{\"clock\":"));
        buf_put_json(&names->list, clock);
        buf_put(&names->list, STR(",\"from\":"));
        buf_put_day_json(&names->list, change->before);
        buf_put(&names->list, STR(",\"matter\":"));
        buf_put_json(&names->list, name);
        buf_put(&names->list, STR(",\"to\":"));
        buf_put_day_json(&names->list, change->entry->due);
        buf_put_byte(&names->list, '}');
    }
}

/* Rows of the matters whose due days moved, written anew from the record. */
static Fail write_moved(Docket *docket, const Names *names, const bool *moved, Fault *fault)
{
    Fail fail = FAIL_NONE;
    for (size_t i = 0; fail == FAIL_NONE && i < names->count; i++) {
        if (!moved[i]) {
            continue;
        }
        Folded folded;
        fail = docket_fold(docket, names->names[i], &folded, fault);
        if (fail == FAIL_NONE) {
            fail = docket_project(docket, &folded, false, fault);
        }
        folded_done(&folded);
    }
    return fail;
}

static Fail log_moved(Docket *docket, const Names *names, Str before, size_t moved, int64_t now,
                      Fault *fault)
{
    Buf buf = {0};
    buf_put(&buf, STR("{\"from\":"));
    buf_put_json(&buf, before);
    buf_print(&buf, ",\"kind\":\"calendar\",\"moved\":%zu,\"moves\":[", moved);
    buf_put(&buf, buf_str(&names->list));
    buf_print(&buf, "],\"recorded\":%lld,\"seq\":%lld,\"to\":", (long long)now,
              (long long)docket->own_seq + 1);
    buf_put_json(&buf, docket->fingerprint);
    buf_put_byte(&buf, '}');
    Fail fail = docket_append_own(docket, buf_str(&buf), fault);
    buf_done(&buf);
    return fail;
}

typedef struct Marking {
    Names *names;
    bool *moved;
} Marking;

static void mark_change(void *with, const DueChange *change)
{
    Marking *marking = with;
    marking->moved[change->entry->matter] = true;
    take_change(marking->names, change);
}

static Fail recount(Docket *docket, Names *names, int64_t now, size_t *ret_moved, Fault *fault)
{
    Str before;
    Fail fail = ledger_projection_get(docket->ledger, "calendar", &names->arena, &before, fault);
    if (fail == FAIL_NONE) {
        fail = ledger_rows_by_id(docket->ledger, take_row, names, fault);
    }
    if (fail != FAIL_NONE) {
        return fail;
    }
    Marking marking = {names, ARENA_MANY(&names->arena, bool, names->count + 1)};
    *ret_moved = duebook_recount(&names->book, docket->calendar, mark_change, &marking);
    if (*ret_moved) {
        fail = docket_opened(docket, now, fault);
        if (fail == FAIL_NONE) {
            fail = write_moved(docket, names, marking.moved, fault);
        }
        if (fail == FAIL_NONE) {
            fail = log_moved(docket, names, before, *ret_moved, now, fault);
        }
    }
    if (fail == FAIL_NONE) {
        fail = ledger_projection_set(docket->ledger, "calendar", docket->fingerprint, fault);
    }
    return fail;
}

/* Commits what went well, takes back what did not. */
static Fail recount_end(Docket *docket, Names *names, Fail fail, Fault *fault)
{
    if (fail == FAIL_NONE) {
        fail = ledger_commit(docket->ledger, fault);
    }
    ledger_end(docket->ledger);
    duebook_done(&names->book);
    buf_done(&names->list);
    arena_done(&names->arena);
    return fail;
}

Fail docket_recount(Docket *docket, int64_t now, MovedEach *each, void *with, size_t *ret_moved,
                    Fault *fault)
{
    Names names = {.docket = docket, .each = each, .with = with};
    Fail fail = docket_begin(docket, fault);
    if (fail == FAIL_NONE) {
        fail = recount(docket, &names, now, ret_moved, fault);
    }
    return recount_end(docket, &names, fail, fault);
}

Fail docket_adopt(Docket *docket, Str text, Str file, int64_t now, MovedEach *each, void *with,
                  size_t *ret_moved, Fault *fault)
{
    Notice notice;
    Notices more;
    *ret_moved = 0;
    Fail fail = docket_begin(docket, fault);
    if (fail == FAIL_NONE) {
        fail = notice_read(&docket->kept, text, file, &notice, fault);
    }
    if (fail == FAIL_NONE) {
        fail = notices_with(&docket->kept, docket->notices, &notice, &more, fault);
    }
    if (fail != FAIL_NONE) {
        ledger_end(docket->ledger);
        return fail;
    }
    Names names = {.docket = docket, .each = each, .with = with};
    Buf buf = {0};
    fail = docket_opened(docket, now, fault);
    buf_put(&buf, STR("{\"file\":"));
    buf_put_json(&buf, file);
    buf_put(&buf, STR(",\"kind\":\"notice\",\"number\":"));
    buf_put_json(&buf, notice.number);
    buf_print(&buf, ",\"recorded\":%lld,\"seq\":%lld,\"text\":", (long long)now,
              (long long)docket->own_seq + 1);
    buf_put_json(&buf, text);
    buf_put_byte(&buf, '}');
    if (fail == FAIL_NONE) {
        fail = docket_append_own(docket, buf_str(&buf), fault);
    }
    buf_done(&buf);
    if (fail == FAIL_NONE) {
        Notices *kept = ARENA_NEW(&docket->kept, Notices);
        *kept = more;
        docket->notices = kept;
        docket->calendar = calendar_build(&docket->kept, kept, DAY_LAST);
        docket->fingerprint = calendar_fingerprint(&docket->kept, docket->calendar);
        fail = recount(docket, &names, now, ret_moved, fault);
    }
    return recount_end(docket, &names, fail, fault);
}
