/* act_hints.c: what is expected in the fields of acts. The words of the fields are shared by the
 * editions; one that only a later edition has is asked with the hint of its kind. */
#include "actpage.h"

typedef struct Hint {
    const char *act;         /* NULL: any */
    const char *field;
    Word word;
} Hint;

static const Hint hints[] = {
    {"opine", "reasons", WORD_FORM_HINT_DISAGREE},
    {"opine", "conditions", WORD_HINT_OPINE_CONDITIONS},
    {"extend", "reason", WORD_HINT_EXTEND_REASON},
    {"withdraw", "reason", WORD_HINT_WITHDRAW_REASON},
    {"remand", "reasons", WORD_HINT_REMAND_REASONS},
    {"open_special", "reason", WORD_HINT_SPECIAL_REASON},
    {"cancel_request", "id", WORD_HINT_ID_OPEN},
    {"supply_materials", "id", WORD_HINT_ID_OPEN},
    {"hear", "record", WORD_HINT_HEAR_RECORD},
    {"analyse", "record", WORD_HINT_ANALYSE_RECORD},
    {"report", "record", WORD_HINT_REPORT_RECORD},
    {"submit_assessment", "report", WORD_HINT_SUBMIT_REPORT},
    {"submit_assessment", "finding", WORD_HINT_FINDING_TEXT},
    {"assess", "finding", WORD_HINT_FINDING_TEXT},
    {"declare", "note", WORD_HINT_NOTE_OWN},
    {"redeclare", "note", WORD_HINT_NOTE_OWN},
    {"withdraw", "note", WORD_HINT_NOTE_OWN},
    {"supply_materials", "note", WORD_HINT_NOTE_OWN},
    {"recommend", "note", WORD_HINT_NOTE_OWN},
    {"report_concern", "note", WORD_HINT_NOTE_OWN},
    {"apply", "note", WORD_HINT_NOTE_OWN},
    {NULL, "agree", WORD_HINT_AGREE},
    {NULL, "author", WORD_HINT_AUTHOR},
    {NULL, "commitments", WORD_FORM_HINT_CHECKS},
    {NULL, "conditions", WORD_HINT_CONDITIONS},
    {NULL, "country", WORD_HINT_COUNTRY},
    {NULL, "data_processing", WORD_HINT_DATA},
    {NULL, "days", WORD_HINT_DAYS},
    {NULL, "dissent", WORD_HINT_DISSENT},
    {NULL, "documents", WORD_HINT_DOCUMENTS},
    {NULL, "drafted_by", WORD_SIGN_ANOTHER},
    {NULL, "evidence", WORD_HINT_EVIDENCE},
    {NULL, "exchange", WORD_HINT_EXCHANGE},
    {NULL, "experts", WORD_HINT_EXPERTS},
    {NULL, "factor", WORD_HINT_FACTOR},
    {NULL, "finding", WORD_HINT_FINDING},
    {NULL, "from", WORD_HINT_FROM},
    {NULL, "ground", WORD_HINT_GROUND},
    {NULL, "grounds", WORD_HINT_GROUNDS},
    {NULL, "heard", WORD_HINT_HEARD},
    {NULL, "id", WORD_HINT_ID},
    {NULL, "institution", WORD_HINT_INSTITUTION},
    {NULL, "items", WORD_HINT_ITEMS},
    {NULL, "level", WORD_HINT_LEVEL},
    {NULL, "materials", WORD_FORM_HINT_CHECKS},
    {NULL, "may_influence", WORD_HINT_MAY_INFLUENCE},
    {NULL, "measures", WORD_HINT_MEASURES},
    {NULL, "method", WORD_HINT_METHOD},
    {NULL, "missing", WORD_HINT_MISSING},
    {NULL, "need", WORD_HINT_NEED},
    {NULL, "note", WORD_HINT_NOTE},
    {NULL, "number", WORD_HINT_NUMBER},
    {NULL, "object", WORD_HINT_OBJECT},
    {NULL, "opinions", WORD_HINT_OPINIONS},
    {NULL, "product", WORD_HINT_PRODUCT},
    {NULL, "reason", WORD_HINT_REASON},
    {NULL, "reasons", WORD_HINT_REASONS},
    {NULL, "recipients", WORD_HINT_RECIPIENTS},
    {NULL, "record", WORD_HINT_RECORD},
    {NULL, "report", WORD_HINT_REPORT},
    {NULL, "review", WORD_HINT_REVIEW},
    {NULL, "scope", WORD_HINT_SCOPE},
    {NULL, "service", WORD_HINT_SERVICE},
    {NULL, "standards", WORD_HINT_STANDARDS},
    {NULL, "triggers", WORD_FORM_HINT_CHECKS},
    {NULL, "undertakings", WORD_HINT_UNDERTAKINGS},
    {NULL, "users", WORD_HINT_USERS},
};

Word act_hint(Str act, Str field)
{
    for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++) {
        if (str_is(field, hints[i].field) && (!hints[i].act || str_is(act, hints[i].act))) {
            return hints[i].word;
        }
    }
    return WORD_NONE;
}
