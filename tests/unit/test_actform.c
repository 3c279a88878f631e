/* test_actform.c: the form of every act of every edition, in every stage in which it is open: what
 * it asks, what it says of it in both languages, what it makes of what is typed. */
#include "kit.h"

#include <cmocka.h>
#include <stdlib.h>

#include "actpage.h"

enum { FORMS_FOUND = 120, TYPED_MAX = 64 };

static Arena kept, arena;
static Law *law;
static Look look;
static Request request;
static const Str *ids;
static size_t ids_count;
static Facts facts;
static Matter matter;

static int begin(void **state)
{
    (void)state;
    Fault fault;
    if (law_open(&kept, NULL, NULL, &law, &fault) != FAIL_NONE ||
        law_edition_ids(law, &ids, &ids_count, &fault) != FAIL_NONE) {
        return -1;
    }
    look = (Look){.law = law};
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_done(&arena);
    arena_done(&kept);
    return 0;
}

static const Edition *edition_of(const char *id)
{
    const Edition *edition;
    Fault fault;
    assert_int_equal(law_edition(law, str_from(id), &edition, &fault), FAIL_NONE);
    return edition;
}

/* ---- every form there is ---- */

typedef void Look_at(const Edition *edition, ActId act, const ActForm *form);

static Matter *matter_in(const Edition *edition, StageId stage)
{
    matter_init(&matter, &arena, edition, &facts);
    matter.stage = stage;
    return &matter;
}

/* The form of an act in a stage, before anything was typed; NULL: it is not open there. */
static const ActForm *form_in(const Edition *edition, ActId act, StageId stage,
                              const TypedList *typed)
{
    return actform_of(&arena, matter_in(edition, stage), act, typed);
}

static void look_in(const Edition *edition, ActId act, StageId stage, Look_at *look_at,
                    size_t *found)
{
    arena_reset(&arena);
    const ActForm *form = form_in(edition, act, stage, NULL);
    if (form) {
        look_at(edition, act, form);
        *found += 1;
    }
}

static void every_form(Look_at *look_at)
{
    size_t found = 0;
    Fault fault;
    for (size_t i = 0; i < ids_count; i++) {
        const Edition *edition;
        assert_int_equal(law_edition(law, ids[i], &edition, &fault), FAIL_NONE);
        for (ActId act = 0; act < edition->acts_count; act++) {
            size_t before = found;
            look_in(edition, act, ID_NONE, look_at, &found);
            for (StageId stage = 0; stage < edition->stages_count; stage++) {
                look_in(edition, act, stage, look_at, &found);
            }
            if (found == before) {
                fail_msg("%.*s of %.*s has no form anywhere", STR_ARG(edition->acts[act].id),
                         STR_ARG(ids[i]));
            }
        }
    }
    assert_true(found >= FORMS_FOUND);
}

static Str field_id(const ActForm *form, const FormField *field)
{
    return form->edition->fields[field->field].id;
}

static const FormField *field_in(const ActForm *form, const char *id)
{
    for (size_t i = 0; i < form->fields_count; i++) {
        if (str_is(field_id(form, &form->fields[i]), id)) {
            return &form->fields[i];
        }
    }
    return NULL;
}

/* ---- what it asks ---- */

static void asks_what_the_edition_says(const Edition *edition, ActId act, const ActForm *form)
{
    size_t fields = 0;
    assert_ptr_equal(form->act, &edition->acts[act]);
    assert_true(form->clause.len > 0);
    assert_int_equal(form->faults, 0);
    for (FieldId id = 0; id < edition->fields_count; id++) {
        fields += edition->acts[act].fields >> id & 1;
    }
    assert_int_equal(form->fields_count, fields);
    for (size_t i = 0; i < form->fields_count; i++) {
        const FormField *field = &form->fields[i];
        assert_true(str_starts(field->name, STR("with.")));
        assert_true(str_ends(field->name, field_id(form, field)));
        assert_true(edition->acts[act].fields >> field->field & 1);
        assert_int_equal(field->fault, WORD_NONE);
        bool all = true;
        for (uint8_t j = 0; j < edition->acts[act].branches_count; j++) {
            const Branch *branch = &edition->acts[act].branches[j];
            bool open = matter.stage == ID_NONE ? branch->opens != ID_NONE
                                                : branch->in >> matter.stage & 1;
            all &= !open || (branch->asks >> field->field & 1);
        }
        assert_int_equal(field->required, all);
    }
}

