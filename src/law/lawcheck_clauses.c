/* lawcheck_clauses.c: the clauses of an edition against its procedure: every citation has its
 * clause, every clause a rule that stands on it or a reason why none does, everything in both
 * languages. */
#include "lawcheck_inside.h"

enum { CITATIONS_MAX = 4096 };

typedef struct Citations {       /* where the procedure cites something */
    const Node *at[CITATIONS_MAX];
    size_t count;
} Citations;

static void cite(Citations *citations, const Node *node)
{
    for (size_t i = 0; i < node_many(node) && citations->count < CITATIONS_MAX; i++) {
        citations->at[citations->count++] = node_nth(node, i);
    }
}

static void collect(Citations *citations, const Node *node, bool outcomes)
{
    for (size_t i = 0; i < node->count; i++) {
        if (node->kind == NODE_MAP) {
            Str key = node->keys[i].text;
            if (outcomes || str_is(key, "clause") || str_is(key, "in_force_clause")) {
                cite(citations, &node->items[i]);
                continue;
            }
            collect(citations, &node->items[i], str_is(key, "outcomes"));
        } else {
            collect(citations, &node->items[i], false);
        }
    }
}

/* "7(1)" stands under clause "7". */
static Str article(Str citation)
{
    return str_part(citation, 0, str_find(citation, '('));
}

static bool policy_listed(const Edition *edition, Str policy)
{
    for (size_t i = 0; i < edition->policies_count; i++) {
        if (str_eq(edition->policies[i].id, policy)) {
            return true;
        }
    }
    return false;
}

static const Node *clause_key(const Node *clauses, Str number)
{
    for (size_t i = 0; clauses && i < clauses->count; i++) {
        if (str_eq(clauses->keys[i].text, number)) {
            return &clauses->keys[i];
        }
    }
    return NULL;
}

static void check_citations(Checking *checking, const Citations *citations, const Node *clauses)
{
    for (size_t i = 0; i < citations->count; i++) {
        Str text = citations->at[i]->text;
        if (clause_is_policy(text)) {
            if (!policy_listed(checking->edition, text)) {
                check_fault(checking, citations->at[i], WORD_CHECK_POLICY_UNLISTED, text,
                            STR_NONE);
            }
        } else if (!clause_key(clauses, article(text))) {
            check_fault(checking, citations->at[i], WORD_CHECK_CLAUSE_UNKNOWN, text,
                        checking->edition->id);
        }
    }
}

/* A text must be there in both languages. `owner` says where, when it is missing altogether. */
static void check_both(Checking *checking, const Node *map, const Node *owner, const char *what)
{
    static const char *const languages[] = {"zh", "en"};
    for (int i = 0; i < 2; i++) {
        const Node *text = node_get(map, languages[i]);
        if (str_trim(node_text(text)).len == 0) {
            check_fault(checking, text ? text : owner, WORD_CHECK_TEXT_MISSING, str_from(what),
                        str_from(languages[i]));
        }
    }
}

static void check_keys(Checking *checking, const Node *map, const char *const *known)
{
    for (size_t i = 0; map && map->kind == NODE_MAP && i < map->count; i++) {
        size_t at = 0;
        while (known[at] && !str_is(map->keys[i].text, known[at])) {
            at++;
        }
        if (!known[at]) {
            Buf list = buf_new(FAULT_ARG_BYTES_MAX);
            for (at = 0; known[at]; at++) {
                buf_put(&list, at ? STR(", ") : STR_NONE);
                buf_put(&list, str_from(known[at]));
            }
            check_fault(checking, &map->keys[i], WORD_CHECK_KEY_UNKNOWN, map->keys[i].text,
                        buf_str(&list));
            buf_done(&list);
        }
    }
}

static void check_conflicts(Checking *checking, const Node *key, const Node *list)
{
    static const char *const parts[] = {"says", "but", "follows", NULL};
    if (list && list->kind != NODE_LIST) {
        check_fault(checking, list, WORD_CHECK_CONFLICTS_FORM, key->text, STR_NONE);
        return;
    }
    for (size_t i = 0; list && i < list->count; i++) {
        check_keys(checking, &list->items[i], parts);
        for (size_t j = 0; parts[j]; j++) {
            check_both(checking, node_get(&list->items[i], parts[j]), &list->items[i], parts[j]);
        }
    }
}

