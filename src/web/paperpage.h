/* paperpage.h: what the pages of documents show: those of a matter, answering a request, handing
 * materials to the Office. Floor 6. */
#ifndef SHENCHA_PAPERPAGE_H
#define SHENCHA_PAPERPAGE_H

#include "request.h"
#include "say.h"

typedef struct PaperRow {
    Str id, name, kind, hash, who, act;
    int64_t size, at;
    bool full;               /* may be opened; else name and hash alone */
} PaperRow;

typedef struct PapersView {
    Str matter, title;
    const PaperRow *rows; size_t rows_count;
} PapersView;

typedef struct RequestRow {  /* a request that is open for this party */
    Str id;                  /* with.id; may be empty */
    Str reason;
    const Str *items; size_t items_count;
    Day laid;
    ClauseLink clause;
    bool chosen;
} RequestRow;

typedef struct KindChoice {
    Str id, name;
    bool chosen;
} KindChoice;

typedef struct AnswerView {
    Str matter, title, act_name, address;
    const RequestRow *requests; size_t requests_count;
    int64_t draft;           /* 0: not begun yet */
    int64_t saved_at;
    const Paper *papers; const Str *paper_kinds; size_t papers_count;
    const KindChoice *kinds; size_t kinds_count;
    const PaperRow *given; size_t given_count;      /* handed in before by this party */
    Str note, key;
    Str fault;               /* told at the top; empty: none */
    Word note_fault;
    bool voluntary;          /* no act of the law: handed to the Office */
    bool own;                /* the Office: records and evidence of its own work */
    bool ended;              /* the matter is at its end: nothing more is taken */
    bool sent;               /* it has just been handed in */
    bool may_answer;         /* voluntary page: a request is open as well */
} AnswerView;

/* paper_pages.c */
/* Those of a matter that this hat may see, as rows. `own` alone: those that it gave. */
Fail paper_rows(Request *request, const CaseFile *file, bool own, const PaperRow **ret_rows,
                size_t *ret_count, Fault *fault) MUST_USE;
Str title_of_matter(const Folded *folded);

/* paper_upload.c: files into a draft, and out of one. */
Handler paper_upload_begins, paper_upload_done, draft_paper_page, draft_paper_remove;

/* answer_pages.c: answering a request; handing materials to the Office. */
Handler answer_page, answer_sent, supply_page, supply_sent;
/* Shows the page of an answer's draft once more, with a fault. */
void answer_again(Request *request, Reply *reply, const Draft *draft, Str fault);

#endif
