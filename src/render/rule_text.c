/* rule_text.c: rules of an edition as lines of words: acts with their conditions, duties. */
#include "edition_text.h"
#include "editiondiff_text.h"

static Str comma(const Reader *reader)
{
    return reader->language == LANGUAGE_ZH ? STR("、") : STR(", ");
}

/* "; starts the clock …": one part of a line, its {0} already in words. */
static void put_part(Buf *buf, const Reader *reader, Word word, Buf *names)
{
    if (names->len) {
        buf_put(buf, reader->language == LANGUAGE_ZH ? STR("；") : STR("; "));
        WORD_PUT(buf, reader->language, word, buf_str(names));
    }
    buf_done(names);
}

/* Words of the set bits: `list` is the first of `count` structs of `size` bytes whose first member
 * is their id. */
static void put_mask(Buf *names, uint64_t mask, const char *kind, const void *list, size_t count,
                     size_t size, const Reader *reader)
{
    for (size_t i = 0; i < count; i++) {
        if (mask >> i & 1) {
            buf_put(names, names->len ? comma(reader) : STR_NONE);
            buf_put(names, lawwords_get(reader->words, kind,
                                        *(const Str *)(const void *)((const char *)list +
                                                                     i * size)));
        }
    }
}

#define PUT_MASK(names, mask, kind, edition, list, reader)                                        \
    put_mask((names), (mask), (kind), (edition)->list, (edition)->list##_count,                   \
             sizeof *(edition)->list, (reader))

static void put_clocks(Buf *buf, const Edition *edition, uint32_t clocks, Word word,
                       const Reader *reader)
{
    Buf names = {0};
    if (clocks == UINT32_MAX) {
        buf_put(&names, word_text(reader->language, WORD_EDITION_EVERY_CLOCK));
    } else {
        PUT_MASK(&names, clocks, "clock", edition, clocks, reader);
    }
    put_part(buf, reader, word, &names);
}

static void put_duties(Buf *buf, const Edition *edition, uint32_t duties, Word word,
                       const Reader *reader)
{
    Buf names = {0};
    PUT_MASK(&names, duties, "duty", edition, duties, reader);
    put_part(buf, reader, word, &names);
}

static void put_extension(Buf *buf, const Edition *edition, const Extension *extends,
                          const Reader *reader)
{
    if (extends->clock == ID_NONE) {
        return;
    }
    Buf days = {0};
    buf_put_int(&days, extends->days);
    buf_put(buf, reader->language == LANGUAGE_ZH ? STR("；") : STR("; "));
    WORD_PUT(buf, reader->language,
             extends->days ? WORD_EDITION_EXTENDS : WORD_EDITION_EXTENDS_ASKED,
             lawwords_get(reader->words, "clock", edition->clocks[extends->clock].id),
             buf_str(&days));
    buf_done(&days);
}

static void put_when(Buf *buf, const Edition *edition, const Branch *branch, const Reader *reader)
{
    Buf names = {0};
    for (uint8_t i = 0; i < branch->when_count; i++) {
        Buf ref = {0};
        ref_put(&ref, edition, &branch->when[i].ref);
        buf_put_byte(&ref, '=');
        buf_put(&ref, branch->when[i].value);
        buf_put(&names, i ? comma(reader) : STR_NONE);
        ref_words_put(&names, buf_str(&ref), reader->words, reader->language);
        buf_done(&ref);
    }
    put_part(buf, reader, WORD_EDITION_WHEN, &names);
}

/* Conditions, each with its clause where that is not the act's. */
static void put_guards(Buf *buf, const Edition *edition, const Guard *guards, uint8_t count,
                       Word word, const Reader *reader)
{
    for (uint8_t i = 0; i < count; i++) {
        Buf item = {0}, names = {0};
        guard_put(&item, edition, &guards[i]);
        guard_words_put(&names, buf_str(&item), reader->words, reader->language);
        put_part(buf, reader, word, &names);
        if (guards[i].clause.len) {
            buf_put(buf, reader->language == LANGUAGE_ZH ? STR("（") : STR(" ("));
            clause_put(buf, guards[i].clause, reader->language);
            buf_put(buf, reader->language == LANGUAGE_ZH ? STR("）") : STR(")"));
        }
        buf_done(&item);
    }
}

static void put_outcome(Buf *buf, const Edition *edition, const Branch *branch,
                        const Reader *reader)
{
    Buf names = {0}, ref = {0};
    if (branch->outcome_kind == OUTCOME_WORD) {
        buf_put(&names, lawwords_get(reader->words, "outcome", branch->outcome));
    } else if (branch->outcome_kind == OUTCOME_REF) {
        ref_put(&ref, edition, &branch->outcome_ref);
        ref_words_put(&names, buf_str(&ref), reader->words, reader->language);
    }
    put_part(buf, reader, WORD_EDITION_OUTCOME, &names);
    buf_done(&ref);
}

