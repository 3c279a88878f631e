/* story_value.c: values of a legal position as texts, for comparing with what a story says. */
#include "story.h"

static Str day_text(Arena *arena, Day day)
{
    if (day == DAY_NONE) {
        return STR("null");
    }
    Buf buf = buf_new(32);
    buf_put_day(&buf, day);
    Str text = str_copy(arena, buf_str(&buf));
    buf_done(&buf);
    return text;
}

static Str number_text(Arena *arena, int64_t number)
{
    Buf buf = buf_new(32);
    buf_put_int(&buf, number);
    Str text = str_copy(arena, buf_str(&buf));
    buf_done(&buf);
    return text;
}

static Str yes_no_text(bool yes)
{
    return yes ? STR("true") : STR("false");
}

Str story_clause(Str clause)
{
    return clause_is_policy(clause) ? STR("policy") : clause.len ? clause : STR("null");
}

Str story_clock_of(Arena *arena, const Position *position, const ClockView *clock)
{
    if (clock->run->of.role == ID_NONE) {
        return STR_NONE;
    }
    Buf buf = {0};
    buf_put_party(&buf, position->edition, clock->run->of);
    Str text = str_copy(arena, buf_str(&buf));
    buf_done(&buf);
    return text;
}

bool story_clock_value(Arena *arena, const Position *position, const ClockView *clock, Str key,
                       Str *ret_value)
{
    const ClockRun *run = clock->run;
    Str of;
    if (str_is(key, "clock")) {
        *ret_value = clock->kind->id;
    } else if (str_is(key, "of")) {
        of = story_clock_of(arena, position, clock);
        *ret_value = of.len ? of : STR("null");
    } else if (str_is(key, "started")) {
        *ret_value = day_text(arena, run->started);
    } else if (str_is(key, "allowed")) {
        *ret_value = number_text(arena, run->allowed);
    } else if (str_is(key, "used")) {
        *ret_value = number_text(arena, clock->status.used);
    } else if (str_is(key, "due")) {
        *ret_value = day_text(arena, clock->status.due);
    } else if (str_is(key, "stopped")) {
        *ret_value = day_text(arena, run->stopped);
    } else if (str_is(key, "state")) {
        *ret_value = str_from(clock_state_id(clock->status.state));
    } else if (str_is(key, "provisional")) {
        *ret_value = yes_no_text(clock->status.provisional);
    } else if (str_is(key, "assumed")) {
        *ret_value = yes_no_text(run->assumed);
    } else if (str_is(key, "clause")) {
        *ret_value = story_clause(clock->kind->clause);
    } else {
        return false;
    }
    return true;
}
