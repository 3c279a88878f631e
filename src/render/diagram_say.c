/* diagram_say.c: what drawings say about acts, clauses, needs and clocks: short, in the reader's
 * language. */
#include "diagram_steps.h"

static Str keep(Arena *arena, Buf *buf)
{
    Str kept = str_copy(arena, buf_str(buf));
    buf_done(buf);
    return kept;
}

/* Between the items of a list. */
static void put_comma(Buf *buf, Language language)
{
    if (buf->len) {
        buf_put(buf, language == LANGUAGE_ZH ? STR("、") : STR(", "));
    }
}

/* Between hints. */
static void put_stop(Buf *buf)
{
    if (buf->len) {
        buf_put_byte(buf, '\n');
    }
}

Str say_act(const ActKind *act, const Reader *reader)
{
    return lawwords_get(reader->words, "act", act->id);
}

Str say_stage(const Edition *edition, StageId stage, const Reader *reader)
{
    return lawwords_get(reader->words, "stage", edition->stages[stage].id);
}

Str say_outcome(const Edition *edition, size_t outcome, const Reader *reader)
{
    return lawwords_get(reader->words, "outcome", edition->outcomes[outcome]);
}

static Str say_role(Str role, const Reader *reader)
{
    Str brief = lawwords_get(reader->words, "role_short", role);
    return brief.at == role.at ? lawwords_get(reader->words, "role", role) : brief;
}

uint32_t step_roles(const Edition *edition, const ActKind *act, const Branch *branch)
{
    uint32_t roles = act->by_addressee ? 0 : act->by;
    for (size_t d = 0; act->by_addressee && branch && d < edition->duties_count; d++) {
        const DutyKind *duty = &edition->duties[d];
        if (branch->fulfils >> d & 1) {
            roles |= duty->of == OWED_BY_RECIPIENTS ? edition->recipient_roles
                                                    : edition->fields[duty->of_field].roles;
        }
    }
    return roles;
}

/* True when the branch answers what each recipient was asked. */
static bool by_recipients(const Edition *edition, const ActKind *act, const Branch *branch)
{
    for (size_t d = 0; act->by_addressee && branch && d < edition->duties_count; d++) {
        if ((branch->fulfils >> d & 1) && edition->duties[d].of == OWED_BY_RECIPIENTS) {
            return true;
        }
    }
    return false;
}

Str say_by(Arena *arena, const Edition *edition, const ActKind *act, const Branch *branch,
           const Reader *reader)
{
    if (by_recipients(edition, act, branch)) {
        return word_text(reader->language, WORD_DRAW_RECIPIENTS);
    }
    uint32_t roles = step_roles(edition, act, branch);
    if (roles == 0) {
        return word_text(reader->language, WORD_DRAW_ADDRESSEE);
    }
    Buf buf = {0};
    for (size_t r = 0; r < edition->roles_count; r++) {
        if (roles >> r & 1) {
            put_comma(&buf, reader->language);
            buf_put(&buf, say_role(edition->roles[r].id, reader));
        }
    }
    return keep(arena, &buf);
}

static bool plain_numbers(const Cites *cites)
{
    for (size_t i = 0; i < cites->count; i++) {
        if (clause_is_policy(cites->at[i]) || str_find(cites->at[i], '(') < cites->at[i].len) {
            return false;
        }
    }
    return cites->count > 1;
}

Str say_cites(Arena *arena, const Cites *cites, const Reader *reader)
{
    Buf buf = {0}, whole = {0};
    bool together = plain_numbers(cites);
    for (size_t i = 0; i < cites->count; i++) {
        put_comma(&buf, reader->language);
        if (together) {
            buf_put(&buf, cites->at[i]);
        } else {
            clause_put(&buf, cites->at[i], reader->language);
        }
    }
    if (together) {
        WORD_PUT(&whole, reader->language, WORD_DRAW_CLAUSES, buf_str(&buf));
    } else {
        buf_put(&whole, buf_str(&buf));
    }
    buf_done(&buf);
    return keep(arena, &whole);
}

