/* timeline.c: the clocks over a common axis of days:
 *
 *                2020-09-01                                   2020-11-02
 *   screening    ━━━━━━━━━┃
 *   preliminary           ━━━━━╌╌╌━━━···························┃
 *
 * ━ counted or past · ╌ held · · still to come · ┃ due · ! after the due day · × moot or void. */
#include "dayclock.h"
#include "position_text.h"

enum { NAME_COLUMNS = CLOCK_NAME_COLUMNS + 1, AXIS_MIN = 24 };

typedef struct Axis {
    Day first, last;
    int columns;
} Axis;

static int column_of(const Axis *axis, Day day)
{
    int64_t span = (int64_t)axis->last - axis->first;
    int64_t at = span ? ((int64_t)day - axis->first) * (axis->columns - 1) / span : 0;
    return at < 0 ? 0 : at >= axis->columns ? axis->columns - 1 : (int)at;
}

static bool axis_of(const Position *position, const TextStyle *style, Axis *ret_axis)
{
    Axis axis = {.first = DAY_LAST, .last = position->on};
    for (size_t i = 0; i < position->clocks_count; i++) {
        const ClockView *clock = &position->clocks[i];
        axis.first = clock->run->started < axis.first ? clock->run->started : axis.first;
        if (clock->status.due != DAY_NONE && clock->status.due > axis.last) {
            axis.last = clock->status.due;
        }
    }
    axis.columns = style->columns - NAME_COLUMNS - 4;
    axis.columns = axis.columns < AXIS_MIN ? AXIS_MIN : axis.columns > 76 ? 76 : axis.columns;
    *ret_axis = axis;
    return axis.first != DAY_LAST && axis.last > axis.first;
}

static void put_bar(Buf *buf, const Position *position, const Axis *axis, const ClockView *clock)
{
    enum { BLANK, PAST, HELD, AHEAD, DUE, OVER, OFF };
    static const char *const marks[] = {" ", "━", "╌", "·", "┃", "!", "×"};
    unsigned char cells[128] = {0};
    const ClockRun *run = clock->run;
    int from = column_of(axis, run->started);
    Day until = run->stopped != DAY_NONE ? run->stopped : position->on;
    for (int i = from; i <= column_of(axis, until); i++) {
        cells[i] = run->end == CLOCK_VOID || run->end == CLOCK_MOOT ? OFF : PAST;
    }
    Hold holds[MATTER_HOLDS_MAX];
    size_t count = run->end == CLOCK_VOID
                       ? 0 : dayclock_holds(position->matter, run, holds, MATTER_HOLDS_MAX);
    for (size_t i = 0; i < count; i++) {
        Day to = holds[i].to < until ? holds[i].to : until;
        for (int j = column_of(axis, holds[i].from); j <= column_of(axis, to); j++) {
            cells[j] = HELD;
        }
    }
    if (clock->status.due != DAY_NONE) {
        int due = column_of(axis, clock->status.due);
        for (int i = column_of(axis, until) + 1; i < due && run->stopped == DAY_NONE; i++) {
            cells[i] = AHEAD;
        }
        bool over = clock->status.state == STATE_OVERDUE || clock->status.state == STATE_LATE;
        for (int i = due + 1; over && i <= column_of(axis, until); i++) {
            cells[i] = OVER;
        }
        cells[due] = run->end == CLOCK_MOOT ? cells[due] : DUE;
    }
    int last = axis->columns;
    while (last > 0 && cells[last - 1] == BLANK) {
        last--;
    }
    for (int i = 0; i < last; i++) {
        buf_put(buf, str_from(marks[cells[i]]));
    }
}

void timeline_text(Buf *buf, const Position *position, const Reader *reader,
                   const TextStyle *style, Arena *arena)
{
    Axis axis;
    if (!axis_of(position, style, &axis)) {
        return;
    }
    size_t count;
    const ClockGroup *groups = clock_groups(position, arena, &count);
    buf_put_byte(buf, '\n');
    size_t from = buf->len;
    text_pad(buf, from, NAME_COLUMNS + 2);
    buf_put_day(buf, axis.first);
    buf_put_many(buf, ' ', (size_t)(axis.columns - 20));
    buf_put_day(buf, axis.last);
    buf_put_byte(buf, '\n');
    for (size_t i = 0; i < count; i++) {
        from = buf->len;
        buf_put(buf, STR("  "));
        clock_group_name(buf, position, &groups[i], reader);
        text_pad(buf, from, NAME_COLUMNS + 2);
        put_bar(buf, position, &axis, groups[i].first);
        buf_put_byte(buf, '\n');
    }
    from = buf->len;
    text_pad(buf, from, NAME_COLUMNS + 2);
    buf_put(buf, word_text(reader->language, WORD_TEXT_LEGEND));
    buf_put_byte(buf, '\n');
}
