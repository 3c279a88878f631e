/* lawcheck_duties.c: duties: laid and met, asked of somebody, answered with what is asked; rounds
 * of opinions with both exits; holds that hold something. */
#include "lawcheck_inside.h"

/* A value of the duty's own map, or its key. */
static const Node *duty_word(const Checking *checking, size_t duty, const char *word)
{
    const Node *duties = node_get(checking->review, "duties");
    const Node *node = node_get(&duties->items[duty], word);
    return node ? node : &duties->keys[duty];
}

typedef struct DutyUse {         /* over all branches */
    bool laid, answered;
    uint32_t agreed_in, disagreed_in;   /* stages with a guard of that kind */
    bool agreed_asked, disagreed_asked;
} DutyUse;

static void use_of_guards(const Branch *branch, DutyId duty, DutyUse *use)
{
    for (uint8_t i = 0; i < branch->needs_count; i++) {
        const Guard *guard = &branch->needs[i];
        if (guard->duty != duty) {
            continue;
        }
        use->agreed_in |= guard->kind == GUARD_AGREED ? branch->in : 0;
        use->disagreed_in |= guard->kind == GUARD_DISAGREED ? branch->in : 0;
        use->agreed_asked |= guard->kind == GUARD_AGREED;
        use->disagreed_asked |= guard->kind == GUARD_DISAGREED;
    }
}

static DutyUse duty_use(const Edition *edition, DutyId duty)
{
    DutyUse use = {0};
    for (size_t i = 0; i < edition->acts_count; i++) {
        for (uint8_t j = 0; j < edition->acts[i].branches_count; j++) {
            const Branch *branch = &edition->acts[i].branches[j];
            use.laid |= branch->imposes == duty;
            use.answered |= branch->fulfils >> duty & 1;
            use_of_guards(branch, duty, &use);
        }
    }
    return use;
}

/* Both ways out of a round: all agree, somebody does not. */
static void check_exits(Checking *checking, size_t i, const DutyUse *use)
{
    const Edition *edition = checking->edition;
    const DutyKind *duty = &edition->duties[i];
    uint32_t one_way = use->agreed_in ^ use->disagreed_in;
    for (size_t s = 0; s < edition->stages_count; s++) {
        if (one_way >> s & 1) {
            Word word = use->agreed_in >> s & 1 ? WORD_CHECK_DUTY_NO_DISAGREED
                                                : WORD_CHECK_DUTY_NO_AGREED;
            check_fault(checking, duty->node, word, duty->id, edition->stages[s].id);
        }
    }
    bool judged = use->agreed_asked || use->disagreed_asked;
    if (judged && duty->result == ID_NONE) {
        check_fault(checking, duty->node, WORD_CHECK_DUTY_NO_RESULT, duty->id, STR_NONE);
    }
    if (duty->result != ID_NONE && edition->fields[duty->result].kind != FIELD_YES_NO) {
        check_fault(checking, duty_word(checking, i, "result"), WORD_CHECK_RESULT_KIND,
                    edition->fields[duty->result].id, STR_NONE);
    }
    if (duty->clock != ID_NONE && duty->result != ID_NONE && !judged) {
        check_fault(checking, duty_word(checking, i, "result"), WORD_CHECK_RESULT_UNREAD,
                    duty->id, STR_NONE);
    }
    if (duty->silence_disagrees && (duty->clock == ID_NONE || !use->disagreed_asked)) {
        check_fault(checking, duty_word(checking, i, "silence"), WORD_CHECK_SILENCE_IDLE,
                    duty->id, STR_NONE);
    }
}

/* Who owes it: a field that the laying acts take, or the recipients. */
static void check_addressees(Checking *checking, size_t i)
{
    const Edition *edition = checking->edition;
    const DutyKind *duty = &edition->duties[i];
    const Node *of = duty_word(checking, i, "of");
    if (duty->of == OWED_BY_RECIPIENTS) {
        if (edition->recipient_roles == 0) {
            check_fault(checking, of, WORD_CHECK_NO_RECIPIENTS, duty->id, STR_NONE);
        }
        return;
    }
    const Field *field = &edition->fields[duty->of_field];
    if (field->kind != FIELD_PARTY && field->kind != FIELD_PARTIES) {
        check_fault(checking, of, WORD_CHECK_OF_KIND, duty->id, field->id);
    }
}

