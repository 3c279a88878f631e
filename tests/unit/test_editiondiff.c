/* test_editiondiff.c: what a reform changed, by subject; and one changed word of a small law. */
#include <stdio.h>

#include "smalllaw.h"

#include "editiondiff_text.h"

typedef struct Compared {
    const Edition *from, *to;
    const Change *changes;
    size_t count;
} Compared;

static const Edition *read_edition(const LawFolder *folder, const char *id)
{
    FaultList faults = {.arena = &small_arena};
    const Edition *edition = NULL;
    Fail fail = edition_read(&small_arena, folder, str_from(id), &edition, &faults);
    print_list(&faults);
    assert_int_equal(fail, FAIL_NONE);
    return edition;
}

static Compared compare(const char *from, const char *to)
{
    Compared compared = {.from = read_edition(&law_built_in, from),
                         .to = read_edition(&law_built_in, to)};
    compared.changes = editiondiff(&small_arena, compared.from, compared.to, &compared.count);
    return compared;
}

/* The small law as it is and as it was changed. */
static Compared compare_small(void)
{
    Compared compared = {.to = read_edition(&small_folder, "small")};
    start_again();
    compared.from = read_edition(&small_folder, "small");
    compared.changes = editiondiff(&small_arena, compared.from, compared.to, &compared.count);
    return compared;
}

static const Change *find(const Compared *compared, Subject subject, ChangeKind kind,
                          const char *id, const char *what)
{
    for (size_t i = 0; i < compared->count; i++) {
        const Change *change = &compared->changes[i];
        if (change->subject == subject && change->kind == kind && str_is(change->id, id) &&
            str_is(str_from(change->what), what ? what : "")) {
            return change;
        }
    }
    return NULL;
}

static void is_changed(const Compared *compared, Subject subject, const char *id, const char *what,
                       const char *before, const char *after)
{
    const Change *change = find(compared, subject, CHANGE_CHANGED, id, what);
    if (!change || !str_is(change->before, before) || !str_is(change->after, after)) {
        fail_msg("%s %s: \"%.*s\" to \"%.*s\"", id, what ? what : "",
                 STR_ARG(change ? change->before : STR_NONE),
                 STR_ARG(change ? change->after : STR_NONE));
    }
}

static void an_edition_does_not_differ_from_itself(void **state)
{
    (void)state;
    static const char *const ids[] = {"2017-draft", "2017", "2019-draft", "2020", "2022"};
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(compare(ids[i], ids[i]).count, 0);
    }
}

static void the_reform_of_2022_doubled_the_special_review(void **state)
{
    (void)state;
    Compared reform = compare("2020", "2022");
    is_changed(&reform, SUBJECT_CLOCK, "special", "working_days", "45", "90");
    assert_null(find(&reform, SUBJECT_CLOCK, CHANGE_CHANGED, "opinion", "working_days"));
    assert_non_null(find(&reform, SUBJECT_RECIPIENT, CHANGE_ADDED, "member/csrc", NULL));
    assert_non_null(find(&reform, SUBJECT_GROUND, CHANGE_ADDED, "foreign_listing", NULL));
    assert_non_null(find(&reform, SUBJECT_MATERIAL, CHANGE_ADDED, "listing_documents", NULL));
    is_changed(&reform, SUBJECT_MATERIAL, "procurement_document", "when", "", "purchase");
    assert_non_null(find(&reform, SUBJECT_ACT, CHANGE_ADDED, "mitigate", NULL));
    is_changed(&reform, SUBJECT_FORCE, "in_force", NULL, "2020-06-01 – 2022-02-14",
               "2022-02-15 – ");
}

static void a_moved_clause_is_no_change_of_substance(void **state)
{
    (void)state;
    Compared reform = compare("2020", "2022");
    const Change *moved = find(&reform, SUBJECT_CLOCK, CHANGE_MOVED, "screening", NULL);
    assert_non_null(moved);
    assert_true(str_is(moved->before, "8") && str_is(moved->after, "9"));
    for (size_t i = 0; i < reform.count; i++) {   /* no act that both have does anything else */
        assert_false(reform.changes[i].subject == SUBJECT_ACT &&
                     reform.changes[i].kind == CHANGE_CHANGED);
    }
}

static void the_law_of_2020_stops_clocks_where_its_draft_restarted_them(void **state)
{
    (void)state;
    Compared reform = compare("2019-draft", "2020");
    is_changed(&reform, SUBJECT_DUTY, "materials_asked", "then", "restart", "resume");
    is_changed(&reform, SUBJECT_ACT, "accept_materials", "by", "office", "center");
    is_changed(&reform, SUBJECT_ACT, "accept_materials", "to", "preliminary", "screening");
    is_changed(&reform, SUBJECT_ACT, "declare", "starts", "", "screening");
    assert_non_null(find(&reform, SUBJECT_ACT, CHANGE_REMOVED, "find_breach", NULL));
    assert_non_null(find(&reform, SUBJECT_CLOCK, CHANGE_ADDED, "screening", NULL));
    assert_non_null(find(&reform, SUBJECT_POLICY, CHANGE_ADDED, "P14", NULL));
}

