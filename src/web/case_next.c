/* case_next.c: what may happen next and who may do it; what is owed: requests, opinions. */
#include "actpage.h"
#include "parts.h"

enum { ADDRESS_BYTES_MAX = 1024 };

/* --- forms --- */

static bool answers_request(const Edition *edition, const Branch *branch)
{
    for (size_t i = 0; i < edition->duties_count; i++) {
        if ((branch->fulfils >> i & 1) && edition->duties[i].holds) {
            return true;
        }
    }
    return false;
}

/* The page on which an act is done: most have the form that the edition gives them; the check of
 * what was filed, answers to requests and a second filing have pages of their own. */
static void put_form(const Case *of, Buf *buf, const MayDo *may)
{
    const Edition *edition = of->say.edition;
    const Matter *matter = of->file->position->matter;
    FieldId materials = edition_field(edition, STR("materials"));
    bool files = materials != ID_NONE && (may->branch->asks >> materials & 1) != 0;
    Out out = {buf, of->say.reader.language};
    buf_put(buf, STR("/matters/"));
    out_url(&out, of->file->position->name);
    if (answers_request(edition, may->branch)) {
        buf_put(buf, STR("/answer"));
    } else if (files && matter->acts_done > 0) {
        buf_put(buf, STR("/redeclare"));
    } else if (check_step(edition, matter->stage, may->branch) != CHECK_NOT) {
        buf_put(buf, STR("/check"));
    } else {
        buf_put(buf, STR("/do/"));
        out_url(&out, may->act->id);
    }
}

/* Does the act hang on what others have answered? Then what they answered decides which of several
 * ways is open, and only that one is offered. */
static bool hangs_on_answers(const Branch *branch)
{
    for (uint8_t i = 0; i < branch->needs_count; i++) {
        GuardKind kind = branch->needs[i].kind;
        if (kind == GUARD_AGREED || kind == GUARD_DISAGREED) {
            return true;
        }
    }
    return false;
}

/* Why the law does not allow it as things stand; empty: it may. */
static Str refused_now(const Case *of, const MayDo *may)
{
    ActView view = {.due = DAY_NONE};
    if (hangs_on_answers(may->branch)) {
        act_try(of, may, &view);
    }
    return view.dead ? view.refusal : STR_NONE;
}

static DoSaid do_said(const Case *of, const MayDo *may, bool today)
{
    DoSaid said = {
        .act = lawwords_get(of->say.reader.words, "act", may->act->id),
        .who = say_roles(&of->say, may->by), .clause = say_cited(&of->say, may->clause),
        .two_persons = say_cited(&of->say, may->act->two_persons),
    };
    if (may->under_seal) {
        said.seal = may->seal_until == DAY_NONE
                        ? say_plain(&of->say, WORD_CASE_NOT_BEFORE_OPEN)
                        : SAY(&of->say, WORD_CASE_NOT_BEFORE, say_day(&of->say, may->seal_until));
    } else if (may->mine && today && (of->request->who->person.may & MAY_ACT)) {
        Buf buf = buf_new(ADDRESS_BYTES_MAX);
        put_form(of, &buf, may);
        said.seal = refused_now(of, may);
        said.address = said.seal.len ? STR_NONE : str_copy(of->say.arena, buf_str(&buf));
        buf_done(&buf);
    }
    return said;
}

/* Something that this reader sees waits for an answer, of the duties of a mask. */
static bool waits_of(const CaseFile *file, uint32_t duties)
{
    for (size_t i = 0; i < file->owed_count; i++) {
        const Owed *owed = file->owed[i].owed;
        if ((duties >> owed->duty & 1) && owed->state == OWED_OPEN) {
            return true;
        }
    }
    return false;
}

/* Open in this stage, and yet there is nothing to answer or to take back, or it was done as often
 * as it may be: not offered. Whether the law allows the others is asked when they are done. */
static bool idle(const Case *of, const MayDo *may)
{
    const Matter *matter = of->file->position->matter;
    const Branch *branch = may->branch;
    uint32_t answers = branch->fulfils | branch->lifts;
    bool moves = branch->to != ID_NONE || branch->opens != ID_NONE;
    size_t act = (size_t)(may->act - of->say.edition->acts);
    size_t which = (size_t)(branch - may->act->branches);
    return (answers && !moves && !waits_of(of->file, answers)) ||
           (branch->at_most && matter->branch_times[act][which] >= branch->at_most);
}

