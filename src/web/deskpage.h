/* deskpage.h: what pages/desk.html shows: desks, lists, the month, figures. All of it comes from
 * rows of the projections that passed the gate (store/ledger.h: Listed); no matter is folded here.
 * Floor 6. */
#ifndef SHENCHA_DESKPAGE_H
#define SHENCHA_DESKPAGE_H

#include "agenda.h"
#include "say.h"

enum { ROWS_SHOWN = 50, STRIP_WEEKS = 8, CHART_WEEKS = 12, COUNT_MAX = 10000 };

typedef struct RowSaid {         /* one line a matter */
    Str name, title, edition, stage;
    Str task;                    /* the act that waits for this reader; empty: none */
    Day due;
    Str left;                    /* "3 working days left", "overdue by 2 working days" */
    const char *tone;            /* of `left`: "", warn, bad, quiet */
    bool overdue, blocked, held, provisional, ended;
    Str outcome;                 /* empty: none, or not to be told */
    const char *outcome_tone;
} RowSaid;

typedef struct Rows {
    const RowSaid *at;
    size_t count;
    bool more;                   /* there are others behind */
    Day last_due;                /* of the last of them, for paging */
    int64_t last_id;
} Rows;

typedef struct DueSaid {         /* a matter on its due day */
    Str name, title;
} DueSaid;

typedef struct DayCell {
    Day day;
    int of_month, month;
    bool outside, today, past, first;    /* first: its month is told */
    const char *tone;            /* work, off, holiday, worked */
    Str why;                     /* why it is off or worked; empty: an ordinary day */
    int due;
    const DueSaid *matters;  size_t matters_count;
    int more;                    /* due, but not named */
} DayCell;

typedef struct DayRow {
    DayCell cells[7];
} DayRow;

typedef struct Days {
    const DayRow *weeks;  size_t weeks_count;
    const DayCell *const *told;  size_t told_count;   /* holidays and worked days among them */
} Days;

typedef struct DraftSaid {
    Str act, title, address;
    int64_t at;
    bool to_sign;
} DraftSaid;

typedef struct DeskView {
    Days strip;
    Rows mine, blocked, others, ended;
    const DraftSaid *drafts;     size_t drafts_count;
    const DraftSaid *to_sign;    size_t to_sign_count;
    Str overdue;                 /* "3 are overdue"; empty: none */
    Str opening;                 /* where this reader begins a matter; empty: nowhere */
    bool acts;                   /* not an auditor: something may wait for them */
} DeskView;

typedef struct Choice {
    Str id, name;
    bool chosen;
} Choice;

typedef struct MattersView {
    Str text, due, show;
    Day due_day;
    const Choice *stages;        size_t stages_count;
    const Choice *editions;      size_t editions_count;
    const Choice *shows;         size_t shows_count;
    Rows rows;
    Str count;                   /* "124 matters" */
    Str next, first;             /* addresses; empty: none */
    bool filtered, tasks;
} MattersView;

typedef struct MonthView {
    int year, month;
    Str name;                    /* "November 2026" */
    Str before, after, value;    /* addresses; "2026-11" */
    Str before_name, after_name;
    Days days;
    Str provisional;             /* a sentence; empty: that year's notice is published */
    Str due;                     /* "12 fall due in this month" */
} MonthView;

typedef struct BarSaid {
    Str label, value, second;
    int x, y, height;            /* of the drawing */
    int second_x, second_y, second_height;
    bool bad;
} BarSaid;

typedef struct ChartSaid {       /* standing bars, one or two a label */
    Str question, answer, label_head, first_name, second_name;
    const BarSaid *bars;         size_t bars_count;
    int width, bar_width;
} ChartSaid;

typedef struct LastedSaid {      /* how long one clock took, beside its limit */
    Str clock, edition;
    int64_t count, over;         /* how many ended; of them beyond their limit */
    int limit_x, least, most, allowed;
    Str median;
    const BarSaid *dots;         size_t dots_count;   /* x, height: its radius */
} LastedSaid;

typedef struct StageBar {
    Str stage, count;
    int width;
} StageBar;

typedef struct ChartsView {
    ChartSaid due, flow;
    bool flow_seen;
    const LastedSaid *lasted;    size_t lasted_count;
    const StageBar *stages;      size_t stages_count;
    Str lasted_answer, stages_answer;
} ChartsView;

/* desk_rows.c */
Str desk_hat(const Request *request);    /* as the projections name who is signed in */
Ledger *desk_ledger(const Request *request);
Fail desk_list(Request *request, const ListFilter *filter, size_t limit, Rows *ret_rows,
               Fault *fault) MUST_USE;
/* desk_days.c: whole weeks that touch [from, until], with what falls due for this reader. */
Fail desk_days(Request *request, Day from, Day until, bool names, Days *ret_days,
               Fault *fault) MUST_USE;
/* How many open matters fall due on these days (DAY_NONE: no bound); at most COUNT_MAX. */
Fail desk_count(Request *request, Day from, Day until, int64_t *ret_count, Fault *fault) MUST_USE;
/* The administrator has no desk: sent to the people. True when so. */
bool desk_elsewhere(Request *request, Reply *reply);
/* matters_pages.c, month_pages.c, chart_pages.c */
Handler matters_show, month_show, charts_show;

#endif
