/* test_edition.c: editions as the program reads them, and what a careless hand gets to hear. */
#include "smalllaw.h"

static const Edition *built_in(const char *id)
{
    FaultList faults = {.arena = &small_arena};
    const Edition *edition = NULL;
    Fail fail = edition_read(&small_arena, &law_built_in, str_from(id), &edition, &faults);
    print_list(&faults);
    assert_int_equal(fail, FAIL_NONE);
    return edition;
}

static const Branch *branch_of(const Edition *edition, const char *act, size_t branch)
{
    ActId id = edition_act(edition, str_from(act));
    assert_int_not_equal(id, ID_NONE);
    assert_true(branch < edition->acts[id].branches_count);
    return &edition->acts[id].branches[branch];
}

/* --- what is read --- */

static void editions_stand_in_the_order_of_their_days(void **state)
{
    (void)state;
    static const char *const wanted[] = {"2017-draft", "2017", "2019-draft", "2020", "2022"};
    const Str *ids;
    size_t count;
    Fault fault;
    assert_int_equal(edition_ids(&small_arena, &law_built_in, &ids, &count, &fault), FAIL_NONE);
    assert_int_equal(count, 5);
    for (size_t i = 0; i < count; i++) {
        assert_true(str_is(ids[i], wanted[i]));
    }
}

static void a_day_has_its_edition(void **state)
{
    (void)state;
    static const struct { const char *day, *id; } days[] = {
        {"2017-05-31", ""},     {"2017-06-01", "2017"}, {"2020-05-31", "2017"},
        {"2020-06-01", "2020"}, {"2022-02-14", "2020"}, {"2022-02-15", "2022"},
        {"2030-01-01", "2022"}};
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        Day day;
        Str id;
        Fault fault;
        assert_true(day_parse(str_from(days[i].day), &day));
        assert_int_equal(edition_in_force(&small_arena, &law_built_in, day, &id, &fault),
                         FAIL_NONE);
        assert_true(str_is(id, days[i].id));
    }
}

static void a_draft_was_never_in_force(void **state)
{
    (void)state;
    const Edition *draft = built_in("2019-draft");
    Day day;
    assert_true(day_parse(STR("2019-05-21"), &day));
    assert_int_equal(draft->from, DAY_NONE);
    assert_int_equal(draft->until, DAY_NONE);
    assert_int_equal(draft->drafted, day);
    assert_int_equal(built_in("2022")->until, DAY_LAST);
}

static void clocks_have_the_lengths_of_the_law(void **state)
{
    (void)state;
    static const struct { const char *edition, *clock; int days; const char *clause; } clocks[] = {
        {"2020", "screening", 10, "8"},  {"2020", "preliminary", 30, "10"},
        {"2020", "opinion", 15, "11"},   {"2020", "special", 45, "13"},
        {"2022", "screening", 10, "9"},  {"2022", "preliminary", 30, "11"},
        {"2022", "opinion", 15, "12"},   {"2022", "special", 90, "14"},
        {"2019-draft", "preliminary", 30, "9"}, {"2019-draft", "opinion", 15, "11"},
        {"2019-draft", "special", 45, "13"}};
    for (size_t i = 0; i < sizeof clocks / sizeof clocks[0]; i++) {
        const Edition *edition = built_in(clocks[i].edition);
        ClockId id = edition_clock(edition, str_from(clocks[i].clock));
        assert_int_not_equal(id, ID_NONE);
        assert_int_equal(edition->clocks[id].working_days, clocks[i].days);
        assert_true(str_is(edition->clocks[id].clause, clocks[i].clause));
    }
    assert_int_equal(edition_clock(built_in("2019-draft"), STR("screening")), ID_NONE);
    assert_int_equal(built_in("2017")->clocks_count, 0);
}

