/* story.c: holding a story's expectations against the positions that the law gives. */
#include "story.h"

#include <assert.h>

static const char *const expect_keys[] = {"on", "known_on", "edition", "stage", "outcome",
                                          "clocks", "no_clocks", "refused", "warns", "assumed",
                                          "next", "not_next", "note", NULL};

typedef struct Telling {         /* one story being checked */
    Law *law;
    Arena *arena;
    const Script *script;
    const Position *position;    /* of the expectation at hand */
    StoryDifference *differences;
    size_t count, capacity, checks;
    Fault *fault;
} Telling;

static void differ(Telling *telling, const Node *node, Str what, Str expected, Str found)
{
    telling->differences =
        arena_grow(telling->arena, telling->differences, telling->count, &telling->capacity,
                   telling->count + 1, sizeof *telling->differences);
    telling->differences[telling->count++] =
        (StoryDifference){node, telling->position->on, what, expected, found};
}

/* What a story wrote: its text, or null. */
static Str written(const Node *node)
{
    return node->kind == NODE_EMPTY ? STR("null") : node_text(node);
}

static void compare(Telling *telling, const Node *node, Str what, Str found)
{
    telling->checks++;
    if (!str_eq(written(node), found)) {
        differ(telling, node, what, written(node), found);
    }
}

static Str join(Arena *arena, Str start, Str middle, Str end)
{
    Buf buf = {0};
    buf_put(&buf, start);
    buf_put(&buf, middle);
    buf_put(&buf, end);
    Str text = str_copy(arena, buf_str(&buf));
    buf_done(&buf);
    return text;
}

static bool among(const char *const *words, Str word)
{
    for (; *words; words++) {
        if (str_is(word, *words)) {
            return true;
        }
    }
    return false;
}

static Fail keys_known(Telling *telling, const Node *map, const char *const *keys)
{
    if (map->kind != NODE_MAP) {
        return NODE_FAULT(telling->fault, map, WORD_SCRIPT_WANTS_MAP, STR("expect"));
    }
    for (size_t i = 0; i < map->count; i++) {
        if (!among(keys, map->keys[i].text)) {
            return NODE_FAULT(telling->fault, &map->keys[i], WORD_STORY_UNKNOWN_KEY,
                              map->keys[i].text);
        }
    }
    return FAIL_NONE;
}

static Fail wants_list(Telling *telling, const Node *node, Str key)
{
    return node->kind == NODE_LIST ? FAIL_NONE
                                   : NODE_FAULT(telling->fault, node, WORD_SCRIPT_WANTS_LIST, key);
}

/* "clock opinion of member/mof": what a difference in a clock is about. */
static Str clock_name(Telling *telling, Str clock, Str of)
{
    Str name = join(telling->arena, STR("clock "), clock, STR_NONE);
    return of.len ? join(telling->arena, name, STR(" of "), of) : name;
}

static Fail compare_clock(Telling *telling, const Node *map, const ClockView *clock)
{
    const Position *position = telling->position;
    Str of = story_clock_of(telling->arena, position, clock);
    Str name = clock_name(telling, clock->kind->id, of);
    for (size_t i = 0; i < map->count; i++) {
        Str key = map->keys[i].text, found;
        if (str_is(key, "clock") || str_is(key, "of") || str_is(key, "nth") ||
            str_is(key, "count")) {
            continue;
        }
        if (!story_clock_value(telling->arena, position, clock, key, &found)) {
            return NODE_FAULT(telling->fault, &map->keys[i], WORD_STORY_UNKNOWN_KEY, key);
        }
        compare(telling, &map->items[i], join(telling->arena, name, STR(": "), key), found);
    }
    return FAIL_NONE;
}

