/* test_lists.c: the lists of the docket against the gate itself: for every hat, what it may know
 * of and nothing else, in order, filtered, page by page, counted; as acts and notices come, and
 * after rebuilding. */
#include "caseroom.h"

#include "docket.h"
#include "writer.h"

static Arena arena;
static Docket *docket;
static Fault fault;

enum { MATTERS_MAX = 64, LISTED_MAX = 100 };

typedef struct Known {           /* a matter as the gate shows it to the hat */
    Str name, edition, stage;
    bool final, awaited;
    Str task;                    /* the act that waits for it */
    Day due;
    int64_t id;
} Known;

/* ---- a docket of the demonstration matters ---- */

static int fill(void **state)
{
    if (room_open(state) != 0) {
        return -1;
    }
    const char *dir = kit_folder();
    size_t moved;
    if (docket_create(dir, HASH_SM3, &fault) != FAIL_NONE ||
        docket_open(dir, room_law, DOCKET_WRITE, 1, &docket, &moved, &fault) != FAIL_NONE) {
        return -1;
    }
    DIR *demo = opendir("law/stories/demo");
    struct dirent *entry;
    while (demo && (entry = readdir(demo))) {
        if (!str_ends(str_from(entry->d_name), STR(".yaml"))) {
            continue;
        }
        Imported imported;
        char *text = kit_read(kit_path("law/stories/demo", entry->d_name), NULL);
        Fail fail = docket_import(docket, &arena, str_copy(&arena, str_from(text)),
                                  str_from(entry->d_name), 1, &imported, &fault);
        free(text);
        if (fail != FAIL_NONE && fail != FAIL_REFUSED) {
            return -1;
        }
    }
    closedir(demo);
    return 0;
}

static int empty(void **state)
{
    docket_close(docket);
    arena_done(&arena);
    return room_close(state);
}

static Fail take_name(void *with, const MatterRow *row, Fault *told)
{
    (void)told;
    Known **next = with;
    *(*next)++ = (Known){.name = str_copy(&arena, row->name), .id = row->id};
    return FAIL_NONE;
}

static size_t all_names(Known *ret_known)
{
    Known *next = ret_known;
    assert_int_equal(ledger_rows_by_id(docket_ledger(docket), take_name, &next, &fault),
                     FAIL_NONE);
    return (size_t)(next - ret_known);
}

static Str hat_name(const Hat *hat)
{
    Buf buf = {0};
    buf_put_hat(&buf, hat);
    Str name = str_copy(&arena, buf_str(&buf));
    buf_done(&buf);
    return name;
}

static Day seen_due(const CaseFile *file)
{
    Day due = DAY_NONE;
    bool ended = file->position->edition->stages[file->position->matter->stage].final;
    for (size_t i = 0; i < file->clocks_count && !ended; i++) {
        const ClockView *clock = file->clocks[i];
        bool runs = clock->run->end == CLOCK_OPEN && clock->status.due != DAY_NONE;
        due = runs && (due == DAY_NONE || clock->status.due < due) ? clock->status.due : due;
    }
    return due;
}

/* What the hat may know of, asked matter by matter. */
static size_t known_to(const Hat *hat, Known *ret_known)
{
    size_t count = all_names(ret_known), kept = 0;
    for (size_t i = 0; i < count; i++) {
        Folded folded;
        const Position *position;
        assert_int_equal(docket_fold(docket, ret_known[i].name, &folded, &fault), FAIL_NONE);
        assert_int_equal(docket_position(docket, &folded, folded.matter.last_on, &position, &fault),
                         FAIL_NONE);
        const CaseFile *file = casefile_of(&folded.arena, hat, position, &folded.facts,
                                           folded.acts, folded.acts_count);
        if (file) {
            size_t parts_count;
            const Stage *stage = &folded.edition->stages[position->matter->stage];
            const MatterPart *parts =
                parts_of(&folded.arena, position->matter, folded.acts, folded.acts_count,
                         docket_calendar(docket), position->on, &parts_count);
            Known *known = &ret_known[kept++];
            *known = (Known){.name = ret_known[i].name, .id = ret_known[i].id,
                             .edition = str_copy(&arena, folded.edition->id),
                             .stage = str_copy(&arena, stage->id), .final = stage->final,
                             .due = seen_due(file)};
            for (size_t j = 0; j < parts_count; j++) {
                if (str_eq(parts[j].hat, hat_name(hat)) && parts[j].awaited != ID_NONE) {
                    known->awaited = true;
                    known->task = str_copy(&arena, folded.edition->acts[parts[j].awaited].id);
                }
            }
        }
        folded_done(&folded);
    }
    return kept;
}

