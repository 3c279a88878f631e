/* edition_parts.c: everything of a procedure but its acts: head, roles, recipients, fields, lists,
 * stages, clocks, duties, notices. */
#include <assert.h>

#include "reading.h"

#define KEYS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* A map of the review with at most `max` entries; NULL (after a fault when it is there but no
 * map). */
static const Node *part(Reading *reading, const char *key, size_t max)
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
    for (size_t i = 0; i < node->count; i++) {
        static const char *const booleans[] = {"on", "off", "yes", "no", "y", "n", "true", "false"};
        for (size_t j = 0; j < sizeof booleans / sizeof booleans[0]; j++) {
            if (str_is(node->keys[i].text, booleans[j])) {
                reading_fault(reading, &node->keys[i], WORD_LAW_BOOLEAN_ID, node->keys[i].text,
                              STR_NONE);
            }
        }
    }
    return node;
}

static void read_head(Reading *reading, const Node *root)
{
    Edition *edition = reading->edition;
    reading_keys(reading, root, KEYS("edition", "in_force", "in_force_clause", "drafted",
                                     "calendar", "counting", "policies", "procedures"));
    edition->id = node_text(node_get(root, "edition"));
    if (edition->id.len == 0) {
        reading_fault(reading, root, WORD_LAW_MISSING, STR("edition"), STR_NONE);
    }
    edition->calendar = node_text(node_get(root, "calendar"));
    edition->from = DAY_NONE;
    edition->until = DAY_NONE;
    const Node *force = node_get(root, "in_force");
    if (force && force->kind == NODE_MAP) {
        reading_keys(reading, force, KEYS("from", "until"));
        const Node *until = node_get(force, "until");
        edition->until = DAY_LAST;
        if (!node_day(node_get(force, "from"), &edition->from)) {
            reading_fault(reading, force, WORD_LAW_WANTS_DAY, STR("from"), STR_NONE);
        }
        if (until && (!node_day(until, &edition->until) || edition->until <= edition->from)) {
            reading_fault(reading, until, WORD_LAW_WANTS_DAY, STR("until"), STR_NONE);
        }
    } else if (!str_is(node_text(force), "never")) {
        reading_fault(reading, force ? force : root, WORD_LAW_IN_FORCE, STR_NONE, STR_NONE);
    }
    const Node *counting = node_get(root, "counting");
    const Node *first = node_get(counting, "first_day"), *held = node_get(counting, "held_days");
    reading_keys(reading, counting, KEYS("first_day", "held_days"));
    Str is = node_text(node_get(first, "is"));
    edition->first_day_counted = str_is(is, "counted");
    if (!edition->first_day_counted && !str_is(is, "not_counted")) {
        reading_fault(reading, first ? first : root, WORD_LAW_FIRST_DAY, STR_NONE, STR_NONE);
    } else {
        edition->first_day_clause = reading_clause(reading, first, first);
        edition->held_days_clause = held ? reading_clause(reading, held, held) : STR_NONE;
    }
    const Node *policies = node_get(root, "policies");
    Policy *all = ARENA_MANY(reading->arena, Policy, node_many(policies));
    for (size_t i = 0; i < node_many(policies); i++) {
        all[i].id = node_text(node_nth(policies, i));
        if (!clause_is_policy(all[i].id)) {
            reading_fault(reading, node_nth(policies, i), WORD_LAW_BAD_CLAUSE, all[i].id,
                          STR_NONE);
        }
    }
    edition->policies = all;
    edition->policies_count = node_many(policies);
}

static void read_groups(Reading *reading)
{
    const Node *groups = node_get(reading->bodies, "groups");
    size_t count = groups && groups->kind == NODE_MAP ? groups->count : 0;
    Group *all = ARENA_MANY(reading->arena, Group, count);
    for (size_t i = 0; i < count; i++) {
        const Node *node = &groups->items[i];
        Str *ids = ARENA_MANY(reading->arena, Str, node_many(node));
        for (size_t j = 0; j < node_many(node); j++) {
            ids[j] = node_text(node_nth(node, j));
        }
        all[i] = (Group){groups->keys[i].text, ids, node_many(node)};
    }
    reading->edition->groups = all;
    reading->edition->groups_count = count;
}

