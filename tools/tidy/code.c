/* code.c: the rules about C: floors, lengths of functions, braces, banned functions, printing,
 * headers. */
#include "tidy.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { FUNCTION_LINES_MAX = 70, FLOOR_EDGES = 6 };

static const File *header_called(const char *name)
{
    for (int i = 0; i < files_count; i++) {
        if (!strcmp(files[i].name, name) && room_of(files[i].path)) {
            return &files[i];
        }
    }
    return NULL;
}

static void check_include(const File *file, const char *name, int line)
{
    const Room *mine = room_of(file->path);
    const File *header = header_called(name);
    char quoted[PATH_BYTES_MAX + 2];
    snprintf(quoted, sizeof quoted, "'%s'", name);
    if (!mine) {
        return;
    }
    if (!header) {
        if (!built("", quoted)) {
            FIND(RULE_FLOORS, file->path, line, "\"%s\" is no header of this house", name);
        }
        return;
    }
    const Room *theirs = room_of(header->path);
    if (theirs != mine && theirs->floor >= mine->floor && mine->floor > 0) {
        FIND(RULE_FLOORS, file->path, line, "floor %d may not use %s of floor %d", mine->floor,
             header->path, theirs->floor);
    } else if (theirs != mine && mine->floor == 0 && theirs->floor > 0) {
        FIND(RULE_FLOORS, file->path, line, "floor 0 may use nothing of floor %d", theirs->floor);
    }
}

static void check_floors(const File *file)
{
    for (const char *at = file->text; (at = strstr(at, "#include \"")); at++) {
        char name[PATH_BYTES_MAX];
        const char *from = at + strlen("#include \"");
        size_t length = strcspn(from, "\"\n");
        if (length < sizeof name && (at == file->text || at[-1] == '\n')) {
            memcpy(name, from, length);
            name[length] = 0;
            check_include(file, name, line_of(file->text, at));
        }
    }
}

static void check_functions(const File *file)
{
    int line = 1, opened = 0;
    for (const char *at = file->code; *at; at++) {
        if (*at != '\n') {
            continue;
        }
        line++;
        if (starts(at, "\n{\n")) {
            opened = line;
        } else if (opened && starts(at, "\n}")) {
            if (line + 1 - opened > FUNCTION_LINES_MAX) {
                FIND(RULE_LENGTHS, file->path, opened, "a function of %d lines, at most %d",
                     line + 1 - opened, FUNCTION_LINES_MAX);
            }
            opened = 0;
        }
    }
}

/* Past the parenthesis that closes the one at `at`; NULL when there is none. */
static const char *past_parentheses(const char *at)
{
    int depth = 0;
    for (; *at; at++) {
        depth += *at == '(';
        depth -= *at == ')';
        if (depth == 0) {
            return at + 1;
        }
    }
    return NULL;
}

static void check_braces(const File *file)
{
    static const char *const heads[] = {"if", "for", "while", "else"};
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        const char *at = file->code;
        while ((at = find_word(at, heads[i]))) {
            const char *word = at, *body = at + strlen(heads[i]);
            at = body;
            const char *bol = word;
            while (bol > file->code && bol[-1] != '\n') {
                bol--;
            }
            body += strspn(body, " ");
            if (bol[strspn(bol, " ")] == '#' || (i < 3 && *body != '(')) {
                continue;
            }
            const char *first = i < 3 ? past_parentheses(body) : body;
            first = first ? first + strspn(first, " \n\\") : NULL;
            bool tail = i == 2 && first && *first == ';';   /* do … while (…); */
            bool chain = i == 3 && (starts(first, "if ("));
            if (first && *first != '{' && !tail && !chain) {
                FIND(RULE_BRACES, file->path, line_of(file->code, word), "%s without braces",
                     heads[i]);
            }
        }
    }
}

