/* test_dayclock.c: the arithmetic of one clock: holds united, days counted between them. */
#include "kit.h"

#include <cmocka.h>

#include "dayclock.h"

static Arena arena;
static Notices notices;
static const Calendar *calendar;

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

static void assert_due(const char *started, int allowed, const Hold *holds, size_t count,
                       const char *due)
{
    bool held;
    Day found = dayclock_due(calendar, day(started), allowed, holds, count, &held);
    assert_false(held);
    assert_int_equal(found, day(due));
}

static void ten_working_days_without_the_first(void **state)
{
    (void)state;
    assert_due("2020-09-01", 10, NULL, 0, "2020-09-15");
    assert_due("2026-02-02", 10, NULL, 0, "2026-02-14");   /* a Saturday that is worked */
}

static void a_pause_moves_the_due_day_and_a_restart_would_move_it_further(void **state)
{
    (void)state;
    Hold hold = {day("2021-03-16"), day("2021-03-29"), 0};
    assert_due("2021-03-01", 30, NULL, 0, "2021-04-13");
    assert_due("2021-03-01", 30, &hold, 1, "2021-04-26");
    assert_due("2021-03-29", 30, NULL, 0, "2021-05-12");
}

static void an_open_hold_has_no_due_day_unless_the_days_were_used_up_before(void **state)
{
    (void)state;
    bool held;
    Hold before = {day("2020-09-10"), DAY_LAST, 0}, after = {day("2020-09-16"), DAY_LAST, 0};
    assert_int_equal(dayclock_due(calendar, day("2020-09-01"), 10, &before, 1, &held), DAY_NONE);
    assert_true(held);
    assert_int_equal(dayclock_due(calendar, day("2020-09-01"), 10, &after, 1, &held),
                     day("2020-09-15"));
    assert_false(held);
}

static void a_due_day_past_the_calendar_is_none_and_not_held(void **state)
{
    (void)state;
    bool held = true;
    assert_int_equal(dayclock_due(calendar, day("2149-12-01"), 90, NULL, 0, &held), DAY_NONE);
    assert_false(held);
}

/* A matter with one clock and two requests, made by hand. */
static void overlapping_requests_are_united(void **state)
{
    (void)state;
    const Edition *edition;
    FaultList faults = {.arena = &arena};
    Facts facts = {0};
    Matter matter;
    assert_int_equal(edition_read(&arena, &law_built_in, STR("2020"), &edition, &faults), 0);
    matter_init(&matter, &arena, edition, &facts);
    DutyId asked = edition_duty(edition, STR("materials_asked"));
    Owed owed[] = {
        {.duty = asked, .state = OWED_ANSWERED, .current = true, .clock = UINT32_MAX,
         .laid = day("2021-03-10"), .closed = day("2021-03-17")},
        {.duty = asked, .state = OWED_LIFTED, .current = true, .clock = UINT32_MAX,
         .laid = day("2021-03-15"), .closed = day("2021-03-22")},
        {.duty = asked, .state = OWED_ANSWERED, .current = true, .clock = UINT32_MAX,
         .laid = day("2021-03-25"), .closed = day("2021-03-25")},
    };
    ClockRun run = {.clock = edition_clock(edition, STR("preliminary")), .end = CLOCK_OPEN,
                    .of = {.role = ID_NONE}, .started = day("2021-03-01"), .stopped = DAY_NONE,
                    .allowed = 30};
    matter.owed = owed;
    matter.owed_count = 3;
    Hold holds[4];
    assert_int_equal(dayclock_holds(&matter, &run, holds, 4), 1);
    assert_int_equal(holds[0].from, day("2021-03-11"));
    assert_int_equal(holds[0].to, day("2021-03-22"));
    ClockStatus status = dayclock_status(&matter, &run, calendar, day("2021-03-23"));
    assert_int_equal(status.state, STATE_RUNNING);
    assert_int_equal(status.used, 8);   /* 2 to 10 March: 7; 23 March: 1 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ten_working_days_without_the_first),
        cmocka_unit_test(a_pause_moves_the_due_day_and_a_restart_would_move_it_further),
        cmocka_unit_test(an_open_hold_has_no_due_day_unless_the_days_were_used_up_before),
        cmocka_unit_test(a_due_day_past_the_calendar_is_none_and_not_held),
        cmocka_unit_test(overlapping_requests_are_united),
    };
    return cmocka_run_group_tests(tests, read_law, forget);
}
