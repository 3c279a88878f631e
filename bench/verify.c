/* verify.c: verifying a docket beside the bare hash over the same bodies, and what a docket of
 * 100,000 matters costs in memory. Prints "title TAB ours TAB bare TAB unit TAB target". */
#include <sys/resource.h>
#include <sys/wait.h>

#include "life.h"

enum { MATTERS = 20000, MANY = 100000, GROUP = 500 };

static Life life;

static void fill(const char *path, int matters, int acts)
{
    Fault fault;
    Arena arena = {0};
    Law *law;
    Docket *docket;
    if (docket_create(path, HASH_SM3, &fault) != FAIL_NONE ||
        law_open(&arena, NULL, NULL, &law, &fault) != FAIL_NONE ||
        docket_open(path, law, true, 0, &docket, NULL, &fault) != FAIL_NONE) {
        bench_stop(&fault);
    }
    Fail fail = FAIL_NONE;
    for (int i = 0; i < matters && fail == FAIL_NONE; i++) {
        char name[32];
        snprintf(name, sizeof name, "matter-%06d", i);
        fail = i % GROUP ? FAIL_NONE : ledger_begin(docket_ledger(docket), &fault);
        Folded folded = {.name = str_from(name)};
        for (int j = 0; fail == FAIL_NONE && j < acts; j++) {
            Decision decision;
            Wanted wanted = {.matter = str_from(name), .edition = life.edition,
                             .facts = &life.facts, .act = life.acts[j], .now = 1600000000000};
            fail = docket_append(docket, &folded, &wanted, &decision, &fault);
        }
        fail = fail ? fail : docket_project(docket, &folded, true, &fault);
        folded_done(&folded);
        if (fail == FAIL_NONE && (i % GROUP == GROUP - 1 || i == matters - 1)) {
            fail = ledger_commit(docket_ledger(docket), &fault);
        }
    }
    if (fail != FAIL_NONE) {
        bench_stop(&fault);
    }
    docket_close(docket);
    arena_done(&arena);
}

typedef struct Bodies {
    Buf text;
    size_t *ends;
    size_t count, capacity;
} Bodies;

static Fail keep_body(void *with, const LedgerEvent *event, Fault *fault)
{
    (void)fault;
    Bodies *bodies = with;
    if (bodies->count == bodies->capacity) {
        bodies->capacity = bodies->capacity ? bodies->capacity * 2 : 1024;
        bodies->ends = memory_grow(bodies->ends, bodies->capacity * sizeof *bodies->ends);
    }
    buf_put(&bodies->text, event->body);
    bodies->ends[bodies->count++] = bodies->text.len;
    return FAIL_NONE;
}

/* Events a second of the bare hash: every body after the hash before it, from memory. */
static double bare_hash(const char *path)
{
    Fault fault;
    Ledger *ledger;
    Bodies bodies = {0};
    if (ledger_open(path, false, &ledger, &fault) != FAIL_NONE ||
        ledger_all(ledger, 0, keep_body, &bodies, &fault) != FAIL_NONE) {
        bench_stop(&fault);
    }
    ledger_close(ledger);
    Hasher *hasher = hasher_new(HASH_SM3);
    Hash head = {{0}};
    double from = bench_seconds(CLOCK_MONOTONIC);
    for (size_t i = 0; i < bodies.count; i++) {
        size_t begin = i ? bodies.ends[i - 1] : 0;
        head = hash_of_two(hasher, (Str){(const char *)head.at, HASH_BYTES},
                           str_part(buf_str(&bodies.text), begin, bodies.ends[i]));
    }
    double rate = (double)bodies.count / (bench_seconds(CLOCK_MONOTONIC) - from);
    fprintf(stderr, "head %02x…, %.0f bytes a body\n", head.at[0],
            (double)bodies.text.len / (double)bodies.count);
    hasher_free(hasher);
    buf_done(&bodies.text);
    free(bodies.ends);
    return rate;
}

static double verify(const char *path)
{
    Fault fault;
    Arena arena = {0};
    Law *law;
    Verified verified;
    if (law_open(&arena, NULL, NULL, &law, &fault) != FAIL_NONE) {
        bench_stop(&fault);
    }
    double from = bench_seconds(CLOCK_MONOTONIC);
    if (docket_verify(path, law, &arena, &verified, &fault) != FAIL_NONE) {
        bench_stop(&fault);
    }
    double rate = (double)verified.events / (bench_seconds(CLOCK_MONOTONIC) - from);
    arena_done(&arena);
    return rate;
}

/* Peak memory of a run of the program, in MB. */
static double peak(const char *path, const char *verb)
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        if (!freopen("/dev/null", "w", stdout)) {
            _exit(1);
        }
        execl("build/shencha", "shencha", verb, "--docket", path, (char *)NULL);
        _exit(1);
    }
    int status;
    struct rusage usage;
    wait4(child, &status, 0, &usage);
    if (status != 0) {
        fprintf(stderr, "%s failed\n", verb);
        exit(1);
    }
    return (double)usage.ru_maxrss / 1024;
}

int main(void)
{
    Arena arena = {0};
    life_make(&life, &arena);
    char *path = bench_folder("verify");
    fill(path, MATTERS, LIFE_ACTS);
    double bare = bare_hash(path), ours = verify(path);
    printf("verify\t%.0f\t%.0f\tevents/s\tat least 50 %%\n", ours, bare);
    bench_remove(path);
    path = bench_folder("many");
    fill(path, MANY, 3);
    printf("memory, a docket of 100,000 matters listed\t%.1f\t\tMB\tunder 64 MB\n",
           peak(path, "docket"));
    printf("memory, the same verified\t%.1f\t\tMB\tunder 64 MB\n", peak(path, "verify"));
    bench_remove(path);
    arena_done(&arena);
    return 0;
}
