/* chart_pages.c: figures where looking beats reading. Each answers a question, and says the answer
 * in words and in a table of the same numbers. For those who look at many matters: the Office, the
 * Center, the Commission, auditors. */
#include "pages.h"

#include <stdlib.h>

#include "deskpage.h"

enum { WEEK_DAYS = 7, BAR_GAP = 24, BAR_WIDTH = 36, BARS_TOP = 20, BARS_HEIGHT = 150,
       LINE_WIDTH = 640, LASTED_MAX = 60, DOTS_MAX = 400, STAGES_MAX = 32, MATTERS_LOOKED = 100,
       RADIUS_MIN = 3, RADIUS_MAX = 9, TEXT_BYTES_MAX = 64 };

static bool for_charts(const Request *request, bool *ret_whole)
{
    Str party = request->who->hat.party;
    *ret_whole = str_is(party, "office") || str_is(party, "auditor");
    return *ret_whole || str_is(party, "center") || str_is(party, "commission");
}

static Day monday_of(Day day)
{
    return day - (Day)day_weekday(day);
}

static int64_t largest(const int64_t *values, size_t count)
{
    int64_t most = 1;
    for (size_t i = 0; i < count; i++) {
        most = values[i] > most ? values[i] : most;
    }
    return most;
}

/* "23 Nov", "11月23日": short enough for a label under a bar. */
static Str week_label(const Say *say, Day monday)
{
    int year, month, day;
    day_split(monday, &year, &month, &day);
    Buf buf = buf_new(TEXT_BYTES_MAX);
    buf_put_int(&buf, day);
    Str label = SAY(say, WORD_CHART_DAY, say_plain(say, (Word)(WORD_MONTH_SHORT_1 + month - 1)),
                    buf_str(&buf));
    buf_done(&buf);
    return label;
}

static int height_of(int64_t value, int64_t most)
{
    int height = (int)(value * BARS_HEIGHT / most);
    return value && height < 2 ? 2 : height;
}

static BarSaid bar_of(const Say *say, Str label, size_t place, int64_t value, int64_t most)
{
    int height = height_of(value, most);
    return (BarSaid){.label = label, .value = say_number(say, value), .height = height,
                     .x = BAR_GAP + (int)place * (BAR_WIDTH + BAR_GAP),
                     .y = BARS_TOP + BARS_HEIGHT - height};
}

static void chart_frame(ChartSaid *chart, BarSaid *bars, size_t count)
{
    chart->bars = bars;
    chart->bars_count = count;
    chart->bar_width = BAR_WIDTH;
    chart->width = BAR_GAP + (int)count * (BAR_WIDTH + BAR_GAP);
}

/* --- what falls due --- */

typedef struct Dues {
    Day monday;
    int64_t weeks[CHART_WEEKS];
} Dues;

static Fail gather_due(void *with, Day due, int64_t count, Fault *fault)
{
    Dues *dues = with;
    (void)fault;
    if (due >= dues->monday && (due - dues->monday) / WEEK_DAYS < CHART_WEEKS) {
        dues->weeks[(due - dues->monday) / WEEK_DAYS] += count;
    }
    return FAIL_NONE;
}

static Fail put_due(Request *request, const Say *say, ChartsView *view, Fault *fault)
{
    Dues dues = {.monday = monday_of(request->today)};
    int64_t overdue, values[CHART_WEEKS + 1], all = 0;
    ListFilter filter = list_filter(desk_hat(request));
    filter.open_only = true;
    filter.due_from = request->today;
    filter.due_until = dues.monday + CHART_WEEKS * WEEK_DAYS - 1;
    Fail fail = desk_count(request, DAY_NONE, request->today - 1, &overdue, fault);
    if (fail == FAIL_NONE) {
        fail = ledger_list_by_day(desk_ledger(request), &filter, gather_due, &dues, fault);
    }
    values[0] = overdue;
    for (size_t i = 0; i < CHART_WEEKS; i++) {
        values[i + 1] = dues.weeks[i];
        all += dues.weeks[i];
    }
    int64_t most = largest(values, CHART_WEEKS + 1);
    BarSaid *bars = ARENA_MANY(request->arena, BarSaid, CHART_WEEKS + 1);
    for (size_t i = 0; i <= CHART_WEEKS; i++) {
        Str label = i == 0 ? say_plain(say, WORD_CHART_OVERDUE)
                           : week_label(say, dues.monday + (Day)(i - 1) * WEEK_DAYS);
        bars[i] = bar_of(say, label, i, values[i], most);
    }
    bars[0].bad = true;
    view->due = (ChartSaid){
        .question = say_plain(say, WORD_CHART_DUE_QUESTION),
        .answer = SAY(say, WORD_CHART_DUE_ANSWER, say_number(say, overdue),
                      say_number(say, dues.weeks[0]), say_number(say, all)),
        .label_head = say_plain(say, WORD_CHART_WEEK),
        .first_name = say_plain(say, WORD_CHART_FALL_DUE)};
    chart_frame(&view->due, bars, CHART_WEEKS + 1);
    return fail;
}

