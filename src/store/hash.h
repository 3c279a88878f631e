/* hash.h: the hashes of the record: SM3 (GB/T 32905) and SHA-256 (FIPS 180-4), both 32 bytes. The
 * only file that knows the cryptographic library. Floor 4. */
#ifndef SHENCHA_HASH_H
#define SHENCHA_HASH_H

#include "fault.h"

enum { HASH_BYTES = 32 };

typedef enum HashKind { HASH_SM3, HASH_SHA256 } HashKind;

typedef struct Hash { unsigned char at[HASH_BYTES]; } Hash;

typedef struct Hasher Hasher;   /* opaque: a context used again and again; one thread each */

/* Ends the process with a word when the library lacks the algorithm: nothing can be trusted
 * then. */
Hasher *hasher_new(HashKind kind);
void hasher_free(Hasher *hasher);   /* NULL ok */
/* Hash of one text, or of two one after the other. */
Hash hash_of(Hasher *hasher, Str text);
Hash hash_of_two(Hasher *hasher, Str first, Str second);
/* Hash of bytes as they come: begin, feed any number of times, end. */
void hasher_begin(Hasher *hasher);
void hasher_feed(Hasher *hasher, Str bytes);
Hash hasher_end(Hasher *hasher);

const char *hash_kind_id(HashKind kind);              /* "sm3", "sha256" */
bool hash_kind_find(Str id, HashKind *ret_kind);
/* 64 lower-case hexadecimal digits. */
void buf_put_hash(Buf *buf, const Hash *hash);
bool hash_parse(Str hex, Hash *ret_hash);
bool hash_eq(const Hash *a, const Hash *b);

#endif
