/* lawcheck_words.c: every id of every edition has its word in both languages, and no word is left
 * over from an id that is gone. */
#include "lawcheck_inside.h"

typedef struct Used {            /* one id that wants a word */
    Str kind, id;
} Used;

typedef struct WordCheck {
    Checking *checking;
    const LawFolder *folder;
    const Node *shared[2];       /* words/zh.yaml, words/en.yaml */
    const Node *own[2];          /* the edition's own, by language */
    Used *used;                  /* by all editions */
    size_t count, capacity;
    Used *here;                  /* by this edition */
    size_t here_count, here_capacity;
} WordCheck;

static const char *const languages[] = {"zh", "en"};

/* Levels are offered by forms; short names stand where room is scarce. */
static const char *const free_kinds[] = {"level", "role_short", "holiday"};

static bool has(const Used *used, size_t count, Str kind, Str id)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(used[i].id, id) && str_eq(used[i].kind, kind)) {
            return true;
        }
    }
    return false;
}

static const Node *word_of(const Node *words, const char *kind, Str id)
{
    const Node *map = node_get(words, kind);
    for (size_t i = 0; map && map->kind == NODE_MAP && i < map->count; i++) {
        if (str_eq(map->keys[i].text, id)) {
            return &map->items[i];
        }
    }
    return NULL;
}

static void note_used(WordCheck *check, const char *kind, Str id)
{
    Arena *arena = check->checking->arena;
    Used used = {str_from(kind), id};
    if (!has(check->used, check->count, used.kind, id)) {
        check->used = arena_grow(arena, check->used, check->count, &check->capacity,
                                 check->count + 1, sizeof used);
        check->used[check->count++] = used;
    }
    check->here = arena_grow(arena, check->here, check->here_count, &check->here_capacity,
                             check->here_count + 1, sizeof used);
    check->here[check->here_count++] = used;
}

static void want(WordCheck *check, const char *kind, Str id, const Node *node)
{
    note_used(check, kind, id);
    for (int i = 0; i < 2; i++) {
        const Node *own = word_of(check->own[i], kind, id);
        const Node *word = own ? own : word_of(check->shared[i], kind, id);
        if (str_trim(node_text(word)).len == 0) {
            Buf name = buf_new(FAULT_ARG_BYTES_MAX);
            buf_put(&name, str_from(kind));
            buf_put(&name, STR(": "));
            buf_put(&name, id);
            check_fault(check->checking, word ? word : node, WORD_CHECK_WORD_MISSING,
                        buf_str(&name), str_from(languages[i]));
            buf_done(&name);
        }
    }
}

static void want_keys(WordCheck *check, const char *part, const char *kind)
{
    const Node *map = node_get(check->checking->review, part);
    for (size_t i = 0; map && map->kind == NODE_MAP && i < map->count; i++) {
        want(check, kind, map->keys[i].text, &map->keys[i]);
    }
}

static void want_listed(WordCheck *check, const Role *role, const Node *node)
{
    bool department = str_is(role->id, "department");
    const char *kind = department ? "department" : "member";
    for (size_t i = 0; i < role->group->count; i++) {
        want(check, kind, role->group->ids[i], node);
        if (department) {
            want(check, "sector", role->group->ids[i], node);
        }
    }
}

/* Words written out at a field, `scope: {one_of: [public, limited]}`, are of the field's kind. */
static void want_values(WordCheck *check, const Field *field)
{
    const Node *fields = node_get(check->checking->review, "fields");
    const Node *item = &fields->items[field - check->checking->edition->fields];
    const Node *list = node_get(item, "one_of") ? node_get(item, "one_of")
                                                : node_get(item, "some_of");
    char *kind = str_terminated(check->checking->arena, field->id);
    for (size_t i = 0; list && list->kind == NODE_LIST && i < list->count; i++) {
        want(check, kind, list->items[i].text, &list->items[i]);
    }
}

/* Facts that guards look at may be told by the name of the field. */
static void allow_facts(WordCheck *check, const Equal *equals, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (equals[i].ref.kind == REF_PURCHASE) {
            note_used(check, "field", equals[i].ref.key);
        }
    }
}

