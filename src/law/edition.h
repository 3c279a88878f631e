/* edition.h: one edition of the law as the program runs it, read from
 * law/editions/ID/procedure.yaml. Immutable after reading. The program knows stages, clocks, duties
 * and acts; it knows no edition. docs/law-format.md tells the words of the file. Floor 1, pure. */
#ifndef SHENCHA_EDITION_H
#define SHENCHA_EDITION_H

#include "day.h"
#include "folder.h"
#include "yaml.h"

typedef uint8_t StageId, ActId, ClockId, DutyId, FieldId, RoleId;
enum { ID_NONE = 0xFF };

/* A clause is its number as the edition counts it ("10", "7(3)"), or a project policy ("P5"). */
static inline bool clause_is_policy(Str clause)
{
    return clause.len >= 2 && clause.at[0] == 'P' && clause.at[1] >= '0' && clause.at[1] <= '9';
}

typedef struct Cites {
    Str at[EDITION_CITES_MAX];
    uint8_t count;
} Cites;

typedef struct Group {       /* members, sectors: a list of ids in the edition's order */
    Str id;
    const Str *ids;
    size_t count;
} Group;

typedef enum RoleKind {
    ROLE_ONE,                /* operator, office: written as it is */
    ROLE_LISTED,             /* member/cac: the id stands in a group */
    ROLE_NAMED,              /* institution/a: any id */
} RoleKind;

typedef struct Role {
    Str id;
    RoleKind kind;
    const Group *group;      /* ROLE_LISTED only */
} Role;

typedef struct Party {       /* who acts or is asked */
    RoleId role;             /* index into edition->roles */
    Str id;                  /* empty for ROLE_ONE */
} Party;

static inline bool party_eq(Party a, Party b)
{
    return a.role == b.role && str_eq(a.id, b.id);
}

typedef struct Stage {
    Str id;
    bool special;            /* belongs to the special review: an act's last clause speaks here */
    bool final;              /* the matter has ended: no clock runs any more */
    Cites clause;
    const Node *node;        /* where it stands, for messages */
} Stage;

typedef struct ClockKind {
    Str id;
    int working_days;
    Str clause;
    const Node *node;
} ClockKind;

typedef enum OwedBy {
    OWED_BY_RECIPIENTS,      /* the matter's recipients, one each */
    OWED_BY_FIELD,           /* the party or parties in a field of the imposing act */
} OwedBy;

typedef struct DutyKind {    /* what somebody owes in this matter */
    Str id;
    OwedBy of;
    FieldId of_field;        /* OWED_BY_FIELD; the act may leave it out: then nobody is named */
    ClockId clock;           /* one clock per addressee, or ID_NONE */
    FieldId result;          /* yes_no field that `agreed` and `disagreed` look at, or ID_NONE */
    FieldId name;            /* field that names one of several (with.id), or ID_NONE */
    bool several;            /* `several: with.id`: many may be open at once; the name is needed as
                                soon as another is open. Where only `told_apart: with.F` is written,
                                name is set and several is not: an answer without the name answers
                                all that its addressee owes */
    bool repeatable;         /* may be answered again */
    bool silence_disagrees;  /* overdue counts as disagreement (P5) */
    bool sealed;             /* nobody sees another's answer before the round is over */
    bool restarts;           /* an answer restarts the clocks it holds; otherwise they resume */
    uint32_t holds;          /* mask of clocks held while it is open */
    Str clause;
    Str silence_clause;      /* clause or policy of silence_disagrees */
    const Node *node;
} DutyKind;

typedef enum FieldKind {
    FIELD_YES_NO, FIELD_WHOLE_NUMBER, FIELD_ONE_OF, FIELD_SOME_OF, FIELD_TEXT, FIELD_TEXTS,
    FIELD_DAY, FIELD_PARTY, FIELD_PARTIES, FIELD_OBJECT,
} FieldKind;

typedef struct Field {       /* what an act may be given in `with` */
    Str id;
    FieldKind kind;
    const Str *values;       /* FIELD_ONE_OF, FIELD_SOME_OF: allowed words */
    size_t values_count;
    int64_t low, high;       /* FIELD_WHOLE_NUMBER, both included */
    uint32_t roles;          /* FIELD_PARTY, FIELD_PARTIES: mask of roles; a lone id is completed
                                when one role is allowed */
    Str fallback;            /* FIELD_ONE_OF: `default:`, counts where left out; may be empty */
    bool free_unasked;       /* FIELD_ONE_OF: the words bind where an act asks for the field;
                                elsewhere any text may stand (the finding on one factor) */
    const Node *node;
} Field;

