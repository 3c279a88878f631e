/* declare_draft.c: the draft behind the pages of a declaration: whose it is, loaded, saved. */
#include <stdio.h>

#include "declare.h"

enum { SAVE_TIMES_MAX = 5, KEEP_ANSWER_BYTES = 32 };

Hat own_hat(Request *request)
{
    return request->who->hat;
}

Str hat_word(Request *request)
{
    Buf buf = buf_new(256);
    Hat hat = own_hat(request);
    buf_put_hat(&buf, &hat);
    Str word = str_copy(request->arena, buf_str(&buf));
    buf_done(&buf);
    return word;
}

Str person_word(Request *request)
{
    char word[KEEP_ANSWER_BYTES];
    snprintf(word, sizeof word, "p%lld", (long long)request->who->person.id);
    return str_copy(request->arena, str_from(word));
}

/* "p12", or "p12 for p7" when they sign as somebody's deputy. */
Str acting_person(Request *request)
{
    Buf buf = {0};
    buf_print(&buf, "p%lld", (long long)request->who->person.id);
    if (request->who->in_place_of) {
        buf_print(&buf, " for p%lld", (long long)request->who->in_place_of);
    }
    Str text = str_copy(request->arena, buf_str(&buf));
    buf_done(&buf);
    return text;
}

bool may_do(const Request *request)
{
    return request->who && (request->who->person.may & MAY_ACT);
}

Str name_of_org(const Request *request, const Org *org)
{
    bool chinese = request->language == LANGUAGE_ZH;
    Str first = chinese ? org->name_zh : org->name_en;
    Str second = chinese ? org->name_en : org->name_zh;
    return first.len ? first : second.len ? second : org->id;
}

Str text_of(Request *request, Word word, Str arg)
{
    Buf buf = buf_new(1 << 16);
    word_put(&buf, request->language, word, &arg, 1);
    Str text = str_copy(request->arena, buf_str(&buf));
    buf_done(&buf);
    return text;
}

Str as_heading(Request *request, Str text)
{
    if (text.len == 0 || text.at[0] < 'a' || text.at[0] > 'z') {
        return text;
    }
    char *copy = str_terminated(request->arena, text);
    copy[0] = (char)(copy[0] - 'a' + 'A');
    return (Str){copy, text.len};
}

/* ---- which act ---- */

static bool asks_materials(const Edition *edition, const ActKind *act, const Branch *branch)
{
    FieldId field = edition_field(edition, STR("materials"));
    return field != ID_NONE && (branch->asks & UINT64_C(1) << field) &&
           (act->fields & UINT64_C(1) << field);
}

const ActKind *declare_act(Request *request, const Edition **ret_edition)
{
    Party party;
    const Edition *edition;
    if (!may_do(request) || !request->reader ||
        law_edition_on(request->reader->law, request->today, &edition, NULL) != FAIL_NONE ||
        !edition_party(edition, own_hat(request).party, &party)) {
        return NULL;
    }
    *ret_edition = edition;
    for (size_t i = 0; i < edition->acts_count; i++) {
        const ActKind *act = &edition->acts[i];
        for (uint8_t b = 0; b < act->branches_count; b++) {
            if (act->by >> party.role & 1 && act->branches[b].opens != ID_NONE &&
                asks_materials(edition, act, &act->branches[b])) {
                return act;
            }
        }
    }
    return NULL;
}

const ActKind *declare_again_act(Request *request, const Folded *folded)
{
    const Edition *edition = folded->edition;
    if (!may_do(request) || folded->id == 0 || folded->matter.stage == ID_NONE) {
        return NULL;
    }
    Hat hat = own_hat(request);
    Standing standing = access_standing(&hat, &folded->matter, folded->acts, folded->acts_count,
                                        docket_calendar(request->reader->docket), request->today);
    for (size_t i = 0; i < edition->acts_count; i++) {
        Thing thing = {.kind = THING_DO, .doing = (ActId)i};
        const ActKind *act = &edition->acts[i];
        for (uint8_t b = 0; b < act->branches_count; b++) {
            if (act->branches[b].in >> folded->matter.stage & 1 &&
                asks_materials(edition, act, &act->branches[b]) &&
                access_to(&standing, &thing) == SIGHT_FULL) {
                return act;
            }
        }
    }
    return NULL;
}

/* ---- loading ---- */

