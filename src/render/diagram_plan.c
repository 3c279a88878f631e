/* diagram_plan.c: what hangs together on a drawn procedure, and where it all goes. */
#include "diagram_planning.h"

#include <assert.h>

#include "diagram_text.h"

static const double page_long = 1060, page_short = 730;    /* A4 within its margins, pixels */

/* A step of many stages is a way out: its lines run together, and it does not pull. */
static void plan_links(Planning *planning)
{
    size_t stages = planning->edition->stages_count, room = 0;
    for (size_t s = 0; s < planning->steps_count; s++) {
        room += 1 + (size_t)__builtin_popcount(planning->steps[s].from);
    }
    SheetLink *links = ARENA_MANY(planning->arena, SheetLink, room + 1);
    size_t count = 0;
    for (size_t s = 0; s < planning->steps_count; s++) {
        const Step *step = &planning->steps[s];
        bool many = step->from & (step->from - 1);
        bool ends = planning->edition->stages[step->to].final;
        SheetLink link = {.to = stages + s, .weight = many ? 1 : ends ? 3 : 8,
                          .bundle = many ? (int)s + 1 : 0};
        link.back = step->from && step->to < steps_first(step->from);
        for (size_t from = 0; from < stages; from++) {
            if (step->from >> from & 1) {
                link.from = from;
                links[count++] = link;
            }
        }
        link.from = stages + s;
        link.to = step->to;
        link.bundle = 0;
        links[count++] = link;
    }
    assert(count <= room);
    planning->links = links;
    planning->links_count = count;
}

/* Leads from the ordinary review into the special one. */
static bool enters_special(const Planning *planning, const Step *step)
{
    const Stage *stages = planning->edition->stages;
    bool outside = false;
    for (size_t s = 0; s < planning->edition->stages_count; s++) {
        outside = outside || ((step->from >> s & 1) && !stages[s].special);
    }
    return outside && stages[step->to].special && !stages[step->to].final;
}

/* A box stands in the frame of the special review when it is a stage of it, or leads between
 * them. */
static bool in_frame(const Planning *planning, const PlanBox *box)
{
    if (box->kind == PLAN_STAGE) {
        return box->stage->special && !box->stage->final;
    }
    const Stage *to = &planning->edition->stages[box->step->to];
    return box->step->from && to->special && !to->final && !enters_special(planning, box->step);
}

/* Ways to set the special review beside the ordinary one or below it: how heavy the lines that
 * enter it are, and whether they lead back up. */
typedef struct Arrangement { int weight; bool back; } Arrangement;
static const Arrangement arrangements[] = {{1, true}, {4, true}, {24, true}, {4, false}};

static void arrange(Planning *planning, Sheet *sheet, const Arrangement *arrangement)
{
    size_t stages = planning->edition->stages_count;
    *sheet = (Sheet){.boxes = ARENA_MANY(planning->arena, SheetBox, planning->boxes_count + 1),
                     .boxes_count = planning->boxes_count,
                     .links = ARENA_MANY(planning->arena, SheetLink, planning->links_count + 1),
                     .links_count = planning->links_count, .gap_along = 30, .gap_across = 30};
    for (size_t i = 0; i < planning->boxes_count; i++) {
        const PlanBox *box = &planning->boxes[i];
        sheet->boxes[i] = (SheetBox){.width = box->width, .height = box->height,
                                     .framed = in_frame(planning, box)};
    }
    for (size_t i = 0; i < planning->links_count; i++) {
        SheetLink *link = &sheet->links[i];
        *link = planning->links[i];
        const PlanBox *step = &planning->boxes[link->from < stages ? link->to : link->from];
        if (enters_special(planning, step->step)) {
            link->weight = arrangement->weight;
            link->back = arrangement->back;
        }
    }
    sheet->frame_name = text_width(word_text(planning->reader->language, WORD_DRAW_SPECIAL),
                                   tone_size(TONE_PLAIN), true) + 20;
}

/* How large the sheet can be on a page of paper (A4, either way up). */
static double page_scale(const Sheet *sheet)
{
    double longer = sheet->width > sheet->height ? sheet->width : sheet->height;
    double shorter = sheet->width > sheet->height ? sheet->height : sheet->width;
    double along = page_long / longer, across = page_short / shorter;
    return along < across ? along : across;
}

static Fail lay(Planning *planning, Sheet *best, Fault *fault)
{
    size_t tries = sizeof arrangements / sizeof arrangements[0];
    bool any = false;
    for (size_t s = 0; s < planning->steps_count; s++) {
        any = any || enters_special(planning, &planning->steps[s]);
    }
    tries = any ? tries : 1;
    for (size_t i = 0; i < tries; i++) {
        Sheet sheet;
        arrange(planning, &sheet, &arrangements[i]);
        Fail fail = sheet_lay(&sheet, planning->arena, fault);
        if (fail != FAIL_NONE) {
            return fail;
        }
        if (i == 0 || page_scale(&sheet) > page_scale(best)) {
            *best = sheet;
        }
    }
    sheet_route(best, planning->arena);
    return FAIL_NONE;
}

/* The box takes its place; what the grid added is shared out on both sides of the text. */
static void settle(PlanBox *box, const SheetBox *place)
{
    double more = place->width - box->width, below = place->height - box->height;
    for (size_t i = 0; i < box->labels_count; i++) {
        PlanLabel *label = &box->labels[i];
        label->at.x += label->anchor == ANCHOR_END      ? more
                       : label->anchor == ANCHOR_MIDDLE ? more / 2
                                                        : 0;
        label->at.y += below / 2;
    }
    box->rule += box->rule > 0 ? below / 2 : 0;
    box->width = place->width;
    box->height = place->height;
    box->corner = place->corner;
}

static const Plan *finished(Planning *planning, const Sheet *sheet)
{
    Plan *plan = ARENA_NEW(planning->arena, Plan);
    *plan = (Plan){.edition = planning->edition, .reader = planning->reader,
                   .boxes = planning->boxes, .boxes_count = planning->boxes_count,
                   .width = sheet->width, .height = sheet->height, .framed = sheet->framed,
                   .frame_from = sheet->frame_from, .frame_to = sheet->frame_to};
    PlanLink *links = ARENA_MANY(planning->arena, PlanLink, sheet->links_count + 1);
    for (size_t i = 0; i < sheet->links_count; i++) {
        const SheetLink *link = &sheet->links[i];
        links[i] = (PlanLink){.from = &planning->boxes[link->from],
                              .to = &planning->boxes[link->to],
                              .arrow = link->to < planning->edition->stages_count,
                              .points = link->points, .points_count = link->points_count};
    }
    plan->links = links;
    plan->links_count = sheet->links_count;
    for (size_t i = 0; i < planning->boxes_count; i++) {
        settle(&planning->boxes[i], &sheet->boxes[i]);
    }
    return plan;
}

Fail plan_make(Arena *arena, const Edition *edition, const Reader *reader, const Plan **ret_plan,
               Fault *fault)
{
    Planning planning = {.arena = arena, .edition = edition, .reader = reader};
    planning.steps = steps_of(arena, edition, &planning.steps_count);
    planning.boxes_count = edition->stages_count + planning.steps_count;
    planning.boxes = ARENA_MANY(arena, PlanBox, planning.boxes_count + 1);
    plan_boxes(&planning);
    plan_links(&planning);
    Sheet sheet = {0};
    Fail fail = lay(&planning, &sheet, fault);
    if (fail == FAIL_NONE) {
        *ret_plan = finished(&planning, &sheet);
    }
    return fail;
}
