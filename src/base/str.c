/* str.c: slices. */
#include "str.h"

Str str_from(const char *terminated)
{
    return terminated ? (Str){terminated, strlen(terminated)} : STR_NONE;
}

int str_cmp(Str a, Str b)
{
    size_t least = a.len < b.len ? a.len : b.len;
    int order = least ? memcmp(a.at, b.at, least) : 0;
    if (order != 0) {
        return order;
    }
    return (a.len > b.len) - (a.len < b.len);
}

bool str_starts(Str whole, Str start)
{
    return whole.len >= start.len && str_eq((Str){whole.at, start.len}, start);
}

bool str_ends(Str whole, Str end)
{
    return whole.len >= end.len && str_eq(str_part(whole, whole.len - end.len, whole.len), end);
}

size_t str_find(Str whole, char byte)
{
    const char *found = whole.len ? memchr(whole.at, byte, whole.len) : NULL;
    return found ? (size_t)(found - whole.at) : whole.len;
}

Str str_part(Str whole, size_t from, size_t until)
{
    if (until > whole.len) {
        until = whole.len;
    }
    if (from >= until) {
        return STR_NONE;
    }
    return (Str){whole.at + from, until - from};
}

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

Str str_trim(Str whole)
{
    while (whole.len && is_space(whole.at[0])) {
        whole.at++;
        whole.len--;
    }
    while (whole.len && is_space(whole.at[whole.len - 1])) {
        whole.len--;
    }
    return whole;
}

char *str_terminated(Arena *arena, Str whole)
{
    char *copy = arena_take(arena, whole.len + 1);
    if (whole.len) {
        memcpy(copy, whole.at, whole.len);
    }
    return copy;
}

Str str_copy(Arena *arena, Str whole)
{
    return (Str){str_terminated(arena, whole), whole.len};
}

bool str_int(Str whole, int64_t *ret_value)
{
    bool negative = whole.len && whole.at[0] == '-';
    size_t i = whole.len && (whole.at[0] == '-' || whole.at[0] == '+') ? 1 : 0;
    if (i == whole.len) {
        return false;
    }
    int64_t value = 0;
    for (; i < whole.len; i++) {
        if (whole.at[i] < '0' || whole.at[i] > '9') {
            return false;
        }
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, whole.at[i] - '0', &value)) {
            return false;
        }
    }
    if (!negative && __builtin_sub_overflow(0, value, &value)) {
        return false;
    }
    *ret_value = value;
    return true;
}
