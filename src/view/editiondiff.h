/* editiondiff.h: what changed between two editions, by subject and not by line. Floor 3, pure. */
#ifndef SHENCHA_EDITIONDIFF_H
#define SHENCHA_EDITIONDIFF_H

#include "edition.h"

typedef enum Subject {
    SUBJECT_FORCE, SUBJECT_COUNTING, SUBJECT_ROLE, SUBJECT_RECIPIENT, SUBJECT_GROUND,
    SUBJECT_TRIGGER, SUBJECT_MATERIAL, SUBJECT_FACTOR, SUBJECT_CATEGORY, SUBJECT_COMMITMENT,
    SUBJECT_METHOD, SUBJECT_STAGE, SUBJECT_CLOCK, SUBJECT_DUTY, SUBJECT_ACT, SUBJECT_FINDING,
    SUBJECT_OUTCOME, SUBJECT_NOTICE, SUBJECT_POLICY, SUBJECT_COUNT
} Subject;

typedef enum ChangeKind { CHANGE_ADDED, CHANGE_REMOVED, CHANGE_CHANGED, CHANGE_MOVED } ChangeKind;

typedef struct Change {
    Subject subject;
    ChangeKind kind;         /* CHANGE_MOVED: the same under another clause number */
    Str id;
    const char *what;        /* the word of the law format that changed: "working_days", "by",
                                "needs" …; NULL where the thing itself did */
    Str before, after;       /* in arena: ids and numbers, several divided by ", "; a condition is
                                its word and what it looks at ("done suggest"); CHANGE_MOVED:
                                clause numbers. Empty: nothing stood there */
} Change;

/* In the order of the subjects. In arena. */
const Change *editiondiff(Arena *arena, const Edition *from, const Edition *to, size_t *ret_count);
const char *subject_id(Subject subject);   /* "clock", "act" … */

/* A condition as the law writes it: "done suggest hear", "given determine_subject.review=true". */
void guard_put(Buf *buf, const Edition *edition, const Guard *guard);
/* "suggest.finding", "purchase.signed", "need". */
void ref_put(Buf *buf, const Edition *edition, const Ref *ref);

/* The words of a branch in the order of branch_words, each as its items divided by ", ". Adds to
 * the lists what they do not hold yet; the caller is done with them. */
enum { BRANCH_WORDS = 17 };
extern const char *const branch_words[BRANCH_WORDS];
void branch_put(Buf lists[BRANCH_WORDS], const Edition *edition, const Branch *branch);

/* editiondiff_rules.c, for editiondiff.c alone. */
typedef struct Diff {
    Arena *arena;
    const Edition *from, *to;
    Change *changes;
    size_t count, capacity;
} Diff;
void diff_add(Diff *diff, Change change);
/* Nothing when both are equal. */
void diff_changed(Diff *diff, Subject subject, Str id, const char *what, Str before, Str after);
void diff_moved(Diff *diff, Subject subject, Str id, const Cites *before, const Cites *after);
/* What the buffer holds, in arena; the buffer is done. */
Str diff_kept(Diff *diff, Buf *buf);
void diff_acts(Diff *diff);
void diff_duties(Diff *diff);

#endif
