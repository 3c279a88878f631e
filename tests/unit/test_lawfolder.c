/* test_lawfolder.c: the files around a procedure: clauses, words, days of force, names of files. */
#include <stdio.h>

#include "smalllaw.h"

static void a_citation_has_its_clause(void **state)
{
    (void)state;
    change("filing:       {clause: \"2\"}", "filing:       {clause: \"12\"}");
    finds(WORD_CHECK_CLAUSE_UNKNOWN, "filing:       {clause: @\"12\"}");
    change("not_needed: \"3\"", "not_needed: \"12\"");
    finds(WORD_CHECK_CLAUSE_UNKNOWN, "not_needed: @\"12\"");
    change("{is: disagreement, clause: P1}", "{is: disagreement, clause: P2}");
    finds(WORD_CHECK_POLICY_UNLISTED, "{is: disagreement, clause: @P2}");
}

static void a_clause_is_covered_or_excused_but_not_both(void **state)
{
    (void)state;
    change_in(CLAUSES, ", not_executable: {zh: 原则, en: a principle}", "");
    finds_in(CLAUSES, WORD_CHECK_CLAUSE_UNCOVERED, "@\"10\":");
    change("filing:       {clause: \"2\"}", "filing:       {clause: \"10\"}");
    finds_in(CLAUSES, WORD_CHECK_CLAUSE_BOTH, "not_executable: @{zh");
    change_in(CLAUSES, "  \"8\": {zh: 终结, en: the end}\n", "");
    finds_in(CLAUSES, WORD_CHECK_CLAUSE_NUMBER, "@\"9\":");
}

static void a_clause_is_told_in_both_languages(void **state)
{
    (void)state;
    change_in(CLAUSES, "{zh: 结论, en: the conclusion}", "{zh: 结论}");
    finds_in(CLAUSES, WORD_CHECK_TEXT_MISSING, "@\"6\":");
    change_in(CLAUSES, "zh: 结论, en: the conclusion", "zh: ' ', en: the conclusion");
    finds_in(CLAUSES, WORD_CHECK_TEXT_MISSING, "zh: @' '");
    change_in(CLAUSES, "{zh: 原则, en: a principle}", "{zh: 原则}");
    finds_in(CLAUSES, WORD_CHECK_TEXT_MISSING, "not_executable: @{zh: 原则}");
    change_in(CLAUSES, "source: {zh: 虚构, en: invented}", "source: {zh: 虚构}");
    finds_in(CLAUSES, WORD_CHECK_TEXT_MISSING, "source: @{zh");
}

static void a_clause_has_no_other_keys(void **state)
{
    (void)state;
    change_in(CLAUSES, "en: the conclusion}", "en: the conclusion, unverifeid: true}");
    finds_in(CLAUSES, WORD_CHECK_KEY_UNKNOWN, "@unverifeid");
    change_in(CLAUSES, "en: the conclusion}", "en: the conclusion, unverified: perhaps}");
    finds_in(CLAUSES, WORD_CHECK_UNVERIFIED_FORM, "unverified: @perhaps");
    change_in(CLAUSES, "en: the conclusion}", "en: the conclusion, unverified: true}");
    notes_in(CLAUSES, WORD_CHECK_UNVERIFIED, "@\"6\":");
    change_in(CLAUSES, "en: the conclusion}", "en: the conclusion, conflicts: none}");
    finds_in(CLAUSES, WORD_CHECK_CONFLICTS_FORM, "conflicts: @none");
    change_in(CLAUSES, "en: the conclusion}",
              "en: the conclusion, conflicts: [{says: {zh: 甲, en: a}, but: {zh: 乙, en: b}}]}");
    finds_in(CLAUSES, WORD_CHECK_TEXT_MISSING, "conflicts: [@{says");
}

static void clauses_belong_to_their_edition(void **state)
{
    (void)state;
    change_in(CLAUSES, "edition: \"small\"", "edition: \"other\"");
    finds_in(CLAUSES, WORD_LAW_OTHER_ID, "edition: @\"other\"");
    remove_file(CLAUSES);
    law_check(&small_arena, &small_folder, &small_check);
    assert_int_equal(small_check.faults.all, 1);
    assert_int_equal(small_check.faults.at[0].word, WORD_LAW_NO_FILE);
}

static void every_id_has_its_words(void **state)
{
    (void)state;
    change_in(WORDS_ZH, "  empanel: 组织\n", "");
    finds(WORD_CHECK_WORD_MISSING, "@empanel: {");
    change_in(WORDS_EN, "  empanel: empanel\n", "  empanel: \" \"\n");
    finds_in(WORDS_EN, WORD_CHECK_WORD_MISSING, "empanel: @\" \"");
    change_in(WORDS_EN, "  listing: listing\n", "");
    finds(WORD_CHECK_WORD_MISSING, "one_of: [purchase, @listing]");
    change_in(WORDS_EN, "  second: second\n", "");
    finds(WORD_CHECK_WORD_MISSING, "@member:   {of");
    put_file(OWN_WORDS, "en: {act: {empanel: call experts}}\nzh: {act: {empanel: 聘请专家}}\n");
    change_in(WORDS_EN, "  empanel: empanel\n", "");
    change_in(WORDS_ZH, "  empanel: 组织\n", "");
    law_check(&small_arena, &small_folder, &small_check);
    assert_int_equal(small_check.faults.all, 0);
    start_again();
}

