/* calendar_reason.c: why a day counts or not, and what a notice is and changed, as plain text
 * (calendar_text.h). */
#include "calendar_text.h"
#include "position_text.h"

/* "off for Labour Day", "weekend": the state of a day in a few words, without the notice. */
static void put_why(Buf *buf, DayReason reason, const Reader *reader)
{
    static const Word words[] = {
        [WHY_WORKING] = WORD_CALENDAR_WHY_WORKING, [WHY_MADE_UP] = WORD_CALENDAR_WHY_WORKED,
        [WHY_WEEKEND] = WORD_CALENDAR_WHY_WEEKEND, [WHY_HOLIDAY] = WORD_CALENDAR_WHY_OFF,
        [WHY_STATUTORY] = WORD_CALENDAR_WHY_STATUTORY,
    };
    WORD_PUT(buf, reader->language, words[reason.why],
             lawwords_get(reader->words, "holiday", reason.holiday));
}

static void put_day(Buf *buf, Day day, Language language)
{
    buf_put_day(buf, day);
    buf_put_byte(buf, ' ');
    buf_put(buf, weekday_word(day, language));
}

void days_text(Buf *buf, const Calendar *calendar, Day first, Day last, const Reader *reader)
{
    int counted = 0;
    bool provisional = false;
    for (Day day = first; day <= last; day++) {
        DayReason reason = calendar_reason(calendar, day);
        bool unknown = calendar_provisional(calendar, day);
        provisional = provisional || unknown;
        buf_put(buf, STR("  "));
        put_day(buf, day, reader->language);
        buf_put(buf, unknown ? STR(" ~") : STR("  "));
        if (calendar_working(calendar, day)) {
            buf_print(buf, "%4d  ", ++counted);
        } else {
            buf_put(buf, STR("   -  "));
        }
        put_why(buf, reason, reader);
        if (reason.notice && !reason.notice->statutory) {
            buf_put(buf, STR(" · "));
            buf_put(buf, reason.notice->number);
        }
        buf_put_byte(buf, '\n');
    }
    if (provisional) {
        buf_put(buf, word_text(reader->language, WORD_CALENDAR_TILDE));
        buf_put_byte(buf, '\n');
    }
}

void changes_text(Buf *buf, const NoticeView *view, const Reader *reader)
{
    for (size_t i = 0; i < view->changes_count; i++) {
        const ChangeView *change = &view->changes[i];
        Buf was = {0}, is = {0};
        put_why(&was, change->was, reader);
        put_why(&is, change->is, reader);
        buf_put(buf, STR("      "));
        put_day(buf, change->day, reader->language);
        buf_put(buf, STR("  "));
        WORD_PUT(buf, reader->language, WORD_CALENDAR_CHANGE, buf_str(&was), buf_str(&is));
        buf_put_byte(buf, '\n');
        buf_done(&was);
        buf_done(&is);
    }
}

static void put_dates(Buf *buf, const Notice *notice, Language language)
{
    Buf dated = buf_new(16), published = buf_new(16);
    buf_put_day(&dated, notice->dated);
    buf_put_day(&published, notice->published);
    WORD_PUT(buf, language,
             notice->statutory ? WORD_CALENDAR_IN_FORCE : WORD_CALENDAR_DATES, buf_str(&dated),
             buf_str(&published));
    buf_done(&dated);
    buf_done(&published);
}

/* A statutory file has no number: its title stands first. */
static void put_notice(Buf *buf, const NoticeView *view, const Reader *reader)
{
    const Notice *notice = view->notice;
    buf_put(buf, STR("  "));
    if (!notice->statutory) {
        buf_put(buf, notice->number);
        if (notice->number_unverified) {
            buf_put_byte(buf, ' ');
            buf_put(buf, word_text(reader->language, WORD_CALENDAR_UNVERIFIED));
        }
        buf_put(buf, STR("\n      "));
    }
    buf_put(buf, notice->title);
    buf_put(buf, STR("\n      "));
    put_dates(buf, notice, reader->language);
    buf_put(buf, STR("\n      "));
    buf_put(buf, notice->source);
    buf_put_byte(buf, '\n');
    if (notice->amends.len) {
        buf_put(buf, STR("      "));
        WORD_PUT(buf, reader->language, WORD_CALENDAR_AMENDS, notice->amends);
        buf_put_byte(buf, '\n');
        changes_text(buf, view, reader);
    }
}

void notices_text(Buf *buf, const YearView *view, const Reader *reader)
{
    for (size_t i = 0; i < view->notices_count; i++) {
        put_notice(buf, &view->notices[i], reader);
    }
}
