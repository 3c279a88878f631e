/* diagram_plan.h: a procedure as a drawing on paper: boxes with their words, and the lines between
 * them, all with places. diagram_svg.c writes it out. Floor 4, pure. */
#ifndef SHENCHA_DIAGRAM_PLAN_H
#define SHENCHA_DIAGRAM_PLAN_H

#include "diagram_graph.h"
#include "diagram_steps.h"

typedef enum PlanTone {
    TONE_TITLE,              /* a stage's name */
    TONE_ACT,                /* an act that leads on */
    TONE_PLAIN,
    TONE_QUIET,              /* who, clause, needs */
    TONE_CLOCK,
} PlanTone;
enum { TONES = TONE_CLOCK + 1 };

typedef enum PlanAnchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END } PlanAnchor;

typedef struct PlanLabel {   /* one line of text */
    Str text;
    PlanTone tone;
    PlanAnchor anchor;
    GraphPoint at;           /* of the anchor on the base line, from the box's corner */
    double width;            /* reserved for it */
    const ActKind *act;      /* an act done while the stage lasts begins here, or NULL */
    const ClockKind *clock;  /* a clock's line, or NULL */
} PlanLabel;

typedef enum PlanKind { PLAN_STAGE, PLAN_STEP } PlanKind;

typedef struct PlanBox {
    PlanKind kind;
    const Stage *stage;      /* PLAN_STAGE */
    const Step *step;        /* PLAN_STEP */
    GraphPoint corner;       /* upper left */
    double width, height;
    PlanLabel *labels;
    size_t labels_count;
    double rule;             /* height of a line across the box, 0: none */
} PlanBox;

typedef struct PlanLink {
    const PlanBox *from, *to;
    bool arrow;              /* ends in an arrow head: enters a stage */
    const GraphPoint *points;/* corners of the line */
    size_t points_count;
} PlanLink;

typedef struct Plan {
    const Edition *edition;
    const Reader *reader;
    const PlanBox *boxes;
    size_t boxes_count;
    const PlanLink *links;
    size_t links_count;
    double width, height;
    bool framed;
    GraphPoint frame_from, frame_to;
} Plan;

double tone_size(PlanTone tone);
bool tone_bold(PlanTone tone);

/* Everything in arena. */
Fail plan_make(Arena *arena, const Edition *edition, const Reader *reader, const Plan **ret_plan,
               Fault *fault) MUST_USE;

#endif
