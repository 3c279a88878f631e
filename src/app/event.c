/* event.c: the canonical body of an event. Keys are written in byte order by hand: the fields of
 * `with` and of the purchase are sorted here. */
#include "event.h"

#include <stdlib.h>

#include "script.h"

static void put_many(Buf *buf, const Str *many, size_t count)
{
    buf_put_byte(buf, '[');
    for (size_t i = 0; i < count; i++) {
        buf_put(buf, i ? STR(",") : STR_NONE);
        buf_put_json(buf, many[i]);
    }
    buf_put_byte(buf, ']');
}

static void put_value(Buf *buf, const Value *value)
{
    switch (value->kind) {
    case VALUE_YES_NO: buf_put(buf, value->yes ? STR("true") : STR("false")); return;
    case VALUE_NUMBER: buf_put_int(buf, value->number); return;
    case VALUE_TEXT: buf_put_json(buf, value->text); return;
    case VALUE_MANY: put_many(buf, value->many, value->many_count); return;
    }
}

typedef struct Pair {
    Str key;
    const Value *value;
} Pair;

static int by_key(const void *a, const void *b)
{
    return str_cmp(((const Pair *)a)->key, ((const Pair *)b)->key);
}

static void put_pairs(Buf *buf, Pair *pairs, size_t count)
{
    if (count > 1) {
        qsort(pairs, count, sizeof *pairs, by_key);
    }
    buf_put_byte(buf, '{');
    for (size_t i = 0; i < count; i++) {
        buf_put(buf, i ? STR(",") : STR_NONE);
        buf_put_json(buf, pairs[i].key);
        buf_put_byte(buf, ':');
        put_value(buf, pairs[i].value);
    }
    buf_put_byte(buf, '}');
}

static void put_facts(Buf *buf, const Edition *edition, const Facts *facts)
{
    Pair pairs[ACT_FIELDS_MAX];
    size_t count = 0;
    buf_put_byte(buf, '{');
    if (facts->accredited_given) {
        buf_put(buf, STR("\"accredited\":"));
        put_many(buf, facts->accredited, facts->accredited_count);
        buf_put_byte(buf, ',');
    }
    for (size_t i = 0; i < facts->purchase_count && count < ACT_FIELDS_MAX; i++) {
        pairs[count++] = (Pair){facts->purchase[i].key, &facts->purchase[i].value};
    }
    buf_put(buf, STR("\"purchase\":"));
    put_pairs(buf, pairs, count);
    buf_put(buf, STR(",\"recipients\":["));
    for (size_t i = 0; i < facts->recipients_count; i++) {
        buf_put(buf, i ? STR(",\"") : STR("\""));
        buf_put_party(buf, edition, facts->recipients[i]);
        buf_put_byte(buf, '"');
    }
    buf_put(buf, STR("]}"));
}

void event_put(Buf *buf, const Edition *edition, const Act *act, const EventHead *head,
               const Opening *opening)
{
    buf_put(buf, STR("{\"act\":"));
    buf_put_json(buf, act->act_word);
    buf_put(buf, act->assumed ? STR(",\"assumed\":true,\"by\":\"") : STR(",\"by\":\""));
    buf_put_party(buf, edition, act->by);
    buf_put_byte(buf, '"');
    if (opening) {
        buf_put(buf, STR(",\"edition\":"));
        buf_put_json(buf, opening->edition);
        buf_put(buf, STR(",\"facts\":"));
        put_facts(buf, edition, opening->facts);
    }
    if (head->key.len) {
        buf_put(buf, STR(",\"key\":"));
        buf_put_json(buf, head->key);
    }
    if (opening) {
        buf_put(buf, STR(",\"law\":"));
        buf_put_json(buf, opening->law);
    }
    buf_put(buf, STR(",\"matter\":"));
    buf_put_json(buf, head->matter);
    buf_put(buf, STR(",\"on\":\""));
    buf_put_day(buf, act->on);
    if (act->person.len) {
        buf_put(buf, STR("\",\"person\":"));
        buf_put_json(buf, act->person);
        buf_put(buf, STR(",\"recorded\":"));
    } else {
        buf_put(buf, STR("\",\"recorded\":"));
    }
    buf_put_int(buf, head->recorded);
    buf_put(buf, STR(",\"seq\":"));
    buf_put_int(buf, head->seq);
    if (act->given_count) {
        Pair pairs[ACT_FIELDS_MAX];
        for (uint8_t i = 0; i < act->given_count; i++) {
            pairs[i] = (Pair){edition->fields[act->given[i].field].id, &act->given[i].value};
        }
        buf_put(buf, STR(",\"with\":"));
        put_pairs(buf, pairs, act->given_count);
    }
    buf_put_byte(buf, '}');
}

