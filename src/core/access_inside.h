/* access_inside.h: what the files of the gate share: access.c, access_acts.c, access_do.c, parts.c.
 * Floor 2, inside the core only. */
#ifndef SHENCHA_ACCESS_INSIDE_H
#define SHENCHA_ACCESS_INSIDE_H

#include "ties.h"

/* A standing in steps, so that parts.c folds the ties once for many hats. False: this hat has no
 * part in any matter of the edition. */
bool standing_begin(Standing *standing, const Hat *hat, const Matter *matter, const Act *acts,
                    size_t acts_count, uint32_t sealed);
void standing_tie(void *with, Party party, uint32_t n, TieKind kind);   /* a TieEach */
void standing_end(Standing *standing);

/* Mask of sealed duties whose latest round runs on this day. */
uint32_t sealed_rounds(const Matter *matter, const Calendar *calendar, Day on);
bool under_seal(const Standing *standing, const Owed *owed);

/* Is this a capacity in which organisations are told apart? */
bool by_org(Capacity capacity);
/* Is the organisation the one that the facts name? *ret_alone: it is the only one. */
bool org_named(const Matter *matter, Capacity capacity, Str org, bool *ret_alone);
/* The act of that number; NULL: none. */
const Act *act_of(const Standing *standing, uint32_t n);
bool own_act(const Standing *standing, const Act *act);

Sight sees_act(const Standing *standing, const Thing *thing);
Sight sees_owed(const Standing *standing, const Owed *owed);
Sight sees_answer(const Standing *standing, const Owed *owed);
Sight sees_doing(const Standing *standing, ActId doing);

#endif
