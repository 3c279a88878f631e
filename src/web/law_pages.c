/* law_pages.c: the editions and their clauses, for everybody. */
#include "pages.h"

#include "edition_text.h"
#include "lawpage.h"
#include "say.h"

enum { ONE_LINE = 1 << 20, RULES_BYTES_MAX = 1 << 20 };
#define RULE_MARK "▸ "

static Str kept(Request *request, Buf *buf)
{
    Str text = str_copy(request->arena, buf_str(buf));
    buf_done(buf);
    return text;
}

/* From when until when, with days as the language writes them. */
static Str force_of(Request *request, const Edition *edition)
{
    Buf from = {0}, until = {0}, line = {0};
    Out first = {&from, request->language}, last = {&until, request->language};
    bool draft = edition->from == DAY_NONE;
    out_day(&first, draft ? edition->drafted : edition->from);
    if (draft) {
        WORD_PUT(&line, request->language, WORD_EDITION_DRAFT, buf_str(&from));
    } else if (edition->until == DAY_LAST) {
        WORD_PUT(&line, request->language, WORD_EDITION_SINCE, buf_str(&from));
    } else {
        out_day(&last, edition->until - 1);
        WORD_PUT(&line, request->language, WORD_EDITION_BETWEEN, buf_str(&from),
                 buf_str(&until));
    }
    buf_done(&from);
    buf_done(&until);
    return kept(request, &line);
}

static EditionSaid edition_said(Request *request, const Edition *edition)
{
    return (EditionSaid){
        .id = edition->id, .force = force_of(request, edition),
        .title = lawwords_get(request_words(request, edition->id), "edition", edition->id),
        .draft = edition->from == DAY_NONE,
        .current = edition->from != DAY_NONE && edition->from <= request->today &&
                   request->today < edition->until};
}

/* Each rule without the mark and the indent that a terminal gets. */
static void put_rules(Request *request, const Edition *edition, const Reader *reader,
                      ClauseSaid *clause)
{
    Buf buf = buf_new(RULES_BYTES_MAX);
    edition_rules(&buf, edition, clause->number, reader, ONE_LINE);
    Str all = kept(request, &buf);
    size_t lines = 0;
    for (size_t i = 0; i < all.len; i++) {
        lines += all.at[i] == '\n';
    }
    Str *rules = ARENA_MANY(request->arena, Str, lines);
    while (all.len) {
        size_t end = str_find(all, '\n');
        Str line = str_trim(str_part(all, 0, end));
        if (str_starts(line, STR(RULE_MARK))) {
            line = str_part(line, sizeof RULE_MARK - 1, line.len);
        }
        if (line.len && clause->rules_count < lines) {
            rules[clause->rules_count++] = line;
        }
        all = str_part(all, end + 1, all.len);
    }
    clause->rules = rules;
}

static Str anchor_of(Request *request, const char *start, Str number)
{
    Buf buf = {0};
    buf_put(&buf, str_from(start));
    buf_put(&buf, number);
    return kept(request, &buf);
}

static Str heading_of(Request *request, Str number)
{
    Buf buf = {0};
    clause_put(&buf, number, request->language);
    return kept(request, &buf);
}

static void put_clauses(Request *request, const Edition *edition, const ClauseTexts *texts,
                        const Reader *reader, LawView *view)
{
    ClauseSaid *clauses = ARENA_MANY(request->arena, ClauseSaid, texts->count);
    for (size_t i = 0; i < texts->count; i++) {
        const ClauseText *text = &texts->at[i];
        ConflictSaid *conflicts = ARENA_MANY(request->arena, ConflictSaid, text->conflicts_count);
        for (size_t j = 0; j < text->conflicts_count; j++) {
            conflicts[j] = (ConflictSaid){text->conflicts[j].says, text->conflicts[j].but,
                                          text->conflicts[j].follows};
        }
        clauses[i] = (ClauseSaid){
            .number = text->number, .heading = heading_of(request, text->number),
            .anchor = anchor_of(request, "clause-", text->number), .text = text->text,
            .not_executable = text->not_executable, .unverified = text->unverified,
            .conflicts = conflicts, .conflicts_count = text->conflicts_count};
        put_rules(request, edition, reader, &clauses[i]);
    }
    view->clauses = clauses;
    view->clauses_count = texts->count;
}

static void put_policies(Request *request, const Edition *edition, const Reader *reader,
                         LawView *view)
{
    ClauseSaid *policies = ARENA_MANY(request->arena, ClauseSaid, edition->policies_count);
    for (size_t i = 0; i < edition->policies_count; i++) {
        Str id = edition->policies[i].id;
        policies[i] = (ClauseSaid){
            .number = id, .heading = heading_of(request, id),
            .anchor = anchor_of(request, "policy-", id),
            .title = lawwords_get(reader->words, "policy", id),
            .text = lawwords_get(reader->words, "policy_reason", id)};
        put_rules(request, edition, reader, &policies[i]);
    }
    view->policies = policies;
    view->policies_count = edition->policies_count;
}

static void edition_show(Request *request, Reply *reply)
{
    Fault fault;
    const Edition *edition;
    ClauseTexts texts;
    Law *law = request->reader->law;
    Str id = request->rest[0];
    if (law_edition(law, id, &edition, &fault) != FAIL_NONE) {
        reply_not_there(request, reply);
        return;
    }
    if (clauses_read(request->arena, law_folder(law), id, request->language, &texts, &fault) !=
        FAIL_NONE) {
        reply_fault(request, reply, &fault);
        return;
    }
    Reader reader = {request->language, request_words(request, id)};
    LawView view = {.edition = edition_said(request, edition), .issued_by = texts.issued_by,
                    .source = texts.source};
    put_clauses(request, edition, &texts, &reader, &view);
    put_policies(request, edition, &reader, &view);
    PageHead head = {.title = view.edition.title, .here = "law"};
    Out out = request_page(request, reply, &head);
    page_edition(&out, &view);
    request_page_end(request, &out);
}

static void editions_show(Request *request, Reply *reply)
{
    Fault fault;
    const Str *ids;
    size_t count;
    Law *law = request->reader->law;
    if (law_edition_ids(law, &ids, &count, &fault) != FAIL_NONE) {
        reply_fault(request, reply, &fault);
        return;
    }
    EditionSaid *editions = ARENA_MANY(request->arena, EditionSaid, count);
    for (size_t i = 0; i < count; i++) {
        const Edition *edition;
        if (law_edition(law, ids[i], &edition, &fault) != FAIL_NONE) {
            reply_fault(request, reply, &fault);
            return;
        }
        editions[count - 1 - i] = edition_said(request, edition);   /* the newest first */
    }
    EditionsView view = {editions, count};
    PageHead head = {.title = word_text(request->language, WORD_WEB_LAW), .here = "law"};
    Out out = request_page(request, reply, &head);
    page_editions(&out, &view);
    request_page_end(request, &out);
}

const Route routes_law[] = {
    {METHOD_GET, "/law", editions_show, NEED_NOBODY, .reads = true, .kept = true},
    {METHOD_GET, "/law/*", edition_show, NEED_NOBODY, .reads = true, .kept = true},
    {0},
};
