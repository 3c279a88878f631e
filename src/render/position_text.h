/* position_text.h: the legal position for the eye: head, clocks, a small timeline, what happened,
 * what was refused, what is next. Plain text for a terminal. Floor 4, pure. */
#ifndef SHENCHA_POSITION_TEXT_H
#define SHENCHA_POSITION_TEXT_H

#include "refusal.h"

enum { CLOCK_NAME_COLUMNS = 23 };   /* of a clock's name in the list and in the timeline */

typedef struct TextStyle {
    int columns;     /* width to draw for, at least 60 */
    bool colour;     /* escape sequences are welcome; meaning never hangs on them */
    bool explain;    /* every clock with its days */
    bool brief;      /* only where it stands, what was refused, what may happen next */
} TextStyle;

/* Ends with a line end. `arena` for scratch. */
void position_text(Buf *buf, const Position *position, const Reader *reader,
                   const TextStyle *style, Arena *arena);

/* Pads what was written since `from` with spaces up to `columns` (columns of a terminal). */
void text_pad(Buf *buf, size_t from, int columns);
/* Text without control and direction characters: each becomes U+FFFD. */
void text_safe(Buf *buf, Str text);

/* A blank line and a heading; a day with its weekday. */
void text_heading(Buf *buf, const Reader *reader, Word word, const TextStyle *style);
void text_day(Buf *buf, Day day, Language language);

/* position_acts.c: what happened, what was refused and why, what may happen next; and below all
 * of it what rests on assumption or is provisional. */
void acts_text(Buf *buf, const Position *position, const Reader *reader, const TextStyle *style);
void notes_text(Buf *buf, const Position *position, const Reader *reader, const TextStyle *style);

/* timeline.c: one line per group of clocks over a common axis of days. */
void timeline_text(Buf *buf, const Position *position, const Reader *reader,
                   const TextStyle *style, Arena *arena);

/* Clocks that look alike (same kind, start, allowance, due day, state) stand in one line. */
typedef struct ClockGroup {
    const ClockView *first;
    size_t count;
} ClockGroup;
const ClockGroup *clock_groups(const Position *position, Arena *arena, size_t *ret_count);
/* "Opinion ×11", or with the party's name where it fits into CLOCK_NAME_COLUMNS, else its id. */
void clock_group_name(Buf *buf, const Position *position, const ClockGroup *group,
                      const Reader *reader);

#endif
