/* docket_parts.c: the parts of a matter (core/parts.h) as rows. They follow from the record and the
 * calendar alone, on the day of the last act: that a round has run out since, its due day tells.
 * Packed: for each part, by hat: length and bytes of the hat, then AFTER bytes of the rest. */
#include <assert.h>

#include "docket_inside.h"
#include "parts.h"

enum { AFTER = 2 + 2 * sizeof(Day) };

static void pack_part(Buf *buf, const MatterPart *part)
{
    char rest[AFTER] = {(char)part->awaited, (char)part->blocked};
    memcpy(rest + 2, &part->due, sizeof part->due);
    memcpy(rest + 2 + sizeof part->due, &part->since, sizeof part->since);
    uint16_t length = (uint16_t)part->hat.len;
    buf_put(buf, (Str){(const char *)&length, sizeof length});
    buf_put(buf, part->hat);
    buf_put(buf, (Str){rest, sizeof rest});
}

/* The part at *at; false at the end. */
static bool unpack_part(Str packed, size_t *at, MatterPart *ret_part)
{
    uint16_t length;
    if (*at + sizeof length > packed.len) {
        return false;
    }
    memcpy(&length, packed.at + *at, sizeof length);
    const char *rest = packed.at + *at + sizeof length + length;
    *ret_part = (MatterPart){.hat = {packed.at + *at + sizeof length, length},
                             .awaited = (ActId)rest[0], .blocked = rest[1]};
    memcpy(&ret_part->due, rest + 2, sizeof ret_part->due);
    memcpy(&ret_part->since, rest + 2 + sizeof ret_part->due, sizeof ret_part->since);
    *at += sizeof length + length + AFTER;
    return true;
}

static void pack_parts(Docket *docket, const Folded *folded, Buf *buf)
{
    Arena arena = {0};
    size_t count;
    const Matter *matter = &folded->matter;
    const MatterPart *parts = parts_of(&arena, matter, folded->acts, folded->acts_count,
                                       docket->calendar, matter->last_on, &count);
    bool ended = matter->stage != ID_NONE && folded->edition->stages[matter->stage].final;
    buf_clear(buf);
    for (size_t i = 0; i < count; i++) {
        MatterPart part = parts[i];
        part.due = ended ? DAY_LAST : part.due;
        pack_part(buf, &part);
    }
    arena_done(&arena);
}

static PartRow part_row(const Folded *folded, const MatterPart *part)
{
    return (PartRow){.hat = part->hat, .matter = folded->id,
                     .awaited = part->awaited == ID_NONE
                                    ? STR_NONE : folded->edition->acts[part->awaited].id,
                     .blocked = part->blocked, .due = part->due,
                     .since = part->since};
}

static Str counted_under(const Folded *folded)
{
    return (Str){folded->parts_calendar, sizeof folded->parts_calendar};
}

static void parts_stand(Docket *docket, Folded *folded)
{
    assert(docket->fingerprint.len == sizeof folded->parts_calendar);
    memcpy(folded->parts_calendar, docket->fingerprint.at, sizeof folded->parts_calendar);
    folded->parts_known = true;
}

void docket_parts_before(Docket *docket, Folded *folded)
{
    if (folded->parts_known && str_eq(counted_under(folded), docket->fingerprint)) {
        return;
    }
    buf_clear(&folded->parts);
    if (folded->id) {            /* a new matter has none */
        pack_parts(docket, folded, &folded->parts);
    }
    parts_stand(docket, folded);
}

static bool part_eq(const MatterPart *a, const MatterPart *b)
{
    return a->awaited == b->awaited && a->blocked == b->blocked && a->due == b->due &&
           a->since == b->since;
}

Fail docket_parts_write(Docket *docket, Folded *folded, Fault *fault)
{
    Buf now = {0};
    Fail fail = FAIL_NONE;
    MatterPart part, before = {.hat = STR_NONE};
    size_t at = 0, at_before = 0;
    pack_parts(docket, folded, &now);
    if (!folded->parts_known || !str_eq(counted_under(folded), docket->fingerprint)) {
        buf_clear(&folded->parts);
    }
    bool more = unpack_part(buf_str(&folded->parts), &at_before, &before);
    while (fail == FAIL_NONE && unpack_part(buf_str(&now), &at, &part)) {
        while (more && str_cmp(before.hat, part.hat) < 0) {
            more = unpack_part(buf_str(&folded->parts), &at_before, &before);
        }
        if (!more || !str_eq(before.hat, part.hat) || !part_eq(&before, &part)) {
            PartRow row = part_row(folded, &part);
            fail = ledger_part_put(docket->ledger, &row, fault);
        }
    }
    buf_done(&folded->parts);
    folded->parts = now;
    parts_stand(docket, folded);
    return fail;
}

Fail docket_parts_check(Docket *docket, Folded *folded, bool *ret_right, int64_t *ret_count,
                        Fault *fault)
{
    Buf packed = {0};
    MatterPart part;
    Fail fail = FAIL_NONE;
    *ret_right = true;
    pack_parts(docket, folded, &packed);
    for (size_t at = 0; fail == FAIL_NONE && unpack_part(buf_str(&packed), &at, &part);) {
        bool same = false;
        PartRow row = part_row(folded, &part);
        fail = ledger_part_same(docket->ledger, &row, &same, fault);
        *ret_right &= same;
        ++*ret_count;
    }
    buf_done(&packed);
    return fail;
}
