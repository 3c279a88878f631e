/* access.c: the gate. First what ties a hat to the matter (ties.c), then one question at a time:
 *
 *   does it know the matter? ── no ──▶ SIGHT_NONE, whatever is asked
 *     │ yes
 *     ▼
 *   is the thing an answer under seal, or tells of one? ── its own alone
 *     ▼
 *   what does its capacity show? office, auditor, commission: all · the others: what each needs
 *
 * Nothing here names an edition; what a role is stands in role_capacity. */
#include "access.h"

#include <assert.h>

#include "guards.h"
#include "ties.h"

Capacity role_capacity(const Edition *edition, RoleId role)
{
    static const struct { const char *role; Capacity capacity; } known[] = {
        {"office", CAPACITY_OFFICE},       {"center", CAPACITY_CENTER},
        {"operator", CAPACITY_PARTY},      {"provider", CAPACITY_SUPPLIER},
        {"member", CAPACITY_CONSULTED},    {"department", CAPACITY_CONSULTED},
        {"commission", CAPACITY_SUPERIOR}, {"public", CAPACITY_NONE},
    };
    if (role >= edition->roles_count) {
        return CAPACITY_NONE;
    }
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (str_is(edition->roles[role].id, known[i].role)) {
            return known[i].capacity;
        }
    }
    return edition->recipient_roles >> role & 1 ? CAPACITY_CONSULTED : CAPACITY_NAMED;
}

bool capacity_sees_all(Capacity capacity)
{
    return capacity == CAPACITY_OFFICE || capacity == CAPACITY_AUDITOR ||
           capacity == CAPACITY_SUPERIOR;
}

void buf_put_hat(Buf *buf, const Hat *hat)
{
    buf_put(buf, hat->party);
    if (str_is(hat->party, "operator") || str_is(hat->party, "provider")) {
        buf_put_byte(buf, ':');
        buf_put(buf, hat->org);
    }
}

/* ---- organisations ---- */

/* Is `id` a word of the list, words parted by spaces? *ret_words: how many words there are. */
static bool among_words(Str list, Str id, size_t *ret_words)
{
    bool found = false;
    *ret_words = 0;
    for (size_t at = 0; at < list.len;) {
        Str rest = str_part(list, at, list.len);
        size_t end = str_find(rest, ' ');
        Str word = str_part(rest, 0, end);
        *ret_words += word.len > 0;
        found |= word.len > 0 && str_eq(word, id);
        at += end + 1;
    }
    return found;
}

/* Is the organisation the one that the facts name? *ret_alone: it is the only one. */
static bool org_named(const Matter *matter, Capacity capacity, Str org, bool *ret_alone)
{
    bool party = capacity == CAPACITY_PARTY;
    const Value *fact =
        facts_purchase(matter->facts, party ? STR("operator_id") : STR("providers"));
    size_t words = 0;
    *ret_alone = false;
    if (!fact || fact->kind != VALUE_TEXT || org.len == 0) {
        return false;
    }
    bool named = party ? str_eq(fact->text, org) : among_words(fact->text, org, &words);
    *ret_alone = named && (party || words == 1);
    return named;
}

static bool by_org(Capacity capacity)
{
    return capacity == CAPACITY_PARTY || capacity == CAPACITY_SUPPLIER;
}

/* ---- the seal ---- */

/* Can this duty be answered in the stage where the matter is? */
static bool answerable(const Matter *matter, DutyId duty)
{
    const Edition *edition = matter->edition;
    for (size_t i = 0; matter->stage != ID_NONE && i < edition->acts_count; i++) {
        for (uint8_t j = 0; j < edition->acts[i].branches_count; j++) {
            const Branch *branch = &edition->acts[i].branches[j];
            if ((branch->fulfils >> duty & 1) && (branch->in >> matter->stage & 1)) {
                return true;
            }
        }
    }
    return false;
}

static bool round_runs(const Matter *matter, const Calendar *calendar, DutyId duty, Day on)
{
    bool waits = false;          /* somebody's answer is out and its time is not */
    for (size_t i = 0; i < matter->owed_count; i++) {
        const Owed *owed = &matter->owed[i];
        if (owed->duty != duty || !owed->current || owed->state != OWED_OPEN) {
            continue;
        }
        waits |= owed->clock == UINT32_MAX ||
                 dayclock_status(matter, &matter->clocks[owed->clock], calendar, on).state !=
                     STATE_OVERDUE;
    }
    return waits && answerable(matter, duty);
}

