/* ledger.c: lasting acts a second, one producer and 64, beside bare SQLite: the same table and
 * indices, bodies of the same bytes, the same durability, the same queue and groups; bare does not
 * decide, fold, hash or keep rows. Prints "title TAB ours TAB bare TAB unit TAB target". */
#include <pthread.h>
#include <sqlite3.h>

#include "event.h"
#include "life.h"
#include "statement.h"
#include "writer.h"

enum { PRODUCERS_MAX = 64, GROUP_MAX = WRITER_GROUP_MAX };

static Life life;

/* ---- bare ---- */

typedef struct Waiting {
    int matter, seq;
    bool ready;
    struct Waiting *next;
} Waiting;

typedef struct Bare {
    sqlite3 *database;
    sqlite3_stmt *insert;
    pthread_mutex_t lock;
    pthread_cond_t wake, done;
    Waiting *first, *last;
    bool stopping;
    long n;
    Buf bodies[LIFE_ACTS];
} Bare;

static void bare_run(Bare *bare, const char *text)
{
    if (sqlite3_exec(bare->database, text, NULL, NULL, NULL) != SQLITE_OK) {
        fprintf(stderr, "bare: %s\n", sqlite3_errmsg(bare->database));
        exit(1);
    }
}

static void *bare_write(void *with)
{
    Bare *bare = with;
    Waiting *group[GROUP_MAX];
    unsigned char hash[32] = {0};
    pthread_mutex_lock(&bare->lock);
    while (bare->first || !bare->stopping) {
        if (!bare->first) {
            pthread_cond_wait(&bare->wake, &bare->lock);
            continue;
        }
        int count = 0;
        while (bare->first && count < GROUP_MAX) {
            group[count++] = bare->first;
            bare->first = bare->first->next;
        }
        bare->last = bare->first ? bare->last : NULL;
        pthread_mutex_unlock(&bare->lock);
        bare_run(bare, "BEGIN IMMEDIATE");
        for (int i = 0; i < count; i++) {
            Str body = buf_str(&bare->bodies[group[i]->seq - 1]);
            sqlite3_reset(bare->insert);
            sqlite3_bind_int64(bare->insert, 1, ++bare->n);
            sqlite3_bind_int64(bare->insert, 2, group[i]->matter);
            sqlite3_bind_int64(bare->insert, 3, group[i]->seq);
            sqlite3_bind_null(bare->insert, 4);
            sqlite3_bind_text64(bare->insert, 5, body.at, body.len, SQLITE_STATIC, SQLITE_UTF8);
            sqlite3_bind_blob(bare->insert, 6, hash, sizeof hash, SQLITE_STATIC);
            if (sqlite3_step(bare->insert) != SQLITE_DONE) {
                exit(1);
            }
        }
        sqlite3_reset(bare->insert);
        bare_run(bare, "COMMIT");
        pthread_mutex_lock(&bare->lock);
        for (int i = 0; i < count; i++) {
            group[i]->ready = true;
        }
        pthread_cond_broadcast(&bare->done);
    }
    pthread_mutex_unlock(&bare->lock);
    return NULL;
}

static void bare_do(Bare *bare, int matter, int seq)
{
    Waiting waiting = {.matter = matter, .seq = seq};
    pthread_mutex_lock(&bare->lock);
    if (bare->last) {
        bare->last->next = &waiting;
    } else {
        bare->first = &waiting;
    }
    bare->last = &waiting;
    pthread_cond_signal(&bare->wake);
    while (!waiting.ready) {
        pthread_cond_wait(&bare->done, &bare->lock);
    }
    pthread_mutex_unlock(&bare->lock);
}

/* ---- producers ---- */

typedef struct Producer {
    pthread_t thread;
    int id, lives;
    Bare *bare;
    Writer *writer;
} Producer;

