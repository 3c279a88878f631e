/* ledger_rows.c: the projections: what is folded from the record and can be folded again. */
#include "ledger_inside.h"

Fail ledger_projections_there(Ledger *ledger, bool *ret_there, Fault *fault)
{
    sqlite3_stmt *ready = ledger_ready(ledger, STATEMENT_PROJECTION_TABLES, fault);
    if (!ready) {
        return FAIL_SYSTEM;
    }
    int code = sqlite3_step(ready);
    *ret_there = code == SQLITE_ROW && sqlite3_column_int(ready, 0) == 3;
    sqlite3_reset(ready);
    return code == SQLITE_ROW ? FAIL_NONE : ledger_fault(ledger, code, fault);
}

Fail ledger_projection_get(Ledger *ledger, const char *name, Arena *arena, Str *ret_value,
                           Fault *fault)
{
    *ret_value = STR_NONE;
    sqlite3_stmt *ready = ledger_ready(ledger, STATEMENT_PROJECTION_GET, fault);
    if (!ready) {
        return FAIL_SYSTEM;
    }
    ledger_bind_text(ready, 1, str_from(name));
    int code = sqlite3_step(ready);
    if (code == SQLITE_ROW) {
        *ret_value = str_copy(arena, ledger_column_text(ready, 0));
    }
    sqlite3_reset(ready);
    return code == SQLITE_ROW || code == SQLITE_DONE ? FAIL_NONE
                                                     : ledger_fault(ledger, code, fault);
}

Fail ledger_projection_set(Ledger *ledger, const char *name, Str value, Fault *fault)
{
    sqlite3_stmt *ready = ledger_ready(ledger, STATEMENT_PROJECTION_SET, fault);
    if (!ready) {
        return FAIL_SYSTEM;
    }
    ledger_bind_text(ready, 1, str_from(name));
    ledger_bind_text(ready, 2, value);
    return ledger_done(ledger, ready, fault);
}

Fail ledger_projections_renew(Ledger *ledger, Fault *fault)
{
    for (int i = 0; i < STATEMENT_COUNT; i++) {   /* prepared ones would keep the tables in use */
        sqlite3_finalize(ledger->prepared[i]);
        ledger->prepared[i] = NULL;
    }
    int code = sqlite3_exec(ledger->database, schema_projections_drop, NULL, NULL, NULL);
    if (code == SQLITE_OK) {
        code = sqlite3_exec(ledger->database, schema_projections_schema, NULL, NULL, NULL);
    }
    return code == SQLITE_OK ? FAIL_NONE : ledger_fault(ledger, code, fault);
}

/* What changes as a matter goes on, from parameter `at`. */
static void bind_changing(sqlite3_stmt *ready, int at, const MatterRow *row)
{
    sqlite3_bind_int(ready, at, row->last);
    sqlite3_bind_int64(ready, at + 1, row->seq);
    ledger_bind_day(ready, at + 2, row->due);
    ledger_bind_text(ready, at + 3, row->clock);
    sqlite3_bind_int(ready, at + 4, row->held);
    sqlite3_bind_int(ready, at + 5, row->provisional);
    sqlite3_bind_blob64(ready, at + 6, row->clocks.at ? row->clocks.at : "", row->clocks.len,
                        SQLITE_STATIC);
}

static void bind_stage(sqlite3_stmt *ready, int at, const MatterRow *row)
{
    ledger_bind_text(ready, at, row->stage);
    ledger_bind_text(ready, at + 1, row->outcome);
    sqlite3_bind_int(ready, at + 2, row->final);
    ledger_bind_day(ready, at + 3, row->ended);
}

Fail ledger_row_insert(Ledger *ledger, const MatterRow *row, Fault *fault)
{
    sqlite3_stmt *ready = ledger_ready(ledger, STATEMENT_MATTER_INSERT, fault);
    if (!ready) {
        return FAIL_SYSTEM;
    }
    sqlite3_bind_int64(ready, 1, row->id);
    ledger_bind_text(ready, 2, row->name);
    ledger_bind_text(ready, 3, row->title);
    ledger_bind_text(ready, 4, row->edition);
    bind_stage(ready, 5, row);
    sqlite3_bind_int(ready, 9, row->opened);
    bind_changing(ready, 10, row);
    return ledger_done(ledger, ready, fault);
}

Fail ledger_row_update(Ledger *ledger, const MatterRow *row, Fault *fault)
{
    sqlite3_stmt *ready = ledger_ready(ledger, STATEMENT_MATTER_UPDATE, fault);
    if (!ready) {
        return FAIL_SYSTEM;
    }
    bind_stage(ready, 1, row);
    bind_changing(ready, 5, row);
    sqlite3_bind_int64(ready, 12, row->id);
    return ledger_done(ledger, ready, fault);
}

