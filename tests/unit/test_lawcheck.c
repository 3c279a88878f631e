/* test_lawcheck.c: a small law is broken in one word, and the check points at the very place. */
#include "smalllaw.h"

static void a_sound_law_has_no_faults(void **state)
{
    (void)state;
    law_check(&small_arena, &small_folder, &small_check);
    print_list(&small_check.faults);
    assert_int_equal(small_check.faults.all, 0);
    assert_int_equal(small_check.notes.all, 3);
    assert_int_equal(small_check.editions, 1);
    assert_int_equal(small_check.clauses, 10);
    assert_int_equal(small_check.acts, 13);
}

static void the_built_in_law_has_no_faults(void **state)
{
    (void)state;
    law_check(&small_arena, &law_built_in, &small_check);
    print_list(&small_check.faults);
    assert_int_equal(small_check.faults.all, 0);
    assert_int_equal(small_check.editions, 5);
    assert_true(small_check.clauses > 90 && small_check.notices >= 12);
}

static void a_stage_that_nobody_reaches_or_leaves(void **state)
{
    (void)state;
    change("in: consultation, to: special, needs", "in: consultation, needs");
    finds(WORD_CHECK_STAGE_UNREACHED, "@special:      {clause");
    change("          - {in: special, needs: [{done: [suggest]}, {answered: panel}, "
           "{none_open: panel, clause: \"7\"}], stops: special}\n", "");
    finds(WORD_CHECK_STAGE_STUCK, "@special:      {clause");
    change("may_ask: [id], fulfils: asked, clause", "may_ask: [id], clause");
    finds(WORD_CHECK_STAGE_ENDLESS, "@review:       {clause");
    notes_in(PROCEDURE, WORD_CHECK_STAGE_UNTIMED, "@filing:       {clause");
}

static void an_end_has_an_outcome_and_stays_an_end(void **state)
{
    (void)state;
    change("to: closed, outcome: not_needed, notice", "to: closed, notice");
    finds(WORD_CHECK_END_WITHOUT_OUTCOME, "to: @closed, notice");
    change("starts: screening, clause: \"3\"}", "starts: screening, outcome: pass, clause: \"3\"}");
    finds(WORD_CHECK_OUTCOME_WITHOUT_END, "outcome: @pass");
    change("outcomes: {not_needed: \"3\"", "outcomes: {declined: \"3\", not_needed: \"3\"");
    finds(WORD_CHECK_OUTCOME_UNREACHED, "outcomes: {@declined");
    change("    acts:\n", "    acts:\n      reopen: {by: office, in: closed, to: review, "
                          "starts: review, clause: \"8\"}\n");
    finds(WORD_CHECK_FINAL_LEFT, "in: closed, to: @review");
    change("    acts:\n",
           "    acts:\n      late: {by: office, in: closed, starts: special, clause: \"8\"}\n");
    finds(WORD_CHECK_FINAL_STARTS, "in: closed, starts: @special");
    change("outcome: not_needed, notice: result", "outcome: not_needed");
    notes_in(PROCEDURE, WORD_CHECK_END_UNTOLD, "to: @closed, outcome");
}

static void an_outcome_is_said_before_it_counts(void **state)
{
    (void)state;
    change("needs: [{done: [suggest]}, {none_open: asked}]", "needs: [{none_open: asked}]");
    finds(WORD_CHECK_OUTCOME_UNSAID, "outcome: @suggest.finding");
    change("outcome: suggest.finding", "outcome: suggest.note");
    finds(WORD_CHECK_OUTCOME_KIND, "outcome: @suggest.note");
    change("      fail: {clause: \"6\"}",
           "      fail: {clause: \"6\"}\n      maybe: {clause: \"6\"}");
    finds(WORD_CHECK_OUTCOME_VALUE, "outcome: @suggest.finding");
    change("in: [review, special], asks: [finding]", "in: [review, special], may_ask: [finding]");
    finds(WORD_CHECK_NOT_GIVEN, "outcome: @suggest.finding");
}

