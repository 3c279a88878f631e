/* buf.c: growing by doubling up to the maximum. */
#include "buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { BUF_BYTES_MAX = 1 << 30, BUF_BYTES_FIRST = 256 };

Buf buf_new(size_t max)
{
    return (Buf){.max = max};
}

static bool room(Buf *buf, size_t more)
{
    size_t max = buf->max ? buf->max : BUF_BYTES_MAX;
    if (buf->full || more > max || buf->len > max - more) {
        buf->full = true;
        return false;
    }
    if (buf->cap - buf->len < more) {
        size_t cap = buf->cap ? buf->cap : BUF_BYTES_FIRST;
        while (cap - buf->len < more) {
            cap *= 2;
        }
        buf->at = memory_grow(buf->at, cap);
        buf->cap = cap;
    }
    return true;
}

void buf_put(Buf *buf, Str text)
{
    if (text.len && room(buf, text.len)) {
        memcpy(buf->at + buf->len, text.at, text.len);
        buf->len += text.len;
    }
}

void buf_put_byte(Buf *buf, char byte)
{
    if (room(buf, 1)) {
        buf->at[buf->len++] = byte;
    }
}

void buf_put_many(Buf *buf, char byte, size_t times)
{
    for (size_t i = 0; i < times; i++) {
        buf_put_byte(buf, byte);
    }
}

void buf_put_int(Buf *buf, int64_t value)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (value < 0) {
        digits[--at] = '-';
    }
    buf_put(buf, (Str){digits + at, sizeof digits - at});
}

void buf_print(Buf *buf, const char *format, ...)
{
    va_list list, again;
    va_start(list, format);
    va_copy(again, list);
    int len = vsnprintf(NULL, 0, format, list);
    if (len > 0 && room(buf, (size_t)len + 1)) {
        vsnprintf(buf->at + buf->len, (size_t)len + 1, format, again);
        buf->len += (size_t)len;
    }
    va_end(again);
    va_end(list);
}

void buf_put_json(Buf *buf, Str text)
{
    static const char hex[] = "0123456789abcdef";
    buf_put_byte(buf, '"');
    size_t plain = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        if (byte >= 0x20 && byte != '"' && byte != '\\') {
            continue;
        }
        buf_put(buf, str_part(text, plain, i));
        plain = i + 1;
        switch (byte) {
        case '"': buf_put(buf, STR("\\\"")); break;
        case '\\': buf_put(buf, STR("\\\\")); break;
        case '\n': buf_put(buf, STR("\\n")); break;
        case '\r': buf_put(buf, STR("\\r")); break;
        case '\t': buf_put(buf, STR("\\t")); break;
        default:
            buf_put(buf, STR("\\u00"));
            buf_put_byte(buf, hex[byte >> 4]);
            buf_put_byte(buf, hex[byte & 15]);
        }
    }
    buf_put(buf, str_part(text, plain, text.len));
    buf_put_byte(buf, '"');
}

void buf_put_xml(Buf *buf, Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        switch (byte) {
        case '&': buf_put(buf, STR("&amp;")); break;
        case '<': buf_put(buf, STR("&lt;")); break;
        case '>': buf_put(buf, STR("&gt;")); break;
        case '"': buf_put(buf, STR("&quot;")); break;
        case '\'': buf_put(buf, STR("&#39;")); break;
        default:
            if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') {
                buf_put(buf, STR("\xEF\xBF\xBD"));
            } else {
                buf_put_byte(buf, (char)byte);
            }
        }
    }
}

void buf_clear(Buf *buf)
{
    buf->len = 0;
    buf->full = false;
}

void buf_done(Buf *buf)
{
    free(buf->at);
    *buf = (Buf){.max = buf->max};
}
