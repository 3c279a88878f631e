/* diagram_bpmn.c: a process as BPMN 2.0 XML (OMG formal/2011-01-03) with its diagram. */
#include "diagram.h"
#include "diagram_flow.h"
#include "diagram_text.h"

enum { TIMER = 36, TIMER_LEFT = 22 };

static void put_id(Buf *buf, const char *attribute, Str id, const char *more)
{
    buf_put_byte(buf, ' ');
    buf_put(buf, str_from(attribute));
    buf_put(buf, STR("=\""));
    buf_put_xml(buf, id);
    buf_put(buf, str_from(more));
    buf_put_byte(buf, '"');
}

/* A line end in a name must be written as a reference, or readers take it for a space. */
static void put_name(Buf *buf, Str name)
{
    if (name.len == 0) {
        return;
    }
    buf_put(buf, STR(" name=\""));
    while (name.len) {
        size_t end = str_find(name, '\n');
        buf_put_xml(buf, str_part(name, 0, end));
        buf_put(buf, end < name.len ? STR("&#10;") : STR_NONE);
        name = str_part(name, end + 1, name.len);
    }
    buf_put_byte(buf, '"');
}

static void put_about(Buf *buf, Str about)
{
    if (about.len) {
        buf_put(buf, STR("<documentation>"));
        buf_put_xml(buf, about);
        buf_put(buf, STR("</documentation>"));
    }
}

static void put_element(Buf *buf, const char *name, Str text, const char *more)
{
    buf_put_byte(buf, '<');
    buf_put(buf, str_from(name));
    buf_put_byte(buf, '>');
    buf_put_xml(buf, text);
    buf_put(buf, str_from(more));
    buf_put(buf, STR("</"));
    buf_put(buf, str_from(name));
    buf_put_byte(buf, '>');
}

static Str role_id(const Flow *flow, size_t role)
{
    return flow_id(flow->arena, "role_", flow->edition->roles[role].id);
}

static void put_owners(Buf *buf, const Flow *flow, const ActKind *act, const Branch *branch)
{
    uint32_t roles = step_roles(flow->edition, act, branch);
    for (size_t r = 0; r < flow->edition->roles_count; r++) {
        if (roles >> r & 1) {
            buf_put(buf, STR("<potentialOwner>"));
            put_element(buf, "resourceRef", role_id(flow, r), "");
            buf_put(buf, STR("</potentialOwner>"));
        }
    }
}

static void put_flows(Buf *buf, const Flow *flow, size_t node)
{
    for (size_t i = 0; i < flow->links_count; i++) {
        if (flow->links[i].to == node) {
            put_element(buf, "incoming", flow->links[i].id, "");
        }
    }
    for (size_t i = 0; i < flow->links_count; i++) {
        if (flow->links[i].from == node) {
            put_element(buf, "outgoing", flow->links[i].id, "");
        }
    }
}

static const char *element_of(const FlowNode *node)
{
    switch (node->kind) {
    case FLOW_START: return "startEvent";
    case FLOW_STAGE: return node->tasks_count ? "adHocSubProcess" : "task";
    case FLOW_TASK: return "userTask";
    case FLOW_GATEWAY: return "exclusiveGateway";
    case FLOW_END: return "endEvent";
    }
    return "task";
}

static void put_timers(Buf *buf, const FlowNode *node)
{
    for (size_t i = 0; i < node->timers_count; i++) {
        const FlowTimer *timer = &node->timers[i];
        buf_put(buf, STR("<boundaryEvent"));
        put_id(buf, "id", timer->id, "");
        put_name(buf, timer->name);
        put_id(buf, "attachedToRef", node->id, "");
        buf_put(buf, STR(" cancelActivity=\"false\">"));
        put_about(buf, timer->about);
        buf_put(buf, STR("<timerEventDefinition"));
        put_id(buf, "id", timer->id, "_timer");
        buf_put(buf, STR("/></boundaryEvent>\n"));
    }
}

