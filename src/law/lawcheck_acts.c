/* lawcheck_acts.c: acts: can each be done where it says, do its conditions ask something, are its
 * branches told apart, does what it refers to exist when it is asked. */
#include "lawcheck_inside.h"

static void check_guards(Checking *checking, const Guard *guards, uint8_t count, uint8_t held,
                         uint8_t failed, bool *never)
{
    for (uint8_t i = 0; i < count; i++) {
        if (!(held >> i & 1)) {
            *never = true;
            check_fault(checking, guards[i].node, WORD_CHECK_GUARD_NEVER, STR_NONE, STR_NONE);
        } else if (!(failed >> i & 1)) {
            check_fault(checking, guards[i].node, WORD_CHECK_GUARD_ALWAYS, STR_NONE, STR_NONE);
        }
    }
}

static void check_done(Checking *checking, const Walk *walk, size_t act, const Branch *branch,
                       const BranchSeen *seen)
{
    const Edition *edition = checking->edition;
    bool never = false;
    if (!seen->visited) {
        return;   /* its stages are told as unreached */
    }
    check_guards(checking, branch->needs, branch->needs_count, seen->held, seen->failed, &never);
    check_guards(checking, branch->warns, branch->warns_count, seen->warn_held, seen->warn_failed,
                 &never);
    if (!seen->done && !never) {
        check_fault(checking, branch->node, WORD_CHECK_BRANCH_NEVER, edition->acts[act].id,
                    STR_NONE);
    }
    for (size_t s = 0; seen->done && s < edition->stages_count; s++) {
        if ((branch->in & walk->reached & ~seen->done_in) >> s & 1) {
            check_fault(checking, check_word_id(checking, act, branch, "in",
                                                edition->stages[s].id),
                        WORD_CHECK_NOT_DONE_HERE, edition->acts[act].id, edition->stages[s].id);
        }
    }
    if (seen->unsaid) {
        check_fault(checking, check_word(checking, act, branch, "outcome"),
                    WORD_CHECK_OUTCOME_UNSAID, edition->acts[act].id,
                    edition->acts[branch->outcome_ref.act].id);
    }
}

static bool acts_on_something(const Branch *branch)
{
    return branch->to != ID_NONE || branch->opens != ID_NONE || branch->starts ||
           branch->stops || branch->voids || branch->moots || branch->fulfils ||
           branch->lifts || branch->imposes != ID_NONE || branch->extends.clock != ID_NONE ||
           branch->outcome_kind != OUTCOME_NONE;
}

static bool named_by_done(const Edition *edition, size_t act)
{
    for (size_t i = 0; i < edition->acts_count; i++) {
        for (uint8_t j = 0; j < edition->acts[i].branches_count; j++) {
            const Branch *branch = &edition->acts[i].branches[j];
            for (uint8_t k = 0; k < branch->needs_count; k++) {
                if (branch->needs[k].kind == GUARD_DONE && (branch->needs[k].acts >> act & 1)) {
                    return true;
                }
            }
        }
    }
    return false;
}

/* Conditions before an act that then changes nothing: something was forgotten. */
static void check_idle_act(Checking *checking, size_t act, const Branch *branch)
{
    if ((branch->needs_count || branch->at_most) && !acts_on_something(branch) &&
        !named_by_done(checking->edition, act)) {
        check_fault(checking, branch->node, WORD_CHECK_ACT_IDLE,
                    checking->edition->acts[act].id, STR_NONE);
    }
}

static bool notice_sent(const Edition *edition, size_t notice)
{
    for (size_t i = 0; i < edition->acts_count; i++) {
        for (uint8_t j = 0; j < edition->acts[i].branches_count; j++) {
            const Branch *branch = &edition->acts[i].branches[j];
            for (uint8_t k = 0; k < branch->notices_count; k++) {
                if (branch->notices[k] == notice) {
                    return true;
                }
            }
        }
    }
    return false;
}

