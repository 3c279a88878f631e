/* script_value.c: one field of an act's `with`, by the kind that the edition gives it. */
#include "script.h"

/* The i-th edition of the law; NULL when there are no more. One that cannot be read is passed over:
 * its own faults are told where it is used. */
static const Edition *nth_edition(Law *law, size_t *at)
{
    const Str *ids;
    size_t count;
    Fault fault;
    if (law_edition_ids(law, &ids, &count, &fault) != FAIL_NONE) {
        return NULL;
    }
    while (*at < count) {
        const Edition *edition;
        if (law_edition(law, ids[(*at)++], &edition, &fault) == FAIL_NONE) {
            return edition;
        }
    }
    return NULL;
}

bool script_act_known(Law *law, Str act)
{
    const Edition *edition;
    for (size_t at = 0; (edition = nth_edition(law, &at));) {
        if (edition_act(edition, act) != ID_NONE) {
            return true;
        }
    }
    return false;
}

bool script_party_known(Law *law, Str party)
{
    const Edition *edition;
    Party known;
    for (size_t at = 0; (edition = nth_edition(law, &at));) {
        if (edition_party(edition, party, &known)) {
            return true;
        }
    }
    return false;
}

static bool among(const Field *field, Str word)
{
    for (size_t i = 0; i < field->values_count; i++) {
        if (str_eq(field->values[i], word)) {
            return true;
        }
    }
    return false;
}

/* Is the word a value of this field in any edition? */
static bool word_known(Law *law, const Field *field, Str word)
{
    if (among(field, word)) {
        return true;
    }
    const Edition *edition;
    for (size_t at = 0; (edition = nth_edition(law, &at));) {
        FieldId id = edition_field(edition, field->id);
        if (id != ID_NONE && among(&edition->fields[id], word)) {
            return true;
        }
    }
    return false;
}

static Fail unknown_word(const Node *node, const Field *field, Fault *fault)
{
    Buf buf = buf_new(FAULT_ARG_BYTES_MAX);
    for (size_t i = 0; i < field->values_count; i++) {
        buf_put(&buf, i ? STR(", ") : STR_NONE);
        buf_put(&buf, field->values[i]);
    }
    Fail fail = NODE_FAULT(fault, node, WORD_SCRIPT_UNKNOWN_VALUE, node_text(node), field->id,
                           buf_str(&buf));
    buf_done(&buf);
    return fail;
}

/* Party as role/id; a lone id is completed where only one kind of party may stand. */
static bool party_text(Law *law, Arena *arena, const Edition *edition, const Field *field, Str text,
                       Str *ret_text)
{
    Party party;
    *ret_text = text;
    if (str_find(text, '/') == text.len) {
        for (RoleId role = 0; role < edition->roles_count; role++) {
            if (field->roles == UINT32_C(1) << role && edition->roles[role].kind != ROLE_ONE) {
                Buf buf = buf_new(TEXT_SCALAR_BYTES_MAX + 64);
                buf_put(&buf, edition->roles[role].id);
                buf_put_byte(&buf, '/');
                buf_put(&buf, text);
                *ret_text = str_copy(arena, buf_str(&buf));
                buf_done(&buf);
            }
        }
    }
    if (edition_party(edition, *ret_text, &party)) {
        return true;
    }
    return script_party_known(law, *ret_text);
}

static Fail many_words(Law *law, Arena *arena, const Edition *edition, const Field *field,
                       const Node *node, Value *value, Fault *fault)
{
    if (node->kind == NODE_MAP || (node->kind != NODE_LIST && field->kind == FIELD_SOME_OF)) {
        return NODE_FAULT(fault, node, WORD_SCRIPT_WANTS_LIST, field->id);
    }
    size_t count = node_many(node);
    Str *many = ARENA_MANY(arena, Str, count);
    for (size_t i = 0; i < count; i++) {
        const Node *item = node_nth(node, i);
        if (item->kind != NODE_SCALAR) {
            return NODE_FAULT(fault, item, WORD_SCRIPT_WANTS_TEXT, field->id);
        }
        many[i] = item->text;
        if (field->kind == FIELD_SOME_OF && !word_known(law, field, item->text)) {
            return unknown_word(item, field, fault);
        }
        if (field->kind == FIELD_PARTIES &&
            !party_text(law, arena, edition, field, item->text, &many[i])) {
            return NODE_FAULT(fault, item, WORD_SCRIPT_UNKNOWN_PARTY, item->text);
        }
    }
    *value = (Value){.kind = VALUE_MANY, .many = many, .many_count = count};
    return FAIL_NONE;
}

