/* verb_story.c: runs stories and says, one line each, whether the law gives what they expect; every
 * difference stands below with its place. */
#include "coverage.h"
#include "disk.h"
#include "position_text.h"
#include "verb.h"

enum { EDITIONS_COVERED_MAX = 64 };

typedef struct Telling {
    Cli *cli;
    Law *law;
    Arena arena;             /* of one file */
    bool tap, coverage;
    size_t held, differing, faulty, number;
    Coverage covered[EDITIONS_COVERED_MAX];
    size_t covered_count;
} Telling;

const Verb verb_story;

static Str title(const Telling *telling, const Story *story)
{
    Str own = telling->cli->language == LANGUAGE_ZH ? story->title_zh : story->title_en;
    return own.len ? own : story->title_en.len ? story->title_en : story->script->name;
}

static void put_place(Buf *buf, const Node *node)
{
    buf_put(buf, node->file);
    buf_print(buf, ":%d:%d: ", node->line, node->column);
}

static void put_difference(Buf *buf, const StoryDifference *difference, Language language)
{
    Buf day = buf_new(32), sentence = {0};
    buf_put_day(&day, difference->on);
    WORD_PUT(&sentence, language, WORD_STORY_DIFFERENCE, buf_str(&day), difference->what,
             difference->expected, difference->found);
    put_place(buf, difference->node);
    text_safe(buf, buf_str(&sentence));
    buf_done(&day);
    buf_done(&sentence);
}

static void put_text(Telling *telling, const Story *story)
{
    Buf *out = &telling->cli->out;
    Language language = telling->cli->language;
    size_t from = out->len;
    buf_put(out, word_text(language, story->differences_count ? WORD_STORY_DIFFERS
                                                              : WORD_STORY_HOLDS));
    text_pad(out, from, 8);
    text_safe(out, story->script->file);
    buf_put(out, STR("  "));
    text_safe(out, title(telling, story));
    buf_put_byte(out, '\n');
    for (size_t i = 0; i < story->differences_count; i++) {
        buf_put_many(out, ' ', 8);
        put_difference(out, &story->differences[i], language);
        buf_put_byte(out, '\n');
    }
}

static void put_tap(Telling *telling, const Story *story)
{
    Buf *out = &telling->cli->out;
    buf_print(out, "%s %zu - ", story->differences_count ? "not ok" : "ok", ++telling->number);
    text_safe(out, story->script->file);
    buf_put(out, STR(": "));
    text_safe(out, title(telling, story));
    buf_put_byte(out, '\n');
    for (size_t i = 0; i < story->differences_count; i++) {
        buf_put(out, STR("# "));
        put_difference(out, &story->differences[i], telling->cli->language);
        buf_put_byte(out, '\n');
    }
}

static void put_json(Telling *telling, const Story *story)
{
    Buf *out = &telling->cli->out;
    buf_put(out, STR("{\"file\":"));
    buf_put_json(out, story->script->file);
    buf_put(out, STR(",\"case\":"));
    buf_put_json(out, story->script->name);
    buf_put(out, STR(",\"edition\":"));
    buf_put_json(out, story->script->edition->id);
    buf_put(out, STR(",\"title\":{\"zh\":"));
    buf_put_json(out, story->title_zh);
    buf_put(out, STR(",\"en\":"));
    buf_put_json(out, story->title_en);
    buf_print(out, "},\"holds\":%s,\"checks\":%zu,\"differences\":[",
              story->differences_count ? "false" : "true", story->checks);
    for (size_t i = 0; i < story->differences_count; i++) {
        const StoryDifference *difference = &story->differences[i];
        buf_print(out, "%s{\"line\":%d,\"column\":%d,\"on\":\"", i ? "," : "",
                  difference->node->line, difference->node->column);
        buf_put_day(out, difference->on);
        buf_put(out, STR("\",\"what\":"));
        buf_put_json(out, difference->what);
        buf_put(out, STR(",\"expected\":"));
        buf_put_json(out, difference->expected);
        buf_put(out, STR(",\"found\":"));
        buf_put_json(out, difference->found);
        buf_put_byte(out, '}');
    }
    buf_put(out, STR("]}\n"));
}

static Coverage *coverage_of(Telling *telling, const Edition *edition)
{
    for (size_t i = 0; i < telling->covered_count; i++) {
        if (telling->covered[i].edition == edition) {
            return &telling->covered[i];
        }
    }
    return NULL;
}

