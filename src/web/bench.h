/* bench.h: slow work (passwords) on a thread of its own, so that nobody else waits for it. Floor
 * 6. */
#ifndef SHENCHA_BENCH_H
#define SHENCHA_BENCH_H

#include <stdbool.h>

enum { BENCH_WAITING_MAX = 64 };

typedef struct Bench Bench;      /* opaque */
typedef void BenchWork(void *with);

Bench *bench_start(void);        /* NULL: no thread could be had */
/* False when too many wait already. `work` is called on the bench's thread. */
bool bench_put(Bench *bench, BenchWork *work, void *with);
void bench_stop(Bench *bench);   /* finishes what waits; NULL ok */

#endif
