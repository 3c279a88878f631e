/* base.c: small databases beside the record. */
#include "base.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "quiet.h"

enum { BASE_BUSY_MILLISECONDS = 10000, BASE_CACHE_KILOBYTES = 2048 };

struct Base {
    sqlite3 *database;
    sqlite3_stmt **prepared;   /* on first use */
    sqlite3_stmt *asked;       /* the one that runs */
    sqlite3_stmt *version;
    const BaseKind *kind;
    char *path;
    pthread_mutex_t lock;
    int bound;
    int64_t changes;           /* transactions of ours that wrote */
    bool open, write;
};

static Fail base_fault(const Base *base, int code, Fault *fault)
{
    int seen = errno, error = base->database ? sqlite3_system_errno(base->database) : seen;
    error = error ? error : seen;
    Str path = str_from(base->path);
    const char *detail = base->database ? sqlite3_errmsg(base->database) : strerror(error);
    int kind = code & 0xFF;
    if (kind == SQLITE_IOERR && (error == ENOSPC || error == EDQUOT || error == EFBIG)) {
        kind = SQLITE_FULL;
    }
    switch (kind) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return FAULT(fault, FAIL_SYSTEM, WORD_STORE_BUSY, path);
    case SQLITE_FULL: return FAULT(fault, FAIL_SYSTEM, WORD_STORE_FULL, path);
    case SQLITE_READONLY: return FAULT(fault, FAIL_SYSTEM, WORD_STORE_READ_ONLY, path);
    case SQLITE_NOTADB: return FAULT(fault, FAIL_SYSTEM, WORD_STORE_NOT_OURS, path);
    case SQLITE_CONSTRAINT: return FAULT(fault, FAIL_CONFLICT, WORD_STORE_CONFLICT, path);
    case SQLITE_CANTOPEN:
        return FAULT(fault, FAIL_SYSTEM, WORD_STORE_CANNOT_OPEN, path, str_from(detail));
    default: return FAULT(fault, FAIL_SYSTEM, WORD_STORE_FAILED, path, str_from(detail));
    }
}

static int pragma(Base *base, const char *text, int64_t *ret_value)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(base->database, text, -1, &statement, NULL);
    if (code == SQLITE_OK) {
        code = sqlite3_step(statement);
        *ret_value = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
        code = code == SQLITE_ROW ? SQLITE_OK : code;
    }
    sqlite3_finalize(statement);
    return code;
}

/* The file exists with its owner's rights before the database looks at it. One that is there is not
 * opened: closing it would take away the locks of every connection that this process has to it, and
 * the next program that leaves would clear the log away under our feet. */
static bool touch(const char *path)
{
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    return file >= 0 ? close(file) == 0 : errno == EEXIST;
}

static int connect_to(Base *base)
{
    quiet_sqlite();
    int code = sqlite3_open_v2(base->path, &base->database,
                               SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code != SQLITE_OK) {
        return code;
    }
    sqlite3_extended_result_codes(base->database, 1);
    sqlite3_busy_timeout(base->database, BASE_BUSY_MILLISECONDS);
    char text[256];
    snprintf(text, sizeof text,
             "PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; PRAGMA cache_size = -%d;"
             "PRAGMA temp_store = MEMORY; PRAGMA synchronous = FULL; PRAGMA cell_size_check = ON;"
             "PRAGMA journal_mode = WAL;", BASE_CACHE_KILOBYTES);
    return sqlite3_exec(base->database, text, NULL, NULL, NULL);
}

