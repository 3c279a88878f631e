/* editiondiff.c: what one edition has and the other has not, matched by id; what both have is
 * compared by what it says, so that a clause number alone is told apart from a change in
 * substance. */
#include "editiondiff.h"

const char *subject_id(Subject subject)
{
    static const char *const ids[] = {"in_force", "counting", "role", "recipient", "ground",
                                      "trigger", "material", "factor", "category", "commitment",
                                      "method", "stage", "clock", "duty", "act", "finding",
                                      "outcome", "notice", "policy"};
    return ids[subject];
}

void diff_add(Diff *diff, Change change)
{
    diff->changes = arena_grow(diff->arena, diff->changes, diff->count, &diff->capacity,
                               diff->count + 1, sizeof change);
    diff->changes[diff->count++] = change;
}

void diff_changed(Diff *diff, Subject subject, Str id, const char *what, Str before, Str after)
{
    if (!str_eq(before, after)) {
        diff_add(diff, (Change){subject, CHANGE_CHANGED, id, what, before, after});
    }
}

Str diff_kept(Diff *diff, Buf *buf)
{
    Str text = str_copy(diff->arena, buf_str(buf));
    buf_done(buf);
    return text;
}

static Str cites_text(Diff *diff, const Cites *cites)
{
    Buf buf = {0};
    for (uint8_t i = 0; i < cites->count; i++) {
        buf_put(&buf, i ? STR(", ") : STR_NONE);
        buf_put(&buf, cites->at[i]);
    }
    return diff_kept(diff, &buf);
}

void diff_moved(Diff *diff, Subject subject, Str id, const Cites *before, const Cites *after)
{
    Str was = cites_text(diff, before), is = cites_text(diff, after);
    if (!str_eq(was, is)) {
        diff_add(diff, (Change){subject, CHANGE_MOVED, id, NULL, was, is});
    }
}

static void moved_one(Diff *diff, Subject subject, Str id, Str before, Str after)
{
    Cites cites[2] = {{{before}, 1}, {{after}, 1}};
    diff_moved(diff, subject, id, &cites[0], &cites[1]);
}

/* Ids in one list and not in the other. */
static void compare_ids(Diff *diff, Subject subject, const Str *from, size_t from_count,
                        const Str *to, size_t to_count)
{
    for (int side = 0; side < 2; side++) {
        const Str *mine = side ? to : from, *other = side ? from : to;
        size_t count = side ? to_count : from_count, others = side ? from_count : to_count;
        for (size_t i = 0; i < count; i++) {
            size_t j = 0;
            while (j < others && !str_eq(mine[i], other[j])) {
                j++;
            }
            if (j == others) {
                diff_add(diff, (Change){subject, side ? CHANGE_ADDED : CHANGE_REMOVED, mine[i],
                                        NULL, STR_NONE, STR_NONE});
            }
        }
    }
}

/* The ids of `count` things of `size` bytes whose first member is their id. */
static const Str *ids_of(Diff *diff, const void *list, size_t count, size_t size)
{
    Str *ids = ARENA_MANY(diff->arena, Str, count);
    for (size_t i = 0; i < count; i++) {
        ids[i] = *(const Str *)(const void *)((const char *)list + i * size);
    }
    return ids;
}