/* One expected clock: the nth of its kind and party, or with `of: each` all of its kind. */
static Fail expect_clock(Telling *telling, const Node *map)
{
    const Node *kind = node_get(map, "clock"), *of = node_get(map, "of");
    const Node *nth = node_get(map, "nth"), *count = node_get(map, "count");
    if (map->kind != NODE_MAP || !kind ||
        edition_clock(telling->script->edition, node_text(kind)) == ID_NONE) {
        return NODE_FAULT(telling->fault, kind ? kind : map, WORD_STORY_UNKNOWN_CLOCK,
                          node_text(kind), telling->script->edition->id);
    }
    int64_t place = 1;
    if (nth && (!node_int(nth, &place) || place < 1)) {
        return NODE_FAULT(telling->fault, nth, WORD_SCRIPT_WANTS_NUMBER, STR("nth"),
                          node_text(nth));
    }
    bool each = of && str_is(node_text(of), "each");
    int64_t seen = 0;
    telling->checks++;
    for (size_t i = 0; i < telling->position->clocks_count; i++) {
        const ClockView *clock = &telling->position->clocks[i];
        Str party = story_clock_of(telling->arena, telling->position, clock);
        if (!str_eq(clock->kind->id, node_text(kind)) ||
            (!each && !str_eq(party, node_text(of)))) {
            continue;
        }
        seen++;
        Fail fail = each || seen == place ? compare_clock(telling, map, clock) : FAIL_NONE;
        if (fail != FAIL_NONE) {
            return fail;
        }
    }
    Str name = clock_name(telling, node_text(kind), node_text(of));
    if (seen == 0 || (!each && seen < place)) {
        differ(telling, map, name, STR("a clock"), STR("none"));
    } else if (count) {
        Buf buf = buf_new(32);
        buf_put_int(&buf, seen);
        compare(telling, count, join(telling->arena, name, STR(": "), STR("count")),
                str_copy(telling->arena, buf_str(&buf)));
        buf_done(&buf);
    }
    return FAIL_NONE;
}

static Fail expect_clocks(Telling *telling, const Node *list)
{
    Fail fail = wants_list(telling, list, STR("clocks"));
    for (size_t i = 0; fail == FAIL_NONE && i < list->count; i++) {
        fail = expect_clock(telling, &list->items[i]);
    }
    return fail;
}

static Fail expect_no_clocks(Telling *telling, const Node *node)
{
    const Position *position = telling->position;
    bool all = str_is(node_text(node), "all");
    for (size_t i = 0; i < node_many(node); i++) {
        const Node *item = node_nth(node, i);
        if (!all && edition_clock(position->edition, node_text(item)) == ID_NONE) {
            return NODE_FAULT(telling->fault, item, WORD_STORY_UNKNOWN_CLOCK, node_text(item),
                              position->edition->id);
        }
        telling->checks++;
        for (size_t j = 0; j < position->clocks_count; j++) {
            if (all || str_eq(position->clocks[j].kind->id, node_text(item))) {
                differ(telling, item, clock_name(telling, position->clocks[j].kind->id, STR_NONE),
                       STR("none"), STR("a clock"));
                break;
            }
        }
    }
    return FAIL_NONE;
}

/* Refusals and warnings are compared as whole lists: "4 under 11, 7 under policy P5". */
static void put_item(Buf *buf, Str n, Str clause, Str policy)
{
    buf_put(buf, buf->len ? STR(", ") : STR_NONE);
    buf_put(buf, n);
    if (clause.len) {
        buf_put(buf, STR(" under "));
        buf_put(buf, clause);
    }
    if (policy.len) {
        buf_put_byte(buf, ' ');
        buf_put(buf, policy);
    }
}

/* The item as the position has it, with the keys that the story wrote. */
static void put_found(Buf *buf, const Node *wanted, uint32_t n, Str clause)
{
    Buf number = buf_new(16);
    buf_put_int(&number, n);
    bool policy = clause_is_policy(clause) && (!wanted || node_get(wanted, "policy"));
    bool plain = wanted && !node_get(wanted, "clause");
    put_item(buf, buf_str(&number), plain ? STR_NONE : story_clause(clause),
             policy ? clause : STR_NONE);
    buf_done(&number);
}

static Fail put_wanted(Telling *telling, Buf *buf, const Node *list)
{
    static const char *const keys[] = {"n", "clause", "policy", "act", "note", NULL};
    Fail fail = wants_list(telling, list, STR("refused"));
    for (size_t i = 0; fail == FAIL_NONE && i < list->count; i++) {
        const Node *item = &list->items[i], *clause = node_get(item, "clause");
        int64_t n;
        fail = keys_known(telling, item, keys);
        if (fail == FAIL_NONE && !node_int(node_get(item, "n"), &n)) {
            fail = NODE_FAULT(telling->fault, item, WORD_SCRIPT_MISSING, STR("n"));
        }
        if (fail == FAIL_NONE) {
            put_item(buf, node_text(node_get(item, "n")), clause ? written(clause) : STR_NONE,
                     node_text(node_get(item, "policy")));
        }
    }
    return fail;
}

