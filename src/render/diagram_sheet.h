/* diagram_sheet.h: boxes and the lines between them on a sheet: places from the graph library, put
 * on a grid, lines routed level and upright. Floor 4, pure. */
#ifndef SHENCHA_DIAGRAM_SHEET_H
#define SHENCHA_DIAGRAM_SHEET_H

#include "diagram_route.h"

typedef struct SheetBox {
    double width, height;    /* wanted, pixels; set to what the grid gives, never less */
    bool framed;             /* stands inside the frame */
    bool middle;             /* lines touch the middle of a side only */
    double note_width, note_height;    /* room kept free below it, for words */
    double after;            /* room kept after it in the direction of reading */
    GraphPoint corner;       /* set: upper left */
} SheetBox;

typedef struct SheetLink {
    size_t from, to;         /* indices of boxes */
    int weight;              /* the more, the shorter; at least 1 */
    bool back;               /* against the direction of reading */
    int bundle;              /* lines of one bundle may run together; 0: alone */
    const GraphPoint *points;/* set: corners of the line, in arena */
    size_t points_count;
} SheetLink;

typedef struct Sheet {
    SheetBox *boxes;
    size_t boxes_count;
    SheetLink *links;
    size_t links_count;
    bool sideways;           /* read from left to right */
    double gap_along, gap_across;
    double frame_name;       /* width to keep free of lines on the frame's upper edge */
    double width, height;    /* set */
    bool framed;             /* set: there is a frame, with these corners */
    GraphPoint frame_from, frame_to;
} Sheet;

/* Sets the places of boxes and frame; on a sheet read downwards the frame lies at the right.
 * FAIL_INPUT when there are more than DRAWING_LINES_MAX lines, FAIL_SYSTEM when the graph library
 * cannot work. */
Fail sheet_lay(Sheet *sheet, Arena *arena, Fault *fault) MUST_USE;
/* Room that a box takes up, words below it included. */
double sheet_width(const SheetBox *box);
double sheet_height(const SheetBox *box);
/* Finds the lines of a sheet that was laid. */
void sheet_route(Sheet *sheet, Arena *arena);

#endif
