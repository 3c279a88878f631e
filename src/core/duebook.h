/* duebook.h: the due days of very many open clocks, compact, counted again when a notice changes
 * the calendar. Floor 2, pure. An entry is 24 bytes and 8 for each hold; a matter under review has
 * one clock or, in a circulation, one for each recipient. */
#ifndef SHENCHA_DUEBOOK_H
#define SHENCHA_DUEBOOK_H

#include "dayclock.h"

typedef struct DueEntry {
    uint32_t matter;     /* id of the matter in the docket */
    Day started;         /* counted from the day after it */
    Day due;             /* DAY_NONE while held */
    uint32_t holds_at;   /* first of its holds in the book */
    uint32_t allowed;
    uint16_t holds_count;
    uint8_t clock;       /* id within the matter's edition */
    uint8_t provisional;
} DueEntry;

typedef struct DueBook {
    DueEntry *entries;
    size_t count, capacity;
    Hold *holds;
    size_t holds_count, holds_capacity;
} DueBook;               /* zeroed: empty */

/* Adds the open clocks of a matter, as they stand under `calendar` on `on`. */
void duebook_add(DueBook *book, uint32_t id, const Matter *matter, const Calendar *calendar,
                 Day on);
/* Adds one entry; at most MATTER_HOLDS_MAX holds. */
void duebook_put(DueBook *book, const DueEntry *entry, const Hold *holds);

typedef struct DueChange {
    const DueEntry *entry;   /* with the new due day */
    Day before;
    bool provisional_before;
} DueChange;
typedef void DueEach(void *with, const DueChange *change);
/* Counts every due day again under another calendar; `each` (may be NULL) hears of those that moved
 * or became firm. Returns how many. */
size_t duebook_recount(DueBook *book, const Calendar *calendar, DueEach *each, void *with);
/* Bytes that the book takes. */
size_t duebook_bytes(const DueBook *book);
void duebook_done(DueBook *book);

/* An entry packed for the docket's rows: appended to `buf`; and read back. False when the bytes are
 * no whole entries. */
void duebook_pack(Buf *buf, const DueEntry *entry, const Hold *holds);
bool duebook_unpack(DueBook *book, uint32_t id, Str packed);

#endif