/* The act that is waited for from this reader, as their desk says it. */
static ActId awaited(const Case *of)
{
    const Position *position = of->file->position;
    const Standing *standing = &of->file->standing;
    size_t count;
    const MatterPart *parts = parts_of(of->say.arena, position->matter, standing->acts,
                                       standing->acts_count, position->calendar, position->on,
                                       &count);
    Buf hat = buf_new(ADDRESS_BYTES_MAX);
    ActId act = ID_NONE;
    buf_put_hat(&hat, standing->hat);
    for (size_t i = 0; i < count; i++) {
        if (str_eq(parts[i].hat, buf_str(&hat)) && !parts[i].blocked) {
            act = parts[i].awaited;
        }
    }
    buf_done(&hat);
    return act;
}

/* What is waited for comes first. */
static void first_the_usual(DoSaid *mine, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        for (size_t j = i; j > 0 && mine[j].usual && !mine[j - 1].usual; j--) {
            DoSaid moved = mine[j];
            mine[j] = mine[j - 1];
            mine[j - 1] = moved;
        }
    }
}

void case_next(const Case *of, CaseView *view)
{
    const CaseFile *file = of->file;
    ActId next = awaited(of);
    DoSaid *mine = ARENA_MANY(of->say.arena, DoSaid, file->may_count);
    DoSaid *others = ARENA_MANY(of->say.arena, DoSaid, file->may_count);
    for (size_t i = 0; i < file->may_count; i++) {
        const MayDo *may = &file->may[i];
        if (idle(of, may)) {
            continue;
        }
        DoSaid said = do_said(of, may, !view->earlier);
        said.usual = next != ID_NONE && may->act == &of->say.edition->acts[next];
        if (may->mine) {
            mine[view->mine_count++] = said;
        } else {
            others[view->others_count++] = said;
        }
    }
    first_the_usual(mine, view->mine_count);
    view->mine = mine;
    view->others = others;
}

/* --- what is owed --- */

/* The act of the record as this reader sees it, or NULL. */
static const SeenAct *act_seen(const Case *of, uint32_t n)
{
    for (size_t i = 0; n && i < of->file->acts_count; i++) {
        if (of->file->acts[i].n == n) {
            return &of->file->acts[i];
        }
    }
    return NULL;
}

static uint32_t link_to(const Case *of, uint32_t n)
{
    const SeenAct *seen = act_seen(of, n);
    return seen ? seen->done->act->n : 0;
}

static void put_state(const Say *say, OwedSaid *said, const SeenOwed *seen, const DutyKind *duty)
{
    const Owed *owed = seen->owed;
    Day due = said->due;
    bool late = due != DAY_NONE && owed->closed != DAY_NONE && owed->closed > due;
    switch (owed->state) {
    case OWED_LIFTED:
        said->state = say_plain(say, WORD_CASE_OWED_LIFTED);
        said->tone = "quiet";
        return;
    case OWED_ANSWERED:
        said->state = say_plain(say, late ? WORD_CASE_OWED_LATE : WORD_CASE_OWED_ANSWERED);
        said->tone = late ? "warn" : "ok";
        return;
    case OWED_OPEN: break;
    }
    said->state = say_plain(say, seen->overdue ? WORD_CASE_OWED_OVERDUE : WORD_CASE_OWED_OPEN);
    said->tone = seen->overdue ? "bad" : "";
    if (seen->overdue && duty->silence_disagrees) {
        said->silence = say_plain(say, WORD_CASE_SILENCE);
    }
}

/* What was asked for: the lists that the asking act gave, where it may be seen. */
static void put_items(const Case *of, OwedSaid *said, const Owed *owed)
{
    const SeenAct *asked = act_seen(of, owed->laid_by);
    if (!asked || asked->sight != SIGHT_FULL) {
        return;
    }
    const Act *act = asked->done->act;
    for (uint8_t i = 0; i < act->given_count; i++) {
        const Given *given = &act->given[i];
        if (str_is(of->say.edition->fields[given->field].id, "items") &&
            given->value.kind == VALUE_MANY) {
            said->items = given->value.many;
            said->items_count = given->value.many_count;
        }
    }
}

