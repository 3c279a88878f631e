/* declare_check.c: a draft as the act it would be: its facts, what it is given, what is missing or
 * wrong, what the law warns of. */
#include <stdio.h>

#include "declare.h"
#include "intake.h"
#include "refusal.h"

enum { FAULTS_SHOWN_MAX = 200, FACTS_MAX = 32 };

typedef struct Finds {       /* faults found, each with the field where it lies */
    Filing *filing;
    Str *faults, *ids;
    size_t count;
} Finds;

static void find_fault(Finds *finds, Checked *checked, Step step, Str label, Str fault, Str field)
{
    static const char *const names[STEP_COUNT] = {"ground", "object", "commitments", "materials",
                                                  "check"};
    checked->open[step]++;
    if (finds->count == FAULTS_SHOWN_MAX) {
        return;
    }
    Arena *arena = finds->filing->request->arena;
    Buf text = buf_new(4096), address = buf_new(512);
    buf_put(&text, label);
    bool asks = str_ends(label, STR("?")) || str_ends(label, STR("？"));
    buf_put(&text, asks ? STR(" ") : word_text(finds->filing->request->language,
                                               WORD_DECLARE_COLON));
    buf_put(&text, fault);
    buf_print(&address, "/drafts/%lld/%s?look=1#", (long long)finds->filing->draft.id,
              names[step]);
    buf_put(&address, field);
    finds->faults[finds->count] = str_copy(arena, buf_str(&text));
    finds->ids[finds->count++] = str_copy(arena, buf_str(&address));
    buf_done(&text);
    buf_done(&address);
}

static void check_ask(Finds *finds, Checked *checked, Step step, const Ask *ask)
{
    Language language = finds->filing->request->language;
    if (ask->fault.len) {
        find_fault(finds, checked, step, ask->label, ask->fault, ask->name);
    } else if (ask->missing) {
        find_fault(finds, checked, step, ask->label, word_text(language, WORD_DECLARE_MISSING),
                   ask->name);
    }
}

static void check_asks(Finds *finds, Checked *checked)
{
    for (Step step = STEP_GROUND; step <= STEP_MATERIALS; step++) {
        size_t count;
        const Ask *asks = declare_asks(finds->filing, step, &count);
        for (size_t i = 0; i < count; i++) {
            check_ask(finds, checked, step, &asks[i]);
        }
    }
    size_t count;
    const PromiseAsk *promises = declare_promises(finds->filing, &count);
    for (size_t i = 0; i < count; i++) {
        check_ask(finds, checked, STEP_COMMITMENTS, &promises[i].contract);
        check_ask(finds, checked, STEP_COMMITMENTS, &promises[i].evidence);
    }
}

static size_t there(const MaterialAsk *ask)
{
    size_t count = ask->papers_count + ask->made_here;
    for (size_t i = 0; i < ask->earlier_count; i++) {
        count += ask->kept[i];
    }
    return count;
}

static void check_materials(Finds *finds, Checked *checked)
{
    size_t count;
    const MaterialAsk *asks = declare_materials(finds->filing, &count);
    Language language = finds->filing->request->language;
    for (size_t i = 0; i < count; i++) {
        if (asks[i].needed && there(&asks[i]) == 0) {
            find_fault(finds, checked, STEP_MATERIALS, asks[i].name,
                       word_text(language, WORD_DECLARE_NO_PAPER), asks[i].id);
        }
    }
}

/* ---- the facts ---- */

/* Ids of the suppliers that are invited, with spaces between them. */
static Str invited(Filing *filing, const Ask *asks, size_t count)
{
    Buf ids = buf_new(8192);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; str_is(asks[i].name, "fact.provider") && j < asks[i].choices_count;
             j++) {
            if (asks[i].choices[j].chosen) {
                buf_put(&ids, ids.len ? STR(" ") : STR_NONE);
                buf_put(&ids, asks[i].choices[j].id);
            }
        }
    }
    Str text = str_copy(filing->request->arena, buf_str(&ids));
    buf_done(&ids);
    return text;
}

