/* case_acts.c: what happened, newest first; what was found, factor by factor. */
#include "casepage.h"

enum { ADDRESS_BYTES_MAX = 1024 };

/* --- the timeline --- */

static Str notice_address(const Case *of, uint32_t n, uint8_t which)
{
    Buf buf = buf_new(ADDRESS_BYTES_MAX);
    Out out = {&buf, of->say.reader.language};
    buf_put(&buf, STR("/matters/"));
    out_url(&out, of->file->position->name);
    buf_print(&buf, "/notices/%u", n);
    if (which) {
        buf_print(&buf, "-%u", which + 1u);
    }
    Str address = str_copy(of->say.arena, buf_str(&buf));
    buf_done(&buf);
    return address;
}

static void put_notices(const Case *of, EventSaid *event, const DoneView *done)
{
    const Edition *edition = of->say.edition;
    LinkSaid *links = ARENA_MANY(of->say.arena, LinkSaid, done->branch->notices_count);
    for (uint8_t i = 0; i < done->branch->notices_count; i++) {
        Str id = edition->notices[done->branch->notices[i]].id;
        links[event->notices_count++] = (LinkSaid){
            .text = lawwords_get(of->say.reader.words, "notice", id),
            .address = event->bare ? STR_NONE : notice_address(of, done->act->n, i)};
    }
    event->notices = links;
}

static void put_given(const Case *of, EventSaid *event, const Act *act)
{
    GivenSaid *given = ARENA_MANY(of->say.arena, GivenSaid, act->given_count);
    for (uint8_t i = 0; i < act->given_count; i++) {
        given[i] = say_given(&of->say, &act->given[i]);
    }
    event->given = given;
    event->given_count = act->given_count;
}

static void put_warnings(const Case *of, EventSaid *event, const DoneView *done)
{
    Str *warnings = ARENA_MANY(of->say.arena, Str, done->warnings_count);
    for (size_t i = 0; i < done->warnings_count; i++) {
        Buf buf = buf_new(TEXT_SCALAR_BYTES_MAX);
        warning_put(&buf, of->say.edition, done->warnings[i], &of->say.reader);
        warnings[i] = str_copy(of->say.arena, buf_str(&buf));
        buf_done(&buf);
    }
    event->warnings = warnings;
    event->warnings_count = done->warnings_count;
}

static Str stage_word(const Case *of, StageId stage)
{
    return stage == ID_NONE ? STR_NONE
                            : lawwords_get(of->say.reader.words, "stage",
                                           of->say.edition->stages[stage].id);
}

EventSaid case_event(const Case *of, const SeenAct *seen)
{
    const DoneView *done = seen->done;
    const Act *act = done->act;
    Say say = of->say;
    EventSaid event = {
        .n = act->n, .on = act->on, .bare = seen->sight != SIGHT_FULL, .own = seen->own,
        .assumed = act->assumed,
        .act = lawwords_get(say.reader.words, "act", done->kind->id),
        .who = act->by.role == ID_NONE ? act->by_word : say_party(&say, act->by),
        .person = say_person(&say, act->person), .clause = say_cited(&say, done->clause),
    };
    if (done->after != done->before && done->after != ID_NONE) {
        event.moved = done->before == ID_NONE
                          ? stage_word(of, done->after)
                          : SAY(&say, WORD_CASE_MOVED, stage_word(of, done->before),
                                stage_word(of, done->after));
    }
    put_notices(of, &event, done);
    if (!event.bare) {
        put_given(of, &event, act);
        put_warnings(of, &event, done);
    }
    return event;
}

void case_timeline(const Case *of, CaseView *view)
{
    size_t count = of->file->acts_count;
    EventSaid *timeline = ARENA_MANY(of->say.arena, EventSaid, count);
    for (size_t i = 0; i < count; i++) {
        timeline[count - 1 - i] = case_event(of, &of->file->acts[i]);
    }
    view->timeline = timeline;
    view->timeline_count = count;
    view->events = count;
}

/* --- findings by factor --- */

