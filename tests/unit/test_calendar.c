/* test_calendar.c: working days under the State Council's notices, on the vectors of the facts. */
#include "kit.h"

#include <cmocka.h>

#include "calendar.h"

static Arena arena;
static Notices notices;
static const Calendar *calendar;      /* everything known */

static int read_law(void **state)
{
    (void)state;
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

static const Calendar *known_on(const char *text)
{
    return calendar_build(&arena, &notices, day(text));
}

static void due_by(const Calendar *with, const char *from, int n, const char *expected)
{
    Day due = calendar_add(with, day(from), n);
    Buf shown = buf_new(16);
    buf_put_day(&shown, due);
    buf_put_byte(&shown, 0);
    assert_string_equal(shown.at, expected);
    buf_done(&shown);
}

static void due(const char *from, int n, const char *expected)
{
    due_by(calendar, from, n, expected);
}

static void the_path_of_2020(void **state)
{
    (void)state;
    due("2020-09-01", 10, "2020-09-15");
    due("2020-09-15", 30, "2020-11-02");
    due("2020-09-15", 45, "2020-11-23");
    due("2020-11-02", 15, "2020-11-23");
    due("2020-11-23", 45, "2021-01-26");
}

static void the_path_of_2022(void **state)
{
    (void)state;
    due("2022-03-01", 10, "2022-03-15");
    due("2022-03-15", 30, "2022-04-26");
    due("2022-03-15", 45, "2022-05-19");
    due("2022-04-26", 15, "2022-05-19");
    due("2022-05-19", 90, "2022-09-26");
}

static void over_new_year_and_spring_festival(void **state)
{
    (void)state;
    due("2025-12-22", 10, "2026-01-06");
    due("2026-01-06", 30, "2026-02-24");
    due("2026-01-06", 45, "2026-03-16");
    due("2026-02-24", 15, "2026-03-16");
    due("2026-03-16", 90, "2026-07-24");
}

static void a_made_up_saturday_can_be_the_due_day(void **state)
{
    (void)state;
    due("2026-02-02", 10, "2026-02-14");
    due("2025-09-15", 15, "2025-10-11");
    assert_int_equal(day_weekday(day("2026-02-14")), SATURDAY);
    assert_true(calendar_working(calendar, day("2026-02-14")));
}

static void fifteen_working_days_are_not_fifteen_days(void **state)
{
    (void)state;
    due("2020-09-28", 15, "2020-10-26");
}

static void real_cases_count_as_published(void **state)
{
    (void)state;
    assert_int_equal(calendar_count(calendar, day("2021-07-02"), day("2022-07-21")), 263);
    assert_int_equal(calendar_count(calendar, day("2021-07-02"), day("2023-01-16")), 385);
    assert_int_equal(calendar_count(calendar, day("2021-07-05"), day("2022-06-29")), 246);
    assert_int_equal(calendar_count(calendar, day("2022-06-23"), day("2023-09-06")), 300 + 3);
    assert_int_equal(calendar_count(calendar, day("2022-06-23"), day("2023-09-01")), 300);
    assert_int_equal(calendar_count(calendar, day("2023-03-31"), day("2023-05-21")), 33);
    due("2023-03-31", 30, "2023-05-16");
    due("2023-03-31", 45, "2023-06-06");
}

static void labour_day_2019_before_and_after_its_change(void **state)
{
    (void)state;
    due_by(known_on("2019-03-21"), "2019-04-25", 5, "2019-05-03");
    due_by(known_on("2019-03-22"), "2019-04-25", 5, "2019-05-05");
    due_by(known_on("2019-03-21"), "2019-04-22", 10, "2019-05-07");
    due_by(known_on("2019-03-22"), "2019-04-22", 10, "2019-05-07");
}

static void spring_festival_2020_before_and_after_its_extension(void **state)
{
    (void)state;
    due_by(known_on("2020-01-26"), "2020-01-17", 10, "2020-02-05");
    due_by(known_on("2020-01-27"), "2020-01-17", 10, "2020-02-07");
    assert_true(calendar_working(known_on("2020-01-26"), day("2020-02-01")));
    assert_false(calendar_working(calendar, day("2020-02-01")));
    assert_true(calendar_working(calendar, day("2020-02-03")));
    assert_true(calendar_working(calendar, day("2020-01-19")));
}

static void each_year_has_its_number_of_working_days(void **state)
{
    (void)state;
    static const int expected[] = {250, 249, 250, 250, 249, 250, 249, 249, 251, 248, 248};
    for (int year = 2016; year <= 2026; year++) {
        assert_int_equal(calendar_count(calendar, day_from(year - 1, 12, 31),
                                        day_from(year, 12, 31)),
                         expected[year - 2016]);
        assert_true(calendar_published(calendar, year));
    }
}

static void years_without_a_notice_are_provisional(void **state)
{
    (void)state;
    assert_true(calendar_provisional(calendar, day("2015-12-31")));
    assert_false(calendar_provisional(calendar, day("2016-01-01")));
    assert_false(calendar_provisional(calendar, day("2026-12-31")));
    assert_true(calendar_provisional(calendar, day("2027-01-01")));
    assert_true(calendar_provisional(calendar, day("2028-06-01")));
    due("2026-11-23", 30, "2027-01-05");
    due("2015-10-01", 1, "2015-10-02");      /* weekends alone */
    due("2028-09-29", 1, "2028-10-02");
}

static void the_statutory_days_of_2027_are_off_and_no_swap_is_guessed(void **state)
{
    (void)state;
    due("2026-12-31", 1, "2027-01-04");
    due("2027-02-04", 1, "2027-02-09");
    due("2027-04-02", 1, "2027-04-06");
    due("2027-06-08", 1, "2027-06-10");
    due("2027-09-14", 1, "2027-09-16");
    due("2027-09-30", 1, "2027-10-04");
    assert_int_equal(calendar_reason(calendar, day("2027-02-05")).why, WHY_STATUTORY);
    assert_int_equal(calendar_reason(calendar, day("2027-02-06")).why, WHY_STATUTORY);
    assert_int_equal(calendar_reason(calendar, day("2027-02-13")).why, WHY_WEEKEND);
}

static void a_year_is_provisional_until_its_notice_is_known(void **state)
{
    (void)state;
    const Calendar *early = known_on("2020-11-24"), *late = known_on("2020-11-25");
    assert_false(calendar_published(early, 2021));
    assert_true(calendar_published(late, 2021));
    due_by(early, "2021-02-10", 1, "2021-02-11");
    due_by(late, "2021-02-10", 1, "2021-02-18");
}

static void a_notice_settles_days_of_the_december_before(void **state)
{
    (void)state;
    assert_true(calendar_working(calendar, day("2018-12-29")));
    assert_false(calendar_working(calendar, day("2018-12-31")));
    assert_true(calendar_working(known_on("2018-12-05"), day("2018-12-31")));
    DayReason reason = calendar_reason(calendar, day("2018-12-31"));
    assert_int_equal(reason.why, WHY_HOLIDAY);
    assert_int_equal(reason.notice->year, 2019);
    assert_true(str_is(reason.holiday, "new_year"));
}

static void each_day_says_why(void **state)
{
    (void)state;
    DayReason off = calendar_reason(calendar, day("2019-05-03"));
    assert_int_equal(off.why, WHY_HOLIDAY);
    assert_true(str_is(off.notice->number, "国办发明电〔2019〕3号"));
    assert_true(str_is(off.notice->amends, "国办发明电〔2018〕15号"));
    DayReason worked = calendar_reason(calendar, day("2019-05-05"));
    assert_int_equal(worked.why, WHY_MADE_UP);
    assert_true(str_is(worked.holiday, "labour"));
    DayReason before = calendar_reason(known_on("2019-03-21"), day("2019-05-03"));
    assert_int_equal(before.why, WHY_WORKING);
    assert_null(before.notice);
    assert_int_equal(calendar_reason(calendar, day("2024-02-09")).why, WHY_WORKING);
    assert_int_equal(calendar_reason(calendar, day("2019-04-06")).why, WHY_WEEKEND);
}

/* The tables against a walk, day by day, from the reasons. */
static void the_tables_agree_with_a_walk(void **state)
{
    (void)state;
    Day first = day("2014-12-20"), last = day("2028-12-31");
    int counted = 0;
    for (Day at = first + 1; at <= last; at++) {
        DayWhy why = calendar_reason(calendar, at).why;
        bool working = why == WHY_WORKING || why == WHY_MADE_UP;
        assert_int_equal(calendar_working(calendar, at), working);
        counted += working;
        assert_int_equal(calendar_count(calendar, first, at), counted);
        if (working) {
            assert_int_equal(calendar_add(calendar, first, counted), at);
        }
    }
}

static void the_ends_of_the_calendar_hold(void **state)
{
    (void)state;
    assert_int_equal(calendar_count(calendar, day("2020-09-15"), day("2020-09-15")), 0);
    assert_int_equal(calendar_count(calendar, day("2020-09-15"), day("2020-09-01")), 0);
    assert_true(calendar_covers(calendar, day("1990-01-01")));
    assert_true(calendar_covers(calendar, day("2149-12-31")));
    assert_false(calendar_covers(calendar, calendar->last + 1));
    assert_int_equal(calendar_add(calendar, calendar->last, 1), DAY_NONE);
    assert_int_equal(calendar_add(calendar, calendar->last - 10, 2147483647), DAY_NONE);
    assert_int_equal(calendar_add(calendar, calendar->first, 1), day("1990-01-02"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_path_of_2020),
        cmocka_unit_test(the_path_of_2022),
        cmocka_unit_test(over_new_year_and_spring_festival),
        cmocka_unit_test(a_made_up_saturday_can_be_the_due_day),
        cmocka_unit_test(fifteen_working_days_are_not_fifteen_days),
        cmocka_unit_test(real_cases_count_as_published),
        cmocka_unit_test(labour_day_2019_before_and_after_its_change),
        cmocka_unit_test(spring_festival_2020_before_and_after_its_extension),
        cmocka_unit_test(each_year_has_its_number_of_working_days),
        cmocka_unit_test(years_without_a_notice_are_provisional),
        cmocka_unit_test(the_statutory_days_of_2027_are_off_and_no_swap_is_guessed),
        cmocka_unit_test(a_year_is_provisional_until_its_notice_is_known),
        cmocka_unit_test(a_notice_settles_days_of_the_december_before),
        cmocka_unit_test(each_day_says_why),
        cmocka_unit_test(the_tables_agree_with_a_walk),
        cmocka_unit_test(the_ends_of_the_calendar_hold),
    };
    return cmocka_run_group_tests_name("calendar", tests, read_law, forget);
}
