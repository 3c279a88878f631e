/* actform.c: a form is the fields that the open branches ask or may ask, in the edition's order. */
#include "actform.h"

#include "utf8.h"

typedef struct Making {
    Arena *arena;
    const Edition *edition;
    const Matter *matter;
    const ActKind *act;
    const TypedList *typed;      /* NULL: nothing was typed yet */
    size_t faults;
} Making;

/* ---- which branches are open ---- */

static bool branch_open(const Matter *matter, const Branch *branch)
{
    return matter->stage == ID_NONE ? branch->opens != ID_NONE
                                    : (branch->in >> matter->stage & 1) != 0;
}

/* The fields that every open branch asks; *ret_first is the first open branch. */
static uint64_t asked_by_all(const Matter *matter, const ActKind *act, const Branch **ret_first)
{
    uint64_t asked = UINT64_MAX;
    *ret_first = NULL;
    for (uint8_t i = 0; i < act->branches_count; i++) {
        if (branch_open(matter, &act->branches[i])) {
            *ret_first = *ret_first ? *ret_first : &act->branches[i];
            asked &= act->branches[i].asks;
        }
    }
    return *ret_first ? asked : 0;
}

/* ---- what a good answer has ---- */

/* The law's text asks for little; a form for people asks for reasons where others must live with
 * the answer, and for evidence where something is found: in this order. 0: not urged. */
static uint8_t urged(const ActKind *act, Str field)
{
    static const struct { const char *act, *field; } good[] = {
        {"return_materials", "reasons"}, {"decide_need", "reason"}, {"extend", "reason"},
        {"decline", "reason"},           {"remand", "reasons"},     {"cancel_request", "id"},
        {"cancel_request", "reason"},    {"open_special", "reason"}, {"withdraw", "reason"},
        {"open_review", "reason"},       {"find_breach", "reasons"}, {"find_breach", "evidence"},
        {"request_materials", "id"},     {"request_materials", "from"},
        {"request_materials", "items"},
        {"assess", "factor"},            {"assess", "level"},       {"assess", "finding"},
        {"assess", "evidence"},          {"assess", "author"},      {"suggest", "reasons"},
        {"hear", "heard"},               {"hear", "record"},        {"analyse", "record"},
        {"report", "opinions"},          {"report", "missing"},     {"mitigate", "measures"},
        {"propose", "grounds"},          {"propose", "product"},    {"recommend", "grounds"},
        {"report_concern", "grounds"},   {"instruct", "grounds"},   {"conclude", "reasons"},
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        if (str_is(act->id, good[i].act) && str_is(field, good[i].field)) {
            return (uint8_t)(i + 1);
        }
    }
    return 0;
}

static bool may_refuse(const Edition *edition, const Branch *branch)
{
    for (size_t i = 0; i < edition->duties_count; i++) {
        if ((branch->fulfils >> i & 1) && edition->duties[i].result != ID_NONE) {
            return true;
        }
    }
    return false;
}

/* Reasons beside the answer of a duty that may be answered with no; conditions beside it and beside
 * what the matter ends in. */
static bool offered(const Edition *edition, const ActKind *act, Str field)
{
    FieldId finding = edition_field(edition, STR("finding"));
    bool answers = false, concludes = false;
    for (uint8_t i = 0; i < act->branches_count; i++) {
        const Branch *branch = &act->branches[i];
        answers |= may_refuse(edition, branch);
        concludes |= branch->outcome_kind == OUTCOME_REF ||
                     (finding != ID_NONE && (branch->asks >> finding & 1));
    }
    return (answers && str_is(field, "reasons")) ||
           ((answers || concludes) && str_is(field, "conditions"));
}

/* ---- choices ---- */

/* The kind of word that a field's values are, for lawwords_get. */
static const char *word_kind(Str field)
{
    static const struct { const char *field, *kind; } known[] = {
        {"materials", "material"}, {"commitments", "commitment"}, {"triggers", "trigger"},
        {"factor", "factor"},      {"grounds", "ground"},
    };
    static const char *const same[] = {"ground", "finding", "level", "method", "scope"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (str_is(field, known[i].field)) {
            return known[i].kind;
        }
    }
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        if (str_is(field, same[i])) {
            return same[i];
        }
    }
    return "field";
}

