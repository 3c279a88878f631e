/* diagram_route.h: lines between boxes that run level and upright only, around every box, apart
 * from one another where they can. The same boxes give the same lines. Floor 4, pure. */
#ifndef SHENCHA_DIAGRAM_ROUTE_H
#define SHENCHA_DIAGRAM_ROUTE_H

#include "diagram_graph.h"

enum { ROUTE_STEP = 10 };    /* pixels between the lines of the grid that routes follow */

typedef struct RouteBox {    /* edges on the grid: multiples of ROUTE_STEP */
    double left, top, width, height;
    bool middle;             /* lines touch the middle of a side only */
} RouteBox;

typedef struct RouteLink {
    size_t from, to;         /* indices of boxes */
    int bundle;              /* links of one bundle may run together; 0: alone */
    const GraphPoint *points;/* set: corners from border to border, at least 2; in arena */
    size_t points_count;
} RouteLink;

typedef struct Routes {
    const RouteBox *boxes;   /* those that no link names are only kept free */
    size_t boxes_count;
    RouteLink *links;
    size_t links_count;
    double width, height;    /* of the sheet; lines stay on it */
} Routes;

/* Sets the points of every link: the shortest way with few bends and crossings, short links
 * first. */
void routes_find(Arena *arena, Routes *routes);

/* Up to the next multiple of ROUTE_STEP. */
double route_up(double value);

#endif
