/* diagram.h: the procedure of an edition as a drawing: SVG for people, BPMN 2.0 for the tools of
 * process analysts. Floor 4, pure; the same edition and words give the same bytes. */
#ifndef SHENCHA_DIAGRAM_H
#define SHENCHA_DIAGRAM_H

#include "edition.h"
#include "refusal.h"

/* A whole SVG 1.1 document: no script, no outside resource, readable on screen and on A4.
 * FAIL_SYSTEM when the graph library cannot work. `arena` for scratch. */
Fail diagram_svg(Buf *buf, const Edition *edition, const Reader *reader, Arena *arena,
                 Fault *fault) MUST_USE;
/* A whole BPMN 2.0 document with a diagram (docs/drawings.md tells what stands for what). */
Fail diagram_bpmn(Buf *buf, const Edition *edition, const Reader *reader, Arena *arena,
                  Fault *fault) MUST_USE;

#endif
