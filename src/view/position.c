/* position.c: folding the acts up to a day, and looking at what stands then. */
#include "position.h"

typedef struct Lists {           /* room for every act, in arena */
    RefusedView *refused;
    uint32_t *assumed;
    DoneView *done;
    size_t refused_count, assumed_count, done_count;
} Lists;

static void note_refused(Arena *arena, Lists *lists, const Act *act, const Decision *decision)
{
    bool policy = clause_is_policy(decision->clause);
    lists->refused[lists->refused_count++] = (RefusedView){
        .n = act->n, .asked = act, .act = act->act_word,
        .clause = policy ? STR("policy") : decision->clause,
        .policy = policy ? decision->clause : STR_NONE, .why = decision->why,
        .decision = arena_copy(arena, decision, sizeof *decision)};
}

static void note_done(Arena *arena, Lists *lists, const Matter *matter, const Act *act,
                      const Decision *decision, StageId before)
{
    DoneView *done = &lists->done[lists->done_count++];
    *done = (DoneView){.act = act, .kind = decision->act, .branch = decision->branch,
                       .clause = act_clause(matter->edition, decision->act, decision->branch,
                                            before),
                       .before = before, .after = matter->stage,
                       .warnings_count = decision->warnings_count};
    if (decision->warnings_count) {
        done->warnings = arena_copy(arena, decision->warnings,
                                    decision->warnings_count * sizeof *decision->warnings);
    }
    if (act->assumed) {
        lists->assumed[lists->assumed_count++] = act->n;
    }
}

static const NextView *next_of(Arena *arena, const Matter *matter, size_t *ret_count)
{
    const Edition *edition = matter->edition;
    NextView *next = ARENA_MANY(arena, NextView, edition->acts_count);
    size_t count = 0;
    for (size_t i = 0; i < edition->acts_count; i++) {
        const ActKind *kind = &edition->acts[i];
        for (uint8_t j = 0; j < kind->branches_count; j++) {
            const Branch *branch = &kind->branches[j];
            bool open = matter->stage == ID_NONE ? branch->opens != ID_NONE
                                                 : (branch->in >> matter->stage & 1) != 0;
            if (open) {
                next[count++] = (NextView){kind, branch,
                                           act_clause(edition, kind, branch, matter->stage)};
                break;
            }
        }
    }
    *ret_count = count;
    return next;
}

static const ClockView *clocks_of(Arena *arena, const Matter *matter, const Calendar *calendar,
                                  Day on)
{
    ClockView *views = ARENA_MANY(arena, ClockView, matter->clocks_count);
    for (size_t i = 0; i < matter->clocks_count; i++) {
        const ClockRun *run = &matter->clocks[i];
        views[i] = (ClockView){&matter->edition->clocks[run->clock], run,
                               dayclock_status(matter, run, calendar, on)};
    }
    return views;
}

/* What stands after the fold. */
static const Position *position_made(Arena *arena, Str name, const Matter *matter,
                                     const Lists *lists, const Calendar *calendar, Day on)
{
    Position *position = ARENA_NEW(arena, Position);
    *position = (Position){.name = name, .edition = matter->edition, .matter = matter,
                           .calendar = calendar, .on = on,
                           .clocks_count = matter->clocks_count, .refused = lists->refused,
                           .refused_count = lists->refused_count, .assumed = lists->assumed,
                           .assumed_count = lists->assumed_count, .done = lists->done,
                           .done_count = lists->done_count};
    position->clocks = clocks_of(arena, matter, calendar, on);
    position->next = next_of(arena, matter, &position->next_count);
    return position;
}

static Lists lists_for(Arena *arena, size_t acts_count)
{
    return (Lists){.refused = ARENA_MANY(arena, RefusedView, acts_count),
                   .assumed = ARENA_MANY(arena, uint32_t, acts_count),
                   .done = ARENA_MANY(arena, DoneView, acts_count)};
}

const Position *position_of(Arena *arena, Str name, const Edition *edition, const Facts *facts,
                            const Act *acts, size_t acts_count, const Calendar *calendar, Day on)
{
    Matter *matter = ARENA_NEW(arena, Matter);
    matter_init(matter, arena, edition, facts);
    Lists lists = lists_for(arena, acts_count);
    for (size_t i = 0; i < acts_count; i++) {
        if (acts[i].on > on) {
            continue;
        }
        Decision decision = matter_decide(matter, calendar, &acts[i], arena);
        if (decision.kind == DECISION_REFUSED) {
            note_refused(arena, &lists, &acts[i], &decision);
            continue;
        }
        StageId before = matter->stage;
        matter_apply(matter, &acts[i], decision.branch);
        note_done(arena, &lists, matter, &acts[i], &decision, before);
    }
    return position_made(arena, name, matter, &lists, calendar, on);
}

const Position *position_recorded(Arena *arena, Str name, const Edition *edition,
                                  const Facts *facts, const Act *acts, size_t acts_count,
                                  const Calendar *calendar, Day on, uint32_t *ret_bad)
{
    Matter *matter = ARENA_NEW(arena, Matter);
    matter_init(matter, arena, edition, facts);
    Lists lists = lists_for(arena, acts_count);
    for (size_t i = 0; i < acts_count && acts[i].on <= on; i++) {
        const Branch *branch = matter_branch(matter, &acts[i]);
        if (!branch) {
            *ret_bad = acts[i].n;
            return NULL;
        }
        /* Decided again for its warnings alone: a calendar that changed since refuses nothing. */
        Decision decision = matter_decide(matter, calendar, &acts[i], arena);
        if (decision.kind == DECISION_REFUSED) {
            decision = (Decision){.kind = DECISION_DONE,
                                  .act = &edition->acts[acts[i].act], .branch = branch};
        }
        StageId before = matter->stage;
        matter_apply(matter, &acts[i], branch);
        note_done(arena, &lists, matter, &acts[i], &decision, before);
    }
    return position_made(arena, name, matter, &lists, calendar, on);
}
