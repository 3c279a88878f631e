/* ledger.c: the record. One transaction at a time on one connection. */
#include <errno.h>
#include <stdlib.h>

#include "ledger_inside.h"

/* SQLite's code, or what the machine's own error says better. */
static int code_of(const Ledger *ledger, int code, int error)
{
    int kind = code & 0xFF;
    if (kind == SQLITE_IOERR && (error == ENOSPC || error == EDQUOT || error == EFBIG)) {
        return SQLITE_FULL;
    }
    if (kind == SQLITE_CANTOPEN && ledger->write &&
        (error == EACCES || error == EPERM || error == EROFS)) {
        return SQLITE_READONLY;
    }
    return kind;
}

Fail ledger_fault(const Ledger *ledger, int code, Fault *fault)
{
    int seen = errno, error = sqlite3_system_errno(ledger->database);
    error = error ? error : seen;   /* SQLite does not keep it on every path */
    Str path = str_from(ledger->path);
    Str detail = str_from(sqlite3_errmsg(ledger->database));
    switch (code_of(ledger, code, error)) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return FAULT(fault, FAIL_SYSTEM, WORD_STORE_BUSY, path);
    case SQLITE_FULL: return FAULT(fault, FAIL_SYSTEM, WORD_STORE_FULL, path);
    case SQLITE_READONLY: return FAULT(fault, FAIL_SYSTEM, WORD_STORE_READ_ONLY, path);
    case SQLITE_NOTADB: return FAULT(fault, FAIL_SYSTEM, WORD_STORE_NOT_A_DOCKET, path);
    case SQLITE_CORRUPT: return FAULT(fault, FAIL_SYSTEM, WORD_STORE_DAMAGED, path, detail);
    case SQLITE_CANTOPEN:
        return FAULT(fault, FAIL_SYSTEM, WORD_STORE_CANNOT_OPEN, path,
                     error ? str_from(strerror(error)) : detail);
    case SQLITE_CONSTRAINT: return FAULT(fault, FAIL_CONFLICT, WORD_STORE_CONFLICT, path);
    default: return FAULT(fault, FAIL_SYSTEM, WORD_STORE_FAILED, path, detail);
    }
}

sqlite3_stmt *ledger_ready(Ledger *ledger, Statement statement, Fault *fault)
{
    sqlite3_stmt **prepared = &ledger->prepared[statement];
    if (!*prepared) {
        int code = sqlite3_prepare_v3(ledger->database, statement_text[statement], -1,
                                      SQLITE_PREPARE_PERSISTENT, prepared, NULL);
        if (code != SQLITE_OK) {
            ledger_fault(ledger, code, fault);
            return NULL;
        }
    }
    sqlite3_reset(*prepared);
    return *prepared;
}

void ledger_bind_text(sqlite3_stmt *ready, int at, Str text)
{
    sqlite3_bind_text64(ready, at, text.at ? text.at : "", text.len, SQLITE_STATIC, SQLITE_UTF8);
}

void ledger_bind_day(sqlite3_stmt *ready, int at, Day day)
{
    if (day == DAY_NONE) {
        sqlite3_bind_null(ready, at);
    } else {
        sqlite3_bind_int(ready, at, day);
    }
}

Str ledger_column_text(sqlite3_stmt *row, int at)
{
    const void *text = sqlite3_column_type(row, at) == SQLITE_BLOB
                           ? sqlite3_column_blob(row, at)
                           : (const void *)sqlite3_column_text(row, at);
    int len = sqlite3_column_bytes(row, at);
    return text ? (Str){text, (size_t)len} : STR_NONE;
}

Fail ledger_done(Ledger *ledger, sqlite3_stmt *ready, Fault *fault)
{
    int code = sqlite3_step(ready);
    sqlite3_reset(ready);
    return code == SQLITE_DONE || code == SQLITE_ROW ? FAIL_NONE
                                                     : ledger_fault(ledger, code, fault);
}

static Fail run_plain(Ledger *ledger, Statement statement, Fault *fault)
{
    sqlite3_stmt *ready = ledger_ready(ledger, statement, fault);
    return ready ? ledger_done(ledger, ready, fault) : FAIL_SYSTEM;
}

void ledger_close(Ledger *ledger)
{
    if (!ledger) {
        return;
    }
    ledger_end(ledger);
    for (int i = 0; i < STATEMENT_COUNT; i++) {
        sqlite3_finalize(ledger->prepared[i]);
    }
    sqlite3_close(ledger->database);
    hasher_free(ledger->hasher);
    free(ledger->path);
    free(ledger);
}