static bool read_value(Arena *arena, const Canon *canon, Value *ret_value)
{
    *ret_value = (Value){0};
    switch (canon->kind) {
    case CANON_YES_NO:
        *ret_value = (Value){.kind = VALUE_YES_NO, .yes = canon->yes};
        return true;
    case CANON_NUMBER:
        *ret_value = (Value){.kind = VALUE_NUMBER, .number = canon->number};
        return true;
    case CANON_TEXT:
        *ret_value = (Value){.kind = VALUE_TEXT, .text = canon->text};
        return true;
    case CANON_LIST: {
        Str *many = ARENA_MANY(arena, Str, canon->count);
        for (size_t i = 0; i < canon->count; i++) {
            if (canon->items[i].kind != CANON_TEXT) {
                return false;
            }
            many[i] = canon->items[i].text;
        }
        *ret_value = (Value){.kind = VALUE_MANY, .many = many, .many_count = canon->count};
        return true;
    }
    case CANON_NULL:
    case CANON_MAP:
        return false;
    }
    return false;
}

/* Is this value of the kind that the edition gives the field? Words are not looked at: those of
 * another edition are no fault, they only do not count. */
static bool value_fits(const Field *field, const Value *value)
{
    Day day;
    switch (field->kind) {
    case FIELD_YES_NO: return value->kind == VALUE_YES_NO;
    case FIELD_WHOLE_NUMBER:
        return value->kind == VALUE_NUMBER && value->number >= field->low &&
               value->number <= field->high;
    case FIELD_DAY: return value->kind == VALUE_TEXT && day_parse(value->text, &day);
    case FIELD_ONE_OF:
    case FIELD_TEXT:
    case FIELD_PARTY:
    case FIELD_OBJECT: return value->kind == VALUE_TEXT;
    case FIELD_SOME_OF:
    case FIELD_TEXTS:
    case FIELD_PARTIES: return value->kind == VALUE_MANY;
    }
    return false;
}

static bool read_with(Arena *arena, const Edition *edition, const Canon *with, Act *act)
{
    if (with->kind != CANON_MAP || with->count == 0 || with->count > ACT_FIELDS_MAX) {
        return false;
    }
    Given *given = ARENA_MANY(arena, Given, with->count);
    for (size_t i = 0; i < with->count; i++) {
        given[i].field = edition_field(edition, with->keys[i]);
        if (given[i].field == ID_NONE || !read_value(arena, &with->items[i], &given[i].value) ||
            !value_fits(&edition->fields[given[i].field], &given[i].value)) {
            return false;
        }
    }
    act->given = given;
    act->given_count = (uint8_t)with->count;
    return true;
}

/* Only the keys that event_put writes, each with a value that it would write. */
static bool keys_fit(const Canon *body)
{
    static const struct { const char *key; CanonKind kind; bool opening; } known[] = {
        {"act", CANON_TEXT, false},      {"assumed", CANON_YES_NO, false},
        {"by", CANON_TEXT, false},       {"edition", CANON_TEXT, true},
        {"facts", CANON_MAP, true},      {"key", CANON_TEXT, false},
        {"law", CANON_TEXT, true},       {"matter", CANON_TEXT, false},
        {"on", CANON_TEXT, false},       {"person", CANON_TEXT, false},
        {"recorded", CANON_NUMBER, false}, {"seq", CANON_NUMBER, false},
        {"with", CANON_MAP, false}};
    bool first = canon_number(body, "seq", 0) == 1;
    size_t at = 0, openings = 0, count = sizeof known / sizeof known[0];
    for (size_t i = 0; i < body->count; i++) {   /* both are in byte order */
        while (at < count && !str_is(body->keys[i], known[at].key)) {
            at++;
        }
        if (at == count || body->items[i].kind != known[at].kind ||
            (known[at].opening && !first)) {
            return false;
        }
        openings += known[at].opening;
    }
    return openings == (first ? 3 : 0);
}

