/* diagram_graph.c: the only file that knows the graph library. It is given boxes of fixed size
 * without any text, so that it needs no fonts. */
#include "diagram_graph.h"

#include <graphviz/gvc.h>

enum { NUMBER_BYTES = 32 };
static const char frame_name[] = "cluster_frame";   /* cluster…: the library's word */
static const double per_inch = 72.0;      /* the library's points */
static const double per_pixel = 0.75;     /* points in a pixel */

typedef struct Work {
    Graph *graph;
    Arena *arena;
    Agraph_t *drawn;
    Agnode_t **nodes;
    double top;              /* pixels: the library's y grows upwards */
    double left;
} Work;

/* A plain decimal number with three places, whatever the locale. */
static char *number(char *into, double value)
{
    long thousandths = (long)(value * 1000.0 + 0.5);
    snprintf(into, NUMBER_BYTES, "%ld.%03ld", thousandths / 1000, thousandths % 1000);
    return into;
}

/* The library's own declarations lack const; it copies what it is given. */
static void set(void *object, const char *name, const char *value)
{
    agsafeset(object, (char *)name, (char *)value, (char *)"");
}

static void fallback(Agraph_t *drawn, int kind, const char *name, const char *value)
{
    agattr(drawn, kind, (char *)name, (char *)value);
}

static void set_number(void *object, const char *name, double value)
{
    char text[NUMBER_BYTES];
    set(object, name, number(text, value));
}

static void declare(Work *work)
{
    const Graph *graph = work->graph;
    set(work->drawn, "rankdir", graph->sideways ? "LR" : "TB");
    set(work->drawn, "splines", "false");
    double along = graph->gap_along * per_pixel, across = graph->gap_across * per_pixel;
    set_number(work->drawn, "ranksep", along / per_inch);
    set_number(work->drawn, "nodesep", across / per_inch);
    fallback(work->drawn, AGNODE, "label", "");
    fallback(work->drawn, AGNODE, "shape", "box");
    fallback(work->drawn, AGNODE, "fixedsize", "true");
    fallback(work->drawn, AGNODE, "width", "1");
    fallback(work->drawn, AGNODE, "height", "1");
    fallback(work->drawn, AGEDGE, "weight", "1");
}

static void add(Work *work)
{
    const Graph *graph = work->graph;
    Agraph_t *frame = NULL;
    for (size_t i = 0; i < graph->boxes_count; i++) {
        const GraphBox *box = &graph->boxes[i];
        char name[NUMBER_BYTES];
        snprintf(name, sizeof name, "%zu", i);
        work->nodes[i] = agnode(work->drawn, name, 1);
        set_number(work->nodes[i], "width", box->width * per_pixel / per_inch);
        set_number(work->nodes[i], "height", box->height * per_pixel / per_inch);
        if (box->framed) {
            frame = frame ? frame : agsubg(work->drawn, (char *)frame_name, 1);
            agsubnode(frame, work->nodes[i], 1);
        }
    }
    if (frame) {
        set(frame, "margin", "14");
    }
    for (size_t i = 0; i < graph->links_count; i++) {
        const GraphLink *link = &graph->links[i];
        Agnode_t *from = work->nodes[link->back ? link->to : link->from];
        Agnode_t *to = work->nodes[link->back ? link->from : link->to];
        char text[NUMBER_BYTES];
        snprintf(text, sizeof text, "%zu", i);
        Agedge_t *edge = agedge(work->drawn, from, to, text, 1);
        snprintf(text, sizeof text, "%d", link->weight);
        set(edge, "weight", text);
    }
}

static GraphPoint pixels(const Work *work, pointf at)
{
    return (GraphPoint){at.x / per_pixel - work->left, work->top - at.y / per_pixel};
}

static void take(Work *work)
{
    Graph *graph = work->graph;
    boxf whole = GD_bb(work->drawn);
    work->top = whole.UR.y / per_pixel;
    work->left = whole.LL.x / per_pixel;
    graph->width = (whole.UR.x - whole.LL.x) / per_pixel;
    graph->height = (whole.UR.y - whole.LL.y) / per_pixel;
    for (size_t i = 0; i < graph->boxes_count; i++) {
        graph->boxes[i].at = pixels(work, ND_coord(work->nodes[i]));
    }
}

/* The library asks for a pointer that is not const.
 * NOLINTNEXTLINE(readability-non-const-parameter) */
static int say_nothing(char *text)
{
    (void)text;
    return 0;
}

Fail graph_place(Graph *graph, Arena *arena, Fault *fault)
{
    agseterrf(say_nothing);
    static GVC_t *library;   /* kept: the library loses memory with each one that it frees */
    library = library ? library : gvContext();
    Work work = {.graph = graph, .arena = arena};
    work.drawn = agopen((char *)"procedure", Agdirected, NULL);
    work.nodes = ARENA_MANY(arena, Agnode_t *, graph->boxes_count);
    declare(&work);
    add(&work);
    bool done = library && gvLayout(library, work.drawn, "dot") == 0;
    if (done) {
        take(&work);
        gvFreeLayout(library, work.drawn);
    }
    agclose(work.drawn);
    agseterrf(NULL);
    return done ? FAIL_NONE : FAULT_PLAIN(fault, FAIL_SYSTEM, WORD_DRAW_NO_LAYOUT);
}
