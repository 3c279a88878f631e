/* position.h: the legal position of a matter on a day: what a reader needs, as plain values.
 * Written as JSON it is section 3 of the contract (docs/legal-position.md). Floor 3, pure. */
#ifndef SHENCHA_POSITION_H
#define SHENCHA_POSITION_H

#include "dayclock.h"

typedef struct ClockView {
    const ClockKind *kind;
    const ClockRun *run;
    ClockStatus status;
} ClockView;

typedef struct RefusedView {
    uint32_t n;
    const Act *asked;        /* as somebody wanted it done; borrowed */
    Str act;                 /* its word */
    Str clause;              /* number, "policy", or empty for none */
    Str policy;              /* P5 when clause is "policy" */
    Word why;
    const Decision *decision;
} RefusedView;

typedef struct NextView {
    const ActKind *act;
    const Branch *branch;    /* first branch open in this stage */
    Str clause;
} NextView;

typedef struct DoneView {    /* timeline: an act that was done */
    const Act *act;
    const ActKind *kind;
    const Branch *branch;
    Str clause;
    StageId before, after;
    const Guard *const *warnings;
    size_t warnings_count;
} DoneView;

typedef struct Position {
    Str name;                /* case or matter */
    const Edition *edition;
    const Matter *matter;
    const Calendar *calendar;
    Day on;
    const ClockView *clocks;     size_t clocks_count;
    const RefusedView *refused;  size_t refused_count;
    const uint32_t *assumed;     size_t assumed_count;
    const NextView *next;        size_t next_count;
    const DoneView *done;        size_t done_count;
} Position;

/* Folds `acts` in order up to the end of `on` and says where the matter stands. Acts after `on` are
 * not looked at. Everything in arena; what is borrowed must outlive it. */
const Position *position_of(Arena *arena, Str name, const Edition *edition, const Facts *facts,
                            const Act *acts, size_t acts_count, const Calendar *calendar, Day on);
/* The same for the acts of a record: they were done, and are not decided again. NULL when one of
 * them cannot have been done here: *ret_bad is its n then. */
const Position *position_recorded(Arena *arena, Str name, const Edition *edition,
                                  const Facts *facts, const Act *acts, size_t acts_count,
                                  const Calendar *calendar, Day on, uint32_t *ret_bad);

#endif
