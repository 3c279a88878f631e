/* docket_act.c: one act from wish to record. */
#include <stdlib.h>

#include "docket_inside.h"

/* An act of one text of an edition as an act of another: words stay, numbers of words may differ.
 * What the other text does not know is left out, as a word of another edition is. */
static const Act *act_under(Arena *arena, const Edition *from, const Edition *to, const Act *act)
{
    if (from == to) {
        return act;
    }
    Act *other = arena_copy(arena, act, sizeof *act);
    Given *given = ARENA_MANY(arena, Given, act->given_count);
    other->act = edition_act(to, act->act_word);
    other->given = given;
    other->given_count = 0;
    if (!edition_party(to, act->by_word, &other->by)) {
        other->by = (Party){.role = ID_NONE};
    }
    for (uint8_t i = 0; i < act->given_count; i++) {
        FieldId field = edition_field(to, from->fields[act->given[i].field].id);
        if (field != ID_NONE) {
            given[other->given_count++] = (Given){field, act->given[i].value};
        }
    }
    return other;
}

Fail docket_append(Docket *docket, Folded *folded, const Wanted *wanted, Decision *ret_decision,
                   Fault *fault)
{
    bool fresh = folded->id == 0;
    Fail fail = FAIL_NONE;
    if (folded->seq >= MATTER_ACTS_MAX) {
        return FAULT(fault, FAIL_INPUT, WORD_DOCKET_MATTER_FULL, wanted->matter);
    }
    if (!fresh && !str_eq(wanted->edition->id, folded->edition->id)) {
        return FAULT(fault, FAIL_INPUT, WORD_DOCKET_OTHER_EDITION, wanted->matter,
                     folded->edition->id);
    }
    if (!fresh && wanted->facts_given) {
        return FAULT(fault, FAIL_INPUT, WORD_DOCKET_FACTS_FIXED, wanted->matter);
    }
    if (fresh) {
        folded->edition = wanted->edition;
        folded->facts = *wanted->facts;
        matter_init(&folded->matter, &folded->arena, folded->edition, &folded->facts);
    }
    const Act *act =
        act_under(&folded->arena, wanted->edition, folded->edition, &wanted->act);
    *ret_decision = matter_decide(&folded->matter, docket->calendar, act, &folded->arena);
    if (ret_decision->kind == DECISION_REFUSED) {
        return FAIL_REFUSED;
    }
    docket_parts_before(docket, folded);
    int64_t id = folded->id;
    Opening opening = {.edition = folded->edition->id, .facts = wanted->facts};
    if (fresh) {
        fail = docket_opened(docket, wanted->now, fault);
        if (fail == FAIL_NONE) {
            fail = docket_record_law(docket, folded->edition, wanted->now, &opening.law, fault);
        }
        if (fail == FAIL_NONE) {
            fail = ledger_last_matter(docket->ledger, &id, fault);
        }
        id++;
    }
    if (fail != FAIL_NONE) {
        return fail;
    }
    buf_clear(&docket->body);
    EventHead head = {wanted->matter, wanted->key, folded->seq + 1, wanted->now};
    event_put(&docket->body, folded->edition, act, &head, fresh ? &opening : NULL);
    fail = ledger_append(docket->ledger, id, folded->seq + 1, wanted->key,
                         buf_str(&docket->body), NULL, fault);
    Word why = WORD_NONE;
    LedgerEvent event = {.matter = id, .seq = head.seq, .key = wanted->key, .formed = true,
                         .body = buf_str(&docket->body)};
    if (fail == FAIL_NONE && !folded_take(docket, folded, &event, &why)) {
        /* What was decided must fold: anything else is a fault of the program, and nothing is
         * kept. */
        fail = docket_broken(0, why, fault);
    }
    return fail;
}

/* The bytes that make the wanted act the same as another: as if it were event `then`. */
static void sameness_of_wanted(const Wanted *wanted, const Folded *folded, const Canon *then,
                               bool opening_too, Buf *buf)
{
    Arena arena = {0};
    Buf text = {0};
    EventHead head = {.matter = wanted->matter};
    Opening opening = {.edition = folded->edition->id, .law = folded->law,
                       .facts = wanted->facts};
    Act act = *act_under(&arena, wanted->edition, folded->edition, &wanted->act);
    if (wanted->day_left_out) {   /* then as now: the day on which it is written */
        (void)day_parse(canon_text(then, "on"), &act.on);
    }
    event_put(&text, folded->edition, &act, &head, opening_too ? &opening : NULL);
    event_sameness(buf, canon_read(&arena, buf_str(&text), NULL));
    buf_done(&text);
    arena_done(&arena);
}

/* Has this key been used? For the same act: repeated. For another one: a fault. */
static Fail look_for_key(Docket *docket, const Wanted *wanted, Folded *folded, Done *done,
                         Fault *fault)
{
    LedgerEvent event;
    bool found = false;
    Fail fail = wanted->key.len ? ledger_by_key(docket->ledger, wanted->key, &folded->arena,
                                                &found, &event, fault)
                                : FAIL_NONE;
    if (fail != FAIL_NONE || !found) {
        return fail;
    }
    Buf now = {0}, then = {0};
    const Canon *body = canon_read(&folded->arena, event.body, NULL);
    if (folded->id && event.matter == folded->id) {
        event_sameness(&then, body);
        sameness_of_wanted(wanted, folded, body, event.seq == 1, &now);
    }
    done->repeated = now.len && str_eq(buf_str(&now), buf_str(&then));
    done->seq = event.seq;
    if (!done->repeated) {
        fail = FAULT(fault, FAIL_REFUSED, WORD_DOCKET_KEY_USED, wanted->key);
    }
    buf_done(&now);
    buf_done(&then);
    return fail;
}

Fail docket_act(Docket *docket, const Wanted *wanted, Folded *folded, Done *ret_done, Fault *fault)
{
    *ret_done = (Done){0};
    Folded before;   /* what the doer could know; another may write until the lock is ours */
    Fail fail = docket_fold(docket, wanted->matter, &before, fault);
    int64_t seen = before.seq;
    folded_done(&before);
    *folded = (Folded){0};
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = docket_begin(docket, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = docket_catch_up(docket, wanted->now, fault);
    if (fail == FAIL_NONE) {
        fail = docket_fold(docket, wanted->matter, folded, fault);
    }
    if (fail == FAIL_NONE) {
        fail = look_for_key(docket, wanted, folded, ret_done, fault);
    }
    ret_done->again = folded->seq != seen;
    if (fail != FAIL_NONE || ret_done->repeated) {
        ledger_end(docket->ledger);
        return fail;
    }
    bool fresh = folded->id == 0;
    fail = docket_append(docket, folded, wanted, &ret_done->decision, fault);
    if (fail == FAIL_NONE) {
        fail = docket_project(docket, folded, fresh, fault);
    }
    if (fail == FAIL_NONE) {
        fail = docket_commit(docket, fault);
    }
    ledger_end(docket->ledger);   /* what was not committed */
    ret_done->seq = folded->seq;
    return fail;
}
