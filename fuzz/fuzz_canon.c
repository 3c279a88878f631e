/* fuzz_canon.c: any bytes as the canonical form. What is read, written again, gives the same bytes;
 * what is not has a place where it went wrong; and a small text never takes much memory. */
#include <stdint.h>
#include <stdlib.h>

#include "canon.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    Arena arena = {0};
    Buf buf = buf_new(0);
    size_t bad = SIZE_MAX;
    Str text = {(const char *)bytes, size};
    const Canon *value = canon_read(&arena, text, &bad);
    if (value) {
        canon_put(&buf, value);
    }
    if (value ? !str_eq(buf_str(&buf), text) : bad > size) {
        abort();
    }
    if (arena.total > 65536 + 400 * size) {
        abort();
    }
    buf_done(&buf);
    arena_done(&arena);
    return 0;
}
