/* act_sign.c: acts that one person drafts and another signs (policy P18).
 *
 *   typed ─▶ to sign ─ signed by another ─▶ the act, with who drafted it
 *               ▲  │ sent back, with a remark
 *               │  ▼
 *               open ─ written anew by whoever drafts */
#include "actpage.h"
#include "declare.h"
#include "pages.h"

enum { STATUS_CONFLICT = 409, STATUS_FAULTS = 422, ADDRESS_BYTES_MAX = 1024 };
#define TWO_PERSONS STR("two_persons")

typedef struct Signing {
    Request *request;
    Reply *reply;
    Folded folded;
    Case of;
    Draft draft;
    ActId act;
    Wanted wanted;
} Signing;

Str sign_address(Request *request, Str matter, int64_t draft)
{
    Buf buf = buf_new(ADDRESS_BYTES_MAX);
    Out out = {&buf, request->language};
    buf_put(&buf, STR("/matters/"));
    out_url(&out, matter);
    buf_print(&buf, "/sign/%lld", (long long)draft);
    Str address = str_copy(request->arena, buf_str(&buf));
    buf_done(&buf);
    return address;
}

bool sign_draft_of(Request *request, Str id, Str matter, Draft *ret_draft)
{
    int64_t number;
    bool found = false;
    Fault fault;
    return str_int(id, &number) &&
           draft_find(request->service->desk, request->arena, number, &found, ret_draft, &fault) ==
               FAIL_NONE &&
           found && str_eq(ret_draft->hat, hat_word(request)) &&
           str_eq(ret_draft->org, request->who->org.id) && str_eq(ret_draft->matter, matter) &&
           typed_get(&ret_draft->typed, TWO_PERSONS).len > 0 &&
           (ret_draft->state == DRAFT_OPEN || ret_draft->state == DRAFT_TO_SIGN);
}

/* What was typed, and that it wants two persons; `remark` is left out. */
static TypedList marked(Request *request, const TypedList *typed, Str remark)
{
    Typed *all = ARENA_MANY(request->arena, Typed, typed->count + 2);
    size_t count = 0;
    for (size_t i = 0; i < typed->count; i++) {
        if (str_starts(typed->at[i].name, STR("with.")) &&
            !str_is(typed->at[i].name, "with.drafted_by")) {
            all[count++] = typed->at[i];
        }
    }
    all[count++] = (Typed){TWO_PERSONS, STR("yes")};
    if (remark.len) {
        all[count++] = (Typed){STR("remark"), remark};
    }
    return (TypedList){all, count};
}

Fail sign_hand_over(Request *request, Str matter, Str edition, Str act, int64_t *ret_draft,
                    Fault *fault)
{
    Draft draft = {.hat = hat_word(request), .org = request->who->org.id, .matter = matter,
                   .person = request->who->person.id, .edition = edition, .act = act,
                   .at = request->now, .key = typed_get(&request->typed, STR("key"))};
    Draft before;
    if (sign_draft_of(request, typed_get(&request->typed, STR("draft")), matter, &before)) {
        draft = before;
    } else {
        const Draft *drafts;
        size_t count;
        Fail fail = drafts_of(request->service->desk, request->arena, draft.hat, draft.org, matter,
                              &drafts, &count, fault);
        for (size_t i = 0; fail == FAIL_NONE && i < count; i++) {
            if (str_eq(drafts[i].key, draft.key)) {   /* sent twice */
                *ret_draft = drafts[i].id;
                return FAIL_NONE;
            }
        }
        draft.typed = marked(request, &request->typed, STR_NONE);
        fail = fail == FAIL_NONE ? draft_begin(request->service->desk, &draft, &draft.id, fault)
                                 : fail;
        if (fail != FAIL_NONE) {
            return fail;
        }
        draft.version = 1;
    }
    draft.typed = marked(request, &request->typed, STR_NONE);
    draft.state = DRAFT_TO_SIGN;
    draft.drafter = request->who->person.id;
    draft.at = request->now;
    *ret_draft = draft.id;
    return draft_save(request->service->desk, &draft, fault);
}

/* ---- on the case page ---- */

static Str person_of(Request *request, int64_t id)
{
    Buf buf = {0};
    buf_print(&buf, "p%lld", (long long)id);
    Str text = str_copy(request->arena, buf_str(&buf));
    buf_done(&buf);
    return text;
}

static bool signs_it(const Request *request, const Draft *draft)
{
    return (request->who->person.may & MAY_SIGN) && draft->state == DRAFT_TO_SIGN &&
           draft->drafter != request->who->person.id;
}

