/* reader.c: the shelf: a few dockets open for reading, each with its law, lent and given back. */
#include "reader.h"

#include <pthread.h>
#include <stdlib.h>

typedef struct Kept {
    Look look;                   /* first: a Look is its Kept */
    Arena arena;                 /* of its law */
    bool out;
} Kept;

struct Shelf {
    pthread_mutex_t lock;
    pthread_cond_t back;         /* one was given back */
    Kept *kept[SHELF_READERS_MAX];
    size_t count;
    const char *dir, *law_dir, *data_dir;
    int64_t now;
};

static void kept_free(Kept *kept)
{
    if (kept) {
        docket_close(kept->look.docket);
        arena_done(&kept->arena);
        free(kept);
    }
}

static Fail kept_open(const Shelf *shelf, Kept **ret_kept, Fault *fault)
{
    Kept *kept = memory_take(sizeof *kept);
    *kept = (Kept){0};
    Fail fail =
        law_open(&kept->arena, shelf->law_dir, shelf->data_dir, &kept->look.law, fault);
    if (fail == FAIL_NONE) {
        fail = docket_open(shelf->dir, kept->look.law, DOCKET_FOLLOW, shelf->now,
                           &kept->look.docket, NULL, fault);
    }
    if (fail != FAIL_NONE) {
        kept->look.docket = NULL;
        kept_free(kept);
        return fail;
    }
    docket_look_away(kept->look.docket);
    ledger_frugal(docket_ledger(kept->look.docket));
    *ret_kept = kept;
    return FAIL_NONE;
}

Fail shelf_open(const char *dir, const char *law_dir, const char *data_dir, int64_t now,
                Shelf **ret_shelf, Fault *fault)
{
    Shelf *shelf = memory_take(sizeof *shelf);
    *shelf = (Shelf){.dir = dir, .law_dir = law_dir, .data_dir = data_dir, .now = now};
    Fail fail = kept_open(shelf, &shelf->kept[0], fault);
    if (fail != FAIL_NONE) {
        free(shelf);
        return fail;
    }
    shelf->count = 1;
    pthread_mutex_init(&shelf->lock, NULL);
    pthread_cond_init(&shelf->back, NULL);
    *ret_shelf = shelf;
    return FAIL_NONE;
}

void shelf_close(Shelf *shelf)
{
    if (!shelf) {
        return;
    }
    for (size_t i = 0; i < shelf->count; i++) {
        kept_free(shelf->kept[i]);
    }
    pthread_mutex_destroy(&shelf->lock);
    pthread_cond_destroy(&shelf->back);
    free(shelf);
}

/* One that is in; with the lock. NULL: all are out. */
static Kept *one_in(Shelf *shelf)
{
    for (size_t i = 0; i < shelf->count; i++) {
        if (!shelf->kept[i]->out) {
            return shelf->kept[i];
        }
    }
    return NULL;
}

static Fail borrow(Shelf *shelf, Kept **ret_kept, Fault *fault)
{
    Fail fail = FAIL_NONE;
    pthread_mutex_lock(&shelf->lock);
    while (!(*ret_kept = one_in(shelf)) && fail == FAIL_NONE) {
        if (shelf->count < SHELF_READERS_MAX) {
            fail = kept_open(shelf, &shelf->kept[shelf->count], fault);
            shelf->count += fail == FAIL_NONE;
        } else {
            pthread_cond_wait(&shelf->back, &shelf->lock);
        }
    }
    if (fail == FAIL_NONE) {
        (*ret_kept)->out = true;
    }
    pthread_mutex_unlock(&shelf->lock);
    return fail;
}

Fail shelf_take(Shelf *shelf, Look **ret_reader, Fault *fault)
{
    Kept *kept;
    Fail fail = borrow(shelf, &kept, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    int64_t before = kept->look.version;
    Hash head;
    fail = docket_look(kept->look.docket, &kept->look.version, fault);
    if (fail == FAIL_NONE && (kept->look.version != before || !kept->look.last)) {
        fail = ledger_last(docket_ledger(kept->look.docket), &kept->look.last, &head, fault);
    }
    if (fail != FAIL_NONE) {
        shelf_give(shelf, &kept->look);
        return fail;
    }
    *ret_reader = &kept->look;
    return FAIL_NONE;
}

void shelf_give(Shelf *shelf, Look *reader)
{
    if (!reader) {
        return;
    }
    docket_look_away(reader->docket);
    pthread_mutex_lock(&shelf->lock);
    ((Kept *)reader)->out = false;
    pthread_cond_signal(&shelf->back);
    pthread_mutex_unlock(&shelf->lock);
}
