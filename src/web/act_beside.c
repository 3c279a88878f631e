/* act_beside.c: what whoever does an act needs to see beside its form: what was suggested, who has
 * answered what, who will be asked, what an extension brings. */
#include "actpage.h"

/* ---- what was suggested ---- */

static const Act *latest_suggestion(const Case *of)
{
    const Act *found = NULL;
    for (size_t i = 0; i < of->file->acts_count; i++) {
        const SeenAct *seen = &of->file->acts[i];
        bool suggests = str_is(seen->done->act->act_word, "suggest");
        found = suggests && seen->sight == SIGHT_FULL ? seen->done->act : found;
    }
    return found;
}

static void put_suggestion(const Case *of, ActView *view)
{
    const Act *suggestion = latest_suggestion(of);
    if (!suggestion) {
        return;
    }
    GivenSaid *given = ARENA_MANY(of->say.arena, GivenSaid, suggestion->given_count);
    for (uint8_t i = 0; i < suggestion->given_count; i++) {
        given[view->suggestion_count++] = say_given(&of->say, &suggestion->given[i]);
    }
    view->suggestion = given;
}

/* ---- an opinion ---- */

void act_opinion(const Case *of, const MayDo *may, ActView *view)
{
    DutyId duty = 0;
    const Edition *edition = of->say.edition;
    while (duty < edition->duties_count &&
           !((may->branch->fulfils >> duty & 1) && edition->duties[duty].result != ID_NONE)) {
        duty++;
    }
    view->due = DAY_NONE;
    if (duty == edition->duties_count) {
        return;
    }
    size_t asked = 0, answered = 0;
    CaseView findings = {.name = STR_NONE};
    view->opinion = true;
    put_suggestion(of, view);
    case_findings(of, &findings);
    view->findings = findings.findings;
    view->findings_count = findings.findings_count;
    for (size_t i = 0; i < of->file->owed_count; i++) {
        const SeenOwed *seen = &of->file->owed[i];
        if (seen->owed->duty == duty && seen->owed->current) {
            asked++;
            answered += seen->answered;
            view->due = seen->mine && seen->clock ? seen->clock->status.due : view->due;
        }
    }
    view->answered = SAY(&of->say, WORD_CASE_HAVE_ANSWERED, say_number(&of->say, (int64_t)answered),
                         say_number(&of->say, (int64_t)asked));
}

/* ---- beside other acts ---- */

/* Opinions that were asked for, as far as this reader sees them. */
static void put_opinions(const Case *of, ActView *view)
{
    CaseView all = {.name = STR_NONE};
    case_duties(of, &all);
    DutySaid *duties = ARENA_MANY(of->say.arena, DutySaid, all.duties_count + 1);
    for (size_t i = 0; i < all.duties_count; i++) {
        if (!all.duties[i].request) {
            duties[view->duties_count++] = all.duties[i];
        }
    }
    view->duties = duties;
}

static void put_asked(const Case *of, ActView *view)
{
    const Facts *facts = of->file->facts;   /* with recipients for those who see everything */
    Str *asked = ARENA_MANY(of->say.arena, Str, facts ? facts->recipients_count + 1 : 1);
    for (size_t i = 0; facts && i < facts->recipients_count; i++) {
        asked[view->asked_count++] = say_party(&of->say, facts->recipients[i]);
    }
    view->asked = asked;
}

static void put_extended(const Case *of, ClockId extended, ActView *view)
{
    CaseView all = {.name = STR_NONE};
    case_clocks(of, &all);
    ClockSaid *clocks = ARENA_MANY(of->say.arena, ClockSaid, all.clocks_count + 1);
    for (size_t i = 0; i < all.clocks_open; i++) {
        const ClockView *clock = of->file->clocks[all.clocks[i].number - 1];
        if (clock->run->clock == extended) {
            clocks[view->clocks_count++] = all.clocks[i];
        }
    }
    view->clocks = clocks;
}

/* What somebody proposed and why: who refers it on, authorizes or declines it should not have to
 * look for it. Nothing of a declaration, which lies on the page of the matter. */
