/* editiondiff.c: matching by id, comparing what each thing says. Rules are compared as written
 * texts of ids, so that a clause number alone is told apart from a change in substance. */
#include "editiondiff.h"

typedef struct Diff {
    Arena *arena;
    const Edition *from, *to;
    Change *changes;
    size_t count, capacity;
} Diff;

const char *subject_id(Subject subject)
{
    static const char *const ids[] = {"in_force", "counting", "role", "recipient", "ground",
                                      "trigger", "material", "factor", "category", "commitment",
                                      "method", "stage", "clock", "duty", "act", "finding",
                                      "outcome", "notice"};
    return ids[subject];
}

static void add(Diff *diff, Change change)
{
    diff->changes = arena_grow(diff->arena, diff->changes, diff->count, &diff->capacity,
                               diff->count + 1, sizeof change);
    diff->changes[diff->count++] = change;
}

static void changed(Diff *diff, Subject subject, Str id, const char *what, Str before, Str after)
{
    if (!str_eq(before, after)) {
        add(diff, (Change){subject, CHANGE_CHANGED, id, what, before, after});
    }
}

static Str kept(Diff *diff, Buf *buf)
{
    Str text = str_copy(diff->arena, buf_str(buf));
    buf_clear(buf);
    return text;
}

static void separate(Buf *buf)
{
    buf_put(buf, buf->len ? STR(", ") : STR_NONE);
}

static Str cites_text(Diff *diff, const Cites *cites)
{
    Buf buf = {0};
    for (uint8_t i = 0; i < cites->count; i++) {
        separate(&buf);
        buf_put(&buf, cites->at[i]);
    }
    Str text = kept(diff, &buf);
    buf_done(&buf);
    return text;
}

static void moved(Diff *diff, Subject subject, Str id, Str before, Str after)
{
    if (!str_eq(before, after)) {
        add(diff, (Change){subject, CHANGE_MOVED, id, NULL, before, after});
    }
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
                add(diff, (Change){subject, side ? CHANGE_ADDED : CHANGE_REMOVED, mine[i], NULL,
                                   STR_NONE, STR_NONE});
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
                moved(diff, subject, from->items[i].id, from->items[i].clause,
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
        Buf buf = {0};
        for (size_t i = 0; i < sides[s]->recipients_count; i++) {
            buf_put_party(&buf, sides[s], sides[s]->recipients[i]);
            list[count++] = kept(diff, &buf);
        }
        if (sides[s]->recipients_department) {
            list[count++] = STR("department of sector");
        }
        buf_done(&buf);
        ids[s] = list;
        counts[s] = count;
    }
    compare_ids(diff, SUBJECT_RECIPIENT, ids[0], counts[0], ids[1], counts[1]);
}

static Str stages_text(Diff *diff, const Edition *edition, uint32_t stages)
{
    Buf buf = {0};
    for (size_t i = 0; i < edition->stages_count; i++) {
        if (stages >> i & 1) {
            separate(&buf);
            buf_put(&buf, edition->stages[i].id);
        }
    }
    Str text = kept(diff, &buf);
    buf_done(&buf);
    return text;
}

static void put_clocks(Buf *buf, const Edition *edition, uint32_t clocks, const char *what)
{
    for (size_t i = 0; clocks != UINT32_MAX && i < edition->clocks_count; i++) {
        if (clocks >> i & 1) {
            separate(buf);
            buf_print(buf, "%s %.*s", what, STR_ARG(edition->clocks[i].id));
        }
    }
}

static void put_duties(Buf *buf, const Edition *edition, uint32_t duties, const char *what)
{
    for (size_t i = 0; i < edition->duties_count; i++) {
        if (duties >> i & 1) {
            separate(buf);
            buf_print(buf, "%s %.*s", what, STR_ARG(edition->duties[i].id));
        }
    }
}

/* Everything that the branches of an act do, as one text of ids. */
static Str effects_text(Diff *diff, const Edition *edition, const ActKind *act)
{
    Buf buf = {0};
    for (uint8_t i = 0; i < act->branches_count; i++) {
        const Branch *branch = &act->branches[i];
        StageId next = branch->opens != ID_NONE ? branch->opens : branch->to;
        if (next != ID_NONE) {
            separate(&buf);
            buf_put(&buf, STR("→ "));
            buf_put(&buf, edition->stages[next].id);
        }
        put_clocks(&buf, edition, branch->starts, "starts");
        put_clocks(&buf, edition, branch->stops, "stops");
        put_clocks(&buf, edition, branch->voids, "voids");
        if (branch->extends.clock != ID_NONE) {
            separate(&buf);
            buf_print(&buf, "extends %.*s %d",
                      STR_ARG(edition->clocks[branch->extends.clock].id), branch->extends.days);
        }
        if (branch->imposes != ID_NONE) {
            put_duties(&buf, edition, UINT32_C(1) << branch->imposes, "imposes");
        }
        put_duties(&buf, edition, branch->fulfils, "answers");
        put_duties(&buf, edition, branch->lifts, "lifts");
        if (branch->outcome_kind == OUTCOME_WORD) {
            separate(&buf);
            buf_put(&buf, STR("outcome "));
            buf_put(&buf, branch->outcome);
        }
    }
    Str text = kept(diff, &buf);
    buf_done(&buf);
    return text;
}

