/* edition.c: finding editions in a law folder, reading one, looking words up in it. */
#include "edition.h"

#include <stdlib.h>

#include "reading.h"

#define LOOKUP(name, Id, list, listed)                                                            \
    Id name(const Edition *edition, Str id)                                                       \
    {                                                                                             \
        for (size_t i = 0; i < edition->listed; i++) {                                            \
            if (str_eq(edition->list[i].id, id)) {                                                \
                return (Id)i;                                                                     \
            }                                                                                     \
        }                                                                                         \
        return ID_NONE;                                                                           \
    }
LOOKUP(edition_act, ActId, acts, acts_count)
LOOKUP(edition_stage, StageId, stages, stages_count)
LOOKUP(edition_clock, ClockId, clocks, clocks_count)
LOOKUP(edition_duty, DutyId, duties, duties_count)
LOOKUP(edition_field, FieldId, fields, fields_count)
LOOKUP(edition_role, RoleId, roles, roles_count)

const Group *edition_group(const Edition *edition, Str id)
{
    for (size_t i = 0; i < edition->groups_count; i++) {
        if (str_eq(edition->groups[i].id, id)) {
            return &edition->groups[i];
        }
    }
    return NULL;
}

const List *edition_list(const Edition *edition, Str id)
{
    for (size_t i = 0; i < edition->lists_count; i++) {
        if (str_eq(edition->lists[i].id, id)) {
            return &edition->lists[i];
        }
    }
    return NULL;
}

bool edition_party(const Edition *edition, Str text, Party *ret_party)
{
    size_t slash = str_find(text, '/');
    RoleId role = edition_role(edition, str_part(text, 0, slash));
    if (role == ID_NONE) {
        return false;
    }
    Str id = slash < text.len ? str_part(text, slash + 1, text.len) : STR_NONE;
    const Role *kind = &edition->roles[role];
    bool fits = kind->kind == ROLE_ONE ? slash == text.len : id.len > 0;
    if (fits && kind->kind == ROLE_LISTED) {
        size_t i = 0;
        while (i < kind->group->count && !str_eq(kind->group->ids[i], id)) {
            i++;
        }
        fits = i < kind->group->count;
    }
    if (fits) {
        *ret_party = (Party){role, id};
    }
    return fits;
}

void buf_put_party(Buf *buf, const Edition *edition, Party party)
{
    if (party.role == ID_NONE) {
        return;
    }
    buf_put(buf, edition->roles[party.role].id);
    if (edition->roles[party.role].kind != ROLE_ONE) {
        buf_put_byte(buf, '/');
        buf_put(buf, party.id);
    }
}

Str act_clause(const Edition *edition, const ActKind *act, const Branch *branch, StageId stage)
{
    if (branch && branch->clause.len) {
        return branch->clause;
    }
    bool special = stage != ID_NONE && edition->stages[stage].special;
    return act->clause.count ? act->clause.at[special ? act->clause.count - 1 : 0] : STR_NONE;
}

static Fail add_fault(FaultList *faults, const Fault *fault)
{
    faults_add(faults, fault);
    return fault->fail;
}

Fail edition_read_text(Arena *arena, Str procedure, Str shown, Str bodies,
                       const Edition **ret_edition, FaultList *faults)
{
    Fault fault;
    Edition *edition = ARENA_NEW(arena, Edition);
    Reading reading = {.arena = arena, .faults = faults, .edition = edition};
    if (yaml_read(arena, procedure, shown, &edition->root, &fault) != FAIL_NONE ||
        yaml_read(arena, bodies, STR("common/bodies.yaml"), &reading.bodies, &fault) !=
            FAIL_NONE) {
        return add_fault(faults, &fault);
    }
    size_t before = faults->all;
    edition->text = procedure;
    reading_parts(&reading, edition->root);
    if (reading.review) {
        reading_all_acts(&reading, node_get(reading.review, "acts"));
    }
    *ret_edition = edition;
    if (faults->all != before) {
        return FAIL_INPUT;
    }
    edition_find_usual(arena, edition);
    return FAIL_NONE;
}

static const LawFile *procedure_file(Arena *arena, const LawFolder *folder, Str id)
{
    Buf path = buf_new(TEXT_SCALAR_BYTES_MAX);
    buf_put(&path, STR("editions/"));
    buf_put(&path, id);
    buf_put(&path, STR("/procedure.yaml"));
    const LawFile *file = folder_file(folder, str_copy(arena, buf_str(&path)));
    buf_done(&path);
    return file;
}