static void read_roles(Reading *reading)
{
    const Node *node = part(reading, "roles", EDITION_ROLES_MAX);
    size_t count = node ? node->count : 0;
    Role *roles = ARENA_MANY(reading->arena, Role, count);
    if (!node) {
        reading_fault(reading, reading->review, WORD_LAW_MISSING, STR("roles"), STR_NONE);
    }
    for (size_t i = 0; i < count; i++) {
        const Node *item = &node->items[i];
        const Node *of = node_get(item, "of");
        bool named = false;
        reading_keys(reading, item, KEYS("of", "named", "clause"));
        reading_clause(reading, item, &node->keys[i]);
        node_yes_no(node_get(item, "named"), &named);
        roles[i] = (Role){node->keys[i].text, named ? ROLE_NAMED : ROLE_ONE, NULL};
        if (of) {
            roles[i].kind = ROLE_LISTED;
            roles[i].group = edition_group(reading->edition, node_text(of));
            if (!roles[i].group) {
                reading_fault(reading, of, WORD_LAW_UNKNOWN_GROUP, node_text(of), STR_NONE);
                roles[i].kind = ROLE_NAMED;
            }
        }
    }
    reading->edition->roles = roles;
    reading->edition->roles_count = count;
}

static void read_recipients(Reading *reading)
{
    Edition *edition = reading->edition;
    const Node *node = node_get(reading->review, "recipients");
    edition->department_role = ID_NONE;
    if (!node) {
        return;
    }
    const Node *is = node_get(node, "is");
    reading_keys(reading, node, KEYS("is", "clause"));
    edition->recipients_clause = reading_clause(reading, node, node);
    for (size_t i = 0; i < node_many(is); i++) {
        Str text = node_text(node_nth(is, i)), sector = STR(" of sector");
        bool of_sector = str_ends(text, sector);
        RoleId role = edition_role(
            edition, of_sector ? str_part(text, 0, text.len - sector.len) : text);
        if (role == ID_NONE || edition->roles[role].kind != ROLE_LISTED) {
            reading_fault(reading, node_nth(is, i), WORD_LAW_UNKNOWN_ROLE, text, STR_NONE);
            continue;
        }
        edition->recipient_roles |= UINT32_C(1) << role;
        if (of_sector) {
            edition->recipients_department = true;
            edition->department_role = role;
            continue;
        }
        const Group *group = edition->roles[role].group;
        Party *all = ARENA_MANY(reading->arena, Party, edition->recipients_count + group->count);
        memcpy(all, edition->recipients ? edition->recipients : all,
               edition->recipients_count * sizeof *all);
        for (size_t j = 0; j < group->count; j++) {
            all[edition->recipients_count++] = (Party){role, group->ids[j]};
        }
        edition->recipients = all;
    }
    if (node_many(is) == 0) {
        reading_fault(reading, node, WORD_LAW_MISSING, STR("is"), STR_NONE);
    }
}

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
    const Node *node = part(reading, "fields", EDITION_FIELDS_MAX);
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

static void read_materials(Reading *reading)
{
    const Node *node = part(reading, "materials", EDITION_FIELDS_MAX);
    size_t count = node ? node->count : 0;
    Material *materials = ARENA_MANY(reading->arena, Material, count);
    for (size_t i = 0; i < count; i++) {
        const Node *item = &node->items[i];
        const Node *when = node_get(item, "when");
        reading_keys(reading, item, KEYS("clause", "optional", "when"));
        materials[i] = (Material){.id = node->keys[i].text, .when_field = ID_NONE,
                                  .clause = reading_clause(reading, item, &node->keys[i])};
        node_yes_no(node_get(item, "optional"), &materials[i].optional);
        if (when && when->kind == NODE_MAP && when->count == 1) {
            materials[i].when_field = edition_field(reading->edition, when->keys[0].text);
            materials[i].when_value = node_text(&when->items[0]);
        }
        if (when && materials[i].when_field == ID_NONE) {
            reading_fault(reading, when, WORD_LAW_UNKNOWN_FIELD, STR("when"), STR_NONE);
        }
    }
    reading->edition->materials = materials;
    reading->edition->materials_count = count;
}

