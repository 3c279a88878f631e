/* diagram_steps.c: reads from an edition what its drawings show. */
#include "diagram_steps.h"

#include <assert.h>

static uint32_t bit(unsigned which)
{
    return (uint32_t)1 << which;
}

StageId steps_first(uint32_t mask)
{
    return mask ? (StageId)__builtin_ctz(mask) : ID_NONE;
}

bool branch_stays(const Branch *branch, StageId stage)
{
    return (branch->in & bit(stage)) && (branch->to == ID_NONE || branch->to == stage);
}

const Step *steps_of(Arena *arena, const Edition *edition, size_t *ret_count)
{
    size_t room = 0, count = 0;
    for (size_t a = 0; a < edition->acts_count; a++) {
        room += 2 * (size_t)edition->acts[a].branches_count;
    }
    Step *steps = ARENA_MANY(arena, Step, room + 1);
    for (size_t a = 0; a < edition->acts_count; a++) {
        const ActKind *act = &edition->acts[a];
        for (size_t b = 0; b < act->branches_count; b++) {
            const Branch *branch = &act->branches[b];
            if (branch->opens != ID_NONE) {
                steps[count++] = (Step){act, branch, 0, branch->opens};
            }
            if (branch->to != ID_NONE && (branch->in & ~bit(branch->to))) {
                steps[count++] = (Step){act, branch, branch->in & ~bit(branch->to), branch->to};
            }
        }
    }
    assert(count <= room);
    *ret_count = count;
    return steps;
}

/* True when the branch starts this clock, itself or by a duty that has it. */
static bool branch_starts(const Edition *edition, const Branch *branch, ClockId clock)
{
    return (branch->starts & bit(clock)) ||
           (branch->imposes != ID_NONE && edition->duties[branch->imposes].clock == clock);
}

static bool branch_ends(const Edition *edition, const Branch *branch, ClockId clock)
{
    if ((branch->stops | branch->voids | branch->moots) & bit(clock)) {
        return true;
    }
    for (size_t d = 0; d < edition->duties_count; d++) {
        if ((branch->lifts & bit((unsigned)d)) && edition->duties[d].clock == clock) {
            return true;
        }
    }
    return false;
}

/* One more round: stages entered from those in which the clock runs. */
static uint32_t runs_further(const Edition *edition, ClockId clock, uint32_t runs)
{
    for (size_t a = 0; a < edition->acts_count; a++) {
        const ActKind *act = &edition->acts[a];
        for (size_t b = 0; b < act->branches_count; b++) {
            const Branch *branch = &act->branches[b];
            if ((branch->in & runs) && branch->to != ID_NONE &&
                !branch_ends(edition, branch, clock) && !edition->stages[branch->to].final) {
                runs |= bit(branch->to);
            }
        }
    }
    return runs;
}

ClockRuns clock_runs(const Edition *edition, ClockId clock)
{
    ClockRuns found = {0};
    for (size_t a = 0; a < edition->acts_count; a++) {
        const ActKind *act = &edition->acts[a];
        for (size_t b = 0; b < act->branches_count; b++) {
            const Branch *branch = &act->branches[b];
            if (!branch_starts(edition, branch, clock)) {
                continue;
            }
            found.starts |= branch->opens != ID_NONE ? bit(branch->opens) : 0;
            found.starts |= branch->to != ID_NONE ? bit(branch->to) : branch->in;
        }
    }
    found.runs = found.starts;
    for (uint32_t before = 0; before != found.runs;) {
        before = found.runs;
        found.runs = runs_further(edition, clock, found.runs);
    }
    return found;
}

static size_t outcome_index(const Edition *edition, Str id)
{
    size_t i = 0;
    while (i < edition->outcomes_count && !str_eq(edition->outcomes[i], id)) {
        i++;
    }
    return i;
}

size_t step_outcome(const Edition *edition, const Step *step)
{
    return step->branch->outcome_kind == OUTCOME_WORD
               ? outcome_index(edition, step->branch->outcome)
               : edition->outcomes_count;
}

static bool gives(const Edition *edition, const Branch *branch, Str outcome)
{
    if (branch->outcome_kind == OUTCOME_WORD) {
        return str_eq(branch->outcome, outcome);
    }
    if (branch->outcome_kind == OUTCOME_NONE || branch->outcome_ref.kind == REF_PURCHASE) {
        return false;
    }
    const Field *field = &edition->fields[branch->outcome_ref.field];
    for (size_t i = 0; i < field->values_count; i++) {
        if (str_eq(field->values[i], outcome)) {
            return true;
        }
    }
    return false;
}

const size_t *stage_outcomes(Arena *arena, const Edition *edition, StageId stage,
                             size_t *ret_count)
{
    size_t *found = ARENA_MANY(arena, size_t, edition->outcomes_count + 1), count = 0, steps_count;
    const Step *steps = steps_of(arena, edition, &steps_count);
    for (size_t o = 0; o < edition->outcomes_count; o++) {
        bool given = false;
        for (size_t s = 0; s < steps_count && !given; s++) {
            given = steps[s].to == stage && gives(edition, steps[s].branch, edition->outcomes[o]);
        }
        if (given) {
            found[count++] = o;
        }
    }
    *ret_count = count;
    return found;
}
