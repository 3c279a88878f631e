/* declare_view.c: what a step of the declaration shows. */
#include <stdio.h>

#include "declare.h"
#include "pages.h"

const char *const step_names[STEP_COUNT] = {"ground", "object", "commitments", "materials",
                                            "check"};

static const Word step_words[STEP_COUNT] = {
    WORD_DECLARE_STEP_GROUND, WORD_DECLARE_STEP_OBJECT, WORD_DECLARE_STEP_COMMITMENTS,
    WORD_DECLARE_STEP_MATERIALS, WORD_DECLARE_STEP_CHECK};

Str step_address(Request *request, int64_t draft, Step step)
{
    char address[64];
    snprintf(address, sizeof address, "/drafts/%lld/%s", (long long)draft, step_names[step]);
    return str_copy(request->arena, str_from(address));
}

Step step_beside(const Filing *filing, Step step, int way)
{
    for (int at = (int)step + way; at >= 0 && at < STEP_COUNT; at += way) {
        if (has_step(filing, (Step)at)) {
            return (Step)at;
        }
    }
    return step;
}

Step first_step(const Filing *filing)
{
    return has_step(filing, STEP_GROUND) ? STEP_GROUND : step_beside(filing, STEP_GROUND, 1);
}

static Str number_text(Request *request, size_t number)
{
    char text[24];
    snprintf(text, sizeof text, "%zu", number);
    return str_copy(request->arena, str_from(text));
}

static void put_steps(Filing *filing, DeclareView *view, const Checked *checked)
{
    Request *request = filing->request;
    StepLink *links = ARENA_MANY(request->arena, StepLink, STEP_COUNT);
    for (Step step = STEP_GROUND; step < STEP_COUNT; step++) {
        if (has_step(filing, step)) {
            links[view->steps_count++] = (StepLink){
                .name = step_words[step], .here = step == view->step,
                .address = step_address(request, filing->draft.id, step),
                .open = checked->open[step], .last = step == STEP_CHECK,
                .begun = filing_seen(filing, step) > 0 || step == STEP_CHECK ||
                         filing->papers_count > 0 || !filing->opening,
                .open_text = number_text(request, checked->open[step])};
        }
    }
    view->steps = links;
}

void ask_describe(Request *request, Ask *ask)
{
    const struct { bool there; const char *end; } parts[] = {
        {ask->why.len || ask->clause.len, "-why"}, {ask->fault.len || ask->missing, "-fault"},
        {ask->differs, "-other"}};
    Buf ids = buf_new(1024);
    for (size_t i = 0; i < 3; i++) {
        if (parts[i].there) {
            buf_put(&ids, ids.len ? STR(" ") : STR_NONE);
            buf_put(&ids, ask->name);
            buf_put(&ids, str_from(parts[i].end));
        }
    }
    ask->described = str_copy(request->arena, buf_str(&ids));
    buf_done(&ids);
}

static void tell(Filing *filing, Ask *ask, bool look)
{
    ask->missing = ask->missing && look;
    ask_describe(filing->request, ask);
}

/* What is missing is told once the step has been saved, or when somebody comes to see it. */
static const Ask *told(Filing *filing, const Ask *asks, size_t count, bool look)
{
    Ask *copies = ARENA_MANY(filing->request->arena, Ask, count + 1);
    for (size_t i = 0; i < count; i++) {
        copies[i] = asks[i];
        tell(filing, &copies[i], look);
    }
    return copies;
}

static void put_questions(Filing *filing, DeclareView *view, bool look)
{
    const Ask *asks = declare_asks(filing, view->step, &view->asks_count);
    view->asks = told(filing, asks, view->asks_count, look);
    if (view->step == STEP_COMMITMENTS) {
        size_t count;
        const PromiseAsk *promises = declare_promises(filing, &count);
        PromiseAsk *copies = arena_copy(filing->request->arena, promises,
                                        (count + 1) * sizeof *copies);
        for (size_t i = 0; i < count; i++) {
            tell(filing, &copies[i].contract, look);
            tell(filing, &copies[i].evidence, look);
        }
        view->promises = copies;
        view->promises_count = count;
    }
}

