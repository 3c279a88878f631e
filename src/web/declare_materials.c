/* declare_materials.c: the materials of a declaration, each with what it is for, and the
 * declaration itself, made as a text from what was typed. */
#include "declare.h"

/* ---- which are asked ---- */

/* What this filing gives for a field: as typed, as an act before gave it, or its fallback. */
static Str filing_word(const Filing *filing, FieldId field)
{
    const Field *kind = &filing->edition->fields[field];
    Buf name = buf_new(128);
    buf_put(&name, STR("with."));
    buf_put(&name, kind->id);
    Str word = typed_get(&filing->shown, buf_str(&name));
    buf_done(&name);
    for (size_t i = filing->folded.acts_count; i > 0 && word.len == 0; i--) {
        const Value *value = act_given(&filing->folded.acts[i - 1], field);
        word = value && value->kind == VALUE_TEXT ? value->text : STR_NONE;
    }
    return word.len ? word : kind->fallback;
}

/* Asked or at least welcome: not one that belongs to another ground. */
static bool fits(const Filing *filing, const Material *material)
{
    return material->when_field == ID_NONE ||
           str_eq(filing_word(filing, material->when_field), material->when_value);
}

bool material_asked(const Filing *filing, const Material *material)
{
    return !material->optional && fits(filing, material);
}

static Word what_for(Str id)
{
    static const struct { const char *id; Word word; } known[] = {
        {"declaration", WORD_DECLARE_FOR_DECLARATION},
        {"analysis_report", WORD_DECLARE_FOR_ANALYSIS},
        {"security_risk_report", WORD_DECLARE_FOR_ANALYSIS},
        {"procurement_document", WORD_DECLARE_FOR_PROCUREMENT},
        {"listing_documents", WORD_DECLARE_FOR_LISTING},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (str_is(id, known[i].id)) {
            return known[i].word;
        }
    }
    return WORD_DECLARE_FOR_OTHER;
}

/* ---- what is there ---- */

static void put_papers(Filing *filing, MaterialAsk *ask)
{
    Arena *arena = filing->request->arena;
    Paper *papers = ARENA_MANY(arena, Paper, filing->papers_count + 1);
    Paper *earlier = ARENA_MANY(arena, Paper, filing->earlier_count + 1);
    bool *kept = ARENA_MANY(arena, bool, filing->earlier_count + 1);
    for (size_t i = 0; i < filing->papers_count; i++) {
        if (str_eq(filing->papers[i].kind, ask->id)) {
            papers[ask->papers_count++] = filing->papers[i];
        }
    }
    for (size_t i = 0; i < filing->earlier_count; i++) {
        if (str_eq(filing->earlier[i].kind, ask->id)) {
            kept[ask->earlier_count] =
                typed_has(&filing->shown, STR("keep"), filing->earlier[i].id);
            earlier[ask->earlier_count++] = filing->earlier[i];
        }
    }
    ask->papers = papers;
    ask->earlier = earlier;
    ask->kept = kept;
}

/* Lines "analysis_report: …" of the act that returned the filing speak of one material. */
static const Material *material_of(const Filing *filing, Str line, Str *ret_rest)
{
    size_t colon = str_find(line, ':');
    *ret_rest = line;
    for (size_t i = 0; colon < line.len && i < filing->edition->materials_count; i++) {
        if (str_eq(filing->edition->materials[i].id, str_part(line, 0, colon))) {
            *ret_rest = str_trim(str_part(line, colon + 1, line.len));
            return &filing->edition->materials[i];
        }
    }
    return NULL;
}

/* The reasons about one material; empty id: those about none. */
static const Str *reasons_about(Filing *filing, Str id, size_t *ret_count)
{
    FieldId lines = edition_field(filing->edition, STR("reasons"));
    FieldId line = edition_field(filing->edition, STR("reason"));
    const Act *act = filing->returned;
    const Value *many = act && lines != ID_NONE ? act_given(act, lines) : NULL;
    const Value *one = act && line != ID_NONE ? act_given(act, line) : NULL;
    size_t count = many && many->kind == VALUE_MANY ? many->many_count : 0;
    Str *reasons = ARENA_MANY(filing->request->arena, Str, count + 2);
    *ret_count = 0;
    if (one && one->kind == VALUE_TEXT && id.len == 0 && one->text.len) {
        reasons[(*ret_count)++] = one->text;
    }
    for (size_t i = 0; i < count; i++) {
        Str rest;
        const Material *material = material_of(filing, many->many[i], &rest);
        if (material ? str_eq(material->id, id) : id.len == 0) {
            reasons[(*ret_count)++] = rest;
        }
    }
    return reasons;
}

