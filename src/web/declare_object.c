/* declare_object.c: what is bought, or done: the facts of the matter. */
#include "declare_asks.h"

typedef struct FactAsk {
    const char *name;
    AskKind kind;
    Word label, why;
    bool of_purchase, needed;
} FactAsk;

static const FactAsk fact_asks[] = {
    {"fact.title", ASK_LINE, WORD_DECLARE_TITLE, WORD_DECLARE_WHY_TITLE, false, true},
    {"fact.product", ASK_LINE, WORD_DECLARE_PRODUCT, WORD_DECLARE_WHY_PRODUCT, true, false},
    {"fact.service", ASK_LINE, WORD_DECLARE_SERVICE, WORD_DECLARE_WHY_SERVICE, true, false},
    {"fact.category", ASK_PICK, WORD_DECLARE_CATEGORY, WORD_DECLARE_WHY_CATEGORY, true, true},
    {"fact.object", ASK_LINE, WORD_DECLARE_OBJECT, WORD_DECLARE_WHY_OBJECT, false, true},
    {"fact.description", ASK_TEXT, WORD_DECLARE_DESCRIPTION, WORD_DECLARE_WHY_DESCRIPTION, false,
     false},
    {"fact.provider", ASK_SOME, WORD_DECLARE_PROVIDERS, WORD_DECLARE_WHY_PROVIDERS, true, false},
    {"fact.supplier", ASK_LINE, WORD_DECLARE_SUPPLIER, WORD_DECLARE_WHY_SUPPLIER, true, false},
    {"fact.value", ASK_AMOUNT, WORD_DECLARE_VALUE, WORD_DECLARE_WHY_VALUE, true, true},
    {"fact.currency", ASK_PICK, WORD_DECLARE_CURRENCY, WORD_NONE, true, false},
    {"fact.planned", ASK_DAY, WORD_DECLARE_PLANNED, WORD_DECLARE_WHY_PLANNED, true, false},
    {"fact.signed", ASK_YES_NO, WORD_DECLARE_SIGNED, WORD_DECLARE_WHY_SIGNED, true, true},
    {"fact.conditional", ASK_YES_NO, WORD_DECLARE_CONDITIONAL, WORD_DECLARE_WHY_CONDITIONAL, true,
     false},
    {"fact.sector", ASK_PICK, WORD_DECLARE_SECTOR, WORD_DECLARE_WHY_SECTOR, false, false},
    {"fact.department", ASK_LINE, WORD_DECLARE_DEPARTMENT, WORD_DECLARE_WHY_DEPARTMENT, false,
     false},
};

/* The clause of the warning that looks at this fact: why a signed contract matters. */
static Str clause_of_warning(const Filing *filing, const char *key)
{
    for (uint8_t b = 0; b < filing->act->branches_count; b++) {
        const Branch *branch = &filing->act->branches[b];
        for (uint8_t w = 0; w < branch->warns_count; w++) {
            for (uint8_t e = 0; e < branch->warns[w].equals_count; e++) {
                if (str_is(branch->warns[w].equals[e].ref.key, key)) {
                    return branch->warns[w].clause;
                }
            }
        }
    }
    return STR_NONE;
}

static void choices_of_list(Filing *filing, Ask *ask, const char *list_id, const char *kind)
{
    const List *list = edition_list(filing->edition, str_from(list_id));
    if (!list) {
        return;
    }
    Str *ids = ARENA_MANY(filing->request->arena, Str, list->count + 1);
    for (size_t i = 0; i < list->count; i++) {
        ids[i] = list->items[i].id;
    }
    ask->choices = words_of(filing, kind, list_id, ids, list->count);
    ask->choices_count = list->count;
    ask->clause = list->count ? clause_of(filing->request, list->items[0].clause) : STR_NONE;
}

