/* diagram_plan.c: how large the boxes are, what stands in them, what hangs together. Places come from
 * diagram_graph. */
#include "diagram_plan.h"

#include <assert.h>

#include "diagram_text.h"

static const double pad_across = 12, pad_along = 10, between = 14, clock_room = 17;
static const double stage_width_min = 190, step_text_width = 190, step_width_min = 96;

typedef struct Labels {      /* of the box being written */
    PlanLabel *at;
    size_t count, capacity;
    double down;             /* where the next line begins */
    double width;            /* wanted so far, without padding */
} Labels;

typedef struct Planning {
    Arena *arena;
    const Edition *edition;
    const Reader *reader;
    const Step *steps;
    size_t steps_count;
    PlanBox *boxes;          /* the stages, then the steps */
    GraphLink *links;
    bool *arrows;
    size_t links_count;
} Planning;

double tone_size(PlanTone tone)
{
    return tone == TONE_TITLE ? 15 : tone == TONE_ACT ? 13 : 12;
}

bool tone_bold(PlanTone tone)
{
    return tone == TONE_TITLE || tone == TONE_ACT;
}

static double line_height(PlanTone tone)
{
    return tone_size(tone) * 1.42;
}

static PlanLabel *add(Planning *planning, Labels *labels, Str text, PlanTone tone,
                      PlanAnchor anchor, double x)
{
    labels->at = arena_grow(planning->arena, labels->at, labels->count, &labels->capacity,
                            labels->count + 1, sizeof *labels->at);
    PlanLabel *label = &labels->at[labels->count++];
    *label = (PlanLabel){.text = text, .tone = tone, .anchor = anchor};
    label->width = text_width(text, tone_size(tone), tone_bold(tone));
    label->at = (GraphPoint){x, labels->down + tone_size(tone) * 1.05};
    return label;
}

static void want(Labels *labels, double width)
{
    labels->width = width > labels->width ? width : labels->width;
}

/* A line of a stage: left, beside it quietly, and at the right edge; x of the last is set by
 * finish(). Returns the index of its first label. */
static size_t add_row(Planning *planning, Labels *labels, double x, Str left, PlanTone tone,
                      Str beside, Str right)
{
    size_t first = labels->count;
    double width = add(planning, labels, left, tone, ANCHOR_START, x)->width;
    if (beside.len) {
        x += width + 8;
        width = add(planning, labels, beside, TONE_QUIET, ANCHOR_START, x)->width;
        labels->at[labels->count - 1].at.y = labels->at[first].at.y;
    }
    if (right.len) {
        double more = add(planning, labels, right, TONE_QUIET, ANCHOR_END, 0)->width;
        labels->at[labels->count - 1].at.y = labels->at[first].at.y;
        width += between + more;
    }
    want(labels, x - pad_across + width);
    labels->down += line_height(tone);
    return first;
}

static void add_outcomes(Planning *planning, Labels *labels, StageId stage)
{
    size_t count;
    const size_t *outcomes = stage_outcomes(planning->arena, planning->edition, stage, &count);
    for (size_t i = 0; i < count; i++) {
        Cites clause = {{planning->edition->outcome_clauses[outcomes[i]]}, 1};
        add_row(planning, labels, pad_across,
                say_outcome(planning->edition, outcomes[i], planning->reader), TONE_PLAIN, STR_NONE,
                say_cites(planning->arena, &clause, planning->reader));
    }
}

static void add_clocks(Planning *planning, Labels *labels, StageId stage)
{
    const Edition *edition = planning->edition;
    for (size_t c = 0; c < edition->clocks_count; c++) {
        ClockRuns runs = clock_runs(edition, (ClockId)c);
        if (!(runs.runs >> stage & 1)) {
            continue;
        }
        Cites clause = {{edition->clocks[c].clause}, 1};
        bool starts = runs.starts >> stage & 1;
        size_t first = add_row(
            planning, labels, pad_across + clock_room,
            say_clock(planning->arena, edition, (ClockId)c, stage, planning->reader), TONE_CLOCK,
            STR_NONE, starts ? say_cites(planning->arena, &clause, planning->reader) : STR_NONE);
        labels->at[first].clock = &edition->clocks[c];
    }
}