const Str *declare_reasons(Filing *filing, size_t *ret_count)
{
    return reasons_about(filing, STR_NONE, ret_count);
}

const MaterialAsk *declare_materials(Filing *filing, size_t *ret_count)
{
    Request *request = filing->request;
    const Edition *edition = filing->edition;
    MaterialAsk *asks = ARENA_MANY(request->arena, MaterialAsk, edition->materials_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < edition->materials_count; i++) {
        const Material *material = &edition->materials[i];
        if (!fits(filing, material)) {
            continue;
        }
        MaterialAsk *ask = &asks[count++];
        *ask = (MaterialAsk){
            .id = material->id,
            .name = as_heading(request, lawwords_get(filing->words, "material", material->id)),
            .clause = clause_of(request, material->clause),
            .what_for = word_text(request->language, what_for(material->id)),
            .needed = material_asked(filing, material),
            .made_here = str_is(material->id, "declaration")};
        put_papers(filing, ask);
        ask->reasons = reasons_about(filing, ask->id, &ask->reasons_count);
    }
    *ret_count = count;
    return asks;
}

/* ---- the declaration as a text ---- */

static void put_line(Buf *buf, Str label, Str text)
{
    buf_put(buf, label);
    buf_put(buf, STR(": "));
    buf_put(buf, text);
    buf_put_byte(buf, '\n');
}

static void put_answers(Filing *filing, Buf *buf, Step step)
{
    size_t count;
    const Ask *asks = declare_asks(filing, step, &count);
    for (size_t i = 0; i < count; i++) {
        if (asks[i].answer.len > 0) {
            bool users = str_is(asks[i].name, "with.users");
            put_line(buf, asks[i].label, users ? asks[i].text : asks[i].answer);
        }
    }
}

static void put_promises(Filing *filing, Buf *buf)
{
    size_t count;
    Request *request = filing->request;
    const PromiseAsk *promises = declare_promises(filing, &count);
    for (size_t i = 0; i < count; i++) {
        buf_put(buf, i ? STR_NONE : STR("\n"));
        Word word = promises[i].given ? WORD_DECLARE_YES : WORD_DECLARE_NO;
        put_line(buf, promises[i].name, word_text(request->language, word));
        if (promises[i].contract.text.len) {
            put_line(buf, promises[i].contract.label, promises[i].contract.text);
        }
        if (promises[i].evidence.text.len) {
            put_line(buf, promises[i].evidence.label, promises[i].evidence.text);
        }
    }
}

static void put_paper(Filing *filing, Buf *buf, const Paper *paper)
{
    buf_put(buf, STR("- "));
    buf_put(buf, lawwords_get(filing->words, "material", paper->kind));
    buf_put(buf, STR(": "));
    buf_put(buf, paper->name);
    buf_put(buf, STR(" ("));
    buf_put_int(buf, paper->size);
    buf_put(buf, STR(" bytes, SM3 "));
    buf_put_hash(buf, &paper->hash);
    buf_put(buf, STR(")\n"));
}

void declaration_put(Filing *filing, Buf *buf)
{
    Request *request = filing->request;
    Language language = request->language;
    Out day = {buf, language};
    buf_put(buf, lawwords_get(filing->words, "act", filing->act->id));
    buf_put(buf, STR("\n"));
    buf_put(buf, lawwords_get(filing->words, "edition", filing->edition->id));
    buf_put(buf, STR("\n\n"));
    put_line(buf, word_text(language, WORD_DECLARE_NUMBER), filing->draft.matter);
    buf_put(buf, word_text(language, WORD_DECLARE_FILED_ON));
    buf_put(buf, STR(": "));
    out_day(&day, request->today);
    buf_put(buf, STR("\n"));
    put_line(buf, word_text(language, WORD_DECLARE_OPERATOR),
             name_of_org(request, &request->who->org));
    if (request->who->org.credit_code.len) {
        put_line(buf, word_text(language, WORD_DECLARE_CREDIT_CODE),
                 request->who->org.credit_code);
    }
    buf_put(buf, STR("\n"));
    put_answers(filing, buf, STEP_GROUND);
    put_answers(filing, buf, STEP_OBJECT);
    put_promises(filing, buf);
    buf_put(buf, STR("\n"));
    for (size_t i = 0; i < filing->papers_count; i++) {
        put_paper(filing, buf, &filing->papers[i]);
    }
    for (size_t i = 0; i < filing->earlier_count; i++) {
        if (typed_has(&filing->shown, STR("keep"), filing->earlier[i].id)) {
            put_paper(filing, buf, &filing->earlier[i]);
        }
    }
    put_answers(filing, buf, STEP_MATERIALS);
}
