/* act_pages.c: the forms of acts: shown, filled in, decided, done.
 *
 *   form ─▶ typed ─ faults ─▶ the form again, each beside its field
 *             │ none
 *             ▼
 *   has anything changed that this reader sees? ── yes ─▶ what changed, and the form again
 *             │ no
 *             ▼
 *   writer ─ refused ─▶ the form again, with the sentence of the law
 *             │ done, or done before under this key
 *             ▼
 *           the matter */
#include "actpage.h"
#include "canon.h"
#include "chance.h"
#include "declare.h"
#include "pages.h"

enum { STATUS_CONFLICT = 409, STATUS_FAULTS = 422, TRIES_MAX = 5, ADDRESS_BYTES_MAX = 1024 };

typedef struct Doing {           /* an act on its way through one request */
    Request *request;
    Reply *reply;
    Folded folded;
    Case of;
    const MayDo *may;
    ActId act;
    Wanted wanted;
    int tries;
} Doing;

static const MayDo *may_of(const CaseFile *file, Str act)
{
    for (size_t i = 0; i < file->may_count; i++) {
        if (file->may[i].mine && str_eq(file->may[i].act->id, act)) {
            return &file->may[i];
        }
    }
    return NULL;
}

/* The matter and the act, when this reader may do it today. False: the reply is made. */
static bool doing_open(Request *request, Reply *reply, Doing *doing)
{
    doing->request = request;
    doing->reply = reply;
    const CaseFile *file = request_case(request, reply, request->rest[0], &doing->folded);
    if (!file) {
        return false;
    }
    doing->may = may_of(file, request->rest[1]);
    bool acts = request->who->person.may & MAY_ACT;
    if (!doing->may || !acts || file->position->on != request->today) {
        folded_done(&doing->folded);
        reply_not_there(request, reply);
        return false;
    }
    doing->of = (Case){request, file, say_of(request, file->position->edition)};
    doing->act = (ActId)(doing->may->act - file->position->edition->acts);
    return true;
}

static Str number_text(Arena *arena, int64_t number)
{
    Buf buf = {0};
    buf_put_int(&buf, number);
    Str text = str_copy(arena, buf_str(&buf));
    buf_done(&buf);
    return text;
}

static Str address_of(Request *request, Str matter, Str act)
{
    Buf buf = buf_new(ADDRESS_BYTES_MAX);
    Out out = {&buf, request->language};
    buf_put(&buf, STR("/matters/"));
    out_url(&out, matter);
    if (act.len) {
        buf_put(&buf, STR("/do/"));
        out_url(&out, act);
    }
    Str address = str_copy(request->arena, buf_str(&buf));
    buf_done(&buf);
    return address;
}

Str case_done_address(Request *request, Str matter, Str act)
{
    Buf buf = buf_new(ADDRESS_BYTES_MAX);
    Out out = {&buf, request->language};
    buf_put(&buf, address_of(request, matter, STR_NONE));
    buf_put(&buf, STR("?done="));
    out_url(&out, act);
    Str address = str_copy(request->arena, buf_str(&buf));
    buf_done(&buf);
    return address;
}

/* What this reader has not seen yet: the acts after the first `seen`. */
static void put_meanwhile(const Doing *doing, size_t seen, ActView *view)
{
    const CaseFile *file = doing->of.file;
    EventSaid *events = ARENA_MANY(doing->request->arena, EventSaid, file->acts_count + 1);
    for (size_t i = seen; i < file->acts_count; i++) {
        events[view->meanwhile_count++] = case_event(&doing->of, &file->acts[i]);
    }
    view->meanwhile = events;
}

static int64_t seen_then(const Request *request)
{
    int64_t seen;
    return str_int(typed_get(&request->typed, STR("seen")), &seen) ? seen : -1;
}

