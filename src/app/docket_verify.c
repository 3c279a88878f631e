/* docket_verify.c: everything that can be checked of a docket, in three walks at once:
 *   by number   every hash from the one before it, no number missing, every matter's sequence
 *   by page     pages and indices of the file, the guards of the events
 *   by matter   every event canonical, every fold possible, every row what its events fold to
 * All stream: memory holds one matter and four bytes for each. What is told is the first broken
 * event; damage that is no event's is told when no event is broken. */
#include <pthread.h>
#include <stdlib.h>

#include "docket_inside.h"

typedef struct Broken {          /* n 0: none */
    int64_t n, seq;
    Str matter;                  /* name, where known */
    Word why;
} Broken;

typedef struct ByNumber {        /* the first walk, on a thread and a connection of its own */
    const char *dir;
    HashKind kind;
    const Hash *noted;           /* NULL: none */
    Hasher *hasher;
    Arena arena;
    uint32_t *sequence;          /* by matter */
    size_t sequence_capacity;
    int64_t matters;             /* highest so far */
    Hash head;
    int64_t limit;               /* last event of the state that is verified; later ones are new */
    int64_t n;
    bool noted_found;
    Broken broken;
    Fail fail, pages, guards;
    Fault fault, pages_fault;
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

static Word number_fault(ByNumber *walk, const LedgerEvent *event, const Hash *hash)
{
    if (event->n != walk->n + 1) {
        return WORD_DOCKET_BAD_NUMBER;
    }
    if (!event->formed) {
        return WORD_DOCKET_BAD_COLUMN;
    }
    if (!hash_eq(hash, &event->hash)) {
        return WORD_DOCKET_BAD_HASH;
    }
    if (event->matter < 0 || event->matter > walk->matters + 1 ||   /* numbered as they open */
        event->seq != (int64_t)*sequence_of(walk, event->matter) + 1) {
        return WORD_DOCKET_BAD_SEQUENCE;
    }
    return event->n == 1 && event->matter != 0 ? WORD_DOCKET_BAD_FIRST : WORD_NONE;
}

/* The hash that the first event names. */
static HashKind kind_of(Str body, HashKind fallback)
{
    Arena arena = {0};
    HashKind kind;
    bool named = hash_kind_find(canon_text(canon_read(&arena, body, NULL), "hash"), &kind);
    arena_done(&arena);
    return named ? kind : fallback;
}

static Fail check_number(void *with, const LedgerEvent *event, Fault *fault)
{
    (void)fault;
    ByNumber *walk = with;
    if (event->n > walk->limit) {
        return FAIL_CONFLICT;    /* written since: not of the state that is verified */
    }
    if (walk->n == 0) {
        walk->hasher = hasher_new(kind_of(event->body, walk->kind));
    }
    Hash hash = hash_of_two(walk->hasher, (Str){(const char *)walk->head.at, HASH_BYTES},
                            event->body);
    Word why = number_fault(walk, event, &hash);
    if (why != WORD_NONE) {
        Str body = str_copy(&walk->arena, event->body);
        walk->broken = (Broken){event->n, event->seq,
                                canon_text(canon_read(&walk->arena, body, NULL), "matter"), why};
        return FAIL_REFUSED;
    }
    ++*sequence_of(walk, event->matter);
    walk->matters = event->matter > walk->matters ? event->matter : walk->matters;
    walk->head = hash;
    walk->n = event->n;
    walk->noted_found |= walk->noted && hash_eq(&hash, walk->noted);
    return FAIL_NONE;
}

static void *walk_numbers(void *with)
{
    ByNumber *walk = with;
    Ledger *ledger = NULL;
    walk->noted_found = !walk->noted || hash_eq(walk->noted, &walk->head);
    walk->fail = ledger_open(walk->dir, false, &ledger, &walk->fault);
    if (walk->fail == FAIL_NONE) {
        walk->fail = ledger_all(ledger, 0, check_number, walk, &walk->fault);
        walk->fail = walk->fail == FAIL_CONFLICT ? FAIL_NONE : walk->fail;
        if (walk->fail == FAIL_NONE && walk->n < walk->limit && walk->limit != INT64_MAX) {
            walk->broken = (Broken){walk->n + 1, 0, STR_NONE, WORD_DOCKET_BAD_NUMBER};
            walk->fail = FAIL_REFUSED;
        }
    }
    ledger_close(ledger);
    hasher_free(walk->hasher);
    free(walk->sequence);
    return NULL;
}

/* Pages, indices and guards, as the database itself checks them: a thread of its own, too. */
static void *walk_pages(void *with)
{
    ByNumber *walk = with;
    Ledger *ledger = NULL;
    walk->pages = ledger_open(walk->dir, false, &ledger, &walk->pages_fault);
    if (walk->pages == FAIL_NONE) {
        walk->pages = ledger_pages(ledger, &walk->pages_fault);
        walk->guards = ledger_guards(ledger, &walk->pages_fault);
    }
    ledger_close(ledger);
    return NULL;
}

typedef struct ByMatter {
    Docket *docket;
    Arena *arena;                /* for what is told */
    Folded folded;
    Buf packed;
    int64_t events, matters;
    int64_t parts;               /* rows of parts that there should be */
    bool same_calendar;
    Broken broken;               /* the event with the lowest number */
    Broken row;                  /* the first row that is not what its events fold to; n 0 */
} ByMatter;

/* Keeps what is broken first; the walk of this stream ends. */
static Fail keep_broken(ByMatter *walk, const LedgerEvent *event, Word why)
{
    if (walk->broken.n == 0 || event->n < walk->broken.n) {
        walk->broken = (Broken){event->n, event->seq,
                                str_copy(walk->arena, walk->folded.name), why};
    }
    return FAIL_REFUSED;
}

static Fail check_event(void *with, const LedgerEvent *event, Fault *fault)
{
    (void)fault;
    ByMatter *walk = with;
    Word why = WORD_NONE;
    walk->events++;
    return folded_take(walk->docket, &walk->folded, event, &why) ? FAIL_NONE
                                                                 : keep_broken(walk, event, why);
}

static Fail check_own(void *with, const LedgerEvent *event, Fault *fault)
{
    (void)fault;
    ByMatter *walk = with;
    Word why = WORD_NONE;
    walk->events++;
    return docket_own_fits(walk->docket, event, &why) ? FAIL_NONE
                                                      : keep_broken(walk, event, why);
}

static bool rows_equal(const MatterRow *a, const MatterRow *b)
{
    return a->id == b->id && str_eq(a->name, b->name) && str_eq(a->edition, b->edition) &&
           str_eq(a->stage, b->stage) && str_eq(a->outcome, b->outcome) && a->final == b->final &&
           a->held == b->held && a->opened == b->opened && a->last == b->last &&
           a->seq == b->seq && a->ended == b->ended && str_eq(a->title, b->title);
}

/* What hangs on the calendar: equal only when the row was counted with the same one. */
static bool clocks_equal(const MatterRow *a, const MatterRow *b)
{
    return a->due == b->due && a->provisional == b->provisional && str_eq(a->clock, b->clock) &&
           str_eq(a->clocks, b->clocks);
}

/* Folds the matter of a row; goes on after a broken event, for another may come before it. */
static Fail check_row(void *with, const MatterRow *row, Fault *fault)
{
    ByMatter *walk = with;
    arena_reset(&walk->folded.arena);
    walk->folded = (Folded){.arena = walk->folded.arena};
    walk->matters++;
    Fail fail = ledger_stream(walk->docket->ledger, row->id, 0, check_event, walk, fault);
    if (fail != FAIL_NONE) {
        return fail == FAIL_REFUSED ? FAIL_NONE : fail;
    }
    bool right = row->formed && walk->folded.id == row->id;
    if (right) {
        MatterRow folded = docket_row(walk->docket, &walk->folded, &walk->packed);
        right = rows_equal(row, &folded) && (!walk->same_calendar || clocks_equal(row, &folded));
    }
    if (right && walk->same_calendar) {
        fail = docket_parts_check(walk->docket, &walk->folded, &right, &walk->parts, fault);
    }
    if (!right && walk->row.why == WORD_NONE) {
        walk->row = (Broken){0, 0, str_copy(walk->arena, row->name), WORD_DOCKET_BAD_PROJECTION};
    }
    return fail;
}

/* A part that no matter has would show somebody what they may not know. */
static Fail check_parts_count(ByMatter *walk, Fault *fault)
{
    int64_t stand = 0;
    Fail fail = ledger_parts_length(walk->docket->ledger, &stand, fault);
    if (fail == FAIL_NONE && walk->same_calendar && walk->broken.n == 0 &&
        walk->row.why == WORD_NONE && stand != walk->parts) {
        walk->row = (Broken){.why = WORD_DOCKET_BAD_ROWS};
    }
    return fail;
}

static Fail walk_matters(ByMatter *walk, Fault *fault)
{
    Str fingerprint;
    Fail fail = ledger_projection_get(walk->docket->ledger, "calendar", walk->arena, &fingerprint,
                                      fault);
    walk->same_calendar = fail == FAIL_NONE && str_eq(fingerprint, walk->docket->fingerprint);
    if (fail == FAIL_NONE) {
        fail = ledger_stream(walk->docket->ledger, 0, 0, check_own, walk, fault);
        fail = fail == FAIL_REFUSED ? FAIL_NONE : fail;
    }
    if (fail == FAIL_NONE) {
        fail = ledger_rows_by_id(walk->docket->ledger, check_row, walk, fault);
    }
    if (fail == FAIL_NONE) {
        fail = check_parts_count(walk, fault);
    }
    arena_done(&walk->folded.arena);
    buf_done(&walk->packed);
    return fail;
}

static Fail tell(Verified *verified, const Broken *broken)
{
    verified->bad_n = broken->n;
    verified->bad_seq = broken->seq;
    verified->bad_matter = broken->matter;
    verified->bad_why = broken->why;
    return FAIL_REFUSED;
}

/* The first of what the two walks found: events before pages, pages before rows. An index that is
 * damaged makes events seem broken to the second walk alone. */
static Fail settle(const ByNumber *numbers, const ByMatter *matters, Fail fail,
                   Verified *verified, Fault *fault)
{
    const Broken *first = &matters->broken;
    if (numbers->broken.n && (first->n == 0 || numbers->broken.n <= first->n)) {
        first = &numbers->broken;
    }
    if (numbers->broken.n) {
        return tell(verified, first);
    }
    if (numbers->fail != FAIL_NONE || numbers->pages != FAIL_NONE) {
        *fault = numbers->fail != FAIL_NONE ? numbers->fault : numbers->pages_fault;
        return numbers->fail != FAIL_NONE ? numbers->fail : numbers->pages;
    }
    if (first->n) {
        return tell(verified, first);
    }
    if (fail != FAIL_NONE) {
        return fail;
    }
    if (numbers->guards != FAIL_NONE) {
        return tell(verified, &(Broken){.why = WORD_DOCKET_BAD_GUARDS});
    }
    if (matters->row.why != WORD_NONE) {
        return tell(verified, &matters->row);
    }
    if (numbers->n != matters->events) {   /* events that no row stands for */
        return tell(verified, &(Broken){.why = WORD_DOCKET_BAD_ROWS});
    }
    return numbers->noted_found ? FAIL_NONE
                                : tell(verified, &(Broken){.why = WORD_DOCKET_NOTED_MISSING});
}

typedef struct Beside {          /* a walk on a thread of its own, or done where there is none */
    pthread_t thread;
    bool running;
} Beside;

static Beside beside(void *(*walk)(void *), ByNumber *numbers)
{
    Beside beside = {0};
    beside.running = pthread_create(&beside.thread, NULL, walk, numbers) == 0;
    if (!beside.running) {
        walk(numbers);
    }
    return beside;
}

static void beside_end(Beside *beside)
{
    if (beside->running) {
        pthread_join(beside->thread, NULL);
    }
}

/* The docket cannot even be opened: how far its events are whole all the same. */
static Fail verify_unopened(ByNumber *numbers, Verified *verified)
{
    numbers->limit = INT64_MAX;
    walk_numbers(numbers);
    verified->events = numbers->n;
    arena_done(&numbers->arena);
    return FAIL_SYSTEM;
}

Fail docket_verify_noted(const char *dir, Law *law, const Hash *noted, Arena *arena,
                         Verified *ret_verified, Fault *fault)
{
    *ret_verified = (Verified){0};
    Docket *docket;
    ByNumber numbers = {.dir = dir, .noted = noted};
    Fail fail = docket_open(dir, law, DOCKET_VERIFY, 0, &docket, NULL, fault);
    if (fail != FAIL_NONE) {
        Word why = fault ? fault->word : WORD_NONE;
        return why == WORD_DOCKET_NO_ROWS
                   ? tell(ret_verified, &(Broken){.why = WORD_DOCKET_BAD_ROWS})
               : why == WORD_STORE_DAMAGED ? verify_unopened(&numbers, ret_verified) : fail;
    }
    Hash head;   /* the docket was opened at one state; what is written later is not of it */
    numbers.kind = docket->hash;
    if (ledger_last(docket->ledger, &numbers.limit, &head, fault) != FAIL_NONE) {
        numbers.limit = INT64_MAX;
    }
    ByMatter matters = {.docket = docket, .arena = arena};
    Beside by_number = beside(walk_numbers, &numbers), by_page = beside(walk_pages, &numbers);
    fail = walk_matters(&matters, fault);
    beside_end(&by_number);
    beside_end(&by_page);
    ret_verified->hash = docket->hash;
    fail = settle(&numbers, &matters, fail, ret_verified, fault);
    ret_verified->bad_matter = str_copy(arena, ret_verified->bad_matter);
    ret_verified->events = numbers.n;
    ret_verified->matters = matters.matters;
    ret_verified->head = numbers.head;
    arena_done(&numbers.arena);
    docket_close(docket);
    return fail;
}

Fail docket_verify(const char *dir, Law *law, Arena *arena, Verified *ret_verified, Fault *fault)
{
    return docket_verify_noted(dir, law, NULL, arena, ret_verified, fault);
}
