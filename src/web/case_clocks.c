/* case_clocks.c: each clock as a bar, and its count day by day. */
#include "casepage.h"

enum { WEEK_DAYS = 7, WEEKS_SHOWN_MAX = 40, NOTES_MAX = 200 };

static bool alike(const ClockView *a, const ClockView *b)
{
    return a->kind == b->kind && a->run->started == b->run->started &&
           a->run->allowed == b->run->allowed && a->run->end == b->run->end &&
           a->run->stopped == b->run->stopped && a->status.state == b->status.state &&
           a->status.due == b->status.due && a->status.used == b->status.used &&
           a->run->of.role != ID_NONE && b->run->of.role != ID_NONE;
}

static const char *tone_of(ClockState state)
{
    static const char *const tones[] = {
        [STATE_RUNNING] = "", [STATE_HELD] = "warn", [STATE_OVERDUE] = "bad", [STATE_MET] = "ok",
        [STATE_LATE] = "bad", [STATE_MOOT] = "quiet", [STATE_VOID] = "quiet",
    };
    return tones[state];
}

static Str state_of(const Say *say, ClockState state)
{
    static const Word words[] = {
        [STATE_RUNNING] = WORD_STATE_RUNNING, [STATE_HELD] = WORD_STATE_HELD,
        [STATE_OVERDUE] = WORD_STATE_OVERDUE, [STATE_MET] = WORD_STATE_MET,
        [STATE_LATE] = WORD_STATE_LATE, [STATE_MOOT] = WORD_STATE_MOOT,
        [STATE_VOID] = WORD_STATE_VOID,
    };
    return say_plain(say, words[state]);
}

/* --- the count --- */

/* Why a working day is held: the request by its name, where this reader may know of it. */
static Str hold_reason(const Case *of, const Hold *hold)
{
    if (!casefile_sees_owed(of->file, hold->owed)) {
        return say_plain(&of->say, WORD_CASE_HELD_BY_REQUEST);
    }
    const Owed *owed = &of->file->position->matter->owed[hold->owed];
    return owed->name.len ? SAY(&of->say, WORD_CASE_HELD_BY, owed->name)
                          : say_plain(&of->say, WORD_CASE_HELD_BY_REQUEST);
}

static CountCell cell_of(const Case *of, const ExplainDay *told)
{
    const Say *say = &of->say;
    CountCell cell = {.day = told->day, .today = told->day == of->file->position->on,
                      .number = told->number};
    int year;
    day_split(told->day, &year, &cell.month, &cell.of_month);
    bool worked = told->reason.why == WHY_MADE_UP;
    switch (told->why) {
    case EXPLAIN_START:
        cell.tone = "start";
        cell.said = say_plain(say, WORD_CASE_FIRST_DAY);
        break;
    case EXPLAIN_COUNTED:
        cell.tone = told->day > of->file->position->on ? "ahead" : worked ? "worked" : "counted";
        cell.said = worked ? say_reason(say, &told->reason) : STR_NONE;
        break;
    case EXPLAIN_NOT_WORKING:
        cell.tone = "off";
        cell.said = say_reason(say, &told->reason);
        break;
    case EXPLAIN_HELD:
        cell.tone = "held-day";
        cell.said = say_plain(say, WORD_CASE_HELD_DAY);
        break;
    }
    return cell;
}

/* Whole weeks; what is left out is said. */
static void put_weeks(const Case *of, ClockSaid *clock, const ExplainDay *days, size_t count)
{
    Day first = days[0].day - (Day)day_weekday(days[0].day);
    size_t weeks = (size_t)(days[count - 1].day - first) / WEEK_DAYS + 1;
    if (weeks > WEEKS_SHOWN_MAX) {
        weeks = WEEKS_SHOWN_MAX;
        clock->weeks_left = SAY(&of->say, WORD_CASE_WEEKS_LEFT,
                                say_day(&of->say, first + (Day)weeks * WEEK_DAYS - 1),
                                say_day(&of->say, days[count - 1].day));
    }
    CountWeek *shown = ARENA_MANY(of->say.arena, CountWeek, weeks);
    bool begun = false;
    for (size_t i = 0; i < weeks * WEEK_DAYS; i++) {
        Day day = first + (Day)i;
        CountCell *cell = &shown[i / WEEK_DAYS].cells[i % WEEK_DAYS];
        if (day < days[0].day || day > days[count - 1].day) {
            *cell = (CountCell){.day = day, .outside = true, .tone = "outside"};
            continue;
        }
        *cell = cell_of(of, &days[day - days[0].day]);
        cell->first = !begun || cell->of_month == 1;
        begun = true;
    }
    clock->weeks = shown;
    clock->weeks_count = weeks;
}

