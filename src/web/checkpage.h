/* checkpage.h: what pages/check.html shows: the formal check of what was filed, item by item,
 * beside what the edition asks for. It ends in one of the edition's own acts: the filing is
 * accepted, or returned with a reason for every item that is not in order. Floor 6. */
#ifndef SHENCHA_CHECKPAGE_H
#define SHENCHA_CHECKPAGE_H

#include "casepage.h"

typedef enum CheckMark { MARK_NONE, MARK_FINE, MARK_MISSING, MARK_WRONG, MARK_COUNT } CheckMark;

typedef struct CheckItem {       /* a material, or a commitment */
    Str id, name;
    ClauseLink clause;
    bool needed;                 /* it must be in order before the filing is accepted */
    bool given;                  /* the filing names it */
    bool fact;                   /* something declared, not a material or commitment */
    Str told;                    /* what the filing says of it; empty: nothing */
    const PaperSaid *papers;     size_t papers_count;
    const Str *before;           size_t before_count;     /* why the filing before was returned */
    CheckMark mark;
    Str remark;
    Word fault;                  /* WORD_NONE: none */
} CheckItem;

typedef struct CheckView {
    Str matter, title, action;
    const CheckItem *materials;  size_t materials_count;
    const CheckItem *promises;   size_t promises_count;
    ClauseLink promises_clause;  /* by which a missing one is pointed out */
    const CheckItem *facts;      size_t facts_count;
    const ClockSaid *clocks;     size_t clocks_count;     /* open ones … */
    const Str *left;             /* … and what each has left */
    Str accept, send_back;       /* the acts, as the edition calls them; empty: not possible now */
    ClauseLink accept_clause, send_back_clause;
    Str reasons, note;
    Word fault;                  /* of the reasons; WORD_NONE: none */
    size_t faults;
    Str key, seen;
} CheckView;

#endif
