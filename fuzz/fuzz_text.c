/* fuzz_text.c: what every parser stands on: UTF-8, days, numbers, escaping. The checks hold for any
 * bytes: what was read is written back the same, and what is escaped has no mark in it. */
#include <stdint.h>
#include <stdlib.h>

#include "day.h"
#include "fault.h"
#include "utf8.h"

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void check_numbers(Str text)
{
    Buf buf = buf_new(64);
    Day day;
    int64_t value, again;
    if (day_parse(text, &day)) {
        buf_put_day(&buf, day);
        must(str_eq(buf_str(&buf), text));
    }
    buf_clear(&buf);
    if (str_int(text, &value)) {
        buf_put_int(&buf, value);
        must(str_int(buf_str(&buf), &again) && again == value);
    }
    buf_done(&buf);
}

static void check_utf8(Str text)
{
    size_t bad = text.len;
    bool valid = utf8_valid(text, &bad);
    must(valid || bad < text.len);
    must(utf8_valid(str_part(text, 0, valid ? text.len : bad), NULL));
    size_t points = 0;
    for (size_t at = 0; valid && at < text.len; points++) {
        size_t before = at;
        must(utf8_next(text, &at) <= 0x10FFFF && at > before && at <= text.len);
    }
    must(!valid || utf8_columns(text) <= 2 * (int)points);
}

static void check_escapes(Str text)
{
    Buf buf = buf_new(0);
    buf_put_xml(&buf, text);
    must(str_find(buf_str(&buf), '<') == buf.len && str_find(buf_str(&buf), '"') == buf.len);
    buf_clear(&buf);
    buf_put_json(&buf, text);
    for (size_t i = 0; i < buf.len; i++) {
        must((unsigned char)buf.at[i] >= 0x20);
    }
    Fault fault;
    FAULT(&fault, FAIL_INPUT, WORD_OUT_OF_MEMORY, text);
    must(utf8_valid(str_from(fault.args[0]), NULL) && !utf8_unsafe(str_from(fault.args[0])));
    buf_done(&buf);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    Str text = {(const char *)bytes, size};
    check_numbers(text);
    check_utf8(text);
    check_escapes(text);
    return 0;
}
