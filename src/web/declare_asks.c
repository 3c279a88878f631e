/* declare_asks.c: the questions of a declaration: which there are follows from the edition; why
 * each is asked stands beside it. */
#include "declare_asks.h"
#include "intake.h"
#include "refusal.h"
#include "utf8.h"

enum { ASKS_MAX = 96, LINE_BYTES_MAX = 600 };

Str clause_of(Request *request, Str clause)
{
    if (clause.len == 0) {
        return STR_NONE;
    }
    Buf buf = buf_new(256);
    clause_put(&buf, clause, request->language);
    Str text = str_copy(request->arena, buf_str(&buf));
    buf_done(&buf);
    return text;
}

Str label_of_field(Filing *filing, Str field)
{
    return as_heading(filing->request, lawwords_get(filing->words, "field", field));
}

Str said(Filing *filing, Word word)
{
    return word == WORD_NONE ? STR_NONE : word_text(filing->request->language, word);
}

/* ---- what is wrong with an answer ---- */

static bool plain_text(Str text)   /* line ends and tabs may stand in it */
{
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        utf8_next(text, &at);
        char first = text.at[from];
        if (first != '\n' && first != '\r' && first != '\t' &&
            utf8_unsafe(str_part(text, from, at))) {
            return false;
        }
    }
    return true;
}

static bool chosen_known(const Ask *ask)
{
    for (size_t i = 0; i < ask->choices_count; i++) {
        if (str_eq(ask->choices[i].id, ask->text)) {
            return true;
        }
    }
    return false;
}

Word line_fault(Str text)
{
    return !utf8_valid(text, NULL) || utf8_unsafe(text) ? WORD_DECLARE_BAD_TEXT
           : text.len > LINE_BYTES_MAX                  ? WORD_DECLARE_LONG_LINE : WORD_NONE;
}

static Word wrong(const Ask *ask)
{
    Day day;
    if (!utf8_valid(ask->text, NULL) ||
        (ask->kind == ASK_TEXT ? !plain_text(ask->text) : utf8_unsafe(ask->text))) {
        return WORD_DECLARE_BAD_TEXT;
    }
    switch (ask->kind) {
    case ASK_LINE: return line_fault(ask->text);
    case ASK_TEXT:
        return ask->text.len > TYPED_TEXT_BYTES_MAX ? WORD_DECLARE_LONG_TEXT : WORD_NONE;
    case ASK_DAY: return day_parse(ask->text, &day) ? WORD_NONE : WORD_DECLARE_BAD_DAY;
    case ASK_AMOUNT: return WORD_NONE;   /* by the intake */
    case ASK_YES_NO:
    case ASK_ONE:
    case ASK_PICK: return chosen_known(ask) ? WORD_NONE : WORD_DECLARE_BAD_CHOICE;
    case ASK_SOME: return WORD_NONE;     /* what no choice has is passed over */
    }
    return WORD_NONE;
}

static Word wrong_amount(Filing *filing, const Ask *ask)
{
    Facts facts;
    size_t bad;
    Arena *arena = filing->request->arena;
    Typed value = {STR("value"), intake_amount(arena, ask->text)};
    return intake_facts(arena, filing->edition, &value, 1, &facts, &bad, NULL) == FAIL_NONE
               ? WORD_NONE : WORD_DECLARE_BAD_AMOUNT;
}

/* ---- making one ---- */

bool answered(const Ask *ask)
{
    if (ask->kind != ASK_SOME) {
        return str_trim(ask->text).len > 0;
    }
    for (size_t i = 0; i < ask->choices_count; i++) {
        if (ask->choices[i].chosen) {
            return true;
        }
    }
    return false;
}

/* As people read it, for the page that checks all. */
static Str answer_of(Filing *filing, const Ask *ask)
{
    if (ask->choices_count == 0) {
        return ask->text;
    }
    Buf buf = buf_new(1 << 16);
    for (size_t i = 0; i < ask->choices_count; i++) {
        if (ask->choices[i].chosen) {
            buf_put(&buf, buf.len ? said(filing, WORD_DECLARE_AND) : STR_NONE);
            buf_put(&buf, ask->choices[i].name);
        }
    }
    Str text = str_copy(filing->request->arena, buf_str(&buf));
    buf_done(&buf);
    return text;
}

/* Adds a question; choices have been made before. */
Ask *asks_add(Asks *asks, Ask ask)
{
    Filing *filing = asks->filing;
    ask.text = ask.kind == ASK_TEXT || ask.kind == ASK_SOME
                   ? typed_get(&filing->shown, ask.name)
                   : str_trim(typed_get(&filing->shown, ask.name));
    if (filing->conflict && ask.kind != ASK_SOME) {
        ask.other = typed_get(&filing->draft.typed, ask.name);
        ask.differs = !str_eq(str_trim(ask.other), str_trim(ask.text));
    }
    AskChoice *choices = (AskChoice *)ask.choices;
    for (size_t i = 0; i < ask.choices_count; i++) {
        choices[i].chosen = ask.kind == ASK_SOME
                                ? typed_has(&filing->shown, ask.name, choices[i].id)
                                : str_eq(ask.text, choices[i].id);
    }
    if (answered(&ask)) {
        Word word = ask.kind == ASK_AMOUNT ? wrong_amount(filing, &ask) : wrong(&ask);
        ask.fault = said(filing, word);
    }
    ask.missing = ask.needed && !answered(&ask);
    ask.answer = answer_of(filing, &ask);
    asks->at[asks->count] = ask;
    return &asks->at[asks->count++];
}

