/* matter.c: the fold. What an act does once it is decided, in a fixed order:
 *
 *   stop, void, moot → answer, lift → extend → outcome → stage → start → impose
 *
 * Two acts depend on the order: decide_need stops one clock before it starts the next, and a duty
 * that is lifted and laid anew by one act must be lifted first. */
#include "matter.h"

#include <assert.h>

#include "guards.h"

void matter_init(Matter *matter, Arena *arena, const Edition *edition, const Facts *facts)
{
    assert(facts != NULL);
    *matter = (Matter){.edition = edition, .facts = facts, .arena = arena, .stage = ID_NONE,
                       .opened_by = ID_NONE, .last_on = DAY_NONE};
}

const Value *act_given(const Act *act, FieldId field)
{
    for (uint8_t i = 0; i < act->given_count; i++) {
        if (act->given[i].field == field) {
            return &act->given[i].value;
        }
    }
    return NULL;
}

void facts_recipients(Arena *arena, const Edition *edition, Str sector, Facts *facts)
{
    bool department = edition->recipients_department && sector.len > 0;
    size_t count = edition->recipients_count + (department ? 1 : 0);
    Party *recipients = ARENA_MANY(arena, Party, count);
    for (size_t i = 0; i < edition->recipients_count; i++) {
        recipients[i] = edition->recipients[i];
    }
    if (department) {
        recipients[count - 1] = (Party){edition->department_role, sector};
    }
    facts->recipients = recipients;
    facts->recipients_count = count;
}

const Value *facts_purchase(const Facts *facts, Str key)
{
    for (size_t i = 0; i < facts->purchase_count; i++) {
        if (str_eq(facts->purchase[i].key, key)) {
            return &facts->purchase[i].value;
        }
    }
    return NULL;
}

static void clock_start(Matter *matter, ClockId clock, Party of, const Act *act)
{
    matter->clocks = arena_grow(matter->arena, matter->clocks, matter->clocks_count,
                                &matter->clocks_capacity, matter->clocks_count + 1,
                                sizeof *matter->clocks);
    matter->clocks[matter->clocks_count++] = (ClockRun){
        .clock = clock, .end = CLOCK_OPEN, .assumed = act->assumed, .of = of, .started = act->on,
        .stopped = DAY_NONE, .allowed = matter->edition->clocks[clock].working_days,
        .started_by = act->n};
}

static void clocks_end(Matter *matter, uint32_t mask, ClockEnd end, const Act *act)
{
    for (size_t i = 0; mask && i < matter->clocks_count; i++) {
        ClockRun *run = &matter->clocks[i];
        if (run->end == CLOCK_OPEN && (mask >> run->clock & 1)) {
            run->end = end;
            run->stopped = act->on;
            run->assumed |= act->assumed;
        }
    }
}

/* Clocks that a duty holds rest on the act that lays or ends the hold; an answer may restart
 * them. */
static void holds_touched(Matter *matter, const DutyKind *duty, const Act *act, bool answered)
{
    for (size_t i = 0; duty->holds && i < matter->clocks_count; i++) {
        ClockRun *run = &matter->clocks[i];
        if (run->end != CLOCK_OPEN || !(duty->holds >> run->clock & 1)) {
            continue;
        }
        run->assumed |= act->assumed;
        if (answered && duty->restarts) {
            run->started = act->on;
            run->started_by = act->n;
        }
    }
}

static void owed_close(Matter *matter, Owed *owed, OwedState state, const Act *act)
{
    const DutyKind *duty = &matter->edition->duties[owed->duty];
    owed->state = state;
    owed->closed = act->on;
    owed->closed_by = act->n;
    owed->assumed |= act->assumed;
    if (state == OWED_ANSWERED && duty->result != ID_NONE) {
        const Value *result = act_given(act, duty->result);
        owed->result_given = result != NULL;
        owed->result = result && result->kind == VALUE_YES_NO && result->yes;
    }
    if (owed->clock != UINT32_MAX) {
        ClockRun *run = &matter->clocks[owed->clock];
        if (run->end == CLOCK_OPEN) {
            run->end = state == OWED_ANSWERED ? CLOCK_STOPPED : CLOCK_MOOT;
            run->stopped = act->on;
            run->assumed |= act->assumed;
        }
    }
    holds_touched(matter, duty, act, state == OWED_ANSWERED);
}

/* Answers or lifts what the act picks among the open ones of each duty of the mask. */
static void owed_close_picked(Matter *matter, uint32_t mask, OwedState state, const Act *act,
                              bool addressee)
{
    for (DutyId duty = 0; mask && duty < matter->edition->duties_count; duty++) {
        if (!(mask >> duty & 1)) {
            continue;
        }
        for (size_t i = 0; i < matter->owed_count; i++) {
            if (owed_picked(matter, &matter->owed[i], duty, act, addressee)) {
                owed_close(matter, &matter->owed[i], state, act);
            }
        }
    }
}

