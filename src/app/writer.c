/* writer.c: a queue, a thread, a table of folded matters.
 *
 *   producers ──▶ queue ──▶ [ begin · decide, append … · rows · commit ] ──▶ acknowledged
 *
 * The table holds matters as the record has them; when another program has written, it is emptied
 * and filled again from the record. A group that cannot be committed is told to everyone in it, and
 * the matters it touched are forgotten. */
#include "writer.h"

#include <pthread.h>
#include <stdlib.h>

enum { TABLE_SIZE = 1024 };      /* twice the matters kept, a power of two */

typedef struct Request {
    const Wanted *wanted;
    Written *written;
    Fault *fault;
    Fail fail;
    bool ready, key_used;
    WriterDone *tell;            /* NULL: somebody waits for it in writer_do */
    void *with;
    struct Request *next;
} Request;

typedef struct Entry {           /* a matter that is kept */
    Folded folded;
    Str name;                    /* owned */
    bool fresh;                  /* its row is not there yet */
    bool touched;                /* by this group */
} Entry;

struct Writer {
    Docket *docket;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake, done;
    Request *first, *last;
    bool stopping;
    Entry *table[TABLE_SIZE];
    size_t kept;
    int64_t version;             /* of the database, as this connection saw it last */
    Entry *touched[WRITER_GROUP_MAX];
    size_t touched_count;
};

static size_t place_of(Str name)
{
    uint64_t mix = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < name.len; i++) {
        mix = (mix ^ (unsigned char)name.at[i]) * UINT64_C(1099511628211);
    }
    return (size_t)(mix ^ mix >> 29);
}

static void entry_free(Entry *entry)
{
    folded_done(&entry->folded);
    free((char *)entry->name.at);
    free(entry);
}

static void forget_all(Writer *writer)
{
    for (size_t i = 0; i < TABLE_SIZE && writer->kept; i++) {
        if (writer->table[i]) {
            entry_free(writer->table[i]);
            writer->table[i] = NULL;
        }
    }
    writer->kept = 0;
    writer->touched_count = 0;
}

static Fail entry_of(Writer *writer, Str name, Entry **ret_entry, Fault *fault)
{
    size_t at = place_of(name) % TABLE_SIZE;
    while (writer->table[at] && !str_eq(writer->table[at]->name, name)) {
        at = (at + 1) % TABLE_SIZE;
    }
    if (!writer->table[at]) {
        Entry *entry = memory_take(sizeof *entry);
        char *kept = memory_take(name.len + 1);
        memcpy(kept, name.at, name.len);
        *entry = (Entry){.name = {kept, name.len}};
        Fail fail = docket_fold(writer->docket, entry->name, &entry->folded, fault);
        if (fail != FAIL_NONE) {
            entry_free(entry);
            return fail;
        }
        entry->fresh = entry->folded.id == 0;
        writer->table[at] = entry;
        writer->kept++;
    }
    *ret_entry = writer->table[at];
    return FAIL_NONE;
}

/* A key that stands already concerns this act alone, not its group. */
static Fail key_used(Writer *writer, Request *request, bool *ret_used)
{
    Arena arena = {0};
    LedgerEvent event;
    *ret_used = false;
    Str key = request->wanted->key;
    Fail fail = key.len ? ledger_by_key(docket_ledger(writer->docket), key, &arena, ret_used,
                                        &event, request->fault)
                        : FAIL_NONE;
    arena_done(&arena);
    return fail;
}

/* An edition of the producer's law is another thread's: the writer has the same one of its own.
 * What the law that this service runs with does not have stays as it came. */
static Fail own_edition(Writer *writer, Wanted *wanted, Fault *fault)
{
    const Edition *own;
    Fail fail = law_edition(docket_law(writer->docket), wanted->edition->id, &own, fault);
    if (fail == FAIL_NONE && str_eq(own->text, wanted->edition->text)) {
        wanted->edition = own;
    }
    return fail;
}