static Str clause_of_value(const Edition *edition, Str field, Str id)
{
    for (size_t i = 0; str_is(field, "materials") && i < edition->materials_count; i++) {
        if (str_eq(edition->materials[i].id, id)) {
            return edition->materials[i].clause;
        }
    }
    for (size_t i = 0; i < edition->lists_count; i++) {
        for (size_t j = 0; j < edition->lists[i].count; j++) {
            if (str_eq(edition->lists[i].items[j].id, id)) {
                return edition->lists[i].items[j].clause;
            }
        }
    }
    return STR_NONE;
}

static void choices_of_values(Making *making, const Field *field, FormField *form)
{
    FormChoice *choices = ARENA_MANY(making->arena, FormChoice, field->values_count);
    for (size_t i = 0; i < field->values_count; i++) {
        choices[i] = (FormChoice){.id = field->values[i], .kind = word_kind(field->id),
                                  .clause = clause_of_value(making->edition, field->id,
                                                            field->values[i])};
    }
    form->choices = choices;
    form->choices_count = field->values_count;
}

/* No edition grades what is found; the words that all of them share are these. */
static const FormChoice levels[] = {{.id = {"none", 4}, .kind = "level"},
                                    {.id = {"low", 3}, .kind = "level"},
                                    {.id = {"medium", 6}, .kind = "level"},
                                    {.id = {"high", 4}, .kind = "level"}};

/* The names of what is owed and open, of the duties that the field tells apart. */
static void choices_of_names(Making *making, FieldId id, FormField *form)
{
    const Matter *matter = making->matter;
    FormChoice *choices = ARENA_MANY(making->arena, FormChoice, matter->owed_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < matter->owed_count; i++) {
        const Owed *owed = &matter->owed[i];
        bool known = owed->state != OWED_OPEN || owed->name.len == 0 ||
                     making->edition->duties[owed->duty].name != id;
        for (size_t j = 0; j < count && !known; j++) {
            known = str_eq(choices[j].id, owed->name);
        }
        if (!known) {
            choices[count++] = (FormChoice){.id = owed->name, .kind = "request"};
        }
    }
    form->choices = choices;
    form->choices_count = count;
}

static uint32_t duties_ended(const Making *making)
{
    uint32_t duties = 0;
    for (uint8_t i = 0; i < making->act->branches_count; i++) {
        const Branch *branch = &making->act->branches[i];
        duties |= branch_open(making->matter, branch) ? branch->lifts | branch->fulfils : 0;
    }
    return duties;
}

/* Does the act end duties that this field tells apart? */
static bool names_ended(const Making *making, FieldId id)
{
    uint32_t duties = duties_ended(making);
    for (size_t i = 0; i < making->edition->duties_count; i++) {
        if ((duties >> i & 1) && making->edition->duties[i].name == id) {
            return true;
        }
    }
    return false;
}

/* A text whose words the edition lists (factor, level) is chosen from that list. */
static void choices_of_list(Making *making, FieldId id, FormField *form)
{
    const Field *field = &making->edition->fields[id];
    if (names_ended(making, id)) {
        choices_of_names(making, id, form);
        return;
    }
    if (str_is(field->id, "level") && !edition_list(making->edition, STR("levels"))) {
        form->choices = arena_copy(making->arena, levels, sizeof levels);
        form->choices_count = sizeof levels / sizeof levels[0];
        return;
    }
    const List *list = str_is(field->id, "factor")  ? edition_list(making->edition, STR("factors"))
                       : str_is(field->id, "level") ? edition_list(making->edition, STR("levels"))
                                                    : NULL;
    if (!list) {
        return;
    }
    FormChoice *choices = ARENA_MANY(making->arena, FormChoice, list->count);
    for (size_t i = 0; i < list->count; i++) {
        choices[i] = (FormChoice){.id = list->items[i].id, .kind = word_kind(field->id),
                                  .clause = list->items[i].clause};
    }
    form->choices = choices;
    form->choices_count = list->count;
}

static Str party_text(Making *making, Party party)
{
    Buf buf = {0};
    buf_put_party(&buf, making->edition, party);
    Str text = str_copy(making->arena, buf_str(&buf));
    buf_done(&buf);
    return text;
}