static Facts read_facts(Filing *filing, Finds *finds, Checked *checked)
{
    Request *request = filing->request;
    Typed typed[FACTS_MAX];
    size_t asks_count, count = 0, bad;
    const Ask *asks = declare_asks(filing, STEP_OBJECT, &asks_count);
    for (size_t i = 0; i < asks_count && count < FACTS_MAX - 5; i++) {
        Str key = str_part(asks[i].name, sizeof "fact." - 1, asks[i].name.len);
        if (asks[i].kind != ASK_SOME) {
            typed[count++] = (Typed){key, asks[i].kind == ASK_AMOUNT
                                              ? intake_amount(request->arena, asks[i].text)
                                              : asks[i].text};
        }
    }
    typed[count++] = (Typed){STR("providers"), invited(filing, asks, asks_count)};
    typed[count++] = (Typed){STR("operator"), request->who->org.name_zh.len
                                                  ? request->who->org.name_zh
                                                  : name_of_org(request, &request->who->org)};
    typed[count++] = (Typed){STR("operator_id"), request->who->org.id};
    typed[count++] = (Typed){STR("users"), typed_get(&filing->shown, STR("with.users"))};
    Facts facts = {0};
    Typed *kept = arena_copy(request->arena, typed, count * sizeof typed[0]);
    if (intake_facts(request->arena, filing->edition, kept, count, &facts, &bad, NULL) !=
            FAIL_NONE && bad < count && finds->count == 0) {
        find_fault(finds, checked, STEP_OBJECT, kept[bad].name,
                   word_text(request->language, WORD_DECLARE_BAD_CHOICE), STR("main"));
    }
    return facts;
}

/* ---- what the act is given ---- */

typedef struct Gives {
    Arena *arena;
    Typed *at;
    size_t count;
} Gives;

static void give(Gives *gives, const char *name, Str value)
{
    gives->at[gives->count++] = (Typed){str_from(name), value};
}

/* A material of the edition; papers of other kinds are documents alone. */
static void give_kind(const Filing *filing, Gives *gives, Str kind)
{
    TypedList list = {gives->at, gives->count};
    for (size_t i = 0; i < filing->edition->materials_count; i++) {
        if (str_eq(filing->edition->materials[i].id, kind) &&
            !typed_has(&list, STR("with.materials"), kind)) {
            give(gives, "with.materials", kind);
        }
    }
}

static void put_document(Buf *documents, const Paper *paper)
{
    buf_put(documents, documents->len ? STR("\n") : STR_NONE);
    paper_put_reference(documents, paper);
}

static void give_papers(Filing *filing, Gives *gives, const Paper *made, size_t made_count)
{
    Buf documents = buf_new(TEXT_SCALAR_BYTES_MAX);
    for (size_t i = 0; i < made_count; i++) {
        give_kind(filing, gives, made[i].kind);
        put_document(&documents, &made[i]);
    }
    for (size_t i = 0; i < filing->papers_count; i++) {
        give_kind(filing, gives, filing->papers[i].kind);
        put_document(&documents, &filing->papers[i]);
    }
    for (size_t i = 0; i < filing->earlier_count; i++) {
        if (typed_has(&filing->shown, STR("keep"), filing->earlier[i].id)) {
            give_kind(filing, gives, filing->earlier[i].kind);
            put_document(&documents, &filing->earlier[i]);
        }
    }
    give(gives, "with.documents", str_copy(gives->arena, buf_str(&documents)));
    buf_done(&documents);
}

static void give_promises(Filing *filing, Gives *gives)
{
    size_t count;
    const PromiseAsk *promises = declare_promises(filing, &count);
    Buf lines = buf_new(TEXT_SCALAR_BYTES_MAX);
    for (size_t i = 0; i < count; i++) {
        if (!promises[i].given) {
            continue;
        }
        give(gives, "with.commitments", promises[i].id);
        buf_put(&lines, lines.len ? STR("\n") : STR_NONE);
        buf_put(&lines, promises[i].id);
        buf_put(&lines, STR(": clause "));
        buf_put(&lines, promises[i].contract.text);
        buf_put(&lines, promises[i].evidence.text.len ? STR("; evidence ") : STR_NONE);
        buf_put(&lines, promises[i].evidence.text);
    }
    give(gives, "with.undertakings", str_copy(gives->arena, buf_str(&lines)));
    buf_done(&lines);
}

