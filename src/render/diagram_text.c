/* diagram_text.c: widths of letters by class, in hundredths of the letter height. */
#include "diagram_text.h"

#include "utf8.h"

static int letter_width(uint32_t letter, Str one)
{
    static const char narrow[] = "ijl.,:;'|!I()[] /\\f-tr\"";
    static const char wide[] = "mwMW@%";
    if (letter >= 0x80) {
        int columns = utf8_columns(one);
        return columns == 2 ? 100 : columns == 0 ? 0 : 84;
    }
    if (memchr(narrow, (int)letter, sizeof narrow - 1)) {
        return 42;
    }
    if (memchr(wide, (int)letter, sizeof wide - 1)) {
        return 98;
    }
    if (letter >= 'A' && letter <= 'Z') {
        return 74;
    }
    return 63;
}

double text_width(Str text, double size, bool bold)
{
    int width = 0;
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t letter = utf8_next(text, &at);
        width += letter_width(letter, str_part(text, from, at));
    }
    return width * size / 100.0 * (bold ? 1.08 : 1.0);
}

static bool is_wide(Str text, size_t from, size_t until)
{
    return utf8_columns(str_part(text, from, until)) == 2;
}

/* Chinese marks that may not begin a line. */
static bool closes(Str text, size_t from, size_t until)
{
    static const char *const marks[] = {"，", "。", "、", "；", "：", "）", "”", "》", "？", "！"};
    Str one = str_part(text, from, until);
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (str_is(one, marks[i])) {
            return true;
        }
    }
    return false;
}

/* Marks that may not end a line. */
static bool opens(Str text, size_t from, size_t until)
{
    Str one = str_part(text, from, until);
    return str_is(one, "（") || str_is(one, "《") || str_is(one, "“");
}

/* End of the piece that begins at `from`: a word with the spaces after it, or one Chinese character
 * with the marks that cling to it. */
static size_t piece(Str text, size_t from)
{
    size_t at = from;
    utf8_next(text, &at);
    bool wide = is_wide(text, from, at), held = opens(text, from, at), space = text.at[from] == ' ';
    while (at < text.len) {
        size_t next = at;
        utf8_next(text, &next);
        bool blank = text.at[at] == ' ';
        bool clings = closes(text, at, next) || blank || held;
        if (!clings && (space || wide || is_wide(text, at, next))) {
            break;
        }
        space = blank;
        held = opens(text, at, next);
        wide = is_wide(text, at, next);
        at = next;
    }
    return at;
}

TextLines text_lines(Arena *arena, Str text, double size, bool bold, double width)
{
    TextLines lines = {0};
    size_t capacity = 0, from = 0;
    Str *at = NULL;
    while (from < text.len || lines.count == 0) {
        size_t end = from;
        while (end < text.len) {
            size_t next = piece(text, end);
            Str line = str_trim(str_part(text, from, next));
            if (end > from && text_width(line, size, bold) > width) {
                break;
            }
            end = next;
        }
        at = arena_grow(arena, at, lines.count, &capacity, lines.count + 1, sizeof *at);
        at[lines.count] = str_trim(str_part(text, from, end));
        double wide = text_width(at[lines.count], size, bold);
        lines.width = wide > lines.width ? wide : lines.width;
        lines.count++;
        from = end > from ? end : text.len;
    }
    lines.at = at;
    return lines;
}

Str text_cut(Arena *arena, Str text, double size, bool bold, double width)
{
    static const char dots[] = "…";
    size_t at = 0, fits = 0;
    double room = width - text_width(STR(dots), size, bold);
    double used = 0;
    while (at < text.len && used <= width) {
        size_t from = at;
        utf8_next(text, &at);
        used += text_width(str_part(text, from, at), size, bold);
        fits = used <= room ? at : fits;
    }
    if (used <= width) {
        return text;
    }
    Buf buf = {0};
    buf_put(&buf, str_part(text, 0, fits));
    buf_put(&buf, STR(dots));
    Str cut = str_copy(arena, buf_str(&buf));
    buf_done(&buf);
    return cut;
}

void buf_put_tenth(Buf *buf, double value)
{
    long tenths = (long)(value * 10.0 + (value < 0 ? -0.5 : 0.5));
    if (tenths < 0) {
        buf_put_byte(buf, '-');
        tenths = -tenths;
    }
    buf_put_int(buf, tenths / 10);
    if (tenths % 10) {
        buf_put_byte(buf, '.');
        buf_put_int(buf, tenths % 10);
    }
}
