/* script.c: a case script read from top to bottom. */
#include "script.h"

#include <assert.h>

#include "utf8.h"

/* Keys of a script and of an act; those without meaning for the law are passed over. */
static const char *const script_keys[] = {"edition", "case", "title", "clauses", "sources", "note",
                                          "purchase", "recipients", "accredited", "on", "acts",
                                          "expect", NULL};
static const char *const act_keys[] = {"on", "by", "act", "with", "assumed", "note", "source",
                                       NULL};

static Fail keys_known(const Node *map, const char *const *keys, Fault *fault)
{
    for (size_t i = 0; i < map->count; i++) {
        bool known = false;
        for (const char *const *key = keys; *key && !known; key++) {
            known = str_is(map->keys[i].text, *key);
        }
        if (!known) {
            return NODE_FAULT(fault, &map->keys[i], WORD_SCRIPT_UNKNOWN_KEY, map->keys[i].text);
        }
    }
    return FAIL_NONE;
}

bool script_name_fits(Str name)
{
    return name.len > 0 && name.len <= MATTER_NAME_BYTES_MAX && utf8_valid(name, NULL) &&
           !utf8_unsafe(name) && str_trim(name).len == name.len;
}

static Str file_stem(Str file)
{
    for (size_t i = file.len; i > 0; i--) {
        if (file.at[i - 1] == '/') {
            file = str_part(file, i, file.len);
            break;
        }
    }
    for (size_t i = file.len; i > 1; i--) {
        if (file.at[i - 1] == '.') {
            return str_part(file, 0, i - 1);
        }
    }
    return file;
}

typedef enum PurchaseKind { PURCHASE_TEXT, PURCHASE_AMOUNT, PURCHASE_YES_NO, PURCHASE_SECTOR }
    PurchaseKind;

static const struct { const char *key; PurchaseKind kind; } purchase_keys[] = {
    {"value", PURCHASE_AMOUNT},      {"currency", PURCHASE_TEXT},
    {"category", PURCHASE_TEXT},     {"sector", PURCHASE_SECTOR},
    {"signed", PURCHASE_YES_NO},     {"conditional", PURCHASE_YES_NO},
    {"cii", PURCHASE_YES_NO},        {"product", PURCHASE_TEXT},
    {"service", PURCHASE_TEXT},      {"object", PURCHASE_TEXT},
    {"name", PURCHASE_TEXT},         {"title", PURCHASE_TEXT},
    {"description", PURCHASE_TEXT},  {"supplier", PURCHASE_TEXT},
    {"provider", PURCHASE_TEXT},     {"operator", PURCHASE_TEXT},
    {"quantity", PURCHASE_TEXT},     {"contract", PURCHASE_TEXT},
    {"users", PURCHASE_TEXT},        {"note", PURCHASE_TEXT},
    {"operator_id", PURCHASE_TEXT},  {"providers", PURCHASE_TEXT},
    {"planned", PURCHASE_TEXT},      {"department", PURCHASE_TEXT},
};

static bool amount(Str text)
{
    size_t digits = 0, points = 0;
    for (size_t i = 0; i < text.len; i++) {
        digits += text.at[i] >= '0' && text.at[i] <= '9';
        points += text.at[i] == '.';
    }
    return digits > 0 && points <= 1 && digits + points == text.len && text.len <= 24;
}

static bool sector_known(const Edition *edition, Str sector)
{
    const Group *group = edition_group(edition, STR("sectors"));
    for (size_t i = 0; group && i < group->count; i++) {
        if (str_eq(group->ids[i], sector)) {
            return true;
        }
    }
    return group == NULL;
}