static void put_rest(Buf *buf, const Edition *edition, const Branch *branch, const Reader *reader)
{
    Buf times = {0}, notices = {0};
    put_guards(buf, edition, branch->needs, branch->needs_count, WORD_EDITION_UNLESS, reader);
    put_guards(buf, edition, branch->warns, branch->warns_count, WORD_EDITION_WARNED, reader);
    if (branch->at_most) {
        buf_put_int(&times, branch->at_most);
    }
    put_part(buf, reader, WORD_EDITION_TIMES, &times);
    for (uint8_t i = 0; i < branch->notices_count; i++) {
        buf_put(&notices, i ? comma(reader) : STR_NONE);
        buf_put(&notices, lawwords_get(reader->words, "notice",
                                       edition->notices[branch->notices[i]].id));
    }
    put_part(buf, reader, WORD_EDITION_SENDS, &notices);
}

static void put_who(Buf *buf, const Edition *edition, const ActKind *act, const Reader *reader)
{
    Buf names = {0};
    if (act->by_addressee) {
        buf_put(&names, word_text(reader->language, WORD_TEXT_THOSE_ASKED));
    } else {
        PUT_MASK(&names, act->by, "role", edition, roles, reader);
    }
    buf_put(buf, reader->language == LANGUAGE_ZH ? STR("（") : STR(" ("));
    buf_put(buf, buf_str(&names));
    buf_put(buf, reader->language == LANGUAGE_ZH ? STR("）：") : STR("): "));
    buf_done(&names);
}

static void put_where(Buf *buf, const Edition *edition, const Branch *branch,
                      const Reader *reader)
{
    if (branch->opens != ID_NONE) {
        WORD_PUT(buf, reader->language, WORD_EDITION_OPENS,
                 lawwords_get(reader->words, "stage", edition->stages[branch->opens].id));
        return;
    }
    Buf names = {0};
    PUT_MASK(&names, branch->in, "stage", edition, stages, reader);
    buf_put(buf, buf_str(&names));
    buf_done(&names);
    if (branch->to != ID_NONE) {
        buf_put(buf, STR(" → "));
        buf_put(buf, lawwords_get(reader->words, "stage", edition->stages[branch->to].id));
    }
}

void act_line(Buf *buf, const Edition *edition, const ActKind *act, const Branch *branch,
              const Reader *reader)
{
    uint32_t imposes = branch->imposes == ID_NONE ? 0 : UINT32_C(1) << branch->imposes;
    buf_put(buf, lawwords_get(reader->words, "act", act->id));
    put_who(buf, edition, act, reader);
    put_where(buf, edition, branch, reader);
    put_when(buf, edition, branch, reader);
    put_clocks(buf, edition, branch->stops, WORD_EDITION_STOPS, reader);
    put_clocks(buf, edition, branch->voids, WORD_EDITION_VOIDS, reader);
    put_clocks(buf, edition, branch->moots, WORD_EDITION_MOOTS, reader);
    put_duties(buf, edition, branch->fulfils, WORD_EDITION_ANSWERS, reader);
    put_duties(buf, edition, branch->lifts, WORD_EDITION_TAKES_BACK, reader);
    put_extension(buf, edition, &branch->extends, reader);
    put_outcome(buf, edition, branch, reader);
    put_clocks(buf, edition, branch->starts, WORD_EDITION_STARTS, reader);
    put_duties(buf, edition, imposes, WORD_EDITION_LAYS, reader);
    put_rest(buf, edition, branch, reader);
}

void duty_line(Buf *buf, const Edition *edition, const DutyKind *duty, const Reader *reader)
{
    Buf owed_by = {0};
    if (duty->of == OWED_BY_RECIPIENTS) {
        buf_put(&owed_by, word_text(reader->language, WORD_DIFF_RECIPIENTS));
    } else {
        WORD_PUT(&owed_by, reader->language, WORD_EDITION_DUTY_NAMED,
                 lawwords_get(reader->words, "field", edition->fields[duty->of_field].id));
    }
    uint32_t clock = duty->clock == ID_NONE ? 0 : UINT32_C(1) << duty->clock;
    WORD_PUT(buf, reader->language, WORD_EDITION_DUTY,
             lawwords_get(reader->words, "duty", duty->id), buf_str(&owed_by));
    buf_done(&owed_by);
    put_clocks(buf, edition, clock, WORD_EDITION_DUTY_CLOCK, reader);
    put_clocks(buf, edition, duty->holds, WORD_EDITION_DUTY_HOLDS, reader);
    if (duty->holds) {
        buf_put(buf, reader->language == LANGUAGE_ZH ? STR("，") : STR(", "));
        buf_put(buf, word_text(reader->language, duty->restarts ? WORD_EDITION_DUTY_RESTART
                                                                : WORD_EDITION_DUTY_RESUME));
    }
    if (duty->silence_disagrees) {
        Buf clause = {0};
        clause_put(&clause, duty->silence_clause, reader->language);
        put_part(buf, reader, WORD_EDITION_DUTY_SILENCE, &clause);
    }
}