static void put_proposal(const Case *of, ActView *view)
{
    const SeenAct *first = of->file->acts_count ? &of->file->acts[0] : NULL;
    const Act *act = first && first->sight == SIGHT_FULL ? first->done->act : NULL;
    FieldId grounds = edition_field(of->say.edition, STR("grounds"));
    bool told = false;
    for (uint8_t i = 0; act && i < act->given_count; i++) {
        told = told || act->given[i].field == grounds;
    }
    GivenSaid *given = ARENA_MANY(of->say.arena, GivenSaid, told ? act->given_count : 0);
    for (uint8_t i = 0; told && i < act->given_count; i++) {
        given[view->proposal_count++] = say_given(&of->say, &act->given[i]);
    }
    view->proposal = given;
}

/* Moves the matter on, and not by who suggested its conclusion: the Commission. */
static bool judges(const Case *of, const MayDo *may)
{
    const Act *suggestion = latest_suggestion(of);
    return suggestion && may->branch->to != ID_NONE &&
           !(may->act->by >> suggestion->by.role & 1);
}

void act_beside(const Case *of, const MayDo *may, ActView *view)
{
    const Edition *edition = of->say.edition;
    const Branch *branch = may->branch;
    bool asks = branch->imposes != ID_NONE &&
                edition->duties[branch->imposes].of == OWED_BY_RECIPIENTS;
    bool ends = branch->outcome_kind == OUTCOME_REF || judges(of, may);
    FieldId missing = edition_field(edition, STR("missing"));
    bool tells = missing != ID_NONE && (may->act->fields >> missing & 1);
    if (asks || ends || tells) {
        put_suggestion(of, view);
    }
    if (asks) {
        put_asked(of, view);
    }
    if (ends || tells) {
        put_opinions(of, view);
    }
    if (!ends && branch->to != ID_NONE && !latest_suggestion(of)) {
        put_proposal(of, view);
    }
    if (branch->extends.clock != ID_NONE) {
        put_extended(of, branch->extends.clock, view);
    }
}

/* ---- what can be filled in ---- */

typedef struct Lines {
    Typed *at;
    size_t count;
} Lines;

/* "Ministry of Finance: agrees", with the reasons of who does not. */
static Str answer_line(const Case *of, const SeenOwed *seen)
{
    const Say *say = &of->say;
    Buf line = buf_new(TEXT_SCALAR_BYTES_MAX);
    const DutyKind *duty = &say->edition->duties[seen->owed->duty];
    const Value *value = act_given(seen->answer, duty->result);
    buf_put(&line, SAY(say, WORD_CASE_ABOUT, say_party(say, seen->owed->by),
                       say_plain(say, value && value->yes ? WORD_FORM_AGREE
                                                          : WORD_FORM_DISAGREE)));
    FieldId reasons = edition_field(say->edition, STR("reasons"));
    const Value *why = reasons == ID_NONE ? NULL : act_given(seen->answer, reasons);
    for (size_t i = 0; why && why->kind == VALUE_MANY && i < why->many_count; i++) {
        buf_put(&line, STR("; "));
        buf_put(&line, why->many[i]);
    }
    Str text = str_copy(say->arena, buf_str(&line));
    buf_done(&line);
    return text;
}

/* The round of opinions that was asked for last; ID_NONE: none. */
static DutyId latest_round(const Case *of)
{
    uint32_t laid = 0;
    DutyId latest = ID_NONE;
    for (size_t i = 0; i < of->file->owed_count; i++) {
        const Owed *owed = of->file->owed[i].owed;
        if (of->say.edition->duties[owed->duty].result != ID_NONE && owed->laid_by >= laid) {
            laid = owed->laid_by;
            latest = owed->duty;
        }
    }
    return latest;
}

static void put_answers(const Case *of, Lines *lines)
{
    DutyId round = latest_round(of);
    for (size_t i = 0; i < of->file->owed_count; i++) {
        const SeenOwed *seen = &of->file->owed[i];
        bool current = seen->owed->current && seen->owed->duty == round;
        if (current && seen->answer) {
            lines->at[lines->count++] = (Typed){STR("with.opinions"), answer_line(of, seen)};
        } else if (current && !seen->answered && seen->owed->state == OWED_OPEN) {
            lines->at[lines->count++] =
                (Typed){STR("with.missing"), say_party(&of->say, seen->owed->by)};
        }
    }
}

