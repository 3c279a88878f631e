/* calendar.c: the tables behind calendar_add and calendar_count, built once for a day of knowledge:
 * every civil day gets what its weekday says, then each notice known by then, in the order of
 * publication, has its say; then one pass ranks the working days. */
#include "calendar.h"

enum { YEARS_COUNT = DAY_YEAR_MAX - DAY_YEAR_MIN + 1 };

static bool is_weekend(Day day)
{
    return day_weekday(day) >= SATURDAY;
}

/* A statutory day counts only in a year that no known notice publishes. */
static bool counts(const Notice *notice, Day known_on, const uint8_t *published)
{
    if (notice->published > known_on) {
        return false;
    }
    return !notice->statutory || !published[notice->year - DAY_YEAR_MIN];
}

static const uint8_t *years_published(Arena *arena, const Notices *notices, Day known_on)
{
    uint8_t *published = ARENA_MANY(arena, uint8_t, YEARS_COUNT);
    for (size_t i = 0; i < notices->count; i++) {
        const Notice *notice = &notices->at[i];
        if (!notice->statutory && notice->year && notice->published <= known_on) {
            published[notice->year - DAY_YEAR_MIN] = 1;
        }
    }
    return published;
}

static void apply(const Notice *notice, Day first, uint8_t *working)
{
    for (size_t i = 0; i < notice->days_count; i++) {
        NoticeDay day = notice->days[i];
        working[day.day - first] =
            day.status == DAY_NORMAL ? !is_weekend(day.day) : day.status == DAY_WORKED;
    }
}

const Calendar *calendar_build(Arena *arena, const Notices *notices, Day known_on)
{
    Day first = day_from(DAY_YEAR_MIN, 1, 1), last = day_from(DAY_YEAR_MAX, 12, 31);
    size_t days = (size_t)(last - first + 1);
    const uint8_t *published = years_published(arena, notices, known_on);
    Arena scratch = {0};
    uint8_t *working = ARENA_MANY(&scratch, uint8_t, days);
    for (Day day = first; day <= last; day++) {
        working[day - first] = !is_weekend(day);
    }
    for (size_t i = 0; i < notices->count; i++) {
        if (counts(&notices->at[i], known_on, published)) {
            apply(&notices->at[i], first, working);
        }
    }
    uint32_t *rank = ARENA_MANY(arena, uint32_t, days + 1);
    for (size_t i = 0; i < days; i++) {
        rank[i + 1] = rank[i] + working[i];
    }
    Day *nth = ARENA_MANY(arena, Day, rank[days] + 1);
    for (size_t i = 0; i < days; i++) {
        if (working[i]) {
            nth[rank[i + 1]] = first + (Day)i;
        }
    }
    arena_done(&scratch);
    Calendar *calendar = ARENA_NEW(arena, Calendar);
    *calendar = (Calendar){.first = first, .last = last, .known_on = known_on, .rank = rank,
                           .nth = nth, .working_count = rank[days], .published = published,
                           .notices = notices};
    return calendar;
}

bool calendar_published(const Calendar *calendar, int year)
{
    return year >= DAY_YEAR_MIN && year <= DAY_YEAR_MAX &&
           calendar->published[year - DAY_YEAR_MIN];
}

bool calendar_provisional(const Calendar *calendar, Day day)
{
    return !calendar_published(calendar, day_year(day));
}

/* What the notice says about a day, or NULL. */
static const NoticeDay *find_day(const Notice *notice, Day day)
{
    size_t low = 0, high = notice->days_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (notice->days[middle].day == day) {
            return &notice->days[middle];
        }
        if (notice->days[middle].day < day) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

bool calendar_counts(const Calendar *calendar, const Notice *notice)
{
    return counts(notice, calendar->known_on, calendar->published);
}

/* The last of the first `count` notices that says something about the day settles it. */
static DayReason reason_among(const Calendar *calendar, Day day, size_t count)
{
    DayReason reason = {.why = is_weekend(day) ? WHY_WEEKEND : WHY_WORKING};
    for (size_t i = count; i-- > 0;) {
        const Notice *notice = &calendar->notices->at[i];
        const NoticeDay *said = calendar_counts(calendar, notice) ? find_day(notice, day) : NULL;
        if (!said) {
            continue;
        }
        reason.holiday = said->holiday;
        reason.notice = notice;
        if (said->status != DAY_NORMAL) {
            reason.why = said->status == DAY_WORKED ? WHY_MADE_UP
                         : notice->statutory        ? WHY_STATUTORY
                                                    : WHY_HOLIDAY;
        }
        break;
    }
    return reason;
}

DayReason calendar_reason(const Calendar *calendar, Day day)
{
    return reason_among(calendar, day, calendar->notices->count);
}

DayReason calendar_reason_before(const Calendar *calendar, Day day, const Notice *notice)
{
    return reason_among(calendar, day, (size_t)(notice - calendar->notices->at));
}
