/* ledger.c: the record. One transaction at a time on one connection. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ledger_inside.h"

enum {
    APPLICATION_ID = 0x53484E43,   /* "SHNC" */
    BUSY_MILLISECONDS = 10000,
    CACHE_KILOBYTES = 8192,
};

static const char file_name[] = "/docket.db";

static char *path_of(const char *dir)
{
    size_t len = strlen(dir);
    char *path = memory_take(len + sizeof file_name);
    memcpy(path, dir, len);
    memcpy(path + len, file_name, sizeof file_name);
    return path;
}

Fail ledger_fault(const Ledger *ledger, int code, Fault *fault)
{
    Str path = str_from(ledger->path);
    Str detail = str_from(sqlite3_errmsg(ledger->database));
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return FAULT(fault, FAIL_SYSTEM, WORD_STORE_BUSY, path);
    case SQLITE_FULL: return FAULT(fault, FAIL_SYSTEM, WORD_STORE_FULL, path);
    case SQLITE_READONLY: return FAULT(fault, FAIL_SYSTEM, WORD_STORE_READ_ONLY, path);
    case SQLITE_NOTADB: return FAULT(fault, FAIL_SYSTEM, WORD_STORE_NOT_A_DOCKET, path);
    case SQLITE_CORRUPT: return FAULT(fault, FAIL_SYSTEM, WORD_STORE_DAMAGED, path, detail);
    case SQLITE_CANTOPEN: return FAULT(fault, FAIL_SYSTEM, WORD_STORE_CANNOT_OPEN, path, detail);
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

static Fail run_text(Ledger *ledger, const char *text, Fault *fault)
{
    int code = sqlite3_exec(ledger->database, text, NULL, NULL, NULL);
    return code == SQLITE_OK ? FAIL_NONE : ledger_fault(ledger, code, fault);
}

static int64_t pragma(Ledger *ledger, const char *text, int *ret_code)
{
    sqlite3_stmt *statement = NULL;
    int64_t value = -1;
    *ret_code = sqlite3_prepare_v2(ledger->database, text, -1, &statement, NULL);
    if (*ret_code == SQLITE_OK) {
        *ret_code = sqlite3_step(statement);
        value = *ret_code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : -1;
    }
    sqlite3_finalize(statement);
    return value;
}

static Ledger *ledger_at(const char *dir)
{
    Ledger *ledger = memory_take(sizeof *ledger);
    *ledger = (Ledger){.path = path_of(dir)};
    ledger->hasher = hasher_new(HASH_SM3);
    return ledger;
}

static Fail settle(Ledger *ledger, Fault *fault)
{
    sqlite3_extended_result_codes(ledger->database, 1);
    sqlite3_busy_timeout(ledger->database, BUSY_MILLISECONDS);
    char text[256];
    snprintf(text, sizeof text,
             "PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; PRAGMA cache_size = -%d;"
             "PRAGMA temp_store = MEMORY; PRAGMA synchronous = FULL; PRAGMA cell_size_check = ON;",
             CACHE_KILOBYTES);
    return run_text(ledger, text, fault);
}

Fail ledger_create(const char *dir, Fault *fault)
{
    struct stat about;
    if (mkdir(dir, 0755) != 0 && errno != EEXIST) {
        return FAULT(fault, FAIL_SYSTEM, WORD_STORE_CANNOT_OPEN, str_from(dir),
                     str_from(strerror(errno)));
    }
    Ledger *ledger = ledger_at(dir);
    Fail fail = FAIL_NONE;
    if (stat(ledger->path, &about) == 0) {
        fail = FAULT(fault, FAIL_INPUT, WORD_STORE_EXISTS, str_from(dir));
    }
    if (fail == FAIL_NONE) {
        int code = sqlite3_open_v2(ledger->path, &ledger->database,
                                   SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
        fail = code == SQLITE_OK ? settle(ledger, fault) : ledger_fault(ledger, code, fault);
    }
    char head[128];
    snprintf(head, sizeof head, "PRAGMA application_id = %d; PRAGMA user_version = %d;",
             APPLICATION_ID, LEDGER_FORMAT);
    if (fail == FAIL_NONE) {
        fail = run_text(ledger, "PRAGMA journal_mode = WAL; BEGIN IMMEDIATE;", fault);
    }
    if (fail == FAIL_NONE) {
        fail = run_text(ledger, schema_ledger_schema, fault);
    }
    if (fail == FAIL_NONE) {
        fail = run_text(ledger, schema_projections_schema, fault);
    }
    if (fail == FAIL_NONE) {
        fail = run_text(ledger, head, fault);
    }
    if (fail == FAIL_NONE) {
        fail = run_text(ledger, "COMMIT;", fault);
    }
    ledger_close(ledger);
    return fail;
}

Fail ledger_open(const char *dir, bool write, Ledger **ret_ledger, Fault *fault)
{
    struct stat about;
    Ledger *ledger = ledger_at(dir);
    ledger->write = write;
    if (stat(ledger->path, &about) != 0) {
        Fail fail = FAULT(fault, FAIL_SYSTEM, WORD_STORE_NO_DOCKET, str_from(dir));
        ledger_close(ledger);
        return fail;
    }
    int code = sqlite3_open_v2(ledger->path, &ledger->database, SQLITE_OPEN_READWRITE, NULL);
    Fail fail = code == SQLITE_OK ? settle(ledger, fault) : ledger_fault(ledger, code, fault);
    int64_t application = fail == FAIL_NONE ? pragma(ledger, "PRAGMA application_id", &code) : 0;
    if (fail == FAIL_NONE && code == SQLITE_CANTOPEN && !write) {
        /* A read-only disk cannot hold the files of the write-ahead log. */
        sqlite3_close(ledger->database);
        Buf name = {0};
        buf_print(&name, "file:%s?immutable=1", ledger->path);
        buf_put_byte(&name, 0);
        code = sqlite3_open_v2(name.at, &ledger->database, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
                               NULL);
        buf_done(&name);
        fail = code == SQLITE_OK ? settle(ledger, fault) : ledger_fault(ledger, code, fault);
        application = fail == FAIL_NONE ? pragma(ledger, "PRAGMA application_id", &code) : 0;
    }
    if (fail == FAIL_NONE && code != SQLITE_ROW) {
        fail = ledger_fault(ledger, code, fault);
    } else if (fail == FAIL_NONE && application != APPLICATION_ID) {
        fail = FAULT(fault, FAIL_SYSTEM, WORD_STORE_NOT_A_DOCKET, str_from(ledger->path));
    }
    int64_t version = fail == FAIL_NONE ? pragma(ledger, "PRAGMA user_version", &code) : 0;
    if (fail == FAIL_NONE && version != LEDGER_FORMAT) {
        Buf numbers = {0};
        buf_put_int(&numbers, version);
        fail = FAULT(fault, FAIL_SYSTEM, WORD_STORE_NEWER, str_from(ledger->path),
                     buf_str(&numbers));
        buf_done(&numbers);
    }
    if (fail != FAIL_NONE) {
        ledger_close(ledger);
        return fail;
    }
    *ret_ledger = ledger;
    return FAIL_NONE;
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
    LedgerEvent event = {.n = sqlite3_column_int64(row, 0), .matter = sqlite3_column_int64(row, 1),
                         .seq = sqlite3_column_int64(row, 2), .key = ledger_column_text(row, 3),
                         .body = ledger_column_text(row, 4)};
    Str hash = ledger_column_text(row, 5);
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

Fail ledger_backup(Ledger *ledger, const char *path, Fault *fault)
{
    struct stat about;
    if (stat(path, &about) == 0) {
        return FAULT(fault, FAIL_INPUT, WORD_STORE_FILE_EXISTS, str_from(path));
    }
    Ledger copy = {.path = (char *)path};
    int code = sqlite3_open_v2(path, &copy.database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                               NULL);
    if (code == SQLITE_OK) {
        sqlite3_backup *backup =
            sqlite3_backup_init(copy.database, "main", ledger->database, "main");
        if (backup) {
            sqlite3_backup_step(backup, -1);
            sqlite3_backup_finish(backup);
        }
        code = sqlite3_errcode(copy.database);
    }
    if (code == SQLITE_OK) {   /* one file, nothing beside it */
        code = sqlite3_exec(copy.database, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
    }
    Fail fail = code == SQLITE_OK ? FAIL_NONE : ledger_fault(&copy, code, fault);
    sqlite3_close(copy.database);
    if (fail != FAIL_NONE) {
        unlink(path);
    }
    return fail;
}

Fail ledger_pages(Ledger *ledger, Fault *fault)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(ledger->database, "PRAGMA quick_check(1)", -1, &statement, NULL);
    code = code == SQLITE_OK ? sqlite3_step(statement) : code;
    Fail fail = FAIL_NONE;
    if (code != SQLITE_ROW) {
        fail = ledger_fault(ledger, code, fault);
    } else if (!str_is(ledger_column_text(statement, 0), "ok")) {
        fail = FAULT(fault, FAIL_SYSTEM, WORD_STORE_DAMAGED, str_from(ledger->path),
                     ledger_column_text(statement, 0));
    }
    sqlite3_finalize(statement);
    return fail;
}
