/* test_notices.c: notices as people write them: what is taken, what is a fault, and where. */
#include "kit.h"

#include <cmocka.h>
#include <stdio.h>

#include "calendar.h"

static Arena arena;

static int forget(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

#define HEAD                                                                                      \
    "number: 国办发明电〔2026〕9号\ntitle: 关于2027年部分节假日安排的通知\nyear: 2027\n"         \
    "dated: 2026-11-25\npublished: 2026-11-26\nsource: https://www.gov.cn/example\n"              \
    "holidays:\n"                                                                                 \
    "  new_year: {off: 2027-01-01..2027-01-03}\n"                                                 \
    "  spring_festival: {off: 2027-02-05..2027-02-11, worked: [2027-01-31, 2027-02-20]}\n"        \
    "  qingming: {off: 2027-04-03..2027-04-05}\n"                                                 \
    "  labour: {off: 2027-05-01..2027-05-05, worked: 2027-05-08}\n"                               \
    "  dragon_boat: {off: 2027-06-09}\n"
#define TAIL "  mid_autumn: {off: 2027-09-15}\n  national: {off: 2027-10-01..2027-10-07}\n"

static Notice good(const char *text)
{
    Notice notice;
    Fault fault;
    assert_int_equal(notice_read(&arena, str_from(text), STR("n.yaml"), &notice, &fault),
                     FAIL_NONE);
    return notice;
}

static void bad(const char *text, Word word, int line, int column)
{
    Notice notice;
    Fault fault = {0};
    assert_int_equal(notice_read(&arena, str_from(text), STR("n.yaml"), &notice, &fault),
                     FAIL_INPUT);
    if (fault.word != word) {
        Buf said = {0};
        fault_put(&said, &fault, LANGUAGE_EN);
        print_error("%.*s\n", STR_ARG(buf_str(&said)));
        buf_done(&said);
    }
    assert_int_equal(fault.word, word);
    assert_int_equal(fault.line, line);
    assert_int_equal(fault.column, column);
}

static void a_new_notice_is_read(void **state)
{
    (void)state;
    Notice notice = good(HEAD TAIL);
    assert_int_equal(notice.year, 2027);
    assert_int_equal(notice.dated, day_from(2026, 11, 25));
    assert_int_equal(notice.published, day_from(2026, 11, 26));
    assert_false(notice.number_unverified);
    assert_int_equal(notice.days_count, 3 + 7 + 2 + 3 + 5 + 1 + 1 + 1 + 7);
    assert_int_equal(notice.days[0].day, day_from(2027, 1, 1));
    assert_true(str_is(notice.days[0].holiday, "new_year"));
    assert_int_equal(notice.days[3].day, day_from(2027, 1, 31));
    assert_int_equal(notice.days[3].status, DAY_WORKED);
}

static void a_notice_for_a_year_names_every_holiday(void **state)
{
    (void)state;
    bad(HEAD, WORD_NOTICE_HOLIDAY_MISSING, 8, 3);
    good(HEAD "  national: {off: 2027-10-01..2027-10-07}\n");   /* Mid-Autumn may lie within */
    bad(HEAD "  mid_autumn: {worked: 2027-09-18}\n  national: {off: 2027-10-01}\n",
        WORD_NOTICE_HOLIDAY_MISSING, 13, 15);
}

static void unknown_words_are_told_where(void **state)
{
    (void)state;
    bad(HEAD TAIL "comment: x\n", WORD_NOTICE_KEY_UNKNOWN, 15, 1);
    bad(HEAD TAIL "  christmas: {off: 2027-12-25}\n", WORD_NOTICE_HOLIDAY_UNKNOWN, 15, 3);
    bad(HEAD "  mid_autumn: {off: 2027-09-15, work: 2027-09-18}\n", WORD_NOTICE_KEY_UNKNOWN, 13,
        33);
    bad(HEAD "  mid_autumn: {normal: 2027-09-15}\n", WORD_NOTICE_KEY_UNKNOWN, 13, 16);
    bad("- a\n", WORD_NOTICE_FORM, 1, 1);
    bad("", WORD_NOTICE_FORM, 1, 1);
    bad("number: x\n", WORD_NOTICE_KEY_NEEDED, 1, 1);
}

static void days_that_cannot_be_are_told_where(void **state)
{
    (void)state;
    bad(HEAD "  mid_autumn: {off: 2027-02-30}\n", WORD_NOTICE_SPAN, 13, 21);
    bad(HEAD "  mid_autumn: {off: 2027-09-15..2027-09-31}\n", WORD_NOTICE_SPAN, 13, 21);
    bad(HEAD "  mid_autumn: {off: 2027-09-17..2027-09-15}\n", WORD_NOTICE_SPAN_BACKWARDS, 13, 21);
    bad(HEAD "  mid_autumn: {off: 2027-09-15..2027-10-16}\n", WORD_NOTICE_SPAN_LONG, 13, 21);
    bad(HEAD "  mid_autumn: {off: 2026-09-15}\n", WORD_NOTICE_DAY_OTHER_YEAR, 13, 21);
    bad(HEAD "  mid_autumn: {off: 2028-01-01}\n", WORD_NOTICE_DAY_OTHER_YEAR, 13, 21);
    bad(HEAD "  mid_autumn: {off: 2027-09-15, worked: [2027-09-18, 2027-09-20]}\n",
        WORD_NOTICE_WORKED_WEEKDAY, 13, 54);
    bad(HEAD "  mid_autumn: {off: {}}\n", WORD_NOTICE_DAYS_FORM, 13, 21);
    bad(HEAD "  mid_autumn: 2027-09-15\n", WORD_NOTICE_HOLIDAY_FORM, 13, 15);
}

static void a_day_stands_once_in_a_notice(void **state)
{
    (void)state;
    bad(HEAD "  mid_autumn: {off: 2027-06-09}\n  national: {off: 2027-10-01}\n",
        WORD_NOTICE_DAY_TWICE, 13, 21);
    bad(HEAD "  mid_autumn: {off: 2027-09-18, worked: 2027-09-18}\n"
             "  national: {off: 2027-10-01}\n",
        WORD_NOTICE_DAY_TWICE, 13, 41);
}

#define AMENDMENT(published, days)                                                                \
    "number: 国办发明电〔2019〕3号\ntitle: t\namends: 国办发明电〔2018〕15号\n"                   \
    "dated: 2019-03-22\npublished: " published "\nsource: s\nholidays:\n  labour: {" days "}\n"

static void the_head_must_make_sense(void **state)
{
    (void)state;
    bad(AMENDMENT("2019-03-21", "off: 2019-05-01"), WORD_NOTICE_PUBLISHED_EARLY, 5, 12);
    bad(AMENDMENT("2019-02-29", "off: 2019-05-01"), WORD_NOTICE_DAY, 5, 12);
    bad(AMENDMENT("2019-03-22", "off: 2019-05-01") "year: 2019\n", WORD_NOTICE_YEAR_OR_AMENDS, 3,
        9);
    bad(AMENDMENT("2019-03-22", "off: 2019-05-01") "unverified: title\n",
        WORD_NOTICE_UNVERIFIED, 9, 13);
    bad("number: \"a\\tb\"\ntitle: t\nsource: s\nyear: 2027\n", WORD_NOTICE_TEXT, 1, 9);
    bad("statutory: 1889\ntitle: t\nsource: s\n", WORD_NOTICE_YEAR, 1, 12);
    bad("number: n\ntitle: t\nyear: 2026\ndated: 2027-01-01\npublished: 2027-01-02\n"
        "source: s\nholidays: {}\n", WORD_NOTICE_PUBLISHED_LATE, 5, 12);
}

/* --- together --- */

static LawFolder folder_of(LawFile *files, size_t count)
{
    return (LawFolder){files, count};
}

static LawFile file_of(const char *path, const char *text)
{
    return (LawFile){str_from(path), str_from(path), str_from(text)};
}

static Fail read_with(const char *text, Notices *ret_notices, Fault *fault)
{
    LawFile file = file_of("calendars/mine.yaml", text);
    LawFolder overlay = folder_of(&file, 1);
    return notices_read(&arena, &law_built_in, &overlay, ret_notices, fault);
}

static void bad_with(const char *text, Word word, int line, int column)
{
    Notices notices;
    Fault fault = {0};
    assert_int_equal(read_with(text, &notices, &fault), FAIL_INPUT);
    assert_int_equal(fault.word, word);
    assert_string_equal(fault.file, "calendars/mine.yaml");
    assert_int_equal(fault.line, line);
    assert_int_equal(fault.column, column);
}

static void a_notice_of_ones_own_settles_its_year(void **state)
{
    (void)state;
    Notices notices;
    Fault fault;
    assert_int_equal(read_with(HEAD TAIL, &notices, &fault), FAIL_NONE);
    const Calendar *calendar = calendar_build(&arena, &notices, DAY_LAST);
    assert_true(calendar_published(calendar, 2027));
    assert_true(calendar_working(calendar, day_from(2027, 1, 31)));
    assert_false(calendar_working(calendar, day_from(2027, 2, 11)));
    const Calendar *before = calendar_build(&arena, &notices, day_from(2026, 11, 25));
    assert_false(calendar_published(before, 2027));
    assert_false(calendar_working(before, day_from(2027, 2, 8)));
    assert_true(calendar_working(before, day_from(2027, 2, 9)));
}

static void a_published_year_forgets_its_statutory_days(void **state)
{
    (void)state;
    Notices notices;
    Fault fault;
    /* A notice that gives the Dragon Boat holiday on the 10th instead of the 9th. */
    const char *text =
        "number: x\ntitle: t\nyear: 2027\ndated: 2026-11-25\npublished: 2026-11-26\nsource: s\n"
        "holidays:\n  new_year: {off: 2027-01-01}\n  spring_festival: {off: 2027-02-05}\n"
        "  qingming: {off: 2027-04-05}\n  labour: {off: 2027-05-03}\n"
        "  dragon_boat: {off: 2027-06-10}\n  national: {off: 2027-10-01}\n";
    assert_int_equal(read_with(text, &notices, &fault), FAIL_NONE);
    const Calendar *calendar = calendar_build(&arena, &notices, DAY_LAST);
    assert_true(calendar_working(calendar, day_from(2027, 6, 9)));
    assert_false(calendar_working(calendar, day_from(2027, 6, 10)));
    assert_int_equal(calendar_reason(calendar, day_from(2027, 6, 9)).why, WHY_WORKING);
}

static void the_same_notice_twice_must_be_the_same(void **state)
{
    (void)state;
    const LawFile *ours = folder_file(&law_built_in, STR("calendars/2019-labour.yaml"));
    assert_non_null(ours);
    Notices notices, alone;
    Fault fault;
    char *text = str_terminated(&arena, ours->text);
    assert_int_equal(read_with(text, &notices, &fault), FAIL_NONE);
    assert_int_equal(notices_read(&arena, &law_built_in, NULL, &alone, &fault), FAIL_NONE);
    assert_int_equal(notices.count, alone.count);
    bad_with(AMENDMENT("2019-03-22", "off: 2019-05-01"), WORD_NOTICES_NUMBER_TWICE, 1, 9);
}

static void a_year_is_published_once_and_amended_after(void **state)
{
    (void)state;
#define MORE(head, days)                                                                          \
    "number: z\ntitle: t\n" head "source: s\nholidays:\n  labour: {" days "}\n"
    bad_with("number: z\ntitle: t\nyear: 2026\ndated: 2025-11-05\npublished: 2025-11-05\n"
             "source: s\nholidays:\n  new_year: {off: 2026-01-01}\n"
             "  spring_festival: {off: 2026-02-16}\n  qingming: {off: 2026-04-06}\n"
             "  labour: {off: 2026-05-01}\n  dragon_boat: {off: 2026-06-19}\n"
             "  national: {off: 2026-10-01}\n",
             WORD_NOTICES_YEAR_TWICE, 3, 7);
    bad_with(MORE("amends: nothing\ndated: 2026-01-05\npublished: 2026-01-05\n",
                  "off: 2026-05-06"),
             WORD_NOTICES_AMENDS_UNKNOWN, 3, 9);
    bad_with(MORE("amends: 国办发明电〔2025〕7号\ndated: 2025-01-05\npublished: 2025-01-05\n",
                  "off: 2026-05-06"),
             WORD_NOTICES_AMENDS_LATER, 5, 12);
    bad_with(MORE("amends: 国办发明电〔2025〕7号\ndated: 2026-01-05\npublished: 2026-01-05\n",
                  "off: 2027-05-06"),
             WORD_NOTICE_DAY_OTHER_YEAR, 8, 3);
    bad_with(MORE("amends: 国办发明电〔2025〕7号\ndated: 2026-01-05\npublished: 2026-01-05\n",
                  "normal: 2026-05-07"),
             WORD_NOTICES_NORMAL_NOTHING, 8, 3);
}

static void an_amendment_sets_days_back_to_normal(void **state)
{
    (void)state;
    Notices notices;
    Fault fault;
    const char *text =
        MORE("amends: 国办发明电〔2025〕7号\ndated: 2026-04-01\npublished: 2026-04-01\n",
             "normal: [2026-05-05, 2026-05-09]");
    assert_int_equal(read_with(text, &notices, &fault), FAIL_NONE);
    const Calendar *after = calendar_build(&arena, &notices, DAY_LAST);
    const Calendar *before = calendar_build(&arena, &notices, day_from(2026, 3, 31));
    assert_false(calendar_working(before, day_from(2026, 5, 5)));
    assert_true(calendar_working(after, day_from(2026, 5, 5)));
    assert_true(calendar_working(before, day_from(2026, 5, 9)));
    assert_false(calendar_working(after, day_from(2026, 5, 9)));
    DayReason reason = calendar_reason(after, day_from(2026, 5, 9));
    assert_int_equal(reason.why, WHY_WEEKEND);
    assert_true(str_is(reason.notice->number, "z"));
}

static void one_more_notice_can_be_added_to_those_known(void **state)
{
    (void)state;
    Notices notices, more, again;
    Fault fault;
    assert_int_equal(notices_read(&arena, &law_built_in, NULL, &notices, &fault), FAIL_NONE);
    Notice notice = good(HEAD TAIL);
    assert_int_equal(notices_with(&arena, &notices, &notice, &more, &fault), FAIL_NONE);
    assert_int_equal(more.count, notices.count + 1);
    assert_true(str_eq(more.at[more.count - 1].number, notice.number));
    assert_true(calendar_published(calendar_build(&arena, &more, DAY_LAST), 2027));
    assert_int_equal(notices_with(&arena, &more, &notice, &again, &fault), FAIL_INPUT);
    assert_int_equal(fault.word, WORD_NOTICES_NUMBER_TWICE);
}

static void notices_stand_in_the_order_of_publication(void **state)
{
    (void)state;
    Notices notices;
    Fault fault;
    assert_int_equal(notices_read(&arena, &law_built_in, NULL, &notices, &fault), FAIL_NONE);
    assert_int_equal(notices.count, 14);
    assert_true(notices.at[0].statutory);
    for (size_t i = 2; i < notices.count; i++) {
        assert_true(notices.at[i - 1].published <= notices.at[i].published);
        assert_false(notices.at[i].statutory);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_new_notice_is_read, forget),
        cmocka_unit_test_teardown(a_notice_for_a_year_names_every_holiday, forget),
        cmocka_unit_test_teardown(unknown_words_are_told_where, forget),
        cmocka_unit_test_teardown(days_that_cannot_be_are_told_where, forget),
        cmocka_unit_test_teardown(a_day_stands_once_in_a_notice, forget),
        cmocka_unit_test_teardown(the_head_must_make_sense, forget),
        cmocka_unit_test_teardown(a_notice_of_ones_own_settles_its_year, forget),
        cmocka_unit_test_teardown(a_published_year_forgets_its_statutory_days, forget),
        cmocka_unit_test_teardown(the_same_notice_twice_must_be_the_same, forget),
        cmocka_unit_test_teardown(a_year_is_published_once_and_amended_after, forget),
        cmocka_unit_test_teardown(an_amendment_sets_days_back_to_normal, forget),
        cmocka_unit_test_teardown(one_more_notice_can_be_added_to_those_known, forget),
        cmocka_unit_test_teardown(notices_stand_in_the_order_of_publication, forget),
    };
    return cmocka_run_group_tests_name("notices", tests, NULL, NULL);
}