/* Is the matter still the one that this was decided upon? */
static Fail look_at_place(const Wanted *wanted, const Folded *folded, Fault *fault)
{
    bool taken = folded->id && wanted->facts_given;
    bool moved = wanted->seq_seen && wanted->seq_seen != folded->seq;
    return taken || moved ? FAULT(fault, FAIL_CONFLICT, WORD_DOCKET_MEANWHILE, wanted->matter)
                          : FAIL_NONE;
}

static Fail do_one(Writer *writer, Request *request)
{
    Entry *entry;
    Decision decision;
    bool used;
    Wanted wanted = *request->wanted;
    Fail fail = key_used(writer, request, &used);
    if (fail == FAIL_NONE && used) {
        request->key_used = true;
        return FAIL_NONE;
    }
    if (fail == FAIL_NONE) {
        fail = entry_of(writer, wanted.matter, &entry, request->fault);
    }
    if (fail == FAIL_NONE) {
        fail = look_at_place(&wanted, &entry->folded, request->fault);
    }
    if (fail == FAIL_NONE && entry->folded.id == 0) {
        fail = own_edition(writer, &wanted, request->fault);
    }
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = docket_append(writer->docket, &entry->folded, &wanted, &decision, request->fault);
    if (fail == FAIL_REFUSED) {
        *request->written = (Written){.refused = true, .clause = decision.clause,
                                      .why = decision.why, .seq = entry->folded.seq};
        return FAIL_NONE;
    }
    if (fail == FAIL_NONE) {
        *request->written = (Written){.seq = entry->folded.seq};
        if (!entry->touched) {
            entry->touched = true;
            writer->touched[writer->touched_count++] = entry;
        }
    }
    return fail;
}

/* These concern one act alone: nothing was written for it. The others hit the database. */
static bool concerns_one(Fail fail)
{
    return fail == FAIL_INPUT || fail == FAIL_CONFLICT || fail == FAIL_NONE;
}

static Fail write_rows(Writer *writer, Fault *fault)
{
    Fail fail = FAIL_NONE;
    for (size_t i = 0; fail == FAIL_NONE && i < writer->touched_count; i++) {
        Entry *entry = writer->touched[i];
        fail = docket_project(writer->docket, &entry->folded, entry->fresh, fault);
    }
    return fail;
}

static void group_kept(Writer *writer)
{
    for (size_t i = 0; i < writer->touched_count; i++) {
        writer->touched[i]->touched = false;
        writer->touched[i]->fresh = false;
    }
    writer->touched_count = 0;
    if (writer->kept > WRITER_MATTERS_MAX - WRITER_GROUP_MAX) {
        forget_all(writer);
    }
}

static Fail begin_group(Writer *writer, Fault *fault)
{
    int64_t version;
    Ledger *ledger = docket_ledger(writer->docket);
    Fail fail = ledger_begin(ledger, fault);
    if (fail == FAIL_NONE) {
        fail = ledger_version(ledger, &version, fault);
    }
    if (fail == FAIL_NONE && version != writer->version) {   /* another program has written */
        forget_all(writer);
        fail = docket_renew(writer->docket, fault);
        writer->version = version;
    }
    return fail;
}

/* Does a group of requests in one transaction. */
static void do_group(Writer *writer, Request **group, size_t count)
{
    Fault fault;
    Ledger *ledger = docket_ledger(writer->docket);
    Fail fail = begin_group(writer, &fault);
    for (size_t i = 0; fail == FAIL_NONE && i < count; i++) {
        group[i]->fail = do_one(writer, group[i]);
        if (!concerns_one(group[i]->fail)) {   /* nothing of this group can be kept */
            fail = group[i]->fail;
            fault = *group[i]->fault;
        }
    }
    if (fail == FAIL_NONE) {
        fail = write_rows(writer, &fault);
    }
    if (fail == FAIL_NONE) {
        fail = ledger_commit(ledger, &fault);
    }
    if (fail == FAIL_NONE) {
        group_kept(writer);
        return;
    }
    ledger_end(ledger);
    forget_all(writer);
    writer->version = -1;
    for (size_t i = 0; i < count; i++) {
        group[i]->fail = fail;
        *group[i]->fault = fault;
    }
}