static void the_form_asks_exactly_what_the_edition_says(void **state)
{
    (void)state;
    every_form(asks_what_the_edition_says);
}

/* ---- what it says ---- */

static bool chinese(Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.at[i] >= 0xE3) {
            return true;
        }
    }
    return false;
}

static bool with_clauses(const FieldSaid *field)
{
    for (size_t i = 0; i < field->choices_count; i++) {
        if (field->choices[i].clause.text.len == 0) {
            return false;
        }
    }
    return field->choices_count > 0;
}

static void said_well(const Edition *edition, const ActForm *form, const FieldSaid *field)
{
    bool zh = request.language == LANGUAGE_ZH;
    if (field->label.len == 0 || chinese(field->label) != zh ||
        (field->hint.len == 0 && !with_clauses(field)) ||
        (field->hint.len && chinese(field->hint) != zh)) {
        fail_msg("%.*s of %.*s, edition %.*s: \"%.*s\", \"%.*s\"", STR_ARG(field->id),
                 STR_ARG(form->act->id), STR_ARG(edition->id), STR_ARG(field->label),
                 STR_ARG(field->hint));
    }
    bool choices = field->control == CONTROL_RADIO || field->control == CONTROL_CHECKS ||
                   field->control == CONTROL_SELECT;
    assert_int_equal(choices, field->choices_count > 0);
    for (size_t i = 0; i < field->choices_count; i++) {
        const ChoiceSaid *choice = &field->choices[i];
        if (choice->text.len == 0 || (zh && !chinese(choice->text))) {
            fail_msg("%.*s of %.*s, edition %.*s: choice \"%.*s\" is \"%.*s\"",
                     STR_ARG(field->id), STR_ARG(form->act->id), STR_ARG(edition->id),
                     STR_ARG(choice->id), STR_ARG(choice->text));
        }
    }
}

static void all_said(const Edition *edition, const ActForm *form)
{
    ActView view = {.due = DAY_NONE};
    Case of = {.request = &request, .say = say_of(&request, edition)};
    act_fields(&of, form, &view);
    size_t required = 0, hidden = 0;
    for (size_t i = 0; i < view.first_count; i++) {
        said_well(edition, form, &view.first[i]);
    }
    for (size_t i = 0; i < view.more_count; i++) {
        said_well(edition, form, &view.more[i]);
        assert_false(view.more[i].required);
    }
    for (size_t i = 0; i < form->fields_count; i++) {
        required += form->fields[i].required;
        hidden += form->act->two_persons.len && str_is(field_id(form, &form->fields[i]),
                                                       "drafted_by");
    }
    for (size_t i = 0; i < required; i++) {
        assert_true(view.first[i].required);   /* they come first */
    }
    assert_int_equal(view.first_count + view.more_count + hidden, form->fields_count);
}

static void says_it_in_both(const Edition *edition, ActId act, const ActForm *form)
{
    (void)act;
    static const Language languages[] = {LANGUAGE_EN, LANGUAGE_ZH};
    for (size_t i = 0; i < 2; i++) {
        request = (Request){.arena = &arena, .reader = &look, .language = languages[i]};
        static Service service;
        request.service = &service;
        all_said(edition, form);
    }
}

static void every_field_has_a_control_a_label_and_a_hint_or_clause_in_both_languages(void **state)
{
    (void)state;
    every_form(says_it_in_both);
}

/* ---- what is typed ---- */

