/* act_view.c: an act's form in words. */
#include "actpage.h"

#include "declare.h"
#include "edition_text.h"

enum { SELECT_FROM = 7, TEXT_BYTES_MAX = 8192 };

static Str kept(const Case *of, Buf *buf)
{
    Str text = str_copy(of->say.arena, buf_str(buf));
    buf_done(buf);
    return text;
}

/* ---- fields ---- */

static Control control_of(const FormField *field)
{
    switch (field->kind) {
    case FIELD_YES_NO: return CONTROL_RADIO;
    case FIELD_WHOLE_NUMBER: return CONTROL_NUMBER;
    case FIELD_DAY: return CONTROL_DAY;
    case FIELD_ONE_OF:
    case FIELD_PARTY:
        return !field->choices_count                   ? CONTROL_LINE
               : field->choices_count >= SELECT_FROM   ? CONTROL_SELECT
                                                       : CONTROL_RADIO;
    case FIELD_SOME_OF:
    case FIELD_PARTIES:
        return field->choices_count ? CONTROL_CHECKS : CONTROL_LINES;
    case FIELD_TEXT:
    case FIELD_OBJECT:
        return field->choices_count ? CONTROL_SELECT : CONTROL_LINE;
    case FIELD_TEXTS:
        return CONTROL_LINES;
    }
    return CONTROL_LINE;
}

static bool is_long(Str id)
{
    return str_is(id, "reason") || str_is(id, "note") || str_is(id, "finding");
}

static Str choice_word(const Case *of, const FormChoice *choice)
{
    Party party;
    if (strcmp(choice->kind, "party") == 0) {
        return edition_party(of->say.edition, choice->id, &party) ? say_party(&of->say, party)
                                                                  : choice->id;
    }
    return lawwords_get(of->say.reader.words, choice->kind, choice->id);
}

/* Is it the answer to something on which an opinion was asked for? */
static bool is_opinion(const Case *of, FieldId field)
{
    for (size_t i = 0; i < of->say.edition->duties_count; i++) {
        if (of->say.edition->duties[i].result == field) {
            return true;
        }
    }
    return false;
}

/* Yes and no; of an opinion that was asked for: agree, do not agree. */
static Str yes_no_word(const Case *of, FieldId field, bool yes)
{
    bool opinion = is_opinion(of, field);
    return say_plain(&of->say, opinion ? (yes ? WORD_FORM_AGREE : WORD_FORM_DISAGREE)
                                       : (yes ? WORD_FORM_YES : WORD_FORM_NO));
}

static void put_choices(const Case *of, const FormField *field, FieldSaid *said)
{
    bool yes_no = field->kind == FIELD_YES_NO;
    size_t count = yes_no ? 2 : field->choices_count;
    ChoiceSaid *choices = ARENA_MANY(of->say.arena, ChoiceSaid, count);
    for (size_t i = 0; i < count; i++) {
        Buf input = {0};
        buf_put(&input, said->id);
        buf_print(&input, "-%zu", i + 1);
        choices[i].input = kept(of, &input);
        if (yes_no) {
            choices[i].id = i == 0 ? STR("yes") : STR("no");
            choices[i].text = yes_no_word(of, field->field, i == 0);
            choices[i].chosen = str_eq(field->text, choices[i].id);
            continue;
        }
        choices[i].id = field->choices[i].id;
        choices[i].text = choice_word(of, &field->choices[i]);
        choices[i].clause = say_cited(&of->say, field->choices[i].clause);
        choices[i].chosen = field->choices[i].chosen;
    }
    said->choices = choices;
    said->choices_count = count;
}

