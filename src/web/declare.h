/* declare.h: what the pages of the declaration show, and the draft behind them. Floor 6.
 *
 * Steps are named: ground ─ object ─ commitments ─ materials ─ check; then filed, with a receipt.
 * Which steps there are, and what each asks, follows from the act's fields in the edition; a new
 * filing after a return has neither ground nor object: the facts of a matter are fixed. */
#ifndef SHENCHA_DECLARE_H
#define SHENCHA_DECLARE_H

#include "request.h"

typedef enum Step { STEP_GROUND, STEP_OBJECT, STEP_COMMITMENTS, STEP_MATERIALS, STEP_CHECK,
                    STEP_COUNT } Step;

typedef enum AskKind { ASK_LINE, ASK_TEXT, ASK_DAY, ASK_AMOUNT, ASK_YES_NO, ASK_ONE, ASK_PICK,
                       ASK_SOME } AskKind;

typedef struct AskChoice {
    Str id, name, clause;    /* clause: "clause 7"; empty: none */
    bool chosen;
} AskChoice;

typedef struct Ask {         /* one question of a form */
    AskKind kind;
    Str name;                /* of the input, and its id */
    Str label, why, clause;
    Str text;                /* as typed */
    Str other;               /* what somebody else saved meanwhile; shown when `differs` */
    Str answer;              /* for the page that checks all: as people read it */
    const AskChoice *choices; size_t choices_count;
    bool needed, missing, differs;
    Str fault;               /* told beside it; empty: none */
    Str described;           /* ids of what stands beside it; set when it is shown */
} Ask;

typedef struct StepLink {
    Word name;
    Str address;
    bool here;
    size_t open;             /* points that are missing or wrong */
    Str open_text;
    bool begun;              /* it was saved, or has nothing to be saved */
    bool last;               /* the check of all */
} StepLink;

typedef struct MaterialAsk {
    Str id, name, clause, what_for;
    bool needed, made_here;  /* made_here: this program writes it from the form */
    const Paper *papers; size_t papers_count;    /* in this draft */
    const Paper *earlier; size_t earlier_count;  /* of the filing that was returned: to be kept */
    const bool *kept;        /* of each earlier one */
    const Str *reasons; size_t reasons_count;    /* why the filing was returned, about this one */
} MaterialAsk;

typedef struct PromiseAsk {  /* a commitment of the provider */
    Str id, name, clause;
    bool given;
    Ask contract, evidence;
} PromiseAsk;

typedef struct DeclareView {
    int64_t draft;
    Str key;
    Str act_name, edition_name, matter, title;   /* matter: empty for a new one */
    Step step;
    const StepLink *steps; size_t steps_count;
    Str step_address, next_address, back_address;
    int64_t saved_at;
    int64_t seen;                            /* how often this step was saved */
    Str page;                                /* tells this page from others */
    const Ask *asks; size_t asks_count;
    const PromiseAsk *promises; size_t promises_count;
    const MaterialAsk *materials; size_t materials_count;
    const Str *reasons; size_t reasons_count;        /* of the return, about all */
    const Str *faults; const Str *fault_ids; size_t faults_count;    /* summary */
    const Str *warnings; size_t warnings_count;
    Str notice;                              /* told above the form; empty: none */
    bool conflict, saved, may_file, large_files;
} DeclareView;

typedef struct DraftRow {
    int64_t id, at;
    Str title, act_name, matter, address;
    bool to_sign;
} DraftRow;

typedef struct DraftsView {
    const DraftRow *rows; size_t rows_count;
    bool may_declare;
    Str key, act_name, edition_name;
    const MaterialAsk *materials; size_t materials_count;
} DraftsView;

typedef struct NewAct {      /* an act that opens a matter */
    Str name, address, clause;
} NewAct;

typedef struct NewView {
    const NewAct *acts; size_t acts_count;
    const Ask *asks; size_t asks_count;
    Str key, edition_name, action, clause, fault;
} NewView;

typedef struct ReceiptView {
    Str matter, title, act_name, clause, fault;
    Day on, due;
    Str clock_name;
    int64_t at;
    const Paper *papers; size_t papers_count;
    const Str *kinds;        /* name of each paper's kind */
    const Str *hashes;
} ReceiptView;

/* ---- the draft in hand ---- */

