/* canon.h: the canonical form of the record: JSON with exactly one spelling for every value. Keys
 * in byte order, no spaces, whole numbers only, UTF-8, the shortest escapes of buf_put_json. The
 * reader refuses every other spelling: what it reads, written again, gives the same bytes. Floor 0.
 * docs/ledger-format.md tells the form to those who have only the bytes. */
#ifndef SHENCHA_CANON_H
#define SHENCHA_CANON_H

#include "buf.h"

typedef enum CanonKind { CANON_NULL, CANON_YES_NO, CANON_NUMBER, CANON_TEXT, CANON_LIST, CANON_MAP }
    CanonKind;

typedef struct Canon Canon;
struct Canon {
    CanonKind kind;
    bool yes;
    int64_t number;
    Str text;              /* CANON_TEXT: borrowed from the bytes; in arena where it had escapes */
    size_t count;
    const Str *keys;       /* CANON_MAP */
    const Canon *items;    /* CANON_LIST, CANON_MAP */
};

/* Reads one value that takes all of `bytes`. NULL when they are not canonical; *ret_bad (may be
 * NULL) is the index of the byte where it went wrong. In arena; borrows `bytes`. Depth at most
 * 16. */
const Canon *canon_read(Arena *arena, Str bytes, size_t *ret_bad);
/* The value of a key of a map, or NULL. */
const Canon *canon_get(const Canon *map, const char *key);
/* Text, number or yes of a key; the fallback when it is not there or of another kind. */
Str canon_text(const Canon *map, const char *key);
int64_t canon_number(const Canon *map, const char *key, int64_t fallback);
bool canon_yes(const Canon *map, const char *key);
/* Writes a value back. */
void canon_put(Buf *buf, const Canon *value);

#endif
