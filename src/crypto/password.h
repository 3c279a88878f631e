/* password.h: passwords, as Argon2id (RFC 9106) in PHC string form. Floor 4. */
#ifndef SHENCHA_PASSWORD_H
#define SHENCHA_PASSWORD_H

#include "str.h"

enum { PASSWORD_CHARS_MIN = 12, PASSWORD_BYTES_MAX = 256, PASSWORD_HASH_BYTES_MAX = 128 };

/* 19 MiB, two passes, one lane (OWASP 2024): about 11 ms, so callers put it on the bench of slow
 * work. In arena. Empty when memory for it is out. */
Str password_hash(Arena *arena, Str password);
/* An empty `hash` takes the same time and is false: whether a name is known cannot be timed. */
bool password_fits(Str hash, Str password);

#endif
