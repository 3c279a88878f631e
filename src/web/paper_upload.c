/* paper_upload.c: files into a draft, and out of one: a draft's papers are its organisation's
 * alone. */
#include <stdio.h>

#include "declare.h"
#include "paperpage.h"

enum { DRAFT_PAPERS_MAX = 150, KIND_BYTES_MAX = 40, STATUS_FAULTS = 422 };

/* The open draft of the address, when it is this organisation's; else the reply is made. */
static bool own_open_draft(Request *request, Reply *reply, Draft *draft)
{
    int64_t id;
    bool found = false;
    Fault fault;
    Fail fail = FAIL_NONE;
    if (may_do(request) && str_int(request->rest[0], &id) && id > 0) {
        fail = draft_find(request->service->desk, request->arena, id, &found, draft, &fault);
    }
    if (fail != FAIL_NONE) {
        reply_fault(request, reply, &fault);
        return false;
    }
    found = found && str_eq(draft->hat, hat_word(request)) &&
            str_eq(draft->org, request->who->org.id) && draft->state == DRAFT_OPEN;
    if (!found) {
        reply_not_there(request, reply);
    }
    return found;
}

static bool kind_fits(Str kind)
{
    for (size_t i = 0; i < kind.len; i++) {
        char c = kind.at[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9' && i > 0) || (c == '_' && i > 0))) {
            return false;
        }
    }
    return kind.len > 0 && kind.len <= KIND_BYTES_MAX;
}

/* ---- in ---- */

typedef struct Came {            /* what one request brings */
    const Paper *made[DRAFT_PAPERS_MAX];   /* files before the last, whole already */
    size_t count;
    Fail fail;
    Fault fault;
} Came;

static Came *came_of(Request *request)
{
    if (!request->own) {
        request->own = memset(ARENA_NEW(request->arena, Came), 0, sizeof(Came));
    }
    return request->own;
}

/* The body broke off: none of its files stays. */
static void undo_upload(Request *request)
{
    Fault fault;
    Came *came = request->own;
    for (size_t i = 0; i < came->count; i++) {
        (void)!paper_remove(request->service->desk, came->made[i], &fault);
    }
}

static Fail end_upload(Request *request, Fault *fault)
{
    Paper *paper = ARENA_NEW(request->arena, Paper);
    Upload *upload = request->upload;
    Came *came = came_of(request);
    request->upload = NULL;
    Fail fail = upload ? upload_end(upload, request->arena, paper, fault) : FAIL_NONE;
    if (upload && fail == FAIL_NONE && came->count < DRAFT_PAPERS_MAX) {
        came->made[came->count++] = paper;
        request->undo = undo_upload;
    }
    return fail;
}

static Fail begin_upload(Request *request, const Draft *draft, Fault *fault)
{
    const Paper *papers;
    size_t count;
    Desk *desk = request->service->desk;
    Fail fail = end_upload(request, fault);
    if (fail == FAIL_NONE) {
        fail = papers_of(desk, request->arena, STR_NONE, draft->id, &papers, &count, fault);
    }
    if (fail == FAIL_NONE && count >= DRAFT_PAPERS_MAX) {
        fail = FAULT(fault, FAIL_INPUT, WORD_PAPER_TOO_MANY, STR("150"));
    }
    if (fail != FAIL_NONE) {
        return fail;
    }
    Paper paper = {.kind = typed_get(&request->typed, STR("kind")),
                   .name = request->typed.at[request->typed.count - 1].value,
                   .draft = draft->id, .hat = draft->hat, .org = draft->org,
                   .person = request->who->person.id, .at = request->now};
    return kind_fits(paper.kind) ? upload_begin(desk, &paper, &request->upload, fault)
                                 : FAULT_PLAIN(fault, FAIL_INPUT, WORD_PAPER_NO_KIND);
}

void paper_upload_begins(Request *request, Reply *reply)
{
    Draft draft;
    Fault fault;
    if (own_open_draft(request, reply, &draft) &&
        begin_upload(request, &draft, &fault) != FAIL_NONE) {
        reply_fault(request, reply, &fault);
    }
}

/* ---- where one goes afterwards ---- */

