/* house.c: the rules about every file, and about the tree as a whole. */
#include "tidy.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { LINE_COLUMNS_MAX = 100, FILE_LINES_NOTE = 500, FILE_LINES_MAX = 800 };

static bool has_columns(const File *file)
{
    static const char *const kinds[] = {".c", ".h", ".build", ".sql", ".mjs", ".sh", ".supp"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (ends(file->path, kinds[i])) {
            return true;
        }
    }
    return starts(file->text, "#!");
}

static void check_lengths(const File *file)
{
    int line = 1, columns = 0;
    for (const char *at = file->text; *at; at++) {
        if (*at != '\n') {
            columns += ((unsigned char)*at & 0xC0) != 0x80;
            continue;
        }
        if (columns > LINE_COLUMNS_MAX) {
            FIND(RULE_LENGTHS, file->path, line, "%d columns, at most %d", columns,
                 LINE_COLUMNS_MAX);
        }
        line++;
        columns = 0;
    }
    if (line - 1 > FILE_LINES_MAX) {
        FIND(RULE_LENGTHS, file->path, 1, "%d lines, at most %d", line - 1, FILE_LINES_MAX);
    } else if (line - 1 > FILE_LINES_NOTE) {
        finding_add(RULE_LENGTHS, true, file->path, 1, "%d lines; a file is parted at %d",
                    line - 1, FILE_LINES_NOTE);
    }
}

static bool is_text(const File *file)
{
    return memchr(file->text, 0, file->size) == NULL;
}

static void check_spaces(const File *file)
{
    bool tabs_allowed = ends(file->path, ".tsv") || !strcmp(file->name, "Makefile");
    bool made = ends(file->path, ".json") || ends(file->path, ".tsv");   /* it has a meaning */
    int line = 1;
    for (const char *at = file->text; *at; at++) {
        if (*at == '\t' && !tabs_allowed) {
            FIND(RULE_SPACES, file->path, line, "a tab");
        } else if (*at == '\r') {
            FIND(RULE_SPACES, file->path, line, "a carriage return");
        } else if (!made && (*at == ' ' || *at == '\t') && at[1] == '\n') {
            FIND(RULE_SPACES, file->path, line, "space at the end of the line");
        }
        line += *at == '\n';
    }
    if (file->size && file->text[file->size - 1] != '\n') {
        FIND(RULE_SPACES, file->path, line, "no line end at the end of the file");
    }
}


static void check_opening(const File *file)
{
    if (!starts(file->text, "/*")) {
        FIND(RULE_HEADERS, file->path, 1, "opens without a comment that says its purpose");
    }
}

/* Every .c stands in a meson.build; unit tests and fuzz targets stand in their lists. */
static void check_built(const File *file)
{
    char words[PATH_BYTES_MAX + 4];
    const char *folder = "";
    size_t length = strlen(file->name);
    if (starts(file->path, "tests/unit/test_")) {
        folder = "tests/";
        snprintf(words, sizeof words, "'%.*s'", (int)(length - strlen("test_.c")),
                 file->name + strlen("test_"));
    } else if (starts(file->path, "fuzz/fuzz_")) {
        folder = "fuzz/";
        snprintf(words, sizeof words, "'%.*s'", (int)(length - strlen("fuzz_.c")),
                 file->name + strlen("fuzz_"));
    } else {
        snprintf(words, sizeof words, "%s'", file->name);
    }
    if (!built(folder, words)) {
        FIND(RULE_BUILT, file->path, 1, "no meson.build names this file");
    }
}

static bool has_chinese(const char *text)
{
    for (; *text && *text != '\n'; text++) {
        if ((unsigned char)*text >= 0xE3 && (unsigned char)*text <= 0xE9) {
            return true;   /* the lead bytes of U+3000 to U+9FFF */
        }
    }
    return false;
}

typedef enum Use { USE_NONE, USE_SAID, USE_COUNTED_FROM } Use;

/* Whether src/ or a template says a sentence, or counts from it: WORD_MONDAY + weekday says a run
 * of them. */
static Use word_use(const char *id)
{
    char name[PATH_BYTES_MAX] = "WORD_";
    size_t length = strlen(name);
    for (; *id && *id != '\t' && length < sizeof name - 1; id++) {
        name[length++] = (char)toupper((unsigned char)*id);
    }
    name[length] = 0;
    Use use = USE_NONE;
    for (int i = 0; i < files_count; i++) {
        bool page = starts(files[i].path, "pages/") && ends(files[i].path, ".html");
        const char *said_in = page ? files[i].text : files[i].code;
        if (!said_in || (!page && !starts(files[i].path, "src/"))) {
            continue;
        }
        for (const char *at = said_in; (at = find_word(at, name)); at++) {
            use = use == USE_COUNTED_FROM || starts(at + length, " + ") ? USE_COUNTED_FROM
                                                                       : USE_SAID;
        }
    }
    return use;
}

/* The id up to its last underscore. */
static size_t stem_length(const char *id)
{
    size_t stem = 0;
    for (size_t i = 0; id[i] && id[i] != '\t'; i++) {
        stem = id[i] == '_' ? i : stem;
    }
    return stem;
}

