/* decide.c: may this act be done now? The order of the questions is the contract of matter_decide:
 *
 *   act of the edition? → day in order? → open in this stage? → this role? → all asked for given?
 *   → which branch? → how often? → guards → can the duty be laid or answered?
 *
 * Every "no" names the clause of the rule that refuses and says what would be needed. */
#include <assert.h>

#include "guards.h"

typedef struct Asked {           /* one question being decided */
    const Matter *matter;
    const Calendar *calendar;
    const Act *act;
    const ActKind *kind;
    Arena *arena;
} Asked;

static Arg arg_text(Str text) { return (Arg){.kind = ARG_TEXT, .text = text}; }
static Arg arg_id(ArgKind kind, Str id) { return (Arg){.kind = kind, .text = id}; }
static Arg arg_mask(ArgKind kind, uint64_t mask) { return (Arg){.kind = kind, .mask = mask}; }
static Arg arg_number(int64_t number) { return (Arg){.kind = ARG_NUMBER, .number = number}; }
static Arg arg_day(Day day) { return (Arg){.kind = ARG_DAY, .number = day}; }

static Decision refuse(const Asked *asked, Str clause, Word why, const Arg *args, size_t count)
{
    assert(count <= DECISION_ARGS_MAX);
    return (Decision){.kind = DECISION_REFUSED, .act = asked->kind, .clause = clause, .why = why,
                      .args = count ? arena_copy(asked->arena, args, count * sizeof *args) : NULL,
                      .args_count = (uint8_t)count};
}
#define REFUSE(asked, clause, why, ...)                                                           \
    refuse((asked), (clause), (why), (const Arg[]){__VA_ARGS__},                                  \
           sizeof((const Arg[]){__VA_ARGS__}) / sizeof(Arg))

static bool branch_open(const Matter *matter, const Branch *branch)
{
    return matter->stage == ID_NONE ? branch->opens != ID_NONE
                                    : (branch->in >> matter->stage & 1) != 0;
}

static const Branch *first_open(const Asked *asked)
{
    for (uint8_t i = 0; i < asked->kind->branches_count; i++) {
        if (branch_open(asked->matter, &asked->kind->branches[i])) {
            return &asked->kind->branches[i];
        }
    }
    return NULL;
}

static Str clause_of(const Asked *asked, const Branch *branch)
{
    return act_clause(asked->matter->edition, asked->kind, branch, asked->matter->stage);
}

static Decision refuse_stage(const Asked *asked)
{
    const Matter *matter = asked->matter;
    const Edition *edition = matter->edition;
    Str clause = clause_of(asked, NULL);
    uint32_t stages = 0;
    for (uint8_t i = 0; i < asked->kind->branches_count; i++) {
        stages |= asked->kind->branches[i].in;
    }
    if (matter->stage == ID_NONE) {
        uint64_t opening = 0;
        for (size_t i = 0; i < edition->acts_count; i++) {
            for (uint8_t j = 0; j < edition->acts[i].branches_count; j++) {
                opening |= (uint64_t)(edition->acts[i].branches[j].opens != ID_NONE) << i;
            }
        }
        return REFUSE(asked, clause, WORD_REFUSED_NOT_OPENING, arg_mask(ARG_ACTS, opening));
    }
    if (stages == 0) {
        return REFUSE(asked, clause, WORD_REFUSED_ALREADY_OPEN, arg_id(ARG_ACT, asked->kind->id));
    }
    return REFUSE(asked, clause, WORD_REFUSED_NOT_OPEN_IN_STAGE,
                  arg_id(ARG_STAGE, edition->stages[matter->stage].id),
                  arg_mask(ARG_STAGES, stages));
}

/* Is the doer an addressee of a duty that the branch answers? *ret_answered: yes, but it has
 * answered already. */
static bool is_addressee(const Asked *asked, const Branch *branch, bool *ret_answered)
{
    const Matter *matter = asked->matter;
    bool found = false;
    *ret_answered = true;
    for (size_t i = 0; i < matter->owed_count; i++) {
        const Owed *owed = &matter->owed[i];
        if (!(branch->fulfils >> owed->duty & 1) || !owed->current ||
            owed->state == OWED_LIFTED || !party_eq(owed->by, asked->act->by)) {
            continue;
        }
        found = true;
        *ret_answered &= owed->state == OWED_ANSWERED &&
                         !matter->edition->duties[owed->duty].repeatable;
    }
    return found;
}