static Fail outcome_of(Request *request)
{
    return request->fail == FAIL_NONE && request->key_used
               ? FAULT(request->fault, FAIL_CONFLICT, WORD_DOCKET_KEY_USED, request->wanted->key)
               : request->fail;
}

/* Tells those who did not wait; their places in the group are empty afterwards. */
static void tell_group(Request **group, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (group[i]->tell) {
            Request *request = group[i];
            group[i] = NULL;
            Fail fail = outcome_of(request);
            request->tell(request->with, fail);
            free(request);
        }
    }
}

static void *write_all(void *with)
{
    Writer *writer = with;
    Request *group[WRITER_GROUP_MAX];
    pthread_mutex_lock(&writer->lock);
    while (writer->first || !writer->stopping) {
        if (!writer->first) {
            pthread_cond_wait(&writer->wake, &writer->lock);
            continue;
        }
        size_t count = 0;
        while (writer->first && count < WRITER_GROUP_MAX) {
            group[count++] = writer->first;
            writer->first = writer->first->next;
        }
        writer->last = writer->first ? writer->last : NULL;
        pthread_mutex_unlock(&writer->lock);
        do_group(writer, group, count);
        tell_group(group, count);
        pthread_mutex_lock(&writer->lock);
        for (size_t i = 0; i < count; i++) {
            if (group[i]) {
                group[i]->ready = true;
            }
        }
        pthread_cond_broadcast(&writer->done);
    }
    pthread_mutex_unlock(&writer->lock);
    return NULL;
}

Fail writer_start(const char *dir, Law *law, int64_t now, Writer **ret_writer, Fault *fault)
{
    Writer *writer = memory_take(sizeof *writer);
    *writer = (Writer){.version = -1};
    Fail fail = docket_open(dir, law, DOCKET_WRITE, now, &writer->docket, NULL, fault);
    if (fail != FAIL_NONE) {
        free(writer);
        return fail;
    }
    ledger_frugal(docket_ledger(writer->docket));
    pthread_mutex_init(&writer->lock, NULL);
    pthread_cond_init(&writer->wake, NULL);
    pthread_cond_init(&writer->done, NULL);
    if (pthread_create(&writer->thread, NULL, write_all, writer) != 0) {
        docket_close(writer->docket);
        free(writer);
        return FAULT_PLAIN(fault, FAIL_SYSTEM, WORD_WRITER_NO_THREAD);
    }
    *ret_writer = writer;
    return FAIL_NONE;
}

static void enqueue(Writer *writer, Request *request)
{
    if (writer->last) {
        writer->last->next = request;
    } else {
        writer->first = request;
    }
    writer->last = request;
    pthread_cond_signal(&writer->wake);
}

Fail writer_do(Writer *writer, const Wanted *wanted, Written *ret_written, Fault *fault)
{
    Request request = {.wanted = wanted, .written = ret_written, .fault = fault};
    Request *own = &request;   /* stays in the queue only until it is ready, below */
    pthread_mutex_lock(&writer->lock);
    enqueue(writer, own);
    while (!request.ready) {
        pthread_cond_wait(&writer->done, &writer->lock);
    }
    pthread_mutex_unlock(&writer->lock);
    return outcome_of(&request);
}

void writer_submit(Writer *writer, const Wanted *wanted, Written *ret_written, Fault *fault,
                   WriterDone *done, void *with)
{
    Request *request = memory_take(sizeof *request);
    *request = (Request){.wanted = wanted, .written = ret_written, .fault = fault, .tell = done,
                         .with = with};
    pthread_mutex_lock(&writer->lock);
    enqueue(writer, request);
    pthread_mutex_unlock(&writer->lock);
}

void writer_stop(Writer *writer)
{
    if (!writer) {
        return;
    }
    pthread_mutex_lock(&writer->lock);
    writer->stopping = true;
    pthread_cond_signal(&writer->wake);
    pthread_mutex_unlock(&writer->lock);
    pthread_join(writer->thread, NULL);
    forget_all(writer);
    docket_close(writer->docket);
    pthread_mutex_destroy(&writer->lock);
    pthread_cond_destroy(&writer->wake);
    pthread_cond_destroy(&writer->done);
    free(writer);
}
