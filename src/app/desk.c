/* desk.c: drafts and numbers, in DIR/desk.db. */
#include "desk.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "canon.h"
#include "desk_inside.h"
#include "utf8.h"

static const BaseKind desk_base = {
    .file = "desk.db", .application_id = 0x53484E44 /* "SHND" */, .format = 1,
    .schema = schema_desk_schema, .statements = desk_sql_text, .statements_count = DESK_SQL_COUNT,
};

enum { DRAFT_BYTES_MAX = 4 << 20 };

Fail desk_backup(const char *dir, const char *path, bool *ret_there, Fault *fault)
{
    return base_backup_in(dir, &desk_base, path, ret_there, fault);
}

Fail desk_open(const char *dir, Desk **ret_desk, Fault *fault)
{
    Desk *desk = memory_take(sizeof *desk);
    size_t size = strlen(dir) + sizeof "/papers";
    *desk = (Desk){.folder = memory_take(size)};
    snprintf(desk->folder, size, "%s/papers", dir);
    Fail fail = base_open(dir, &desk_base, &desk->base, fault);
    if (fail == FAIL_NONE && mkdir(desk->folder, 0700) != 0 && errno != EEXIST) {
        fail = FAULT(fault, FAIL_SYSTEM, WORD_PAPER_NO_FOLDER, str_from(desk->folder),
                     str_from(strerror(errno)));
    }
    if (fail == FAIL_NONE) {
        fail = papers_sweep(desk, fault);
    }
    if (fail != FAIL_NONE) {
        desk_close(desk);
        return fail;
    }
    *ret_desk = desk;
    return FAIL_NONE;
}

void desk_close(Desk *desk)
{
    if (desk) {
        base_close(desk->base);
        free(desk->folder);
        free(desk);
    }
}

Fail desk_version(Desk *desk, int64_t *ret_version, Fault *fault)
{
    return base_version(desk->base, ret_version, fault);
}

/* ---- what was typed, as text ---- */

static Fail put_typed(Buf *buf, const TypedList *typed, Fault *fault)
{
    buf_put_byte(buf, '[');
    for (size_t i = 0; i < typed->count; i++) {
        const Typed *one = &typed->at[i];
        if (!utf8_valid(one->name, NULL) || !utf8_valid(one->value, NULL)) {
            return FAULT_PLAIN(fault, FAIL_INPUT, WORD_DRAFT_NOT_TEXT);
        }
        buf_put(buf, i ? STR(",") : STR_NONE);
        buf_put_json(buf, one->name);
        buf_put_byte(buf, ',');
        buf_put_json(buf, one->value);
    }
    buf_put_byte(buf, ']');
    return buf->full ? FAULT(fault, FAIL_INPUT, WORD_DRAFT_TOO_LARGE, STR("4 MB")) : FAIL_NONE;
}

static TypedList read_typed(Arena *arena, Str text)
{
    const Canon *list = canon_read(arena, text, NULL);
    if (!list || list->kind != CANON_LIST) {
        return (TypedList){0};
    }
    Typed *typed = ARENA_MANY(arena, Typed, list->count / 2 + 1);
    for (size_t i = 0; i + 1 < list->count; i += 2) {
        typed[i / 2] = (Typed){list->items[i].text, list->items[i + 1].text};
    }
    return (TypedList){typed, list->count / 2};
}

/* ---- drafts ---- */

static Draft read_draft(Base *base, Arena *arena)
{
    return (Draft){
        .id = base_int(base, 0), .state = (DraftState)base_int(base, 1),
        .hat = str_copy(arena, base_text(base, 2)), .org = str_copy(arena, base_text(base, 3)),
        .person = base_int(base, 4), .drafter = base_int(base, 5),
        .matter = str_copy(arena, base_text(base, 6)),
        .edition = str_copy(arena, base_text(base, 7)), .act = str_copy(arena, base_text(base, 8)),
        .typed = read_typed(arena, str_copy(arena, base_text(base, 9))),
        .version = base_int(base, 10), .at = base_int(base, 11),
        .key = str_copy(arena, base_text(base, 12)),
    };
}

