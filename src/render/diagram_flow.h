/* diagram_flow.h: a procedure as a BPMN process: what becomes a task, a gateway, an event, with its
 * place. docs/drawings.md tells it to analysts. diagram_bpmn.c writes it out. Floor 4, pure. */
#ifndef SHENCHA_DIAGRAM_FLOW_H
#define SHENCHA_DIAGRAM_FLOW_H

#include "diagram_sheet.h"
#include "diagram_steps.h"

typedef enum FlowKind {
    FLOW_START,              /* an act that opens a matter */
    FLOW_STAGE,              /* ad-hoc sub-process of the acts done in a stage, or a bare task */
    FLOW_TASK,               /* an act that leads on */
    FLOW_GATEWAY,            /* exclusive */
    FLOW_END,                /* an outcome */
} FlowKind;

typedef struct FlowTask {    /* an act within a stage */
    const ActKind *act;
    const Branch *branch;
    Str id, name, about;
    GraphPoint at;           /* from the stage's corner */
} FlowTask;

typedef struct FlowTimer {   /* a period that begins in a stage */
    Str id, name, about;
} FlowTimer;

typedef struct FlowLabel {   /* room for words beside a line or gateway */
    GraphPoint at;           /* upper left */
    double width, height;
} FlowLabel;

typedef struct FlowNode {
    FlowKind kind;
    Str id, name, about;     /* about: documentation */
    const ActKind *act;      /* FLOW_START, FLOW_TASK */
    const Branch *branch;    /* the first of them */
    StageId stage;           /* the stage itself, or that in which the node is met */
    size_t outcome;          /* FLOW_END */
    FlowTask *tasks;         /* FLOW_STAGE */
    size_t tasks_count;
    FlowTimer *timers;       /* FLOW_STAGE */
    size_t timers_count;
    FlowLabel label;         /* FLOW_GATEWAY with a name */
    bool special;            /* within the special review */
} FlowNode;

typedef struct FlowLink {
    Str id, name;
    size_t from, to;         /* indices of nodes */
    FlowLabel label;         /* when it has a name */
} FlowLink;

typedef struct Flow {
    const Edition *edition;
    const Reader *reader;
    Arena *arena;
    FlowNode *nodes;
    size_t nodes_count, nodes_room;
    FlowLink *links;
    size_t links_count, links_room;
    Sheet sheet;             /* boxes as nodes, links as links */
} Flow;

enum { FLOW_TASK_WIDTH = 160, FLOW_TASK_HEIGHT = 80, FLOW_EVENT = 40, FLOW_GAP = 20,
       FLOW_HEAD = 40, FLOW_NOTE_WIDTH = 160, FLOW_NOTE_HEIGHT = 60,
       FLOW_TIMER_NOTE = 60, FLOW_LABEL_WIDTH = 130 };   /* pixels */

/* In arena. FAIL_SYSTEM when the graph library cannot work. */
Fail flow_make(Arena *arena, const Edition *edition, const Reader *reader, const Flow **ret_flow,
               Fault *fault) MUST_USE;
/* Sizes and places of what flow_make has gathered. */
Fail flow_place(Flow *flow, Fault *fault) MUST_USE;
/* Sets the labels of what flow_place has placed. */
void flow_label(Flow *flow);
/* An id of XML: prefix, then the word with everything but letters, digits and - as _. */
Str flow_id(Arena *arena, const char *prefix, Str word);

#endif
