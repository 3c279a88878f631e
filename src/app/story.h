/* story.h: a story is a case script that also says where the case should stand on chosen days. It
 * is read as any other script (script.h) and then held against the positions that the law gives.
 * Floor 5.
 *
 *   expect:
 *     - on: 2020-09-15              # the day of the report
 *       known_on: 2019-03-01        # calendar as published by that day; left out: all of it
 *       edition: "2020"             # the one that was computed, where none is named
 *       stage: screening            # null: not opened
 *       outcome: null
 *       clocks:                     # each must be there, every key named equal to the position's
 *         - {clock: opinion, of: member/mof, nth: 2, due: 2020-09-15, state: running}
 *         - {clock: opinion, of: each, count: 12, due: 2020-09-15}    # all of them
 *       no_clocks: [preliminary]    # none of this kind; `all`: no clock whatever
 *       refused: [{n: 4, clause: "11"}]     # all of them, in this order
 *       warns: [{n: 1, clause: policy, policy: P13}]     # all of them, in this order
 *       assumed: [1, 2]             # all of them
 *       next: [circulate]           # these are open in this stage
 *       not_next: [conclude]        # these are not
 *
 * What is left out is not looked at. `of` left out is a clock of nobody; `nth` left out is the
 * first. An unknown key or word is a fault of the file, never a difference. */
#ifndef SHENCHA_STORY_H
#define SHENCHA_STORY_H

#include "position.h"
#include "script.h"

typedef struct StoryDifference {
    const Node *node;        /* the place in the file that did not come true */
    Day on;                  /* day of the expectation */
    Str what;                /* "clock screening: due", "stage": keys of the legal position */
    Str expected, found;     /* as written in a position; "null" where there is none */
} StoryDifference;

typedef struct Story {
    const Script *script;
    Str title_zh, title_en;  /* may be empty */
    const Position *const *positions;   /* one for each expectation */
    size_t positions_count;
    size_t checks;           /* single values that were compared */
    const StoryDifference *differences;
    size_t differences_count;
} Story;

/* Checks every expectation. A story without one, with an unknown word, or with a clause in
 * `clauses` that its edition does not have is FAIL_INPUT with its place; differences are none.
 * In arena; `script` is borrowed. */
Fail story_check(Law *law, Arena *arena, const Script *script, Story *ret_story,
                 Fault *fault) MUST_USE;

/* story_value.c: what a position says, as the text that a story would write. */
/* Value of a clock's key (due, used, state …); false for a key that no clock has. */
bool story_clock_value(Arena *arena, const Position *position, const ClockView *clock, Str key,
                       Str *ret_value);
/* "cac" of "member/cac" and so on: the party of a clock; empty for nobody. */
Str story_clock_of(Arena *arena, const Position *position, const ClockView *clock);
/* A clause as a position writes it: a number, "policy", or "null". */
Str story_clause(Str clause);

#endif
