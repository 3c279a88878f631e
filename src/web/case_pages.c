/* case_pages.c: the case page: where are we, by when, who, why. */
#include "pages.h"

#include "casepage.h"

const char *case_outcome_tone(Str outcome)
{
    return str_is(outcome, "pass")               ? "ok"
           : str_is(outcome, "conditional_pass") ? "warn"
           : str_is(outcome, "fail")             ? "bad"
                                                 : "quiet";
}

static void put_head(const Case *of, CaseView *view)
{
    const Position *position = of->file->position;
    const Matter *matter = position->matter;
    const LawWords *words = of->say.reader.words;
    view->name = position->name;
    view->title = case_title(of);
    view->edition_id = position->edition->id;
    view->edition = lawwords_get(words, "edition_short", position->edition->id);
    view->on = position->on;
    view->today = of->request->today;
    view->earlier = position->on < of->request->today;
    view->auditor = of->file->standing.capacity == CAPACITY_AUDITOR;
    view->ended = matter->stage != ID_NONE && position->edition->stages[matter->stage].final;
    if (of->file->outcome_seen && matter->outcome.len) {
        view->outcome = lawwords_get(words, "outcome", matter->outcome);
        view->outcome_tone = case_outcome_tone(matter->outcome);
    }
}

static void put_steps(const Case *of, CaseView *view)
{
    static const char *const tones[] = {
        [STEP_PASSED] = "passed", [STEP_HERE] = "here", [STEP_AHEAD] = "ahead"};
    const CaseFile *file = of->file;
    StepSaid *steps = ARENA_MANY(of->say.arena, StepSaid, file->steps_count);
    for (size_t i = 0; i < file->steps_count; i++) {
        const StageStep *step = &file->steps[i];
        if (step->stage == ID_NONE) {
            continue;
        }
        bool before = view->steps_count && steps[view->steps_count - 1].special;
        steps[view->steps_count++] = (StepSaid){
            .branch = step->special && !before,
            .name = lawwords_get(of->say.reader.words, "stage",
                                 of->say.edition->stages[step->stage].id),
            .tone = tones[step->state], .state = step->state, .special = step->special,
            .since = step->since};
    }
    view->steps = steps;
}

static Str heading(const CaseView *view, const Say *say)
{
    return view->title.len ? SAY(say, WORD_CASE_HEADING, view->name, view->title) : view->name;
}

/* Said after a form was sent, when the newest act is that one and this reader's own. */
static void put_done(const Case *of, CaseView *view)
{
    const CaseFile *file = of->file;
    Str done = typed_get(&of->request->query, STR("done"));
    const SeenAct *newest = file->acts_count ? &file->acts[file->acts_count - 1] : NULL;
    if (newest && newest->own && str_eq(newest->done->act->act_word, done)) {
        view->done = lawwords_get(of->say.reader.words, "act", done);
        view->done_clause = say_cited(&of->say, newest->done->clause);
    }
}

static void case_show(Request *request, Reply *reply)
{
    Folded folded;
    Fault fault;
    const CaseFile *file = request_case(request, reply, request->rest[0], &folded);
    if (!file) {
        return;
    }
    Case of = {request, file, say_of(request, file->position->edition)};
    CaseView view = {.name = STR_NONE};
    put_head(&of, &view);
    put_steps(&of, &view);
    case_facts(&of, &view);
    case_clocks(&of, &view);
    case_timeline(&of, &view);
    case_next(&of, &view);
    case_duties(&of, &view);
    case_findings(&of, &view);
    if (case_papers(&of, &view, &fault) != FAIL_NONE ||
        case_signs(&of, &view, &fault) != FAIL_NONE) {
        reply_fault(request, reply, &fault);
        folded_done(&folded);
        return;
    }
    put_done(&of, &view);
    PageHead head = {.title = heading(&view, &of.say), .here = "matters", .no_heading = true};
    Out out = request_page(request, reply, &head);
    page_case(&out, &view);
    request_page_end(request, &out);
    folded_done(&folded);
}

const Route routes_case[] = {
    {METHOD_GET, "/matters/*", case_show, NEED_SIGNED, .reads = true, .kept = true},
    {METHOD_GET, "/matters/*/notices/*", notice_show, NEED_SIGNED, .reads = true, .kept = true},
    {0},
};
