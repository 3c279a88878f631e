/* arena.h: one arena per act, file or request. Everything allocated in it is freed at once.
 * Floor 0; the only malloc of the pure floors. A process that cannot get memory ends with a word
 * on standard error and exit status 3: the ledger is transactional, nothing is half-done. */
#ifndef SHENCHA_ARENA_H
#define SHENCHA_ARENA_H

#include <stddef.h>

typedef struct ArenaPage ArenaPage;
typedef struct Arena {
    ArenaPage *page;   /* newest page, linked to older ones; NULL in an empty arena */
    size_t used;       /* bytes used in the newest page */
    size_t total;      /* bytes of all pages */
} Arena;

/* A zeroed Arena is an empty one: `Arena arena = {0};` */

/* `size` zeroed bytes, aligned for any type; lives until arena_reset or arena_done. Never NULL. */
void *arena_take(Arena *arena, size_t size);
/* The same for `count` items of `size` bytes; the product is checked. */
void *arena_take_many(Arena *arena, size_t count, size_t size);
/* Copies `size` bytes of `from` into the arena. */
void *arena_copy(Arena *arena, const void *from, size_t size);
/* Grows an array of the arena: returns room for at least `need` items (doubling), the `count` old
 * ones copied; *capacity is updated. The old array stays where it was until the arena is reset. */
void *arena_grow(Arena *arena, void *array, size_t count, size_t *capacity, size_t need,
                 size_t size);
/* Forgets everything but keeps one page for reuse. */
void arena_reset(Arena *arena);
/* Frees everything. Fine on an empty arena and twice. */
void arena_done(Arena *arena);

#define ARENA_NEW(arena, Type) ((Type *)arena_take((arena), sizeof(Type)))
#define ARENA_MANY(arena, Type, count) ((Type *)arena_take_many((arena), (count), sizeof(Type)))

/* malloc, realloc and strdup that end the process with a word when memory is out. Caller frees. */
void *memory_take(size_t size);
void *memory_grow(void *old, size_t size);

#endif
