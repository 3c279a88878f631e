/* reading.c: small questions that the readers of a procedure ask of a node. */
#include "reading.h"

#include <assert.h>

void reading_fault(Reading *reading, const Node *node, Word word, Str one, Str two)
{
    Fault fault;
    FAULT(&fault, FAIL_INPUT, word, one, two);
    node_fault(node, &fault);
    faults_add(reading->faults, &fault);
}

/* How many letters must change: a small Levenshtein distance, words of up to 40 bytes. */
static size_t distance(Str a, Str b)
{
    size_t row[48];
    if (a.len > 40 || b.len > 40) {
        return 99;
    }
    for (size_t j = 0; j <= b.len; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= a.len; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t above = row[j];
            size_t best = corner + (a.at[i - 1] != b.at[j - 1]);
            best = above + 1 < best ? above + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            corner = above;
            row[j] = best;
        }
    }
    return row[b.len];
}

void reading_unknown(Reading *reading, const Node *node, Word word, const Str *known, size_t count)
{
    Str given = node_text(node), nearest = STR_NONE;
    size_t best = given.len / 3 + 2;
    for (size_t i = 0; i < count; i++) {
        size_t far = distance(given, known[i]);
        if (far < best) {
            best = far;
            nearest = known[i];
        }
    }
    Buf hint = buf_new(FAULT_ARG_BYTES_MAX);
    for (size_t i = 0; nearest.len == 0 && i < count; i++) {
        buf_put(&hint, i ? STR(", ") : STR_NONE);
        buf_put(&hint, known[i]);
    }
    reading_fault(reading, node, word, given, nearest.len ? nearest : buf_str(&hint));
    buf_done(&hint);
}

void reading_keys(Reading *reading, const Node *map, const char *const *known)
{
    Str words[64];
    size_t count = 0;
    for (; known[count]; count++) {
        assert(count < sizeof words / sizeof words[0]);
        words[count] = str_from(known[count]);
    }
    for (size_t i = 0; map && map->kind == NODE_MAP && i < map->count; i++) {
        size_t at = 0;
        while (at < count && !str_eq(words[at], map->keys[i].text)) {
            at++;
        }
        if (at == count) {
            reading_unknown(reading, &map->keys[i], WORD_LAW_UNKNOWN_KEY, words, count);
        }
    }
}

