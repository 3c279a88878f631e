/* out.c: what templates write with: everything escaped, nothing that turns text around. */
#include "out.h"

#include "utf8.h"

enum { KIBI = 1024, HOUR_MS = 3600000, MINUTE_MS = 60000, BEIJING_HOURS = 8, DAY_HOURS = 24 };
#define INSTEAD "\xEF\xBF\xBD"   /* U+FFFD: something was here that does not belong in text */

void out_raw(Out *out, Html html)
{
    buf_put(out->buf, html.bytes);
}

void out_literal(Out *out, const char *at, size_t len)
{
    buf_put(out->buf, (Str){at, len});
}

/* Direction marks, embeddings, overrides and isolates; line and paragraph separators; the mark of
 * byte order; controls of the second block. */
static bool hides(uint32_t point)
{
    return (point >= 0x80 && point <= 0x9F) || point == 0x061C || point == 0x200E ||
           point == 0x200F || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069) || point == 0xFEFF;
}

/* The escape of a byte, or NULL when it stands for itself. */
static const char *escape(unsigned char byte)
{
    switch (byte) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&#34;";
    case '\'': return "&#39;";
    case '\n':
    case '\r':
    case '\t': return NULL;
    default: return byte < 0x20 || byte == 0x7F ? INSTEAD : NULL;
    }
}

/* Bytes of the character at `at`; 0 when it is no UTF-8. */
static size_t character(Str text, size_t at)
{
    unsigned char byte = (unsigned char)text.at[at];
    size_t len = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    Str whole = str_part(text, at, at + len);
    return whole.len == len && utf8_valid(whole, NULL) ? len : 0;
}

void out_text(Out *out, Str text)
{
    size_t plain = 0, len;
    for (size_t at = 0; at < text.len; at += len ? len : 1) {
        len = character(text, at);
        const char *written = len == 1 ? escape((unsigned char)text.at[at]) : NULL;
        size_t next = at;
        if (len == 0 || (len > 1 && hides(utf8_next(text, &next)))) {
            written = INSTEAD;
        }
        if (written) {
            buf_put(out->buf, str_part(text, plain, at));
            buf_put(out->buf, str_from(written));
            plain = at + (len ? len : 1);
        }
    }
    buf_put(out->buf, str_part(text, plain, text.len));
}

void out_int(Out *out, int64_t value)
{
    buf_put_int(out->buf, value);
}

static Word month_word(int month)
{
    return (Word)(WORD_MONTH_1 + month - 1);
}

void out_day(Out *out, Day day)
{
    if (day == DAY_NONE || day == DAY_LAST) {
        buf_put(out->buf, STR("\xE2\x80\x93"));   /* a dash: there is no such day */
        return;
    }
    int year, month, of_month;
    day_split(day, &year, &month, &of_month);
    Str name = word_text(out->language, month_word(month));
    if (out->language == LANGUAGE_ZH) {
        buf_print(out->buf, "%d年%.*s%d日", year, STR_ARG(name), of_month);
    } else {
        buf_print(out->buf, "%d %.*s %d", of_month, STR_ARG(name), year);
    }
}

void out_iso(Out *out, Day day)
{
    if (day != DAY_NONE && day != DAY_LAST) {
        buf_put_day(out->buf, day);
    }
}

void out_url(Out *out, Str part)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < part.len; i++) {
        unsigned char byte = (unsigned char)part.at[i];
        bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                     (byte >= '0' && byte <= '9') || byte == '-' || byte == '_' || byte == '.' ||
                     byte == '~';
        if (plain) {
            buf_put_byte(out->buf, (char)byte);
        } else {
            char escaped[3] = {'%', hex[byte >> 4], hex[byte & 15]};
            buf_put(out->buf, (Str){escaped, sizeof escaped});
        }
    }
}

void out_path(Out *out, Str address)
{
    bool ours = address.len > 0 && address.at[0] == '/' &&
                (address.len == 1 || (address.at[1] != '/' && address.at[1] != '\\'));
    out_text(out, ours ? address : STR("#"));
}

void out_words(Out *out, Word word, const Str *args, size_t count)
{
    Str text = word_text(out->language, word);
    size_t plain = 0;
    for (size_t i = 0; i + 2 < text.len; i++) {
        size_t which = (size_t)(text.at[i + 1] - '0');
        if (text.at[i] == '{' && text.at[i + 2] == '}' && which <= 9 && which < count) {
            out_text(out, str_part(text, plain, i));
            out_text(out, args[which]);
            plain = i + 3;
            i += 2;
        }
    }
    out_text(out, str_part(text, plain, text.len));
}

void out_moment(Out *out, int64_t at)
{
    int64_t local = at + (int64_t)BEIJING_HOURS * HOUR_MS, in_day = (int64_t)DAY_HOURS * HOUR_MS;
    int64_t rest = ((local % in_day) + in_day) % in_day;
    out_day(out, day_of_moment(at));
    buf_print(out->buf, "%s%02d:%02d", out->language == LANGUAGE_ZH ? " " : ", ",
              (int)(rest / HOUR_MS), (int)(rest % HOUR_MS / MINUTE_MS));
}

void out_size(Out *out, int64_t bytes)
{
    static const char *const units[] = {"B", "KB", "MB", "GB", "TB"};
    size_t unit = 0;
    int64_t tenths = bytes < 0 ? 0 : bytes * 10;
    for (; tenths >= (int64_t)KIBI * 10 && unit + 1 < sizeof units / sizeof units[0]; unit++) {
        tenths = (tenths + KIBI / 2) / KIBI;
    }
    if (unit == 0 || tenths >= 1000) {
        buf_print(out->buf, "%lld %s", (long long)((tenths + 5) / 10), units[unit]);
    } else {
        buf_print(out->buf, "%lld.%lld %s", (long long)(tenths / 10), (long long)(tenths % 10),
                  units[unit]);
    }
}
