/* casefile.c: the position taken apart and put together again from what the gate lets pass. What is
 * seen in part is copied without the rest, so that a page cannot show it by mistake. */
#include "casefile.h"

typedef struct Making {
    Arena *arena;
    const Position *position;
    CaseFile *file;
    const Act *acts;             /* those done up to the day, in order */
    size_t acts_count;
} Making;

static bool sees_all(const CaseFile *file)
{
    return capacity_sees_all(file->standing.capacity);
}

/* ---- acts ---- */

/* A list of parties cut down to the reader. */
static Value own_parties(Making *making, const Value *value)
{
    Value cut = *value;
    Str *many = ARENA_MANY(making->arena, Str, value->many_count);
    Party party;
    cut.many = many;
    cut.many_count = 0;
    for (size_t i = 0; i < value->many_count; i++) {
        if (edition_party(making->position->edition, value->many[i], &party) &&
            party_eq(party, making->file->standing.party)) {
            many[cut.many_count++] = value->many[i];
        }
    }
    return cut;
}

static void given_seen(Making *making, const Act *act, Act *shown)
{
    const Standing *standing = &making->file->standing;
    bool own = standing->party.role != ID_NONE && party_eq(act->by, standing->party);
    Given *given = ARENA_MANY(making->arena, Given, act->given_count);
    shown->given = given;
    shown->given_count = 0;
    for (uint8_t i = 0; i < act->given_count; i++) {
        Given kept = act->given[i];
        if (!access_to_field(standing, act, kept.field)) {
            continue;
        }
        bool narrow = standing->capacity == CAPACITY_PARTY ||
                      standing->capacity == CAPACITY_SUPPLIER ||
                      standing->capacity == CAPACITY_NAMED;
        bool parties = making->position->edition->fields[kept.field].kind == FIELD_PARTIES;
        if (narrow && !own && parties && kept.value.kind == VALUE_MANY) {
            kept.value = own_parties(making, &kept.value);
        }
        given[shown->given_count++] = kept;
    }
}

/* The doer of an act that is seen bare: the role alone, unless who answered may be known. */
static void doer_seen(Making *making, Act *shown)
{
    const Standing *standing = &making->file->standing;
    const Matter *matter = making->position->matter;
    shown->person = STR_NONE;
    for (size_t i = 0; i < matter->owed_count; i++) {
        const Owed *owed = &matter->owed[i];
        if (owed->closed_by == shown->n && owed->state == OWED_ANSWERED &&
            access_to(standing, &(Thing){.kind = THING_OWED, .owed = owed}) != SIGHT_NONE) {
            return;
        }
    }
    if (!sees_all(making->file)) {
        shown->by.id = STR_NONE;
        shown->by_word = shown->by.role == ID_NONE
                             ? STR_NONE : making->position->edition->roles[shown->by.role].id;
    }
}

static const DoneView *done_seen(Making *making, const DoneView *done, Sight sight, uint32_t n)
{
    const Standing *standing = &making->file->standing;
    Act *act = arena_copy(making->arena, done->act, sizeof *act);
    DoneView *view = arena_copy(making->arena, done, sizeof *view);
    bool own = standing->party.role != ID_NONE && party_eq(act->by, standing->party);
    view->act = act;
    if (sight == SIGHT_BARE) {
        act->given = NULL;
        act->given_count = 0;
        doer_seen(making, act);
    } else {
        given_seen(making, done->act, act);
    }
    if (!own && !sees_all(making->file)) {
        act->person = STR_NONE;
    }
    if (sight == SIGHT_BARE || (!own && !sees_all(making->file))) {
        view->warnings = NULL;
        view->warnings_count = 0;
    }
    act->n = n;
    return view;
}

static void acts_seen(Making *making)
{
    const Position *position = making->position;
    const Standing *standing = &making->file->standing;
    SeenAct *seen = ARENA_MANY(making->arena, SeenAct, position->done_count);
    size_t count = 0;
    for (size_t i = 0; i < position->done_count; i++) {
        const DoneView *done = &position->done[i];
        Sight sight = access_to(standing, &(Thing){.kind = THING_ACT, .act = done->act,
                                                   .branch = done->branch});
        if (sight == SIGHT_NONE) {
            continue;
        }
        seen[count] = (SeenAct){.sight = sight, .n = done->act->n,
                                .own = sight == SIGHT_FULL && standing->party.role != ID_NONE &&
                                       party_eq(done->act->by, standing->party)};
        seen[count].done = done_seen(making, done, sight, (uint32_t)count + 1);
        making->file->outcome_seen |=
            sight == SIGHT_FULL && done->branch->outcome_kind != OUTCOME_NONE;
        count++;
    }
    making->file->acts = seen;
    making->file->acts_count = count;
}

