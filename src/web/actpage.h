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
    Str key, seen, seq;
    const EventSaid *meanwhile;  size_t meanwhile_count;
    /* an opinion */
    bool opinion;
    const GivenSaid *suggestion; size_t suggestion_count;
    const FindingSaid *findings; size_t findings_count;
    Day due;                     /* the reader's own; DAY_NONE: none */
    Str answered;                /* "4 of 13 have answered" */
} ActView;

/* act_view.c */
/* The fields of a form as a page shows them. */
void act_fields(const Case *of, const ActForm *form, ActView *view);
/* What the act does here, its clause, and what the law says now. */
void act_head(const Case *of, const MayDo *may, ActView *view);
void act_opinion(const Case *of, const MayDo *may, ActView *view);
/* Would the law refuse it whatever is typed? Fills refusal and dead. */
void act_try(const Case *of, const MayDo *may, ActView *view);
void act_refusal(const Case *of, const Decision *decision, ActView *view);

#endif