static const char *good_value(const Edition *edition, const FormField *field)
{
    switch (field->kind) {
    case FIELD_YES_NO: return "yes";
    case FIELD_WHOLE_NUMBER: return "7";
    case FIELD_DAY: return "2026-03-31";
    case FIELD_PARTY:
    case FIELD_PARTIES:
        for (RoleId i = 0; i < edition->roles_count && !field->choices_count; i++) {
            if (edition->fields[field->field].roles >> i & 1) {
                return str_is(edition->roles[i].id, "expert") ? "expert/one" : "institution/one";
            }
        }
        return NULL;
    case FIELD_ONE_OF:
    case FIELD_SOME_OF:
    case FIELD_TEXT:
    case FIELD_OBJECT:
    case FIELD_TEXTS: return field->choices_count ? NULL : "what was seen";
    }
    return NULL;
}

static TypedList typed_well(const Edition *edition, const ActForm *form)
{
    Typed *typed = ARENA_MANY(&arena, Typed, form->fields_count + 1);
    for (size_t i = 0; i < form->fields_count; i++) {
        const FormField *field = &form->fields[i];
        const char *value = good_value(edition, field);
        typed[i] = (Typed){field->name, value ? str_from(value) : field->choices[0].id};
    }
    return (TypedList){typed, form->fields_count};
}

static void takes_good_answers(const Edition *edition, ActId act, const ActForm *form)
{
    StageId stage = matter.stage;
    for (size_t i = 0; i < form->fields_count; i++) {   /* names to answer to: nothing is open */
        if (good_value(edition, &form->fields[i]) == NULL && !form->fields[i].choices_count) {
            fail_msg("%.*s has nothing to choose", STR_ARG(field_id(form, &form->fields[i])));
        }
    }
    TypedList typed = typed_well(edition, form);
    const ActForm *filled = form_in(edition, act, stage, &typed);
    for (size_t i = 0; i < filled->fields_count; i++) {
        const FormField *field = &filled->fields[i];
        if (field->fault != WORD_NONE || !str_eq(field->text, typed.at[i].value)) {
            fail_msg("%.*s of %.*s, edition %.*s: \"%.*s\" is not taken",
                     STR_ARG(field_id(form, field)), STR_ARG(form->act->id),
                     STR_ARG(edition->id), STR_ARG(typed.at[i].value));
        }
    }
    Act made = actform_act(&arena, filled, (Party){0, STR_NONE}, 20000);
    assert_int_equal(made.given_count, filled->fields_count);
    assert_int_equal(made.act, act);
    assert_true(str_eq(made.act_word, form->act->id));
}

static void good_answers_are_taken_and_become_the_act(void **state)
{
    (void)state;
    every_form(takes_good_answers);
}

static void wants_what_is_required(const Edition *edition, ActId act, const ActForm *form)
{
    TypedList nothing = {NULL, 0};
    size_t required = 0;
    const ActForm *sent = form_in(edition, act, matter.stage, &nothing);
    for (size_t i = 0; i < form->fields_count; i++) {
        required += form->fields[i].required;
        assert_int_equal(sent->fields[i].fault,
                         form->fields[i].required ? WORD_FORM_REQUIRED : WORD_NONE);
    }
    assert_int_equal(sent->faults, required);
}

static void what_the_law_asks_for_is_wanted_and_nothing_else(void **state)
{
    (void)state;
    every_form(wants_what_is_required);
}

/* One bad value in a field: told beside it, and kept as it was typed. */
static void refuses(const Edition *edition, ActId act, StageId stage, Str name, Str value,
                    Word fault)
{
    Typed typed = {name, value};
    TypedList list = {&typed, 1};
    const ActForm *form = form_in(edition, act, stage, &list);
    for (size_t i = 0; i < form->fields_count; i++) {
        const FormField *field = &form->fields[i];
        if (str_eq(field->name, name)) {
            if (field->fault != fault) {
                fail_msg("%.*s of %.*s takes \"%.*s\"", STR_ARG(name), STR_ARG(form->act->id),
                         STR_ARG(value));
            }
            assert_true(str_eq(field->text, value));
            assert_true((fault == WORD_NONE) == (form->faults == 0));
        }
    }
}

