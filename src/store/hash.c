/* hash.c: OpenSSL's EVP behind four functions. */
#include "hash.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>

struct Hasher {
    EVP_MD *algorithm;
    EVP_MD_CTX *context;
};

static _Noreturn void broken(void)
{
    fputs("shencha: the cryptographic library lacks SM3 or SHA-256 / 密码库缺少 SM3 或 SHA-256\n",
          stderr);
    exit(3);
}

Hasher *hasher_new(HashKind kind)
{
    Hasher *hasher = memory_take(sizeof *hasher);
    hasher->algorithm = EVP_MD_fetch(NULL, kind == HASH_SM3 ? "SM3" : "SHA256", NULL);
    hasher->context = EVP_MD_CTX_new();
    if (!hasher->algorithm || !hasher->context) {
        broken();
    }
    return hasher;
}

void hasher_free(Hasher *hasher)
{
    if (hasher) {
        EVP_MD_CTX_free(hasher->context);
        EVP_MD_free(hasher->algorithm);
        free(hasher);
    }
}

void hasher_begin(Hasher *hasher)
{
    if (EVP_DigestInit_ex2(hasher->context, hasher->algorithm, NULL) != 1) {
        broken();
    }
}

void hasher_feed(Hasher *hasher, Str bytes)
{
    if (EVP_DigestUpdate(hasher->context, bytes.at, bytes.len) != 1) {
        broken();
    }
}

Hash hasher_end(Hasher *hasher)
{
    Hash hash;
    unsigned int len = HASH_BYTES;
    if (EVP_DigestFinal_ex(hasher->context, hash.at, &len) != 1 || len != HASH_BYTES) {
        broken();
    }
    return hash;
}

Hash hash_of_two(Hasher *hasher, Str first, Str second)
{
    hasher_begin(hasher);
    hasher_feed(hasher, first);
    hasher_feed(hasher, second);
    return hasher_end(hasher);
}

Hash hash_of(Hasher *hasher, Str text)
{
    return hash_of_two(hasher, text, STR_NONE);
}

const char *hash_kind_id(HashKind kind)
{
    return kind == HASH_SM3 ? "sm3" : "sha256";
}

bool hash_kind_find(Str id, HashKind *ret_kind)
{
    *ret_kind = str_is(id, "sha256") ? HASH_SHA256 : HASH_SM3;
    return str_is(id, "sm3") || str_is(id, "sha256");
}

void buf_put_hash(Buf *buf, const Hash *hash)
{
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < HASH_BYTES; i++) {
        buf_put_byte(buf, digits[hash->at[i] >> 4]);
        buf_put_byte(buf, digits[hash->at[i] & 15]);
    }
}

static int digit(char byte)
{
    if (byte >= '0' && byte <= '9') {
        return byte - '0';
    }
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

bool hash_parse(Str hex, Hash *ret_hash)
{
    for (size_t i = 0; i < HASH_BYTES && hex.len == 2 * HASH_BYTES; i++) {
        int high = digit(hex.at[2 * i]), low = digit(hex.at[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        ret_hash->at[i] = (unsigned char)(high * 16 + low);
    }
    return hex.len == 2 * HASH_BYTES;
}

bool hash_eq(const Hash *a, const Hash *b)
{
    return memcmp(a->at, b->at, HASH_BYTES) == 0;
}
