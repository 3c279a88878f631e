/* fuzz_gate.c: an address and a host as strangers write them. What is let in is a path that can be
 * shown and looked up: no step upwards, no control character, no zero. */
#include <assert.h>
#include <stdint.h>

#include "gate.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look_at_path(Str path)
{
    assert(path.len > 0 && path.at[0] == '/' && utf8_valid(path, NULL));
    for (size_t i = 0; i < path.len; i++) {
        unsigned char byte = (unsigned char)path.at[i];
        assert(byte >= ' ' && byte != 0x7F);
    }
    for (size_t at = 1; at < path.len;) {
        Str part = str_part(path, at, at + str_find(str_part(path, at, path.len), '/'));
        assert(part.len > 0 && !str_is(part, ".") && !str_is(part, ".."));
        at += part.len + 1;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena arena = {0};
    Str raw = {(const char *)data, size}, path;
    TypedList query;
    if (gate_address(&arena, raw, &path, &query)) {
        look_at_path(path);
        for (size_t i = 0; i < query.count; i++) {
            assert(utf8_valid(query.at[i].name, NULL) && utf8_valid(query.at[i].value, NULL));
            assert(str_find(query.at[i].name, 0) == query.at[i].name.len);
            assert(str_find(query.at[i].value, 0) == query.at[i].value.len);
        }
    }
    (void)gate_host(raw, "review.example,other.example");
    (void)gate_host(raw, NULL);
    arena_done(&arena);
    return 0;
}