static void both_ways_are_mirror_images(void **state)
{
    (void)state;
    static const char *const ids[] = {"2017-draft", "2017", "2019-draft", "2020", "2022"};
    for (size_t i = 0; i + 1 < 5; i++) {
        Compared there = compare(ids[i], ids[i + 1]), back = compare(ids[i + 1], ids[i]);
        assert_int_equal(there.count, back.count);
        for (size_t j = 0; j < there.count; j++) {
            const Change *change = &there.changes[j];
            ChangeKind kind = change->kind == CHANGE_ADDED     ? CHANGE_REMOVED
                              : change->kind == CHANGE_REMOVED ? CHANGE_ADDED
                                                               : change->kind;
            char id[128];
            snprintf(id, sizeof id, "%.*s", STR_ARG(change->id));
            const Change *mirror = find(&back, change->subject, kind, id, change->what);
            assert_non_null(mirror);
            assert_true(str_eq(mirror->before, change->after) &&
                        str_eq(mirror->after, change->before));
        }
    }
}

static void one_changed_word_is_one_change(void **state)
{
    (void)state;
    static const struct {
        const char *old, *new;
        Subject subject;
        const char *id, *what, *before, *after;
    } words[] = {
        {"special:   {working_days: 45", "special:   {working_days: 60", SUBJECT_CLOCK, "special",
         "working_days", "45", "60"},
        {"then: resume", "then: restart", SUBJECT_DUTY, "asked", "then", "resume", "restart"},
        {"silence: {is: disagreement, clause: P1}, ", "", SUBJECT_DUTY, "opinions", "silence",
         "disagreement", ""},
        {"supply: {by: operator", "supply: {by: [operator, office]", SUBJECT_ACT, "supply", "by",
         "operator", "operator, office"},
        {"needs: [{done: [suggest]}, {none_open: asked}]", "needs: [{done: [suggest]}]",
         SUBJECT_ACT, "circulate", "needs", "done suggest, none_open asked", "done suggest"},
        {"extends: {review: with.days}", "extends: {review: 15}", SUBJECT_ACT, "extend",
         "extends", "review days", "review 15"},
        {"in: [review, special], asks", "in: review, asks", SUBJECT_ACT, "suggest", "in",
         "review, special", "review"},
        {"outcome: suggest.finding", "outcome: pass", SUBJECT_ACT, "conclude", "outcome",
         "suggest.finding", "pass"},
        {"notice: receipt, ", "", SUBJECT_ACT, "declare", "notice", "receipt", ""},
        {"asks: [materials], may_ask: [ground, note]", "may_ask: [materials, ground, note]",
         SUBJECT_ACT, "declare", "asks", "materials", ""},
        {"result:  {to: operator", "result:  {to: office", SUBJECT_NOTICE, "result", "to",
         "operator", "office"},
        {", when: {ground: listing}", "", SUBJECT_MATERIAL, "prospectus", "when", "listing", ""},
        {"lifts: opinions, starts: special", "starts: special", SUBJECT_ACT, "open_special",
         "lifts", "opinions", ""},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        change(words[i].old, words[i].new);
        Compared compared = compare_small();
        assert_int_equal(compared.count, 1);
        is_changed(&compared, words[i].subject, words[i].id, words[i].what, words[i].before,
                   words[i].after);
    }
}

static bool holds_text(const Buf *buf, const char *part)
{
    return find_text(buf_str(buf), str_from(part)) < buf->len;
}

static void a_reader_gets_words_and_not_ids(void **state)
{
    (void)state;
    Compared reform = compare("2019-draft", "2020");
    for (int i = 0; i < 2; i++) {
        Language language = i ? LANGUAGE_ZH : LANGUAGE_EN;
        LawWords from = {0}, to = {0};
        Fault fault;
        Buf buf = {0};
        assert_int_equal(lawwords_read(&small_arena, &law_built_in, STR("2019-draft"), language,
                                       &from, &fault), FAIL_NONE);
        assert_int_equal(lawwords_read(&small_arena, &law_built_in, STR("2020"), language, &to,
                                       &fault), FAIL_NONE);
        DiffReader reader = {language, &from, &to, 80};
        editiondiff_text(&buf, reform.changes, reform.count, &reader);
        assert_false(holds_text(&buf, "_"));   /* every id of two words has one */
        assert_true(holds_text(&buf, i ? "期限重新计算  ⇒  期限继续计算"
                                       : "the clock begins anew  ⇒  the clock goes on"));
        assert_true(holds_text(&buf, "19→15"));
        buf_done(&buf);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, small_setup, small_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_edition_does_not_differ_from_itself),
        TEST(the_reform_of_2022_doubled_the_special_review),
        TEST(a_moved_clause_is_no_change_of_substance),
        TEST(the_law_of_2020_stops_clocks_where_its_draft_restarted_them),
        TEST(both_ways_are_mirror_images),
        TEST(one_changed_word_is_one_change),
        TEST(a_reader_gets_words_and_not_ids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