/* Acts that answer or lift one of several must be able to say which. */
static void check_names(Checking *checking, size_t act, const Branch *branch, size_t i)
{
    const Edition *edition = checking->edition;
    const DutyKind *duty = &edition->duties[i];
    const ActKind *kind = &edition->acts[act];
    bool lays = branch->imposes == i;
    const char *word = lays ? "imposes" : branch->fulfils >> i & 1 ? "fulfils" : "lifts";
    const Node *node = check_word_id(checking, act, branch, word, duty->id);
    if (duty->name != ID_NONE && !(kind->fields >> duty->name & 1)) {
        check_fault(checking, node, WORD_CHECK_NAME_NOT_TAKEN, kind->id,
                    edition->fields[duty->name].id);
    }
    if (lays && duty->of_field != ID_NONE && !(kind->fields >> duty->of_field & 1)) {
        check_fault(checking, node, WORD_CHECK_NAME_NOT_TAKEN, kind->id,
                    edition->fields[duty->of_field].id);
    }
    if ((branch->fulfils >> i & 1) && duty->result != ID_NONE &&
        !(branch->asks >> duty->result & 1)) {
        check_fault(checking, node, WORD_CHECK_RESULT_NOT_ASKED, kind->id,
                    edition->fields[duty->result].id);
    }
}

/* Where only the addressee answers, the act that lays the duty must name one. */
static void check_named(Checking *checking, size_t duty_at)
{
    const Edition *edition = checking->edition;
    const DutyKind *duty = &edition->duties[duty_at];
    bool by_addressee = false;
    for (size_t i = 0; i < edition->acts_count; i++) {
        for (uint8_t j = 0; j < edition->acts[i].branches_count; j++) {
            by_addressee |= edition->acts[i].by_addressee &&
                            (edition->acts[i].branches[j].fulfils >> duty_at & 1);
        }
    }
    for (size_t i = 0; by_addressee && i < edition->acts_count; i++) {
        for (uint8_t j = 0; j < edition->acts[i].branches_count; j++) {
            const Branch *branch = &edition->acts[i].branches[j];
            if (branch->imposes == duty_at && duty->of_field != ID_NONE &&
                !(branch->asks >> duty->of_field & 1)) {
                check_fault(checking, check_word(checking, i, branch, "imposes"),
                            WORD_CHECK_ADDRESSEE_UNNAMED, edition->acts[i].id,
                            edition->fields[duty->of_field].id);
            }
        }
    }
}

/* Can an act that answers the duty (or, with `lifts`, takes it back) be done in this stage? */
static bool may_close_in(const Edition *edition, const Walk *walk, size_t duty, size_t stage,
                         bool lifts)
{
    for (size_t i = 0; i < edition->acts_count; i++) {
        for (uint8_t j = 0; j < edition->acts[i].branches_count; j++) {
            const Branch *branch = &edition->acts[i].branches[j];
            uint32_t closes = lifts ? branch->lifts : branch->fulfils;
            if ((closes >> duty & 1) && (walk->seen[i][j].done_in >> stage & 1)) {
                return true;
            }
        }
    }
    return false;
}

/* Stages in which the duty may be open and a clock waits for it. */
static uint32_t waits_in(const Edition *edition, const Walk *walk, size_t duty)
{
    uint32_t stages = 0;
    for (size_t s = 0; s < walk->count; s++) {
        const State *state = &walk->states[s];
        bool waits = (state->clocks & edition->duties[duty].holds) ||
                     edition->duties[duty].clock != ID_NONE;
        if ((state->open >> duty & 1) && waits) {
            stages |= UINT32_C(1) << state->stage;
        }
    }
    return stages;
}

/* While a clock waits, somebody can answer; and what can be taken back in one stage, in all. */
static void check_bound(Checking *checking, const Walk *walk, size_t i)
{
    const Edition *edition = checking->edition;
    const DutyKind *duty = &edition->duties[i];
    uint32_t waits = waits_in(edition, walk, i), lifted = 0;
    for (size_t s = 0; s < edition->stages_count; s++) {
        lifted |= may_close_in(edition, walk, i, s, true) ? UINT32_C(1) << s : 0;
        if ((waits >> s & 1) && !may_close_in(edition, walk, i, s, false)) {
            check_fault(checking, duty->node, WORD_CHECK_DUTY_BOUND, duty->id,
                        edition->stages[s].id);
        }
    }
    uint32_t kept = duty->several && lifted ? waits & ~lifted : 0;
    if (kept) {
        check_note(checking, duty->node, WORD_CHECK_DUTY_KEPT, duty->id,
                   edition->stages[__builtin_ctz(kept)].id);
    }
}