static void add_acts(Planning *planning, Labels *labels, StageId stage)
{
    const Edition *edition = planning->edition;
    for (size_t a = 0; a < edition->acts_count; a++) {
        const ActKind *act = &edition->acts[a];
        for (size_t b = 0; b < act->branches_count; b++) {
            const Branch *branch = &act->branches[b];
            if (!branch_stays(branch, stage)) {
                continue;
            }
            size_t first = add_row(
                planning, labels, pad_across, say_act(act, planning->reader), TONE_PLAIN,
                say_by(planning->arena, edition, act, branch, planning->reader),
                say_clause(planning->arena, edition, act, branch, stage, planning->reader));
            labels->at[first].act = act;
            break;
        }
    }
}

/* Sets the box's size, and what hangs on its width. */
static void finish(PlanBox *box, Labels *labels, double width_min)
{
    box->width = labels->width + 2 * pad_across;
    box->width = box->width > width_min ? box->width : width_min;
    box->height = labels->down + pad_along - 2;
    for (size_t i = 0; i < labels->count; i++) {
        PlanLabel *label = &labels->at[i];
        label->at.x = label->anchor == ANCHOR_END      ? box->width - pad_across
                      : label->anchor == ANCHOR_MIDDLE ? box->width / 2
                                                       : label->at.x;
    }
    box->labels = labels->at;
    box->labels_count = labels->count;
}

static void plan_stage(Planning *planning, StageId id)
{
    PlanBox *box = &planning->boxes[id];
    const Stage *stage = &planning->edition->stages[id];
    *box = (PlanBox){.kind = PLAN_STAGE, .stage = stage};
    Labels labels = {.down = pad_along};
    add_row(planning, &labels, pad_across, say_stage(planning->edition, id, planning->reader),
            TONE_TITLE, STR_NONE, say_cites(planning->arena, &stage->clause, planning->reader));
    if (stage->final) {
        add_outcomes(planning, &labels, id);
    }
    add_clocks(planning, &labels, id);
    double rule = labels.down;
    size_t before = labels.count;
    labels.down += 7;
    add_acts(planning, &labels, id);
    if (labels.count > before) {
        box->rule = rule + 3;
    } else {
        labels.down = rule;
    }
    finish(box, &labels, stage_width_min);
}

static void add_middle(Planning *planning, Labels *labels, Str text, PlanTone tone)
{
    if (text.len == 0) {
        return;
    }
    TextLines lines = text_lines(planning->arena, text, tone_size(tone), tone_bold(tone),
                                 step_text_width);
    for (size_t i = 0; i < lines.count; i++) {
        add(planning, labels, lines.at[i], tone, ANCHOR_MIDDLE, 0);
        labels->down += line_height(tone);
    }
    want(labels, lines.width);
}

static StageId first_stage(uint32_t mask)
{
    return mask ? (StageId)__builtin_ctz(mask) : ID_NONE;
}

static void plan_step(Planning *planning, size_t which)
{
    const Step *step = &planning->steps[which];
    const Edition *edition = planning->edition;
    const Reader *reader = planning->reader;
    Arena *arena = planning->arena;
    PlanBox *box = &planning->boxes[edition->stages_count + which];
    *box = (PlanBox){.kind = PLAN_STEP, .step = step};
    Labels labels = {.down = pad_along - 3};
    add_middle(planning, &labels, say_act(step->act, reader), TONE_ACT);
    labels.at[0].act = step->act;
    Buf who = {0};
    buf_put(&who, say_by(arena, edition, step->act, step->branch, reader));
    buf_put(&who, STR(" · "));
    buf_put(&who, say_clause(arena, edition, step->act, step->branch, first_stage(step->from),
                             reader));
    add_middle(planning, &labels, str_copy(arena, buf_str(&who)), TONE_QUIET);
    buf_done(&who);
    add_middle(planning, &labels, say_needs(arena, edition, step->act, step->branch, reader),
               TONE_QUIET);
    finish(box, &labels, step_width_min);
    box->height -= 3;
}

static void link(Planning *planning, size_t from, size_t to, int weight, bool back, bool arrow)
{
    size_t i = planning->links_count++;
    planning->links[i] = (GraphLink){.from = from, .to = to, .weight = weight, .back = back};
    planning->arrows[i] = arrow;
}

