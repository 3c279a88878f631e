/* case_things.c: what the matter is about, who takes part, and its documents. */
#include "casepage.h"

enum { FACTS_MAX = 64, HASH_SHOWN = 12 };

/* --- organisations --- */

Str case_org(const Case *of, Str id)
{
    Org org;
    bool found;
    if (id.len == 0 || people_org(of->say.people, of->say.arena, id, &found, &org, NULL) !=
                           FAIL_NONE || !found) {
        return id;
    }
    Str first = of->say.reader.language == LANGUAGE_ZH ? org.name_zh : org.name_en;
    Str second = of->say.reader.language == LANGUAGE_ZH ? org.name_en : org.name_zh;
    return first.len ? first : second.len ? second : id;
}

static Str fact_text(const Facts *facts, const char *key)
{
    const Value *value = facts ? facts_purchase(facts, str_from(key)) : NULL;
    return value && value->kind == VALUE_TEXT ? str_trim(value->text) : STR_NONE;
}

Str case_title(const Case *of)
{
    static const char *const keys[] = {"title", "name", "product", "service", "object"};
    const Facts *facts = of->file->facts ? of->file->facts : of->file->position->matter->facts;
    size_t count = of->file->facts ? sizeof keys / sizeof keys[0] : 1;   /* else the title alone */
    for (size_t i = 0; i < count; i++) {
        Str text = fact_text(facts, keys[i]);
        if (text.len) {
            return text;
        }
    }
    return STR_NONE;
}

/* --- facts --- */

typedef struct Telling {
    const Case *of;
    FactSaid *facts;
    size_t count;
} Telling;

static void tell_many(Telling *telling, Str label, const Str *values, size_t count)
{
    if (count && telling->count < FACTS_MAX) {
        telling->facts[telling->count++] = (FactSaid){.label = label, .values = values,
                                                          .values_count = count};
    }
}

static void tell(Telling *telling, Str label, Str value)
{
    if (value.len) {
        tell_many(telling, label, arena_copy(telling->of->say.arena, &value, sizeof value), 1);
    }
}

static bool all_digits(Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') {
            return false;
        }
    }
    return text.len > 0;
}

static Str amount(const Say *say, Str text)
{
    int64_t number;
    return all_digits(text) && str_int(text, &number) ? say_number(say, number) : text;
}

static Str label_of(const Say *say, Str key)
{
    static const struct { const char *key; Word word; } known[] = {
        {"value", WORD_CASE_FACT_VALUE},       {"category", WORD_CASE_FACT_CATEGORY},
        {"sector", WORD_CASE_FACT_SECTOR},     {"supplier", WORD_CASE_FACT_SUPPLIER},
        {"provider", WORD_CASE_FACT_SUPPLIER}, {"operator", WORD_CASE_FACT_OPERATOR},
        {"quantity", WORD_CASE_FACT_QUANTITY}, {"planned", WORD_CASE_FACT_PLANNED},
        {"department", WORD_CASE_FACT_DEPARTMENT}, {"name", WORD_CASE_FACT_NAME},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (str_is(key, known[i].key)) {
            return say_plain(say, known[i].word);
        }
    }
    return lawwords_get(say->reader.words, "field", key);
}

/* Told elsewhere on the page: in the head, or with their names. */
static bool told_apart(Str key)
{
    static const char *const keys[] = {"title", "operator_id", "operator", "providers", "supplier",
                                       "currency"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (str_is(key, keys[i])) {
            return true;
        }
    }
    return false;
}

static void tell_fact(Telling *telling, const Fact *fact)
{
    const Say *say = &telling->of->say;
    const Value *value = &fact->value;
    Str label = label_of(say, fact->key);
    switch (value->kind) {
    case VALUE_YES_NO:
        tell(telling, label, say_plain(say, value->yes ? WORD_TEXT_YES : WORD_TEXT_NO));
        return;
    case VALUE_NUMBER:
    case VALUE_TEXT: {
        Str text = value->kind == VALUE_NUMBER ? say_number(say, value->number)
                   : str_is(fact->key, "value") ? amount(say, value->text)
                                                : say_value_word(say, fact->key, value->text);
        Str currency = fact_text(telling->of->file->facts, "currency");
        bool money = str_is(fact->key, "value") && currency.len;
        tell(telling, label, money ? SAY(say, WORD_CASE_MONEY, text, currency) : text);
        return;
    }
    case VALUE_MANY:
        tell_many(telling, label, value->many, value->many_count);
        return;
    }
}