static bool of_declaration(const Draft *draft)
{
    return typed_get(&draft->typed, STR("answer")).len == 0;
}

static Str back_address(Request *request, const Draft *draft)
{
    Buf buf = buf_new(1024);
    Out out = {&buf, request->language};
    if (of_declaration(draft)) {
        return step_address(request, draft->id, STEP_MATERIALS);
    }
    buf_put(&buf, STR("/matters/"));
    out_url(&out, draft->matter);
    buf_put(&buf, draft->act.len ? STR("/answer") : STR("/supply"));
    Str address = str_copy(request->arena, buf_str(&buf));
    buf_done(&buf);
    return address;
}

static void show_fault(Request *request, Reply *reply, const Draft *draft, const Fault *fault)
{
    Buf told = buf_new(4096);
    fault_put(&told, fault, request->language);
    Str text = str_copy(request->arena, buf_str(&told));
    buf_done(&told);
    Filing filing;
    if (fault->fail == FAIL_SYSTEM) {
        reply_fault(request, reply, fault);
    } else if (!of_declaration(draft)) {
        answer_again(request, reply, draft, text);
    } else if (filing_open(request, reply, &filing)) {
        filing.notice = text;
        declare_show(&filing, reply, STEP_MATERIALS, STATUS_FAULTS, false);
        filing_done(&filing);
    }
}

static void ending_work(Request *request)
{
    Came *came = request->own;
    came->fail = end_upload(request, &came->fault);
    request->undo = NULL;        /* what came is whole */
}

static void ending_done(Request *request, Reply *reply)
{
    Draft draft;
    const Came *came = request->own;
    if (!own_open_draft(request, reply, &draft)) {
        return;
    }
    if (came->fail == FAIL_NONE) {
        reply_see(request, reply, back_address(request, &draft));
    } else {
        show_fault(request, reply, &draft, &came->fault);
    }
}

/* Waiting until a large file is on the disk is not for a thread that serves others. */
void paper_upload_done(Request *request, Reply *reply)
{
    Draft draft;
    Fault fault;
    if (request->upload) {
        (void)came_of(request);
        request_work(request, reply, ending_work, ending_done);
    } else if (own_open_draft(request, reply, &draft)) {
        (void)FAULT_PLAIN(&fault, FAIL_INPUT, WORD_PAPER_NO_FILE);
        show_fault(request, reply, &draft, &fault);
    }
}

/* ---- out ---- */

static Fail find_in_draft(Request *request, const Draft *draft, bool *ret_found, Paper *ret_paper,
                          Fault *fault)
{
    Fail fail = paper_find(request->service->desk, request->arena, request->rest[1], ret_found,
                           ret_paper, fault);
    *ret_found = fail == FAIL_NONE && *ret_found && ret_paper->draft == draft->id &&
                 !ret_paper->filed;
    return fail;
}

void draft_paper_page(Request *request, Reply *reply)
{
    Draft draft;
    Paper paper;
    Fault fault;
    bool found;
    if (!own_open_draft(request, reply, &draft)) {
        return;
    }
    Fail fail = find_in_draft(request, &draft, &found, &paper, &fault);
    if (fail == FAIL_NONE && found) {
        fail = paper_open(request->service->desk, &paper, &reply->file, &fault);
    }
    if (fail != FAIL_NONE) {
        reply_fault(request, reply, &fault);
    } else if (!found) {
        reply_not_there(request, reply);
    } else {
        reply->type = "application/octet-stream";
        reply->download = paper.name;
        reply->file_size = paper.size;
        reply->not_kept = true;
    }
}

void draft_paper_remove(Request *request, Reply *reply)
{
    Draft draft;
    Paper paper;
    Fault fault;
    bool found;
    if (!own_open_draft(request, reply, &draft)) {
        return;
    }
    Fail fail = find_in_draft(request, &draft, &found, &paper, &fault);
    if (fail == FAIL_NONE && found) {
        fail = paper_remove(request->service->desk, &paper, &fault);
    }
    if (fail == FAIL_NONE) {   /* one that is gone already is removed, too */
        reply_see(request, reply, back_address(request, &draft));
    } else {
        reply_fault(request, reply, &fault);
    }
}