static bool decide_role(const Asked *asked, const Branch *branch, Decision *ret_refused)
{
    const Act *act = asked->act;
    Str clause = clause_of(asked, branch);
    if (act->by.role == ID_NONE) {
        *ret_refused = REFUSE(asked, clause, WORD_REFUSED_PARTY_UNKNOWN, arg_text(act->by_word));
        return false;
    }
    Arg who = {.kind = ARG_PARTY, .party = act->by};
    if (!asked->kind->by_addressee) {
        if (asked->kind->by >> act->by.role & 1) {
            return true;
        }
        *ret_refused =
            REFUSE(asked, clause, WORD_REFUSED_ROLE, who, arg_mask(ARG_ROLES, asked->kind->by));
        return false;
    }
    bool answered;
    if (!is_addressee(asked, branch, &answered)) {
        *ret_refused = REFUSE(asked, clause, WORD_REFUSED_NOT_ADDRESSEE, who);
        return false;
    }
    if (answered) {
        *ret_refused = REFUSE(asked, clause, WORD_REFUSED_ANSWERED, who);
        return false;
    }
    return true;
}

static bool word_known(const Field *field, Str word)
{
    for (size_t i = 0; i < field->values_count; i++) {
        if (str_eq(field->values[i], word)) {
            return true;
        }
    }
    return false;
}

static Arg arg_values(const Field *field)
{
    Arg arg = {.kind = ARG_WORDS};
    for (size_t i = 0; i < field->values_count && i < DECISION_IDS_MAX; i++) {
        arg.ids[arg.ids_count++] = field->values[i];
    }
    return arg;
}

static bool decide_asked(const Asked *asked, const Branch *branch, Decision *ret_refused)
{
    const Edition *edition = asked->matter->edition;
    for (size_t i = 0; branch->asks >> i && i < edition->fields_count; i++) {
        if (!(branch->asks >> i & 1)) {
            continue;
        }
        const Value *value = act_given(asked->act, (FieldId)i);
        bool empty = value && value->kind == VALUE_MANY && value->many_count == 0 &&
                     edition->fields[i].kind == FIELD_PARTIES;
        if (!value || empty) {
            *ret_refused = REFUSE(asked, clause_of(asked, branch), WORD_REFUSED_FIELD_MISSING,
                                  arg_id(ARG_FIELD, edition->fields[i].id));
            return false;
        }
    }
    for (uint8_t i = 0; i < asked->act->given_count; i++) {
        const Given *given = &asked->act->given[i];
        const Field *field = &edition->fields[given->field];
        uint64_t binding = field->free_unasked ? branch->asks : asked->kind->fields | branch->asks;
        bool relevant = binding >> given->field & 1;
        if (relevant && field->kind == FIELD_ONE_OF && !word_known(field, given->value.text)) {
            *ret_refused = REFUSE(asked, clause_of(asked, branch), WORD_REFUSED_WORD_UNKNOWN,
                                  arg_text(given->value.text), arg_values(field));
            return false;
        }
    }
    return true;
}

static const Branch *pick_branch(const Matter *matter, const ActKind *kind, const Act *act)
{
    for (uint8_t i = 0; i < kind->branches_count; i++) {
        const Branch *branch = &kind->branches[i];
        bool holds = branch_open(matter, branch);
        for (uint8_t j = 0; holds && j < branch->when_count; j++) {
            holds = equal_holds(matter, act, &branch->when[j]);
        }
        if (holds) {
            return branch;
        }
    }
    return NULL;
}

const Branch *matter_branch(const Matter *matter, const Act *act)
{
    if (act->act >= matter->edition->acts_count) {
        return NULL;
    }
    return pick_branch(matter, &matter->edition->acts[act->act], act);
}

static Decision refuse_agreed(const Asked *asked, Str clause, DutyId duty)
{
    int64_t all = 0, yes = 0, no = 0;
    for (size_t i = 0; i < asked->matter->owed_count; i++) {
        const Owed *owed = &asked->matter->owed[i];
        if (owed->duty == duty && owed->current) {
            all++;
            yes += owed->state == OWED_ANSWERED && owed->result;
            no += owed->state == OWED_ANSWERED && !owed->result;
        }
    }
    return REFUSE(asked, clause, WORD_REFUSED_NOT_AGREED, arg_number(all), arg_number(yes),
                  arg_number(no), arg_number(all - yes - no));
}

static Decision refuse_in_time(const Asked *asked, Str clause, ClockId clock)
{
    const Matter *matter = asked->matter;
    const ClockRun *run = clock_running(matter, clock);
    Arg name = arg_id(ARG_CLOCK, matter->edition->clocks[clock].id);
    if (!run) {
        return REFUSE(asked, clause, WORD_REFUSED_CLOCK_STOPPED, name);
    }
    ClockStatus status = dayclock_status(matter, run, asked->calendar, asked->act->on);
    return REFUSE(asked, clause, WORD_REFUSED_LATE, name, arg_day(status.due));
}

