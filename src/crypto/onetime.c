/* onetime.c: one-time codes (RFC 4226, RFC 6238), base32 (RFC 4648). */
#include "onetime.h"

#include <assert.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>

#include "chance.h"

enum { CODE_DIGITS = 6, CODES = 1000000, SECRET_BYTES_MAX = 64, SHA1_BYTES = 20 };

static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

void onetime_put_base32(Buf *buf, Str secret)
{
    uint32_t held = 0;
    int bits = 0;
    for (size_t i = 0; i < secret.len; i++) {
        held = held << 8 | (unsigned char)secret.at[i];
        for (bits += 8; bits >= 5; bits -= 5) {
            buf_put_byte(buf, base32[held >> (bits - 5) & 31]);
        }
    }
    if (bits > 0) {
        buf_put_byte(buf, base32[held << (5 - bits) & 31]);
    }
}

bool onetime_read_base32(Arena *arena, Str text, Str *ret_secret)
{
    char *bytes = arena_take(arena, text.len * 5 / 8 + 1);
    size_t count = 0;
    uint32_t held = 0;
    int bits = 0;
    for (size_t i = 0; i < text.len; i++) {
        char letter = text.at[i];
        letter = letter >= 'a' && letter <= 'z' ? (char)(letter - 'a' + 'A') : letter;
        const char *found = letter ? strchr(base32, letter) : NULL;
        if (!found) {
            return false;
        }
        held = held << 5 | (uint32_t)(found - base32);
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            bytes[count++] = (char)(held >> bits & 0xFF);
        }
    }
    /* What is left over is less than one letter, and zero. */
    if (bits >= 5 || (held & ((1u << bits) - 1)) != 0) {
        return false;
    }
    *ret_secret = (Str){bytes, count};
    return true;
}

void onetime_code(Str secret, int64_t step, char ret_code[7])
{
    unsigned char moved[8], mac[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    for (int i = 0; i < 8; i++) {
        moved[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
    }
    bool done = secret.len <= SECRET_BYTES_MAX &&
                HMAC(EVP_sha1(), secret.at, (int)secret.len, moved, sizeof moved, mac, &size);
    assert(done && size == SHA1_BYTES);
    int at = mac[size - 1] & 15;
    uint32_t number = (uint32_t)(mac[at] & 0x7F) << 24 | (uint32_t)mac[at + 1] << 16 |
                      (uint32_t)mac[at + 2] << 8 | mac[at + 3];
    snprintf(ret_code, CODE_DIGITS + 1, "%06u", number % CODES);
}

int64_t onetime_step(Str secret, int64_t now, int64_t last_step, Str code)
{
    int64_t here = now / 1000 / ONETIME_STEP_SECONDS, found = 0;
    for (int64_t step = here - 1; step <= here + 1; step++) {
        char wanted[CODE_DIGITS + 1];
        onetime_code(secret, step, wanted);
        bool same = secret_eq((Str){wanted, CODE_DIGITS}, code);
        found = same && step > last_step ? step : found;
    }
    return found;
}

/* A part of an address: letters, digits, - . _ ~ as they are, the rest as %XX. */
static void put_part(Buf *buf, Str part)
{
    for (size_t i = 0; i < part.len; i++) {
        unsigned char byte = (unsigned char)part.at[i];
        if ((byte >= '0' && byte <= '9') || ((byte | 32) >= 'a' && (byte | 32) <= 'z') ||
            (byte && strchr("-._~", byte))) {
            buf_put_byte(buf, (char)byte);
        } else {
            buf_print(buf, "%%%02X", byte);
        }
    }
}

void onetime_put_address(Buf *buf, Str secret, Str login, Str issuer)
{
    buf_put(buf, STR("otpauth://totp/"));
    put_part(buf, issuer);
    buf_put_byte(buf, ':');
    put_part(buf, login);
    buf_put(buf, STR("?secret="));
    onetime_put_base32(buf, secret);
    buf_put(buf, STR("&issuer="));
    put_part(buf, issuer);
    buf_print(buf, "&algorithm=SHA1&digits=%d&period=%d", CODE_DIGITS, ONETIME_STEP_SECONDS);
}
