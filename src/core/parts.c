/* parts.c: every hat that the ties of a matter speak of, asked at the gate; what waits for each. */
#include "parts.h"

#include <stdlib.h>

#include "access_inside.h"
#include "guards.h"

typedef struct Tied {            /* a tie, kept for the hats */
    Party party;
    uint32_t n;
    TieKind kind;
} Tied;

typedef struct Gather {
    Arena *arena;
    const Matter *matter;
    const Act *acts;
    size_t acts_count;
    const Calendar *calendar;
    Day on;
    uint32_t sealed;
    Day *dues;                   /* of each clock; DAY_NONE: none, or it does not run */
    Tied *tied;
    size_t tied_count, tied_capacity;
    MatterPart *parts;
    size_t count, capacity;
} Gather;

/* The first tie of a party, and the first of each kind, say all that later ones do. */
static void gather_tie(void *with, Party party, uint32_t n, TieKind kind)
{
    Gather *gather = with;
    for (size_t i = 0; i < gather->tied_count; i++) {
        if (gather->tied[i].kind == kind && party_eq(gather->tied[i].party, party)) {
            return;
        }
    }
    gather->tied = arena_grow(gather->arena, gather->tied, gather->tied_count,
                              &gather->tied_capacity, gather->tied_count + 1,
                              sizeof *gather->tied);
    gather->tied[gather->tied_count++] = (Tied){party, n, kind};
}

/* ---- what is waited for ---- */

typedef struct Step {            /* an act that moves the stage */
    ActId act;
    const Branch *branch;
    uint64_t lacking;            /* acts that must be done first */
    ActId ask;                   /* nobody was asked yet: the act that asks; ID_NONE */
    bool waits, barred;          /* others must answer first; the answers do not allow it */
} Step;

/* The act that lays this duty in the stage. */
static ActId act_asking(const Matter *matter, DutyId duty)
{
    for (size_t i = 0; i < matter->edition->acts_count; i++) {
        const ActKind *kind = &matter->edition->acts[i];
        for (uint8_t j = 0; j < kind->branches_count; j++) {
            if (kind->branches[j].imposes == duty && (kind->branches[j].in >> matter->stage & 1)) {
                return (ActId)i;
            }
        }
    }
    return ID_NONE;
}

static bool asked_anybody(const Matter *matter, DutyId duty)
{
    for (size_t i = 0; i < matter->owed_count; i++) {
        if (matter->owed[i].duty == duty && matter->owed[i].current) {
            return true;
        }
    }
    return false;
}

static void look_at_guard(const Gather *gather, Step *step, const Guard *guard)
{
    const Matter *matter = gather->matter;
    const Act probe = {.act = step->act, .on = gather->on};
    switch (guard->kind) {
    case GUARD_DONE:
        for (size_t i = 0; i < matter->edition->acts_count; i++) {
            bool lacks = (guard->acts >> i & 1) && matter->done_at[i] <= matter->stage_since;
            step->lacking |= (uint64_t)lacks << i;
        }
        break;
    case GUARD_NONE_OPEN:
        step->waits |= owed_open(matter, guard->duty) > 0;
        break;
    case GUARD_ANSWERED:
    case GUARD_AGREED:
    case GUARD_DISAGREED:
        if (!asked_anybody(matter, guard->duty)) {
            step->ask = act_asking(matter, guard->duty);
        } else if (gather->sealed >> guard->duty & 1) {
            step->waits = true;
        } else if (!guard_passes(matter, gather->calendar, &probe, guard)) {
            step->barred = true;
            step->waits |= owed_open(matter, guard->duty) > 0;
        }
        break;
    case GUARD_COMPLETE:         /* what the step needs of the act itself, or of the day */
    case GUARD_OPENED_BY:
    case GUARD_IN_TIME:
    case GUARD_ON_REGISTER:
    case GUARD_GIVEN:
    case GUARD_ANY_GIVEN:
        break;
    }
}

static Step step_of(const Gather *gather, ActId act, const Branch *branch)
{
    Step step = {.act = act, .branch = branch, .ask = ID_NONE};
    for (uint8_t i = 0; i < branch->needs_count; i++) {
        look_at_guard(gather, &step, &branch->needs[i]);
    }
    for (uint8_t i = 0; i < branch->warns_count; i++) {   /* lawful without, but one waits */
        if (branch->warns[i].kind == GUARD_NONE_OPEN) {
            look_at_guard(gather, &step, &branch->warns[i]);
        }
    }
    return step;
}

/* Do the facts of the purchase allow the branch? What the act itself says is not known yet. */
static bool branch_possible(const Matter *matter, const Branch *branch)
{
    const Act probe = {.act = 0};
    for (uint8_t i = 0; i < branch->when_count; i++) {
        if (branch->when[i].ref.kind == REF_PURCHASE &&
            !equal_holds(matter, &probe, &branch->when[i])) {
            return false;
        }
    }
    return true;
}

