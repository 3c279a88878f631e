/* base.h: a small database of SQLite beside the record: DIR/people.db, DIR/desk.db. One connection
 * that all threads share: whoever begins has it alone until base_end. Write-ahead log, full
 * synchronous, readable by its owner alone. Floor 4.
 *
 *   base_begin(base, true, fault)
 *   base_ask(base, DESK_SQL_DRAFT_INSERT, fault); base_put_text(base, hat); … base_run(base, fault)
 *   base_ask(base, DESK_SQL_DRAFTS, fault); while (base_next(base, &row, fault), row) { base_int… }
 *   base_commit(base, fault); base_end(base) */
#ifndef SHENCHA_BASE_H
#define SHENCHA_BASE_H

#include "fault.h"

typedef struct Base Base;        /* opaque */

typedef struct BaseKind {
    const char *file;            /* its name in the folder: "desk.db" */
    int application_id, format;  /* another application is no database of ours, a higher format
                                    one of a newer version */
    const char *schema;          /* makes its tables; run once, in a transaction */
    const char *const *statements;   /* by number; tools/statements.c makes them */
    int statements_count;
} BaseKind;

/* Opens it, or makes it when it is not there; the folder must be. `kind` must outlive it. */
Fail base_open(const char *dir, const BaseKind *kind, Base **ret_base, Fault *fault) MUST_USE;
void base_close(Base *base);     /* NULL ok */

/* Copies it as it stands, while others write, into `path`, which must not be: one file with nothing
 * beside it, on disk when FAIL_NONE. On a fault a file may be left there. */
Fail base_backup(Base *base, const char *path, Fault *fault) MUST_USE;
/* Opens, copies and closes; *ret_there false and nothing done: the folder has none. */
Fail base_backup_in(const char *dir, const BaseKind *kind, const char *path, bool *ret_there,
                    Fault *fault) MUST_USE;

/* Takes the lock and begins a transaction: one that writes, or a look at one state. On a fault
 * nothing is held. */
Fail base_begin(Base *base, bool write, Fault *fault) MUST_USE;
/* The same, to write, when nobody else uses it just now; false otherwise: for what can be left. */
bool base_begin_at_once(Base *base);
/* Durable when FAIL_NONE. The lock is kept until base_end. */
Fail base_commit(Base *base, Fault *fault) MUST_USE;
/* Rolls back what was not committed and gives the lock away. */
void base_end(Base *base);
/* A number that changes when anything in it changes, also by another program. Not between begin and
 * end. */
Fail base_version(Base *base, int64_t *ret_version, Fault *fault) MUST_USE;

/* One statement at a time. Parameters are put in their order; texts must stay until it has run. */
Fail base_ask(Base *base, int statement, Fault *fault) MUST_USE;
void base_put_text(Base *base, Str text);
void base_put_bytes(Base *base, const void *bytes, size_t size);
void base_put_int(Base *base, int64_t value);
void base_put_null(Base *base);
/* Runs it to its end. A constraint that it breaks (a name that stands already) is FAIL_CONFLICT. */
Fail base_run(Base *base, Fault *fault) MUST_USE;
/* The next row; *ret_row false after the last and on a fault. */
Fail base_next(Base *base, bool *ret_row, Fault *fault) MUST_USE;
/* Columns of the row, from 0; texts and bytes borrowed until the next. */
Str base_text(Base *base, int column);
int64_t base_int(Base *base, int column);
bool base_is_null(Base *base, int column);
int64_t base_made(Base *base);       /* id of the row that was inserted last */
int64_t base_changed(Base *base);    /* rows that the last statement changed */

#endif
