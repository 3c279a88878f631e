/* fuzz_notice.c: any bytes as a notice, alone and laid over the built-in ones; what is taken must
 * give a calendar whose tables agree with its reasons. */
#include <stdlib.h>

#include "calendar.h"

static void require(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void days_hold(const Notice *notice)
{
    for (size_t i = 0; i < notice->days_count; i++) {
        require(i == 0 || notice->days[i - 1].day < notice->days[i].day);
        require(notice->days[i].status != DAY_WORKED ||
                day_weekday(notice->days[i].day) >= SATURDAY);
        require(notice->days[i].holiday.len > 0);
    }
    require(notice->published >= notice->dated && notice->days_count > 0);
}

static void calendar_holds(Arena *arena, const Notices *notices, const Notice *notice)
{
    const Calendar *calendar = calendar_build(arena, notices, DAY_LAST);
    for (size_t i = 0; i < notice->days_count; i++) {
        Day day = notice->days[i].day;
        DayWhy why = calendar_reason(calendar, day).why;
        require(calendar_working(calendar, day) == (why == WHY_WORKING || why == WHY_MADE_UP));
    }
    Day last = calendar_add(calendar, calendar->first, (int)calendar->working_count - 1);
    require(last != DAY_NONE && last <= calendar->last);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    Arena arena = {0};
    Str text = {(const char *)bytes, size};
    Notice notice;
    Fault fault = {0};
    if (notice_read(&arena, text, STR("fuzz.yaml"), &notice, &fault) == FAIL_NONE) {
        days_hold(&notice);
        LawFile file = {STR("calendars/fuzz.yaml"), STR("fuzz.yaml"), text};
        LawFolder overlay = {&file, 1};
        Notices notices;
        if (notices_read(&arena, &law_built_in, &overlay, &notices, &fault) == FAIL_NONE) {
            calendar_holds(&arena, &notices, &notice);
        }
    }
    arena_done(&arena);
    return 0;
}
