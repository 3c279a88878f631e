/* test_desk.c: drafts keep what was typed, two who save at once are told, numbers never come
 * twice. */
#include "kit.h"

#include <cmocka.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "desk.h"

static Arena arena;
static Fault fault;
static int made;

static const char *fresh(void)
{
    char name[32];
    snprintf(name, sizeof name, "d%d", made++);
    const char *dir = kit_path(kit_folder(), name);
    assert_int_equal(mkdir(dir, 0700), 0);
    return dir;
}

static Desk *open_desk(const char *dir)
{
    Desk *desk = NULL;
    assert_int_equal(desk_open(dir, &desk, &fault), FAIL_NONE);
    return desk;
}

static Draft declaration(const char *key, const Typed *typed, size_t count)
{
    return (Draft){.hat = STR("operator:acme"), .org = STR("acme"), .person = 7,
                   .edition = STR("2022"), .act = STR("declare"), .typed = {typed, count},
                   .at = 1000, .key = str_from(key)};
}

static void a_draft_keeps_what_was_typed(void **state)
{
    (void)state;
    const char *dir = fresh();
    Desk *desk = open_desk(dir);
    const Typed typed[] = {{STR("fact.title"), STR("核心路由器 \"north\"\n<b>\xe2\x80\xae")},
                           {STR("with.note"), STR_NONE},
                           {STR("fact.provider"), STR("a")}, {STR("fact.provider"), STR("b")}};
    Draft draft = declaration("k1", typed, 4), found;
    bool there;
    assert_int_equal(draft_begin(desk, &draft, &draft.id, &fault), FAIL_NONE);
    desk_close(desk);
    desk = open_desk(dir);
    assert_int_equal(draft_find(desk, &arena, draft.id, &there, &found, &fault), FAIL_NONE);
    assert_true(there);
    assert_int_equal(found.typed.count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_true(str_eq(found.typed.at[i].name, typed[i].name));
        assert_true(str_eq(found.typed.at[i].value, typed[i].value));
    }
    assert_true(str_is(found.hat, "operator:acme") && str_is(found.key, "k1"));
    assert_int_equal(found.version, 1);
    assert_int_equal(found.person, 7);
    assert_int_equal(draft_find(desk, &arena, draft.id + 1, &there, &found, &fault), FAIL_NONE);
    assert_false(there);
    desk_close(desk);
}

static void the_second_of_two_who_save_is_told(void **state)
{
    (void)state;
    Desk *desk = open_desk(fresh());
    const Typed first = {STR("a"), STR("1")}, second = {STR("a"), STR("2")};
    Draft draft = declaration("k", &first, 1), found;
    bool there;
    assert_int_equal(draft_begin(desk, &draft, &draft.id, &fault), FAIL_NONE);
    draft.version = 1;
    draft.typed.at = &second;
    assert_int_equal(draft_save(desk, &draft, &fault), FAIL_NONE);
    draft.typed.at = &first;
    assert_int_equal(draft_save(desk, &draft, &fault), FAIL_CONFLICT);
    assert_int_equal(fault.word, WORD_DRAFT_CHANGED);
    assert_int_equal(draft_find(desk, &arena, draft.id, &there, &found, &fault), FAIL_NONE);
    assert_int_equal(found.version, 2);
    assert_true(str_is(found.typed.at[0].value, "2"));
    desk_close(desk);
}

static void drafts_are_seen_by_their_organisation_alone(void **state)
{
    (void)state;
    Desk *desk = open_desk(fresh());
    const Draft *drafts;
    size_t count;
    for (int i = 0; i < 3; i++) {
        char key[8];
        snprintf(key, sizeof key, "k%d", i);
        Draft draft = declaration(key, NULL, 0);
        draft.at = 1000 + i;
        draft.matter = i == 1 ? STR("2026-0001") : STR_NONE;
        assert_int_equal(draft_begin(desk, &draft, &draft.id, &fault), FAIL_NONE);
        if (i == 0) {
            draft.version = 1;
            draft.state = DRAFT_DONE;
            assert_int_equal(draft_save(desk, &draft, &fault), FAIL_NONE);
        }
    }
    Str hat = STR("operator:acme"), org = STR("acme");
    assert_int_equal(drafts_of(desk, &arena, hat, org, STR_NONE, &drafts, &count, &fault), 0);
    assert_int_equal(count, 2);
    assert_true(drafts[0].at > drafts[1].at);
    assert_int_equal(drafts_of(desk, &arena, hat, org, STR("2026-0001"), &drafts, &count, &fault),
                     FAIL_NONE);
    assert_int_equal(count, 1);
    assert_int_equal(drafts_of(desk, &arena, STR("operator:b"), STR("b"), STR_NONE, &drafts,
                               &count, &fault), FAIL_NONE);
    assert_int_equal(count, 0);
    desk_close(desk);
}

