/* ties.c: the acts folded once more, looking at whom each of them concerns. */
#include "ties.h"

#include "guards.h"

typedef struct Replay {          /* stages alone; duties and clocks are the matter's */
    Matter at;
    const Matter *matter;
    TieEach *each;
    void *with;
} Replay;

static Replay replay_of(const Matter *matter)
{
    Replay replay = {.matter = matter};
    matter_init(&replay.at, NULL, matter->edition, matter->facts);
    return replay;
}

/* The branch that the act took; the replay goes on behind it. */
static const Branch *replay_act(Replay *replay, const Act *act)
{
    const Branch *branch = matter_branch(&replay->at, act);
    if (branch) {
        StageId next = replay->at.stage == ID_NONE ? branch->opens : branch->to;
        replay->at.last[act->act] = act;
        replay->at.stage = next == ID_NONE ? replay->at.stage : next;
    }
    return branch;
}

const Branch *tie_branch(const Matter *matter, const Act *acts, size_t acts_count, uint32_t n)
{
    Replay replay = replay_of(matter);
    for (size_t i = 0; i < acts_count; i++) {
        const Branch *branch = replay_act(&replay, &acts[i]);
        if (acts[i].n == n) {
            return branch;
        }
    }
    return NULL;
}

uint32_t act_fulfils(const ActKind *kind)
{
    uint32_t duties = 0;
    for (uint8_t i = 0; i < kind->branches_count; i++) {
        duties |= kind->branches[i].fulfils;
    }
    return duties;
}

bool branch_tells(const Edition *edition, const Branch *branch, RoleId role)
{
    for (uint8_t i = 0; role != ID_NONE && i < branch->notices_count; i++) {
        if (str_eq(edition->notices[branch->notices[i]].to, edition->roles[role].id)) {
            return true;
        }
    }
    return false;
}

static bool field_of_parties(const Field *field)
{
    return field->kind == FIELD_PARTY || field->kind == FIELD_PARTIES;
}

bool field_names(const Matter *matter, const Act *act, FieldId field, Party party)
{
    const Edition *edition = matter->edition;
    const Value *value = act_given(act, field);
    if (!value || !field_of_parties(&edition->fields[field])) {
        return false;
    }
    Party named;
    bool many = value->kind == VALUE_MANY;
    size_t count = many ? value->many_count : value->kind == VALUE_TEXT ? 1 : 0;
    for (size_t i = 0; i < count; i++) {
        Str text = many ? value->many[i] : value->text;
        if (edition_party(edition, text, &named) && party_eq(named, party)) {
            return true;
        }
    }
    return false;
}

bool act_names(const Matter *matter, const Act *act, Party party)
{
    for (uint8_t i = 0; i < act->given_count; i++) {
        if (field_names(matter, act, act->given[i].field, party)) {
            return true;
        }
    }
    return false;
}

/* ---- the ties of one act ---- */

static void tie(const Replay *replay, Party party, const Act *act, TieKind kind)
{
    if (party.role != ID_NONE) {
        replay->each(replay->with, party, act->n, kind);
    }
}

static void tie_given(const Replay *replay, const Act *act)
{
    const Edition *edition = replay->matter->edition;
    for (uint8_t i = 0; i < act->given_count; i++) {
        const Value *value = &act->given[i].value;
        if (!field_of_parties(&edition->fields[act->given[i].field])) {
            continue;
        }
        bool many = value->kind == VALUE_MANY;
        size_t count = many ? value->many_count : value->kind == VALUE_TEXT ? 1 : 0;
        for (size_t j = 0; j < count; j++) {
            Party party;
            if (edition_party(edition, many ? value->many[j] : value->text, &party)) {
                tie(replay, party, act, TIE_NAMED);
            }
        }
    }
}

static void tie_branch_effects(const Replay *replay, const Act *act, const Branch *branch)
{
    const Matter *matter = replay->matter;
    const Edition *edition = matter->edition;
    if (branch->imposes != ID_NONE && edition->duties[branch->imposes].of == OWED_BY_RECIPIENTS) {
        for (size_t i = 0; i < matter->facts->recipients_count; i++) {
            tie(replay, matter->facts->recipients[i], act, TIE_ASKED);
        }
    }
    for (RoleId role = 0; branch->notices_count && role < edition->roles_count; role++) {
        if (branch_tells(edition, branch, role)) {
            tie(replay, (Party){.role = role}, act, TIE_TOLD);
        }
    }
}

