/* arena.c: pages in a list, newest first. Under the address sanitizer every allocation gets a page
 * of its own, so that an overrun is seen. */
#include "arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE_BYTES_FIRST = 4 * 1024, PAGE_BYTES = 64 * 1024, ALIGN = 16 };

struct ArenaPage {
    ArenaPage *older;
    size_t size;
    _Alignas(16) unsigned char at[];
};

static _Noreturn void out_of_memory(void)
{
    fputs("shencha: out of memory / 内存不足\n", stderr);
    exit(3);
}

void *memory_take(size_t size)
{
    void *taken = malloc(size ? size : 1);
    if (!taken) {
        out_of_memory();
    }
    return taken;
}

void *memory_grow(void *old, size_t size)
{
    void *taken = realloc(old, size ? size : 1);
    if (!taken) {
        out_of_memory();
    }
    return taken;
}

static void page_add(Arena *arena, size_t size)
{
    ArenaPage *page = memory_take(sizeof *page + size);
    page->older = arena->page;
    page->size = size;
    arena->page = page;
    arena->used = 0;
    arena->total += size;
}

void *arena_take(Arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2) {
        out_of_memory();
    }
    size_t rounded = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
#if defined(__SANITIZE_ADDRESS__)
    page_add(arena, size);
    arena->used = size;
    memset(arena->page->at, 0, size);
    (void)rounded;
    return arena->page->at;
#else
    if (!arena->page || arena->page->size - arena->used < rounded) {
        /* Pages double until they are large: most arenas of a docket hold one small matter. */
        size_t page = arena->total < PAGE_BYTES_FIRST ? PAGE_BYTES_FIRST
                      : arena->total < PAGE_BYTES     ? arena->total
                                                      : PAGE_BYTES;
        page_add(arena, rounded > page / 4 ? rounded + page : page);
    }
    void *taken = arena->page->at + arena->used;
    arena->used += rounded;
    memset(taken, 0, size);
    return taken;
#endif
}

void *arena_take_many(Arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / 2 / size) {
        out_of_memory();
    }
    return arena_take(arena, count * size);
}

void *arena_copy(Arena *arena, const void *from, size_t size)
{
    void *taken = arena_take(arena, size);
    if (size) {
        memcpy(taken, from, size);
    }
    return taken;
}

void *arena_grow(Arena *arena, void *array, size_t count, size_t *capacity, size_t need,
                 size_t size)
{
    if (need <= *capacity) {
        return array;
    }
    size_t wanted = *capacity ? *capacity * 2 : 8;
    if (wanted < need) {
        wanted = need;
    }
    void *grown = arena_take_many(arena, wanted, size);
    if (count) {
        memcpy(grown, array, count * size);
    }
    *capacity = wanted;
    return grown;
}

void arena_reset(Arena *arena)
{
    while (arena->page && arena->page->older) {
        ArenaPage *older = arena->page->older;
        arena->total -= arena->page->size;
        free(arena->page);
        arena->page = older;
    }
#if defined(__SANITIZE_ADDRESS__)
    arena_done(arena);
#endif
    arena->used = 0;
}

void arena_done(Arena *arena)
{
    while (arena->page) {
        ArenaPage *older = arena->page->older;
        free(arena->page);
        arena->page = older;
    }
    arena->used = 0;
    arena->total = 0;
}