typedef struct Material {
    Str id;
    Str clause;
    bool optional;
    FieldId when_field;      /* required only when this field of the filing has when_value */
    Str when_value;
} Material;

typedef struct ListItem {    /* commitments, factors, categories: an id with its clause */
    Str id;
    Str clause;
} ListItem;

typedef struct List {
    Str id;                  /* commitments, factors, categories, levels … */
    const ListItem *items;
    size_t count;
} List;

/* What a guard or branch looks at. */
typedef enum RefKind {
    REF_WITH,                /* with.FIELD: this act */
    REF_ACT,                 /* ACT.FIELD: last given by that act */
    REF_PURCHASE,            /* purchase.KEY: a fact of the matter; absent counts as no */
} RefKind;

typedef struct Ref {
    RefKind kind;
    ActId act;               /* REF_ACT */
    FieldId field;           /* REF_WITH, REF_ACT */
    Str key;                 /* REF_PURCHASE */
} Ref;

typedef struct Equal {       /* ref has this value: true, false or a word */
    Ref ref;
    Str value;
} Equal;

typedef enum GuardKind {
    GUARD_COMPLETE,          /* complete: materials|commitments — all required ones of the last
                                act that gave the field */
    GUARD_DONE,              /* done: [ACT…] since this stage was last entered */
    GUARD_OPENED_BY,         /* opened_by: [ACT…] */
    GUARD_NONE_OPEN,         /* none_open: DUTY */
    GUARD_ANSWERED,          /* answered: DUTY — at least one has answered */
    GUARD_AGREED,            /* agreed: DUTY — asked, all answered, all yes */
    GUARD_DISAGREED,         /* disagreed: DUTY — one said no, or silence says so */
    GUARD_IN_TIME,           /* in_time: CLOCK — not after its due day; held is in time */
    GUARD_ON_REGISTER,       /* on_register: {accredited: with.FIELD} — the party stands there */
    GUARD_GIVEN,             /* given: {REF: VALUE…} — all hold */
    GUARD_ANY_GIVEN,         /* any_given: {REF: VALUE…} — at least one holds */
} GuardKind;

typedef struct Guard {
    GuardKind kind;
    Str object;              /* list for COMPLETE, register for ON_REGISTER */
    DutyId duty;
    ClockId clock;
    uint64_t acts;           /* mask, DONE and OPENED_BY */
    Ref ref;                 /* ON_REGISTER */
    const Equal *equals;     /* GIVEN, ANY_GIVEN */
    uint8_t equals_count;
    Str clause;              /* of the rule that refuses; empty: the act's own */
    const Node *node;
} Guard;

typedef enum OutcomeKind { OUTCOME_NONE, OUTCOME_WORD, OUTCOME_REF } OutcomeKind;

enum { MOOT_ALL = -1 };

typedef struct Extension {
    ClockId clock;           /* ID_NONE: no extension */
    int days;                /* > 0, or 0: taken from field */
    FieldId field;
} Extension;

typedef struct Branch {
    uint32_t in;             /* mask of stages; 0 when it only opens */
    StageId opens;           /* first stage of a new matter, or ID_NONE */
    StageId to;              /* next stage, or ID_NONE: stays */
    Equal when[EDITION_WHEN_MAX];
    uint8_t when_count;
    Guard needs[EDITION_GUARDS_MAX];
    uint8_t needs_count;
    Guard warns[EDITION_GUARDS_MAX];   /* false guard: a warning, never a refusal */
    uint8_t warns_count;
    uint64_t asks;           /* mask of fields: refused without; the act's and the branch's */
    int at_most;             /* times in the matter; 0: any number */
    uint32_t starts, stops, voids, moots;     /* masks of clocks; moots all = every bit */
    Extension extends;
    DutyId imposes;          /* ID_NONE: none */
    uint32_t fulfils, lifts; /* masks of duties */
    OutcomeKind outcome_kind;
    Str outcome;             /* OUTCOME_WORD */
    Ref outcome_ref;         /* OUTCOME_REF */
    uint8_t notices[4];      /* indices into edition->notices */
    uint8_t notices_count;
    Str clause;              /* own clause of this branch; empty: by the rule of act_clause */
    const Node *node;
} Branch;

typedef struct ActKind {
    Str id;
    uint32_t by;             /* mask of roles */
    Str two_persons;         /* clause or policy by which one person drafts it and another signs;
                                empty: one is enough. The service asks for it, no rule does */
    bool by_addressee;       /* instead: an addressee of the duty that the branch fulfils */
    const Branch *branches;
    uint8_t branches_count;
    uint64_t fields;         /* mask: asked or may be asked, for forms and help */
    Cites clause;            /* first: ordinary review; last: special review */
    const Node *node;
} ActKind;

