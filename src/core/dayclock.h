/* dayclock.h: the arithmetic of one clock on one day. Floor 2, pure.
 *
 *   started ──▶ running ──due day passed──▶ overdue
 *                 │  ▲ request open               │
 *                 ▼  │ answered                   │
 *                held                             │
 *   stopped: met (on or before due) · late (after) · moot (duty fell away) · void (never ran)
 *
 * Held days run from the day after a request up to and including the day on which it is answered or
 * cancelled; overlapping requests are united; held days are not counted. A request cannot cure a
 * clock whose days are used up. Contract: docs/legal-position.md. */
#ifndef SHENCHA_DAYCLOCK_H
#define SHENCHA_DAYCLOCK_H

#include "matter.h"

typedef enum ClockState {
    STATE_RUNNING, STATE_HELD, STATE_OVERDUE, STATE_MET, STATE_LATE, STATE_MOOT, STATE_VOID,
} ClockState;

typedef struct Hold {            /* days not counted, both included */
    Day from, to;                /* to is DAY_LAST while the request is open */
    uint32_t owed;               /* index into matter->owed of one request that holds */
} Hold;

typedef struct ClockStatus {
    ClockState state;
    int used;                    /* counted working days after started, up to the day or the stop */
    Day due;                     /* DAY_NONE while held, or void, or beyond the calendar */
    bool provisional;            /* the due day lies in a year whose notice is not published */
    bool beyond;                 /* the due day lies past the calendar's last day */
} ClockStatus;

/* The status of one of the matter's clocks on `on`, a day not before its start. */
ClockStatus dayclock_status(const Matter *matter, const ClockRun *run, const Calendar *calendar,
                            Day on);
/* The spans that were not counted because materials were outstanding: united, sorted, cut at the
 * day the clock stopped. At most `max`; returns how many there are. Open ones end at DAY_LAST. */
size_t dayclock_holds(const Matter *matter, const ClockRun *run, Hold *ret_holds, size_t max);
/* Due day of a run of `allowed` working days after `started` with these holds (united, sorted).
 * DAY_NONE when an open hold comes first or the calendar ends; *ret_held tells which. */
Day dayclock_due(const Calendar *calendar, Day started, int allowed, const Hold *holds,
                 size_t count, bool *ret_held);
const char *clock_state_id(ClockState state);   /* "running", … */

#endif
