/* explain.h: a due day explains itself, day by day. Floor 3, pure. */
#ifndef SHENCHA_EXPLAIN_H
#define SHENCHA_EXPLAIN_H

#include "position.h"

typedef enum ExplainWhy {
    EXPLAIN_START,       /* the day itself is not counted (P1) */
    EXPLAIN_COUNTED,
    EXPLAIN_NOT_WORKING, /* weekend or holiday: see reason */
    EXPLAIN_HELD,        /* a working day that a request held: see hold */
} ExplainWhy;

typedef struct ExplainDay {
    Day day;
    ExplainWhy why;
    int number;          /* EXPLAIN_COUNTED: how many with this one */
    DayReason reason;
    Hold hold;           /* EXPLAIN_HELD */
} ExplainDay;

enum { EXPLAIN_DAYS_MAX = 4000 };

/* Every day from the start up to and including the due day; where there is none (held), up to the
 * day of the position. In arena; at most EXPLAIN_DAYS_MAX. */
const ExplainDay *explain_clock(Arena *arena, const Position *position, const ClockView *clock,
                                size_t *ret_count);

#endif