void ledger_hash_with(Ledger *ledger, HashKind kind)
{
    if (ledger->hash_kind != kind) {
        hasher_free(ledger->hasher);
        ledger->hasher = hasher_new(kind);
        ledger->hash_kind = kind;
    }
}

static Fail begin(Ledger *ledger, Statement statement, Fault *fault)
{
    Fail fail = run_plain(ledger, statement, fault);
    ledger->open = fail == FAIL_NONE;
    ledger->last_known = false;
    return fail;
}

Fail ledger_begin(Ledger *ledger, Fault *fault)
{
    return begin(ledger, STATEMENT_BEGIN, fault);
}

Fail ledger_begin_read(Ledger *ledger, Fault *fault)
{
    return begin(ledger, STATEMENT_BEGIN_READ, fault);
}

Fail ledger_commit(Ledger *ledger, Fault *fault)
{
    Fail fail = run_plain(ledger, STATEMENT_COMMIT, fault);
    if (fail != FAIL_NONE) {
        ledger_end(ledger);
    }
    ledger->open = false;
    ledger->last_known = false;
    return fail;
}

void ledger_end(Ledger *ledger)
{
    if (ledger->open) {
        Fault ignored;
        Fail fail = run_plain(ledger, STATEMENT_ROLLBACK, &ignored);
        (void)fail;   /* a rollback that fails means that the transaction is gone already */
        ledger->open = false;
        ledger->last_known = false;
    }
}

Fail ledger_last(Ledger *ledger, int64_t *ret_n, Hash *ret_hash, Fault *fault)
{
    if (!ledger->last_known) {
        sqlite3_stmt *ready = ledger_ready(ledger, STATEMENT_EVENT_LAST, fault);
        if (!ready) {
            return FAIL_SYSTEM;
        }
        int code = sqlite3_step(ready);
        ledger->last_n = 0;
        ledger->last_hash = (Hash){{0}};
        if (code == SQLITE_ROW) {
            Str hash = ledger_column_text(ready, 1);
            ledger->last_n = sqlite3_column_int64(ready, 0);
            if (hash.len) {
                size_t len = hash.len < HASH_BYTES ? hash.len : HASH_BYTES;
                memcpy(ledger->last_hash.at, hash.at, len);
            }
        }
        sqlite3_reset(ready);
        if (code != SQLITE_ROW && code != SQLITE_DONE) {
            return ledger_fault(ledger, code, fault);
        }
        ledger->last_known = ledger->open;
    }
    *ret_n = ledger->last_n;
    *ret_hash = ledger->last_hash;
    return FAIL_NONE;
}

Fail ledger_append(Ledger *ledger, int64_t matter, int64_t seq, Str key, Str body, int64_t *ret_n,
                   Fault *fault)
{
    int64_t n = 0;
    Hash before;
    if (body.len > LEDGER_BODY_BYTES_MAX) {
        return FAULT(fault, FAIL_INPUT, WORD_STORE_BODY_LARGE, STR("8388608"));
    }
    Fail fail = ledger_last(ledger, &n, &before, fault);
    sqlite3_stmt *ready =
        fail == FAIL_NONE ? ledger_ready(ledger, STATEMENT_EVENT_APPEND, fault) : NULL;
    if (!ready) {
        return FAIL_SYSTEM;
    }
    Hash hash = hash_of_two(ledger->hasher, (Str){(const char *)before.at, HASH_BYTES}, body);
    sqlite3_bind_int64(ready, 1, n + 1);
    sqlite3_bind_int64(ready, 2, matter);
    sqlite3_bind_int64(ready, 3, seq);
    if (key.len) {
        ledger_bind_text(ready, 4, key);
    } else {
        sqlite3_bind_null(ready, 4);
    }
    ledger_bind_text(ready, 5, body);
    sqlite3_bind_blob(ready, 6, hash.at, HASH_BYTES, SQLITE_STATIC);
    fail = ledger_done(ledger, ready, fault);
    if (fail == FAIL_NONE) {
        ledger->last_n = n + 1;
        ledger->last_hash = hash;
        if (ret_n) {
            *ret_n = n + 1;
        }
    }
    return fail;
}

static Fail one_number(Ledger *ledger, sqlite3_stmt *ready, int64_t *ret_number, Fault *fault)
{
    int code = sqlite3_step(ready);
    *ret_number = code == SQLITE_ROW ? sqlite3_column_int64(ready, 0) : 0;
    sqlite3_reset(ready);
    return code == SQLITE_ROW ? FAIL_NONE : ledger_fault(ledger, code, fault);
}