Fail edition_read(Arena *arena, const LawFolder *folder, Str id, const Edition **ret_edition,
                  FaultList *faults)
{
    Fault fault;
    const LawFile *file = procedure_file(arena, folder, id);
    const LawFile *bodies = folder_file(folder, STR("common/bodies.yaml"));
    if (!file) {
        FAULT(&fault, FAIL_INPUT, WORD_LAW_NO_EDITION, id);
        return add_fault(faults, &fault);
    }
    if (!bodies) {
        FAULT(&fault, FAIL_INPUT, WORD_LAW_NO_FILE, STR("common/bodies.yaml"));
        return add_fault(faults, &fault);
    }
    Fail fail = edition_read_text(arena, file->text, file->shown, bodies->text, ret_edition,
                                  faults);
    if (fail == FAIL_NONE && !str_eq((*ret_edition)->id, id)) {
        FAULT(&fault, FAIL_INPUT, WORD_LAW_OTHER_ID, (*ret_edition)->id, id);
        node_fault(node_get((*ret_edition)->root, "edition"), &fault);
        return add_fault(faults, &fault);
    }
    return fail;
}

/* What is read of an edition without reading its procedure: the days of its life. */
typedef struct Head {
    Str id;
    Day from, until, order;
} Head;

static Fail read_head(Arena *arena, const LawFile *file, Str id, Head *ret_head, Fault *fault)
{
    /* The head stands before `procedures:`; the rest need not be read for it. */
    Str text = file->text;
    Str mark = STR("\nprocedures:");
    for (size_t i = 0; i + mark.len <= text.len; i++) {
        if (text.at[i] == '\n' && str_eq(str_part(text, i, i + mark.len), mark)) {
            text = str_part(text, 0, i + 1);
            break;
        }
    }
    const Node *root;
    Fail fail = yaml_read(arena, text, file->shown, &root, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    *ret_head = (Head){.id = id, .from = DAY_NONE, .until = DAY_LAST, .order = DAY_NONE};
    const Node *force = node_get(root, "in_force");
    if (node_day(node_get(force, "from"), &ret_head->from)) {
        node_day(node_get(force, "until"), &ret_head->until);
        ret_head->order = ret_head->from;
    } else {
        node_day(node_get(root, "drafted"), &ret_head->order);
    }
    return FAIL_NONE;
}

static int by_order(const void *a, const void *b)
{
    const Head *x = a, *y = b;
    return x->order != y->order ? (x->order < y->order ? -1 : 1) : str_cmp(x->id, y->id);
}

static Fail read_heads(Arena *arena, const LawFolder *folder, Head **ret_heads, size_t *ret_count,
                       Fault *fault)
{
    Str start = STR("editions/"), end = STR("/procedure.yaml");
    Head *heads = ARENA_MANY(arena, Head, folder->count);
    size_t count = 0;
    for (size_t i = 0; i < folder->count; i++) {
        Str path = folder->files[i].path;
        if (!str_starts(path, start) || !str_ends(path, end)) {
            continue;
        }
        Str id = str_part(path, start.len, path.len - end.len);
        Fail fail = read_head(arena, &folder->files[i], id, &heads[count], fault);
        if (fail != FAIL_NONE) {
            return fail;
        }
        count++;
    }
    if (count) {
        qsort(heads, count, sizeof *heads, by_order);
    }
    *ret_heads = heads;
    *ret_count = count;
    return FAIL_NONE;
}

Fail edition_ids(Arena *arena, const LawFolder *folder, const Str **ret_ids, size_t *ret_count,
                 Fault *fault)
{
    Head *heads;
    Fail fail = read_heads(arena, folder, &heads, ret_count, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    Str *ids = ARENA_MANY(arena, Str, *ret_count);
    for (size_t i = 0; i < *ret_count; i++) {
        ids[i] = heads[i].id;
    }
    *ret_ids = ids;
    return FAIL_NONE;
}

Fail edition_in_force(Arena *arena, const LawFolder *folder, Day day, Str *ret_id, Fault *fault)
{
    Head *heads;
    size_t count;
    Fail fail = read_heads(arena, folder, &heads, &count, fault);
    *ret_id = STR_NONE;
    for (size_t i = 0; fail == FAIL_NONE && i < count; i++) {
        if (heads[i].from != DAY_NONE && day >= heads[i].from && day < heads[i].until) {
            *ret_id = heads[i].id;
        }
    }
    return fail;
}
