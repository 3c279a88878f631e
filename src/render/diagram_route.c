/* diagram_route.c: for each link the cheapest way on a grid (A*): a state is a crossing of the grid
 * and the direction in which it was reached. */
#include "diagram_route.h"

#include <assert.h>

enum { RIGHT, DOWN, LEFT, UP, WAYS };
enum {                       /* what a way costs */
    COST_STEP = 4,
    COST_BEND = 34,
    COST_CROSS = 40,         /* another line is crossed */
    COST_NEAR = 9,           /* another line runs alongside, one step away */
    COST_SHARE = 600,        /* another line runs in the same place */
    COST_ASIDE = 1,          /* a step from the middle of a box's side */
    COST_SIDE = 14,          /* leaves or enters at the left or right */
    COST_MAX = INT32_MAX,
};
enum { BLOCKED = 1, LEVEL = 2, UPRIGHT = 4 };

static const int step_x[WAYS] = {1, 0, -1, 0}, step_y[WAYS] = {0, 1, 0, -1};

typedef struct Span {        /* a box on the grid, borders included */
    int left, top, right, bottom;
    bool middle;
} Span;

typedef struct Entry { int32_t cost; uint32_t state; } Entry;

typedef struct Corners {
    GraphPoint *at;
    size_t count, room;
} Corners;

typedef struct Router {
    Routes *routes;
    Arena *arena;
    int columns, rows;
    uint8_t *cells;          /* BLOCKED, LEVEL, UPRIGHT */
    int *bundles;            /* bundle of the line that runs there first, or -1 for several */
    int32_t *costs;          /* by state */
    uint8_t *before;         /* by state: the way in which the crossing before was reached */
    uint32_t *touched;       /* states that have a cost */
    size_t touched_count, touched_room;
    Entry *heap;
    size_t heap_count, heap_room;
    Span from, to;
    int bundle;
} Router;

double route_up(double value)
{
    long steps = (long)(value / ROUTE_STEP);
    return (double)(steps * ROUTE_STEP < value ? steps + 1 : steps) * ROUTE_STEP;
}

static Span span_of(const RouteBox *box)
{
    int left = (int)(box->left / ROUTE_STEP + 0.5), top = (int)(box->top / ROUTE_STEP + 0.5);
    return (Span){left, top, left + (int)(box->width / ROUTE_STEP + 0.5),
                  top + (int)(box->height / ROUTE_STEP + 0.5), box->middle};
}

