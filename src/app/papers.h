/* papers.h: the documents of matters and drafts: files in DIR/papers, what they are in DIR/desk.db.
 * Floor 5; every call may come from any thread. A file is written under a name of its own while it
 * comes in, hashed as it comes (SM3, the docket's hash), and is there whole or not at all; what an
 * upload that broke off left is swept when the service starts. The record keeps each hash
 * (with.documents: "ID KIND SM3"); names stay out of it. */
#ifndef SHENCHA_PAPERS_H
#define SHENCHA_PAPERS_H

#include "access.h"
#include "desk.h"
#include "hash.h"

typedef struct Paper {
    Str id;                  /* "d17" */
    Str kind;                /* a material of the edition, or "record", "evidence", "contract" */
    Str name;                /* as its owner called it: shown, never used as a path */
    int64_t size;
    Hash hash;
    Str matter;              /* empty while it lies in a draft */
    int64_t draft;           /* 0: none */
    Str act;                 /* word of the act it came with; empty while in a draft */
    Str hat, org;            /* who gave it: the hat as buf_put_hat writes it */
    int64_t person, at;      /* who and when (milliseconds) */
    bool filed;              /* belongs to an act on the record: can no longer be removed */
} Paper;

typedef struct Upload Upload;   /* opaque; one thread at a time */

enum { PAPER_NAME_BYTES_MAX = 255 };
#define PAPER_BYTES_MAX ((int64_t)4 << 30)

/* Begins: `paper` says kind, name, matter or draft, hat, org, person, at. The name is cleaned:
 * folders, control and direction characters go; a name that is no UTF-8 is a fault. */
Fail upload_begin(Desk *desk, const Paper *paper, Upload **ret_upload, Fault *fault) MUST_USE;
Fail upload_bytes(Upload *upload, const void *bytes, size_t count, Fault *fault) MUST_USE;
/* Synced, named, and in the database: *ret_paper in arena. The upload is freed in every case. */
Fail upload_end(Upload *upload, Arena *arena, Paper *ret_paper, Fault *fault) MUST_USE;
void upload_drop(Upload *upload);   /* leaves nothing behind; NULL ok */

/* Those of a matter (draft 0) or a draft (matter empty), in the order they came. In arena. */
Fail papers_of(Desk *desk, Arena *arena, Str matter, int64_t draft, const Paper **ret_papers,
               size_t *ret_count, Fault *fault) MUST_USE;
Fail paper_find(Desk *desk, Arena *arena, Str id, bool *ret_found, Paper *ret_paper,
                Fault *fault) MUST_USE;
/* Open for reading; *ret_file is the caller's to close. */
Fail paper_open(Desk *desk, const Paper *paper, int *ret_file, Fault *fault) MUST_USE;
Fail paper_remove(Desk *desk, const Paper *paper, Fault *fault) MUST_USE;   /* not when filed */
/* The papers of a draft now belong to an act of a matter. */
Fail papers_file(Desk *desk, int64_t draft, Str matter, Str act, Fault *fault) MUST_USE;
/* "d17 analysis_report 9f…": as with.documents has it. */
void paper_put_reference(Buf *buf, const Paper *paper);

#endif
