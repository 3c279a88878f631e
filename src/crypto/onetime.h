/* onetime.h: one-time codes by time: TOTP (RFC 6238), HMAC-SHA-1, six digits, 30 seconds. Floor 4,
 * the time is an argument. */
#ifndef SHENCHA_ONETIME_H
#define SHENCHA_ONETIME_H

#include "buf.h"

enum { ONETIME_SECRET_BYTES = 20, ONETIME_STEP_SECONDS = 30 };

/* Base32 without padding (RFC 4648), and back; false for other characters. */
void onetime_put_base32(Buf *buf, Str secret);
bool onetime_read_base32(Arena *arena, Str text, Str *ret_secret);
/* The code of a step: six digits. */
void onetime_code(Str secret, int64_t step, char ret_code[7]);
/* The step whose code this is, within one step of `now` (milliseconds since 1970) and after
 * `last_step` (a code counts once); 0 when it is none. */
int64_t onetime_step(Str secret, int64_t now, int64_t last_step, Str code);
/* otpauth://totp/… for an authenticator. */
void onetime_put_address(Buf *buf, Str secret, Str login, Str issuer);

#endif
