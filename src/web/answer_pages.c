/* answer_pages.c: answering a request for materials, with files; a supplier that hands its own
 * materials to the Office, where the operator does not see them. Both begin as a draft. */
#include <stdio.h>

#include "declare.h"
#include "pages.h"
#include "paperpage.h"

enum { STATUS_TAKEN = 409, STATUS_WRONG = 422 };

typedef struct Answer {      /* an answer in hand */
    Request *request;
    Folded folded;
    const CaseFile *file;
    const Edition *edition;
    Say say;
    const ActKind *act;      /* that answers; NULL: handing in */
    ActId act_id;
    DutyId duty;
    Draft draft;             /* id 0: not begun */
    const Paper *papers; size_t papers_count;
    Wanted wanted;
    Str fault;
} Answer;

/* ---- which act, which requests ---- */

static bool duty_asks_files(const Edition *edition, const Branch *branch, DutyId *ret_duty)
{
    for (size_t i = 0; i < edition->duties_count; i++) {
        if ((branch->fulfils >> i & 1) && edition->duties[i].holds) {
            *ret_duty = (DutyId)i;
            return true;
        }
    }
    return false;
}

static void find_act(Answer *answer)
{
    const Edition *edition = answer->edition;
    const Standing *standing = &answer->file->standing;
    StageId stage = answer->folded.matter.stage;
    for (size_t i = 0; i < edition->acts_count && !answer->act; i++) {
        const ActKind *act = &edition->acts[i];
        Thing thing = {.kind = THING_DO, .doing = (ActId)i};
        for (uint8_t b = 0; b < act->branches_count; b++) {
            if (stage != ID_NONE && (act->branches[b].in >> stage & 1) &&
                duty_asks_files(edition, &act->branches[b], &answer->duty) &&
                access_to(standing, &thing) == SIGHT_FULL) {
                answer->act = act;
                answer->act_id = (ActId)i;
                break;
            }
        }
    }
}

static bool asks_this(const Answer *answer, const Owed *owed)
{
    Party party = answer->file->standing.party;
    Thing thing = {.kind = THING_OWED, .owed = owed};
    return owed->duty == answer->duty && owed->state == OWED_OPEN &&
           (owed->by.role == ID_NONE || party_eq(owed->by, party)) &&
           access_to(&answer->file->standing, &thing) != SIGHT_NONE;
}

static Str text_given(const Answer *answer, const Act *act, const char *field)
{
    FieldId id = edition_field(answer->edition, str_from(field));
    const Value *value = act && id != ID_NONE ? act_given(act, id) : NULL;
    return value && value->kind == VALUE_TEXT ? value->text : STR_NONE;
}

static void put_requests(Answer *answer, AnswerView *view)
{
    Request *request = answer->request;
    const Matter *matter = &answer->folded.matter;
    RequestRow *rows = ARENA_MANY(request->arena, RequestRow, matter->owed_count + 1);
    Str chosen = typed_get(&answer->draft.typed, STR("with.id"));
    for (size_t i = 0; answer->act && i < matter->owed_count; i++) {
        const Owed *owed = &matter->owed[i];
        if (!asks_this(answer, owed)) {
            continue;
        }
        const Act *laid = owed->laid_by > 0 && owed->laid_by <= answer->folded.acts_count
                              ? &answer->folded.acts[owed->laid_by - 1] : NULL;
        FieldId items = edition_field(answer->edition, STR("items"));
        const Value *value = laid && items != ID_NONE ? act_given(laid, items) : NULL;
        RequestRow *row = &rows[view->requests_count++];
        *row = (RequestRow){.id = owed->name, .laid = owed->laid,
                            .reason = text_given(answer, laid, "reason"),
                            .clause = say_cited(&answer->say,
                                                 answer->edition->duties[owed->duty].clause),
                            .chosen = str_eq(chosen, owed->name)};
        if (value && value->kind == VALUE_MANY) {
            row->items = value->many;
            row->items_count = value->many_count;
        }
    }
    if (view->requests_count == 1) {
        rows[0].chosen = true;
    }
    view->requests = rows;
}