/* True when the act is done in stages of the special review and in others, too. */
static bool twofold(const Edition *edition, const ActKind *act)
{
    bool special = false, ordinary = false;
    for (size_t b = 0; b < act->branches_count; b++) {
        const Branch *branch = &act->branches[b];
        ordinary = ordinary || branch->opens != ID_NONE;
        for (size_t s = 0; s < edition->stages_count; s++) {
            if (branch->in >> s & 1) {
                special = special || edition->stages[s].special;
                ordinary = ordinary || !edition->stages[s].special;
            }
        }
    }
    return special && ordinary;
}

Str say_clause(Arena *arena, const Edition *edition, const ActKind *act, const Branch *branch,
               StageId stage, const Reader *reader)
{
    bool one = (branch && branch->clause.len) || twofold(edition, act);
    if (!one) {
        return say_cites(arena, &act->clause, reader);
    }
    Cites cites = {{act_clause(edition, act, branch, stage)}, 1};
    return say_cites(arena, &cites, reader);
}

static Str say_value(const Edition *edition, const Equal *equal, const Reader *reader, Str *ret_key)
{
    Str key = equal->ref.kind == REF_PURCHASE ? equal->ref.key
                                              : edition->fields[equal->ref.field].id;
    *ret_key = lawwords_get(reader->words, "field", key);
    if (str_is(equal->value, "true") || str_is(equal->value, "false")) {
        return word_text(reader->language,
                         str_is(equal->value, "true") ? WORD_DRAW_YES : WORD_DRAW_NO);
    }
    char kind[64];
    size_t length = key.len < sizeof kind - 1 ? key.len : sizeof kind - 1;
    memcpy(kind, key.at, length);
    kind[length] = 0;
    return lawwords_get(reader->words, kind, equal->value);
}

static void put_equals(Buf *buf, const Edition *edition, const Equal *equals, size_t count,
                       bool any, const Reader *reader)
{
    for (size_t i = 0; i < count; i++) {
        Str key, value = say_value(edition, &equals[i], reader, &key);
        if (i) {
            buf_put(buf, any ? word_text(reader->language, WORD_DRAW_OR) : STR("\n"));
        }
        WORD_PUT(buf, reader->language, WORD_DRAW_VALUE, key, value);
    }
}

static Str say_acts(Arena *arena, const Edition *edition, uint64_t acts, const Reader *reader)
{
    Buf buf = {0};
    for (size_t a = 0; a < edition->acts_count; a++) {
        if (acts >> a & 1) {
            put_comma(&buf, reader->language);
            buf_put(&buf, say_act(&edition->acts[a], reader));
        }
    }
    return keep(arena, &buf);
}

static void put_disagreed(Buf *buf, const DutyKind *duty, const Reader *reader)
{
    if (duty->silence_disagrees) {
        WORD_PUT(buf, reader->language, WORD_DRAW_DISAGREED_SILENCE, duty->silence_clause);
    } else {
        buf_put(buf, word_text(reader->language, WORD_DRAW_DISAGREED));
    }
}

static void put_guard(Buf *buf, Arena *arena, const Edition *edition, const Guard *guard,
                      const Reader *reader)
{
    const LawWords *words = reader->words;
    Language language = reader->language;
    switch (guard->kind) {
    case GUARD_COMPLETE:
        WORD_PUT(buf, language, WORD_DRAW_COMPLETE, lawwords_get(words, "field", guard->object));
        return;
    case GUARD_DONE:         /* say_needs has said all of them at once */
        return;
    case GUARD_OPENED_BY:
        WORD_PUT(buf, language, WORD_DRAW_OPENED_BY,
                 say_acts(arena, edition, guard->acts, reader));
        return;
    case GUARD_NONE_OPEN:
        WORD_PUT(buf, language, WORD_DRAW_NONE_OPEN,
                 lawwords_get(words, "duty", edition->duties[guard->duty].id));
        return;
    case GUARD_ANSWERED:
        WORD_PUT(buf, language, WORD_DRAW_ANSWERED,
                 lawwords_get(words, "duty", edition->duties[guard->duty].id));
        return;
    case GUARD_AGREED:
        buf_put(buf, word_text(language, WORD_DRAW_AGREED));
        return;
    case GUARD_DISAGREED:
        put_disagreed(buf, &edition->duties[guard->duty], reader);
        return;
    case GUARD_IN_TIME:
        WORD_PUT(buf, language, WORD_DRAW_IN_TIME,
                 lawwords_get(words, "clock", edition->clocks[guard->clock].id));
        return;
    case GUARD_ON_REGISTER:
        WORD_PUT(buf, language, WORD_DRAW_REGISTER,
                 lawwords_get(words, "field", edition->fields[guard->ref.field].id));
        return;
    case GUARD_GIVEN:
    case GUARD_ANY_GIVEN:
        put_equals(buf, edition, guard->equals, guard->equals_count,
                   guard->kind == GUARD_ANY_GIVEN, reader);
        return;
    }
}

