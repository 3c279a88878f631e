/* diagram_text.h: how wide a text will be, without knowing the reader's font: widths of the widest
 * common sans-serif faces, so that nothing runs out of its box. Floor 4, pure. */
#ifndef SHENCHA_DIAGRAM_TEXT_H
#define SHENCHA_DIAGRAM_TEXT_H

#include "buf.h"

/* Width of one line, in the unit of `size` (the height of the letters, pixels). */
double text_width(Str text, double size, bool bold);

typedef struct TextLines {
    const Str *at;           /* parts of the text, in arena */
    size_t count;            /* at least 1 */
    double width;            /* of the widest */
} TextLines;

/* Parts a text into lines of at most `width`: between words, or anywhere between Chinese characters
 * but before closing marks. One word alone may be wider. */
TextLines text_lines(Arena *arena, Str text, double size, bool bold, double width);

/* The text, or as much of it as fits into `width` with … after it; in arena. */
Str text_cut(Arena *arena, Str text, double size, bool bold, double width);

/* A number with at most one decimal place, whatever the locale: "12", "12.5", "-0.5". */
void buf_put_tenth(Buf *buf, double value);

#endif