static Str note_of(const Case *of, const ExplainDay *told)
{
    switch (told->why) {
    case EXPLAIN_START: return say_plain(&of->say, WORD_CASE_FIRST_DAY);
    case EXPLAIN_HELD: return hold_reason(of, &told->hold);
    case EXPLAIN_COUNTED:
    case EXPLAIN_NOT_WORKING: break;
    }
    return told->reason.why == WHY_WEEKEND || told->reason.why == WHY_WORKING
               ? STR_NONE : say_reason(&of->say, &told->reason);
}

static void put_notes(const Case *of, ClockSaid *clock, const ExplainDay *days, size_t count)
{
    CountNote *notes = ARENA_MANY(of->say.arena, CountNote, NOTES_MAX);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        Str why = note_of(of, &days[i]);
        if (why.len == 0) {
            continue;
        }
        if (kept && notes[kept - 1].to >= days[i].day - 3 && str_eq(notes[kept - 1].why, why)) {
            notes[kept - 1].to = days[i].day;   /* over a weekend, too */
        } else if (kept < NOTES_MAX) {
            notes[kept++] = (CountNote){days[i].day, days[i].day, why};
        }
    }
    clock->notes = notes;
    clock->notes_count = kept;
}

static void put_count(const Case *of, ClockSaid *said, const ClockView *clock)
{
    size_t count;
    const ExplainDay *days = explain_clock(of->say.arena, of->file->position, clock, &count);
    Day stopped = clock->run->stopped;
    while (count > 1 && stopped != DAY_NONE && days[count - 1].day > stopped) {
        count--;
    }
    for (size_t i = 0; i < count; i++) {
        said->held_days += days[i].why == EXPLAIN_HELD;
    }
    if (said->held_days) {
        said->held = SAY(&of->say, WORD_CASE_HELD_DAYS,
                         say_working_days(&of->say, said->held_days));
    }
    if (count) {
        put_weeks(of, said, days, count);
        put_notes(of, said, days, count);
    }
}

/* --- an extension --- */

static bool in_time(const Branch *branch, ClockId clock, const ClockView *view)
{
    for (uint8_t i = 0; i < branch->needs_count; i++) {
        if (branch->needs[i].kind == GUARD_IN_TIME && branch->needs[i].clock == clock &&
            view->status.state != STATE_RUNNING && view->status.state != STATE_HELD) {
            return false;
        }
    }
    return true;
}

static void say_extension(const Case *of, ClockSaid *said, const ClockView *clock,
                          const ActKind *act, const Branch *branch)
{
    const Position *position = of->file->position;
    int days = branch->extends.days;
    said->extension = say_cited(&of->say, act_clause(position->edition, act, branch,
                                                      position->matter->stage));
    if (days == 0) {
        said->extended = say_plain(&of->say, WORD_CASE_MAY_EXTEND);
        return;
    }
    Hold *holds = ARENA_MANY(of->say.arena, Hold, MATTER_HOLDS_MAX);
    size_t count = dayclock_holds(position->matter, clock->run, holds, MATTER_HOLDS_MAX);
    bool held;
    Day due = dayclock_due(position->calendar, clock->run->started, clock->run->allowed + days,
                           holds, count, &held);
    Str by = say_working_days(&of->say, days);
    said->extended = due == DAY_NONE ? SAY(&of->say, WORD_CASE_EXTENDED_BY, by)
                                     : SAY(&of->say, WORD_CASE_IF_EXTENDED, by,
                                           say_day(&of->say, due));
}