static Fail tell_one(Telling *telling, const char *path, Fault *fault)
{
    Str text;
    Script script;
    Story story;
    Fail fail = disk_read(&telling->arena, path, TEXT_FILE_BYTES_MAX, &text, fault);
    if (fail == FAIL_NONE) {
        fail = script_read(telling->law, &telling->arena, text, str_from(path), &script, fault);
    }
    if (fail == FAIL_NONE) {
        fail = story_check(telling->law, &telling->arena, &script, &story, fault);
    }
    if (fail != FAIL_NONE) {
        return fail;
    }
    telling->held += story.differences_count == 0;
    telling->differing += story.differences_count > 0;
    Coverage *coverage = coverage_of(telling, script.edition);
    if (coverage && story.differences_count == 0) {
        coverage_add(coverage, &story);
    }
    if (telling->tap) {
        put_tap(telling, &story);
    } else if (telling->cli->json) {
        put_json(telling, &story);
    } else if (!telling->coverage || story.differences_count) {
        put_text(telling, &story);
    }
    return FAIL_NONE;
}

/* A file that is no story: told on standard error; in TAP it is a test that fails, too. */
static int tell_fault(Telling *telling, const char *path, const Fault *fault)
{
    telling->faulty++;
    if (telling->tap) {
        Buf *out = &telling->cli->out;
        buf_print(out, "not ok %zu - ", ++telling->number);
        text_safe(out, str_from(path));
        buf_put(out, STR("\n# "));
        fault_put(out, fault, telling->cli->language);
        buf_put_byte(out, '\n');
    }
    return cli_fault(telling->cli, fault);
}

static Fail coverage_begin(Telling *telling, Fault *fault)
{
    const Str *ids;
    size_t count;
    Fail fail = law_edition_ids(telling->law, &ids, &count, fault);
    for (size_t i = 0; fail == FAIL_NONE && i < count && i < EDITIONS_COVERED_MAX; i++) {
        const Edition *edition;
        fail = law_edition(telling->law, ids[i], &edition, fault);
        if (fail == FAIL_NONE) {
            coverage_init(&telling->covered[telling->covered_count++], &telling->cli->arena,
                          edition);
        }
    }
    return fail;
}

static const Word kind_words[COVERAGE_KINDS] = {
    [COVERAGE_ACT] = WORD_STORY_KIND_ACT,         [COVERAGE_REFUSAL] = WORD_STORY_KIND_REFUSAL,
    [COVERAGE_TIMES] = WORD_STORY_KIND_TIMES,     [COVERAGE_WARNING] = WORD_STORY_KIND_WARNING,
    [COVERAGE_CLOCK] = WORD_STORY_KIND_CLOCK,     [COVERAGE_STAGE] = WORD_STORY_KIND_STAGE,
    [COVERAGE_CLAUSE] = WORD_STORY_KIND_CLAUSE,
};
static const char *const kind_ids[COVERAGE_KINDS] = {
    [COVERAGE_ACT] = "acts",       [COVERAGE_REFUSAL] = "refusals", [COVERAGE_TIMES] = "times",
    [COVERAGE_WARNING] = "warnings", [COVERAGE_CLOCK] = "clocks",   [COVERAGE_STAGE] = "stages",
    [COVERAGE_CLAUSE] = "clauses",
};

static void put_missing(Buf *out, const CoverageItem *item, Language language)
{
    buf_put(out, word_text(language, kind_words[item->kind]));
    buf_put_byte(out, ' ');
    buf_put(out, item->what);
    if (item->where.len) {
        buf_put(out, STR(" ("));
        buf_put(out, item->where);
        buf_put_byte(out, ')');
    }
    if (item->clause.len) {
        buf_put(out, STR(", "));
        clause_put(out, item->clause, language);
    }
    if (item->node) {
        buf_put(out, STR("  "));
        buf_put(out, item->node->file);
        buf_print(out, ":%d", item->node->line);
    }
    buf_put_byte(out, '\n');
}

static void coverage_json(Buf *out, const Coverage *coverage)
{
    buf_put(out, STR("{\"edition\":"));
    buf_put_json(out, coverage->edition->id);
    buf_print(out, ",\"stories\":%zu", coverage->stories);
    for (CoverageKind kind = 0; kind < COVERAGE_KINDS; kind++) {
        size_t all, shown;
        coverage_count(coverage, kind, &all, &shown);
        buf_print(out, ",\"%s\":{\"all\":%zu,\"shown\":%zu,\"missing\":[", kind_ids[kind], all,
                  shown);
        bool first = true;
        for (size_t i = 0; i < coverage->count; i++) {
            const CoverageItem *item = &coverage->items[i];
            if (item->kind == kind && !item->shown) {
                buf_put(out, first ? STR_NONE : STR(","));
                buf_put_json(out, item->what);
                first = false;
            }
        }
        buf_put(out, STR("]}"));
    }
    buf_put(out, STR("}\n"));
}