static void a_clock_starts_and_stops(void **state)
{
    (void)state;
    change("      special:   {working_days",
           "      spare: {working_days: 5, clause: \"7\"}\n      special:   {working_days");
    finds(WORD_CHECK_CLOCK_UNSTARTED, "@spare: {");
    change("}], stops: special}", "}]}");
    finds(WORD_CHECK_CLOCK_UNSTOPPED, "@special:   {working_days");
    change("}], stops: special}", "}]}");
    finds(WORD_CHECK_CLOCK_OUTLIVES, "to: @closed\n");
    change("starts: screening, clause: \"3\"}", "starts: [screening, opinion], clause: \"3\"}");
    finds(WORD_CHECK_CLOCK_SHARED, "@opinion:   {working_days");
    change("starts: screening, clause: \"3\"}", "starts: screening, stops: review, clause: \"3\"}");
    finds(WORD_CHECK_CLOCK_IDLE, "stops: @review, clause: \"3\"");
    change("asks: [finding], clause", "asks: [finding], starts: review, clause");
    finds(WORD_CHECK_CLOCK_TWICE, "asks: [finding], starts: @review");
    change("    acts:\n", "    acts:\n      push: {by: member, opens: review, clause: \"1\"}\n");
    finds(WORD_CHECK_CLOCK_UNSURE, "stops: @review");
}

static void a_period_is_extended_in_time_and_by_days(void **state)
{
    (void)state;
    change("needs: [{in_time: review}], extends", "extends");
    finds(WORD_CHECK_EXTENDS_LATE, "extends: {@review: with.days}");
    change("asks: [days], needs: [{in_time: review}], extends: {review: with.days}",
           "asks: [id], needs: [{in_time: review}], extends: {review: with.id}");
    finds(WORD_CHECK_EXTENDS_KIND, "extends: @{review: with.id}");
    change("asks: [days], needs", "may_ask: [days], needs");
    finds(WORD_CHECK_NOT_ASKED, "extends: @{review: with.days}");
    change("extends: {review: with.days}", "extends: {special: with.days}");
    finds(WORD_CHECK_CLOCK_IDLE, "extends: {@special: with.days}");
}

static void a_duty_is_laid_and_can_be_met(void **state)
{
    (void)state;
    change("asks: [experts], imposes: panel", "asks: [experts]");
    finds(WORD_CHECK_DUTY_UNLAID, "@panel:    {of");
    change("by: addressee, in: special, may_ask: [note], fulfils: panel",
           "by: office, in: special, may_ask: [note]");
    finds(WORD_CHECK_DUTY_UNMET, "@panel:    {of");
    change("by: operator, in: review, may_ask: [id]", "by: operator, in: special, may_ask: [id]");
    finds(WORD_CHECK_DUTY_BOUND, "@asked:    {of");
    change("by: operator, in: review, may_ask: [id]", "by: operator, in: review, may_ask: [note]");
    finds(WORD_CHECK_NAME_NOT_TAKEN, "fulfils: @asked");
    change("asks: [agree], fulfils", "may_ask: [agree], fulfils");
    finds(WORD_CHECK_RESULT_NOT_ASKED, "fulfils: @opinions");
    notes_in(PROCEDURE, WORD_CHECK_DUTY_UNTIMED, "@asked:    {of");
}

static void a_duty_is_owed_by_somebody(void **state)
{
    (void)state;
    change("    recipients: {is: [member], clause: \"5\"}\n", "");
    finds(WORD_CHECK_NO_RECIPIENTS, "of: @recipients");
    change("of: recipients, clock: opinion", "of: with.experts, clock: opinion");
    finds(WORD_CHECK_RECIPIENTS_UNASKED, "recipients: @{is");
    change("of: with.experts", "of: with.note");
    finds(WORD_CHECK_OF_KIND, "of: @with.note");
    change("asks: [experts], imposes", "may_ask: [experts], imposes");
    finds(WORD_CHECK_ADDRESSEE_UNNAMED, "imposes: @panel");
    change("may_ask: [note], fulfils: panel", "may_ask: [note]");
    finds(WORD_CHECK_ADDRESSEE_IDLE, "judge: {by: @addressee");
    change("may_ask: [id, from], imposes", "may_ask: [id], imposes");
    finds(WORD_CHECK_NAME_NOT_TAKEN, "imposes: @asked");
    change("may_ask: [id, from], imposes", "may_ask: [id], imposes");
    finds(WORD_CHECK_NAME_NOT_TAKEN, "notice: @asked");
}