/* --- opened and ended --- */

typedef struct Flow {
    Day monday;
    int64_t opened[CHART_WEEKS], ended[CHART_WEEKS];
} Flow;

static Fail gather_week(void *with, const Week *week, Fault *fault)
{
    Flow *flow = with;
    int at = (week->monday - flow->monday) / WEEK_DAYS;
    (void)fault;
    if (week->monday >= flow->monday && at < CHART_WEEKS) {
        flow->opened[at] += week->opened;
        flow->ended[at] += week->ended;
    }
    return FAIL_NONE;
}

static Fail put_flow(Request *request, const Say *say, ChartsView *view, Fault *fault)
{
    Flow flow = {.monday = monday_of(request->today) - (CHART_WEEKS - 1) * WEEK_DAYS};
    Fail fail = ledger_weeks(desk_ledger(request), flow.monday, request->today, gather_week, &flow,
                             fault);
    int64_t opened = 0, ended = 0, most = largest(flow.opened, CHART_WEEKS);
    int64_t most_ended = largest(flow.ended, CHART_WEEKS);
    most = most_ended > most ? most_ended : most;
    BarSaid *bars = ARENA_MANY(request->arena, BarSaid, CHART_WEEKS);
    for (size_t i = 0; i < CHART_WEEKS; i++) {
        Str label = week_label(say, flow.monday + (Day)i * WEEK_DAYS);
        BarSaid second = bar_of(say, label, i, flow.ended[i], most);
        bars[i] = bar_of(say, label, i, flow.opened[i], most);
        bars[i].second = second.value;
        bars[i].second_x = bars[i].x + BAR_WIDTH / 2;
        bars[i].second_y = second.y;
        bars[i].second_height = second.height;
        opened += flow.opened[i];
        ended += flow.ended[i];
    }
    view->flow_seen = true;
    view->flow = (ChartSaid){
        .question = say_plain(say, WORD_CHART_FLOW_QUESTION),
        .answer = SAY(say, WORD_CHART_FLOW_ANSWER, say_number(say, opened),
                      say_number(say, ended)),
        .label_head = say_plain(say, WORD_CHART_WEEK),
        .first_name = say_plain(say, WORD_CHART_OPENED),
        .second_name = say_plain(say, WORD_CHART_ENDED)};
    chart_frame(&view->flow, bars, CHART_WEEKS);
    view->flow.bar_width = BAR_WIDTH / 2;
    return fail;
}

/* --- durations against the limits --- */

typedef struct Lasted {          /* clocks of one kind that took the same number of days */
    Str edition, clock;
    Day from;                    /* of the edition */
    int place;                   /* of the clock in it: in the order of the procedure */
    int allowed, used;
    int64_t count;
} Lasted;

typedef struct Durations {
    Request *request;
    Str *names;
    size_t names_count;
    Lasted *at;
    size_t count;
} Durations;

static Fail gather_names(void *with, const Listed *row, Fault *fault)
{
    Durations *durations = with;
    (void)fault;
    if (durations->names_count < MATTERS_LOOKED) {
        durations->names[durations->names_count++] = str_copy(durations->request->arena,
                                                              row->name);
    }
    return FAIL_NONE;
}

static void count_clock(Durations *durations, const Edition *edition, const ClockView *clock)
{
    Lasted lasted = {str_copy(durations->request->arena, edition->id),
                     str_copy(durations->request->arena, clock->kind->id), edition->from,
                     (int)(clock->kind - edition->clocks), clock->run->allowed,
                     clock->status.used, 1};
    for (size_t i = 0; i < durations->count; i++) {
        Lasted *known = &durations->at[i];
        if (str_eq(known->edition, lasted.edition) && str_eq(known->clock, lasted.clock) &&
            known->allowed == lasted.allowed && known->used == lasted.used) {
            known->count++;
            return;
        }
    }
    if (durations->count < DOTS_MAX) {
        durations->at[durations->count++] = lasted;
    }
}