static void owed_add(Matter *matter, DutyId kind, Party by, Str name, const Act *act)
{
    const DutyKind *duty = &matter->edition->duties[kind];
    matter->owed = arena_grow(matter->arena, matter->owed, matter->owed_count,
                              &matter->owed_capacity, matter->owed_count + 1,
                              sizeof *matter->owed);
    Owed *owed = &matter->owed[matter->owed_count++];
    *owed = (Owed){.duty = kind, .state = OWED_OPEN, .current = true, .assumed = act->assumed,
                   .by = by, .name = name, .laid = act->on, .closed = DAY_NONE,
                   .clock = UINT32_MAX, .laid_by = act->n};
    if (duty->clock != ID_NONE) {
        owed->clock = (uint32_t)matter->clocks_count;
        clock_start(matter, duty->clock, by, act);
    }
}

static Party party_of(const Matter *matter, Str text)
{
    Party party = {.role = ID_NONE};
    edition_party(matter->edition, text, &party);
    return party;
}

static void impose_on_named(Matter *matter, DutyId kind, Str name, const Act *act)
{
    const DutyKind *duty = &matter->edition->duties[kind];
    const Value *named = duty->of_field == ID_NONE ? NULL : act_given(act, duty->of_field);
    if (duty->several || !named) {   /* one request, whoever of those asked may answer it */
        owed_add(matter, kind, (Party){.role = ID_NONE}, name, act);
        return;
    }
    if (named->kind != VALUE_MANY) {
        owed_add(matter, kind, party_of(matter, named->text), name, act);
        return;
    }
    for (size_t i = 0; i < named->many_count; i++) {
        bool twice = false;
        for (size_t j = 0; j < i && !twice; j++) {
            twice = str_eq(named->many[i], named->many[j]);
        }
        if (!twice) {
            owed_add(matter, kind, party_of(matter, named->many[i]), name, act);
        }
    }
}

static void impose(Matter *matter, DutyId kind, const Act *act)
{
    const DutyKind *duty = &matter->edition->duties[kind];
    const Value *value = duty->name == ID_NONE ? NULL : act_given(act, duty->name);
    Str name = value && value->kind == VALUE_TEXT ? value->text : STR_NONE;
    if (duty->of == OWED_BY_FIELD) {
        impose_on_named(matter, kind, name, act);
    } else {
        for (size_t i = 0; i < matter->owed_count; i++) {   /* a new round replaces the last */
            matter->owed[i].current &= matter->owed[i].duty != kind;
        }
        for (size_t i = 0; i < matter->facts->recipients_count; i++) {
            owed_add(matter, kind, matter->facts->recipients[i], name, act);
        }
    }
    holds_touched(matter, duty, act, false);
}

static void extend(Matter *matter, const Extension *extension, const Act *act)
{
    int days = extension->days;
    if (days == 0) {
        const Value *value = act_given(act, extension->field);
        days = value && value->kind == VALUE_NUMBER ? (int)value->number : 0;
    }
    ClockRun *run = clock_running(matter, extension->clock);
    if (run) {
        run->allowed += days;
        run->assumed |= act->assumed;
    }
}

static void enter_stage(Matter *matter, StageId stage, const Act *act)
{
    matter->stage = stage;
    matter->stage_since = matter->acts_done;
    if (!matter->edition->stages[stage].final) {
        return;
    }
    for (size_t i = 0; i < matter->owed_count; i++) {   /* the end of a matter ends every duty */
        if (matter->owed[i].state == OWED_OPEN) {
            owed_close(matter, &matter->owed[i], OWED_LIFTED, act);
        }
    }
}

void matter_apply(Matter *matter, const Act *act, const Branch *branch)
{
    assert(act->act < matter->edition->acts_count);
    const ActKind *kind = &matter->edition->acts[act->act];
    bool opening = matter->stage == ID_NONE;
    matter->acts_done++;
    matter->last_on = act->on;
    matter->last[act->act] = act;
    matter->done_at[act->act] = matter->acts_done;
    matter->branch_times[act->act][branch - kind->branches]++;
    if (opening) {
        matter->opened_by = act->act;
    }
    clocks_end(matter, branch->stops, CLOCK_STOPPED, act);
    clocks_end(matter, branch->voids, CLOCK_VOID, act);
    clocks_end(matter, branch->moots, CLOCK_MOOT, act);
    owed_close_picked(matter, branch->fulfils, OWED_ANSWERED, act, kind->by_addressee);
    owed_close_picked(matter, branch->lifts, OWED_LIFTED, act, false);
    if (branch->extends.clock != ID_NONE) {
        extend(matter, &branch->extends, act);
    }
    if (branch->outcome_kind != OUTCOME_NONE) {
        matter->outcome = branch->outcome_kind == OUTCOME_WORD
                              ? branch->outcome
                              : ref_word(matter, act, &branch->outcome_ref);
        matter->outcome_assumed = act->assumed;
    }
    StageId next = opening ? branch->opens : branch->to;
    if (next != ID_NONE) {
        enter_stage(matter, next, act);
    }
    for (ClockId clock = 0; branch->starts && clock < matter->edition->clocks_count; clock++) {
        if (branch->starts >> clock & 1) {
            clock_start(matter, clock, (Party){.role = ID_NONE}, act);
        }
    }
    if (branch->imposes != ID_NONE) {
        impose(matter, branch->imposes, act);
    }
}
