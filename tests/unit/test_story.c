/* test_story.c: a story that is right holds, a wrong one is found out and told, and what no story
 * shows is known. */
#include "kit.h"

#include <cmocka.h>

#include "coverage.h"

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

#define STORY                                                                                     \
    "edition: '2020'\n"                                                                           \
    "recipients: [member/cac, member/mof]\n"                                                      \
    "acts:\n"                                                                                     \
    "- {on: 2020-09-01, by: operator, act: declare, assumed: true, with: {materials: "            \
    "[declaration, analysis_report, procurement_document], commitments: [no_cut_off]}}\n"         \
    "- {on: 2020-09-02, by: office, act: accept_materials}\n"                                     \
    "- {on: 2020-09-03, by: center, act: accept_materials}\n"                                     \
    "- {on: 2020-09-15, by: office, act: decide_need, with: {need: true}}\n"                      \
    "- {on: 2020-09-16, by: office, act: suggest, with: {finding: pass}}\n"                       \
    "- {on: 2020-09-16, by: office, act: circulate}\n"                                            \
    "- {on: 2020-09-17, by: operator, act: withdraw}\n"                                           \
    "expect:\n"

static Fail check(const char *expect, Story *ret_story)
{
    static Script script;
    Buf text = {0};
    buf_put(&text, STR(STORY));
    buf_put(&text, str_from(expect));
    Fail fail = script_read(law, &arena, str_copy(&arena, buf_str(&text)), STR("story.yaml"),
                            &script, &fault);
    buf_done(&text);
    return fail == FAIL_NONE ? story_check(law, &arena, &script, ret_story, &fault) : fail;
}

static void assert_holds(const char *expect, size_t checks)
{
    Story story;
    assert_int_equal(check(expect, &story), FAIL_NONE);
    assert_int_equal(story.differences_count, 0);
    assert_int_equal(story.checks, checks);
}

static void assert_text(Str text, const char *expected)
{
    assert_string_equal(str_terminated(&arena, text), expected);
}

/* Exactly one difference: what it is about, what was expected, what was found. */
static void assert_differs(const char *expect, const char *what, const char *expected,
                           const char *found)
{
    Story story;
    assert_int_equal(check(expect, &story), FAIL_NONE);
    assert_int_equal(story.differences_count, 1);
    assert_text(story.differences[0].what, what);
    assert_text(story.differences[0].expected, expected);
    assert_text(story.differences[0].found, found);
    assert_true(story.differences[0].node->line > 11);
}

static void assert_faulty(const char *expect, Word word)
{
    Story story;
    assert_int_equal(check(expect, &story), FAIL_INPUT);
    assert_int_equal(fault.word, word);
    assert_string_equal(fault.file, "story.yaml");
    assert_true(fault.line > 0 && fault.column > 0);
}

static void a_right_expectation_holds(void **state)
{
    (void)state;
    assert_holds("- on: 2020-09-16\n"
                 "  edition: '2020'\n"
                 "  stage: consultation\n"
                 "  outcome: null\n"
                 "  clocks:\n"
                 "  - {clock: screening, of: null, started: 2020-09-01, allowed: 10, used: 10,\n"
                 "     due: 2020-09-15, stopped: 2020-09-15, state: met, provisional: false,\n"
                 "     assumed: true, clause: '8'}\n"
                 "  - {clock: opinion, of: member/mof, due: 2020-10-13, state: running}\n"
                 "  - {clock: opinion, of: each, count: 2, stopped: null}\n"
                 "  no_clocks: [special]\n"
                 "  refused: [{n: 2, clause: '7'}]\n"
                 "  warns: [{n: 3, clause: policy, policy: P13}]\n"
                 "  assumed: [1]\n"
                 "  next: [opine]\n"
                 "  not_next: [withdraw, declare]\n",
                 27);
}

static void every_expectation_is_looked_at_on_its_own_day(void **state)
{
    (void)state;
    assert_holds("- {on: 2020-08-31, stage: null, no_clocks: all, next: [declare]}\n"
                 "- {on: 2020-09-01, stage: filing, refused: []}\n"
                 "- {on: 2020-09-17, refused: [{n: 2, clause: '7'}, {n: 7, clause: policy}]}\n"
                 "- {on: 2020-09-17, refused: [{n: 2}, {n: 7, clause: policy, policy: P12}]}\n",
                 7);
    assert_differs("- {on: 2020-09-02, stage: filing}\n- {on: 2020-09-03, stage: filing}\n",
                   "stage", "filing", "screening");
}