static void no_word_is_left_over(void **state)
{
    (void)state;
    change_in(WORDS_EN, "  empanel: empanel\n", "  empanel: empanel\n  appeal: appeal\n");
    finds_in(WORDS_EN, WORD_CHECK_WORD_LEFT, "@appeal:");
    put_file(OWN_WORDS, "en: {act: {appeal: appeal}}\n");
    finds_in(OWN_WORDS, WORD_CHECK_WORD_LEFT, "@appeal: ");
    put_file(OWN_WORDS, "fr: {act: {empanel: nommer}}\n");
    finds_in(OWN_WORDS, WORD_CHECK_KEY_UNKNOWN, "@fr:");
}

/* A second edition: the first one's files with another id and other days. */
static void put_second(const char *force)
{
    static const char *const names[] = {"procedure.yaml", "clauses.yaml"};
    for (int i = 0; i < 2; i++) {
        char path[64];
        Buf text = {0};
        Str old = small_file(i ? CLAUSES : PROCEDURE)->text;
        size_t at = find_text(old, STR("edition: \"small\""));
        buf_put(&text, str_part(old, 0, at));
        buf_put(&text, STR("edition: \"tiny\""));
        buf_put(&text, str_part(old, at + strlen("edition: \"small\""), old.len));
        snprintf(path, sizeof path, "editions/tiny/%s", names[i]);
        put_file(path, str_terminated(&small_arena, buf_str(&text)));
        buf_done(&text);
    }
    change_in("editions/tiny/procedure.yaml", "in_force: {from: 2020-01-01}", force);
    for (int i = 0; i < 2; i++) {
        change_in(i ? WORDS_EN : WORDS_ZH, "edition:\n", "edition:\n  tiny: tiny\n");
        change_in(i ? WORDS_EN : WORDS_ZH, "edition_short:\n", "edition_short:\n  tiny: tiny\n");
    }
}

static void every_day_has_one_edition(void **state)
{
    (void)state;
    const char *tiny = "editions/tiny/procedure.yaml";
    put_second("in_force: {from: 2022-01-01}");
    change("{from: 2020-01-01}", "{from: 2020-01-01, until: 2022-01-01}");
    law_check(&small_arena, &small_folder, &small_check);
    print_list(&small_check.faults);
    assert_int_equal(small_check.faults.all, 0);
    assert_int_equal(small_check.editions, 2);
    start_again();
    put_second("in_force: {from: 2022-01-01}");
    finds_in(tiny, WORD_CHECK_DAYS_TWO, "from: @2022-01-01");
    put_second("in_force: {from: 2022-01-02}");
    change("{from: 2020-01-01}", "{from: 2020-01-01, until: 2022-01-01}");
    finds_in(tiny, WORD_CHECK_DAYS_NONE, "from: @2022-01-02");
    change("{from: 2020-01-01}", "{from: 2020-01-01, until: 2022-01-01}");
    finds(WORD_CHECK_DAYS_END, "until: @2022-01-01");
    put_second("in_force: never\ndrafted: 2019-01-01");
    law_check(&small_arena, &small_folder, &small_check);
    assert_int_equal(small_check.faults.all, 0);
}

static void a_file_that_is_never_read_is_told(void **state)
{
    (void)state;
    put_file("editions/small/claues.yaml", "a: b\n");
    law_check(&small_arena, &small_folder, &small_check);
    assert_int_equal(small_check.faults.all, 1);
    assert_int_equal(small_check.faults.at[0].word, WORD_CHECK_FILE_UNKNOWN);
    assert_string_equal(small_check.faults.at[0].file, "editions/small/claues.yaml");
    start_again();
    remove_file(PROCEDURE);
    law_check(&small_arena, &small_folder, &small_check);
    assert_int_equal(small_check.faults.at[0].word, WORD_LAW_NO_EDITION);
    start_again();
    remove_file(WORDS_EN);
    finds(WORD_LAW_NO_FILE, NULL);
    remove_file(PROCEDURE);
    remove_file(CLAUSES);
    finds(WORD_CHECK_NO_EDITION, NULL);
}

static void all_files_are_told_at_once(void **state)
{
    (void)state;
    change_in(CLAUSES, "title: {", "title: {{");
    change_in(WORDS_EN, "  second: second\n", "  second: second\n  second: again\n");
    change("filing:       {clause: \"2\"}", "filing:       {clase: \"2\"}");
    put_file("calendars/2030.yaml", "number: 1\n");
    law_check(&small_arena, &small_folder, &small_check);
    bool clauses = false, words = false, calendar = false;
    for (size_t i = 0; i < small_check.faults.count; i++) {
        Str file = str_from(small_check.faults.at[i].file);
        words |= str_is(file, WORDS_EN);
        calendar |= str_is(file, "calendars/2030.yaml");
        clauses |= str_is(file, CLAUSES);
    }
    assert_true(words && calendar);
    assert_false(clauses);   /* clauses are held against a procedure that can be read */
    is_told(&small_check.faults, WORD_LAW_UNKNOWN_KEY, PROCEDURE, "@clase");
    is_told(&small_check.faults, WORD_LAW_NO_CLAUSE, PROCEDURE, "@filing:       {clase");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, small_setup, small_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_citation_has_its_clause),
        TEST(a_clause_is_covered_or_excused_but_not_both),
        TEST(a_clause_is_told_in_both_languages),
        TEST(a_clause_has_no_other_keys),
        TEST(clauses_belong_to_their_edition),
        TEST(every_id_has_its_words),
        TEST(no_word_is_left_over),
        TEST(every_day_has_one_edition),
        TEST(a_file_that_is_never_read_is_told),
        TEST(all_files_are_told_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
