/* matter.h: one matter under one edition: what happened, and what the law makes of it. Floor 2,
 * pure: no time, no file, no database, no locale; today's day comes in as an argument.
 *
 *   Act ── matter_decide ──▶ Decision ── matter_apply ──▶ Matter
 *            │ refused: a value with its clause, not an error
 *
 * Acts that were not refused are the events; a matter is their fold and nothing else. Rebuild,
 * audit, "as of that day" and simulation are the same fold. */
#ifndef SHENCHA_MATTER_H
#define SHENCHA_MATTER_H

#include "calendar.h"
#include "edition.h"

typedef enum ValueKind { VALUE_YES_NO, VALUE_NUMBER, VALUE_TEXT, VALUE_MANY } ValueKind;

typedef struct Value {
    ValueKind kind;
    bool yes;            /* VALUE_YES_NO */
    int64_t number;      /* VALUE_NUMBER */
    Str text;            /* VALUE_TEXT: a word, a text, a day, a party as "member/cac" */
    const Str *many;     /* VALUE_MANY: words, texts, parties, in the order given */
    size_t many_count;
} Value;

typedef struct Given {
    FieldId field;
    Value value;
} Given;

typedef struct Act {     /* one act as somebody wants it done; all borrowed */
    uint32_t n;          /* 1-based place in the script, or sequence in the docket; for reports */
    Day on;
    Party by;            /* role ID_NONE: a party that this edition does not know */
    ActId act;           /* ID_NONE: an act that this edition does not have */
    Str by_word, act_word;   /* as written, for reports */
    Str person;              /* who did it, by number ("p12"; "p12 for p7": as their deputy); empty:
                                not told. No rule reads it */
    bool assumed;        /* its day or existence is not public */
    const Given *given;
    uint8_t given_count;
} Act;

/* The value of a field, or NULL. */
const Value *act_given(const Act *act, FieldId field);

typedef struct Fact {    /* of the purchase: cii, signed, conditional … */
    Str key;
    Value value;
} Fact;

/* What is known of a matter beside its acts; fixed when it opens. Borrowed by the matter. */
typedef struct Facts {
    const Fact *purchase;
    size_t purchase_count;
    const Party *recipients;     /* who is asked for an opinion, in order; see facts_recipients */
    size_t recipients_count;
    bool accredited_given;       /* false: every institution counts as accredited */
    const Str *accredited;       /* ids without "institution/" */
    size_t accredited_count;
} Facts;

/* The edition's default recipients: every member body in order, then the department of `sector`
 * where the edition asks it and `sector` is not empty. In arena. */
void facts_recipients(Arena *arena, const Edition *edition, Str sector, Facts *facts);
/* The purchase fact of that key, or NULL. */
const Value *facts_purchase(const Facts *facts, Str key);

typedef enum ClockEnd { CLOCK_OPEN, CLOCK_STOPPED, CLOCK_MOOT, CLOCK_VOID } ClockEnd;

typedef struct ClockRun {        /* one run of a clock; those of a matter in the order of start */
    ClockId clock;
    ClockEnd end;
    bool assumed;                /* rests on an assumed act */
    Party of;                    /* the addressee whose clock it is; of.role ID_NONE: nobody's */
    Day started;                 /* the last restart, if there was one */
    Day stopped;                 /* DAY_NONE while open */
    int allowed;                 /* working days, with extensions */
    uint32_t started_by;         /* n of the act */
} ClockRun;

typedef enum OwedState { OWED_OPEN, OWED_ANSWERED, OWED_LIFTED } OwedState;

typedef struct Owed {            /* a duty laid on one addressee */
    DutyId duty;
    OwedState state;
    bool result_given, result;   /* the answer's yes or no */
    bool current;                /* belongs to the latest round of this duty */
    bool assumed;                /* the act that laid it, answered or lifted it was assumed */
    Party by;                    /* addressee; role ID_NONE when nobody was named */
    Str name;                    /* with.id of one of several; may be empty */
    Day laid;
    Day closed;                  /* answered or lifted on; DAY_NONE while open */
    uint32_t clock;              /* index into clocks, or UINT32_MAX */
    uint32_t laid_by, closed_by; /* n of the acts; 0 */
} Owed;