/* ---- a stage entered ---- */

static bool purchase_is_so(const Matter *matter, const Act *act, const Branch *branch)
{
    for (uint8_t i = 0; i < branch->when_count; i++) {
        if (branch->when[i].ref.kind == REF_PURCHASE &&
            !equal_holds(matter, act, &branch->when[i])) {
            return false;
        }
    }
    return true;
}

/* Must this act be done in the stage before the matter can go on? */
static bool act_needed(const Matter *matter, StageId stage, ActId wanted)
{
    const Edition *edition = matter->edition;
    const Act nobody = {.act = wanted};
    for (size_t i = 0; i < edition->acts_count; i++) {
        for (uint8_t j = 0; j < edition->acts[i].branches_count; j++) {
            const Branch *branch = &edition->acts[i].branches[j];
            if (!(branch->in >> stage & 1) || !purchase_is_so(matter, &nobody, branch)) {
                continue;
            }
            for (uint8_t k = 0; k < branch->needs_count; k++) {
                if (branch->needs[k].kind == GUARD_DONE && (branch->needs[k].acts >> wanted & 1)) {
                    return true;
                }
            }
        }
    }
    return false;
}

/* The body in charge of the purchase's sector, as this role; role ID_NONE: there is none. */
static Party sector_party(const Matter *matter, RoleId role)
{
    const Value *sector = facts_purchase(matter->facts, STR("sector"));
    const Group *group = matter->edition->roles[role].group;
    for (size_t i = 0; sector && sector->kind == VALUE_TEXT && group && i < group->count; i++) {
        if (str_eq(group->ids[i], sector->text)) {
            return (Party){role, group->ids[i]};
        }
    }
    return (Party){.role = ID_NONE};
}

static bool kind_in_stage(const ActKind *kind, StageId stage)
{
    bool in = false;
    for (uint8_t i = 0; i < kind->branches_count; i++) {
        if (kind->branches[i].opens != ID_NONE) {
            return false;        /* whoever opens matters is not tied to those of others */
        }
        in |= (kind->branches[i].in >> stage & 1) != 0;
    }
    return in;
}

/* A role of one body is tied by the stage in which it acts; of a role of many, the body in charge
 * of the sector, where its act is needed; parties with organisations by what they do and are told
 * alone. */
static void tie_stage(const Replay *replay, const Act *act, StageId stage)
{
    const Edition *edition = replay->matter->edition;
    for (size_t i = 0; i < edition->acts_count; i++) {
        const ActKind *kind = &edition->acts[i];
        if (kind->by_addressee || !kind_in_stage(kind, stage)) {
            continue;
        }
        for (RoleId role = 0; role < edition->roles_count; role++) {
            Capacity capacity = role_capacity(edition, role);
            if (!(kind->by >> role & 1) || capacity == CAPACITY_PARTY ||
                capacity == CAPACITY_SUPPLIER) {
                continue;
            }
            if (edition->roles[role].kind == ROLE_ONE) {
                tie(replay, (Party){.role = role}, act, TIE_STAGE);
            } else if (edition->roles[role].kind == ROLE_LISTED &&
                       act_needed(replay->matter, stage, (ActId)i)) {
                tie(replay, sector_party(replay->matter, role), act, TIE_STAGE);
            }
        }
    }
}

void ties_each(const Matter *matter, const Act *acts, size_t acts_count, TieEach *each, void *with)
{
    Replay replay = replay_of(matter);
    replay.each = each;
    replay.with = with;
    uint32_t entered = 0;
    for (size_t i = 0; i < acts_count; i++) {
        const Act *act = &acts[i];
        const Branch *branch = replay_act(&replay, act);
        if (!branch) {
            return;              /* not acts of this matter */
        }
        tie(&replay, act->by, act, TIE_ACTED);
        tie_given(&replay, act);
        tie_branch_effects(&replay, act, branch);
        if (replay.at.stage != ID_NONE && !(entered >> replay.at.stage & 1)) {
            entered |= UINT32_C(1) << replay.at.stage;
            tie_stage(&replay, act, replay.at.stage);
        }
    }
}