static Decision refuse_complete(const Asked *asked, Str clause, const Guard *guard)
{
    Arg arg = {.kind = ARG_MATERIALS};
    size_t missing = guard_missing(asked->matter, guard, arg.ids, DECISION_IDS_MAX);
    arg.ids_count = (uint8_t)(missing < DECISION_IDS_MAX ? missing : DECISION_IDS_MAX);
    return REFUSE(asked, clause, WORD_REFUSED_INCOMPLETE, arg);
}

static uint64_t not_done_since(const Matter *matter, uint64_t acts)
{
    for (size_t i = 0; i < matter->edition->acts_count; i++) {
        if (matter->done_at[i] > matter->stage_since) {
            acts &= ~(UINT64_C(1) << i);
        }
    }
    return acts;
}

static Str equals_text(const Asked *asked, const Guard *guard)
{
    const Edition *edition = asked->matter->edition;
    Buf buf = buf_new(400);
    for (uint8_t i = 0; i < guard->equals_count; i++) {
        const Equal *equal = &guard->equals[i];
        buf_put(&buf, i ? STR(", ") : STR_NONE);
        if (equal->ref.kind == REF_ACT) {
            buf_put(&buf, edition->acts[equal->ref.act].id);
            buf_put_byte(&buf, '.');
        }
        buf_put(&buf, equal->ref.kind == REF_PURCHASE ? equal->ref.key
                                                      : edition->fields[equal->ref.field].id);
        buf_put(&buf, STR(": "));
        buf_put(&buf, equal->value);
    }
    Str text = str_copy(asked->arena, buf_str(&buf));
    buf_done(&buf);
    return text;
}

static Decision refuse_guard(const Asked *asked, const Branch *branch, const Guard *guard)
{
    const Matter *matter = asked->matter;
    const Edition *edition = matter->edition;
    Str clause = guard->clause.len ? guard->clause : clause_of(asked, branch);
    Arg duty = arg_id(ARG_DUTY, guard->duty == ID_NONE ? STR_NONE
                                                       : edition->duties[guard->duty].id);
    switch (guard->kind) {
    case GUARD_COMPLETE:
        return refuse_complete(asked, clause, guard);
    case GUARD_DONE:
        return REFUSE(asked, clause, WORD_REFUSED_NOT_DONE,
                      arg_mask(ARG_ACTS, not_done_since(matter, guard->acts)));
    case GUARD_OPENED_BY:
        return REFUSE(asked, clause, WORD_REFUSED_OPENED_BY, arg_mask(ARG_ACTS, guard->acts));
    case GUARD_NONE_OPEN:
        return REFUSE(asked, clause, WORD_REFUSED_STILL_OPEN, duty,
                      arg_number((int64_t)owed_open(matter, guard->duty)));
    case GUARD_ANSWERED:
        return REFUSE(asked, clause, WORD_REFUSED_NONE_ANSWERED, duty);
    case GUARD_AGREED:
        return refuse_agreed(asked, clause, guard->duty);
    case GUARD_DISAGREED:
        return REFUSE(asked, clause, WORD_REFUSED_NOT_DISAGREED, duty);
    case GUARD_IN_TIME:
        return refuse_in_time(asked, clause, guard->clock);
    case GUARD_ON_REGISTER:
        return REFUSE(asked, clause, WORD_REFUSED_REGISTER,
                      arg_text(ref_word(matter, asked->act, &guard->ref)));
    case GUARD_GIVEN:
    case GUARD_ANY_GIVEN:
        return REFUSE(asked, clause, WORD_REFUSED_CONDITION, arg_text(equals_text(asked, guard)));
    }
    assert(!"every guard is told above");
    return (Decision){0};
}

static Str given_name(const Asked *asked, const DutyKind *duty)
{
    const Value *value = duty->name == ID_NONE ? NULL : act_given(asked->act, duty->name);
    return value && value->kind == VALUE_TEXT ? value->text : STR_NONE;
}

/* A request among several: it needs a name when another is open, and not one that is open. */
static bool decide_impose(const Asked *asked, DutyId id, Decision *ret_refused)
{
    const DutyKind *duty = &asked->matter->edition->duties[id];
    if (!duty->several || owed_open(asked->matter, id) == 0) {
        return true;
    }
    Str name = given_name(asked, duty);
    if (name.len == 0) {
        *ret_refused = REFUSE(asked, duty->clause, WORD_REFUSED_NAME_NEEDED,
                              arg_id(ARG_DUTY, duty->id));
        return false;
    }
    for (size_t i = 0; i < asked->matter->owed_count; i++) {
        const Owed *owed = &asked->matter->owed[i];
        if (owed->duty == id && owed->state == OWED_OPEN && str_eq(owed->name, name)) {
            *ret_refused =
                REFUSE(asked, duty->clause, WORD_REFUSED_NAME_TAKEN, arg_text(name));
            return false;
        }
    }
    return true;
}

