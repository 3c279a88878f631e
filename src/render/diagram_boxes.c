/* diagram_boxes.c: what stands in the boxes of a drawn procedure, and how large that makes them. */
#include "diagram_planning.h"

#include "diagram_text.h"

static const double pad_across = 10, pad_along = 8, between = 12, clock_room = 17;
static const double text_width_max = 420, hint_width_max = 1600;
static const double stage_width_min = 170, step_text_width = 230, step_width_min = 96;

typedef struct Labels {      /* of the box being written */
    PlanLabel *at;
    size_t count, capacity;
    double down;             /* where the next line begins */
    double width;            /* wanted so far, without padding */
} Labels;

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
    return tone_size(tone) * 1.36;
}

static PlanLabel *add(Planning *planning, Labels *labels, Str text, PlanTone tone,
                      PlanAnchor anchor, double x)
{
    text = text_cut(planning->arena, text, tone_size(tone), tone_bold(tone), text_width_max);
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

/* A line of a stage: left, and at the right edge, where finish() puts it. Returns the index of its
 * first label. */
static size_t add_row(Planning *planning, Labels *labels, double x, Str left, PlanTone tone,
                      Str right)
{
    size_t first = labels->count;
    double width = x - pad_across + add(planning, labels, left, tone, ANCHOR_START, x)->width;
    if (right.len) {
        double y = labels->at[first].at.y;
        PlanLabel *last = add(planning, labels, right, TONE_QUIET, ANCHOR_END, 0);
        last->at.y = y;
        width += between + last->width;
    }
    want(labels, width);
    labels->down += line_height(tone);
    return first;
}

static void add_outcomes(Planning *planning, Labels *labels, StageId stage)
{
    size_t count;
    const size_t *outcomes = stage_outcomes(planning->arena, planning->edition, stage, &count);
    for (size_t i = 0; i < count; i++) {
        add_row(planning, labels, pad_across,
                say_outcome(planning->edition, outcomes[i], planning->reader), TONE_PLAIN,
                planning->edition->outcome_clauses[outcomes[i]]);
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
        bool starts = runs.starts >> stage & 1;
        size_t first = add_row(
            planning, labels, pad_across + clock_room,
            say_clock(planning->arena, edition, (ClockId)c, stage, planning->reader), TONE_CLOCK,
            starts ? edition->clocks[c].clause : STR_NONE);
        labels->at[first].clock = &edition->clocks[c];
    }
}

typedef struct ActRow {
    const ActKind *act;
    Str said, by, clause;
} ActRow;

/* The acts that can be done while the stage lasts: act, who, clause in three columns. */
static size_t find_acts(Planning *planning, StageId stage, ActRow *rows)
{
    const Edition *edition = planning->edition;
    const Reader *reader = planning->reader;
    size_t count = 0;
    for (size_t a = 0; a < edition->acts_count; a++) {
        const ActKind *act = &edition->acts[a];
        const Branch *branch = act->branches;
        const Branch *end = branch + act->branches_count;
        while (branch < end && !branch_stays(branch, stage)) {
            branch++;
        }
        if (branch < end) {
            rows[count++] = (ActRow){act, say_act(act, reader),
                                     say_by(planning->arena, edition, act, branch, reader),
                                     act_clause(edition, act, branch, stage)};
        }
    }
    return count;
}

static void add_acts(Planning *planning, Labels *labels, StageId stage)
{
    ActRow *rows = ARENA_MANY(planning->arena, ActRow, EDITION_ACTS_MAX);
    size_t count = find_acts(planning, stage, rows);
    double size = tone_size(TONE_PLAIN), acts = 0, whos = 0, clauses = 0;
    for (size_t i = 0; i < count; i++) {
        rows[i].said = text_cut(planning->arena, rows[i].said, size, false, text_width_max);
        rows[i].by = text_cut(planning->arena, rows[i].by, size, false, text_width_max);
        rows[i].clause = text_cut(planning->arena, rows[i].clause, size, false, text_width_max);
        double act = text_width(rows[i].said, size, false);
        double by = text_width(rows[i].by, size, false);
        double clause = text_width(rows[i].clause, size, false);
        acts = act > acts ? act : acts;
        whos = by > whos ? by : whos;
        clauses = clause > clauses ? clause : clauses;
    }
    for (size_t i = 0; i < count; i++) {
        double y = add(planning, labels, rows[i].said, TONE_PLAIN, ANCHOR_START, pad_across)->at.y;
        labels->at[labels->count - 1].act = rows[i].act;
        double beside = pad_across + acts + 8;
        add(planning, labels, rows[i].by, TONE_QUIET, ANCHOR_START, beside)->at.y = y;
        add(planning, labels, rows[i].clause, TONE_QUIET, ANCHOR_END, 0)->at.y = y;
        labels->down += line_height(TONE_PLAIN);
    }
    want(labels, count ? acts + 8 + whos + between + clauses : 0);
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
            TONE_TITLE, say_cites(planning->arena, &stage->clause, planning->reader));
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

/* Text in the middle; it may hold line ends, and is parted where it is too wide. */
static void add_middle(Planning *planning, Labels *labels, Str text, PlanTone tone)
{
    while (text.len) {
        size_t end = str_find(text, '\n');
        Str hint = text_cut(planning->arena, str_part(text, 0, end), tone_size(tone),
                            tone_bold(tone), hint_width_max);
        TextLines lines = text_lines(planning->arena, hint, tone_size(tone), tone_bold(tone),
                                     step_text_width);
        for (size_t i = 0; i < lines.count; i++) {
            want(labels, add(planning, labels, lines.at[i], tone, ANCHOR_MIDDLE, 0)->width);
            labels->down += line_height(tone);
        }
        text = str_part(text, end + 1, text.len);
    }
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
    Buf who = {0};
    buf_put(&who, say_by(arena, edition, step->act, step->branch, reader));
    buf_put(&who, STR(" · "));
    buf_put(&who, say_clause(arena, edition, step->act, step->branch, steps_first(step->from),
                             reader));
    add_middle(planning, &labels, str_copy(arena, buf_str(&who)), TONE_QUIET);
    buf_done(&who);
    add_middle(planning, &labels, say_when(arena, edition, step->branch, reader), TONE_PLAIN);
    add_middle(planning, &labels, say_needs(arena, edition, step->branch, reader), TONE_QUIET);
    size_t outcome = step_outcome(edition, step);
    if (outcome < edition->outcomes_count) {
        Buf said = {0};
        WORD_PUT(&said, reader->language, WORD_DRAW_OUTCOME, say_outcome(edition, outcome, reader));
        add_middle(planning, &labels, str_copy(arena, buf_str(&said)), TONE_PLAIN);
        buf_done(&said);
    }
    finish(box, &labels, step_width_min);
    box->height -= 3;
}

void plan_boxes(Planning *planning)
{
    for (size_t s = 0; s < planning->edition->stages_count; s++) {
        plan_stage(planning, (StageId)s);
    }
    for (size_t s = 0; s < planning->steps_count; s++) {
        plan_step(planning, s);
    }
}
