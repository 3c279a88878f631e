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

static void put_stages(Buf *buf, const Edition *edition, uint32_t stages, const Reader *reader)
{
    bool first = true;
    for (size_t i = 0; i < edition->stages_count; i++) {
        if (stages >> i & 1) {
            buf_put(buf, first ? STR_NONE : reader->language == LANGUAGE_ZH ? STR("、") : STR(", "));
            buf_put(buf, lawwords_get(reader->words, "stage", edition->stages[i].id));
            first = false;
        }
    }
}

static void put_clocks(Buf *buf, const Edition *edition, uint32_t clocks, Word word,
                       const Reader *reader)
{
    Buf names = {0};
    bool all = clocks == UINT32_MAX;
    for (size_t i = 0; !all && i < edition->clocks_count; i++) {
        if (clocks >> i & 1) {
            buf_put(&names, names.len ? STR(", ") : STR_NONE);
            buf_put(&names, lawwords_get(reader->words, "clock", edition->clocks[i].id));
        }
    }
    if (all) {
        buf_put(&names, word_text(reader->language, WORD_EDITION_EVERY_CLOCK));
    }
    if (names.len) {
        buf_put(buf, reader->language == LANGUAGE_ZH ? STR("；") : STR("; "));
        WORD_PUT(buf, reader->language, word, buf_str(&names));
    }
    buf_done(&names);
}

static void put_who(Buf *buf, const Edition *edition, const ActKind *act, const Reader *reader)
{
    if (act->by_addressee) {
        buf_put(buf, word_text(reader->language, WORD_TEXT_THOSE_ASKED));
        return;
    }
    bool first = true;
    for (size_t i = 0; i < edition->roles_count; i++) {
        if (act->by >> i & 1) {
            buf_put(buf, first ? STR_NONE : STR(" / "));
            buf_put(buf, lawwords_get(reader->words, "role", edition->roles[i].id));
            first = false;
        }
    }
}

void act_line(Buf *buf, const Edition *edition, const ActKind *act, const Branch *branch,
              const Reader *reader)
{
    buf_put(buf, lawwords_get(reader->words, "act", act->id));
    buf_put(buf, reader->language == LANGUAGE_ZH ? STR("（") : STR(" ("));
    put_who(buf, edition, act, reader);
    buf_put(buf, reader->language == LANGUAGE_ZH ? STR("）：") : STR("): "));
    if (branch->opens != ID_NONE) {
        WORD_PUT(buf, reader->language, WORD_EDITION_OPENS,
                 lawwords_get(reader->words, "stage", edition->stages[branch->opens].id));
    } else {
        put_stages(buf, edition, branch->in, reader);
        if (branch->to != ID_NONE) {
            buf_put(buf, STR(" → "));
            buf_put(buf, lawwords_get(reader->words, "stage", edition->stages[branch->to].id));
        }
    }
    put_clocks(buf, edition, branch->starts, WORD_EDITION_STARTS, reader);
    put_clocks(buf, edition, branch->stops, WORD_EDITION_STOPS, reader);
    put_clocks(buf, edition, branch->voids, WORD_EDITION_VOIDS, reader);
    put_clocks(buf, edition, branch->moots, WORD_EDITION_MOOTS, reader);
    if (branch->extends.clock != ID_NONE) {
        Buf days = {0};
        buf_put_int(&days, branch->extends.days);
        buf_put(buf, reader->language == LANGUAGE_ZH ? STR("；") : STR("; "));
        Str clock = lawwords_get(reader->words, "clock",
                                 edition->clocks[branch->extends.clock].id);
        WORD_PUT(buf, reader->language,
                 branch->extends.days ? WORD_EDITION_EXTENDS : WORD_EDITION_EXTENDS_ASKED, clock,
                 buf_str(&days));
        buf_done(&days);
    }
}

static bool branch_on(const ActKind *act, const Branch *branch, Str number)
{
    return branch->clause.len ? cites_clause(branch->clause, number)
                              : any_cites(&act->clause, number);
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

static void put_rules(Buf *buf, const Edition *edition, Str number, const Reader *reader,
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
    put_rules(buf, edition, clause->number, reader, columns);
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
        put_rules(buf, edition, id, reader, columns);
    }
    buf_done(&line);
}

static void cites_json(Buf *buf, const Cites *cites)
{
    buf_put_byte(buf, '[');
    for (uint8_t i = 0; i < cites->count; i++) {
        buf_put(buf, i ? STR(",") : STR_NONE);
        buf_put_json(buf, cites->at[i]);
    }
    buf_put_byte(buf, ']');
}