static void a_circulation_has_both_exits(void **state)
{
    (void)state;
    change("to: special, needs: [{disagreed: opinions}], lifts", "to: special, lifts");
    finds(WORD_CHECK_DUTY_NO_DISAGREED, "@opinions: {of");
    change("{in: consultation, needs: [{agreed: opinions}]}", "{in: consultation}");
    finds(WORD_CHECK_DUTY_NO_AGREED, "@opinions: {of");
    change("clock: opinion, result: agree, ", "clock: opinion, ");
    finds(WORD_CHECK_DUTY_NO_RESULT, "@opinions: {of");
    change("result: agree", "result: note");
    finds(WORD_CHECK_RESULT_KIND, "result: @note");
    change("to: special, needs: [{disagreed: opinions}], lifts", "to: special, lifts");
    change("{in: consultation, needs: [{agreed: opinions}]}", "{in: consultation}");
    finds(WORD_CHECK_RESULT_UNREAD, "result: @agree");
    change("clock: opinion, result", "result");
    finds(WORD_CHECK_SILENCE_IDLE, "silence: @{is");
}

static void a_hold_holds_something_and_ends(void **state)
{
    (void)state;
    change("holds: [review]", "holds: [review, special]");
    finds(WORD_CHECK_HOLD_IDLE, "holds: @[review, special]");
    change("holds: [review], then: resume", "holds: [review]");
    finds(WORD_CHECK_THEN_MISSING, "holds: @[review]");
    change("holds: [review], then: resume", "then: resume");
    finds(WORD_CHECK_THEN_IDLE, "then: @resume");
    change("  held_days: {is: [day_after_request, day_of_supply], clause: P1}\n", "");
    finds(WORD_CHECK_HELD_DAYS, "holds: @[review]");
    change("ask: {by: office, in: review,", "ask: {by: office, in: [review, special],");
    change("supply: {by: operator, in: review,", "supply: {by: operator, in: [review, special],");
    notes_in(PROCEDURE, WORD_CHECK_HOLD_MISSING, "holds: @[review]");
    change("needs: [{done: [suggest]}, {none_open: asked}]", "needs: [{done: [suggest]}]");
    notes_in(PROCEDURE, WORD_CHECK_DUTY_CARRIED, "to: @consultation, needs");
    change("holds: [review]", "holds: [screening, review]");
    change("ask: {by: office, in: review,", "ask: {by: office, in: [screening, review],");
    change("supply: {by: operator, in: review,", "supply: {by: operator, in: [screening, review],");
    change("    acts:\n", "    acts:\n      drop: {by: office, in: review, may_ask: [id], "
                          "lifts: asked, clause: \"4\"}\n");
    notes_in(PROCEDURE, WORD_CHECK_DUTY_KEPT, "@asked:    {of");
}

static void a_condition_asks_something(void **state)
{
    (void)state;
    change("[{complete: materials}]", "[{complete: materials}, {done: [suggest]}]");
    finds(WORD_CHECK_GUARD_NEVER, "@{done: [suggest]}], starts: screening");
    change("[{complete: materials}]", "[{complete: materials}, {none_open: asked}]");
    finds(WORD_CHECK_GUARD_ALWAYS, "@{none_open: asked}], starts: screening");
    change("{in: consultation, needs: [{agreed: opinions}]}",
           "{in: consultation, needs: [{agreed: opinions}], warns: [{none_open: asked}]}");
    finds(WORD_CHECK_GUARD_ALWAYS, "warns: [@{none_open: asked}]");
    change("    acts:\n", "    acts:\n      early: {by: operator, in: filing, may_ask: [id], "
                          "fulfils: asked, clause: \"4\"}\n");
    finds(WORD_CHECK_BRANCH_NEVER, "early: @{by");
    change(", extends: {review: with.days}", "");
    finds(WORD_CHECK_ACT_IDLE, "extend: @{by");
    change("by: operator, in: review, may_ask: [id]",
           "by: operator, in: [review, special], may_ask: [id]");
    finds(WORD_CHECK_NOT_DONE_HERE, "in: [review, @special], may_ask: [id], fulfils");
}

