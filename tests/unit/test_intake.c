/* test_intake.c: facts typed into a form are those that a script would say. */
#include "kit.h"

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "intake.h"
#include "law.h"

static Arena arena;
static Fault fault;
static const Edition *edition;

static int set_up(void **state)
{
    (void)state;
    Law *law;
    return law_open(&arena, NULL, NULL, &law, &fault) ||
           law_edition(law, STR("2022"), &edition, &fault);
}

static int tear_down(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

static void facts_are_read_and_the_recipients_follow_from_the_sector(void **state)
{
    (void)state;
    const Typed typed[] = {{STR("title"), STR("核心路由器")}, {STR("value"), STR("38600000.50")},
                           {STR("signed"), STR("false")}, {STR("department"), STR_NONE},
                           {STR("sector"), STR("telecoms")}};
    Facts facts;
    size_t bad;
    assert_int_equal(intake_facts(&arena, edition, typed, 5, &facts, &bad, &fault), FAIL_NONE);
    assert_int_equal(facts.purchase_count, 4);   /* what was left empty is no fact */
    assert_true(str_is(facts_purchase(&facts, STR("title"))->text, "核心路由器"));
    assert_int_equal(facts_purchase(&facts, STR("signed"))->kind, VALUE_YES_NO);
    assert_false(facts_purchase(&facts, STR("signed"))->yes);
    assert_null(facts_purchase(&facts, STR("department")));
    assert_int_equal(facts.recipients_count, edition->recipients_count + 1);
    Party last = facts.recipients[facts.recipients_count - 1];
    assert_true(str_is(edition->roles[last.role].id, "department") && str_is(last.id, "telecoms"));
}

static void what_cannot_be_is_named(void **state)
{
    (void)state;
    static const Typed wrong[] = {
        {{"value", 5}, {"a lot", 5}}, {{"value", 5}, {"1.2.3", 5}}, {{"value", 5}, {"-5", 2}},
        {{"sector", 6}, {"banana", 6}}, {{"signed", 6}, {"perhaps", 7}},
        {{"nobody_knows", 12}, {"x", 1}},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        const Typed typed[] = {{STR("title"), STR("a")}, wrong[i]};
        Facts facts;
        size_t bad = 99;
        assert_int_equal(intake_facts(&arena, edition, typed, 2, &facts, &bad, &fault), FAIL_INPUT);
        assert_int_equal(bad, 1);
    }
}

static void money_is_read_as_people_write_it(void **state)
{
    (void)state;
    static const char *const amounts[][2] = {
        {"38600000", "38600000"}, {" 38,600,000.00 ", "38600000.00"}, {"38 600 000", "38600000"},
        {"1,000", "1000"}, {"1,00", "1,00"}, {"1,0000", "1,0000"}, {"1.000,50", "1.000,50"},
        {",100", ",100"}, {"12,345,67", "12345,67"}, {"", ""}, {"abc", "abc"},
    };
    for (size_t i = 0; i < sizeof amounts / sizeof amounts[0]; i++) {
        Str plain = intake_amount(&arena, str_from(amounts[i][0]));
        assert_string_equal(str_terminated(&arena, plain), amounts[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(facts_are_read_and_the_recipients_follow_from_the_sector),
        cmocka_unit_test(what_cannot_be_is_named),
        cmocka_unit_test(money_is_read_as_people_write_it),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