static void coverage_lines(Telling *telling, const Coverage *coverage, size_t missing)
{
    Buf *out = &telling->cli->out;
    Language language = telling->cli->language;
    const char *before = telling->tap ? "# " : "        ";
    if (telling->tap) {
        buf_print(out, "%s %zu - ", missing ? "not ok" : "ok", ++telling->number);
    }
    Buf stories = buf_new(24);
    buf_put_int(&stories, (int64_t)coverage->stories);
    WORD_PUT(out, language, WORD_STORY_COVERAGE, coverage->edition->id, buf_str(&stories));
    buf_done(&stories);
    for (CoverageKind kind = 0; kind < COVERAGE_KINDS; kind++) {
        size_t all, shown;
        coverage_count(coverage, kind, &all, &shown);
        if (all) {
            buf_print(out, "  %.*s %zu/%zu", STR_ARG(word_text(language, kind_words[kind])),
                      shown, all);
        }
    }
    buf_put_byte(out, '\n');
    for (size_t i = 0; i < coverage->count; i++) {
        if (!coverage->items[i].shown) {
            buf_put(out, str_from(before));
            put_missing(out, &coverage->items[i], language);
        }
    }
}

/* Returns how many editions have something that no story shows. */
static size_t coverage_end(Telling *telling)
{
    size_t lacking = 0;
    for (size_t i = 0; i < telling->covered_count; i++) {
        const Coverage *coverage = &telling->covered[i];
        size_t missing = 0;
        for (size_t j = 0; j < coverage->count; j++) {
            missing += !coverage->items[j].shown;
        }
        lacking += missing > 0;
        if (telling->cli->json && !telling->tap) {
            coverage_json(&telling->cli->out, coverage);
        } else {
            coverage_lines(telling, coverage, missing);
        }
    }
    return lacking;
}

static void put_sum(Telling *telling)
{
    Buf *out = &telling->cli->out;
    Buf held = buf_new(24), all = buf_new(24);
    buf_put_int(&held, (int64_t)telling->held);
    buf_put_int(&all, (int64_t)(telling->held + telling->differing + telling->faulty));
    WORD_PUT(out, telling->cli->language, WORD_STORY_SUM, buf_str(&held), buf_str(&all));
    buf_put_byte(out, '\n');
    buf_done(&held);
    buf_done(&all);
}

static int tell_all(Telling *telling, int count)
{
    Cli *cli = telling->cli;
    Fault fault;
    int status = 0;
    for (int i = 0; i < count; i++) {
        if (tell_one(telling, cli->argv[i], &fault) != FAIL_NONE) {
            int told = tell_fault(telling, cli->argv[i], &fault);
            status = told > status ? told : status;
        }
        arena_reset(&telling->arena);
        if (cli_flush(cli, &fault) != FAIL_NONE) {
            return cli_fault(cli, &fault);
        }
    }
    size_t lacking = telling->coverage ? coverage_end(telling) : 0;
    if (!telling->tap && !cli->json) {
        put_sum(telling);
    }
    if (telling->tap) {
        buf_print(&cli->out, "1..%zu\n", telling->number);
    }
    return status ? status : telling->differing || lacking ? 1 : 0;
}

static int run(Cli *cli)
{
    Telling telling = {.cli = cli};
    const Option options[] = {{"--tap", OPTION_FLAG, &telling.tap},
                              {"--coverage", OPTION_FLAG, &telling.coverage},
                              {0}};
    int count;
    int over = cli_parse(cli, &verb_story, options, &count);
    if (over >= 0) {
        return over;
    }
    if (count == 0) {
        return cli_usage(cli, &verb_story, WORD_CLI_FILE_WANTED, STR_NONE);
    }
    Fault fault;
    if (cli_law(cli, &telling.law, &fault) != FAIL_NONE ||
        (telling.coverage && coverage_begin(&telling, &fault) != FAIL_NONE)) {
        return cli_fault(cli, &fault);
    }
    int status = tell_all(&telling, count);
    arena_done(&telling.arena);
    return status;
}

const Verb verb_story = {"story", WORD_STORY_SUMMARY, WORD_STORY_HELP, run};