static void put_node(Buf *buf, const Flow *flow, size_t i)
{
    const FlowNode *node = &flow->nodes[i];
    const char *element = element_of(node);
    buf_put_byte(buf, '<');
    buf_put(buf, str_from(element));
    put_id(buf, "id", node->id, "");
    put_name(buf, node->name);
    if (node->tasks_count) {
        buf_put(buf, STR(" ordering=\"Parallel\""));
    }
    buf_put_byte(buf, '>');
    put_about(buf, node->about);
    put_flows(buf, flow, i);
    if (node->kind == FLOW_TASK) {
        put_owners(buf, flow, node->act, node->branch);
    }
    for (size_t t = 0; t < node->tasks_count; t++) {
        const FlowTask *task = &node->tasks[t];
        buf_put(buf, STR("\n<userTask"));
        put_id(buf, "id", task->id, "");
        put_name(buf, task->name);
        buf_put_byte(buf, '>');
        put_about(buf, task->about);
        put_owners(buf, flow, task->act, task->branch);
        buf_put(buf, STR("</userTask>"));
    }
    buf_put(buf, STR("</"));
    buf_put(buf, str_from(element));
    buf_put(buf, STR(">\n"));
    put_timers(buf, node);
}

static void put_head(Buf *buf, const Flow *flow)
{
    buf_put(buf, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                     "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" "
                     "xmlns:bpmndi=\"http://www.omg.org/spec/BPMN/20100524/DI\" "
                     "xmlns:dc=\"http://www.omg.org/spec/DD/20100524/DC\" "
                     "xmlns:di=\"http://www.omg.org/spec/DD/20100524/DI\""));
    put_id(buf, "id", flow_id(flow->arena, "edition_", flow->edition->id), "");
    put_id(buf, "targetNamespace", flow_id(flow->arena, "urn:shencha:edition:", flow->edition->id),
           "");
    buf_put(buf, STR(" exporter=\"Shencha\" exporterVersion=\"" SHENCHA_VERSION "\">\n"));
    for (size_t r = 0; r < flow->edition->roles_count; r++) {
        buf_put(buf, STR("<resource"));
        put_id(buf, "id", role_id(flow, r), "");
        put_name(buf, lawwords_get(flow->reader->words, "role", flow->edition->roles[r].id));
        buf_put(buf, STR("/>\n"));
    }
    if (flow->sheet.framed) {
        buf_put(buf, STR("<category id=\"procedures\"><categoryValue id=\"special_procedure\""));
        put_id(buf, "value", word_text(flow->reader->language, WORD_DRAW_SPECIAL), "");
        buf_put(buf, STR("/></category>\n"));
    }
}

static void put_process(Buf *buf, const Flow *flow)
{
    Buf title = {0};
    WORD_PUT(&title, flow->reader->language, WORD_DRAW_TITLE,
             lawwords_get(flow->reader->words, "edition", flow->edition->id));
    buf_put(buf, STR("<process id=\"review\""));
    put_name(buf, buf_str(&title));
    buf_done(&title);
    buf_put(buf, STR(" isExecutable=\"false\">\n"));
    put_about(buf, word_text(flow->reader->language, WORD_DRAW_PROCESS));
    buf_put_byte(buf, '\n');
    for (size_t i = 0; i < flow->nodes_count; i++) {
        put_node(buf, flow, i);
    }
    for (size_t i = 0; i < flow->links_count; i++) {
        const FlowLink *link = &flow->links[i];
        buf_put(buf, STR("<sequenceFlow"));
        put_id(buf, "id", link->id, "");
        put_name(buf, link->name);
        put_id(buf, "sourceRef", flow->nodes[link->from].id, "");
        put_id(buf, "targetRef", flow->nodes[link->to].id, "");
        buf_put(buf, STR("/>\n"));
    }
    if (flow->sheet.framed) {
        buf_put(buf, STR("<group id=\"special_frame\" categoryValueRef=\"special_procedure\"/>\n"));
    }
    buf_put(buf, STR("</process>\n"));
}

static void put_number(Buf *buf, const char *name, double value)
{
    buf_put_byte(buf, ' ');
    buf_put(buf, str_from(name));
    buf_put(buf, STR("=\""));
    buf_put_tenth(buf, value);
    buf_put_byte(buf, '"');
}

static void put_bounds(Buf *buf, double x, double y, double width, double height)
{
    buf_put(buf, STR("<dc:Bounds"));
    put_number(buf, "x", x);
    put_number(buf, "y", y);
    put_number(buf, "width", width);
    put_number(buf, "height", height);
    buf_put(buf, STR("/>"));
}

static void put_label(Buf *buf, double x, double y, double width, double height)
{
    buf_put(buf, STR("<bpmndi:BPMNLabel>"));
    put_bounds(buf, x, y, width, height);
    buf_put(buf, STR("</bpmndi:BPMNLabel>"));
}