/* The parties that a field may name; none when one of its roles is open to any name. */
static void choices_of_parties(Making *making, const Field *field, FormField *form)
{
    const Edition *edition = making->edition;
    size_t count = 0;
    FormChoice *choices = NULL;
    size_t capacity = 0;
    for (RoleId i = 0; i < edition->roles_count; i++) {
        const Role *role = &edition->roles[i];
        if (!(field->roles >> i & 1)) {
            continue;
        }
        if (role->kind == ROLE_NAMED) {
            return;
        }
        size_t parties = role->kind == ROLE_ONE ? 1 : role->group->count;
        for (size_t j = 0; j < parties; j++) {
            Party party = {i, role->kind == ROLE_ONE ? STR_NONE : role->group->ids[j]};
            choices = arena_grow(making->arena, choices, count, &capacity, count + 1,
                                 sizeof *choices);
            choices[count++] = (FormChoice){.id = party_text(making, party), .kind = "party"};
        }
    }
    form->choices = choices;
    form->choices_count = count;
}

/* ---- what was typed ---- */

static void field_fault(Making *making, FormField *form, Word word, Str arg)
{
    if (form->fault == WORD_NONE) {
        form->fault = word;
        form->fault_arg = arg;
        making->faults++;
    }
}

/* All values typed under the field's name, trimmed; several are joined by line ends. */
static Str typed_values(Making *making, Str name)
{
    Buf buf = buf_new(TYPED_TEXT_BYTES_MAX * 2);
    for (size_t i = 0; making->typed && i < making->typed->count; i++) {
        const Typed *typed = &making->typed->at[i];
        Str value = str_trim(typed->value);
        if (str_eq(typed->name, name) && value.len) {
            buf_put(&buf, buf.len ? STR("\n") : STR_NONE);
            buf_put(&buf, value);
        }
    }
    Str text = str_copy(making->arena, buf_str(&buf));
    buf_done(&buf);
    return text;
}

static bool text_fits(Str text)
{
    for (size_t at = 0; at < text.len;) {
        size_t end = at + str_find(str_part(text, at, text.len), '\n');
        Str line = str_trim(str_part(text, at, end));
        if (utf8_unsafe(line)) {
            return false;
        }
        at = end + 1;
    }
    return true;
}

static size_t lines_in(Str text)
{
    size_t lines = 0;
    for (size_t at = 0; at < text.len; lines++) {
        at += str_find(str_part(text, at, text.len), '\n') + 1;
    }
    return lines;
}

static void choose(FormField *form, Str text)
{
    for (size_t i = 0; i < form->choices_count; i++) {
        FormChoice *choice = (FormChoice *)&form->choices[i];
        for (size_t at = 0; at < text.len && !choice->chosen;) {
            Str rest = str_part(text, at, text.len);
            Str line = str_part(rest, 0, str_find(rest, '\n'));
            choice->chosen = str_eq(line, choice->id);
            at += line.len + 1;
        }
    }
}

static bool all_known(const FormField *form, Str *ret_unknown)
{
    for (size_t at = 0; at < form->text.len;) {
        Str rest = str_part(form->text, at, form->text.len);
        Str line = str_part(rest, 0, str_find(rest, '\n'));
        bool known = false;
        for (size_t i = 0; i < form->choices_count && !known; i++) {
            known = str_eq(form->choices[i].id, line);
        }
        if (!known) {
            *ret_unknown = line;
            return false;
        }
        at += line.len + 1;
    }
    return true;
}

static void check_parties(Making *making, const Field *field, FormField *form)
{
    for (size_t at = 0; at < form->text.len;) {
        Str rest = str_part(form->text, at, form->text.len);
        Str line = str_trim(str_part(rest, 0, str_find(rest, '\n')));
        Party party;
        if (!edition_party(making->edition, line, &party) || !(field->roles >> party.role & 1)) {
            field_fault(making, form, WORD_FORM_UNKNOWN_PARTY, line);
        }
        at += str_find(rest, '\n') + 1;
    }
}

static void check_number(Making *making, const Field *field, FormField *form)
{
    int64_t number;
    Buf range = {0};
    buf_print(&range, "%lld-%lld", (long long)field->low, (long long)field->high);
    if (!str_int(form->text, &number) || number < field->low || number > field->high) {
        field_fault(making, form, WORD_FORM_WANTS_NUMBER,
                    str_copy(making->arena, buf_str(&range)));
    }
    buf_done(&range);
}