static Str hint_of(const Case *of, const ActForm *form, const FieldSaid *said)
{
    Word word = act_hint(form->act->id, said->id);
    if (form->branch->notices_count) {   /* others read it */
        word = word == WORD_HINT_REASON    ? WORD_HINT_REASON_TOLD
               : word == WORD_HINT_REASONS ? WORD_HINT_REASONS_TOLD
                                           : word;
    }
    word = word != WORD_NONE                  ? word
           : said->control == CONTROL_LINES  ? WORD_FORM_HINT_LINES
           : said->control == CONTROL_CHECKS ? WORD_FORM_HINT_CHECKS
                                             : WORD_NONE;
    return word == WORD_NONE ? STR_NONE : say_plain(&of->say, word);
}

static FieldSaid field_said(const Case *of, const ActForm *form, const FormField *field)
{
    Str id = of->say.edition->fields[field->field].id;
    Str label = is_opinion(of, field->field)
                    ? say_plain(&of->say, WORD_FORM_DO_YOU_AGREE)
                    : say_field(&of->say, field->field, field->kind == FIELD_TEXT);
    FieldSaid said = {.id = id, .name = field->name, .text = field->text,
                      .label = as_heading(of->request, label),
                      .control = control_of(field), .required = field->required,
                      .urged = field->urged != 0};
    if (said.control == CONTROL_LINE && is_long(id)) {
        said.control = CONTROL_TEXT;
    }
    if (field->choices_count || field->kind == FIELD_YES_NO) {
        put_choices(of, field, &said);
    }
    if (field->fault != WORD_NONE) {
        said.fault = SAY(&of->say, field->fault, field->fault_arg);
    }
    said.hint = hint_of(of, form, &said);
    return said;
}

/* Who drafted is told by who hands it over, not typed. */
static bool not_typed(const Case *of, const ActForm *form, const FormField *field)
{
    return form->act->two_persons.len &&
           str_is(of->say.edition->fields[field->field].id, "drafted_by");
}

/* Fields that are urged first, in their order; the others as the edition has them. */
static const FormField **in_order(const Case *of, const ActForm *form)
{
    const FormField **fields = ARENA_MANY(of->say.arena, const FormField *, form->fields_count);
    size_t urged = 0, count = 0;
    for (size_t i = 0; i < form->fields_count; i++) {
        const FormField *field = &form->fields[i];
        size_t at = count++;
        while (at > 0 && field->urged && (at > urged || fields[at - 1]->urged > field->urged)) {
            fields[at] = fields[at - 1];
            at--;
        }
        fields[at] = field;
        urged += field->urged != 0;
    }
    return fields;
}

void act_fields(const Case *of, const ActForm *form, ActView *view)
{
    const FormField **fields = in_order(of, form);
    FieldSaid *first = ARENA_MANY(of->say.arena, FieldSaid, form->fields_count);
    FieldSaid *more = ARENA_MANY(of->say.arena, FieldSaid, form->fields_count);
    for (int asked = 1; asked >= 0; asked--) {
        for (size_t i = 0; i < form->fields_count; i++) {
            const FormField *field = fields[i];
            bool early = field->urged || field->offered;
            if (not_typed(of, form, field)) {
                continue;
            }
            if (asked ? field->required : early && !field->required) {
                first[view->first_count++] = field_said(of, form, field);
            } else if (!field->required && !early && !asked) {
                more[view->more_count++] = field_said(of, form, field);
                view->more_open |= field->text.len && field->kind != FIELD_ONE_OF;
            }
        }
    }
    view->first = first;
    view->more = more;
    view->faults = form->faults;
    view->more_open |= view->first_count == 0;
}

/* ---- what it does ---- */

