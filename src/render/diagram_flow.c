/* diagram_flow.c: from stages and steps to tasks, gateways and events. */
#include "diagram_flow.h"

#include <assert.h>

static const size_t none = (size_t)-1;

typedef struct Making {
    Flow *flow;
    const Step *steps;
    size_t steps_count;
    size_t *stage_nodes;     /* by stage, or none */
    size_t *stage_exits;     /* by stage: where its flow goes on: itself or a gateway */
    size_t *gates;           /* by final stage: gateway of its outcomes, or none */
    size_t *ends;            /* by final stage and outcome, or none */
} Making;

static bool is_plain(char letter)
{
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '-';
}

Str flow_id(Arena *arena, const char *prefix, Str word)
{
    Buf buf = {0};
    buf_put(&buf, str_from(prefix));
    for (size_t i = 0; i < word.len; i++) {
        buf_put_byte(&buf, is_plain(word.at[i]) ? word.at[i] : '_');
    }
    Str id = str_copy(arena, buf_str(&buf));
    buf_done(&buf);
    return id;
}

/* The same, with a number that sets it apart. */
static Str numbered_id(Arena *arena, const char *prefix, Str word, size_t number)
{
    Buf buf = {0};
    buf_put(&buf, flow_id(arena, prefix, word));
    buf_put_byte(&buf, '_');
    buf_put_int(&buf, (int64_t)number);
    Str id = str_copy(arena, buf_str(&buf));
    buf_done(&buf);
    return id;
}

static size_t add_node(Flow *flow, FlowNode node)
{
    flow->nodes = arena_grow(flow->arena, flow->nodes, flow->nodes_count, &flow->nodes_room,
                             flow->nodes_count + 1, sizeof *flow->nodes);
    flow->nodes[flow->nodes_count] = node;
    return flow->nodes_count++;
}

static void add_link(Flow *flow, size_t from, size_t to, Str name)
{
    assert(from < flow->nodes_count && to < flow->nodes_count);
    flow->links = arena_grow(flow->arena, flow->links, flow->links_count, &flow->links_room,
                             flow->links_count + 1, sizeof *flow->links);
    flow->links[flow->links_count] =
        (FlowLink){.id = numbered_id(flow->arena, "flow", STR_NONE, flow->links_count + 1),
                   .name = name, .from = from, .to = to};
    flow->links_count++;
}

static Str by_and_clause(Flow *flow, const ActKind *act, const Branch *branch, StageId stage)
{
    Buf buf = {0};
    buf_put(&buf, say_by(flow->arena, flow->edition, act, branch, flow->reader));
    buf_put(&buf, STR(" · "));
    buf_put(&buf, say_clause(flow->arena, flow->edition, act, branch, stage, flow->reader));
    Str said = str_copy(flow->arena, buf_str(&buf));
    buf_done(&buf);
    return said;
}

/* "Send out for opinions", and on a second line "Office · clause 10". */
static Str act_name(Flow *flow, const ActKind *act, const Branch *branch, StageId stage)
{
    Buf buf = {0};
    buf_put(&buf, say_act(act, flow->reader));
    buf_put_byte(&buf, '\n');
    buf_put(&buf, by_and_clause(flow, act, branch, stage));
    Str name = str_copy(flow->arena, buf_str(&buf));
    buf_done(&buf);
    return name;
}

/* Who and which clause, then when and what it needs, line by line. */
static Str about_act(Flow *flow, const ActKind *act, const Branch *branch, StageId stage)
{
    Buf buf = {0};
    buf_put(&buf, by_and_clause(flow, act, branch, stage));
    Str more[] = {say_when(flow->arena, flow->edition, branch, flow->reader),
                  say_needs(flow->arena, flow->edition, branch, flow->reader)};
    for (size_t i = 0; i < sizeof more / sizeof more[0]; i++) {
        if (more[i].len) {
            buf_put_byte(&buf, '\n');
            buf_put(&buf, more[i]);
        }
    }
    Str about = str_copy(flow->arena, buf_str(&buf));
    buf_done(&buf);
    return about;
}

