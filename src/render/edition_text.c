/* edition_text.c: the law above, the rules below. */
#include "edition_text.h"

bool cites_clause(Str citation, Str number)
{
    size_t item = str_find(citation, '(');
    return str_eq(str_part(citation, 0, item), number);
}

static bool any_cites(const Cites *cites, Str number)
{
    for (uint8_t i = 0; i < cites->count; i++) {
        if (cites_clause(cites->at[i], number)) {
            return true;
        }
    }
    return false;
}

void in_force_line(Buf *buf, const Edition *edition, Language language)
{
    Buf from = {0}, until = {0};
    if (edition->from == DAY_NONE) {
        buf_put_day(&from, edition->drafted);
        WORD_PUT(buf, language, WORD_EDITION_DRAFT, buf_str(&from));
        buf_done(&from);
        return;
    }
    buf_put_day(&from, edition->from);
    if (edition->until == DAY_LAST) {
        WORD_PUT(buf, language, WORD_EDITION_SINCE, buf_str(&from));
    } else {
        buf_put_day(&until, edition->until - 1);
        WORD_PUT(buf, language, WORD_EDITION_BETWEEN, buf_str(&from), buf_str(&until));
    }
    buf_done(&from);
    buf_done(&until);
}

static bool guards_on(const Guard *guards, uint8_t count, Str number)
{
    for (uint8_t i = 0; i < count; i++) {
        if (cites_clause(guards[i].clause, number)) {
            return true;
        }
    }
    return false;
}

/* Does the branch stand on this clause, itself or by one of its conditions? */
static bool branch_on(const ActKind *act, const Branch *branch, Str number)
{
    return (branch->clause.len ? cites_clause(branch->clause, number)
                               : any_cites(&act->clause, number)) ||
           guards_on(branch->needs, branch->needs_count, number) ||
           guards_on(branch->warns, branch->warns_count, number);
}

/* "▸ Materials: declaration, analysis report": ids of one kind that rest on a clause, gathered. */
typedef struct Gathered {
    Buf line;
    Word title;
    const char *kind;            /* of their words */
    const Reader *reader;
    bool any;
} Gathered;

static void gather(Gathered *gathered, Str id)
{
    const Reader *reader = gathered->reader;
    if (!gathered->any) {
        buf_put(&gathered->line, STR("▸ "));
        buf_put(&gathered->line, word_text(reader->language, gathered->title));
        buf_put(&gathered->line, reader->language == LANGUAGE_ZH ? STR("：") : STR(": "));
    } else {
        buf_put(&gathered->line, reader->language == LANGUAGE_ZH ? STR("；") : STR("; "));
    }
    gathered->any = true;
    buf_put(&gathered->line, lawwords_get(reader->words, gathered->kind, id));
}

static void gathered_put(Buf *buf, Gathered *gathered, int columns)
{
    if (gathered->any) {
        text_wrap(buf, buf_str(&gathered->line), 8, columns);
    }
    buf_done(&gathered->line);
}

static void put_lists(Buf *buf, const Edition *edition, Str number, const Reader *reader,
                      int columns)
{
    static const struct { const char *list, *kind; Word title; } known[] = {
        {"grounds", "ground", WORD_SUBJECT_GROUND},
        {"triggers", "trigger", WORD_SUBJECT_TRIGGER},
        {"factors", "factor", WORD_SUBJECT_FACTOR},
        {"categories", "category", WORD_SUBJECT_CATEGORY},
        {"commitments", "commitment", WORD_SUBJECT_COMMITMENT},
        {"methods", "method", WORD_SUBJECT_METHOD},
        {"findings", "finding", WORD_SUBJECT_FINDING},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        const List *list = edition_list(edition, str_from(known[i].list));
        Gathered gathered = {.title = known[i].title, .kind = known[i].kind, .reader = reader};
        for (size_t j = 0; list && j < list->count; j++) {
            if (cites_clause(list->items[j].clause, number)) {
                gather(&gathered, list->items[j].id);
            }
        }
        gathered_put(buf, &gathered, columns);
    }
}

/* Who takes part, what is handed in, what is written: everything that is no act and no clock. */
static void put_things(Buf *buf, const Edition *edition, Str number, const Reader *reader,
                       int columns)
{
    const Node *review = node_get(node_get(edition->root, "procedures"), "review");
    const Node *roles = node_get(review, "roles");
    Gathered who = {.title = WORD_SUBJECT_ROLE, .kind = "role", .reader = reader};
    for (size_t i = 0; roles && roles->kind == NODE_MAP && i < roles->count; i++) {
        const Node *clause = node_get(&roles->items[i], "clause");
        for (size_t j = 0; j < node_many(clause); j++) {
            if (cites_clause(node_text(node_nth(clause, j)), number)) {
                gather(&who, roles->keys[i].text);
                break;
            }
        }
    }
    gathered_put(buf, &who, columns);
    Gathered materials = {.title = WORD_SUBJECT_MATERIAL, .kind = "material", .reader = reader};
    for (size_t i = 0; i < edition->materials_count; i++) {
        if (cites_clause(edition->materials[i].clause, number)) {
            gather(&materials, edition->materials[i].id);
        }
    }
    gathered_put(buf, &materials, columns);
    put_lists(buf, edition, number, reader, columns);
    Gathered notices = {.title = WORD_SUBJECT_NOTICE, .kind = "notice", .reader = reader};
    for (size_t i = 0; i < edition->notices_count; i++) {
        if (any_cites(&edition->notices[i].clause, number)) {
            gather(&notices, edition->notices[i].id);
        }
    }
    gathered_put(buf, &notices, columns);
    if (cites_clause(node_text(node_get(edition->root, "in_force_clause")), number)) {
        Buf line = {0};
        buf_put(&line, STR("▸ "));
        in_force_line(&line, edition, reader->language);
        text_wrap(buf, buf_str(&line), 8, columns);
        buf_done(&line);
    }
}

