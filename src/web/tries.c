/* tries.c: a table of buckets by a hash of the address; two that meet share theirs. */
#include "tries.h"

#include <pthread.h>
#include <stdlib.h>

typedef struct Bucket {
    int64_t at;                  /* when it was last looked at */
    int64_t left;                /* thousandths of a try */
} Bucket;

struct Limits {
    pthread_mutex_t lock;
    Bucket buckets[LIMIT_ADDRESSES];
};

Limits *limits_new(void)
{
    Limits *limits = memory_take(sizeof *limits);
    memset(limits, 0, sizeof *limits);
    pthread_mutex_init(&limits->lock, NULL);
    return limits;
}

void limits_free(Limits *limits)
{
    if (limits) {
        pthread_mutex_destroy(&limits->lock);
        free(limits);
    }
}

bool limits_take(Limits *limits, Str address, int64_t now)
{
    uint64_t mix = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < address.len; i++) {
        mix = (mix ^ (unsigned char)address.at[i]) * UINT64_C(1099511628211);
    }
    pthread_mutex_lock(&limits->lock);
    Bucket *bucket = &limits->buckets[(mix ^ mix >> 29) % LIMIT_ADDRESSES];
    int64_t most = (int64_t)LIMIT_TRIES * 1000;
    int64_t left = bucket->at ? bucket->left + (now - bucket->at) / LIMIT_SECONDS_A_TRY : most;
    left = left > most || left < 0 ? most : left;
    bool taken = left >= 1000;
    bucket->left = taken ? left - 1000 : left;
    bucket->at = now;
    pthread_mutex_unlock(&limits->lock);
    return taken;
}
