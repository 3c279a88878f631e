/* docket_verify.c: everything that can be checked of a docket, in two walks at once:
 *   by number   every hash from the one before it, no number missing, every matter's sequence
 *   by matter   every event canonical, every fold possible, every row what its events fold to
 * Both stream: memory holds one matter and four bytes for each. */
#include <pthread.h>
#include <stdlib.h>

#include "docket_inside.h"

typedef struct ByNumber {        /* the first walk, on a thread and a connection of its own */
    const char *dir;
    HashKind kind;
    Hasher *hasher;
    uint32_t *sequence;          /* by matter */
    size_t sequence_capacity;
    Hash head;
    int64_t limit;               /* last event of the state that is verified; later ones are new */
    int64_t n, bad_n, bad_matter, bad_seq;
    Word bad_why;
    Fail fail;
    Fault fault;
} ByNumber;

static uint32_t *sequence_of(ByNumber *walk, int64_t matter)
{
    size_t need = (size_t)matter + 1;
    if (need > walk->sequence_capacity) {
        size_t capacity = walk->sequence_capacity ? walk->sequence_capacity : 1024;
        while (capacity < need) {
            capacity *= 2;
        }
        walk->sequence = memory_grow(walk->sequence, capacity * sizeof *walk->sequence);
        memset(walk->sequence + walk->sequence_capacity, 0,
               (capacity - walk->sequence_capacity) * sizeof *walk->sequence);
        walk->sequence_capacity = capacity;
    }
    return &walk->sequence[matter];
}

static Fail check_number(void *with, const LedgerEvent *event, Fault *fault)
{
    (void)fault;
    ByNumber *walk = with;
    Word why = WORD_NONE;
    if (event->n > walk->limit) {
        return FAIL_CONFLICT;    /* written since: not of the state that is verified */
    }
    Hash hash = hash_of_two(walk->hasher, (Str){(const char *)walk->head.at, HASH_BYTES},
                            event->body);
    if (event->n != walk->n + 1) {
        why = WORD_DOCKET_BAD_NUMBER;
    } else if (!hash_eq(&hash, &event->hash)) {
        why = WORD_DOCKET_BAD_HASH;
    } else if (event->matter < 0 || event->matter > walk->n + 1 ||
               event->seq != (int64_t)++*sequence_of(walk, event->matter)) {
        why = WORD_DOCKET_BAD_SEQUENCE;
    }
    if (why != WORD_NONE) {
        walk->bad_n = event->n;
        walk->bad_matter = event->matter;
        walk->bad_seq = event->seq;
        walk->bad_why = why;
        return FAIL_REFUSED;
    }
    walk->head = hash;
    walk->n = event->n;
    return FAIL_NONE;
}

static void *walk_numbers(void *with)
{
    ByNumber *walk = with;
    Ledger *ledger = NULL;
    walk->hasher = hasher_new(walk->kind);
    walk->fail = ledger_open(walk->dir, false, &ledger, &walk->fault);
    if (walk->fail == FAIL_NONE) {
        walk->fail = ledger_all(ledger, 0, check_number, walk, &walk->fault);
        walk->fail = walk->fail == FAIL_CONFLICT ? FAIL_NONE : walk->fail;
    }
    ledger_close(ledger);
    hasher_free(walk->hasher);
    free(walk->sequence);
    return NULL;
}

typedef struct ByMatter {
    Docket *docket;
    Arena *arena;                /* for what is told */
    Folded folded;
    Buf packed;
    int64_t events, matters;
    int64_t bad_n, bad_seq;
    Str bad_matter;
    Word bad_why;
} ByMatter;

static Fail check_event(void *with, const LedgerEvent *event, Fault *fault)
{
    (void)fault;
    ByMatter *walk = with;
    Word why = WORD_NONE;
    if (folded_take(walk->docket, &walk->folded, event, &why)) {
        walk->events++;
        return FAIL_NONE;
    }
    walk->bad_n = event->n;
    walk->bad_seq = event->seq;
    walk->bad_why = why;
    return FAIL_REFUSED;
}

static Fail check_own(void *with, const LedgerEvent *event, Fault *fault)
{
    (void)fault;
    ByMatter *walk = with;
    Arena arena = {0};
    const Canon *body = canon_read(&arena, event->body, NULL);
    bool good = body && canon_number(body, "seq", 0) == event->seq;
    arena_done(&arena);
    walk->events += good;
    if (!good) {
        walk->bad_n = event->n;
        walk->bad_seq = event->seq;
        walk->bad_why = WORD_DOCKET_BAD_FORM;
        return FAIL_REFUSED;
    }
    return FAIL_NONE;
}

static bool rows_equal(const MatterRow *a, const MatterRow *b)
{
    return a->id == b->id && str_eq(a->name, b->name) && str_eq(a->edition, b->edition) &&
           str_eq(a->stage, b->stage) && str_eq(a->outcome, b->outcome) && a->final == b->final &&
           a->held == b->held && a->opened == b->opened && a->last == b->last &&
           a->seq == b->seq;
}