void act_head(const Case *of, const MayDo *may, ActView *view)
{
    const Position *position = of->file->position;
    const Edition *edition = of->say.edition;
    Str *does = ARENA_MANY(of->say.arena, Str, EDITION_BRANCHES_MAX);
    view->matter = position->name;
    view->title = case_title(of);
    view->act = lawwords_get(of->say.reader.words, "act", may->act->id);
    view->clause = say_cited(&of->say, may->clause);
    for (uint8_t i = 0; i < may->act->branches_count; i++) {
        const Branch *branch = &may->act->branches[i];
        if (branch->in >> position->matter->stage & 1) {
            Buf line = buf_new(TEXT_BYTES_MAX);
            act_line(&line, edition, may->act, branch, &of->say.reader);
            does[view->does_count++] = kept(of, &line);
        }
    }
    view->does = does;
    if (may->under_seal) {
        view->seal = may->seal_until == DAY_NONE
                         ? say_plain(&of->say, WORD_CASE_NOT_BEFORE_OPEN)
                         : SAY(&of->say, WORD_CASE_NOT_BEFORE, say_day(&of->say, may->seal_until));
    }
}

void act_refusal(const Case *of, const Decision *decision, ActView *view)
{
    Buf why = buf_new(TEXT_BYTES_MAX);
    refusal_put(&why, of->say.edition, decision, &of->say.reader);
    view->refusal = kept(of, &why);
    view->refusal_clause = say_cited(&of->say, decision->clause);
}

/* ---- would the law refuse it anyhow ---- */

static Value likely_value(const Field *field, const Branch *branch)
{
    for (uint8_t i = 0; i < branch->when_count; i++) {
        const Equal *when = &branch->when[i];
        if (when->ref.kind == REF_WITH && field->kind == FIELD_YES_NO) {
            return (Value){.kind = VALUE_YES_NO, .yes = str_is(when->value, "true")};
        }
    }
    switch (field->kind) {
    case FIELD_YES_NO: return (Value){.kind = VALUE_YES_NO, .yes = true};
    case FIELD_WHOLE_NUMBER: return (Value){.kind = VALUE_NUMBER, .number = field->low};
    case FIELD_SOME_OF:
        return (Value){.kind = VALUE_MANY, .many = field->values,
                       .many_count = field->values_count};
    case FIELD_ONE_OF:
        return (Value){.kind = VALUE_TEXT,
                       .text = field->values_count ? field->values[0] : STR_NONE};
    case FIELD_TEXTS:
    case FIELD_PARTIES: return (Value){.kind = VALUE_MANY};
    case FIELD_TEXT:
    case FIELD_DAY:
    case FIELD_PARTY:
    case FIELD_OBJECT: break;
    }
    return (Value){.kind = VALUE_TEXT, .text = STR("-")};
}

/* The decision on the act with likely values for what this branch asks. */
static Decision decision_on(const Case *of, const MayDo *may, const Branch *branch)
{
    const Edition *edition = of->say.edition;
    const Position *position = of->file->position;
    Given *given = ARENA_MANY(of->say.arena, Given, edition->fields_count);
    Act *act = ARENA_NEW(of->say.arena, Act);
    *act = (Act){.on = position->on, .by = of->file->standing.party, .given = given,
                 .act = (ActId)(may->act - edition->acts), .act_word = may->act->id};
    for (FieldId i = 0; i < edition->fields_count; i++) {
        if (branch->asks >> i & 1) {
            given[act->given_count++] = (Given){i, likely_value(&edition->fields[i], branch)};
        }
    }
    return matter_decide(position->matter, position->calendar, act, of->say.arena);
}

void act_try(const Case *of, const MayDo *may, ActView *view)
{
    const Matter *matter = of->file->position->matter;
    Decision first = {.kind = DECISION_DONE};
    bool any = false;
    for (uint8_t i = 0; i < may->act->branches_count; i++) {
        const Branch *branch = &may->act->branches[i];
        if (!(branch->in >> matter->stage & 1)) {
            continue;
        }
        Decision decision = decision_on(of, may, branch);
        if (decision.kind == DECISION_DONE || !decision.guard) {
            return;              /* it depends on what is typed */
        }
        first = any ? first : decision;
        any = true;
    }
    if (any) {
        act_refusal(of, &first, view);
        view->dead = true;
    }
}
