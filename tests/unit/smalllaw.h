/* smalllaw.h: the law of tests/small-law with words changed, and what the check says of it. A place
 * is given as it reads, with @ before the very character that must be pointed at. */
#ifndef SHENCHA_SMALLLAW_H
#define SHENCHA_SMALLLAW_H

#include "kit.h"

#include <cmocka.h>
#include <stdlib.h>

#include "lawcheck.h"

#define PROCEDURE "editions/small/procedure.yaml"
#define CLAUSES "editions/small/clauses.yaml"
#define OWN_WORDS "editions/small/words.yaml"
#define WORDS_EN "words/en.yaml"
#define WORDS_ZH "words/zh.yaml"
#define BODIES "common/bodies.yaml"

enum { SMALL_FILES_MAX = 12 };

static Arena small_arena;
static LawFile small_files[SMALL_FILES_MAX];
static LawFolder small_folder;
static LawCheck small_check;

static inline LawFile *small_file(const char *path)
{
    for (size_t i = 0; i < small_folder.count; i++) {
        if (str_is(small_files[i].path, path)) {
            return &small_files[i];
        }
    }
    fail_msg("no file %s", path);
    return NULL;
}

/* Adds or replaces a whole file. */
static inline void put_file(const char *path, const char *text)
{
    LawFile file = {str_copy(&small_arena, str_from(path)), str_copy(&small_arena, str_from(path)),
                    str_copy(&small_arena, str_from(text))};
    size_t at = 0;
    while (at < small_folder.count && str_cmp(small_files[at].path, file.path) < 0) {
        at++;
    }
    if (at == small_folder.count || !str_eq(small_files[at].path, file.path)) {
        assert_true(small_folder.count < SMALL_FILES_MAX);
        memmove(&small_files[at + 1], &small_files[at],
                (small_folder.count - at) * sizeof small_files[0]);
        small_folder.count++;
    }
    small_files[at] = file;
    small_folder.files = small_files;
}

static inline void remove_file(const char *path)
{
    LawFile *file = small_file(path);
    size_t at = (size_t)(file - small_files);
    memmove(file, file + 1, (small_folder.count - at - 1) * sizeof *file);
    small_folder.count--;
}

/* The sound law again. */
static inline void start_again(void)
{
    static const char *const paths[] = {BODIES, CLAUSES, PROCEDURE, WORDS_EN, WORDS_ZH};
    small_folder.count = 0;
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        char *text = kit_read(kit_path("tests/small-law", paths[i]), NULL);
        put_file(paths[i], text);
        free(text);
    }
}

static inline size_t find_text(Str whole, Str part)
{
    for (size_t i = 0; i + part.len <= whole.len; i++) {
        if (memcmp(whole.at + i, part.at, part.len) == 0) {
            return i;
        }
    }
    return whole.len;
}

/* Index of a text that stands exactly once in a file. */
static inline size_t once(const char *path, Str part)
{
    Str text = small_file(path)->text;
    size_t at = find_text(text, part);
    if (at == text.len) {
        fail_msg("%s does not hold \"%.*s\"", path, STR_ARG(part));
    }
    Str rest = str_part(text, at + 1, text.len);
    if (find_text(rest, part) != rest.len) {
        fail_msg("%s holds \"%.*s\" more than once", path, STR_ARG(part));
    }
    return at;
}

/* Replaces a text that stands exactly once. */
static inline void change_in(const char *path, const char *old, const char *new)
{
    LawFile *file = small_file(path);
    size_t at = once(path, str_from(old));
    Buf buf = {0};
    buf_put(&buf, str_part(file->text, 0, at));
    buf_put(&buf, str_from(new));
    buf_put(&buf, str_part(file->text, at + strlen(old), file->text.len));
    file->text = str_copy(&small_arena, buf_str(&buf));
    buf_done(&buf);
}

static inline void change(const char *old, const char *new)
{
    change_in(PROCEDURE, old, new);
}

static inline void print_list(const FaultList *list)
{
    for (size_t i = 0; i < list->count; i++) {
        Buf line = {0};
        fault_put(&line, &list->at[i], LANGUAGE_EN);
        print_message("    %.*s\n", STR_ARG(buf_str(&line)));
        buf_done(&line);
    }
}

/* Line and column of the @ of `place`, which stands once in the file without its @. */
static inline void place_of(const char *path, const char *place, int *ret_line, int *ret_column)
{
    Str marked = str_from(place);
    size_t mark = str_find(marked, '@');
    assert_true(mark < marked.len);
    Buf bare = {0};
    buf_put(&bare, str_part(marked, 0, mark));
    buf_put(&bare, str_part(marked, mark + 1, marked.len));
    size_t at = once(path, buf_str(&bare)) + mark;
    buf_done(&bare);
    Str text = small_file(path)->text;
    *ret_line = 1;
    *ret_column = 1;
    for (size_t i = 0; i < at; i++) {
        bool first_byte = ((unsigned char)text.at[i] & 0xC0) != 0x80;
        *ret_column = text.at[i] == '\n' ? 1 : *ret_column + first_byte;
        *ret_line += text.at[i] == '\n';
    }
}

static inline void is_told(const FaultList *list, Word word, const char *path, const char *place)
{
    int line = 0, column = 0;
    if (place) {
        place_of(path, place, &line, &column);
    }
    for (size_t i = 0; i < list->count; i++) {
        const Fault *fault = &list->at[i];
        if (fault->word == word && str_is(str_from(fault->file), place ? path : "") &&
            fault->line == line && fault->column == column) {
            return;
        }
    }
    print_message("wanted at %s:%d:%d: %.*s\nfound:\n", place ? path : "-", line, column,
                  STR_ARG(word_text(LANGUAGE_EN, word)));
    print_list(list);
    fail();
}

/* The changed law has this fault at this place. Afterwards the law is sound again. */
static inline void finds_in(const char *path, Word word, const char *place)
{
    law_check(&small_arena, &small_folder, &small_check);
    is_told(&small_check.faults, word, path, place);
    start_again();
}

static inline void finds(Word word, const char *place)
{
    finds_in(PROCEDURE, word, place);
}

static inline void notes_in(const char *path, Word word, const char *place)
{
    law_check(&small_arena, &small_folder, &small_check);
    is_told(&small_check.notes, word, path, place);
    start_again();
}

static inline int small_setup(void **state)
{
    (void)state;
    start_again();
    return 0;
}

static inline int small_teardown(void **state)
{
    (void)state;
    small_folder.count = 0;
    arena_done(&small_arena);
    return 0;
}

#endif