static void branches_take_what_their_act_says(void **state)
{
    (void)state;
    const Edition *edition = built_in("2020");
    const Branch *needed = branch_of(edition, "decide_need", 0);
    const Branch *closed = branch_of(edition, "decide_need", 1);
    uint32_t screening = UINT32_C(1) << edition_clock(edition, STR("screening"));
    assert_int_equal(needed->stops, screening);
    assert_int_equal(closed->stops, screening);
    assert_int_equal(needed->to, edition_stage(edition, STR("preliminary")));
    assert_true(str_is(closed->outcome, "not_needed"));
    assert_int_equal(needed->outcome_kind, OUTCOME_NONE);
    assert_int_equal(needed->when_count, 1);
    FieldId days = edition_field(edition, STR("days"));
    assert_false(branch_of(edition, "extend", 0)->asks >> days & 1);
    assert_true(branch_of(edition, "extend", 1)->asks >> days & 1);
    assert_int_equal(branch_of(edition, "extend", 0)->at_most, 1);
    assert_int_equal(branch_of(edition, "extend", 0)->extends.days, 15);
    assert_int_equal(branch_of(edition, "extend", 1)->extends.days, 0);
    assert_int_equal(branch_of(edition, "withdraw", 0)->moots, UINT32_MAX);
    assert_int_equal(branch_of(edition, "withdraw", 0)->opens, ID_NONE);
    assert_int_equal(branch_of(edition, "declare", 0)->in, 0);
}

static Str clause_at(const Edition *edition, const char *act, const Branch *branch,
                     const char *stage)
{
    ActId id = edition_act(edition, str_from(act));
    return act_clause(edition, &edition->acts[id], branch,
                      stage ? edition_stage(edition, str_from(stage)) : ID_NONE);
}

static void an_act_of_two_clauses_cites_the_last_in_the_special_review(void **state)
{
    (void)state;
    const Edition *edition = built_in("2020");
    assert_true(str_is(clause_at(edition, "suggest", NULL, "preliminary"), "10"));
    assert_true(str_is(clause_at(edition, "suggest", NULL, "special"), "12"));
    assert_true(str_is(clause_at(edition, "declare", NULL, NULL), "5"));
    assert_true(str_is(clause_at(edition, "conclude", branch_of(edition, "conclude", 1), NULL),
                       "12"));
}

static void parties_are_known_or_not(void **state)
{
    (void)state;
    static const struct { const char *edition, *party; bool known; } parties[] = {
        {"2020", "office", true},         {"2020", "member/cac", true},
        {"2020", "member/csrc", false},   {"2022", "member/csrc", true},
        {"2020", "member", false},        {"2020", "member/", false},
        {"2020", "office/a", false},      {"2020", "department/telecoms", true},
        {"2020", "department/x", false},  {"2020", "institution/a", false},
        {"2017", "institution/a", true},  {"2017", "institution/", false},
        {"2017", "center", false},        {"2020", "", false}};
    for (size_t i = 0; i < sizeof parties / sizeof parties[0]; i++) {
        const Edition *edition = built_in(parties[i].edition);
        Party party;
        bool known = edition_party(edition, str_from(parties[i].party), &party);
        if (known != parties[i].known) {
            fail_msg("%s in %s", parties[i].party, parties[i].edition);
        }
        if (known) {
            Buf buf = {0};
            buf_put_party(&buf, edition, party);
            assert_true(str_is(buf_str(&buf), parties[i].party));
            buf_done(&buf);
        }
    }
}

static void recipients_stand_in_the_order_of_the_law(void **state)
{
    (void)state;
    const Edition *of_2020 = built_in("2020"), *of_2022 = built_in("2022");
    assert_int_equal(of_2020->recipients_count, 12);
    assert_int_equal(of_2022->recipients_count, 13);
    assert_true(str_is(of_2022->recipients[9].id, "nrta"));
    assert_true(str_is(of_2022->recipients[10].id, "csrc"));
    assert_true(of_2020->recipients_department && of_2022->recipients_department);
    assert_false(built_in("2019-draft")->recipients_department);
    assert_int_equal(built_in("2017")->recipients_count, 0);
}