static void clauses_json(Buf *buf, const ClauseTexts *clauses)
{
    buf_put(buf, STR(",\"clauses\":["));
    for (size_t i = 0; i < clauses->count; i++) {
        const ClauseText *clause = &clauses->at[i];
        buf_put(buf, i ? STR(",{\"clause\":") : STR("{\"clause\":"));
        buf_put_json(buf, clause->number);
        buf_put(buf, STR(",\"text\":"));
        buf_put_json(buf, clause->text);
        if (clause->not_executable.len) {
            buf_put(buf, STR(",\"not_executable\":"));
            buf_put_json(buf, clause->not_executable);
        }
        buf_put(buf, clause->unverified ? STR(",\"unverified\":true") : STR_NONE);
        buf_put(buf, STR(",\"conflicts\":["));
        for (size_t j = 0; j < clause->conflicts_count; j++) {
            buf_put(buf, j ? STR(",{\"says\":") : STR("{\"says\":"));
            buf_put_json(buf, clause->conflicts[j].says);
            buf_put(buf, STR(",\"but\":"));
            buf_put_json(buf, clause->conflicts[j].but);
            buf_put(buf, STR(",\"follows\":"));
            buf_put_json(buf, clause->conflicts[j].follows);
            buf_put_byte(buf, '}');
        }
        buf_put(buf, STR("]}"));
    }
    buf_put_byte(buf, ']');
}

static void acts_json(Buf *buf, const Edition *edition)
{
    buf_put(buf, STR(",\"acts\":["));
    for (size_t i = 0; i < edition->acts_count; i++) {
        const ActKind *act = &edition->acts[i];
        buf_put(buf, i ? STR(",{\"act\":") : STR("{\"act\":"));
        buf_put_json(buf, act->id);
        buf_put(buf, STR(",\"by\":["));
        bool first = true;
        for (size_t j = 0; j < edition->roles_count; j++) {
            if (act->by >> j & 1) {
                buf_put(buf, first ? STR_NONE : STR(","));
                buf_put_json(buf, edition->roles[j].id);
                first = false;
            }
        }
        buf_put(buf, act->by_addressee ? STR("\"addressee\"],\"clause\":") : STR("],\"clause\":"));
        cites_json(buf, &act->clause);
        buf_put_byte(buf, '}');
    }
    buf_put_byte(buf, ']');
}

void edition_json(Buf *buf, const Edition *edition, const ClauseTexts *clauses,
                  const Reader *reader)
{
    buf_put(buf, STR("{\"edition\":"));
    buf_put_json(buf, edition->id);
    buf_put(buf, STR(",\"title\":"));
    buf_put_json(buf, clauses->title);
    buf_put(buf, STR(",\"from\":"));
    buf_put_day_json(buf, edition->from);
    buf_put(buf, STR(",\"until\":"));
    buf_put_day_json(buf, edition->until);
    clauses_json(buf, clauses);
    buf_put(buf, STR(",\"stages\":["));
    for (size_t i = 0; i < edition->stages_count; i++) {
        buf_put(buf, i ? STR(",") : STR_NONE);
        buf_put_json(buf, edition->stages[i].id);
    }
    buf_put(buf, STR("],\"clocks\":["));
    for (size_t i = 0; i < edition->clocks_count; i++) {
        buf_put(buf, i ? STR(",{\"clock\":") : STR("{\"clock\":"));
        buf_put_json(buf, edition->clocks[i].id);
        buf_print(buf, ",\"working_days\":%d,\"clause\":", edition->clocks[i].working_days);
        buf_put_json(buf, edition->clocks[i].clause);
        buf_put_byte(buf, '}');
    }
    buf_put_byte(buf, ']');
    acts_json(buf, edition);
    buf_put(buf, STR(",\"policies\":["));
    for (size_t i = 0; i < edition->policies_count; i++) {
        Str id = edition->policies[i].id;
        buf_put(buf, i ? STR(",{\"policy\":") : STR("{\"policy\":"));
        buf_put_json(buf, id);
        buf_put(buf, STR(",\"title\":"));
        buf_put_json(buf, lawwords_get(reader->words, "policy", id));
        buf_put(buf, STR(",\"reason\":"));
        buf_put_json(buf, lawwords_get(reader->words, "policy_reason", id));
        buf_put_byte(buf, '}');
    }
    buf_put(buf, STR("]}"));
}
