/* edition_usual.c: the usual way of a matter, found in the branches: for each stage the next one.
 * What desks wait for and what a case page shows ahead. */
#include "reading.h"

enum { STEP_FAR = 1 << 20, STEP_UNUSUAL = 100 };

/* What a step costs on the usual way: one; more when it ends the matter early. 0: not a usual step
 * at all, for it stands on policy alone, or leads to the special review from outside. */
static int step_cost(const Edition *edition, const ActKind *kind, const Branch *branch,
                     StageId stage)
{
    if (!(branch->in >> stage & 1) || branch->to == ID_NONE || branch->to == stage ||
        clause_is_policy(act_clause(edition, kind, branch, stage)) ||
        (edition->stages[branch->to].special && !edition->stages[stage].special)) {
        return 0;
    }
    bool early = edition->stages[branch->to].final && branch->outcome_kind == OUTCOME_WORD;
    return early ? STEP_UNUSUAL : 1;
}

/* One round over every branch: shorter ways are kept. Returns whether there was one. */
static bool shorten(const Edition *edition, const ActKind *kind, const Branch *branch, int *far,
                    StageId *next)
{
    bool shorter = false;
    for (size_t i = 0; i < edition->stages_count; i++) {
        StageId stage = (StageId)i;
        int cost = edition->stages[stage].final ? 0 : step_cost(edition, kind, branch, stage);
        if (cost && far[branch->to] + cost < far[stage]) {
            far[stage] = far[branch->to] + cost;
            next[stage] = branch->to;
            shorter = true;
        }
    }
    return shorter;
}

void edition_find_usual(Arena *arena, Edition *edition)
{
    StageId *next = ARENA_MANY(arena, StageId, edition->stages_count);
    int far[EDITION_STAGES_MAX] = {0};
    for (size_t i = 0; i < edition->stages_count; i++) {
        StageId stage = (StageId)i;
        far[stage] = edition->stages[stage].final ? 0 : STEP_FAR;
        next[stage] = ID_NONE;
    }
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < edition->acts_count; i++) {
            const ActKind *kind = &edition->acts[i];
            for (uint8_t j = 0; j < kind->branches_count; j++) {
                again |= shorten(edition, kind, &kind->branches[j], far, next);
            }
        }
    }
    edition->usual = next;
}