static void put_extension(const Case *of, ClockSaid *said, const ClockView *clock)
{
    const Matter *matter = of->file->position->matter;
    for (size_t i = 0; i < of->file->may_count; i++) {
        const ActKind *act = of->file->may[i].act;
        size_t id = (size_t)(act - matter->edition->acts);
        for (uint8_t j = 0; j < act->branches_count; j++) {
            const Branch *branch = &act->branches[j];
            bool open = matter->stage != ID_NONE && (branch->in >> matter->stage & 1) != 0;
            bool again = branch->at_most == 0 || matter->branch_times[id][j] < branch->at_most;
            if (open && again && branch->extends.clock == clock->run->clock &&
                in_time(branch, clock->run->clock, clock)) {
                say_extension(of, said, clock, act, branch);
                return;
            }
        }
    }
}

/* --- one clock --- */

static Str no_due_of(const Say *say, const ClockView *clock)
{
    if (clock->status.due != DAY_NONE) {
        return STR_NONE;
    }
    return say_plain(say, clock->status.beyond                    ? WORD_CASE_DUE_BEYOND
                          : clock->run->end == CLOCK_VOID         ? WORD_CASE_DUE_VOID
                          : clock->status.state == STATE_HELD     ? WORD_CASE_DUE_HELD
                                                                  : WORD_CASE_DUE_NONE);
}

static void say_amount(const Say *say, ClockSaid *said, const ClockView *clock)
{
    int used = clock->status.used, allowed = clock->run->allowed;
    said->count = SAY(say, WORD_CASE_USED_OF, say_number(say, used), say_number(say, allowed));
    said->bar = clock->run->end != CLOCK_VOID && allowed > 0;
    said->allowed = allowed;
    said->used = used > allowed ? allowed : used;
    if (used > allowed) {
        said->over = SAY(say, WORD_CASE_OVER, say_working_days(say, used - allowed));
        said->late = used - allowed > allowed ? allowed : used - allowed;
    }
}

static ClockSaid clock_said(const Case *of, size_t at)
{
    const Say *say = &of->say;
    const ClockView *clock = of->file->clocks[at];
    const ClockStatus *status = &clock->status;
    ClockSaid said = {
        .number = (uint32_t)at + 1,
        .name = lawwords_get(say->reader.words, "clock", clock->kind->id),
        .state = state_of(say, status->state), .tone = tone_of(status->state),
        .open = clock->run->end == CLOCK_OPEN, .started = clock->run->started,
        .due = status->due, .no_due = no_due_of(say, clock), .assumed = clock->run->assumed,
        .clause = say_cited(say, clock->kind->clause),
    };
    say_amount(say, &said, clock);
    if (status->provisional && status->due != DAY_NONE) {
        Buf year = buf_new(16);
        buf_put_int(&year, day_year(status->due));
        said.provisional = SAY(say, WORD_CASE_PROVISIONAL, buf_str(&year));
        buf_done(&year);
    }
    put_count(of, &said, clock);
    if (said.open) {
        put_extension(of, &said, clock);
    }
    return said;
}

/* The clock and those after it that look like it, each with its addressee. */
static ClockSaid group_said(const Case *of, size_t at, bool *gone)
{
    const CaseFile *file = of->file;
    ClockSaid said = clock_said(of, at);
    Str *names = ARENA_MANY(of->say.arena, Str, file->clocks_count - at);
    for (size_t i = at; i < file->clocks_count; i++) {
        if (i == at || (!gone[i] && alike(file->clocks[at], file->clocks[i]))) {
            gone[i] = true;
            names[said.of_count] = say_party(&of->say, file->clocks[i]->run->of);
            said.of_count += names[said.of_count].len > 0;
        }
    }
    said.of = names;
    return said;
}

void case_clocks(const Case *of, CaseView *view)
{
    const CaseFile *file = of->file;
    ClockSaid *clocks = ARENA_MANY(of->say.arena, ClockSaid, file->clocks_count);
    bool *gone = ARENA_MANY(of->say.arena, bool, file->clocks_count);
    for (int open = 1; open >= 0; open--) {
        for (size_t i = 0; i < file->clocks_count; i++) {
            if (!gone[i] && (file->clocks[i]->run->end == CLOCK_OPEN) == (open != 0)) {
                clocks[view->clocks_count++] = group_said(of, i, gone);
            }
        }
        view->clocks_open = open ? view->clocks_count : view->clocks_open;
    }
    view->clocks = clocks;
}
