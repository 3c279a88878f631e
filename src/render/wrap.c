/* wrap.c: breaking text into lines, Chinese and other. */
#include "position_text.h"

#include "edition_text.h"
#include "utf8.h"

/* May a line not begin with this character? Closing punctuation, in both scripts. */
static bool clings(Str character)
{
    static const char *const closing[] = {"，", "。", "、", "；", "：", "）", "》", "”", "？", "！",
                                          "]", ")", ",", ".", ";", ":"};
    for (size_t i = 0; i < sizeof closing / sizeof closing[0]; i++) {
        if (str_is(character, closing[i])) {
            return true;
        }
    }
    return false;
}

static bool opens(Str character)
{
    return str_is(character, "（") || str_is(character, "《") || str_is(character, "“") ||
           str_is(character, "(");
}

/* The next piece that may not be broken: a wide character with what clings to it, or a word. */
static Str next_piece(Str text, size_t *at)
{
    size_t from = *at;
    bool wide = false;
    while (*at < text.len) {
        size_t before = *at;
        utf8_next(text, at);
        Str one = str_part(text, before, *at);
        bool one_wide = utf8_columns(one) == 2 && !opens(one);
        if (str_is(one, " ")) {
            return str_part(text, from, *at);
        }
        if (before > from && !clings(one) && (wide || one_wide) &&
            !opens(str_part(text, from, before))) {
            *at = before;
            return str_part(text, from, before);
        }
        wide = one_wide;
    }
    return str_part(text, from, *at);
}

void text_wrap(Buf *buf, Str text, int indent, int columns)
{
    int width = columns - indent < 20 ? 20 : columns - indent;
    int used = 0;
    buf_put_many(buf, ' ', (size_t)indent);
    for (size_t at = 0; at < text.len;) {
        Str piece = next_piece(text, &at);
        int wide = utf8_columns(str_trim(piece));
        if (used > 0 && used + wide > width) {
            while (buf->len && buf->at[buf->len - 1] == ' ') {
                buf->len--;
            }
            buf_put_byte(buf, '\n');
            buf_put_many(buf, ' ', (size_t)indent);
            used = 0;
        }
        buf_put(buf, piece);
        used += utf8_columns(piece);
    }
    while (buf->len && buf->at[buf->len - 1] == ' ') {
        buf->len--;
    }
    buf_put_byte(buf, '\n');
}
