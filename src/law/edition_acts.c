/* edition_acts.c: acts, their branches and guards. Keys of a branch are added to the act's; an act
 * without `branches` is one branch. Acts refer to each other, so their ids are read first. */
#include <assert.h>

#include "reading.h"

static const char *const branch_keys[] = {
    "in",      "opens",   "to",     "when",  "needs", "warns",   "asks",
    "at_most", "starts",  "stops",  "voids", "moots", "extends", "imposes",
    "fulfils", "lifts",   "outcome", "notice", "clause", NULL};
static const char *const act_keys[] = {
    "by",    "may_ask", "branches", "in",      "opens",   "to",    "when",    "needs",  "warns",
    "asks",  "at_most", "starts",   "stops",   "voids",   "moots", "extends", "imposes", "fulfils",
    "lifts", "outcome", "notice",   "clause",  "two_persons", NULL};

static void read_equals(Reading *reading, const Node *map, Equal *equals, size_t max,
                        uint8_t *ret_count)
{
    if (!map || map->kind != NODE_MAP || map->count == 0) {
        reading_fault(reading, map, WORD_LAW_WANTS_MAP, STR("when"), STR_NONE);
        return;
    }
    for (size_t i = 0; i < map->count; i++) {
        if (*ret_count == max) {
            reading_fault(reading, &map->keys[i], WORD_LAW_TOO_MANY, STR("when"), STR_NONE);
            return;
        }
        Equal *equal = &equals[*ret_count];
        if (map->items[i].kind != NODE_SCALAR) {
            reading_fault(reading, &map->items[i], WORD_LAW_WANTS_IDS, STR_NONE, STR_NONE);
        } else if (reading_ref(reading, &map->keys[i], map->keys[i].text, &equal->ref)) {
            equal->value = map->items[i].text;
            (*ret_count)++;
            bool yes;
            if (equal->ref.kind == REF_PURCHASE && !node_yes_no(&map->items[i], &yes)) {
                reading_fault(reading, &map->items[i], WORD_LAW_WANTS_YES_NO, equal->ref.key,
                              STR_NONE);
            }
        }
    }
}

static void read_guard_object(Reading *reading, const Node *object, Guard *guard)
{
    switch (guard->kind) {
    case GUARD_COMPLETE:
        guard->object = node_text(object);
        if (!(str_is(guard->object, "materials") || str_is(guard->object, "commitments")) ||
            !node_get(reading->review, str_is(guard->object, "materials") ? "materials"
                                                                          : "commitments")) {
            reading_fault(reading, object, WORD_LAW_UNKNOWN_LIST, guard->object, STR_NONE);
        }
        return;
    case GUARD_DONE:
    case GUARD_OPENED_BY:
        guard->acts = reading_acts(reading, object);
        return;
    case GUARD_NONE_OPEN:
    case GUARD_ANSWERED:
    case GUARD_AGREED:
    case GUARD_DISAGREED:
        guard->duty = reading_duty(reading, object);
        return;
    case GUARD_IN_TIME:
        guard->clock = reading_clock(reading, object);
        return;
    case GUARD_ON_REGISTER:
        if (!object || object->kind != NODE_MAP || object->count != 1 ||
            !str_is(object->keys[0].text, "accredited")) {
            reading_fault(reading, object, WORD_LAW_BAD_REGISTER, STR_NONE, STR_NONE);
            return;
        }
        guard->object = object->keys[0].text;
        reading_ref(reading, &object->items[0], node_text(&object->items[0]), &guard->ref);
        return;
    case GUARD_GIVEN:
    case GUARD_ANY_GIVEN: {
        Equal *equals = ARENA_MANY(reading->arena, Equal, EDITION_WHEN_MAX);
        read_equals(reading, object, equals, EDITION_WHEN_MAX, &guard->equals_count);
        guard->equals = equals;
        return;
    }
    }
}

static bool read_guard(Reading *reading, const Node *node, Guard *guard)
{
    static const char *const words[] = {"complete", "done", "opened_by", "none_open", "answered",
                                        "agreed", "disagreed", "in_time", "on_register", "given",
                                        "any_given"};
    enum { WORDS = sizeof words / sizeof words[0] };
    *guard = (Guard){.duty = ID_NONE, .clock = ID_NONE, .node = node};
    const Node *object = NULL;
    if (node->kind != NODE_MAP) {
        reading_fault(reading, node, WORD_LAW_BAD_GUARD, node_text(node), STR_NONE);
        return false;
    }
    for (size_t i = 0; i < node->count; i++) {
        Str key = node->keys[i].text;
        if (str_is(key, "clause")) {
            guard->clause = reading_clause(reading, node, &node->keys[i]);
            continue;
        }
        size_t kind = 0;
        while (kind < WORDS && !str_is(key, words[kind])) {
            kind++;
        }
        if (kind == WORDS || object) {
            Str known[WORDS];
            for (size_t j = 0; j < WORDS; j++) {
                known[j] = str_from(words[j]);
            }
            reading_unknown(reading, &node->keys[i], WORD_LAW_UNKNOWN_GUARD, known, WORDS);
            return false;
        }
        object = &node->items[i];
        guard->kind = (GuardKind)kind;
    }
    if (!object) {
        reading_fault(reading, node, WORD_LAW_BAD_GUARD, STR_NONE, STR_NONE);
        return false;
    }
    read_guard_object(reading, object, guard);
    return true;
}

