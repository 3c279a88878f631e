/* lawcheck_walk.c: every state that a matter can stand in, found by doing every act that may be
 * done, from the opening acts on:
 *
 *   state ── guards that may hold ──▶ branch ── stop, answer or lift, stage, start, impose ──▶
 * state
 *
 * The order of effects is that of core/matter.c. What hangs on people's answers goes both ways. */
#include <assert.h>

#include "lawcheck_inside.h"

enum { STATES_MAX = 1 << 14, TABLE = STATES_MAX * 2, EDGES_MAX = 1 << 19 };

typedef enum Holds { HOLDS_NEVER, HOLDS_PERHAPS, HOLDS_ALWAYS } Holds;

typedef struct Edge { uint32_t from, to; } Edge;

typedef struct Walking {
    Arena *arena;
    const Edition *edition;
    Walk *walk;
    uint32_t *table;             /* index + 1 into states; 0: free */
    Edge *edges;
    size_t edges_count, edges_capacity;
    uint64_t done_asked, ever_asked;   /* acts that guards and references name */
    bool opener_asked;
} Walking;

uint32_t walk_duty_clocks(const Edition *edition, uint32_t open)
{
    uint32_t clocks = 0;
    for (size_t i = 0; i < edition->duties_count; i++) {
        if ((open >> i & 1) && edition->duties[i].clock != ID_NONE) {
            clocks |= UINT32_C(1) << edition->duties[i].clock;
        }
    }
    return clocks;
}

static uint64_t ref_acts(const Ref *ref)
{
    return ref->kind == REF_ACT ? UINT64_C(1) << ref->act : 0;
}

static void names_of_guards(Walking *walking, const Guard *guards, uint8_t count)
{
    for (uint8_t i = 0; i < count; i++) {
        const Guard *guard = &guards[i];
        walking->done_asked |= guard->kind == GUARD_DONE ? guard->acts : 0;
        walking->opener_asked |= guard->kind == GUARD_OPENED_BY;
        for (uint8_t j = 0; j < guard->equals_count; j++) {
            walking->ever_asked |= ref_acts(&guard->equals[j].ref);
        }
    }
}

/* Only what some guard looks at is kept in a state, so that there are few of them. */
static void names_of_edition(Walking *walking)
{
    const Edition *edition = walking->edition;
    for (size_t i = 0; i < edition->acts_count; i++) {
        for (uint8_t j = 0; j < edition->acts[i].branches_count; j++) {
            const Branch *branch = &edition->acts[i].branches[j];
            names_of_guards(walking, branch->needs, branch->needs_count);
            names_of_guards(walking, branch->warns, branch->warns_count);
            if (branch->outcome_kind == OUTCOME_REF) {
                walking->ever_asked |= ref_acts(&branch->outcome_ref);
            }
        }
    }
}

static bool state_eq(const State *a, const State *b)
{
    return a->stage == b->stage && a->opened_by == b->opened_by && a->clocks == b->clocks &&
           a->open == b->open && a->laid == b->laid && a->done == b->done && a->ever == b->ever;
}

static uint32_t state_hash(const State *state)
{
    uint64_t words[] = {(uint64_t)state->stage << 8 | state->opened_by,
                        (uint64_t)state->clocks << 32 | state->open, state->laid, state->done,
                        state->ever};
    uint64_t hash = UINT64_C(0x9E3779B97F4A7C15);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        hash = (hash ^ words[i]) * UINT64_C(0xD6E8FEB86659FD93);
        hash ^= hash >> 32;
    }
    return (uint32_t)hash % TABLE;
}

/* Index of the state, added when it is new; UINT32_MAX when there are too many. */
static uint32_t state_add(Walking *walking, const State *state)
{
    Walk *walk = walking->walk;
    uint32_t at = state_hash(state);
    while (walking->table[at]) {
        if (state_eq(&walk->states[walking->table[at] - 1], state)) {
            return walking->table[at] - 1;
        }
        at = (at + 1) % TABLE;
    }
    if (walk->count == STATES_MAX) {
        walk->cut = true;
        return UINT32_MAX;
    }
    walk->states = arena_grow(walking->arena, walk->states, walk->count, &walk->capacity,
                              walk->count + 1, sizeof *walk->states);
    walk->states[walk->count++] = *state;
    walking->table[at] = (uint32_t)walk->count;
    return (uint32_t)walk->count - 1;
}

static Holds holds_given(const State *state, const Guard *guard)
{
    for (uint8_t i = 0; i < guard->equals_count; i++) {
        uint64_t acts = ref_acts(&guard->equals[i].ref);
        if (guard->kind == GUARD_GIVEN && (acts & ~state->ever)) {
            return HOLDS_NEVER;
        }
    }
    return HOLDS_PERHAPS;
}

