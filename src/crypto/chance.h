/* chance.h: random bytes and tokens. Floor 4; beside main the only caller of chance. */
#ifndef SHENCHA_CHANCE_H
#define SHENCHA_CHANCE_H

#include "str.h"

enum { TOKEN_BYTES = 24, TOKEN_CHARS = 32 };   /* 192 bits, base64url without padding */

/* To be called once before anything else of this room. False when the library cannot start. */
bool chance_start(void);
void chance_bytes(void *to, size_t count);
/* A fresh token: TOKEN_CHARS characters of [A-Za-z0-9_-]; in arena. */
Str chance_token(Arena *arena);
/* Equal, in time that does not depend on where they differ. */
bool secret_eq(Str a, Str b);

#endif
