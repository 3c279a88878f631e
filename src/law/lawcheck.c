/* lawcheck.c: the check of a whole law folder: its files, each edition, the days of force, the
 * notices, the words. The rooms beside this file look at one thing each. */
#include "lawcheck.h"

#include <stdlib.h>

#include "calendar.h"
#include "lawcheck_inside.h"

enum { EDITIONS_MAX = 256 };

static void note_place(FaultList *list, const Node *node, Word word, Str one, Str two)
{
    Fault fault;
    FAULT(&fault, FAIL_REFUSED, word, one, two);
    if (node) {
        node_fault(node, &fault);
    }
    faults_add(list, &fault);
}

void check_fault(Checking *checking, const Node *node, Word word, Str one, Str two)
{
    note_place(&checking->check->faults, node, word, one, two);
}

void check_note(Checking *checking, const Node *node, Word word, Str one, Str two)
{
    note_place(&checking->check->notes, node, word, one, two);
}

const Node *check_word(const Checking *checking, size_t act, const Branch *branch,
                       const char *word)
{
    const Node *node = node_get(branch->node, word);
    node = node ? node : node_get(&checking->acts->items[act], word);
    return node ? node : branch->node;
}

/* Where an id stands below a word of this map; NULL when it does not. */
static const Node *id_below(const Node *map, const char *word, Str id)
{
    const Node *node = node_get(map, word);
    for (size_t i = 0; i < node_many(node); i++) {
        if (str_eq(node_nth(node, i)->text, id)) {
            return node_nth(node, i);
        }
    }
    for (size_t i = 0; node && node->kind == NODE_MAP && i < node->count; i++) {
        if (str_eq(node->keys[i].text, id)) {
            return &node->keys[i];
        }
    }
    return NULL;
}

const Node *check_word_id(const Checking *checking, size_t act, const Branch *branch,
                          const char *word, Str id)
{
    const Node *node = id_below(branch->node, word, id);
    node = node ? node : id_below(&checking->acts->items[act], word, id);
    return node ? node : check_word(checking, act, branch, word);
}

void law_check_procedure(Arena *arena, const Edition *edition, LawCheck *check)
{
    Checking checking = {arena, check, edition,
                         node_get(node_get(edition->root, "procedures"), "review"), NULL};
    checking.acts = node_get(checking.review, "acts");
    const Walk *walk = walk_edition(arena, edition);
    check->acts += edition->acts_count;
    check->clocks += edition->clocks_count;
    if (walk->cut) {
        check_fault(&checking, checking.acts, WORD_CHECK_TOO_MANY_STATES, STR_NONE, STR_NONE);
    } else {
        check_stages(&checking, walk);
        check_clocks(&checking, walk);
        check_duties(&checking, walk);
        check_acts(&checking, walk);
    }
    check_branches(&checking);
}

/* --- files --- */

static bool known_file(Str path)
{
    static const char *const names[] = {"procedure.yaml", "clauses.yaml", "words.yaml"};
    static const char *const open_folders[] = {"calendars/", "stories/", "statutes/"};
    for (size_t i = 0; i < sizeof open_folders / sizeof open_folders[0]; i++) {
        if (str_starts(path, str_from(open_folders[i]))) {
            return true;
        }
    }
    if (str_starts(path, STR("editions/"))) {
        Str below = str_part(path, sizeof "editions/" - 1, path.len);
        Str name = str_part(below, str_find(below, '/') + 1, below.len);
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
            if (str_is(name, names[i])) {
                return true;
            }
        }
        return false;
    }
    return str_is(path, "common/bodies.yaml") || str_is(path, "words/zh.yaml") ||
           str_is(path, "words/en.yaml");
}

static void check_files(Checking *checking, const LawFolder *folder)
{
    for (size_t i = 0; i < folder->count; i++) {
        const LawFile *file = &folder->files[i];
        if (!known_file(file->path)) {
            Fault fault;
            FAULT(&fault, FAIL_REFUSED, WORD_CHECK_FILE_UNKNOWN, file->path);
            fault_at(&fault, file->shown, 1, 1);
            faults_add(&checking->check->faults, &fault);
        }
    }
}

/* --- editions --- */

typedef struct Editions {
    const Edition *at[EDITIONS_MAX];
    size_t count;
    bool all_read;
} Editions;

/* Ids of the folders below editions/, whether or not they can be read. */
static size_t edition_folders(const LawFolder *folder, Str *ids)
{
    Str start = STR("editions/");
    size_t count = 0;
    for (size_t i = 0; i < folder->count && count < EDITIONS_MAX; i++) {
        Str path = folder->files[i].path;
        if (!str_starts(path, start)) {
            continue;
        }
        Str below = str_part(path, start.len, path.len);
        Str id = str_part(below, 0, str_find(below, '/'));
        if (id.len < below.len && (count == 0 || !str_eq(ids[count - 1], id))) {
            ids[count++] = id;   /* sorted by path: one folder's files stand together */
        }
    }
    return count;
}

