/* test_script.c: the door through which case scripts come in, and what the law makes of them. */
#include "kit.h"

#include <cmocka.h>

#include "position_json.h"
#include "script.h"

static Arena arena;
static Law *law;
static Fault fault;

static int open_law(void **state)
{
    (void)state;
    return law_open(&arena, NULL, NULL, &law, &fault) == FAIL_NONE ? 0 : -1;
}

static int forget(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

static void assert_faulty(const char *text, Word word, int line, int column)
{
    Script script;
    Fail fail = script_read(law, &arena, str_from(text), STR("case.yaml"), &script, &fault);
    assert_int_equal(fail, FAIL_INPUT);
    assert_int_equal(fault.word, word);
    assert_int_equal(fault.line, line);
    assert_int_equal(fault.column, column);
    assert_string_equal(fault.file, "case.yaml");
}

static void faults_of_a_script_name_their_place(void **state)
{
    (void)state;
    assert_faulty("", WORD_SCRIPT_NOT_ONE, 1, 1);
    assert_faulty("- a\n", WORD_SCRIPT_NOT_ONE, 1, 1);
    assert_faulty("case: x\n", WORD_SCRIPT_MISSING, 1, 1);
    assert_faulty("acts: []\nactz: 1\n", WORD_SCRIPT_UNKNOWN_KEY, 2, 1);
    assert_faulty("acts:\n  - {on: 2020-09-31, by: office, act: declare}\n",
                  WORD_SCRIPT_WANTS_DAY, 2, 10);
    assert_faulty("acts:\n  - {on: 2020-09-01, by: office, act: declre}\n",
                  WORD_SCRIPT_UNKNOWN_ACT, 2, 39);
    assert_faulty("acts:\n  - {on: 2020-09-01, by: member/xyz, act: declare}\n",
                  WORD_SCRIPT_UNKNOWN_PARTY, 2, 26);
    assert_faulty("edition: '2020'\nrecipients: []\nacts: []\non: 2020-09-01\n",
                  WORD_SCRIPT_WANTS_RECIPIENTS, 2, 13);
    assert_faulty("edition: '2020'\nrecipients: [member/csrc]\nacts: []\non: 2020-09-01\n",
                  WORD_SCRIPT_UNKNOWN_RECIPIENT, 2, 14);
    assert_faulty("edition: '2019-draft'\nrecipients: [department/energy]\nacts: []\n"
                  "on: 2020-09-01\n", WORD_SCRIPT_UNKNOWN_RECIPIENT, 2, 14);
    assert_faulty("acts:\n  - {on: 2020-09-01, by: office, act: decide_need, with: {need: 1}}\n",
                  WORD_SCRIPT_WANTS_YES_NO, 2, 65);
    assert_faulty("acts:\n  - {on: 2010-09-01, by: office, act: declare}\n",
                  WORD_NO_EDITION_ON, 2, 10);
}

static const Position *position(const char *text)
{
    static Script script;
    const Calendar *calendar;
    assert_int_equal(
        script_read(law, &arena, str_from(text), STR("case.yaml"), &script, &fault), 0);
    assert_int_equal(law_calendar(law, DAY_LAST, &calendar, &fault), 0);
    return position_of(&arena, script.name, script.edition, &script.facts, script.acts,
                       script.acts_count, calendar, script_day(&script, DAY_NONE));
}

#define DECLARED                                                                                  \
    "acts:\n- {on: 2020-09-01, by: operator, act: declare, with: {materials: [declaration, "      \
    "analysis_report, procurement_document]}}\n"                                                  \
    "- {on: 2020-09-03, by: center, act: accept_materials}\n"

static void the_edition_is_the_one_in_force_on_the_first_day(void **state)
{
    (void)state;
    assert_true(str_is(position(DECLARED)->edition->id, "2020"));
    const Position *old = position(
        "acts: [{on: 2020-05-31, by: association/a, act: recommend}]\n");
    assert_true(str_is(old->edition->id, "2017"));
}

static void an_act_of_another_edition_is_refused_without_a_clause(void **state)
{
    (void)state;
    const Position *found = position(DECLARED "- {on: 2020-09-04, by: office, act: mitigate}\n");
    assert_int_equal(found->refused_count, 1);
    assert_int_equal(found->refused[0].n, 3);
    assert_int_equal(found->refused[0].clause.len, 0);
}

static void a_day_out_of_order_is_refused_and_the_rest_goes_on(void **state)
{
    (void)state;
    const Position *found = position(
        DECLARED "- {on: 2020-09-02, by: office, act: decide_need, with: {need: true}}\n"
                 "- {on: 2020-09-04, by: office, act: decide_need, with: {need: false}}\n");
    assert_int_equal(found->refused_count, 1);
    assert_true(str_is(found->matter->outcome, "not_needed"));
}

static void what_must_be_given_is_asked_for_with_the_acts_clause(void **state)
{
    (void)state;
    const Position *found = position(DECLARED "- {on: 2020-09-04, by: office, act: decide_need}\n");
    assert_int_equal(found->refused[0].why, WORD_REFUSED_FIELD_MISSING);
    assert_true(str_is(found->refused[0].clause, "8"));
}

static void the_recipients_are_all_members_and_the_sectors_department(void **state)
{
    (void)state;
    const Position *found = position("purchase: {sector: energy}\n" DECLARED);
    const Facts *facts = found->matter->facts;
    assert_int_equal(facts->recipients_count, 13);
    assert_true(str_is(facts->recipients[12].id, "energy"));
}

static void a_position_is_json_that_begins_as_the_contract_says(void **state)
{
    (void)state;
    const LawWords *words;
    assert_int_equal(law_words(law, STR("2020"), LANGUAGE_EN, &words, &fault), 0);
    Buf buf = {0};
    Reader reader = {LANGUAGE_EN, words};
    position_json(&buf, position(DECLARED), &reader, false, &arena);
    assert_true(str_starts(buf_str(&buf),
                           STR("{\"case\":\"case\",\"edition\":\"2020\",\"on\":\"2020-09-03\","
                               "\"stage\":\"screening\",\"outcome\":null,\"clocks\":[{\"clock\":"
                               "\"screening\",\"of\":null,\"started\":\"2020-09-01\"")));
    buf_done(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_of_a_script_name_their_place),
        cmocka_unit_test(the_edition_is_the_one_in_force_on_the_first_day),
        cmocka_unit_test(an_act_of_another_edition_is_refused_without_a_clause),
        cmocka_unit_test(a_day_out_of_order_is_refused_and_the_rest_goes_on),
        cmocka_unit_test(what_must_be_given_is_asked_for_with_the_acts_clause),
        cmocka_unit_test(the_recipients_are_all_members_and_the_sectors_department),
        cmocka_unit_test(a_position_is_json_that_begins_as_the_contract_says),
    };
    return cmocka_run_group_tests(tests, open_law, forget);
}
