/* desk_days.c: weeks of days with what falls due on each, holidays and worked days told. */
#include "deskpage.h"

enum { WEEK_DAYS = 7, NAMES_ASKED_MAX = 600, NAMES_SHOWN = 4 };

typedef struct Gathering {
    Request *request;
    AgendaDue *due;
    Str *titles;                 /* of the same */
    size_t due_count;
    AgendaDay *days;             /* whose counts are filled in */
    size_t days_count;
} Gathering;

static Fail gather_name(void *with, const Listed *row, Fault *fault)
{
    Gathering *gathering = with;
    (void)fault;
    if (gathering->due_count < NAMES_ASKED_MAX) {
        gathering->titles[gathering->due_count] = str_copy(gathering->request->arena, row->title);
        gathering->due[gathering->due_count++] =
            (AgendaDue){row->part.due, str_copy(gathering->request->arena, row->name)};
    }
    return FAIL_NONE;
}

/* The names may be cut; the counts are whole. */
static Fail gather_count(void *with, Day due, int64_t count, Fault *fault)
{
    Gathering *gathering = with;
    (void)fault;
    for (size_t i = 0; i < gathering->days_count; i++) {
        if (gathering->days[i].day == due) {
            gathering->days[i].due = (int)count;
        }
    }
    return FAIL_NONE;
}

/* A matter is told by its title; by its number when it has none. */
static DueSaid due_said(const Gathering *gathering, Str name)
{
    DueSaid said = {name, name};
    for (size_t i = 0; i < gathering->due_count; i++) {
        if (gathering->due[i].matter.at == name.at && gathering->titles[i].len) {
            said.title = gathering->titles[i];
        }
    }
    return said;
}

static void put_matters(const Gathering *gathering, const AgendaDay *day, DayCell *cell)
{
    cell->matters_count = day->matters_count > NAMES_SHOWN ? NAMES_SHOWN : day->matters_count;
    DueSaid *said = ARENA_MANY(gathering->request->arena, DueSaid, cell->matters_count);
    for (size_t i = 0; i < cell->matters_count; i++) {
        said[i] = due_said(gathering, day->matters[i]);
    }
    cell->matters = said;
}

static DayCell cell_of(const Gathering *gathering, const Say *say, const AgendaDay *day)
{
    const Request *request = gathering->request;
    DayCell cell = {.day = day->day, .outside = !day->in_month, .today = day->day == request->today,
                    .past = day->day < request->today, .due = day->due};
    int year;
    day_split(day->day, &year, &cell.month, &cell.of_month);
    bool told = day->reason.why != WHY_WORKING && day->reason.why != WHY_WEEKEND;
    cell.tone = day->reason.why == WHY_MADE_UP ? "worked" : day->working ? "work" : "off";
    cell.why = told ? say_reason(say, &day->reason) : STR_NONE;
    if (gathering->due) {
        put_matters(gathering, day, &cell);
    }
    cell.more = cell.due - (int)cell.matters_count;
    return cell;
}

static void put_weeks(const Gathering *gathering, Days *ret_days)
{
    Request *request = gathering->request;
    const AgendaDay *days = gathering->days;
    size_t count = gathering->days_count;
    Say say = say_in(request, STR_NONE);
    DayRow *weeks = ARENA_MANY(request->arena, DayRow, count / WEEK_DAYS);
    const DayCell **told = ARENA_MANY(request->arena, const DayCell *, count);
    for (size_t i = 0; i < count; i++) {
        DayCell *cell = &weeks[i / WEEK_DAYS].cells[i % WEEK_DAYS];
        *cell = cell_of(gathering, &say, &days[i]);
        cell->first = i % WEEK_DAYS == 0 || cell->of_month == 1;
        if (cell->why.len) {
            told[ret_days->told_count++] = cell;
        }
    }
    ret_days->weeks = weeks;
    ret_days->weeks_count = count / WEEK_DAYS;
    ret_days->told = told;
}

Fail desk_days(Request *request, Day from, Day until, bool names, Days *ret_days, Fault *fault)
{
    const Calendar *calendar = docket_calendar(request->reader->docket);
    Gathering gathering = {.request = request};
    ListFilter filter = list_filter(desk_hat(request));
    Fail fail = FAIL_NONE;
    *ret_days = (Days){.weeks = NULL};
    filter.open_only = true;
    filter.due_from = from - WEEK_DAYS;
    filter.due_until = until + WEEK_DAYS;
    filter.limit = NAMES_ASKED_MAX;
    if (names) {
        gathering.due = ARENA_MANY(request->arena, AgendaDue, NAMES_ASKED_MAX);
        gathering.titles = ARENA_MANY(request->arena, Str, NAMES_ASKED_MAX);
        fail = ledger_list(desk_ledger(request), &filter, gather_name, &gathering, fault);
    }
    const AgendaDay *days = agenda_days(request->arena, calendar, from, until, gathering.due,
                                        gathering.due_count, &gathering.days_count);
    gathering.days = arena_copy(request->arena, days, gathering.days_count * sizeof *days);
    filter.limit = 0;
    if (fail == FAIL_NONE) {
        fail = ledger_list_by_day(desk_ledger(request), &filter, gather_count, &gathering, fault);
    }
    put_weeks(&gathering, ret_days);
    return fail;
}