static void what_a_rule_hangs_on_is_asked_for(void **state)
{
    (void)state;
    change("asks: [need]", "may_ask: [need]");
    finds(WORD_CHECK_NOT_ASKED, "when: {need: @true}");
    change("when: {need: true}", "when: {need: perhaps}");
    finds(WORD_CHECK_EQUAL_VALUE, "need: @perhaps");
    change("needs: [{complete: materials}], starts", "starts");
    finds(WORD_CHECK_LIST_UNCHECKED, "    materials:\n      @declaration");
    change("asks: [materials], may_ask: [ground, note]", "asks: [note], may_ask: [ground]");
    finds(WORD_CHECK_LIST_UNGIVEN, "    materials:\n      @declaration");
    change("      receipt: {to: operator",
           "      spare: {to: operator, clause: \"2\"}\n      receipt: {to: operator");
    finds(WORD_CHECK_NOTICE_UNSENT, "@spare: {to");
}

static void branches_are_told_apart(void **state)
{
    (void)state;
    change("{when: {need: false}, to: closed", "{when: {need: true}, to: closed");
    finds(WORD_CHECK_BRANCHES_OVERLAP, "- @{when: {need: true}, to: closed");
    change("          - {when: {need: false}, to: closed, outcome: not_needed, notice: result}\n",
           "");
    finds(WORD_CHECK_BRANCHES_GAP, "@decide:");
    change("{in: special, needs: [{done", "{in: [special, consultation], needs: [{done");
    finds(WORD_CHECK_BRANCHES_OVERLAP, "- @{in: [special, consultation]");
    change("asks: [need]", "asks: [need, note]");
    change("when: {need: true}", "when: {note: x}");
    finds(WORD_CHECK_BRANCHES_BEYOND, "@decide:");
}

/* Fifteen duties that may each be unlaid, open or closed: more than 14 million states. */
static void a_procedure_too_large_to_walk_says_so(void **state)
{
    (void)state;
    Buf duties = {0}, acts = {0};
    buf_put(&duties, STR("    duties:\n"));
    buf_put(&acts, STR("    acts:\n"));
    for (int i = 0; i < 15; i++) {
        buf_print(&duties, "      d%d: {of: with.experts, clause: \"7\"}\n", i);
        buf_print(&acts, "      lay%d: {by: office, in: review, asks: [experts], imposes: d%d, "
                         "clause: \"7\"}\n", i, i);
        buf_print(&acts, "      meet%d: {by: addressee, in: review, fulfils: d%d, "
                         "clause: \"7\"}\n", i, i);
    }
    change("    duties:\n", str_terminated(&small_arena, buf_str(&duties)));
    change("    acts:\n", str_terminated(&small_arena, buf_str(&acts)));
    finds(WORD_CHECK_TOO_MANY_STATES, "    acts:\n      @lay0:");
    buf_done(&duties);
    buf_done(&acts);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, small_setup, small_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_sound_law_has_no_faults),
        TEST(the_built_in_law_has_no_faults),
        TEST(a_stage_that_nobody_reaches_or_leaves),
        TEST(an_end_has_an_outcome_and_stays_an_end),
        TEST(an_outcome_is_said_before_it_counts),
        TEST(a_clock_starts_and_stops),
        TEST(a_period_is_extended_in_time_and_by_days),
        TEST(a_duty_is_laid_and_can_be_met),
        TEST(a_duty_is_owed_by_somebody),
        TEST(a_circulation_has_both_exits),
        TEST(a_hold_holds_something_and_ends),
        TEST(a_condition_asks_something),
        TEST(what_a_rule_hangs_on_is_asked_for),
        TEST(branches_are_told_apart),
        TEST(a_procedure_too_large_to_walk_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
