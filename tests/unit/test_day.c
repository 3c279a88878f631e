/* test_day.c: civil days, held against the C library's calendar day by day. */
#include "kit.h"

#include <cmocka.h>
#include <time.h>

#include "day.h"

static Day parsed(const char *text)
{
    Day day = DAY_NONE;
    assert_true(day_parse(str_from(text), &day));
    return day;
}

static void every_day_of_the_program_agrees_with_the_c_library(void **state)
{
    (void)state;
    Day first = day_from(DAY_YEAR_MIN, 1, 1), last = day_from(DAY_YEAR_MAX, 12, 31);
    assert_int_equal(last - first + 1, 58439);
    for (Day day = first; day <= last; day++) {
        time_t moment = (time_t)day * 86400;
        struct tm civil;
        gmtime_r(&moment, &civil);
        int year, month, of_month;
        day_split(day, &year, &month, &of_month);
        assert_int_equal(year, civil.tm_year + 1900);
        assert_int_equal(month, civil.tm_mon + 1);
        assert_int_equal(of_month, civil.tm_mday);
        assert_int_equal(day_weekday(day), (civil.tm_wday + 6) % 7);
        assert_int_equal(day_from(year, month, of_month), day);
        assert_int_equal(day_year(day), year);
    }
}

static void a_day_is_written_as_it_is_read(void **state)
{
    (void)state;
    Buf buf = buf_new(0);
    for (Day day = day_from(1990, 1, 1); day < day_from(2149, 12, 31); day += 17) {
        buf_clear(&buf);
        buf_put_day(&buf, day);
        assert_int_equal(buf.len, 10);
        Day again;
        assert_true(day_parse(buf_str(&buf), &again));
        assert_int_equal(again, day);
    }
    buf_done(&buf);
}

static void known_days_fall_on_known_weekdays(void **state)
{
    (void)state;
    assert_int_equal(day_weekday(parsed("2020-06-01")), MONDAY);
    assert_int_equal(day_weekday(parsed("2022-02-15")), TUESDAY);
    assert_int_equal(day_weekday(parsed("2000-02-29")), TUESDAY);
    assert_int_equal(day_weekday(parsed("2100-03-01")), MONDAY);
}

static void days_that_do_not_exist_are_not_read(void **state)
{
    (void)state;
    const char *const wrong[] = {
        "2021-02-29", "2100-02-29", "2020-02-30", "2020-04-31", "2020-00-10", "2020-13-01",
        "2020-01-00", "2020-01-32", "1989-12-31", "2150-01-01", "0000-00-00", "9999-99-99",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        Day day = 7;
        assert_false(day_parse(str_from(wrong[i]), &day));
        assert_int_equal(day, 7);
        assert_true(day_form(str_from(wrong[i])));
    }
}

static void other_ways_to_write_a_day_are_not_read(void **state)
{
    (void)state;
    const char *const wrong[] = {
        "", "2020-1-1", "2020-01-1", "20200101", "2020/01/01", " 2020-01-01", "2020-01-01 ",
        "2020-01-01T00:00", "2020-0a-01", "+020-01-01", "２020-01-01", "01-01-2020", "2020-01_01",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        Day day;
        assert_false(day_parse(str_from(wrong[i]), &day));
        assert_false(day_form(str_from(wrong[i])));
    }
}

static void the_day_in_beijing_begins_at_16_hours_of_greenwich(void **state)
{
    (void)state;
    const int64_t hour = 3600 * 1000;
    assert_int_equal(day_of_moment(0), parsed("1990-01-01") - 7305);
    assert_int_equal(day_of_moment(16 * hour - 1), 0);
    assert_int_equal(day_of_moment(16 * hour), 1);
    assert_int_equal(day_of_moment(-8 * hour), 0);
    assert_int_equal(day_of_moment(-8 * hour - 1), -1);
    /* 2020-06-01 00:00 in Beijing is 2020-05-31 16:00 in Greenwich */
    assert_int_equal(day_of_moment(INT64_C(1590940800000)), parsed("2020-06-01"));
    assert_int_equal(day_of_moment(INT64_C(1590940799999)), parsed("2020-05-31"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_of_the_program_agrees_with_the_c_library),
        cmocka_unit_test(a_day_is_written_as_it_is_read),
        cmocka_unit_test(known_days_fall_on_known_weekdays),
        cmocka_unit_test(days_that_do_not_exist_are_not_read),
        cmocka_unit_test(other_ways_to_write_a_day_are_not_read),
        cmocka_unit_test(the_day_in_beijing_begins_at_16_hours_of_greenwich),
    };
    return cmocka_run_group_tests_name("day", tests, NULL, NULL);
}
