/* new_pages.c: opening a matter by an act that asks for no materials: a proposal of a member body,
 * a nomination. Which acts there are, and what each asks, stands in the edition. */
#include "canon.h"
#include "declare.h"
#include "intake.h"
#include "pages.h"
#include "refusal.h"

enum { STATUS_CONFLICT = 409, STATUS_FAULTS = 422, FACTS_ASKED = 3 };

typedef struct Opening {     /* an act that opens a matter, being written */
    Request *request;
    const Edition *edition;
    const LawWords *words;
    ActId act_id;
    Matter matter;           /* empty */
    Facts facts;
    const ActForm *form;
    Wanted wanted;
    Str fault;
} Opening;

/* ---- which acts ---- */

static bool opens_without_materials(const Edition *edition, const ActKind *act, RoleId role)
{
    FieldId materials = edition_field(edition, STR("materials"));
    for (uint8_t b = 0; b < act->branches_count && (act->by >> role & 1); b++) {
        const Branch *branch = &act->branches[b];
        if (branch->opens != ID_NONE &&
            (materials == ID_NONE || !(branch->asks >> materials & 1))) {
            return true;
        }
    }
    return false;
}

static bool edition_today(Request *request, const Edition **ret_edition, Party *ret_party)
{
    return may_do(request) && request->reader &&
           law_edition_on(request->reader->law, request->today, ret_edition, NULL) == FAIL_NONE &&
           edition_party(*ret_edition, own_hat(request).party, ret_party);
}

static Str new_address(Request *request, Str act)
{
    Buf buf = buf_new(256);
    Out out = {&buf, request->language};
    buf_put(&buf, STR("/new/"));
    out_url(&out, act);
    Str address = str_copy(request->arena, buf_str(&buf));
    buf_done(&buf);
    return address;
}

static void new_page(Request *request, Reply *reply)
{
    const Edition *edition;
    Party party;
    NewView view = {0};
    if (!edition_today(request, &edition, &party)) {
        reply_not_there(request, reply);
        return;
    }
    const LawWords *words = request_words(request, edition->id);
    NewAct *acts = ARENA_MANY(request->arena, NewAct, edition->acts_count + 1);
    const Edition *same;
    const ActKind *declares = declare_act(request, &same);
    if (declares) {
        acts[view.acts_count++] = (NewAct){lawwords_get(words, "act", declares->id),
                                           STR("/declare"), STR_NONE};
    }
    for (size_t i = 0; i < edition->acts_count; i++) {
        const ActKind *act = &edition->acts[i];
        if (opens_without_materials(edition, act, party.role)) {
            Str clause = act_clause(edition, act, NULL, ID_NONE);
            acts[view.acts_count++] = (NewAct){lawwords_get(words, "act", act->id),
                                               new_address(request, act->id),
                                               clause_of(request, clause)};
        }
    }
    view.acts = acts;
    if (view.acts_count == 0) {
        reply_not_there(request, reply);
    } else if (view.acts_count == 1) {
        reply_see(request, reply, acts[0].address);
    } else {
        PageHead head = {.title = word_text(request->language, WORD_NEW_TITLE), .here = "new"};
        Out out = request_page(request, reply, &head);
        page_new_acts(&out, &view);
        request_page_end(request, &out);
    }
}

/* ---- the form ---- */

static bool opening_of(Request *request, Reply *reply, Opening *opening, Party *ret_party)
{
    *opening = (Opening){.request = request};
    if (edition_today(request, &opening->edition, ret_party)) {
        opening->act_id = edition_act(opening->edition, request->rest[0]);
        if (opening->act_id != ID_NONE &&
            opens_without_materials(opening->edition, &opening->edition->acts[opening->act_id],
                                    ret_party->role)) {
            opening->words = request_words(request, opening->edition->id);
            matter_init(&opening->matter, request->arena, opening->edition, &opening->facts);
            return true;
        }
    }
    reply_not_there(request, reply);
    return false;
}

