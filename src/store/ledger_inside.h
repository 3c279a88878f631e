/* ledger_inside.h: what ledger.c, ledger_file.c and ledger_rows.c share. Floor 4, inside store
 * only. */
#ifndef SHENCHA_LEDGER_INSIDE_H
#define SHENCHA_LEDGER_INSIDE_H

#include <sqlite3.h>

#include "ledger.h"
#include "statement.h"

struct Ledger {
    sqlite3 *database;
    sqlite3_stmt *prepared[STATEMENT_COUNT];   /* on first use */
    Hasher *hasher;
    HashKind hash_kind;
    char *path;
    bool write, open;          /* open: a transaction runs */
    bool last_known;           /* n and hash below are those of the last event */
    int64_t last_n;
    Hash last_hash;
};

/* SQLite's code as a fault in words; never FAIL_NONE. */
Fail ledger_fault(const Ledger *ledger, int code, Fault *fault);
/* The prepared statement, reset and ready to bind; NULL after a fault. */
sqlite3_stmt *ledger_ready(Ledger *ledger, Statement statement, Fault *fault);
void ledger_bind_text(sqlite3_stmt *ready, int at, Str text);
void ledger_bind_day(sqlite3_stmt *ready, int at, Day day);
Str ledger_column_text(sqlite3_stmt *row, int at);
/* Runs a statement that gives no rows. */
Fail ledger_done(Ledger *ledger, sqlite3_stmt *ready, Fault *fault) MUST_USE;

#endif
