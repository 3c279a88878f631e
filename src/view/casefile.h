/* casefile.h: a matter through somebody's eyes: the position, passed through the gate (access.h).
 * Pages, and later the API, show this and nothing else. Floor 3, pure. */
#ifndef SHENCHA_CASEFILE_H
#define SHENCHA_CASEFILE_H

#include "access.h"
#include "position.h"

typedef enum StepState { STEP_PASSED, STEP_HERE, STEP_AHEAD } StepState;

typedef struct StageStep {   /* the path: stages passed, the one here, the usual ones ahead */
    StageId stage;
    StepState state;
    bool special;
    Day since;               /* DAY_NONE ahead */
} StageStep;

/* `done` is a copy that holds no more than may be shown: of an act seen bare no field, no person,
 * no warning, and of its doer the role alone; of a notice no field that is the Office's own. Acts
 * are numbered as this reader counts them, without gaps. */
typedef struct SeenAct {
    const DoneView *done;
    Sight sight;             /* BARE or FULL; what is not seen is not here */
    bool own;                /* done by this hat's party and organisation */
    uint32_t n;              /* of the record: never for showing */
} SeenAct;

typedef struct SeenOwed {
    const Owed *owed;
    const ClockView *clock;  /* its clock, or NULL */
    bool answered, overdue;
    bool sealed;             /* answered, and what was said is not yet to be seen */
    bool mine;               /* laid on this hat */
    const Act *answer;       /* NULL unless the answer may be seen */
} SeenOwed;

typedef struct MayDo {       /* what may happen next */
    const ActKind *act;
    const Branch *branch;
    Str clause;
    uint32_t by;             /* mask of roles; 0: those asked */
    bool mine;               /* this hat may do it */
    bool under_seal;         /* not offered until the sealed round is over */
    Day seal_until;          /* latest due day of that round */
} MayDo;

typedef struct CaseFile {
    const Position *position;    /* whole: not for showing */
    const Facts *facts;          /* NULL when they may not be seen; recipients and the register
                                    only for those who see everything */
    Standing standing;
    const StageStep *steps;      size_t steps_count;
    const ClockView *const *clocks; size_t clocks_count;   /* those that may be seen */
    const SeenAct *acts;         size_t acts_count;        /* oldest first */
    const SeenOwed *owed;        size_t owed_count;
    const MayDo *may;            size_t may_count;
    bool outcome_seen;
} CaseFile;

/* NULL when the hat may not know the matter: to be answered like one that is not there. In arena;
 * borrows position, facts and acts. */
const CaseFile *casefile_of(Arena *arena, const Hat *hat, const Position *position,
                            const Facts *facts, const Act *acts, size_t acts_count);
/* Number of the acts that this hat may see: when it has not changed since a form was shown, nothing
 * has changed for its reader. */
size_t casefile_seen(const CaseFile *file);
/* May the reader be told of this duty, say as what held a clock? `owed` is an index into
 * position->matter->owed (Hold.owed, ExplainDay.hold): when not, "held" is all there is to say. */
bool casefile_sees_owed(const CaseFile *file, uint32_t owed);

#endif
