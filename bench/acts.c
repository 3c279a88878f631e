/* acts.c: decide and fold, in memory, through the full procedure of 2020: declared, returned, filed
 * again, screened, held by a request, extended, circulated to all, disagreed, special review with
 * remand and a second circulation, approved, concluded. Prints acts a second. */
#include <stdio.h>
#include <time.h>

#include "matter.h"

enum { STEPS_MAX = 160, LIVES = 20000 };

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

typedef struct Life {
    const Edition *edition;
    Arena arena;
    Act acts[STEPS_MAX];
    int count;
    Day day;
} Life;

static Act *step(Life *life, const char *by, const char *act)
{
    Act *next = &life->acts[life->count];
    *next = (Act){.n = (uint32_t)++life->count, .on = life->day,
                  .act = edition_act(life->edition, str_from(act)), .act_word = str_from(act),
                  .by_word = str_from(by)};
    edition_party(life->edition, next->by_word, &next->by);
    return next;
}

static void give(Life *life, Act *act, const char *field, Value value)
{
    Given given = {edition_field(life->edition, str_from(field)), value};
    act->given = arena_copy(&life->arena, &given, sizeof given);
    act->given_count = 1;
}

static void circulation(Life *life, const Facts *facts, int dissenters)
{
    step(life, "office", "circulate");
    life->day += 3;
    for (size_t i = 0; i < facts->recipients_count; i++) {
        Act *act = step(life, "office", "opine");
        act->by = facts->recipients[i];
        give(life, act, "agree", (Value){.kind = VALUE_YES_NO, .yes = (int)i >= dissenters});
    }
}

static void special_round(Life *life, const Facts *facts, Value finding)
{
    step(life, "office", "hear");
    step(life, "office", "analyse");
    give(life, step(life, "office", "suggest"), "finding", finding);
    circulation(life, facts, 1);
    step(life, "office", "report");
    life->day += 5;
}

static void write_life(Life *life, const Facts *facts)
{
    static const Str materials[] = {{"declaration", 11}, {"analysis_report", 15},
                                    {"procurement_document", 20}};
    Value all = {.kind = VALUE_MANY, .many = materials, .many_count = 3};
    Value finding = {.kind = VALUE_TEXT, .text = STR("pass")};
    life->day = day_from(2020, 9, 1);
    give(life, step(life, "operator", "declare"), "materials", all);
    step(life, "center", "return_materials");
    life->day += 2;
    give(life, step(life, "operator", "redeclare"), "materials", all);
    step(life, "center", "accept_materials");
    life->day += 8;
    give(life, step(life, "office", "decide_need"), "need",
         (Value){.kind = VALUE_YES_NO, .yes = true});
    step(life, "office", "request_materials");
    life->day += 6;
    step(life, "provider", "supply_materials");
    step(life, "office", "assess");
    step(life, "office", "extend");
    give(life, step(life, "office", "suggest"), "finding", finding);
    circulation(life, facts, 1);
    step(life, "office", "open_special");
    special_round(life, facts, finding);
    step(life, "commission", "remand");
    special_round(life, facts, finding);
    step(life, "commission", "approve");
    step(life, "office", "conclude");
}

int main(void)
{
    Life life = {0};
    Arena arena = {0};
    Notices notices;
    Fault fault;
    FaultList faults = {.arena = &arena};
    if (notices_read(&arena, &law_built_in, NULL, &notices, &fault) != FAIL_NONE ||
        edition_read(&arena, &law_built_in, STR("2020"), &life.edition, &faults) != FAIL_NONE) {
        return 1;
    }
    const Calendar *calendar = calendar_build(&arena, &notices, DAY_LAST);
    Facts facts = {0};
    facts_recipients(&arena, life.edition, STR("telecoms"), &facts);
    write_life(&life, &facts);
    Arena folding = {0};
    double from = seconds();
    for (int i = 0; i < LIVES; i++) {
        Matter matter;
        matter_init(&matter, &folding, life.edition, &facts);
        for (int j = 0; j < life.count; j++) {
            Decision decision = matter_decide(&matter, calendar, &life.acts[j], &folding);
            if (decision.kind != DECISION_DONE) {
                fprintf(stderr, "act %d was refused\n", j + 1);
                return 1;
            }
            matter_apply(&matter, &life.acts[j], decision.branch);
        }
        if (!str_is(matter.outcome, "pass")) {
            return 1;
        }
        arena_reset(&folding);
    }
    printf("%.0f\n", (double)LIVES * life.count / (seconds() - from));
    arena_done(&folding);
    arena_done(&life.arena);
    arena_done(&arena);
    return 0;
}
