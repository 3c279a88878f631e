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
#include "access_inside.h"

#include "dayclock.h"

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
bool org_named(const Matter *matter, Capacity capacity, Str org, bool *ret_alone)
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

bool by_org(Capacity capacity)
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

uint32_t sealed_rounds(const Matter *matter, const Calendar *calendar, Day on)
{
    uint32_t sealed = 0;
    for (DutyId duty = 0; duty < matter->edition->duties_count; duty++) {
        if (matter->edition->duties[duty].sealed && round_runs(matter, calendar, duty, on)) {
            sealed |= UINT32_C(1) << duty;
        }
    }
    return sealed;
}

bool under_seal(const Standing *standing, const Owed *owed)
{
    return owed->current && (standing->sealed >> owed->duty & 1);
}

/* ---- standing ---- */

void standing_tie(void *with, Party party, uint32_t n, TieKind kind)
{
    Standing *standing = with;
    Capacity capacity = standing->capacity;
    if (by_org(capacity) && !standing->named) {
        return;
    }
    bool mine = party_eq(party, standing->party);
    if (!mine && n == standing->acts[0].n && kind == TIE_ACTED && capacity == CAPACITY_SUPPLIER) {
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

const Act *act_of(const Standing *standing, uint32_t n)
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

bool standing_begin(Standing *standing, const Hat *hat, const Matter *matter, const Act *acts,
                    size_t acts_count, uint32_t sealed)
{
    *standing = (Standing){.hat = hat, .matter = matter, .acts = acts, .acts_count = acts_count};
    if (!party_found(matter->edition, hat, standing)) {
        return false;
    }
    bool alone;
    standing->named = by_org(standing->capacity) &&
                      org_named(matter, standing->capacity, hat->org, &alone);
    standing->sealed = sealed;
    return true;
}

void standing_end(Standing *standing)
{
    const Matter *matter = standing->matter;
    if (standing->capacity == CAPACITY_OFFICE || standing->capacity == CAPACITY_AUDITOR) {
        standing->knows = matter->stage != ID_NONE && standing->acts_count > 0;
        standing->from = standing->knows ? standing->acts[0].n : 0;
    }
    for (size_t i = 0; standing->knows && i < matter->owed_count; i++) {
        const Owed *owed = &matter->owed[i];
        if (owed->laid_by > standing->asked_by && access_owes(standing, owed)) {
            standing->asked_by = owed->laid_by;
        }
    }
}

Standing access_standing(const Hat *hat, const Matter *matter, const Act *acts, size_t acts_count,
                         const Calendar *calendar, Day on)
{
    Standing standing;
    if (!standing_begin(&standing, hat, matter, acts, acts_count,
                        sealed_rounds(matter, calendar, on))) {
        return standing;
    }
    if (standing.capacity != CAPACITY_AUDITOR) {
        ties_each(matter, acts, acts_count, standing_tie, &standing);
    }
    standing_end(&standing);
    return standing;
}

/* ---- facts, clocks, duties, papers ---- */

/* Of several suppliers the record does not tell which one acted. */
bool own_act(const Standing *standing, const Act *act)
{
    bool alone = true;
    if (standing->party.role == ID_NONE || !party_eq(act->by, standing->party)) {
        return false;
    }
    return !by_org(standing->capacity) ||
           (org_named(standing->matter, standing->capacity, standing->hat->org, &alone) && alone);
}

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

Sight sees_owed(const Standing *standing, const Owed *owed)
{
    if (capacity_sees_all(standing->capacity) || access_owes(standing, owed)) {
        return SIGHT_FULL;
    }
    bool round = standing->matter->edition->duties[owed->duty].of == OWED_BY_RECIPIENTS;
    return standing->capacity == CAPACITY_CONSULTED && round && own_place(standing, owed)
               ? SIGHT_FULL : SIGHT_NONE;
}

Sight sees_answer(const Standing *standing, const Owed *owed)
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