/* A notice to with.F goes to whom the sending act names: the act must take the field. */
static void check_notice_sent(Checking *checking, size_t act, const Branch *branch)
{
    const Edition *edition = checking->edition;
    for (uint8_t k = 0; k < branch->notices_count; k++) {
        const NoticeKind *notice = &edition->notices[branch->notices[k]];
        Str with = STR("with.");
        if (!str_starts(notice->to, with)) {
            continue;
        }
        FieldId field = edition_field(edition, str_part(notice->to, with.len, notice->to.len));
        if (field != ID_NONE && !(edition->acts[act].fields >> field & 1)) {
            check_fault(checking, check_word_id(checking, act, branch, "notice", notice->id),
                        WORD_CHECK_NAME_NOT_TAKEN, edition->acts[act].id,
                        edition->fields[field].id);
        }
    }
}

/* A list of what must be complete is asked for somewhere, and by acts that somebody gives it in. */
static void check_list_checked(Checking *checking, const char *name)
{
    const Edition *edition = checking->edition;
    const Node *list = node_get(checking->review, name);
    FieldId field = edition_field(edition, str_from(name));
    bool given = false, checked = false;
    for (size_t i = 0; list && i < edition->acts_count; i++) {
        given |= field != ID_NONE && (edition->acts[i].fields >> field & 1);
        for (uint8_t j = 0; j < edition->acts[i].branches_count; j++) {
            const Branch *branch = &edition->acts[i].branches[j];
            for (uint8_t k = 0; k < branch->needs_count + branch->warns_count; k++) {
                const Guard *guard = k < branch->needs_count
                                         ? &branch->needs[k]
                                         : &branch->warns[k - branch->needs_count];
                checked |= guard->kind == GUARD_COMPLETE && str_is(guard->object, name);
            }
        }
    }
    if (list && list->count && !checked) {
        check_fault(checking, list, WORD_CHECK_LIST_UNCHECKED, str_from(name), STR_NONE);
    }
    if (list && checked && !given) {
        check_fault(checking, list, WORD_CHECK_LIST_UNGIVEN, str_from(name), STR_NONE);
    }
}

/* What a field of another act is worth: that act must always give it. */
static void check_given(Checking *checking, const Ref *ref, const Node *node)
{
    const Edition *edition = checking->edition;
    if (ref->kind != REF_ACT) {
        return;
    }
    const ActKind *act = &edition->acts[ref->act];
    for (uint8_t j = 0; j < act->branches_count; j++) {
        if (!(act->branches[j].asks >> ref->field & 1) &&
            edition->fields[ref->field].fallback.len == 0) {
            check_fault(checking, node, WORD_CHECK_NOT_GIVEN, act->id,
                        edition->fields[ref->field].id);
            return;
        }
    }
}

static void check_outcome_ref(Checking *checking, size_t act, const Branch *branch)
{
    const Edition *edition = checking->edition;
    const Node *node = check_word(checking, act, branch, "outcome");
    const Ref *ref = &branch->outcome_ref;
    if (branch->outcome_kind != OUTCOME_REF) {
        return;
    }
    if (ref->kind == REF_PURCHASE || edition->fields[ref->field].kind != FIELD_ONE_OF) {
        check_fault(checking, node, WORD_CHECK_OUTCOME_KIND, node_text(node), STR_NONE);
        return;
    }
    const Field *field = &edition->fields[ref->field];
    for (size_t i = 0; i < field->values_count; i++) {
        bool known = false;
        for (size_t j = 0; j < edition->outcomes_count; j++) {
            known |= str_eq(edition->outcomes[j], field->values[i]);
        }
        if (!known) {
            check_fault(checking, node, WORD_CHECK_OUTCOME_VALUE, field->values[i], field->id);
        }
    }
    check_given(checking, ref, node);
    if (ref->kind == REF_WITH && !(branch->asks >> ref->field & 1)) {
        check_fault(checking, node, WORD_CHECK_NOT_ASKED, edition->acts[act].id, field->id);
    }
}

