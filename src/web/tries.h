/* tries.h: how often somebody may try to sign in: a bucket of tries for each address, filled again
 * with time. Any thread. Floor 6. */
#ifndef SHENCHA_TRIES_H
#define SHENCHA_TRIES_H

#include "str.h"

enum { LIMIT_TRIES = 60, LIMIT_SECONDS_A_TRY = 1, LIMIT_ADDRESSES = 1024 };

typedef struct Limits Limits;    /* opaque */

Limits *limits_new(void);
void limits_free(Limits *limits);
/* Takes a try of this address at `now` (milliseconds); false when there is none left. */
bool limits_take(Limits *limits, Str address, int64_t now);

#endif
