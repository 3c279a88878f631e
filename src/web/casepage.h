/* casepage.h: what pages/case.html shows: a matter, through the eyes of who is signed in.
 * Everything comes from a CaseFile, which passed the gate. Floor 6. */
#ifndef SHENCHA_CASEPAGE_H
#define SHENCHA_CASEPAGE_H

#include "explain.h"
#include "say.h"

typedef struct LinkSaid {        /* address empty: text alone */
    Str text, address;
} LinkSaid;

typedef struct StepSaid {
    Str name;
    const char *tone;            /* passed, here, ahead */
    StepState state;
    bool special;                /* belongs to the special review … */
    bool branch;                 /* … and is the first that does */
    Day since;
} StepSaid;

typedef struct CountCell {       /* one day of a count */
    Day day;
    int of_month, month;
    bool first;                  /* the first cell shown of its month: the month is told */
    bool outside;                /* not of the count */
    const char *tone;            /* counted, off, worked, held, start; today is apart */
    int number;                  /* counted: which one; 0 otherwise */
    bool today;
    Str said;                    /* for those who do not see the cell: why */
} CountCell;

typedef struct CountWeek {
    CountCell cells[7];
} CountWeek;

typedef struct CountNote {       /* days that are not what their weekday says, in a row */
    Day from, to;
    Str why;
} CountNote;

typedef struct ClockSaid {
    uint32_t number;             /* of the page: #clock-N */
    Str name;
    const Str *of;  size_t of_count;   /* whose clocks these are, when several look alike */
    Str state;
    const char *tone;            /* of the state's tag: "", ok, warn, bad, quiet */
    Str count;                   /* "9 of 30 working days" */
    Str over;                    /* "2 working days over"; empty: not over */
    bool open, bar;
    Day started, due;            /* due DAY_NONE: see no_due */
    Str no_due;
    int held_days;
    Str held;                    /* "held 3 working days"; empty: none */
    Str provisional;             /* a sentence; empty: firm */
    bool assumed;
    int used, allowed;           /* of the bar: used / allowed, at most 1 … */
    int late;                    /* … and this much of it again is over, 0..allowed */
    ClauseLink clause;
    const CountWeek *weeks;  size_t weeks_count;
    Str weeks_left;              /* a sentence when the count is longer than what is shown */
    const CountNote *notes;  size_t notes_count;
    Str extended;                /* what an extension would bring; empty: none is possible */
    ClauseLink extension;
} ClockSaid;

typedef struct EventSaid {       /* an act in the timeline */
    uint32_t n;                  /* its anchor, #act-N, and its notices */
    Day on;
    Str act, who, person;
    bool bare, own, assumed;
    ClauseLink clause;
    Str moved;                   /* "Screening → Preliminary review"; empty: stayed */
    const GivenSaid *given;  size_t given_count;
    const LinkSaid *notices; size_t notices_count;
    const Str *warnings;     size_t warnings_count;
} EventSaid;

typedef struct DoSaid {          /* what may happen next */
    Str act, who;
    bool usual;                  /* waited for from this reader */
    Str address;                 /* of its form; empty: no form for this hat now */
    ClauseLink clause;
    Str seal;                    /* why it is not offered now; empty: it is */
    ClauseLink two_persons;      /* one drafts it, another signs; empty: one is enough */
} DoSaid;

typedef struct SignSaid {        /* an act that was drafted and is not yet signed */
    Str act, address, drafter;
    int64_t at;
    bool mine;                   /* this reader drafted it */
    bool may_sign;
    bool sent_back;
    ClauseLink clause;           /* by which two persons do it */
} SignSaid;

typedef struct OwedSaid {        /* a request, or an opinion asked for */
    Str who, name;
    Day laid, due, closed;
    uint32_t laid_by, closed_by; /* acts, for links; 0: not to be seen */
    Str state;
    const char *tone;
    Str silence;                 /* what an overdue one counts as */
    bool sealed;
    const Str *items;            size_t items_count;     /* asked for */
    const GivenSaid *answer;     size_t answer_count;
} OwedSaid;

typedef struct DutySaid {        /* all that is owed of one kind */
    Str title, id;
    ClauseLink clause, silence;
    Str seal;                    /* "sealed until …"; empty: open */
    Str summary;                 /* "4 of 11 have answered" */
    bool request;                /* materials asked for, not opinions */
    bool timed, any_answer;
    const OwedSaid *owed;        size_t owed_count;
} DutySaid;

