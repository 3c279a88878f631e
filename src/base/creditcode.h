/* creditcode.h: the unified social credit code of an organisation (GB 32100-2015): eighteen digits
 * and letters, the last a check digit. Floor 0, pure. */
#ifndef SHENCHA_CREDITCODE_H
#define SHENCHA_CREDITCODE_H

#include "str.h"

enum { CREDITCODE_CHARS = 18 };

/* The check digit of the first seventeen characters; 0 when one of them cannot be. */
char creditcode_check(Str first_seventeen);
bool creditcode_fits(Str code);

#endif
