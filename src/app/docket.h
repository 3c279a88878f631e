/* docket.h: a docket at work: the record, the law it ran under, the calendar it learned. Floor 5.
 *
 * The record (store/ledger.h) holds events; everything else is folded from them. Stream 0 belongs
 * to the docket itself: how it was opened, the text of every law that a matter was opened under,
 * every notice that was adopted, every change of due days that a notice brought. */
#ifndef SHENCHA_DOCKET_H
#define SHENCHA_DOCKET_H

#include "duebook.h"
#include "law.h"
#include "ledger.h"
#include "matter.h"
#include "position.h"

enum { DOCKET_PROJECTION = 3 };   /* version of the rows: another one is folded anew */

typedef struct Docket Docket;     /* opaque; one thread */

/* Makes a docket in `dir`; its first event is written with its first act. */
Fail docket_create(const char *dir, HashKind hash, Fault *fault) MUST_USE;

typedef enum DocketUse {
    DOCKET_READ,      /* one state of the docket, as it was when it was opened */
    DOCKET_WRITE,     /* rows of another version are folded anew; due days that a new notice moved
                         are counted again and logged (policy P10) */
    DOCKET_REBUILD,   /* for docket_rebuild: also when rows are missing or broken */
    DOCKET_VERIFY,    /* as DOCKET_READ, also when stream 0 is broken */
    DOCKET_FOLLOW,    /* for reading again and again: docket_look begins each look */
} DocketUse;

/* Opens a docket; *ret_moved (may be NULL) is how many due days were moved by opening it. */
Fail docket_open(const char *dir, Law *law, DocketUse use, int64_t now, Docket **ret_docket,
                 size_t *ret_moved, Fault *fault) MUST_USE;
void docket_close(Docket *docket);   /* NULL ok */
Ledger *docket_ledger(Docket *docket);
Law *docket_law(Docket *docket);
/* Reads stream 0 again from its beginning: another program may have recorded a law or a notice, or
 * what this one recorded was rolled back. What was folded before is to be forgotten: it may point
 * into the old reading. */
Fail docket_renew(Docket *docket, Fault *fault) MUST_USE;
/* DOCKET_FOLLOW: ends the look before and begins a new one, at the state of the docket now; reads
 * stream 0 anew when another wrote to it (what was folded before is then to be forgotten).
 * *ret_version is ledger_version. docket_look_away ends it. */
Fail docket_look(Docket *docket, int64_t *ret_version, Fault *fault) MUST_USE;
void docket_look_away(Docket *docket);
/* With what the docket adopted. */
const Calendar *docket_calendar(const Docket *docket);

/* A matter folded from the record. */
typedef struct Folded {
    Arena arena;             /* holds everything below */
    Str name;
    int64_t id;              /* 0: it is not in the record */
    int64_t seq;             /* events so far */
    const Edition *edition;  /* NULL when it is not in the record */
    Str law;                 /* hash of its law, hex */
    Facts facts;
    Act *acts;
    size_t acts_count, acts_capacity;
    Matter matter;
    Buf parts;               /* its parts as the rows have them, packed (docket_parts.c). Owned;
                                folded_done frees it */
    bool parts_known;
    char parts_calendar[16]; /* fingerprint of the calendar under which they were counted */
} Folded;

/* Folds a matter as it stands; an unknown name gives id 0. folded_done frees it. */
Fail docket_fold(Docket *docket, Str name, Folded *ret_folded, Fault *fault) MUST_USE;
void folded_done(Folded *folded);
/* The position of a folded matter on a day; fault when the record does not fit its law. */
Fail docket_position(Docket *docket, Folded *folded, Day on, const Position **ret_position,
                     Fault *fault) MUST_USE;

