/* declare_pages.c: the declaration, step by step; drafts. */
#include <stdio.h>

#include "chance.h"
#include "actpage.h"
#include "declare.h"
#include "pages.h"

enum { NO_CONTENT = 204, SEEN_CONFLICT = 409, SEEN_FAULTS = 422 };

Str key_of_form(Request *request)
{
    Str key = typed_get(&request->typed, STR("key"));
    bool fits = key.len == TOKEN_CHARS;
    for (size_t i = 0; i < key.len && fits; i++) {
        char c = key.at[i];
        fits = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               c == '-' || c == '_';
    }
    return fits ? key : chance_token(request->arena);
}

/* ---- drafts, and beginning one ---- */

static Str draft_title(Request *request, const Draft *draft)
{
    Str title = str_trim(typed_get(&draft->typed, STR("fact.title")));
    return title.len ? title : word_text(request->language, WORD_DECLARE_UNNAMED);
}

static Str draft_address(Request *request, const Draft *draft)
{
    char address[64];
    snprintf(address, sizeof address, "/drafts/%lld", (long long)draft->id);
    return str_copy(request->arena, str_from(address));
}

static Fail put_rows(Request *request, DraftsView *view, Fault *fault)
{
    const Draft *drafts;
    size_t count;
    Fail fail = drafts_of(request->service->desk, request->arena, hat_word(request),
                          request->who->org.id, STR_NONE, &drafts, &count, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    DraftRow *rows = ARENA_MANY(request->arena, DraftRow, count + 1);
    for (size_t i = 0; i < count; i++) {
        const Draft *draft = &drafts[i];
        bool opening = typed_get(&draft->typed, STR("opens")).len > 0;
        bool two_persons = typed_get(&draft->typed, STR("two_persons")).len > 0;
        const LawWords *words = request_words(request, draft->edition);
        rows[i] = (DraftRow){
            .id = draft->id, .at = draft->at, .to_sign = draft->state == DRAFT_TO_SIGN,
            .act_name = lawwords_get(words, "act", draft->act),
            .matter = opening ? STR_NONE : draft->matter,
            .title = opening ? draft_title(request, draft) : draft->matter,
            .address = two_persons ? sign_address(request, draft->matter, draft->id)
                                   : draft_address(request, draft)};
    }
    view->rows = rows;
    view->rows_count = count;
    return FAIL_NONE;
}

static void show_drafts(Request *request, Reply *reply, bool all)
{
    Fault fault;
    const Edition *edition = NULL;
    const ActKind *act = declare_act(request, &edition);
    DraftsView view = {.may_declare = act != NULL};
    if (!may_do(request) || (!all && !act)) {
        reply_not_there(request, reply);
        return;
    }
    Fail fail = put_rows(request, &view, &fault);
    if (fail != FAIL_NONE) {
        reply_fault(request, reply, &fault);
        return;
    }
    if (act) {
        const LawWords *words = request_words(request, edition->id);
        Filing filing = {.request = request, .edition = edition, .act = act, .words = words,
                         .opening = true};
        view.key = key_of_form(request);
        view.act_name = lawwords_get(words, "act", act->id);
        view.edition_name = lawwords_get(words, "edition", edition->id);
        view.materials = declare_materials(&filing, &view.materials_count);
    }
    PageHead head = {.title = all ? word_text(request->language, WORD_DECLARE_DRAFTS)
                                  : view.act_name, .here = all ? "" : "new"};
    Out out = request_page(request, reply, &head);
    page_declare_drafts(&out, &view, !all);
    request_page_end(request, &out);
}

static void drafts_page(Request *request, Reply *reply)
{
    show_drafts(request, reply, true);
}

static void begin_page(Request *request, Reply *reply)
{
    show_drafts(request, reply, false);
}

/* The draft that this form began before: its button was pressed twice. */
static Fail find_by_key(Request *request, Str key, int64_t *ret_id, Fault *fault)
{
    const Draft *drafts;
    size_t count;
    *ret_id = 0;
    Fail fail = drafts_of(request->service->desk, request->arena, hat_word(request),
                          request->who->org.id, STR_NONE, &drafts, &count, fault);
    for (size_t i = 0; fail == FAIL_NONE && i < count; i++) {
        *ret_id = str_eq(drafts[i].key, key) ? drafts[i].id : *ret_id;
    }
    return fail;
}

static void begin(Request *request, Reply *reply)
{
    Fault fault;
    const Edition *edition = NULL;
    const ActKind *act = declare_act(request, &edition);
    if (!act) {
        reply_not_there(request, reply);
        return;
    }
    Typed opens = {STR("opens"), STR("1")};
    Draft draft = {.hat = hat_word(request), .org = request->who->org.id,
                   .person = request->who->person.id, .edition = edition->id, .act = act->id,
                   .typed = {&opens, 1}, .at = request->now, .key = key_of_form(request)};
    int64_t id = 0;
    Fail fail = draft_begin(request->service->desk, &draft, &id, &fault);
    if (fail == FAIL_CONFLICT) {
        fail = find_by_key(request, draft.key, &id, &fault);
    }
    if (fail != FAIL_NONE) {
        reply_fault(request, reply, &fault);
        return;
    }
    draft.id = id;
    reply_see(request, reply, id ? draft_address(request, &draft) : STR("/drafts"));
}

/* ---- steps ---- */

static void draft_page(Request *request, Reply *reply)
{
    Filing filing;
    if (filing_open(request, reply, &filing)) {
        reply_see(request, reply, step_address(request, filing.draft.id, first_step(&filing)));
        filing_done(&filing);
    }
}

static Step step_of(const Request *request)
{
    for (Step step = STEP_GROUND; step < STEP_COUNT; step++) {
        if (str_ends(request->path, str_from(step_names[step]))) {
            return step;
        }
    }
    return STEP_CHECK;
}

static void step_page(Request *request, Reply *reply)
{
    Filing filing;
    Step step = step_of(request);
    if (!filing_open(request, reply, &filing)) {
        return;
    }
    if (has_step(&filing, step)) {
        declare_show(&filing, reply, step, 200, false);
    } else {
        reply_see(request, reply, step_address(request, filing.draft.id, first_step(&filing)));
    }
    filing_done(&filing);
}

/* Is something that was typed on this step wrong? What is missing may come later. */
static bool something_wrong(Filing *filing, Step step)
{
    size_t count;
    const Ask *asks = declare_asks(filing, step, &count);
    for (size_t i = 0; i < count; i++) {
        if (asks[i].fault.len) {
            return true;
        }
    }
    const PromiseAsk *promises = declare_promises(filing, &count);
    for (size_t i = 0; step == STEP_COMMITMENTS && i < count; i++) {
        if (promises[i].contract.fault.len || promises[i].evidence.fault.len) {
            return true;
        }
    }
    return false;
}

static void go_on(Filing *filing, Reply *reply, Step step)
{
    Request *request = filing->request;
    Str go = typed_get(&request->typed, STR("go"));
    if (str_is(go, "back")) {
        step = step_beside(filing, step, -1);
    } else if (str_is(go, "later")) {
        reply_see(request, reply, STR("/drafts"));
        return;
    } else if (something_wrong(filing, step) && !str_is(go, "anyway")) {
        declare_show(filing, reply, step, SEEN_FAULTS, true);
        return;
    } else if (!str_is(go, "stay")) {
        step = step_beside(filing, step, 1);
    }
    reply_see(request, reply, step_address(request, filing->draft.id, step));
}

static void step_saved(Request *request, Reply *reply)
{
    Filing filing;
    Fault fault;
    Step step = step_of(request);
    bool by_script = typed_get(&request->typed, STR("save")).len > 0 ||
                     typed_get(&request->query, STR("save")).len > 0;
    if (!filing_open(request, reply, &filing)) {
        return;
    }
    Fail fail = filing_save(&filing, step, &fault);
    if (fail == FAIL_CONFLICT && by_script) {
        reply->status = SEEN_CONFLICT;
    } else if (fail == FAIL_CONFLICT) {
        filing_show_typed(&filing, step);
        declare_show(&filing, reply, step, SEEN_CONFLICT, false);
    } else if (fail != FAIL_NONE) {
        reply_fault(request, reply, &fault);
    } else if (by_script) {
        reply->status = NO_CONTENT;
    } else {
        go_on(&filing, reply, step);
    }
    filing_done(&filing);
}

/* A draft that is not wanted any more, with its papers. */
static void drop(Request *request, Reply *reply)
{
    Filing filing;
    Fault fault;
    if (!filing_open(request, reply, &filing)) {
        return;
    }
    Desk *desk = request->service->desk;
    filing.draft.state = DRAFT_DROPPED;
    filing.draft.at = request->now;
    Fail fail = draft_save(desk, &filing.draft, &fault);
    for (size_t i = 0; fail == FAIL_NONE && i < filing.papers_count; i++) {
        fail = paper_remove(desk, &filing.papers[i], &fault);
    }
    for (size_t i = 0; fail == FAIL_NONE && i < filing.made_count; i++) {
        fail = paper_remove(desk, &filing.made[i], &fault);
    }
    if (fail == FAIL_NONE) {
        reply_see(request, reply, STR("/drafts"));
    } else {
        reply_fault(request, reply, &fault);
    }
    filing_done(&filing);
}

#define STEP_ROUTES(step)                                                                         \
    {METHOD_GET, "/drafts/*/" step, step_page, NEED_SIGNED, .reads = true},                       \
    {METHOD_POST, "/drafts/*/" step, step_saved, NEED_SIGNED, .reads = true}

const Route routes_declare[] = {
    {METHOD_GET, "/declare", begin_page, NEED_SIGNED, .reads = true},
    {METHOD_POST, "/declare", begin, NEED_SIGNED, .reads = true},
    {METHOD_GET, "/drafts", drafts_page, NEED_SIGNED, .reads = true},
    {METHOD_GET, "/drafts/*", draft_page, NEED_SIGNED, .reads = true},
    STEP_ROUTES("ground"),
    STEP_ROUTES("object"),
    STEP_ROUTES("commitments"),
    STEP_ROUTES("materials"),
    STEP_ROUTES("check"),
    {METHOD_POST, "/drafts/*/drop", drop, NEED_SIGNED, .reads = true},
    {METHOD_POST, "/drafts/*/file", declare_file, NEED_SIGNED, .reads = true},
    {METHOD_GET, "/drafts/*/receipt", declare_receipt, NEED_SIGNED, .reads = true},
    {METHOD_GET, "/matters/*/redeclare", declare_again_page, NEED_SIGNED, .reads = true},
    {METHOD_POST, "/matters/*/redeclare", declare_again_begin, NEED_SIGNED, .reads = true},
    {0},
};