static uint32_t sealed_rounds(const Matter *matter, const Calendar *calendar, Day on)
{
    uint32_t sealed = 0;
    for (DutyId duty = 0; duty < matter->edition->duties_count; duty++) {
        if (matter->edition->duties[duty].sealed && round_runs(matter, calendar, duty, on)) {
            sealed |= UINT32_C(1) << duty;
        }
    }
    return sealed;
}

static bool under_seal(const Standing *standing, const Owed *owed)
{
    return owed->current && (standing->sealed >> owed->duty & 1);
}

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

/* ---- standing ---- */

static void take_tie(void *with, Party party, uint32_t n, TieKind kind)
{
    Standing *standing = with;
    Capacity capacity = standing->capacity;
    if (by_org(capacity) && !standing->named) {
        return;
    }
    bool mine = party_eq(party, standing->party);
    if (!mine && n == 1 && kind == TIE_ACTED && capacity == CAPACITY_SUPPLIER) {
        mine = role_capacity(standing->matter->edition, party.role) == CAPACITY_PARTY;
    }
    if (!mine) {
        return;
    }
    if (!standing->knows) {
        standing->knows = true;
        standing->from = n;
    }
    standing->named |= kind == TIE_ACTED || kind == TIE_ASKED || kind == TIE_NAMED;
}

static const Act *act_of(const Standing *standing, uint32_t n)
{
    if (n > 0 && n <= standing->acts_count && standing->acts[n - 1].n == n) {
        return &standing->acts[n - 1];
    }
    for (size_t i = 0; i < standing->acts_count; i++) {
        if (standing->acts[i].n == n) {
            return &standing->acts[i];
        }
    }
    return NULL;
}

bool access_owes(const Standing *standing, const Owed *owed)
{
    const Edition *edition = standing->matter->edition;
    if (standing->party.role == ID_NONE || (by_org(standing->capacity) && !standing->named)) {
        return false;
    }
    if (owed->by.role != ID_NONE) {
        return party_eq(owed->by, standing->party);
    }
    const DutyKind *duty = &edition->duties[owed->duty];
    const Act *laid = act_of(standing, owed->laid_by);
    if (laid && duty->of_field != ID_NONE && act_given(laid, duty->of_field)) {
        return field_names(standing->matter, laid, duty->of_field, standing->party);
    }
    if (standing->capacity != CAPACITY_PARTY) {
        return false;
    }
    for (size_t i = 0; i < edition->acts_count; i++) {   /* nobody named: the party's, if it may */
        const ActKind *kind = &edition->acts[i];
        if ((act_fulfils(kind) >> owed->duty & 1) && (kind->by >> standing->party.role & 1)) {
            return true;
        }
    }
    return false;
}

static bool party_found(const Edition *edition, const Hat *hat, Standing *standing)
{
    standing->party = (Party){.role = ID_NONE};
    if (str_is(hat->party, "auditor")) {
        standing->capacity = CAPACITY_AUDITOR;
        return true;
    }
    if (!edition_party(edition, hat->party, &standing->party)) {
        standing->party = (Party){.role = ID_NONE};
        return false;
    }
    standing->capacity = role_capacity(edition, standing->party.role);
    return standing->capacity != CAPACITY_NONE;
}

Standing access_standing(const Hat *hat, const Matter *matter, const Act *acts, size_t acts_count,
                         const Calendar *calendar, Day on)
{
    Standing standing = {.hat = hat, .matter = matter, .acts = acts, .acts_count = acts_count};
    if (!party_found(matter->edition, hat, &standing)) {
        return standing;
    }
    bool alone;
    standing.named = by_org(standing.capacity) &&
                     org_named(matter, standing.capacity, hat->org, &alone);
    standing.sealed = sealed_rounds(matter, calendar, on);
    if (standing.capacity != CAPACITY_AUDITOR) {
        ties_each(matter, acts, acts_count, take_tie, &standing);
    }
    if (standing.capacity == CAPACITY_OFFICE || standing.capacity == CAPACITY_AUDITOR) {
        standing.knows = matter->stage != ID_NONE && acts_count > 0;
        standing.from = standing.knows ? acts[0].n : 0;
    }
    for (size_t i = 0; standing.knows && i < matter->owed_count; i++) {
        const Owed *owed = &matter->owed[i];
        if (owed->laid_by > standing.asked_by && access_owes(&standing, owed)) {
            standing.asked_by = owed->laid_by;
        }
    }
    return standing;
}

/* ---- acts ---- */

/* Of several suppliers the record does not tell which one acted. */
static bool own_act(const Standing *standing, const Act *act)
{
    bool alone = true;
    if (standing->party.role == ID_NONE || !party_eq(act->by, standing->party)) {
        return false;
    }
    return !by_org(standing->capacity) ||
           (org_named(standing->matter, standing->capacity, standing->hat->org, &alone) && alone);
}

