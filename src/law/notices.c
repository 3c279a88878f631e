/* notices.c: all notices together: read from a law folder and the user's folder laid over it, put
 * in the order of publication, and held against each other (calendar.h). */
#include <stdio.h>
#include <stdlib.h>

#include "calendar.h"

static int by_publication(const void *a, const void *b)
{
    const Notice *left = a, *right = b;
    if (left->statutory != right->statutory) {
        return left->statutory ? -1 : 1;
    }
    if (left->statutory && left->year != right->year) {
        return left->year - right->year;
    }
    if (left->published != right->published) {
        return left->published < right->published ? -1 : 1;
    }
    int order = str_cmp(left->number, right->number);
    return order ? order : str_cmp(left->file, right->file);
}

/* Says the sentence at a key of the notice's file, or, where the notice has no file, without it. */
static Fail notice_fault(const Notice *notice, const char *key, Word word, Str first, Str second,
                         Fault *fault)
{
    const Node *at = node_get(notice->node, key);
    (void)FAULT(fault, FAIL_INPUT, word, first, second);
    return at ? node_fault(at, fault) : fault_at(fault, notice->file, 0, 0);
}

static const Notice *by_number(const Notices *notices, Str number)
{
    for (size_t i = 0; i < notices->count; i++) {
        if (!notices->at[i].statutory && str_eq(notices->at[i].number, number)) {
            return &notices->at[i];
        }
    }
    return NULL;
}

static bool same_subject(const Notice *a, const Notice *b)
{
    if (a->statutory != b->statutory) {
        return false;
    }
    return a->statutory ? a->year == b->year : str_eq(a->number, b->number);
}

/* The notice already read that `notice` repeats, or NULL. */
static const Notice *repeated(const Notices *notices, const Notice *notice)
{
    for (size_t i = 0; i < notices->count; i++) {
        if (same_subject(&notices->at[i], notice)) {
            return &notices->at[i];
        }
    }
    return NULL;
}

static Fail repeated_fault(const Notice *earlier, const Notice *notice, Fault *fault)
{
    if (notice->statutory) {
        return notice_fault(notice, "statutory", WORD_NOTICES_STATUTORY_TWICE,
                            node_text(node_get(notice->node, "statutory")), earlier->file, fault);
    }
    return notice_fault(notice, "number", WORD_NOTICES_NUMBER_TWICE, notice->number,
                        earlier->file, fault);
}

/* Two notices that both publish one year. */
static Fail year_check(const Notices *notices, const Notice *notice, Fault *fault)
{
    for (const Notice *other = notices->at; other < notice; other++) {
        if (!other->statutory && !notice->statutory && notice->year &&
            other->year == notice->year) {
            return notice_fault(notice, "year", WORD_NOTICES_YEAR_TWICE,
                                node_text(node_get(notice->node, "year")), other->number, fault);
        }
    }
    return FAIL_NONE;
}

/* True when a notice before `until` says something about the day. */
static bool settled_before(const Notices *notices, const Notice *until, Day day)
{
    for (const Notice *notice = notices->at; notice < until; notice++) {
        for (size_t i = 0; !notice->statutory && i < notice->days_count; i++) {
            if (notice->days[i].day == day) {
                return true;
            }
        }
    }
    return false;
}

static Fail amended_days_check(const Notices *notices, const Notice *notice, const Notice *base,
                               Fault *fault)
{
    char year[16];
    snprintf(year, sizeof year, "%d", base->year);
    Day first = day_from(base->year - 1, 12, 1), last = day_from(base->year, 12, 31);
    for (size_t i = 0; i < notice->days_count; i++) {
        NoticeDay day = notice->days[i];
        if (day.day >= first && day.day <= last &&
            (day.status != DAY_NORMAL || settled_before(notices, notice, day.day))) {
            continue;
        }
        bool outside = day.day < first || day.day > last;
        Buf shown = buf_new(16);
        buf_put_day(&shown, day.day);
        Fail fail = notice_fault(notice, "holidays", outside ? WORD_NOTICE_DAY_OTHER_YEAR
                                                             : WORD_NOTICES_NORMAL_NOTHING,
                                 buf_str(&shown), str_from(year), fault);
        buf_done(&shown);
        return fail;
    }
    return FAIL_NONE;
}

static Fail amendment_check(const Notices *notices, const Notice *notice, Fault *fault)
{
    if (notice->amends.len == 0) {
        return FAIL_NONE;
    }
    const Notice *base = by_number(notices, notice->amends);
    if (!base || base->year == 0) {
        return notice_fault(notice, "amends", WORD_NOTICES_AMENDS_UNKNOWN, notice->amends,
                            STR_NONE, fault);
    }
    if (base > notice || notice->published < base->published) {
        return notice_fault(notice, "published", WORD_NOTICES_AMENDS_LATER, notice->number,
                            base->number, fault);
    }
    return amended_days_check(notices, notice, base, fault);
}

static Fail order_and_check(Notices *notices, Fault *fault)
{
    if (notices->count) {
        qsort(notices->at, notices->count, sizeof *notices->at, by_publication);
    }
    for (size_t i = 0; i < notices->count; i++) {
        Fail fail = year_check(notices, &notices->at[i], fault);
        fail = fail ? fail : amendment_check(notices, &notices->at[i], fault);
        if (fail) {
            return fail;
        }
    }
    return FAIL_NONE;
}

/* Reads the notices of one folder behind those that stand already. One that repeats a notice of
 * another folder word for word is passed over. */
static Fail read_folder(Arena *arena, const LawFolder *folder, Notices *notices, size_t *capacity,
                        Fault *fault)
{
    size_t of_others = notices->count;
    for (size_t i = 0; folder && i < folder->count; i++) {
        const LawFile *file = &folder->files[i];
        if (!str_starts(file->path, STR("calendars/")) || !str_ends(file->path, STR(".yaml"))) {
            continue;
        }
        Notice notice;
        Fail fail = notice_read(arena, file->text, file->shown, &notice, fault);
        if (fail) {
            return fail;
        }
        const Notice *earlier = repeated(notices, &notice);
        if (earlier) {
            bool same = earlier < notices->at + of_others && str_eq(earlier->text, notice.text);
            if (!same) {
                return repeated_fault(earlier, &notice, fault);
            }
            continue;
        }
        notices->at = arena_grow(arena, notices->at, notices->count, capacity, notices->count + 1,
                                 sizeof *notices->at);
        notices->at[notices->count++] = notice;
    }
    return FAIL_NONE;
}

Fail notices_read(Arena *arena, const LawFolder *folder, const LawFolder *overlay,
                  Notices *ret_notices, Fault *fault)
{
    Notices notices = {0};
    size_t capacity = 0;
    Fail fail = read_folder(arena, folder, &notices, &capacity, fault);
    fail = fail ? fail : read_folder(arena, overlay, &notices, &capacity, fault);
    fail = fail ? fail : order_and_check(&notices, fault);
    if (!fail) {
        *ret_notices = notices;
    }
    return fail;
}

Fail notices_with(Arena *arena, const Notices *notices, const Notice *more, Notices *ret_notices,
                  Fault *fault)
{
    const Notice *earlier = repeated(notices, more);
    if (earlier) {
        return repeated_fault(earlier, more, fault);
    }
    Notices together = {ARENA_MANY(arena, Notice, notices->count + 1), notices->count + 1};
    if (notices->count) {
        memcpy(together.at, notices->at, notices->count * sizeof *notices->at);
    }
    together.at[notices->count] = *more;
    Fail fail = order_and_check(&together, fault);
    if (!fail) {
        *ret_notices = together;
    }
    return fail;
}