/* The clocks of one matter that were stopped, as far as this reader sees them. */
static Fail look_at(Durations *durations, Str name, Fault *fault)
{
    Request *request = durations->request;
    Docket *docket = request->reader->docket;
    Folded folded = {.id = 0};
    const Position *position = NULL;
    Fail fail = docket_fold(docket, name, &folded, fault);
    if (fail == FAIL_NONE && folded.id) {
        fail = docket_position(docket, &folded, request->today, &position, fault);
    }
    const CaseFile *file =
        position ? casefile_of(&folded.arena, &request->who->hat, position, &folded.facts,
                               folded.acts, folded.acts_count) : NULL;
    for (size_t i = 0; file && i < file->clocks_count; i++) {
        if (file->clocks[i]->run->end == CLOCK_STOPPED) {
            count_clock(durations, position->edition, file->clocks[i]);
        }
    }
    folded_done(&folded);
    return fail;
}

static bool same_clock(const Lasted *a, const Lasted *b)
{
    return str_eq(a->edition, b->edition) && str_eq(a->clock, b->clock) &&
           a->allowed == b->allowed;
}

static int used_order(const void *a, const void *b)
{
    return ((const Lasted *)a)->used - ((const Lasted *)b)->used;
}

/* As the procedure has them; of the same clock the newest edition first. */
static int procedure_order(const void *a, const void *b)
{
    const Lasted *left = a, *right = b;
    if (left->place != right->place) {
        return left->place - right->place;
    }
    if (left->from != right->from) {
        return left->from < right->from ? 1 : -1;
    }
    return left->allowed - right->allowed;
}

/* Of how many days the middle one is. */
static int middle(const Lasted *runs, size_t count, int64_t all)
{
    int64_t before = 0;
    for (size_t i = 0; i < count; i++) {
        before += runs[i].count;
        if (2 * before >= all) {
            return runs[i].used;
        }
    }
    return 0;
}

static LastedSaid lasted_said(Request *request, Lasted *runs, size_t count)
{
    Say say = say_in(request, runs[0].edition);
    LastedSaid said = {
        .clock = lawwords_get(say.reader.words, "clock", runs[0].clock),
        .edition = lawwords_get(say.reader.words, "edition_short", runs[0].edition),
        .allowed = runs[0].allowed};
    qsort(runs, count, sizeof *runs, used_order);
    int longest = runs[0].allowed;
    int64_t crowd = 1;
    for (size_t i = 0; i < count; i++) {
        said.count += runs[i].count;
        said.over += runs[i].used > runs[i].allowed ? runs[i].count : 0;
        longest = runs[i].used > longest ? runs[i].used : longest;
        crowd = runs[i].count > crowd ? runs[i].count : crowd;
    }
    said.least = runs[0].used;
    said.most = runs[count - 1].used;
    said.median = say_number(&say, middle(runs, count, said.count));
    said.limit_x = RADIUS_MAX + said.allowed * (LINE_WIDTH - 2 * RADIUS_MAX) / longest;
    BarSaid *dots = ARENA_MANY(request->arena, BarSaid, count);
    for (size_t i = 0; i < count; i++) {
        dots[i] = (BarSaid){
            .x = RADIUS_MAX + runs[i].used * (LINE_WIDTH - 2 * RADIUS_MAX) / longest,
            .height = RADIUS_MIN + (int)(runs[i].count * (RADIUS_MAX - RADIUS_MIN) / crowd),
            .bad = runs[i].used > runs[i].allowed};
    }
    said.dots = dots;
    said.dots_count = count;
    return said;
}

static Fail put_lasted(Request *request, const Say *say, ChartsView *view, Fault *fault)
{
    Durations durations = {request, ARENA_MANY(request->arena, Str, MATTERS_LOOKED), 0,
                           ARENA_MANY(request->arena, Lasted, DOTS_MAX), 0};
    ListFilter newest = list_filter(desk_hat(request));
    newest.order = LIST_NEWEST;
    newest.limit = MATTERS_LOOKED;
    Fail fail = ledger_list(desk_ledger(request), &newest, gather_names, &durations, fault);
    for (size_t i = 0; fail == FAIL_NONE && i < durations.names_count; i++) {
        fail = look_at(&durations, durations.names[i], fault);
    }
    qsort(durations.at, durations.count, sizeof *durations.at, procedure_order);
    LastedSaid *said = ARENA_MANY(request->arena, LastedSaid, LASTED_MAX);
    int64_t all = 0, over = 0;
    for (size_t from = 0; from < durations.count && view->lasted_count < LASTED_MAX;) {
        size_t until = from + 1;
        for (size_t i = until; i < durations.count; i++) {   /* the same ones side by side */
            if (same_clock(&durations.at[from], &durations.at[i])) {
                Lasted moved = durations.at[i];
                durations.at[i] = durations.at[until];
                durations.at[until++] = moved;
            }
        }
        said[view->lasted_count] = lasted_said(request, &durations.at[from], until - from);
        all += said[view->lasted_count].count;
        over += said[view->lasted_count++].over;
        from = until;
    }
    view->lasted = said;
    view->lasted_answer = SAY(say, WORD_CHART_LASTED_ANSWER, say_number(say, all),
                              say_number(say, over),
                              say_number(say, (int64_t)durations.names_count));
    return fail;
}

