/* notice.c: one notice of the State Council, or one year's statutory days, from its YAML text
 * (calendar.h; docs/holiday-notices.md tells the words of the file).
 *
 *   number: 国办发明电〔2018〕15号        holidays:
 *   title: …                              labour: {off: 2019-05-01..2019-05-04,
 *   year: 2019      # or amends: NUMBER            worked: [2019-04-28, 2019-05-05]}
 *   dated, published, source            # or statutory: 2027, with in_force for dated, published */
#include "calendar.h"

#include <stdio.h>
#include <stdlib.h>

#include "utf8.h"

enum {
    SPAN_DAYS_MAX = 31,
    NOTICE_DAYS_MAX = 366,
};

static const char *const holiday_ids[] = {"new_year",    "spring_festival", "qingming", "labour",
                                          "dragon_boat", "mid_autumn",      "national"};
enum { HOLIDAYS_COUNT = sizeof holiday_ids / sizeof *holiday_ids };
#define HOLIDAYS_TEXT                                                                             \
    STR("new_year, spring_festival, qingming, labour, dragon_boat, mid_autumn, national")
/* Mid-Autumn may lie inside the National Day holiday; no other holiday can be swallowed. */
#define MAY_JOIN "mid_autumn"

#define NOTICE_KEYS                                                                               \
    STR("number, unverified, title, year, amends, dated, published, source, holidays")
#define STATUTORY_KEYS STR("statutory, title, in_force, source, holidays")

typedef struct Marked {          /* a day and where it is written */
    NoticeDay day;
    const Node *node;
} Marked;

typedef struct NoticeReader {
    Arena *arena;
    Fault *fault;
    const Node *root;
    Notice *notice;
    Marked days[NOTICE_DAYS_MAX];
    size_t days_count;
} NoticeReader;

/* --- head --- */

static bool in_words(Str words, Str word)   /* "a, b, c" holds the word */
{
    while (words.len) {
        size_t end = str_find(words, ',');
        if (str_eq(str_trim(str_part(words, 0, end)), word)) {
            return true;
        }
        words = str_part(words, end + 1, words.len);
    }
    return false;
}

static Fail keys_check(const Node *map, Str known, Fault *fault)
{
    for (size_t i = 0; i < map->count; i++) {
        if (!in_words(known, map->keys[i].text)) {
            return NODE_FAULT(fault, &map->keys[i], WORD_NOTICE_KEY_UNKNOWN, map->keys[i].text,
                              known);
        }
    }
    return FAIL_NONE;
}

static Fail need(NoticeReader *reader, const char *key, const Node **ret_node)
{
    *ret_node = node_get(reader->root, key);
    return *ret_node ? FAIL_NONE
                     : NODE_FAULT(reader->fault, reader->root, WORD_NOTICE_KEY_NEEDED,
                                  str_from(key));
}

static Fail read_text(NoticeReader *reader, const char *key, Str *ret_text)
{
    const Node *node;
    Fail fail = need(reader, key, &node);
    if (fail) {
        return fail;
    }
    *ret_text = str_trim(node_text(node));
    if (ret_text->len == 0 || utf8_unsafe(*ret_text)) {
        return NODE_FAULT(reader->fault, node, WORD_NOTICE_TEXT, str_from(key));
    }
    return FAIL_NONE;
}

static Fail read_day(NoticeReader *reader, const char *key, Day *ret_day)
{
    const Node *node;
    Fail fail = need(reader, key, &node);
    if (!fail && !node_day(node, ret_day)) {
        fail = NODE_FAULT(reader->fault, node, WORD_NOTICE_DAY, node_text(node));
    }
    return fail;
}

static Fail read_year(NoticeReader *reader, const char *key, int *ret_year)
{
    const Node *node;
    Fail fail = need(reader, key, &node);
    int64_t year = 0;
    if (!fail && (!node_int(node, &year) || year < DAY_YEAR_MIN || year > DAY_YEAR_MAX)) {
        fail = NODE_FAULT(reader->fault, node, WORD_NOTICE_YEAR, node_text(node));
    }
    *ret_year = (int)year;
    return fail;
}

static Fail read_unverified(NoticeReader *reader)
{
    const Node *node = node_get(reader->root, "unverified");
    if (node && !(node_many(node) == 1 && str_is(node_nth(node, 0)->text, "number"))) {
        return NODE_FAULT(reader->fault, node, WORD_NOTICE_UNVERIFIED, STR("number"));
    }
    reader->notice->number_unverified = node != NULL;
    return FAIL_NONE;
}

static Fail read_year_or_amends(NoticeReader *reader)
{
    Notice *notice = reader->notice;
    const Node *year = node_get(reader->root, "year");
    const Node *amends = node_get(reader->root, "amends");
    if (!year == !amends) {
        return NODE_FAULT(reader->fault, year ? amends : reader->root,
                          WORD_NOTICE_YEAR_OR_AMENDS, STR("year"), STR("amends"));
    }
    return year ? read_year(reader, "year", &notice->year)
                : read_text(reader, "amends", &notice->amends);
}

