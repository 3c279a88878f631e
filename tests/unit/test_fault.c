/* test_fault.c: failures in words, and the catalogue of sentences. */
#include "kit.h"

#include <cmocka.h>

#include "fault.h"

static Buf buf;

static void told(const Fault *fault, Language language, const char *expected)
{
    buf_clear(&buf);
    fault_put(&buf, fault, language);
    buf_put_byte(&buf, 0);
    assert_string_equal(buf.at, expected);
}

static void a_fault_says_its_place_and_its_sentence_in_both_languages(void **state)
{
    (void)state;
    Fault fault;
    assert_int_equal(FAULT_PLAIN(&fault, FAIL_SYSTEM, WORD_OUT_OF_MEMORY), FAIL_SYSTEM);
    told(&fault, LANGUAGE_EN, "out of memory");
    told(&fault, LANGUAGE_ZH, "内存不足");
    assert_int_equal(fault_at(&fault, STR("law/a.yaml"), 7, 15), FAIL_SYSTEM);
    told(&fault, LANGUAGE_EN, "law/a.yaml:7:15: out of memory");
    fault_at(&fault, STR("docket"), 0, 0);
    told(&fault, LANGUAGE_EN, "docket: out of memory");
}

static void nobody_has_to_want_the_details(void **state)
{
    (void)state;
    assert_int_equal(FAULT(NULL, FAIL_REFUSED, WORD_OUT_OF_MEMORY, STR("a")), FAIL_REFUSED);
    fault_at(NULL, STR("a"), 1, 1);
}

static void what_somebody_else_wrote_cannot_reach_the_terminal(void **state)
{
    (void)state;
    Fault fault;
    FAULT(&fault, FAIL_INPUT, WORD_OUT_OF_MEMORY, STR("a\x1b[31m\nb\x7f"), STR("x\xC2\x9B" "31m"),
          STR("abc\u202egpj"), STR("ok\xFFrest"));
    assert_int_equal(fault.args_count, 4);
    assert_string_equal(fault.args[0], "a [31m b ");
    for (int i = 0; i < 4; i++) {
        for (const char *at = fault.args[i]; *at; at++) {
            assert_true((unsigned char)*at >= 0x20);
        }
    }
    assert_null(strstr(fault.args[1], "\xC2\x9B"));
    assert_null(strstr(fault.args[2], "\u202e"));
    assert_string_equal(fault.args[3], "ok");
    fault_at(&fault, STR("dir\n/\x1b]0;file"), 1, 1);
    assert_null(strchr(fault.file, '\n'));
    assert_null(strchr(fault.file, '\x1b'));
}

static void a_long_argument_is_cut_at_a_whole_character(void **state)
{
    (void)state;
    char text[3 * 200];
    for (size_t i = 0; i < sizeof text; i += 3) {
        memcpy(text + i, "审", 3);
    }
    for (size_t from = 0; from < 3; from++) {
        Fault fault;
        char padded[3 * 200 + 3] = "xxx";
        memcpy(padded + from, text, sizeof text);
        FAULT(&fault, FAIL_INPUT, WORD_OUT_OF_MEMORY, (Str){padded, sizeof text + from});
        size_t len = strlen(fault.args[0]);
        assert_true(len < FAULT_ARG_BYTES_MAX && len > FAULT_ARG_BYTES_MAX - 4);
        assert_int_equal((len - from) % 3, 0);
    }
}

static void exit_statuses_are_those_of_the_contract(void **state)
{
    (void)state;
    assert_int_equal(fail_exit(FAIL_NONE), 0);
    assert_int_equal(fail_exit(FAIL_REFUSED), 1);
    assert_int_equal(fail_exit(FAIL_INPUT), 2);
    assert_int_equal(fail_exit(FAIL_SYSTEM), 3);
    assert_int_equal(fail_exit(FAIL_CONFLICT), 3);
}