TypedList declare_typed(Filing *filing, const Paper *made, size_t made_count)
{
    const TypedList *shown = &filing->shown;
    Arena *arena = filing->request->arena;
    Gives gives = {arena, ARENA_MANY(arena, Typed, shown->count + filing->papers_count +
                                     filing->earlier_count + made_count + 64), 0};
    for (size_t i = 0; i < shown->count; i++) {
        if (filing->opening && str_starts(shown->at[i].name, STR("with."))) {
            gives.at[gives.count++] = shown->at[i];
        }
    }
    if (filing->opening) {
        give(&gives, "with.product", str_trim(typed_get(shown, STR("fact.product"))));
        give(&gives, "with.service", str_trim(typed_get(shown, STR("fact.service"))));
    }
    give_promises(filing, &gives);
    give_papers(filing, &gives, made, made_count);
    give(&gives, "with.note", str_trim(typed_get(shown, STR("remark"))));
    return (TypedList){gives.at, gives.count};
}

/* ---- what the law says to it ---- */

static void warn(Filing *filing, Checked *checked, const Decision *decision)
{
    Request *request = filing->request;
    Reader reader = {request->language, filing->words};
    Str *warnings = ARENA_MANY(request->arena, Str, decision->warnings_count + 1u);
    for (uint8_t i = 0; i < decision->warnings_count; i++) {
        Buf buf = buf_new(4096);
        warning_put(&buf, filing->edition, decision->warnings[i], &reader);
        Str clause = clause_of(request, decision->warnings[i]->clause);
        if (clause.len) {
            buf_print(&buf, " (%.*s)", STR_ARG(clause));
        }
        warnings[checked->warnings_count++] = str_copy(request->arena, buf_str(&buf));
        buf_done(&buf);
    }
    checked->warnings = warnings;
}

static void ask_the_law(Filing *filing, Finds *finds, Checked *checked)
{
    Request *request = filing->request;
    Matter *matter = &filing->folded.matter;
    Party party;
    Paper declaration = {.id = STR("d0"), .kind = STR("declaration")};
    if (filing->opening) {
        matter_init(matter, request->arena, filing->edition, &checked->facts);
    }
    TypedList typed = declare_typed(filing, &declaration, 1);
    checked->form = actform_of(request->arena, matter, filing->act_id, &typed);
    if (!checked->form || checked->form->faults || finds->count > 0 ||
        !edition_party(filing->edition, own_hat(request).party, &party)) {
        return;
    }
    Act *act = ARENA_NEW(request->arena, Act);
    *act = actform_act(request->arena, checked->form, party, request->today);
    Decision decision = matter_decide(matter, docket_calendar(request->reader->docket), act,
                                      request->arena);
    if (decision.kind == DECISION_REFUSED) {
        Reader reader = {request->language, filing->words};
        Buf why = buf_new(4096);
        refusal_put(&why, filing->edition, &decision, &reader);
        find_fault(finds, checked, STEP_CHECK,
                   lawwords_get(filing->words, "act", filing->act->id),
                   str_copy(request->arena, buf_str(&why)), STR("main"));
        buf_done(&why);
        return;
    }
    warn(filing, checked, &decision);
}

/* Faults that the form of the act finds and no question above told. */
static void form_faults(Filing *filing, Finds *finds, Checked *checked)
{
    const ActForm *form = checked->form;
    for (size_t i = 0; form && finds->count == 0 && i < form->fields_count; i++) {
        const FormField *field = &form->fields[i];
        if (field->fault != WORD_NONE) {
            Str told = text_of(filing->request, field->fault, field->fault_arg);
            Str id = filing->edition->fields[field->field].id;
            find_fault(finds, checked, filing->opening ? STEP_GROUND : STEP_MATERIALS,
                       label_of_field(filing, id), told, field->name);
        }
    }
}

Checked declare_check(Filing *filing)
{
    Arena *arena = filing->request->arena;
    Checked checked = {0};
    Finds finds = {filing, ARENA_MANY(arena, Str, FAULTS_SHOWN_MAX),
                   ARENA_MANY(arena, Str, FAULTS_SHOWN_MAX), 0};
    check_asks(&finds, &checked);
    check_materials(&finds, &checked);
    checked.facts = filing->opening ? read_facts(filing, &finds, &checked)
                                    : filing->folded.facts;
    ask_the_law(filing, &finds, &checked);
    form_faults(filing, &finds, &checked);
    checked.faults = finds.faults;
    checked.ids = finds.ids;
    checked.faults_count = finds.count;
    return checked;
}
