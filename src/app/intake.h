/* intake.h: facts of a matter from what was typed into a form: the same checks as a case script's.
 * Floor 5. */
#ifndef SHENCHA_INTAKE_H
#define SHENCHA_INTAKE_H

#include "actform.h"
#include "edition.h"

/* Reads facts of the purchase: names are keys of a script's `purchase`, empty values are passed
 * over. Recipients follow from the edition and the sector. On FAIL_INPUT *ret_bad is the index of
 * the one that cannot be. In arena. */
Fail intake_facts(Arena *arena, const Edition *edition, const Typed *typed, size_t count,
                  Facts *ret_facts, size_t *ret_bad, Fault *fault) MUST_USE;
/* Money as people write it ("38,600,000.00", "38 600 000") as the record has it ("38600000.00");
 * what cannot be is given back as it is. In arena. */
Str intake_amount(Arena *arena, Str text);

#endif