/* ---- the list as the docket gives it ---- */

typedef struct Taken {
    Listed rows[LISTED_MAX];
    size_t count;
} Taken;

static Fail take(void *with, const Listed *row, Fault *told)
{
    (void)told;
    Taken *taken = with;
    assert_true(taken->count < LISTED_MAX);
    Listed *kept = &taken->rows[taken->count++];
    *kept = *row;
    kept->name = str_copy(&arena, row->name);
    kept->title = str_copy(&arena, row->title);
    kept->edition = str_copy(&arena, row->edition);
    kept->stage = str_copy(&arena, row->stage);
    kept->part.awaited = str_copy(&arena, row->part.awaited);
    return FAIL_NONE;
}

static void list(const ListFilter *filter, Taken *taken)
{
    *taken = (Taken){0};
    assert_int_equal(ledger_list(docket_ledger(docket), filter, take, taken, &fault), FAIL_NONE);
}

static bool fits(const ListFilter *filter, const Known *known)
{
    bool dated = filter->due_from != DAY_NONE || filter->due_until != DAY_NONE;
    return (!filter->awaited_only || known->awaited) && (!filter->open_only || !known->final) &&
           (filter->stage.len == 0 || str_eq(filter->stage, known->stage)) &&
           (filter->edition.len == 0 || str_eq(filter->edition, known->edition)) &&
           (!dated || (known->due != DAY_NONE && known->due >= filter->due_from &&
                       (filter->due_until == DAY_NONE || known->due <= filter->due_until)));
}

static int place(const Listed *row) { return row->part.due != DAY_NONE ? 0 : 1 + row->final; }

static void assert_order(const ListFilter *filter, const Listed *a, const Listed *b)
{
    if (filter->order == LIST_NEWEST) {
        assert_true(a->id > b->id);
        return;
    }
    assert_true(place(a) <= place(b));
    if (place(a) == place(b)) {
        assert_true(a->part.due < b->part.due || (a->part.due == b->part.due && a->id < b->id));
    }
}

/* The list holds just those that fit, in order; page by page it is the same; the count agrees. */
static void assert_list(const ListFilter *filter, const Known *known, size_t count)
{
    Taken taken, page;
    int64_t counted;
    size_t expected = 0;
    list(filter, &taken);
    for (size_t i = 0; i < count; i++) {
        bool there = false;
        for (size_t j = 0; j < taken.count; j++) {
            there |= taken.rows[j].id == known[i].id;
            if (taken.rows[j].id == known[i].id) {
                assert_int_equal(taken.rows[j].part.due, known[i].due);
                assert_true(str_eq(taken.rows[j].part.awaited, known[i].task));
                assert_true(str_eq(taken.rows[j].stage, known[i].stage));
                assert_true(taken.rows[j].title.len > 0);
            }
        }
        assert_int_equal(there, fits(filter, &known[i]));
        expected += there;
    }
    assert_int_equal(taken.count, expected);
    assert_int_equal(ledger_list_count(docket_ledger(docket), filter, &counted, &fault),
                     FAIL_NONE);
    assert_int_equal(counted, taken.count);
    ListFilter next = *filter;
    next.limit = 3;
    for (size_t i = 0; i < taken.count; i++) {
        if (i % 3 == 0) {
            list(&next, &page);
            assert_int_equal(page.count, taken.count - i < 3 ? taken.count - i : 3);
        }
        assert_int_equal(page.rows[i % 3].id, taken.rows[i].id);
        if (i) {
            assert_order(filter, &taken.rows[i - 1], &taken.rows[i]);
        }
        next.after = true;
        next.after_due = taken.rows[i].part.due;
        next.after_id = taken.rows[i].id;
    }
}

static const Hat hats[] = {
    {{"office", 6}, {"office", 6}},
    {{"auditor", 7}, {"audit", 5}},
    {{"center", 6}, {"center", 6}},
    {{"commission", 10}, {"commission", 10}},
    {{"operator", 8}, {ROOM_OPERATOR, 18}},
    {{"operator", 8}, {"operator-else", 13}},
    {{"provider", 8}, {"supplier-network", 16}},
    {{"provider", 8}, {"supplier-cloud", 14}},
    {{"member/cac", 10}, {"cac", 3}},
    {{"member/mof", 10}, {"mof", 3}},
    {{"department/water", 16}, {"water", 5}},
    {{"admin", 5}, {"admin", 5}},
};

