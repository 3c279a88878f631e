/* agenda.h: what falls due when: the strip of eight weeks, the month, the charts of the office's
 * load. Values in, values out; the counts come from rows that passed the gate. Floor 3, pure. */
#ifndef SHENCHA_AGENDA_H
#define SHENCHA_AGENDA_H

#include "calendar.h"

typedef struct AgendaDay {
    Day day;
    bool working, in_month;  /* in_month: of the month shown (month view) */
    DayReason reason;        /* why it is or is not a working day */
    int due;                 /* matters that fall due */
    const Str *matters;      /* names of the first of them, in the order given */
    size_t matters_count;
} AgendaDay;

typedef struct AgendaDue {   /* one matter that falls due */
    Day due;
    Str matter;
} AgendaDue;

enum { AGENDA_NAMES_MAX = 12,     /* names kept of one day; `due` counts all */
       AGENDA_DAYS_MAX = 400 };

/* Every day of the weeks (Monday to Sunday) that touch [from, until]; in arena. Nothing when the
 * span is empty, longer than AGENDA_DAYS_MAX or outside of the calendar; at the calendar's ends
 * whole weeks alone. `in_month` says that the day itself lies in [from, until]. */
const AgendaDay *agenda_days(Arena *arena, const Calendar *calendar, Day from, Day until,
                             const AgendaDue *due, size_t due_count, size_t *ret_count);

#endif
