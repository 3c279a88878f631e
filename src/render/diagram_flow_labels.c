/* diagram_flow_labels.c: where the words of lines and gateways stand: beside them, clear of boxes,
 * of other words and, where it can be, of other lines. */
#include "diagram_flow.h"
#include "diagram_text.h"

static const double letters = 12, line_height = 15, aside = 5;
static const int cost_covers = 100, cost_crosses = 10;

typedef struct Labelling {
    Flow *flow;
    FlowLabel *placed;       /* words that stand already */
    size_t placed_count;
} Labelling;

static double lower(double a, double b)
{
    return a < b ? a : b;
}

static double higher(double a, double b)
{
    return a > b ? a : b;
}

static FlowLabel sized(const Flow *flow, Str text)
{
    FlowLabel label = {.width = 0, .height = 2};
    while (text.len) {
        size_t end = str_find(text, '\n');
        Str words = text_cut(flow->arena, str_part(text, 0, end), letters, false,
                             6 * FLOW_LABEL_WIDTH);
        TextLines lines = text_lines(flow->arena, words, letters, false, FLOW_LABEL_WIDTH);
        label.width = higher(label.width, lower(lines.width, FLOW_LABEL_WIDTH) + 6);
        label.height += (double)lines.count * line_height;
        text = str_part(text, end + 1, text.len);
    }
    return label;
}

static bool overlap(const FlowLabel *a, double left, double top, double right, double bottom)
{
    return a->at.x < right && a->at.x + a->width > left && a->at.y < bottom &&
           a->at.y + a->height > top;
}

static int crossings(const Labelling *labelling, const FlowLabel *label)
{
    const Sheet *sheet = &labelling->flow->sheet;
    int count = 0;
    for (size_t i = 0; i < sheet->links_count; i++) {
        const SheetLink *line = &sheet->links[i];
        for (size_t p = 0; p + 1 < line->points_count; p++) {
            GraphPoint a = line->points[p], b = line->points[p + 1];
            count += overlap(label, lower(a.x, b.x) - 1, lower(a.y, b.y) - 1, higher(a.x, b.x) + 1,
                             higher(a.y, b.y) + 1);
        }
    }
    return count;
}

static int cost_of(const Labelling *labelling, const FlowLabel *label)
{
    const Sheet *sheet = &labelling->flow->sheet;
    int cost = label->at.x < 0 || label->at.y < 0 ? cost_covers : 0;
    for (size_t i = 0; i < sheet->boxes_count; i++) {
        const SheetBox *box = &sheet->boxes[i];
        double note = box->corner.x + (box->width - box->note_width) / 2;
        double bottom = box->corner.y + box->height;
        bool covers = overlap(label, box->corner.x, box->corner.y, box->corner.x + box->width,
                              bottom) ||
                      (box->note_width > 0 && overlap(label, note, bottom, note + box->note_width,
                                                      bottom + box->note_height));
        cost += covers ? cost_covers : 0;
    }
    for (size_t i = 0; i < labelling->placed_count; i++) {
        const FlowLabel *other = &labelling->placed[i];
        cost += overlap(label, other->at.x, other->at.y, other->at.x + other->width,
                        other->at.y + other->height)
                    ? cost_covers
                    : 0;
    }
    return cost + cost_crosses * crossings(labelling, label);
}

/* Keeps the cheaper of two places. */
static void consider(const Labelling *labelling, FlowLabel *best, int *best_cost, GraphPoint at)
{
    FlowLabel label = {.at = at, .width = best->width, .height = best->height};
    int cost = cost_of(labelling, &label);
    if (*best_cost < 0 || cost < *best_cost) {
        *best = label;
        *best_cost = cost;
    }
}

static void keep(Labelling *labelling, FlowLabel *into, const FlowLabel *label)
{
    *into = *label;
    labelling->placed[labelling->placed_count++] = *label;
}

/* Beside a piece of a line: in its middle, near its end, near its start, on either hand. */
static void along(const Labelling *labelling, FlowLabel *best, int *best_cost, GraphPoint a,
                  GraphPoint b)
{
    static const double parts[] = {0.5, 0.8, 0.2};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        GraphPoint at = {a.x + (b.x - a.x) * parts[i], a.y + (b.y - a.y) * parts[i]};
        bool level = a.y == b.y;
        double x = level ? at.x - best->width / 2 : at.x + aside;
        double y = level ? at.y - best->height - 2 : at.y - best->height / 2;
        consider(labelling, best, best_cost, (GraphPoint){x, y});
        x = level ? x : at.x - best->width - aside;
        y = level ? at.y + 3 : y;
        consider(labelling, best, best_cost, (GraphPoint){x, y});
    }
}

static void label_link(Labelling *labelling, size_t which)
{
    FlowLink *link = &labelling->flow->links[which];
    const SheetLink *line = &labelling->flow->sheet.links[which];
    FlowLabel best = sized(labelling->flow, link->name);
    int cost = -1;
    for (size_t p = line->points_count - 1; p > 0; p--) {
        along(labelling, &best, &cost, line->points[p - 1], line->points[p]);
    }
    keep(labelling, &link->label, &best);
}

static void label_gateway(Labelling *labelling, size_t which)
{
    FlowNode *node = &labelling->flow->nodes[which];
    const SheetBox *box = &labelling->flow->sheet.boxes[which];
    FlowLabel best = sized(labelling->flow, node->name);
    int cost = -1;
    double left = box->corner.x - best.width + 8, right = box->corner.x + box->width - 8;
    double above = box->corner.y - best.height + 4, below = box->corner.y + box->height - 4;
    const GraphPoint places[] = {{right, above}, {left, above}, {right, below}, {left, below}};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        consider(labelling, &best, &cost, places[i]);
    }
    keep(labelling, &node->label, &best);
}

void flow_label(Flow *flow)
{
    Labelling labelling = {.flow = flow};
    labelling.placed =
        ARENA_MANY(flow->arena, FlowLabel, flow->nodes_count + flow->links_count + 1);
    for (size_t i = 0; i < flow->nodes_count; i++) {
        if (flow->nodes[i].kind == FLOW_GATEWAY && flow->nodes[i].name.len) {
            label_gateway(&labelling, i);
        }
    }
    for (size_t i = 0; i < flow->links_count; i++) {
        if (flow->links[i].name.len) {
            label_link(&labelling, i);
        }
    }
}