AskChoice *yes_or_no(Filing *filing)
{
    AskChoice *choices = ARENA_MANY(filing->request->arena, AskChoice, 2);
    choices[0] = (AskChoice){.id = STR("true"), .name = said(filing, WORD_DECLARE_YES)};
    choices[1] = (AskChoice){.id = STR("false"), .name = said(filing, WORD_DECLARE_NO)};
    return choices;
}

AskChoice *words_of(Filing *filing, const char *kind, const char *list_id, const Str *ids,
                    size_t count)
{
    Request *request = filing->request;
    AskChoice *choices = ARENA_MANY(request->arena, AskChoice, count + 1);
    const List *list = edition_list(filing->edition, str_from(list_id));
    for (size_t i = 0; i < count; i++) {
        choices[i] = (AskChoice){
            .id = ids[i], .name = as_heading(request, lawwords_get(filing->words, kind, ids[i]))};
        for (size_t j = 0; list && j < list->count; j++) {
            if (str_eq(list->items[j].id, ids[i])) {
                choices[i].clause = clause_of(request, list->items[j].clause);
            }
        }
    }
    return choices;
}

/* ---- the ground, and the act's other fields ---- */

static const Field *act_field(const Filing *filing, const char *id)
{
    FieldId field = edition_field(filing->edition, str_from(id));
    return field != ID_NONE && (filing->act->fields >> field & 1) ? &filing->edition->fields[field]
                                                                  : NULL;
}

bool is_purchase(const Filing *filing)
{
    const Field *field = act_field(filing, "ground");
    Str ground = typed_get(&filing->shown, STR("with.ground"));
    return !field || ground.len == 0 || str_eq(ground, field->fallback);
}

/* Fields that have a place of their own, on this step or another one. */
static bool placed(Str id)
{
    static const char *const ids[] = {"materials", "commitments", "undertakings", "documents",
                                      "ground", "object", "product", "service", "note"};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        if (str_is(id, ids[i])) {
            return true;
        }
    }
    return false;
}

/* Why a field is asked, and under which ground it is needed, for the words that editions share; a
 * field that is not here is asked all the same. */
static const struct { const char *id, *ground; Word why; } known_fields[] = {
    {"data_processing", "data_processing", WORD_DECLARE_WHY_DATA},
    {"users", "foreign_listing", WORD_DECLARE_WHY_USERS},
    {"exchange", "foreign_listing", WORD_DECLARE_WHY_EXCHANGE},
    {"country", "foreign_listing", WORD_DECLARE_WHY_COUNTRY},
    {"triggers", "purchase", WORD_DECLARE_WHY_TRIGGERS},
};

static Str clause_of_ground(const Filing *filing, const char *ground)
{
    const List *grounds = edition_list(filing->edition, STR("grounds"));
    for (size_t i = 0; grounds && i < grounds->count; i++) {
        if (str_is(grounds->items[i].id, ground)) {
            return grounds->items[i].clause;
        }
    }
    return STR_NONE;
}

static const char *kind_of_words(Str field)
{
    return str_is(field, "triggers") ? "trigger" : str_is(field, "ground") ? "ground" : "value";
}

static void add_field(Asks *asks, const Field *field)
{
    Filing *filing = asks->filing;
    Request *request = filing->request;
    Buf name = buf_new(128);
    buf_put(&name, STR("with."));
    buf_put(&name, field->id);
    Ask ask = {.name = str_copy(request->arena, buf_str(&name)), .kind = ASK_LINE,
               .label = label_of_field(filing, field->id)};
    buf_done(&name);
    for (size_t i = 0; i < sizeof known_fields / sizeof known_fields[0]; i++) {
        if (str_is(field->id, known_fields[i].id)) {
            Str ground = typed_get(&filing->shown, STR("with.ground"));
            ask.why = said(filing, known_fields[i].why);
            ask.needed = ground.len > 0 && str_is(ground, known_fields[i].ground);
            ask.clause = clause_of(request, clause_of_ground(filing, known_fields[i].ground));
        }
    }
    if (field->kind == FIELD_YES_NO) {
        ask.kind = ASK_YES_NO;
        ask.choices = yes_or_no(filing);
        ask.choices_count = 2;
    } else if (field->kind == FIELD_ONE_OF || field->kind == FIELD_SOME_OF) {
        ask.kind = field->kind == FIELD_ONE_OF ? ASK_ONE : ASK_SOME;
        ask.choices = words_of(filing, kind_of_words(field->id), str_is(field->id, "ground")
                               ? "grounds" : str_terminated(request->arena, field->id),
                               field->values, field->values_count);
        ask.choices_count = field->values_count;
    } else if (field->kind == FIELD_TEXTS || str_is(field->id, "data_processing")) {
        ask.kind = ASK_TEXT;
    } else if (field->kind == FIELD_DAY) {
        ask.kind = ASK_DAY;
    }
    asks_add(asks, ask);
}