static void choices_of_suppliers(Filing *filing, Ask *ask)
{
    Request *request = filing->request;
    const Org *orgs;
    size_t count;
    if (people_orgs(request->service->people, request->arena, &orgs, &count, NULL) != FAIL_NONE) {
        return;
    }
    AskChoice *choices = ARENA_MANY(request->arena, AskChoice, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (str_is(orgs[i].party, "provider") && !orgs[i].closed) {
            choices[ask->choices_count++] =
                (AskChoice){.id = orgs[i].id, .name = name_of_org(request, &orgs[i])};
        }
    }
    ask->choices = choices;
}

static void choices_of_currencies(Filing *filing, Ask *ask)
{
    static const char *const codes[] = {"CNY", "USD", "EUR", "JPY", "GBP", "HKD", "KRW", "SGD"};
    enum { CODES = sizeof codes / sizeof codes[0] };
    AskChoice *choices = ARENA_MANY(filing->request->arena, AskChoice, CODES);
    for (size_t i = 0; i < CODES; i++) {
        choices[i] = (AskChoice){.id = str_from(codes[i]), .name = str_from(codes[i])};
    }
    ask->choices = choices;
    ask->choices_count = CODES;
}

static void fill_choices(Filing *filing, Ask *ask)
{
    Request *request = filing->request;
    const Group *sectors = edition_group(filing->edition, STR("sectors"));
    if (str_is(ask->name, "fact.category")) {
        choices_of_list(filing, ask, "categories", "category");
        ask->needed = ask->choices_count > 0;
    } else if (str_is(ask->name, "fact.provider")) {
        choices_of_suppliers(filing, ask);
    } else if (str_is(ask->name, "fact.currency")) {
        choices_of_currencies(filing, ask);
    } else if (str_is(ask->name, "fact.sector") && sectors) {
        ask->choices = words_of(filing, "sector", "", sectors->ids, sectors->count);
        ask->choices_count = sectors->count;
        ask->needed = filing->edition->recipients_department;
        ask->clause = clause_of(request, filing->edition->recipients_clause);
    } else if (ask->kind == ASK_YES_NO) {
        ask->choices = yes_or_no(filing);
        ask->choices_count = 2;
        ask->clause = clause_of(request, clause_of_warning(filing, "conditional"));
    }
}

static Ask *find(Asks *asks, const char *name)
{
    for (size_t i = 0; i < asks->count; i++) {
        if (str_is(asks->at[i].name, name)) {
            return &asks->at[i];
        }
    }
    return NULL;
}

static void need(Ask *ask)
{
    ask->needed = true;
    ask->missing = !answered(ask);
}

void ask_object(Asks *asks)
{
    Filing *filing = asks->filing;
    bool purchase = is_purchase(filing);
    for (size_t i = 0; i < sizeof fact_asks / sizeof fact_asks[0]; i++) {
        const FactAsk *fact = &fact_asks[i];
        Ask ask = {.kind = fact->kind, .name = str_from(fact->name), .needed = fact->needed,
                   .label = said(filing, fact->label), .why = said(filing, fact->why)};
        fill_choices(filing, &ask);
        bool empty = (ask.kind == ASK_PICK || ask.kind == ASK_SOME) && ask.choices_count == 0;
        if ((purchase || !fact->of_purchase) && !empty) {
            asks_add(asks, ask);
        }
    }
    Ask *product = find(asks, "fact.product"), *service = find(asks, "fact.service");
    Ask *invited = find(asks, "fact.provider"), *supplier = find(asks, "fact.supplier");
    Ask *is_signed = find(asks, "fact.signed"), *conditional = find(asks, "fact.conditional");
    Ask *currency = find(asks, "fact.currency");
    if (product && service && !answered(service)) {
        need(product);
    }
    if (supplier && !(invited && answered(invited))) {
        need(supplier);
    }
    if (is_signed && conditional && str_is(is_signed->text, "true")) {
        need(conditional);
    }
    if (currency && currency->text.len == 0) {
        ((AskChoice *)currency->choices)[0].chosen = true;
        currency->text = currency->answer = currency->choices[0].id;
    }
}