static void supply_restarts_in_the_draft_of_2019_alone(void **state)
{
    (void)state;
    static const char *const ids[] = {"2019-draft", "2020", "2022"};
    for (size_t i = 0; i < 3; i++) {
        const Edition *edition = built_in(ids[i]);
        const DutyKind *duty = &edition->duties[edition_duty(edition, STR("materials_asked"))];
        assert_int_equal(duty->restarts, i == 0);
        assert_true(duty->several && duty->holds);
    }
}

/* --- what is refused --- */

static void told(Word word, const char *place)
{
    const Edition *edition = NULL;
    FaultList faults = {.arena = &small_arena};
    LawFile *file = small_file(PROCEDURE);
    Fail fail = edition_read_text(&small_arena, file->text, file->shown, small_file(BODIES)->text,
                                  &edition, &faults);
    assert_int_equal(fail, FAIL_INPUT);
    is_told(&faults, word, PROCEDURE, place);
    start_again();
}

static void an_unknown_word_is_told_with_the_nearest(void **state)
{
    (void)state;
    change("stops: screening", "stop: screening");
    FaultList faults = {.arena = &small_arena};
    const Edition *edition;
    assert_int_equal(edition_read(&small_arena, &small_folder, STR("small"), &edition, &faults),
                     FAIL_INPUT);
    is_told(&faults, WORD_LAW_UNKNOWN_KEY, PROCEDURE, "@stop: screening");
    assert_string_equal(faults.at[0].args[0], "stop");
    assert_string_equal(faults.at[0].args[1], "stops");
    start_again();
    change("in: [review, special], asks: [finding]", "in: [reveiw, special], asks: [finding]");
    told(WORD_LAW_UNKNOWN_STAGE, "in: [@reveiw");
    change("starts: screening", "starts: screning");
    told(WORD_LAW_UNKNOWN_CLOCK, "starts: @screning");
    change("lifts: opinions", "lifts: opinion");
    told(WORD_LAW_UNKNOWN_DUTY, "lifts: @opinion, starts: special");
    change("needs: [{done: [suggest]}, {none_open: asked}]", "needs: [{done: [sugest]}]");
    told(WORD_LAW_UNKNOWN_ACT, "{done: [@sugest");
    change("asks: [agree]", "asks: [agre]");
    told(WORD_LAW_UNKNOWN_FIELD, "asks: [@agre]");
    change("judge: {by: addressee", "judge: {by: expret");
    told(WORD_LAW_UNKNOWN_ROLE, "judge: {by: @expret");
    change("[{complete: materials}]", "[{compleet: materials}]");
    told(WORD_LAW_UNKNOWN_GUARD, "[{@compleet");
    change("outcome: not_needed", "outcome: not_neded");
    told(WORD_LAW_UNKNOWN_OUTCOME, "outcome: @not_neded");
    change("notice: receipt", "notice: reciept");
    told(WORD_LAW_UNKNOWN_NOTICE, "notice: @reciept");
    change("{of: members,", "{of: membres,");
    told(WORD_LAW_UNKNOWN_GROUP, "{of: @membres,");
    change("{some_of: materials}", "{some_of: documents}");
    told(WORD_LAW_UNKNOWN_LIST, "{some_of: @documents}");
    change("default: purchase", "default: puchase");
    told(WORD_LAW_UNKNOWN_VALUE, "default: @puchase");
}

