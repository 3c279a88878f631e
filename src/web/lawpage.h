/* lawpage.h: what pages/law.html shows: the editions, and the clauses of one in our own words with
 * the rules that stand on each. Public. Floor 6. */
#ifndef SHENCHA_LAWPAGE_H
#define SHENCHA_LAWPAGE_H

#include "out.h"

typedef struct EditionSaid {
    Str id, title, force;        /* "in force since 2022-02-15" */
    bool current, draft;
} EditionSaid;

typedef struct ConflictSaid { Str says, but, follows; } ConflictSaid;

typedef struct ClauseSaid {      /* or a policy */
    Str number, heading, anchor; /* "7", "clause 7", "clause-7" */
    Str title;                   /* of a policy */
    Str text, not_executable;
    bool unverified;
    const ConflictSaid *conflicts; size_t conflicts_count;
    const Str *rules;            size_t rules_count;
} ClauseSaid;

typedef struct LawView {
    EditionSaid edition;
    Str issued_by, source;       /* source: an address, told as text */
    const ClauseSaid *clauses;   size_t clauses_count;
    const ClauseSaid *policies;  size_t policies_count;
} LawView;

typedef struct EditionsView {
    const EditionSaid *at;
    size_t count;
} EditionsView;

#endif