static Fail read_fact(const Edition *edition, const Node *key, const Node *node, Fact *ret_fact,
                      Fault *fault)
{
    size_t i = 0;
    size_t count = sizeof purchase_keys / sizeof purchase_keys[0];
    while (i < count && !str_is(key->text, purchase_keys[i].key)) {
        i++;
    }
    if (i == count) {
        return NODE_FAULT(fault, key, WORD_SCRIPT_UNKNOWN_KEY, key->text);
    }
    *ret_fact = (Fact){key->text, {.kind = VALUE_TEXT, .text = node->text}};
    if (node->kind != NODE_SCALAR) {
        return NODE_FAULT(fault, node, WORD_SCRIPT_WANTS_TEXT, key->text);
    }
    switch (purchase_keys[i].kind) {
    case PURCHASE_TEXT:
        return FAIL_NONE;
    case PURCHASE_AMOUNT:
        return amount(node->text)
                   ? FAIL_NONE
                   : NODE_FAULT(fault, node, WORD_SCRIPT_WANTS_AMOUNT, key->text, node->text);
    case PURCHASE_YES_NO:
        ret_fact->value.kind = VALUE_YES_NO;
        return node_yes_no(node, &ret_fact->value.yes)
                   ? FAIL_NONE
                   : NODE_FAULT(fault, node, WORD_SCRIPT_WANTS_YES_NO, key->text, node->text);
    case PURCHASE_SECTOR:
        return sector_known(edition, node->text)
                   ? FAIL_NONE
                   : NODE_FAULT(fault, node, WORD_SCRIPT_UNKNOWN_SECTOR, node->text);
    }
    return FAIL_NONE;
}

static Fail read_purchase(Arena *arena, const Edition *edition, const Node *node, Facts *facts,
                          Fault *fault)
{
    if (!node || node->kind == NODE_EMPTY) {
        return FAIL_NONE;
    }
    if (node->kind != NODE_MAP) {
        return NODE_FAULT(fault, node, WORD_SCRIPT_WANTS_MAP, STR("purchase"));
    }
    Fact *purchase = ARENA_MANY(arena, Fact, node->count);
    for (size_t i = 0; i < node->count; i++) {
        if (node->items[i].kind == NODE_EMPTY) {
            continue;
        }
        Fail fail = read_fact(edition, &node->keys[i], &node->items[i],
                              &purchase[facts->purchase_count], fault);
        if (fail != FAIL_NONE) {
            return fail;
        }
        facts->purchase_count++;
    }
    facts->purchase = purchase;
    return FAIL_NONE;
}

static Fail read_recipients(Arena *arena, const Edition *edition, const Node *node, Facts *facts,
                            Fault *fault)
{
    if (!node || node->kind == NODE_EMPTY) {
        const Value *sector = facts_purchase(facts, STR("sector"));
        facts_recipients(arena, edition, sector ? sector->text : STR_NONE, facts);
        return FAIL_NONE;
    }
    if (node->kind != NODE_LIST || node->count == 0) {
        return NODE_FAULT(fault, node, WORD_SCRIPT_WANTS_RECIPIENTS, node->text);
    }
    if (node->count > MATTER_RECIPIENTS_MAX) {
        return NODE_FAULT(fault, node, WORD_SCRIPT_TOO_MANY, STR("recipients"));
    }
    Party *recipients = ARENA_MANY(arena, Party, node->count);
    for (size_t i = 0; i < node->count; i++) {
        const Node *item = &node->items[i];
        if (item->kind != NODE_SCALAR || !edition_party(edition, item->text, &recipients[i]) ||
            !(edition->recipient_roles >> recipients[i].role & 1)) {
            return NODE_FAULT(fault, item, WORD_SCRIPT_UNKNOWN_RECIPIENT, node_text(item),
                              edition->id);
        }
        for (size_t j = 0; j < i; j++) {
            if (party_eq(recipients[i], recipients[j])) {
                return NODE_FAULT(fault, item, WORD_SCRIPT_TWICE, item->text);
            }
        }
    }
    facts->recipients = recipients;
    facts->recipients_count = node->count;
    return FAIL_NONE;
}

static Fail read_accredited(Arena *arena, const Node *node, Facts *facts, Fault *fault)
{
    if (!node || node->kind == NODE_EMPTY) {
        return FAIL_NONE;
    }
    if (node->kind != NODE_LIST) {
        return NODE_FAULT(fault, node, WORD_SCRIPT_WANTS_LIST, STR("accredited"));
    }
    Str *ids = ARENA_MANY(arena, Str, node->count);
    for (size_t i = 0; i < node->count; i++) {
        Str text = node_text(&node->items[i]);
        if (node->items[i].kind != NODE_SCALAR || text.len == 0) {
            return NODE_FAULT(fault, &node->items[i], WORD_SCRIPT_WANTS_TEXT, STR("accredited"));
        }
        Str prefix = STR("institution/");
        ids[i] = str_starts(text, prefix) ? str_part(text, prefix.len, text.len) : text;
    }
    facts->accredited_given = true;
    facts->accredited = ids;
    facts->accredited_count = node->count;
    return FAIL_NONE;
}