static void add_tasks(Flow *flow, FlowNode *node, StageId stage)
{
    const Edition *edition = flow->edition;
    node->tasks = ARENA_MANY(flow->arena, FlowTask, edition->acts_count + 1);
    for (size_t a = 0; a < edition->acts_count; a++) {
        const ActKind *act = &edition->acts[a];
        for (size_t b = 0; b < act->branches_count; b++) {
            const Branch *branch = &act->branches[b];
            if (branch_stays(branch, stage)) {
                Str id = flow_id(flow->arena, "in_", edition->stages[stage].id);
                Buf prefix = {0};
                buf_put(&prefix, id);
                buf_put_byte(&prefix, '_');
                id = flow_id(flow->arena, str_terminated(flow->arena, buf_str(&prefix)), act->id);
                buf_done(&prefix);
                node->tasks[node->tasks_count++] =
                    (FlowTask){.act = act, .branch = branch, .id = id,
                               .name = act_name(flow, act, branch, stage),
                               .about = about_act(flow, act, branch, stage)};
                break;
            }
        }
    }
}

static void add_timers(Flow *flow, FlowNode *node, StageId stage)
{
    const Edition *edition = flow->edition;
    node->timers = ARENA_MANY(flow->arena, FlowTimer, edition->clocks_count + 1);
    for (size_t c = 0; c < edition->clocks_count; c++) {
        if (!(clock_runs(edition, (ClockId)c).starts >> stage & 1)) {
            continue;
        }
        Cites clause = {{edition->clocks[c].clause}, 1};
        Buf about = {0};
        WORD_PUT(&about, flow->reader->language, WORD_DRAW_TIMER,
                 lawwords_get(flow->reader->words, "clock", edition->clocks[c].id),
                 say_cites(flow->arena, &clause, flow->reader));
        node->timers[node->timers_count++] =
            (FlowTimer){.id = flow_id(flow->arena, "period_", edition->clocks[c].id),
                        .name = say_clock(flow->arena, edition, (ClockId)c, stage, flow->reader),
                        .about = str_copy(flow->arena, buf_str(&about))};
        buf_done(&about);
    }
}

static void add_stage(Making *making, StageId id)
{
    Flow *flow = making->flow;
    const Stage *stage = &flow->edition->stages[id];
    FlowNode node = {.kind = FLOW_STAGE, .stage = id,
                     .special = stage->special && !stage->final,
                     .id = flow_id(flow->arena, "stage_", stage->id),
                     .name = say_stage(flow->edition, id, flow->reader),
                     .about = say_cites(flow->arena, &stage->clause, flow->reader)};
    add_tasks(flow, &node, id);
    add_timers(flow, &node, id);
    making->stage_nodes[id] = none;
    if (!stage->final || node.tasks_count) {
        making->stage_nodes[id] = add_node(flow, node);
    }
    making->stage_exits[id] = making->stage_nodes[id];
}

/* True when some step enters the stage with an outcome that only what was given tells. */
static bool outcome_open(const Making *making, StageId stage)
{
    for (size_t s = 0; s < making->steps_count; s++) {
        if (making->steps[s].to == stage && making->steps[s].branch->outcome_kind == OUTCOME_REF) {
            return true;
        }
    }
    return making->stage_nodes[stage] != none;
}

/* "Concluded: pass". */
static Str end_name(Flow *flow, StageId stage, Str outcome)
{
    Buf buf = {0};
    Str last = say_stage(flow->edition, stage, flow->reader);
    if (str_eq(last, outcome)) {
        return outcome;
    }
    WORD_PUT(&buf, flow->reader->language, WORD_DRAW_VALUE, last, outcome);
    Str name = str_copy(flow->arena, buf_str(&buf));
    buf_done(&buf);
    return name;
}