static Fail dates_check(NoticeReader *reader)
{
    Notice *notice = reader->notice;
    const Node *published = node_get(reader->root, "published");
    if (notice->published < notice->dated) {
        return NODE_FAULT(reader->fault, published, WORD_NOTICE_PUBLISHED_EARLY,
                          node_text(published), node_text(node_get(reader->root, "dated")));
    }
    if (notice->year && day_year(notice->published) > notice->year) {
        return NODE_FAULT(reader->fault, published, WORD_NOTICE_PUBLISHED_LATE,
                          node_text(published), node_text(node_get(reader->root, "year")));
    }
    return FAIL_NONE;
}

static Fail read_head(NoticeReader *reader)
{
    Notice *notice = reader->notice;
    notice->statutory = node_get(reader->root, "statutory") != NULL;
    Fail fail = keys_check(reader->root, notice->statutory ? STATUTORY_KEYS : NOTICE_KEYS,
                           reader->fault);
    fail = fail ? fail : read_text(reader, "title", &notice->title);
    fail = fail ? fail : read_text(reader, "source", &notice->source);
    if (notice->statutory) {
        fail = fail ? fail : read_year(reader, "statutory", &notice->year);
        fail = fail ? fail : read_day(reader, "in_force", &notice->published);
        notice->dated = notice->published;
        return fail;
    }
    fail = fail ? fail : read_text(reader, "number", &notice->number);
    fail = fail ? fail : read_unverified(reader);
    fail = fail ? fail : read_year_or_amends(reader);
    fail = fail ? fail : read_day(reader, "dated", &notice->dated);
    fail = fail ? fail : read_day(reader, "published", &notice->published);
    return fail ? fail : dates_check(reader);
}

/* --- days --- */

static Str day_shown(Arena *arena, Day day)
{
    Buf text = buf_new(16);
    buf_put_day(&text, day);
    Str shown = str_copy(arena, buf_str(&text));
    buf_done(&text);
    return shown;
}

/* What a day may be in this notice: in its year or the December before; worked only at a
 * weekend. */
static Fail day_check(const NoticeReader *reader, Day day, DayStatus status, const Node *node)
{
    const Notice *notice = reader->notice;
    if (notice->year) {
        int year = notice->statutory ? notice->year : notice->year - 1;
        Day first = day_from(year, notice->statutory ? 1 : 12, 1);
        if (day < first || day > day_from(notice->year, 12, 31)) {
            const Node *said = node_get(reader->root, notice->statutory ? "statutory" : "year");
            return NODE_FAULT(reader->fault, node, WORD_NOTICE_DAY_OTHER_YEAR,
                              day_shown(reader->arena, day), node_text(said));
        }
    }
    if (status == DAY_WORKED && day_weekday(day) < SATURDAY) {
        return NODE_FAULT(reader->fault, node, WORD_NOTICE_WORKED_WEEKDAY,
                          day_shown(reader->arena, day));
    }
    return FAIL_NONE;
}

static Fail add_day(NoticeReader *reader, Day day, DayStatus status, Str holiday, const Node *node)
{
    Fail fail = day_check(reader, day, status, node);
    if (fail) {
        return fail;
    }
    if (reader->days_count == NOTICE_DAYS_MAX) {
        return NODE_FAULT(reader->fault, node, WORD_NOTICE_DAYS_MANY, STR("366"));
    }
    reader->days[reader->days_count++] = (Marked){{day, status, holiday}, node};
    return FAIL_NONE;
}

/* DAY or DAY..DAY */
static Fail add_span(NoticeReader *reader, const Node *node, DayStatus status, Str holiday)
{
    Str text = node_text(node);
    Day first = DAY_NONE, last = DAY_NONE;
    bool lone = day_parse(text, &first);
    if (lone) {
        last = first;
    } else if (text.len != 22 || !str_eq(str_part(text, 10, 12), STR("..")) ||
               !day_parse(str_part(text, 0, 10), &first) ||
               !day_parse(str_part(text, 12, 22), &last)) {
        return NODE_FAULT(reader->fault, node, WORD_NOTICE_SPAN, text);
    }
    if (last < first) {
        return NODE_FAULT(reader->fault, node, WORD_NOTICE_SPAN_BACKWARDS, text);
    }
    if (last - first >= SPAN_DAYS_MAX) {
        return NODE_FAULT(reader->fault, node, WORD_NOTICE_SPAN_LONG, text, STR("31"));
    }
    Fail fail = FAIL_NONE;
    for (Day day = first; day <= last && !fail; day++) {
        fail = add_day(reader, day, status, holiday, node);
    }
    return fail;
}