static const Given *given_in(const Case *of, const Act *act, const char *field)
{
    for (uint8_t i = 0; i < act->given_count; i++) {
        if (str_is(of->say.edition->fields[act->given[i].field].id, field)) {
            return &act->given[i];
        }
    }
    return NULL;
}

static const char *tone_of(Str level)
{
    return str_is(level, "high") ? "bad" : str_is(level, "medium") ? "warn"
           : str_is(level, "low") || str_is(level, "none") ? "ok" : "quiet";
}

static FindingSaid finding_said(const Case *of, const SeenAct *seen, const Given *factor)
{
    const Act *act = seen->done->act;
    Say say = of->say;
    FindingSaid said = {.assessed = true, .on = act->on, .n = act->n, .tone = "quiet",
                        .who = say_party(&say, act->by), .person = say_person(&say, act->person)};
    GivenSaid *given = ARENA_MANY(say.arena, GivenSaid, act->given_count);
    for (uint8_t i = 0; i < act->given_count; i++) {
        Str field = say.edition->fields[act->given[i].field].id;
        GivenSaid told = say_given(&say, &act->given[i]);
        if (&act->given[i] == factor) {
            said.factor = told.values_count ? told.values[0].text : STR_NONE;
        } else if (str_is(field, "level") && act->given[i].value.kind == VALUE_TEXT) {
            said.level = told.values[0].text;
            said.tone = tone_of(act->given[i].value.text);
        } else if (str_is(field, "finding") && told.values_count == 1 &&
                   told.values[0].start.len == 0) {
            said.said = told.values[0].text;
        } else {
            given[said.given_count++] = told;
        }
    }
    said.given = given;
    return said;
}

/* May acts of this edition name a factor, and is it for this reader to do them? */
static bool assesses(const Case *of)
{
    const Edition *edition = of->say.edition;
    FieldId factor = edition_field(edition, STR("factor"));
    RoleId role = of->file->standing.party.role;
    if (factor == ID_NONE || role == ID_NONE) {
        return false;
    }
    for (size_t i = 0; i < edition->acts_count; i++) {
        if ((edition->acts[i].fields >> factor & 1) && (edition->acts[i].by >> role & 1)) {
            return true;
        }
    }
    return false;
}

/* The findings on one factor, newest first; `factor` empty: on what is none of the edition's. */
static size_t put_findings(const Case *of, const ListItem *factor, const List *known,
                           FindingSaid *findings)
{
    size_t count = 0;
    for (size_t i = of->file->acts_count; i > 0; i--) {
        const SeenAct *seen = &of->file->acts[i - 1];
        const Given *given = given_in(of, seen->done->act, "factor");
        if (seen->sight != SIGHT_FULL || !given || given->value.kind != VALUE_TEXT) {
            continue;
        }
        bool listed = false;
        for (size_t j = 0; known && j < known->count; j++) {
            listed = listed || str_eq(known->items[j].id, given->value.text);
        }
        if (factor ? str_eq(factor->id, given->value.text) : !listed) {
            findings[count] = finding_said(of, seen, given);
            if (factor) {
                findings[count].clause = say_cited(&of->say, factor->clause);
            }
            count++;
        }
    }
    return count;
}

void case_findings(const Case *of, CaseView *view)
{
    const List *known = edition_list(of->say.edition, STR("factors"));
    size_t listed = known ? known->count : 0, assessed = 0;
    FindingSaid *findings = ARENA_MANY(of->say.arena, FindingSaid, of->file->acts_count + listed);
    bool whole = assesses(of);
    for (size_t i = 0; i < listed; i++) {
        size_t more = put_findings(of, &known->items[i], known, findings + view->findings_count);
        assessed += more;
        if (more == 0 && whole) {
            findings[view->findings_count] = (FindingSaid){
                .factor = lawwords_get(of->say.reader.words, "factor", known->items[i].id),
                .clause = say_cited(&of->say, known->items[i].clause), .tone = "quiet"};
            more = 1;
        }
        view->findings_count += more;
    }
    size_t others = put_findings(of, NULL, known, findings + view->findings_count);
    view->findings_count += others;
    view->findings = findings;
    if (assessed + others == 0) {
        view->findings_count = 0;   /* nothing was assessed yet: no empty table */
    }
}