static void add_ends(Making *making, StageId stage)
{
    Flow *flow = making->flow;
    const Edition *edition = flow->edition;
    size_t count, *ends = &making->ends[stage * (edition->outcomes_count + 1)];
    const size_t *outcomes = stage_outcomes(flow->arena, edition, stage, &count);
    for (size_t o = 0; o <= edition->outcomes_count; o++) {
        ends[o] = none;
    }
    Str id = edition->stages[stage].id;
    for (size_t i = 0; i < count; i++) {
        size_t o = outcomes[i];
        Cites clause = {{edition->outcome_clauses[o]}, 1};
        ends[o] = add_node(
            flow, (FlowNode){.kind = FLOW_END, .stage = stage, .outcome = o,
                             .id = numbered_id(flow->arena, "end_", edition->outcomes[o], stage),
                             .name = end_name(flow, stage, say_outcome(edition, o, flow->reader)),
                             .about = say_cites(flow->arena, &clause, flow->reader)});
    }
    if (count == 0) {
        ends[edition->outcomes_count] =
            add_node(flow, (FlowNode){.kind = FLOW_END, .stage = stage,
                                      .outcome = edition->outcomes_count,
                                      .id = flow_id(flow->arena, "end_", id),
                                      .name = say_stage(edition, stage, flow->reader)});
    }
    making->gates[stage] = none;
    if (count > 1 && outcome_open(making, stage)) {
        making->gates[stage] = add_node(
            flow, (FlowNode){.kind = FLOW_GATEWAY, .stage = stage,
                             .id = flow_id(flow->arena, "outcome_of_", id),
                             .name = word_text(flow->reader->language, WORD_DRAW_WHICH_OUTCOME)});
        for (size_t i = 0; i < count; i++) {
            add_link(flow, making->gates[stage], ends[outcomes[i]],
                     say_outcome(edition, outcomes[i], flow->reader));
        }
    }
    if (making->stage_nodes[stage] != none) {
        size_t only = count ? ends[outcomes[0]] : ends[edition->outcomes_count];
        add_link(flow, making->stage_nodes[stage],
                 making->gates[stage] != none ? making->gates[stage] : only, STR_NONE);
    }
}

/* The node that a step enters. */
static size_t entered(const Making *making, const Step *step)
{
    const Edition *edition = making->flow->edition;
    if (making->stage_nodes[step->to] != none) {
        return making->stage_nodes[step->to];
    }
    const size_t *ends = &making->ends[step->to * (edition->outcomes_count + 1)];
    size_t outcome = step_outcome(edition, step);
    if (step->branch->outcome_kind == OUTCOME_REF && making->gates[step->to] != none) {
        return making->gates[step->to];
    }
    size_t o = outcome < edition->outcomes_count && ends[outcome] != none ? outcome : 0;
    while (ends[o] == none) {
        o++;
    }
    return ends[o];
}

/* Branches of one act that are told apart by what is given are one task. */
static bool same_task(const Step *a, const Step *b)
{
    return a == b || (a->act == b->act && a->from == b->from && a->branch->when_count &&
                      b->branch->when_count);
}

static size_t first_of_task(const Making *making, size_t step)
{
    size_t first = 0;
    while (!same_task(&making->steps[first], &making->steps[step])) {
        first++;
    }
    return first;
}

/* How many tasks lead on from a stage. */
static size_t ways_out(const Making *making, StageId stage)
{
    size_t count = 0;
    for (size_t s = 0; s < making->steps_count; s++) {
        count += (making->steps[s].from >> stage & 1) && first_of_task(making, s) == s;
    }
    return count;
}

static void add_exit(Making *making, StageId stage)
{
    Flow *flow = making->flow;
    if (making->stage_nodes[stage] == none || flow->edition->stages[stage].final ||
        ways_out(making, stage) < 2) {
        return;
    }
    size_t node = making->stage_nodes[stage];
    size_t gate = add_node(flow, (FlowNode){.kind = FLOW_GATEWAY, .stage = stage,
                                            .special = flow->nodes[node].special,
                                            .id = flow_id(flow->arena, "after_",
                                                          flow->edition->stages[stage].id)});
    add_link(flow, node, gate, STR_NONE);
    making->stage_exits[stage] = gate;
}

/* Whether all agreed or somebody did not: what a gateway's way depends on. */
static Str condition(Flow *flow, const Branch *branch)
{
    for (size_t i = 0; i < branch->needs_count; i++) {
        if (branch->needs[i].kind == GUARD_AGREED || branch->needs[i].kind == GUARD_DISAGREED) {
            Branch one = {.needs = {branch->needs[i]}, .needs_count = 1};
            return say_needs(flow->arena, flow->edition, &one, flow->reader);
        }
    }
    return STR_NONE;
}

static bool equal_in(const Branch *branch, const Equal *equal)
{
    for (size_t i = 0; i < branch->when_count; i++) {
        const Equal *other = &branch->when[i];
        if (other->ref.kind == equal->ref.kind && other->ref.field == equal->ref.field &&
            str_eq(other->ref.key, equal->ref.key) && str_eq(other->value, equal->value)) {
            return true;
        }
    }
    return false;
}

