/* str.h: a slice of bytes, borrowed from wherever it lives. Not terminated, may be empty. Text from
 * outside is checked as UTF-8 at the edge (utf8.h). Floor 0. */
#ifndef SHENCHA_STR_H
#define SHENCHA_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "arena.h"

typedef struct Str {
    const char *at;   /* borrowed; NULL only when len is 0 */
    size_t len;       /* bytes */
} Str;

#define STR(literal) ((Str){(literal), sizeof(literal) - 1})
#define STR_NONE ((Str){NULL, 0})
/* For printf's "%.*s". */
#define STR_ARG(str) (int)(str).len, (str).at

static inline bool str_eq(Str a, Str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}
static inline bool str_is(Str a, const char *terminated)
{
    size_t len = strlen(terminated);
    return a.len == len && (len == 0 || memcmp(a.at, terminated, len) == 0);
}
/* The bytes of a terminated string, borrowed; NULL gives the empty slice. */
Str str_from(const char *terminated);
/* <0, 0, >0 in byte order. */
int str_cmp(Str a, Str b);
bool str_starts(Str whole, Str start);
bool str_ends(Str whole, Str end);
/* Index of the first `byte`, or len when there is none. */
size_t str_find(Str whole, char byte);
/* Part from `from` up to and not including `until`, both clamped. */
Str str_part(Str whole, size_t from, size_t until);
/* Without spaces, tabs and line ends at both ends. */
Str str_trim(Str whole);
/* A copy in the arena, followed by a zero byte that is not counted. */
Str str_copy(Arena *arena, Str whole);
/* The same as a terminated string. */
char *str_terminated(Arena *arena, Str whole);
/* Reads a decimal whole number with an optional sign and nothing else; false when it is not one or
 * does not fit. */
bool str_int(Str whole, int64_t *ret_value);

#endif
