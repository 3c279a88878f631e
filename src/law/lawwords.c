/* lawwords.c: what stages, acts and bodies are called, and what the clauses say. */
#include "lawwords.h"

static const char *language_id(Language language)
{
    return language == LANGUAGE_ZH ? "zh" : "en";
}

static Fail read_file(Arena *arena, const LawFolder *folder, const char *start, Str id,
                      const char *end, bool needed, const Node **ret_root, Fault *fault)
{
    Buf path = buf_new(TEXT_SCALAR_BYTES_MAX);
    buf_put(&path, str_from(start));
    buf_put(&path, id);
    buf_put(&path, str_from(end));
    Str whole = str_copy(arena, buf_str(&path));
    buf_done(&path);
    const LawFile *file = folder_file(folder, whole);
    *ret_root = NULL;
    if (!file) {
        return needed ? FAULT(fault, FAIL_INPUT, WORD_LAW_NO_FILE, whole) : FAIL_NONE;
    }
    return yaml_read(arena, file->text, file->shown, ret_root, fault);
}

Fail lawwords_read(Arena *arena, const LawFolder *folder, Str edition_id, Language language,
                   LawWords *ret_words, Fault *fault)
{
    const char *id = language_id(language);
    if (!ret_words->shared) {
        Fail fail = read_file(arena, folder, "words/", str_from(id), ".yaml", true,
                              &ret_words->shared, fault);
        if (fail != FAIL_NONE) {
            return fail;
        }
    }
    ret_words->own = NULL;
    if (edition_id.len == 0) {
        return FAIL_NONE;
    }
    const Node *root;
    Fail fail = read_file(arena, folder, "editions/", edition_id, "/words.yaml", false, &root,
                          fault);
    if (fail == FAIL_NONE) {
        ret_words->own = node_get(root, id);
    }
    return fail;
}

static const Node *find(const Node *map, Str id)
{
    for (size_t i = 0; map && map->kind == NODE_MAP && i < map->count; i++) {
        if (str_eq(map->keys[i].text, id)) {
            return &map->items[i];
        }
    }
    return NULL;
}

Str lawwords_get(const LawWords *words, const char *kind, Str id)
{
    const Node *own = find(node_get(words->own, kind), id);
    const Node *found = own ? own : find(node_get(words->shared, kind), id);
    return node_text(found).len ? node_text(found) : id;
}

Str lawwords_party(const LawWords *words, Str role, Str id)
{
    if (id.len == 0) {
        return lawwords_get(words, "role", role);
    }
    const char *kind = str_is(role, "department") ? "department"
                       : str_is(role, "member")   ? "member"
                                                  : NULL;
    return kind ? lawwords_get(words, kind, id) : id;
}

static Str in_language(const Node *map, Language language)
{
    return node_text(node_get(map, language_id(language)));
}

static void read_conflicts(Arena *arena, const Node *list, Language language, ClauseText *clause)
{
    size_t count = list && list->kind == NODE_LIST ? list->count : 0;
    ClauseConflict *conflicts = ARENA_MANY(arena, ClauseConflict, count);
    for (size_t i = 0; i < count; i++) {
        const Node *item = &list->items[i];
        conflicts[i] = (ClauseConflict){in_language(node_get(item, "says"), language),
                                        in_language(node_get(item, "but"), language),
                                        in_language(node_get(item, "follows"), language)};
    }
    clause->conflicts = conflicts;
    clause->conflicts_count = count;
}

Fail clauses_read(Arena *arena, const LawFolder *folder, Str edition_id, Language language,
                  ClauseTexts *ret_clauses, Fault *fault)
{
    const Node *root;
    Fail fail = read_file(arena, folder, "editions/", edition_id, "/clauses.yaml", true, &root,
                          fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    const Node *list = node_get(root, "clauses");
    size_t count = list && list->kind == NODE_MAP ? list->count : 0;
    ClauseText *texts = ARENA_MANY(arena, ClauseText, count);
    for (size_t i = 0; i < count; i++) {
        const Node *item = &list->items[i];
        texts[i] = (ClauseText){.number = list->keys[i].text, .text = in_language(item, language),
                                .not_executable =
                                    in_language(node_get(item, "not_executable"), language),
                                .node = &list->keys[i]};
        node_yes_no(node_get(item, "unverified"), &texts[i].unverified);
        read_conflicts(arena, node_get(item, "conflicts"), language, &texts[i]);
    }
    *ret_clauses = (ClauseTexts){in_language(node_get(root, "title"), language),
                                 in_language(node_get(root, "issued_by"), language),
                                 in_language(node_get(root, "source"), language), texts, count};
    return FAIL_NONE;
}
