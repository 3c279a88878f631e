/* ledger_parts.c: who has a part in a matter, and the lists that are made of it. */
#include "ledger_inside.h"

enum { DUE_ENDED = DAY_LAST, DUE_NONE = DAY_LAST - 1, DUE_LAST = DAY_LAST - 2 };

static int due_number(Day due) { return due == DAY_NONE ? DUE_NONE : due; }
static Day due_day(int number) { return number > DUE_LAST ? DAY_NONE : number; }

static void bind_part(sqlite3_stmt *ready, const PartRow *row)
{
    ledger_bind_text(ready, 1, row->hat);
    sqlite3_bind_int64(ready, 2, row->matter);
    ledger_bind_text(ready, 3, row->awaited);
    sqlite3_bind_int(ready, 4, row->blocked);
    sqlite3_bind_int(ready, 5, due_number(row->due));
    sqlite3_bind_int(ready, 6, row->since);
}

Fail ledger_part_put(Ledger *ledger, const PartRow *row, Fault *fault)
{
    sqlite3_stmt *ready = ledger_ready(ledger, STATEMENT_PART_PUT, fault);
    if (!ready) {
        return FAIL_SYSTEM;
    }
    bind_part(ready, row);
    return ledger_done(ledger, ready, fault);
}

Fail ledger_part_same(Ledger *ledger, const PartRow *row, bool *ret_same, Fault *fault)
{
    sqlite3_stmt *ready = ledger_ready(ledger, STATEMENT_PART_SAME, fault);
    if (!ready) {
        return FAIL_SYSTEM;
    }
    bind_part(ready, row);
    int code = sqlite3_step(ready);
    *ret_same = code == SQLITE_ROW;
    sqlite3_reset(ready);
    return code == SQLITE_ROW || code == SQLITE_DONE ? FAIL_NONE
                                                     : ledger_fault(ledger, code, fault);
}

static Fail one_number(Ledger *ledger, sqlite3_stmt *ready, int64_t *ret_number, Fault *fault)
{
    int code = sqlite3_step(ready);
    *ret_number = code == SQLITE_ROW ? sqlite3_column_int64(ready, 0) : 0;
    sqlite3_reset(ready);
    return code == SQLITE_ROW ? FAIL_NONE : ledger_fault(ledger, code, fault);
}

Fail ledger_parts_length(Ledger *ledger, int64_t *ret_count, Fault *fault)
{
    sqlite3_stmt *ready = ledger_ready(ledger, STATEMENT_PARTS_LENGTH, fault);
    return ready ? one_number(ledger, ready, ret_count, fault) : FAIL_SYSTEM;
}

/* ---- lists ---- */

ListFilter list_filter(Str hat)
{
    return (ListFilter){.hat = hat, .due_from = DAY_NONE, .due_until = DAY_NONE,
                        .after_due = DAY_NONE};
}

static bool sees_all(const ListFilter *filter) { return str_is(filter->hat, "auditor"); }

/* Is nothing of the matter itself asked? Whether it has ended, the part tells. */
static bool part_alone(const ListFilter *filter)
{
    return !sees_all(filter) && filter->stage.len == 0 && filter->edition.len == 0 &&
           filter->text.len == 0;
}

static void bind_filter(sqlite3_stmt *ready, const ListFilter *filter)
{
    bool dated = filter->due_from != DAY_NONE || filter->due_until != DAY_NONE;
    bool open = filter->open_only || filter->awaited_only;
    Day last = dated ? DUE_LAST : open ? DUE_NONE : DUE_ENDED;
    bool newest = filter->order == LIST_NEWEST;
    ledger_bind_text(ready, 1, filter->hat);
    sqlite3_bind_int(ready, 2, filter->awaited_only);
    sqlite3_bind_int(ready, 3, filter->open_only);
    ledger_bind_text(ready, 4, filter->stage);
    ledger_bind_text(ready, 5, filter->edition);
    ledger_bind_text(ready, 6, filter->text);
    sqlite3_bind_int(ready, 7, filter->due_from);
    sqlite3_bind_int(ready, 8, filter->due_until == DAY_NONE ? last : filter->due_until);
    sqlite3_bind_int(ready, 9, filter->after ? due_number(filter->after_due) : DAY_NONE);
    sqlite3_bind_int64(ready, 10, filter->after ? filter->after_id : newest ? INT64_MAX : 0);
    sqlite3_bind_int64(ready, 11, filter->limit > 0 ? filter->limit : -1);
}

static sqlite3_stmt *ready_for(Ledger *ledger, const ListFilter *filter, Statement all,
                               Statement listed, Fault *fault)
{
    sqlite3_stmt *ready = ledger_ready(ledger, sees_all(filter) ? all : listed, fault);
    if (ready) {
        bind_filter(ready, filter);
    }
    return ready;
}

static Listed listed_of(sqlite3_stmt *row)
{
    return (Listed){
        .id = sqlite3_column_int64(row, 0), .name = ledger_column_text(row, 1),
        .title = ledger_column_text(row, 2), .edition = ledger_column_text(row, 3),
        .stage = ledger_column_text(row, 4), .final = sqlite3_column_int(row, 5) != 0,
        .part = {.hat = ledger_column_text(row, 6), .matter = sqlite3_column_int64(row, 0),
                 .awaited = ledger_column_text(row, 7),
                 .blocked = sqlite3_column_int(row, 8) != 0,
                 .due = due_day(sqlite3_column_int(row, 9)),
                 .since = sqlite3_column_int(row, 10)}};
}