static Holds holds(const Edition *edition, const State *state, const Guard *guard)
{
    bool laid = guard->duty != ID_NONE && (state->laid >> guard->duty & 1);
    bool open = guard->duty != ID_NONE && (state->open >> guard->duty & 1);
    switch (guard->kind) {
    case GUARD_DONE:
        return (guard->acts & ~state->done) == 0 ? HOLDS_ALWAYS : HOLDS_NEVER;
    case GUARD_OPENED_BY:
        return state->opened_by != ID_NONE && (guard->acts >> state->opened_by & 1)
                   ? HOLDS_ALWAYS : HOLDS_NEVER;
    case GUARD_NONE_OPEN:
        return open ? HOLDS_NEVER : HOLDS_ALWAYS;
    case GUARD_ANSWERED:
    case GUARD_DISAGREED:
        return laid ? HOLDS_PERHAPS : HOLDS_NEVER;
    case GUARD_AGREED:
        return laid && !open ? HOLDS_PERHAPS : HOLDS_NEVER;
    case GUARD_IN_TIME: {
        uint32_t running = state->clocks | walk_duty_clocks(edition, state->open);
        return running >> guard->clock & 1 ? HOLDS_PERHAPS : HOLDS_NEVER;
    }
    case GUARD_GIVEN:
    case GUARD_ANY_GIVEN:
        return holds_given(state, guard);
    case GUARD_COMPLETE:
    case GUARD_ON_REGISTER:
        return HOLDS_PERHAPS;
    }
    return HOLDS_PERHAPS;
}

/* May all guards hold? Notes which held and failed: a guard that never fails asks nothing. */
static bool guards_may_hold(const Edition *edition, const State *state, const Guard *guards,
                            uint8_t count, uint8_t *held, uint8_t *failed)
{
    bool may = true;
    for (uint8_t i = 0; i < count; i++) {
        Holds answer = holds(edition, state, &guards[i]);
        may &= answer != HOLDS_NEVER;
        *held |= (uint8_t)((answer != HOLDS_NEVER) << i);
        *failed |= (uint8_t)((answer != HOLDS_ALWAYS) << i);
    }
    return may;
}

static bool is_final(const Edition *edition, StageId stage)
{
    return stage != ID_NONE && edition->stages[stage].final;
}

/* Is there something to answer and to lift? */
static bool duties_may_close(const Edition *edition, const State *state, const ActKind *act,
                             const Branch *branch)
{
    for (size_t i = 0; i < edition->duties_count; i++) {
        const DutyKind *duty = &edition->duties[i];
        bool again = act->by_addressee && duty->repeatable && (state->laid >> i & 1);
        if ((branch->fulfils >> i & 1) && !(state->open >> i & 1) && !again) {
            return false;
        }
        if ((branch->lifts >> i & 1) && duty->several && !is_final(edition, branch->to) &&
            !(state->open >> i & 1)) {
            return false;
        }
    }
    return true;
}

static void arrive(Walking *walking, uint32_t from, const State *next)
{
    uint32_t to = state_add(walking, next);
    if (to == UINT32_MAX || from == UINT32_MAX) {
        return;
    }
    if (walking->edges_count == EDGES_MAX) {
        walking->walk->cut = true;
        return;
    }
    walking->edges = arena_grow(walking->arena, walking->edges, walking->edges_count,
                                &walking->edges_capacity, walking->edges_count + 1,
                                sizeof *walking->edges);
    walking->edges[walking->edges_count++] = (Edge){from, to};
}

/* Duties whose answer or end may leave others of the same kind open. */
static uint32_t closed_in_part(const Edition *edition, const Branch *branch)
{
    uint32_t part = branch->fulfils;
    for (size_t i = 0; i < edition->duties_count; i++) {
        if ((branch->lifts >> i & 1) && edition->duties[i].several) {
            part |= UINT32_C(1) << i;
        }
    }
    return part;
}