static void compare_lists(Telling *telling, const Node *node, Str what, Buf *wanted, Buf *found)
{
    telling->checks++;
    if (!str_eq(buf_str(wanted), buf_str(found))) {
        differ(telling, node, what,
               wanted->len ? str_copy(telling->arena, buf_str(wanted)) : STR("none"),
               found->len ? str_copy(telling->arena, buf_str(found)) : STR("none"));
    }
}

static Fail expect_refused(Telling *telling, const Node *list)
{
    Buf wanted = {0}, found = {0};
    Fail fail = put_wanted(telling, &wanted, list);
    for (size_t i = 0; fail == FAIL_NONE && i < telling->position->refused_count; i++) {
        const RefusedView *refused = &telling->position->refused[i];
        put_found(&found, i < list->count ? &list->items[i] : NULL, refused->n,
                  refused->policy.len ? refused->policy : refused->clause);
    }
    if (fail == FAIL_NONE) {
        compare_lists(telling, list, STR("refused"), &wanted, &found);
    }
    buf_done(&wanted);
    buf_done(&found);
    return fail;
}

static Fail expect_warns(Telling *telling, const Node *list)
{
    Buf wanted = {0}, found = {0};
    Fail fail = put_wanted(telling, &wanted, list);
    size_t at = 0;
    for (size_t i = 0; fail == FAIL_NONE && i < telling->position->done_count; i++) {
        const DoneView *done = &telling->position->done[i];
        for (size_t j = 0; j < done->warnings_count; j++, at++) {
            Str clause = done->warnings[j]->clause;
            put_found(&found, at < list->count ? &list->items[at] : NULL, done->act->n,
                      clause.len ? clause : done->clause);
        }
    }
    if (fail == FAIL_NONE) {
        compare_lists(telling, list, STR("warns"), &wanted, &found);
    }
    buf_done(&wanted);
    buf_done(&found);
    return fail;
}

static Fail expect_assumed(Telling *telling, const Node *list)
{
    Fail fail = wants_list(telling, list, STR("assumed"));
    if (fail != FAIL_NONE) {
        return fail;
    }
    Buf wanted = {0}, found = {0};
    for (size_t i = 0; i < list->count; i++) {
        put_item(&wanted, node_text(&list->items[i]), STR_NONE, STR_NONE);
    }
    for (size_t i = 0; i < telling->position->assumed_count; i++) {
        buf_print(&found, "%s%u", i ? ", " : "", telling->position->assumed[i]);
    }
    compare_lists(telling, list, STR("assumed"), &wanted, &found);
    buf_done(&wanted);
    buf_done(&found);
    return FAIL_NONE;
}

static Fail expect_next(Telling *telling, const Node *list, bool open)
{
    Fail fail = wants_list(telling, list, open ? STR("next") : STR("not_next"));
    for (size_t i = 0; fail == FAIL_NONE && i < list->count; i++) {
        const Node *item = &list->items[i];
        if (!script_act_known(telling->law, node_text(item))) {
            return NODE_FAULT(telling->fault, item, WORD_SCRIPT_UNKNOWN_ACT, node_text(item));
        }
        bool found = false;
        for (size_t j = 0; j < telling->position->next_count && !found; j++) {
            found = str_eq(telling->position->next[j].act->id, node_text(item));
        }
        telling->checks++;
        if (found != open) {
            differ(telling, item, join(telling->arena, STR("next "), node_text(item), STR_NONE),
                   open ? STR("open") : STR("not open"), found ? STR("open") : STR("not open"));
        }
    }
    return fail;
}