/* Steps through the rows; `each` of one of the kinds below. */
#define WALK(ledger, ready, fault, call)                                                          \
    Fail fail = FAIL_NONE;                                                                        \
    int code;                                                                                     \
    while (fail == FAIL_NONE && (code = sqlite3_step(ready)) != SQLITE_DONE) {                    \
        fail = code == SQLITE_ROW ? (call) : ledger_fault(ledger, code, fault);                   \
    }                                                                                             \
    sqlite3_reset(ready);                                                                         \
    return fail

static Fail take_listed(sqlite3_stmt *ready, ListEach *each, void *with, Fault *fault)
{
    Listed row = listed_of(ready);
    return each(with, &row, fault);
}

/* The row after which to go on had no due day: one that has ended stands behind those that have
 * not. */
static Fail after_ended(Ledger *ledger, ListFilter *filter, Fault *fault)
{
    if (!filter->after || filter->order != LIST_BY_DUE || filter->after_due != DAY_NONE) {
        return FAIL_NONE;
    }
    sqlite3_stmt *ready = ledger_ready(ledger, STATEMENT_MATTER_ENDED, fault);
    if (!ready) {
        return FAIL_SYSTEM;
    }
    sqlite3_bind_int64(ready, 1, filter->after_id);
    int code = sqlite3_step(ready);
    bool ended = code == SQLITE_ROW && sqlite3_column_int(ready, 0);
    filter->after_due = ended ? DUE_ENDED : DUE_NONE;
    sqlite3_reset(ready);
    return code == SQLITE_ROW || code == SQLITE_DONE ? FAIL_NONE
                                                     : ledger_fault(ledger, code, fault);
}

Fail ledger_list(Ledger *ledger, const ListFilter *filter, ListEach *each, void *with,
                 Fault *fault)
{
    bool newest = filter->order == LIST_NEWEST;
    ListFilter from = *filter;
    Fail found = after_ended(ledger, &from, fault);
    if (found != FAIL_NONE) {
        return found;
    }
    sqlite3_stmt *ready =
        ready_for(ledger, &from, newest ? STATEMENT_ALL_NEWEST : STATEMENT_ALL_BY_DUE,
                  newest ? STATEMENT_LIST_NEWEST : STATEMENT_LIST_BY_DUE, fault);
    if (!ready) {
        return FAIL_SYSTEM;
    }
    WALK(ledger, ready, fault, take_listed(ready, each, with, fault));
}

Fail ledger_list_count(Ledger *ledger, const ListFilter *filter, int64_t *ret_count, Fault *fault)
{
    sqlite3_stmt *ready =
        ready_for(ledger, filter, STATEMENT_ALL_COUNT,
                  part_alone(filter) ? STATEMENT_PART_COUNT : STATEMENT_LIST_COUNT, fault);
    return ready ? one_number(ledger, ready, ret_count, fault) : FAIL_SYSTEM;
}

Fail ledger_list_by_day(Ledger *ledger, const ListFilter *filter, DayEach *each, void *with,
                        Fault *fault)
{
    ListFilter dated = *filter;   /* a matter without a due day falls on none */
    dated.due_until = filter->due_until == DAY_NONE ? DUE_LAST : filter->due_until;
    sqlite3_stmt *ready =
        ready_for(ledger, &dated, STATEMENT_ALL_BY_DAY,
                  part_alone(filter) ? STATEMENT_PART_BY_DAY : STATEMENT_LIST_BY_DAY, fault);
    if (!ready) {
        return FAIL_SYSTEM;
    }
    WALK(ledger, ready, fault,
         each(with, sqlite3_column_int(ready, 0), sqlite3_column_int64(ready, 1), fault));
}

Fail ledger_list_by_stage(Ledger *ledger, const ListFilter *filter, StageEach *each, void *with,
                          Fault *fault)
{
    sqlite3_stmt *ready =
        ready_for(ledger, filter, STATEMENT_ALL_BY_STAGE, STATEMENT_LIST_BY_STAGE, fault);
    if (!ready) {
        return FAIL_SYSTEM;
    }
    WALK(ledger, ready, fault,
         each(with, ledger_column_text(ready, 0), ledger_column_text(ready, 1),
              sqlite3_column_int64(ready, 2), fault));
}

static Fail take_week(sqlite3_stmt *ready, WeekEach *each, void *with, Fault *fault)
{
    Week week = {sqlite3_column_int(ready, 0), sqlite3_column_int64(ready, 1),
                 sqlite3_column_int64(ready, 2), sqlite3_column_int64(ready, 3)};
    return each(with, &week, fault);
}

Fail ledger_weeks(Ledger *ledger, Day from, Day until, WeekEach *each, void *with, Fault *fault)
{
    sqlite3_stmt *ready = ledger_ready(ledger, STATEMENT_WEEKS, fault);
    if (!ready) {
        return FAIL_SYSTEM;
    }
    sqlite3_bind_int(ready, 1, from);
    sqlite3_bind_int(ready, 2, until);
    WALK(ledger, ready, fault, take_week(ready, each, with, fault));
}