static void heap_add(Router *router, Entry entry)
{
    router->heap = arena_grow(router->arena, router->heap, router->heap_count, &router->heap_room,
                              router->heap_count + 1, sizeof *router->heap);
    size_t at = router->heap_count++;
    while (at > 0 && router->heap[(at - 1) / 2].cost > entry.cost) {
        router->heap[at] = router->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    router->heap[at] = entry;
}

static Entry heap_take(Router *router)
{
    Entry first = router->heap[0], last = router->heap[--router->heap_count];
    size_t at = 0;
    for (size_t child; (child = 2 * at + 1) < router->heap_count; at = child) {
        if (child + 1 < router->heap_count &&
            router->heap[child + 1].cost < router->heap[child].cost) {
            child++;
        }
        if (router->heap[child].cost >= last.cost) {
            break;
        }
        router->heap[at] = router->heap[child];
    }
    router->heap[at] = last;
    return first;
}

static int outside(int value, int low, int high)
{
    return value < low ? low - value : value > high ? value - high : 0;
}

/* No way on from here costs less. */
static int32_t at_least(const Router *router, int x, int y)
{
    return COST_STEP * (outside(x, router->to.left, router->to.right) +
                        outside(y, router->to.top, router->to.bottom));
}

static void offer(Router *router, int x, int y, int way, int before, int32_t cost)
{
    size_t state = ((size_t)y * (size_t)router->columns + (size_t)x) * WAYS + (size_t)way;
    if (router->costs[state] == COST_MAX) {
        router->touched = arena_grow(router->arena, router->touched, router->touched_count,
                                     &router->touched_room, router->touched_count + 1,
                                     sizeof *router->touched);
        router->touched[router->touched_count++] = (uint32_t)state;
    }
    if (cost < router->costs[state]) {
        router->costs[state] = cost;
        router->before[state] = (uint8_t)before;
        heap_add(router, (Entry){cost + at_least(router, x, y), (uint32_t)state});
    }
}

static size_t cell_at(const Router *router, int x, int y)
{
    return (size_t)y * (size_t)router->columns + (size_t)x;
}

static bool runs(const Router *router, int x, int y, int mask)
{
    return x >= 0 && y >= 0 && x < router->columns && y < router->rows &&
           (router->cells[cell_at(router, x, y)] & mask);
}

/* What it costs to be at a crossing of the grid on the way, over and above the step. */
static int32_t cost_of_place(const Router *router, int x, int y, int way, bool bends)
{
    size_t cell = cell_at(router, x, y);
    bool level = way == RIGHT || way == LEFT;
    int along = level ? LEVEL : UPRIGHT, across = level ? UPRIGHT : LEVEL;
    int32_t cost = bends ? COST_BEND : 0;
    if (router->bundle && router->bundles[cell] == router->bundle) {
        return cost - COST_STEP / 2;
    }
    if (runs(router, x, y, along) || (bends && runs(router, x, y, across))) {
        return cost + COST_SHARE;
    }
    cost += runs(router, x, y, across) ? COST_CROSS : 0;
    int side_x = level ? 0 : 1, side_y = level ? 1 : 0;
    bool near = runs(router, x + side_x, y + side_y, along) ||
                runs(router, x - side_x, y - side_y, along);
    return cost + (near ? COST_NEAR : 0);
}

/* Cost of standing on a box's border: aside of the middle, and at a side. */
static int32_t cost_of_port(const Span *box, int x, int y, int way)
{
    if (way == UP || way == DOWN) {
        return COST_ASIDE * outside(2 * x, box->left + box->right, box->left + box->right);
    }
    return COST_SIDE + COST_ASIDE * outside(2 * y, box->top + box->bottom, box->top + box->bottom);
}

/* True where a line may touch an upper or lower (a left or right) side. */
static bool touches_level(const Span *box, int x)
{
    return x > box->left && x < box->right && (!box->middle || 2 * x == box->left + box->right);
}

static bool touches_upright(const Span *box, int y)
{
    return y > box->top && y < box->bottom && (!box->middle || 2 * y == box->top + box->bottom);
}

static void leave_at(Router *router, int x, int y, int way)
{
    offer(router, x, y, way, way,
          cost_of_port(&router->from, x, y, way) + cost_of_place(router, x, y, way, false));
}

/* Leaves the first box from every place of its border where a line may touch it. */
static void leave(Router *router)
{
    const Span *box = &router->from;
    for (int x = box->left + 1; x < box->right; x++) {
        if (touches_level(box, x)) {
            leave_at(router, x, box->top, UP);
            leave_at(router, x, box->bottom, DOWN);
        }
    }
    for (int y = box->top + 1; y < box->bottom; y++) {
        if (touches_upright(box, y)) {
            leave_at(router, box->left, y, LEFT);
            leave_at(router, box->right, y, RIGHT);
        }
    }
}

/* True at the border of the second box, entering it squarely and not at a corner. */
static bool arrives(const Router *router, int x, int y, int way)
{
    const Span *box = &router->to;
    bool within_x = touches_level(box, x), within_y = touches_upright(box, y);
    return (way == DOWN && y == box->top && within_x) ||
           (way == UP && y == box->bottom && within_x) ||
           (way == RIGHT && x == box->left && within_y) ||
           (way == LEFT && x == box->right && within_y);
}

static void go_on(Router *router, int x, int y, int way)
{
    size_t state = cell_at(router, x, y) * WAYS + (size_t)way;
    for (int next = 0; next < WAYS; next++) {
        bool bends = next != way, at_border = router->cells[cell_at(router, x, y)] & BLOCKED;
        if ((next + 2) % WAYS == way || (bends && at_border)) {
            continue;
        }
        int to_x = x + step_x[next], to_y = y + step_y[next];
        if (to_x < 0 || to_y < 0 || to_x >= router->columns || to_y >= router->rows) {
            continue;
        }
        bool end = arrives(router, to_x, to_y, next);
        if ((router->cells[cell_at(router, to_x, to_y)] & BLOCKED) && !end) {
            continue;
        }
        int32_t cost = router->costs[state] + COST_STEP;
        cost += bends ? cost_of_place(router, x, y, next, true) : 0;
        cost += cost_of_place(router, to_x, to_y, next, false);
        cost += end ? cost_of_port(&router->to, to_x, to_y, next) : 0;
        offer(router, to_x, to_y, next, way, cost);
    }
}

/* Marks a crossing of the grid as used in this direction. */
static void use(Router *router, int x, int y, int way)
{
    size_t cell = cell_at(router, x, y);
    uint8_t mark = way == RIGHT || way == LEFT ? LEVEL : UPRIGHT;
    bool first = !(router->cells[cell] & (LEVEL | UPRIGHT));
    router->bundles[cell] = first || router->bundles[cell] == router->bundle ? router->bundle : -1;
    router->cells[cell] |= mark;
}

static void keep(Router *router, Corners *corners, int x, int y)
{
    corners->at = arena_grow(router->arena, corners->at, corners->count, &corners->room,
                             corners->count + 1, sizeof *corners->at);
    corners->at[corners->count++] =
        (GraphPoint){x * (double)ROUTE_STEP, y * (double)ROUTE_STEP};
}

/* Walks back from the end to the border of the first box, marks the way and keeps its corners. */
static void trace(Router *router, RouteLink *link, int x, int y, int way)
{
    Corners corners = {0};
    keep(router, &corners, x, y);
    use(router, x, y, way);
    do {
        int before = router->before[cell_at(router, x, y) * WAYS + (size_t)way];
        x -= step_x[way];
        y -= step_y[way];
        use(router, x, y, way);
        if (before != way) {
            keep(router, &corners, x, y);
            use(router, x, y, before);
        }
        way = before;
    } while (!(router->cells[cell_at(router, x, y)] & BLOCKED));
    keep(router, &corners, x, y);
    for (size_t i = 0; i < corners.count / 2; i++) {
        GraphPoint other = corners.at[corners.count - 1 - i];
        corners.at[corners.count - 1 - i] = corners.at[i];
        corners.at[i] = other;
    }
    link->points = corners.at;
    link->points_count = corners.count;
}

static bool search(Router *router, RouteLink *link)
{
    for (size_t i = 0; i < router->touched_count; i++) {
        router->costs[router->touched[i]] = COST_MAX;
    }
    router->touched_count = 0;
    router->heap_count = 0;
    router->from = span_of(&router->routes->boxes[link->from]);
    router->to = span_of(&router->routes->boxes[link->to]);
    router->bundle = link->bundle;
    leave(router);
    while (router->heap_count) {
        Entry entry = heap_take(router);
        int way = (int)(entry.state % WAYS), cell = (int)(entry.state / WAYS);
        int x = cell % router->columns, y = cell / router->columns;
        if (entry.cost > router->costs[entry.state] + at_least(router, x, y)) {
            continue;
        }
        if (arrives(router, x, y, way)) {
            trace(router, link, x, y, way);
            return true;
        }
        go_on(router, x, y, way);
    }
    return false;
}

/* Boxes so close together that no way leads out: a straight line is better than none. */
static void straight(Router *router, RouteLink *link)
{
    const RouteBox *from = &router->routes->boxes[link->from];
    const RouteBox *to = &router->routes->boxes[link->to];
    GraphPoint *points = ARENA_MANY(router->arena, GraphPoint, 2);
    points[0] = (GraphPoint){from->left + from->width / 2, from->top + from->height};
    points[1] = (GraphPoint){to->left + to->width / 2, to->top};
    link->points = points;
    link->points_count = 2;
}

static double apart(const Routes *routes, size_t which)
{
    const RouteLink *link = &routes->links[which];
    const RouteBox *from = &routes->boxes[link->from], *to = &routes->boxes[link->to];
    double x = from->left + from->width / 2 - to->left - to->width / 2;
    double y = from->top + from->height / 2 - to->top - to->height / 2;
    return (x < 0 ? -x : x) + (y < 0 ? -y : y);
}

static void block(Router *router, const RouteBox *box)
{
    Span span = span_of(box);
    assert(span.left >= 0 && span.top >= 0);
    for (int y = span.top; y <= span.bottom && y < router->rows; y++) {
        for (int x = span.left; x <= span.right && x < router->columns; x++) {
            router->cells[cell_at(router, x, y)] |= BLOCKED;
        }
    }
}

void routes_find(Arena *arena, Routes *routes)
{
    Router router = {.routes = routes, .arena = arena};
    router.columns = (int)(routes->width / ROUTE_STEP) + 1;
    router.rows = (int)(routes->height / ROUTE_STEP) + 1;
    size_t cells = (size_t)router.columns * (size_t)router.rows;
    router.cells = ARENA_MANY(arena, uint8_t, cells);
    router.bundles = ARENA_MANY(arena, int, cells);
    router.costs = ARENA_MANY(arena, int32_t, cells * WAYS);
    router.before = ARENA_MANY(arena, uint8_t, cells * WAYS);
    for (size_t i = 0; i < cells * WAYS; i++) {
        router.costs[i] = COST_MAX;
    }
    for (size_t i = 0; i < routes->boxes_count; i++) {
        block(&router, &routes->boxes[i]);
    }
    bool *done = ARENA_MANY(arena, bool, routes->links_count + 1);
    for (size_t round = 0; round < routes->links_count; round++) {
        size_t next = routes->links_count;
        for (size_t i = 0; i < routes->links_count; i++) {
            if (!done[i] && (next == routes->links_count ||
                             apart(routes, i) < apart(routes, next))) {
                next = i;
            }
        }
        done[next] = true;
        if (!search(&router, &routes->links[next])) {
            straight(&router, &routes->links[next]);
        }
    }
}