static void everything_cites_a_clause(void **state)
{
    (void)state;
    change("screening: {working_days: 10, clause: \"3\"}", "screening: {working_days: 10}");
    told(WORD_LAW_NO_CLAUSE, "@screening: {working_days: 10}");
    change("fulfils: panel, clause: \"7\"}", "fulfils: panel}");
    told(WORD_LAW_NO_CLAUSE, "@judge: {by");
    change("not_needed: \"3\"", "not_needed: {}");
    told(WORD_LAW_NO_CLAUSE, "not_needed: @{}");
    change("in_force_clause: \"9\"\n", "");
    told(WORD_LAW_NO_CLAUSE, "in_force: @{from");
    change("fulfils: panel, clause: \"7\"}", "fulfils: panel, clause: seven}");
    told(WORD_LAW_BAD_CLAUSE, "clause: @seven");
    change("not_needed: \"3\"", "not_needed: three");
    told(WORD_LAW_BAD_CLAUSE, "not_needed: @three");
    change("policies: [P1]", "policies: [P1, P1]");
    told(WORD_LAW_TWICE, "policies: [P1, @P1]");
}

static void values_are_of_their_kind(void **state)
{
    (void)state;
    static const struct { const char *old, *new; Word word; const char *place; } bad[] = {
        {"{working_days: 10,", "{working_days: ten,", WORD_LAW_BAD_DAYS, "working_days: @ten"},
        {"{working_days: 10,", "{working_days: 0,", WORD_LAW_BAD_DAYS, "working_days: @0"},
        {"{from: 2020-01-01}", "{from: 2020-02-30}", WORD_LAW_WANTS_DAY, "from: @2020-02-30"},
        {"{from: 2020-01-01}", "{from: 2020-01-01, until: 2020-01-01}", WORD_LAW_WANTS_DAY,
         "until: @2020-01-01"},
        {"in_force: {from: 2020-01-01}", "in_force: always", WORD_LAW_IN_FORCE,
         "in_force: @always"},
        {"in_force: {from: 2020-01-01}", "in_force: never", WORD_LAW_MISSING, "in_force: @never"},
        {"calendar: cn", "calendar: uk", WORD_LAW_CALENDAR, "calendar: @uk"},
        {"first_day: {is: not_counted", "first_day: {is: half", WORD_LAW_FIRST_DAY,
         "first_day: @{is: half"},
        {"[day_after_request, day_of_supply]", "[day_of_supply]", WORD_LAW_HELD_DAYS,
         "is: @[day_of_supply]"},
        {"need:      yes_no", "need:      maybe", WORD_LAW_FIELD_KIND, "need:      @maybe"},
        {"[1, 100]", "[100, 1]", WORD_LAW_BAD_RANGE, "whole_number: @[100, 1]"},
        {"then: resume", "then: go_on", WORD_LAW_BAD_THEN, "then: @go_on"},
        {"review: special}", "review: other}", WORD_LAW_BAD_REVIEW, "review: @other"},
        {"{is: disagreement,", "{is: consent,", WORD_LAW_BAD_SILENCE, "silence: @{is: consent"},
        {"extends: {review: with.days}", "extends: review", WORD_LAW_BAD_EXTENDS,
         "extends: @review"},
        {"of: with.experts", "of: experts", WORD_LAW_BAD_WITH, "of: @experts"},
        {"outcome: suggest.finding", "outcome: guess.finding", WORD_LAW_BAD_REF,
         "outcome: @guess.finding"},
        {"{to: with.from,", "{to: nobody,", WORD_LAW_UNKNOWN_ROLE, "to: @nobody"},
        {"to: screening, needs", "to: [screening, review], needs", WORD_LAW_ONE_ONLY,
         "to: @[screening"},
        {"clock: opinion", "clock: [opinion, review]", WORD_LAW_ONE_ONLY, "clock: @[opinion"},
        {"asks: [days], needs", "asks: [days], at_most: never, needs", WORD_LAW_BAD_TIMES,
         "at_most: @never"},
        {"{ground: listing}", "{note: listing}", WORD_LAW_MATERIAL_WHEN, "when: @{note"},
        {"{ground: listing}", "{ground: lsting}", WORD_LAW_UNKNOWN_VALUE, "ground: @lsting"},
        {"asks: [experts], imposes", "asks: [experts], may_ask: [experts], imposes",
         WORD_LAW_ASKED_TWICE, "may_ask: [@experts]"},
        {"{need: true}", "{purchase.sgned: true}", WORD_LAW_BAD_FACT, "{@purchase.sgned"},
        {"{need: true}", "{purchase.signed: maybe}", WORD_LAW_WANTS_YES_NO,
         "purchase.signed: @maybe"},
        {"experts:   {parties: [expert]}", "yes:       {parties: [expert]}", WORD_LAW_BOOLEAN_ID,
         "@yes:       {"},
        {"experts:   {parties: [expert]}", "Experts:   {parties: [expert]}", WORD_LAW_ID_FORM,
         "@Experts:   {"},
        {"      judge: {by", "      judge it: {by", WORD_LAW_ID_FORM, "@judge it: {"},
        {"judge: {by: addressee, in: special,", "judge: {by: addressee,", WORD_LAW_NO_PLACE,
         "judge: @{by"},
        {"judge: {by: addressee,", "judge: {", WORD_LAW_MISSING, "@judge: {"},
        {"[{complete: materials}]", "[{complete: findings}]", WORD_LAW_UNKNOWN_LIST,
         "complete: @findings"},
        {"[{complete: materials}]", "complete", WORD_LAW_BAD_GUARD, "needs: @complete"},
        {"{answered: panel}", "{on_register: {known: with.note}}", WORD_LAW_BAD_REGISTER,
         "on_register: @{known"},
        {"{one_of: findings}", "{one_of: findings, binding: always}", WORD_LAW_BAD_BINDING,
         "binding: @always"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        change(bad[i].old, bad[i].new);
        told(bad[i].word, bad[i].place);
    }
}

static void all_faults_of_a_file_are_told_at_once(void **state)
{
    (void)state;
    change("calendar: cn", "calendar: uk");
    change("then: resume", "then: go_on");
    change("asks: [agree]", "asks: [agre]");
    change("notice: receipt", "notice: reciept");
    const Edition *edition;
    FaultList faults = {.arena = &small_arena};
    assert_int_equal(edition_read(&small_arena, &small_folder, STR("small"), &edition, &faults),
                     FAIL_INPUT);
    assert_int_equal(faults.all, 4);
    for (size_t i = 1; i < faults.count; i++) {
        assert_true(faults.at[i - 1].line <= faults.at[i].line);
    }
}

static void an_edition_that_is_not_there_is_told(void **state)
{
    (void)state;
    const Edition *edition;
    FaultList faults = {.arena = &small_arena};
    assert_int_equal(edition_read(&small_arena, &law_built_in, STR("2021"), &edition, &faults),
                     FAIL_INPUT);
    assert_int_equal(faults.at[0].word, WORD_LAW_NO_EDITION);
    change("edition: \"small\"", "edition: \"large\"");
    faults = (FaultList){.arena = &small_arena};
    assert_int_equal(edition_read(&small_arena, &small_folder, STR("small"), &edition, &faults),
                     FAIL_INPUT);
    is_told(&faults, WORD_LAW_OTHER_ID, PROCEDURE, "edition: @\"large\"");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, small_setup, small_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(editions_stand_in_the_order_of_their_days),
        TEST(a_day_has_its_edition),
        TEST(a_draft_was_never_in_force),
        TEST(clocks_have_the_lengths_of_the_law),
        TEST(branches_take_what_their_act_says),
        TEST(an_act_of_two_clauses_cites_the_last_in_the_special_review),
        TEST(parties_are_known_or_not),
        TEST(recipients_stand_in_the_order_of_the_law),
        TEST(supply_restarts_in_the_draft_of_2019_alone),
        TEST(an_unknown_word_is_told_with_the_nearest),
        TEST(everything_cites_a_clause),
        TEST(values_are_of_their_kind),
        TEST(all_faults_of_a_file_are_told_at_once),
        TEST(an_edition_that_is_not_there_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