/* Names of the organisations whose ids stand in a text with spaces between. */
static const Str *orgs_in(const Case *of, Str ids, size_t *ret_count)
{
    Str *names = ARENA_MANY(of->say.arena, Str, ids.len / 2 + 1);
    *ret_count = 0;
    while (ids.len) {
        size_t space = str_find(ids, ' ');
        if (space) {
            names[(*ret_count)++] = case_org(of, str_part(ids, 0, space));
        }
        ids = str_part(ids, space + 1, ids.len);
    }
    return names;
}

static Str suppliers(const Case *of)
{
    size_t count;
    const Str *known = orgs_in(of, fact_text(of->file->facts, "providers"), &count);
    Str *names = ARENA_MANY(of->say.arena, Str, count + 1);
    for (size_t i = 0; i < count; i++) {
        names[i] = known[i];
    }
    Str named = fact_text(of->file->facts, "supplier");
    names[count] = named.len ? named : fact_text(of->file->facts, "provider");
    count += names[count].len > 0;
    return say_list(&of->say, names, count);
}

void case_facts(const Case *of, CaseView *view)
{
    const Facts *facts = of->file->facts;
    view->facts_seen = facts != NULL;
    if (!facts) {
        return;
    }
    view->declared_by = case_org(of, fact_text(facts, "operator_id"));
    if (view->declared_by.len == 0) {
        view->declared_by = fact_text(facts, "operator");
    }
    view->supplier = suppliers(of);
    Telling telling = {of, ARENA_MANY(of->say.arena, FactSaid, FACTS_MAX), 0};
    for (size_t i = 0; i < facts->purchase_count; i++) {
        if (!told_apart(facts->purchase[i].key)) {
            size_t before = telling.count;
            tell_fact(&telling, &facts->purchase[i]);
            if (telling.count > before) {
                telling.facts[before].key = facts->purchase[i].key;
            }
        }
    }
    Str *asked = ARENA_MANY(of->say.arena, Str, facts->recipients_count);
    for (size_t i = 0; i < facts->recipients_count; i++) {
        asked[i] = say_party(&of->say, facts->recipients[i]);
    }
    tell_many(&telling, say_plain(&of->say, WORD_CASE_FACT_RECIPIENTS), asked,
              facts->recipients_count);
    view->facts = telling.facts;
    view->facts_count = telling.count;
}

/* --- documents --- */

static Str hash_text(const Case *of, const Hash *hash)
{
    Buf buf = buf_new(2 * HASH_BYTES);
    buf_put_hash(&buf, hash);
    Str text = str_copy(of->say.arena, buf_str(&buf));
    buf_done(&buf);
    return text;
}

bool case_hands_in(const Request *request, const CaseFile *file)
{
    const Standing *standing = &file->standing;
    bool supplier = str_is(request->who->hat.party, "provider") && standing->named;
    return (request->who->person.may & MAY_ACT) &&
           (supplier || standing->capacity == CAPACITY_OFFICE);
}

Word case_hand_in_word(const CaseFile *file)
{
    return file->standing.capacity == CAPACITY_OFFICE ? WORD_PAPER_OWN : WORD_PAPER_HAND_IN;
}

Fail case_papers(const Case *of, CaseView *view, Fault *fault)
{
    const Paper *papers;
    size_t count;
    const Position *position = of->file->position;
    Fail fail = papers_of(of->request->service->desk, of->say.arena, position->name, 0, &papers,
                          &count, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    const Edition *edition = position->edition;
    StageId stage = position->matter->stage;
    view->may_supply = case_hands_in(of->request, of->file) && !edition->stages[stage].final;
    view->hand_in = say_plain(&of->say, case_hand_in_word(of->file));
    PaperSaid *said = ARENA_MANY(of->say.arena, PaperSaid, count);
    for (size_t i = 0; i < count; i++) {
        const Paper *paper = &papers[i];
        Thing thing = {.kind = THING_PAPER, .paper_kind = paper->kind,
                       .paper_of = {str_part(paper->hat, 0, str_find(paper->hat, ':')),
                                    paper->org}};
        Sight sight = access_to(&of->file->standing, &thing);
        Day came = day_of_moment(paper->at) + of->request->service->days_ahead;
        if (sight == SIGHT_NONE || came > position->on) {
            continue;
        }
        Str hash = hash_text(of, &paper->hash);
        said[view->papers_count++] = (PaperSaid){
            .id = paper->id, .name = paper->name, .full = sight == SIGHT_FULL,
            .kind = say_paper_kind(&of->say, paper->kind),
            .kind_id = paper->kind,
            .hash = str_part(hash, 0, HASH_SHOWN), .whole_hash = hash, .size = paper->size,
            .at = paper->at, .who = case_org(of, paper->org)};
    }
    view->papers = said;
    return FAIL_NONE;
}
