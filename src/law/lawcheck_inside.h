/* lawcheck_inside.h: what the rooms of the check share. Floor 1, inside law only. */
#ifndef SHENCHA_LAWCHECK_INSIDE_H
#define SHENCHA_LAWCHECK_INSIDE_H

#include "lawcheck.h"

typedef struct Checking {
    Arena *arena;
    LawCheck *check;
    const Edition *edition;
    const Node *review;          /* procedures.review */
    const Node *acts;            /* its acts: items in the order of edition->acts */
} Checking;

/* Notes a fault, or a note, at a node. Unused arguments are STR_NONE. */
void check_fault(Checking *checking, const Node *node, Word word, Str one, Str two);
void check_note(Checking *checking, const Node *node, Word word, Str one, Str two);
/* Where a word of a branch stands: in the branch, else in its act; else the branch itself. */
const Node *check_word(const Checking *checking, size_t act, const Branch *branch,
                       const char *word);
/* The same for one id of a list, or the key of a map, that stands under the word. */
const Node *check_word_id(const Checking *checking, size_t act, const Branch *branch,
                          const char *word, Str id);

/* One way a matter may stand. Over-approximated: what may be asked of people may be answered yes
 * or no, and any number of addressees may still owe. */
typedef struct State {
    StageId stage;
    ActId opened_by;             /* ID_NONE where no guard asks */
    uint32_t clocks;             /* running, started by acts */
    uint32_t open, laid;         /* duties owed by somebody; ever laid */
    uint64_t done;               /* acts since the stage was entered, of those that guards name */
    uint64_t ever;               /* acts ever done, of those that references name */
} State;

typedef struct BranchSeen {      /* what the walk saw of one branch */
    bool visited;                /* one of its stages was reached, or it opens */
    bool done;                   /* it could be done at least once */
    uint32_t done_in;            /* stages in which it could */
    uint32_t running;            /* clocks that ran when it was done, those of duties included */
    uint32_t twice;              /* clocks it started although they ran */
    uint32_t outlive;            /* clocks that ran on when it ended the matter */
    uint32_t owed;               /* duties open when it was done */
    bool unsaid;                 /* its outcome points at an act that had not been done */
    uint8_t held, failed;        /* guards of `needs` that held, that failed, at least once */
    uint8_t warn_held, warn_failed;
} BranchSeen;

typedef struct Walk {
    State *states;
    size_t count, capacity;
    bool cut;                    /* more states than the bound */
    uint32_t reached;            /* stages */
    uint32_t left;               /* stages that some act leaves */
    uint32_t timed;              /* stages in which some clock may run */
    uint32_t ends;               /* stages of which every state has a way to the end */
    uint32_t sometimes[EDITION_STAGES_MAX];   /* clocks started by acts that may run in a stage */
    uint32_t always[EDITION_STAGES_MAX];      /* those that run whenever a matter is there */
    uint32_t laid, met;          /* duties ever laid; ever answered or lifted */
    BranchSeen seen[EDITION_ACTS_MAX][EDITION_BRANCHES_MAX];
} Walk;

/* Walks every state that a matter under this edition can stand in. In arena. */
const Walk *walk_edition(Arena *arena, const Edition *edition);
/* Clocks of the open duties of a state. */
uint32_t walk_duty_clocks(const Edition *edition, uint32_t open);

/* lawcheck_stages.c, lawcheck_duties.c, lawcheck_acts.c: one edition. */
void check_stages(Checking *checking, const Walk *walk);
void check_clocks(Checking *checking, const Walk *walk);
void check_duties(Checking *checking, const Walk *walk);
void check_acts(Checking *checking, const Walk *walk);
void check_branches(Checking *checking);
/* lawcheck_clauses.c, lawcheck_words.c: the files beside the procedures. */
void check_clauses(Checking *checking, const LawFolder *folder);
/* `all_read`: no edition of the folder is missing among `editions`. */
void check_words(Checking *checking, const LawFolder *folder, const Edition *const *editions,
                 size_t count, bool all_read);

#endif