/* Everything once more, to be read through. */
static void put_all(Filing *filing, DeclareView *view)
{
    size_t ground, object;
    const Ask *first = declare_asks(filing, STEP_GROUND, &ground);
    const Ask *second = declare_asks(filing, STEP_OBJECT, &object);
    size_t remark;
    const Ask *third = declare_asks(filing, STEP_MATERIALS, &remark);
    Ask *all = ARENA_MANY(filing->request->arena, Ask, ground + object + remark + 1);
    size_t count = 0;
    for (size_t i = 0; i < ground; i++) {
        all[count] = first[i];
        if (str_is(all[count].name, "with.users")) {
            all[count].answer = all[count].text;
        }
        count += all[count].answer.len > 0;
    }
    for (size_t i = 0; i < object; i++) {
        all[count] = second[i];
        count += second[i].answer.len > 0;
    }
    for (size_t i = 0; i < remark; i++) {
        all[count] = third[i];
        count += third[i].answer.len > 0;
    }
    view->asks = all;
    view->asks_count = count;
    view->promises = declare_promises(filing, &view->promises_count);
}

static Str page_mark(Request *request)
{
    Str page = typed_get(&request->typed, STR("page"));
    char mark[64];
    if (page.len > 0 && page.len <= 40) {
        return page;
    }
    snprintf(mark, sizeof mark, "%lld-%lld", (long long)request->who->person.id,
             (long long)request->now);
    return str_copy(request->arena, str_from(mark));
}

/* The faults of this step, for the summary at its top. */
static void put_summary(Filing *filing, DeclareView *view, const Checked *checked, bool look)
{
    Arena *arena = filing->request->arena;
    size_t all = checked->faults_count + 2 * view->promises_count + view->asks_count;
    Str *faults = ARENA_MANY(arena, Str, all + 1), *ids = ARENA_MANY(arena, Str, all + 1);
    if (view->step == STEP_CHECK) {
        view->faults = checked->faults;
        view->fault_ids = checked->ids;
        view->faults_count = checked->faults_count;
        return;
    }
    char start[64];
    int len = snprintf(start, sizeof start, "/drafts/%lld/%s?", (long long)filing->draft.id,
                       step_names[view->step]);
    for (size_t i = 0; i < checked->faults_count; i++) {
        Str id = checked->ids[i];
        bool here = str_starts(id, (Str){start, (size_t)len});
        bool wrong = false;
        size_t hash = str_find(id, '#');
        Str field = str_part(id, hash + 1, id.len);
        for (size_t j = 0; j < view->asks_count; j++) {
            wrong = wrong || (str_eq(view->asks[j].name, field) && view->asks[j].fault.len > 0);
        }
        if (here && (look || wrong)) {
            faults[view->faults_count] = checked->faults[i];
            ids[view->faults_count++] = str_part(id, hash, id.len);
        }
    }
    view->faults = faults;
    view->fault_ids = ids;
}

static DeclareView view_of(Filing *filing, Step step, bool look)
{
    Request *request = filing->request;
    Checked checked = declare_check(filing);
    DeclareView view = {
        .draft = filing->draft.id, .key = filing->draft.key, .step = step,
        .act_name = lawwords_get(filing->words, "act", filing->act->id),
        .edition_name = lawwords_get(filing->words, "edition", filing->edition->id),
        .matter = filing->opening ? STR_NONE : filing->draft.matter,
        .step_address = step_address(request, filing->draft.id, step),
        .back_address = step == first_step(filing)
                            ? STR_NONE : step_address(request, filing->draft.id,
                                                      step_beside(filing, step, -1)),
        .saved_at = filing->draft.at, .seen = filing_seen(filing, step),
        .page = page_mark(request), .warnings = checked.warnings,
        .warnings_count = checked.warnings_count, .conflict = filing->conflict,
        .may_file = checked.faults_count == 0, .notice = filing->notice,
    };
    put_steps(filing, &view, &checked);
    if (step == STEP_CHECK) {
        put_all(filing, &view);
    } else {
        put_questions(filing, &view, look);
    }
    if (step == STEP_MATERIALS || step == STEP_CHECK) {
        view.materials = declare_materials(filing, &view.materials_count);
        view.reasons = declare_reasons(filing, &view.reasons_count);
    }
    put_summary(filing, &view, &checked, look);
    return view;
}

void declare_show(Filing *filing, Reply *reply, Step step, int status, bool saved)
{
    Request *request = filing->request;
    bool look = filing_seen(filing, step) > 0 || step == STEP_CHECK ||
                typed_get(&request->query, STR("look")).len > 0;
    DeclareView view = view_of(filing, step, look);
    view.saved = saved;
    Buf title = buf_new(1024);
    buf_put(&title, view.act_name);
    buf_put(&title, word_text(request->language, WORD_DECLARE_COLON));
    Word name = step_words[step];   /* NOLINT: each step has its word */
    buf_put(&title, word_text(request->language, name));
    PageHead head = {.title = str_copy(request->arena, buf_str(&title)), .here = "new"};
    buf_done(&title);
    reply->status = status;
    Out out = request_page(request, reply, &head);
    page_declare_step(&out, &view);
    request_page_end(request, &out);
}