static AskChoice *choices_of(Opening *opening, const FormField *field)
{
    Request *request = opening->request;
    AskChoice *choices = ARENA_MANY(request->arena, AskChoice, field->choices_count + 2);
    if (field->kind == FIELD_YES_NO) {
        bool yes = str_is(field->text, "true"), no = str_is(field->text, "false");
        choices[0] = (AskChoice){.id = STR("true"), .chosen = yes,
                                 .name = word_text(request->language, WORD_DECLARE_YES)};
        choices[1] = (AskChoice){.id = STR("false"), .chosen = no,
                                 .name = word_text(request->language, WORD_DECLARE_NO)};
    }
    for (size_t i = 0; i < field->choices_count; i++) {
        const FormChoice *choice = &field->choices[i];
        Party party;
        Reader reader = {request->language, opening->words};
        Str name = edition_party(opening->edition, choice->id, &party)
                       ? party_word(opening->edition, party, &reader)
                       : lawwords_get(opening->words, choice->kind, choice->id);
        choices[i] = (AskChoice){.id = choice->id, .name = as_heading(request, name),
                                 .clause = clause_of(request, choice->clause),
                                 .chosen = choice->chosen};
    }
    return choices;
}

static AskKind kind_of_ask(const FormField *field)
{
    bool listed = field->choices_count > 0;
    switch (field->kind) {
    case FIELD_YES_NO: return ASK_YES_NO;
    case FIELD_ONE_OF: return ASK_ONE;
    case FIELD_SOME_OF: return ASK_SOME;
    case FIELD_PARTIES: return listed ? ASK_SOME : ASK_LINE;
    case FIELD_PARTY: return listed ? ASK_PICK : ASK_LINE;
    case FIELD_DAY: return ASK_DAY;
    case FIELD_TEXTS: return ASK_TEXT;
    case FIELD_WHOLE_NUMBER:
    case FIELD_TEXT:
    case FIELD_OBJECT: break;
    }
    return ASK_LINE;
}

static Ask ask_of(Opening *opening, const FormField *field)
{
    Request *request = opening->request;
    Str id = opening->edition->fields[field->field].id;
    Ask ask = {.kind = kind_of_ask(field), .name = field->name, .text = field->text,
               .label = as_heading(request, lawwords_get(opening->words, "field", id)),
               .needed = field->required, .choices = choices_of(opening, field),
               .choices_count = field->kind == FIELD_YES_NO ? 2 : field->choices_count};
    ask.why = field->kind == FIELD_TEXTS ? word_text(request->language, WORD_NEW_LINES) : STR_NONE;
    if (field->fault != WORD_NONE) {
        ask.fault = text_of(request, field->fault, field->fault_arg);
    }
    return ask;
}

/* ---- the facts ---- */

static Ask fact(Opening *opening, const char *name, AskKind kind, Word label, Word why)
{
    Request *request = opening->request;
    return (Ask){.kind = kind, .name = str_from(name), .label = word_text(request->language, label),
                 .why = word_text(request->language, why),
                 .text = str_trim(typed_get(&request->typed, str_from(name)))};
}

static void choose_operator(Opening *opening, Ask *ask)
{
    Request *request = opening->request;
    const Org *orgs;
    size_t count;
    if (people_orgs(request->service->people, request->arena, &orgs, &count, NULL) != FAIL_NONE) {
        return;
    }
    AskChoice *choices = ARENA_MANY(request->arena, AskChoice, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (str_is(orgs[i].party, "operator") && !orgs[i].closed) {
            choices[ask->choices_count++] =
                (AskChoice){.id = orgs[i].id, .name = name_of_org(request, &orgs[i]),
                            .chosen = str_eq(orgs[i].id, ask->text)};
        }
    }
    ask->choices = choices;
}

