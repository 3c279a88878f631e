/* dayclock.c: counting working days between the holds. */
#include "dayclock.h"

#include <assert.h>

const char *clock_state_id(ClockState state)
{
    switch (state) {
    case STATE_RUNNING: return "running";
    case STATE_HELD: return "held";
    case STATE_OVERDUE: return "overdue";
    case STATE_MET: return "met";
    case STATE_LATE: return "late";
    case STATE_MOOT: return "moot";
    case STATE_VOID: return "void";
    }
    return "";
}

/* Puts a span into a sorted list of united ones. */
static size_t hold_insert(Hold *holds, size_t count, size_t max, Hold more)
{
    size_t at = 0;
    while (at < count && holds[at].to != DAY_LAST && holds[at].to + 1 < more.from) {
        at++;
    }
    size_t until = at;
    while (until < count && (more.to == DAY_LAST || holds[until].from <= more.to + 1)) {
        if (holds[until].from < more.from) {
            more.from = holds[until].from;
            more.owed = holds[until].owed;
        }
        if (holds[until].to > more.to) {
            more.to = holds[until].to;
        }
        until++;
    }
    if (until == at && count == max) {
        return count;
    }
    memmove(holds + at + 1, holds + until, (count - until) * sizeof *holds);
    holds[at] = more;
    return count - (until - at) + 1;
}

size_t dayclock_holds(const Matter *matter, const ClockRun *run, Hold *ret_holds, size_t max)
{
    size_t count = 0;
    uint32_t bit = UINT32_C(1) << run->clock;
    for (size_t i = 0; i < matter->owed_count; i++) {
        const Owed *owed = &matter->owed[i];
        if (!(matter->edition->duties[owed->duty].holds & bit)) {
            continue;
        }
        Day to = owed->state == OWED_OPEN ? DAY_LAST : owed->closed;
        if (run->stopped != DAY_NONE && to > run->stopped) {
            to = run->stopped;
        }
        if (to <= owed->laid || to <= run->started) {
            continue;
        }
        count = hold_insert(ret_holds, count, max, (Hold){owed->laid + 1, to, (uint32_t)i});
    }
    return count;
}

Day dayclock_due(const Calendar *calendar, Day started, int allowed, const Hold *holds,
                 size_t count, bool *ret_held)
{
    *ret_held = false;
    Day from = started;
    int left = allowed;
    for (size_t i = 0; i < count; i++) {
        const Hold *hold = &holds[i];
        if (hold->to <= from) {
            continue;
        }
        if (hold->from - 1 > from) {
            int before = calendar_count(calendar, from, hold->from - 1);
            if (before >= left) {
                return calendar_add(calendar, from, left);
            }
            left -= before;
        }
        if (hold->to == DAY_LAST) {
            *ret_held = true;
            return DAY_NONE;
        }
        from = hold->to;
    }
    return calendar_add(calendar, from, left);
}

/* Counted working days after `started` up to and including `until`. */
static int used_until(const Calendar *calendar, Day started, Day until, const Hold *holds,
                      size_t count)
{
    int used = calendar_count(calendar, started, until);
    for (size_t i = 0; i < count; i++) {
        Day from = holds[i].from - 1 > started ? holds[i].from - 1 : started;
        Day to = holds[i].to < until ? holds[i].to : until;
        used -= calendar_count(calendar, from, to);
    }
    return used;
}

ClockStatus dayclock_status(const Matter *matter, const ClockRun *run, const Calendar *calendar,
                            Day on)
{
    ClockStatus status = {.due = DAY_NONE};
    if (run->end == CLOCK_VOID) {
        status.state = STATE_VOID;
        return status;
    }
    Hold holds[MATTER_HOLDS_MAX];
    size_t count = dayclock_holds(matter, run, holds, MATTER_HOLDS_MAX);
    /* Where a law counts the first day, the count begins the day before it. */
    Day started = run->started - (matter->edition->first_day_counted ? 1 : 0);
    Day until = run->stopped != DAY_NONE && run->stopped < on ? run->stopped : on;
    bool held;
    status.used = used_until(calendar, started, until, holds, count);
    status.due = dayclock_due(calendar, started, run->allowed, holds, count, &held);
    status.beyond = status.due == DAY_NONE && !held;
    status.provisional = status.due != DAY_NONE && calendar_provisional(calendar, status.due);
    bool late = status.due != DAY_NONE && until > status.due;
    switch (run->end) {
    case CLOCK_OPEN:
        status.state = held ? STATE_HELD : late ? STATE_OVERDUE : STATE_RUNNING;
        break;
    case CLOCK_STOPPED:
        status.state = late ? STATE_LATE : STATE_MET;
        break;
    case CLOCK_MOOT:
        status.state = STATE_MOOT;
        break;
    case CLOCK_VOID:
        break;
    }
    return status;
}
