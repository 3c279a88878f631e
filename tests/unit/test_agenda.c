/* test_agenda.c: what falls due when, week by week. */
#include "kit.h"

#include <cmocka.h>

#include "agenda.h"

static Arena arena;
static const Calendar *calendar;

static int read_law(void **state)
{
    (void)state;
    static Notices notices;
    Fault fault;
    if (notices_read(&arena, &law_built_in, NULL, &notices, &fault)) {
        return -1;
    }
    calendar = calendar_build(&arena, &notices, DAY_LAST);
    return 0;
}

static int forget(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

static Day day(const char *text)
{
    Day parsed;
    assert_true(day_parse(str_from(text), &parsed));
    return parsed;
}

static const AgendaDay *on(const AgendaDay *days, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++) {
        if (days[i].day == day(text)) {
            return &days[i];
        }
    }
    fail_msg("%s is not in the agenda", text);
    return NULL;
}

static void a_month_has_whole_weeks_from_monday_to_sunday(void **state)
{
    (void)state;
    size_t count;
    const AgendaDay *days = agenda_days(&arena, calendar, day("2026-11-01"), day("2026-11-30"),
                                        NULL, 0, &count);
    assert_int_equal(count, 6 * 7);   /* 1 November 2026 is a Sunday, the 30th a Monday */
    assert_int_equal(days[0].day, day("2026-10-26"));
    assert_int_equal(days[count - 1].day, day("2026-12-06"));
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(day_weekday(days[i].day), (int)(i % 7));
        assert_int_equal(days[i].due, 0);
    }
    assert_false(on(days, count, "2026-10-31")->in_month);
    assert_true(on(days, count, "2026-11-01")->in_month);
    assert_true(on(days, count, "2026-11-30")->in_month);
    assert_false(on(days, count, "2026-12-01")->in_month);
}

static void holidays_and_worked_saturdays_say_why(void **state)
{
    (void)state;
    size_t count;
    const AgendaDay *days = agenda_days(&arena, calendar, day("2020-09-21"), day("2020-10-18"),
                                        NULL, 0, &count);
    const AgendaDay *off = on(days, count, "2020-10-05"), *worked = on(days, count, "2020-10-10");
    assert_false(off->working);
    assert_int_equal(off->reason.why, WHY_HOLIDAY);
    assert_non_null(off->reason.notice);
    assert_true(worked->working);   /* a Saturday */
    assert_int_equal(worked->reason.why, WHY_MADE_UP);
    assert_int_equal(on(days, count, "2020-10-11")->reason.why, WHY_WEEKEND);
    assert_int_equal(on(days, count, "2020-10-12")->reason.why, WHY_WORKING);
}

static void each_day_counts_what_falls_due_and_names_the_first(void **state)
{
    (void)state;
    enum { MANY = AGENDA_NAMES_MAX + 5 };
    AgendaDue due[MANY + 3];
    for (size_t i = 0; i < MANY; i++) {
        due[i] = (AgendaDue){day("2026-11-25"), i == 0 ? STR("first") : STR("other")};
    }
    due[MANY] = (AgendaDue){day("2026-11-26"), STR("alone")};
    due[MANY + 1] = (AgendaDue){DAY_NONE, STR("held: it has no due day")};
    due[MANY + 2] = (AgendaDue){day("2027-06-01"), STR("far away")};
    size_t count;
    const AgendaDay *days = agenda_days(&arena, calendar, day("2026-11-23"), day("2026-12-06"),
                                        due, MANY + 3, &count);
    assert_int_equal(count, 14);
    assert_int_equal(on(days, count, "2026-11-25")->due, MANY);
    assert_int_equal(on(days, count, "2026-11-25")->matters_count, AGENDA_NAMES_MAX);
    assert_true(str_is(on(days, count, "2026-11-25")->matters[0], "first"));
    assert_int_equal(on(days, count, "2026-11-26")->due, 1);
    assert_true(str_is(on(days, count, "2026-11-26")->matters[0], "alone"));
    int all = 0;
    for (size_t i = 0; i < count; i++) {
        all += days[i].due;
    }
    assert_int_equal(all, MANY + 1);
}

static void what_is_no_span_gives_nothing(void **state)
{
    (void)state;
    size_t count = 7;
    assert_null(agenda_days(&arena, calendar, day("2026-11-02"), day("2026-11-01"), NULL, 0,
                            &count));
    assert_int_equal(count, 0);
    assert_null(agenda_days(&arena, calendar, day("2020-01-01"), day("2026-11-01"), NULL, 0,
                            &count));
    assert_null(agenda_days(&arena, calendar, DAY_NONE, DAY_NONE + 3, NULL, 0, &count));
    assert_null(agenda_days(&arena, calendar, DAY_LAST - 3, DAY_LAST, NULL, 0, &count));
    assert_int_equal(count, 0);
}

static void the_ends_of_the_calendar_are_not_passed(void **state)
{
    (void)state;
    size_t count;
    const AgendaDay *days = agenda_days(&arena, calendar, day("1990-01-01"), day("1990-01-31"),
                                        NULL, 0, &count);
    assert_true(count > 0 && days[0].day >= calendar->first);
    days = agenda_days(&arena, calendar, day("2149-12-01"), day("2149-12-31"), NULL, 0, &count);
    assert_true(count > 0 && days[count - 1].day <= calendar->last);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_month_has_whole_weeks_from_monday_to_sunday),
        cmocka_unit_test(holidays_and_worked_saturdays_say_why),
        cmocka_unit_test(each_day_counts_what_falls_due_and_names_the_first),
        cmocka_unit_test(what_is_no_span_gives_nothing),
        cmocka_unit_test(the_ends_of_the_calendar_are_not_passed),
    };
    return cmocka_run_group_tests(tests, read_law, forget);
}
