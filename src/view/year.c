/* year.c: gathers the days of a year into holidays and notices (year.h). */
#include "year.h"

typedef struct Gathering {
    Arena *arena;
    const Calendar *calendar;
    HolidayView *holidays;
    size_t count, capacity;
} Gathering;

/* The year that a notice, or the notice that it amends, publishes. */
static int year_of(const Calendar *calendar, const Notice *notice)
{
    const Notices *notices = calendar->notices;
    for (size_t i = 0; notice->year == 0 && i < notices->count; i++) {
        if (!notices->at[i].statutory && str_eq(notices->at[i].number, notice->amends)) {
            return notices->at[i].year;
        }
    }
    return notice->year;
}

static HolidayView *holiday_of(Gathering *gathering, const DayReason *reason)
{
    int year = year_of(gathering->calendar, reason->notice);
    for (size_t i = 0; i < gathering->count; i++) {
        HolidayView *holiday = &gathering->holidays[i];
        if (holiday->year == year && str_eq(holiday->holiday, reason->holiday)) {
            return holiday;
        }
    }
    gathering->holidays =
        arena_grow(gathering->arena, gathering->holidays, gathering->count, &gathering->capacity,
                   gathering->count + 1, sizeof *gathering->holidays);
    HolidayView *holiday = &gathering->holidays[gathering->count++];
    *holiday = (HolidayView){.holiday = reason->holiday, .year = year,
                             .statutory = reason->why == WHY_STATUTORY};
    return holiday;
}

static void add_off(Arena *arena, HolidayView *holiday, Day day)
{
    holiday->off_days++;
    if (holiday->off_count && holiday->off[holiday->off_count - 1].last == day - 1) {
        holiday->off[holiday->off_count - 1].last = day;
        return;
    }
    holiday->off = arena_grow(arena, holiday->off, holiday->off_count, &holiday->off_capacity,
                              holiday->off_count + 1, sizeof *holiday->off);
    holiday->off[holiday->off_count++] = (DaySpan){day, day};
}

static void add_worked(Arena *arena, HolidayView *holiday, Day day)
{
    holiday->worked =
        arena_grow(arena, holiday->worked, holiday->worked_count, &holiday->worked_capacity,
                   holiday->worked_count + 1, sizeof *holiday->worked);
    holiday->worked[holiday->worked_count++] = day;
}

static void gather_day(Gathering *gathering, Day day)
{
    DayReason reason = calendar_reason(gathering->calendar, day);
    if (reason.why == WHY_MADE_UP) {
        add_worked(gathering->arena, holiday_of(gathering, &reason), day);
    } else if (reason.why == WHY_HOLIDAY || reason.why == WHY_STATUTORY) {
        add_off(gathering->arena, holiday_of(gathering, &reason), day);
    }
}

static bool touches(const HolidayView *holiday, Day first, Day last)
{
    for (size_t i = 0; i < holiday->off_count; i++) {
        if (holiday->off[i].first <= last && holiday->off[i].last >= first) {
            return true;
        }
    }
    for (size_t i = 0; i < holiday->worked_count; i++) {
        if (holiday->worked[i] >= first && holiday->worked[i] <= last) {
            return true;
        }
    }
    return false;
}

static Day first_day(const HolidayView *holiday)
{
    return holiday->off_count ? holiday->off[0].first : holiday->worked[0];
}

/* Holidays that reach into the year, whole: from the December before to the January after. */
static void gather_holidays(Gathering *gathering, YearView *view, Day first, Day last)
{
    for (Day day = first - 31; day <= last + 31; day++) {
        if (calendar_covers(gathering->calendar, day)) {
            gather_day(gathering, day);
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < gathering->count; i++) {
        HolidayView holiday = gathering->holidays[i];
        if (!touches(&holiday, first, last)) {
            continue;
        }
        size_t at = kept++;
        while (at > 0 && first_day(&gathering->holidays[at - 1]) > first_day(&holiday)) {
            gathering->holidays[at] = gathering->holidays[at - 1];
            at--;
        }
        gathering->holidays[at] = holiday;
    }
    view->holidays = gathering->holidays;
    view->holidays_count = kept;
}

/* True when the year rests on this notice. */
static bool rests_on(const Calendar *calendar, const Notice *notice, int year, Day first, Day last)
{
    if (!calendar_counts(calendar, notice)) {
        return false;
    }
    bool has_day = notice->year == year;
    for (size_t i = 0; i < notice->days_count && !has_day; i++) {
        has_day = notice->days[i].day >= first && notice->days[i].day <= last;
    }
    return has_day;
}

static NoticeView notice_view(Arena *arena, const Calendar *calendar, const Notice *notice)
{
    NoticeView view = {.notice = notice};
    if (notice->amends.len == 0) {
        return view;
    }
    ChangeView *changes = ARENA_MANY(arena, ChangeView, notice->days_count);
    for (size_t i = 0; i < notice->days_count; i++) {
        Day day = notice->days[i].day;
        DayReason was = calendar_reason_before(calendar, day, notice);
        DayReason is = calendar_reason_before(calendar, day, notice + 1);
        if (was.why != is.why) {
            changes[view.changes_count++] = (ChangeView){day, was, is};
        }
    }
    view.changes = changes;
    return view;
}

const YearView *year_view(Arena *arena, const Calendar *calendar, int year)
{
    Day first = day_from(year, 1, 1), last = day_from(year, 12, 31);
    YearView *view = ARENA_NEW(arena, YearView);
    view->year = year;
    view->calendar = calendar;
    view->published = calendar_published(calendar, year);
    for (Day day = first; day <= last; day++) {
        int same, month, of_month;
        day_split(day, &same, &month, &of_month);
        view->months[month - 1] += calendar_working(calendar, day);
        view->working_days += calendar_working(calendar, day);
    }
    Gathering gathering = {.arena = arena, .calendar = calendar};
    gather_holidays(&gathering, view, first, last);
    const Notices *notices = calendar->notices;
    NoticeView *rested = ARENA_MANY(arena, NoticeView, notices->count);
    for (size_t i = 0; i < notices->count; i++) {
        if (rests_on(calendar, &notices->at[i], year, first, last)) {
            rested[view->notices_count++] = notice_view(arena, calendar, &notices->at[i]);
        }
    }
    view->notices = rested;
    return view;
}
