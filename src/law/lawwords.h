/* lawwords.h: the words of the law in one language: what a stage, an act, a body is called. Read
 * from words/LANG.yaml, laid over by the edition's own words.yaml where its term differs; and the
 * clauses of an edition. Floor 1, pure.
 *
 * words/zh.yaml is a map of kinds, each a map of ids: `act: {declare: 申报, …}`. Kinds: act, stage,
 * clock, duty, outcome, role, member, department, sector, material, commitment, factor, category,
 * finding, level, method, scope, ground, trigger, field, notice, holiday, policy (title),
 * policy_reason, edition (title), edition_short. */
#ifndef SHENCHA_LAWWORDS_H
#define SHENCHA_LAWWORDS_H

#include "folder.h"
#include "yaml.h"

typedef struct LawWords {
    const Node *shared;     /* root of words/LANG.yaml */
    const Node *own;        /* the edition's map for this language, or NULL */
} LawWords;

/* In arena. `ret_words->shared`, when already set, is kept: the shared file is read once a
 * language. An empty edition id reads the shared words alone. */
Fail lawwords_read(Arena *arena, const LawFolder *folder, Str edition_id, Language language,
                   LawWords *ret_words, Fault *fault) MUST_USE;
/* The word for kind and id; the id itself when there is none. */
Str lawwords_get(const LawWords *words, const char *kind, Str id);
/* A party for people: "Ministry of Finance", "Office"; "member/xyz" as it is when unknown. */
Str lawwords_party(const LawWords *words, Str role, Str id);

/* A conflict between two sources and the reading that the program follows. */
typedef struct ClauseConflict {
    Str says, but, follows;         /* in the language asked for */
} ClauseConflict;

typedef struct ClauseText {
    Str number;
    Str text;                       /* own words, in the language asked for */
    Str not_executable;             /* reason why no rule covers it; empty when one does */
    bool unverified;                /* not confirmed in a source */
    const ClauseConflict *conflicts;
    size_t conflicts_count;
    const Node *node;
} ClauseText;

typedef struct ClauseTexts {
    Str title, issued_by, source;   /* of the edition, in the language asked for */
    const ClauseText *at;
    size_t count;
} ClauseTexts;

/* editions/ID/clauses.yaml. In arena. */
Fail clauses_read(Arena *arena, const LawFolder *folder, Str edition_id, Language language,
                  ClauseTexts *ret_clauses, Fault *fault) MUST_USE;

#endif