static const Act *answer_seen(const CaseFile *file, uint32_t n)
{
    for (size_t i = 0; i < file->acts_count; i++) {
        if (file->acts[i].n == n) {
            return file->acts[i].sight == SIGHT_FULL ? file->acts[i].done->act : NULL;
        }
    }
    return NULL;
}

/* ---- facts, clocks, duties ---- */

static const Facts *facts_seen(Making *making, const Facts *facts)
{
    const Standing *standing = &making->file->standing;
    if (access_to(standing, &(Thing){.kind = THING_FACTS}) == SIGHT_NONE) {
        return NULL;
    }
    Facts *seen = arena_copy(making->arena, facts, sizeof *seen);
    if (!sees_all(making->file)) {
        seen->recipients = NULL;
        seen->recipients_count = 0;
        seen->accredited = NULL;
        seen->accredited_count = 0;
        seen->accredited_given = false;
    }
    return seen;
}

static void clocks_seen(Making *making)
{
    const Position *position = making->position;
    const ClockView **clocks = ARENA_MANY(making->arena, const ClockView *,
                                          position->clocks_count);
    size_t count = 0;
    for (size_t i = 0; i < position->clocks_count; i++) {
        const Thing thing = {.kind = THING_CLOCK, .clock = position->clocks[i].run};
        if (access_to(&making->file->standing, &thing) != SIGHT_NONE) {
            clocks[count++] = &position->clocks[i];
        }
    }
    making->file->clocks = clocks;
    making->file->clocks_count = count;
}

static SeenOwed one_owed(Making *making, const Owed *owed)
{
    const Position *position = making->position;
    const CaseFile *file = making->file;
    const Thing answer = {.kind = THING_ANSWER, .owed = owed};
    bool answered = owed->state == OWED_ANSWERED;
    bool shown = answered && access_to(&file->standing, &answer) == SIGHT_FULL;
    SeenOwed seen = {.owed = owed, .answered = answered,
                     .mine = access_owes(&file->standing, owed),
                     .answer = shown ? answer_seen(file, owed->closed_by) : NULL};
    seen.sealed = answered && !seen.answer && position->edition->duties[owed->duty].sealed;
    if (owed->clock != UINT32_MAX) {
        const ClockView *clock = &position->clocks[owed->clock];
        const Thing thing = {.kind = THING_CLOCK, .clock = clock->run};
        seen.overdue = owed->state == OWED_OPEN && clock->status.state == STATE_OVERDUE;
        seen.clock = access_to(&file->standing, &thing) == SIGHT_NONE ? NULL : clock;
    }
    return seen;
}

/* What was answered stays out of the copy of a duty whose answer is not to be seen. */
static const Owed *owed_cut(Making *making, const Owed *owed, bool shown)
{
    if (shown || owed->state != OWED_ANSWERED) {
        return owed;
    }
    Owed *cut = arena_copy(making->arena, owed, sizeof *cut);
    cut->result_given = cut->result = false;
    return cut;
}

static void owed_seen(Making *making)
{
    const Matter *matter = making->position->matter;
    SeenOwed *seen = ARENA_MANY(making->arena, SeenOwed, matter->owed_count);
    size_t count = 0;
    for (size_t i = 0; i < matter->owed_count; i++) {
        const Thing thing = {.kind = THING_OWED, .owed = &matter->owed[i]};
        if (access_to(&making->file->standing, &thing) != SIGHT_NONE) {
            seen[count] = one_owed(making, &matter->owed[i]);
            seen[count].owed = owed_cut(making, seen[count].owed, seen[count].answer != NULL);
            count++;
        }
    }
    making->file->owed = seen;
    making->file->owed_count = count;
}

/* ---- the path ---- */

/* A stage entered again is where the path goes on: what lay between is in the timeline. */
static size_t step_into(StageStep *steps, size_t count, StageStep step)
{
    for (size_t i = 0; i < count; i++) {
        if (steps[i].stage == step.stage) {
            count = i;
            break;
        }
    }
    steps[count] = step;
    return count + 1;
}