Fail ledger_last_matter(Ledger *ledger, int64_t *ret_matter, Fault *fault)
{
    sqlite3_stmt *ready = ledger_ready(ledger, STATEMENT_MATTER_LAST_ID, fault);
    return ready ? one_number(ledger, ready, ret_matter, fault) : FAIL_SYSTEM;
}

Fail ledger_length(Ledger *ledger, int64_t matter, int64_t *ret_seq, Fault *fault)
{
    sqlite3_stmt *ready = ledger_ready(ledger, STATEMENT_STREAM_LENGTH, fault);
    if (!ready) {
        return FAIL_SYSTEM;
    }
    sqlite3_bind_int64(ready, 1, matter);
    return one_number(ledger, ready, ret_seq, fault);
}

Fail ledger_version(Ledger *ledger, int64_t *ret_version, Fault *fault)
{
    sqlite3_stmt *ready = ledger_ready(ledger, STATEMENT_DATA_VERSION, fault);
    return ready ? one_number(ledger, ready, ret_version, fault) : FAIL_SYSTEM;
}

static LedgerEvent event_of(sqlite3_stmt *row)
{
    static const int kinds[] = {SQLITE_INTEGER, SQLITE_INTEGER, SQLITE_INTEGER, SQLITE_TEXT,
                                SQLITE_TEXT, SQLITE_BLOB};
    LedgerEvent event = {.n = sqlite3_column_int64(row, 0), .matter = sqlite3_column_int64(row, 1),
                         .seq = sqlite3_column_int64(row, 2), .formed = true};
    for (int i = 0; i < 6; i++) {
        int kind = sqlite3_column_type(row, i);
        event.formed &= kind == kinds[i] || (i == 3 && kind == SQLITE_NULL);
    }
    event.key = ledger_column_text(row, 3);
    event.body = ledger_column_text(row, 4);
    Str hash = ledger_column_text(row, 5);
    event.formed &= hash.len == HASH_BYTES;
    memcpy(event.hash.at, hash.at ? hash.at : "", hash.len < HASH_BYTES ? hash.len : HASH_BYTES);
    return event;
}

static Fail walk(Ledger *ledger, sqlite3_stmt *ready, LedgerEach *each, void *with, Fault *fault)
{
    Fail fail = FAIL_NONE;
    int code;
    while (fail == FAIL_NONE && (code = sqlite3_step(ready)) != SQLITE_DONE) {
        if (code != SQLITE_ROW) {
            fail = ledger_fault(ledger, code, fault);
            break;
        }
        LedgerEvent event = event_of(ready);
        fail = each(with, &event, fault);
    }
    sqlite3_reset(ready);
    return fail;
}

Fail ledger_all(Ledger *ledger, int64_t after, LedgerEach *each, void *with, Fault *fault)
{
    sqlite3_stmt *ready = ledger_ready(ledger, STATEMENT_EVENTS_ALL, fault);
    if (!ready) {
        return FAIL_SYSTEM;
    }
    sqlite3_bind_int64(ready, 1, after);
    return walk(ledger, ready, each, with, fault);
}

Fail ledger_stream(Ledger *ledger, int64_t matter, int64_t after_seq, LedgerEach *each, void *with,
                   Fault *fault)
{
    sqlite3_stmt *ready = ledger_ready(ledger, STATEMENT_EVENTS_OF_MATTER, fault);
    if (!ready) {
        return FAIL_SYSTEM;
    }
    sqlite3_bind_int64(ready, 1, matter);
    sqlite3_bind_int64(ready, 2, after_seq);
    return walk(ledger, ready, each, with, fault);
}

Fail ledger_by_key(Ledger *ledger, Str key, Arena *arena, bool *ret_found, LedgerEvent *ret_event,
                   Fault *fault)
{
    sqlite3_stmt *ready = ledger_ready(ledger, STATEMENT_EVENT_BY_KEY, fault);
    if (!ready) {
        return FAIL_SYSTEM;
    }
    ledger_bind_text(ready, 1, key);
    int code = sqlite3_step(ready);
    *ret_found = code == SQLITE_ROW;
    if (*ret_found) {
        *ret_event = event_of(ready);
        ret_event->key = str_copy(arena, ret_event->key);
        ret_event->body = str_copy(arena, ret_event->body);
    }
    sqlite3_reset(ready);
    return code == SQLITE_ROW || code == SQLITE_DONE ? FAIL_NONE
                                                     : ledger_fault(ledger, code, fault);
}
