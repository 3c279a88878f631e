/* guards.c: the eleven guards. Each answers one question about the matter as it stands. */
#include "guards.h"

#include <assert.h>

static Str value_word(const Value *value)
{
    if (value->kind == VALUE_YES_NO) {
        return value->yes ? STR("true") : STR("false");
    }
    return value->kind == VALUE_TEXT ? value->text : STR_NONE;
}

/* The latest act that gave a field; with `asked`, only acts that must give it. */
static const Act *last_giver(const Matter *matter, FieldId field, bool asked)
{
    const Act *found = NULL;
    uint32_t latest = 0;
    for (size_t i = 0; i < matter->edition->acts_count; i++) {
        const Act *act = matter->last[i];
        if (!act || matter->done_at[i] <= latest || !act_given(act, field)) {
            continue;
        }
        if (asked && !(matter->edition->acts[i].branches[0].asks >> field & 1)) {
            continue;
        }
        found = act;
        latest = matter->done_at[i];
    }
    return found;
}

Str ref_word(const Matter *matter, const Act *act, const Ref *ref)
{
    if (ref->kind == REF_PURCHASE) {
        const Value *fact = facts_purchase(matter->facts, ref->key);
        return fact ? value_word(fact) : STR("false");
    }
    const Act *giver = ref->kind == REF_WITH ? act : matter->last[ref->act];
    const Value *value = giver ? act_given(giver, ref->field) : NULL;
    return value ? value_word(value) : matter->edition->fields[ref->field].fallback;
}

bool equal_holds(const Matter *matter, const Act *act, const Equal *equal)
{
    return str_eq(ref_word(matter, act, &equal->ref), equal->value);
}

ClockRun *clock_running(const Matter *matter, ClockId clock)
{
    for (size_t i = matter->clocks_count; i > 0; i--) {
        ClockRun *run = &matter->clocks[i - 1];
        if (run->clock == clock && run->end == CLOCK_OPEN) {
            return run;
        }
    }
    return NULL;
}

size_t owed_open(const Matter *matter, DutyId duty)
{
    size_t open = 0;
    for (size_t i = 0; i < matter->owed_count; i++) {
        const Owed *owed = &matter->owed[i];
        open += owed->duty == duty && owed->current && owed->state == OWED_OPEN;
    }
    return open;
}

bool owed_picked(const Matter *matter, const Owed *owed, DutyId duty, const Act *act,
                 bool addressee)
{
    const DutyKind *kind = &matter->edition->duties[duty];
    bool open = owed->state == OWED_OPEN ||
                (addressee && kind->repeatable && owed->state == OWED_ANSWERED);
    if (owed->duty != duty || !owed->current || !open) {
        return false;
    }
    if (addressee && !party_eq(owed->by, act->by)) {
        return false;
    }
    const Value *value = kind->name == ID_NONE ? NULL : act_given(act, kind->name);
    if (value && value->kind == VALUE_TEXT) {
        return str_eq(owed->name, value->text);
    }
    return !kind->several || owed_open(matter, duty) == 1;
}

static const Value *list_given(const Matter *matter, const Guard *guard, FieldId field)
{
    bool materials = str_is(guard->object, "materials");
    const Act *giver = last_giver(matter, field, materials);
    return giver ? act_given(giver, field) : NULL;
}

static bool material_needed(const Matter *matter, const Material *material)
{
    if (material->optional) {
        return false;
    }
    if (material->when_field == ID_NONE) {
        return true;
    }
    const Act *giver = last_giver(matter, material->when_field, false);
    const Value *value = giver ? act_given(giver, material->when_field) : NULL;
    Str word = value ? value_word(value) : matter->edition->fields[material->when_field].fallback;
    return str_eq(word, material->when_value);
}

static bool among(const Value *given, Str id)
{
    for (size_t i = 0; given && i < given->many_count; i++) {
        if (str_eq(given->many[i], id)) {
            return true;
        }
    }
    return given && given->kind == VALUE_TEXT && str_eq(given->text, id);
}

size_t guard_missing(const Matter *matter, const Guard *guard, Str *ret_ids, size_t max)
{
    const Edition *edition = matter->edition;
    FieldId field = edition_field(edition, guard->object);
    const Value *given = field == ID_NONE ? NULL : list_given(matter, guard, field);
    size_t missing = 0;
    if (str_is(guard->object, "materials")) {
        for (size_t i = 0; i < edition->materials_count; i++) {
            const Material *material = &edition->materials[i];
            if (material_needed(matter, material) && !among(given, material->id)) {
                if (missing < max) {
                    ret_ids[missing] = material->id;
                }
                missing++;
            }
        }
        return missing;
    }
    const List *list = edition_list(edition, guard->object);
    for (size_t i = 0; given && list && i < list->count; i++) {   /* not spoken of: not missing */
        if (!among(given, list->items[i].id)) {
            if (missing < max) {
                ret_ids[missing] = list->items[i].id;
            }
            missing++;
        }
    }
    return missing;
}

