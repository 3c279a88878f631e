/* edition_fields.c: what acts may be given, and the lists that fields draw on: materials,
 * commitments, factors, categories, findings, methods. */
#include "reading.h"

/* Ids of the materials or of another list of this review, for `some_of: materials`. */
static void list_values(Reading *reading, const Node *node, Field *field)
{
    const Node *list = node_get(reading->review, node_text(node).len
                                                     ? str_terminated(reading->arena,
                                                                      node_text(node))
                                                     : "");
    if (node->kind == NODE_LIST) {
        Str *values = ARENA_MANY(reading->arena, Str, node->count);
        for (size_t i = 0; i < node->count; i++) {
            values[i] = node_text(&node->items[i]);
        }
        field->values = values;
        field->values_count = node->count;
    } else if (list && list->kind == NODE_MAP) {
        Str *values = ARENA_MANY(reading->arena, Str, list->count);
        for (size_t i = 0; i < list->count; i++) {
            values[i] = list->keys[i].text;
        }
        field->values = values;
        field->values_count = list->count;
    } else {
        reading_fault(reading, node, WORD_LAW_UNKNOWN_LIST, node_text(node), STR_NONE);
    }
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

static void read_field_map(Reading *reading, const Node *node, Field *field)
{
    static const char *const kinds[] = {"one_of", "some_of", "whole_number", "party", "parties",
                                        NULL};
    reading_keys(reading, node, KEYS("one_of", "some_of", "whole_number", "party", "parties",
                                     "default", "binding"));
    const Node *value = NULL;
    size_t kind = 0;
    while (kinds[kind] && !(value = node_get(node, kinds[kind]))) {
        kind++;
    }
    field->fallback = node_text(node_get(node, "default"));
    const Node *binding = node_get(node, "binding");
    field->free_unasked = str_is(node_text(binding), "where_asked");
    if (binding && (!field->free_unasked || kind != 0)) {
        reading_fault(reading, binding, WORD_LAW_BAD_BINDING, STR_NONE, STR_NONE);
    }
    switch (kind) {
    case 0:
    case 1:
        field->kind = kind == 0 ? FIELD_ONE_OF : FIELD_SOME_OF;
        list_values(reading, value, field);
        if (field->fallback.len && (kind != 0 || !among(field, field->fallback))) {
            reading_unknown(reading, node_get(node, "default"), WORD_LAW_UNKNOWN_VALUE,
                            field->values, field->values_count);
        }
        return;
    case 2:
        field->kind = FIELD_WHOLE_NUMBER;
        if (node_many(value) != 2 || !node_int(node_nth(value, 0), &field->low) ||
            !node_int(node_nth(value, 1), &field->high) || field->low > field->high ||
            field->high > EXTENSION_DAYS_MAX) {
            reading_fault(reading, value, WORD_LAW_BAD_RANGE, STR_NONE, STR_NONE);
        }
        return;
    case 3:
    case 4:
        field->kind = kind == 3 ? FIELD_PARTY : FIELD_PARTIES;
        field->roles = reading_roles(reading, value);
        return;
    default:
        reading_fault(reading, node, WORD_LAW_FIELD_KIND, field->id, STR_NONE);
    }
}

static void read_fields(Reading *reading)
{
    static const struct { const char *word; FieldKind kind; } plain[] = {
        {"yes_no", FIELD_YES_NO}, {"text", FIELD_TEXT},     {"texts", FIELD_TEXTS},
        {"day", FIELD_DAY},       {"object", FIELD_OBJECT},
    };
    const Node *node = reading_part(reading, "fields", EDITION_FIELDS_MAX);
    size_t count = node ? node->count : 0;
    Field *fields = ARENA_MANY(reading->arena, Field, count);
    for (size_t i = 0; i < count; i++) {
        const Node *item = &node->items[i];
        fields[i] = (Field){.id = node->keys[i].text, .kind = FIELD_TEXT, .node = &node->keys[i]};
        if (item->kind == NODE_MAP) {
            read_field_map(reading, item, &fields[i]);
            continue;
        }
        size_t j = 0, kinds = sizeof plain / sizeof plain[0];
        while (j < kinds && !str_is(node_text(item), plain[j].word)) {
            j++;
        }
        if (j == kinds) {
            reading_fault(reading, item, WORD_LAW_FIELD_KIND, fields[i].id, STR_NONE);
        } else {
            fields[i].kind = plain[j].kind;
        }
    }
    reading->edition->fields = fields;
    reading->edition->fields_count = count;
}

/* `when: {ground: purchase}`: asked for only where this word was given. */
static void read_material_when(Reading *reading, const Node *when, Material *material)
{
    if (!when) {
        return;
    }
    if (when->kind != NODE_MAP || when->count != 1) {
        reading_fault(reading, when, WORD_LAW_MATERIAL_WHEN, material->id, STR_NONE);
        return;
    }
    if (reading_fields(reading, &when->keys[0]) == 0) {
        return;
    }
    material->when_field = edition_field(reading->edition, when->keys[0].text);
    material->when_value = node_text(&when->items[0]);
    const Field *field = &reading->edition->fields[material->when_field];
    if (field->kind != FIELD_ONE_OF) {
        reading_fault(reading, when, WORD_LAW_MATERIAL_WHEN, material->id, STR_NONE);
    } else if (!among(field, material->when_value)) {
        reading_unknown(reading, &when->items[0], WORD_LAW_UNKNOWN_VALUE, field->values,
                        field->values_count);
    }
}

static void read_materials(Reading *reading)
{
    const Node *node = reading_part(reading, "materials", EDITION_FIELDS_MAX);
    size_t count = node ? node->count : 0;
    Material *materials = ARENA_MANY(reading->arena, Material, count);
    for (size_t i = 0; i < count; i++) {
        const Node *item = &node->items[i];
        const Node *when = node_get(item, "when");
        reading_keys(reading, item, KEYS("clause", "optional", "when"));
        materials[i] = (Material){.id = node->keys[i].text, .when_field = ID_NONE,
                                  .clause = reading_clause(reading, item, &node->keys[i])};
        node_yes_no(node_get(item, "optional"), &materials[i].optional);
        read_material_when(reading, when, &materials[i]);
    }
    reading->edition->materials = materials;
    reading->edition->materials_count = count;
}

static void read_lists(Reading *reading)
{
    static const char *const names[] = {"grounds", "triggers", "commitments", "factors",
                                        "categories", "findings", "methods"};
    enum { COUNT = sizeof names / sizeof names[0] };
    List *lists = ARENA_MANY(reading->arena, List, COUNT);
    size_t found = 0;
    for (size_t i = 0; i < COUNT; i++) {
        const Node *node = reading_part(reading, names[i], TEXT_NODES_MAX);
        if (!node) {
            continue;
        }
        ListItem *items = ARENA_MANY(reading->arena, ListItem, node->count);
        for (size_t j = 0; j < node->count; j++) {
            reading_keys(reading, &node->items[j], KEYS("clause"));
            items[j] = (ListItem){node->keys[j].text,
                                  reading_clause(reading, &node->items[j], &node->keys[j])};
        }
        lists[found++] = (List){str_from(names[i]), items, node->count};
    }
    reading->edition->lists = lists;
    reading->edition->lists_count = found;
}

void reading_fields_and_lists(Reading *reading)
{
    read_fields(reading);
    read_materials(reading);
    read_lists(reading);
}