static void keeps_bad_answers(const Edition *edition, ActId act, const ActForm *form)
{
    StageId stage = matter.stage;
    for (size_t i = 0; i < form->fields_count; i++) {
        const FormField field = form->fields[i];
        bool several = field.kind == FIELD_PARTY || field.kind == FIELD_PARTIES;
        bool chosen = (field.kind == FIELD_ONE_OF || field.kind == FIELD_SOME_OF) &&
                      field.choices_count;
        refuses(edition, act, stage, field.name, STR("turned\xE2\x80\xAEround"),
                WORD_FORM_BAD_TEXT);
        refuses(edition, act, stage, field.name, STR("broken\xFF"), WORD_FORM_BAD_TEXT);
        if (field.kind == FIELD_YES_NO) {
            refuses(edition, act, stage, field.name, STR("perhaps"), WORD_FORM_WANTS_YES_NO);
        } else if (field.kind == FIELD_WHOLE_NUMBER) {
            refuses(edition, act, stage, field.name, STR("0"), WORD_FORM_WANTS_NUMBER);
            refuses(edition, act, stage, field.name, STR("99999"), WORD_FORM_WANTS_NUMBER);
            refuses(edition, act, stage, field.name, STR("seven"), WORD_FORM_WANTS_NUMBER);
        } else if (several) {
            refuses(edition, act, stage, field.name, STR("nobody/at-all"),
                    WORD_FORM_UNKNOWN_PARTY);
        } else if (chosen) {
            refuses(edition, act, stage, field.name, STR("<b>"), WORD_FORM_UNKNOWN_CHOICE);
        }
    }
}

static void bad_answers_are_told_beside_their_field_and_kept(void **state)
{
    (void)state;
    every_form(keeps_bad_answers);
}

static void what_is_too_long_is_told_and_not_cut(void **state)
{
    (void)state;
    const Edition *edition = edition_of("2022");
    ActId assess = edition_act(edition, STR("assess"));
    StageId stage = edition_stage(edition, STR("preliminary"));
    static char text[TYPED_TEXT_BYTES_MAX + 2];
    arena_reset(&arena);
    memset(text, 'w', sizeof text);
    refuses(edition, assess, stage, STR("with.note"), (Str){text, TYPED_TEXT_BYTES_MAX + 1},
            WORD_FORM_TOO_LONG);
    refuses(edition, assess, stage, STR("with.note"), (Str){text, TYPED_TEXT_BYTES_MAX},
            WORD_NONE);
}

/* ---- what the form knows of the matter ---- */

static void owes(const char *name, OwedState state)
{
    const Edition *edition = matter.edition;
    matter.owed = arena_grow(&arena, matter.owed, matter.owed_count, &matter.owed_capacity,
                             matter.owed_count + 1, sizeof *matter.owed);
    matter.owed[matter.owed_count++] =
        (Owed){.duty = edition_duty(edition, STR("materials_asked")), .state = state,
               .name = str_from(name), .clock = UINT32_MAX, .current = true};
}

static const ActForm *form_now(const char *act)
{
    return actform_of(&arena, &matter, edition_act(matter.edition, str_from(act)), NULL);
}

static void a_request_gets_the_next_free_name(void **state)
{
    (void)state;
    arena_reset(&arena);
    const Edition *edition = edition_of("2022");
    (void)matter_in(edition, edition_stage(edition, STR("preliminary")));
    assert_true(str_is(field_in(form_now("request_materials"), "id")->text, "R-1"));
    owes("R-1", OWED_ANSWERED);
    owes("R-3", OWED_OPEN);
    assert_true(str_is(field_in(form_now("request_materials"), "id")->text, "R-2"));
}

