/* lawcheck_stages.c: stages and clocks, judged by what the walk saw: can a matter come here, go on,
 * come to an end; does every clock start, stop, and stop in time. */
#include "lawcheck_inside.h"


static void check_one_stage(Checking *checking, const Walk *walk, size_t i, bool *stuck)
{
    const Stage *stage = &checking->edition->stages[i];
    if (!(walk->reached >> i & 1)) {
        check_fault(checking, stage->node, WORD_CHECK_STAGE_UNREACHED, stage->id, STR_NONE);
    } else if (!stage->final && !(walk->left >> i & 1)) {
        *stuck = true;
        check_fault(checking, stage->node, WORD_CHECK_STAGE_STUCK, stage->id, STR_NONE);
    } else if (!stage->final && !(walk->timed >> i & 1)) {
        check_note(checking, stage->node, WORD_CHECK_STAGE_UNTIMED, stage->id, STR_NONE);
    }
}

/* An act that enters or stands in a final stage. */
static void check_end(Checking *checking, size_t act, const Branch *branch)
{
    const Edition *edition = checking->edition;
    bool ends = branch->to != ID_NONE && edition->stages[branch->to].final;
    Str id = edition->acts[act].id;
    if (ends && branch->outcome_kind == OUTCOME_NONE) {
        check_fault(checking, check_word(checking, act, branch, "to"),
                    WORD_CHECK_END_WITHOUT_OUTCOME, id, edition->stages[branch->to].id);
    }
    if (!ends && branch->outcome_kind != OUTCOME_NONE) {
        check_fault(checking, check_word(checking, act, branch, "outcome"),
                    WORD_CHECK_OUTCOME_WITHOUT_END, id, STR_NONE);
    }
    if (ends && branch->notices_count == 0) {
        check_note(checking, check_word(checking, act, branch, "to"), WORD_CHECK_END_UNTOLD, id,
                   STR_NONE);
    }
    for (size_t i = 0; i < edition->stages_count; i++) {
        if (!(branch->in >> i & 1) || !edition->stages[i].final) {
            continue;
        }
        if (branch->to != ID_NONE) {
            check_fault(checking, check_word(checking, act, branch, "to"), WORD_CHECK_FINAL_LEFT,
                        id, edition->stages[i].id);
        }
        if (branch->starts || branch->imposes != ID_NONE) {
            const char *word = branch->starts ? "starts" : "imposes";
            check_fault(checking, check_word(checking, act, branch, word),
                        WORD_CHECK_FINAL_STARTS, id, edition->stages[i].id);
        }
    }
    if (ends && (branch->starts || branch->imposes != ID_NONE)) {
        const char *word = branch->starts ? "starts" : "imposes";
        check_fault(checking, check_word(checking, act, branch, word), WORD_CHECK_FINAL_STARTS,
                    id, edition->stages[branch->to].id);
    }
}

static bool outcome_reached(const Edition *edition, Str outcome)
{
    for (size_t i = 0; i < edition->acts_count; i++) {
        for (uint8_t j = 0; j < edition->acts[i].branches_count; j++) {
            const Branch *branch = &edition->acts[i].branches[j];
            if (branch->outcome_kind == OUTCOME_WORD && str_eq(branch->outcome, outcome)) {
                return true;
            }
            if (branch->outcome_kind != OUTCOME_REF ||
                branch->outcome_ref.kind == REF_PURCHASE) {
                continue;
            }
            const Field *field = &edition->fields[branch->outcome_ref.field];
            for (size_t k = 0; k < field->values_count; k++) {
                if (str_eq(field->values[k], outcome)) {
                    return true;
                }
            }
        }
    }
    return false;
}

void check_stages(Checking *checking, const Walk *walk)
{
    const Edition *edition = checking->edition;
    bool stuck = false;
    for (size_t i = 0; i < edition->stages_count; i++) {
        check_one_stage(checking, walk, i, &stuck);
    }
    uint32_t endless = walk->reached & ~walk->ends;
    if (!stuck && endless) {
        const Stage *stage = &edition->stages[__builtin_ctz(endless)];
        check_fault(checking, stage->node, WORD_CHECK_STAGE_ENDLESS, stage->id, STR_NONE);
    }
    for (size_t i = 0; i < edition->acts_count; i++) {
        for (uint8_t j = 0; j < edition->acts[i].branches_count; j++) {
            check_end(checking, i, &edition->acts[i].branches[j]);
        }
    }
    const Node *outcomes = node_get(checking->review, "outcomes");
    for (size_t i = 0; i < edition->outcomes_count; i++) {
        if (!outcome_reached(edition, edition->outcomes[i])) {
            check_fault(checking, &outcomes->keys[i], WORD_CHECK_OUTCOME_UNREACHED,
                        edition->outcomes[i], STR_NONE);
        }
    }
}

/* --- clocks --- */

typedef struct ClockUse {        /* over all branches */
    uint32_t starts, ends, owed;
} ClockUse;

