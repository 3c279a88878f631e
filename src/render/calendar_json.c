/* calendar_json.c: a year, days with their reasons, and notices as JSON (calendar_text.h). */
#include "calendar_text.h"
#include "position_json.h"

static const char *const why_words[] = {
    [WHY_WORKING] = "working_day", [WHY_MADE_UP] = "worked_weekend", [WHY_WEEKEND] = "weekend",
    [WHY_HOLIDAY] = "holiday",     [WHY_STATUTORY] = "statutory_day",
};

static void key_text(Buf *buf, const char *key, Str text)
{
    buf_print(buf, ",\"%s\":", key);
    if (text.len) {
        buf_put_json(buf, text);
    } else {
        buf_put(buf, STR("null"));
    }
}

static void key_day(Buf *buf, const char *key, Day day)
{
    buf_print(buf, ",\"%s\":", key);
    buf_put_day_json(buf, day);
}

void days_json(Buf *buf, const Calendar *calendar, Day first, Day last)
{
    int counted = 0;
    buf_put_byte(buf, '[');
    for (Day day = first; day <= last; day++) {
        DayReason reason = calendar_reason(calendar, day);
        buf_put(buf, day == first ? STR("{\"day\":") : STR(",{\"day\":"));
        buf_put_day_json(buf, day);
        buf_print(buf, ",\"is\":\"%s\"", why_words[reason.why]);
        if (calendar_working(calendar, day)) {
            buf_print(buf, ",\"number\":%d", ++counted);
        }
        if (reason.holiday.len) {
            key_text(buf, "holiday", reason.holiday);
        }
        if (reason.notice && !reason.notice->statutory) {
            key_text(buf, "notice", reason.notice->number);
        }
        buf_print(buf, ",\"provisional\":%s}",
                  calendar_provisional(calendar, day) ? "true" : "false");
    }
    buf_put_byte(buf, ']');
}

static void changes_json(Buf *buf, const NoticeView *view)
{
    buf_put(buf, STR(",\"changes\":["));
    for (size_t i = 0; i < view->changes_count; i++) {
        const ChangeView *change = &view->changes[i];
        buf_put(buf, i ? STR(",{\"day\":") : STR("{\"day\":"));
        buf_put_day_json(buf, change->day);
        buf_print(buf, ",\"was\":\"%s\",\"is\":\"%s\"", why_words[change->was.why],
                  why_words[change->is.why]);
        key_text(buf, "holiday", change->is.holiday);
        buf_put_byte(buf, '}');
    }
    buf_put_byte(buf, ']');
}

void notices_json(Buf *buf, const NoticeView *notices, size_t count)
{
    buf_put_byte(buf, '[');
    for (size_t i = 0; i < count; i++) {
        const Notice *notice = notices[i].notice;
        buf_put(buf, i ? STR(",{\"number\":") : STR("{\"number\":"));
        if (notice->number.len) {
            buf_put_json(buf, notice->number);
        } else {
            buf_put(buf, STR("null"));
        }
        buf_print(buf, ",\"number_unverified\":%s,\"statutory\":%s",
                  notice->number_unverified ? "true" : "false",
                  notice->statutory ? "true" : "false");
        key_text(buf, "title", notice->title);
        key_day(buf, "dated", notice->dated);
        key_day(buf, "published", notice->published);
        key_text(buf, "source", notice->source);
        key_text(buf, "amends", notice->amends);
        changes_json(buf, &notices[i]);
        buf_put_byte(buf, '}');
    }
    buf_put_byte(buf, ']');
}

static void holiday_json(Buf *buf, const HolidayView *holiday)
{
    buf_put(buf, STR("{\"holiday\":"));
    buf_put_json(buf, holiday->holiday);
    buf_print(buf, ",\"of_year\":%d,\"statutory\":%s,\"off\":[", holiday->year,
              holiday->statutory ? "true" : "false");
    for (size_t i = 0; i < holiday->off_count; i++) {
        buf_put(buf, i ? STR(",{\"first\":") : STR("{\"first\":"));
        buf_put_day_json(buf, holiday->off[i].first);
        key_day(buf, "last", holiday->off[i].last);
        buf_put_byte(buf, '}');
    }
    buf_put(buf, STR("],\"worked\":["));
    for (size_t i = 0; i < holiday->worked_count; i++) {
        buf_put(buf, i ? STR(",") : STR_NONE);
        buf_put_day_json(buf, holiday->worked[i]);
    }
    buf_put(buf, STR("]}"));
}

void year_json(Buf *buf, const YearView *view)
{
    Day known = view->calendar->known_on;
    buf_print(buf, "{\"year\":%d", view->year);
    key_day(buf, "known_on", known == DAY_LAST ? DAY_NONE : known);
    buf_print(buf, ",\"provisional\":%s,\"working_days\":%d,\"months\":[",
              view->published ? "false" : "true", view->working_days);
    for (int month = 0; month < 12; month++) {
        buf_print(buf, "%s%d", month ? "," : "", view->months[month]);
    }
    buf_put(buf, STR("],\"holidays\":["));
    for (size_t i = 0; i < view->holidays_count; i++) {
        buf_put(buf, i ? STR(",") : STR_NONE);
        holiday_json(buf, &view->holidays[i]);
    }
    buf_put(buf, STR("],\"notices\":"));
    notices_json(buf, view->notices, view->notices_count);
    buf_put_byte(buf, '}');
}