static void a_wrong_day_or_state_of_a_clock_is_told(void **state)
{
    (void)state;
    assert_differs("- on: 2020-09-15\n  clocks: [{clock: screening, due: 2020-09-14}]\n",
                   "clock screening: due", "2020-09-14", "2020-09-15");
    assert_differs("- on: 2020-09-14\n  clocks: [{clock: screening, used: 10}]\n",
                   "clock screening: used", "10", "9");
    assert_differs("- on: 2020-09-16\n  clocks: [{clock: screening, state: late}]\n",
                   "clock screening: state", "late", "met");
    assert_differs("- on: 2020-09-14\n  clocks: [{clock: screening, due: null}]\n",
                   "clock screening: due", "null", "2020-09-15");
    assert_differs("- on: 2020-09-14\n  clocks: [{clock: screening, stopped: 2020-09-14}]\n",
                   "clock screening: stopped", "2020-09-14", "null");
    assert_differs("- on: 2020-09-16\n"
                   "  clocks: [{clock: opinion, of: member/mof, due: 2020-09-30}]\n",
                   "clock opinion of member/mof: due", "2020-09-30", "2020-10-13");
}

static void a_clock_that_is_not_there_is_told(void **state)
{
    (void)state;
    assert_differs("- on: 2020-09-14\n  clocks: [{clock: preliminary}]\n", "clock preliminary",
                   "a clock", "none");
    assert_differs("- on: 2020-09-16\n  clocks: [{clock: opinion, of: member/mps}]\n",
                   "clock opinion of member/mps", "a clock", "none");
    assert_differs("- on: 2020-09-16\n  clocks: [{clock: opinion}]\n", "clock opinion", "a clock",
                   "none");
    assert_differs("- on: 2020-09-16\n  clocks: [{clock: screening, nth: 2}]\n",
                   "clock screening", "a clock", "none");
    assert_differs("- on: 2020-09-16\n  clocks: [{clock: opinion, of: each, count: 3}]\n",
                   "clock opinion of each: count", "3", "2");
}

static void a_clock_that_should_not_be_there_is_told(void **state)
{
    (void)state;
    assert_differs("- {on: 2020-09-01, no_clocks: [screening]}\n", "clock screening", "none",
                   "a clock");
    assert_differs("- {on: 2020-09-01, no_clocks: all}\n", "clock screening", "none", "a clock");
}

static void refusals_are_the_complete_list(void **state)
{
    (void)state;
    assert_differs("- {on: 2020-09-02, refused: []}\n", "refused", "none", "2 under 7");
    assert_differs("- {on: 2020-09-02, refused: [{n: 2, clause: '8'}]}\n", "refused",
                   "2 under 8", "2 under 7");
    assert_differs("- {on: 2020-09-02, refused: [{n: 2, clause: null}]}\n", "refused",
                   "2 under null", "2 under 7");
    assert_differs("- {on: 2020-09-01, refused: [{n: 2, clause: '7'}]}\n", "refused", "2 under 7",
                   "none");
    assert_differs("- {on: 2020-09-17, refused: [{n: 2}]}\n", "refused", "2",
                   "2, 7 under policy P12");
    assert_differs("- {on: 2020-09-17, refused: [{n: 2}, {n: 7, clause: policy, policy: P5}]}\n",
                   "refused", "2, 7 under policy P5", "2, 7 under policy P12");
}

static void other_wrong_expectations_are_told(void **state)
{
    (void)state;
    assert_differs("- {on: 2020-09-16, edition: '2022'}\n", "edition", "2022", "2020");
    assert_differs("- {on: 2020-09-16, outcome: pass}\n", "outcome", "pass", "null");
    assert_differs("- {on: 2020-08-31, stage: filing}\n", "stage", "filing", "null");
    assert_differs("- {on: 2020-09-16, warns: []}\n", "warns", "none", "3 under policy P13");
    assert_differs("- {on: 2020-09-16, assumed: []}\n", "assumed", "none", "1");
    assert_differs("- {on: 2020-09-16, next: [conclude, declare]}\n", "next declare", "open",
                   "not open");
    assert_differs("- {on: 2020-09-16, not_next: [opine]}\n", "next opine", "not open", "open");
}

static void a_story_counts_with_the_calendar_of_its_day(void **state)
{
    (void)state;
    assert_holds("- on: 2020-11-24\n  known_on: 2019-11-20\n"
                 "  clocks: [{clock: screening, provisional: true}]\n", 2);
    assert_holds("- on: 2020-11-24\n  clocks: [{clock: screening, provisional: false}]\n", 2);
}