/* A hold that is carried into another stage: the duty stays open when the matter moves on. */
static void check_carried(Checking *checking, const Walk *walk, size_t act, uint8_t at)
{
    const Edition *edition = checking->edition;
    const Branch *branch = &edition->acts[act].branches[at];
    if (branch->to == ID_NONE || edition->stages[branch->to].final) {
        return;
    }
    for (size_t i = 0; i < edition->duties_count; i++) {
        const DutyKind *duty = &edition->duties[i];
        bool carried = duty->holds && (walk->seen[act][at].owed >> i & 1) &&
                       !((branch->lifts | branch->fulfils) >> i & 1);
        if (carried) {
            check_note(checking, check_word(checking, act, branch, "to"), WORD_CHECK_DUTY_CARRIED,
                       edition->acts[act].id, duty->id);
        }
    }
}

/* What a duty holds, and whether somebody can end the hold. */
static void check_holds(Checking *checking, const Walk *walk, size_t i)
{
    const Edition *edition = checking->edition;
    const DutyKind *duty = &edition->duties[i];
    uint32_t running = 0;   /* clocks, while it is open */
    for (size_t s = 0; s < walk->count; s++) {
        const State *state = &walk->states[s];
        if (state->open >> i & 1) {
            running |= state->clocks | walk_duty_clocks(edition, state->open);
        }
    }
    const Node *holds = duty_word(checking, i, "holds");
    for (size_t c = 0; c < edition->clocks_count; c++) {
        bool held = duty->holds >> c & 1, runs = running >> c & 1;
        if (held && !runs) {
            check_fault(checking, holds, WORD_CHECK_HOLD_IDLE, duty->id, edition->clocks[c].id);
        } else if (duty->holds && runs && !held) {
            check_note(checking, holds, WORD_CHECK_HOLD_MISSING, duty->id,
                       edition->clocks[c].id);
        }
    }
    const Node *map = &node_get(checking->review, "duties")->items[i];
    bool says_then = node_get(map, "then") != NULL;
    if (says_then != (duty->holds != 0)) {
        check_fault(checking, says_then ? node_get(map, "then") : holds,
                    says_then ? WORD_CHECK_THEN_IDLE : WORD_CHECK_THEN_MISSING, duty->id,
                    STR_NONE);
    }
    if (duty->holds && edition->held_days_clause.len == 0) {
        check_fault(checking, holds, WORD_CHECK_HELD_DAYS, duty->id, STR_NONE);
    }
}

static void check_duty(Checking *checking, const Walk *walk, size_t i)
{
    const DutyKind *duty = &checking->edition->duties[i];
    DutyUse use = duty_use(checking->edition, (DutyId)i);
    if (!use.laid) {
        check_fault(checking, duty->node, WORD_CHECK_DUTY_UNLAID, duty->id, STR_NONE);
    } else if (!use.answered || ((walk->laid & ~walk->met) >> i & 1)) {
        check_fault(checking, duty->node, WORD_CHECK_DUTY_UNMET, duty->id, STR_NONE);
    }
    if (duty->clock == ID_NONE) {
        check_note(checking, duty->node, WORD_CHECK_DUTY_UNTIMED, duty->id, STR_NONE);
    }
    check_exits(checking, i, &use);
    check_addressees(checking, i);
    check_named(checking, i);
    check_holds(checking, walk, i);
    check_bound(checking, walk, i);
}

void check_duties(Checking *checking, const Walk *walk)
{
    const Edition *edition = checking->edition;
    bool recipients_asked = false;
    for (size_t i = 0; i < edition->duties_count; i++) {
        check_duty(checking, walk, i);
        recipients_asked |= edition->duties[i].of == OWED_BY_RECIPIENTS;
    }
    if (edition->recipient_roles && !recipients_asked) {
        check_fault(checking, node_get(checking->review, "recipients"),
                    WORD_CHECK_RECIPIENTS_UNASKED, STR_NONE, STR_NONE);
    }
    for (size_t i = 0; i < edition->acts_count; i++) {
        for (uint8_t j = 0; j < edition->acts[i].branches_count; j++) {
            const Branch *branch = &edition->acts[i].branches[j];
            uint32_t touched = branch->fulfils;
            touched |= branch->imposes == ID_NONE ? 0 : UINT32_C(1) << branch->imposes;
            for (size_t d = 0; d < edition->duties_count; d++) {
                bool one_lifted = (branch->lifts >> d & 1) && edition->duties[d].several;
                if ((touched >> d & 1) || one_lifted) {
                    check_names(checking, i, branch, d);
                }
            }
            check_carried(checking, walk, i, j);
            if (edition->acts[i].by_addressee && branch->fulfils == 0) {
                check_fault(checking, check_word(checking, i, branch, "by"),
                            WORD_CHECK_ADDRESSEE_IDLE, edition->acts[i].id, STR_NONE);
            }
        }
    }
}
