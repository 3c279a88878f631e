/* position_json.c: keys in the order of the contract. */
#include "position_json.h"

#include "explain.h"

static void text_json(Buf *buf, Str text)
{
    if (text.len == 0) {
        buf_put(buf, STR("null"));
    } else {
        buf_put_json(buf, text);
    }
}

/* A clause as the contract writes it: its number, "policy", or null. */
static void clause_json(Buf *buf, Str clause)
{
    if (clause_is_policy(clause)) {
        buf_put(buf, STR("\"policy\",\"policy\":"));
    }
    text_json(buf, clause);
}

static void explain_json(Buf *buf, const Position *position, const ClockView *clock, Arena *arena)
{
    static const char *const why[] = {"start", "counted", "not_working", "held"};
    static const char *const reasons[] = {"working_day", "worked_weekend", "weekend", "holiday",
                                          "statutory_day"};
    size_t count;
    const ExplainDay *days = explain_clock(arena, position, clock, &count);
    buf_put(buf, STR(",\"days\":["));
    for (size_t i = 0; i < count; i++) {
        buf_put(buf, i ? STR(",{\"day\":") : STR("{\"day\":"));
        buf_put_day_json(buf, days[i].day);
        buf_print(buf, ",\"why\":\"%s\",\"is\":\"%s\"", why[days[i].why],
                  reasons[days[i].reason.why]);
        if (days[i].why == EXPLAIN_COUNTED) {
            buf_print(buf, ",\"number\":%d", days[i].number);
        }
        if (days[i].reason.holiday.len) {
            buf_put(buf, STR(",\"holiday\":"));
            buf_put_json(buf, days[i].reason.holiday);
        }
        if (days[i].reason.notice && !days[i].reason.notice->statutory) {
            buf_put(buf, STR(",\"notice\":"));
            buf_put_json(buf, days[i].reason.notice->number);
        }
        if (days[i].why == EXPLAIN_HELD) {
            Str name = position->matter->owed[days[i].hold.owed].name;
            buf_put(buf, STR(",\"request\":"));
            text_json(buf, name);
        }
        buf_put_byte(buf, '}');
    }
    buf_put_byte(buf, ']');
}

static void clock_json(Buf *buf, const Position *position, const ClockView *clock, bool explain,
                       Arena *arena)
{
    buf_put(buf, STR("{\"clock\":"));
    buf_put_json(buf, clock->kind->id);
    buf_put(buf, STR(",\"of\":"));
    if (clock->run->of.role == ID_NONE) {
        buf_put(buf, STR("null"));
    } else {
        buf_put_byte(buf, '"');
        buf_put_party(buf, position->edition, clock->run->of);
        buf_put_byte(buf, '"');
    }
    buf_put(buf, STR(",\"started\":"));
    buf_put_day_json(buf, clock->run->started);
    buf_print(buf, ",\"allowed\":%d,\"used\":%d,\"due\":", clock->run->allowed,
              clock->status.used);
    buf_put_day_json(buf, clock->status.due);
    buf_put(buf, STR(",\"stopped\":"));
    buf_put_day_json(buf, clock->run->stopped);
    buf_print(buf, ",\"state\":\"%s\",\"provisional\":%s,\"clause\":",
              clock_state_id(clock->status.state), clock->status.provisional ? "true" : "false");
    clause_json(buf, clock->kind->clause);
    if (clock->run->assumed) {
        buf_put(buf, STR(",\"assumed\":true"));
    }
    if (clock->status.beyond) {
        buf_put(buf, STR(",\"beyond_calendar\":true"));
    }
    if (explain) {
        explain_json(buf, position, clock, arena);
    }
    buf_put_byte(buf, '}');
}

static void refused_json(Buf *buf, const Position *position, const Reader *reader)
{
    for (size_t i = 0; i < position->refused_count; i++) {
        const RefusedView *refused = &position->refused[i];
        Buf why = {0};
        buf_print(buf, "%s{\"n\":%u,\"act\":", i ? "," : "", refused->n);
        buf_put_json(buf, refused->act);
        buf_put(buf, STR(",\"clause\":"));
        clause_json(buf, refused->policy.len ? refused->policy : refused->clause);
        refusal_put(&why, position->edition, refused->decision, reader);
        buf_put(buf, STR(",\"why\":"));
        buf_put_json(buf, buf_str(&why));
        buf_put_byte(buf, '}');
        buf_done(&why);
    }
}