static void plan_links(Planning *planning)
{
    size_t stages = planning->edition->stages_count, room = 0;
    for (size_t s = 0; s < planning->steps_count; s++) {
        room += 1 + (size_t)__builtin_popcount(planning->steps[s].from);
    }
    planning->links = ARENA_MANY(planning->arena, GraphLink, room + 1);
    planning->arrows = ARENA_MANY(planning->arena, bool, room + 1);
    for (size_t s = 0; s < planning->steps_count; s++) {
        const Step *step = &planning->steps[s];
        bool back = step->from && step->to < first_stage(step->from);
        bool many = step->from & (step->from - 1);
        for (size_t from = 0; from < stages; from++) {
            if (step->from >> from & 1) {
                link(planning, from, stages + s, many ? 1 : 4, back, false);
            }
        }
        link(planning, stages + s, step->to, many ? 1 : 4, back, true);
    }
    assert(planning->links_count <= room);
}

/* A box stands in the frame of the special review when it is a stage of it, or leads between them. */
static bool in_frame(const Planning *planning, const PlanBox *box)
{
    if (box->kind == PLAN_STAGE) {
        return box->stage->special && !box->stage->final;
    }
    const Step *step = box->step;
    bool within = step->from && planning->edition->stages[step->to].special &&
                  !planning->edition->stages[step->to].final;
    for (size_t s = 0; s < planning->edition->stages_count; s++) {
        within = within && (!(step->from >> s & 1) || planning->edition->stages[s].special);
    }
    return within;
}

static Fail place(Planning *planning, Plan *plan, Fault *fault)
{
    size_t count = plan->boxes_count;
    Graph graph = {.boxes = ARENA_MANY(planning->arena, GraphBox, count), .boxes_count = count,
                   .links = planning->links, .links_count = planning->links_count,
                   .gap_along = 26, .gap_across = 26};
    for (size_t i = 0; i < count; i++) {
        graph.boxes[i] = (GraphBox){.width = planning->boxes[i].width,
                                    .height = planning->boxes[i].height,
                                    .framed = in_frame(planning, &planning->boxes[i])};
        plan->framed = plan->framed || graph.boxes[i].framed;
    }
    Fail fail = graph_place(&graph, planning->arena, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    for (size_t i = 0; i < count; i++) {
        PlanBox *box = &planning->boxes[i];
        box->corner = (GraphPoint){graph.boxes[i].at.x - box->width / 2,
                                   graph.boxes[i].at.y - box->height / 2};
    }
    PlanLink *links = ARENA_MANY(planning->arena, PlanLink, graph.links_count + 1);
    for (size_t i = 0; i < graph.links_count; i++) {
        links[i] = (PlanLink){.from = &planning->boxes[graph.links[i].from],
                              .to = &planning->boxes[graph.links[i].to],
                              .arrow = planning->arrows[i], .points = graph.links[i].points,
                              .points_count = graph.links[i].points_count};
    }
    plan->links = links;
    plan->links_count = graph.links_count;
    plan->width = graph.width;
    plan->height = graph.height;
    plan->frame_from = graph.frame_from;
    plan->frame_to = graph.frame_to;
    return FAIL_NONE;
}

Fail plan_make(Arena *arena, const Edition *edition, const Reader *reader, const Plan **ret_plan,
               Fault *fault)
{
    Planning planning = {.arena = arena, .edition = edition, .reader = reader};
    planning.steps = steps_of(arena, edition, &planning.steps_count);
    size_t count = edition->stages_count + planning.steps_count;
    planning.boxes = ARENA_MANY(arena, PlanBox, count + 1);
    for (size_t s = 0; s < edition->stages_count; s++) {
        plan_stage(&planning, (StageId)s);
    }
    for (size_t s = 0; s < planning.steps_count; s++) {
        plan_step(&planning, s);
    }
    plan_links(&planning);
    Plan *plan = ARENA_NEW(arena, Plan);
    *plan = (Plan){.edition = edition, .reader = reader, .boxes = planning.boxes,
                   .boxes_count = count};
    Fail fail = place(&planning, plan, fault);
    *ret_plan = plan;
    return fail;
}
