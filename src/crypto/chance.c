/* chance.c: random bytes and tokens, from libsodium. */
#include "chance.h"

#include <assert.h>
#include <sodium.h>

bool chance_start(void)
{
    return sodium_init() >= 0;
}

void chance_bytes(void *to, size_t count)
{
    randombytes_buf(to, count);
}

Str chance_token(Arena *arena)
{
    enum { ROOM = sodium_base64_ENCODED_LEN(TOKEN_BYTES,
                                            sodium_base64_VARIANT_URLSAFE_NO_PADDING) };
    unsigned char bytes[TOKEN_BYTES];
    char *text = arena_take(arena, ROOM);
    chance_bytes(bytes, sizeof bytes);
    sodium_bin2base64(text, ROOM, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof bytes);
    Str token = str_from(text);
    assert(token.len == TOKEN_CHARS);
    return token;
}

bool secret_eq(Str a, Str b)
{
    return a.len == b.len && (a.len == 0 || sodium_memcmp(a.at, b.at, a.len) == 0);
}