static void check_value(Making *making, const Field *field, FormField *form)
{
    Day day;
    Str unknown = STR_NONE;
    bool many = field->kind == FIELD_TEXTS || field->kind == FIELD_SOME_OF ||
                field->kind == FIELD_PARTIES;
    if (!utf8_valid(form->text, NULL) || !text_fits(form->text)) {
        field_fault(making, form, WORD_FORM_BAD_TEXT, STR_NONE);
        return;
    }
    if (form->text.len > TYPED_TEXT_BYTES_MAX || (many && lines_in(form->text) > TYPED_LINES_MAX)) {
        field_fault(making, form, WORD_FORM_TOO_LONG, STR_NONE);
        return;
    }
    switch (field->kind) {
    case FIELD_YES_NO:
        if (!str_is(form->text, "yes") && !str_is(form->text, "no")) {
            field_fault(making, form, WORD_FORM_WANTS_YES_NO, STR_NONE);
        }
        return;
    case FIELD_WHOLE_NUMBER:
        check_number(making, field, form);
        return;
    case FIELD_DAY:
        if (!day_parse(form->text, &day)) {
            field_fault(making, form, WORD_FORM_WANTS_DAY, form->text);
        }
        return;
    case FIELD_ONE_OF:
    case FIELD_SOME_OF:
        if (form->choices_count && !all_known(form, &unknown)) {
            field_fault(making, form, WORD_FORM_UNKNOWN_CHOICE, unknown);
        }
        return;
    case FIELD_PARTY:
    case FIELD_PARTIES:
        check_parties(making, field, form);
        return;
    case FIELD_TEXT:
    case FIELD_TEXTS:
    case FIELD_OBJECT:
        return;
    }
}

/* Disagreement wants its reasons: the field that a duty's result looks at, answered with no. */
static void check_reasons(Making *making, FormField *fields, size_t count)
{
    bool no = false, given = false;
    FormField *reasons = NULL;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < making->edition->duties_count; j++) {
            no |= making->edition->duties[j].result == fields[i].field &&
                  str_is(fields[i].text, "no");
        }
        Str id = making->edition->fields[fields[i].field].id;
        bool tells = str_is(id, "reasons") || str_is(id, "reason");
        given |= tells && fields[i].text.len > 0;
        reasons = str_is(id, "reasons") ? &fields[i] : reasons;
    }
    if (no && !given && reasons) {
        field_fault(making, reasons, WORD_FORM_REASONS_WANTED, STR_NONE);
    }
}

/* ---- what may stand there at once ---- */

/* A name that nobody has yet, for something asked of others: "R-2". */
static Str next_name(Making *making, FieldId id)
{
    const Matter *matter = making->matter;
    bool names = false;
    for (uint8_t i = 0; i < making->act->branches_count; i++) {
        const Branch *branch = &making->act->branches[i];
        names |= branch_open(matter, branch) && branch->imposes != ID_NONE &&
                 making->edition->duties[branch->imposes].name == id;
    }
    for (size_t number = 1; names && number <= matter->owed_count + 1; number++) {
        Buf name = {0};
        buf_print(&name, "R-%zu", number);
        bool taken = false;
        for (size_t i = 0; i < matter->owed_count && !taken; i++) {
            taken = str_eq(matter->owed[i].name, buf_str(&name));
        }
        Str free_name = str_copy(making->arena, buf_str(&name));
        buf_done(&name);
        if (!taken) {
            return free_name;
        }
    }
    return STR_NONE;
}

/* ---- the form ---- */

