/* diagram_flow_place.c: how large the nodes of a process are, and where they go. */
#include "diagram_flow.h"
#include "diagram_text.h"

/* Tasks of a stage stand in a block inside it. */
static void size_node(FlowNode *node, SheetBox *box)
{
    *box = (SheetBox){.width = FLOW_TASK_WIDTH, .height = FLOW_TASK_HEIGHT,
                      .framed = node->special};
    if (node->kind == FLOW_START || node->kind == FLOW_END || node->kind == FLOW_GATEWAY) {
        box->width = box->height = FLOW_EVENT;
        box->middle = true;
    }
    if (node->kind == FLOW_START || node->kind == FLOW_END) {
        box->note_width = FLOW_NOTE_WIDTH;
        box->note_height = FLOW_NOTE_HEIGHT;
    }
    if (node->tasks_count) {
        size_t columns = 1;
        while (columns * columns < node->tasks_count) {
            columns++;
        }
        size_t rows = (node->tasks_count + columns - 1) / columns;
        box->width = FLOW_GAP + (double)columns * (FLOW_TASK_WIDTH + FLOW_GAP);
        box->height = FLOW_HEAD + (double)rows * (FLOW_TASK_HEIGHT + FLOW_GAP);
        for (size_t i = 0; i < node->tasks_count; i++) {
            size_t column = i % columns, row = i / columns;
            node->tasks[i].at =
                (GraphPoint){FLOW_GAP + (double)column * (FLOW_TASK_WIDTH + FLOW_GAP),
                             FLOW_HEAD + (double)row * (FLOW_TASK_HEIGHT + FLOW_GAP)};
        }
    }
    if (node->timers_count) {
        box->note_width = box->width;
        box->note_height = FLOW_TIMER_NOTE;
    }
}

/* Stages by their order; what is met in a stage comes after it. */
static size_t rank_of(const Flow *flow, size_t node)
{
    const FlowNode *one = &flow->nodes[node];
    return one->kind == FLOW_START ? 0 : one->kind == FLOW_END ? 1000 : one->stage + 1u;
}

static bool leads_back(const Flow *flow, const FlowLink *link)
{
    const FlowNode *from = &flow->nodes[link->from];
    if (from->kind == FLOW_STAGE || flow->nodes[link->to].kind != FLOW_STAGE) {
        return false;
    }
    return rank_of(flow, link->to) < rank_of(flow, link->from);
}

/* A task whose only way leads back stands before the stage in which it is met. */
static bool back_task(const Flow *flow, size_t node)
{
    if (flow->nodes[node].kind != FLOW_TASK) {
        return false;
    }
    bool back = false;
    for (size_t i = 0; i < flow->links_count; i++) {
        if (flow->links[i].from == node) {
            back = leads_back(flow, &flow->links[i]);
        }
    }
    return back;
}

Fail flow_place(Flow *flow, Fault *fault)
{
    Sheet *sheet = &flow->sheet;
    *sheet = (Sheet){.boxes = ARENA_MANY(flow->arena, SheetBox, flow->nodes_count + 1),
                     .boxes_count = flow->nodes_count,
                     .links = ARENA_MANY(flow->arena, SheetLink, flow->links_count + 1),
                     .links_count = flow->links_count, .sideways = true,
                     .gap_along = 50, .gap_across = 30};
    for (size_t i = 0; i < flow->nodes_count; i++) {
        size_node(&flow->nodes[i], &sheet->boxes[i]);
    }
    for (size_t i = 0; i < flow->links_count; i++) {
        const FlowLink *link = &flow->links[i];
        if (link->name.len && flow->nodes[link->from].kind == FLOW_GATEWAY) {
            double words = text_lines(flow->arena, link->name, 12, false, FLOW_LABEL_WIDTH).width;
            double *after = &sheet->boxes[link->from].after;
            words = words < FLOW_LABEL_WIDTH ? words : FLOW_LABEL_WIDTH;
            *after = words > *after ? words : *after;
        }
        bool from_gate = flow->nodes[link->from].kind == FLOW_GATEWAY;
        bool to_point = sheet->boxes[link->to].middle;
        sheet->links[i] =
            (SheetLink){.from = link->from, .to = link->to, .weight = 4,
                        .back = leads_back(flow, link) || back_task(flow, link->to),
                        .bundle = from_gate ? (int)link->from + 1 : to_point ? (int)link->to + 1
                                                                             : 0};
    }
    Fail fail = sheet_lay(sheet, flow->arena, fault);
    if (fail == FAIL_NONE) {
        sheet_route(sheet, flow->arena);
        flow_label(flow);
    }
    return fail;
}
