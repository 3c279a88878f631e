/* refusal.c: arguments of a sentence are ids; here they become words. */
#include "refusal.h"

static void separate(Buf *buf, bool first, Language language)
{
    if (!first) {
        buf_put(buf, language == LANGUAGE_ZH ? STR("、") : STR(", "));
    }
}

void clause_put(Buf *buf, Str clause, Language language)
{
    if (clause.len == 0) {
        buf_put_byte(buf, '-');
        return;
    }
    bool policy = clause_is_policy(clause) || str_is(clause, "policy");
    if (policy) {
        Str which = str_is(clause, "policy") ? STR_NONE : clause;
        WORD_PUT(buf, language, WORD_TEXT_POLICY, which);
        while (buf->len && buf->at[buf->len - 1] == ' ') {
            buf->len--;
        }
        return;
    }
    size_t item = str_find(clause, '(');
    if (item < clause.len && language == LANGUAGE_ZH) {
        WORD_PUT(buf, language, WORD_TEXT_CLAUSE_ITEM, str_part(clause, 0, item),
                 str_part(clause, item + 1, clause.len - 1));
    } else {
        WORD_PUT(buf, language, WORD_TEXT_CLAUSE, clause);
    }
}

Str party_word(const Edition *edition, Party party, const Reader *reader)
{
    if (party.role == ID_NONE) {
        return STR_NONE;
    }
    return lawwords_party(reader->words, edition->roles[party.role].id, party.id);
}

void party_put(Buf *buf, const Edition *edition, Party party, const Reader *reader)
{
    Str name = party_word(edition, party, reader);
    if (party.id.len && name.at == party.id.at) {   /* no list has its name: what it is, its id */
        Str role = edition->roles[party.role].id;
        Str word = lawwords_get(reader->words, "role_short", role);
        buf_put(buf, word.at == role.at ? lawwords_get(reader->words, "role", role) : word);
        buf_put_byte(buf, ' ');
    }
    buf_put(buf, name);
}

Str weekday_word(Day day, Language language)
{
    return word_text(language, (Word)(WORD_WEEKDAY_1 + (int)day_weekday(day)));
}

static void put_mask(Buf *buf, const Edition *edition, const Arg *arg, const Reader *reader)
{
    bool first = true;
    size_t count = arg->kind == ARG_STAGES  ? edition->stages_count
                   : arg->kind == ARG_ROLES ? edition->roles_count
                                            : edition->acts_count;
    for (size_t i = 0; i < count; i++) {
        if (!(arg->mask >> i & 1)) {
            continue;
        }
        separate(buf, first, reader->language);
        first = false;
        buf_put(buf, arg->kind == ARG_STAGES
                         ? lawwords_get(reader->words, "stage", edition->stages[i].id)
                     : arg->kind == ARG_ROLES
                         ? lawwords_get(reader->words, "role", edition->roles[i].id)
                         : lawwords_get(reader->words, "act", edition->acts[i].id));
    }
}

/* A missing material or commitment: the first kind of word that knows the id. */
static Str item_word(Str id, const Reader *reader)
{
    Str word = lawwords_get(reader->words, "material", id);
    return word.at == id.at ? lawwords_get(reader->words, "commitment", id) : word;
}

static void put_arg(Buf *buf, const Edition *edition, const Arg *arg, const Reader *reader)
{
    switch (arg->kind) {
    case ARG_TEXT:
        buf_put(buf, arg->text);
        return;
    case ARG_ACT:
        buf_put(buf, lawwords_get(reader->words, "act", arg->text));
        return;
    case ARG_STAGE:
        buf_put(buf, lawwords_get(reader->words, "stage", arg->text));
        return;
    case ARG_FIELD:
        buf_put(buf, lawwords_get(reader->words, "field", arg->text));
        return;
    case ARG_CLOCK:
        buf_put(buf, lawwords_get(reader->words, "clock", arg->text));
        return;
    case ARG_DUTY:
        buf_put(buf, lawwords_get(reader->words, "duty", arg->text));
        return;
    case ARG_STAGES:
    case ARG_ROLES:
    case ARG_ACTS:
        put_mask(buf, edition, arg, reader);
        return;
    case ARG_PARTY:
        party_put(buf, edition, arg->party, reader);
        return;
    case ARG_DAY:
        buf_put_day(buf, (Day)arg->number);
        return;
    case ARG_NUMBER:
        buf_put_int(buf, arg->number);
        return;
    case ARG_MATERIALS:
    case ARG_WORDS:
        for (uint8_t i = 0; i < arg->ids_count; i++) {
            separate(buf, i == 0, reader->language);
            buf_put(buf, arg->kind == ARG_WORDS ? arg->ids[i] : item_word(arg->ids[i], reader));
        }
        return;
    }
}

void refusal_put(Buf *buf, const Edition *edition, const Decision *decision,
                 const Reader *reader)
{
    Buf told[DECISION_ARGS_MAX] = {0};
    Str args[DECISION_ARGS_MAX];
    for (uint8_t i = 0; i < decision->args_count; i++) {
        put_arg(&told[i], edition, &decision->args[i], reader);
        args[i] = buf_str(&told[i]);
    }
    word_put(buf, reader->language, decision->why, args, decision->args_count);
    for (uint8_t i = 0; i < decision->args_count; i++) {
        buf_done(&told[i]);
    }
}

void warning_put(Buf *buf, const Edition *edition, const Guard *guard, const Reader *reader)
{
    switch (guard->kind) {
    case GUARD_COMPLETE:
        buf_put(buf, word_text(reader->language, WORD_WARN_COMMITMENTS));
        return;
    case GUARD_NONE_OPEN:
        WORD_PUT(buf, reader->language, WORD_WARN_OPEN,
                 lawwords_get(reader->words, "duty", edition->duties[guard->duty].id));
        return;
    case GUARD_ANY_GIVEN:
        buf_put(buf, word_text(reader->language, WORD_WARN_SIGNED));
        return;
    case GUARD_DONE:
    case GUARD_OPENED_BY:
    case GUARD_ANSWERED:
    case GUARD_AGREED:
    case GUARD_DISAGREED:
    case GUARD_IN_TIME:
    case GUARD_ON_REGISTER:
    case GUARD_GIVEN:
        buf_put(buf, word_text(reader->language, WORD_WARN_OTHER));
        return;
    }
}
