/* access_acts.c: what of an act that was done is seen. */
#include "access_inside.h"

/* The duty that this act answered, where the duty is one that is sealed; NULL: none. A duty that
 * may be answered again remembers its last answer only: the round is then told by its day. */
static const Owed *sealed_answered(const Matter *matter, const Act *act)
{
    const Owed *found = NULL;
    uint32_t fulfils = act->act == ID_NONE ? 0 : act_fulfils(&matter->edition->acts[act->act]);
    for (size_t i = 0; fulfils && i < matter->owed_count; i++) {
        const Owed *owed = &matter->owed[i];
        if ((fulfils >> owed->duty & 1) && matter->edition->duties[owed->duty].sealed &&
            party_eq(owed->by, act->by) && owed->laid_by < act->n &&
            (!found || owed->laid_by > found->laid_by)) {
            found = owed;
        }
    }
    return found;
}

static bool branch_moves(const Branch *branch, bool opening)
{
    return opening || branch->to != ID_NONE;
}

/* Did the act lay a duty of this hat? */
static bool laid_own_duty(const Standing *standing, const Act *act)
{
    const Matter *matter = standing->matter;
    for (size_t i = 0; i < matter->owed_count; i++) {
        if (matter->owed[i].laid_by == act->n && access_owes(standing, &matter->owed[i])) {
            return true;
        }
    }
    return false;
}

/* Did the act release this hat from a duty, and nothing more? One that moves the stage tells those
 * whom it releases no more than others. */
static bool released(const Standing *standing, const Act *act, bool moves)
{
    const Matter *matter = standing->matter;
    for (size_t i = 0; !moves && i < matter->owed_count; i++) {
        const Owed *owed = &matter->owed[i];
        if (owed->closed_by == act->n && owed->state == OWED_LIFTED &&
            access_owes(standing, owed)) {
            return true;
        }
    }
    return false;
}

/* Acts of assessment: those that can carry a finding. */
static bool act_finds(const Edition *edition, const ActKind *kind)
{
    FieldId finding = edition_field(edition, STR("finding"));
    FieldId factor = edition_field(edition, STR("factor"));
    return (finding != ID_NONE && (kind->fields >> finding & 1)) ||
           (factor != ID_NONE && (kind->fields >> factor & 1));
}

/* Does the branch that asked somebody rest on acts of this kind? */
static bool branch_rests_on(const Branch *branch, ActId act, const ActKind *kind)
{
    for (uint8_t i = 0; i < branch->needs_count; i++) {
        const Guard *guard = &branch->needs[i];
        if ((guard->kind == GUARD_DONE && (guard->acts >> act & 1)) ||
            (guard->kind == GUARD_ANSWERED && (act_fulfils(kind) >> guard->duty & 1))) {
            return true;
        }
    }
    return false;
}

/* Was the act laid before this hat when it was asked: findings, and what the asking rests on? */
static bool put_before(const Standing *standing, const Act *act)
{
    const Edition *edition = standing->matter->edition;
    const Act *asking = act_of(standing, standing->asked_by);
    if (!asking || act->n >= standing->asked_by) {
        return false;
    }
    const ActKind *kind = &edition->acts[act->act];
    if (standing->capacity == CAPACITY_CONSULTED && act_finds(edition, kind)) {
        return true;
    }
    const ActKind *asked = &edition->acts[asking->act];
    for (uint8_t i = 0; i < asked->branches_count; i++) {
        if (asked->branches[i].imposes != ID_NONE &&
            branch_rests_on(&asked->branches[i], act->act, kind)) {
            return true;
        }
    }
    return false;
}

