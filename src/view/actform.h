/* actform.h: the form of an act, from the edition's data, and what was typed into it, read back.
 * One table of acts feeds every form: a sixth edition needs no new page. Floor 3, pure. */
#ifndef SHENCHA_ACTFORM_H
#define SHENCHA_ACTFORM_H

#include "matter.h"

/* What was typed: names and values as they came, in order; a name may come several times. */
typedef struct Typed {
    Str name, value;
} Typed;
typedef struct TypedList {
    const Typed *at;
    size_t count;
} TypedList;
/* First value of a name; empty when there is none. */
Str typed_get(const TypedList *typed, Str name);
bool typed_has(const TypedList *typed, Str name, Str value);

typedef struct FormChoice {
    Str id;                  /* a word of the edition; party ids as "member/mof" */
    const char *kind;        /* kind of word for lawwords_get: "material", "factor", "finding" … */
    Str clause;              /* empty: none */
    bool chosen;
} FormChoice;

typedef struct FormField {
    FieldId field;
    Str name;                /* of the input: "with.FIELD" */
    FieldKind kind;
    bool required;           /* asked by the branch that is open */
    uint8_t urged;           /* not asked by the law's text, but a good answer has it: in this
                                order; 0: not urged */
    bool offered;            /* shown with those: an answer of one kind has it */
    const FormChoice *choices; size_t choices_count;   /* one_of, some_of, party, parties */
    Str text;                /* value so far; the lines of a list of texts joined with \n */
    Word fault;              /* WORD_NONE: none; told beside the field */
    Str fault_arg;
} FormField;

typedef struct ActForm {
    const Edition *edition;
    const ActKind *act;
    const Branch *branch;
    Str clause;
    const FormField *fields; size_t fields_count;
    size_t faults;
} ActForm;

/* The form of an act for this matter's stage (matter->stage ID_NONE: an opening act). `typed` NULL:
 * an empty form; otherwise filled with what was typed and checked: required, kinds, known words,
 * length, UTF-8, no control characters. In arena. NULL when the act is not open in this stage. */
const ActForm *actform_of(Arena *arena, const Matter *matter, ActId act, const TypedList *typed);
/* The act that a form without faults says; `by` and `on` are the caller's. In arena. */
Act actform_act(Arena *arena, const ActForm *form, Party by, Day on);

enum { TYPED_TEXT_BYTES_MAX = 20000, TYPED_LINES_MAX = 200 };

#endif