static Fail insert(Base *base, const Draft *draft, Str typed, Fault *fault)
{
    Fail fail = base_ask(base, DESK_SQL_DRAFT_INSERT, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    base_put_int(base, draft->state);
    base_put_text(base, draft->hat);
    base_put_text(base, draft->org);
    base_put_int(base, draft->person);
    base_put_int(base, draft->drafter);
    base_put_text(base, draft->matter);
    base_put_text(base, draft->edition);
    base_put_text(base, draft->act);
    base_put_text(base, typed);
    base_put_int(base, draft->at);
    base_put_text(base, draft->key);
    return base_run(base, fault);
}

Fail draft_begin(Desk *desk, const Draft *draft, int64_t *ret_id, Fault *fault)
{
    Buf typed = buf_new(DRAFT_BYTES_MAX);
    Fail fail = put_typed(&typed, &draft->typed, fault);
    if (fail == FAIL_NONE) {
        fail = base_begin(desk->base, true, fault);
        if (fail == FAIL_NONE) {
            fail = insert(desk->base, draft, buf_str(&typed), fault);
            *ret_id = base_made(desk->base);
            fail = fail == FAIL_NONE ? base_commit(desk->base, fault) : fail;
            base_end(desk->base);
        }
    }
    buf_done(&typed);
    return fail;
}

static Fail update(Base *base, const Draft *draft, Str typed, Fault *fault)
{
    Fail fail = base_ask(base, DESK_SQL_DRAFT_UPDATE, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    base_put_int(base, draft->state);
    base_put_int(base, draft->drafter);
    base_put_text(base, draft->matter);
    base_put_text(base, typed);
    base_put_int(base, draft->at);
    base_put_int(base, draft->id);
    base_put_int(base, draft->version);
    fail = base_run(base, fault);
    return fail == FAIL_NONE && base_changed(base) != 1
               ? FAULT_PLAIN(fault, FAIL_CONFLICT, WORD_DRAFT_CHANGED) : fail;
}

Fail draft_save(Desk *desk, const Draft *draft, Fault *fault)
{
    Buf typed = buf_new(DRAFT_BYTES_MAX);
    Fail fail = put_typed(&typed, &draft->typed, fault);
    if (fail == FAIL_NONE) {
        fail = base_begin(desk->base, true, fault);
        if (fail == FAIL_NONE) {
            fail = update(desk->base, draft, buf_str(&typed), fault);
            fail = fail == FAIL_NONE ? base_commit(desk->base, fault) : fail;
            base_end(desk->base);
        }
    }
    buf_done(&typed);
    return fail;
}

Fail draft_find(Desk *desk, Arena *arena, int64_t id, bool *ret_found, Draft *ret_draft,
                Fault *fault)
{
    *ret_found = false;
    Fail fail = base_begin(desk->base, false, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = base_ask(desk->base, DESK_SQL_DRAFT_BY_ID, fault);
    if (fail == FAIL_NONE) {
        base_put_int(desk->base, id);
        fail = base_next(desk->base, ret_found, fault);
    }
    if (*ret_found) {
        *ret_draft = read_draft(desk->base, arena);
    }
    base_end(desk->base);
    return fail;
}

Fail drafts_of(Desk *desk, Arena *arena, Str hat, Str org, Str matter, const Draft **ret_drafts,
               size_t *ret_count, Fault *fault)
{
    Draft *drafts = NULL;
    size_t count = 0, capacity = 0;
    Fail fail = base_begin(desk->base, false, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = base_ask(desk->base, DESK_SQL_DRAFTS_OF, fault);
    if (fail == FAIL_NONE) {
        base_put_text(desk->base, hat);
        base_put_text(desk->base, org);
        base_put_text(desk->base, matter);
    }
    for (bool row = true; fail == FAIL_NONE && row;) {
        fail = base_next(desk->base, &row, fault);
        if (row) {
            drafts = arena_grow(arena, drafts, count, &capacity, count + 1, sizeof *drafts);
            drafts[count++] = read_draft(desk->base, arena);
        }
    }
    base_end(desk->base);
    *ret_drafts = drafts;
    *ret_count = count;
    return fail;
}

Fail desk_number(Desk *desk, Arena *arena, int year, Str *ret_number, Fault *fault)
{
    bool row = false;
    int64_t last = 0;
    Fail fail = base_begin(desk->base, true, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = base_ask(desk->base, DESK_SQL_NUMBER_NEXT, fault);
    if (fail == FAIL_NONE) {
        base_put_int(desk->base, year);
        fail = base_next(desk->base, &row, fault);
        last = row ? base_int(desk->base, 0) : 0;
    }
    while (fail == FAIL_NONE && row) {   /* to its end: only then is it done */
        fail = base_next(desk->base, &row, fault);
    }
    fail = fail == FAIL_NONE ? base_commit(desk->base, fault) : fail;
    base_end(desk->base);
    char number[48];
    snprintf(number, sizeof number, "%d-%04lld", year, (long long)last);
    *ret_number = str_copy(arena, str_from(number));
    return fail;
}
