/* yamltext.c: looking over a text before YAML is read, line ends, single quotes (yamltext.h). */
#include "yamltext.h"

#include <stdio.h>

#include "utf8.h"

bool yamltext_forbidden(uint32_t point)
{
    return (point < 0x20 && point != '\t' && point != '\n' && point != '\r') ||
           (point >= 0x7F && point <= 0x9F) || point == 0xFEFF || (point & 0xFFFE) == 0xFFFE;
}

Fail yamltext_forbidden_fault(Fault *fault, Str file, int line, int column, uint32_t point)
{
    char room[16];
    int len = snprintf(room, sizeof room, "U+%04X", (unsigned)point);
    (void)FAULT(fault, FAIL_INPUT, WORD_YAML_CONTROL, (Str){room, (size_t)len});
    return fault_at(fault, file, line, column);
}

/* Any line that begins with % but exactly "%YAML 1.2". */
static bool directive(Str text, size_t at)
{
    Str allowed = STR("%YAML 1.2");
    size_t after = at + allowed.len;
    return text.at[at] == '%' &&
           !(str_starts(str_part(text, at, text.len), allowed) &&
             (after == text.len || text.at[after] == '\n' || text.at[after] == '\r'));
}

static Fail byte_fault(Fault *fault, Str file, int line, int column, unsigned char byte)
{
    char room[8];
    int len = snprintf(room, sizeof room, "0x%02X", byte);
    (void)FAULT(fault, FAIL_INPUT, WORD_YAML_NOT_UTF8, (Str){room, (size_t)len});
    return fault_at(fault, file, line, column);
}

static Fail many_fault(Fault *fault, Str file, int line, int column)
{
    char room[16];
    int len = snprintf(room, sizeof room, "%d", TEXT_NODES_MAX);
    (void)FAULT(fault, FAIL_INPUT, WORD_YAML_NODES, (Str){room, (size_t)len});
    return fault_at(fault, file, line, column);
}

static bool is_sign(uint32_t point)
{
    return point == '[' || point == '{' || point == ',' || point == '&' || point == '*' ||
           point == '!';
}

Fail yamltext_check(Str text, Str file, Fault *fault)
{
    size_t bad = text.len;
    (void)utf8_valid(text, &bad);
    int line = 1, column = 1;
    size_t signs = 0;
    for (size_t at = 0; at < bad;) {
        size_t here = at;
        uint32_t point = utf8_next(text, &at);
        if (yamltext_forbidden(point)) {
            return yamltext_forbidden_fault(fault, file, line, column, point);
        }
        if (is_sign(point) && ++signs > TEXT_NODES_MAX) {
            return many_fault(fault, file, line, column);
        }
        if (column == 1 && directive(text, here)) {
            (void)FAULT_PLAIN(fault, FAIL_INPUT, WORD_YAML_DIRECTIVE);
            return fault_at(fault, file, line, column);
        }
        bool ends = point == '\n' || (point == '\r' && !(at < text.len && text.at[at] == '\n'));
        line += ends;
        column = ends ? 1 : column + 1;
    }
    return bad == text.len ? FAIL_NONE
                           : byte_fault(fault, file, line, column, (unsigned char)text.at[bad]);
}

Str yamltext_with_line_feeds(Arena *arena, Str text)
{
    char *out = arena_take(arena, text.len + 1);
    size_t len = 0;
    for (size_t at = 0; at < text.len; at++) {
        bool ends = text.at[at] == '\r';
        out[len++] = ends ? '\n' : text.at[at];
        at += ends && at + 1 < text.len && text.at[at + 1] == '\n';
    }
    return (Str){out, len};
}

Str yamltext_unquote(Arena *arena, Str raw)
{
    char *out = arena_take(arena, raw.len + 1);
    size_t len = 0;
    for (size_t at = 0; at < raw.len;) {
        if (raw.at[at] != '\n') {
            out[len++] = raw.at[at];
            at += raw.at[at] == '\'' ? 2 : 1;
            continue;
        }
        while (len && (out[len - 1] == ' ' || out[len - 1] == '\t')) {
            len--;
        }
        size_t ends = 0;
        for (; at < raw.len && strchr(" \t\n", raw.at[at]); at++) {
            ends += raw.at[at] == '\n';
        }
        memset(out + len, ends == 1 ? ' ' : '\n', ends == 1 ? 1 : ends - 1);
        len += ends == 1 ? 1 : ends - 1;
    }
    return (Str){out, len};
}
