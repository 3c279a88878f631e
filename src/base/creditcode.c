/* creditcode.c: the check digit of GB 32100-2015: the sum of the values of the first seventeen
 * characters, each weighed with 3 to the power of its place, and 31 less its rest by 31. */
#include "creditcode.h"

enum { SIGNS = 31 };

/* Digits and capital letters without I, O, S, V, Z, which are taken for others. */
static const char signs[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

static int value_of(char sign)
{
    const char *found = sign ? strchr(signs, sign) : NULL;
    return found ? (int)(found - signs) : -1;
}

char creditcode_check(Str first_seventeen)
{
    int sum = 0, weight = 1;
    if (first_seventeen.len != CREDITCODE_CHARS - 1) {
        return 0;
    }
    for (size_t i = 0; i < first_seventeen.len; i++) {
        int value = value_of(first_seventeen.at[i]);
        if (value < 0) {
            return 0;
        }
        sum += value * weight;
        weight = weight * 3 % SIGNS;
    }
    return signs[(SIGNS - sum % SIGNS) % SIGNS];
}

bool creditcode_fits(Str code)
{
    char check = code.len == CREDITCODE_CHARS
                     ? creditcode_check(str_part(code, 0, CREDITCODE_CHARS - 1)) : 0;
    return check != 0 && check == code.at[CREDITCODE_CHARS - 1];
}
