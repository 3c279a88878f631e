/* ledger.h: the record of a docket in SQLite: DIR/docket.db, write-ahead log, full synchronous. The
 * only files that know the database are ledger.c, ledger_file.c, ledger_parts.c and
 * ledger_rows.c. Floor 4.
 *
 * Events are added at an expected place and never changed. Hash of event n = H(hash of n-1 ||
 * body); before the first event stand 32 zero bytes. Projection rows are written in the same
 * transaction. */
#ifndef SHENCHA_LEDGER_H
#define SHENCHA_LEDGER_H

#include "day.h"
#include "hash.h"

typedef struct Ledger Ledger;   /* opaque: one connection, one thread */

enum { LEDGER_FORMAT = 1, LEDGER_BODY_BYTES_MAX = 8 << 20 };

typedef struct LedgerEvent {
    int64_t n, matter, seq;
    bool formed;                /* every column has its kind; else the file was tampered with */
    Str key;                    /* empty: none */
    Str body;                   /* borrowed until the next row */
    Hash hash;
} LedgerEvent;

typedef struct MatterRow {      /* a projection; texts borrowed until the next row */
    int64_t id;
    Str name, title, edition, stage, outcome;
    bool final, held, provisional;
    bool formed;                /* every column has its kind */
    Day opened, last;
    Day ended;                  /* day on which the final stage was entered; DAY_NONE while open */
    int64_t seq;
    Day due;                    /* DAY_NONE: none */
    Str clock;
    Str clocks;                 /* packed open clocks */
} MatterRow;

/* Makes DIR (when missing: for its owner alone) and an empty docket in it, whole or not at all,
 * with the projections "hash" and "version". A docket that is there already is FAIL_INPUT. */
Fail ledger_create(const char *dir, HashKind hash, int64_t version, Fault *fault) MUST_USE;
/* Opens; `write` false opens for reading alone, also on a read-only or full disk. Not a docket, a
 * newer version, a missing folder: FAIL_SYSTEM in words. */
Fail ledger_open(const char *dir, bool write, Ledger **ret_ledger, Fault *fault) MUST_USE;
void ledger_close(Ledger *ledger);   /* NULL ok; an open transaction is rolled back */
void ledger_hash_with(Ledger *ledger, HashKind kind);   /* SM3 until this is called */

/* Write transaction; waits up to ten seconds for another program. */
Fail ledger_begin(Ledger *ledger, Fault *fault) MUST_USE;
/* Read transaction: one state of the docket until ledger_end. */
Fail ledger_begin_read(Ledger *ledger, Fault *fault) MUST_USE;
/* Commit is durable when it returns FAIL_NONE. */
Fail ledger_commit(Ledger *ledger, Fault *fault) MUST_USE;
void ledger_end(Ledger *ledger);     /* rolls back what was not committed */

/* Adds an event inside a write transaction. A seq or key that stands already is FAIL_CONFLICT.
 * *ret_n (may be NULL) is its place. */
Fail ledger_append(Ledger *ledger, int64_t matter, int64_t seq, Str key, Str body, int64_t *ret_n,
                   Fault *fault) MUST_USE;
/* Place and hash of the last event; 0 and zero bytes in an empty record. */
Fail ledger_last(Ledger *ledger, int64_t *ret_n, Hash *ret_hash, Fault *fault) MUST_USE;
/* Highest matter id, 0 for none. Length of a stream. */
Fail ledger_last_matter(Ledger *ledger, int64_t *ret_matter, Fault *fault) MUST_USE;
Fail ledger_length(Ledger *ledger, int64_t matter, int64_t *ret_seq, Fault *fault) MUST_USE;

/* A number that changes when another connection has written; to be asked inside a transaction. */
Fail ledger_version(Ledger *ledger, int64_t *ret_version, Fault *fault) MUST_USE;

/* Calls `each` for every row; a fail of its own ends the walk and is returned. */
typedef Fail LedgerEach(void *with, const LedgerEvent *event, Fault *fault);
Fail ledger_all(Ledger *ledger, int64_t after, LedgerEach *each, void *with, Fault *fault) MUST_USE;
Fail ledger_stream(Ledger *ledger, int64_t matter, int64_t after_seq, LedgerEach *each, void *with,
                   Fault *fault) MUST_USE;
/* The event with this key; *ret_found says whether there is one. In arena. */
Fail ledger_by_key(Ledger *ledger, Str key, Arena *arena, bool *ret_found, LedgerEvent *ret_event,
                   Fault *fault) MUST_USE;

/* Projections. *ret_there: their tables are there, whatever is in them. */
Fail ledger_projections_there(Ledger *ledger, bool *ret_there, Fault *fault) MUST_USE;
Fail ledger_projection_get(Ledger *ledger, const char *name, Arena *arena, Str *ret_value,
                           Fault *fault) MUST_USE;
Fail ledger_projection_set(Ledger *ledger, const char *name, Str value, Fault *fault) MUST_USE;
/* Drops every projection and makes empty ones, inside a write transaction. */
Fail ledger_projections_renew(Ledger *ledger, Fault *fault) MUST_USE;
Fail ledger_row_insert(Ledger *ledger, const MatterRow *row, Fault *fault) MUST_USE;
Fail ledger_row_update(Ledger *ledger, const MatterRow *row, Fault *fault) MUST_USE;
/* In arena. */
Fail ledger_row(Ledger *ledger, Str name, Arena *arena, bool *ret_found, MatterRow *ret_row,
                Fault *fault) MUST_USE;
