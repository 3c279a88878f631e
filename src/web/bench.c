/* bench.c: a ring and a thread. */
#include "bench.h"

#include <pthread.h>
#include <stdlib.h>

#include "arena.h"

typedef struct Job {
    BenchWork *work;
    void *with;
} Job;

struct Bench {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    Job jobs[BENCH_WAITING_MAX];
    size_t first, count;
    bool stopping;
};

static void *work_all(void *with)
{
    Bench *bench = with;
    pthread_mutex_lock(&bench->lock);
    while (bench->count || !bench->stopping) {
        if (!bench->count) {
            pthread_cond_wait(&bench->wake, &bench->lock);
            continue;
        }
        Job job = bench->jobs[bench->first];
        bench->first = (bench->first + 1) % BENCH_WAITING_MAX;
        bench->count--;
        pthread_mutex_unlock(&bench->lock);
        job.work(job.with);
        pthread_mutex_lock(&bench->lock);
    }
    pthread_mutex_unlock(&bench->lock);
    return NULL;
}

Bench *bench_start(void)
{
    Bench *bench = memory_take(sizeof *bench);
    *bench = (Bench){0};
    pthread_mutex_init(&bench->lock, NULL);
    pthread_cond_init(&bench->wake, NULL);
    if (pthread_create(&bench->thread, NULL, work_all, bench) != 0) {
        free(bench);
        return NULL;
    }
    return bench;
}

bool bench_put(Bench *bench, BenchWork *work, void *with)
{
    pthread_mutex_lock(&bench->lock);
    bool room = bench->count < BENCH_WAITING_MAX;
    if (room) {
        bench->jobs[(bench->first + bench->count++) % BENCH_WAITING_MAX] = (Job){work, with};
        pthread_cond_signal(&bench->wake);
    }
    pthread_mutex_unlock(&bench->lock);
    return room;
}

void bench_stop(Bench *bench)
{
    if (!bench) {
        return;
    }
    pthread_mutex_lock(&bench->lock);
    bench->stopping = true;
    pthread_cond_signal(&bench->wake);
    pthread_mutex_unlock(&bench->lock);
    pthread_join(bench->thread, NULL);
    pthread_mutex_destroy(&bench->lock);
    pthread_cond_destroy(&bench->wake);
    free(bench);
}