/* The duty that a branch answers, or NULL. */
static const DutyKind *answered_duty(const Edition *edition, const Branch *branch)
{
    for (size_t i = 0; i < edition->duties_count; i++) {
        if (branch->fulfils >> i & 1) {
            return &edition->duties[i];
        }
    }
    return NULL;
}

static void roles_json(Buf *buf, const Edition *edition, uint32_t roles)
{
    bool first = true;
    for (size_t i = 0; i < edition->roles_count; i++) {
        if (!(roles >> i & 1)) {
            continue;
        }
        buf_put(buf, first ? STR("\"") : STR(",\""));
        first = false;
        buf_put(buf, edition->roles[i].id);
        buf_put(buf, edition->roles[i].kind == ROLE_ONE ? STR("\"") : STR("/*\""));
    }
}

void next_by_json(Buf *buf, const Position *position, const NextView *next)
{
    const Edition *edition = position->edition;
    const DutyKind *duty = next->act->by_addressee ? answered_duty(edition, next->branch) : NULL;
    buf_put_byte(buf, '[');
    if (duty && duty->of == OWED_BY_RECIPIENTS) {
        const Facts *facts = position->matter->facts;
        for (size_t i = 0; i < facts->recipients_count; i++) {
            buf_put(buf, i ? STR(",\"") : STR("\""));
            buf_put_party(buf, edition, facts->recipients[i]);
            buf_put_byte(buf, '"');
        }
    } else if (duty && duty->of_field != ID_NONE) {
        roles_json(buf, edition, edition->fields[duty->of_field].roles);
    } else {
        roles_json(buf, edition, next->act->by);
    }
    buf_put_byte(buf, ']');
}

static void warnings_json(Buf *buf, const Position *position, const Reader *reader)
{
    bool first = true;
    for (size_t i = 0; i < position->done_count; i++) {
        const DoneView *done = &position->done[i];
        for (size_t j = 0; j < done->warnings_count; j++) {
            Buf why = {0};
            buf_print(buf, "%s{\"n\":%u,\"act\":", first ? "" : ",", done->act->n);
            first = false;
            buf_put_json(buf, done->kind->id);
            buf_put(buf, STR(",\"clause\":"));
            clause_json(buf, done->warnings[j]->clause.len ? done->warnings[j]->clause
                                                           : done->clause);
            warning_put(&why, position->edition, done->warnings[j], reader);
            buf_put(buf, STR(",\"why\":"));
            buf_put_json(buf, buf_str(&why));
            buf_put_byte(buf, '}');
            buf_done(&why);
        }
    }
}

void position_json(Buf *buf, const Position *position, const Reader *reader, bool explain,
                   Arena *arena)
{
    const Matter *matter = position->matter;
    buf_put(buf, STR("{\"case\":"));
    buf_put_json(buf, position->name);
    buf_put(buf, STR(",\"edition\":"));
    buf_put_json(buf, position->edition->id);
    buf_put(buf, STR(",\"on\":"));
    buf_put_day_json(buf, position->on);
    buf_put(buf, STR(",\"stage\":"));
    text_json(buf, matter->stage == ID_NONE ? STR_NONE
                                            : position->edition->stages[matter->stage].id);
    buf_put(buf, STR(",\"outcome\":"));
    text_json(buf, matter->outcome);
    buf_put(buf, STR(",\"clocks\":["));
    for (size_t i = 0; i < position->clocks_count; i++) {
        buf_put(buf, i ? STR(",") : STR_NONE);
        clock_json(buf, position, &position->clocks[i], explain, arena);
    }
    buf_put(buf, STR("],\"refused\":["));
    refused_json(buf, position, reader);
    buf_put(buf, STR("],\"assumed\":["));
    for (size_t i = 0; i < position->assumed_count; i++) {
        buf_print(buf, "%s%u", i ? "," : "", position->assumed[i]);
    }
    buf_put(buf, STR("],\"next\":["));
    for (size_t i = 0; i < position->next_count; i++) {
        buf_put(buf, i ? STR(",{\"act\":") : STR("{\"act\":"));
        buf_put_json(buf, position->next[i].act->id);
        buf_put(buf, STR(",\"by\":"));
        next_by_json(buf, position, &position->next[i]);
        buf_put(buf, STR(",\"clause\":"));
        clause_json(buf, position->next[i].clause);
        buf_put_byte(buf, '}');
    }
    buf_put(buf, STR("],\"warnings\":["));
    warnings_json(buf, position, reader);
    buf_put_byte(buf, ']');
    if (matter->outcome_assumed) {
        buf_put(buf, STR(",\"outcome_assumed\":true"));
    }
    buf_put_byte(buf, '}');
}