static void a_check_keeps_a_bounded_number_and_counts_all(void **state)
{
    (void)state;
    Arena arena = {0};
    FaultList faults = {.arena = &arena};
    Fault fault;
    FAULT_PLAIN(&fault, FAIL_REFUSED, WORD_OUT_OF_MEMORY);
    for (int i = 0; i < FAULTS_MAX + 5; i++) {
        fault.line = i;
        faults_add(&faults, &fault);
    }
    assert_int_equal(faults.count, FAULTS_MAX);
    assert_int_equal(faults.all, FAULTS_MAX + 5);
    assert_int_equal(faults.at[FAULTS_MAX - 1].line, FAULTS_MAX - 1);
    arena_done(&arena);
}

static void every_sentence_stands_in_both_languages(void **state)
{
    (void)state;
    for (int word = WORD_NONE + 1; word < WORD_COUNT; word++) {
        assert_true(word_text(LANGUAGE_EN, (Word)word).len > 0);
        assert_true(word_text(LANGUAGE_ZH, (Word)word).len > 0);
    }
}

static void every_sentence_takes_all_of_its_arguments(void **state)
{
    (void)state;
    const Str args[10] = {STR("v0"), STR("v1"), STR("v2"), STR("v3"), STR("v4"),
                          STR("v5"), STR("v6"), STR("v7"), STR("v8"), STR("v9")};
    for (int word = WORD_NONE + 1; word < WORD_COUNT; word++) {
        for (int language = LANGUAGE_EN; language <= LANGUAGE_ZH; language++) {
            buf_clear(&buf);
            word_put(&buf, (Language)language, (Word)word, args, 10);
            buf_put_byte(&buf, 0);
            for (char digit = '0'; digit <= '9'; digit++) {
                const char hole[] = {'{', digit, '}', 0}, value[] = {'v', digit, 0};
                Str text = word_text((Language)language, (Word)word);
                assert_null(strstr(buf.at, hole));
                if (memmem(text.at, text.len, hole, 3)) {
                    assert_non_null(strstr(buf.at, value));
                }
            }
        }
    }
}

static void an_argument_that_looks_like_a_hole_is_left_alone(void **state)
{
    (void)state;
    Word with_hole = WORD_NONE;
    for (int word = 1; word < WORD_COUNT && !with_hole; word++) {
        Str text = word_text(LANGUAGE_EN, (Word)word);
        with_hole = memmem(text.at, text.len, "{0}", 3) ? (Word)word : WORD_NONE;
    }
    assert_true(with_hole != WORD_NONE);
    buf_clear(&buf);
    WORD_PUT(&buf, LANGUAGE_EN, with_hole, STR("{0}{1}"), STR("b"), STR("c"));
    buf_put_byte(&buf, 0);
    assert_non_null(strstr(buf.at, "{0}{1}"));
    buf_clear(&buf);
    word_put(&buf, LANGUAGE_EN, with_hole, NULL, 0);   /* a missing one stays as it is */
    buf_put_byte(&buf, 0);
    assert_non_null(strstr(buf.at, "{0}"));
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
        cmocka_unit_test(a_fault_says_its_place_and_its_sentence_in_both_languages),
        cmocka_unit_test(nobody_has_to_want_the_details),
        cmocka_unit_test(what_somebody_else_wrote_cannot_reach_the_terminal),
        cmocka_unit_test(a_long_argument_is_cut_at_a_whole_character),
        cmocka_unit_test(exit_statuses_are_those_of_the_contract),
        cmocka_unit_test(a_check_keeps_a_bounded_number_and_counts_all),
        cmocka_unit_test(every_sentence_stands_in_both_languages),
        cmocka_unit_test(every_sentence_takes_all_of_its_arguments),
        cmocka_unit_test(an_argument_that_looks_like_a_hole_is_left_alone),
    };
    return cmocka_run_group_tests_name("fault", tests, NULL, done);
}