/* What was suggested goes into the conclusion, to be changed by whoever writes it. */
static void put_suggested(const Case *of, Lines *lines)
{
    const Act *suggestion = latest_suggestion(of);
    for (uint8_t i = 0; suggestion && i < suggestion->given_count; i++) {
        const Given *given = &suggestion->given[i];
        Str id = of->say.edition->fields[given->field].id;
        const char *name = str_is(id, "reasons")      ? "with.reasons"
                           : str_is(id, "conditions") ? "with.conditions" : NULL;
        for (size_t j = 0; name && given->value.kind == VALUE_MANY && j < given->value.many_count;
             j++) {
            lines->at[lines->count++] = (Typed){str_from(name), given->value.many[j]};
        }
    }
}

static size_t lines_suggested(const Case *of)
{
    const Act *suggestion = latest_suggestion(of);
    size_t count = 0;
    for (uint8_t i = 0; suggestion && i < suggestion->given_count; i++) {
        const Value *value = &suggestion->given[i].value;
        count += value->kind == VALUE_MANY ? value->many_count : 1;
    }
    return count;
}

static bool has_field(const Case *of, const MayDo *may, const char *field)
{
    FieldId id = edition_field(of->say.edition, str_from(field));
    return id != ID_NONE && (may->act->fields >> id & 1);
}

/* Is a document named by an act already? */
static bool paper_named(const Case *of, const Paper *paper)
{
    for (size_t i = 0; i < of->file->acts_count; i++) {
        const Act *act = of->file->acts[i].done->act;
        for (uint8_t j = 0; j < act->given_count; j++) {
            const Value *value = &act->given[j].value;
            for (size_t k = 0; value->kind == VALUE_MANY && k < value->many_count; k++) {
                Str line = value->many[k];
                if (str_eq(str_part(line, 0, str_find(line, ' ')), paper->id)) {
                    return true;
                }
            }
        }
    }
    return false;
}

/* Documents of this body that lie in the matter and that no act has named yet. */
static const Paper *papers_unnamed(const Case *of, const MayDo *may, size_t *ret_count)
{
    size_t all;
    const Paper *papers;
    const Position *position = of->file->position;
    *ret_count = 0;
    if (of->file->standing.capacity != CAPACITY_OFFICE || !has_field(of, may, "documents") ||
        papers_of(of->request->service->desk, of->say.arena, position->name, 0, &papers, &all,
                  NULL) != FAIL_NONE) {
        return NULL;
    }
    Paper *unnamed = ARENA_MANY(of->say.arena, Paper, all + 1);
    for (size_t i = 0; i < all; i++) {
        if (str_eq(papers[i].org, of->request->who->org.id) && !paper_named(of, &papers[i])) {
            unnamed[(*ret_count)++] = papers[i];
        }
    }
    return unnamed;
}

static void put_documents(const Case *of, const Paper *papers, size_t count, Lines *lines)
{
    for (size_t i = 0; i < count; i++) {
        Buf line = buf_new(TEXT_SCALAR_BYTES_MAX);
        paper_put_reference(&line, &papers[i]);
        lines->at[lines->count++] =
            (Typed){STR("with.documents"), str_copy(of->say.arena, buf_str(&line))};
        buf_done(&line);
    }
}

const TypedList *act_prefilled(const Case *of, const MayDo *may)
{
    size_t papers_count;
    const Paper *papers = papers_unnamed(of, may, &papers_count);
    Lines lines = {ARENA_MANY(of->say.arena, Typed, of->file->owed_count + papers_count +
                                  lines_suggested(of) + 2), 0};
    put_documents(of, papers, papers_count, &lines);
    if (has_field(of, may, "opinions") && has_field(of, may, "missing")) {
        put_answers(of, &lines);
    }
    if (may->branch->outcome_kind == OUTCOME_REF && may->branch->outcome_ref.kind == REF_ACT) {
        put_suggested(of, &lines);
    }
    if (has_field(of, may, "author")) {
        lines.at[lines.count++] = (Typed){STR("with.author"), of->request->who->person.name};
    }
    TypedList *typed = ARENA_NEW(of->say.arena, TypedList);
    *typed = (TypedList){lines.at, lines.count};
    return lines.count ? typed : NULL;
}