static Str roles_text(Diff *diff, const Edition *edition, const ActKind *act)
{
    Buf buf = {0};
    for (size_t i = 0; i < edition->roles_count; i++) {
        if (act->by >> i & 1) {
            separate(&buf);
            buf_put(&buf, edition->roles[i].id);
        }
    }
    buf_put(&buf, act->by_addressee ? STR("addressee") : STR_NONE);
    Str text = kept(diff, &buf);
    buf_done(&buf);
    return text;
}

static void compare_acts(Diff *diff)
{
    COMPARE(diff, SUBJECT_ACT, acts);
    for (size_t i = 0; i < diff->from->acts_count; i++) {
        const ActKind *from = &diff->from->acts[i];
        ActId id = edition_act(diff->to, from->id);
        if (id == ID_NONE) {
            continue;
        }
        const ActKind *to = &diff->to->acts[id];
        uint32_t in[2] = {0, 0};
        for (uint8_t j = 0; j < from->branches_count; j++) {
            in[0] |= from->branches[j].in;
        }
        for (uint8_t j = 0; j < to->branches_count; j++) {
            in[1] |= to->branches[j].in;
        }
        size_t before = diff->count;
        changed(diff, SUBJECT_ACT, from->id, "by", roles_text(diff, diff->from, from),
                roles_text(diff, diff->to, to));
        changed(diff, SUBJECT_ACT, from->id, "in", stages_text(diff, diff->from, in[0]),
                stages_text(diff, diff->to, in[1]));
        changed(diff, SUBJECT_ACT, from->id, "effects", effects_text(diff, diff->from, from),
                effects_text(diff, diff->to, to));
        if (diff->count == before) {
            moved(diff, SUBJECT_ACT, from->id, cites_text(diff, &from->clause),
                  cites_text(diff, &to->clause));
        }
    }
}

static Str number_text(Diff *diff, int64_t number)
{
    Buf buf = {0};
    buf_put_int(&buf, number);
    Str text = kept(diff, &buf);
    buf_done(&buf);
    return text;
}

static void compare_clocks(Diff *diff)
{
    COMPARE(diff, SUBJECT_CLOCK, clocks);
    for (size_t i = 0; i < diff->from->clocks_count; i++) {
        const ClockKind *from = &diff->from->clocks[i];
        ClockId id = edition_clock(diff->to, from->id);
        if (id != ID_NONE) {
            const ClockKind *to = &diff->to->clocks[id];
            changed(diff, SUBJECT_CLOCK, from->id, "working_days",
                    number_text(diff, from->working_days), number_text(diff, to->working_days));
            moved(diff, SUBJECT_CLOCK, from->id, from->clause, to->clause);
        }
    }
}

static void compare_duties(Diff *diff)
{
    COMPARE(diff, SUBJECT_DUTY, duties);
    for (size_t i = 0; i < diff->from->duties_count; i++) {
        const DutyKind *from = &diff->from->duties[i];
        DutyId id = edition_duty(diff->to, from->id);
        if (id == ID_NONE) {
            continue;
        }
        const DutyKind *to = &diff->to->duties[id];
        changed(diff, SUBJECT_DUTY, from->id, "then",
                !from->holds ? STR("-") : from->restarts ? STR("restart") : STR("resume"),
                !to->holds ? STR("-") : to->restarts ? STR("restart") : STR("resume"));
        changed(diff, SUBJECT_DUTY, from->id, "silence",
                from->silence_disagrees ? STR("disagreement") : STR("-"),
                to->silence_disagrees ? STR("disagreement") : STR("-"));
        moved(diff, SUBJECT_DUTY, from->id, from->clause, to->clause);
    }
}

static void compare_materials(Diff *diff)
{
    COMPARE(diff, SUBJECT_MATERIAL, materials);
    for (size_t i = 0; i < diff->from->materials_count; i++) {
        const Material *from = &diff->from->materials[i];
        for (size_t j = 0; j < diff->to->materials_count; j++) {
            const Material *to = &diff->to->materials[j];
            if (str_eq(from->id, to->id)) {
                changed(diff, SUBJECT_MATERIAL, from->id, "when",
                        from->when_field == ID_NONE ? STR("-") : from->when_value,
                        to->when_field == ID_NONE ? STR("-") : to->when_value);
                moved(diff, SUBJECT_MATERIAL, from->id, from->clause, to->clause);
            }
        }
    }
}

static Str force_text(Diff *diff, const Edition *edition)
{
    Buf buf = {0};
    if (edition->from == DAY_NONE) {
        buf_put_byte(&buf, '-');
    } else {
        buf_put_day(&buf, edition->from);
        buf_put(&buf, STR(" – "));
        if (edition->until != DAY_LAST) {
            buf_put_day(&buf, edition->until - 1);
        }
    }
    Str text = kept(diff, &buf);
    buf_done(&buf);
    return text;
}

const Change *editiondiff(Arena *arena, const Edition *from, const Edition *to, size_t *ret_count)
{
    Diff diff = {.arena = arena, .from = from, .to = to};
    changed(&diff, SUBJECT_FORCE, STR("in_force"), NULL, force_text(&diff, from),
            force_text(&diff, to));
    changed(&diff, SUBJECT_COUNTING, STR("first_day"), NULL,
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
    COMPARE(&diff, SUBJECT_STAGE, stages);
    compare_clocks(&diff);
    compare_duties(&diff);
    compare_acts(&diff);
    compare_lists(&diff, SUBJECT_FINDING, "findings");
    compare_ids(&diff, SUBJECT_OUTCOME, from->outcomes, from->outcomes_count, to->outcomes,
                to->outcomes_count);
    COMPARE(&diff, SUBJECT_NOTICE, notices);
    *ret_count = diff.count;
    return diff.changes;
}
