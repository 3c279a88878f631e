/* month_pages.c: a month as a grid: what falls due on each day, holidays and worked days. */
#include "pages.h"

#include "deskpage.h"

enum { ADDRESS_BYTES_MAX = 64, MONTHS = 12, MONTH_DIGITS = 7 };

/* "2026-11"; the month of today when it is none. */
static void month_asked(const Request *request, int *ret_year, int *ret_month)
{
    Str text = typed_get(&request->query, STR("m"));
    int64_t year, month;
    int day;
    day_split(request->today, ret_year, ret_month, &day);
    if (text.len == MONTH_DIGITS && text.at[4] == '-' && str_int(str_part(text, 0, 4), &year) &&
        str_int(str_part(text, 5, text.len), &month) && month >= 1 && month <= MONTHS &&
        year > DAY_YEAR_MIN && year < DAY_YEAR_MAX) {
        *ret_year = (int)year;
        *ret_month = (int)month;
    }
}

static Str address_of(Request *request, int year, int month)
{
    Buf buf = buf_new(ADDRESS_BYTES_MAX);
    buf_print(&buf, "/month?m=%04d-%02d", year, month);
    Str address = str_copy(request->arena, buf_str(&buf));
    buf_done(&buf);
    return address;
}

static Str name_of(const Say *say, int year, int month)
{
    Buf buf = buf_new(ADDRESS_BYTES_MAX);
    buf_put_int(&buf, year);
    Str name = SAY(say, WORD_MONTH_NAME, say_plain(say, (Word)(WORD_MONTH_1 + month - 1)),
                   buf_str(&buf));
    buf_done(&buf);
    return name;
}

static void put_neighbours(Request *request, const Say *say, MonthView *view)
{
    int year = view->year, month = view->month;
    int before_year = month == 1 ? year - 1 : year, before = month == 1 ? MONTHS : month - 1;
    int after_year = month == MONTHS ? year + 1 : year, after = month == MONTHS ? 1 : month + 1;
    if (before_year > DAY_YEAR_MIN) {
        view->before = address_of(request, before_year, before);
        view->before_name = name_of(say, before_year, before);
    }
    if (after_year < DAY_YEAR_MAX) {
        view->after = address_of(request, after_year, after);
        view->after_name = name_of(say, after_year, after);
    }
}

void month_show(Request *request, Reply *reply)
{
    Fault fault;
    MonthView view = {.year = 0};
    int64_t count = 0;
    if (desk_elsewhere(request, reply)) {
        return;
    }
    month_asked(request, &view.year, &view.month);
    bool last = view.month == MONTHS;
    Day from = day_from(view.year, view.month, 1);
    Day until = day_from(last ? view.year + 1 : view.year, last ? 1 : view.month + 1, 1) - 1;
    Fail fail = desk_days(request, from, until, true, &view.days, &fault);
    fail = fail == FAIL_NONE ? desk_count(request, from, until, &count, &fault) : fail;
    if (fail != FAIL_NONE) {
        reply_fault(request, reply, &fault);
        return;
    }
    Say say = say_in(request, STR_NONE);
    view.name = name_of(&say, view.year, view.month);
    view.value = str_part(address_of(request, view.year, view.month), sizeof "/month?m=" - 1,
                          ADDRESS_BYTES_MAX);
    view.due = count == 0   ? say_plain(&say, WORD_MONTH_NONE_DUE)
               : count == 1 ? say_plain(&say, WORD_MONTH_ONE_DUE)
                            : SAY(&say, WORD_MONTH_DUE, say_number(&say, count));
    put_neighbours(request, &say, &view);
    if (!calendar_published(docket_calendar(request->reader->docket), view.year)) {
        Buf year = buf_new(16);
        buf_put_int(&year, view.year);
        view.provisional = SAY(&say, WORD_MONTH_PROVISIONAL, buf_str(&year));
        buf_done(&year);
    }
    PageHead head = {.title = view.name, .here = "month"};
    Out out = request_page(request, reply, &head);
    page_month(&out, &view);
    request_page_end(request, &out);
}
