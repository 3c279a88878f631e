/* calendar_text.c: a year of the calendar as plain text. Marks stand beside the numbers; colour
 * only repeats what they say.
 *
 *   May · 19                Each month: its working days, then the days,
 *   Mo Tu We Th Fr Sa Su    * off by a notice or by statute,
 *        1* 2* 3* 4* 5+     + a weekend day that is worked. */
#include "calendar_text.h"

#include <stdio.h>

#include "position_text.h"
#include "utf8.h"

enum {
    CELL_COLUMNS = 3,
    MONTH_COLUMNS = 7 * CELL_COLUMNS,
    MONTH_GAP = 4,
    MONTH_ROWS = 8,          /* name, weekdays, six weeks */
    MARGIN = 2,
    ACROSS_MAX = 4,
};

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define RED "\033[31m"
#define BLUE "\033[1;34m"
#define PLAIN "\033[0m"

static void put_word(Buf *buf, const Reader *reader, Word word)
{
    buf_put(buf, word_text(reader->language, word));
}

static Str number(char room[12], int value)
{
    int len = snprintf(room, 12, "%d", value);
    return (Str){room, (size_t)len};
}

static Str holiday_word(const Reader *reader, Str holiday)
{
    return lawwords_get(reader->words, "holiday", holiday);
}

/* MM-DD; with its year where that is not `year`. */
static void put_short_day(Buf *buf, Day day, int year)
{
    size_t from = buf->len;
    buf_put_day(buf, day);
    if (day_year(day) == year && buf->len == from + 10) {
        memmove(buf->at + from, buf->at + from + 5, 5);
        buf->len -= 5;
    }
}

static void put_weekday_day(Buf *buf, Day day, int year, Language language)
{
    put_short_day(buf, day, year);
    buf_put_byte(buf, ' ');
    buf_put(buf, weekday_word(day, language));
}

static void heading(Buf *buf, const Reader *reader, Word word, const CalendarStyle *style)
{
    buf_put(buf, style->colour ? STR("\n" BOLD) : STR("\n"));
    put_word(buf, reader, word);
    buf_put(buf, style->colour ? STR(PLAIN "\n") : STR("\n"));
}

/* --- months --- */

static void put_cell(Buf *buf, const YearView *view, Day day, const CalendarStyle *style)
{
    int year, month, of_month;
    day_split(day, &year, &month, &of_month);
    DayWhy why = calendar_reason(view->calendar, day).why;
    static const char *const colours[] = {
        [WHY_WORKING] = "", [WHY_MADE_UP] = BLUE, [WHY_WEEKEND] = DIM, [WHY_HOLIDAY] = RED,
        [WHY_STATUTORY] = RED,
    };
    static const char marks[] = {[WHY_WORKING] = ' ', [WHY_MADE_UP] = '+', [WHY_WEEKEND] = ' ',
                                 [WHY_HOLIDAY] = '*', [WHY_STATUTORY] = '*'};
    bool coloured = style->colour && colours[why][0];
    buf_print(buf, "%s%2d%c%s", coloured ? colours[why] : "", of_month, marks[why],
              coloured ? PLAIN : "");
}

static void put_month_name(Buf *buf, const YearView *view, int month, const Reader *reader,
                           const CalendarStyle *style)
{
    buf_put(buf, style->colour ? STR(BOLD) : STR_NONE);
    put_word(buf, reader, (Word)(WORD_CALENDAR_MONTH_1 + month));
    buf_put(buf, style->colour ? STR(PLAIN) : STR_NONE);
    buf_print(buf, " · %d", view->months[month]);
}

/* One row of a month, MONTH_COLUMNS wide. Rows past its last week are blank. */
static void put_month_row(Buf *buf, const YearView *view, int month, int row,
                          const Reader *reader, const CalendarStyle *style)
{
    size_t from = buf->len;
    if (row == 0) {
        put_month_name(buf, view, month, reader, style);
        text_pad(buf, from, MONTH_COLUMNS + (style->colour ? (int)sizeof(BOLD PLAIN) - 3 : 0));
        return;
    }
    if (row == 1) {
        put_word(buf, reader, WORD_CALENDAR_WEEKDAYS);
        text_pad(buf, from, MONTH_COLUMNS);
        return;
    }
    Day first = day_from(view->year, month + 1, 1);
    Day after = month == 11 ? day_from(view->year + 1, 1, 1) : day_from(view->year, month + 2, 1);
    Day monday = first - (Day)day_weekday(first) + 7 * (row - 2);
    for (Day day = monday; day < monday + 7; day++) {
        if (day < first || day >= after) {
            buf_put_many(buf, ' ', CELL_COLUMNS);
        } else {
            put_cell(buf, view, day, style);
        }
    }
}

static void drop_blanks(Buf *buf)
{
    while (buf->len && buf->at[buf->len - 1] == ' ') {
        buf->len--;
    }
}

static bool row_used(const YearView *view, int month, int row)
{
    Day first = day_from(view->year, month + 1, 1);
    Day after = month == 11 ? day_from(view->year + 1, 1, 1) : day_from(view->year, month + 2, 1);
    return first - (Day)day_weekday(first) + 7 * (row - 2) < after;
}

