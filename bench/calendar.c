/* calendar.c: start + N working days, as many a second as one core does. Prints one number. */
#include <stdio.h>
#include <time.h>

#include "calendar.h"

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(void)
{
    enum { TIMES = 50000000 };
    Arena arena = {0};
    Notices notices;
    Fault fault;
    if (notices_read(&arena, &law_built_in, NULL, &notices, &fault) != FAIL_NONE) {
        return 1;
    }
    const Calendar *calendar = calendar_build(&arena, &notices, DAY_LAST);
    Day first = day_from(2016, 1, 4), span = day_from(2026, 6, 1) - first;
    uint32_t seed = 1;
    int64_t sum = 0;
    double from = seconds();
    for (int i = 0; i < TIMES; i++) {
        seed = seed * 1664525u + 1013904223u;
        Day start = first + (Day)((uint64_t)seed * (uint32_t)span >> 32);
        sum += calendar_add(calendar, start, 1 + (int)(seed & 63));
    }
    double took = seconds() - from;
    fprintf(stderr, "checksum %lld\n", (long long)sum);
    printf("%.0f\n", TIMES / took);
    arena_done(&arena);
    return 0;
}
