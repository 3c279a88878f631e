/* notice_pages.c: a written notice as a page: to whom, what, under which clause, what runs from it,
 * where to turn. Its papers come with the next issue. */
#include "pages.h"

#include "casepage.h"

/* "12" is the first notice of act 12, "12-2" its second. */
static bool which_notice(Str text, int64_t *ret_n, int64_t *ret_which)
{
    size_t dash = str_find(text, '-');
    *ret_which = 1;
    return text.len > 0 && text.at[0] != '+' && str_int(str_part(text, 0, dash), ret_n) &&
           (dash == text.len || str_int(str_part(text, dash + 1, text.len), ret_which)) &&
           *ret_n >= 1 && *ret_which >= 1;
}

static const SeenAct *act_of(const CaseFile *file, int64_t n, int64_t which)
{
    for (size_t i = 0; i < file->acts_count; i++) {
        const SeenAct *seen = &file->acts[i];
        if (seen->done->act->n == n) {
            bool there = seen->sight == SIGHT_FULL && which <= seen->done->branch->notices_count;
            return there ? seen : NULL;
        }
    }
    return NULL;
}

/* Whom it tells: the party of a role by the name of its organisation, or those in a field. */
static Str addressee(const Case *of, const Act *act, Str to)
{
    static const char with[] = "with.";
    const Edition *edition = of->say.edition;
    if (str_starts(to, str_from(with))) {
        FieldId field = edition_field(edition, str_part(to, sizeof with - 1, to.len));
        for (uint8_t i = 0; field != ID_NONE && i < act->given_count; i++) {
            if (act->given[i].field == field) {
                GivenSaid given = say_given(&of->say, &act->given[i]);
                Str *names = ARENA_MANY(of->say.arena, Str, given.values_count);
                for (size_t j = 0; j < given.values_count; j++) {
                    names[j] = given.values[j].text;
                }
                return say_list(&of->say, names, given.values_count);
            }
        }
        return STR_NONE;
    }
    RoleId role = edition_role(edition, to);
    Str word = lawwords_get(of->say.reader.words, "role", to);
    const Value *id = role != ID_NONE && role_capacity(edition, role) == CAPACITY_PARTY &&
                              of->file->facts
                          ? facts_purchase(of->file->facts, STR("operator_id")) : NULL;
    return id && id->kind == VALUE_TEXT
               ? SAY(&of->say, WORD_CASE_ORG_AS, case_org(of, id->text), word) : word;
}

static void put_periods(const Case *of, NoticeView *view, const SeenAct *seen)
{
    const CaseFile *file = of->file;
    PeriodSaid *periods = ARENA_MANY(of->say.arena, PeriodSaid, file->clocks_count);
    for (size_t i = 0; i < file->clocks_count; i++) {
        const ClockView *clock = file->clocks[i];
        if (clock->run->started_by == seen->n && clock->run->end != CLOCK_VOID) {
            periods[view->periods_count++] = (PeriodSaid){
                .clock = lawwords_get(of->say.reader.words, "clock", clock->kind->id),
                .length = say_working_days(&of->say, clock->run->allowed),
                .due = clock->status.due, .provisional = clock->status.provisional};
        }
    }
    view->periods = periods;
}

static void put_given(const Case *of, NoticeView *view, const Act *act)
{
    GivenSaid *given = ARENA_MANY(of->say.arena, GivenSaid, act->given_count);
    for (uint8_t i = 0; i < act->given_count; i++) {
        GivenSaid said = say_given(&of->say, &act->given[i]);
        if (str_is(of->say.edition->fields[act->given[i].field].id, "number") &&
            said.values_count) {
            view->number = said.values[0].text;
        } else {
            given[view->given_count++] = said;
        }
    }
    view->given = given;
}

static void put_clauses(const Case *of, NoticeView *view, const NoticeKind *kind)
{
    ClauseLink *clauses = ARENA_MANY(of->say.arena, ClauseLink, kind->clause.count);
    for (uint8_t i = 0; i < kind->clause.count; i++) {
        clauses[i] = say_cited(&of->say, kind->clause.at[i]);
    }
    view->clauses = clauses;
    view->clauses_count = kind->clause.count;
}

static NoticeView notice_view(const Case *of, const SeenAct *seen, size_t which)
{
    const DoneView *done = seen->done;
    const NoticeKind *kind = &of->say.edition->notices[done->branch->notices[which - 1]];
    EventSaid event = case_event(of, seen);
    NoticeView view = {
        .name = of->file->position->name, .title = case_title(of),
        .notice = lawwords_get(of->say.reader.words, "notice", kind->id),
        .to = addressee(of, done->act, kind->to), .on = done->act->on, .act = event.act,
        .by = event.who, .moved = event.moved, .rests_on = event.clause,
        .edition = lawwords_get(of->say.reader.words, "edition", of->say.edition->id),
    };
    const Matter *matter = of->file->position->matter;
    if (done->branch->outcome_kind != OUTCOME_NONE && of->file->outcome_seen) {
        view.outcome = lawwords_get(of->say.reader.words, "outcome", matter->outcome);
        view.outcome_tone = case_outcome_tone(matter->outcome);
    }
    for (size_t i = 0; i < of->file->may_count; i++) {
        view.may_act |= of->file->may[i].mine;
    }
    put_clauses(of, &view, kind);
    put_given(of, &view, done->act);
    put_periods(of, &view, seen);
    return view;
}

void notice_show(Request *request, Reply *reply)
{
    int64_t n, which;
    Folded folded;
    const CaseFile *file = request_case(request, reply, request->rest[0], &folded);
    if (!file) {
        return;
    }
    const SeenAct *seen = which_notice(request->rest[1], &n, &which) ? act_of(file, n, which)
                                                                     : NULL;
    if (!seen) {
        reply_not_there(request, reply);
        folded_done(&folded);
        return;
    }
    Case of = {request, file, say_of(request, file->position->edition)};
    NoticeView view = notice_view(&of, seen, (size_t)which);
    PageHead head = {.title = view.notice, .here = "matters"};
    Out out = request_page(request, reply, &head);
    page_notice(&out, &view);
    request_page_end(request, &out);
    folded_done(&folded);
}
