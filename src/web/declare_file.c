/* declare_file.c: filing a draft: its number, the declaration as a paper, the act, the receipt.
 *
 *   number kept in the draft ── declaration made and hashed ── act, with the draft's key
 *       ── papers given to the matter ── draft done
 *
 * A service that is killed between two of these is no harm: the number is in the draft, the key
 * tells whether the act is in the record, and what comes after it is done when the draft is opened
 * again (filing_open) or the matter's papers are looked at. */
#include <stdio.h>

#include "declare.h"
#include "pages.h"

enum { NUMBERS_TRIED_MAX = 1000, DECLARATION_BYTES_MAX = 4 << 20, STATUS_UNPROCESSABLE = 422 };

typedef struct Going {       /* a filing on its way */
    Filing filing;
    Facts facts;
    Wanted wanted;
    Paper made;
    Fail fail;
    Fault fault;
} Going;

/* ---- the number ---- */

Fail declare_number(Request *request, Str *ret_number, Fault *fault)
{
    Ledger *ledger = docket_ledger(request->reader->docket);
    for (int times = 0; times < NUMBERS_TRIED_MAX; times++) {
        bool taken = false;
        MatterRow row;
        Fail fail = desk_number(request->service->desk, request->arena, day_year(request->today),
                                ret_number, fault);
        if (fail == FAIL_NONE) {
            fail = ledger_row(ledger, *ret_number, request->arena, &taken, &row, fault);
        }
        if (fail != FAIL_NONE || !taken) {
            return fail;
        }
    }
    return FAULT_PLAIN(fault, FAIL_SYSTEM, WORD_DECLARE_NO_NUMBER);
}

/* Keeps a number in the draft: whoever files it a second time files it under the same one. */
static Fail keep_number(Filing *filing, Fault *fault)
{
    Request *request = filing->request;
    Draft *draft = &filing->draft;
    if (draft->matter.len) {
        return FAIL_NONE;
    }
    Fail fail = declare_number(request, &draft->matter, fault);
    if (fail == FAIL_NONE) {
        fail = draft_save(request->service->desk, draft, fault);
    }
    if (fail == FAIL_NONE) {
        draft->version++;
    } else if (fail == FAIL_CONFLICT) {   /* somebody is filing it at this moment */
        bool found;
        Draft fresh;
        fail = draft_find(request->service->desk, request->arena, draft->id, &found, &fresh,
                          fault);
        if (fail == FAIL_NONE && (!found || fresh.matter.len == 0)) {
            fail = FAULT_PLAIN(fault, FAIL_CONFLICT, WORD_DRAFT_CHANGED);
        } else if (fail == FAIL_NONE) {
            *draft = fresh;
        }
    }
    return fail;
}

/* ---- the declaration as a paper ---- */

static Fail make_declaration(Going *going, Fault *fault)
{
    Filing *filing = &going->filing;
    Request *request = filing->request;
    Desk *desk = request->service->desk;
    Fail fail = FAIL_NONE;
    for (size_t i = 0; fail == FAIL_NONE && i < filing->made_count; i++) {
        fail = paper_remove(desk, &filing->made[i], fault);   /* of an attempt that failed */
    }
    Paper paper = {.kind = STR("declaration"), .draft = filing->draft.id, .act = STR("made"),
                   .name = word_text(request->language, WORD_DECLARE_FILE_NAME),
                   .hat = filing->draft.hat, .org = filing->draft.org,
                   .person = request->who->person.id, .at = request->now};
    Upload *upload = NULL;
    Buf text = buf_new(DECLARATION_BYTES_MAX);
    declaration_put(filing, &text);
    if (fail == FAIL_NONE) {
        fail = upload_begin(desk, &paper, &upload, fault);
    }
    if (fail == FAIL_NONE) {
        fail = upload_bytes(upload, text.at, text.len, fault);
        Fail end = upload_end(upload, request->arena, &going->made, fault);
        fail = fail == FAIL_NONE ? end : fail;
    }
    buf_done(&text);
    return fail;
}

/* ---- the act ---- */