static void assert_lists_of_every_hat(void)
{
    size_t seen = 0;
    for (size_t h = 0; h < sizeof hats / sizeof hats[0]; h++) {
        Known known[MATTERS_MAX];
        size_t count = known_to(&hats[h], known);
        bool auditor = str_is(hats[h].party, "auditor");
        for (int variant = 0; variant < 16; variant++) {
            ListFilter filter = list_filter(hat_name(&hats[h]));
            filter.order = variant & 1 ? LIST_NEWEST : LIST_BY_DUE;
            filter.open_only = variant & 2;
            filter.awaited_only = variant & 4 && !auditor;
            filter.due_from = variant & 8 ? day_from(2022, 1, 1) : DAY_NONE;
            filter.due_until = variant & 8 ? day_from(2026, 11, 30) : DAY_NONE;
            assert_list(&filter, known, count);
            filter.stage = STR("preliminary");
            assert_list(&filter, known, count);
            filter.edition = STR("2020");
            assert_list(&filter, known, count);
        }
        seen += count;
    }
    assert_true(seen > 100);
}

static void every_list_holds_what_its_reader_may_know_and_nothing_else(void **state)
{
    (void)state;
    assert_lists_of_every_hat();
}

static void a_list_is_searched_by_number_and_title_whatever_the_case(void **state)
{
    (void)state;
    Taken taken;
    ListFilter filter = list_filter(STR("office"));
    filter.text = STR("cLOUD SERVICE");
    list(&filter, &taken);
    assert_int_equal(taken.count, 1);
    filter.text = STR("cloud-service-hosp");
    list(&filter, &taken);
    assert_int_equal(taken.count, 1);
    filter.text = STR("民航");
    list(&filter, &taken);
    assert_int_equal(taken.count, 1);
    filter.text = STR("%");      /* no pattern: a text */
    list(&filter, &taken);
    assert_int_equal(taken.count, 0);
    filter.hat = STR("department/water");
    filter.text = STR("cloud");
    list(&filter, &taken);
    assert_int_equal(taken.count, 0);
}

/* ---- counts by day, stage, week ---- */

static Fail add_day(void *with, Day due, int64_t count, Fault *told)
{
    (void)told;
    int64_t *sum = with;
    assert_true(due != DAY_NONE && due < DAY_LAST - 1 && count > 0);
    sum[0] += count;
    return FAIL_NONE;
}

static Fail add_stage(void *with, Str edition, Str stage, int64_t count, Fault *told)
{
    (void)told;
    int64_t *sum = with;
    assert_true(edition.len && stage.len && count > 0);
    sum[0] += count;
    return FAIL_NONE;
}

static void counts_by_day_and_stage_add_up_to_the_list(void **state)
{
    (void)state;
    for (size_t h = 0; h < sizeof hats / sizeof hats[0]; h++) {
        Known known[MATTERS_MAX];
        size_t count = known_to(&hats[h], known);
        int64_t days = 0, stages = 0, due = 0;
        for (size_t i = 0; i < count; i++) {
            due += known[i].due != DAY_NONE;
        }
        ListFilter filter = list_filter(hat_name(&hats[h]));
        Ledger *ledger = docket_ledger(docket);
        assert_int_equal(ledger_list_by_day(ledger, &filter, add_day, &days, &fault), FAIL_NONE);
        assert_int_equal(ledger_list_by_stage(ledger, &filter, add_stage, &stages, &fault),
                         FAIL_NONE);
        assert_int_equal(days, due);
        assert_int_equal(stages, count);
        filter.stage = STR("preliminary");
        days = 0;
        assert_int_equal(ledger_list_by_day(ledger, &filter, add_day, &days, &fault), FAIL_NONE);
        assert_true(days <= due);
    }
}

static Fail add_week(void *with, const Week *week, Fault *told)
{
    (void)told;
    Week *sum = with;
    assert_int_equal(day_weekday(week->monday), MONDAY);
    assert_true(sum->monday < week->monday);
    sum->monday = week->monday;
    sum->opened += week->opened;
    sum->ended += week->ended;
    sum->lasted += week->lasted;
    return FAIL_NONE;
}

typedef struct Ends { int64_t opened, ended, lasted; } Ends;

static Fail add_ends(void *with, const MatterRow *row, Fault *told)
{
    (void)told;
    Ends *ends = with;
    assert_int_equal(row->ended != DAY_NONE, row->final);
    ends->opened++;
    ends->ended += row->final;
    ends->lasted += row->final ? row->ended - row->opened : 0;
    return FAIL_NONE;
}

