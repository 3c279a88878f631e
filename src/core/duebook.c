/* duebook.c: arrays of entries and holds, grown by doubling. */
#include "duebook.h"

#include <stdlib.h>

enum { PACKED_HEAD = 16, PACKED_HOLD = 8 };

void duebook_put(DueBook *book, const DueEntry *entry, const Hold *holds)
{
    if (book->count == book->capacity) {
        book->capacity = book->capacity ? book->capacity * 2 : 64;
        book->entries = memory_grow(book->entries, book->capacity * sizeof *book->entries);
    }
    while (book->holds_count + entry->holds_count > book->holds_capacity) {
        book->holds_capacity = book->holds_capacity ? book->holds_capacity * 2 : 64;
        book->holds = memory_grow(book->holds, book->holds_capacity * sizeof *book->holds);
    }
    DueEntry *kept = &book->entries[book->count++];
    *kept = *entry;
    kept->holds_at = (uint32_t)book->holds_count;
    if (entry->holds_count) {
        memcpy(book->holds + book->holds_count, holds, entry->holds_count * sizeof *holds);
        book->holds_count += entry->holds_count;
    }
}

void duebook_add(DueBook *book, uint32_t id, const Matter *matter, const Calendar *calendar, Day on)
{
    for (size_t i = 0; i < matter->clocks_count; i++) {
        const ClockRun *run = &matter->clocks[i];
        if (run->end != CLOCK_OPEN) {
            continue;
        }
        Hold holds[MATTER_HOLDS_MAX];
        ClockStatus status = dayclock_status(matter, run, calendar, on);
        DueEntry entry = {.matter = id, .due = status.due, .provisional = status.provisional,
                          .started = run->started - (matter->edition->first_day_counted ? 1 : 0),
                          .allowed = (uint32_t)run->allowed, .clock = run->clock,
                          .holds_count =
                              (uint16_t)dayclock_holds(matter, run, holds, MATTER_HOLDS_MAX)};
        duebook_put(book, &entry, holds);
    }
}

size_t duebook_recount(DueBook *book, const Calendar *calendar, DueEach *each, void *with)
{
    size_t moved = 0;
    for (size_t i = 0; i < book->count; i++) {
        DueEntry *entry = &book->entries[i];
        bool held;
        Day due = dayclock_due(calendar, entry->started, entry->allowed,
                               entry->holds_count ? book->holds + entry->holds_at : NULL,
                               entry->holds_count, &held);
        uint8_t provisional = due != DAY_NONE && calendar_provisional(calendar, due);
        if (due == entry->due && provisional == entry->provisional) {
            continue;
        }
        DueChange change = {entry, entry->due, entry->provisional != 0};
        entry->due = due;
        entry->provisional = provisional;
        moved++;
        if (each) {
            each(with, &change);
        }
    }
    return moved;
}

size_t duebook_bytes(const DueBook *book)
{
    return book->capacity * sizeof *book->entries + book->holds_capacity * sizeof *book->holds;
}

void duebook_done(DueBook *book)
{
    free(book->entries);
    free(book->holds);
    *book = (DueBook){0};
}

static void put_number(Buf *buf, uint32_t number, int bytes)
{
    for (int i = 0; i < bytes; i++) {
        buf_put_byte(buf, (char)(number >> (8 * i) & 0xFF));
    }
}

static uint32_t get_number(Str packed, size_t at, int bytes)
{
    uint32_t number = 0;
    for (int i = 0; i < bytes; i++) {
        number |= (uint32_t)(unsigned char)packed.at[at + (size_t)i] << (8 * i);
    }
    return number;
}

void duebook_pack(Buf *buf, const DueEntry *entry, const Hold *holds)
{
    put_number(buf, (uint32_t)entry->started, 4);
    put_number(buf, (uint32_t)entry->due, 4);
    put_number(buf, entry->allowed, 4);
    put_number(buf, entry->clock, 1);
    put_number(buf, entry->provisional, 1);
    put_number(buf, entry->holds_count, 2);
    for (uint16_t i = 0; i < entry->holds_count; i++) {
        put_number(buf, (uint32_t)holds[i].from, 4);
        put_number(buf, (uint32_t)holds[i].to, 4);
    }
}

bool duebook_unpack(DueBook *book, uint32_t id, Str packed)
{
    for (size_t at = 0; at < packed.len;) {
        if (packed.len - at < PACKED_HEAD) {
            return false;
        }
        DueEntry entry = {.matter = id, .started = (Day)get_number(packed, at, 4),
                          .due = (Day)get_number(packed, at + 4, 4),
                          .allowed = get_number(packed, at + 8, 4),
                          .clock = (uint8_t)get_number(packed, at + 12, 1),
                          .provisional = (uint8_t)get_number(packed, at + 13, 1),
                          .holds_count = (uint16_t)get_number(packed, at + 14, 2)};
        at += PACKED_HEAD;
        if (packed.len - at < (size_t)entry.holds_count * PACKED_HOLD) {
            return false;
        }
        Hold holds[MATTER_HOLDS_MAX];
        for (uint16_t i = 0; i < entry.holds_count; i++, at += PACKED_HOLD) {
            holds[i] = (Hold){(Day)get_number(packed, at, 4),
                              (Day)get_number(packed, at + 4, 4), 0};
        }
        duebook_put(book, &entry, holds);
    }
    return true;
}
