/* diagram_sheet.c: from the graph library's places to a grid, the frame, and the lines. */
#include "diagram_sheet.h"

static const double border = 2 * ROUTE_STEP;          /* around all boxes, for lines */
static const double frame_gap = ROUTE_STEP * 1.5;     /* between the grid's lines */

static double snap(double value)
{
    return route_up(value - ROUTE_STEP / 2.0);
}

double sheet_width(const SheetBox *box)
{
    return box->note_width > box->width ? box->note_width : box->width;
}

double sheet_height(const SheetBox *box)
{
    return box->height + box->note_height;
}

static Fail place(Sheet *sheet, Arena *arena, Fault *fault)
{
    Graph graph = {.boxes = ARENA_MANY(arena, GraphBox, sheet->boxes_count + 1),
                   .boxes_count = sheet->boxes_count,
                   .links = ARENA_MANY(arena, GraphLink, sheet->links_count + 1),
                   .links_count = sheet->links_count, .sideways = sheet->sideways,
                   .gap_along = sheet->gap_along, .gap_across = sheet->gap_across};
    for (size_t i = 0; i < sheet->boxes_count; i++) {
        SheetBox *box = &sheet->boxes[i];
        box->width = 2 * route_up(box->width / 2);
        box->height = 2 * route_up(box->height / 2);
        box->note_width = 2 * route_up(box->note_width / 2);
        box->note_height = 2 * route_up(box->note_height / 2);
        box->after = 2 * route_up(box->after / 2);
        double beside = sheet->sideways ? box->after : 0, below = sheet->sideways ? 0 : box->after;
        graph.boxes[i] = (GraphBox){.width = sheet_width(box) + beside,
                                    .height = sheet_height(box) + below, .framed = box->framed};
    }
    for (size_t i = 0; i < sheet->links_count; i++) {
        const SheetLink *link = &sheet->links[i];
        graph.links[i] = (GraphLink){link->from, link->to, link->weight, link->back};
    }
    Fail fail = graph_place(&graph, arena, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    for (size_t i = 0; i < sheet->boxes_count; i++) {
        SheetBox *box = &sheet->boxes[i];
        double left = graph.boxes[i].at.x - graph.boxes[i].width / 2;
        double top = graph.boxes[i].at.y - graph.boxes[i].height / 2;
        box->corner = (GraphPoint){border + snap(left + (sheet_width(box) - box->width) / 2),
                                   border + snap(top)};
    }
    return FAIL_NONE;
}

/* Where a box reaches from and to across the direction of reading; a framed one has the whole
 * frame's reach for those outside. */
typedef struct Reach { double from, to; } Reach;

static Reach reach_of(const Sheet *sheet, const SheetBox *box)
{
    double middle = box->corner.x + box->width / 2, half = sheet_width(box) / 2;
    return sheet->sideways ? (Reach){box->corner.y, box->corner.y + sheet_height(box)}
                           : (Reach){middle - half, middle + half};
}

static bool meet(const Sheet *sheet, const SheetBox *a, const SheetBox *b, Reach frame)
{
    Reach one = reach_of(sheet, a), other = reach_of(sheet, b);
    if (a->framed != b->framed) {
        Reach *framed = a->framed ? &one : &other;
        *framed = frame;
    }
    return one.from < other.to + 2 * ROUTE_STEP && other.from < one.to + 2 * ROUTE_STEP;
}

static double *start_of(const Sheet *sheet, SheetBox *box)
{
    return sheet->sideways ? &box->corner.x : &box->corner.y;
}

static double end_of(const Sheet *sheet, const SheetBox *box)
{
    double aside = (sheet_width(box) - box->width) / 2;
    return sheet->sideways ? box->corner.x + box->width + aside + box->after
                           : box->corner.y + sheet_height(box) + box->after;
}

/* How far the words below a box reach out before it. */
static double before_start(const Sheet *sheet, const SheetBox *box)
{
    return sheet->sideways ? (sheet_width(box) - box->width) / 2 : 0;
}

/* For each pair of boxes: true when a link says that the one stands before the other. */
static bool *orders(const Sheet *sheet, Arena *arena)
{
    bool *before = ARENA_MANY(arena, bool, sheet->boxes_count * sheet->boxes_count + 1);
    for (size_t i = 0; i < sheet->links_count; i++) {
        const SheetLink *link = &sheet->links[i];
        size_t first = link->back ? link->to : link->from;
        size_t then = link->back ? link->from : link->to;
        before[first * sheet->boxes_count + then] = true;
    }
    return before;
}

/* Closes the room that ranks leave: each box moves against the direction of reading until another,
 * or one that must stand before it, is in the way. */
static void close_up(Sheet *sheet, Arena *arena)
{
    Reach frame = {1e9, -1e9};
    bool *done = ARENA_MANY(arena, bool, sheet->boxes_count + 1);
    const bool *before = orders(sheet, arena);
    for (size_t i = 0; i < sheet->boxes_count; i++) {
        Reach reach = reach_of(sheet, &sheet->boxes[i]);
        if (sheet->boxes[i].framed) {
            frame.from = reach.from < frame.from ? reach.from : frame.from;
            frame.to = reach.to > frame.to ? reach.to : frame.to;
        }
    }
    for (size_t round = 0; round < sheet->boxes_count; round++) {
        size_t next = sheet->boxes_count;
        for (size_t i = 0; i < sheet->boxes_count; i++) {
            if (!done[i] && (next == sheet->boxes_count ||
                             *start_of(sheet, &sheet->boxes[i]) <
                                 *start_of(sheet, &sheet->boxes[next]))) {
                next = i;
            }
        }
        SheetBox *box = &sheet->boxes[next];
        double start = border + (box->framed ? 2 * ROUTE_STEP : 0);
        for (size_t i = 0; i < sheet->boxes_count; i++) {
            const SheetBox *other = &sheet->boxes[i];
            bool ordered = before[i * sheet->boxes_count + next];
            if (done[i] && (ordered || meet(sheet, other, box, frame))) {
                double gap = sheet->gap_along + (other->framed != box->framed ? 2 * ROUTE_STEP : 0);
                double least = end_of(sheet, other) + gap;
                start = least > start ? least : start;
            }
        }
        *start_of(sheet, box) = start + before_start(sheet, box);
        done[next] = true;
    }
}

static void measure(Sheet *sheet)
{
    sheet->width = sheet->height = 0;
    sheet->framed = false;
    for (size_t i = 0; i < sheet->boxes_count; i++) {
        const SheetBox *box = &sheet->boxes[i];
        double aside = (sheet_width(box) - box->width) / 2;
        double right = box->corner.x + box->width + aside;
        double bottom = box->corner.y + sheet_height(box), left = box->corner.x - aside;
        sheet->width = right > sheet->width ? right : sheet->width;
        sheet->height = bottom > sheet->height ? bottom : sheet->height;
        if (!box->framed) {
            continue;
        }
        GraphPoint *from = &sheet->frame_from, *to = &sheet->frame_to;
        bool first = !sheet->framed;
        double top = box->corner.y - frame_gap;
        left -= frame_gap;
        right += frame_gap;
        bottom += frame_gap;
        sheet->framed = true;
        from->x = first || left < from->x ? left : from->x;
        from->y = first || top < from->y ? top : from->y;
        to->x = first || right > to->x ? right : to->x;
        to->y = first || bottom > to->y ? bottom : to->y;
    }
    sheet->width += border;
    sheet->height += border;
}

void sheet_route(Sheet *sheet, Arena *arena)
{
    RouteBox *boxes = ARENA_MANY(arena, RouteBox, 2 * sheet->boxes_count + 1);
    Routes routes = {.boxes = boxes, .boxes_count = sheet->boxes_count,
                     .links = ARENA_MANY(arena, RouteLink, sheet->links_count + 1),
                     .links_count = sheet->links_count,
                     .width = sheet->width, .height = sheet->height};
    for (size_t i = 0; i < sheet->boxes_count; i++) {
        const SheetBox *box = &sheet->boxes[i];
        boxes[i] = (RouteBox){box->corner.x, box->corner.y, box->width, box->height, box->middle};
    }
    for (size_t i = 0; i < sheet->boxes_count; i++) {
        const SheetBox *box = &sheet->boxes[i];
        if (box->note_width > 0 && box->note_height > 0) {
            double left = box->corner.x + (box->width - box->note_width) / 2;
            boxes[routes.boxes_count++] = (RouteBox){left, box->corner.y + box->height,
                                                     box->note_width, box->note_height, false};
        }
    }
    if (sheet->framed && sheet->frame_name > 0) {
        boxes[routes.boxes_count++] =
            (RouteBox){sheet->frame_from.x + frame_gap, sheet->frame_from.y - ROUTE_STEP / 2.0,
                       route_up(sheet->frame_name), ROUTE_STEP, false};
    }
    for (size_t i = 0; i < sheet->links_count; i++) {
        const SheetLink *link = &sheet->links[i];
        routes.links[i] = (RouteLink){.from = link->from, .to = link->to, .bundle = link->bundle};
    }
    routes_find(arena, &routes);
    for (size_t i = 0; i < sheet->links_count; i++) {
        sheet->links[i].points = routes.links[i].points;
        sheet->links[i].points_count = routes.links[i].points_count;
    }
}

/* The frame stands at the right: what comes first is read first. */
static void turn(Sheet *sheet)
{
    if (!sheet->framed || sheet->sideways ||
        sheet->frame_from.x + sheet->frame_to.x >= sheet->width) {
        return;
    }
    for (size_t i = 0; i < sheet->boxes_count; i++) {
        SheetBox *box = &sheet->boxes[i];
        box->corner.x = sheet->width - box->corner.x - box->width;
    }
    measure(sheet);
}

Fail sheet_lay(Sheet *sheet, Arena *arena, Fault *fault)
{
    if (sheet->links_count > DRAWING_LINES_MAX) {
        Buf lines = {0}, most = {0};
        buf_put_int(&lines, (int64_t)sheet->links_count);
        buf_put_int(&most, DRAWING_LINES_MAX);
        FAULT(fault, FAIL_INPUT, WORD_DRAW_TOO_MANY, buf_str(&lines), buf_str(&most));
        buf_done(&lines);
        buf_done(&most);
        return FAIL_INPUT;
    }
    Fail fail = place(sheet, arena, fault);
    if (fail == FAIL_NONE) {
        close_up(sheet, arena);
        measure(sheet);
        turn(sheet);
    }
    return fail;
}