static void read_guards(Reading *reading, const Node *node, Guard *guards, uint8_t *count)
{
    if (!node) {
        return;
    }
    if (node->kind != NODE_LIST) {
        reading_fault(reading, node, WORD_LAW_BAD_GUARD, node_text(node), STR_NONE);
        return;
    }
    for (size_t i = 0; i < node->count; i++) {
        if (*count == EDITION_GUARDS_MAX) {
            reading_fault(reading, &node->items[i], WORD_LAW_TOO_MANY, STR("needs"), STR_NONE);
            return;
        }
        if (read_guard(reading, &node->items[i], &guards[*count])) {
            (*count)++;
        }
    }
}

static void read_outcome(Reading *reading, const Node *node, Branch *branch)
{
    Str text = node_text(node);
    for (size_t i = 0; i < reading->edition->outcomes_count; i++) {
        if (str_eq(reading->edition->outcomes[i], text)) {
            branch->outcome_kind = OUTCOME_WORD;
            branch->outcome = text;
            return;
        }
    }
    if (str_find(text, '.') == text.len) {
        reading_unknown(reading, node, WORD_LAW_UNKNOWN_OUTCOME, reading->edition->outcomes,
                        reading->edition->outcomes_count);
    } else if (reading_ref(reading, node, text, &branch->outcome_ref)) {
        branch->outcome_kind = OUTCOME_REF;
    }
}

static void read_extends(Reading *reading, const Node *node, Extension *extends)
{
    if (node->kind != NODE_MAP || node->count != 1) {
        reading_fault(reading, node, WORD_LAW_BAD_EXTENDS, STR_NONE, STR_NONE);
        return;
    }
    int64_t days;
    extends->clock = reading_clock(reading, &node->keys[0]);
    if (node_int(&node->items[0], &days)) {
        extends->days = (int)days;
        if (days < 1 || days > EXTENSION_DAYS_MAX) {
            reading_fault(reading, &node->items[0], WORD_LAW_BAD_DAYS, node->keys[0].text,
                          STR_NONE);
        }
    } else {
        extends->field = reading_with(reading, &node->items[0]);
    }
}

static void read_notice(Reading *reading, const Node *node, Branch *branch)
{
    const Edition *edition = reading->edition;
    for (size_t i = 0; i < node_many(node); i++) {
        const Node *item = node_nth(node, i);
        size_t at = 0;
        while (at < edition->notices_count && !str_eq(edition->notices[at].id, node_text(item))) {
            at++;
        }
        if (at == edition->notices_count) {
            reading_fault(reading, item, WORD_LAW_UNKNOWN_NOTICE, node_text(item), STR_NONE);
        } else if (branch->notices_count == sizeof branch->notices) {
            reading_fault(reading, item, WORD_LAW_TOO_MANY, STR("notice"), STR_NONE);
        } else {
            branch->notices[branch->notices_count++] = (uint8_t)at;
        }
    }
}

/* Adds what one map (the act's own, then the branch's) says to the branch. */
static void read_effects(Reading *reading, const Node *map, Branch *branch)
{
    const Node *node;
    int64_t times;
    branch->in |= reading_stages(reading, node_get(map, "in"));
    if ((node = node_get(map, "opens"))) {
        branch->opens = reading_stage(reading, node);
    }
    if ((node = node_get(map, "to"))) {
        branch->to = reading_stage(reading, node);
    }
    if ((node = node_get(map, "when"))) {
        read_equals(reading, node, branch->when, EDITION_WHEN_MAX, &branch->when_count);
    }
    if ((node = node_get(map, "at_most"))) {
        if (node_int(node, &times) && times > 0 && times < 1000) {
            branch->at_most = (int)times;
        } else {
            reading_fault(reading, node, WORD_LAW_BAD_TIMES, node_text(node), STR_NONE);
        }
    }
    read_guards(reading, node_get(map, "needs"), branch->needs, &branch->needs_count);
    read_guards(reading, node_get(map, "warns"), branch->warns, &branch->warns_count);
    branch->asks |= reading_fields(reading, node_get(map, "asks"));
    branch->starts |= reading_clocks(reading, node_get(map, "starts"));
    branch->stops |= reading_clocks(reading, node_get(map, "stops"));
    branch->voids |= reading_clocks(reading, node_get(map, "voids"));
    node = node_get(map, "moots");
    branch->moots |= str_is(node_text(node), "all") ? UINT32_MAX : reading_clocks(reading, node);
    if ((node = node_get(map, "extends"))) {
        read_extends(reading, node, &branch->extends);
    }
    if ((node = node_get(map, "imposes"))) {
        branch->imposes = reading_duty(reading, node);
    }
    branch->fulfils |= reading_duties(reading, node_get(map, "fulfils"));
    branch->lifts |= reading_duties(reading, node_get(map, "lifts"));
    if ((node = node_get(map, "outcome"))) {
        read_outcome(reading, node, branch);
    }
    read_notice(reading, node_get(map, "notice"), branch);
}

