/* test_buf.c: bytes for writing, and what may be written into JSON and XML. */
#include "kit.h"

#include <cmocka.h>

#include "buf.h"

static Buf buf;

static int empty(void **state)
{
    (void)state;
    buf_done(&buf);
    buf = buf_new(0);
    return 0;
}

static void written(const char *expected)
{
    buf_put_byte(&buf, 0);
    assert_false(buf.full);
    assert_string_equal(buf.at, expected);
    buf_clear(&buf);
}

static void what_is_put_stands_there_in_order(void **state)
{
    (void)state;
    buf_put(&buf, STR("clause "));
    buf_put_int(&buf, 11);
    buf_put_byte(&buf, ',');
    buf_put_many(&buf, ' ', 3);
    buf_print(&buf, "%s %02d", "paragraph", 2);
    buf_put(&buf, STR_NONE);
    written("clause 11,   paragraph 02");
}

static void numbers_at_both_ends_are_written_whole(void **state)
{
    (void)state;
    buf_put_int(&buf, 0);
    written("0");
    buf_put_int(&buf, INT64_MAX);
    written("9223372036854775807");
    buf_put_int(&buf, INT64_MIN);
    written("-9223372036854775808");
}

static void a_buffer_grows_to_its_maximum_and_says_when_it_is_full(void **state)
{
    (void)state;
    Buf small = buf_new(1000);
    buf_put_many(&small, 'a', 999);
    assert_false(small.full);
    buf_put(&small, STR("bc"));
    assert_true(small.full);
    assert_int_equal(small.len, 999);
    buf_put_byte(&small, 'd');
    assert_int_equal(small.len, 999);
    buf_clear(&small);
    assert_false(small.full);
    buf_put(&small, STR("again"));
    assert_int_equal(small.len, 5);
    buf_done(&small);
    assert_null(small.at);
}

static void print_does_not_write_past_the_maximum(void **state)
{
    (void)state;
    Buf small = buf_new(8);
    buf_print(&small, "%s", "123456789");
    assert_true(small.full);
    assert_int_equal(small.len, 0);
    buf_done(&small);
}

static void json_escapes_what_json_asks_and_keeps_the_rest(void **state)
{
    (void)state;
    buf_put_json(&buf, STR("plain 审查"));
    written("\"plain 审查\"");
    buf_put_json(&buf, STR("\"\\\n\r\t\b\x01\x1f/"));
    written("\"\\\"\\\\\\n\\r\\t\\u0008\\u0001\\u001f/\"");
    buf_put_json(&buf, STR_NONE);
    written("\"\"");
    buf_put_json(&buf, STR("a\0b"));
    written("\"a\\u0000b\"");
}

static void xml_escapes_marks_and_replaces_forbidden_bytes(void **state)
{
    (void)state;
    buf_put_xml(&buf, STR("<a b=\"c\" d='e'>&amp;</a>"));
    written("&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;&lt;/a&gt;");
    buf_put_xml(&buf, STR("tab\tline\nbell\a"));
    written("tab\tline\nbell\xEF\xBF\xBD");
}

static int done(void **state)
{
    (void)state;
    buf_done(&buf);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(what_is_put_stands_there_in_order, empty),
        cmocka_unit_test_setup(numbers_at_both_ends_are_written_whole, empty),
        cmocka_unit_test(a_buffer_grows_to_its_maximum_and_says_when_it_is_full),
        cmocka_unit_test(print_does_not_write_past_the_maximum),
        cmocka_unit_test_setup(json_escapes_what_json_asks_and_keeps_the_rest, empty),
        cmocka_unit_test_setup(xml_escapes_marks_and_replaces_forbidden_bytes, empty),
    };
    return cmocka_run_group_tests_name("buf", tests, NULL, done);
}