/* ---- the draft ---- */

static Fail finish(Answer *answer, Fault *fault)
{
    return filing_finish(answer->request, &answer->draft, answer->file->position->name, fault);
}

/* The one that this organisation has begun for this matter and act; one whose act is in the record
 * already is finished and not found. */
static Fail find_draft(Answer *answer, Fault *fault)
{
    Request *request = answer->request;
    const Draft *drafts;
    size_t count;
    Str act = answer->act ? answer->act->id : STR_NONE;
    Fail fail = drafts_of(request->service->desk, request->arena, hat_word(request),
                          request->who->org.id, answer->file->position->name, &drafts, &count,
                          fault);
    for (size_t i = 0; fail == FAIL_NONE && i < count; i++) {
        bool mine = typed_get(&drafts[i].typed, STR("answer")).len && str_eq(drafts[i].act, act);
        LedgerEvent event;
        bool filed = false;
        if (mine) {
            answer->draft = drafts[i];
            fail = ledger_by_key(docket_ledger(request->reader->docket), drafts[i].key,
                                 request->arena, &filed, &event, fault);
        }
        if (mine && fail == FAIL_NONE && filed) {
            fail = finish(answer, fault);
            answer->draft = (Draft){0};
        }
    }
    if (fail == FAIL_NONE && answer->draft.id) {
        fail = papers_of(request->service->desk, request->arena, STR_NONE, answer->draft.id,
                         &answer->papers, &answer->papers_count, fault);
    }
    return fail;
}

static Fail begin_draft(Answer *answer, Fault *fault)
{
    Request *request = answer->request;
    Typed mark = {STR("answer"), STR("1")};
    int64_t id;
    Draft draft = {.hat = hat_word(request), .org = request->who->org.id,
                   .person = request->who->person.id, .matter = answer->file->position->name,
                   .edition = answer->edition->id,
                   .act = answer->act ? answer->act->id : STR_NONE, .typed = {&mark, 1},
                   .at = request->now, .key = key_of_form(request)};
    Fail fail = draft_begin(request->service->desk, &draft, &id, fault);
    return fail == FAIL_CONFLICT ? FAIL_NONE : fail;   /* the button was pressed twice */
}

/* Keeps what was typed. */
static Fail save_typed(Answer *answer, Fault *fault)
{
    Request *request = answer->request;
    Typed *typed = ARENA_MANY(request->arena, Typed, 3);
    typed[0] = (Typed){STR("answer"), STR("1")};
    typed[1] = (Typed){STR("with.id"), typed_get(&request->typed, STR("with.id"))};
    typed[2] = (Typed){STR("with.note"), typed_get(&request->typed, STR("with.note"))};
    answer->draft.typed = (TypedList){typed, 3};
    answer->draft.at = request->now;
    Fail fail = draft_save(request->service->desk, &answer->draft, fault);
    answer->draft.version += fail == FAIL_NONE;
    return fail;
}

/* ---- the page ---- */

static Str case_address(Request *request, Str matter)
{
    Buf address = buf_new(1024);
    Out part = {&address, request->language};
    buf_put(&address, STR("/matters/"));
    out_url(&part, matter);
    Str text = str_copy(request->arena, buf_str(&address));
    buf_done(&address);
    return text;
}

/* Loads the matter; false when the reply is made. `voluntary`: a supplier hands in. */
static bool answer_open(Request *request, Reply *reply, bool voluntary, Answer *answer)
{
    Fault fault;
    *answer = (Answer){.request = request};
    answer->file = request_case(request, reply, request->rest[0], &answer->folded);
    if (!answer->file) {
        return false;
    }
    answer->edition = answer->folded.edition;
    answer->say = say_of(request, answer->edition);
    if (!voluntary) {
        find_act(answer);
    }
    bool open = may_do(request) && (voluntary ? case_hands_in(request, answer->file)
                                              : answer->act != NULL);
    Fail fail = open ? find_draft(answer, &fault) : FAIL_NONE;
    if (!open && !voluntary && may_do(request)) {   /* nothing is asked: the case page says so */
        reply_see(request, reply, case_address(request, answer->file->position->name));
    } else if (!open) {
        reply_not_there(request, reply);
    } else if (fail != FAIL_NONE) {
        reply_fault(request, reply, &fault);
    }
    if (!open || fail != FAIL_NONE) {
        folded_done(&answer->folded);
        return false;
    }
    return true;
}