static bool branch_moves(const Branch *branch, bool opening)
{
    return opening || branch->to != ID_NONE;
}

/* Did the act lay, or release, a duty of this hat? */
static bool touched_own_duty(const Standing *standing, const Act *act, bool *ret_laid)
{
    const Matter *matter = standing->matter;
    bool lifted = false;
    *ret_laid = false;
    for (size_t i = 0; i < matter->owed_count; i++) {
        const Owed *owed = &matter->owed[i];
        bool laid = owed->laid_by == act->n;
        bool closed = owed->closed_by == act->n && owed->state == OWED_LIFTED;
        if ((laid || closed) && access_owes(standing, owed)) {
            *ret_laid |= laid;
            lifted |= closed;
        }
    }
    return *ret_laid || lifted;
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
    bool laid;
    if (act->n < standing->from) {
        return SIGHT_NONE;
    }
    if (branch_tells(matter->edition, branch, standing->party.role) ||
        act_names(matter, act, standing->party) || touched_own_duty(standing, act, &laid)) {
        return SIGHT_FULL;
    }
    bool other_supplier = party_eq(act->by, standing->party);
    return moves || other_supplier ? SIGHT_BARE : SIGHT_NONE;
}

static Sight consulted_sees_act(const Standing *standing, const Act *act, const Branch *branch,
                                bool moves)
{
    const Matter *matter = standing->matter;
    bool laid;
    bool of_party = role_capacity(matter->edition, act->by.role) == CAPACITY_PARTY;
    if ((of_party && standing->asked_by) || put_before(standing, act) ||
        act_names(matter, act, standing->party) || branch->outcome_kind != OUTCOME_NONE) {
        return SIGHT_FULL;
    }
    if (touched_own_duty(standing, act, &laid) && laid) {
        return SIGHT_FULL;
    }
    return moves ? SIGHT_BARE : SIGHT_NONE;
}

static Sight named_sees_act(const Standing *standing, const Act *act)
{
    bool laid;
    bool assigned = act_names(standing->matter, act, standing->party) ||
                    touched_own_duty(standing, act, &laid) || put_before(standing, act);
    return assigned ? SIGHT_FULL : SIGHT_NONE;
}

static Sight sees_owed(const Standing *standing, const Owed *owed);
static Sight sees_answer(const Standing *standing, const Owed *owed);

/* An act that answers a sealed duty shows as much as the answer does. */
static Sight sees_sealed_act(const Standing *standing, const Owed *owed)
{
    if (sees_owed(standing, owed) == SIGHT_NONE) {
        return SIGHT_NONE;
    }
    return sees_answer(standing, owed) == SIGHT_FULL ? SIGHT_FULL : SIGHT_BARE;
}

static Sight sees_act(const Standing *standing, const Thing *thing)
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
        return named_sees_act(standing, act);
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
    if (edition->fields[field].kind == FIELD_PARTY || edition->fields[field].kind == FIELD_PARTIES) {
        return field_names(standing->matter, act, field, standing->party);
    }
    for (size_t i = 0; i < sizeof internal / sizeof internal[0]; i++) {
        if (str_is(edition->fields[field].id, internal[i])) {
            return false;
        }
    }
    return true;
}

/* ---- facts, clocks, duties, papers ---- */

static Sight sees_facts(const Standing *standing)
{
    bool alone;
    if (standing->capacity != CAPACITY_SUPPLIER) {
        return SIGHT_FULL;
    }
    bool applied = party_eq(standing->acts[0].by, standing->party);
    return applied && org_named(standing->matter, CAPACITY_SUPPLIER, standing->hat->org, &alone) &&
                   alone
               ? SIGHT_FULL : SIGHT_NONE;
}

static Sight sees_clock(const Standing *standing, const ClockRun *clock)
{
    if (capacity_sees_all(standing->capacity)) {
        return SIGHT_FULL;
    }
    if (clock->of.role != ID_NONE) {
        return party_eq(clock->of, standing->party) ? SIGHT_FULL : SIGHT_NONE;
    }
    bool shown = standing->capacity == CAPACITY_CENTER || standing->capacity == CAPACITY_PARTY ||
                 (standing->capacity == CAPACITY_CONSULTED && standing->asked_by);
    return shown ? SIGHT_FULL : SIGHT_NONE;
}

/* This hat's place in the round of that duty, or NULL. */
static const Owed *own_place(const Standing *standing, const Owed *owed)
{
    for (size_t i = 0; i < standing->matter->owed_count; i++) {
        const Owed *place = &standing->matter->owed[i];
        if (place->duty == owed->duty && place->laid_by == owed->laid_by &&
            standing->party.role != ID_NONE && party_eq(place->by, standing->party)) {
            return place;
        }
    }
    return NULL;
}

