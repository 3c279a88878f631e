/* edition_parts.c: what a procedure says of itself: head, roles, recipients, stages, outcomes,
 * clocks, duties, notices. */
#include "reading.h"

static void read_force(Reading *reading, const Node *root)
{
    Edition *edition = reading->edition;
    const Node *force = node_get(root, "in_force"), *drafted = node_get(root, "drafted");
    edition->from = DAY_NONE;
    edition->until = DAY_NONE;
    edition->drafted = DAY_NONE;
    if (drafted && !node_day(drafted, &edition->drafted)) {
        reading_fault(reading, drafted, WORD_LAW_WANTS_DAY, STR("drafted"), STR_NONE);
    }
    if (str_is(node_text(force), "never")) {
        if (!drafted) {
            reading_fault(reading, force, WORD_LAW_MISSING, STR("drafted"), STR_NONE);
        }
        return;
    }
    if (!force || force->kind != NODE_MAP) {
        reading_fault(reading, force ? force : root, WORD_LAW_IN_FORCE, STR_NONE, STR_NONE);
        return;
    }
    const Node *from = node_get(force, "from"), *until = node_get(force, "until");
    reading_keys(reading, force, KEYS("from", "until"));
    edition->until = DAY_LAST;
    if (!node_day(from, &edition->from)) {
        reading_fault(reading, from ? from : force, WORD_LAW_WANTS_DAY, STR("from"), STR_NONE);
    }
    if (until && (!node_day(until, &edition->until) || edition->until <= edition->from)) {
        reading_fault(reading, until, WORD_LAW_WANTS_DAY, STR("until"), STR_NONE);
    }
    Cites cites;
    reading_cites_in(reading, node_get(root, "in_force_clause"), force, &cites);
}

static void read_counting(Reading *reading, const Node *root)
{
    Edition *edition = reading->edition;
    const Node *counting = node_get(root, "counting");
    const Node *clocks = node_get(node_get(node_get(root, "procedures"), "review"), "clocks");
    if (!counting && (!clocks || clocks->count == 0)) {
        return;   /* nothing is counted */
    }
    const Node *first = node_get(counting, "first_day"), *held = node_get(counting, "held_days");
    reading_keys(reading, counting, KEYS("first_day", "held_days"));
    reading_keys(reading, first, KEYS("is", "clause"));
    reading_keys(reading, held, KEYS("is", "clause"));
    Str is = node_text(node_get(first, "is"));
    edition->first_day_counted = str_is(is, "counted");
    if (!edition->first_day_counted && !str_is(is, "not_counted")) {
        reading_fault(reading, first ? first : root, WORD_LAW_FIRST_DAY, STR_NONE, STR_NONE);
    } else {
        edition->first_day_clause = reading_clause(reading, first, first);
    }
    if (held) {
        const Node *edges = node_get(held, "is");
        edition->held_days_clause = reading_clause(reading, held, held);
        if (node_many(edges) != 2 ||
            !str_is(node_text(node_nth(edges, 0)), "day_after_request") ||
            !str_is(node_text(node_nth(edges, 1)), "day_of_supply")) {
            reading_fault(reading, edges ? edges : held, WORD_LAW_HELD_DAYS, STR_NONE, STR_NONE);
        }
    }
}

static void read_policies(Reading *reading, const Node *policies)
{
    Policy *all = ARENA_MANY(reading->arena, Policy, node_many(policies));
    for (size_t i = 0; i < node_many(policies); i++) {
        const Node *node = node_nth(policies, i);
        all[i].id = node_text(node);
        if (!clause_is_policy(all[i].id)) {
            reading_fault(reading, node, WORD_LAW_BAD_CLAUSE, all[i].id, STR_NONE);
        }
        for (size_t j = 0; j < i; j++) {
            if (str_eq(all[j].id, all[i].id)) {
                reading_fault(reading, node, WORD_LAW_TWICE, all[i].id, STR_NONE);
            }
        }
    }
    reading->edition->policies = all;
    reading->edition->policies_count = node_many(policies);
}