/* What the Office keeps of its own work. */
static size_t put_own_kinds(const Answer *answer, KindChoice *kinds)
{
    static const Str own[] = {{"record", 6}, {"evidence", 8}};
    size_t count = sizeof own / sizeof own[0];
    for (size_t i = 0; i < count; i++) {
        kinds[i] = (KindChoice){own[i], as_heading(answer->request,
                                                   say_paper_kind(&answer->say, own[i])), false};
    }
    return count;
}

static void put_kinds(Answer *answer, AnswerView *view)
{
    Request *request = answer->request;
    const Edition *edition = answer->edition;
    KindChoice *kinds = ARENA_MANY(request->arena, KindChoice, edition->materials_count + 4);
    bool own = answer->file->standing.capacity == CAPACITY_OFFICE;
    view->own = own;
    view->kinds_count = own ? put_own_kinds(answer, kinds) : 0;
    for (size_t i = edition->materials_count; !own && i > 0; i--) {   /* "other" is last there */
        Str id = edition->materials[i - 1].id;
        kinds[view->kinds_count++] =
            (KindChoice){id, as_heading(request, say_value_word(&answer->say, STR("materials"),
                                                                id)), false};
    }
    if (view->kinds_count == 0) {
        kinds[view->kinds_count++] =
            (KindChoice){STR("other"), word_text(request->language, WORD_PAPER_OTHER), false};
    }
    view->kinds = kinds;
    Str *names = ARENA_MANY(request->arena, Str, answer->papers_count + 1);
    for (size_t i = 0; i < answer->papers_count; i++) {
        names[i] = as_heading(request, say_paper_kind(&answer->say, answer->papers[i].kind));
    }
    view->papers = answer->papers;
    view->papers_count = answer->papers_count;
    view->paper_kinds = names;
}

static void show(Answer *answer, Reply *reply, int status)
{
    Request *request = answer->request;
    Fault fault;
    bool voluntary = answer->act == NULL;
    Buf address = buf_new(1024);
    Out part = {&address, request->language};
    buf_put(&address, STR("/matters/"));
    out_url(&part, answer->file->position->name);
    buf_put(&address, voluntary ? STR("/supply") : STR("/answer"));
    AnswerView view = {
        .matter = answer->file->position->name, .draft = answer->draft.id,
        .title = answer->file->facts ? title_of_matter(&answer->folded) : STR_NONE,
        .act_name = voluntary ? word_text(request->language, case_hand_in_word(answer->file))
                              : lawwords_get(answer->say.reader.words, "act", answer->act->id),
        .address = str_copy(request->arena, buf_str(&address)), .voluntary = voluntary,
        .note = typed_get(&answer->draft.typed, STR("with.note")),
        .saved_at = answer->draft.at, .key = key_of_form(request), .fault = answer->fault,
        .sent = typed_get(&request->query, STR("sent")).len > 0,
        .ended = answer->edition->stages[answer->folded.matter.stage].final};
    buf_done(&address);
    put_requests(answer, &view);
    put_kinds(answer, &view);
    Fail fail = paper_rows(request, answer->file, true, &view.given, &view.given_count, &fault);
    if (fail != FAIL_NONE) {
        reply_fault(request, reply, &fault);
        return;
    }
    if (voluntary) {
        find_act(answer);
        AnswerView open = {0};
        put_requests(answer, &open);
        view.may_answer = open.requests_count > 0;
    }
    PageHead head = {.title = view.act_name};
    reply->status = status;
    Out out = request_page(request, reply, &head);
    page_answer(&out, &view);
    request_page_end(request, &out);
}