static void choose_sector(Opening *opening, Ask *ask)
{
    const Group *sectors = edition_group(opening->edition, STR("sectors"));
    ask->choices_count = sectors ? sectors->count : 0;
    AskChoice *choices = ARENA_MANY(opening->request->arena, AskChoice, ask->choices_count + 1);
    for (size_t i = 0; i < ask->choices_count; i++) {
        Str name = lawwords_get(opening->words, "sector", sectors->ids[i]);
        choices[i] = (AskChoice){.id = sectors->ids[i], .name = as_heading(opening->request, name),
                                 .chosen = str_eq(sectors->ids[i], ask->text)};
    }
    ask->choices = choices;
}

static bool offered(const Ask *ask)
{
    for (size_t i = 0; i < ask->choices_count; i++) {
        if (ask->choices[i].chosen) {
            return true;
        }
    }
    return ask->text.len == 0;
}

/* What the matter is about; `sent`: faults are told. Returns how many there are. */
static size_t ask_facts(Opening *opening, Ask *asks, bool sent)
{
    Request *request = opening->request;
    asks[0] = fact(opening, "fact.title", ASK_LINE, WORD_DECLARE_TITLE, WORD_DECLARE_WHY_TITLE);
    asks[0].needed = true;
    asks[1] = fact(opening, "fact.operator_id", ASK_PICK, WORD_NEW_WHOSE, WORD_NEW_WHOSE_WHY);
    choose_operator(opening, &asks[1]);
    asks[2] = fact(opening, "fact.sector", ASK_PICK, WORD_DECLARE_SECTOR, WORD_DECLARE_WHY_SECTOR);
    choose_sector(opening, &asks[2]);
    size_t faults = 0;
    for (size_t i = 0; i < FACTS_ASKED && sent; i++) {
        Word word = asks[i].needed && asks[i].text.len == 0 ? WORD_DECLARE_MISSING
                    : asks[i].kind == ASK_PICK && !offered(&asks[i]) ? WORD_DECLARE_BAD_CHOICE
                    : line_fault(asks[i].text);
        asks[i].fault = word == WORD_NONE ? STR_NONE : word_text(request->language, word);
        faults += word != WORD_NONE;
    }
    return faults;
}

static Fail read_facts(Opening *opening, const Ask *asks, Fault *fault)
{
    Request *request = opening->request;
    Typed *typed = ARENA_MANY(request->arena, Typed, FACTS_ASKED);
    size_t bad;
    for (size_t i = 0; i < FACTS_ASKED; i++) {
        Str key = str_part(asks[i].name, sizeof "fact." - 1, asks[i].name.len);
        typed[i] = (Typed){key, asks[i].text};
    }
    return intake_facts(request->arena, opening->edition, typed, FACTS_ASKED, &opening->facts,
                        &bad, fault);
}

static void show(Opening *opening, Reply *reply, int status)
{
    Request *request = opening->request;
    const ActKind *act = &opening->edition->acts[opening->act_id];
    size_t fields = opening->form->fields_count;
    Ask *asks = ARENA_MANY(request->arena, Ask, fields + FACTS_ASKED + 1);
    ask_facts(opening, asks, status != 200);
    for (size_t i = 0; i < fields; i++) {
        asks[FACTS_ASKED + i] = ask_of(opening, &opening->form->fields[i]);
    }
    for (size_t i = 0; i < fields + FACTS_ASKED; i++) {
        ask_describe(request, &asks[i]);
    }
    NewView view = {.asks = asks, .asks_count = fields + FACTS_ASKED, .key = key_of_form(request),
                    .edition_name = lawwords_get(opening->words, "edition", opening->edition->id),
                    .action = new_address(request, act->id), .fault = opening->fault,
                    .clause = clause_of(request, act_clause(opening->edition, act, NULL, ID_NONE))};
    PageHead head = {.title = lawwords_get(opening->words, "act", act->id), .here = "new"};
    reply->status = status;
    Out out = request_page(request, reply, &head);
    page_new_form(&out, &view);
    request_page_end(request, &out);
}

static void new_act_page(Request *request, Reply *reply)
{
    Opening opening;
    Party party;
    if (opening_of(request, reply, &opening, &party)) {
        opening.form = actform_of(request->arena, &opening.matter, opening.act_id, NULL);
        show(&opening, reply, 200);
    }
}