Str say_when(Arena *arena, const Edition *edition, const Branch *branch, const Reader *reader)
{
    Buf buf = {0};
    put_equals(&buf, edition, branch->when, branch->when_count, false, reader);
    return keep(arena, &buf);
}

Str say_needs(Arena *arena, const Edition *edition, const Branch *branch, const Reader *reader)
{
    Buf buf = {0};
    uint64_t done = 0;
    for (size_t i = 0; i < branch->needs_count; i++) {
        done |= branch->needs[i].kind == GUARD_DONE ? branch->needs[i].acts : 0;
    }
    if (done) {
        WORD_PUT(&buf, reader->language, WORD_DRAW_AFTER,
                 say_acts(arena, edition, done, reader));
    }
    for (size_t i = 0; i < branch->needs_count; i++) {
        if (branch->needs[i].kind != GUARD_DONE) {
            put_stop(&buf);
            put_guard(&buf, arena, edition, &branch->needs[i], reader);
        }
    }
    if (branch->at_most > 0) {
        put_stop(&buf);
        Buf times = {0};
        buf_put_int(&times, branch->at_most);
        WORD_PUT(&buf, reader->language,
                 branch->at_most == 1 ? WORD_DRAW_ONCE : WORD_DRAW_TIMES, buf_str(&times));
        buf_done(&times);
    }
    return keep(arena, &buf);
}

/* The longest extension that some act can give the clock: days, or 0 for as many as asked, or
 * -1. */
static int clock_extension(const Edition *edition, ClockId clock)
{
    int days = -1;
    for (size_t a = 0; a < edition->acts_count; a++) {
        const ActKind *act = &edition->acts[a];
        for (size_t b = 0; b < act->branches_count; b++) {
            const Extension *extends = &act->branches[b].extends;
            if (extends->clock == clock && (days < 0 || extends->days > days)) {
                days = extends->days;
            }
        }
    }
    return days;
}

static bool clock_each(const Edition *edition, ClockId clock)
{
    for (size_t d = 0; d < edition->duties_count; d++) {
        if (edition->duties[d].clock == clock) {
            return true;
        }
    }
    return false;
}

Str say_clock(Arena *arena, const Edition *edition, ClockId clock, StageId stage,
              const Reader *reader)
{
    Buf buf = {0}, days = {0};
    const ClockKind *kind = &edition->clocks[clock];
    Str name = lawwords_get(reader->words, "clock", kind->id);
    if (!(clock_runs(edition, clock).starts >> stage & 1)) {
        WORD_PUT(&buf, reader->language, WORD_DRAW_RUNS_ON, name);
        return keep(arena, &buf);
    }
    buf_put_int(&days, kind->working_days);
    if (!str_eq(name, say_stage(edition, stage, reader))) {
        buf_put(&buf, name);
        buf_put(&buf, reader->language == LANGUAGE_ZH ? STR("：") : STR(": "));
    }
    WORD_PUT(&buf, reader->language,
             clock_each(edition, clock) ? WORD_DRAW_DAYS_EACH : WORD_DRAW_DAYS, buf_str(&days));
    int longer = clock_extension(edition, clock);
    buf_clear(&days);
    buf_put_int(&days, longer);
    if (longer >= 0) {
        WORD_PUT(&buf, reader->language,
                 longer ? WORD_DRAW_LONGER : WORD_DRAW_LONGER_ASKED, buf_str(&days));
    }
    buf_done(&days);
    return keep(arena, &buf);
}