static void check_editions(Checking *checking, const LawFolder *folder, Editions *editions)
{
    LawCheck *check = checking->check;
    Str ids[EDITIONS_MAX];
    size_t count = edition_folders(folder, ids);
    editions->all_read = true;
    if (count == 0) {
        check_fault(checking, NULL, WORD_CHECK_NO_EDITION, STR_NONE, STR_NONE);
    }
    for (size_t i = 0; i < count; i++) {
        const Edition *edition;
        check->editions++;
        if (edition_read(checking->arena, folder, ids[i], &edition, &check->faults) !=
            FAIL_NONE) {
            editions->all_read = false;
            continue;
        }
        editions->at[editions->count++] = edition;
        law_check_procedure(checking->arena, edition, check);
        Checking one = {checking->arena, check, edition, NULL, NULL};
        check_clauses(&one, folder);
    }
}

/* --- days --- */

static const Node *force_node(const Edition *edition, const char *key)
{
    const Node *force = node_get(edition->root, "in_force");
    const Node *node = node_get(force, key);
    return node ? node : force;
}

/* The edition in force that comes first after `after`; NULL when there is none. */
static const Edition *next_in_force(const Editions *editions, const Edition *after)
{
    const Edition *next = NULL;
    for (size_t i = 0; i < editions->count; i++) {
        const Edition *one = editions->at[i];
        bool later = one->from != DAY_NONE &&
                     (!after || one->from > after->from ||
                      (one->from == after->from && str_cmp(one->id, after->id) > 0));
        if (later && (!next || one->from < next->from ||
                      (one->from == next->from && str_cmp(one->id, next->id) < 0))) {
            next = one;
        }
    }
    return next;
}

/* From the first day on, every day has exactly one edition in force. */
static void check_days(Checking *checking, const Editions *editions)
{
    const Edition *edition = next_in_force(editions, NULL);
    Buf from = {0}, until = {0};
    while (edition) {
        const Edition *next = next_in_force(editions, edition);
        buf_clear(&from);
        buf_clear(&until);
        if (next) {
            buf_put_day(&from, next->from);
        }
        if (edition->until != DAY_LAST) {
            buf_put_day(&until, edition->until);
        }
        if (!next && edition->until != DAY_LAST) {
            check_fault(checking, force_node(edition, "until"), WORD_CHECK_DAYS_END,
                        buf_str(&until), edition->id);
        } else if (next && edition->until < next->from) {
            check_fault(checking, force_node(next, "from"), WORD_CHECK_DAYS_NONE,
                        buf_str(&until), buf_str(&from));
        } else if (next && edition->until > next->from) {
            check_fault(checking, force_node(next, "from"), WORD_CHECK_DAYS_TWO, buf_str(&from),
                        edition->id);
        }
        edition = next;
    }
    buf_done(&from);
    buf_done(&until);
}

/* --- notices of the calendar --- */

static void check_notices(Checking *checking, const LawFolder *folder)
{
    Notices notices = {0};
    Fault fault;
    if (notices_read(checking->arena, folder, NULL, &notices, &fault) != FAIL_NONE) {
        faults_add(&checking->check->faults, &fault);
        return;
    }
    checking->check->notices = notices.count;
    for (size_t i = 0; i < notices.count; i++) {
        if (notices.at[i].number_unverified) {
            check_note(checking, notices.at[i].node, WORD_CHECK_NUMBER_UNVERIFIED,
                       notices.at[i].number, STR_NONE);
        }
    }
}

/* By file, line, column; what has no place comes first. */
static int by_place(const void *a, const void *b)
{
    const Fault *x = a, *y = b;
    int files = strcmp(x->file, y->file);
    return files                    ? files
           : x->line != y->line     ? (x->line < y->line ? -1 : 1)
           : x->column != y->column ? (x->column < y->column ? -1 : 1)
                                    : (int)x->word - (int)y->word;
}

static void sort(FaultList *list)
{
    if (list->count) {
        qsort(list->at, list->count, sizeof *list->at, by_place);
    }
}

void law_check(Arena *arena, const LawFolder *folder, LawCheck *ret_check)
{
    *ret_check = (LawCheck){.faults = {.arena = arena}, .notes = {.arena = arena}};
    Checking checking = {arena, ret_check, NULL, NULL, NULL};
    Editions *editions = ARENA_NEW(arena, Editions);
    check_files(&checking, folder);
    check_editions(&checking, folder, editions);
    if (editions->all_read) {
        check_days(&checking, editions);
    }
    check_notices(&checking, folder);
    check_words(&checking, folder, editions->at, editions->count, editions->all_read);
    sort(&ret_check->faults);
    sort(&ret_check->notes);
}