static void weeks_tell_what_was_opened_and_ended_and_how_long_it_took(void **state)
{
    (void)state;
    Week sum = {.monday = DAY_NONE};
    Ends ends = {0};
    assert_int_equal(ledger_weeks(docket_ledger(docket), day_from(2015, 1, 1),
                                  day_from(2030, 1, 1), add_week, &sum, &fault), FAIL_NONE);
    assert_int_equal(ledger_rows_by_id(docket_ledger(docket), add_ends, &ends, &fault),
                     FAIL_NONE);
    assert_int_equal(sum.opened, ends.opened);
    assert_int_equal(sum.ended, ends.ended);
    assert_int_equal(sum.lasted, ends.lasted);
    assert_true(ends.ended > 2);
}

/* ---- as the docket lives ---- */

/* One act in the matter whose name begins so. */
static void do_act(const char *start, const char *by, const char *word, const Given *given)
{
    Folded folded;
    Done done;
    Known known[MATTERS_MAX];
    Str name = STR_NONE;
    size_t count = all_names(known);
    for (size_t i = 0; i < count; i++) {
        name = str_starts(known[i].name, str_from(start)) ? known[i].name : name;
    }
    assert_int_equal(docket_fold(docket, name, &folded, &fault), FAIL_NONE);
    const Edition *edition = folded.edition;
    folded_done(&folded);
    assert_non_null(edition);
    Act act = {.on = day_from(2026, 11, 24), .act = edition_act(edition, str_from(word)),
               .act_word = str_from(word), .by_word = str_from(by), .given = given,
               .given_count = given ? 1 : 0};
    assert_true(edition_party(edition, act.by_word, &act.by));
    Wanted wanted = {.matter = name, .edition = edition, .act = act, .now = 2};
    assert_int_equal(docket_act(docket, &wanted, &folded, &done, &fault), FAIL_NONE);
    folded_done(&folded);
}

static void rows_stay_right_as_acts_come_and_rebuilding_gives_the_same(void **state)
{
    (void)state;
    int64_t matters, before, after;
    const Edition *edition;
    assert_int_equal(law_edition(room_law, STR("2022"), &edition, &fault), FAIL_NONE);
    Given finding = {edition_field(edition, STR("finding")),
                     {.kind = VALUE_TEXT, .text = STR("pass")}};
    do_act("core-routers", "office", "suggest", &finding);   /* what waits changes, no day does */
    assert_lists_of_every_hat();
    do_act("core-routers", "office", "circulate", NULL);     /* many learn of it */
    do_act("storage-payment", "operator", "withdraw", NULL); /* it ends */
    assert_lists_of_every_hat();
    assert_int_equal(ledger_parts_length(docket_ledger(docket), &before, &fault), FAIL_NONE);
    assert_int_equal(docket_rebuild(docket, &matters, &fault), FAIL_NONE);
    assert_int_equal(ledger_parts_length(docket_ledger(docket), &after, &fault), FAIL_NONE);
    assert_int_equal(before, after);
    assert_lists_of_every_hat();
}

/* A notice that moves due days moves them in everybody's lists. */
static void a_notice_moves_due_days_in_the_lists(void **state)
{
    (void)state;
    static const char notice[] =
        "number: 国办发明电〔2026〕99号\ntitle: 试验\namends: 国办发明电〔2025〕7号\n"
        "dated: 2026-11-23\npublished: 2026-11-23\nsource: https://www.gov.cn/\nholidays:\n"
        "  national: {off: 2026-12-01..2026-12-04}\n";
    size_t moved;
    Fail fail = docket_adopt(docket, str_copy(&arena, str_from(notice)), STR("test.yaml"), 3,
                             NULL, NULL, &moved, &fault);
    if (fail != FAIL_NONE) {
        Buf text = {0};
        fault_put(&text, &fault, LANGUAGE_EN);
        fail_msg("%.*s", STR_ARG(buf_str(&text)));
    }
    assert_true(moved > 0);
    assert_lists_of_every_hat();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_list_holds_what_its_reader_may_know_and_nothing_else),
        cmocka_unit_test(a_list_is_searched_by_number_and_title_whatever_the_case),
        cmocka_unit_test(counts_by_day_and_stage_add_up_to_the_list),
        cmocka_unit_test(weeks_tell_what_was_opened_and_ended_and_how_long_it_took),
        cmocka_unit_test(rows_stay_right_as_acts_come_and_rebuilding_gives_the_same),
        cmocka_unit_test(a_notice_moves_due_days_in_the_lists),
    };
    return cmocka_run_group_tests(tests, fill, empty);
}
