/* actpage.h: what pages/act.html shows: the form of an act, filled from the edition's data. Floor
 * 6. */
#ifndef SHENCHA_ACTPAGE_H
#define SHENCHA_ACTPAGE_H

#include "casepage.h"

typedef enum Control {
    CONTROL_LINE, CONTROL_TEXT, CONTROL_LINES, CONTROL_NUMBER, CONTROL_DAY,
    CONTROL_RADIO, CONTROL_CHECKS, CONTROL_SELECT,
} Control;

typedef struct ChoiceSaid {
    Str id, input, text;         /* value; id of the input; its word */
    ClauseLink clause;
    bool chosen;
} ChoiceSaid;

typedef struct FieldSaid {
    Str id, name, label, hint;   /* id of the input or fieldset; hint empty: none */
    Str fault;                   /* empty: none */
    Str text;
    Control control;
    bool required, urged;
    const ChoiceSaid *choices;   size_t choices_count;
} FieldSaid;

typedef struct ActView {
    Str matter, title;           /* number and title of the matter */
    Str action;                  /* where the form goes */
    Str act;
    ClauseLink clause;
    const Str *does;             size_t does_count;      /* what it does, a sentence each */
    Str refusal;                 /* the law does not allow it as things stand; empty: it may */
    ClauseLink refusal_clause;
    bool dead;                   /* no form is shown: nothing that is typed could change it */
    Str seal;                    /* why it is not offered yet; empty: it is */
    const FieldSaid *first;      size_t first_count;
    const FieldSaid *more;       size_t more_count;
    bool more_open;
    size_t faults;
    Str key, seen;
    Str draft;                   /* that this form changes; empty: none */
    bool two_persons;            /* is signed by another person */
    const EventSaid *meanwhile;  size_t meanwhile_count;
    /* an opinion */
    bool opinion;
    const GivenSaid *suggestion; size_t suggestion_count;
    const GivenSaid *proposal;   size_t proposal_count;    /* of a matter that somebody proposed */
    const FindingSaid *findings; size_t findings_count;
    Day due;                     /* the reader's own; DAY_NONE: none */
    Str answered;                /* "4 of 13 have answered" */
    /* beside other acts */
    const Str *asked;            size_t asked_count;     /* who will be asked */
    const DutySaid *duties;      size_t duties_count;    /* opinions, as far as they may be seen */
    const ClockSaid *clocks;     size_t clocks_count;    /* that the act extends */
} ActView;

/* act_view.c */
/* The fields of a form as a page shows them. */
void act_fields(const Case *of, const ActForm *form, ActView *view);
/* What the act does here, its clause, and what the law says now. */
void act_head(const Case *of, const MayDo *may, ActView *view);
/* Would the law refuse it whatever is typed? Fills refusal and dead. */
void act_try(const Case *of, const MayDo *may, ActView *view);
typedef struct SignView {        /* an act that somebody drafted and another signs */
    Str matter, title, act, act_id, draft;
    ClauseLink clause, two_persons;
    Str drafter, remark;
    int64_t at;
    const GivenSaid *given;      size_t given_count;
    bool mine;                   /* this reader drafted it */
    bool may_sign;
    bool sent_back;
    Str refusal;
    ClauseLink refusal_clause;
    Word fault;                  /* of the remark; WORD_NONE: none */
} SignView;

/* act_hints.c */
/* What is expected in a field of an act; WORD_NONE: nothing is said of it. */
Word act_hint(Str act, Str field);
/* act_beside.c */
/* The suggestion and findings on which an opinion is asked. */
void act_opinion(const Case *of, const MayDo *may, ActView *view);
/* What is suggested, who will be asked, who answered what, what an extension brings. */
void act_beside(const Case *of, const MayDo *may, ActView *view);
/* What can be filled in from the record, in arena; NULL: nothing. */
const TypedList *act_prefilled(const Case *of, const MayDo *may);
/* act_pages.c */
/* Does an act of the matter of the address as if its form had been sent with `typed` (key, seen,
 * with.FIELD …): done, or the act's own page with what is wrong. */
void act_take(Request *request, Reply *reply, Str act, const TypedList *typed);
/* Was a form with this key sent before, for this act (empty: for any) of the matter of the address
 * and by this person? Then the reply is made. */
bool act_sent_before(Request *request, Reply *reply, Str act);
/* act_sign.c */
/* The typed form becomes a draft that waits for a signature; with `draft` typed, that one. */
Fail sign_hand_over(Request *request, Str matter, Str edition, Str act, int64_t *ret_draft,
                    Fault *fault) MUST_USE;
Str sign_address(Request *request, Str matter, int64_t draft);
/* A draft of this hat for this matter that wants two persons; false: none. In arena. */
bool sign_draft_of(Request *request, Str id, Str matter, Draft *ret_draft);
Handler sign_show, sign_typed;
void act_refusal(const Case *of, const Decision *decision, ActView *view);

#endif
