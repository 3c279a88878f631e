/* literal.c: the template's own text on its way into C strings. */
#include "template.h"

#include <string.h>

enum { LINE_BYTES = 80 };

static char literal[LITERAL_BYTES_MAX];
static size_t literal_len;
static const char *literal_from;      /* where the pending literal began */
bool pending_space, after_block;

void put_line_mark(const char *where)
{
    fprintf(source, "#line %d \"%s\"\n", line_of(where), file);
}

static void put_c_string(const char *from, size_t len)
{
    int column = 0;
    fputs("\n        \"", source);
    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)from[i];
        if (column >= LINE_BYTES && (byte & 0xC0) != 0x80) {
            fputs("\"\n        \"", source);
            column = 0;
        }
        if (byte == '"' || byte == '\\' || byte == '?') {
            fprintf(source, "\\%c", byte);
        } else if (byte < 0x20 || byte == 0x7F) {
            fprintf(source, "\\%03o", byte);
        } else {
            fputc(byte, source);
        }
        column++;
    }
    fputc('"', source);
}

void flush_literal(void)
{
    if (literal_len) {
        put_line_mark(literal_from);
        fputs("    out_literal(out,", source);
        put_c_string(literal, literal_len);
        fprintf(source, ", %zu);\n", literal_len);
        literal_len = 0;
    }
}

void put_literal(char byte)
{
    if (literal_len == LITERAL_BYTES_MAX) {
        flush_literal();
    }
    if (literal_len == 0) {
        literal_from = at;
    }
    literal[literal_len++] = byte;
}

void settle_space(void)
{
    if (pending_space && !after_block) {
        put_literal('\n');
    }
    pending_space = after_block = false;
}

void settle_before_statement(void)
{
    if (pending_space && now.place == IN_TEXT) {
        if (!after_block) {
            put_literal('\n');
        }
        pending_space = false;
        after_block = true;
    }
}

bool literal_ends_in_space(void)
{
    return literal_len && literal[literal_len - 1] == ' ';
}
