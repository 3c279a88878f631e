/* diagram_graph.h: where boxes go. A thin door to a graph layout
 * library (Graphviz' layered layout); only diagram_graph.c knows it. The same graph gives the same
 * places. Floor 4, pure but for the library's memory. */
#ifndef SHENCHA_DIAGRAM_GRAPH_H
#define SHENCHA_DIAGRAM_GRAPH_H

#include "fault.h"

typedef struct GraphPoint {
    double x, y;             /* pixels (1/96 inch), y downwards, the drawing's corner is 0,0 */
} GraphPoint;

typedef struct GraphBox {
    double width, height;    /* given, pixels */
    bool framed;             /* stands inside the graph's frame */
    GraphPoint at;           /* set: the middle */
} GraphBox;

typedef struct GraphLink {
    size_t from, to;         /* indices of boxes */
    int weight;              /* the more, the shorter and straighter; at least 1 */
    bool back;               /* against the direction of reading: `to` stands before `from` */
} GraphLink;

typedef struct Graph {
    GraphBox *boxes;
    size_t boxes_count;
    GraphLink *links;
    size_t links_count;
    bool sideways;           /* read from left to right instead of downwards */
    double gap_along, gap_across;      /* between ranks, between boxes of a rank; pixels */
    double width, height;    /* set */
} Graph;

/* Sets the places of boxes and the size. FAIL_SYSTEM when the library cannot work (its plug-in
 * is missing). Nothing is printed. One thread at a time: the library keeps its plug-ins. */
Fail graph_place(Graph *graph, Arena *arena, Fault *fault) MUST_USE;

#endif
