/* editiondiff.h: what changed between two editions, by subject and not by line. Floor 3, pure. */
#ifndef SHENCHA_EDITIONDIFF_H
#define SHENCHA_EDITIONDIFF_H

#include "edition.h"

typedef enum Subject {
    SUBJECT_FORCE, SUBJECT_COUNTING, SUBJECT_ROLE, SUBJECT_RECIPIENT, SUBJECT_GROUND,
    SUBJECT_TRIGGER, SUBJECT_MATERIAL, SUBJECT_FACTOR, SUBJECT_CATEGORY, SUBJECT_COMMITMENT,
    SUBJECT_METHOD, SUBJECT_STAGE, SUBJECT_CLOCK, SUBJECT_DUTY, SUBJECT_ACT, SUBJECT_FINDING,
    SUBJECT_OUTCOME, SUBJECT_NOTICE, SUBJECT_COUNT
} Subject;

typedef enum ChangeKind { CHANGE_ADDED, CHANGE_REMOVED, CHANGE_CHANGED, CHANGE_MOVED } ChangeKind;

typedef struct Change {
    Subject subject;
    ChangeKind kind;         /* CHANGE_MOVED: the same under another clause number */
    Str id;
    const char *what;        /* word of what changed: "working_days", "by", "in" …; or NULL */
    Str before, after;       /* in arena; ids and numbers, clause numbers for CHANGE_MOVED */
} Change;

/* In the order of the subjects. In arena. */
const Change *editiondiff(Arena *arena, const Edition *from, const Edition *to, size_t *ret_count);
const char *subject_id(Subject subject);   /* "clock", "act" … */

#endif