static bool done_since(const Matter *matter, uint64_t acts)
{
    for (size_t i = 0; i < matter->edition->acts_count; i++) {
        if ((acts >> i & 1) && matter->done_at[i] <= matter->stage_since) {
            return false;
        }
    }
    return true;
}

static bool owed_overdue(const Matter *matter, const Calendar *calendar, const Owed *owed, Day on)
{
    return owed->state == OWED_OPEN && owed->clock != UINT32_MAX &&
           dayclock_status(matter, &matter->clocks[owed->clock], calendar, on).state ==
               STATE_OVERDUE;
}

/* Round of a duty on a day: how many were asked, said yes, said no, are overdue. */
typedef struct Round { size_t asked, yes, no, answered, overdue; } Round;

static Round round_of(const Matter *matter, const Calendar *calendar, DutyId duty, Day on,
                      bool overdue)
{
    Round round = {0};
    for (size_t i = 0; i < matter->owed_count; i++) {
        const Owed *owed = &matter->owed[i];
        if (owed->duty != duty || !owed->current) {
            continue;
        }
        round.asked++;
        round.answered += owed->state == OWED_ANSWERED;
        round.yes += owed->state == OWED_ANSWERED && owed->result_given && owed->result;
        round.no += owed->state == OWED_ANSWERED && owed->result_given && !owed->result;
        round.overdue += overdue && owed_overdue(matter, calendar, owed, on);
    }
    return round;
}

static bool in_time(const Matter *matter, const Calendar *calendar, ClockId clock, Day on)
{
    const ClockRun *run = clock_running(matter, clock);
    if (!run) {
        return false;
    }
    ClockStatus status = dayclock_status(matter, run, calendar, on);
    return status.due == DAY_NONE || on <= status.due;
}

static bool on_register(const Matter *matter, const Act *act, const Ref *ref)
{
    if (!matter->facts->accredited_given) {
        return true;
    }
    Str party = ref_word(matter, act, ref);
    size_t slash = str_find(party, '/');
    Str id = slash < party.len ? str_part(party, slash + 1, party.len) : party;
    for (size_t i = 0; i < matter->facts->accredited_count; i++) {
        if (str_eq(matter->facts->accredited[i], id)) {
            return true;
        }
    }
    return false;
}

static bool equals_hold(const Matter *matter, const Act *act, const Guard *guard, bool any)
{
    for (uint8_t i = 0; i < guard->equals_count; i++) {
        if (equal_holds(matter, act, &guard->equals[i]) == any) {
            return any;
        }
    }
    return !any;
}

bool guard_passes(const Matter *matter, const Calendar *calendar, const Act *act,
                  const Guard *guard)
{
    Round round;
    switch (guard->kind) {
    case GUARD_COMPLETE:
        return guard_missing(matter, guard, NULL, 0) == 0;
    case GUARD_DONE:
        return done_since(matter, guard->acts);
    case GUARD_OPENED_BY:
        return matter->opened_by != ID_NONE && (guard->acts >> matter->opened_by & 1);
    case GUARD_NONE_OPEN:
        return owed_open(matter, guard->duty) == 0;
    case GUARD_ANSWERED:
        return round_of(matter, calendar, guard->duty, act->on, false).answered > 0;
    case GUARD_AGREED:
        round = round_of(matter, calendar, guard->duty, act->on, false);
        return round.asked > 0 && round.yes == round.asked;
    case GUARD_DISAGREED:
        round = round_of(matter, calendar, guard->duty, act->on,
                         matter->edition->duties[guard->duty].silence_disagrees);
        return round.no > 0 || round.overdue > 0;
    case GUARD_IN_TIME:
        return in_time(matter, calendar, guard->clock, act->on);
    case GUARD_ON_REGISTER:
        return on_register(matter, act, &guard->ref);
    case GUARD_GIVEN:
        return equals_hold(matter, act, guard, false);
    case GUARD_ANY_GIVEN:
        return equals_hold(matter, act, guard, true);
    }
    assert(!"every guard is answered above");
    return false;
}
