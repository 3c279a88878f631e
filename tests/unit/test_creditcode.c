/* test_creditcode.c: the check digit of unified social credit codes (GB 32100-2015). */
#include "kit.h"

#include <cmocka.h>

#include "creditcode.h"

static const char signs[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
/* Published in the national register of enterprises: well-known companies. */
static const char *const published[] = {
    "9144030071526726XG", "914403001922038216", "91330100799655058B", "91110000802100433B",
};
enum { PUBLISHED = sizeof published / sizeof published[0] };

static void published_codes_fit(void **state)
{
    (void)state;
    for (size_t i = 0; i < PUBLISHED; i++) {
        Str code = str_from(published[i]);
        assert_true(creditcode_fits(code));
        assert_int_equal(creditcode_check(str_part(code, 0, 17)), code.at[17]);
    }
}

static void every_slip_of_one_sign_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < PUBLISHED; i++) {
        for (size_t at = 0; at < CREDITCODE_CHARS; at++) {
            for (const char *sign = signs; *sign; sign++) {
                char code[CREDITCODE_CHARS + 1];
                memcpy(code, published[i], sizeof code);
                code[at] = *sign;
                assert_int_equal(creditcode_fits(str_from(code)), *sign == published[i][at]);
            }
        }
    }
}

static void two_neighbours_exchanged_are_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < PUBLISHED; i++) {
        for (size_t at = 0; at + 1 < CREDITCODE_CHARS - 1; at++) {
            char code[CREDITCODE_CHARS + 1];
            memcpy(code, published[i], sizeof code);
            code[at] = published[i][at + 1];
            code[at + 1] = published[i][at];
            assert_int_equal(creditcode_fits(str_from(code)), code[at] == code[at + 1]);
        }
    }
}

static void what_is_no_code_is_refused(void **state)
{
    (void)state;
    assert_false(creditcode_fits(STR_NONE));
    assert_false(creditcode_fits(STR("9144030071526726X")));
    assert_false(creditcode_fits(STR("9144030071526726XGG")));
    assert_false(creditcode_fits(STR("9144030071526726xg")));    /* small letters */
    assert_false(creditcode_fits(STR("914403O01922038216")));    /* the letter O */
    assert_false(creditcode_fits((Str){"91440300192203821\0", 18}));
    assert_int_equal(creditcode_check(STR("9144030071526726I")), 0);
    assert_int_equal(creditcode_check(STR("91")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_codes_fit),
        cmocka_unit_test(every_slip_of_one_sign_is_found),
        cmocka_unit_test(two_neighbours_exchanged_are_found),
        cmocka_unit_test(what_is_no_code_is_refused),
    };
    return cmocka_run_group_tests_name("creditcode", tests, NULL, NULL);
}
