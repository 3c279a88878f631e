/* access_do.c: what a hat may do, and what must not be tried for it would tell what is sealed. */
#include "access_inside.h"

#include "guards.h"

static const Branch *open_branch(const Matter *matter, const ActKind *kind)
{
    for (uint8_t i = 0; i < kind->branches_count; i++) {
        const Branch *branch = &kind->branches[i];
        if (matter->stage == ID_NONE ? branch->opens != ID_NONE
                                     : (branch->in >> matter->stage & 1) != 0) {
            return branch;
        }
    }
    return NULL;
}

/* Does something wait for this hat's answer that the branch would give? */
static bool waits_for(const Standing *standing, const Branch *branch)
{
    const Matter *matter = standing->matter;
    for (size_t i = 0; i < matter->owed_count; i++) {
        const Owed *owed = &matter->owed[i];
        const DutyKind *duty = &matter->edition->duties[owed->duty];
        bool open = owed->state == OWED_OPEN ||
                    (owed->state == OWED_ANSWERED && duty->repeatable);
        if ((branch->fulfils >> owed->duty & 1) && owed->current && open &&
            access_owes(standing, owed)) {
            return true;
        }
    }
    return false;
}

Sight sees_doing(const Standing *standing, ActId doing)
{
    const Matter *matter = standing->matter;
    if (doing >= matter->edition->acts_count || standing->party.role == ID_NONE ||
        standing->capacity == CAPACITY_NONE) {
        return SIGHT_NONE;
    }
    const ActKind *kind = &matter->edition->acts[doing];
    const Branch *branch = open_branch(matter, kind);
    if (!branch || !(kind->by_addressee || (kind->by >> standing->party.role & 1))) {
        return SIGHT_NONE;
    }
    if (matter->stage == ID_NONE) {
        return kind->by_addressee ? SIGHT_NONE : SIGHT_FULL;
    }
    return standing->knows && (!branch->fulfils || waits_for(standing, branch)) ? SIGHT_FULL
                                                                               : SIGHT_NONE;
}

bool access_may_do(const Standing *standing, const Act *act)
{
    const Matter *matter = standing->matter;
    if (!party_eq(act->by, standing->party) || sees_doing(standing, act->act) != SIGHT_FULL) {
        return false;
    }
    const ActKind *kind = &matter->edition->acts[act->act];
    uint32_t fulfils = act_fulfils(kind);
    bool own = false, others = false;
    for (size_t i = 0; fulfils && i < matter->owed_count; i++) {
        const Owed *owed = &matter->owed[i];
        if ((fulfils >> owed->duty & 1) &&
            owed_picked(matter, owed, owed->duty, act, kind->by_addressee)) {
            bool mine = access_owes(standing, owed);
            own |= mine;
            others |= !mine;
        }
    }
    return !fulfils || (own && !others);
}

/* ---- acts that would tell what is under seal ---- */

static bool ref_sealed(const Standing *standing, const Ref *ref)
{
    return ref->kind == REF_ACT &&
           (act_fulfils(&standing->matter->edition->acts[ref->act]) & standing->sealed);
}

static bool guard_sealed(const Standing *standing, const Guard *guard)
{
    bool looks = (guard->kind == GUARD_AGREED || guard->kind == GUARD_DISAGREED) &&
                 (standing->sealed >> guard->duty & 1);
    for (uint8_t i = 0; !looks && i < guard->equals_count; i++) {
        looks = ref_sealed(standing, &guard->equals[i].ref);
    }
    return looks;
}

bool access_rests_on_sealed(const Standing *standing, const ActKind *act)
{
    const Matter *matter = standing->matter;
    for (uint8_t i = 0; matter->stage != ID_NONE && i < act->branches_count; i++) {
        const Branch *branch = &act->branches[i];
        bool rests = false;
        for (uint8_t j = 0; j < branch->needs_count; j++) {
            rests |= guard_sealed(standing, &branch->needs[j]);
        }
        for (uint8_t j = 0; j < branch->warns_count; j++) {
            rests |= guard_sealed(standing, &branch->warns[j]);
        }
        for (uint8_t j = 0; j < branch->when_count; j++) {
            rests |= ref_sealed(standing, &branch->when[j].ref);
        }
        rests |= branch->outcome_kind == OUTCOME_REF && ref_sealed(standing, &branch->outcome_ref);
        if (rests && (branch->in >> matter->stage & 1)) {
            return true;
        }
    }
    return false;
}