static void read_head(Reading *reading, const Node *root)
{
    Edition *edition = reading->edition;
    const Node *calendar = node_get(root, "calendar");
    reading_keys(reading, root, KEYS("edition", "in_force", "in_force_clause", "drafted",
                                     "calendar", "counting", "policies", "procedures"));
    edition->id = node_text(node_get(root, "edition"));
    if (edition->id.len == 0) {
        reading_fault(reading, root, WORD_LAW_MISSING, STR("edition"), STR_NONE);
    }
    edition->calendar = node_text(calendar);
    if (!str_is(edition->calendar, "cn")) {
        reading_fault(reading, calendar ? calendar : root, WORD_LAW_CALENDAR, edition->calendar,
                      STR_NONE);
    }
    read_force(reading, root);
    read_counting(reading, root);
    read_policies(reading, node_get(root, "policies"));
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
        if (node->kind != NODE_LIST) {
            reading_fault(reading, node, WORD_LAW_WANTS_IDS, STR_NONE, STR_NONE);
        } else {
            reading_ids(reading, node->items, node->count);
        }
        all[i] = (Group){groups->keys[i].text, ids, node_many(node)};
    }
    reading->edition->groups = all;
    reading->edition->groups_count = count;
}

static void read_roles(Reading *reading)
{
    const Node *node = reading_part(reading, "roles", EDITION_ROLES_MAX);
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

static void read_stages(Reading *reading)
{
    const Node *node = reading_part(reading, "stages", EDITION_STAGES_MAX);
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
    const Node *outcomes = reading_part(reading, "outcomes", EDITION_FIELDS_MAX);
    size_t outcomes_count = outcomes ? outcomes->count : 0;
    Str *ids = ARENA_MANY(reading->arena, Str, outcomes_count);
    Str *clauses = ARENA_MANY(reading->arena, Str, outcomes_count);
    for (size_t i = 0; i < outcomes_count; i++) {
        ids[i] = outcomes->keys[i].text;
        Cites cites;
        reading_cites_in(reading, &outcomes->items[i], &outcomes->keys[i], &cites);
        clauses[i] = cites.count ? cites.at[0] : STR_NONE;
    }
    reading->edition->outcomes = ids;
    reading->edition->outcome_clauses = clauses;
    reading->edition->outcomes_count = outcomes_count;
}

static void read_clocks(Reading *reading)
{
    const Node *node = reading_part(reading, "clocks", EDITION_CLOCKS_MAX);
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
        duty->clock = reading_clock(reading, clock);
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
    const Node *node = reading_part(reading, "duties", EDITION_DUTIES_MAX);
    size_t count = node ? node->count : 0;
    DutyKind *duties = ARENA_MANY(reading->arena, DutyKind, count);
    for (size_t i = 0; i < count; i++) {
        read_duty(reading, &node->keys[i], &node->items[i], &duties[i]);
    }
    reading->edition->duties = duties;
    reading->edition->duties_count = count;
}

/* To whom a notice goes: a role, or whom a field of the sending act names. */
static void read_to(Reading *reading, const Node *key, const Node *to, NoticeKind *notice)
{
    notice->to = node_text(to);
    if (notice->to.len == 0) {
        reading_fault(reading, to ? to : key, WORD_LAW_MISSING, STR("to"), STR_NONE);
    } else if (str_starts(notice->to, STR("with."))) {
        reading_with(reading, to);
    } else {
        reading_roles(reading, to);
    }
}

static void read_notices(Reading *reading)
{
    const Node *node = reading_part(reading, "notices", EDITION_FIELDS_MAX);
    size_t count = node ? node->count : 0;
    NoticeKind *notices = ARENA_MANY(reading->arena, NoticeKind, count);
    for (size_t i = 0; i < count; i++) {
        reading_keys(reading, &node->items[i], KEYS("to", "clause"));
        notices[i].id = node->keys[i].text;
        read_to(reading, &node->keys[i], node_get(&node->items[i], "to"), &notices[i]);
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
                 KEYS("roles", "recipients", "fields", "grounds", "triggers", "materials",
                      "commitments", "factors", "categories", "findings", "methods", "stages",
                      "outcomes", "clocks", "duties", "notices", "acts"));
    read_groups(reading);
    read_roles(reading);
    read_recipients(reading);
    reading_fields_and_lists(reading);
    read_stages(reading);
    read_clocks(reading);
    read_duties(reading);
    read_notices(reading);
}