typedef struct Matter {
    const Edition *edition;      /* borrowed */
    const Facts *facts;          /* borrowed */
    Arena *arena;                /* where the lists below grow */
    StageId stage;               /* ID_NONE before the first act */
    ActId opened_by;             /* ID_NONE before the first act */
    Str outcome;                 /* empty while there is none */
    bool outcome_assumed;
    Day last_on;                 /* day of the last act done; DAY_NONE before the first */
    uint32_t acts_done;
    uint32_t stage_since;        /* acts_done when this stage was last entered */
    ClockRun *clocks;
    size_t clocks_count, clocks_capacity;
    Owed *owed;
    size_t owed_count, owed_capacity;
    const Act *last[EDITION_ACTS_MAX];        /* latest done act of each kind; must stay alive */
    uint32_t done_at[EDITION_ACTS_MAX];       /* acts_done at that act, 1-based; 0: never */
    uint16_t branch_times[EDITION_ACTS_MAX][EDITION_BRANCHES_MAX];
} Matter;

/* An empty matter. `facts` must not be NULL. Everything borrowed must outlive it. */
void matter_init(Matter *matter, Arena *arena, const Edition *edition, const Facts *facts);

typedef enum DecisionKind { DECISION_DONE, DECISION_REFUSED } DecisionKind;

enum { DECISION_WARNINGS_MAX = EDITION_GUARDS_MAX };

/* What an argument of a refusal's sentence is, so that a reader gets its word in their language. */
typedef enum ArgKind {
    ARG_TEXT, ARG_ACT, ARG_STAGE, ARG_STAGES, ARG_FIELD, ARG_MATERIALS, ARG_PARTY, ARG_ROLES,
    ARG_ACTS, ARG_CLOCK, ARG_DUTY, ARG_DAY, ARG_NUMBER, ARG_WORDS,
} ArgKind;

enum { DECISION_ARGS_MAX = 4, DECISION_IDS_MAX = 16 };

typedef struct Arg {
    ArgKind kind;
    Str text;                    /* id, or text as it is */
    uint64_t mask;               /* ARG_STAGES, ARG_ROLES, ARG_ACTS */
    int64_t number;              /* ARG_NUMBER, ARG_DAY */
    Party party;                 /* ARG_PARTY */
    Str ids[DECISION_IDS_MAX];   /* ARG_MATERIALS, ARG_WORDS */
    uint8_t ids_count;
} Arg;

typedef struct Decision {
    DecisionKind kind;
    const ActKind *act;
    const Branch *branch;        /* DECISION_DONE */
    Str clause;                  /* of the refusal; empty: no such act, or a day out of order */
    Word why;                    /* sentence of the refusal, arguments below */
    const Arg *args;             /* in arena; NULL when there is none */
    uint8_t args_count;
    const Guard *guard;          /* the guard that refused, or NULL */
    const Guard *warnings[DECISION_WARNINGS_MAX];   /* of an act that was done */
    uint8_t warnings_count;
} Decision;

/* May this act be done now? Never changes the matter. The order of the questions is fixed: does the
 * edition have the act — is the day in order — is the act open in this stage — may this role do it
 * — is everything asked for there — which branch — how often — the guards, in the order written —
 * can the duty be laid, answered or lifted. */
Decision matter_decide(const Matter *matter, const Calendar *calendar, const Act *act,
                       Arena *arena);

/* Does a decided act. `act` and what it points to must outlive the matter. Effects come in a fixed
 * order: stop, void, moot → answer, lift → extend → outcome → stage → start → impose. */
void matter_apply(Matter *matter, const Act *act, const Branch *branch);

/* Finds the branch without asking guards again: for the fold of recorded acts. NULL when the act
 * cannot have been done here, which means that the record does not fit the law it names. */
const Branch *matter_branch(const Matter *matter, const Act *act);

#endif