static void check_banned(const File *file)
{
    static const char *const banned[] = {
        "strcpy", "strcat", "sprintf", "vsprintf", "strtok", "atoi", "atol", "atof", "gets",
        "alloca", "strncpy", "strncat", "setlocale", "system", "tmpnam", "mktemp",
    };
    for (size_t i = 0; i < sizeof banned / sizeof banned[0]; i++) {
        for (const char *at = file->code; (at = find_word(at, banned[i])); at++) {
            if (at[strlen(banned[i])] == '(') {
                FIND(RULE_BANNED, file->path, line_of(file->code, at), "%s is banned", banned[i]);
            }
        }
    }
    const char *at = strstr(file->code, "assert(0)");
    if (at) {
        FIND(RULE_BANNED, file->path, line_of(file->code, at), "assert(0) says nothing");
    }
    for (at = file->code; (at = find_word(at, "typedef")); at++) {
        const char *end = strchr(at, ';'), *brace = strchr(at, '{');
        if (end && (!brace || brace > end) && end - at > 2 && end[-1] == 't' && end[-2] == '_') {
            FIND(RULE_BANNED, file->path, line_of(file->code, at), "a type of ours ends in _t");
        }
    }
}

static void check_printing(const File *file)
{
    static const char *const printing[] = {
        "printf", "fprintf", "vfprintf", "puts", "fputs", "putchar", "fputc", "perror", "stdout",
        "stderr",
    };
    const Room *room = room_of(file->path);
    bool last_word = !strcmp(file->path, "src/base/arena.c") ||   /* no memory */
                     !strcmp(file->path, "src/store/hash.c");     /* no hash function */
    if (!room || room->floor >= FLOOR_EDGES || last_word) {
        return;
    }
    for (size_t i = 0; i < sizeof printing / sizeof printing[0]; i++) {
        const char *at = find_word(file->code, printing[i]);
        if (at && (starts(printing[i], "std") || at[strlen(printing[i])] == '(')) {
            FIND(RULE_PRINTING, file->path, line_of(file->code, at), "floor %d prints (%s)",
                 room->floor, printing[i]);
        }
    }
}

static bool included(const char *name)
{
    char quoted[PATH_BYTES_MAX + 16];
    snprintf(quoted, sizeof quoted, "#include \"%s\"", name);
    for (int i = 0; i < files_count; i++) {
        if (files[i].code && strcmp(files[i].name, name) != 0 && strstr(files[i].text, quoted)) {
            return true;
        }
    }
    return false;
}

static void check_header(const File *file)
{
    static const char *const taken[] = {
        "assert", "complex", "ctype", "err", "errno", "error", "fcntl", "features", "fenv", "float",
        "ftw", "glob", "grp", "iconv", "inttypes", "iso646", "langinfo", "limits", "link", "locale",
        "math", "memory", "mqueue", "netdb", "nl_types", "paths", "poll", "printf", "proc_service",
        "pthread", "pty", "pwd", "regex", "resolv", "sched", "search", "semaphore", "setjmp",
        "signal", "spawn", "stdalign", "stdarg", "stdatomic", "stdbool", "stddef", "stdint",
        "stdio", "stdlib", "string", "strings", "syslog", "termios", "tgmath", "threads", "time",
        "uchar", "unistd", "utime", "values", "wait", "wchar", "wctype",
    };
    char guard[PATH_BYTES_MAX + 16] = "SHENCHA_";
    size_t at = strlen(guard);
    for (const char *c = file->name; *c; c++) {
        guard[at++] = *c == '.' ? '_' : (char)toupper((unsigned char)*c);
    }
    guard[at] = 0;
    if (!strstr(file->text, guard)) {
        FIND(RULE_HEADERS, file->path, 1, "its guard should be called %s", guard);
    }
    if (!included(file->name)) {
        FIND(RULE_HEADERS, file->path, 1, "nothing includes this header");
    }
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++) {
        if (strlen(taken[i]) + 2 == strlen(file->name) && starts(file->name, taken[i])) {
            FIND(RULE_HEADERS, file->path, 1, "a system header has this name");
        }
    }
    for (int i = 0; i < files_count; i++) {
        if (&files[i] > file && !strcmp(files[i].name, file->name)) {
            FIND(RULE_HEADERS, files[i].path, 1, "%s has this name, too", file->path);
        }
    }
}

void code_check(const File *file)
{
    check_floors(file);
    check_functions(file);
    check_braces(file);
    check_banned(file);
    check_printing(file);
    if (ends(file->path, ".h")) {
        check_header(file);
    }
}
