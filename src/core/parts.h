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
    Day due;                 /* earliest due day of a clock that this waits under; DAY_NONE: none */
} MatterPart;

/* Sorted by hat. Awaited from a role: an act that it may do in this stage and that moves the stage
 * or answers a duty, unless policy alone gives it (withdraw). Auditors have no rows: they read the
 * whole list. In arena. */
const MatterPart *parts_of(Arena *arena, const Matter *matter, const Act *acts, size_t acts_count,
                           const Calendar *calendar, Day on, size_t *ret_count);

#endif
