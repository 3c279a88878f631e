/* test_str.c: slices of bytes, and UTF-8 at the border. */
#include "kit.h"

#include <cmocka.h>

#include "str.h"
#include "utf8.h"

static void slices_compare_by_their_bytes(void **state)
{
    (void)state;
    assert_true(str_eq(STR("act"), STR("act")));
    assert_false(str_eq(STR("act"), STR("acts")));
    assert_true(str_eq(STR_NONE, STR("")));
    assert_true(str_is(STR("act"), "act"));
    assert_false(str_is(STR("act\0"), "act"));
    assert_true(str_cmp(STR("10"), STR("9")) < 0);
    assert_true(str_cmp(STR("ab"), STR("a")) > 0);
    assert_int_equal(str_cmp(STR_NONE, STR("")), 0);
    assert_true(str_cmp(STR("\xE4"), STR("z")) > 0);
    assert_int_equal(str_from(NULL).len, 0);
}

static void beginnings_ends_and_parts(void **state)
{
    (void)state;
    Str whole = STR("member/cac");
    assert_true(str_starts(whole, STR("member/")));
    assert_false(str_starts(STR("mem"), STR("member/")));
    assert_true(str_ends(whole, STR("/cac")));
    assert_false(str_ends(STR("ac"), STR("/cac")));
    assert_true(str_starts(whole, STR_NONE) && str_ends(whole, STR_NONE));
    assert_int_equal(str_find(whole, '/'), 6);
    assert_int_equal(str_find(whole, '#'), whole.len);
    assert_int_equal(str_find(STR_NONE, '/'), 0);
    assert_true(str_is(str_part(whole, 7, 100), "cac"));
    assert_int_equal(str_part(whole, 8, 3).len, 0);
    assert_true(str_is(str_trim(STR(" \t\r\n clause 8 \n")), "clause 8"));
    assert_int_equal(str_trim(STR(" \n ")).len, 0);
}

static void a_copy_is_followed_by_a_zero(void **state)
{
    (void)state;
    Arena arena = {0};
    Str copy = str_copy(&arena, str_part(STR("preliminary"), 0, 3));
    assert_int_equal(copy.len, 3);
    assert_string_equal(copy.at, "pre");
    assert_string_equal(str_terminated(&arena, STR_NONE), "");
    arena_done(&arena);
}

static void whole_numbers_are_read_and_nothing_else(void **state)
{
    (void)state;
    const struct { const char *text; int64_t value; } right[] = {
        {"0", 0}, {"15", 15}, {"-15", -15}, {"+15", 15}, {"007", 7},
        {"9223372036854775807", INT64_MAX}, {"-9223372036854775808", INT64_MIN},
    };
    const char *const wrong[] = {
        "", "-", "+", " 1", "1 ", "1.0", "1e3", "0x1", "--1", "９", "9223372036854775808",
        "-9223372036854775809", "99999999999999999999999",
    };
    for (size_t i = 0; i < sizeof right / sizeof right[0]; i++) {
        int64_t value;
        assert_true(str_int(str_from(right[i].text), &value));
        assert_true(value == right[i].value);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        int64_t value = 42;
        assert_false(str_int(str_from(wrong[i]), &value));
        assert_true(value == 42);
    }
}

/* Every code point, written by hand: what is well-formed is read back, what is not is refused. */
static void every_code_point_is_read_and_surrogates_are_not(void **state)
{
    (void)state;
    for (uint32_t point = 0; point <= 0x110FFF; point++) {
        char bytes[4];
        size_t len = 0;
        if (point < 0x80) {
            bytes[len++] = (char)point;
        } else if (point < 0x800) {
            bytes[len++] = (char)(0xC0 | point >> 6);
            bytes[len++] = (char)(0x80 | (point & 63));
        } else if (point < 0x10000) {
            bytes[len++] = (char)(0xE0 | point >> 12);
            bytes[len++] = (char)(0x80 | (point >> 6 & 63));
            bytes[len++] = (char)(0x80 | (point & 63));
        } else {
            bytes[len++] = (char)(0xF0 | point >> 18);
            bytes[len++] = (char)(0x80 | (point >> 12 & 63));
            bytes[len++] = (char)(0x80 | (point >> 6 & 63));
            bytes[len++] = (char)(0x80 | (point & 63));
        }
        bool allowed = point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
        assert_int_equal(utf8_valid((Str){bytes, len}, NULL), allowed);
        assert_false(len > 1 && utf8_valid((Str){bytes, len - 1}, NULL));
        size_t at = 0;
        if (allowed) {
            assert_int_equal(utf8_next((Str){bytes, len}, &at), point);
            assert_int_equal(at, len);
        }
    }
}

static void bytes_that_are_not_utf8_are_found_at_their_place(void **state)
{
    (void)state;
    const struct { Str text; size_t bad; } wrong[] = {
        {STR("ab\x80"), 2}, {STR("\xC0\xAF"), 0}, {STR("\xC1\xBF"), 0}, {STR("a\xE0\x80\x80"), 1},
        {STR("\xF0\x80\x80\x80"), 0}, {STR("\xF5\x80\x80\x80"), 0}, {STR("审\xE6\x9F"), 3},
        {STR("\xFF"), 0}, {STR("\xE6\x9F" "a"), 0},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        size_t bad = 99;
        assert_false(utf8_valid(wrong[i].text, &bad));
        assert_int_equal(bad, wrong[i].bad);
    }
    assert_true(utf8_valid(STR("审查 review 🏛"), NULL));
    assert_true(utf8_valid(STR_NONE, NULL));
}

static void chinese_takes_two_columns_and_marks_none(void **state)
{
    (void)state;
    assert_int_equal(utf8_columns(STR("review")), 6);
    assert_int_equal(utf8_columns(STR("网络安全审查")), 12);
    assert_int_equal(utf8_columns(STR("（第8条）")), 9);
    assert_int_equal(utf8_columns(STR("e\u0301")), 1);
    assert_int_equal(utf8_columns(STR("─▶")), 2);
    assert_int_equal(utf8_columns(STR_NONE), 0);
}

static void text_that_could_move_the_cursor_or_turn_the_line_is_unsafe(void **state)
{
    (void)state;
    assert_true(utf8_unsafe(STR("\x1b[31m")));
    assert_true(utf8_unsafe(STR("a\nb")));
    assert_true(utf8_unsafe(STR("a\x7f")));
    assert_true(utf8_unsafe(STR("a\xC2\x9B" "31m")));
    assert_true(utf8_unsafe(STR("abc\u202egpj")));
    assert_true(utf8_unsafe(STR("\u2066")));
    assert_false(utf8_unsafe(STR("网络安全审查 — Review")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slices_compare_by_their_bytes),
        cmocka_unit_test(beginnings_ends_and_parts),
        cmocka_unit_test(a_copy_is_followed_by_a_zero),
        cmocka_unit_test(whole_numbers_are_read_and_nothing_else),
        cmocka_unit_test(every_code_point_is_read_and_surrogates_are_not),
        cmocka_unit_test(bytes_that_are_not_utf8_are_found_at_their_place),
        cmocka_unit_test(chinese_takes_two_columns_and_marks_none),
        cmocka_unit_test(text_that_could_move_the_cursor_or_turn_the_line_is_unsafe),
    };
    return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
