/* position_acts.c: what happened, what was refused and why, what may happen next. Each list is a
 * table whose columns are as wide as what stands in them; what does not fit goes to a line of its
 * own below. */
#include "edition_text.h"
#include "position_text.h"
#include "utf8.h"

enum { DAY_COLUMN = 7, ACT_COLUMN = 23, GAP = 2 };

#define SEPARATOR " · "

typedef struct Widths {      /* columns of a terminal */
    int act, clause;
} Widths;

static void widen(int *width, Str text)
{
    int columns = utf8_columns(text);
    *width = columns > *width ? columns : *width;
}

static void widen_clause(int *width, Str clause, Language language)
{
    Buf text = {0};
    clause_put(&text, clause, language);
    widen(width, buf_str(&text));
    buf_done(&text);
}

static Str act_word(const Reader *reader, Str id)
{
    return lawwords_get(reader->words, "act", id);
}

/* The same for what was done and what was refused, so that both stand in line. */
static Widths widths_of(const Position *position, const Reader *reader, const TextStyle *style)
{
    Widths widths = {0};
    for (size_t i = 0; i < position->done_count && !style->brief; i++) {
        widen(&widths.act, act_word(reader, position->done[i].kind->id));
        widen_clause(&widths.clause, position->done[i].clause, reader->language);
    }
    for (size_t i = 0; i < position->refused_count; i++) {
        const RefusedView *refused = &position->refused[i];
        widen(&widths.act, act_word(reader, refused->act));
        widen_clause(&widths.clause, refused->policy.len ? refused->policy : refused->clause,
                     reader->language);
    }
    widths.act = widths.act > 33 ? 33 : widths.act;
    return widths;
}

/* What was decided, in a word: yes or no, a word of a list, a number; not the texts. */
static void put_given(Buf *buf, const Edition *edition, const Act *act, const Reader *reader)
{
    for (uint8_t i = 0; i < act->given_count; i++) {
        const Field *field = &edition->fields[act->given[i].field];
        const Value *value = &act->given[i].value;
        Str word = value->text;
        if (value->kind == VALUE_TEXT) {
            char kind[32] = {0};   /* finding, scope, method, ground: kinds of words, too */
            memcpy(kind, field->id.at, field->id.len < sizeof kind ? field->id.len : 0);
            word = lawwords_get(reader->words, kind, value->text);
        }
        if (value->kind == VALUE_MANY ||
            (value->kind == VALUE_TEXT && word.at == value->text.at)) {
            continue;
        }
        buf_put(buf, STR(SEPARATOR));
        buf_put(buf, lawwords_get(reader->words, "field", field->id));
        buf_put(buf, reader->language == LANGUAGE_ZH ? STR("：") : STR(": "));
        if (value->kind == VALUE_YES_NO) {
            buf_put(buf, word_text(reader->language, value->yes ? WORD_TEXT_YES : WORD_TEXT_NO));
        } else if (value->kind == VALUE_NUMBER) {
            buf_put_int(buf, value->number);
        } else {
            buf_put(buf, word);
        }
    }
}

/* Who did it; a party that this edition does not know as it was written. */
static void put_party(Buf *buf, const Edition *edition, const Act *act, const Reader *reader)
{
    Buf name = {0};
    if (act->by.role == ID_NONE) {
        buf_put(&name, act->by_word);
    } else {
        party_put(&name, edition, act->by, reader);
    }
    text_safe(buf, buf_str(&name));
    buf_done(&name);
}

static Str last_line(const Buf *buf)
{
    size_t from = buf->len;
    while (from > 0 && buf->at[from - 1] != '\n') {
        from--;
    }
    return str_part(buf_str(buf), from, buf->len);
}

/* One act: when, what, under which clause, by whom and what was decided. */
static void put_row(Buf *buf, const Position *position, const Act *act, Str clause,
                    const Widths *widths, const Reader *reader, const TextStyle *style)
{
    size_t from = buf->len;
    buf_print(buf, "  %3u%s ", act->n, act->assumed ? "*" : " ");
    text_day(buf, act->on, reader->language);
    text_pad(buf, from, ACT_COLUMN);
    from = buf->len;
    text_safe(buf, act_word(reader, act->act_word));
    text_pad(buf, from, widths->act + GAP);
    from = buf->len;
    clause_put(buf, clause, reader->language);
    Buf who = {0}, given = {0};
    put_party(&who, position->edition, act, reader);
    put_given(&given, position->edition, act, reader);
    int left = style->columns - ACT_COLUMN - widths->act - widths->clause - 2 * GAP;
    if (utf8_columns(buf_str(&who)) <= left) {
        text_pad(buf, from, widths->clause + GAP);
        buf_put(buf, buf_str(&who));
        buf_clear(&who);
    }
    bool fits = who.len == 0 && utf8_columns(buf_str(&given)) +
                                utf8_columns(last_line(buf)) <= style->columns;
    if (fits) {
        buf_put(buf, buf_str(&given));
    }
    buf_put_byte(buf, '\n');
    if (!fits) {
        size_t skipped = who.len ? 0 : sizeof SEPARATOR - 1;
        buf_put(&who, str_part(buf_str(&given), skipped, given.len));
        text_wrap(buf, buf_str(&who), ACT_COLUMN, style->columns);
    }
    buf_done(&who);
    buf_done(&given);
}