static void read_branch(Reading *reading, const Node *act, const Node *own, Branch *branch)
{
    *branch = (Branch){.opens = ID_NONE, .to = ID_NONE, .imposes = ID_NONE,
                       .extends = {.clock = ID_NONE, .field = ID_NONE}, .node = own ? own : act};
    read_effects(reading, act, branch);
    if (own) {
        reading_keys(reading, own, branch_keys);
        read_effects(reading, own, branch);
        if (node_get(own, "clause")) {
            branch->clause = reading_clause(reading, own, own);
        }
    }
    if (branch->in == 0 && branch->opens == ID_NONE) {
        reading_fault(reading, branch->node, WORD_LAW_NO_PLACE, STR_NONE, STR_NONE);
    }
}

/* What may be given beside what must. A field that every branch must be given may not stand
 * here. */
static void read_may_ask(Reading *reading, const Node *node, ActKind *act)
{
    act->fields |= reading_fields(reading, node);
    for (size_t i = 0; i < node_many(node); i++) {
        FieldId field = edition_field(reading->edition, node_text(node_nth(node, i)));
        bool asked = field != ID_NONE && act->branches_count > 0;
        for (uint8_t j = 0; asked && j < act->branches_count; j++) {
            asked = act->branches[j].asks >> field & 1;
        }
        if (asked) {
            reading_fault(reading, node_nth(node, i), WORD_LAW_ASKED_TWICE,
                          node_text(node_nth(node, i)), STR_NONE);
        }
    }
}

static void read_act(Reading *reading, const Node *key, const Node *node, ActKind *act)
{
    const Node *by = node_get(node, "by"), *branches = node_get(node, "branches");
    act->node = key;
    if (node->kind != NODE_MAP) {
        reading_fault(reading, node, WORD_LAW_WANTS_MAP, key->text, STR_NONE);
        return;
    }
    reading_keys(reading, node, act_keys);
    reading_cites(reading, node, key, &act->clause);
    act->by_addressee = str_is(node_text(by), "addressee");
    const Node *two = node_get(node, "two_persons");
    act->two_persons = two ? reading_clause(reading, two, two) : STR_NONE;
    if (node_many(by) == 0) {
        reading_fault(reading, key, WORD_LAW_MISSING, STR("by"), STR_NONE);
    } else if (!act->by_addressee) {
        act->by = reading_roles(reading, by);
    }
    size_t count = branches ? branches->count : 1;
    if (branches && (branches->kind != NODE_LIST || count == 0 || count > EDITION_BRANCHES_MAX)) {
        reading_fault(reading, branches, WORD_LAW_BAD_BRANCHES, STR_NONE, STR_NONE);
        count = 0;
    }
    Branch *all = ARENA_MANY(reading->arena, Branch, count ? count : 1);
    for (size_t i = 0; i < count; i++) {
        read_branch(reading, node, branches ? &branches->items[i] : NULL, &all[i]);
        act->fields |= all[i].asks;
    }
    act->branches = all;
    act->branches_count = (uint8_t)count;
    read_may_ask(reading, node_get(node, "may_ask"), act);
}

void reading_all_acts(Reading *reading, const Node *node)
{
    if (!node || node->kind != NODE_MAP || node->count > EDITION_ACTS_MAX) {
        reading_fault(reading, node ? node : reading->review, WORD_LAW_MISSING, STR("acts"),
                      STR_NONE);
        return;
    }
    ActKind *acts = ARENA_MANY(reading->arena, ActKind, node->count);
    reading_ids(reading, node->keys, node->count);
    for (size_t i = 0; i < node->count; i++) {
        acts[i].id = node->keys[i].text;
    }
    reading->edition->acts = acts;
    reading->edition->acts_count = node->count;
    for (size_t i = 0; i < node->count; i++) {
        read_act(reading, &node->keys[i], &node->items[i], &acts[i]);
    }
}