/* "More than one million" is more than 1,000,000: exactly so many are not. */
static void tell_users(Asks *asks, Ask *ask)
{
    Filing *filing = asks->filing;
    int64_t users;
    Str digits = intake_amount(filing->request->arena, ask->text);
    if (ask->text.len == 0) {
        return;
    }
    if (!str_int(digits, &users) || users < 0) {
        ask->fault = said(filing, WORD_DECLARE_BAD_NUMBER);
        return;
    }
    Str clause = clause_of(filing->request, clause_of_ground(filing, "foreign_listing"));
    ask->answer = text_of(filing->request, users > 1000000 ? WORD_DECLARE_OVER_MILLION
                                                           : WORD_DECLARE_NOT_OVER_MILLION, clause);
}

static void ask_ground(Asks *asks)
{
    Filing *filing = asks->filing;
    const Field *ground = act_field(filing, "ground");
    if (ground && ground->values_count > 1) {
        add_field(asks, ground);
        asks->at[asks->count - 1].needed = true;
        asks->at[asks->count - 1].missing = asks->at[asks->count - 1].text.len == 0;
        asks->at[asks->count - 1].why = said(filing, WORD_DECLARE_WHY_GROUND);
    }
    for (size_t i = 0; i < filing->edition->fields_count; i++) {
        const Field *field = &filing->edition->fields[i];
        if (field && (filing->act->fields >> i & 1) && !placed(field->id)) {
            add_field(asks, field);
            if (str_is(field->id, "users")) {
                tell_users(asks, &asks->at[asks->count - 1]);
            }
        }
    }
}

const Ask *declare_asks(Filing *filing, Step step, size_t *ret_count)
{
    Asks asks = {.filing = filing, .at = ARENA_MANY(filing->request->arena, Ask, ASKS_MAX)};
    if (step == STEP_GROUND && filing->opening) {
        ask_ground(&asks);
    } else if (step == STEP_OBJECT && filing->opening) {
        ask_object(&asks);
    } else if (step == STEP_MATERIALS) {
        asks_add(&asks, (Ask){.kind = ASK_TEXT, .name = STR("remark"),
                         .label = label_of_field(filing, STR("note")),
                         .why = said(filing, WORD_DECLARE_WHY_NOTE)});
    }
    *ret_count = asks.count;
    return asks.at;
}

bool has_step(const Filing *filing, Step step)
{
    bool ground = false;
    for (size_t i = 0; i < filing->edition->fields_count && !ground; i++) {
        const Field *field = &filing->edition->fields[i];
        ground = (filing->act->fields >> i & 1) &&
                 (str_is(field->id, "ground") ? field->values_count > 1 : !placed(field->id));
    }
    switch (step) {
    case STEP_GROUND: return filing->opening && ground;
    case STEP_OBJECT: return filing->opening;
    case STEP_COMMITMENTS: return act_field(filing, "commitments") && is_purchase(filing);
    case STEP_MATERIALS:
    case STEP_CHECK: return true;
    case STEP_COUNT: break;
    }
    return false;
}

/* ---- the promises of the provider ---- */

const PromiseAsk *declare_promises(Filing *filing, size_t *ret_count)
{
    Request *request = filing->request;
    const List *list = edition_list(filing->edition, STR("commitments"));
    size_t count = list && has_step(filing, STEP_COMMITMENTS) ? list->count : 0;
    PromiseAsk *promises = ARENA_MANY(request->arena, PromiseAsk, count + 1);
    Asks asks = {.filing = filing, .at = ARENA_MANY(request->arena, Ask, 2 * count + 1)};
    for (size_t i = 0; i < count; i++) {
        const ListItem *item = &list->items[i];
        PromiseAsk *promise = &promises[i];
        *promise = (PromiseAsk){
            .id = item->id,
            .name = as_heading(request, lawwords_get(filing->words, "commitment", item->id)),
            .clause = clause_of(request, item->clause),
            .given = typed_has(&filing->shown, STR("promise"), item->id)};
        static const struct { const char *start; Word label, why; } two[] = {
            {"contract.", WORD_DECLARE_CONTRACT, WORD_DECLARE_WHY_CONTRACT},
            {"evidence.", WORD_DECLARE_EVIDENCE, WORD_DECLARE_WHY_EVIDENCE}};
        for (int j = 0; j < 2; j++) {
            Buf name = buf_new(128);
            buf_put(&name, str_from(two[j].start));
            buf_put(&name, item->id);
            Ask *ask = asks_add(&asks, (Ask){
                .kind = ASK_LINE, .name = str_copy(request->arena, buf_str(&name)),
                .label = said(filing, two[j].label), .why = said(filing, two[j].why),
                .needed = j == 0 && promise->given});
            *(j ? &promise->evidence : &promise->contract) = *ask;
            buf_done(&name);
        }
    }
    *ret_count = count;
    return promises;
}
