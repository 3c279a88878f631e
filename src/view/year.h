/* year.h: one year of the calendar as a person reads it: its working days, each holiday with its
 * days off and worked, and each notice that it rests on. Floor 3, pure. */
#ifndef SHENCHA_YEAR_H
#define SHENCHA_YEAR_H

#include "calendar.h"

typedef struct DaySpan {
    Day first, last;         /* both included */
} DaySpan;

typedef struct HolidayView {
    Str holiday;             /* id */
    int year;                /* of the notice that gives it: New Year may begin in December */
    bool statutory;
    DaySpan *off;            /* runs of days off as the notices list them */
    size_t off_count, off_days, off_capacity;
    Day *worked;             /* weekend days worked for it */
    size_t worked_count, worked_capacity;
} HolidayView;

typedef struct ChangeView {  /* a day that an amendment changed */
    Day day;
    DayReason was, is;       /* before the amendment; by it */
} ChangeView;

typedef struct NoticeView {
    const Notice *notice;
    const ChangeView *changes;
    size_t changes_count;    /* 0 but for amendments */
} NoticeView;

typedef struct YearView {
    int year;
    const Calendar *calendar;
    bool published;          /* false: provisional */
    int working_days;
    int months[12];          /* working days of each month */
    const HolidayView *holidays;   /* those with a day in this year, by their first day */
    size_t holidays_count;
    const NoticeView *notices;     /* in the order of publication */
    size_t notices_count;
} YearView;

/* `year` from DAY_YEAR_MIN to DAY_YEAR_MAX. In arena; `calendar` is borrowed. */
const YearView *year_view(Arena *arena, const Calendar *calendar, int year);

#endif