/* ---- doing it ---- */

static Str matter_address(Request *request, Str matter)
{
    Buf buf = buf_new(1024);
    Out out = {&buf, request->language};
    buf_put(&buf, STR("/matters/"));
    out_url(&out, matter);
    Str address = str_copy(request->arena, buf_str(&buf));
    buf_done(&buf);
    return address;
}

/* This very form was sent before: leads to what it opened. */
static bool sent_before(Request *request, Reply *reply)
{
    LedgerEvent event;
    bool found = false;
    Str key = typed_get(&request->typed, STR("key"));
    if (key.len == 0 || ledger_by_key(docket_ledger(request->reader->docket), key, request->arena,
                                      &found, &event, NULL) != FAIL_NONE || !found) {
        return false;
    }
    const Canon *body = canon_read(request->arena, event.body, NULL);
    if (!body || !str_eq(canon_text(body, "person"), person_word(request))) {
        return false;   /* somebody else's act: its matter is not told */
    }
    reply_see(request, reply, matter_address(request, canon_text(body, "matter")));
    return true;
}

static void opened(Request *request, Reply *reply, const Written *written, Fail fail,
                   const Fault *fault)
{
    Opening *opening = request->own;
    if (fail == FAIL_NONE && !written->refused) {
        reply_see(request, reply, matter_address(request, opening->wanted.matter));
    } else if (fail == FAIL_NONE) {   /* the day or the law has changed since it was looked at */
        opening->fault = word_text(request->language, WORD_NEW_AGAIN);
        show(opening, reply, STATUS_CONFLICT);
    } else if (fail != FAIL_CONFLICT || !sent_before(request, reply)) {
        reply_fault(request, reply, fault);
    }
}

static void refuse(Opening *opening, Reply *reply, const Decision *decision)
{
    Reader reader = {opening->request->language, opening->words};
    Buf why = buf_new(4096);
    refusal_put(&why, opening->edition, decision, &reader);
    opening->fault = str_copy(opening->request->arena, buf_str(&why));
    buf_done(&why);
    show(opening, reply, STATUS_FAULTS);
}

static void new_act_sent(Request *request, Reply *reply)
{
    Opening *opening = ARENA_NEW(request->arena, Opening);
    Party party;
    Fault fault;
    Ask asks[FACTS_ASKED];
    if (!opening_of(request, reply, opening, &party) || sent_before(request, reply)) {
        return;
    }
    opening->form =
        actform_of(request->arena, &opening->matter, opening->act_id, &request->typed);
    if (ask_facts(opening, asks, true) > 0 || opening->form->faults) {
        show(opening, reply, STATUS_FAULTS);
        return;
    }
    Fail fail = read_facts(opening, asks, &fault);
    Wanted *wanted = &opening->wanted;
    *wanted = (Wanted){.edition = opening->edition, .facts = &opening->facts,
                       .facts_given = true, .key = key_of_form(request), .now = request->now,
                       .act = actform_act(request->arena, opening->form, party, request->today)};
    wanted->act.person = person_word(request);
    Decision decision =
        matter_decide(&opening->matter, docket_calendar(request->reader->docket), &wanted->act,
                      request->arena);
    if (fail == FAIL_NONE && decision.kind == DECISION_REFUSED) {
        refuse(opening, reply, &decision);
        return;
    }
    if (fail == FAIL_NONE) {
        fail = declare_number(request, &wanted->matter, &fault);
    }
    if (fail != FAIL_NONE) {
        reply_fault(request, reply, &fault);
        return;
    }
    request->own = opening;
    request_submit(request, reply, wanted, opened);
}

const Route routes_new[] = {
    {METHOD_GET, "/new", new_page, NEED_SIGNED, .reads = true},
    {METHOD_GET, "/new/*", new_act_page, NEED_SIGNED, .reads = true},
    {METHOD_POST, "/new/*", new_act_sent, NEED_SIGNED, .reads = true},
    {0},
};
