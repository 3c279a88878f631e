/* many.c: fills a docket for the bench of the service: MATTERS matters of twenty acts each, opened
 * day after day under the edition of 2022; the last of them are still open, in screening, in the
 * preliminary review, out for opinions.
 *   bench_many DIR MATTERS TODAY      TODAY as 2026-11-23; prints the number of events */
#include <string.h>

#include "life.h"

enum { GROUP = 500, GIVEN_MAX = 4, OPERATORS = 200, OPEN_ONE_OF = 5, ASKED = 4 };

typedef struct Maker {
    Docket *docket;
    const Edition *edition;
    Day today;
    int matters;
    long events;
    /* of the matter at hand */
    Folded folded;
    Facts facts;
    Fact purchase[6];
    Party asked[ASKED];
    char name[32], operator_id[32], title[64];
    Act act;
    Given given[GIVEN_MAX];
} Maker;

static const char *const asked_words[ASKED] = {"member/cac", "member/mps", "member/miit",
                                               "department/telecoms"};

static void set_fact(Maker *maker, const char *key, Value value)
{
    maker->purchase[maker->facts.purchase_count++] = (Fact){str_from(key), value};
}

static Value text(const char *words)
{
    return (Value){.kind = VALUE_TEXT, .text = str_from(words)};
}

/* The facts of matter `i`; each of the operators has every two-hundredth. */
static void begin_matter(Maker *maker, int i)
{
    snprintf(maker->name, sizeof maker->name, "m-%06d", i);
    snprintf(maker->operator_id, sizeof maker->operator_id, "operator-%d", i % OPERATORS);
    snprintf(maker->title, sizeof maker->title, "核心路由器 Core routers, network %d", i);
    maker->facts = (Facts){.purchase = maker->purchase, .recipients = maker->asked,
                           .recipients_count = ASKED};
    set_fact(maker, "title", text(maker->title));
    set_fact(maker, "operator_id", text(maker->operator_id));
    set_fact(maker, "providers", text("supplier-network"));
    set_fact(maker, "sector", text("telecoms"));
    set_fact(maker, "category", text("core_network"));
    set_fact(maker, "signed", (Value){.kind = VALUE_YES_NO, .yes = false});
    maker->folded = (Folded){.name = str_from(maker->name)};
}

static void give(Maker *maker, const char *field, Value value)
{
    maker->given[maker->act.given_count++] =
        (Given){edition_field(maker->edition, str_from(field)), value};
}

static void begin_act(Maker *maker, const char *by, const char *act, Day on)
{
    maker->act = (Act){.on = on, .act = edition_act(maker->edition, str_from(act)),
                       .act_word = str_from(act), .by_word = str_from(by), .person = STR("p1"),
                       .given = maker->given};
    edition_party(maker->edition, maker->act.by_word, &maker->act.by);
}

static void do_act(Maker *maker)
{
    Fault fault;
    Decision decision;
    Wanted wanted = {.matter = maker->folded.name, .edition = maker->edition,
                     .facts = &maker->facts, .act = maker->act, .now = 1600000000000};
    Fail fail = docket_append(maker->docket, &maker->folded, &wanted, &decision, &fault);
    if (fail == FAIL_REFUSED) {
        fprintf(stderr, "%s: act %.*s is refused\n", maker->name, STR_ARG(maker->act.act_word));
        exit(1);
    }
    if (fail != FAIL_NONE) {
        bench_stop(&fault);
    }
    maker->events++;
}

static void plain_act(Maker *maker, const char *by, const char *act, Day on)
{
    begin_act(maker, by, act, on);
    do_act(maker);
}

static void declare(Maker *maker, Day on)
{
    static const Str materials[] = {{"declaration", 11}, {"analysis_report", 15},
                                    {"procurement_document", 20}};
    static const Str promises[] = {{"no_unlawful_data", 16}, {"no_cut_off", 10}};
    begin_act(maker, "operator", "declare", on);
    give(maker, "materials", (Value){.kind = VALUE_MANY, .many = materials, .many_count = 3});
    give(maker, "commitments", (Value){.kind = VALUE_MANY, .many = promises, .many_count = 2});
    give(maker, "product", text("core routers for the backbone of one province"));
    do_act(maker);
}

static void assess(Maker *maker, int nth, Day on)
{
    static const char *const factors[] = {"control", "continuity", "supply_chain", "compliance",
                                          "data"};
    static const Str evidence[] = {
        {"report of the laboratory, sections 2 to 4, and the maker's answer of the same week", 82}};
    begin_act(maker, "office", "assess", on);
    give(maker, "factor", text(factors[nth % 5]));
    give(maker, "level", text(nth % 3 ? "low" : "medium"));
    give(maker, "evidence", (Value){.kind = VALUE_MANY, .many = evidence, .many_count = 1});
    do_act(maker);
}