static Fail expect_all(Telling *telling, const Node *map)
{
    static const struct {
        const char *key;
        Fail (*check)(Telling *telling, const Node *node);
    } parts[] = {{"clocks", expect_clocks},   {"no_clocks", expect_no_clocks},
                 {"refused", expect_refused}, {"warns", expect_warns},
                 {"assumed", expect_assumed}};
    const Position *position = telling->position;
    const Matter *matter = position->matter;
    const Node *stage = node_get(map, "stage"), *outcome = node_get(map, "outcome");
    const Node *next = node_get(map, "next"), *not_next = node_get(map, "not_next");
    const Node *edition = node_get(map, "edition");
    if (edition) {
        compare(telling, edition, STR("edition"), position->edition->id);
    }
    if (stage) {
        compare(telling, stage, STR("stage"),
                matter->stage == ID_NONE ? STR("null")
                                         : position->edition->stages[matter->stage].id);
    }
    if (outcome) {
        compare(telling, outcome, STR("outcome"),
                matter->outcome.len ? matter->outcome : STR("null"));
    }
    Fail fail = FAIL_NONE;
    for (size_t i = 0; fail == FAIL_NONE && i < sizeof parts / sizeof parts[0]; i++) {
        const Node *node = node_get(map, parts[i].key);
        fail = node ? parts[i].check(telling, node) : FAIL_NONE;
    }
    if (fail == FAIL_NONE && next) {
        fail = expect_next(telling, next, true);
    }
    if (fail == FAIL_NONE && not_next) {
        fail = expect_next(telling, not_next, false);
    }
    return fail;
}

static Fail expect_one(Telling *telling, const Node *map)
{
    Fail fail = keys_known(telling, map, expect_keys);
    if (fail != FAIL_NONE) {
        return fail;
    }
    const Node *on = node_get(map, "on"), *known_on = node_get(map, "known_on");
    Day day, known = DAY_LAST;
    if (!on) {
        return NODE_FAULT(telling->fault, map, WORD_SCRIPT_MISSING, STR("on"));
    }
    if (!node_day(on, &day) || (known_on && !node_day(known_on, &known))) {
        const Node *bad = node_day(on, &day) ? known_on : on;
        return NODE_FAULT(telling->fault, bad, WORD_SCRIPT_WANTS_DAY, node_text(bad));
    }
    const Calendar *calendar;
    fail = law_calendar(telling->law, known, &calendar, telling->fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    const Script *script = telling->script;
    telling->position =
        position_of(telling->arena, script->name, script->edition, &script->facts, script->acts,
                    script->acts_count, calendar, day);
    return expect_all(telling, map);
}

/* The clauses that a story says it shows must be clauses of its edition. */
static Fail clauses_exist(Telling *telling)
{
    const Node *list = node_get(telling->script->root, "clauses");
    Str edition = telling->script->edition->id;
    ClauseTexts clauses;
    if (!list || list->kind == NODE_EMPTY) {
        return FAIL_NONE;
    }
    Fail fail = clauses_read(telling->arena, law_folder(telling->law), edition, LANGUAGE_EN,
                             &clauses, telling->fault);
    for (size_t i = 0; fail == FAIL_NONE && i < node_many(list); i++) {
        const Node *item = node_nth(list, i);
        bool found = false;
        for (size_t j = 0; j < clauses.count && !found; j++) {
            found = str_eq(clauses.at[j].number, node_text(item));
        }
        if (!found) {
            fail = NODE_FAULT(telling->fault, item, WORD_STORY_UNKNOWN_CLAUSE, node_text(item),
                              edition);
        }
    }
    return fail;
}

Fail story_check(Law *law, Arena *arena, const Script *script, Story *ret_story, Fault *fault)
{
    Telling telling = {.law = law, .arena = arena, .script = script, .fault = fault};
    const Node *expect = node_get(script->root, "expect"), *title = node_get(script->root, "title");
    if (!expect || expect->kind != NODE_LIST || expect->count == 0) {
        return NODE_FAULT(fault, expect ? expect : script->root, WORD_STORY_NO_EXPECT,
                          script->name);
    }
    const Position **positions = ARENA_MANY(arena, const Position *, expect->count);
    Fail fail = clauses_exist(&telling);
    for (size_t i = 0; fail == FAIL_NONE && i < expect->count; i++) {
        fail = expect_one(&telling, &expect->items[i]);
        positions[i] = telling.position;
    }
    *ret_story = (Story){.script = script, .title_zh = node_text(node_get(title, "zh")),
                         .title_en = node_text(node_get(title, "en")), .positions = positions,
                         .positions_count = expect->count, .checks = telling.checks,
                         .differences = telling.differences, .differences_count = telling.count};
    return fail;
}