typedef struct NoticeKind {  /* a written notice of the procedure (not of the calendar) */
    Str id;
    Str to;                  /* role id, or with.FIELD */
    Cites clause;
} NoticeKind;

typedef struct Policy {      /* what the law does not say and the project decided */
    Str id;                  /* P5 */
    Str reason;              /* words id: policy.P5 */
} Policy;

typedef struct Edition {
    Str id;
    Day from, until;         /* in force [from, until); both DAY_NONE for a draft; until DAY_LAST
                                while in force */
    Day drafted;                   /* day of a draft; DAY_NONE when it is not told */
    Str calendar;
    bool first_day_counted;
    Str first_day_clause, held_days_clause;
    const Role *roles;          size_t roles_count;
    const Group *groups;        size_t groups_count;
    const Stage *stages;        size_t stages_count;
    const ClockKind *clocks;    size_t clocks_count;
    const DutyKind *duties;     size_t duties_count;
    const Field *fields;        size_t fields_count;
    const Material *materials;  size_t materials_count;
    const List *lists;          size_t lists_count;    /* commitments, factors, categories… */
    const Str *outcomes;        size_t outcomes_count;
    const Str *outcome_clauses;
    const NoticeKind *notices;  size_t notices_count;
    const ActKind *acts;        size_t acts_count;
    const Policy *policies;     size_t policies_count;
    const Party *recipients;    size_t recipients_count;   /* default, without the department */
    bool recipients_department;    /* the department of the purchase's sector follows */
    RoleId department_role;        /* role of that department, ID_NONE when there is none */
    uint32_t recipient_roles;      /* mask of roles that may be recipients; 0: the edition asks
                                      nobody */
    Str recipients_clause;
    const StageId *usual;          /* for each stage the next one on the shortest ordinary way to an
                                      end: no policy, no early end, no special review from outside
                                      it; ID_NONE where there is none */
    const Node *root;              /* of procedure.yaml */
    Str text;                      /* the file's bytes */
} Edition;

/* Reads one edition. Every fault found goes into `faults` (up to its bound), each with its place;
 * returns FAIL_INPUT when there was one. The static checks beyond reading (reachability, clocks…)
 * are lawcheck.h's. */
Fail edition_read(Arena *arena, const LawFolder *folder, Str id, const Edition **ret_edition,
                  FaultList *faults) MUST_USE;
/* From the text of a procedure and of common/bodies.yaml alone (the record keeps both). */
Fail edition_read_text(Arena *arena, Str procedure, Str shown, Str bodies,
                       const Edition **ret_edition, FaultList *faults) MUST_USE;
/* Ids of all editions of the folder, by the day from which they are or would have been the law:
 * drafts by the day of the draft. In arena. */
Fail edition_ids(Arena *arena, const LawFolder *folder, const Str **ret_ids, size_t *ret_count,
                 Fault *fault) MUST_USE;
/* Id of the edition in force on `day`; empty when there is none. Reads only the heads. */
Fail edition_in_force(Arena *arena, const LawFolder *folder, Day day, Str *ret_id, Fault *fault)
    MUST_USE;

/* Lookups by word; ID_NONE when the edition does not know it. */
ActId edition_act(const Edition *edition, Str id);
StageId edition_stage(const Edition *edition, Str id);
ClockId edition_clock(const Edition *edition, Str id);
DutyId edition_duty(const Edition *edition, Str id);
FieldId edition_field(const Edition *edition, Str id);
RoleId edition_role(const Edition *edition, Str id);
const Group *edition_group(const Edition *edition, Str id);
const List *edition_list(const Edition *edition, Str id);
/* "member/cac" or "office" as a party. False when the edition does not know the role or the id. */
bool edition_party(const Edition *edition, Str text, Party *ret_party);
/* "member/cac", "office"; role/any for ROLE_LISTED and ROLE_NAMED with an empty id: "member/…". */
void buf_put_party(Buf *buf, const Edition *edition, Party party);
/* The clause that an act stands on in a stage: the branch's own when `branch` is not NULL and has
 * one; otherwise the last of its clauses in a stage of the special review, the first elsewhere.
 * `stage` may be ID_NONE (no matter yet). */
Str act_clause(const Edition *edition, const ActKind *act, const Branch *branch, StageId stage);

#endif
