/* utf8.c: well-formedness after the table of RFC 3629 section 4; widths after UAX 11, coarse. */
#include "utf8.h"

static size_t sequence(Str text, size_t at)
{
    const unsigned char *s = (const unsigned char *)text.at + at;
    size_t left = text.len - at;
    unsigned lead = s[0];
    if (lead < 0x80) {
        return 1;
    }
    size_t need = lead >= 0xC2 && lead <= 0xDF ? 2 : lead >= 0xE0 && lead <= 0xEF ? 3
                : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
    if (need == 0 || left < need) {
        return 0;
    }
    unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (s[1] < low || s[1] > high) {
        return 0;
    }
    for (size_t i = 2; i < need; i++) {
        if ((s[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return need;
}

bool utf8_valid(Str text, size_t *ret_bad)
{
    size_t at = 0;
    while (at < text.len) {
        size_t step = sequence(text, at);
        if (step == 0) {
            if (ret_bad) {
                *ret_bad = at;
            }
            return false;
        }
        at += step;
    }
    return true;
}

uint32_t utf8_next(Str text, size_t *at)
{
    const unsigned char *s = (const unsigned char *)text.at + *at;
    size_t left = text.len - *at;
    if (s[0] < 0x80 || left < 2) {
        *at += 1;
        return s[0];
    }
    if (s[0] < 0xE0) {
        *at += 2;
        return (uint32_t)(s[0] & 0x1F) << 6 | (s[1] & 0x3F);
    }
    if (s[0] < 0xF0 && left >= 3) {
        *at += 3;
        return (uint32_t)(s[0] & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 | (s[2] & 0x3F);
    }
    if (left >= 4) {
        *at += 4;
        return (uint32_t)(s[0] & 0x07) << 18 | (uint32_t)(s[1] & 0x3F) << 12 |
               (uint32_t)(s[2] & 0x3F) << 6 | (s[3] & 0x3F);
    }
    *at = text.len;
    return 0xFFFD;
}

typedef struct Span { uint32_t from, to; } Span;

static bool within(const Span *spans, size_t count, uint32_t point)
{
    for (size_t i = 0; i < count; i++) {
        if (point >= spans[i].from && point <= spans[i].to) {
            return true;
        }
    }
    return false;
}

int utf8_columns(Str text)
{
    static const Span wide[] = {
        {0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0x33FF}, {0x3400, 0x4DBF},
        {0x4E00, 0x9FFF}, {0xA000, 0xA4CF}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},
        {0xFE30, 0xFE4F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1FAFF},
        {0x20000, 0x3FFFD},
    };
    static const Span none[] = {
        {0x0300, 0x036F}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2069}, {0xFE00, 0xFE0F},
    };
    int columns = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t point = utf8_next(text, &at);
        if (within(wide, sizeof wide / sizeof wide[0], point)) {
            columns += 2;
        } else if (point >= 0x20 && !within(none, sizeof none / sizeof none[0], point)) {
            columns += 1;
        }
    }
    return columns;
}

bool utf8_unsafe(Str text)
{
    static const Span unsafe[] = {
        {0x0, 0x1F}, {0x7F, 0x9F}, {0x200E, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069},
    };
    for (size_t at = 0; at < text.len;) {
        if (within(unsafe, sizeof unsafe / sizeof unsafe[0], utf8_next(text, &at))) {
            return true;
        }
    }
    return false;
}
