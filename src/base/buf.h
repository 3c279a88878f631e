/* buf.h: a growing run of bytes for writing. Born with its maximum; what would go over it is left
 * out and `full` is set, which the owner must look at before using the bytes. Floor 0. */
#ifndef SHENCHA_BUF_H
#define SHENCHA_BUF_H

#include "str.h"

typedef struct Buf {
    char *at;      /* owned; buf_done frees */
    size_t len, cap, max;
    bool full;     /* something was left out */
} Buf;

/* A zeroed Buf is usable: its maximum is then 1 GiB. */
Buf buf_new(size_t max);
void buf_put(Buf *buf, Str text);
void buf_put_byte(Buf *buf, char byte);
void buf_put_many(Buf *buf, char byte, size_t times);
void buf_put_int(Buf *buf, int64_t value);
/* printf into the buffer. */
void buf_print(Buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Text as a JSON string with its quotes: ", \ and bytes below 0x20 escaped, UTF-8 as it is.
 * `text` must be valid UTF-8. */
void buf_put_json(Buf *buf, Str text);
/* Text for XML and HTML: & < > " ' escaped; control bytes that XML forbids become U+FFFD. */
void buf_put_xml(Buf *buf, Str text);
/* What was written so far, borrowed until the next write. */
static inline Str buf_str(const Buf *buf) { return (Str){buf->at, buf->len}; }
/* Keeps the memory, forgets the bytes. */
void buf_clear(Buf *buf);
void buf_done(Buf *buf);

#endif
