/* paper_pages.c: the documents of a matter, and each of them. */
#include "declare.h"
#include "pages.h"
#include "paperpage.h"

Str title_of_matter(const Folded *folded)
{
    const Value *title = facts_purchase(&folded->facts, STR("title"));
    title = title ? title : facts_purchase(&folded->facts, STR("product"));
    return title ? title->text : STR_NONE;
}

static Thing thing_of(const Paper *paper)
{
    return (Thing){.kind = THING_PAPER, .paper_kind = paper->kind,
                   .paper_of = {str_part(paper->hat, 0, str_find(paper->hat, ':')), paper->org}};
}

/* ---- the record is right ---- */

/* "d17 analysis_report 9f…": is it in this paper's words? */
static bool names_paper(Str line, const Paper *paper)
{
    Buf reference = buf_new(512);
    paper_put_reference(&reference, paper);
    bool same = str_eq(line, buf_str(&reference));
    buf_done(&reference);
    return same;
}

/* An act names papers that still lie in a draft: the service was killed right after the act was
 * written. They belong to the matter. */
static Fail give_named(Request *request, const CaseFile *file, const Act *act, Fault *fault)
{
    FieldId field = edition_field(file->position->edition, STR("documents"));
    const Value *value = field != ID_NONE ? act_given(act, field) : NULL;
    for (size_t i = 0; value && value->kind == VALUE_MANY && i < value->many_count; i++) {
        Str line = value->many[i];
        Paper paper;
        bool found;
        Fail fail = paper_find(request->service->desk, request->arena,
                               str_part(line, 0, str_find(line, ' ')), &found, &paper, fault);
        if (fail == FAIL_NONE && found && !paper.filed && paper.draft &&
            names_paper(line, &paper)) {
            fail = papers_file(request->service->desk, paper.draft, file->position->name,
                               act->act_word, fault);
        }
        if (fail != FAIL_NONE) {
            return fail;
        }
    }
    return FAIL_NONE;
}

static Fail give_all_named(Request *request, const CaseFile *file, Fault *fault)
{
    Fail fail = FAIL_NONE;
    for (size_t i = 0; fail == FAIL_NONE && i < file->position->done_count; i++) {
        fail = give_named(request, file, file->position->done[i].act, fault);
    }
    return fail;
}

/* ---- the list ---- */

static Str hash_text(Request *request, const Hash *hash)
{
    Buf buf = buf_new(2 * HASH_BYTES);
    buf_put_hash(&buf, hash);
    Str text = str_copy(request->arena, buf_str(&buf));
    buf_done(&buf);
    return text;
}

static Str who_gave(Request *request, const Paper *paper)
{
    bool found = false;
    Org org;
    if (people_org(request->service->people, request->arena, paper->org, &found, &org, NULL) !=
            FAIL_NONE || !found) {
        return paper->org;
    }
    return name_of_org(request, &org);
}

Fail paper_rows(Request *request, const CaseFile *file, bool own, const PaperRow **ret_rows,
                size_t *ret_count, Fault *fault)
{
    const Paper *papers;
    size_t count;
    Say say = say_of(request, file->position->edition);
    Str hat = hat_word(request);
    Fail fail = give_all_named(request, file, fault);
    if (fail == FAIL_NONE) {
        fail = papers_of(request->service->desk, request->arena, file->position->name, 0, &papers,
                         &count, fault);
    }
    if (fail != FAIL_NONE) {
        return fail;
    }
    PaperRow *rows = ARENA_MANY(request->arena, PaperRow, count + 1);
    *ret_count = 0;
    for (size_t i = 0; i < count; i++) {
        const Paper *paper = &papers[i];
        Thing thing = thing_of(paper);
        Sight sight = access_to(&file->standing, &thing);
        if (sight == SIGHT_NONE || (own && !str_eq(paper->hat, hat))) {
            continue;
        }
        rows[(*ret_count)++] = (PaperRow){
            .id = paper->id, .name = paper->name, .hash = hash_text(request, &paper->hash),
            .full = sight == SIGHT_FULL};
        PaperRow *row = &rows[*ret_count - 1];
        if (row->full) {
            row->size = paper->size;
            row->at = paper->at;
            row->kind = as_heading(request,
                                   say_paper_kind(&say, paper->kind));
            row->who = who_gave(request, paper);
            row->act = paper->act.len ? lawwords_get(say.reader.words, "act", paper->act)
                                      : word_text(request->language, WORD_PAPER_HANDED_IN);
        }
    }
    *ret_rows = rows;
    return FAIL_NONE;
}

static void papers_page(Request *request, Reply *reply)
{
    Folded folded;
    Fault fault;
    const CaseFile *file = request_case(request, reply, request->rest[0], &folded);
    if (!file) {
        return;
    }
    PapersView view = {.matter = file->position->name};
    view.title = file->facts ? title_of_matter(&folded) : STR_NONE;
    Fail fail = paper_rows(request, file, false, &view.rows, &view.rows_count, &fault);
    if (fail == FAIL_NONE) {
        PageHead head = {.title = word_text(request->language, WORD_PAPER_DOCUMENTS), .wide = true};
        Out out = request_page(request, reply, &head);
        page_papers(&out, &view);
        request_page_end(request, &out);
    } else {
        reply_fault(request, reply, &fault);
    }
    folded_done(&folded);
}

/* ---- one of them ---- */

static void paper_page(Request *request, Reply *reply)
{
    Folded folded;
    Fault fault;
    Paper paper;
    bool found = false;
    const CaseFile *file = request_case(request, reply, request->rest[0], &folded);
    if (!file) {
        return;
    }
    Fail fail = paper_find(request->service->desk, request->arena, request->rest[1], &found, &paper,
                           &fault);
    if (fail == FAIL_NONE && found) {
        Thing thing = thing_of(&paper);
        found = paper.filed && str_eq(paper.matter, file->position->name) &&
                access_to(&file->standing, &thing) == SIGHT_FULL;
    }
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
    folded_done(&folded);
}

const Route routes_papers[] = {
    {METHOD_POST, "/drafts/*/papers", paper_upload_done, NEED_SIGNED, .reads = true,
     .upload_begins = paper_upload_begins},
    {METHOD_GET, "/drafts/*/papers/*", draft_paper_page, NEED_SIGNED, .reads = false},
    {METHOD_POST, "/drafts/*/papers/*", draft_paper_remove, NEED_SIGNED, .reads = true},
    {METHOD_GET, "/matters/*/papers", papers_page, NEED_SIGNED, .reads = true},
    {METHOD_GET, "/matters/*/papers/*", paper_page, NEED_SIGNED, .reads = true},
    {METHOD_GET, "/matters/*/answer", answer_page, NEED_SIGNED, .reads = true},
    {METHOD_POST, "/matters/*/answer", answer_sent, NEED_SIGNED, .reads = true},
    {METHOD_GET, "/matters/*/supply", supply_page, NEED_SIGNED, .reads = true},
    {METHOD_POST, "/matters/*/supply", supply_sent, NEED_SIGNED, .reads = true},
    {0},
};
