/* diagram_steps.h: what a drawing shows of an edition: acts that lead from stage to stage, acts
 * done while a stage lasts, clocks that run in it, outcomes of an end; and how each is said. Shared
 * by the SVG and the BPMN drawing. Floor 4, pure. */
#ifndef SHENCHA_DIAGRAM_STEPS_H
#define SHENCHA_DIAGRAM_STEPS_H

#include "edition.h"
#include "refusal.h"

/* A branch of an act that opens a matter or leads on to another stage. */
typedef struct Step {
    const ActKind *act;
    const Branch *branch;
    uint32_t from;           /* mask of stages; 0: opens a matter */
    StageId to;
} Step;

/* All of an edition, in its order. In arena. */
const Step *steps_of(Arena *arena, const Edition *edition, size_t *ret_count);
/* The first stage of a mask, or ID_NONE. */
StageId steps_first(uint32_t mask);
/* True when this branch can be taken in the stage and the matter stays there. */
bool branch_stays(const Branch *branch, StageId stage);

typedef struct ClockRuns {
    uint32_t starts;         /* mask of stages in which it starts */
    uint32_t runs;           /* mask of stages in which it runs, those included */
} ClockRuns;

/* Where a clock runs, followed along the branches until it stops, falls away or the matter ends. */
ClockRuns clock_runs(const Edition *edition, ClockId clock);

/* Outcomes with which a final stage can be entered, as indices into edition->outcomes, in its
 * order; in arena. */
const size_t *stage_outcomes(Arena *arena, const Edition *edition, StageId stage,
                             size_t *ret_count);
/* The outcome that a step gives: index into edition->outcomes, or outcomes_count for none or when
 * it is known only from what was given. */
size_t step_outcome(const Edition *edition, const Step *step);

/* Mask of the roles that may do it; for an answer, of those who are asked. */
uint32_t step_roles(const Edition *edition, const ActKind *act, const Branch *branch);

/* In words; in arena. */
Str say_act(const ActKind *act, const Reader *reader);
Str say_stage(const Edition *edition, StageId stage, const Reader *reader);
Str say_outcome(const Edition *edition, size_t outcome, const Reader *reader);
/* Who may do it: "Review Office", "operator, provider". */
Str say_by(Arena *arena, const Edition *edition, const ActKind *act, const Branch *branch,
           const Reader *reader);
/* Its clause or clauses when done in this stage (ID_NONE: it opens the matter). */
Str say_clause(Arena *arena, const Edition *edition, const ActKind *act, const Branch *branch,
               StageId stage, const Reader *reader);
Str say_cites(Arena *arena, const Cites *cites, const Reader *reader);
/* When it is this branch of its act: "review needed: no"; empty when there is no other. */
Str say_when(Arena *arena, const Edition *edition, const Branch *branch, const Reader *reader);
/* What it needs, in short; empty when nothing. In both, a line end stands between two hints. */
Str say_needs(Arena *arena, const Edition *edition, const Branch *branch, const Reader *reader);
/* "Preliminary review: 30 working days, +15" in a stage where it starts, otherwise that it runs
 * on. */
Str say_clock(Arena *arena, const Edition *edition, ClockId clock, StageId stage,
              const Reader *reader);

#endif
