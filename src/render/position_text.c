/* position_text.c: the position from top to bottom, calm and aligned in both languages: here its
 * head and its clocks. */
#include "position_text.h"

#include "explain.h"
#include "utf8.h"

void text_pad(Buf *buf, size_t from, int columns)
{
    int taken = utf8_columns(str_part(buf_str(buf), from, buf->len));
    buf_put_many(buf, ' ', taken < columns ? (size_t)(columns - taken) : 1);
}

void text_safe(Buf *buf, Str text)
{
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        utf8_next(text, &at);
        Str one = str_part(text, from, at);
        buf_put(buf, utf8_unsafe(one) ? STR("\xEF\xBF\xBD") : one);
    }
}

void text_heading(Buf *buf, const Reader *reader, Word word, const TextStyle *style)
{
    buf_put(buf, style->colour ? STR("\n\033[1m") : STR("\n"));
    buf_put(buf, word_text(reader->language, word));
    buf_put(buf, style->colour ? STR("\033[0m\n") : STR("\n"));
}

void text_day(Buf *buf, Day day, Language language)
{
    buf_put_day(buf, day);
    buf_put_byte(buf, ' ');
    buf_put(buf, weekday_word(day, language));
}

static bool alike(const ClockView *a, const ClockView *b)
{
    return a->kind == b->kind && a->run->started == b->run->started &&
           a->run->stopped == b->run->stopped && a->run->allowed == b->run->allowed &&
           a->status.state == b->status.state && a->status.due == b->status.due &&
           a->run->assumed == b->run->assumed;
}

const ClockGroup *clock_groups(const Position *position, Arena *arena, size_t *ret_count)
{
    ClockGroup *groups = ARENA_MANY(arena, ClockGroup, position->clocks_count);
    size_t count = 0;
    for (size_t i = 0; i < position->clocks_count; i++) {
        const ClockView *clock = &position->clocks[i];
        size_t at = 0;
        while (at < count && !(clock->run->of.role != ID_NONE && alike(groups[at].first, clock))) {
            at++;
        }
        if (at == count) {
            groups[count++] = (ClockGroup){clock, 0};
        }
        groups[at].count++;
    }
    *ret_count = count;
    return groups;
}

void clock_group_name(Buf *buf, const Position *position, const ClockGroup *group,
                      const Reader *reader)
{
    size_t from = buf->len;
    buf_put(buf, lawwords_get(reader->words, "clock", group->first->kind->id));
    if (group->count > 1) {
        buf_print(buf, " ×%zu", group->count);
    } else if (group->first->run->of.role != ID_NONE) {
        Party of = group->first->run->of;
        Str name = party_word(position->edition, of, reader);
        buf_put_byte(buf, ' ');
        int left = CLOCK_NAME_COLUMNS - utf8_columns(str_part(buf_str(buf), from, buf->len));
        if (utf8_columns(name) <= left) {
            text_safe(buf, name);
        } else if (of.id.len) {
            text_safe(buf, of.id);
        } else {
            buf_put_party(buf, position->edition, of);
        }
    }
}

static void put_head(Buf *buf, const Position *position, const Reader *reader,
                     const TextStyle *style)
{
    const Matter *matter = position->matter;
    buf_put(buf, style->colour ? STR("\033[1m") : STR_NONE);
    text_safe(buf, position->name);
    buf_put(buf, style->colour ? STR("\033[0m") : STR_NONE);
    buf_put(buf, STR("  ·  "));
    buf_put(buf, lawwords_get(reader->words, "edition_short", position->edition->id));
    buf_put(buf, STR("  ·  "));
    text_day(buf, position->on, reader->language);
    buf_put_byte(buf, '\n');
    Str stage = matter->stage == ID_NONE
                    ? word_text(reader->language, WORD_TEXT_NOT_OPENED)
                    : lawwords_get(reader->words, "stage",
                                   position->edition->stages[matter->stage].id);
    WORD_PUT(buf, reader->language, WORD_TEXT_STAGE, stage);
    if (matter->outcome.len) {
        buf_put(buf, STR("  ·  "));
        WORD_PUT(buf, reader->language, WORD_TEXT_OUTCOME,
                 lawwords_get(reader->words, "outcome", matter->outcome));
        buf_put(buf, matter->outcome_assumed ? STR(" *") : STR_NONE);
    }
    buf_put_byte(buf, '\n');
}