static void want_edition(WordCheck *check)
{
    static const struct { const char *part, *kind; } parts[] = {
        {"acts", "act"}, {"stages", "stage"}, {"clocks", "clock"}, {"duties", "duty"},
        {"outcomes", "outcome"}, {"roles", "role"}, {"notices", "notice"}, {"fields", "field"},
        {"materials", "material"}, {"commitments", "commitment"}, {"factors", "factor"},
        {"categories", "category"}, {"findings", "finding"}, {"methods", "method"},
        {"grounds", "ground"}, {"triggers", "trigger"}};
    const Edition *edition = check->checking->edition;
    const Node *policies = node_get(edition->root, "policies");
    const Node *roles = node_get(check->checking->review, "roles");
    want(check, "edition", edition->id, node_get(edition->root, "edition"));
    want(check, "edition_short", edition->id, node_get(edition->root, "edition"));
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        want_keys(check, parts[i].part, parts[i].kind);
    }
    for (size_t i = 0; i < edition->roles_count; i++) {
        if (edition->roles[i].kind == ROLE_LISTED) {
            want_listed(check, &edition->roles[i], &roles->keys[i]);
        }
    }
    for (size_t i = 0; i < edition->policies_count; i++) {
        want(check, "policy", edition->policies[i].id, node_nth(policies, i));
        want(check, "policy_reason", edition->policies[i].id, node_nth(policies, i));
    }
    for (size_t i = 0; i < edition->fields_count; i++) {
        want_values(check, &edition->fields[i]);
    }
    for (size_t i = 0; i < edition->acts_count; i++) {
        for (uint8_t j = 0; j < edition->acts[i].branches_count; j++) {
            const Branch *branch = &edition->acts[i].branches[j];
            allow_facts(check, branch->when, branch->when_count);
            for (uint8_t k = 0; k < branch->needs_count; k++) {
                allow_facts(check, branch->needs[k].equals, branch->needs[k].equals_count);
            }
            for (uint8_t k = 0; k < branch->warns_count; k++) {
                allow_facts(check, branch->warns[k].equals, branch->warns[k].equals_count);
            }
        }
    }
}

static bool is_free(Str kind)
{
    for (size_t i = 0; i < sizeof free_kinds / sizeof free_kinds[0]; i++) {
        if (str_is(kind, free_kinds[i])) {
            return true;
        }
    }
    return false;
}

/* Words whose id no edition (or not this one) has. */
static void check_left_over(WordCheck *check, const Node *words, const Used *used, size_t count)
{
    for (size_t i = 0; words && words->kind == NODE_MAP && i < words->count; i++) {
        const Node *map = &words->items[i];
        Str kind = words->keys[i].text;
        for (size_t j = 0; !is_free(kind) && map->kind == NODE_MAP && j < map->count; j++) {
            if (!has(used, count, kind, map->keys[j].text)) {
                check_fault(check->checking, &map->keys[j], WORD_CHECK_WORD_LEFT, kind,
                            map->keys[j].text);
            }
        }
    }
}

static const Node *read_words(WordCheck *check, Str path, bool needed)
{
    const LawFile *file = folder_file(check->folder, path);
    const Node *root = NULL;
    Fault fault;
    if (!file) {
        if (needed) {
            FAULT(&fault, FAIL_INPUT, WORD_LAW_NO_FILE, path);
            faults_add(&check->checking->check->faults, &fault);
        }
        return NULL;
    }
    if (yaml_read(check->checking->arena, file->text, file->shown, &root, &fault) != FAIL_NONE) {
        faults_add(&check->checking->check->faults, &fault);
        return NULL;
    }
    return root;
}

static size_t count_words(const Node *words)
{
    size_t count = 0;
    for (size_t i = 0; words && words->kind == NODE_MAP && i < words->count; i++) {
        count += words->items[i].kind == NODE_MAP ? words->items[i].count : 0;
    }
    return count;
}

static void check_edition(WordCheck *check, const Edition *edition)
{
    Checking *checking = check->checking;
    Buf path = buf_new(TEXT_SCALAR_BYTES_MAX);
    buf_put(&path, STR("editions/"));
    buf_put(&path, edition->id);
    buf_put(&path, STR("/words.yaml"));
    const Node *own = read_words(check, buf_str(&path), false);
    buf_done(&path);
    checking->edition = edition;
    checking->review = node_get(node_get(edition->root, "procedures"), "review");
    check->here_count = 0;
    for (int i = 0; i < 2; i++) {
        check->own[i] = node_get(own, languages[i]);
        checking->check->words += count_words(check->own[i]);
    }
    want_edition(check);
    for (int i = 0; i < 2; i++) {
        check_left_over(check, check->own[i], check->here, check->here_count);
    }
    for (size_t i = 0; own && own->kind == NODE_MAP && i < own->count; i++) {
        if (!str_is(own->keys[i].text, "zh") && !str_is(own->keys[i].text, "en")) {
            check_fault(checking, &own->keys[i], WORD_CHECK_KEY_UNKNOWN, own->keys[i].text,
                        STR("zh, en"));
        }
    }
}

void check_words(Checking *checking, const LawFolder *folder, const Edition *const *editions,
                 size_t count, bool all_read)
{
    WordCheck check = {.checking = checking, .folder = folder};
    check.shared[0] = read_words(&check, STR("words/zh.yaml"), true);
    check.shared[1] = read_words(&check, STR("words/en.yaml"), true);
    if (!check.shared[0] || !check.shared[1]) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        check_edition(&check, editions[i]);
    }
    for (int i = 0; i < 2; i++) {
        checking->check->words += count_words(check.shared[i]);
        if (all_read) {   /* otherwise a word may belong to what could not be read */
            check_left_over(&check, check.shared[i], check.used, check.count);
        }
    }
}