typedef struct Wanted {      /* an act that somebody wants done */
    Str matter;
    const Edition *edition;  /* whose act it is; a new matter is opened under it, an open one has
                                the same or another text of the same edition */
    const Facts *facts;      /* a new matter */
    bool facts_given;        /* they were named: a fault where the matter is open already */
    Act act;                 /* under that edition */
    bool day_left_out;       /* nobody named a day: a repeated key may come on another one */
    Str key;                 /* empty: none */
    int64_t seq_seen;        /* decided upon a matter with so many events: FAIL_CONFLICT when it has
                                others now; 0: whatever it has */
    int64_t now;             /* milliseconds since 1970 */
} Wanted;

typedef struct Done {
    bool repeated;           /* the key was used for the same act before: nothing was done now */
    bool again;              /* somebody else acted meanwhile: it was decided a second time */
    Decision decision;       /* why it was refused, or which warnings came; lives in `folded` */
    int64_t seq;
} Done;

/* Does one act: decided on what stands in the record, written, durable when FAIL_NONE.
 * FAIL_REFUSED: the law refuses (done.decision) or the key was used for another act (fault).
 * `folded` is filled with the matter after the act; folded_done frees it in every case. */
Fail docket_act(Docket *docket, const Wanted *wanted, Folded *folded, Done *ret_done,
                Fault *fault) MUST_USE;

/* Inside a write transaction of the ledger, for those who group acts: decides and appends, without
 * projecting; then projects the rows once. */
Fail docket_append(Docket *docket, Folded *folded, const Wanted *wanted, Decision *ret_decision,
                   Fault *fault) MUST_USE;
Fail docket_project(Docket *docket, Folded *folded, bool fresh, Fault *fault) MUST_USE;
/* The row of a folded matter; texts borrowed from it, `packed` for the clocks. */
MatterRow docket_row(Docket *docket, Folded *folded, Buf *packed);

/* Folds every row anew from the record. *ret_matters is how many. */
Fail docket_rebuild(Docket *docket, int64_t *ret_matters, Fault *fault) MUST_USE;

typedef struct Moved {       /* a due day that another calendar moved or made firm; borrowed */
    Str matter, clock, of;   /* `of`: whose clock it is; empty: nobody's */
    const Edition *edition;
    Day from, to;
    bool provisional_before, provisional;
} Moved;
typedef void MovedEach(void *with, const Moved *moved);
/* Adopts a State Council notice; hears of every due day that moves. */
Fail docket_adopt(Docket *docket, Str text, Str file, int64_t now, MovedEach *each, void *with,
                  size_t *ret_moved, Fault *fault) MUST_USE;

typedef struct Verified {
    int64_t events, matters;
    HashKind hash;
    Hash head;
    int64_t bad_n;           /* first broken event; 0: none */
    Str bad_matter;          /* its matter, where known; in arena given */
    int64_t bad_seq;
    Word bad_why;
} Verified;

/* Every hash, every sequence, every spelling, every fold, every row, every page. FAIL_REFUSED when
 * one fails: `ret_verified` says which. FAIL_SYSTEM: the file is damaged or cannot be read; the
 * events up to ret_verified->events are whole. */
Fail docket_verify(const char *dir, Law *law, Arena *arena, Verified *ret_verified,
                   Fault *fault) MUST_USE;
/* The same, and the event with the hash `noted`, a head that was written down earlier, must still
 * be there: without such a note nobody can see that the end of a record was cut off. */
Fail docket_verify_noted(const char *dir, Law *law, const Hash *noted, Arena *arena,
                         Verified *ret_verified, Fault *fault) MUST_USE;

/* Case scripts and exports: docket_move.c. */
typedef struct Imported {
    size_t done;             /* acts written */
    size_t known;            /* acts that stood there already */
    size_t events;           /* of an export */
    const Position *position;   /* of the script as a whole, with what was refused; in arena */
} Imported;
Fail docket_import(Docket *docket, Arena *arena, Str text, Str file, int64_t now,
                   Imported *ret_imported, Fault *fault) MUST_USE;
/* The whole record as portable text; of a docket that was opened for reading. */
Fail docket_export(Docket *docket, Buf *buf, Fail (*flush)(void *with, Buf *buf, Fault *fault),
                   void *with, Fault *fault) MUST_USE;

#endif
