/* docket_fold.c: a matter folded from its events; its row folded from the matter. */
#include "docket_inside.h"
#include "script.h"

static bool take_opening(Docket *docket, Folded *folded, const Canon *body, Word *ret_why)
{
    folded->name = canon_text(body, "matter");
    folded->law = canon_text(body, "law");
    folded->edition = docket_edition(docket, folded->law, canon_text(body, "edition"));
    if (!folded->edition) {
        *ret_why = WORD_DOCKET_BAD_LAW;
        return false;
    }
    if (!script_name_fits(folded->name) ||
        !event_facts(&folded->arena, folded->edition, body, &folded->facts)) {
        *ret_why = WORD_DOCKET_BAD_FORM;
        return false;
    }
    matter_init(&folded->matter, &folded->arena, folded->edition, &folded->facts);
    return true;
}

bool folded_take(Docket *docket, Folded *folded, const LedgerEvent *event, Word *ret_why)
{
    Str kept = str_copy(&folded->arena, event->body);
    const Canon *canon = canon_read(&folded->arena, kept, NULL);
    Act act;
    if (!event->formed || !canon || canon->kind != CANON_MAP) {
        *ret_why = event->formed ? WORD_DOCKET_BAD_FORM : WORD_DOCKET_BAD_COLUMN;
        return false;
    }
    if (canon_number(canon, "seq", 0) != folded->seq + 1) {
        *ret_why = WORD_DOCKET_BAD_SEQUENCE;
        return false;
    }
    if (folded->seq == 0 && !take_opening(docket, folded, canon, ret_why)) {
        return false;
    }
    /* The hash covers the body alone: what stands beside it must be what the body says. */
    if (!str_eq(canon_text(canon, "matter"), folded->name) ||
        !str_eq(canon_text(canon, "key"), event->key)) {
        *ret_why = WORD_DOCKET_BAD_MATTER;
        return false;
    }
    if (!event_act(&folded->arena, folded->edition, canon, &act)) {
        *ret_why = WORD_DOCKET_BAD_FORM;
        return false;
    }
    bool in_order = folded->matter.last_on == DAY_NONE || act.on >= folded->matter.last_on;
    const Branch *branch = in_order ? matter_branch(&folded->matter, &act) : NULL;
    if (!branch) {
        *ret_why = WORD_DOCKET_BAD_FOLD;
        return false;
    }
    Act *done = arena_copy(&folded->arena, &act, sizeof act);
    matter_apply(&folded->matter, done, branch);
    folded->acts = arena_grow(&folded->arena, folded->acts, folded->acts_count,
                              &folded->acts_capacity, folded->acts_count + 1, sizeof act);
    folded->acts[folded->acts_count++] = act;
    folded->id = event->matter;
    folded->seq++;
    return true;
}

Fail docket_broken(int64_t n, Word why, Fault *fault)
{
    Buf number = {0};
    buf_put_int(&number, n);
    Fail fail = FAULT(fault, FAIL_SYSTEM, WORD_DOCKET_BROKEN, buf_str(&number));
    if (fault) {
        fault->because = why;
    }
    buf_done(&number);
    return fail;
}

Fail folding_event(void *with, const LedgerEvent *event, Fault *fault)
{
    Folding *folding = with;
    Word why = WORD_NONE;
    return folded_take(folding->docket, folding->folded, event, &why)
               ? FAIL_NONE
               : docket_broken(event->n, why, fault);
}

static Fail fold_name(Docket *docket, Str name, Folded *ret_folded, Fault *fault)
{
    *ret_folded = (Folded){0};
    ret_folded->name = str_copy(&ret_folded->arena, name);
    bool found;
    MatterRow row;
    Fail fail = ledger_row(docket->ledger, name, &ret_folded->arena, &found, &row, fault);
    if (fail != FAIL_NONE || !found) {
        return fail;
    }
    Folding folding = {docket, ret_folded};
    return ledger_stream(docket->ledger, row.id, 0, folding_event, &folding, fault);
}