Fail script_facts(Arena *arena, const Edition *edition, const Node *map, Facts *ret_facts,
                  Fault *fault)
{
    *ret_facts = (Facts){0};
    Fail fail = read_purchase(arena, edition, node_get(map, "purchase"), ret_facts, fault);
    if (fail == FAIL_NONE) {
        fail = read_recipients(arena, edition, node_get(map, "recipients"), ret_facts, fault);
    }
    if (fail == FAIL_NONE) {
        fail = read_accredited(arena, node_get(map, "accredited"), ret_facts, fault);
    }
    return fail;
}

static Fail read_with(Law *law, Arena *arena, const Edition *edition, const Node *with, Act *act,
                      Fault *fault)
{
    if (!with || with->kind == NODE_EMPTY) {
        return FAIL_NONE;
    }
    if (with->kind != NODE_MAP) {
        return NODE_FAULT(fault, with, WORD_SCRIPT_WANTS_MAP, STR("with"));
    }
    if (with->count > ACT_FIELDS_MAX) {
        return NODE_FAULT(fault, with, WORD_SCRIPT_TOO_MANY, STR("with"));
    }
    Given *given = ARENA_MANY(arena, Given, with->count);
    for (size_t i = 0; i < with->count; i++) {
        bool used;
        Fail fail = script_value(law, arena, edition, act->act, &with->keys[i], &with->items[i],
                                 &given[act->given_count], &used, fault);
        if (fail != FAIL_NONE) {
            return fail;
        }
        act->given_count = (uint8_t)(act->given_count + used);
    }
    act->given = given;
    return FAIL_NONE;
}

Fail script_act(Law *law, Arena *arena, const Edition *edition, Str act, Str by, Day on,
                const Node *with, Str file, Act *ret_act, Fault *fault)
{
    *ret_act = (Act){.on = on, .by = {.role = ID_NONE}, .by_word = by, .act_word = act,
                     .act = edition_act(edition, act)};
    if (ret_act->act == ID_NONE && !script_act_known(law, act)) {
        FAULT(fault, FAIL_INPUT, WORD_SCRIPT_UNKNOWN_ACT, act);
        return fault_at(fault, file, 0, 0);
    }
    if (!edition_party(edition, by, &ret_act->by)) {
        ret_act->by = (Party){.role = ID_NONE};
        if (!script_party_known(law, by)) {
            FAULT(fault, FAIL_INPUT, WORD_SCRIPT_UNKNOWN_PARTY, by);
            return fault_at(fault, file, 0, 0);
        }
    }
    return read_with(law, arena, edition, with, ret_act, fault);
}