static void only_open_requests_can_be_taken_back(void **state)
{
    (void)state;
    arena_reset(&arena);
    const Edition *edition = edition_of("2022");
    (void)matter_in(edition, edition_stage(edition, STR("preliminary")));
    owes("R-1", OWED_ANSWERED);
    owes("R-2", OWED_OPEN);
    owes("R-2", OWED_OPEN);   /* of another party */
    const FormField *id = field_in(form_now("cancel_request"), "id");
    assert_int_equal(id->choices_count, 1);
    assert_true(str_is(id->choices[0].id, "R-2"));
    assert_true(str_is(id->text, "R-2") && id->choices[0].chosen);   /* there is no other */
    owes("R-4", OWED_OPEN);
    id = field_in(form_now("cancel_request"), "id");
    assert_int_equal(id->choices_count, 2);
    assert_int_equal(id->text.len, 0);
}

static void the_level_of_a_risk_is_chosen(void **state)
{
    (void)state;
    for (size_t i = 0; i < ids_count; i++) {
        arena_reset(&arena);
        const Edition *edition = edition_of(str_terminated(&arena, ids[i]));
        ActId assess = edition_act(edition, STR("assess"));
        for (StageId stage = 0; stage < edition->stages_count; stage++) {
            const ActForm *form = form_in(edition, assess, stage, NULL);
            assert_true(!form || field_in(form, "level")->choices_count == 4);
            assert_true(!form || field_in(form, "factor")->choices_count ==
                                     edition_list(edition, STR("factors"))->count);
        }
    }
}

static const ActForm *opinion(const char *agree, const char *reasons)
{
    static Typed typed[2];
    static TypedList list;
    const Edition *edition = edition_of("2022");
    typed[0] = (Typed){STR("with.agree"), str_from(agree)};
    typed[1] = (Typed){STR("with.reasons"), str_from(reasons)};
    list = (TypedList){typed, 2};
    arena_reset(&arena);
    return form_in(edition, edition_act(edition, STR("opine")),
                   edition_stage(edition, STR("consultation")), &list);
}

static void who_disagrees_says_why(void **state)
{
    (void)state;
    const ActForm *form = opinion("no", "  ");
    assert_int_equal(form->faults, 1);
    assert_int_equal(field_in(form, "reasons")->fault, WORD_FORM_REASONS_WANTED);
    assert_true(str_is(field_in(form, "agree")->text, "no"));
    assert_int_equal(opinion("no", "the maker may stop supply")->faults, 0);
    assert_int_equal(opinion("yes", "")->faults, 0);
}

static void an_act_that_is_not_open_has_no_form(void **state)
{
    (void)state;
    arena_reset(&arena);
    const Edition *edition = edition_of("2022");
    StageId filing = edition_stage(edition, STR("filing"));
    assert_null(form_in(edition, edition_act(edition, STR("conclude")), filing, NULL));
    assert_null(form_in(edition, edition_act(edition, STR("declare")), filing, NULL));
    assert_null(form_in(edition, (ActId)edition->acts_count, filing, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_form_asks_exactly_what_the_edition_says),
        cmocka_unit_test(every_field_has_a_control_a_label_and_a_hint_or_clause_in_both_languages),
        cmocka_unit_test(good_answers_are_taken_and_become_the_act),
        cmocka_unit_test(what_the_law_asks_for_is_wanted_and_nothing_else),
        cmocka_unit_test(bad_answers_are_told_beside_their_field_and_kept),
        cmocka_unit_test(what_is_too_long_is_told_and_not_cut),
        cmocka_unit_test(a_request_gets_the_next_free_name),
        cmocka_unit_test(only_open_requests_can_be_taken_back),
        cmocka_unit_test(the_level_of_a_risk_is_chosen),
        cmocka_unit_test(who_disagrees_says_why),
        cmocka_unit_test(an_act_that_is_not_open_has_no_form),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