static void open_shape(Buf *buf, Str id, const char *more)
{
    buf_put(buf, STR("<bpmndi:BPMNShape"));
    put_id(buf, "id", id, "_shape");
    put_id(buf, "bpmnElement", id, "");
    buf_put(buf, str_from(more));
    buf_put_byte(buf, '>');
}

static void put_shape(Buf *buf, const FlowNode *node, const SheetBox *box)
{
    double x = box->corner.x, y = box->corner.y;
    bool event = node->kind == FLOW_START || node->kind == FLOW_END;
    open_shape(buf, node->id, node->tasks_count                ? " isExpanded=\"true\""
                              : node->kind == FLOW_GATEWAY ? " isMarkerVisible=\"true\""
                                                               : "");
    put_bounds(buf, x, y, box->width, box->height);
    if (event) {
        put_label(buf, x + box->width / 2 - FLOW_NOTE_WIDTH / 2.0, y + box->height + 4,
                  FLOW_NOTE_WIDTH, FLOW_NOTE_HEIGHT - 8);
    } else if (node->kind == FLOW_GATEWAY && node->name.len) {
        put_label(buf, node->label.at.x, node->label.at.y, node->label.width, node->label.height);
    }
    buf_put(buf, STR("</bpmndi:BPMNShape>\n"));
    for (size_t i = 0; i < node->tasks_count; i++) {
        open_shape(buf, node->tasks[i].id, "");
        put_bounds(buf, x + node->tasks[i].at.x, y + node->tasks[i].at.y, FLOW_TASK_WIDTH,
                   FLOW_TASK_HEIGHT);
        buf_put(buf, STR("</bpmndi:BPMNShape>\n"));
    }
    for (size_t i = 0; i < node->timers_count; i++) {
        double left = x + TIMER_LEFT + (double)i * (FLOW_TASK_WIDTH + FLOW_GAP);
        open_shape(buf, node->timers[i].id, "");
        put_bounds(buf, left, y + box->height - TIMER / 2.0, TIMER, TIMER);
        put_label(buf, left - TIMER_LEFT, y + box->height + TIMER / 2.0 + 4, FLOW_TASK_WIDTH, 34);
        buf_put(buf, STR("</bpmndi:BPMNShape>\n"));
    }
}

static void put_diagram(Buf *buf, const Flow *flow)
{
    buf_put(buf, STR("<bpmndi:BPMNDiagram id=\"diagram\"><bpmndi:BPMNPlane id=\"plane\" "
                     "bpmnElement=\"review\">\n"));
    for (size_t i = 0; i < flow->nodes_count; i++) {
        put_shape(buf, &flow->nodes[i], &flow->sheet.boxes[i]);
    }
    if (flow->sheet.framed) {
        const Sheet *sheet = &flow->sheet;
        open_shape(buf, STR("special_frame"), "");
        GraphPoint from = sheet->frame_from, to = sheet->frame_to;
        put_bounds(buf, from.x, from.y, to.x - from.x, to.y - from.y);
        put_label(buf, from.x + 10, from.y - 18,
                  text_width(word_text(flow->reader->language, WORD_DRAW_SPECIAL), 12, false), 16);
        buf_put(buf, STR("</bpmndi:BPMNShape>\n"));
    }
    for (size_t i = 0; i < flow->links_count; i++) {
        const SheetLink *line = &flow->sheet.links[i];
        buf_put(buf, STR("<bpmndi:BPMNEdge"));
        put_id(buf, "id", flow->links[i].id, "_edge");
        put_id(buf, "bpmnElement", flow->links[i].id, "");
        buf_put_byte(buf, '>');
        for (size_t p = 0; p < line->points_count; p++) {
            buf_put(buf, STR("<di:waypoint"));
            put_number(buf, "x", line->points[p].x);
            put_number(buf, "y", line->points[p].y);
            buf_put(buf, STR("/>"));
        }
        if (flow->links[i].name.len) {
            const FlowLabel *label = &flow->links[i].label;
            put_label(buf, label->at.x, label->at.y, label->width, label->height);
        }
        buf_put(buf, STR("</bpmndi:BPMNEdge>\n"));
    }
    buf_put(buf, STR("</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>\n"));
}

Fail diagram_bpmn(Buf *buf, const Edition *edition, const Reader *reader, Arena *arena,
                  Fault *fault)
{
    const Flow *flow;
    Fail fail = flow_make(arena, edition, reader, &flow, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    put_head(buf, flow);
    put_process(buf, flow);
    put_diagram(buf, flow);
    buf_put(buf, STR("</definitions>\n"));
    return FAIL_NONE;
}