/* Values that a field or fact is compared with. */
static void check_equal(Checking *checking, const Equal *equal, const Node *node)
{
    const Edition *edition = checking->edition;
    bool yes_no = str_is(equal->value, "true") || str_is(equal->value, "false");
    if (equal->ref.kind == REF_PURCHASE) {
        return;   /* told when it was read */
    }
    const Field *field = &edition->fields[equal->ref.field];
    bool fits = field->kind == FIELD_YES_NO && yes_no;
    for (size_t i = 0; field->kind == FIELD_ONE_OF && i < field->values_count; i++) {
        fits |= str_eq(field->values[i], equal->value);
    }
    if (!fits) {
        check_fault(checking, node, WORD_CHECK_EQUAL_VALUE, equal->value, field->id);
    }
    check_given(checking, &equal->ref, node);
}

static const Node *equal_node(const Node *map, size_t i)
{
    return map && map->kind == NODE_MAP && i < map->count ? &map->items[i] : map;
}

static void check_refs(Checking *checking, size_t act, const Branch *branch)
{
    const Edition *edition = checking->edition;
    const Node *when = check_word(checking, act, branch, "when");
    for (uint8_t i = 0; i < branch->when_count; i++) {
        const Equal *equal = &branch->when[i];
        const Node *node = equal_node(when, i);
        check_equal(checking, equal, node);
        if (equal->ref.kind == REF_WITH && !(branch->asks >> equal->ref.field & 1) &&
            edition->fields[equal->ref.field].fallback.len == 0) {
            check_fault(checking, node, WORD_CHECK_NOT_ASKED, edition->acts[act].id,
                        edition->fields[equal->ref.field].id);
        }
    }
    for (uint8_t k = 0; k < branch->needs_count + branch->warns_count; k++) {
        const Guard *guard = k < branch->needs_count ? &branch->needs[k]
                                                     : &branch->warns[k - branch->needs_count];
        const char *word = guard->kind == GUARD_GIVEN ? "given" : "any_given";
        for (uint8_t i = 0; i < guard->equals_count; i++) {
            check_equal(checking, &guard->equals[i], equal_node(node_get(guard->node, word), i));
        }
        if (guard->kind == GUARD_ON_REGISTER && guard->ref.kind == REF_WITH &&
            !(branch->asks >> guard->ref.field & 1)) {
            check_fault(checking, guard->node, WORD_CHECK_NOT_ASKED, edition->acts[act].id,
                        edition->fields[guard->ref.field].id);
        }
    }
    const Extension *extends = &branch->extends;
    if (extends->clock != ID_NONE && extends->days == 0 && extends->field != ID_NONE) {
        const Node *node = check_word(checking, act, branch, "extends");
        if (!(branch->asks >> extends->field & 1)) {
            check_fault(checking, node, WORD_CHECK_NOT_ASKED, edition->acts[act].id,
                        edition->fields[extends->field].id);
        }
        if (edition->fields[extends->field].kind != FIELD_WHOLE_NUMBER) {
            check_fault(checking, node, WORD_CHECK_EXTENDS_KIND,
                        edition->fields[extends->field].id, STR_NONE);
        }
    }
}

void check_acts(Checking *checking, const Walk *walk)
{
    const Edition *edition = checking->edition;
    for (size_t i = 0; i < edition->acts_count; i++) {
        for (uint8_t j = 0; j < edition->acts[i].branches_count; j++) {
            const Branch *branch = &edition->acts[i].branches[j];
            check_done(checking, walk, i, branch, &walk->seen[i][j]);
            check_idle_act(checking, i, branch);
            check_refs(checking, i, branch);
            check_outcome_ref(checking, i, branch);
            check_notice_sent(checking, i, branch);
        }
    }
    const Node *notices = node_get(checking->review, "notices");
    for (size_t i = 0; i < edition->notices_count; i++) {
        if (!notice_sent(edition, i)) {
            check_fault(checking, &notices->keys[i], WORD_CHECK_NOTICE_UNSENT,
                        edition->notices[i].id, STR_NONE);
        }
    }
    check_list_checked(checking, "materials");
    check_list_checked(checking, "commitments");
}
