/* test_crypto.c: passwords, one-time codes by the vectors of RFC 6238 and 4648, random tokens. */
#include "kit.h"

#include <cmocka.h>

#include "chance.h"
#include "onetime.h"
#include "password.h"

static Arena arena;
static const Str secret = {"12345678901234567890", 20};   /* RFC 6238, appendix B */

static int clear(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

static void codes_are_those_of_rfc_6238(void **state)
{
    (void)state;
    static const struct { int64_t seconds; const char *code; } vectors[] = {
        {59, "287082"}, {1111111109, "081804"}, {1111111111, "050471"}, {1234567890, "005924"},
        {2000000000, "279037"}, {20000000000, "353130"},
    };
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        char code[7];
        onetime_code(secret, vectors[i].seconds / ONETIME_STEP_SECONDS, code);
        assert_string_equal(code, vectors[i].code);
        assert_int_equal(onetime_step(secret, vectors[i].seconds * 1000, 0, str_from(code)),
                         vectors[i].seconds / ONETIME_STEP_SECONDS);
    }
}

static void a_code_counts_for_a_step_before_and_after_and_once(void **state)
{
    (void)state;
    char code[7];
    int64_t now = (int64_t)1790000000 * 1000, here = now / 1000 / ONETIME_STEP_SECONDS;
    for (int64_t step = here - 3; step <= here + 3; step++) {
        onetime_code(secret, step, code);
        bool near = step >= here - 1 && step <= here + 1;
        assert_int_equal(onetime_step(secret, now, 0, str_from(code)), near ? step : 0);
    }
    onetime_code(secret, here, code);
    assert_int_equal(onetime_step(secret, now, here - 1, str_from(code)), here);
    assert_int_equal(onetime_step(secret, now, here, str_from(code)), 0);
    assert_int_equal(onetime_step(secret, now, 0, STR("")), 0);
    assert_int_equal(onetime_step(secret, now, 0, (Str){code, 5}), 0);
}

static void base32_is_that_of_rfc_4648(void **state)
{
    (void)state;
    static const struct { const char *plain, *coded; } vectors[] = {
        {"", ""}, {"f", "MY"}, {"fo", "MZXQ"}, {"foo", "MZXW6"}, {"foob", "MZXW6YQ"},
        {"fooba", "MZXW6YTB"}, {"foobar", "MZXW6YTBOI"},
    };
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        Buf buf = {0};
        Str back;
        onetime_put_base32(&buf, str_from(vectors[i].plain));
        assert_true(str_is(buf_str(&buf), vectors[i].coded));
        assert_true(onetime_read_base32(&arena, buf_str(&buf), &back));
        assert_true(str_is(back, vectors[i].plain));
        buf_done(&buf);
    }
    Str back;
    assert_true(onetime_read_base32(&arena, STR("mzxw6ytb"), &back));
    assert_false(onetime_read_base32(&arena, STR("MZXW6YT1"), &back));
    assert_false(onetime_read_base32(&arena, STR("MZ======"), &back));
    assert_false(onetime_read_base32(&arena, STR("M"), &back));
    assert_false(onetime_read_base32(&arena, STR("MZ"), &back));   /* bits are left over */
}

static void an_authenticator_reads_the_address(void **state)
{
    (void)state;
    Buf buf = {0};
    onetime_put_address(&buf, secret, STR("a b@c"), STR("审"));
    assert_true(str_is(buf_str(&buf),
                       "otpauth://totp/%E5%AE%A1:a%20b%40c?secret="
                       "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E5%AE%A1"
                       "&algorithm=SHA1&digits=6&period=30"));
    buf_done(&buf);
}

static void a_password_fits_its_hash_and_no_other(void **state)
{
    (void)state;
    Str hash = password_hash(&arena, STR("密码是一句长长的话"));
    Str again = password_hash(&arena, STR("密码是一句长长的话"));
    assert_true(str_starts(hash, STR("$argon2id$v=19$m=19456,t=2,p=1$")));
    assert_false(str_eq(hash, again));   /* salted */
    assert_true(password_fits(hash, STR("密码是一句长长的话")));
    assert_true(password_fits(again, STR("密码是一句长长的话")));
    assert_false(password_fits(hash, STR("密码是一句长长的画")));
    assert_false(password_fits(hash, STR_NONE));
    assert_false(password_fits(STR_NONE, STR("密码是一句长长的话")));
    assert_false(password_fits(STR_NONE, STR_NONE));
    assert_false(password_fits(STR("$argon2id$"), STR("x")));
}

static void a_password_has_a_bound(void **state)
{
    (void)state;
    char long_one[PASSWORD_BYTES_MAX + 1];
    memset(long_one, 'a', sizeof long_one);
    Str hash = password_hash(&arena, (Str){long_one, PASSWORD_BYTES_MAX});
    assert_true(password_fits(hash, (Str){long_one, PASSWORD_BYTES_MAX}));
    assert_false(password_fits(hash, (Str){long_one, PASSWORD_BYTES_MAX + 1}));
    assert_int_equal(password_hash(&arena, (Str){long_one, PASSWORD_BYTES_MAX + 1}).len, 0);
}

static void tokens_are_of_their_letters_and_never_the_same(void **state)
{
    (void)state;
    enum { MANY = 2000 };
    Str tokens[MANY];
    for (int i = 0; i < MANY; i++) {
        tokens[i] = chance_token(&arena);
        assert_int_equal(tokens[i].len, TOKEN_CHARS);
        for (size_t at = 0; at < TOKEN_CHARS; at++) {
            assert_non_null(strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                   "0123456789-_", tokens[i].at[at]));
        }
        for (int j = 0; j < i; j++) {
            assert_false(str_eq(tokens[i], tokens[j]));
        }
    }
    assert_true(secret_eq(tokens[0], str_copy(&arena, tokens[0])));
    assert_false(secret_eq(tokens[0], tokens[1]));
    assert_false(secret_eq(tokens[0], str_part(tokens[0], 0, 31)));
    assert_true(secret_eq(STR_NONE, STR("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_those_of_rfc_6238),
        cmocka_unit_test(a_code_counts_for_a_step_before_and_after_and_once),
        cmocka_unit_test_teardown(base32_is_that_of_rfc_4648, clear),
        cmocka_unit_test(an_authenticator_reads_the_address),
        cmocka_unit_test_teardown(a_password_fits_its_hash_and_no_other, clear),
        cmocka_unit_test_teardown(a_password_has_a_bound, clear),
        cmocka_unit_test_teardown(tokens_are_of_their_letters_and_never_the_same, clear),
    };
    return chance_start() ? cmocka_run_group_tests_name("crypto", tests, NULL, NULL) : 1;
}