/* When a task leads to this node: what all its branches that do have in common, or each. */
static Str when_name(Making *making, const Step *step, size_t node)
{
    Flow *flow = making->flow;
    Branch common = *step->branch;
    Buf each = {0};
    for (size_t s = 0; s < making->steps_count; s++) {
        const Step *other = &making->steps[s];
        if (!same_task(step, other) || entered(making, other) != node) {
            continue;
        }
        for (size_t i = common.when_count; i-- > 0;) {
            if (!equal_in(other->branch, &common.when[i])) {
                common.when[i] = common.when[--common.when_count];
            }
        }
        if (each.len) {
            buf_put(&each, word_text(flow->reader->language, WORD_DRAW_OR));
        }
        buf_put(&each, say_when(flow->arena, flow->edition, other->branch, flow->reader));
    }
    Str name = common.when_count ? say_when(flow->arena, flow->edition, &common, flow->reader)
                                 : str_copy(flow->arena, buf_str(&each));
    buf_done(&each);
    return name;
}

static bool linked(const Flow *flow, size_t from, size_t to)
{
    for (size_t i = 0; i < flow->links_count; i++) {
        if (flow->links[i].from == from && flow->links[i].to == to) {
            return true;
        }
    }
    return false;
}

static bool within_special(const Making *making, const Step *step)
{
    const Stage *stages = making->flow->edition->stages;
    bool within = step->from && stages[step->to].special && !stages[step->to].final;
    for (size_t s = 0; s < making->flow->edition->stages_count; s++) {
        within = within && (!(step->from >> s & 1) || stages[s].special);
    }
    return within;
}

/* A task (or start event) with the ways to it and from it. */
static void add_step(Making *making, size_t which)
{
    Flow *flow = making->flow;
    const Step *step = &making->steps[which];
    StageId met = steps_first(step->from);
    size_t branches = 0;
    for (size_t s = 0; s < making->steps_count; s++) {
        branches += same_task(step, &making->steps[s]);
    }
    size_t node = add_node(
        flow, (FlowNode){.kind = step->from ? FLOW_TASK : FLOW_START, .act = step->act,
                         .branch = step->branch, .stage = met,
                         .special = within_special(making, step),
                         .id = numbered_id(flow->arena, step->from ? "act_" : "start_",
                                           step->act->id, which + 1),
                         .name = act_name(flow, step->act, step->branch, met),
                         .about = about_act(flow, step->act, step->branch, met)});
    for (size_t s = 0; s < flow->edition->stages_count; s++) {
        if (step->from >> s & 1) {
            bool gate = making->stage_exits[s] != making->stage_nodes[s];
            add_link(flow, making->stage_exits[s], node,
                     gate ? condition(flow, step->branch) : STR_NONE);
        }
    }
    size_t from = node;
    if (branches > 1) {
        from = add_node(flow, (FlowNode){.kind = FLOW_GATEWAY, .stage = met,
                                         .special = within_special(making, step),
                                         .id = numbered_id(flow->arena, "result_of_",
                                                           step->act->id, which + 1)});
        add_link(flow, node, from, STR_NONE);
    }
    for (size_t s = which; s < making->steps_count; s++) {
        if (!same_task(step, &making->steps[s])) {
            continue;
        }
        size_t to = entered(making, &making->steps[s]);
        if (!linked(flow, from, to)) {
            add_link(flow, from, to,
                     branches > 1 ? when_name(making, &making->steps[s], to) : STR_NONE);
        }
    }
}

Fail flow_make(Arena *arena, const Edition *edition, const Reader *reader, const Flow **ret_flow,
               Fault *fault)
{
    Flow *flow = ARENA_NEW(arena, Flow);
    *flow = (Flow){.edition = edition, .reader = reader, .arena = arena};
    Making making = {.flow = flow};
    making.steps = steps_of(arena, edition, &making.steps_count);
    making.stage_nodes = ARENA_MANY(arena, size_t, edition->stages_count + 1);
    making.stage_exits = ARENA_MANY(arena, size_t, edition->stages_count + 1);
    making.gates = ARENA_MANY(arena, size_t, edition->stages_count + 1);
    making.ends = ARENA_MANY(arena, size_t,
                             edition->stages_count * (edition->outcomes_count + 1) + 1);
    for (size_t s = 0; s < edition->stages_count; s++) {
        add_stage(&making, (StageId)s);
    }
    for (size_t s = 0; s < edition->stages_count; s++) {
        if (edition->stages[s].final) {
            add_ends(&making, (StageId)s);
        } else {
            add_exit(&making, (StageId)s);
        }
    }
    for (size_t s = 0; s < making.steps_count; s++) {
        if (first_of_task(&making, s) == s) {
            add_step(&making, s);
        }
    }
    *ret_flow = flow;
    return flow_place(flow, fault);
}