void edition_rules(Buf *buf, const Edition *edition, Str number, const Reader *reader,
                   int columns)
{
    put_things(buf, edition, number, reader, columns);
    for (size_t i = 0; i < edition->clocks_count; i++) {
        const ClockKind *clock = &edition->clocks[i];
        if (cites_clause(clock->clause, number)) {
            Buf days = {0}, line = {0};
            buf_put_int(&days, clock->working_days);
            WORD_PUT(&line, reader->language, WORD_EDITION_CLOCK,
                     lawwords_get(reader->words, "clock", clock->id), buf_str(&days));
            text_wrap(buf, buf_str(&line), 8, columns);
            buf_done(&days);
            buf_done(&line);
        }
    }
    for (size_t i = 0; i < edition->duties_count; i++) {
        const DutyKind *duty = &edition->duties[i];
        if (cites_clause(duty->clause, number) || cites_clause(duty->silence_clause, number)) {
            Buf line = {0};
            buf_put(&line, STR("▸ "));
            duty_line(&line, edition, duty, reader);
            text_wrap(buf, buf_str(&line), 8, columns);
            buf_done(&line);
        }
    }
    for (size_t i = 0; i < edition->acts_count; i++) {
        const ActKind *act = &edition->acts[i];
        for (uint8_t j = 0; j < act->branches_count; j++) {
            if (branch_on(act, &act->branches[j], number)) {
                Buf line = {0};
                buf_put(&line, STR("▸ "));
                act_line(&line, edition, act, &act->branches[j], reader);
                text_wrap(buf, buf_str(&line), 8, columns);
                buf_done(&line);
            }
        }
    }
}

static void put_clause(Buf *buf, const Edition *edition, const ClauseText *clause,
                       const Reader *reader, int columns)
{
    Buf line = {0};
    buf_put_byte(buf, '\n');
    clause_put(&line, clause->number, reader->language);
    if (clause->unverified) {
        buf_put(&line, STR("  "));
        buf_put(&line, word_text(reader->language, WORD_EDITION_UNVERIFIED));
    }
    text_wrap(buf, buf_str(&line), 0, columns);
    text_wrap(buf, clause->text, 4, columns);
    for (size_t i = 0; i < clause->conflicts_count; i++) {
        const ClauseConflict *conflict = &clause->conflicts[i];
        buf_clear(&line);
        WORD_PUT(&line, reader->language, WORD_EDITION_CONFLICT, conflict->says, conflict->but,
                 conflict->follows);
        text_wrap(buf, buf_str(&line), 6, columns);
    }
    if (clause->not_executable.len) {
        buf_clear(&line);
        WORD_PUT(&line, reader->language, WORD_EDITION_NOT_EXECUTABLE, clause->not_executable);
        text_wrap(buf, buf_str(&line), 6, columns);
    }
    edition_rules(buf, edition, clause->number, reader, columns);
    buf_done(&line);
}

void edition_text(Buf *buf, const Edition *edition, const ClauseTexts *clauses,
                  const Reader *reader, int columns)
{
    columns = columns > 100 ? 100 : columns;
    Buf line = {0};
    buf_put(&line, edition->id);
    buf_put(&line, STR("  ·  "));
    buf_put(&line, clauses->title);
    text_wrap(buf, buf_str(&line), 0, columns);
    buf_clear(&line);
    in_force_line(&line, edition, reader->language);
    text_wrap(buf, buf_str(&line), 0, columns);
    text_wrap(buf, clauses->issued_by, 0, columns);
    text_wrap(buf, clauses->source, 0, columns);
    text_wrap(buf, word_text(reader->language, WORD_EDITION_OWN_WORDS), 0, columns);
    for (size_t i = 0; i < clauses->count; i++) {
        put_clause(buf, edition, &clauses->at[i], reader, columns);
    }
    buf_put_byte(buf, '\n');
    text_wrap(buf, word_text(reader->language, WORD_EDITION_POLICIES), 0, columns);
    for (size_t i = 0; i < edition->policies_count; i++) {
        Str id = edition->policies[i].id;
        buf_clear(&line);
        buf_put(&line, id);
        buf_put(&line, STR("  "));
        buf_put(&line, lawwords_get(reader->words, "policy", id));
        text_wrap(buf, buf_str(&line), 2, columns);
        text_wrap(buf, lawwords_get(reader->words, "policy_reason", id), 6, columns);
        edition_rules(buf, edition, id, reader, columns);
    }
    buf_done(&line);
}