static void *produce(void *with)
{
    Producer *producer = with;
    for (int i = 0; i < producer->lives; i++) {
        char name[32];
        snprintf(name, sizeof name, "m-%d-%d", producer->id, i);
        for (int j = 0; j < LIFE_ACTS; j++) {
            if (producer->bare) {
                bare_do(producer->bare, producer->id * 10000 + i + 1, j + 1);
                continue;
            }
            Fault fault;
            Written written;
            Wanted wanted = {.matter = str_from(name), .edition = life.edition,
                             .facts = &life.facts, .act = life.acts[j],
                             .now = 1600000000000 + j};
            if (writer_do(producer->writer, &wanted, &written, &fault) != FAIL_NONE) {
                bench_stop(&fault);
            }
            if (written.refused) {
                fprintf(stderr, "refused: %s act %d\n", name, j + 1);
                exit(1);
            }
        }
    }
    return NULL;
}

static double race(Bare *bare, Writer *writer, int producers, int lives)
{
    static Producer all[PRODUCERS_MAX];
    double from = bench_seconds(CLOCK_MONOTONIC);
    for (int i = 0; i < producers; i++) {
        all[i] = (Producer){.id = i, .lives = lives, .bare = bare, .writer = writer};
        pthread_create(&all[i].thread, NULL, produce, &all[i]);
    }
    for (int i = 0; i < producers; i++) {
        pthread_join(all[i].thread, NULL);
    }
    return (double)producers * lives * LIFE_ACTS / (bench_seconds(CLOCK_MONOTONIC) - from);
}

static double race_bare(int producers, int lives)
{
    char *path = bench_folder("bare");
    char file[300];
    snprintf(file, sizeof file, "%s/docket.db", path);
    Bare bare = {.lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER,
                 .done = PTHREAD_COND_INITIALIZER};
    if (mkdir(path, 0755) != 0 || sqlite3_open(file, &bare.database) != SQLITE_OK) {
        exit(1);
    }
    for (int i = 0; i < LIFE_ACTS; i++) {
        static const char law[65] = "0123456789abcdef0123456789abcdef"
                                    "0123456789abcdef0123456789abcdef";
        Opening opening = {.edition = STR("2020"), .facts = &life.facts, .law = {law, 64}};
        EventHead head = {.matter = STR("m-10-10"), .seq = i + 1, .recorded = 1600000000000};
        event_put(&bare.bodies[i], life.edition, &life.acts[i], &head, i == 0 ? &opening : NULL);
    }
    bare_run(&bare, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                    "PRAGMA cache_size = -8192;");
    bare_run(&bare, schema_ledger_schema);
    sqlite3_prepare_v2(bare.database, statement_text[STATEMENT_EVENT_APPEND], -1, &bare.insert,
                       NULL);
    pthread_t thread;
    pthread_create(&thread, NULL, bare_write, &bare);
    double rate = race(&bare, NULL, producers, lives);
    pthread_mutex_lock(&bare.lock);
    bare.stopping = true;
    pthread_cond_signal(&bare.wake);
    pthread_mutex_unlock(&bare.lock);
    pthread_join(thread, NULL);
    sqlite3_finalize(bare.insert);
    sqlite3_close(bare.database);
    for (int i = 0; i < LIFE_ACTS; i++) {
        buf_done(&bare.bodies[i]);
    }
    bench_remove(path);
    return rate;
}

static double race_ours(int producers, int lives)
{
    char *path = bench_folder("docket");
    Fault fault;
    Writer *writer;
    Arena arena = {0};
    Law *law;
    if (docket_create(path, HASH_SM3, &fault) != FAIL_NONE ||
        law_open(&arena, NULL, NULL, &law, &fault) != FAIL_NONE ||
        writer_start(path, law, 1600000000000, &writer, &fault) != FAIL_NONE) {
        bench_stop(&fault);
    }
    double rate = race(NULL, writer, producers, lives);
    writer_stop(writer);
    arena_done(&arena);
    bench_remove(path);
    return rate;
}

int main(void)
{
    Arena arena = {0};
    life_make(&life, &arena);
    static const struct { int producers, lives; const char *title, *target; } races[] = {
        {1, 150, "lasting acts, 1 producer", "at least 80 %"},
        {64, 40, "lasting acts, 64 producers", "at least 60 %"},
    };
    for (int i = 0; i < 2; i++) {
        double bare = race_bare(races[i].producers, races[i].lives);
        double ours = race_ours(races[i].producers, races[i].lives);
        printf("%s\t%.0f\t%.0f\t/s\t%s\n", races[i].title, ours, bare, races[i].target);
    }
    arena_done(&arena);
    return 0;
}
