/* test_canon.c: one spelling for every value; every other spelling is refused at its place. */
#include "kit.h"

#include <cmocka.h>

#include "canon.h"

static Arena arena;

static int forget(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

static const Canon *read_text(const char *text)
{
    return canon_read(&arena, str_from(text), NULL);
}

static void every_kind_of_value_is_read(void **state)
{
    (void)state;
    const Canon *value = read_text("{\"list\":[1,-2],\"no\":false,\"none\":null,\"number\":42,"
                                   "\"text\":\"审查\",\"yes\":true}");
    assert_non_null(value);
    assert_int_equal(value->kind, CANON_MAP);
    assert_int_equal(value->count, 6);
    assert_true(str_is(canon_text(value, "text"), "审查"));
    assert_true(canon_number(value, "number", 0) == 42);
    assert_true(canon_yes(value, "yes"));
    assert_false(canon_yes(value, "no"));
    assert_int_equal(canon_get(value, "none")->kind, CANON_NULL);
    const Canon *list = canon_get(value, "list");
    assert_int_equal(list->count, 2);
    assert_true(list->items[1].number == -2);
}

static void what_is_not_there_or_of_another_kind_gives_the_fallback(void **state)
{
    (void)state;
    const Canon *value = read_text("{\"a\":1}");
    assert_null(canon_get(value, "b"));
    assert_true(canon_number(value, "b", 7) == 7);
    assert_int_equal(canon_text(value, "a").len, 0);
    assert_false(canon_yes(value, "a"));
    assert_null(canon_get(canon_get(value, "a"), "a"));
    assert_null(canon_get(NULL, "a"));
}

static void what_is_read_and_written_again_gives_the_same_bytes(void **state)
{
    (void)state;
    const char *const texts[] = {
        "{}", "[]", "\"\"", "0", "-1", "9223372036854775807", "-9223372036854775808", "true",
        "null", "\"a\\nb\\u0001\\\"\\\\/\"", "[[],{},[{\"\":[null]}]]",
        "{\"a\":1,\"b\":{\"a\":[\"审查\"]}}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        Buf buf = buf_new(0);
        const Canon *value = read_text(texts[i]);
        assert_non_null(value);
        canon_put(&buf, value);
        assert_true(str_is(buf_str(&buf), texts[i]));
        buf_done(&buf);
    }
}

static void other_spellings_are_refused(void **state)
{
    (void)state;
    const char *const texts[] = {
        "", " 1", "1 ", "1\n", "01", "-0", "+1", "1.0", "1e3", "9223372036854775808", "tru", "TRUE",
        "nul", "'a'", "\"a", "\"\\/\"", "\"\\u0041\"", "\"\\u000A\"", "\"\\u000a\"", "\"\\b\"",
        "\"\t\"", "\"\\\"", "\"\xFF\"", "\"\xED\xA0\x80\"", "[1,]", "[,1]", "[1 ,2]", "[1", "]",
        "{\"a\":1,}", "{\"a\": 1}", "{\"b\":1,\"a\":2}", "{\"a\":1,\"a\":1}", "{a:1}", "{\"a\"}",
        "{\"a\":1", "1,2", "[]]",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        size_t bad = 99;
        assert_null(canon_read(&arena, str_from(texts[i]), &bad));
        assert_true(bad <= strlen(texts[i]));
    }
}

static void the_place_of_the_fault_is_told(void **state)
{
    (void)state;
    size_t bad = 0;
    assert_null(canon_read(&arena, STR("{\"a\":1,\"b\":x}"), &bad));
    assert_int_equal(bad, 11);
}

static void nesting_has_a_bound(void **state)
{
    (void)state;
    char text[400];
    for (size_t depth = 1; depth < 200; depth++) {
        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        const Canon *value = canon_read(&arena, (Str){text, 2 * depth}, NULL);
        assert_true(depth <= 16 ? value != NULL : value == NULL);
    }
}

static void many_texts_with_escapes_take_little_memory(void **state)
{
    (void)state;
    enum { TEXTS = 20000 };
    Buf buf = buf_new(0);
    buf_put_byte(&buf, '[');
    for (int i = 0; i < TEXTS; i++) {
        buf_put(&buf, i ? STR(",\"\\n\"") : STR("\"\\n\""));
    }
    buf_put_byte(&buf, ']');
    assert_non_null(canon_read(&arena, buf_str(&buf), NULL));
    assert_true(arena.total < 400 * buf.len);
    buf_done(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(every_kind_of_value_is_read, forget),
        cmocka_unit_test_teardown(what_is_not_there_or_of_another_kind_gives_the_fallback, forget),
        cmocka_unit_test_teardown(what_is_read_and_written_again_gives_the_same_bytes, forget),
        cmocka_unit_test_teardown(other_spellings_are_refused, forget),
        cmocka_unit_test_teardown(the_place_of_the_fault_is_told, forget),
        cmocka_unit_test_teardown(nesting_has_a_bound, forget),
        cmocka_unit_test_teardown(many_texts_with_escapes_take_little_memory, forget),
    };
    return cmocka_run_group_tests_name("canon", tests, NULL, NULL);
}