/* Operator and supplier. */
static Sight party_sees_act(const Standing *standing, const Act *act, const Branch *branch,
                            bool moves)
{
    const Matter *matter = standing->matter;
    if (act->n < standing->from) {
        return SIGHT_NONE;
    }
    if (branch_tells(matter->edition, branch, standing->party.role) ||
        act_names(matter, act, standing->party) || laid_own_duty(standing, act) ||
        released(standing, act, moves)) {
        return SIGHT_FULL;
    }
    bool other_supplier = party_eq(act->by, standing->party);
    return moves || other_supplier ? SIGHT_BARE : SIGHT_NONE;
}

static Sight consulted_sees_act(const Standing *standing, const Act *act, const Branch *branch,
                                bool moves)
{
    const Matter *matter = standing->matter;
    bool of_party = role_capacity(matter->edition, act->by.role) == CAPACITY_PARTY;
    if ((of_party && standing->asked_by) || put_before(standing, act) ||
        act_names(matter, act, standing->party) || laid_own_duty(standing, act) ||
        branch->outcome_kind != OUTCOME_NONE) {
        return SIGHT_FULL;
    }
    return moves ? SIGHT_BARE : SIGHT_NONE;
}

static Sight named_sees_act(const Standing *standing, const Act *act, bool moves)
{
    bool assigned = act_names(standing->matter, act, standing->party) ||
                    laid_own_duty(standing, act) || released(standing, act, moves) ||
                    put_before(standing, act);
    return assigned ? SIGHT_FULL : SIGHT_NONE;
}

/* An act that answers a sealed duty shows as much as the answer does. */
static Sight sees_sealed_act(const Standing *standing, const Owed *owed)
{
    if (sees_owed(standing, owed) == SIGHT_NONE) {
        return SIGHT_NONE;
    }
    return sees_answer(standing, owed) == SIGHT_FULL ? SIGHT_FULL : SIGHT_BARE;
}

Sight sees_act(const Standing *standing, const Thing *thing)
{
    const Matter *matter = standing->matter;
    const Act *act = thing->act;
    const Branch *branch = thing->branch ? thing->branch
                                         : tie_branch(matter, standing->acts,
                                                      standing->acts_count, act->n);
    if (!branch) {
        return SIGHT_NONE;
    }
    if (own_act(standing, act)) {
        return SIGHT_FULL;
    }
    const Owed *sealed = sealed_answered(matter, act);
    if (sealed) {
        return sees_sealed_act(standing, sealed);
    }
    bool moves = branch_moves(branch, standing->acts[0].n == act->n);
    switch (standing->capacity) {
    case CAPACITY_OFFICE:
    case CAPACITY_AUDITOR:
    case CAPACITY_SUPERIOR:
        return SIGHT_FULL;
    case CAPACITY_CENTER:
        return role_capacity(matter->edition, act->by.role) == CAPACITY_PARTY ? SIGHT_FULL
                                                                              : SIGHT_BARE;
    case CAPACITY_PARTY:
    case CAPACITY_SUPPLIER:
        return party_sees_act(standing, act, branch, moves);
    case CAPACITY_CONSULTED:
        return consulted_sees_act(standing, act, branch, moves);
    case CAPACITY_NAMED:
        return named_sees_act(standing, act, moves);
    case CAPACITY_NONE:
        break;
    }
    return SIGHT_NONE;
}

bool access_to_field(const Standing *standing, const Act *act, FieldId field)
{
    static const char *const internal[] = {"note",       "record",   "author",  "dissent",
                                           "drafted_by", "opinions", "missing", "who"};
    const Edition *edition = standing->matter->edition;
    Capacity capacity = standing->capacity;
    bool told = by_org(capacity) || capacity == CAPACITY_NAMED;
    if (!told || own_act(standing, act)) {
        return true;
    }
    FieldKind kind = edition->fields[field].kind;
    if (kind == FIELD_PARTY || kind == FIELD_PARTIES) {
        return field_names(standing->matter, act, field, standing->party);
    }
    for (size_t i = 0; i < sizeof internal / sizeof internal[0]; i++) {
        if (str_is(edition->fields[field].id, internal[i])) {
            return false;
        }
    }
    return true;
}
