/* ledger_file.c: the file of a docket: made whole or not at all, opened, copied, looked through. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ledger_inside.h"
#include "quiet.h"

enum {
    APPLICATION_ID = 0x53484E43,   /* "SHNC" */
    BUSY_MILLISECONDS = 10000,
    CACHE_KILOBYTES = 8192, CACHE_KILOBYTES_FRUGAL = 4096,
    CHECKPOINT_PAGES = 4000,     /* of the log: rows of many matters lie far apart, and pages that
                                    several groups touch go into the file once */
};

/* Two texts as one terminated text; caller frees. */
static char *joined(const char *first, const char *second)
{
    size_t one = strlen(first), two = strlen(second);
    char *text = memory_take(one + two + 1);
    memcpy(text, first, one);
    memcpy(text + one, second, two + 1);
    return text;
}

static Ledger *ledger_at(const char *path)
{
    Ledger *ledger = memory_take(sizeof *ledger);
    *ledger = (Ledger){.path = joined(path, "")};
    ledger->hasher = hasher_new(HASH_SM3);
    return ledger;
}

static Fail cannot_open(const char *path, Fault *fault)
{
    return FAULT(fault, FAIL_SYSTEM, WORD_STORE_CANNOT_OPEN, str_from(path),
                 str_from(strerror(errno)));
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

/* SQLite's code: SQLITE_OK or what went wrong. */
static int connect_to(Ledger *ledger, const char *name, int flags)
{
    sqlite3_close(ledger->database);
    ledger->database = NULL;
    quiet_sqlite();
    int code = sqlite3_open_v2(name, &ledger->database, flags, NULL);
    if (code != SQLITE_OK) {
        return code;
    }
    sqlite3_extended_result_codes(ledger->database, 1);
    sqlite3_busy_timeout(ledger->database, BUSY_MILLISECONDS);
    char text[256];
    snprintf(text, sizeof text,
             "PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; PRAGMA cache_size = -%d;"
             "PRAGMA temp_store = MEMORY; PRAGMA synchronous = FULL; PRAGMA cell_size_check = ON;"
             "PRAGMA wal_autocheckpoint = %d;", CACHE_KILOBYTES, CHECKPOINT_PAGES);
    return sqlite3_exec(ledger->database, text, NULL, NULL, NULL);
}

static Fail connect_new(Ledger *ledger, Fault *fault)
{
    int code = connect_to(ledger, ledger->path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    return code == SQLITE_OK ? FAIL_NONE : ledger_fault(ledger, code, fault);
}

/* ---- making a file appear whole ---- */

/* Makes the name of `path` in its folder durable. */
static bool folder_sync(const char *path)
{
    char *folder = joined(path, "");
    size_t len = strlen(folder);
    while (len > 1 && folder[len - 1] == '/') {
        len--;
    }
    while (len > 0 && folder[len - 1] != '/') {
        len--;
    }
    folder[len] = 0;
    int file = open(len ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool synced = file >= 0 && (fsync(file) == 0 || errno == EINVAL);
    if (file >= 0) {
        close(file);
    }
    free(folder);
    return synced;
}

/* A name beside `path` under which it is made; caller frees. */
static char *part_of(const char *path)
{
    char end[32];
    snprintf(end, sizeof end, ".%ld.part", (long)getpid());
    return joined(path, end);
}

/* Gives the finished part its name, which must be free. */
static Fail publish(const char *part, const char *path, Word exists, Str told, Fault *fault)
{
    struct stat about;
    bool named = link(part, path) == 0;
    if (!named && (errno == EEXIST || stat(path, &about) == 0)) {
        return FAULT(fault, FAIL_INPUT, exists, told);
    }
    if (!named) {   /* a disk without links */
        named = rename(part, path) == 0;
    }
    return named && folder_sync(path) ? FAIL_NONE : cannot_open(path, fault);
}

/* Removes a part and what SQLite may have left beside it. */
static void part_remove(char *part)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        char *name = joined(part, ends[i]);
        unlink(name);
        free(name);
    }
    free(part);
}

static Fail fill_part(Ledger *ledger, HashKind hash, int64_t version, Fault *fault)
{
    char head[256];
    snprintf(head, sizeof head,
             "PRAGMA application_id = %d; PRAGMA user_version = %d;"
             "INSERT INTO projection (name, value) VALUES ('hash', '%s'), ('version', '%lld');"
             "COMMIT;",
             APPLICATION_ID, LEDGER_FORMAT, hash_kind_id(hash), (long long)version);
    const char *const texts[] = {"PRAGMA journal_mode = WAL; BEGIN IMMEDIATE;",
                                 schema_ledger_schema, schema_projections_schema, head};
    Fail fail = connect_new(ledger, fault);
    for (size_t i = 0; fail == FAIL_NONE && i < sizeof texts / sizeof texts[0]; i++) {
        fail = run_text(ledger, texts[i], fault);
    }
    return fail;
}

Fail ledger_create(const char *dir, HashKind hash, int64_t version, Fault *fault)
{
    struct stat about;
    if (mkdir(dir, 0700) == 0 ? !folder_sync(dir) : errno != EEXIST) {
        return cannot_open(dir, fault);
    }
    char *path = joined(dir, "/docket.db"), *part = part_of(path);
    Fail fail = FAIL_NONE;
    if (stat(path, &about) == 0) {
        fail = FAULT(fault, FAIL_INPUT, WORD_STORE_EXISTS, str_from(dir));
    } else {
        Ledger *ledger = ledger_at(part);
        fail = fill_part(ledger, hash, version, fault);
        ledger_close(ledger);
        if (fail == FAIL_NONE) {
            fail = publish(part, path, WORD_STORE_EXISTS, str_from(dir), fault);
        }
    }
    part_remove(part);
    free(path);
    return fail;
}

void ledger_frugal(Ledger *ledger)
{
    char text[64];
    snprintf(text, sizeof text, "PRAGMA cache_size = -%d", CACHE_KILOBYTES_FRUGAL);
    (void)sqlite3_exec(ledger->database, text, NULL, NULL, NULL);
}

Fail ledger_backup(Ledger *ledger, const char *path, Fault *fault)
{
    struct stat about;
    if (stat(path, &about) == 0) {
        return FAULT(fault, FAIL_INPUT, WORD_STORE_FILE_EXISTS, str_from(path));
    }
    char *part = part_of(path);
    Ledger *copy = ledger_at(part);
    Fail fail = connect_new(copy, fault);
    if (fail == FAIL_NONE) {
        sqlite3_backup *backup =
            sqlite3_backup_init(copy->database, "main", ledger->database, "main");
        if (backup) {
            sqlite3_backup_step(backup, -1);
            sqlite3_backup_finish(backup);
        }
        int code = sqlite3_errcode(copy->database);
        fail = code == SQLITE_OK ? FAIL_NONE : ledger_fault(copy, code, fault);
    }
    if (fail == FAIL_NONE) {   /* one file, nothing beside it */
        fail = run_text(copy, "PRAGMA journal_mode = DELETE", fault);
    }
    ledger_close(copy);
    if (fail == FAIL_NONE) {
        fail = publish(part, path, WORD_STORE_FILE_EXISTS, str_from(path), fault);
    }
    part_remove(part);
    return fail;
}

/* ---- opening ---- */

/* Nothing can be written beside the file: the disk is read-only or full. */
static bool unwritable(int code)
{
    int kind = code & 0xFF;
    return kind == SQLITE_CANTOPEN || kind == SQLITE_READONLY || kind == SQLITE_IOERR ||
           kind == SQLITE_FULL;
}

/* Does a log stand beside the file? Then the file alone is not the whole docket. */
static bool log_waits(const Ledger *ledger)
{
    struct stat about;
    char *log = joined(ledger->path, "-wal");
    bool waits = stat(log, &about) == 0 && about.st_size > 0;
    free(log);
    return waits;
}

/* Reads the file alone, without the files that SQLite would put beside it. */
static int connect_alone(Ledger *ledger)
{
    Buf name = {0};
    buf_put(&name, STR("file:"));
    for (const char *at = ledger->path; *at; at++) {
        if (*at == '%' || *at == '?' || *at == '#') {
            buf_print(&name, "%%%02x", (unsigned)*at);
        } else {
            buf_put_byte(&name, *at);
        }
    }
    buf_put(&name, STR("?immutable=1"));
    buf_put_byte(&name, 0);
    int code = connect_to(ledger, name.at, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
    buf_done(&name);
    return code;
}

static Fail check_version(Ledger *ledger, Fault *fault)
{
    int code;
    int64_t version = pragma(ledger, "PRAGMA user_version", &code);
    if (code != SQLITE_ROW) {
        return ledger_fault(ledger, code, fault);
    }
    if (version == LEDGER_FORMAT) {
        return FAIL_NONE;
    }
    Buf number = {0};
    buf_put_int(&number, version);
    Fail fail = FAULT(fault, FAIL_SYSTEM,
                      version > LEDGER_FORMAT ? WORD_STORE_NEWER : WORD_STORE_OLDER,
                      str_from(ledger->path), buf_str(&number));
    buf_done(&number);
    return fail;
}

static Fail open_file(Ledger *ledger, Fault *fault)
{
    int64_t application = 0;
    int code = connect_to(ledger, ledger->path, SQLITE_OPEN_READWRITE);
    if (ledger->database && ledger->write && sqlite3_db_readonly(ledger->database, "main") == 1) {
        return FAULT(fault, FAIL_SYSTEM, WORD_STORE_READ_ONLY, str_from(ledger->path));
    }
    if (code == SQLITE_OK) {
        application = pragma(ledger, "PRAGMA application_id", &code);
    }
    if (unwritable(code) && !ledger->write && log_waits(ledger)) {
        return FAULT(fault, FAIL_SYSTEM, WORD_STORE_LOG_UNREAD, str_from(ledger->path));
    }
    if (unwritable(code) && !ledger->write) {
        code = connect_alone(ledger);
        application = code == SQLITE_OK ? pragma(ledger, "PRAGMA application_id", &code) : 0;
    }
    if (code != SQLITE_ROW) {
        return ledger_fault(ledger, code, fault);
    }
    if (application != APPLICATION_ID) {
        return FAULT(fault, FAIL_SYSTEM, WORD_STORE_NOT_A_DOCKET, str_from(ledger->path));
    }
    Fail fail = check_version(ledger, fault);
    if (fail == FAIL_NONE && ledger->write) {   /* a restored backup has no log yet */
        fail = run_text(ledger, "PRAGMA journal_mode = WAL", fault);
    }
    return fail;
}

Fail ledger_open(const char *dir, bool write, Ledger **ret_ledger, Fault *fault)
{
    struct stat about;
    char *path = joined(dir, "/docket.db");
    Ledger *ledger = ledger_at(path);
    ledger->write = write;
    Fail fail;
    if (stat(path, &about) != 0) {
        bool missing = errno == ENOENT || errno == ENOTDIR;
        fail = missing ? FAULT(fault, FAIL_SYSTEM, WORD_STORE_NO_DOCKET, str_from(dir))
                       : cannot_open(path, fault);
    } else if (!S_ISREG(about.st_mode)) {
        fail = FAULT(fault, FAIL_SYSTEM, WORD_STORE_NOT_A_DOCKET, str_from(path));
    } else {
        fail = open_file(ledger, fault);
    }
    free(path);
    if (fail != FAIL_NONE) {
        ledger_close(ledger);
        return fail;
    }
    *ret_ledger = ledger;
    return FAIL_NONE;
}

/* ---- looking through ---- */

Fail ledger_pages(Ledger *ledger, Fault *fault)
{
    sqlite3_stmt *statement = NULL;
    int code =
        sqlite3_prepare_v2(ledger->database, "PRAGMA integrity_check(1)", -1, &statement, NULL);
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

/* What guards the events, without remarks and spaces. */
static int guards_text(sqlite3 *database, Buf *buf)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(database,
                                  "SELECT type, name, sql FROM sqlite_schema WHERE tbl_name = "
                                  "'event' AND sql IS NOT NULL ORDER BY type, name",
                                  -1, &statement, NULL);
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(statement);
        for (int i = 0; code == SQLITE_ROW && i < 3; i++) {
            Str text = ledger_column_text(statement, i);
            for (size_t at = 0; at < text.len; at++) {
                if (str_starts(str_part(text, at, text.len), STR("--"))) {
                    at += str_find(str_part(text, at, text.len), '\n');
                } else if (text.at[at] != ' ' && text.at[at] != '\n') {
                    buf_put_byte(buf, text.at[at]);
                }
            }
            buf_put_byte(buf, '\n');
        }
    }
    sqlite3_finalize(statement);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

Fail ledger_guards(Ledger *ledger, Fault *fault)
{
    Buf wanted = {0}, found = {0};
    sqlite3 *model = NULL;
    int code = sqlite3_open(":memory:", &model);
    code = code == SQLITE_OK ? sqlite3_exec(model, schema_ledger_schema, NULL, NULL, NULL) : code;
    code = code == SQLITE_OK ? guards_text(model, &wanted) : code;
    sqlite3_close(model);
    code = code == SQLITE_OK ? guards_text(ledger->database, &found) : code;
    Fail fail = code != SQLITE_OK ? ledger_fault(ledger, code, fault)
                : str_eq(buf_str(&wanted), buf_str(&found)) ? FAIL_NONE : FAIL_REFUSED;
    buf_done(&wanted);
    buf_done(&found);
    return fail;
}