static bool concerns(const Case *of, const Draft *draft, ActId act)
{
    const Person *person = &of->request->who->person;
    Thing thing = {.kind = THING_DO, .doing = act};
    return act != ID_NONE && typed_get(&draft->typed, TWO_PERSONS).len > 0 &&
           access_to(&of->file->standing, &thing) == SIGHT_FULL &&
           (signs_it(of->request, draft) || draft->drafter == person->id ||
            draft->person == person->id);
}

Fail case_signs(const Case *of, CaseView *view, Fault *fault)
{
    Request *request = of->request;
    const Draft *drafts;
    size_t count;
    if (of->file->position->on != request->today) {
        return FAIL_NONE;
    }
    Fail fail = drafts_of(request->service->desk, request->arena, hat_word(request),
                          request->who->org.id, of->file->position->name, &drafts, &count, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    SignSaid *signs = ARENA_MANY(request->arena, SignSaid, count + 1);
    for (size_t i = 0; i < count; i++) {
        const Draft *draft = &drafts[i];
        ActId act = edition_act(of->say.edition, draft->act);
        if (concerns(of, draft, act)) {
            signs[view->signs_count++] = (SignSaid){
                .act = lawwords_get(of->say.reader.words, "act", draft->act), .at = draft->at,
                .address = sign_address(request, draft->matter, draft->id),
                .drafter = say_person(&of->say, person_of(request, draft->drafter)),
                .mine = draft->drafter == request->who->person.id,
                .may_sign = signs_it(request, draft), .sent_back = draft->state == DRAFT_OPEN,
                .clause = say_cited(&of->say, of->say.edition->acts[act].two_persons)};
        }
    }
    view->signs = signs;
    return FAIL_NONE;
}

/* ---- the page ---- */

static bool signing_open(Request *request, Reply *reply, Signing *signing)
{
    signing->request = request;
    signing->reply = reply;
    const CaseFile *file = request_case(request, reply, request->rest[0], &signing->folded);
    if (!file) {
        return false;
    }
    const Edition *edition = file->position->edition;
    bool there = sign_draft_of(request, request->rest[1], request->rest[0], &signing->draft);
    signing->act = there ? edition_act(edition, signing->draft.act) : ID_NONE;
    Thing thing = {.kind = THING_DO, .doing = signing->act};
    if (!there || signing->act == ID_NONE || file->position->on != request->today ||
        access_to(&file->standing, &thing) != SIGHT_FULL) {
        folded_done(&signing->folded);
        reply_not_there(request, reply);
        return false;
    }
    signing->of = (Case){request, file, say_of(request, edition)};
    return true;
}

static const ActForm *form_of(Signing *signing)
{
    return actform_of(signing->request->arena, &signing->folded.matter, signing->act,
                      &signing->draft.typed);
}

static Act act_of(Signing *signing, const ActForm *form)
{
    return actform_act(signing->request->arena, form, signing->of.file->standing.party,
                       signing->request->today);
}

static void show(Signing *signing, SignView *view, int status)
{
    Request *request = signing->request;
    const Case *of = &signing->of;
    const ActForm *form = form_of(signing);
    const ActKind *kind = &of->say.edition->acts[signing->act];
    view->matter = of->file->position->name;
    view->title = case_title(of);
    view->act = lawwords_get(of->say.reader.words, "act", kind->id);
    view->act_id = kind->id;
    view->draft = request->rest[1];
    view->two_persons = say_cited(&of->say, kind->two_persons);
    view->drafter = say_person(&of->say, person_of(request, signing->draft.drafter));
    view->remark = typed_get(&signing->draft.typed, STR("remark"));
    view->at = signing->draft.at;
    view->mine = signing->draft.drafter == request->who->person.id;
    view->may_sign = signs_it(request, &signing->draft);
    view->sent_back = signing->draft.state == DRAFT_OPEN;
    if (form) {
        Act act = act_of(signing, form);
        GivenSaid *given = ARENA_MANY(request->arena, GivenSaid, act.given_count);
        for (uint8_t i = 0; i < act.given_count; i++) {
            given[view->given_count++] = say_given(&of->say, &act.given[i]);
        }
        view->given = given;
        view->clause = say_cited(&of->say, form->clause);
    }
    signing->reply->status = status;
    PageHead head = {.title = view->act, .here = "matters", .no_heading = true};
    Out out = request_page(request, signing->reply, &head);
    page_sign(&out, view);
    request_page_end(request, &out);
    folded_done(&signing->folded);
}

void sign_show(Request *request, Reply *reply)
{
    Signing signing = {.request = request};
    SignView view = {.fault = WORD_NONE};
    if (signing_open(request, reply, &signing)) {
        show(&signing, &view, 200);
    }
}

static Str matter_address(Request *request)
{
    Buf buf = buf_new(ADDRESS_BYTES_MAX);
    Out out = {&buf, request->language};
    buf_put(&buf, STR("/matters/"));
    out_url(&out, request->rest[0]);
    Str address = str_copy(request->arena, buf_str(&buf));
    buf_done(&buf);
    return address;
}

static void act_signed(Request *request, Reply *reply, const Written *written, Fail fail,
                       const Fault *fault)
{
    Signing *signing = request->own;
    SignView view = {.fault = WORD_NONE};
    Fault later;
    bool before = fail == FAIL_CONFLICT && request_done_before(request, &signing->wanted);
    if ((fail == FAIL_NONE && !written->refused) || before) {
        /* Where the draft cannot be marked now (a full disk), whoever signs it again does so: the
         * act has its key and is done once. That it is done is told in any case. */
        signing->draft.state = DRAFT_DONE;
        (void)!draft_save(request->service->desk, &signing->draft, &later);
        reply_see(request, reply, case_done_address(request, request->rest[0],
                                                    signing->wanted.act.act_word));
        return;
    }
    if (fail != FAIL_NONE) {
        reply_fault(request, reply, fault);
        return;
    }
    signing->folded = (Folded){0};   /* somebody was first, and now the law refuses it */
    if (signing_open(request, reply, signing)) {
        show(signing, &view, STATUS_CONFLICT);
    }
}

static void sign(Signing *signing)
{
    Request *request = signing->request;
    SignView view = {.fault = WORD_NONE};
    TypedList typed = signing->draft.typed;
    Typed *all = ARENA_MANY(request->arena, Typed, typed.count + 1);
    memcpy(all, typed.at, typed.count * sizeof *all);
    all[typed.count] =
        (Typed){STR("with.drafted_by"), person_of(request, signing->draft.drafter)};
    signing->draft.typed = (TypedList){all, typed.count + 1};
    const ActForm *form = form_of(signing);
    Act act = form ? act_of(signing, form) : (Act){.act = ID_NONE};
    Decision decision = matter_decide(&signing->folded.matter,
                                      signing->of.file->position->calendar, &act, request->arena);
    if (!form || form->faults || decision.kind == DECISION_REFUSED) {
        if (form && decision.kind == DECISION_REFUSED) {
            ActView refused = {.due = DAY_NONE};
            act_refusal(&signing->of, &decision, &refused);
            view.refusal = refused.refusal;
            view.refusal_clause = refused.refusal_clause;
        }
        show(signing, &view, STATUS_FAULTS);
        return;
    }
    signing->wanted = (Wanted){
        .matter = str_copy(request->arena, signing->of.file->position->name),
        .edition = signing->of.say.edition, .act = act, .key = signing->draft.key,
        .now = request->now};
    signing->wanted.act.person = acting_person(request);
    folded_done(&signing->folded);
    request->own = signing;
    request_submit(request, signing->reply, &signing->wanted, act_signed);
}

static void send_back(Signing *signing)
{
    Request *request = signing->request;
    Str remark = str_trim(typed_get(&request->typed, STR("remark")));
    SignView view = {.fault = remark.len ? WORD_NONE : WORD_SIGN_REMARK_WANTED};
    Fault fault;
    if (remark.len == 0) {
        show(signing, &view, STATUS_FAULTS);
        return;
    }
    signing->draft.typed = marked(request, &signing->draft.typed, remark);
    signing->draft.state = DRAFT_OPEN;
    Fail fail = draft_save(request->service->desk, &signing->draft, &fault);
    folded_done(&signing->folded);
    if (fail == FAIL_NONE) {
        reply_see(request, signing->reply, matter_address(request));
    } else {
        reply_fault(request, signing->reply, &fault);
    }
}

void sign_typed(Request *request, Reply *reply)
{
    Signing *signing = ARENA_NEW(request->arena, Signing);
    SignView view = {.fault = WORD_NONE};
    if (!signing_open(request, reply, signing)) {
        return;
    }
    if (!signs_it(request, &signing->draft)) {
        show(signing, &view, STATUS_FAULTS);
    } else if (str_is(typed_get(&request->typed, STR("go")), "sign")) {
        sign(signing);
    } else {
        send_back(signing);
    }
}
