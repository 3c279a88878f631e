/* diagram_planning.h: a plan while it is being made; between diagram_boxes.c and diagram_plan.c.
 * Floor 4, pure. */
#ifndef SHENCHA_DIAGRAM_PLANNING_H
#define SHENCHA_DIAGRAM_PLANNING_H

#include "diagram_plan.h"
#include "diagram_sheet.h"

typedef struct Planning {
    Arena *arena;
    const Edition *edition;
    const Reader *reader;
    const Step *steps;
    size_t steps_count;
    PlanBox *boxes;          /* the stages, then the steps */
    SheetLink *links;
    size_t boxes_count;
    size_t links_count;
} Planning;

/* Fills planning->boxes: words and sizes, no places. */
void plan_boxes(Planning *planning);

#endif
