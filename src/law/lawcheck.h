/* lawcheck.h: is a law folder sound? Every fault that can be found before a rule runs, with its
 * place and a sentence for lawyers; and notes of what the law leaves open. Floor 1, pure.
 *
 * Faults: what cannot be read; ids unknown or twice; citations of clauses that the edition lacks;
 * clauses that no rule covers and no reason excuses; stages nobody reaches or leaves; clocks that
 * cannot start or stop, run twice or outlive the matter; duties nobody can meet; circulations
 * without both exits; branches that overlap or leave a case open; words missing or left over; days
 * with no edition in force or two. Notes: stages and duties without a period; ends of which nobody
 * is told; clauses not confirmed in a source. */
#ifndef SHENCHA_LAWCHECK_H
#define SHENCHA_LAWCHECK_H

#include "edition.h"

typedef struct LawCheck {
    FaultList faults;            /* any of them: the folder is not sound */
    FaultList notes;
    size_t editions, clauses, acts, clocks, words, notices;   /* how many were looked at */
} LawCheck;

/* Looks at a whole folder. Never fails itself: what cannot be read is among the faults. Everything
 * in arena. */
void law_check(Arena *arena, const LawFolder *folder, LawCheck *ret_check);
/* Looks at the procedure of one edition that was read without faults, and at nothing else. */
void law_check_procedure(Arena *arena, const Edition *edition, LawCheck *check);

#endif