static void suggest(Maker *maker, Day on)
{
    begin_act(maker, "office", "suggest", on);
    give(maker, "finding", text("pass"));
    do_act(maker);
    plain_act(maker, "office", "circulate", on + 1);
}

static void opine(Maker *maker, int who, Day on)
{
    begin_act(maker, asked_words[who], "opine", on);
    give(maker, "agree", (Value){.kind = VALUE_YES_NO, .yes = true});
    do_act(maker);
}

/* Twenty acts to the conclusion: the days between are those of a calm case. */
static void whole_life(Maker *maker, Day day)
{
    begin_act(maker, "office", "decide_need", day + 13);
    give(maker, "need", (Value){.kind = VALUE_YES_NO, .yes = true});
    do_act(maker);
    for (int i = 0; i < 7; i++) {
        assess(maker, i, day + 14 + i);
    }
    begin_act(maker, "office", "request_materials", day + 22);
    give(maker, "id", text("r1"));
    do_act(maker);
    begin_act(maker, "operator", "supply_materials", day + 26);
    give(maker, "id", text("r1"));
    do_act(maker);
    assess(maker, 8, day + 28);
    suggest(maker, day + 40);
    for (int i = 0; i < ASKED; i++) {
        opine(maker, i, day + 43 + i);
    }
    plain_act(maker, "office", "conclude", day + 50);
}

/* One that is still open, `i` says where. */
static void open_life(Maker *maker, int i, Day day)
{
    begin_act(maker, "office", "decide_need", day + 11);
    give(maker, "need", (Value){.kind = VALUE_YES_NO, .yes = true});
    do_act(maker);
    int findings = i % 2 ? 17 : 13;
    for (int nth = 0; nth < findings; nth++) {
        assess(maker, nth, day + 12 + nth);
    }
    if (i % 2) {
        return;
    }
    suggest(maker, day + 26);
    opine(maker, 0, day + 28);
    opine(maker, 1, day + 29);
}

static void make_matter(Maker *maker, int i)
{
    begin_matter(maker, i);
    bool open = i % OPEN_ONE_OF == 0;
    /* Concluded ones are spread over three years; open ones began in the last weeks. */
    Day day = open ? maker->today - 31 - i / OPEN_ONE_OF % 20
                   : maker->today - 60 - (maker->matters - i) % 1000;
    declare(maker, day);
    plain_act(maker, "center", "accept_materials", day + 2);
    if (open) {
        open_life(maker, i / OPEN_ONE_OF, day);
    } else {
        whole_life(maker, day);
    }
    Fault fault;
    if (docket_project(maker->docket, &maker->folded, true, &fault) != FAIL_NONE) {
        bench_stop(&fault);
    }
    folded_done(&maker->folded);
}

int main(int count, char **words)
{
    Maker maker = {0};
    Fault fault;
    Arena arena = {0};
    Law *law;
    if (count != 4 || !day_parse(str_from(words[3]), &maker.today)) {
        fprintf(stderr, "usage: bench_many DIR MATTERS TODAY\n");
        return 2;
    }
    maker.matters = (int)strtol(words[2], NULL, 10);
    if (docket_create(words[1], HASH_SM3, &fault) != FAIL_NONE ||
        law_open(&arena, NULL, NULL, &law, &fault) != FAIL_NONE ||
        law_edition(law, STR("2022"), &maker.edition, &fault) != FAIL_NONE ||
        docket_open(words[1], law, DOCKET_WRITE, 0, &maker.docket, NULL, &fault) != FAIL_NONE) {
        bench_stop(&fault);
    }
    for (int i = 0; i < ASKED; i++) {
        edition_party(maker.edition, str_from(asked_words[i]), &maker.asked[i]);
    }
    Ledger *ledger = docket_ledger(maker.docket);
    for (int i = 0; i < maker.matters; i++) {
        if (i % GROUP == 0 && ledger_begin(ledger, &fault) != FAIL_NONE) {
            bench_stop(&fault);
        }
        make_matter(&maker, i);
        if ((i % GROUP == GROUP - 1 || i == maker.matters - 1) &&
            ledger_commit(ledger, &fault) != FAIL_NONE) {
            bench_stop(&fault);
        }
    }
    docket_close(maker.docket);
    arena_done(&arena);
    printf("%ld\n", maker.events);
    return 0;
}