static ClockUse clock_use(const Edition *edition)
{
    ClockUse use = {0};
    for (size_t i = 0; i < edition->acts_count; i++) {
        for (uint8_t j = 0; j < edition->acts[i].branches_count; j++) {
            const Branch *branch = &edition->acts[i].branches[j];
            use.starts |= branch->starts;
            use.ends |= branch->stops | branch->voids;
            use.ends |= branch->moots == UINT32_MAX ? 0 : branch->moots;
        }
    }
    for (size_t i = 0; i < edition->duties_count; i++) {
        if (edition->duties[i].clock != ID_NONE) {
            use.owed |= UINT32_C(1) << edition->duties[i].clock;
        }
    }
    return use;
}

/* One word of a branch that names clocks which can never run when the branch is done. */
static void check_idle(Checking *checking, size_t act, const Branch *branch,
                       const BranchSeen *seen, uint32_t clocks, const char *word)
{
    const Edition *edition = checking->edition;
    uint32_t idle = clocks == UINT32_MAX ? 0 : clocks & ~seen->running;
    for (size_t i = 0; seen->done && i < edition->clocks_count; i++) {
        if (idle >> i & 1) {
            Str id = edition->clocks[i].id;
            check_fault(checking, check_word_id(checking, act, branch, word, id),
                        WORD_CHECK_CLOCK_IDLE, edition->acts[act].id, id);
        }
    }
}

/* Clocks that an act stops must surely run, or surely not, in each of its stages. */
static void check_unsure(Checking *checking, const Walk *walk, size_t act, const Branch *branch)
{
    const Edition *edition = checking->edition;
    uint32_t ended = branch->stops | branch->voids;
    for (size_t s = 0; s < edition->stages_count; s++) {
        uint32_t unsure = ended & walk->sometimes[s] & ~walk->always[s];
        if (!(branch->in >> s & 1) || unsure == 0) {
            continue;
        }
        Str clock = edition->clocks[__builtin_ctz(unsure)].id;
        const char *word = branch->stops & unsure ? "stops" : "voids";
        check_fault(checking, check_word_id(checking, act, branch, word, clock),
                    WORD_CHECK_CLOCK_UNSURE, clock, edition->stages[s].id);
    }
}

static bool asks_in_time(const Branch *branch, ClockId clock)
{
    for (uint8_t i = 0; i < branch->needs_count; i++) {
        if (branch->needs[i].kind == GUARD_IN_TIME && branch->needs[i].clock == clock) {
            return true;
        }
    }
    return false;
}

static void check_clocks_of(Checking *checking, size_t act, const Branch *branch,
                            const BranchSeen *seen)
{
    const Edition *edition = checking->edition;
    Str id = edition->acts[act].id;
    check_idle(checking, act, branch, seen, branch->stops, "stops");
    check_idle(checking, act, branch, seen, branch->voids, "voids");
    check_idle(checking, act, branch, seen, branch->moots, "moots");
    for (size_t i = 0; i < edition->clocks_count; i++) {
        Str clock = edition->clocks[i].id;
        if (seen->twice >> i & 1) {
            check_fault(checking, check_word_id(checking, act, branch, "starts", clock),
                        WORD_CHECK_CLOCK_TWICE, id, clock);
        }
        if (seen->outlive >> i & 1) {
            check_fault(checking, check_word(checking, act, branch, "to"),
                        WORD_CHECK_CLOCK_OUTLIVES, id, clock);
        }
    }
    ClockId extended = branch->extends.clock;
    if (extended == ID_NONE) {
        return;
    }
    Str clock = edition->clocks[extended].id;
    check_idle(checking, act, branch, seen, UINT32_C(1) << extended, "extends");
    if (!asks_in_time(branch, extended)) {
        check_fault(checking, check_word_id(checking, act, branch, "extends", clock),
                    WORD_CHECK_EXTENDS_LATE, id, clock);
    }
}

void check_clocks(Checking *checking, const Walk *walk)
{
    const Edition *edition = checking->edition;
    ClockUse use = clock_use(edition);
    for (size_t i = 0; i < edition->clocks_count; i++) {
        const ClockKind *clock = &edition->clocks[i];
        if (!((use.starts | use.owed) >> i & 1)) {
            check_fault(checking, clock->node, WORD_CHECK_CLOCK_UNSTARTED, clock->id, STR_NONE);
        } else if ((use.starts >> i & 1) && !(use.ends >> i & 1)) {
            check_fault(checking, clock->node, WORD_CHECK_CLOCK_UNSTOPPED, clock->id, STR_NONE);
        }
        if ((use.starts >> i & 1) && (use.owed >> i & 1)) {
            check_fault(checking, clock->node, WORD_CHECK_CLOCK_SHARED, clock->id, STR_NONE);
        }
    }
    for (size_t i = 0; i < edition->acts_count; i++) {
        for (uint8_t j = 0; j < edition->acts[i].branches_count; j++) {
            check_clocks_of(checking, i, &edition->acts[i].branches[j], &walk->seen[i][j]);
            check_unsure(checking, walk, i, &edition->acts[i].branches[j]);
        }
    }
}