/* Is the act of this draft in the record? Then a service was killed before it could say so. */
static Fail finish_if_filed(Request *request, Draft *draft, bool *ret_filed, Fault *fault)
{
    const Wanted wanted = {.matter = draft->matter, .key = draft->key,
                           .act = {.act_word = draft->act}};
    *ret_filed = draft->matter.len && request_done_before(request, &wanted);
    return *ret_filed ? filing_finish(request, draft, draft->matter, fault) : FAIL_NONE;
}

static Str receipt_address(Request *request, const Draft *draft)
{
    char address[64];
    snprintf(address, sizeof address, "/drafts/%lld/receipt", (long long)draft->id);
    return str_copy(request->arena, str_from(address));
}

/* Those that came in, and apart from them those that an attempt to file made. */
static Fail load_papers(Filing *filing, Fault *fault)
{
    Request *request = filing->request;
    const Paper *papers;
    size_t count;
    Fail fail = papers_of(request->service->desk, request->arena, STR_NONE, filing->draft.id,
                          &papers, &count, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    filing->papers = ARENA_MANY(request->arena, Paper, count + 1);
    filing->made = ARENA_MANY(request->arena, Paper, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (papers[i].act.len) {
            filing->made[filing->made_count++] = papers[i];
        } else {
            filing->papers[filing->papers_count++] = papers[i];
        }
    }
    return FAIL_NONE;
}

/* NULL in filing->act: the act of this draft is not open to its owner any more. */
static Fail load_act(Filing *filing, Fault *fault)
{
    Request *request = filing->request;
    Draft *draft = &filing->draft;
    const Edition *edition = NULL;
    if (filing->opening) {
        filing->act = declare_act(request, &edition);
        filing->edition = edition;
    } else {
        Fail fail = docket_fold(request->reader->docket, draft->matter, &filing->folded, fault);
        if (fail != FAIL_NONE) {
            return fail;
        }
        filing->edition = filing->folded.edition;
        filing->act = declare_again_act(request, &filing->folded);
    }
    if (filing->act) {
        filing->act_id = (ActId)(filing->act - filing->edition->acts);
        filing->words = request_words(request, filing->edition->id);
        Fail fail = load_papers(filing, fault);
        return fail == FAIL_NONE && !filing->opening ? filing_load_earlier(filing, fault) : fail;
    }
    return FAIL_NONE;
}

/* A draft that opens a matter has the mark "opens": its `matter` is the number that was kept for
 * it, not one that is open. */
static bool opens(const Draft *draft)
{
    return typed_get(&draft->typed, STR("opens")).len > 0;
}

static bool own_draft(Request *request, const Draft *draft)
{
    return str_eq(draft->hat, hat_word(request)) && str_eq(draft->org, request->who->org.id);
}

bool filing_open(Request *request, Reply *reply, Filing *filing)
{
    Fault fault = {0};
    int64_t id;
    bool found = false, filed = false;
    *filing = (Filing){.request = request};
    Draft *draft = &filing->draft;
    Fail fail = FAIL_NONE;
    if (may_do(request) && str_int(request->rest[0], &id) && id > 0) {
        fail = draft_find(request->service->desk, request->arena, id, &found, draft, &fault);
    }
    found = found && fail == FAIL_NONE && own_draft(request, draft) &&
            draft->state != DRAFT_DROPPED;
    if (found && draft->state != DRAFT_DONE) {
        fail = finish_if_filed(request, draft, &filed, &fault);
    }
    if (fail == FAIL_NONE && found && (filed || draft->state == DRAFT_DONE)) {
        reply_see(request, reply, receipt_address(request, draft));
        return false;
    }
    if (fail == FAIL_NONE && found) {
        filing->opening = opens(draft);
        filing->shown = draft->typed;
        fail = load_act(filing, &fault);
    }
    if (fail != FAIL_NONE) {
        filing_done(filing);
        reply_fault(request, reply, &fault);
        return false;
    }
    if (!filing->act) {
        filing_done(filing);
        reply_not_there(request, reply);
        return false;
    }
    return true;
}

void filing_done(Filing *filing)
{
    folded_done(&filing->folded);
}

/* ---- saving ---- */

static bool of_step(Str name, Step step)
{
    static const char *const starts[STEP_COUNT][4] = {
        [STEP_GROUND] = {"with."}, [STEP_OBJECT] = {"fact."},
        [STEP_COMMITMENTS] = {"promise", "contract.", "evidence."},
        [STEP_MATERIALS] = {"keep", "remark"},
    };
    for (size_t i = 0; i < 4 && starts[step][i]; i++) {
        if (str_starts(name, str_from(starts[step][i]))) {
            return true;
        }
    }
    return false;
}

static Str mark(Arena *arena, const char *what, Step step)
{
    char name[32];
    snprintf(name, sizeof name, "%s.%d", what, (int)step);
    return str_copy(arena, str_from(name));
}

static bool same_values(const TypedList *one, const TypedList *other, Step step)
{
    size_t at = 0;
    for (size_t i = 0; i < one->count; i++) {
        if (!of_step(one->at[i].name, step)) {
            continue;
        }
        while (at < other->count && !of_step(other->at[at].name, step)) {
            at++;
        }
        if (at == other->count || !str_eq(one->at[i].name, other->at[at].name) ||
            !str_eq(one->at[i].value, other->at[at].value)) {
            return false;
        }
        at++;
    }
    while (at < other->count && !of_step(other->at[at].name, step)) {
        at++;
    }
    return at == other->count;
}

/* The draft's values with this step's ones taken from the page. */
static TypedList laid_over(Filing *filing, Step step, Str seen)
{
    Arena *arena = filing->request->arena;
    const TypedList *old = &filing->draft.typed, *fresh = &filing->request->typed;
    Typed *typed = ARENA_MANY(arena, Typed, old->count + fresh->count + 3);
    size_t count = 0;
    Str seen_name = mark(arena, "seen", step), page_name = mark(arena, "page", step);
    for (size_t i = 0; i < old->count; i++) {
        if (!of_step(old->at[i].name, step) && !str_eq(old->at[i].name, seen_name) &&
            !str_eq(old->at[i].name, page_name)) {
            typed[count++] = old->at[i];
        }
    }
    for (size_t i = 0; i < fresh->count; i++) {
        if (of_step(fresh->at[i].name, step)) {
            typed[count++] = fresh->at[i];
        }
    }
    typed[count++] = (Typed){seen_name, seen};
    typed[count++] = (Typed){page_name, typed_get(fresh, STR("page"))};
    return (TypedList){typed, count};
}

static Fail save_once(Filing *filing, Step step, Fault *fault)
{
    Request *request = filing->request;
    Draft *draft = &filing->draft;
    Str seen = typed_get(&draft->typed, mark(request->arena, "seen", step));
    Str page = typed_get(&draft->typed, mark(request->arena, "page", step));
    seen = seen.len ? seen : STR("0");
    if (!str_eq(seen, typed_get(&request->typed, STR("seen"))) &&
        !str_eq(page, typed_get(&request->typed, STR("page"))) &&
        !same_values(&draft->typed, &request->typed, step)) {
        return FAULT_PLAIN(fault, FAIL_CONFLICT, WORD_DRAFT_CHANGED);
    }
    int64_t times = 0;
    char next[24];
    (void)str_int(seen, &times);
    snprintf(next, sizeof next, "%lld", (long long)times + 1);
    Draft fresh = *draft;
    fresh.typed = laid_over(filing, step, str_copy(request->arena, str_from(next)));
    fresh.at = request->now;
    Fail fail = draft_save(request->service->desk, &fresh, fault);
    if (fail == FAIL_NONE) {
        fresh.version++;
        *draft = fresh;
        filing->shown = fresh.typed;
    }
    return fail;
}

int64_t filing_seen(Filing *filing, Step step)
{
    int64_t times = 0;
    Str seen = typed_get(&filing->draft.typed, mark(filing->request->arena, "seen", step));
    return str_int(seen, &times) ? times : 0;
}

void filing_show_typed(Filing *filing, Step step)
{
    filing->conflict = true;
    filing->shown = laid_over(filing, step, STR_NONE);
}

Fail filing_save(Filing *filing, Step step, Fault *fault)
{
    Request *request = filing->request;
    for (int times = 0; times < SAVE_TIMES_MAX; times++) {
        int64_t version = filing->draft.version;
        Fail fail = save_once(filing, step, fault);
        if (fail != FAIL_CONFLICT) {
            return fail;
        }
        /* Another step was saved at the same moment: lay ours over that. */
        bool found = false;
        fail = draft_find(request->service->desk, request->arena, filing->draft.id, &found,
                          &filing->draft, fault);
        if (fail != FAIL_NONE) {
            return fail;
        }
        if (!found || filing->draft.version == version || filing->draft.state == DRAFT_DONE) {
            break;
        }
    }
    return FAULT_PLAIN(fault, FAIL_CONFLICT, WORD_DRAFT_CHANGED);
}