typedef struct Filing {
    Request *request;
    Draft draft;
    const Edition *edition;
    const ActKind *act;
    ActId act_id;
    const LawWords *words;
    bool opening;            /* opens a matter; otherwise a new filing in one */
    Paper *papers; size_t papers_count;
    Paper *made; size_t made_count;              /* declarations made by an attempt to file */
    Paper *earlier; size_t earlier_count;        /* filed before in this matter by this party */
    const Act *returned;     /* the act that returned the last filing, or NULL */
    TypedList shown;         /* what the page shows: the draft, or what was typed over it */
    bool conflict;           /* what was typed could not be saved: somebody else did */
    Str notice;              /* told at the top; empty: nothing */
    Folded folded;           /* of a matter that is open; folded_done by filing_done */
} Filing;

/* declare_draft.c */
/* The opening act that this person's hat may do under the edition in force today and that asks for
 * materials; NULL: none. */
const ActKind *declare_act(Request *request, const Edition **ret_edition);
/* The act of a matter's present stage that asks for materials of this hat; NULL: none. */
const ActKind *declare_again_act(Request *request, const Folded *folded);
/* Loads the draft of the address (rest[0]) when it is this organisation's; otherwise the reply is
 * made and it returns false. One that was filed already (also by a service that was killed right
 * after) is finished and answered with its receipt. */
bool filing_open(Request *request, Reply *reply, Filing *filing);
void filing_done(Filing *filing);
/* Lays what was typed on this step's page over the draft and saves it. FAIL_CONFLICT: somebody else
 * saved this step since the page was shown. */
Fail filing_save(Filing *filing, Step step, Fault *fault) MUST_USE;
/* After a conflict: shows what was typed, over what stands. */
void filing_show_typed(Filing *filing, Step step);
/* How often a step was saved. */
int64_t filing_seen(Filing *filing, Step step);
/* Who did it, as the record has it: "p12", "p12 for p7". In arena. */
Str person_word(Request *request);
Str acting_person(Request *request);   /* with whom they stand in for */
Hat own_hat(Request *request);
Str hat_word(Request *request);
bool may_do(const Request *request);
Str name_of_org(const Request *request, const Org *org);
Str text_of(Request *request, Word word, Str arg);
/* As a heading or a label begins: the words of the law are written as within a sentence. */
Str as_heading(Request *request, Str text);

/* declare_asks.c: the questions of a step, with what was typed and what is wrong with it. */
const Ask *declare_asks(Filing *filing, Step step, size_t *ret_count);
const PromiseAsk *declare_promises(Filing *filing, size_t *ret_count);
bool has_step(const Filing *filing, Step step);
bool is_purchase(const Filing *filing);
Word line_fault(Str text);   /* what is wrong with a line; WORD_NONE: nothing */
Str clause_of(Request *request, Str clause);
Str label_of_field(Filing *filing, Str field);

/* declare_materials.c */
const MaterialAsk *declare_materials(Filing *filing, size_t *ret_count);
/* Why the last filing was returned, as far as it speaks of no material. */
const Str *declare_reasons(Filing *filing, size_t *ret_count);
bool material_asked(const Filing *filing, const Material *material);
/* The declaration as a text of its own, made from the form. */
void declaration_put(Filing *filing, Buf *buf);

/* declare_check.c */
typedef struct Checked {
    Facts facts;
    const ActForm *form;     /* of the act as it would be filed */
    const Str *faults; const Str *ids; size_t faults_count;   /* ids: "STEP#FIELD" */
    size_t open[STEP_COUNT];
    const Str *warnings; size_t warnings_count;
} Checked;
Checked declare_check(Filing *filing);
/* What the act is given: the form's own fields, materials, promises, documents. In arena. */
TypedList declare_typed(Filing *filing, const Paper *made, size_t made_count);

/* declare_view.c */
/* The ids of what stands beside a question. */
void ask_describe(Request *request, Ask *ask);
extern const char *const step_names[STEP_COUNT];    /* as addresses have them */
/* Shows a step; `status` 200, 409 or 422. `saved`: what was typed has been kept. */
void declare_show(Filing *filing, Reply *reply, Step step, int status, bool saved);
Str step_address(Request *request, int64_t draft, Step step);
Step first_step(const Filing *filing);
Step step_beside(const Filing *filing, Step step, int way);    /* 1: after, -1: before */

/* declare_again.c: filing again what was returned. */
Handler declare_again_page, declare_again_begin;
/* The papers of the filing before, and the act that returned it. */
Fail filing_load_earlier(Filing *filing, Fault *fault) MUST_USE;

/* declare_file.c */
Handler declare_file, declare_receipt;
/* A number for a new matter, that no matter has. */
Fail declare_number(Request *request, Str *ret_number, Fault *fault) MUST_USE;
/* A draft's key or a fresh one, for a form. */
Str key_of_form(Request *request);
/* Finishes a draft whose act is in the record: its papers, its state. */
Fail filing_finish(Request *request, Draft *draft, Str matter, Fault *fault) MUST_USE;

#endif