static void read_lists(Reading *reading)
{
    static const char *const names[] = {"commitments", "factors", "categories", "findings",
                                        "methods"};
    enum { COUNT = sizeof names / sizeof names[0] };
    List *lists = ARENA_MANY(reading->arena, List, COUNT);
    size_t found = 0;
    for (size_t i = 0; i < COUNT; i++) {
        const Node *node = part(reading, names[i], TEXT_NODES_MAX);
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

static void read_stages(Reading *reading)
{
    const Node *node = part(reading, "stages", EDITION_STAGES_MAX);
    size_t count = node ? node->count : 0;
    Stage *stages = ARENA_MANY(reading->arena, Stage, count);
    if (!node) {
        reading_fault(reading, reading->review, WORD_LAW_MISSING, STR("stages"), STR_NONE);
    }
    for (size_t i = 0; i < count; i++) {
        const Node *item = &node->items[i];
        const Node *review = node_get(item, "review");
        reading_keys(reading, item, KEYS("clause", "review", "final"));
        stages[i] = (Stage){.id = node->keys[i].text, .node = &node->keys[i],
                            .special = str_is(node_text(review), "special")};
        if (review && !stages[i].special && !str_is(node_text(review), "ordinary")) {
            reading_fault(reading, review, WORD_LAW_BAD_REVIEW, node_text(review), STR_NONE);
        }
        node_yes_no(node_get(item, "final"), &stages[i].final);
        reading_cites(reading, item, &node->keys[i], &stages[i].clause);
    }
    reading->edition->stages = stages;
    reading->edition->stages_count = count;
    const Node *outcomes = part(reading, "outcomes", EDITION_FIELDS_MAX);
    size_t outcomes_count = outcomes ? outcomes->count : 0;
    Str *ids = ARENA_MANY(reading->arena, Str, outcomes_count);
    Str *clauses = ARENA_MANY(reading->arena, Str, outcomes_count);
    for (size_t i = 0; i < outcomes_count; i++) {
        ids[i] = outcomes->keys[i].text;
        clauses[i] = node_text(node_nth(&outcomes->items[i], 0));
    }
    reading->edition->outcomes = ids;
    reading->edition->outcome_clauses = clauses;
    reading->edition->outcomes_count = outcomes_count;
}

static void read_clocks(Reading *reading)
{
    const Node *node = part(reading, "clocks", EDITION_CLOCKS_MAX);
    size_t count = node ? node->count : 0;
    ClockKind *clocks = ARENA_MANY(reading->arena, ClockKind, count);
    for (size_t i = 0; i < count; i++) {
        const Node *item = &node->items[i];
        const Node *days = node_get(item, "working_days");
        int64_t value = 0;
        reading_keys(reading, item, KEYS("working_days", "clause"));
        if (!node_int(days, &value) || value < 1 || value > EXTENSION_DAYS_MAX) {
            reading_fault(reading, days ? days : item, WORD_LAW_BAD_DAYS, node->keys[i].text,
                          STR_NONE);
            value = 1;
        }
        clocks[i] = (ClockKind){node->keys[i].text, (int)value,
                                reading_clause(reading, item, &node->keys[i]), &node->keys[i]};
    }
    reading->edition->clocks = clocks;
    reading->edition->clocks_count = count;
}

static void read_silence(Reading *reading, const Node *silence, DutyKind *duty)
{
    if (!silence) {
        return;
    }
    reading_keys(reading, silence, KEYS("is", "clause"));
    duty->silence_disagrees = str_is(node_text(node_get(silence, "is")), "disagreement");
    if (!duty->silence_disagrees) {
        reading_fault(reading, silence, WORD_LAW_BAD_SILENCE, STR_NONE, STR_NONE);
    }
    duty->silence_clause = reading_clause(reading, silence, silence);
}

static void read_duty(Reading *reading, const Node *key, const Node *item, DutyKind *duty)
{
    const Node *of = node_get(item, "of"), *clock = node_get(item, "clock");
    const Node *result = node_get(item, "result"), *several = node_get(item, "several");
    const Node *apart = node_get(item, "told_apart"), *then = node_get(item, "then");
    reading_keys(reading, item, KEYS("of", "clock", "result", "several", "told_apart", "holds",
                                     "then", "silence", "sealed", "repeatable", "clause"));
    *duty = (DutyKind){.id = key->text, .of = OWED_BY_FIELD, .of_field = ID_NONE,
                       .clock = ID_NONE, .result = ID_NONE, .name = ID_NONE, .node = key};
    if (str_is(node_text(of), "recipients")) {
        duty->of = OWED_BY_RECIPIENTS;
    } else if (of) {
        duty->of_field = reading_with(reading, of);
    } else {
        reading_fault(reading, key, WORD_LAW_MISSING, STR("of"), STR_NONE);
    }
    if (clock) {
        duty->clock = edition_clock(reading->edition, node_text(clock));
        if (duty->clock == ID_NONE) {
            reading_clocks(reading, clock);
        }
    }
    if (result) {
        duty->result = edition_field(reading->edition, node_text(result));
        if (duty->result == ID_NONE) {
            reading_fields(reading, result);
        }
    }
    if (several || apart) {
        duty->several = several != NULL;
        duty->name = reading_with(reading, several ? several : apart);
    }
    duty->holds = reading_clocks(reading, node_get(item, "holds"));
    duty->restarts = str_is(node_text(then), "restart");
    if (then && !duty->restarts && !str_is(node_text(then), "resume")) {
        reading_fault(reading, then, WORD_LAW_BAD_THEN, node_text(then), STR_NONE);
    }
    read_silence(reading, node_get(item, "silence"), duty);
    node_yes_no(node_get(item, "sealed"), &duty->sealed);
    node_yes_no(node_get(item, "repeatable"), &duty->repeatable);
    duty->clause = reading_clause(reading, item, key);
}

static void read_duties(Reading *reading)
{
    const Node *node = part(reading, "duties", EDITION_DUTIES_MAX);
    size_t count = node ? node->count : 0;
    DutyKind *duties = ARENA_MANY(reading->arena, DutyKind, count);
    for (size_t i = 0; i < count; i++) {
        read_duty(reading, &node->keys[i], &node->items[i], &duties[i]);
    }
    reading->edition->duties = duties;
    reading->edition->duties_count = count;
}

static void read_notices(Reading *reading)
{
    const Node *node = part(reading, "notices", EDITION_FIELDS_MAX);
    size_t count = node ? node->count : 0;
    NoticeKind *notices = ARENA_MANY(reading->arena, NoticeKind, count);
    for (size_t i = 0; i < count; i++) {
        reading_keys(reading, &node->items[i], KEYS("to", "clause"));
        notices[i].id = node->keys[i].text;
        notices[i].to = node_text(node_get(&node->items[i], "to"));
        reading_cites(reading, &node->items[i], &node->keys[i], &notices[i].clause);
    }
    reading->edition->notices = notices;
    reading->edition->notices_count = count;
}

void reading_parts(Reading *reading, const Node *root)
{
    if (root->kind != NODE_MAP) {
        reading_fault(reading, root, WORD_LAW_WANTS_MAP, STR("edition"), STR_NONE);
        return;
    }
    read_head(reading, root);
    reading->review = node_get(node_get(root, "procedures"), "review");
    if (!reading->review || reading->review->kind != NODE_MAP) {
        reading->review = NULL;
        reading_fault(reading, root, WORD_LAW_MISSING, STR("procedures.review"), STR_NONE);
        return;
    }
    reading_keys(reading, reading->review,
                 KEYS("roles", "recipients", "fields", "materials", "commitments", "factors",
                      "categories", "findings", "methods", "stages", "outcomes", "clocks",
                      "duties", "notices", "acts"));
    read_groups(reading);
    read_roles(reading);
    read_recipients(reading);
    read_fields(reading);
    read_materials(reading);
    read_lists(reading);
    read_stages(reading);
    read_clocks(reading);
    read_duties(reading);
    read_notices(reading);
}