static void do_branch(Walking *walking, uint32_t from, const State *state, size_t act_at,
                      const Branch *branch, BranchSeen *seen)
{
    const Edition *edition = walking->edition;
    State next = *state;
    bool opening = state->stage == ID_NONE;
    uint64_t own = UINT64_C(1) << act_at;
    StageId to = opening ? branch->opens : branch->to;
    seen->done = true;
    seen->running |= state->clocks | walk_duty_clocks(edition, state->open);
    seen->owed |= state->open;
    seen->done_in |= opening ? 0 : UINT32_C(1) << state->stage;
    seen->unsaid |= branch->outcome_kind == OUTCOME_REF &&
                    (ref_acts(&branch->outcome_ref) & ~state->ever) != 0;
    next.clocks &= ~(branch->stops | branch->voids | branch->moots);
    next.done |= own & walking->done_asked;
    next.ever |= own & walking->ever_asked;
    next.opened_by = opening && walking->opener_asked ? (ActId)act_at : state->opened_by;
    if (to != ID_NONE) {
        next.stage = to;
        next.done = 0;
    }
    seen->outlive |= is_final(edition, next.stage) ? next.clocks : 0;
    seen->twice |= next.clocks & branch->starts;
    next.clocks |= branch->starts;
    uint32_t part = closed_in_part(edition, branch) & state->open;
    uint32_t laid = branch->imposes == ID_NONE ? 0 : UINT32_C(1) << branch->imposes;
    walking->walk->met |= state->open & (branch->fulfils | branch->lifts);
    walking->walk->laid |= laid;
    next.laid |= laid;
    for (uint32_t kept = part;; kept = (kept - 1) & part) {   /* every way of closing some */
        next.open = (state->open & ~(branch->lifts | part)) | kept;
        next.open = to != ID_NONE && is_final(edition, to) ? 0 : next.open;
        next.open |= laid;
        arrive(walking, from, &next);
        if (kept == 0 || walking->walk->cut) {
            return;
        }
    }
}

static bool open_here(const State *state, const Branch *branch)
{
    return state->stage == ID_NONE ? branch->opens != ID_NONE : branch->in >> state->stage & 1;
}

static void do_all(Walking *walking, uint32_t from, State state)
{
    const Edition *edition = walking->edition;
    for (size_t i = 0; i < edition->acts_count; i++) {
        const ActKind *act = &edition->acts[i];
        for (uint8_t j = 0; j < act->branches_count; j++) {
            const Branch *branch = &act->branches[j];
            BranchSeen *seen = &walking->walk->seen[i][j];
            if (!open_here(&state, branch)) {
                continue;
            }
            seen->visited = true;
            guards_may_hold(edition, &state, branch->warns, branch->warns_count,
                            &seen->warn_held, &seen->warn_failed);
            if (guards_may_hold(edition, &state, branch->needs, branch->needs_count, &seen->held,
                                &seen->failed) &&
                duties_may_close(edition, &state, act, branch)) {
                do_branch(walking, from, &state, i, branch, seen);
                if (state.stage != ID_NONE && branch->to != ID_NONE &&
                    branch->to != state.stage) {
                    walking->walk->left |= UINT32_C(1) << state.stage;
                }
            }
        }
    }
}

/* Stages of which every state can come to an end: backwards from the final ones. */
static void find_ends(Walking *walking)
{
    Walk *walk = walking->walk;
    bool *ends = ARENA_MANY(walking->arena, bool, walk->count);
    for (size_t i = 0; i < walk->count; i++) {
        ends[i] = is_final(walking->edition, walk->states[i].stage);
    }
    for (bool more = true; more;) {
        more = false;
        for (size_t i = walking->edges_count; i > 0; i--) {
            const Edge *edge = &walking->edges[i - 1];
            if (ends[edge->to] && !ends[edge->from]) {
                ends[edge->from] = true;
                more = true;
            }
        }
    }
    walk->ends = UINT32_MAX;
    for (size_t i = 0; i < walk->count; i++) {
        if (!ends[i]) {
            assert(walk->states[i].stage < EDITION_STAGES_MAX);
            walk->ends &= ~(UINT32_C(1) << walk->states[i].stage);
        }
    }
}

const Walk *walk_edition(Arena *arena, const Edition *edition)
{
    Walk *walk = ARENA_NEW(arena, Walk);
    Walking walking = {.arena = arena, .edition = edition, .walk = walk,
                       .table = ARENA_MANY(arena, uint32_t, TABLE)};
    names_of_edition(&walking);
    do_all(&walking, UINT32_MAX, (State){.stage = ID_NONE, .opened_by = ID_NONE});
    for (size_t i = 0; i < walk->count && !walk->cut; i++) {
        State state = walk->states[i];
        bool first = !(walk->reached >> state.stage & 1);
        walk->reached |= UINT32_C(1) << state.stage;
        walk->sometimes[state.stage] |= state.clocks;
        walk->always[state.stage] &= first ? 0 : state.clocks;
        walk->always[state.stage] |= first ? state.clocks : 0;
        if (state.clocks | walk_duty_clocks(edition, state.open)) {
            walk->timed |= UINT32_C(1) << state.stage;
        }
        do_all(&walking, (uint32_t)i, state);
    }
    find_ends(&walking);
    return walk;
}