bool event_act(Arena *arena, const Edition *edition, const Canon *body, Act *ret_act)
{
    const Canon *assumed = canon_get(body, "assumed"), *with = canon_get(body, "with");
    const Canon *key = canon_get(body, "key"), *person = canon_get(body, "person");
    Str act = canon_text(body, "act"), by = canon_text(body, "by");
    *ret_act = (Act){.n = (uint32_t)canon_number(body, "seq", 0), .act_word = act, .by_word = by,
                     .act = edition_act(edition, act), .assumed = assumed && assumed->yes,
                     .person = canon_text(body, "person")};
    return keys_fit(body) && ret_act->act != ID_NONE && edition_party(edition, by, &ret_act->by) &&
           day_parse(canon_text(body, "on"), &ret_act->on) && (!assumed || assumed->yes) &&
           (!key || (key->text.len <= ACT_KEY_BYTES_MAX && script_name_fits(key->text))) &&
           (!person || script_name_fits(person->text)) &&
           (!with || read_with(arena, edition, with, ret_act));
}

static bool read_purchase(Arena *arena, const Canon *purchase, Facts *facts)
{
    if (!purchase || purchase->kind != CANON_MAP || purchase->count > ACT_FIELDS_MAX) {
        return false;
    }
    Fact *all = ARENA_MANY(arena, Fact, purchase->count);
    for (size_t i = 0; i < purchase->count; i++) {
        all[i].key = purchase->keys[i];
        if (!read_value(arena, &purchase->items[i], &all[i].value) ||
            (all[i].value.kind != VALUE_TEXT && all[i].value.kind != VALUE_YES_NO)) {
            return false;
        }
    }
    facts->purchase = all;
    facts->purchase_count = purchase->count;
    return true;
}

static bool read_recipients(Arena *arena, const Edition *edition, const Canon *recipients,
                            Facts *facts)
{
    if (!recipients || recipients->kind != CANON_LIST ||
        recipients->count > MATTER_RECIPIENTS_MAX) {
        return false;
    }
    Party *parties = ARENA_MANY(arena, Party, recipients->count);
    for (size_t i = 0; i < recipients->count; i++) {
        if (recipients->items[i].kind != CANON_TEXT ||
            !edition_party(edition, recipients->items[i].text, &parties[i]) ||
            !(edition->recipient_roles >> parties[i].role & 1)) {
            return false;
        }
        for (size_t j = 0; j < i; j++) {
            if (party_eq(parties[i], parties[j])) {
                return false;
            }
        }
    }
    facts->recipients = parties;
    facts->recipients_count = recipients->count;
    return true;
}

bool event_facts(Arena *arena, const Edition *edition, const Canon *body, Facts *ret_facts)
{
    const Canon *facts = canon_get(body, "facts"), *accredited = canon_get(facts, "accredited");
    Value named = {0};
    *ret_facts = (Facts){0};
    if (accredited && (!read_value(arena, accredited, &named) || named.kind != VALUE_MANY)) {
        return false;
    }
    ret_facts->accredited_given = accredited != NULL;
    ret_facts->accredited = named.many;
    ret_facts->accredited_count = named.many_count;
    return facts && facts->count == (accredited ? 3 : 2) &&
           read_purchase(arena, canon_get(facts, "purchase"), ret_facts) &&
           read_recipients(arena, edition, canon_get(facts, "recipients"), ret_facts);
}

void event_sameness(Buf *buf, const Canon *body)
{
    for (size_t i = 0; body && i < body->count; i++) {
        Str key = body->keys[i];
        if (!str_is(key, "key") && !str_is(key, "recorded") && !str_is(key, "seq")) {
            buf_put_json(buf, key);
            canon_put(buf, &body->items[i]);
        }
    }
}