static void a_key_begins_one_draft(void **state)
{
    (void)state;
    Desk *desk = open_desk(fresh());
    Draft draft = declaration("same", NULL, 0);
    assert_int_equal(draft_begin(desk, &draft, &draft.id, &fault), FAIL_NONE);
    assert_int_equal(draft_begin(desk, &draft, &draft.id, &fault), FAIL_CONFLICT);
    desk_close(desk);
}

static void bytes_that_are_no_text_are_refused_in_words(void **state)
{
    (void)state;
    Desk *desk = open_desk(fresh());
    const Typed bad = {STR("a"), STR("\xff\xfe")};
    Draft draft = declaration("k", &bad, 1);
    assert_int_equal(draft_begin(desk, &draft, &draft.id, &fault), FAIL_INPUT);
    assert_int_equal(fault.word, WORD_DRAFT_NOT_TEXT);
    desk_close(desk);
}

static void *take_numbers(void *with)
{
    Arena own = {0};
    Fault told;
    for (int i = 0; i < 20; i++) {
        Str number;
        assert_int_equal(desk_number(with, &own, 2026, &number, &told), FAIL_NONE);
    }
    arena_done(&own);
    return NULL;
}

static void numbers_never_come_twice(void **state)
{
    (void)state;
    const char *dir = fresh();
    Desk *desk = open_desk(dir), *other = open_desk(dir);
    pthread_t threads[4];
    Str number;
    assert_int_equal(desk_number(desk, &arena, 2026, &number, &fault), FAIL_NONE);
    assert_true(str_is(number, "2026-0001"));
    for (int i = 0; i < 4; i++) {
        pthread_create(&threads[i], NULL, take_numbers, i < 2 ? desk : other);
    }
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
    }
    desk_close(other);
    desk_close(desk);
    desk = open_desk(dir);
    assert_int_equal(desk_number(desk, &arena, 2026, &number, &fault), FAIL_NONE);
    assert_true(str_is(number, "2026-0082"));
    assert_int_equal(desk_number(desk, &arena, 2027, &number, &fault), FAIL_NONE);
    assert_true(str_is(number, "2027-0001"));
    desk_close(desk);
}

static void its_version_tells_of_changes_also_of_others(void **state)
{
    (void)state;
    const char *dir = fresh();
    Desk *desk = open_desk(dir), *other = open_desk(dir);
    int64_t before, after;
    Str number;
    assert_int_equal(desk_version(desk, &before, &fault), FAIL_NONE);
    assert_int_equal(desk_version(desk, &after, &fault), FAIL_NONE);
    assert_int_equal(before, after);
    assert_int_equal(desk_number(desk, &arena, 2026, &number, &fault), FAIL_NONE);
    assert_int_equal(desk_version(desk, &after, &fault), FAIL_NONE);
    assert_int_not_equal(before, after);
    before = after;
    assert_int_equal(desk_number(other, &arena, 2026, &number, &fault), FAIL_NONE);
    assert_int_equal(desk_version(desk, &after, &fault), FAIL_NONE);
    assert_int_not_equal(before, after);
    desk_close(other);
    desk_close(desk);
}

static void it_is_its_owners_alone(void **state)
{
    (void)state;
    const char *dir = fresh();
    struct stat about;
    mode_t old = umask(0);
    desk_close(open_desk(dir));
    umask(old);
    assert_int_equal(stat(kit_path(dir, "desk.db"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(stat(kit_path(dir, "papers"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0700);
}

static void another_programs_file_is_left_alone(void **state)
{
    (void)state;
    const char *dir = fresh();
    Desk *desk = NULL;
    kit_write(kit_path(dir, "desk.db"), "not a database, whatever its name says", 38);
    assert_int_equal(desk_open(dir, &desk, &fault), FAIL_SYSTEM);
    assert_int_equal(fault.word, WORD_STORE_NOT_OURS);
    size_t size;
    char *bytes = kit_read(kit_path(dir, "desk.db"), &size);
    assert_int_equal(size, 38);
    free(bytes);
}

static int tear_down(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_draft_keeps_what_was_typed),
        cmocka_unit_test(the_second_of_two_who_save_is_told),
        cmocka_unit_test(drafts_are_seen_by_their_organisation_alone),
        cmocka_unit_test(a_key_begins_one_draft),
        cmocka_unit_test(bytes_that_are_no_text_are_refused_in_words),
        cmocka_unit_test(numbers_never_come_twice),
        cmocka_unit_test(its_version_tells_of_changes_also_of_others),
        cmocka_unit_test(it_is_its_owners_alone),
        cmocka_unit_test(another_programs_file_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