/* Makes the tables of a fresh file, in one transaction: two programs may come at once. */
static int fill(Base *base)
{
    int64_t format = 0, tables = 0;
    int code = sqlite3_exec(base->database, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    code = code == SQLITE_OK ? pragma(base, "PRAGMA user_version", &format) : code;
    code = code == SQLITE_OK ? pragma(base, "SELECT count(*) FROM sqlite_schema", &tables) : code;
    if (code == SQLITE_OK && format == 0 && tables == 0) {
        char head[128];
        snprintf(head, sizeof head, "PRAGMA application_id = %d; PRAGMA user_version = %d;",
                 base->kind->application_id, base->kind->format);
        code = sqlite3_exec(base->database, base->kind->schema, NULL, NULL, NULL);
        code = code == SQLITE_OK ? sqlite3_exec(base->database, head, NULL, NULL, NULL) : code;
    }
    if (code == SQLITE_OK) {
        code = sqlite3_exec(base->database, "COMMIT", NULL, NULL, NULL);
    }
    return code;
}

static Fail look_at_format(Base *base, Fault *fault)
{
    int64_t application = 0, format = 0;
    int code = pragma(base, "PRAGMA application_id", &application);
    code = code == SQLITE_OK ? pragma(base, "PRAGMA user_version", &format) : code;
    if (code != SQLITE_OK) {
        return base_fault(base, code, fault);
    }
    Str path = str_from(base->path);
    if (application != base->kind->application_id) {
        return FAULT(fault, FAIL_SYSTEM, WORD_STORE_NOT_OURS, path);
    }
    if (format != base->kind->format) {
        char told[24];
        snprintf(told, sizeof told, "%lld", (long long)format);
        return FAULT(fault, FAIL_SYSTEM, format > base->kind->format ? WORD_STORE_NEWER
                                                                     : WORD_STORE_OLDER,
                     path, str_from(told));
    }
    return FAIL_NONE;
}

Fail base_open(const char *dir, const BaseKind *kind, Base **ret_base, Fault *fault)
{
    Base *base = memory_take(sizeof *base);
    size_t size = strlen(dir) + strlen(kind->file) + 2;
    *base = (Base){.kind = kind, .path = memory_take(size)};
    snprintf(base->path, size, "%s/%s", dir, kind->file);
    base->prepared = memory_take(((size_t)kind->statements_count + 1) * sizeof(sqlite3_stmt *));
    memset(base->prepared, 0, ((size_t)kind->statements_count + 1) * sizeof(sqlite3_stmt *));
    pthread_mutex_init(&base->lock, NULL);
    Fail fail = FAIL_NONE;
    if (!touch(base->path)) {
        fail = FAULT(fault, FAIL_SYSTEM, WORD_STORE_CANNOT_OPEN, str_from(base->path),
                     str_from(strerror(errno)));
    }
    if (fail == FAIL_NONE) {
        int code = connect_to(base);
        code = code == SQLITE_OK ? fill(base) : code;
        fail = code == SQLITE_OK ? look_at_format(base, fault) : base_fault(base, code, fault);
    }
    if (fail != FAIL_NONE) {
        base_close(base);
        return fail;
    }
    *ret_base = base;
    return FAIL_NONE;
}

static int backup_into(sqlite3 *copy, sqlite3 *from)
{
    int code = sqlite3_exec(copy, "PRAGMA synchronous = FULL", NULL, NULL, NULL);
    sqlite3_backup *backup = code == SQLITE_OK ? sqlite3_backup_init(copy, "main", from, "main")
                                               : NULL;
    if (backup) {
        sqlite3_backup_step(backup, -1);
        sqlite3_backup_finish(backup);
        code = sqlite3_errcode(copy);
    }
    return code == SQLITE_OK ? sqlite3_exec(copy, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL)
                             : code;
}

Fail base_backup(Base *base, const char *path, Fault *fault)
{
    size_t len = strlen(path) + 1;
    Base copy = {.path = memory_take(len)};
    memcpy(copy.path, path, len);
    int code = touch(path) ? sqlite3_open_v2(path, &copy.database, SQLITE_OPEN_READWRITE, NULL)
                           : SQLITE_CANTOPEN;
    if (code == SQLITE_OK) {
        pthread_mutex_lock(&base->lock);
        code = backup_into(copy.database, base->database);
        pthread_mutex_unlock(&base->lock);
    }
    Fail fail = code == SQLITE_OK ? FAIL_NONE : base_fault(&copy, code, fault);
    sqlite3_close(copy.database);
    free(copy.path);
    return fail;
}

Fail base_backup_in(const char *dir, const BaseKind *kind, const char *path, bool *ret_there,
                    Fault *fault)
{
    size_t size = strlen(dir) + strlen(kind->file) + 2;
    char *own = memory_take(size);
    snprintf(own, size, "%s/%s", dir, kind->file);
    *ret_there = access(own, F_OK) == 0;
    free(own);
    if (!*ret_there) {
        return FAIL_NONE;
    }
    Base *base;
    Fail fail = base_open(dir, kind, &base, fault);
    if (fail == FAIL_NONE) {
        fail = base_backup(base, path, fault);
        base_close(base);
    }
    return fail;
}

void base_close(Base *base)
{
    if (!base) {
        return;
    }
    for (int i = 0; i < base->kind->statements_count; i++) {
        sqlite3_finalize(base->prepared[i]);
    }
    sqlite3_finalize(base->version);
    sqlite3_close(base->database);
    pthread_mutex_destroy(&base->lock);
    free(base->prepared);
    free(base->path);
    free(base);
}

/* ---- transactions ---- */

Fail base_begin(Base *base, bool write, Fault *fault)
{
    pthread_mutex_lock(&base->lock);
    int code = sqlite3_exec(base->database, write ? "BEGIN IMMEDIATE" : "BEGIN", NULL, NULL, NULL);
    if (code != SQLITE_OK) {
        Fail fail = base_fault(base, code, fault);
        pthread_mutex_unlock(&base->lock);
        return fail;
    }
    base->open = true;
    base->write = write;
    return FAIL_NONE;
}

bool base_begin_at_once(Base *base)
{
    if (pthread_mutex_trylock(&base->lock) != 0) {
        return false;
    }
    sqlite3_busy_timeout(base->database, 0);
    base->open = sqlite3_exec(base->database, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK;
    sqlite3_busy_timeout(base->database, BASE_BUSY_MILLISECONDS);
    base->write = true;
    if (!base->open) {
        pthread_mutex_unlock(&base->lock);
        return false;
    }
    return true;
}

static void rest(Base *base)
{
    if (base->asked) {
        sqlite3_reset(base->asked);
        sqlite3_clear_bindings(base->asked);
        base->asked = NULL;
    }
}

Fail base_commit(Base *base, Fault *fault)
{
    rest(base);
    int code = sqlite3_exec(base->database, "COMMIT", NULL, NULL, NULL);
    if (code != SQLITE_OK) {
        return base_fault(base, code, fault);
    }
    base->open = false;
    base->changes += base->write;
    return FAIL_NONE;
}

void base_end(Base *base)
{
    rest(base);
    if (base->open) {
        sqlite3_exec(base->database, "ROLLBACK", NULL, NULL, NULL);
        base->open = false;
    }
    pthread_mutex_unlock(&base->lock);
}

Fail base_version(Base *base, int64_t *ret_version, Fault *fault)
{
    pthread_mutex_lock(&base->lock);
    int code = SQLITE_OK;
    if (!base->version) {
        code = sqlite3_prepare_v3(base->database, "PRAGMA data_version", -1,
                                  SQLITE_PREPARE_PERSISTENT, &base->version, NULL);
    }
    if (code == SQLITE_OK) {
        code = sqlite3_step(base->version);
        *ret_version = sqlite3_column_int64(base->version, 0) + (base->changes << 24);
        code = code == SQLITE_ROW ? sqlite3_reset(base->version) : code;
    }
    Fail fail = code == SQLITE_OK ? FAIL_NONE : base_fault(base, code, fault);
    pthread_mutex_unlock(&base->lock);
    return fail;
}

/* ---- statements ---- */

Fail base_ask(Base *base, int statement, Fault *fault)
{
    rest(base);
    sqlite3_stmt **prepared = &base->prepared[statement];
    if (!*prepared) {
        int code = sqlite3_prepare_v3(base->database, base->kind->statements[statement], -1,
                                      SQLITE_PREPARE_PERSISTENT, prepared, NULL);
        if (code != SQLITE_OK) {
            return base_fault(base, code, fault);
        }
    }
    base->asked = *prepared;
    base->bound = 0;
    return FAIL_NONE;
}

void base_put_text(Base *base, Str text)
{
    sqlite3_bind_text64(base->asked, ++base->bound, text.at ? text.at : "", text.len,
                        SQLITE_STATIC, SQLITE_UTF8);
}

void base_put_bytes(Base *base, const void *bytes, size_t size)
{
    sqlite3_bind_blob64(base->asked, ++base->bound, bytes, size, SQLITE_STATIC);
}

void base_put_int(Base *base, int64_t value)
{
    sqlite3_bind_int64(base->asked, ++base->bound, value);
}

void base_put_null(Base *base)
{
    sqlite3_bind_null(base->asked, ++base->bound);
}

Fail base_run(Base *base, Fault *fault)
{
    int code;
    do {
        code = sqlite3_step(base->asked);
    } while (code == SQLITE_ROW);
    Fail fail = code == SQLITE_DONE ? FAIL_NONE : base_fault(base, code, fault);
    rest(base);
    return fail;
}

Fail base_next(Base *base, bool *ret_row, Fault *fault)
{
    int code = sqlite3_step(base->asked);
    *ret_row = code == SQLITE_ROW;
    if (code == SQLITE_ROW) {
        return FAIL_NONE;
    }
    Fail fail = code == SQLITE_DONE ? FAIL_NONE : base_fault(base, code, fault);
    rest(base);
    return fail;
}

Str base_text(Base *base, int column)
{
    const void *text = sqlite3_column_type(base->asked, column) == SQLITE_BLOB
                           ? sqlite3_column_blob(base->asked, column)
                           : (const void *)sqlite3_column_text(base->asked, column);
    int len = sqlite3_column_bytes(base->asked, column);
    return text ? (Str){text, (size_t)len} : STR_NONE;
}

int64_t base_int(Base *base, int column)
{
    return sqlite3_column_int64(base->asked, column);
}

bool base_is_null(Base *base, int column)
{
    return sqlite3_column_type(base->asked, column) == SQLITE_NULL;
}

int64_t base_made(Base *base)
{
    return sqlite3_last_insert_rowid(base->database);
}

int64_t base_changed(Base *base)
{
    return sqlite3_changes64(base->database);
}
