/* coverage.c: the list of what an edition can do, and marks against it. */
#include "coverage.h"

static CoverageItem *find(Coverage *coverage, CoverageKind kind, const Node *node, Str what)
{
    for (size_t i = 0; i < coverage->count; i++) {
        CoverageItem *item = &coverage->items[i];
        if (item->kind == kind && item->node == node && str_eq(item->what, what)) {
            return item;
        }
    }
    return NULL;
}

static void add(Coverage *coverage, CoverageItem item)
{
    coverage->items = arena_grow(coverage->arena, coverage->items, coverage->count,
                                 &coverage->capacity, coverage->count + 1,
                                 sizeof *coverage->items);
    coverage->items[coverage->count++] = item;
}

static void mark(Coverage *coverage, CoverageKind kind, const Node *node, Str what)
{
    CoverageItem *item = find(coverage, kind, node, what);
    if (item) {
        item->shown = true;
    }
}

/* 7(3) is part of 7. */
static Str whole_clause(Str clause)
{
    return str_part(clause, 0, str_find(clause, '('));
}

static void add_clause(Coverage *coverage, Str clause)
{
    clause = whole_clause(clause);
    if (clause.len && !find(coverage, COVERAGE_CLAUSE, NULL, clause)) {
        add(coverage, (CoverageItem){.kind = COVERAGE_CLAUSE, .what = clause});
    }
}

static void mark_clause(Coverage *coverage, Str clause)
{
    mark(coverage, COVERAGE_CLAUSE, NULL, whole_clause(clause));
}

static Str stages_text(Arena *arena, const Edition *edition, uint32_t stages)
{
    Buf buf = {0};
    for (size_t i = 0; i < edition->stages_count; i++) {
        if (stages >> i & 1) {
            buf_put(&buf, buf.len ? STR(", ") : STR_NONE);
            buf_put(&buf, edition->stages[i].id);
        }
    }
    Str text = str_copy(arena, buf_str(&buf));
    buf_done(&buf);
    return text;
}

static void add_guards(Coverage *coverage, CoverageKind kind, const ActKind *act, Str where,
                       const Guard *guards, uint8_t count)
{
    for (uint8_t i = 0; i < count; i++) {   /* those of an act stand in each of its branches */
        if (!find(coverage, kind, guards[i].node, act->id)) {
            add(coverage, (CoverageItem){.kind = kind, .what = act->id, .where = where,
                                         .clause = guards[i].clause, .node = guards[i].node});
        }
        add_clause(coverage, guards[i].clause);
    }
}

static void add_act(Coverage *coverage, const ActKind *act)
{
    for (uint8_t i = 0; i < act->clause.count; i++) {
        add_clause(coverage, act->clause.at[i]);
    }
    for (uint8_t i = 0; i < act->branches_count; i++) {
        const Branch *branch = &act->branches[i];
        Str where = stages_text(coverage->arena, coverage->edition, branch->in);
        Str clause = branch->clause.len ? branch->clause : act->clause.at[0];
        add(coverage, (CoverageItem){.kind = COVERAGE_ACT, .what = act->id, .where = where,
                                     .clause = clause, .node = branch->node});
        add_clause(coverage, branch->clause);
        add_guards(coverage, COVERAGE_REFUSAL, act, where, branch->needs, branch->needs_count);
        add_guards(coverage, COVERAGE_WARNING, act, where, branch->warns, branch->warns_count);
        if (branch->at_most) {
            add(coverage, (CoverageItem){.kind = COVERAGE_TIMES, .what = act->id, .where = where,
                                         .clause = clause, .node = branch->node});
        }
    }
}