static void put_done(Buf *buf, const Position *position, const Widths *widths,
                     const Reader *reader, const TextStyle *style)
{
    text_heading(buf, reader, WORD_TEXT_DONE, style);
    for (size_t i = 0; i < position->done_count; i++) {
        const DoneView *done = &position->done[i];
        put_row(buf, position, done->act, done->clause, widths, reader, style);
        for (size_t j = 0; j < done->warnings_count; j++) {
            Buf told = {0};
            buf_put(&told, STR("! "));
            warning_put(&told, position->edition, done->warnings[j], reader);
            buf_put(&told, reader->language == LANGUAGE_ZH ? STR("（") : STR(" ("));
            clause_put(&told, done->warnings[j]->clause, reader->language);
            buf_put(&told, reader->language == LANGUAGE_ZH ? STR("）") : STR(")"));
            text_wrap(buf, buf_str(&told), DAY_COLUMN, style->columns);
            buf_done(&told);
        }
    }
}

static void put_refused(Buf *buf, const Position *position, const Widths *widths,
                        const Reader *reader, const TextStyle *style)
{
    text_heading(buf, reader, WORD_TEXT_REFUSED, style);
    for (size_t i = 0; i < position->refused_count; i++) {
        const RefusedView *refused = &position->refused[i];
        put_row(buf, position, refused->asked,
                refused->policy.len ? refused->policy : refused->clause, widths, reader, style);
        Buf why = {0}, safe = {0};
        refusal_put(&why, position->edition, refused->decision, reader);
        text_safe(&safe, buf_str(&why));
        text_wrap(buf, buf_str(&safe), DAY_COLUMN, style->columns);
        buf_done(&why);
        buf_done(&safe);
    }
}

/* Who may do an act next: roles, or "those asked". */
static void put_who(Buf *buf, const Position *position, const NextView *next,
                    const Reader *reader)
{
    if (next->act->by_addressee) {
        buf_put(buf, word_text(reader->language, WORD_TEXT_THOSE_ASKED));
        return;
    }
    bool first = true;
    for (size_t i = 0; i < position->edition->roles_count; i++) {
        if (next->act->by >> i & 1) {
            buf_put(buf, first ? STR_NONE : STR(" / "));
            first = false;
            buf_put(buf, lawwords_get(reader->words, "role", position->edition->roles[i].id));
        }
    }
}

static void put_next(Buf *buf, const Position *position, const Reader *reader,
                     const TextStyle *style)
{
    Widths widths = {0};
    int id = 0;
    for (size_t i = 0; i < position->next_count; i++) {
        widen(&id, position->next[i].act->id);
        widen(&widths.act, act_word(reader, position->next[i].act->id));
        widen_clause(&widths.clause, position->next[i].clause, reader->language);
    }
    text_heading(buf, reader, position->next_count ? WORD_TEXT_NEXT : WORD_TEXT_NEXT_NONE, style);
    for (size_t i = 0; i < position->next_count; i++) {
        const NextView *next = &position->next[i];
        size_t from = buf->len;
        buf_put(buf, STR("  "));
        buf_put(buf, next->act->id);
        text_pad(buf, from, 2 + id + GAP);
        from = buf->len;
        buf_put(buf, act_word(reader, next->act->id));
        text_pad(buf, from, widths.act + GAP);
        from = buf->len;
        clause_put(buf, next->clause, reader->language);
        Buf who = {0};
        put_who(&who, position, next, reader);
        int taken = 2 + id + widths.act + widths.clause + 3 * GAP;
        if (taken + utf8_columns(buf_str(&who)) <= style->columns) {
            text_pad(buf, from, widths.clause + GAP);
            buf_put(buf, buf_str(&who));
            buf_put_byte(buf, '\n');
        } else {
            buf_put_byte(buf, '\n');
            text_wrap(buf, buf_str(&who), 2 + id + GAP, style->columns);
        }
        buf_done(&who);
    }
}

void acts_text(Buf *buf, const Position *position, const Reader *reader, const TextStyle *style)
{
    Widths widths = widths_of(position, reader, style);
    if (position->done_count && !style->brief) {
        put_done(buf, position, &widths, reader, style);
    }
    if (position->refused_count) {
        put_refused(buf, position, &widths, reader, style);
    }
    put_next(buf, position, reader, style);
}

void notes_text(Buf *buf, const Position *position, const Reader *reader, const TextStyle *style)
{
    bool provisional = false;
    for (size_t i = 0; i < position->clocks_count; i++) {
        provisional |= position->clocks[i].status.provisional;
    }
    if (provisional) {
        buf_put_byte(buf, '\n');
        text_wrap(buf, word_text(reader->language, WORD_TEXT_PROVISIONAL), 0, style->columns);
    }
    if (position->assumed_count) {
        Buf list = {0}, told = {0};
        for (size_t i = 0; i < position->assumed_count; i++) {
            buf_put(&list, i == 0                              ? STR_NONE
                           : reader->language == LANGUAGE_ZH ? STR("、") : STR(", "));
            buf_put_int(&list, position->assumed[i]);
        }
        WORD_PUT(&told, reader->language, WORD_TEXT_ASSUMED, buf_str(&list));
        buf_put_byte(buf, '\n');
        text_wrap(buf, buf_str(&told), 0, style->columns);
        buf_done(&list);
        buf_done(&told);
    }
}
