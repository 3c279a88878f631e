/* agenda.c: whole weeks, day by day, with what falls due on each. */
#include "agenda.h"

enum { WEEK_DAYS = 7 };

static Day monday_of(Day day)
{
    return day - (Day)day_weekday(day);
}

static int64_t clamped(const Calendar *calendar, Day day)
{
    return day < calendar->first ? calendar->first : day > calendar->last ? calendar->last : day;
}

const AgendaDay *agenda_days(Arena *arena, const Calendar *calendar, Day from, Day until,
                             const AgendaDue *due, size_t due_count, size_t *ret_count)
{
    *ret_count = 0;
    if (until < from || until < calendar->first || from > calendar->last) {
        return NULL;
    }
    Day first = monday_of((Day)clamped(calendar, from));
    Day last = monday_of((Day)clamped(calendar, until)) + WEEK_DAYS - 1;
    first = first < calendar->first ? first + WEEK_DAYS : first;
    last = last > calendar->last ? last - WEEK_DAYS : last;
    if (last < first || last - first >= AGENDA_DAYS_MAX) {
        return NULL;
    }
    size_t count = (size_t)(last - first) + 1;
    AgendaDay *days = ARENA_MANY(arena, AgendaDay, count);
    for (size_t i = 0; i < count; i++) {
        Day day = first + (Day)i;
        days[i] = (AgendaDay){.day = day, .working = calendar_working(calendar, day),
                              .in_month = day >= from && day <= until,
                              .reason = calendar_reason(calendar, day)};
    }
    for (size_t i = 0; i < due_count; i++) {
        if (due[i].due < first || due[i].due > last) {
            continue;
        }
        AgendaDay *day = &days[due[i].due - first];
        Str *names = (Str *)day->matters;
        if (!names) {
            names = ARENA_MANY(arena, Str, AGENDA_NAMES_MAX);
            day->matters = names;
        }
        if (day->matters_count < AGENDA_NAMES_MAX) {
            names[day->matters_count++] = due[i].matter;
        }
        day->due++;
    }
    *ret_count = count;
    return days;
}