static void check_clause(Checking *checking, const Node *key, const Node *clause,
                         const Citations *citations)
{
    static const char *const known[] = {"zh", "en", "not_executable", "unverified", "conflicts",
                                        NULL};
    const Node *excuse = node_get(clause, "not_executable");
    const Node *unverified = node_get(clause, "unverified");
    bool covered = false, is_unverified = false;
    for (size_t i = 0; i < citations->count && !covered; i++) {
        covered = str_eq(article(citations->at[i]->text), key->text);
    }
    check_keys(checking, clause, known);
    check_both(checking, clause, key, "clause");
    if (excuse) {
        check_both(checking, excuse, excuse, "not_executable");
    }
    if (covered && excuse) {
        check_fault(checking, excuse, WORD_CHECK_CLAUSE_BOTH, key->text, STR_NONE);
    } else if (!covered && !excuse) {
        check_fault(checking, key, WORD_CHECK_CLAUSE_UNCOVERED, key->text, STR_NONE);
    }
    if (unverified && !node_yes_no(unverified, &is_unverified)) {
        check_fault(checking, unverified, WORD_CHECK_UNVERIFIED_FORM, STR_NONE, STR_NONE);
    }
    if (is_unverified) {
        check_note(checking, key, WORD_CHECK_UNVERIFIED, key->text, STR_NONE);
    }
    check_conflicts(checking, key, node_get(clause, "conflicts"));
    checking->check->clauses++;
}

/* Clauses are numbered from 1 without a gap: one that was left out would not be missed. */
static void check_numbers(Checking *checking, const Node *clauses)
{
    for (size_t i = 0; i < clauses->count; i++) {
        int64_t number;
        if (!str_int(clauses->keys[i].text, &number) || number != (int64_t)i + 1) {
            Buf wanted = buf_new(32);
            buf_put_int(&wanted, (int64_t)i + 1);
            check_fault(checking, &clauses->keys[i], WORD_CHECK_CLAUSE_NUMBER,
                        clauses->keys[i].text, buf_str(&wanted));
            buf_done(&wanted);
            return;
        }
    }
}

static const LawFile *clauses_file(Checking *checking, const LawFolder *folder)
{
    Buf path = buf_new(TEXT_SCALAR_BYTES_MAX);
    buf_put(&path, STR("editions/"));
    buf_put(&path, checking->edition->id);
    buf_put(&path, STR("/clauses.yaml"));
    const LawFile *file = folder_file(folder, buf_str(&path));
    if (!file) {
        check_fault(checking, checking->edition->root, WORD_LAW_NO_FILE, buf_str(&path), STR_NONE);
    }
    buf_done(&path);
    return file;
}

void check_clauses(Checking *checking, const LawFolder *folder)
{
    static const char *const known[] = {"edition", "title", "issued_by", "source", "clauses",
                                        NULL};
    const LawFile *file = clauses_file(checking, folder);
    const Node *root;
    Fault fault;
    if (!file) {
        return;
    }
    if (yaml_read(checking->arena, file->text, file->shown, &root, &fault) != FAIL_NONE) {
        faults_add(&checking->check->faults, &fault);
        return;
    }
    const Node *clauses = node_get(root, "clauses");
    if (!clauses || clauses->kind != NODE_MAP || clauses->count == 0) {
        check_fault(checking, root, WORD_LAW_MISSING, STR("clauses"), STR_NONE);
        return;
    }
    check_keys(checking, root, known);
    for (size_t i = 1; i < 4; i++) {
        const Node *text = node_get(root, known[i]);
        check_both(checking, text, text ? text : root, known[i]);
    }
    const Node *id = node_get(root, "edition");
    if (!str_eq(node_text(id), checking->edition->id)) {
        check_fault(checking, id ? id : root, WORD_LAW_OTHER_ID, node_text(id),
                    checking->edition->id);
    }
    Citations *citations = ARENA_NEW(checking->arena, Citations);
    collect(citations, checking->edition->root, false);
    check_citations(checking, citations, clauses);
    check_numbers(checking, clauses);
    for (size_t i = 0; i < clauses->count; i++) {
        check_clause(checking, &clauses->keys[i], &clauses->items[i], citations);
    }
}
