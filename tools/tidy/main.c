/* tidy: the rules of the house that a program can check, over the source tree in the folder named
 * on the command line:   tidy [--tap] FOLDER
 *
 * Each finding is one line, "file:line: sentence". With --tap each rule is one case. Exit status 1
 * when there are findings; a note does not count. The rules stand in docs/house.md. */
#include "tidy.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FINDINGS_MAX = 2000, SENTENCE_BYTES_MAX = 400 };

static const char *const rules[RULE_COUNT] = {
    "a room includes only headers of its own and of the floors below",
    "lines, functions and files keep their lengths",
    "no tabs, no trailing space, no carriage return, a line end at the end",
    "if, else, for and while have braces",
    "no banned function, no assert(0), no type of ours ending in _t",
    "the floors below the command line never print",
    "every header opens with a comment, guards itself, is used and is called like no other",
    "every .c file is named in a meson.build",
    "every sentence stands in English and Chinese and is used",
    "every folder is described in docs/house.md",
    "no path of a machine and no address of a package registry",
    "nothing generated is in the tree",
    "scripts are executable, other files are not",
    "every package of deps says what it is for",
};

typedef struct Finding { Rule rule; bool note; char text[SENTENCE_BYTES_MAX]; } Finding;

static Finding findings[FINDINGS_MAX];
static int findings_count, bad_count;

void finding_add(Rule rule, bool note, const char *path, int line, const char *format, ...)
{
    bad_count += !note;
    if (findings_count == FINDINGS_MAX) {
        return;
    }
    Finding *finding = &findings[findings_count++];
    finding->rule = rule;
    finding->note = note;
    int used = snprintf(finding->text, SENTENCE_BYTES_MAX, "%s:%d: %s", path, line,
                        note ? "note: " : "");
    va_list arguments;
    va_start(arguments, format);
    if (used < SENTENCE_BYTES_MAX) {
        vsnprintf(finding->text + used, SENTENCE_BYTES_MAX - (size_t)used, format, arguments);
    }
    va_end(arguments);
}

static void tell(Rule rule, bool tap)
{
    bool bad = false;
    for (int i = 0; i < findings_count; i++) {
        bad = bad || (findings[i].rule == rule && !findings[i].note);
    }
    if (tap) {
        printf("%s %d - %s\n", bad ? "not ok" : "ok", rule + 1, rules[rule]);
    }
    for (int i = 0; i < findings_count; i++) {
        if (findings[i].rule == rule) {
            printf("%s%s\n", tap ? "# " : "", findings[i].text);
        }
    }
}

int main(int argc, char **argv)
{
    bool tap = argc == 3 && !strcmp(argv[1], "--tap");
    if (argc != 2 + tap || chdir(argv[argc - 1])) {
        fputs("usage: tidy [--tap] FOLDER\n", stderr);
        return 2;
    }
    tree_read();
    for (int i = 0; i < files_count; i++) {
        house_check_file(&files[i]);
        if (files[i].code) {
            code_check(&files[i]);
        }
    }
    house_check_tree();
    if (tap) {
        printf("1..%d\n", RULE_COUNT);
    }
    for (Rule rule = 0; rule < RULE_COUNT; rule++) {
        tell(rule, tap);
    }
    return bad_count > 0;
}
