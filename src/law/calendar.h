/* calendar.h: working days under the State Council's notices, as known on a day. Floor 1, pure.
 *
 * A notice says which days of a year are off and which weekend days are worked. A later notice
 * overrides an earlier one day by day; both stay. A year for which no notice was published by the
 * day of knowledge is provisional: weekends, and the statutory days as far as they are known. */
#ifndef SHENCHA_CALENDAR_H
#define SHENCHA_CALENDAR_H

#include "day.h"
#include "folder.h"
#include "yaml.h"

typedef enum DayStatus {
    DAY_NORMAL,      /* the notice sets the day back to what its weekday says */
    DAY_OFF,
    DAY_WORKED,      /* a weekend day that is worked (make-up day) */
} DayStatus;

typedef struct NoticeDay {
    Day day;
    DayStatus status;
    Str holiday;        /* id: new_year spring_festival qingming labour dragon_boat mid_autumn
                           national; words as holiday.ID */
} NoticeDay;

typedef struct Notice {
    Str number;             /* 国办发明电〔2018〕15号 */
    bool number_unverified; /* number not seen in a source */
    Str title;
    Day dated, published;   /* published is what counts for `known on` */
    Str source;             /* address */
    int year;               /* the year it publishes, or whose statutory days it tells; 0 for an
                               amendment */
    Str amends;             /* number of the notice that it amends; empty otherwise */
    NoticeDay *days;        /* sorted by day */
    size_t days_count;
    Str file;               /* for messages */
    const Node *node;       /* root of its file, for messages */
    Str text;               /* the file's bytes */
    bool statutory;         /* not a notice: statutory days of a year not yet published; it has
                               no number; `published` is the day from which the regulation counts */
} Notice;

typedef struct Notices {
    Notice *at;             /* sorted by published, then by number; statutory ones first */
    size_t count;
} Notices;

/* All notices of a folder, and of a second one laid over it (NULL for none): same number in both is
 * a fault, unless the texts are equal. In arena. */
Fail notices_read(Arena *arena, const LawFolder *folder, const LawFolder *overlay,
                  Notices *ret_notices, Fault *fault) MUST_USE;
/* One notice from its YAML text. */
Fail notice_read(Arena *arena, Str text, Str file, Notice *ret_notice, Fault *fault) MUST_USE;
/* `notices` plus one more (copied array, in arena); a number that stands already is a fault. */
Fail notices_with(Arena *arena, const Notices *notices, const Notice *more, Notices *ret_notices,
                  Fault *fault) MUST_USE;

typedef struct Calendar {
    Day first, last;           /* days covered, both included: DAY_YEAR_MIN..DAY_YEAR_MAX */
    Day known_on;              /* DAY_LAST: all notices */
    const uint32_t *rank;      /* [day - first + 1]: working days from `first` up to and with day;
                                  rank[0] is 0 */
    const Day *nth;            /* [k]: the k-th working day, 1-based; nth[0] unused */
    uint32_t working_count;
    const uint8_t *published;  /* [year - DAY_YEAR_MIN] */
    const Notices *notices;    /* borrowed */
} Calendar;

/* The calendar as published by `known_on` (DAY_LAST: everything). In arena. Never fails. */
const Calendar *calendar_build(Arena *arena, const Notices *notices, Day known_on);

static inline bool calendar_covers(const Calendar *calendar, Day day)
{
    return day >= calendar->first && day <= calendar->last;
}
/* Working days after `from` up to and including `to`; 0 when to <= from. Both covered. */
static inline int calendar_count(const Calendar *calendar, Day from, Day to)
{
    return to <= from ? 0
                      : (int)(calendar->rank[to - calendar->first + 1] -
                              calendar->rank[from - calendar->first + 1]);
}
/* The n-th working day after `from` (not counted itself), n >= 1; DAY_NONE past the last day. */
static inline Day calendar_add(const Calendar *calendar, Day from, int n)
{
    uint64_t k = (uint64_t)calendar->rank[from - calendar->first + 1] + (uint64_t)n;
    return k <= calendar->working_count ? calendar->nth[k] : DAY_NONE;
}
static inline bool calendar_working(const Calendar *calendar, Day day)
{
    return calendar->rank[day - calendar->first + 1] != calendar->rank[day - calendar->first];
}
/* False for a year whose notice is not published: its due days are provisional. */
bool calendar_published(const Calendar *calendar, int year);
/* True when a result on `day` is provisional: its year is not published. */
bool calendar_provisional(const Calendar *calendar, Day day);

typedef enum DayWhy {
    WHY_WORKING,       /* an ordinary working day */
    WHY_MADE_UP,       /* a weekend day that is worked: notice, holiday */
    WHY_WEEKEND,
    WHY_HOLIDAY,       /* off: notice, holiday */
    WHY_STATUTORY,     /* off by statute, in a year without notice: holiday */
} DayWhy;

typedef struct DayReason {
    DayWhy why;
    Str holiday;             /* id, empty for WHY_WORKING and WHY_WEEKEND */
    const Notice *notice;    /* that settled it; NULL where only the weekday speaks */
} DayReason;

DayReason calendar_reason(const Calendar *calendar, Day day);
/* The same as it stood before `notice`, one of the calendar's own, was published. */
DayReason calendar_reason_before(const Calendar *calendar, Day day, const Notice *notice);
/* True when the notice has its say in this calendar: published by the day of knowledge; statutory
 * days only in a year without a notice. */
bool calendar_counts(const Calendar *calendar, const Notice *notice);

#endif