typedef struct FindingSaid {
    Str factor;
    ClauseLink clause;
    bool assessed;
    Day on;
    uint32_t n;
    Str level, who, person;
    const char *tone;
    Str said;                    /* what was found; empty: nothing in words */
    const GivenSaid *given;      size_t given_count;     /* without factor, level and that */
} FindingSaid;

typedef struct PaperSaid {
    Str id, name, kind, hash;    /* hash: its beginning */
    Str kind_id;                 /* "analysis_report" */
    Str whole_hash;
    bool full;                   /* may be opened; otherwise name and hash alone */
    int64_t size, at;
    Str who;
} PaperSaid;

typedef struct FactSaid {
    Str label;
    const Str *values;           size_t values_count;
    Str key;                     /* of the fact; empty: it is told of the matter otherwise */
} FactSaid;

typedef struct CaseView {
    Str name, title;
    Str edition, edition_id;
    Str outcome;                 /* empty: none, or not to be seen */
    const char *outcome_tone;
    Str declared_by, supplier;
    Day on, today;
    bool earlier;                /* as of a day that has passed */
    bool ended;
    bool auditor;
    size_t events;               /* that this reader may see */
    const StepSaid *steps;       size_t steps_count;
    const ClockSaid *clocks;     size_t clocks_count;
    size_t clocks_open;          /* they come first */
    const EventSaid *timeline;   size_t timeline_count;  /* newest first */
    const DoSaid *mine;          size_t mine_count;
    const DoSaid *others;        size_t others_count;
    const SignSaid *signs;       size_t signs_count;
    const DutySaid *duties;      size_t duties_count;
    const FindingSaid *findings; size_t findings_count;
    const PaperSaid *papers;     size_t papers_count;
    ClauseLink done_clause;
    Str done;                    /* the act that this reader has just done; empty: none */
    bool may_supply;             /* may give documents of its own … */
    Str hand_in;                 /* … which is called so */
    const FactSaid *facts;       size_t facts_count;
    bool facts_seen;
} CaseView;

typedef struct PeriodSaid {      /* a clock that the act of a notice began */
    Str clock, length;           /* "30 working days" */
    Day due;                     /* DAY_NONE: none */
    bool provisional;
} PeriodSaid;

typedef struct NoticeView {      /* a written notice, as a page to read and to print */
    Str name, title, notice;
    Str number;                  /* of the document; empty: none */
    Str to;
    Day on;
    Str act, by, moved, outcome;
    const char *outcome_tone;
    ClauseLink rests_on;         /* of the act */
    const ClauseLink *clauses;   size_t clauses_count;   /* of the duty to tell */
    Str edition;
    const GivenSaid *given;      size_t given_count;
    const PeriodSaid *periods;   size_t periods_count;
    bool may_act;                /* this reader has something to do in the matter */
} NoticeView;

/* What the parts of the page are made from. */
typedef struct Case {
    Request *request;
    const CaseFile *file;
    Say say;
} Case;

/* case_clocks.c: #clock-N counts from 1 in the order of file->clocks. */
void case_clocks(const Case *of, CaseView *view);
/* case_acts.c */
void case_timeline(const Case *of, CaseView *view);
EventSaid case_event(const Case *of, const SeenAct *seen);
void case_findings(const Case *of, CaseView *view);
/* case_next.c */
void case_next(const Case *of, CaseView *view);
void case_duties(const Case *of, CaseView *view);
/* act_sign.c: what waits for a signature, for whoever may sign it or drafted it. */
Fail case_signs(const Case *of, CaseView *view, Fault *fault) MUST_USE;
/* case_things.c */
Fail case_papers(const Case *of, CaseView *view, Fault *fault) MUST_USE;
void case_facts(const Case *of, CaseView *view);
Str case_title(const Case *of);
/* May this reader give documents to the matter without an act: the supplier, and the Office its own
 * records and evidence. */
bool case_hands_in(const Request *request, const CaseFile *file);
Word case_hand_in_word(const CaseFile *file);   /* what that is called */
Str case_org(const Case *of, Str id);   /* name of an organisation by its id; the id itself */
const char *case_outcome_tone(Str outcome);
/* check_pages.c */
typedef enum CheckStep { CHECK_NOT, CHECK_ACCEPTS, CHECK_RETURNS } CheckStep;
/* Does the branch of an act end the check of what was filed, at that stage? */
CheckStep check_step(const Edition *edition, StageId stage, const Branch *branch);
/* act_pages.c: the case page, with a word that this act is done. */
Str case_done_address(Request *request, Str matter, Str act);
/* notice_pages.c */
Handler notice_show;

#endif