static void put_months(Buf *buf, const YearView *view, const Reader *reader,
                       const CalendarStyle *style)
{
    int across = (style->columns - MARGIN + MONTH_GAP) / (MONTH_COLUMNS + MONTH_GAP);
    across = across < 1 ? 1 : across > ACROSS_MAX ? ACROSS_MAX : across;
    for (int left = 0; left < 12; left += across) {
        buf_put_byte(buf, '\n');
        for (int row = 0; row < MONTH_ROWS; row++) {
            bool used = row < 2;
            for (int month = left; month < left + across && month < 12; month++) {
                used = used || row_used(view, month, row);
            }
            if (!used) {
                continue;
            }
            for (int month = left; month < left + across && month < 12; month++) {
                buf_put_many(buf, ' ', month == left ? MARGIN : MONTH_GAP);
                put_month_row(buf, view, month, row, reader, style);
            }
            drop_blanks(buf);
            buf_put_byte(buf, '\n');
        }
    }
    buf_put(buf, STR("\n  "));
    put_word(buf, reader, view->published        ? WORD_CALENDAR_LEGEND
                          : view->holidays_count ? WORD_CALENDAR_LEGEND_STATUTORY
                                                 : WORD_CALENDAR_LEGEND_BARE);
    buf_put_byte(buf, '\n');
}

/* --- head --- */

static void put_head(Buf *buf, const YearView *view, const Reader *reader,
                     const CalendarStyle *style)
{
    char year[12], days[12];
    buf_put(buf, style->colour ? STR(BOLD) : STR_NONE);
    WORD_PUT(buf, reader->language, WORD_CALENDAR_YEAR, number(year, view->year),
             number(days, view->working_days));
    buf_put(buf, style->colour ? STR(PLAIN "\n") : STR("\n"));
    if (view->calendar->known_on != DAY_LAST) {
        Buf known = buf_new(16);
        buf_put_day(&known, view->calendar->known_on);
        WORD_PUT(buf, reader->language, WORD_CALENDAR_KNOWN_ON, buf_str(&known));
        buf_put_byte(buf, '\n');
        buf_done(&known);
    }
    if (!view->published) {
        WORD_PUT(buf, reader->language, WORD_CALENDAR_PROVISIONAL, number(year, view->year));
        buf_put_byte(buf, '\n');
    }
}

/* --- holidays --- */

static void put_span(Buf *buf, DaySpan span, int year, Language language)
{
    Buf first = buf_new(16), last = buf_new(16);
    put_short_day(&first, span.first, year);
    put_short_day(&last, span.last, year);
    if (span.first == span.last) {
        buf_put(buf, buf_str(&first));
    } else {
        WORD_PUT(buf, language, WORD_CALENDAR_SPAN, buf_str(&first), buf_str(&last));
    }
    buf_done(&first);
    buf_done(&last);
}

static void put_holiday(Buf *buf, const HolidayView *holiday, int year, int name_columns,
                        const Reader *reader)
{
    Str comma = word_text(reader->language, WORD_CALENDAR_COMMA);
    char days[12];
    size_t from = buf->len;
    buf_put(buf, STR("  "));
    buf_put(buf, holiday_word(reader, holiday->holiday));
    text_pad(buf, from, name_columns + 4);
    from = buf->len;
    for (size_t i = 0; i < holiday->off_count; i++) {
        buf_put(buf, i ? comma : STR_NONE);
        put_span(buf, holiday->off[i], year, reader->language);
    }
    text_pad(buf, from, 20);
    from = buf->len;
    WORD_PUT(buf, reader->language,
             holiday->off_days == 1 ? WORD_CALENDAR_DAY_OFF : WORD_CALENDAR_DAYS_OFF,
             number(days, (int)holiday->off_days));
    text_pad(buf, from, 8);
    if (holiday->worked_count) {
        Buf worked = {0};
        for (size_t i = 0; i < holiday->worked_count; i++) {
            buf_put(&worked, i ? comma : STR_NONE);
            put_weekday_day(&worked, holiday->worked[i], year, reader->language);
        }
        WORD_PUT(buf, reader->language, WORD_CALENDAR_WORKED, buf_str(&worked));
        buf_done(&worked);
    }
    drop_blanks(buf);
    buf_put_byte(buf, '\n');
}

static void put_holidays(Buf *buf, const YearView *view, const Reader *reader,
                         const CalendarStyle *style)
{
    if (view->holidays_count == 0) {
        return;
    }
    heading(buf, reader, WORD_CALENDAR_HOLIDAYS, style);
    int name_columns = 0;
    for (size_t i = 0; i < view->holidays_count; i++) {
        int columns = utf8_columns(holiday_word(reader, view->holidays[i].holiday));
        name_columns = columns > name_columns ? columns : name_columns;
    }
    for (size_t i = 0; i < view->holidays_count; i++) {
        put_holiday(buf, &view->holidays[i], view->year, name_columns, reader);
    }
}

void year_text(Buf *buf, const YearView *view, const Reader *reader, const CalendarStyle *style)
{
    put_head(buf, view, reader, style);
    put_months(buf, view, reader, style);
    put_holidays(buf, view, reader, style);
    if (view->notices_count) {
        heading(buf, reader, WORD_CALENDAR_NOTICES, style);
        notices_text(buf, view, reader);
    }
}
