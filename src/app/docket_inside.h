/* docket_inside.h: what the docket's rooms share. Floor 5, inside app only. */
#ifndef SHENCHA_DOCKET_INSIDE_H
#define SHENCHA_DOCKET_INSIDE_H

#include "docket.h"
#include "event.h"

typedef struct KnownLaw {        /* a law text that is in the record */
    Str hash;                    /* hex */
    const Edition *edition;      /* read on first use; the program's own where it is the same */
    Str procedure, bodies;
} KnownLaw;

struct Docket {
    Arena kept;                  /* lives as long as the docket */
    Arena own;                   /* what stream 0 says; emptied when it is read anew */
    DocketUse use;
    Ledger *ledger;
    Law *law;
    Hasher *hasher;
    HashKind hash;
    bool opened;                 /* docket.opened is in the record */
    bool unsure;                 /* what was added to stream 0 may not have been committed */
    int64_t own_seq;             /* events of stream 0 */
    int64_t looked;              /* DOCKET_FOLLOW: version of the last look; -1: none yet */
    KnownLaw *laws;
    size_t laws_count, laws_capacity;
    const Notices *notices;
    const Calendar *calendar;
    Str fingerprint;             /* of the calendar, 16 hex digits */
    Buf body;                    /* reused */
};

/* ---- docket_own.c ---- */

void docket_hash_with(Docket *docket, HashKind kind);
/* Is this event of stream 0 as it should be? *ret_why says what is wrong when false. */
bool docket_own_fits(Docket *docket, const LedgerEvent *event, Word *ret_why);
/* Reads what was added to stream 0 since it was last read. */
Fail docket_learn_more(Docket *docket, Fault *fault) MUST_USE;
/* Begins a write transaction and reads what another program has added to stream 0. */
Fail docket_begin(Docket *docket, Fault *fault) MUST_USE;
Fail docket_commit(Docket *docket, Fault *fault) MUST_USE;
/* The calendar of these notices becomes the docket's. */
void docket_count_with(Docket *docket, const Notices *notices);
/* Appends an event to stream 0: the caller writes the whole body, its keys in byte order, with
 * docket_put_end for "recorded" and "seq". */
Fail docket_append_own(Docket *docket, Str body, Fault *fault) MUST_USE;
void docket_put_end(Buf *buf, const Docket *docket, int64_t now);
/* Writes docket.opened when it is not there. */
Fail docket_opened(Docket *docket, int64_t now, Fault *fault) MUST_USE;
/* Hash of the program's text of an edition; the text goes into the record when it is not there. */
Fail docket_record_law(Docket *docket, const Edition *edition, int64_t now, Str *ret_hash,
                       Fault *fault) MUST_USE;
/* The edition of a hash. NULL when the record lacks it. */
const Edition *docket_edition(Docket *docket, Str hash, Str id);

/* ---- docket_fold.c ---- */

typedef struct Folding {
    Docket *docket;
    Folded *folded;
} Folding;
/* A LedgerEach that folds a stream; `with` is a Folding. FAIL_SYSTEM at the first event that does
 * not fit, told by docket_broken. */
Fail folding_event(void *with, const LedgerEvent *event, Fault *fault) MUST_USE;
Fail docket_broken(int64_t n, Word why, Fault *fault);
/* Folds one event into a matter. *ret_why says what is wrong when false. */
bool folded_take(Docket *docket, Folded *folded, const LedgerEvent *event, Word *ret_why);
/* docket_fold by number. folded_done frees it. */
Fail docket_fold_id(Docket *docket, int64_t id, Folded *ret_folded, Fault *fault) MUST_USE;

/* ---- docket_parts.c ---- */

/* Before an act is added: what parts stand in the rows, so that only what changes is written. */
void docket_parts_before(Docket *docket, Folded *folded);
/* Writes the parts that differ from those that stand; all of them where that is not known. */
Fail docket_parts_write(Docket *docket, Folded *folded, Fault *fault) MUST_USE;
/* Are the parts of a folded matter in the rows? Adds how many there should be to *ret_count. */
Fail docket_parts_check(Docket *docket, Folded *folded, bool *ret_right, int64_t *ret_count,
                        Fault *fault) MUST_USE;

/* ---- docket_rows.c ---- */

/* Counts the due days of all open clocks again under the docket's calendar, updates the rows, and
 * logs what moved in stream 0. In a transaction of its own. */
Fail docket_recount(Docket *docket, int64_t now, size_t *ret_moved, Fault *fault) MUST_USE;
/* The same inside a transaction, when the rows were counted under another calendar. */
Fail docket_catch_up(Docket *docket, int64_t now, Fault *fault) MUST_USE;
/* docket_rebuild inside a transaction that is open already. */
Fail docket_refold(Docket *docket, int64_t *ret_matters, Fault *fault) MUST_USE;
Str calendar_fingerprint(Arena *arena, const Calendar *calendar);

#endif