#define COMPARE(diff, subject, list)                                                              \
    compare_ids((diff), (subject),                                                                \
                ids_of((diff), (diff)->from->list, (diff)->from->list##_count,                    \
                       sizeof *(diff)->from->list),                                               \
                (diff)->from->list##_count,                                                       \
                ids_of((diff), (diff)->to->list, (diff)->to->list##_count,                        \
                       sizeof *(diff)->to->list),                                                 \
                (diff)->to->list##_count)

static void compare_lists(Diff *diff, Subject subject, const char *name)
{
    const List *from = edition_list(diff->from, str_from(name));
    const List *to = edition_list(diff->to, str_from(name));
    compare_ids(diff, subject,
                from ? ids_of(diff, from->items, from->count, sizeof(ListItem)) : NULL,
                from ? from->count : 0,
                to ? ids_of(diff, to->items, to->count, sizeof(ListItem)) : NULL,
                to ? to->count : 0);
    for (size_t i = 0; from && to && i < from->count; i++) {
        for (size_t j = 0; j < to->count; j++) {
            if (str_eq(from->items[i].id, to->items[j].id)) {
                moved_one(diff, subject, from->items[i].id, from->items[i].clause,
                          to->items[j].clause);
            }
        }
    }
}

static void compare_recipients(Diff *diff)
{
    const Edition *sides[] = {diff->from, diff->to};
    const Str *ids[2];
    size_t counts[2];
    for (int s = 0; s < 2; s++) {
        Str *list = ARENA_MANY(diff->arena, Str, sides[s]->recipients_count + 1);
        size_t count = 0;
        for (size_t i = 0; i < sides[s]->recipients_count; i++) {
            Buf buf = {0};
            buf_put_party(&buf, sides[s], sides[s]->recipients[i]);
            list[count++] = diff_kept(diff, &buf);
        }
        if (sides[s]->recipients_department) {
            list[count++] = STR("department of sector");
        }
        ids[s] = list;
        counts[s] = count;
    }
    compare_ids(diff, SUBJECT_RECIPIENT, ids[0], counts[0], ids[1], counts[1]);
}

static void compare_clocks(Diff *diff)
{
    COMPARE(diff, SUBJECT_CLOCK, clocks);
    for (size_t i = 0; i < diff->from->clocks_count; i++) {
        const ClockKind *from = &diff->from->clocks[i];
        ClockId id = edition_clock(diff->to, from->id);
        if (id == ID_NONE) {
            continue;
        }
        const ClockKind *to = &diff->to->clocks[id];
        Buf before = {0}, after = {0};
        buf_put_int(&before, from->working_days);
        buf_put_int(&after, to->working_days);
        diff_changed(diff, SUBJECT_CLOCK, from->id, "working_days", diff_kept(diff, &before),
                     diff_kept(diff, &after));
        moved_one(diff, SUBJECT_CLOCK, from->id, from->clause, to->clause);
    }
}

static void compare_materials(Diff *diff)
{
    COMPARE(diff, SUBJECT_MATERIAL, materials);
    for (size_t i = 0; i < diff->from->materials_count; i++) {
        const Material *from = &diff->from->materials[i];
        for (size_t j = 0; j < diff->to->materials_count; j++) {
            const Material *to = &diff->to->materials[j];
            if (!str_eq(from->id, to->id)) {
                continue;
            }
            diff_changed(diff, SUBJECT_MATERIAL, from->id, "when",
                         from->when_field == ID_NONE ? STR_NONE : from->when_value,
                         to->when_field == ID_NONE ? STR_NONE : to->when_value);
            diff_changed(diff, SUBJECT_MATERIAL, from->id, "optional",
                         from->optional ? STR("true") : STR_NONE,
                         to->optional ? STR("true") : STR_NONE);
            moved_one(diff, SUBJECT_MATERIAL, from->id, from->clause, to->clause);
        }
    }
}

static void compare_stages(Diff *diff)
{
    COMPARE(diff, SUBJECT_STAGE, stages);
    for (size_t i = 0; i < diff->from->stages_count; i++) {
        const Stage *from = &diff->from->stages[i];
        StageId id = edition_stage(diff->to, from->id);
        if (id != ID_NONE) {
            diff_moved(diff, SUBJECT_STAGE, from->id, &from->clause, &diff->to->stages[id].clause);
        }
    }
}

static void compare_notices(Diff *diff)
{
    COMPARE(diff, SUBJECT_NOTICE, notices);
    for (size_t i = 0; i < diff->from->notices_count; i++) {
        for (size_t j = 0; j < diff->to->notices_count; j++) {
            const NoticeKind *from = &diff->from->notices[i], *to = &diff->to->notices[j];
            if (str_eq(from->id, to->id)) {
                diff_changed(diff, SUBJECT_NOTICE, from->id, "to", from->to, to->to);
                diff_moved(diff, SUBJECT_NOTICE, from->id, &from->clause, &to->clause);
            }
        }
    }
}

static Str force_text(Diff *diff, const Edition *edition)
{
    Buf buf = {0};
    if (edition->from != DAY_NONE) {
        buf_put_day(&buf, edition->from);
        buf_put(&buf, STR(" – "));
        if (edition->until != DAY_LAST) {
            buf_put_day(&buf, edition->until - 1);
        }
    }
    return diff_kept(diff, &buf);
}

const Change *editiondiff(Arena *arena, const Edition *from, const Edition *to, size_t *ret_count)
{
    Diff diff = {.arena = arena, .from = from, .to = to};
    diff_changed(&diff, SUBJECT_FORCE, STR("in_force"), NULL, force_text(&diff, from),
                 force_text(&diff, to));
    diff_changed(&diff, SUBJECT_COUNTING, STR("first_day"), NULL,
                 from->first_day_counted ? STR("counted") : STR("not_counted"),
                 to->first_day_counted ? STR("counted") : STR("not_counted"));
    COMPARE(&diff, SUBJECT_ROLE, roles);
    compare_recipients(&diff);
    compare_lists(&diff, SUBJECT_GROUND, "grounds");
    compare_lists(&diff, SUBJECT_TRIGGER, "triggers");
    compare_materials(&diff);
    compare_lists(&diff, SUBJECT_FACTOR, "factors");
    compare_lists(&diff, SUBJECT_CATEGORY, "categories");
    compare_lists(&diff, SUBJECT_COMMITMENT, "commitments");
    compare_lists(&diff, SUBJECT_METHOD, "methods");
    compare_stages(&diff);
    compare_clocks(&diff);
    COMPARE(&diff, SUBJECT_DUTY, duties);
    diff_duties(&diff);
    COMPARE(&diff, SUBJECT_ACT, acts);
    diff_acts(&diff);
    compare_lists(&diff, SUBJECT_FINDING, "findings");
    compare_ids(&diff, SUBJECT_OUTCOME, from->outcomes, from->outcomes_count, to->outcomes,
                to->outcomes_count);
    compare_notices(&diff);
    COMPARE(&diff, SUBJECT_POLICY, policies);
    *ret_count = diff.count;
    return diff.changes;
}