static void check_sentence(const File *file, int line, const char *at)
{
    const char *en = strchr(at, '\t'), *end = strchr(at, '\n');
    const char *zh = en ? strchr(en + 1, '\t') : NULL;
    if (!en || !zh || !end || en > end || zh > end || zh == en + 1 || zh + 1 == end) {
        FIND(RULE_WORDS, file->path, line, "expected: id, tab, English, tab, Chinese");
        return;
    }
    bool letters = false;
    for (const char *c = en; c < zh; c++) {
        letters = letters || (isalpha((unsigned char)*c) && c[-1] != '\\');
    }
    if (letters && !has_chinese(zh)) {
        FIND(RULE_WORDS, file->path, line, "the Chinese sentence has no Chinese");
    }
}

static void check_words(const File *file)
{
    int line = 0;
    const char *run = NULL;   /* first of a run that is counted from */
    for (const char *at = file->text; at && *at; at = strchr(at, '\n'), at += at != NULL) {
        line++;
        if (*at == '#' || *at == '\n') {
            continue;
        }
        check_sentence(file, line, at);
        Use use = word_use(at);
        size_t stem = stem_length(at);
        bool goes_on = run && stem == stem_length(run) && !strncmp(run, at, stem);
        run = use == USE_COUNTED_FROM ? at : goes_on ? run : NULL;
        if (use == USE_NONE && !run) {
            FIND(RULE_WORDS, file->path, line, "%.*s is used nowhere", (int)strcspn(at, "\t"), at);
        }
    }
}

/* Text that is public names no folder of the machine it was written on, and lock files name no
 * address. The words are put together here so that this file does not find itself. */
static void check_public(const File *file)
{
    static const char *const telling[][2] = {
        {"/wor" "k/", "a path of somebody's machine"},
        {"/hom" "e/", "a path of somebody's machine"},
        {"/roo" "t/", "a path of somebody's machine"},
        {"/User" "s/", "a path of somebody's machine"},
        {"registry.np" "mjs", "the address of a package registry"},
        {"deb.deb" "ian.org", "the address of a package registry"},
        {"\"resol" "ved\"", "a lock file names where packages came from"},
    };
    for (size_t i = 0; i < sizeof telling / sizeof telling[0]; i++) {
        const char *at = strstr(file->text, telling[i][0]);
        if (at && (at == file->text || !isalnum((unsigned char)at[-1]))) {
            FIND(RULE_PUBLIC, file->path, line_of(file->text, at), "%s", telling[i][1]);
        }
    }
}

static void check_generated(const File *file)
{
    static const char *const kinds[] = {".o", ".a", ".so", ".gcda", ".gcno", ".profraw", ".db",
                                        ".docket", ".rej", ".orig"};
    static const char *const names[] = {"word.h", "word.c", "build.ninja", "compile_commands.json"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (ends(file->path, kinds[i])) {
            FIND(RULE_GENERATED, file->path, 1, "made by a program; git keeps sources only");
        }
    }
    if (strspn(file->name, "0123456789abcdef") == strlen(file->name) && strlen(file->name) > 30) {
        FIND(RULE_GENERATED, file->path, 1, "named by a program: what does it show?");
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (!strcmp(file->name, names[i])) {
            FIND(RULE_GENERATED, file->path, 1, "made by a program; git keeps sources only");
        }
    }
}

static void check_mode(const File *file)
{
    bool script = starts(file->text, "#!"), runs = (file->mode & S_IXUSR) != 0;
    if (script && !runs) {
        FIND(RULE_MODES, file->path, 1, "a script that is not executable");
    } else if (!script && runs) {
        FIND(RULE_MODES, file->path, 1, "executable, but no script");
    }
}

static void check_packages(const File *file)
{
    int line = 0;
    for (const char *at = file->text; at && *at; at = strchr(at, '\n'), at += at != NULL) {
        line++;
        size_t length = strcspn(at, "\n"), name = strcspn(at, " \n");
        const char *why = memchr(at, '#', length);
        if (length && *at != '#' && (!why || why < at + name || why + 3 > at + length)) {
            FIND(RULE_PACKAGES, file->path, line, "%.*s: what for?", (int)name, at);
        }
    }
}

void house_check_file(const File *file)
{
    if (!is_text(file)) {
        return;
    }
    check_public(file);
    check_generated(file);
    check_mode(file);
    if (!starts(file->path, "fuzz/seeds/")) {
        check_spaces(file);
    }
    if (has_columns(file)) {
        check_lengths(file);
    }
    if (file->code) {
        check_opening(file);
    }
    if (ends(file->path, ".c")) {
        check_built(file);
    }
    if (starts(file->path, "words/") && ends(file->path, ".tsv")) {
        check_words(file);
    }
    if (starts(file->path, "deps/") && ends(file->path, ".txt")) {
        check_packages(file);
    }
}

/* Folders down to the second level stand in docs/house.md as `path/`, in backticks. */
void house_check_tree(void)
{
    const char *text = NULL;
    for (int i = 0; i < files_count; i++) {
        if (!strcmp(files[i].path, "docs/house.md")) {
            text = files[i].text;
        }
    }
    for (int i = 0; i < folders_count; i++) {
        char words[PATH_BYTES_MAX + 4];
        const char *slash = strchr(folders[i], '/');
        snprintf(words, sizeof words, "`%s/`", folders[i]);
        if ((!slash || !strchr(slash + 1, '/')) && (!text || !strstr(text, words))) {
            FIND(RULE_FOLDERS, "docs/house.md", 1, "the folder %s is not described", folders[i]);
        }
    }
}