static Sight sees_owed(const Standing *standing, const Owed *owed)
{
    if (capacity_sees_all(standing->capacity) || access_owes(standing, owed)) {
        return SIGHT_FULL;
    }
    bool round = standing->matter->edition->duties[owed->duty].of == OWED_BY_RECIPIENTS;
    return standing->capacity == CAPACITY_CONSULTED && round && own_place(standing, owed)
               ? SIGHT_FULL : SIGHT_NONE;
}

static Sight sees_answer(const Standing *standing, const Owed *owed)
{
    const Act *answer = owed->state == OWED_ANSWERED ? act_of(standing, owed->closed_by) : NULL;
    if (!answer) {
        return SIGHT_NONE;
    }
    if (own_act(standing, answer)) {
        return SIGHT_FULL;
    }
    if (under_seal(standing, owed)) {
        return SIGHT_NONE;
    }
    if (capacity_sees_all(standing->capacity)) {
        return SIGHT_FULL;
    }
    const Owed *place = own_place(standing, owed);
    return sees_owed(standing, owed) == SIGHT_FULL && place && place->state == OWED_ANSWERED
               ? SIGHT_FULL : SIGHT_NONE;
}

static bool same_hat(const Hat *a, const Hat *b, Capacity capacity)
{
    return str_eq(a->party, b->party) && (!by_org(capacity) || str_eq(a->org, b->org));
}

static bool material_kind(const Edition *edition, Str kind)
{
    for (size_t i = 0; i < edition->materials_count; i++) {
        if (str_eq(edition->materials[i].id, kind)) {
            return true;
        }
    }
    return false;
}

/* Has this party given an answer that is still under seal? Its papers may belong to it. */
static bool answers_under_seal(const Standing *standing, Party party)
{
    for (size_t i = 0; i < standing->matter->owed_count; i++) {
        const Owed *owed = &standing->matter->owed[i];
        if (party_eq(owed->by, party) && under_seal(standing, owed)) {
            return true;
        }
    }
    return false;
}

static Sight sees_paper(const Standing *standing, const Thing *thing)
{
    const Edition *edition = standing->matter->edition;
    Party of = {.role = ID_NONE};
    if (same_hat(&thing->paper_of, standing->hat, standing->capacity)) {
        return SIGHT_FULL;
    }
    if (!edition_party(edition, thing->paper_of.party, &of)) {
        of.role = ID_NONE;
    }
    if (of.role != ID_NONE && answers_under_seal(standing, of)) {
        return SIGHT_NONE;
    }
    bool of_party = role_capacity(edition, of.role) == CAPACITY_PARTY;
    switch (standing->capacity) {
    case CAPACITY_OFFICE:
    case CAPACITY_SUPERIOR:
        return SIGHT_FULL;
    case CAPACITY_AUDITOR:
        return SIGHT_BARE;
    case CAPACITY_CENTER:
        return of_party && material_kind(edition, thing->paper_kind) ? SIGHT_FULL : SIGHT_NONE;
    case CAPACITY_CONSULTED:
        return of_party && standing->asked_by ? SIGHT_FULL : SIGHT_NONE;
    case CAPACITY_PARTY:
    case CAPACITY_SUPPLIER:
    case CAPACITY_NAMED:
    case CAPACITY_NONE:
        break;
    }
    return SIGHT_NONE;
}

/* ---- acts to be done ---- */

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
        bool open = owed->state == OWED_OPEN ||
                    (owed->state == OWED_ANSWERED && matter->edition->duties[owed->duty].repeatable);
        if ((branch->fulfils >> owed->duty & 1) && owed->current && open &&
            access_owes(standing, owed)) {
            return true;
        }
    }
    return false;
}

static Sight sees_doing(const Standing *standing, ActId doing)
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

Sight access_to(const Standing *standing, const Thing *thing)
{
    if (thing->kind == THING_DO) {
        return sees_doing(standing, thing->doing);
    }
    if (!standing->knows) {
        return SIGHT_NONE;
    }
    switch (thing->kind) {
    case THING_MATTER:
        return SIGHT_FULL;
    case THING_FACTS:
        return sees_facts(standing);
    case THING_ACT:
        return sees_act(standing, thing);
    case THING_CLOCK:
        return sees_clock(standing, thing->clock);
    case THING_OWED:
        return sees_owed(standing, thing->owed);
    case THING_ANSWER:
        return sees_answer(standing, thing->owed);
    case THING_PAPER:
        return sees_paper(standing, thing);
    case THING_DO:
        break;
    }
    return SIGHT_NONE;
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