static FormField make_field(Making *making, FieldId id, bool required)
{
    const Field *field = &making->edition->fields[id];
    Buf name = {0};
    buf_put(&name, STR("with."));
    buf_put(&name, field->id);
    FormField form = {.field = id, .name = str_copy(making->arena, buf_str(&name)),
                      .kind = field->kind, .required = required,
                      .urged = required ? 0 : urged(making->act, field->id),
                      .offered = offered(making->edition, making->act, field->id)};
    buf_done(&name);
    bool free_text = field->kind == FIELD_ONE_OF && field->free_unasked && !required;
    if ((field->kind == FIELD_ONE_OF && !free_text) || field->kind == FIELD_SOME_OF) {
        choices_of_values(making, field, &form);
    } else if (field->kind == FIELD_PARTY || field->kind == FIELD_PARTIES) {
        choices_of_parties(making, field, &form);
    } else if (field->kind == FIELD_TEXT) {
        choices_of_list(making, id, &form);
    }
    if (free_text) {
        form.kind = FIELD_TEXT;
    }
    if (!making->typed) {
        form.text = field->kind == FIELD_ONE_OF ? field->fallback
                    : field->kind != FIELD_TEXT ? STR_NONE
                    : form.choices_count == 1   ? form.choices[0].id   /* only one is open */
                                                : next_name(making, id);
        choose(&form, form.text);
        return form;
    }
    form.text = typed_values(making, form.name);
    choose(&form, form.text);
    if (form.text.len) {
        check_value(making, field, &form);
    } else if (required) {
        field_fault(making, &form, WORD_FORM_REQUIRED, STR_NONE);
    }
    return form;
}

const ActForm *actform_of(Arena *arena, const Matter *matter, ActId act, const TypedList *typed)
{
    const Edition *edition = matter->edition;
    if (act >= edition->acts_count) {
        return NULL;
    }
    Making making = {arena, edition, matter, &edition->acts[act], typed, 0};
    const Branch *first;
    uint64_t asked = asked_by_all(matter, making.act, &first);
    if (!first) {
        return NULL;
    }
    FormField *fields = ARENA_MANY(arena, FormField, edition->fields_count);
    size_t count = 0;
    for (FieldId i = 0; i < edition->fields_count; i++) {
        if (making.act->fields >> i & 1) {
            fields[count++] = make_field(&making, i, asked >> i & 1);
        }
    }
    if (typed) {
        check_reasons(&making, fields, count);
    }
    ActForm *form = ARENA_NEW(arena, ActForm);
    *form = (ActForm){.edition = edition, .act = making.act, .branch = first,
                      .clause = act_clause(edition, making.act, first, matter->stage),
                      .fields = fields, .fields_count = count, .faults = making.faults};
    return form;
}

/* ---- the act ---- */

static Str *lines_of(Arena *arena, Str text, size_t *ret_count)
{
    Str *lines = ARENA_MANY(arena, Str, lines_in(text));
    *ret_count = 0;
    for (size_t at = 0; at < text.len;) {
        Str rest = str_part(text, at, text.len);
        size_t end = str_find(rest, '\n');
        Str line = str_trim(str_part(rest, 0, end));
        if (line.len) {
            lines[(*ret_count)++] = line;
        }
        at += end + 1;
    }
    return lines;
}

static Value value_of(Arena *arena, const Field *field, Str text)
{
    Value value = {.kind = VALUE_TEXT, .text = text};
    switch (field->kind) {
    case FIELD_YES_NO:
        return (Value){.kind = VALUE_YES_NO, .yes = str_is(text, "yes")};
    case FIELD_WHOLE_NUMBER:
        value.kind = VALUE_NUMBER;
        value.text = STR_NONE;
        (void)str_int(text, &value.number);
        return value;
    case FIELD_SOME_OF:
    case FIELD_TEXTS:
    case FIELD_PARTIES:
        value = (Value){.kind = VALUE_MANY};
        value.many = lines_of(arena, text, &value.many_count);
        return value;
    case FIELD_ONE_OF:
    case FIELD_TEXT:
    case FIELD_DAY:
    case FIELD_PARTY:
    case FIELD_OBJECT:
        return value;
    }
    return value;
}

Act actform_act(Arena *arena, const ActForm *form, Party by, Day on)
{
    const Edition *edition = form->edition;
    Given *given = ARENA_MANY(arena, Given, form->fields_count);
    Buf word = {0};
    buf_put_party(&word, edition, by);
    Act act = {.on = on, .by = by, .act = (ActId)(form->act - edition->acts), .given = given,
               .act_word = form->act->id, .by_word = str_copy(arena, buf_str(&word))};
    buf_done(&word);
    for (size_t i = 0; i < form->fields_count && act.given_count < ACT_FIELDS_MAX; i++) {
        const FormField *field = &form->fields[i];
        if (field->text.len) {
            given[act.given_count++] = (Given){
                field->field, value_of(arena, &edition->fields[field->field], field->text)};
        }
    }
    return act;
}
