/* declare_again.c: filing again what was returned: begun with what was filed before, and with the
 * reasons of the return beside each material. */
#include <stdio.h>

#include "declare.h"
#include "pages.h"
#include "paperpage.h"

Fail filing_load_earlier(Filing *filing, Fault *fault)
{
    Request *request = filing->request;
    const Paper *papers;
    size_t count;
    Fail fail = papers_of(request->service->desk, request->arena, filing->draft.matter, 0, &papers,
                          &count, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    filing->earlier = ARENA_MANY(request->arena, Paper, count + 1);
    for (size_t i = 0; i < count; i++) {
        ActId act = edition_act(filing->edition, papers[i].act);
        FieldId field = edition_field(filing->edition, STR("materials"));
        if (str_eq(papers[i].hat, filing->draft.hat) && act != ID_NONE && field != ID_NONE &&
            filing->edition->acts[act].branches[0].asks & UINT64_C(1) << field &&
            !str_is(papers[i].kind, "declaration")) {
            filing->earlier[filing->earlier_count++] = papers[i];
        }
    }
    for (size_t i = filing->folded.acts_count; i > 0 && !filing->returned; i--) {
        const Act *act = &filing->folded.acts[i - 1];
        const ActKind *kind = act->act == ID_NONE ? NULL : &filing->edition->acts[act->act];
        if (kind && kind->branches[0].to == filing->folded.matter.stage) {
            filing->returned = act;
        }
    }
    return FAIL_NONE;
}

/* ---- what the new draft begins with ---- */

typedef struct Begins {
    Typed *at;
    size_t count;
} Begins;

static Str joined(Arena *arena, const char *start, Str id)
{
    Buf buf = buf_new(512);
    buf_put(&buf, str_from(start));
    buf_put(&buf, id);
    Str text = str_copy(arena, buf_str(&buf));
    buf_done(&buf);
    return text;
}

/* "ID: clause X; evidence Y", as the filing before wrote it. */
static void take_undertaking(Arena *arena, Begins *begins, Str line)
{
    size_t colon = str_find(line, ':');
    if (colon == line.len) {
        return;
    }
    Str id = str_part(line, 0, colon), rest = str_trim(str_part(line, colon + 1, line.len));
    Str start = STR("clause "), between = STR("; evidence ");
    rest = str_starts(rest, start) ? str_part(rest, start.len, rest.len) : rest;
    Str contract = rest, evidence = STR_NONE;
    for (size_t i = 0; i + between.len <= rest.len; i++) {
        if (str_starts(str_part(rest, i, rest.len), between)) {
            contract = str_part(rest, 0, i);
            evidence = str_part(rest, i + between.len, rest.len);
            break;
        }
    }
    begins->at[begins->count++] = (Typed){joined(arena, "contract.", id), contract};
    begins->at[begins->count++] = (Typed){joined(arena, "evidence.", id), evidence};
}

static const Value *last_given(const Filing *filing, const char *field)
{
    FieldId id = edition_field(filing->edition, str_from(field));
    const Value *value = NULL;
    for (size_t i = filing->folded.acts_count; id != ID_NONE && i > 0 && !value; i--) {
        value = act_given(&filing->folded.acts[i - 1], id);
    }
    return value && value->kind == VALUE_MANY ? value : NULL;
}

static TypedList begins_with(Filing *filing)
{
    Arena *arena = filing->request->arena;
    const Value *promises = last_given(filing, "commitments");
    const Value *lines = last_given(filing, "undertakings");
    size_t many = (promises ? promises->many_count : 0) + 2 * (lines ? lines->many_count : 0);
    Begins begins = {ARENA_MANY(arena, Typed, many + filing->earlier_count + 1), 0};
    for (size_t i = 0; promises && i < promises->many_count; i++) {
        begins.at[begins.count++] = (Typed){STR("promise"), promises->many[i]};
    }
    for (size_t i = 0; lines && i < lines->many_count; i++) {
        take_undertaking(arena, &begins, lines->many[i]);
    }
    for (size_t i = 0; i < filing->earlier_count; i++) {
        begins.at[begins.count++] = (Typed){STR("keep"), filing->earlier[i].id};
    }
    return (TypedList){begins.at, begins.count};
}

/* ---- pages ---- */

/* Loads the matter of the address when this hat may file again in it; else the reply is made. */
static bool open_again(Request *request, Reply *reply, Filing *filing)
{
    Fault fault = {0};
    *filing = (Filing){.request = request};
    Fail fail = docket_fold(request->reader->docket, request->rest[0], &filing->folded, &fault);
    if (fail == FAIL_NONE && filing->folded.id) {
        filing->edition = filing->folded.edition;
        filing->act = declare_again_act(request, &filing->folded);
    }
    if (filing->act) {
        filing->act_id = (ActId)(filing->act - filing->edition->acts);
        filing->words = request_words(request, filing->edition->id);
        filing->draft = (Draft){.hat = hat_word(request), .org = request->who->org.id,
                                .person = request->who->person.id, .matter = request->rest[0],
                                .edition = filing->edition->id, .act = filing->act->id,
                                .at = request->now};
        fail = filing_load_earlier(filing, &fault);
    }
    if (fail == FAIL_NONE && filing->act) {
        return true;
    }
    filing_done(filing);
    if (fail != FAIL_NONE) {
        reply_fault(request, reply, &fault);
    } else {
        reply_not_there(request, reply);
    }
    return false;
}

/* One draft a matter and act: the one that is open is continued. */
static Fail find_open(Filing *filing, int64_t *ret_id, Fault *fault)
{
    Request *request = filing->request;
    const Draft *drafts;
    size_t count;
    *ret_id = 0;
    Fail fail = drafts_of(request->service->desk, request->arena, filing->draft.hat,
                          filing->draft.org, filing->draft.matter, &drafts, &count, fault);
    for (size_t i = 0; fail == FAIL_NONE && i < count; i++) {
        *ret_id = str_eq(drafts[i].act, filing->act->id) ? drafts[i].id : *ret_id;
    }
    return fail;
}

static Str first_address(Filing *filing, int64_t id)
{
    return step_address(filing->request, id, first_step(filing));
}

void declare_again_page(Request *request, Reply *reply)
{
    Filing filing;
    int64_t id;
    Fault fault;
    if (!open_again(request, reply, &filing)) {
        return;
    }
    Fail fail = find_open(&filing, &id, &fault);
    if (fail != FAIL_NONE) {
        reply_fault(request, reply, &fault);
    } else if (id) {
        reply_see(request, reply, first_address(&filing, id));
    } else {
        size_t count;
        Str act = lawwords_get(filing.words, "act", filing.act->id);
        DeclareView view = {.matter = filing.draft.matter, .act_name = act,
                            .title = title_of_matter(&filing.folded),
                            .key = key_of_form(request),
                            .materials = declare_materials(&filing, &count)};
        view.materials_count = count;
        view.reasons = declare_reasons(&filing, &view.reasons_count);
        PageHead head = {.title = act};
        Out out = request_page(request, reply, &head);
        page_declare_again(&out, &view);
        request_page_end(request, &out);
    }
    filing_done(&filing);
}

void declare_again_begin(Request *request, Reply *reply)
{
    Filing filing;
    int64_t id;
    Fault fault;
    if (!open_again(request, reply, &filing)) {
        return;
    }
    Fail fail = find_open(&filing, &id, &fault);
    if (fail == FAIL_NONE && !id) {
        filing.draft.typed = begins_with(&filing);
        filing.draft.key = key_of_form(request);
        fail = draft_begin(request->service->desk, &filing.draft, &id, &fault);
        if (fail == FAIL_CONFLICT) {   /* the button was pressed twice */
            fail = find_open(&filing, &id, &fault);
        }
    }
    if (fail != FAIL_NONE) {
        reply_fault(request, reply, &fault);
    } else if (id) {
        reply_see(request, reply, first_address(&filing, id));
    } else {
        reply_not_there(request, reply);
    }
    filing_done(&filing);
}
