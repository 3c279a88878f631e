/* tidy.h: what the checks of the tree share: its files, and where findings go. Tools, no floor. */
#ifndef SHENCHA_TIDY_H
#define SHENCHA_TIDY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

enum { PATH_BYTES_MAX = 256 };

typedef struct File {
    char path[PATH_BYTES_MAX];   /* from the root of the tree */
    const char *name;            /* after the last slash */
    char *text;                  /* terminated */
    char *code;                  /* C only, else NULL: comments and insides of strings blanked */
    size_t size;
    mode_t mode;
} File;

typedef enum Rule {
    RULE_FLOORS, RULE_LENGTHS, RULE_SPACES, RULE_BRACES, RULE_BANNED, RULE_PRINTING, RULE_HEADERS,
    RULE_BUILT, RULE_WORDS, RULE_FOLDERS, RULE_PUBLIC, RULE_GENERATED, RULE_MODES, RULE_PACKAGES,
    RULE_COUNT
} Rule;

typedef struct Room { const char *folder; int floor; } Room;

/* The tree, read by tree_read; files in the order of their paths. */
extern File files[];
extern int files_count;
extern char folders[][PATH_BYTES_MAX];
extern int folders_count;

/* Reads every file below the working folder but version control, build folders and node_modules.
 * Ends the program when the tree is too large or unreadable. */
void tree_read(void);
/* The room of a path; NULL outside src/ and words/. Borrowed. */
const Room *room_of(const char *path);
/* True when some meson.build in or below `folder` ("" for all) holds `words`. */
bool built(const char *folder, const char *words);
int line_of(const char *text, const char *at);
bool starts(const char *text, const char *start);
bool ends(const char *text, const char *end);
/* Where `word` stands in `text` as a whole identifier; NULL when it does not. */
const char *find_word(const char *text, const char *word);

/* A finding: "path:line: sentence". A note is told and does not count. */
void finding_add(Rule rule, bool note, const char *path, int line, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
#define FIND(rule, path, line, ...) finding_add((rule), false, (path), (line), __VA_ARGS__)

/* The rules about C, for one file that has code. */
void code_check(const File *file);
/* The rules about every file and about the tree as a whole. */
void house_check_file(const File *file);
void house_check_tree(void);

#endif
