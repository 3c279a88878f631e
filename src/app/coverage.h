/* coverage.h: what of an edition the stories have shown: every act by each of its ways, every
 * refusal and warning that it can give, every clock, every clause that does something. Floor 5. */
#ifndef SHENCHA_COVERAGE_H
#define SHENCHA_COVERAGE_H

#include "story.h"

enum { COVERAGE_CLAUSES_MAX = 128 };

typedef enum CoverageKind {
    COVERAGE_ACT,        /* an act done by one of its ways (branch) */
    COVERAGE_REFUSAL,    /* a guard that refused */
    COVERAGE_TIMES,      /* an act refused because it was done as often as it may be */
    COVERAGE_WARNING,    /* a guard that warned */
    COVERAGE_CLOCK,      /* a clock that was started */
    COVERAGE_STAGE,      /* a stage that was reached */
    COVERAGE_CLAUSE,     /* a clause or policy at work */
    COVERAGE_KINDS,
} CoverageKind;

typedef struct CoverageItem {
    CoverageKind kind;
    Str what;            /* id of the act, clock, stage; number of the clause */
    Str where;           /* stages of the way, "in order written" number of a guard; may be empty */
    Str clause;          /* on which it stands; may be empty */
    const Node *node;    /* its place in the edition's file; NULL for a clause */
    bool shown;
} CoverageItem;

typedef struct Coverage {
    const Edition *edition;
    size_t stories;      /* that hold */
    CoverageItem *items; /* in the order of the edition's file */
    size_t count, capacity;
    Arena *arena;
} Coverage;

/* Everything that can be shown, nothing of it shown yet. In arena. */
void coverage_init(Coverage *coverage, Arena *arena, const Edition *edition);
/* Marks what a story's positions show. Only a story that holds may be added. */
void coverage_add(Coverage *coverage, const Story *story);
/* How many there are of a kind and how many are shown. */
void coverage_count(const Coverage *coverage, CoverageKind kind, size_t *ret_all,
                    size_t *ret_shown);

#endif