/* Is there something to answer or lift, and is it clear what? */
static bool decide_close(const Asked *asked, DutyId id, bool addressee, Decision *ret_refused)
{
    const Matter *matter = asked->matter;
    const DutyKind *duty = &matter->edition->duties[id];
    for (size_t i = 0; i < matter->owed_count; i++) {
        if (owed_picked(matter, &matter->owed[i], id, asked->act, addressee)) {
            return true;
        }
    }
    Str name = given_name(asked, duty);
    size_t open = owed_open(matter, id);
    if (name.len && open) {
        *ret_refused = REFUSE(asked, duty->clause, WORD_REFUSED_NAME_UNKNOWN, arg_text(name));
    } else if (open > 1 && duty->several) {
        *ret_refused = REFUSE(asked, duty->clause, WORD_REFUSED_WHICH, arg_number((int64_t)open));
    } else {
        *ret_refused = REFUSE(asked, duty->clause, WORD_REFUSED_NOTHING_OPEN,
                              arg_id(ARG_DUTY, duty->id));
    }
    return false;
}

static bool decide_duties(const Asked *asked, const Branch *branch, Decision *ret_refused)
{
    const Edition *edition = asked->matter->edition;
    for (DutyId id = 0; id < edition->duties_count; id++) {
        bool fulfils = branch->fulfils >> id & 1;
        bool lifts_one = (branch->lifts >> id & 1) && edition->duties[id].several &&
                         (branch->to == ID_NONE || !edition->stages[branch->to].final);
        if ((fulfils || lifts_one) &&
            !decide_close(asked, id, fulfils && asked->kind->by_addressee, ret_refused)) {
            return false;
        }
    }
    return branch->imposes == ID_NONE || decide_impose(asked, branch->imposes, ret_refused);
}

static bool decide_guards(const Asked *asked, const Branch *branch, Decision *ret_refused)
{
    uint8_t times = asked->kind->branches_count;
    assert(branch >= asked->kind->branches && branch < asked->kind->branches + times);
    size_t index = (size_t)(branch - asked->kind->branches);
    if (branch->at_most > 0 &&
        asked->matter->branch_times[asked->act->act][index] >= branch->at_most) {
        *ret_refused = REFUSE(asked, clause_of(asked, branch), WORD_REFUSED_TIMES,
                              arg_number(branch->at_most));
        return false;
    }
    for (uint8_t i = 0; i < branch->needs_count; i++) {
        const Guard *guard = &branch->needs[i];
        if (!guard_passes(asked->matter, asked->calendar, asked->act, guard)) {
            *ret_refused = refuse_guard(asked, branch, guard);
            ret_refused->guard = guard;
            return false;
        }
    }
    return decide_duties(asked, branch, ret_refused);
}

Decision matter_decide(const Matter *matter, const Calendar *calendar, const Act *act,
                       Arena *arena)
{
    Asked asked = {matter, calendar, act, NULL, arena};
    if (act->act >= matter->edition->acts_count) {
        return REFUSE(&asked, STR_NONE, WORD_REFUSED_NO_SUCH_ACT, arg_id(ARG_ACT, act->act_word));
    }
    asked.kind = &matter->edition->acts[act->act];
    if (matter->last_on != DAY_NONE && act->on < matter->last_on) {
        return REFUSE(&asked, STR_NONE, WORD_REFUSED_DAY_ORDER, arg_day(act->on),
                      arg_day(matter->last_on));
    }
    const Branch *branch = first_open(&asked);
    if (!branch) {
        return refuse_stage(&asked);
    }
    Decision refused;
    if (!decide_role(&asked, branch, &refused) || !decide_asked(&asked, branch, &refused)) {
        return refused;
    }
    const Branch *picked = pick_branch(matter, asked.kind, act);
    if (!picked) {
        return refuse(&asked, clause_of(&asked, branch), WORD_REFUSED_NO_BRANCH, NULL, 0);
    }
    if ((picked != branch && !decide_asked(&asked, picked, &refused)) ||
        !decide_guards(&asked, picked, &refused)) {
        return refused;
    }
    Decision done = {.kind = DECISION_DONE, .act = asked.kind, .branch = picked};
    for (uint8_t i = 0; i < picked->warns_count; i++) {
        if (!guard_passes(matter, calendar, act, &picked->warns[i])) {
            done.warnings[done.warnings_count++] = &picked->warns[i];
        }
    }
    return done;
}
