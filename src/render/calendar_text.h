/* calendar_text.h: the calendar for people and for programs: a year, or the days of a count with
 * their reasons. Plain text and JSON. Floor 4, pure. */
#ifndef SHENCHA_CALENDAR_TEXT_H
#define SHENCHA_CALENDAR_TEXT_H

#include "refusal.h"
#include "year.h"

typedef struct CalendarStyle {
    int columns;     /* width to draw for */
    bool colour;     /* escape sequences are welcome; meaning never hangs on them */
} CalendarStyle;

/* Twelve months, then the holidays, then the notices. Ends with a line end. */
void year_text(Buf *buf, const YearView *view, const Reader *reader, const CalendarStyle *style);
/* One line a day from `first` to `last`, both included: the working ones numbered from 1. */
void days_text(Buf *buf, const Calendar *calendar, Day first, Day last, const Reader *reader);
/* The notices that the year rests on, with what amendments changed. */
void notices_text(Buf *buf, const YearView *view, const Reader *reader);
/* What an amendment changed, one line a day. */
void changes_text(Buf *buf, const NoticeView *view, const Reader *reader);

/* One object without line end. */
void year_json(Buf *buf, const YearView *view);
/* An array, one object a day. */
void days_json(Buf *buf, const Calendar *calendar, Day first, Day last);
/* An array, one object for each notice with what it changed. */
void notices_json(Buf *buf, const NoticeView *notices, size_t count);

#endif