static void put_due(Buf *buf, const ClockView *clock, Language language)
{
    if (clock->status.due == DAY_NONE) {
        Word why = clock->status.state == STATE_HELD   ? WORD_TEXT_DUE_HELD
                   : clock->status.state == STATE_VOID ? WORD_TEXT_DUE_VOID
                                                       : WORD_TEXT_DUE_BEYOND;
        buf_put(buf, word_text(language, why));
        return;
    }
    buf_put(buf, word_text(language, WORD_TEXT_DUE));
    text_day(buf, clock->status.due, language);
    buf_put(buf, clock->status.provisional ? STR(" ~") : STR_NONE);
}

static Str state_word(ClockState state, Language language)
{
    return word_text(language, (Word)(WORD_STATE_RUNNING + (int)state));
}

static void put_clock_days(Buf *buf, const Position *position, const ClockView *clock,
                           const Reader *reader, Arena *arena)
{
    size_t count;
    const ExplainDay *days = explain_clock(arena, position, clock, &count);
    for (size_t i = 0; i < count; i++) {
        const ExplainDay *day = &days[i];
        buf_put(buf, STR("      "));
        text_day(buf, day->day, reader->language);
        if (day->why == EXPLAIN_COUNTED) {
            buf_print(buf, "  %3d  ", day->number);
        } else {
            buf_put(buf, STR("    -  "));
        }
        Str holiday = lawwords_get(reader->words, "holiday", day->reason.holiday);
        Str notice = day->reason.notice ? day->reason.notice->number : STR_NONE;
        if (day->why == EXPLAIN_HELD) {
            const Owed *owed = &position->matter->owed[day->hold.owed];
            Buf n = {0};
            buf_put_int(&n, owed->laid_by);
            WORD_PUT(buf, reader->language, WORD_TEXT_HELD_BY,
                     owed->name.len ? owed->name : buf_str(&n));
            buf_done(&n);
        } else if (day->why == EXPLAIN_START) {
            buf_put(buf, word_text(reader->language, WORD_TEXT_FIRST_DAY));
        } else if (day->reason.why == WHY_MADE_UP) {
            WORD_PUT(buf, reader->language, WORD_TEXT_MADE_UP, holiday, notice);
        } else if (day->reason.why == WHY_HOLIDAY) {
            WORD_PUT(buf, reader->language, WORD_TEXT_HOLIDAY, holiday, notice);
        } else if (day->reason.why == WHY_STATUTORY) {
            WORD_PUT(buf, reader->language, WORD_TEXT_STATUTORY, holiday);
        } else if (day->reason.why == WHY_WEEKEND) {
            buf_put(buf, word_text(reader->language, WORD_TEXT_WEEKEND));
        }
        while (buf->len && buf->at[buf->len - 1] == ' ') {
            buf->len--;
        }
        buf_put_byte(buf, '\n');
    }
}

static void put_clocks(Buf *buf, const Position *position, const Reader *reader,
                       const TextStyle *style, Arena *arena)
{
    size_t count;
    const ClockGroup *groups = clock_groups(position, arena, &count);
    if (count == 0) {
        return;
    }
    text_heading(buf, reader, WORD_TEXT_CLOCKS, style);
    for (size_t i = 0; i < count; i++) {
        const ClockView *clock = groups[i].first;
        size_t from = buf->len;
        buf_put(buf, STR("  "));
        clock_group_name(buf, position, &groups[i], reader);
        buf_put(buf, clock->run->assumed ? STR(" *") : STR_NONE);
        text_pad(buf, from, CLOCK_NAME_COLUMNS + 3);
        from = buf->len;
        buf_print(buf, "%3d/%d", clock->status.used, clock->run->allowed);
        text_pad(buf, from, 9);
        from = buf->len;
        buf_put(buf, state_word(clock->status.state, reader->language));
        text_pad(buf, from, 10);
        from = buf->len;
        put_due(buf, clock, reader->language);
        text_pad(buf, from, 24);
        clause_put(buf, clock->kind->clause, reader->language);
        buf_put_byte(buf, '\n');
        if (style->explain) {
            put_clock_days(buf, position, clock, reader, arena);
        }
    }
}

void position_text(Buf *buf, const Position *position, const Reader *reader,
                   const TextStyle *style, Arena *arena)
{
    put_head(buf, position, reader, style);
    if (!style->brief) {
        put_clocks(buf, position, reader, style, arena);
        timeline_text(buf, position, reader, style, arena);
    }
    acts_text(buf, position, reader, style);
    notes_text(buf, position, reader, style);
}
