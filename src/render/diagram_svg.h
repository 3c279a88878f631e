/* diagram_svg.h: pieces of an SVG document; between diagram_svg.c and diagram_foot.c. Floor 4,
 * pure. */
#ifndef SHENCHA_DIAGRAM_SVG_H
#define SHENCHA_DIAGRAM_SVG_H

#include "diagram_plan.h"
#include "diagram_text.h"

typedef struct Svg {
    Buf *buf;
    const Plan *plan;
    double width, height;    /* of the page */
    GraphPoint origin;       /* of the plan on the page */
} Svg;

/*  NAME="VALUE", with a space before it. */
void svg_attribute(Buf *buf, const char *name, double value);
/* `class` as in the style of diagram_svg.c; empty: plain text. */
void svg_rect(Buf *buf, const char *class, double x, double y, double width, double height,
              double round);
void svg_text(Buf *buf, const char *class, PlanAnchor anchor, double x, double y, Str text);
/* The sign of a period: a small clock with its middle at x, y. */
void svg_dial(Buf *buf, double x, double y);

/* diagram_foot.c: what the signs mean, and the policies that the drawing cites, from `left`, `top`
 * to `right`; *ret_bottom is where it ends. In arena. */
Str svg_foot(Arena *arena, const Plan *plan, double left, double top, double right,
             double *ret_bottom);

#endif
