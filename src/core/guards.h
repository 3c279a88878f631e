/* guards.h: what guards and effects look at in a matter. Floor 2, inside the core only. */
#ifndef SHENCHA_GUARDS_H
#define SHENCHA_GUARDS_H

#include "dayclock.h"

/* True when the act answers or lifts this open duty: of a duty with `several`, the one that the act
 * names, or the only one open; where the act's doer must be the addressee, that doer's (all of
 * them, or those it names); otherwise every open one. A repeatable duty is picked when answered,
 * too. */
bool owed_picked(const Matter *matter, const Owed *owed, DutyId duty, const Act *act,
                 bool addressee);
/* How many of a duty's latest round are open. */
size_t owed_open(const Matter *matter, DutyId duty);
/* Open run of a clock, the latest; NULL when none runs. */
ClockRun *clock_running(const Matter *matter, ClockId clock);
/* What a reference points at, as a word ("true", "false", a word, a text); empty when not given.
 * A fact of the purchase that is not given is "false"; a field left out has its default word. */
Str ref_word(const Matter *matter, const Act *act, const Ref *ref);
bool equal_holds(const Matter *matter, const Act *act, const Equal *equal);
/* Does the guard let the act pass on this day? */
bool guard_passes(const Matter *matter, const Calendar *calendar, const Act *act,
                  const Guard *guard);
/* Materials or commitments of the guard that are missing, as ids; at most `max`; returns how many
 * are missing in all. */
size_t guard_missing(const Matter *matter, const Guard *guard, Str *ret_ids, size_t max);

#endif
