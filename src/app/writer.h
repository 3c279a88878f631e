/* writer.h: one writer for many who act at once. Acts that wait are decided one after another,
 * written in one transaction, and acknowledged when it is durable: one wait for the disk serves the
 * whole group. Floor 5; writer_do may be called from any thread. */
#ifndef SHENCHA_WRITER_H
#define SHENCHA_WRITER_H

#include "docket.h"

enum { WRITER_GROUP_MAX = 256, WRITER_MATTERS_MAX = 384 };

typedef struct Writer Writer;   /* opaque */

typedef struct Written {
    bool refused;                /* the law refuses: clause and why say so */
    Str clause;                  /* borrowed from the edition */
    Word why;
    int64_t seq;                 /* place of the act in its matter */
} Written;

/* Opens the docket for writing and starts the thread. `law` belongs to the writer from now on;
 * editions that it has read may be used by producers to make their acts. */
Fail writer_start(const char *dir, Law *law, int64_t now, Writer **ret_writer,
                  Fault *fault) MUST_USE;
/* Does one act and returns when it is durable, or refused, or failed. What `wanted` points at must
 * stay until then. FAIL_CONFLICT, and nothing is done: a key that was used before (docket_act tells
 * whether for the same act), a matter that has other events than seq_seen, or a new matter
 * (facts_given) whose name is taken. */
Fail writer_do(Writer *writer, const Wanted *wanted, Written *ret_written, Fault *fault) MUST_USE;
/* The same without waiting: `done` is called by the writer's thread when it is durable, refused or
 * failed, with `with`; it must be quick and must not call the writer. What `wanted`, `ret_written`
 * and `fault` point at must stay until then. Keys and seq_seen as in writer_do. */
typedef void WriterDone(void *with, Fail fail);
void writer_submit(Writer *writer, const Wanted *wanted, Written *ret_written, Fault *fault,
                   WriterDone *done, void *with);
/* Finishes what waits, closes the docket, frees the writer. NULL ok. */
void writer_stop(Writer *writer);

#endif
