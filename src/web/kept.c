/* kept.c: a table of sets of four; what was not asked for longest gives way. MHD counts who holds a
 * response: a page that is dropped while it is being sent stays until it is. */
#include "kept.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "gate.h"

enum { SETS = 2048, WAYS = 4 };

typedef struct Place {
    uint64_t mix;
    char *key;                   /* owned; NULL: empty */
    size_t key_len;
    KeptStamp stamp;
    KeptPage page;
    uint64_t used;
} Place;

struct Kept {
    pthread_mutex_t lock;
    Place places[SETS][WAYS];
    uint64_t turn;
    size_t bytes, hand;
};

static uint64_t mix_of(Str text, uint64_t mix)
{
    for (size_t i = 0; i < text.len; i++) {
        mix = (mix ^ (unsigned char)text.at[i]) * UINT64_C(1099511628211);
    }
    return mix ^ mix >> 29;
}

static bool stamp_eq(const KeptStamp *a, const KeptStamp *b)
{
    return a->events == b->events && a->desk == b->desk && a->people == b->people &&
           a->today == b->today;
}

static void empty(Kept *kept, Place *place)
{
    if (place->key) {
        kept->bytes -= place->page.bytes + place->key_len;
        MHD_destroy_response(place->page.plain);
        MHD_destroy_response(place->page.same);
        if (place->page.packed) {
            MHD_destroy_response(place->page.packed);
        }
        free(place->key);
        *place = (Place){0};
    }
}

Kept *kept_new(void)
{
    Kept *kept = memory_take(sizeof *kept);
    memset(kept, 0, sizeof *kept);
    pthread_mutex_init(&kept->lock, NULL);
    return kept;
}

void kept_free(Kept *kept)
{
    if (!kept) {
        return;
    }
    for (size_t i = 0; i < SETS * WAYS; i++) {
        empty(kept, &kept->places[i / WAYS][i % WAYS]);
    }
    pthread_mutex_destroy(&kept->lock);
    free(kept);
}

static Place *place_of(Kept *kept, Str key, uint64_t mix)
{
    Place *set = kept->places[mix % SETS];
    for (size_t i = 0; i < WAYS; i++) {
        if (set[i].key && set[i].mix == mix &&
            str_eq((Str){set[i].key, set[i].key_len}, key)) {
            return &set[i];
        }
    }
    return NULL;
}

bool kept_send(Kept *kept, Str key, const KeptStamp *stamp, struct MHD_Connection *connection,
               int *ret_status, size_t *ret_bytes)
{
    uint64_t mix = mix_of(key, UINT64_C(14695981039346656037));
    pthread_mutex_lock(&kept->lock);   /* MHD counts who holds a response only once it is queued */
    Place *place = place_of(kept, key, mix);
    bool found = place && stamp_eq(&place->stamp, stamp);
    if (found) {
        KeptPage *page = &place->page;
        bool same = gate_has_tag(connection, page->tag);
        bool packed = page->packed && gate_takes_gzip(connection);
        place->used = ++kept->turn;
        *ret_status = same ? 304 : 200;
        *ret_bytes = same ? 0 : page->bytes;
        found = MHD_queue_response(connection, (unsigned)*ret_status,
                                   same     ? page->same
                                   : packed ? page->packed
                                            : page->plain) == MHD_YES;
    }
    pthread_mutex_unlock(&kept->lock);
    return found;
}

/* Gives way until there is room. */
static void make_room(Kept *kept)
{
    for (size_t i = 0; kept->bytes > KEPT_BYTES_MAX && i < SETS * WAYS; i++) {
        kept->hand = (kept->hand + 1) % (SETS * WAYS);
        empty(kept, &kept->places[kept->hand / WAYS][kept->hand % WAYS]);
    }
}

void kept_put(Kept *kept, Str key, const KeptStamp *stamp, const KeptPage *page)
{
    uint64_t mix = mix_of(key, UINT64_C(14695981039346656037));
    pthread_mutex_lock(&kept->lock);
    Place *place = place_of(kept, key, mix);
    Place *set = kept->places[mix % SETS];
    for (size_t i = 0; !place && i < WAYS; i++) {
        place = set[i].key ? NULL : &set[i];
    }
    if (!place) {
        place = &set[0];
        for (size_t i = 1; i < WAYS; i++) {
            place = set[i].used < place->used ? &set[i] : place;
        }
    }
    empty(kept, place);
    char *own = memory_take(key.len + 1);
    memcpy(own, key.at, key.len);
    *place = (Place){.mix = mix, .key = own, .key_len = key.len, .stamp = *stamp, .page = *page,
                     .used = ++kept->turn};
    kept->bytes += page->bytes + key.len;
    make_room(kept);
    pthread_mutex_unlock(&kept->lock);
}

void kept_tag(Str bytes, Str key, char ret_tag[KEPT_TAG_BYTES])
{
    uint64_t mix = mix_of(bytes, mix_of(key, UINT64_C(14695981039346656037)));
    snprintf(ret_tag, KEPT_TAG_BYTES, "W/\"%016llx\"", (unsigned long long)mix);
}

size_t kept_bytes(Kept *kept)
{
    pthread_mutex_lock(&kept->lock);
    size_t bytes = kept->bytes;
    pthread_mutex_unlock(&kept->lock);
    return bytes;
}