Fail filing_finish(Request *request, Draft *draft, Str matter, Fault *fault)
{
    Desk *desk = request->service->desk;
    Fail fail = papers_file(desk, draft->id, matter, draft->act, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    draft->matter = matter;
    draft->state = DRAFT_DONE;
    draft->at = request->now;
    fail = draft_save(desk, draft, fault);
    if (fail == FAIL_CONFLICT) {   /* somebody else finished it */
        bool found;
        fail = draft_find(desk, request->arena, draft->id, &found, draft, fault);
    }
    return fail;
}

static void filed(Request *request, Reply *reply, const Written *written, Fail fail,
                  const Fault *fault)
{
    Going *going = request->own;
    Draft *draft = &going->filing.draft;
    Fault later = {0};
    bool before = fail == FAIL_CONFLICT && request_done_before(request, &going->wanted);
    bool moved = fail == FAIL_CONFLICT && fault->word == WORD_DOCKET_MEANWHILE;
    bool again = moved || (fail == FAIL_NONE && written->refused);
    char address[64];
    snprintf(address, sizeof address, "/drafts/%lld/%s", (long long)draft->id,
             again ? "check?look=1" : "receipt");
    if (again) {
        /* The number was taken meanwhile, or the matter has moved: the page says what is so now. */
        fail = FAIL_NONE;
        if (going->filing.opening) {
            draft->matter = STR_NONE;
            fail = draft_save(request->service->desk, draft, &later);
        }
    } else if (fail == FAIL_NONE || before) {
        /* It is in the record, and so told; where papers cannot be moved now, they are later. */
        if (filing_finish(request, draft, draft->matter, &later) != FAIL_NONE) {
            snprintf(address, sizeof address, "/matters/%.*s", STR_ARG(draft->matter));
        }
        fail = FAIL_NONE;
    } else {
        later = *fault;
    }
    if (fail == FAIL_NONE) {
        reply_see(request, reply, str_copy(request->arena, str_from(address)));
    } else {
        reply_fault(request, reply, &later);
    }
    filing_done(&going->filing);
}

/* On a thread of its own: it waits for the disk. */
static void prepare(Request *request)
{
    Going *going = request->own;
    going->fail = make_declaration(going, &going->fault);
}

static void prepared(Request *request, Reply *reply)
{
    Going *going = request->own;
    Filing *filing = &going->filing;
    Party party;
    Matter *matter = &filing->folded.matter;
    if (going->fail != FAIL_NONE) {
        reply_fault(request, reply, &going->fault);
        filing_done(filing);
        return;
    }
    if (filing->opening) {
        matter_init(matter, request->arena, filing->edition, &going->facts);
    }
    TypedList typed = declare_typed(filing, &going->made, 1);
    const ActForm *form = actform_of(request->arena, matter, filing->act_id, &typed);
    if (!form || form->faults || !edition_party(filing->edition, own_hat(request).party, &party)) {
        Fault fault;
        FAULT_PLAIN(&fault, FAIL_CONFLICT, WORD_DRAFT_CHANGED);
        reply_fault(request, reply, &fault);
        filing_done(filing);
        return;
    }
    going->wanted = (Wanted){
        .matter = filing->draft.matter, .edition = filing->edition,
        .facts = filing->opening ? &going->facts : NULL, .facts_given = filing->opening,
        .act = actform_act(request->arena, form, party, request->today),
        .key = filing->draft.key, .now = request->now};
    going->wanted.act.person = person_word(request);
    request_submit(request, reply, &going->wanted, filed);
}

void declare_file(Request *request, Reply *reply)
{
    Going *going = ARENA_NEW(request->arena, Going);
    Filing *filing = &going->filing;
    if (!filing_open(request, reply, filing)) {
        return;
    }
    Checked checked = declare_check(filing);
    if (checked.faults_count > 0) {
        declare_show(filing, reply, STEP_CHECK, STATUS_UNPROCESSABLE, false);
        filing_done(filing);
        return;
    }
    going->facts = checked.facts;
    Fault fault;
    Fail fail = filing->opening ? keep_number(filing, &fault) : FAIL_NONE;
    if (fail != FAIL_NONE) {
        reply_fault(request, reply, &fault);
        filing_done(filing);
        return;
    }
    request->own = going;
    request_work(request, reply, prepare, prepared);
}

/* ---- the receipt ---- */

/* What the declarant may see of it, also when much has happened since. */
static void put_due(Request *request, Folded *folded, const Draft *draft, const LawWords *words,
                    ReceiptView *view)
{
    const Position *position;
    if (docket_position(request->reader->docket, folded, request->today, &position, NULL) !=
        FAIL_NONE) {
        return;
    }
    const CaseFile *file = casefile_of(&folded->arena, &request->who->hat, position,
                                       &folded->facts, folded->acts, folded->acts_count);
    for (size_t i = 0; file && i < file->clocks_count; i++) {
        const ClockView *clock = file->clocks[i];
        if (clock->run->end == CLOCK_OPEN && clock->status.due != DAY_NONE) {
            view->due = clock->status.due;
            view->clock_name = lawwords_get(words, "clock", clock->kind->id);
        }
    }
    for (size_t i = 0; file && i < file->acts_count; i++) {
        const DoneView *done = file->acts[i].done;
        if (file->acts[i].own && str_eq(done->act->act_word, draft->act)) {
            view->on = done->act->on;
            view->clause = clause_of(request, done->clause);
        }
    }
}

static void show_receipt(Request *request, Reply *reply, const Draft *draft, Folded *folded)
{
    Fault fault;
    const LawWords *words = request_words(request, folded->edition->id);
    ReceiptView view = {.matter = draft->matter, .on = DAY_NONE, .due = DAY_NONE, .at = draft->at,
                        .act_name = lawwords_get(words, "act", draft->act)};
    const Value *title = facts_purchase(&folded->facts, STR("title"));
    view.title = title ? title->text : STR_NONE;
    put_due(request, folded, draft, words, &view);
    Fail fail = papers_of(request->service->desk, request->arena, draft->matter, 0, &view.papers,
                          &view.papers_count, &fault);
    if (fail != FAIL_NONE) {
        reply_fault(request, reply, &fault);
        return;
    }
    Str *kinds = ARENA_MANY(request->arena, Str, view.papers_count + 1);
    Str *hashes = ARENA_MANY(request->arena, Str, view.papers_count + 1);
    Paper *own = ARENA_MANY(request->arena, Paper, view.papers_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < view.papers_count; i++) {
        if (str_eq(view.papers[i].hat, draft->hat)) {
            Buf hash = buf_new(100);
            buf_put_hash(&hash, &view.papers[i].hash);
            own[count] = view.papers[i];
            kinds[count] = as_heading(request, lawwords_get(words, "material",
                                                            view.papers[i].kind));
            hashes[count++] = str_copy(request->arena, buf_str(&hash));
            buf_done(&hash);
        }
    }
    view.papers = own;
    view.papers_count = count;
    view.kinds = kinds;
    view.hashes = hashes;
    PageHead head = {.title = word_text(request->language, WORD_DECLARE_RECEIPT)};
    Out out = request_page(request, reply, &head);
    page_declare_receipt(&out, &view);
    request_page_end(request, &out);
}

void declare_receipt(Request *request, Reply *reply)
{
    int64_t id;
    bool found = false;
    Draft draft = {0};
    Fault fault;
    Folded folded = {0};
    Fail fail = FAIL_NONE;
    if (str_int(request->rest[0], &id)) {
        fail = draft_find(request->service->desk, request->arena, id, &found, &draft, &fault);
    }
    found = found && fail == FAIL_NONE && str_eq(draft.hat, hat_word(request)) &&
            str_eq(draft.org, request->who->org.id) && draft.state == DRAFT_DONE;
    if (fail == FAIL_NONE && found) {
        fail = docket_fold(request->reader->docket, draft.matter, &folded, &fault);
    }
    if (fail != FAIL_NONE) {
        reply_fault(request, reply, &fault);
    } else if (!found || folded.id == 0) {
        reply_not_there(request, reply);
    } else {
        show_receipt(request, reply, &draft, &folded);
    }
    folded_done(&folded);
}