void answer_page(Request *request, Reply *reply)
{
    Answer answer;
    if (answer_open(request, reply, false, &answer)) {
        show(&answer, reply, 200);
        folded_done(&answer.folded);
    }
}

void supply_page(Request *request, Reply *reply)
{
    Answer answer;
    if (answer_open(request, reply, true, &answer)) {
        show(&answer, reply, 200);
        folded_done(&answer.folded);
    }
}

void answer_again(Request *request, Reply *reply, const Draft *draft, Str fault)
{
    Answer answer;
    request->rest[0] = draft->matter;
    if (answer_open(request, reply, draft->act.len == 0, &answer)) {
        answer.fault = fault;
        show(&answer, reply, STATUS_WRONG);
        folded_done(&answer.folded);
    }
}

/* ---- sending ---- */

static bool material_known(const Edition *edition, Str kind)
{
    for (size_t i = 0; i < edition->materials_count; i++) {
        if (str_eq(edition->materials[i].id, kind)) {
            return true;
        }
    }
    return false;
}

static TypedList gives(Answer *answer)
{
    Arena *arena = answer->request->arena;
    Typed *typed = ARENA_MANY(arena, Typed, answer->papers_count + 4);
    size_t count = 0;
    Buf documents = buf_new(TEXT_SCALAR_BYTES_MAX);
    for (size_t i = 0; i < answer->papers_count; i++) {
        TypedList so_far = {typed, count};
        Str kind = answer->papers[i].kind;
        if (material_known(answer->edition, kind) &&
            !typed_has(&so_far, STR("with.materials"), kind)) {
            typed[count++] = (Typed){STR("with.materials"), kind};
        }
        buf_put(&documents, i ? STR("\n") : STR_NONE);
        paper_put_reference(&documents, &answer->papers[i]);
    }
    typed[count++] = (Typed){STR("with.documents"), str_copy(arena, buf_str(&documents))};
    typed[count++] = (Typed){STR("with.id"), typed_get(&answer->draft.typed, STR("with.id"))};
    typed[count++] = (Typed){STR("with.note"),
                             str_trim(typed_get(&answer->draft.typed, STR("with.note")))};
    buf_done(&documents);
    return (TypedList){typed, count};
}

static void sent(Request *request, Reply *reply, const Written *written, Fail fail,
                 const Fault *fault)
{
    Answer *answer = request->own;
    Fault later = {0};
    Buf address = buf_new(1024);
    Out part = {&address, request->language};
    buf_put(&address, STR("/matters/"));
    out_url(&part, answer->wanted.matter);
    bool refused = fail == FAIL_NONE && written->refused;
    if (refused) {   /* the matter has moved: the page shows what is asked now */
        buf_put(&address, STR("/answer"));
    } else if (fail == FAIL_NONE ||
               (fail == FAIL_CONFLICT && request_done_before(request, &answer->wanted))) {
        /* It is in the record, and so told; papers that could not be moved now are so later. */
        fail = FAIL_NONE;
        (void)!filing_finish(request, &answer->draft, answer->wanted.matter, &later);
    } else {
        later = *fault;
    }
    if (fail == FAIL_NONE) {
        reply_see(request, reply, str_copy(request->arena, buf_str(&address)));
    } else {
        reply_fault(request, reply, &later);
    }
    buf_done(&address);
    folded_done(&answer->folded);
}

static Str refusal_of(Answer *answer, const Decision *decision)
{
    Buf why = buf_new(4096);
    refusal_put(&why, answer->edition, decision, &answer->say.reader);
    Str text = str_copy(answer->request->arena, buf_str(&why));
    buf_done(&why);
    return text;
}

static Str first_fault(Answer *answer, const ActForm *form)
{
    for (size_t i = 0; form && i < form->fields_count; i++) {
        if (form->fields[i].fault != WORD_NONE) {
            return text_of(answer->request, form->fields[i].fault, form->fields[i].fault_arg);
        }
    }
    return word_text(answer->request->language, WORD_PAPER_NO_FILE);
}