/* A step that somebody waits for: not on policy alone, not an early end. */
static bool step_waited_for(const Matter *matter, const ActKind *kind, const Branch *branch)
{
    const Edition *edition = matter->edition;
    bool early = branch->to != ID_NONE && edition->stages[branch->to].final &&
                 branch->outcome_kind == OUTCOME_WORD;
    return (branch->in >> matter->stage & 1) && branch->to != ID_NONE &&
           branch->to != matter->stage && !early && branch_possible(matter, branch) &&
           !clause_is_policy(act_clause(edition, kind, branch, matter->stage));
}

/* The step that is waited for in this stage: the usual one, or where the answers bar it the first
 * that they allow. False: the matter waits for nothing. */
static bool step_wanted(const Gather *gather, Step *ret_step)
{
    const Matter *matter = gather->matter;
    const Edition *edition = matter->edition;
    bool found = false;
    for (int usual = 1; usual >= 0; usual--) {
        for (size_t i = 0; i < edition->acts_count; i++) {
            const ActKind *kind = &edition->acts[i];
            for (uint8_t j = 0; j < kind->branches_count; j++) {
                const Branch *branch = &kind->branches[j];
                if (!step_waited_for(matter, kind, branch) ||
                    (branch->to == edition->usual[matter->stage]) != usual) {
                    continue;
                }
                Step step = step_of(gather, (ActId)i, branch);
                if (!found) {
                    *ret_step = step;
                    found = true;
                }
                if (!step.barred) {
                    *ret_step = step;
                    return true;
                }
            }
        }
    }
    return found;
}

/* Of what is lacking, the act from which the outcome will be taken comes last. */
static ActId first_lacking(const Edition *edition, uint64_t lacking)
{
    uint64_t outcomes = 0;
    for (size_t i = 0; i < edition->acts_count; i++) {
        for (uint8_t j = 0; j < edition->acts[i].branches_count; j++) {
            const Branch *branch = &edition->acts[i].branches[j];
            bool taken = branch->outcome_kind == OUTCOME_REF && branch->outcome_ref.kind == REF_ACT;
            outcomes |= taken ? UINT64_C(1) << branch->outcome_ref.act : 0;
        }
    }
    uint64_t before = lacking & ~outcomes ? lacking & ~outcomes : lacking;
    for (ActId act = 0; act < edition->acts_count; act++) {
        if (before >> act & 1) {
            return act;
        }
    }
    return ID_NONE;
}

static bool may_do(const Standing *standing, ActId act)
{
    return act != ID_NONE && sees_doing(standing, act) == SIGHT_FULL;
}

/* What this hat was asked and owes: the act that answers it. */
static ActId answer_owed(const Standing *standing)
{
    const Matter *matter = standing->matter;
    for (size_t i = 0; i < matter->owed_count; i++) {
        const Owed *owed = &matter->owed[i];
        if (owed->state != OWED_OPEN || !owed->current || !access_owes(standing, owed)) {
            continue;
        }
        for (ActId act = 0; act < matter->edition->acts_count; act++) {
            if ((act_fulfils(&matter->edition->acts[act]) >> owed->duty & 1) &&
                may_do(standing, act)) {
                return act;
            }
        }
    }
    return ID_NONE;
}

static void part_awaits(const Standing *standing, const Step *step, MatterPart *part)
{
    part->awaited = answer_owed(standing);
    if (part->awaited != ID_NONE || !step) {
        return;
    }
    const Edition *edition = standing->matter->edition;
    ActId lacking = first_lacking(edition, step->lacking);
    bool may_step = may_do(standing, step->act);
    if (lacking != ID_NONE && may_do(standing, lacking)) {
        part->awaited = lacking;
        part->blocked = may_step && step->waits;
    } else if (may_step && may_do(standing, step->ask)) {
        part->awaited = step->ask;
    } else if (may_step) {
        part->awaited = step->act;
        part->blocked = step->waits || step->barred || lacking != ID_NONE || step->ask != ID_NONE;
    }
}

/* ---- the hats ---- */

static Day due_seen(const Gather *gather, const Standing *standing)
{
    Day due = DAY_NONE;
    for (size_t i = 0; i < gather->matter->clocks_count; i++) {
        const Thing thing = {.kind = THING_CLOCK, .clock = &gather->matter->clocks[i]};
        Day own = gather->dues[i];
        if (own != DAY_NONE && (due == DAY_NONE || own < due) &&
            access_to(standing, &thing) != SIGHT_NONE) {
            due = own;
        }
    }
    return due;
}