typedef struct RowFilter {
    Str stage, edition;         /* empty: any */
    bool open_only, held_only;
    Day due_before;             /* DAY_NONE: any */
    int64_t limit;              /* 0: no limit */
} RowFilter;
typedef Fail RowEach(void *with, const MatterRow *row, Fault *fault);
Fail ledger_rows(Ledger *ledger, const RowFilter *filter, RowEach *each, void *with,
                 Fault *fault) MUST_USE;
Fail ledger_rows_by_id(Ledger *ledger, RowEach *each, void *with, Fault *fault) MUST_USE;

/* ---- whose matters: ledger_parts.c ---- */

typedef struct PartRow {        /* a hat's part in a matter (core/parts.h); texts borrowed */
    Str hat;                    /* as buf_put_hat writes it */
    int64_t matter;
    Str awaited;                /* word of the act that waits for it; empty: nothing does */
    bool blocked;               /* others must answer first */
    Day due;                    /* earliest due day of an open clock that it may see; DAY_NONE;
                                   to be put: DAY_LAST where the matter has ended */
    Day since;                  /* day of the act from which it knows the matter */
} PartRow;
/* Adds a part, or writes over it. */
Fail ledger_part_put(Ledger *ledger, const PartRow *row, Fault *fault) MUST_USE;
/* *ret_same: a row with just these contents is there. */
Fail ledger_part_same(Ledger *ledger, const PartRow *row, bool *ret_same, Fault *fault) MUST_USE;
Fail ledger_parts_length(Ledger *ledger, int64_t *ret_count, Fault *fault) MUST_USE;

/* What lists may show of a matter to the hat whose part it is. Nothing else of a matter's row is
 * for them: its due day, its last act, its outcome can tell of what they may not know. */
typedef struct Listed {         /* texts borrowed until the next row */
    int64_t id;
    Str name, title, edition, stage;
    bool final;
    PartRow part;               /* of an auditor: hat, awaited empty; due of any clock */
} Listed;
/* By due day: those without come after, those that have ended last. */
typedef enum ListOrder { LIST_BY_DUE, LIST_NEWEST } ListOrder;
typedef struct ListFilter {
    Str hat;                    /* whose; "auditor": every matter */
    bool awaited_only;          /* something waits for this hat */
    bool open_only;
    Str stage, edition;         /* empty: any */
    Str text;                   /* in the name or the title, whatever its case; empty: any */
    Day due_from, due_until;    /* both included; DAY_NONE: open; either one leaves out matters
                                   without a due day */
    ListOrder order;
    bool after;                 /* only what comes after the row with … */
    Day after_due;              /* … this due day (DAY_NONE: none) and this id: paging */
    int64_t after_id;
    int64_t limit;              /* 0: no limit; of counts: where counting stops */
} ListFilter;                   /* zeroed but for the days: everything of nobody */
/* Whose, and no other limit. */
ListFilter list_filter(Str hat);
typedef Fail ListEach(void *with, const Listed *row, Fault *fault);
Fail ledger_list(Ledger *ledger, const ListFilter *filter, ListEach *each, void *with,
                 Fault *fault) MUST_USE;
Fail ledger_list_count(Ledger *ledger, const ListFilter *filter, int64_t *ret_count,
                       Fault *fault) MUST_USE;
/* How many fall due on each day, in order; `order` and paging do not matter. */
typedef Fail DayEach(void *with, Day due, int64_t count, Fault *fault);
Fail ledger_list_by_day(Ledger *ledger, const ListFilter *filter, DayEach *each, void *with,
                        Fault *fault) MUST_USE;
typedef Fail StageEach(void *with, Str edition, Str stage, int64_t count, Fault *fault);
Fail ledger_list_by_stage(Ledger *ledger, const ListFilter *filter, StageEach *each, void *with,
                          Fault *fault) MUST_USE;
/* For those who see every matter alone (office, auditor). Weeks begin on Monday. `opened` and
 * `ended` in it, and how many days those that ended had lasted, in all; weeks without either are
 * left out. */
typedef struct Week { Day monday; int64_t opened, ended, lasted; } Week;
typedef Fail WeekEach(void *with, const Week *week, Fault *fault);
Fail ledger_weeks(Ledger *ledger, Day from, Day until, WeekEach *each, void *with,
                  Fault *fault) MUST_USE;
/* Keeps fewer pages in memory: for a service, in which several connections look at small parts.
 * Reading a whole docket is slower with it. */
void ledger_frugal(Ledger *ledger);
/* A copy into a new file while others write: whole or not there. FAIL_INPUT when the file
 * exists. */
Fail ledger_backup(Ledger *ledger, const char *path, Fault *fault) MUST_USE;
/* SQLite's own check of every page and index; FAIL_SYSTEM with its first complaint. */
Fail ledger_pages(Ledger *ledger, Fault *fault) MUST_USE;
/* FAIL_REFUSED when the table of events, its indices or the triggers that guard it are not those of
 * LEDGER_FORMAT; `fault` is filled only when it could not be found out. */
Fail ledger_guards(Ledger *ledger, Fault *fault) MUST_USE;

#endif