static MatterRow row_of(sqlite3_stmt *row)
{
    static const int kinds[] = {
        SQLITE_INTEGER, SQLITE_TEXT,    SQLITE_TEXT,    SQLITE_TEXT,    SQLITE_TEXT,
        SQLITE_INTEGER, SQLITE_INTEGER, SQLITE_INTEGER, SQLITE_INTEGER, SQLITE_INTEGER,
        SQLITE_TEXT,    SQLITE_INTEGER, SQLITE_INTEGER, SQLITE_BLOB,    SQLITE_TEXT,
        SQLITE_INTEGER};
    enum { DUE = 9, TITLE = 14, ENDED = 15 };
    bool due = sqlite3_column_type(row, DUE) != SQLITE_NULL, formed = true;
    bool ended = sqlite3_column_type(row, ENDED) != SQLITE_NULL;
    for (int i = 0; i < (int)(sizeof kinds / sizeof kinds[0]); i++) {
        formed &= sqlite3_column_type(row, i) == kinds[i] || (i == DUE && !due) ||
                  (i == ENDED && !ended);
    }
    return (MatterRow){
        .formed = formed,
        .id = sqlite3_column_int64(row, 0), .name = ledger_column_text(row, 1),
        .edition = ledger_column_text(row, 2), .stage = ledger_column_text(row, 3),
        .outcome = ledger_column_text(row, 4), .final = sqlite3_column_int(row, 5) != 0,
        .opened = sqlite3_column_int(row, 6), .last = sqlite3_column_int(row, 7),
        .seq = sqlite3_column_int64(row, 8), .due = due ? sqlite3_column_int(row, DUE) : DAY_NONE,
        .clock = ledger_column_text(row, 10), .held = sqlite3_column_int(row, 11) != 0,
        .provisional = sqlite3_column_int(row, 12) != 0, .clocks = ledger_column_text(row, 13),
        .title = ledger_column_text(row, TITLE),
        .ended = ended ? sqlite3_column_int(row, ENDED) : DAY_NONE};
}

Fail ledger_row(Ledger *ledger, Str name, Arena *arena, bool *ret_found, MatterRow *ret_row,
                Fault *fault)
{
    sqlite3_stmt *ready = ledger_ready(ledger, STATEMENT_MATTER_BY_NAME, fault);
    if (!ready) {
        return FAIL_SYSTEM;
    }
    ledger_bind_text(ready, 1, name);
    int code = sqlite3_step(ready);
    *ret_found = code == SQLITE_ROW;
    if (*ret_found) {
        *ret_row = row_of(ready);
        ret_row->name = str_copy(arena, ret_row->name);
        ret_row->title = str_copy(arena, ret_row->title);
        ret_row->edition = str_copy(arena, ret_row->edition);
        ret_row->stage = str_copy(arena, ret_row->stage);
        ret_row->outcome = str_copy(arena, ret_row->outcome);
        ret_row->clock = str_copy(arena, ret_row->clock);
        ret_row->clocks = str_copy(arena, ret_row->clocks);
    }
    sqlite3_reset(ready);
    return code == SQLITE_ROW || code == SQLITE_DONE ? FAIL_NONE
                                                     : ledger_fault(ledger, code, fault);
}

static Fail walk(Ledger *ledger, sqlite3_stmt *ready, RowEach *each, void *with, Fault *fault)
{
    Fail fail = FAIL_NONE;
    int code;
    while (fail == FAIL_NONE && (code = sqlite3_step(ready)) != SQLITE_DONE) {
        if (code != SQLITE_ROW) {
            fail = ledger_fault(ledger, code, fault);
            break;
        }
        MatterRow row = row_of(ready);
        fail = each(with, &row, fault);
    }
    sqlite3_reset(ready);
    return fail;
}

Fail ledger_rows(Ledger *ledger, const RowFilter *filter, RowEach *each, void *with, Fault *fault)
{
    sqlite3_stmt *ready = ledger_ready(ledger, STATEMENT_MATTERS_BY_DUE, fault);
    if (!ready) {
        return FAIL_SYSTEM;
    }
    ledger_bind_text(ready, 1, filter->stage);
    ledger_bind_text(ready, 2, filter->edition);
    sqlite3_bind_int(ready, 3, filter->open_only);
    sqlite3_bind_int(ready, 4, filter->held_only);
    ledger_bind_day(ready, 5, filter->due_before);
    sqlite3_bind_int64(ready, 6, filter->limit > 0 ? filter->limit : -1);
    return walk(ledger, ready, each, with, fault);
}

Fail ledger_rows_by_id(Ledger *ledger, RowEach *each, void *with, Fault *fault)
{
    sqlite3_stmt *ready = ledger_ready(ledger, STATEMENT_MATTERS_ALL, fault);
    return ready ? walk(ledger, ready, each, with, fault) : FAIL_SYSTEM;
}
