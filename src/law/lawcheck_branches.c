/* lawcheck_branches.c: branches of one act are told apart: in every stage, for every answer that
 * `when` looks at, exactly one of them applies. */
#include "lawcheck_inside.h"

enum { QUESTIONS_MAX = 6, ANSWERS_MAX = 4096 };

typedef struct Question {        /* something that `when` looks at, and what it may be */
    Ref ref;
    const Str *values;
    size_t count;
} Question;

typedef struct Questions {
    Question at[QUESTIONS_MAX];
    size_t count;
    bool beyond;                 /* too many, or of a kind that has no closed list of values */
} Questions;

static const Str yes_no[] = {{"true", 4}, {"false", 5}};

static bool ref_eq(const Ref *a, const Ref *b)
{
    return a->kind == b->kind && a->act == b->act && a->field == b->field &&
           str_eq(a->key, b->key);
}

static void question_add(const Edition *edition, Questions *questions, const Ref *ref)
{
    for (size_t i = 0; i < questions->count; i++) {
        if (ref_eq(&questions->at[i].ref, ref)) {
            return;
        }
    }
    Question question = {*ref, yes_no, 2};
    if (ref->kind != REF_PURCHASE) {
        const Field *field = &edition->fields[ref->field];
        if (field->kind == FIELD_ONE_OF) {
            question.values = field->values;
            question.count = field->values_count;
        }
        questions->beyond |= question.count == 0;
        questions->beyond |= field->kind != FIELD_ONE_OF && field->kind != FIELD_YES_NO;
    }
    questions->beyond |= questions->count == QUESTIONS_MAX;
    if (!questions->beyond) {
        questions->at[questions->count++] = question;
    }
}

static bool open_in(const Branch *branch, size_t stage, size_t stages)
{
    return stage == stages ? branch->opens != ID_NONE : branch->in >> stage & 1;
}

static bool applies(const Branch *branch, const Questions *questions, const size_t *answer)
{
    for (uint8_t i = 0; i < branch->when_count; i++) {
        for (size_t j = 0; j < questions->count; j++) {
            const Question *question = &questions->at[j];
            if (ref_eq(&question->ref, &branch->when[i].ref) &&
                !str_eq(question->values[answer[j]], branch->when[i].value)) {
                return false;
            }
        }
    }
    return true;
}

static void put_answer(const Edition *edition, Buf *buf, const Questions *questions,
                       const size_t *answer)
{
    for (size_t i = 0; i < questions->count; i++) {
        const Ref *ref = &questions->at[i].ref;
        buf_put(buf, i ? STR(", ") : STR_NONE);
        if (ref->kind == REF_PURCHASE) {
            buf_put(buf, STR("purchase."));
            buf_put(buf, ref->key);
        } else {
            if (ref->kind == REF_ACT) {
                buf_put(buf, edition->acts[ref->act].id);
                buf_put_byte(buf, '.');
            }
            buf_put(buf, edition->fields[ref->field].id);
        }
        buf_put(buf, STR(": "));
        buf_put(buf, questions->at[i].values[answer[i]]);
    }
}

/* Which branches apply to one answer in one stage? Tells the first gap and the first overlap. */
static bool check_answer(Checking *checking, const ActKind *act, size_t stage,
                         const Questions *questions, const size_t *answer)
{
    const Edition *edition = checking->edition;
    const Branch *first = NULL, *second = NULL;
    for (uint8_t j = 0; j < act->branches_count; j++) {
        const Branch *branch = &act->branches[j];
        if (open_in(branch, stage, edition->stages_count) &&
            applies(branch, questions, answer)) {
            second = first && !second ? branch : second;
            first = first ? first : branch;
        }
    }
    if (first && !second) {
        return true;
    }
    Buf text = buf_new(FAULT_ARG_BYTES_MAX);
    put_answer(edition, &text, questions, answer);
    if (second) {
        buf_clear(&text);
        buf_put_int(&text, first->node->line);
        check_fault(checking, second->node, WORD_CHECK_BRANCHES_OVERLAP, act->id, buf_str(&text));
    } else {
        check_fault(checking, act->node, WORD_CHECK_BRANCHES_GAP, act->id, buf_str(&text));
    }
    buf_done(&text);
    return false;
}

/* Every answer, counted like an odometer. */
static bool check_stage_of(Checking *checking, const ActKind *act, size_t stage,
                           const Questions *questions)
{
    size_t answer[QUESTIONS_MAX] = {0};
    for (size_t steps = 0; steps < ANSWERS_MAX; steps++) {
        if (!check_answer(checking, act, stage, questions, answer)) {
            return false;
        }
        size_t i = 0;
        while (i < questions->count && ++answer[i] == questions->at[i].count) {
            answer[i++] = 0;
        }
        if (i == questions->count) {
            return true;
        }
    }
    return true;
}

static void check_act_branches(Checking *checking, const ActKind *act)
{
    const Edition *edition = checking->edition;
    for (size_t stage = 0; stage <= edition->stages_count; stage++) {
        Questions questions = {0};
        bool any = false;
        for (uint8_t j = 0; j < act->branches_count; j++) {
            const Branch *branch = &act->branches[j];
            if (!open_in(branch, stage, edition->stages_count)) {
                continue;
            }
            any = true;
            for (uint8_t k = 0; k < branch->when_count; k++) {
                question_add(edition, &questions, &branch->when[k].ref);
            }
        }
        if (any && questions.beyond) {
            check_fault(checking, act->node, WORD_CHECK_BRANCHES_BEYOND, act->id, STR_NONE);
            return;
        }
        if (any && !check_stage_of(checking, act, stage, &questions)) {
            return;   /* one fault an act says enough */
        }
    }
}

void check_branches(Checking *checking)
{
    for (size_t i = 0; i < checking->edition->acts_count; i++) {
        check_act_branches(checking, &checking->edition->acts[i]);
    }
}