/* What hangs on the calendar: equal only when the row was counted with the same one. */
static bool clocks_equal(const MatterRow *a, const MatterRow *b)
{
    return a->due == b->due && a->provisional == b->provisional && str_eq(a->clock, b->clock) &&
           str_eq(a->clocks, b->clocks);
}

typedef struct CheckingRows {
    ByMatter *walk;
    bool same_calendar;
} CheckingRows;

static Fail check_row(void *with, const MatterRow *row, Fault *fault)
{
    CheckingRows *checking = with;
    ByMatter *walk = checking->walk;
    arena_reset(&walk->folded.arena);
    walk->folded = (Folded){.arena = walk->folded.arena};
    Fail fail = ledger_stream(walk->docket->ledger, row->id, 0, check_event, walk, fault);
    bool right = fail == FAIL_NONE && walk->folded.id == row->id;
    if (right) {
        MatterRow folded = docket_row(walk->docket, &walk->folded, &walk->packed);
        right = rows_equal(row, &folded) &&
                (!checking->same_calendar || clocks_equal(row, &folded));
    }
    walk->matters++;
    if (fail == FAIL_NONE && !right) {
        walk->bad_why = WORD_DOCKET_BAD_PROJECTION;
        fail = FAIL_REFUSED;
    }
    if (fail == FAIL_REFUSED) {
        walk->bad_matter = str_copy(walk->arena, row->name);
    }
    return fail;
}

static Fail walk_matters(ByMatter *walk, Fault *fault)
{
    Str fingerprint;
    Fail fail = ledger_projection_get(walk->docket->ledger, "calendar", walk->arena, &fingerprint,
                                      fault);
    if (fail == FAIL_NONE) {
        fail = ledger_stream(walk->docket->ledger, 0, 0, check_own, walk, fault);
    }
    CheckingRows checking = {walk, str_eq(fingerprint, walk->docket->fingerprint)};
    if (fail == FAIL_NONE) {
        fail = ledger_rows_by_id(walk->docket->ledger, check_row, &checking, fault);
    }
    arena_done(&walk->folded.arena);
    buf_done(&walk->packed);
    return fail;
}

/* The earlier of what the two walks found. */
static Fail settle(const ByNumber *numbers, const ByMatter *matters, Fail fail,
                   Verified *verified, Fault *fault)
{
    if (numbers->fail != FAIL_NONE && numbers->fail != FAIL_REFUSED) {
        *fault = numbers->fault;
        return numbers->fail;
    }
    if (fail != FAIL_NONE && fail != FAIL_REFUSED) {
        return fail;
    }
    bool by_number = numbers->fail == FAIL_REFUSED &&
                     (fail == FAIL_NONE || matters->bad_n == 0 ||
                      numbers->bad_n <= matters->bad_n);
    if (by_number) {
        verified->bad_n = numbers->bad_n;
        verified->bad_seq = numbers->bad_seq;
        verified->bad_why = numbers->bad_why;
    } else if (fail == FAIL_REFUSED) {
        verified->bad_n = matters->bad_n;
        verified->bad_seq = matters->bad_seq;
        verified->bad_matter = matters->bad_matter;
        verified->bad_why = matters->bad_why;
    } else if (numbers->n != matters->events) {
        verified->bad_why = WORD_DOCKET_BAD_ROWS;   /* events that no row stands for */
        fail = FAIL_REFUSED;
    }
    return by_number ? FAIL_REFUSED : fail;
}

Fail docket_verify(const char *dir, Law *law, Arena *arena, Verified *ret_verified, Fault *fault)
{
    *ret_verified = (Verified){0};
    Docket *docket;
    Fail fail = docket_open(dir, law, false, 0, &docket, NULL, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    ByNumber numbers = {.dir = dir, .kind = docket->hash};
    Hash head;
    fail = ledger_begin_read(docket->ledger, fault);
    if (fail == FAIL_NONE) {   /* the first read fixes the state that this connection sees */
        fail = ledger_last(docket->ledger, &numbers.limit, &head, fault);
    }
    ByMatter matters = {.docket = docket, .arena = arena};
    pthread_t thread;
    bool threaded =
        fail == FAIL_NONE && pthread_create(&thread, NULL, walk_numbers, &numbers) == 0;
    if (fail == FAIL_NONE && !threaded) {
        walk_numbers(&numbers);
    }
    if (fail == FAIL_NONE) {
        fail = walk_matters(&matters, fault);
    }
    if (threaded) {
        pthread_join(thread, NULL);
    }
    ret_verified->hash = docket->hash;
    fail = settle(&numbers, &matters, fail, ret_verified, fault);
    ret_verified->events = numbers.n;
    ret_verified->matters = matters.matters;
    ret_verified->head = numbers.head;
    docket_close(docket);
    return fail;
}