static Fail read_act(Law *law, Arena *arena, const Edition *edition, const Node *node, Act *act,
                     Fault *fault)
{
    if (node->kind != NODE_MAP) {
        return NODE_FAULT(fault, node, WORD_SCRIPT_WANTS_MAP, STR("acts"));
    }
    Fail fail = keys_known(node, act_keys, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    const Node *on = node_get(node, "on"), *by = node_get(node, "by");
    const Node *what = node_get(node, "act"), *assumed = node_get(node, "assumed");
    const char *missing = !on ? "on" : !by ? "by" : !what ? "act" : NULL;
    if (missing) {
        return NODE_FAULT(fault, node, WORD_SCRIPT_MISSING, str_from(missing));
    }
    Day day;
    if (!node_day(on, &day)) {
        return NODE_FAULT(fault, on, WORD_SCRIPT_WANTS_DAY, node_text(on));
    }
    fail = script_act(law, arena, edition, node_text(what), node_text(by), day,
                      node_get(node, "with"), node->file, act, fault);
    if (fail != FAIL_NONE) {
        if (fault && fault->line == 0) {   /* which of the two words was unknown */
            bool act_unknown = act->act == ID_NONE && fault->word == WORD_SCRIPT_UNKNOWN_ACT;
            return node_fault(act_unknown ? what : by, fault);
        }
        return fail;
    }
    if (assumed && assumed->kind != NODE_EMPTY && !node_yes_no(assumed, &act->assumed)) {
        return NODE_FAULT(fault, assumed, WORD_SCRIPT_WANTS_YES_NO, STR("assumed"),
                          node_text(assumed));
    }
    return FAIL_NONE;
}

/* The edition that is named, or the one in force on the day of the first act. */
static Fail read_edition(Law *law, const Node *root, const Node *acts, const Edition **ret_edition,
                         Fault *fault)
{
    const Node *named = node_get(root, "edition");
    if (named && named->kind != NODE_EMPTY) {
        if (named->kind != NODE_SCALAR) {
            return NODE_FAULT(fault, named, WORD_SCRIPT_WANTS_TEXT, STR("edition"));
        }
        Fail fail = law_edition(law, named->text, ret_edition, fault);
        return fail != FAIL_NONE && fault && fault->line == 0 ? node_fault(named, fault) : fail;
    }
    const Node *first = acts->count ? node_get(&acts->items[0], "on") : node_get(root, "on");
    Day day;
    if (!first) {
        return NODE_FAULT(fault, acts->count ? &acts->items[0] : acts, WORD_SCRIPT_MISSING,
                          STR("on"));
    }
    if (!node_day(first, &day)) {
        return NODE_FAULT(fault, first, WORD_SCRIPT_WANTS_DAY, node_text(first));
    }
    Fail fail = law_edition_on(law, day, ret_edition, fault);
    return fail != FAIL_NONE && fault && fault->line == 0 ? node_fault(first, fault) : fail;
}

static Fail read_acts(Law *law, Arena *arena, const Node *node, Script *script, Fault *fault)
{
    Act *acts = ARENA_MANY(arena, Act, node->count);
    for (size_t i = 0; i < node->count; i++) {
        Fail fail = read_act(law, arena, script->edition, &node->items[i], &acts[i], fault);
        if (fail != FAIL_NONE) {
            return fail;
        }
        acts[i].n = (uint32_t)i + 1;
    }
    script->acts = acts;
    script->acts_count = node->count;
    return FAIL_NONE;
}

static Fail read_head(const Node *root, Script *script, Fault *fault)
{
    const Node *name = node_get(root, "case"), *on = node_get(root, "on");
    script->name = file_stem(script->file);
    if (name && name->kind != NODE_EMPTY) {
        if (!script_name_fits(node_text(name))) {
            return NODE_FAULT(fault, name, WORD_SCRIPT_BAD_NAME, node_text(name));
        }
        script->name = name->text;
    }
    script->on = DAY_NONE;
    if (on && on->kind != NODE_EMPTY && !node_day(on, &script->on)) {
        return NODE_FAULT(fault, on, WORD_SCRIPT_WANTS_DAY, node_text(on));
    }
    return FAIL_NONE;
}

Fail script_read(Law *law, Arena *arena, Str text, Str file, Script *ret_script, Fault *fault)
{
    const Node *root;
    Script script = {.file = file};
    Fail fail = yaml_read(arena, text, file, &root, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    if (root->kind != NODE_MAP) {
        return NODE_FAULT(fault, root, WORD_SCRIPT_NOT_ONE, file);
    }
    const Node *acts = node_get(root, "acts");
    script.root = root;
    fail = keys_known(root, script_keys, fault);
    if (fail == FAIL_NONE && !acts) {
        fail = NODE_FAULT(fault, root, WORD_SCRIPT_MISSING, STR("acts"));
    } else if (fail == FAIL_NONE && (acts->kind != NODE_LIST || acts->count > MATTER_ACTS_MAX)) {
        fail = NODE_FAULT(fault, acts, acts->kind == NODE_LIST ? WORD_SCRIPT_TOO_MANY
                                                               : WORD_SCRIPT_WANTS_LIST,
                          STR("acts"));
    }
    if (fail == FAIL_NONE) {
        fail = read_head(root, &script, fault);
    }
    if (fail == FAIL_NONE) {
        assert(acts);
        fail = read_edition(law, root, acts, &script.edition, fault);
    }
    if (fail == FAIL_NONE) {
        assert(script.edition);
        fail = script_facts(arena, script.edition, root, &script.facts, fault);
    }
    if (fail == FAIL_NONE) {
        fail = read_acts(law, arena, acts, &script, fault);
    }
    if (fail == FAIL_NONE) {
        *ret_script = script;
    }
    return fail;
}

Day script_day(const Script *script, Day asked)
{
    if (asked != DAY_NONE) {
        return asked;
    }
    if (script->on != DAY_NONE) {
        return script->on;
    }
    Day latest = DAY_NONE;
    for (size_t i = 0; i < script->acts_count; i++) {
        if (script->acts[i].on > latest) {
            latest = script->acts[i].on;
        }
    }
    return latest;
}