static void a_word_that_means_nothing_is_a_fault_of_the_file(void **state)
{
    (void)state;
    assert_faulty("- {on: 2020-09-16, stages: filing}\n", WORD_STORY_UNKNOWN_KEY);
    assert_faulty("- {stage: filing}\n", WORD_SCRIPT_MISSING);
    assert_faulty("- {on: 2020-09-31}\n", WORD_SCRIPT_WANTS_DAY);
    assert_faulty("- {on: 2020-09-16, known_on: never}\n", WORD_SCRIPT_WANTS_DAY);
    assert_faulty("- {on: 2020-09-16, clocks: [{clock: screning}]}\n", WORD_STORY_UNKNOWN_CLOCK);
    assert_faulty("- {on: 2020-09-16, clocks: [{due: 2020-09-15}]}\n", WORD_STORY_UNKNOWN_CLOCK);
    assert_faulty("- {on: 2020-09-16, clocks: [{clock: screening, do: 1}]}\n",
                  WORD_STORY_UNKNOWN_KEY);
    assert_faulty("- {on: 2020-09-16, clocks: [{clock: screening, nth: 0}]}\n",
                  WORD_SCRIPT_WANTS_NUMBER);
    assert_faulty("- {on: 2020-09-16, no_clocks: [screning]}\n", WORD_STORY_UNKNOWN_CLOCK);
    assert_faulty("- {on: 2020-09-16, not_next: [concude]}\n", WORD_SCRIPT_UNKNOWN_ACT);
    assert_faulty("- {on: 2020-09-16, refused: [{clause: '7'}]}\n", WORD_SCRIPT_MISSING);
    assert_faulty("- {on: 2020-09-16, refused: none}\n", WORD_SCRIPT_WANTS_LIST);
    assert_faulty("[]\n", WORD_STORY_NO_EXPECT);
    assert_faulty("- {on: 2020-09-16}\nclauses: ['8', '23']\n", WORD_STORY_UNKNOWN_CLAUSE);
}

static const CoverageItem *item(const Coverage *coverage, CoverageKind kind, const char *what)
{
    for (size_t i = 0; i < coverage->count; i++) {
        if (coverage->items[i].kind == kind && str_is(coverage->items[i].what, what)) {
            return &coverage->items[i];
        }
    }
    fail_msg("nothing is called %s", what);
    return NULL;
}

static void what_no_story_shows_is_known(void **state)
{
    (void)state;
    Story story;
    Coverage coverage;
    size_t all, shown;
    assert_int_equal(check("- {on: 2020-09-03, stage: screening}\n", &story), FAIL_NONE);
    coverage_init(&coverage, &arena, story.script->edition);
    coverage_count(&coverage, COVERAGE_ACT, &all, &shown);
    assert_true(all >= 28);
    assert_int_equal(shown, 0);
    coverage_add(&coverage, &story);
    coverage_count(&coverage, COVERAGE_ACT, &all, &shown);
    assert_int_equal(shown, 2);
    assert_true(item(&coverage, COVERAGE_ACT, "declare")->shown);
    assert_false(item(&coverage, COVERAGE_ACT, "return_materials")->shown);
    assert_true(item(&coverage, COVERAGE_STAGE, "screening")->shown);
    assert_false(item(&coverage, COVERAGE_STAGE, "preliminary")->shown);
    assert_true(item(&coverage, COVERAGE_CLOCK, "screening")->shown);
    assert_false(item(&coverage, COVERAGE_CLOCK, "preliminary")->shown);
    assert_true(item(&coverage, COVERAGE_WARNING, "accept_materials")->shown);
    assert_true(item(&coverage, COVERAGE_CLAUSE, "7")->shown);
    assert_false(item(&coverage, COVERAGE_CLAUSE, "13")->shown);
    assert_false(item(&coverage, COVERAGE_REFUSAL, "withdraw")->shown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_right_expectation_holds),
        cmocka_unit_test(every_expectation_is_looked_at_on_its_own_day),
        cmocka_unit_test(a_wrong_day_or_state_of_a_clock_is_told),
        cmocka_unit_test(a_clock_that_is_not_there_is_told),
        cmocka_unit_test(a_clock_that_should_not_be_there_is_told),
        cmocka_unit_test(refusals_are_the_complete_list),
        cmocka_unit_test(other_wrong_expectations_are_told),
        cmocka_unit_test(a_story_counts_with_the_calendar_of_its_day),
        cmocka_unit_test(a_word_that_means_nothing_is_a_fault_of_the_file),
        cmocka_unit_test(what_no_story_shows_is_known),
    };
    return cmocka_run_group_tests(tests, open_law, forget);
}