static Fail read_days(NoticeReader *reader, const Node *map, const char *key, DayStatus status,
                      Str holiday)
{
    const Node *spans = node_get(map, key);
    if (!spans) {
        return FAIL_NONE;
    }
    if (node_many(spans) == 0) {
        return NODE_FAULT(reader->fault, spans, WORD_NOTICE_DAYS_FORM, str_from(key));
    }
    Fail fail = FAIL_NONE;
    for (size_t i = 0; i < node_many(spans) && !fail; i++) {
        fail = add_span(reader, node_nth(spans, i), status, holiday);
    }
    return fail;
}

static Fail read_holiday(NoticeReader *reader, const Node *key, const Node *map)
{
    bool known = false;
    for (size_t i = 0; i < HOLIDAYS_COUNT; i++) {
        known = known || str_is(key->text, holiday_ids[i]);
    }
    if (!known) {
        return NODE_FAULT(reader->fault, key, WORD_NOTICE_HOLIDAY_UNKNOWN, key->text,
                          HOLIDAYS_TEXT);
    }
    if (map->kind != NODE_MAP || map->count == 0) {
        return NODE_FAULT(reader->fault, map, WORD_NOTICE_HOLIDAY_FORM, key->text);
    }
    const Notice *notice = reader->notice;
    Str may = notice->statutory ? STR("off") : notice->year ? STR("off, worked")
                                                            : STR("off, worked, normal");
    Fail fail = keys_check(map, may, reader->fault);
    fail = fail ? fail : read_days(reader, map, "off", DAY_OFF, key->text);
    fail = fail ? fail : read_days(reader, map, "worked", DAY_WORKED, key->text);
    return fail ? fail : read_days(reader, map, "normal", DAY_NORMAL, key->text);
}

/* A year's notice that forgets a holiday would silently turn its days into working days. */
static Fail complete_check(NoticeReader *reader, const Node *holidays)
{
    for (size_t i = 0; i < HOLIDAYS_COUNT && reader->notice->year; i++) {
        const Node *holiday = node_get(holidays, holiday_ids[i]);
        bool joins = !reader->notice->statutory && strcmp(holiday_ids[i], MAY_JOIN) == 0;
        if (!node_get(holiday, "off") && !(joins && !holiday)) {
            return NODE_FAULT(reader->fault, holiday ? holiday : holidays,
                              WORD_NOTICE_HOLIDAY_MISSING, str_from(holiday_ids[i]));
        }
    }
    return FAIL_NONE;
}

static int by_day_then_place(const void *a, const void *b)
{
    const Marked *left = a, *right = b;
    int order = (left->day.day > right->day.day) - (left->day.day < right->day.day);
    order = order ? order : left->node->line - right->node->line;
    return order ? order : left->node->column - right->node->column;
}

static Fail keep_days(NoticeReader *reader)
{
    qsort(reader->days, reader->days_count, sizeof *reader->days, by_day_then_place);
    NoticeDay *days = ARENA_MANY(reader->arena, NoticeDay, reader->days_count);
    for (size_t i = 0; i < reader->days_count; i++) {
        days[i] = reader->days[i].day;
        if (i > 0 && days[i].day == days[i - 1].day) {
            char line[16];
            snprintf(line, sizeof line, "%d", reader->days[i - 1].node->line);
            return NODE_FAULT(reader->fault, reader->days[i].node, WORD_NOTICE_DAY_TWICE,
                              day_shown(reader->arena, days[i].day), str_from(line));
        }
    }
    reader->notice->days = days;
    reader->notice->days_count = reader->days_count;
    return FAIL_NONE;
}

static Fail read_holidays(NoticeReader *reader)
{
    const Node *holidays;
    Fail fail = need(reader, "holidays", &holidays);
    if (fail) {
        return fail;
    }
    if (holidays->kind != NODE_MAP || holidays->count == 0) {
        return NODE_FAULT(reader->fault, holidays, WORD_NOTICE_HOLIDAYS_FORM, HOLIDAYS_TEXT);
    }
    for (size_t i = 0; i < holidays->count && !fail; i++) {
        fail = read_holiday(reader, &holidays->keys[i], &holidays->items[i]);
    }
    fail = fail ? fail : complete_check(reader, holidays);
    return fail ? fail : keep_days(reader);
}

Fail notice_read(Arena *arena, Str text, Str file, Notice *ret_notice, Fault *fault)
{
    Notice notice = {0};
    const Node *root;
    Fail fail = yaml_read(arena, text, file, &root, fault);
    if (fail) {
        return fail;
    }
    if (root->kind != NODE_MAP) {
        return NODE_FAULT(fault, root, WORD_NOTICE_FORM, NOTICE_KEYS);
    }
    notice.file = root->file;
    notice.node = root;
    notice.text = str_copy(arena, text);
    NoticeReader *reader = ARENA_NEW(arena, NoticeReader);
    *reader = (NoticeReader){.arena = arena, .fault = fault, .root = root, .notice = &notice};
    fail = read_head(reader);
    fail = fail ? fail : read_holidays(reader);
    if (!fail) {
        *ret_notice = notice;
    }
    return fail;
}
