/* parts.h: who has a part in a matter, and what waits for each: the rows from which desks and lists
 * are made. Floor 2, pure. The same gate as access.h: a hat has a row exactly when it may know. */
#ifndef SHENCHA_PARTS_H
#define SHENCHA_PARTS_H

#include "access.h"

typedef struct MatterPart {
    Str hat;                 /* as buf_put_hat writes it; in arena */
    ActId awaited;           /* the first act that is waited for from it; ID_NONE: nothing */
    bool blocked;            /* it is waited for, but others must answer first (a request is out,
                                opinions are out) */
    Day due;                 /* earliest due day of an open clock that the hat may see; DAY_NONE */
    Day since;               /* day of the act from which it knows the matter */
} MatterPart;

/* Sorted by hat. Awaited from a role, in this order: what it was asked and has not answered; what
 * the usual way to the next stage still lacks (the suggestion before the circulation) or that step
 * itself; another step that the answers allow. Never what policy alone gives (withdraw). While a
 * sealed round runs no answer is looked at. A hat that knows a matter once knows it for good.
 * Auditors have no rows: they read the whole list. In arena. */
const MatterPart *parts_of(Arena *arena, const Matter *matter, const Act *acts, size_t acts_count,
                           const Calendar *calendar, Day on, size_t *ret_count);

#endif