static void put_answer(const Case *of, OwedSaid *said, const Act *answer)
{
    GivenSaid *given = ARENA_MANY(of->say.arena, GivenSaid, answer->given_count);
    for (uint8_t i = 0; i < answer->given_count; i++) {
        given[said->answer_count++] = say_given(&of->say, &answer->given[i]);
    }
    said->answer = given;
}

static OwedSaid owed_said(const Case *of, const SeenOwed *seen, const DutyKind *duty)
{
    const Owed *owed = seen->owed;
    OwedSaid said = {
        .who = say_party(&of->say, owed->by), .laid = owed->laid,
        .name = lawwords_get(of->say.reader.words, "method", owed->name),   /* or a number */
        .due = seen->clock ? seen->clock->status.due : DAY_NONE, .closed = owed->closed,
        .laid_by = link_to(of, owed->laid_by), .closed_by = link_to(of, owed->closed_by),
        .sealed = seen->sealed,
    };
    put_state(&of->say, &said, seen, duty);
    put_items(of, &said, owed);
    if (seen->answer) {
        put_answer(of, &said, seen->answer);
    }
    return said;
}

static Str seal_said(const Case *of, DutyId duty)
{
    if (!(of->file->standing.sealed >> duty & 1)) {
        return STR_NONE;
    }
    Day until = DAY_NONE;
    for (size_t i = 0; i < of->file->owed_count; i++) {
        const SeenOwed *seen = &of->file->owed[i];
        Day due = seen->owed->duty == duty && seen->owed->state == OWED_OPEN && seen->clock
                      ? seen->clock->status.due : DAY_NONE;
        until = due != DAY_NONE && (until == DAY_NONE || due > until) ? due : until;
    }
    return until == DAY_NONE ? say_plain(&of->say, WORD_CASE_SEALED)
                             : SAY(&of->say, WORD_CASE_SEALED_UNTIL, say_day(&of->say, until));
}

static bool duty_said(const Case *of, DutyId id, DutySaid *ret_duty)
{
    const CaseFile *file = of->file;
    const DutyKind *duty = &of->say.edition->duties[id];
    OwedSaid *owed = ARENA_MANY(of->say.arena, OwedSaid, file->owed_count);
    size_t count = 0, answered = 0;
    *ret_duty = (DutySaid){
        .id = duty->id, .title = lawwords_get(of->say.reader.words, "duty", duty->id),
        .clause = say_cited(&of->say, duty->clause), .request = duty->holds != 0,
        .seal = seal_said(of, id),
    };
    for (size_t i = 0; i < file->owed_count; i++) {
        if (file->owed[i].owed->duty == id) {
            owed[count] = owed_said(of, &file->owed[i], duty);
            answered += file->owed[i].answered;
            ret_duty->timed |= owed[count].due != DAY_NONE;
            ret_duty->any_answer |= owed[count].answer != NULL || owed[count].sealed;
            if (owed[count].silence.len) {
                ret_duty->silence = say_cited(&of->say, duty->silence_clause);
            }
            count++;
        }
    }
    ret_duty->owed = owed;
    ret_duty->owed_count = count;
    ret_duty->summary = SAY(&of->say, WORD_CASE_HAVE_ANSWERED,
                            say_number(&of->say, (int64_t)answered),
                            say_number(&of->say, (int64_t)count));
    return count > 0;
}

void case_duties(const Case *of, CaseView *view)
{
    const Edition *edition = of->say.edition;
    DutySaid *duties = ARENA_MANY(of->say.arena, DutySaid, edition->duties_count);
    for (int requests = 1; requests >= 0; requests--) {
        for (size_t i = 0; i < edition->duties_count; i++) {
            if ((edition->duties[i].holds != 0) == (requests != 0) &&
                duty_said(of, (DutyId)i, &duties[view->duties_count])) {
                view->duties_count++;
            }
        }
    }
    view->duties = duties;
}