/* Texts may be one, a list, or a map from an id to a text ("per material"). */
static Fail many_texts(Arena *arena, const Field *field, const Node *node, Value *value,
                       Fault *fault)
{
    size_t count = node->kind == NODE_MAP ? node->count : node_many(node);
    Str *many = ARENA_MANY(arena, Str, count);
    for (size_t i = 0; i < count; i++) {
        const Node *item = node->kind == NODE_MAP ? &node->items[i] : node_nth(node, i);
        if (item->kind != NODE_SCALAR) {
            return NODE_FAULT(fault, item, WORD_SCRIPT_WANTS_TEXT, field->id);
        }
        many[i] = item->text;
        if (node->kind == NODE_MAP) {
            Buf buf = buf_new(2 * TEXT_SCALAR_BYTES_MAX + 4);
            buf_put(&buf, node->keys[i].text);
            buf_put(&buf, STR(": "));
            buf_put(&buf, item->text);
            many[i] = str_copy(arena, buf_str(&buf));
            buf_done(&buf);
        }
    }
    *value = (Value){.kind = VALUE_MANY, .many = many, .many_count = count};
    return FAIL_NONE;
}

static void put_json(Buf *buf, const Node *node)
{
    if (node->kind == NODE_LIST || node->kind == NODE_MAP) {
        buf_put_byte(buf, node->kind == NODE_LIST ? '[' : '{');
        for (size_t i = 0; i < node->count; i++) {
            buf_put(buf, i ? STR(",") : STR_NONE);
            if (node->kind == NODE_MAP) {
                buf_put_json(buf, node->keys[i].text);
                buf_put_byte(buf, ':');
            }
            put_json(buf, &node->items[i]);
        }
        buf_put_byte(buf, node->kind == NODE_LIST ? ']' : '}');
    } else if (node->kind == NODE_EMPTY) {
        buf_put(buf, STR("null"));
    } else {
        buf_put_json(buf, node->text);
    }
}

/* Where the words of a field bind only when it is asked for: does this act leave it free? */
static bool free_here(const Edition *edition, ActId act, FieldId field)
{
    if (act == ID_NONE || !edition->fields[field].free_unasked) {
        return false;
    }
    const ActKind *kind = &edition->acts[act];
    for (uint8_t i = 0; i < kind->branches_count; i++) {
        if (kind->branches[i].asks >> field & 1) {
            return false;
        }
    }
    return true;
}

static Fail one_value(Law *law, Arena *arena, const Edition *edition, const Field *field,
                      const Node *node, bool free_text, Value *value, Fault *fault)
{
    Day day;
    if (field->kind == FIELD_OBJECT) {
        Buf buf = buf_new(TEXT_FILE_BYTES_MAX);
        put_json(&buf, node);
        *value = (Value){.kind = VALUE_TEXT, .text = str_copy(arena, buf_str(&buf))};
        buf_done(&buf);
        return FAIL_NONE;
    }
    if (node->kind != NODE_SCALAR) {
        return NODE_FAULT(fault, node, WORD_SCRIPT_WANTS_TEXT, field->id);
    }
    *value = (Value){.kind = VALUE_TEXT, .text = node->text};
    if (field->kind == FIELD_YES_NO) {
        value->kind = VALUE_YES_NO;
        return node_yes_no(node, &value->yes)
                   ? FAIL_NONE
                   : NODE_FAULT(fault, node, WORD_SCRIPT_WANTS_YES_NO, field->id, node->text);
    }
    if (field->kind == FIELD_WHOLE_NUMBER) {
        value->kind = VALUE_NUMBER;
        return node_int(node, &value->number) && value->number >= field->low &&
                       value->number <= field->high
                   ? FAIL_NONE
                   : NODE_FAULT(fault, node, WORD_SCRIPT_WANTS_NUMBER, field->id, node->text);
    }
    if (field->kind == FIELD_ONE_OF && !free_text && !word_known(law, field, node->text)) {
        return unknown_word(node, field, fault);
    }
    if (field->kind == FIELD_DAY && !node_day(node, &day)) {
        return NODE_FAULT(fault, node, WORD_SCRIPT_WANTS_DAY, node->text);
    }
    if (field->kind == FIELD_PARTY &&
        !party_text(law, arena, edition, field, node->text, &value->text)) {
        return NODE_FAULT(fault, node, WORD_SCRIPT_UNKNOWN_PARTY, node->text);
    }
    return FAIL_NONE;
}

Fail script_value(Law *law, Arena *arena, const Edition *edition, ActId act, const Node *key,
                  const Node *node, Given *ret_given, bool *ret_used, Fault *fault)
{
    FieldId id = edition_field(edition, key->text);
    const Edition *owner = edition;
    for (size_t at = 0; id == ID_NONE;) {   /* a word of another edition is checked by its kind */
        owner = nth_edition(law, &at);
        if (!owner) {
            return NODE_FAULT(fault, key, WORD_SCRIPT_UNKNOWN_FIELD, key->text);
        }
        id = edition_field(owner, key->text);
    }
    const Field *field = &owner->fields[id];
    *ret_used = owner == edition && node->kind != NODE_EMPTY;
    *ret_given = (Given){.field = id};
    if (node->kind == NODE_EMPTY) {
        return FAIL_NONE;
    }
    if (field->kind == FIELD_SOME_OF || field->kind == FIELD_PARTIES) {
        return many_words(law, arena, owner, field, node, &ret_given->value, fault);
    }
    if (field->kind == FIELD_TEXTS) {
        return many_texts(arena, field, node, &ret_given->value, fault);
    }
    bool free_text = owner == edition && free_here(edition, act, id);
    return one_value(law, arena, owner, field, node, free_text, &ret_given->value, fault);
}
