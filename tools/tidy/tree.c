/* tree.c: the files of the source tree, read once. C is kept a second time with comments and the
 * insides of strings blanked, so that a word in a sentence is never taken for code. */
#include "tidy.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES_MAX = 4096, FOLDERS_MAX = 512, FILE_BYTES_MAX = 32 << 20 };

File files[FILES_MAX];
int files_count;
char folders[FOLDERS_MAX][PATH_BYTES_MAX];
int folders_count;

static const Room rooms[] = {
    {"words/", 0}, {"src/base/", 0}, {"src/law/", 1}, {"src/core/", 2}, {"src/supply/", 2},
    {"src/view/", 3}, {"src/store/", 4}, {"src/render/", 4}, {"src/crypto/", 4}, {"src/app/", 5},
    {"src/web/", 6}, {"src/api/", 6}, {"src/cli/", 6}, {"src/main/", 7},
};
enum { ROOMS_COUNT = sizeof rooms / sizeof rooms[0] };

bool starts(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

bool ends(const char *text, const char *end)
{
    size_t length = strlen(text), wanted = strlen(end);
    return length >= wanted && strcmp(text + length - wanted, end) == 0;
}

static bool is_c(const File *file)
{
    return ends(file->path, ".c") || ends(file->path, ".h");
}

int line_of(const char *text, const char *at)
{
    int line = 1;
    for (; text < at; text++) {
        line += *text == '\n';
    }
    return line;
}

const Room *room_of(const char *path)
{
    for (int i = 0; i < ROOMS_COUNT; i++) {
        if (starts(path, rooms[i].folder)) {
            return &rooms[i];
        }
    }
    return NULL;
}

/* A copy with comments and the insides of strings and characters blanked; line ends stay. */
static char *blank(const char *text, size_t size)
{
    char *code = malloc(size + 1);
    if (!code) {
        exit(3);
    }
    memcpy(code, text, size + 1);
    char inside = 0;   /* 0 code, / line comment, * comment, " or ' literal */
    for (size_t i = 0; i < size; i++) {
        char at = text[i], next = text[i + 1];
        if (!inside && at == '/' && (next == '/' || next == '*')) {
            inside = next == '/' ? '/' : '*';
            code[i] = code[i + 1] = ' ';
            i++;
        } else if (!inside && (at == '"' || at == '\'')) {
            inside = at;
        } else if (inside == '/' ? at == '\n' : inside == '*' ? at == '*' && next == '/' : false) {
            code[i] = at == '\n' ? '\n' : ' ';
            i += inside == '*';
            code[i] = text[i] == '\n' ? '\n' : ' ';
            inside = 0;
        } else if ((inside == '"' || inside == '\'') && at == '\\') {
            code[i] = ' ';
            i++;
            code[i] = text[i] == '\n' ? '\n' : ' ';
        } else if ((inside == '"' || inside == '\'') && at == inside) {
            inside = 0;
        } else if (inside && at != '\n') {
            code[i] = ' ';
        }
    }
    return code;
}

static void read_one(const char *path, const struct stat *about)
{
    if (files_count == FILES_MAX || about->st_size > FILE_BYTES_MAX) {
        fprintf(stderr, "tidy: %s: too many files, or one too large\n", path);
        exit(3);
    }
    File *file = &files[files_count];
    FILE *from = fopen(path, "rb");
    file->text = malloc((size_t)about->st_size + 1);
    if (!from || !file->text) {
        fprintf(stderr, "tidy: %s: cannot be read\n", path);
        exit(3);
    }
    file->size = fread(file->text, 1, (size_t)about->st_size, from);
    file->text[file->size] = 0;
    fclose(from);
    snprintf(file->path, PATH_BYTES_MAX, "%s", path);
    const char *slash = strrchr(file->path, '/');
    file->name = slash ? slash + 1 : file->path;
    file->mode = about->st_mode;
    file->code = is_c(file) ? blank(file->text, file->size) : NULL;
    files_count++;
}

static bool passed_over(const char *name)
{
    return !strcmp(name, ".") || !strcmp(name, "..") || !strcmp(name, ".git") ||
           !strcmp(name, "build") || starts(name, "build-") || !strcmp(name, "node_modules");
}

static void walk(const char *folder)
{
    struct dirent **entries;
    int count = scandir(*folder ? folder : ".", &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        char path[PATH_BYTES_MAX];
        struct stat about;
        int length = snprintf(path, sizeof path, "%s%s%s", folder, *folder ? "/" : "",
                              entries[i]->d_name);
        if (!passed_over(entries[i]->d_name) && length < PATH_BYTES_MAX && !lstat(path, &about)) {
            if (S_ISDIR(about.st_mode) && folders_count < FOLDERS_MAX) {
                memcpy(folders[folders_count++], path, sizeof path);
                walk(path);
            } else if (S_ISREG(about.st_mode)) {
                read_one(path, &about);
            }
        }
        free(entries[i]);
    }
    if (count >= 0) {
        free(entries);
    }
}

void tree_read(void)
{
    walk("");
}

const char *find_word(const char *text, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word)) {
        bool before = at > text && (isalnum((unsigned char)at[-1]) || at[-1] == '_');
        bool after = isalnum((unsigned char)at[length]) || at[length] == '_';
        if (!before && !after) {
            return at;
        }
    }
    return NULL;
}

bool built(const char *folder, const char *words)
{
    for (int i = 0; i < files_count; i++) {
        if (!strcmp(files[i].name, "meson.build") && starts(files[i].path, folder) &&
            strstr(files[i].text, words)) {
            return true;
        }
    }
    return false;
}