static void try_hat(Gather *gather, Hat hat, const Step *step)
{
    Standing standing;
    if (!standing_begin(&standing, &hat, gather->matter, gather->acts, gather->acts_count,
                        gather->sealed)) {
        return;
    }
    for (size_t i = 0; i < gather->tied_count; i++) {
        standing_tie(&standing, gather->tied[i].party, gather->tied[i].n, gather->tied[i].kind);
    }
    standing_end(&standing);
    if (!standing.knows) {
        return;
    }
    Buf name = {0};
    buf_put_hat(&name, &hat);
    const Act *from = act_of(&standing, standing.from);
    MatterPart part = {.hat = str_copy(gather->arena, buf_str(&name)), .awaited = ID_NONE,
                       .due = due_seen(gather, &standing),
                       .since = from ? from->on : DAY_NONE};
    buf_done(&name);
    part_awaits(&standing, step, &part);
    gather->parts = arena_grow(gather->arena, gather->parts, gather->count, &gather->capacity,
                               gather->count + 1, sizeof part);
    gather->parts[gather->count++] = part;
}

static bool word_seen(Str list, size_t before, Str word)
{
    for (size_t at = 0; at < before;) {
        size_t end = at + str_find(str_part(list, at, before), ' ');
        if (str_eq(str_part(list, at, end), word)) {
            return true;
        }
        at = end + 1;
    }
    return false;
}

/* A hat for each organisation that the facts name. */
static void try_orgs(Gather *gather, Str party, bool several, const Value *orgs, const Step *step)
{
    if (!orgs || orgs->kind != VALUE_TEXT) {
        return;
    }
    if (!several) {
        try_hat(gather, (Hat){.party = party, .org = orgs->text}, step);
        return;
    }
    for (size_t at = 0; at < orgs->text.len;) {
        size_t end = at + str_find(str_part(orgs->text, at, orgs->text.len), ' ');
        Str org = str_part(orgs->text, at, end);
        if (org.len && !word_seen(orgs->text, at, org)) {
            try_hat(gather, (Hat){.party = party, .org = org}, step);
        }
        at = end + 1;
    }
}

/* Parties that the ties name, each once. */
static void try_tied(Gather *gather, RoleId role, const Step *step)
{
    for (size_t i = 0; i < gather->tied_count; i++) {
        Party party = gather->tied[i].party;
        bool again = party.role != role || party.id.len == 0;
        for (size_t j = 0; j < i && !again; j++) {
            again = party_eq(gather->tied[j].party, party);
        }
        if (!again) {
            Buf word = {0};
            buf_put_party(&word, gather->matter->edition, party);
            try_hat(gather, (Hat){.party = str_copy(gather->arena, buf_str(&word))}, step);
            buf_done(&word);
        }
    }
}

static int by_hat(const void *a, const void *b)
{
    const MatterPart *x = a, *y = b;
    return str_cmp(x->hat, y->hat);
}

static void gather_dues(Gather *gather)
{
    const Matter *matter = gather->matter;
    gather->dues = ARENA_MANY(gather->arena, Day, matter->clocks_count);
    for (size_t i = 0; i < matter->clocks_count; i++) {
        const ClockRun *run = &matter->clocks[i];
        gather->dues[i] = run->end == CLOCK_OPEN
                              ? dayclock_status(matter, run, gather->calendar, gather->on).due
                              : DAY_NONE;
    }
}

const MatterPart *parts_of(Arena *arena, const Matter *matter, const Act *acts, size_t acts_count,
                           const Calendar *calendar, Day on, size_t *ret_count)
{
    const Edition *edition = matter->edition;
    Gather gather = {.arena = arena, .matter = matter, .acts = acts, .acts_count = acts_count,
                     .calendar = calendar, .on = on};
    *ret_count = 0;
    if (matter->stage == ID_NONE) {
        return NULL;
    }
    Step wanted;
    gather.sealed = sealed_rounds(matter, calendar, on);
    gather_dues(&gather);
    ties_each(matter, acts, acts_count, gather_tie, &gather);
    const Step *step = step_wanted(&gather, &wanted) ? &wanted : NULL;
    for (RoleId role = 0; role < edition->roles_count; role++) {
        Capacity capacity = role_capacity(edition, role);
        Str party = edition->roles[role].id;
        if (by_org(capacity)) {
            bool several = capacity == CAPACITY_SUPPLIER;
            Str key = several ? STR("providers") : STR("operator_id");
            try_orgs(&gather, party, several, facts_purchase(matter->facts, key), step);
        } else if (edition->roles[role].kind == ROLE_ONE) {
            try_hat(&gather, (Hat){.party = party}, step);
        } else {
            try_tied(&gather, role, step);
        }
    }
    if (gather.count) {
        qsort(gather.parts, gather.count, sizeof *gather.parts, by_hat);
    }
    *ret_count = gather.count;
    return gather.parts;
}