/* Sends the act; true when it is on its way and `answer` is the continuation's. */
static bool send_act(Answer *answer, Reply *reply)
{
    Request *request = answer->request;
    Party party = answer->file->standing.party;
    TypedList typed = gives(answer);
    if (answer->papers_count == 0 && typed_get(&typed, STR("with.note")).len == 0) {
        answer->fault = word_text(request->language, WORD_PAPER_NOTHING);
        show(answer, reply, STATUS_WRONG);
        return false;
    }
    const ActForm *form =
        actform_of(request->arena, &answer->folded.matter, answer->act_id, &typed);
    if (!form || form->faults) {
        answer->fault = first_fault(answer, form);
        show(answer, reply, STATUS_WRONG);
        return false;
    }
    answer->wanted = (Wanted){.matter = answer->file->position->name, .edition = answer->edition,
                              .act = actform_act(request->arena, form, party, request->today),
                              .key = answer->draft.key, .now = request->now};
    answer->wanted.act.person = person_word(request);
    if (!access_may_do(&answer->file->standing, &answer->wanted.act)) {
        answer->fault = word_text(request->language, WORD_FORM_NOT_YOURS);
        show(answer, reply, STATUS_WRONG);
        return false;
    }
    Decision decision =
        matter_decide(&answer->folded.matter, docket_calendar(request->reader->docket),
                      &answer->wanted.act, request->arena);
    if (decision.kind == DECISION_REFUSED) {
        answer->fault = refusal_of(answer, &decision);
        show(answer, reply, STATUS_TAKEN);
        return false;
    }
    request->own = answer;
    request_submit(request, reply, &answer->wanted, sent);
    return true;
}

/* Papers that no act of the law brings: given to the matter, for the Office to see. */
static bool hand_in(Answer *answer, Reply *reply)
{
    Fault fault;
    if (answer->papers_count == 0) {
        answer->fault = word_text(answer->request->language, WORD_PAPER_NO_FILE);
        show(answer, reply, STATUS_WRONG);
        return false;
    }
    Fail fail = finish(answer, &fault);
    if (fail == FAIL_NONE) {
        Buf address = buf_new(1024);
        buf_put(&address, answer->request->path);
        buf_put(&address, STR("?sent=1"));
        reply_see(answer->request, reply, str_copy(answer->request->arena, buf_str(&address)));
        buf_done(&address);
    } else {
        reply_fault(answer->request, reply, &fault);
    }
    return false;
}

static bool do_typed(Answer *answer, Reply *reply)
{
    Request *request = answer->request;
    Fault fault;
    bool voluntary = answer->act == NULL;
    bool ended = answer->edition->stages[answer->folded.matter.stage].final;
    bool by_script = typed_get(&request->typed, STR("save")).len > 0;
    Str go = typed_get(&request->typed, STR("go"));
    Fail fail = FAIL_NONE;
    if (!answer->draft.id && !ended) {
        fail = begin_draft(answer, &fault);
    } else if (answer->draft.id) {
        fail = save_typed(answer, &fault);
    }
    if (fail != FAIL_NONE) {
        reply_fault(request, reply, &fault);
    } else if (by_script) {
        reply->status = 204;
    } else if (str_is(go, "send") && answer->draft.id && !ended) {
        return voluntary ? hand_in(answer, reply) : send_act(answer, reply);
    } else {
        reply_see(request, reply, request->path);
    }
    return false;
}

static void answer_typed(Request *request, Reply *reply, bool voluntary)
{
    Answer *answer = ARENA_NEW(request->arena, Answer);
    if (answer_open(request, reply, voluntary, answer) && !do_typed(answer, reply)) {
        folded_done(&answer->folded);
    }
}

void answer_sent(Request *request, Reply *reply)
{
    answer_typed(request, reply, false);
}

void supply_sent(Request *request, Reply *reply)
{
    answer_typed(request, reply, true);
}