Fail docket_fold(Docket *docket, Str name, Folded *ret_folded, Fault *fault)
{
    Fault own = {0};
    Fault *told = fault ? fault : &own;
    int64_t before = docket->own_seq;
    Fail fail = fold_name(docket, name, ret_folded, told);
    if (fail == FAIL_SYSTEM && told->because == WORD_DOCKET_BAD_LAW) {
        /* Another program may have recorded the law since stream 0 was read. */
        Fault first = *told;
        fail = docket_learn_more(docket, told);
        if (fail == FAIL_NONE && docket->own_seq == before) {
            *told = first;
            return FAIL_SYSTEM;
        }
        folded_done(ret_folded);
        fail = fail == FAIL_NONE ? fold_name(docket, name, ret_folded, told) : fail;
    }
    return fail;
}

Fail docket_fold_id(Docket *docket, int64_t id, Folded *ret_folded, Fault *fault)
{
    *ret_folded = (Folded){0};
    Folding folding = {docket, ret_folded};
    return ledger_stream(docket->ledger, id, 0, folding_event, &folding, fault);
}

void folded_done(Folded *folded)
{
    buf_done(&folded->parts);
    arena_done(&folded->arena);
    *folded = (Folded){0};
}

Fail docket_position(Docket *docket, Folded *folded, Day on, const Position **ret_position,
                     Fault *fault)
{
    uint32_t bad = 0;
    *ret_position = position_recorded(&folded->arena, folded->name, folded->edition,
                                      &folded->facts, folded->acts, folded->acts_count,
                                      docket->calendar, on, &bad);
    return *ret_position ? FAIL_NONE : docket_broken(bad, WORD_DOCKET_BAD_FOLD, fault);
}

/* What a matter is about, in the words of whoever opened it. */
static Str title_of(const Folded *folded)
{
    static const char *const keys[] = {"title", "product", "service", "object", "name"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const Value *fact = facts_purchase(&folded->facts, str_from(keys[i]));
        if (fact && fact->kind == VALUE_TEXT && fact->text.len) {
            return fact->text;
        }
    }
    return folded->name;
}

/* The day on which the end was reached: what comes after it (publication) does not move it. */
static Day ended_on(const Folded *folded)
{
    const Matter *matter = &folded->matter;
    bool final = folded->edition->stages[matter->stage].final;
    return final && matter->stage_since <= folded->acts_count && matter->stage_since > 0
               ? folded->acts[matter->stage_since - 1].on : DAY_NONE;
}

MatterRow docket_row(Docket *docket, Folded *folded, Buf *packed)
{
    const Matter *matter = &folded->matter;
    const Edition *edition = folded->edition;
    MatterRow row = {.id = folded->id, .name = folded->name, .title = title_of(folded),
                     .edition = edition->id, .stage = edition->stages[matter->stage].id,
                     .outcome = matter->outcome, .final = edition->stages[matter->stage].final,
                     .opened = folded->acts[0].on, .last = matter->last_on,
                     .ended = ended_on(folded), .seq = folded->seq, .due = DAY_NONE};
    DueBook book = {0};
    duebook_add(&book, 0, matter, docket->calendar, matter->last_on);
    buf_clear(packed);
    for (size_t i = 0; i < book.count; i++) {
        const DueEntry *entry = &book.entries[i];
        duebook_pack(packed, entry, entry->holds_count ? book.holds + entry->holds_at : NULL);
        row.held |= entry->due == DAY_NONE;
        if (entry->due != DAY_NONE && (row.due == DAY_NONE || entry->due < row.due)) {
            row.due = entry->due;
            row.provisional = entry->provisional;
            row.clock = edition->clocks[entry->clock].id;
        } else if (row.due == DAY_NONE && row.clock.len == 0) {
            row.clock = edition->clocks[entry->clock].id;
        }
    }
    row.clocks = buf_str(packed);
    duebook_done(&book);
    return row;
}

Fail docket_project(Docket *docket, Folded *folded, bool fresh, Fault *fault)
{
    MatterRow row = docket_row(docket, folded, &docket->body);
    Fail fail = fresh ? ledger_row_insert(docket->ledger, &row, fault)
                      : ledger_row_update(docket->ledger, &row, fault);
    return fail == FAIL_NONE ? docket_parts_write(docket, folded, fault) : fail;
}