void coverage_init(Coverage *coverage, Arena *arena, const Edition *edition)
{
    *coverage = (Coverage){.edition = edition, .arena = arena};
    for (size_t i = 0; i < edition->stages_count; i++) {
        add(coverage, (CoverageItem){.kind = COVERAGE_STAGE, .what = edition->stages[i].id,
                                     .clause = edition->stages[i].clause.at[0],
                                     .node = edition->stages[i].node});
    }
    for (size_t i = 0; i < edition->clocks_count; i++) {
        add(coverage, (CoverageItem){.kind = COVERAGE_CLOCK, .what = edition->clocks[i].id,
                                     .clause = edition->clocks[i].clause,
                                     .node = edition->clocks[i].node});
        add_clause(coverage, edition->clocks[i].clause);
    }
    for (size_t i = 0; i < edition->duties_count; i++) {
        add_clause(coverage, edition->duties[i].clause);
        add_clause(coverage, edition->duties[i].silence_clause);
    }
    for (size_t i = 0; i < edition->acts_count; i++) {
        add_act(coverage, &edition->acts[i]);
    }
}

static void mark_done(Coverage *coverage, const DoneView *done)
{
    const Edition *edition = coverage->edition;
    mark(coverage, COVERAGE_ACT, done->branch->node, done->kind->id);
    if (done->branch->clause.len) {
        mark_clause(coverage, done->branch->clause);
    } else {
        for (uint8_t i = 0; i < done->kind->clause.count; i++) {
            mark_clause(coverage, done->kind->clause.at[i]);
        }
    }
    if (done->after != ID_NONE) {
        mark(coverage, COVERAGE_STAGE, edition->stages[done->after].node,
             edition->stages[done->after].id);
    }
    if (done->branch->imposes != ID_NONE) {
        mark_clause(coverage, edition->duties[done->branch->imposes].clause);
    }
    for (size_t i = 0; i < done->warnings_count; i++) {
        mark(coverage, COVERAGE_WARNING, done->warnings[i]->node, done->kind->id);
        mark_clause(coverage, done->warnings[i]->clause);
    }
}

static void mark_refused(Coverage *coverage, const RefusedView *refused)
{
    const Decision *decision = refused->decision;
    mark_clause(coverage, decision->clause);
    if (decision->guard) {
        mark(coverage, COVERAGE_REFUSAL, decision->guard->node, decision->act->id);
    } else if (decision->why == WORD_REFUSED_TIMES) {
        for (uint8_t i = 0; i < decision->act->branches_count; i++) {
            const Branch *branch = &decision->act->branches[i];
            if (branch->at_most && str_eq(branch->clause, decision->clause)) {
                mark(coverage, COVERAGE_TIMES, branch->node, decision->act->id);
            }
        }
    }
}

/* Silence that opens the special procedure: the policy is at work where a round is over by it. */
static void mark_silence(Coverage *coverage, const Position *position)
{
    for (size_t i = 0; i < position->clocks_count; i++) {
        const ClockRun *run = position->clocks[i].run;
        Day due = position->clocks[i].status.due;
        if (run->end != CLOCK_MOOT || run->of.role == ID_NONE || run->stopped <= due) {
            continue;
        }
        for (size_t j = 0; j < position->edition->duties_count; j++) {
            const DutyKind *duty = &position->edition->duties[j];
            if (duty->clock == run->clock && duty->silence_disagrees) {
                mark_clause(coverage, duty->silence_clause);
            }
        }
    }
}

void coverage_add(Coverage *coverage, const Story *story)
{
    coverage->stories++;
    for (size_t i = 0; i < story->positions_count; i++) {
        const Position *position = story->positions[i];
        for (size_t j = 0; j < position->done_count; j++) {
            mark_done(coverage, &position->done[j]);
        }
        for (size_t j = 0; j < position->refused_count; j++) {
            mark_refused(coverage, &position->refused[j]);
        }
        for (size_t j = 0; j < position->clocks_count; j++) {
            const ClockKind *clock = position->clocks[j].kind;
            mark(coverage, COVERAGE_CLOCK, clock->node, clock->id);
            mark_clause(coverage, clock->clause);
        }
        mark_silence(coverage, position);
    }
}

void coverage_count(const Coverage *coverage, CoverageKind kind, size_t *ret_all,
                    size_t *ret_shown)
{
    *ret_all = *ret_shown = 0;
    for (size_t i = 0; i < coverage->count; i++) {
        *ret_all += coverage->items[i].kind == kind;
        *ret_shown += coverage->items[i].kind == kind && coverage->items[i].shown;
    }
}
