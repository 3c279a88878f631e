/* utf8.h: text from outside is UTF-8 or it is a fault. Floor 0. */
#ifndef SHENCHA_UTF8_H
#define SHENCHA_UTF8_H

#include "str.h"

/* True when all of `text` is well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms, nothing
 * above U+10FFFF). Otherwise false, and *ret_bad (may be NULL) is the index of the first bad
 * byte. */
bool utf8_valid(Str text, size_t *ret_bad);
/* Reads the code point at `*at` of valid text and moves `*at` past it. */
uint32_t utf8_next(Str text, size_t *at);
/* Columns that `text` takes in a terminal: 2 for East Asian wide, 0 for combining, 1 else. */
int utf8_columns(Str text);
/* True when text holds a control character (below U+0020, U+007F to U+009F) or one that changes the
 * direction of writing (U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069): harmless to keep,
 * not to be printed raw. */
bool utf8_unsafe(Str text);

#endif
