/* editiondiff_rules.c: acts and duties that both editions have, word by word. */
#include "editiondiff.h"

static void separate(Buf *buf)
{
    buf_put(buf, buf->len ? STR(", ") : STR_NONE);
}

/* Is this item already in the list? Branches often say the same. */
static bool listed(const Buf *buf, Str item)
{
    Str rest = buf_str(buf);
    while (rest.len) {
        size_t comma = 0;
        while (comma < rest.len && !str_starts(str_part(rest, comma, rest.len), STR(", "))) {
            comma++;
        }
        if (str_eq(str_part(rest, 0, comma), item)) {
            return true;
        }
        rest = str_part(rest, comma + 2, rest.len);
    }
    return false;
}

static void put_item(Buf *buf, Str item)
{
    if (!listed(buf, item)) {
        separate(buf);
        buf_put(buf, item);
    }
}

/* Ids of the set bits: `list` is the first of `count` structs of `size` bytes whose first member is
 * their id. */
static void put_mask(Buf *buf, uint64_t mask, const void *list, size_t count, size_t size)
{
    for (size_t i = 0; i < count; i++) {
        if (mask >> i & 1) {
            put_item(buf, *(const Str *)(const void *)((const char *)list + i * size));
        }
    }
}

#define PUT_MASK(buf, mask, edition, list)                                                        \
    put_mask((buf), (mask), (edition)->list, (edition)->list##_count, sizeof *(edition)->list)

void ref_put(Buf *buf, const Edition *edition, const Ref *ref)
{
    if (ref->kind == REF_PURCHASE) {
        buf_put(buf, STR("purchase."));
        buf_put(buf, ref->key);
        return;
    }
    if (ref->kind == REF_ACT) {
        buf_put(buf, edition->acts[ref->act].id);
        buf_put_byte(buf, '.');
    }
    buf_put(buf, edition->fields[ref->field].id);
}

void guard_put(Buf *buf, const Edition *edition, const Guard *guard)
{
    static const char *const words[] = {"complete", "done", "opened_by", "none_open", "answered",
                                        "agreed", "disagreed", "in_time", "on_register", "given",
                                        "any_given"};
    buf_put(buf, str_from(words[guard->kind]));
    for (size_t i = 0; i < edition->acts_count; i++) {
        if (guard->acts >> i & 1) {
            buf_put_byte(buf, ' ');
            buf_put(buf, edition->acts[i].id);
        }
    }
    if (guard->kind == GUARD_COMPLETE) {
        buf_put_byte(buf, ' ');
        buf_put(buf, guard->object);
    } else if (guard->kind == GUARD_IN_TIME) {
        buf_put_byte(buf, ' ');
        buf_put(buf, edition->clocks[guard->clock].id);
    } else if (guard->kind == GUARD_ON_REGISTER) {
        buf_put_byte(buf, ' ');
        ref_put(buf, edition, &guard->ref);
    } else if (guard->duty != ID_NONE) {
        buf_put_byte(buf, ' ');
        buf_put(buf, edition->duties[guard->duty].id);
    }
    for (uint8_t i = 0; i < guard->equals_count; i++) {
        buf_put_byte(buf, ' ');
        ref_put(buf, edition, &guard->equals[i].ref);
        buf_put_byte(buf, '=');
        buf_put(buf, guard->equals[i].value);
    }
}

static void put_guard(Buf *buf, const Edition *edition, const Guard *guard)
{
    Buf item = {0};
    guard_put(&item, edition, guard);
    put_item(buf, buf_str(&item));
    buf_done(&item);
}

static void put_outcome(Buf *buf, const Edition *edition, const Branch *branch)
{
    Buf item = {0};
    if (branch->outcome_kind == OUTCOME_WORD) {
        buf_put(&item, branch->outcome);
    } else if (branch->outcome_kind == OUTCOME_REF) {
        ref_put(&item, edition, &branch->outcome_ref);
    }
    if (item.len) {
        put_item(buf, buf_str(&item));
    }
    buf_done(&item);
}

static void put_extension(Buf *buf, const Edition *edition, const Branch *branch)
{
    if (branch->extends.clock == ID_NONE) {
        return;
    }
    Buf item = {0};
    buf_put(&item, edition->clocks[branch->extends.clock].id);
    buf_put_byte(&item, ' ');
    if (branch->extends.days) {
        buf_put_int(&item, branch->extends.days);
    } else {
        buf_put(&item, edition->fields[branch->extends.field].id);
    }
    put_item(buf, buf_str(&item));
    buf_done(&item);
}

static void put_times(Buf *buf, const Branch *branch)
{
    if (branch->at_most) {
        Buf item = {0};
        buf_put_int(&item, branch->at_most);
        put_item(buf, buf_str(&item));
        buf_done(&item);
    }
}

const char *const branch_words[BRANCH_WORDS] = {
    "in", "opens", "to", "asks", "needs", "warns", "at_most", "stops", "voids", "moots", "fulfils",
    "lifts", "extends", "outcome", "starts", "imposes", "notice"};

void branch_put(Buf lists[BRANCH_WORDS], const Edition *edition, const Branch *branch)
{
    uint64_t one = 1;
    uint64_t opens = branch->opens == ID_NONE ? 0 : one << branch->opens;
    uint64_t to = branch->to == ID_NONE ? 0 : one << branch->to;
    uint64_t imposes = branch->imposes == ID_NONE ? 0 : one << branch->imposes;
    PUT_MASK(&lists[0], branch->in, edition, stages);
    PUT_MASK(&lists[1], opens, edition, stages);
    PUT_MASK(&lists[2], to, edition, stages);
    PUT_MASK(&lists[3], branch->asks, edition, fields);
    for (uint8_t i = 0; i < branch->needs_count; i++) {
        put_guard(&lists[4], edition, &branch->needs[i]);
    }
    for (uint8_t i = 0; i < branch->warns_count; i++) {
        put_guard(&lists[5], edition, &branch->warns[i]);
    }
    put_times(&lists[6], branch);
    PUT_MASK(&lists[7], branch->stops, edition, clocks);
    PUT_MASK(&lists[8], branch->voids, edition, clocks);
    if (branch->moots == UINT32_MAX) {
        put_item(&lists[9], STR("all"));
    } else {
        PUT_MASK(&lists[9], branch->moots, edition, clocks);
    }
    PUT_MASK(&lists[10], branch->fulfils, edition, duties);
    PUT_MASK(&lists[11], branch->lifts, edition, duties);
    put_extension(&lists[12], edition, branch);
    put_outcome(&lists[13], edition, branch);
    PUT_MASK(&lists[14], branch->starts, edition, clocks);
    PUT_MASK(&lists[15], imposes, edition, duties);
    for (uint8_t i = 0; i < branch->notices_count; i++) {
        put_item(&lists[16], edition->notices[branch->notices[i]].id);
    }
}

static Str roles_of(Diff *diff, const Edition *edition, const ActKind *act)
{
    Buf buf = {0};
    if (act->by_addressee) {
        buf_put(&buf, STR("addressee"));
    }
    PUT_MASK(&buf, act->by, edition, roles);
    return diff_kept(diff, &buf);
}

static void diff_act(Diff *diff, const ActKind *from, const ActKind *to)
{
    Buf before[BRANCH_WORDS] = {0}, after[BRANCH_WORDS] = {0};
    for (uint8_t i = 0; i < from->branches_count; i++) {
        branch_put(before, diff->from, &from->branches[i]);
    }
    for (uint8_t i = 0; i < to->branches_count; i++) {
        branch_put(after, diff->to, &to->branches[i]);
    }
    diff_changed(diff, SUBJECT_ACT, from->id, "by", roles_of(diff, diff->from, from),
                 roles_of(diff, diff->to, to));
    for (int i = 0; i < BRANCH_WORDS; i++) {
        diff_changed(diff, SUBJECT_ACT, from->id, branch_words[i], diff_kept(diff, &before[i]),
                     diff_kept(diff, &after[i]));
    }
    diff_moved(diff, SUBJECT_ACT, from->id, &from->clause, &to->clause);
}

void diff_acts(Diff *diff)
{
    for (size_t i = 0; i < diff->from->acts_count; i++) {
        ActId id = edition_act(diff->to, diff->from->acts[i].id);
        if (id != ID_NONE) {
            diff_act(diff, &diff->from->acts[i], &diff->to->acts[id]);
        }
    }
}

static Str holds_of(Diff *diff, const Edition *edition, const DutyKind *duty)
{
    Buf buf = {0};
    PUT_MASK(&buf, duty->holds, edition, clocks);
    return diff_kept(diff, &buf);
}

static Str then_of(const DutyKind *duty)
{
    return !duty->holds ? STR_NONE : duty->restarts ? STR("restart") : STR("resume");
}

static Str clock_of(const Edition *edition, const DutyKind *duty)
{
    return duty->clock == ID_NONE ? STR_NONE : edition->clocks[duty->clock].id;
}

static Str addressee_of(const Edition *edition, const DutyKind *duty)
{
    return duty->of == OWED_BY_RECIPIENTS ? STR("recipients")
           : duty->of_field == ID_NONE    ? STR_NONE
                                          : edition->fields[duty->of_field].id;
}

void diff_duties(Diff *diff)
{
    for (size_t i = 0; i < diff->from->duties_count; i++) {
        const DutyKind *from = &diff->from->duties[i];
        DutyId id = edition_duty(diff->to, from->id);
        if (id == ID_NONE) {
            continue;
        }
        const DutyKind *to = &diff->to->duties[id];
        Cites cites[2] = {{{from->clause}, 1}, {{to->clause}, 1}};
        diff_changed(diff, SUBJECT_DUTY, from->id, "of", addressee_of(diff->from, from),
                     addressee_of(diff->to, to));
        diff_changed(diff, SUBJECT_DUTY, from->id, "clock", clock_of(diff->from, from),
                     clock_of(diff->to, to));
        diff_changed(diff, SUBJECT_DUTY, from->id, "holds", holds_of(diff, diff->from, from),
                     holds_of(diff, diff->to, to));
        diff_changed(diff, SUBJECT_DUTY, from->id, "then", then_of(from), then_of(to));
        diff_changed(diff, SUBJECT_DUTY, from->id, "silence",
                     from->silence_disagrees ? STR("disagreement") : STR_NONE,
                     to->silence_disagrees ? STR("disagreement") : STR_NONE);
        diff_moved(diff, SUBJECT_DUTY, from->id, &cites[0], &cites[1]);
    }
}