/* --- where they stand --- */

typedef struct Stages {
    Request *request;
    Str ids[STAGES_MAX], names[STAGES_MAX];
    int64_t counts[STAGES_MAX];
    int places[STAGES_MAX];      /* in the procedure, in which order they are told */
    size_t count;
} Stages;

/* Where the stage stands in its edition; last when no edition has it. */
static int place_of(Request *request, Str edition_id, Str stage)
{
    const Edition *edition;
    Fault fault;
    if (law_edition(request->reader->law, edition_id, &edition, &fault) != FAIL_NONE) {
        return ID_NONE;
    }
    return edition_stage(edition, stage);
}

static Fail gather_stage(void *with, Str edition, Str stage, int64_t count, Fault *fault)
{
    Stages *stages = with;
    (void)fault;
    for (size_t i = 0; i < stages->count; i++) {
        if (str_eq(stages->ids[i], stage)) {
            stages->counts[i] += count;
            return FAIL_NONE;
        }
    }
    if (stages->count < STAGES_MAX) {
        Say say = say_in(stages->request, edition);
        int place = place_of(stages->request, edition, stage);
        size_t at = stages->count++;
        for (; at > 0 && stages->places[at - 1] > place; at--) {
            stages->ids[at] = stages->ids[at - 1];
            stages->names[at] = stages->names[at - 1];
            stages->counts[at] = stages->counts[at - 1];
            stages->places[at] = stages->places[at - 1];
        }
        stages->ids[at] = str_copy(say.arena, stage);
        stages->names[at] = str_copy(say.arena, lawwords_get(say.reader.words, "stage", stage));
        stages->counts[at] = count;
        stages->places[at] = place;
    }
    return FAIL_NONE;
}

static Fail put_stages(Request *request, const Say *say, ChartsView *view, Fault *fault)
{
    Stages stages = {.request = request};
    ListFilter filter = list_filter(desk_hat(request));
    filter.open_only = true;
    Fail fail = ledger_list_by_stage(desk_ledger(request), &filter, gather_stage, &stages, fault);
    int64_t most = largest(stages.counts, stages.count), all = 0;
    StageBar *bars = ARENA_MANY(request->arena, StageBar, stages.count);
    for (size_t i = 0; i < stages.count; i++) {
        bars[i] = (StageBar){stages.names[i], say_number(say, stages.counts[i]),
                             (int)(stages.counts[i] * LINE_WIDTH / most)};
        all += stages.counts[i];
    }
    view->stages = bars;
    view->stages_count = stages.count;
    view->stages_answer = SAY(say, WORD_CHART_STAGES_ANSWER, say_number(say, all));
    return fail;
}

void charts_show(Request *request, Reply *reply)
{
    Fault fault;
    bool whole;
    if (desk_elsewhere(request, reply)) {
        return;
    }
    if (!for_charts(request, &whole)) {
        reply_not_there(request, reply);
        return;
    }
    ChartsView view = {.flow_seen = false};
    Say say = say_in(request, STR_NONE);
    Fail fail = put_due(request, &say, &view, &fault);
    fail = fail == FAIL_NONE && whole ? put_flow(request, &say, &view, &fault) : fail;
    fail = fail == FAIL_NONE && whole ? put_lasted(request, &say, &view, &fault) : fail;
    fail = fail == FAIL_NONE ? put_stages(request, &say, &view, &fault) : fail;
    if (fail != FAIL_NONE) {
        reply_fault(request, reply, &fault);
        return;
    }
    PageHead head = {.title = word_text(request->language, WORD_WEB_CHARTS), .here = "charts"};
    Out out = request_page(request, reply, &head);
    page_charts(&out, &view);
    request_page_end(request, &out);
}
