/* notice.c: a new notice over a million open matters: every due day counted again. Prints processor
 * seconds and bytes a matter. */
#include "life.h"

enum { MATTERS = 1000000 };

int main(void)
{
    Arena arena = {0};
    Notices notices;
    Fault fault;
    if (notices_read(&arena, &law_built_in, NULL, &notices, &fault) != FAIL_NONE) {
        bench_stop(&fault);
    }
    /* As known before Labour Day 2019 was extended, and after. */
    const Calendar *before = calendar_build(&arena, &notices, day_from(2019, 3, 1));
    const Calendar *after = calendar_build(&arena, &notices, day_from(2019, 4, 1));
    DueBook book = {0};
    uint32_t seed = 1;
    for (uint32_t i = 0; i < MATTERS; i++) {
        seed = seed * 1664525u + 1013904223u;
        Day started = day_from(2019, 1, 2) + (Day)(seed >> 25);
        Hold hold = {started + 5, started + 9, 0};
        DueEntry entry = {.matter = i, .started = started, .allowed = 30 + (seed >> 8 & 15),
                          .holds_count = (uint16_t)(seed >> 12 & 1)};
        bool held;
        entry.due = dayclock_due(before, started, (int)entry.allowed, &hold, entry.holds_count,
                                 &held);
        duebook_put(&book, &entry, &hold);
    }
    double from = bench_seconds(CLOCK_PROCESS_CPUTIME_ID);
    size_t moved = duebook_recount(&book, after, NULL, NULL);
    double took = bench_seconds(CLOCK_PROCESS_CPUTIME_ID) - from;
    fprintf(stderr, "%zu moved\n", moved);
    printf("a notice over 1,000,000 open matters\t%.3f\t\ts of CPU\tunder 1 s\n", took);
    printf("  memory a matter\t%.1f\t\tbytes\tunder 200\n", (double)duebook_bytes(&book) / MATTERS);
    duebook_done(&book);
    arena_done(&arena);
    return moved == 0;
}