/* Writes the page and ends the fold. `form` may be NULL: there is none to fill in. */
static void show(Doing *doing, const ActForm *form, ActView *view, int status)
{
    Request *request = doing->request;
    Str key = typed_get(&request->typed, STR("key"));
    act_head(&doing->of, doing->may, view);
    act_opinion(&doing->of, doing->may, view);
    act_beside(&doing->of, doing->may, view);
    if (form) {
        act_fields(&doing->of, form, view);
    }
    view->action = address_of(request, view->matter, doing->may->act->id);
    view->key = key.len && key.len <= ACT_KEY_BYTES_MAX && status != 200
                    ? key : chance_token(request->arena);
    if (!view->draft.len) {
        view->draft = typed_get(&request->typed, STR("draft"));
    }
    view->two_persons = doing->may->act->two_persons.len > 0;
    view->seen = number_text(request->arena, (int64_t)casefile_seen(doing->of.file));
    doing->reply->status = status;
    PageHead head = {.title = view->act, .here = "matters", .no_heading = true};
    Out out = request_page(request, doing->reply, &head);
    page_act(&out, view);
    request_page_end(request, &out);
    folded_done(&doing->folded);
}

/* A form filled in from the record: nobody has typed yet, so nothing is wrong with it. */
static const ActForm *untouched(Arena *arena, const ActForm *form)
{
    if (!form) {
        return NULL;
    }
    FormField *fields =
        arena_copy(arena, form->fields, form->fields_count * sizeof *form->fields);
    for (size_t i = 0; i < form->fields_count; i++) {
        fields[i].fault = WORD_NONE;
    }
    ActForm *clean = arena_copy(arena, form, sizeof *form);
    clean->fields = fields;
    clean->faults = 0;
    return clean;
}

static void act_show(Request *request, Reply *reply)
{
    Doing doing = {.request = request};
    ActView view = {.due = DAY_NONE};
    if (!doing_open(request, reply, &doing)) {
        return;
    }
    if (!doing.may->under_seal) {
        act_try(&doing.of, doing.may, &view);
    }
    const TypedList *before = act_prefilled(&doing.of, doing.may);
    const ActForm *form =
        untouched(request->arena,
                  actform_of(request->arena, &doing.folded.matter, doing.act, before));
    Draft draft;
    if (sign_draft_of(request, typed_get(&request->query, STR("draft")), request->rest[0],
                      &draft) && draft.state == DRAFT_OPEN) {
        /* sent back: written anew from what it was */
        form = actform_of(request->arena, &doing.folded.matter, doing.act, &draft.typed);
        view.draft = number_text(request->arena, draft.id);
    }
    show(&doing, form, &view, 200);
}

static void act_done(Request *request, Reply *reply, const Written *written, Fail fail,
                     const Fault *fault);

/* The act as it was typed, on its way to the writer. */
static void submit(Doing *doing, const ActForm *form)
{
    Request *request = doing->request;
    const Position *position = doing->of.file->position;
    doing->wanted = (Wanted){
        .matter = str_copy(request->arena, position->name), .edition = position->edition,
        .act = actform_act(request->arena, form, doing->of.file->standing.party, request->today),
        .key = typed_get(&request->typed, STR("key")), .seq_seen = doing->folded.seq,
        .now = request->now};
    doing->wanted.act.person = person_word(request);
    folded_done(&doing->folded);
    request->own = doing;
    request_submit(request, doing->reply, &doing->wanted, act_done);
}

/* One drafts, another signs: what was typed becomes a draft to be signed, once. */
static void hand_over(Doing *doing)
{
    Request *request = doing->request;
    Str matter = str_copy(request->arena, doing->of.file->position->name);
    Str edition = str_copy(request->arena, doing->of.say.edition->id);
    Fault fault;
    int64_t draft;
    Fail fail = sign_hand_over(request, matter, edition, doing->may->act->id, &draft, &fault);
    folded_done(&doing->folded);
    if (fail == FAIL_NONE) {
        reply_see(request, doing->reply, sign_address(request, matter, draft));
    } else {
        reply_fault(request, doing->reply, &fault);
    }
}

