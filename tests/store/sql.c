/* sql.c: the hand that should not be there: runs the SQL of standard input on a database file, with
 * SQLite alone and none of our code. Rows come out divided by tabs, bytes as hexadecimal digits,
 * null as nothing. "-- wait N" on a line of its own sleeps N milliseconds and "-- said" prints the
 * line: to hold a lock while others come. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void print_row(sqlite3_stmt *statement)
{
    for (int i = 0; i < sqlite3_column_count(statement); i++) {
        if (i) {
            putchar('\t');
        }
        if (sqlite3_column_type(statement, i) == SQLITE_BLOB) {
            const unsigned char *at = sqlite3_column_blob(statement, i);
            for (int j = 0; j < sqlite3_column_bytes(statement, i); j++) {
                printf("%02x", at[j]);
            }
        } else if (sqlite3_column_type(statement, i) != SQLITE_NULL) {
            fwrite(sqlite3_column_text(statement, i), 1,
                   (size_t)sqlite3_column_bytes(statement, i), stdout);
        }
    }
    putchar('\n');
}

static int run_all(sqlite3 *database, const char *text)
{
    int code = SQLITE_OK;
    while (*text) {
        sqlite3_stmt *statement = NULL;
        code = sqlite3_prepare_v2(database, text, -1, &statement, &text);
        if (code != SQLITE_OK) {
            return code;
        }
        while (statement && (code = sqlite3_step(statement)) == SQLITE_ROW) {
            print_row(statement);
        }
        sqlite3_finalize(statement);
        if (code != SQLITE_DONE && code != SQLITE_OK) {
            return code;
        }
    }
    return SQLITE_OK;
}

/* Runs what was gathered, then does what the line says. */
static int direct(sqlite3 *database, char *text, const char *line)
{
    int code = run_all(database, text);
    text[0] = 0;
    if (strncmp(line, "-- wait ", 8) == 0) {
        usleep((useconds_t)strtoul(line + 8, NULL, 10) * 1000);
    } else {
        fputs(line, stdout);
        fflush(stdout);
    }
    return code;
}

int main(int argc, char **argv)
{
    enum { TEXT_BYTES_MAX = 64 << 20 };
    sqlite3 *database = NULL;
    char *line = NULL, *text = calloc(1, TEXT_BYTES_MAX);
    size_t capacity = 0, len = 0;
    if (argc != 2 || !text || sqlite3_open(argv[1], &database) != SQLITE_OK) {
        fputs("sql FILE: cannot be opened\n", stderr);
        return 2;
    }
    sqlite3_busy_timeout(database, 10000);
    int code = SQLITE_OK;
    for (ssize_t got; code == SQLITE_OK && (got = getline(&line, &capacity, stdin)) > 0;) {
        if (strncmp(line, "-- wait ", 8) == 0 || strncmp(line, "-- said", 7) == 0) {
            code = direct(database, text, line);
            len = 0;
        } else if (len + (size_t)got < TEXT_BYTES_MAX) {
            memcpy(text + len, line, (size_t)got + 1);
            len += (size_t)got;
        }
    }
    code = code == SQLITE_OK ? run_all(database, text) : code;
    if (code != SQLITE_OK) {
        fprintf(stderr, "%d %s\n", code, sqlite3_errmsg(database));
    }
    sqlite3_close(database);
    free(line);
    free(text);
    return code == SQLITE_OK ? 0 : 1;
}
