/* password.c: Argon2id by libsodium. */
#include "password.h"

#include <assert.h>
#include <sodium.h>

enum { PASSES = 2, MEMORY_BYTES = 19 << 20 };

_Static_assert(crypto_pwhash_STRBYTES <= PASSWORD_HASH_BYTES_MAX, "a hash fits its bound");

/* The hash of a password that nobody has: checked when there is none, so that it takes as long. */
static const char nobody[] = "$argon2id$v=19$m=19456,t=2,p=1$SmdjHlSiIIwONaldJP4VLQ$"
                             "lB5FGAmqebvqGGdJsTpP1vjQS3Y9NEYIxhrv0RWIqz0";

Str password_hash(Arena *arena, Str password)
{
    char *hash = arena_take(arena, crypto_pwhash_STRBYTES);
    if (password.len > PASSWORD_BYTES_MAX ||
        crypto_pwhash_str_alg(hash, password.at ? password.at : "", password.len, PASSES,
                              MEMORY_BYTES, crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return STR_NONE;
    }
    return str_from(hash);
}

bool password_fits(Str hash, Str password)
{
    char kept[crypto_pwhash_STRBYTES] = {0};
    bool known = hash.len > 0 && hash.len < sizeof kept;
    if (known) {
        memcpy(kept, hash.at, hash.len);
    } else {
        memcpy(kept, nobody, sizeof nobody);
    }
    if (password.len > PASSWORD_BYTES_MAX) {
        password.len = PASSWORD_BYTES_MAX;   /* as slow; no password is that long */
        known = false;
    }
    bool fits = crypto_pwhash_str_verify(kept, password.at ? password.at : "", password.len) == 0;
    sodium_memzero(kept, sizeof kept);
    return fits && known;
}