/* Looks at what was typed as things stand now; submits it when all is well. */
static void consider(Doing *doing)
{
    Request *request = doing->request;
    ActView view = {.due = DAY_NONE};
    const CaseFile *file = doing->of.file;
    int64_t seen = seen_then(request);
    const ActForm *form =
        actform_of(request->arena, &doing->folded.matter, doing->act, &request->typed);
    if (doing->may->under_seal) {
        show(doing, form, &view, STATUS_CONFLICT);
        return;
    }
    if (seen < 0 || (size_t)seen != casefile_seen(file)) {
        put_meanwhile(doing, seen < 0 ? casefile_seen(file) : (size_t)seen, &view);
        show(doing, form, &view, STATUS_CONFLICT);
        return;
    }
    if (form->faults) {
        show(doing, form, &view, STATUS_FAULTS);
        return;
    }
    Act act = actform_act(request->arena, form, file->standing.party, request->today);
    if (!access_may_do(&file->standing, &act)) {   /* first: a refusal by the law would tell */
        view.refusal = say_plain(&doing->of.say, WORD_FORM_NOT_YOURS);
        show(doing, form, &view, STATUS_FAULTS);
        return;
    }
    Decision decision = matter_decide(&doing->folded.matter, file->position->calendar, &act,
                                      request->arena);
    if (decision.kind == DECISION_REFUSED) {
        act_refusal(&doing->of, &decision, &view);
        show(doing, form, &view, STATUS_FAULTS);
        return;
    }
    if (doing->may->act->two_persons.len) {
        hand_over(doing);
    } else {
        submit(doing, form);
    }
}

static void act_done(Request *request, Reply *reply, const Written *written, Fail fail,
                     const Fault *fault)
{
    Doing *doing = request->own;
    bool used = fail == FAIL_CONFLICT && fault->word == WORD_DOCKET_KEY_USED;
    bool before = used && request_done_before(request, &doing->wanted);
    if ((fail == FAIL_NONE && !written->refused) || before) {
        reply_see(request, reply, case_done_address(request, doing->wanted.matter,
                                                    doing->wanted.act.act_word));
        return;
    }
    bool again = (fail == FAIL_NONE && written->refused) ||
                 (fail == FAIL_CONFLICT && !used);
    if (!again || ++doing->tries > TRIES_MAX) {
        reply_fault(request, reply, fault);
        return;
    }
    doing->folded = (Folded){0};   /* somebody was first: look again and decide again */
    if (doing_open(request, reply, doing)) {
        consider(doing);
    }
}

/* Was this very form sent before? Then it is done, and done once. */
bool act_sent_before(Request *request, Reply *reply, Str act)
{
    LedgerEvent event;
    bool found = false;
    Str key = typed_get(&request->typed, STR("key"));
    if (key.len == 0 || ledger_by_key(docket_ledger(request->reader->docket), key,
                                      request->arena, &found, &event, NULL) != FAIL_NONE) {
        return false;
    }
    const Canon *body = found ? canon_read(request->arena, event.body, NULL) : NULL;
    if (!body || !str_eq(canon_text(body, "matter"), request->rest[0]) ||
        (act.len && !str_eq(canon_text(body, "act"), act)) ||
        !str_eq(canon_text(body, "person"), person_word(request))) {
        return false;
    }
    reply_see(request, reply, address_of(request, request->rest[0], STR_NONE));
    return true;
}

static void act_typed(Request *request, Reply *reply)
{
    Doing *doing = ARENA_NEW(request->arena, Doing);
    if (!act_sent_before(request, reply, request->rest[1]) && doing_open(request, reply, doing)) {
        consider(doing);
    }
}

void act_take(Request *request, Reply *reply, Str act, const TypedList *typed)
{
    request->rest[1] = act;
    request->typed = *typed;
    act_typed(request, reply);
}

const Route routes_act[] = {
    {METHOD_GET, "/matters/*/do/*", act_show, NEED_SIGNED, .reads = true},
    {METHOD_POST, "/matters/*/do/*", act_typed, NEED_SIGNED, .reads = true},
    {METHOD_GET, "/matters/*/sign/*", sign_show, NEED_SIGNED, .reads = true},
    {METHOD_POST, "/matters/*/sign/*", sign_typed, NEED_SIGNED, .reads = true},
    {0},
};
