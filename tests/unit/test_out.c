/* test_out.c: what reaches a page is harmless, visible, and written as each language writes it. */
#include "asset.h"
#include "kit.h"

#include <cmocka.h>

#include "out.h"

static Buf buf;

static Out fresh(Language language)
{
    buf_clear(&buf);
    return (Out){&buf, language};
}

static void holds(const char *expected)
{
    buf_put_byte(&buf, 0);
    assert_string_equal(buf.at, expected);
}

static void text_is(const char *given, const char *expected)
{
    Out out = fresh(LANGUAGE_EN);
    out_text(&out, str_from(given));
    holds(expected);
}

static void test_html_in_a_name_is_shown_as_it_was_typed(void **state)
{
    (void)state;
    text_is("<b onclick='x'>\"A & B\"</b>",
            "&lt;b onclick=&#39;x&#39;&gt;&#34;A &amp; B&#34;&lt;/b&gt;");
    text_is("网络安全", "网络安全");
    text_is("", "");
}

static void test_text_that_turns_or_hides_becomes_visible(void **state)
{
    (void)state;
    text_is("a\xE2\x80\xAE" "fdp.exe", "a\xEF\xBF\xBD" "fdp.exe");      /* U+202E */
    text_is("\xE2\x81\xA6x\xE2\x81\xA9", "\xEF\xBF\xBDx\xEF\xBF\xBD");  /* U+2066, U+2069 */
    text_is("\xE2\x80\x8E\xD8\x9C", "\xEF\xBF\xBD\xEF\xBF\xBD");        /* U+200E, U+061C */
    text_is("\x01\x1B[31m\x7F", "\xEF\xBF\xBD\xEF\xBF\xBD[31m\xEF\xBF\xBD");
    text_is("\xC2\x85", "\xEF\xBF\xBD");                                /* U+0085 */
    text_is("one\n\ttwo", "one\n\ttwo");
}

static void test_broken_utf8_breaks_no_page(void **state)
{
    (void)state;
    text_is("a\xFF\xC3(\xE4\xBD", "a\xEF\xBF\xBD\xEF\xBF\xBD(\xEF\xBF\xBD\xEF\xBF\xBD");
    text_is("\xC0\xBCscript", "\xEF\xBF\xBD\xEF\xBF\xBDscript");   /* an overlong < */
    text_is("\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");  /* a surrogate */
}

static void test_days_are_written_as_each_language_writes_them(void **state)
{
    (void)state;
    Day day = day_from(2026, 4, 10);
    Out out = fresh(LANGUAGE_EN);
    out_day(&out, day);
    holds("10 April 2026");
    out = fresh(LANGUAGE_ZH);
    out_day(&out, day);
    holds("2026年4月10日");
    out = fresh(LANGUAGE_ZH);
    out_iso(&out, day);
    holds("2026-04-10");
    out = fresh(LANGUAGE_EN);
    out_day(&out, DAY_NONE);
    out_iso(&out, DAY_NONE);
    holds("–");
}

static void test_moments_are_told_in_beijing(void **state)
{
    (void)state;
    int64_t at = ((int64_t)day_from(2026, 4, 9) * 24 * 60 + 23 * 60 + 5) * 60000;   /* 23:05 UTC */
    Out out = fresh(LANGUAGE_EN);
    out_moment(&out, at);
    holds("10 April 2026, 07:05");
    out = fresh(LANGUAGE_ZH);
    out_moment(&out, at);
    holds("2026年4月10日 07:05");
}

static void size_is(int64_t bytes, const char *expected)
{
    Out out = fresh(LANGUAGE_EN);
    out_size(&out, bytes);
    holds(expected);
}

static void test_sizes_are_told_as_people_read_them(void **state)
{
    (void)state;
    size_is(0, "0 B");
    size_is(1023, "1023 B");
    size_is(1024, "1.0 KB");
    size_is(1468006, "1.4 MB");
    size_is((int64_t)200 << 20, "200 MB");
    size_is((int64_t)4 << 30, "4.0 GB");
}

static void test_an_address_cannot_leave_the_house(void **state)
{
    (void)state;
    static const char *const elsewhere[] = {"//elsewhere.test/", "https://elsewhere.test",
                                            "javascript:alert(1)", "/\\elsewhere.test", "", "x"};
    for (size_t i = 0; i < sizeof elsewhere / sizeof elsewhere[0]; i++) {
        Out out = fresh(LANGUAGE_EN);
        out_path(&out, str_from(elsewhere[i]));
        holds("#");
    }
    Out out = fresh(LANGUAGE_EN);
    out_path(&out, STR("/matters?q=\"a\"&page=2"));
    holds("/matters?q=&#34;a&#34;&amp;page=2");
    out = fresh(LANGUAGE_EN);
    out_url(&out, STR("a/b?c=路 d"));
    holds("a%2Fb%3Fc%3D%E8%B7%AF%20d");
}

static void test_arguments_of_sentences_are_escaped(void **state)
{
    (void)state;
    Out out = fresh(LANGUAGE_EN);
    out_words(&out, WORD_INVITATION_WHAT, (const Str[]){STR("<i>")}, 1);
    holds("&lt;i&gt;, you are invited to Shencha. Choose a password, then sign in.");
}

static void test_assets_are_found_by_an_address_with_their_hash(void **state)
{
    (void)state;
    Str address = asset_address("style.css");
    const Asset *asset = asset_find(address);
    assert_non_null(asset);
    assert_string_equal(asset->type, "text/css; charset=utf-8");
    assert_true(str_starts(address, STR("/assets/style-")) && str_ends(address, STR(".css")));
    assert_true(asset->gzip.len > 18 && asset->gzip.len < asset->bytes.len / 2);
    assert_memory_equal(asset->gzip.at, "\x1F\x8B\x08", 3);
    assert_null(asset_find(STR("/assets/style.css")));
    assert_null(asset_find(STR("/assets/../style.css")));
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
        cmocka_unit_test(test_html_in_a_name_is_shown_as_it_was_typed),
        cmocka_unit_test(test_text_that_turns_or_hides_becomes_visible),
        cmocka_unit_test(test_broken_utf8_breaks_no_page),
        cmocka_unit_test(test_days_are_written_as_each_language_writes_them),
        cmocka_unit_test(test_moments_are_told_in_beijing),
        cmocka_unit_test(test_sizes_are_told_as_people_read_them),
        cmocka_unit_test(test_an_address_cannot_leave_the_house),
        cmocka_unit_test(test_arguments_of_sentences_are_escaped),
        cmocka_unit_test(test_assets_are_found_by_an_address_with_their_hash),
    };
    return cmocka_run_group_tests(tests, NULL, done);
}
