/* load.c: many threads that act at once through the program's own writer, to be killed: every act
 * that was acknowledged is printed, "matter TAB seq", before the thread goes on.
 *   load DOCKET THREADS ACTS SEED */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "writer.h"

enum { THREADS_MAX = 32, BEFORE_ASSESS = 3 };

typedef struct Thread {
    pthread_t thread;
    Writer *writer;
    const Edition *edition;
    const Facts *facts;
    Given given[3];              /* of declare, decide_need, assess */
    const char *seed;
    int id, acts;
    Fault fault;
} Thread;

static Act act_at(const Thread *thread, int at)
{
    static const char *const words[] = {"declare", "accept_materials", "decide_need", "assess"};
    static const char *const hands[] = {"operator", "center", "office", "office"};
    static const int givens[] = {0, -1, 1, 2};
    int kind = at < BEFORE_ASSESS ? at : BEFORE_ASSESS;
    Act act = {.on = day_from(2026, 3, 2) + kind, .act_word = str_from(words[kind]),
               .by_word = str_from(hands[kind]), .n = (uint32_t)at + 1};
    act.act = edition_act(thread->edition, act.act_word);
    if (!edition_party(thread->edition, act.by_word, &act.by)) {
        abort();
    }
    if (givens[kind] >= 0) {
        act.given = &thread->given[givens[kind]];
        act.given_count = 1;
    }
    return act;
}

static void *act_on(void *with)
{
    Thread *thread = with;
    char name[80];
    snprintf(name, sizeof name, "load-%s-%d", thread->seed, thread->id);
    for (int i = 0; i < thread->acts; i++) {
        Written written;
        Wanted wanted = {.matter = str_from(name), .edition = thread->edition,
                         .facts = thread->facts, .act = act_at(thread, i),
                         .now = INT64_C(1790000000000)};
        Fail fail = writer_do(thread->writer, &wanted, &written, &thread->fault);
        char line[128];
        int len = snprintf(line, sizeof line, "%s\t%lld\n", name, (long long)written.seq);
        if (fail != FAIL_NONE || written.refused ||
            write(STDOUT_FILENO, line, (size_t)len) != len) {
            fprintf(stderr, "load: an act was not done\n");
            exit(1);
        }
    }
    return NULL;
}

int main(int argc, char **argv)
{
    static Thread threads[THREADS_MAX];
    static Str materials[] = {{"declaration", 11}, {"analysis_report", 15},
                              {"procurement_document", 20}};
    int count = argc == 5 ? (int)strtol(argv[2], NULL, 10) : 0;
    Arena arena = {0};
    Fault fault;
    Law *law;
    Writer *writer;
    const Edition *edition;
    if (count < 1 || count > THREADS_MAX ||
        law_open(&arena, NULL, NULL, &law, &fault) != FAIL_NONE ||
        law_edition(law, STR("2022"), &edition, &fault) != FAIL_NONE ||
        writer_start(argv[1], law, INT64_C(1790000000000), &writer, &fault) != FAIL_NONE) {
        fputs("load DOCKET THREADS ACTS SEED: cannot begin\n", stderr);
        return 2;
    }
    Facts facts = {0};
    facts_recipients(&arena, edition, STR("telecoms"), &facts);
    for (int i = 0; i < count; i++) {
        threads[i] = (Thread){
            .writer = writer, .edition = edition, .facts = &facts, .seed = argv[4], .id = i,
            .acts = (int)strtol(argv[3], NULL, 10),
            .given = {{edition_field(edition, STR("materials")),
                       {.kind = VALUE_MANY, .many = materials, .many_count = 3}},
                      {edition_field(edition, STR("need")), {.kind = VALUE_YES_NO, .yes = true}},
                      {edition_field(edition, STR("finding")),
                       {.kind = VALUE_TEXT, .text = STR("one source")}}}};
        pthread_create(&threads[i].thread, NULL, act_on, &threads[i]);
    }
    for (int i = 0; i < count; i++) {
        pthread_join(threads[i].thread, NULL);
    }
    writer_stop(writer);
    arena_done(&arena);
    return 0;
}