/* Small letters, digits and _, and none of the words that other YAML tools read as yes or no. */
static bool id_form(Str id)
{
    bool fits = id.len > 0 && !(id.at[0] >= '0' && id.at[0] <= '9');
    for (size_t i = 0; i < id.len; i++) {
        char c = id.at[i];
        fits &= (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    }
    return fits;
}

void reading_ids(Reading *reading, const Node *ids, size_t count)
{
    static const char *const booleans[] = {"on", "off", "yes", "no", "y", "n", "true", "false"};
    for (size_t i = 0; i < count; i++) {
        if (!id_form(node_text(&ids[i]))) {
            reading_fault(reading, &ids[i], WORD_LAW_ID_FORM, node_text(&ids[i]), STR_NONE);
        }
        for (size_t j = 0; j < sizeof booleans / sizeof booleans[0]; j++) {
            if (str_is(node_text(&ids[i]), booleans[j])) {
                reading_fault(reading, &ids[i], WORD_LAW_BOOLEAN_ID, ids[i].text, STR_NONE);
            }
        }
    }
}

const Node *reading_part(Reading *reading, const char *key, size_t max)
{
    const Node *node = node_get(reading->review, key);
    if (!node || node->kind == NODE_EMPTY) {
        return NULL;
    }
    if (node->kind != NODE_MAP) {
        reading_fault(reading, node, WORD_LAW_WANTS_MAP, str_from(key), STR_NONE);
        return NULL;
    }
    if (node->count > max) {
        reading_fault(reading, node, WORD_LAW_TOO_MANY, str_from(key), STR_NONE);
        return NULL;
    }
    reading_ids(reading, node->keys, node->count);
    return node;
}

/* 8, 7(3), P5: a number, perhaps with an item in brackets, or a policy. */
static bool clause_form(Str clause)
{
    size_t i = clause.len && clause.at[0] == 'P' ? 1 : 0;
    size_t digits = 0;
    while (i < clause.len && clause.at[i] >= '0' && clause.at[i] <= '9') {
        i++;
        digits++;
    }
    if (digits == 0 || digits > 4) {
        return false;
    }
    if (i == clause.len) {
        return true;
    }
    return clause.at[i] == '(' && clause.at[clause.len - 1] == ')' && clause.len > i + 2;
}

void reading_cites_in(Reading *reading, const Node *node, const Node *owner, Cites *ret_cites)
{
    *ret_cites = (Cites){0};
    if (node_many(node) == 0) {
        reading_fault(reading, node ? node : owner, WORD_LAW_NO_CLAUSE, node_text(owner), STR_NONE);
        return;
    }
    for (size_t i = 0; i < node_many(node); i++) {
        const Node *item = node_nth(node, i);
        if (!clause_form(node_text(item))) {
            reading_fault(reading, item, WORD_LAW_BAD_CLAUSE, node_text(item), STR_NONE);
        } else if (ret_cites->count == EDITION_CITES_MAX) {
            reading_fault(reading, item, WORD_LAW_TOO_MANY, STR("clause"), STR_NONE);
        } else {
            ret_cites->at[ret_cites->count++] = item->text;
        }
    }
}

void reading_cites(Reading *reading, const Node *map, const Node *owner, Cites *ret_cites)
{
    reading_cites_in(reading, node_get(map, "clause"), owner, ret_cites);
}

Str reading_clause(Reading *reading, const Node *map, const Node *owner)
{
    Cites cites;
    reading_cites(reading, map, owner, &cites);
    return cites.count ? cites.at[0] : STR_NONE;
}

typedef uint8_t Find(const Edition *, Str);

/* Mask of the ids of one scalar or a list. `list` is the first of `count` structs of `size` bytes
 * whose first member is their id. */
static uint64_t mask(Reading *reading, const Node *node, Word word, Find *find, const void *list,
                     size_t count, size_t size)
{
    uint64_t found = 0;
    if (node && (node->kind == NODE_MAP || node->kind == NODE_EMPTY)) {
        reading_fault(reading, node, WORD_LAW_WANTS_IDS, STR_NONE, STR_NONE);
        return 0;
    }
    for (size_t i = 0; i < node_many(node); i++) {
        const Node *item = node_nth(node, i);
        uint8_t id = find(reading->edition, node_text(item));
        if (id != ID_NONE) {
            if (found >> id & 1) {
                reading_fault(reading, item, WORD_LAW_TWICE, node_text(item), STR_NONE);
            }
            found |= UINT64_C(1) << id;
            continue;
        }
        Str known[EDITION_ACTS_MAX];
        for (size_t j = 0; j < count && j < EDITION_ACTS_MAX; j++) {
            known[j] = *(const Str *)(const void *)((const char *)list + j * size);
        }
        reading_unknown(reading, item, word, known, count);
    }
    return found;
}

#define MASK(reading, node, word, find, list)                                                     \
    mask((reading), (node), (word), (find), (reading)->edition->list,                             \
         (reading)->edition->list##_count, sizeof *(reading)->edition->list)

uint32_t reading_stages(Reading *reading, const Node *node)
{
    return (uint32_t)MASK(reading, node, WORD_LAW_UNKNOWN_STAGE, edition_stage, stages);
}

uint32_t reading_clocks(Reading *reading, const Node *node)
{
    return (uint32_t)MASK(reading, node, WORD_LAW_UNKNOWN_CLOCK, edition_clock, clocks);
}

uint32_t reading_duties(Reading *reading, const Node *node)
{
    return (uint32_t)MASK(reading, node, WORD_LAW_UNKNOWN_DUTY, edition_duty, duties);
}

uint64_t reading_acts(Reading *reading, const Node *node)
{
    return MASK(reading, node, WORD_LAW_UNKNOWN_ACT, edition_act, acts);
}

uint64_t reading_fields(Reading *reading, const Node *node)
{
    return MASK(reading, node, WORD_LAW_UNKNOWN_FIELD, edition_field, fields);
}

uint32_t reading_roles(Reading *reading, const Node *node)
{
    return (uint32_t)MASK(reading, node, WORD_LAW_UNKNOWN_ROLE, edition_role, roles);
}

/* Index of the lone bit of a mask; a fault when there are several. */
static uint8_t lone(Reading *reading, const Node *node, uint32_t ids)
{
    if (ids & (ids - 1)) {
        reading_fault(reading, node, WORD_LAW_ONE_ONLY, STR_NONE, STR_NONE);
    }
    return ids ? (uint8_t)__builtin_ctz(ids) : ID_NONE;
}

StageId reading_stage(Reading *reading, const Node *node)
{
    return lone(reading, node, reading_stages(reading, node));
}

ClockId reading_clock(Reading *reading, const Node *node)
{
    return lone(reading, node, reading_clocks(reading, node));
}

DutyId reading_duty(Reading *reading, const Node *node)
{
    return lone(reading, node, reading_duties(reading, node));
}

FieldId reading_with(Reading *reading, const Node *node)
{
    Str text = node_text(node), with = STR("with.");
    FieldId field = ID_NONE;
    if (str_starts(text, with)) {
        field = edition_field(reading->edition, str_part(text, with.len, text.len));
    }
    if (field == ID_NONE) {
        reading_fault(reading, node, WORD_LAW_BAD_WITH, text, STR_NONE);
    }
    return field;
}

bool reading_ref(Reading *reading, const Node *node, Str text, Ref *ret_ref)
{
    size_t dot = str_find(text, '.');
    Str left = str_part(text, 0, dot), right = str_part(text, dot + 1, text.len);
    *ret_ref = (Ref){.kind = REF_WITH, .act = ID_NONE, .field = ID_NONE};
    if (dot == text.len) {   /* a lone word is a field of this act */
        ret_ref->field = edition_field(reading->edition, text);
    } else if (str_is(left, "purchase")) {
        static const Str facts[] = {{"signed", 6}, {"conditional", 11}, {"cii", 3}};
        ret_ref->kind = REF_PURCHASE;
        ret_ref->key = right;
        for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
            if (str_eq(right, facts[i])) {
                return true;
            }
        }
        reading_fault(reading, node, WORD_LAW_BAD_FACT, right, STR_NONE);
        return false;
    } else if (str_is(left, "with")) {
        ret_ref->field = edition_field(reading->edition, right);
    } else {
        ret_ref->kind = REF_ACT;
        ret_ref->act = edition_act(reading->edition, left);
        ret_ref->field = edition_field(reading->edition, right);
        if (ret_ref->act == ID_NONE) {
            reading_fault(reading, node, WORD_LAW_BAD_REF, text, STR_NONE);
            return false;
        }
    }
    if (ret_ref->field == ID_NONE) {
        reading_fault(reading, node, WORD_LAW_BAD_REF, text, STR_NONE);
        return false;
    }
    return true;
}
