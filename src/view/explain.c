/* explain.c: walking the days of one clock. Only here are days walked; the arithmetic is by
 * rank. */
#include "explain.h"

const ExplainDay *explain_clock(Arena *arena, const Position *position, const ClockView *clock,
                                size_t *ret_count)
{
    *ret_count = 0;
    if (clock->run->end == CLOCK_VOID) {
        return NULL;
    }
    const Calendar *calendar = position->calendar;
    Hold holds[MATTER_HOLDS_MAX];
    size_t holds_count = dayclock_holds(position->matter, clock->run, holds, MATTER_HOLDS_MAX);
    Day first = clock->run->started;
    Day last = clock->status.due == DAY_NONE ? position->on : clock->status.due;
    if (last < first) {
        last = first;
    }
    if (last - first >= EXPLAIN_DAYS_MAX) {
        last = first + EXPLAIN_DAYS_MAX - 1;
    }
    ExplainDay *days = ARENA_MANY(arena, ExplainDay, (size_t)(last - first) + 1);
    int number = 0;
    size_t hold = 0;
    for (Day day = first; day <= last; day++) {
        ExplainDay *told = &days[(*ret_count)++];
        *told = (ExplainDay){.day = day, .reason = calendar_reason(calendar, day)};
        while (hold < holds_count && holds[hold].to < day) {
            hold++;
        }
        bool held = hold < holds_count && holds[hold].from <= day;
        if (day == first && !position->edition->first_day_counted) {
            told->why = EXPLAIN_START;
        } else if (!calendar_working(calendar, day)) {
            told->why = EXPLAIN_NOT_WORKING;
        } else if (held) {
            told->why = EXPLAIN_HELD;
            told->hold = holds[hold];
        } else {
            told->why = EXPLAIN_COUNTED;
            told->number = ++number;
        }
    }
    return days;
}