static void steps_seen(Making *making)
{
    const Position *position = making->position;
    const Edition *edition = position->edition;
    const Standing *standing = &making->file->standing;
    StageStep *steps = ARENA_MANY(making->arena, StageStep, 2 * EDITION_STAGES_MAX);
    StageId stage = position->matter->stage;
    bool told_late = standing->capacity == CAPACITY_PARTY ||
                     standing->capacity == CAPACITY_SUPPLIER;
    size_t count = 0;
    for (size_t i = 0; i < position->done_count; i++) {
        const DoneView *done = &position->done[i];
        bool entered = done->after != ID_NONE && (i == 0 || done->after != done->before);
        if (entered && !(told_late && done->act->n < standing->from)) {
            count = step_into(steps, count,
                              (StageStep){done->after, STEP_PASSED,
                                          edition->stages[done->after].special, done->act->on});
        }
    }
    if (count == 0 || steps[count - 1].stage != stage) {   /* told since it was entered */
        count = step_into(steps, count, (StageStep){stage, STEP_HERE,
                                                    edition->stages[stage].special, DAY_NONE});
    }
    steps[count - 1].state = STEP_HERE;
    while (edition->usual[stage] != ID_NONE && count < 2 * EDITION_STAGES_MAX) {
        stage = edition->usual[stage];
        steps[count++] = (StageStep){stage, STEP_AHEAD, edition->stages[stage].special, DAY_NONE};
    }
    making->file->steps = steps;
    making->file->steps_count = count;
}

/* ---- what may happen ---- */

static Day seal_until(const Making *making)
{
    const Position *position = making->position;
    Day until = DAY_NONE;
    for (size_t i = 0; i < position->matter->owed_count; i++) {
        const Owed *owed = &position->matter->owed[i];
        bool waits = owed->state == OWED_OPEN && owed->current && owed->clock != UINT32_MAX &&
                     (making->file->standing.sealed >> owed->duty & 1);
        Day due = waits ? position->clocks[owed->clock].status.due : DAY_NONE;
        until = due != DAY_NONE && (until == DAY_NONE || due > until) ? due : until;
    }
    return until;
}

static void may_seen(Making *making)
{
    const Position *position = making->position;
    const Standing *standing = &making->file->standing;
    bool whole = standing->capacity == CAPACITY_OFFICE || standing->capacity == CAPACITY_AUDITOR;
    MayDo *may = ARENA_MANY(making->arena, MayDo, position->next_count);
    size_t count = 0;
    for (size_t i = 0; i < position->next_count; i++) {
        const NextView *next = &position->next[i];
        const Thing thing = {.kind = THING_DO,
                             .doing = (ActId)(next->act - position->edition->acts)};
        bool mine = access_to(standing, &thing) == SIGHT_FULL;
        if (!mine && !whole) {
            continue;
        }
        bool sealed = access_rests_on_sealed(standing, next->act);
        may[count++] = (MayDo){.act = next->act, .branch = next->branch, .clause = next->clause,
                               .by = next->act->by_addressee ? 0 : next->act->by, .mine = mine,
                               .under_seal = sealed,
                               .seal_until = sealed ? seal_until(making) : DAY_NONE};
    }
    making->file->may = may;
    making->file->may_count = count;
}

const CaseFile *casefile_of(Arena *arena, const Hat *hat, const Position *position,
                            const Facts *facts, const Act *acts, size_t acts_count)
{
    Act *done = ARENA_MANY(arena, Act, position->done_count);   /* those up to the day */
    for (size_t i = 0; i < position->done_count; i++) {
        done[i] = *position->done[i].act;
    }
    CaseFile *file = ARENA_NEW(arena, CaseFile);
    Making making = {arena, position, file, done, position->done_count};
    *file = (CaseFile){.position = position};
    file->standing = access_standing(arena_copy(arena, hat, sizeof *hat), position->matter, done,
                                     position->done_count, position->calendar, position->on);
    if (!file->standing.knows) {
        return NULL;
    }
    (void)acts;
    (void)acts_count;
    file->facts = facts_seen(&making, facts);
    acts_seen(&making);
    clocks_seen(&making);
    owed_seen(&making);
    steps_seen(&making);
    may_seen(&making);
    return file;
}

size_t casefile_seen(const CaseFile *file) { return file->acts_count; }

bool casefile_sees_owed(const CaseFile *file, uint32_t owed)
{
    const Matter *matter = file->position->matter;
    return owed < matter->owed_count &&
           access_to(&file->standing, &(Thing){.kind = THING_OWED, .owed = &matter->owed[owed]}) !=
               SIGHT_NONE;
}
