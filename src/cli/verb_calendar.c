/* verb_calendar.c: the working-day calendar on the command line: add, count, show, check. */
#include "calendar_adopt.h"
#include "calendar_text.h"
#include "disk.h"
#include "position_json.h"
#include "verb.h"

const Verb verb_calendar;

typedef struct Asked {           /* what all sub-verbs share */
    Cli *cli;
    Day known_on;
    bool explain;
    Law *law;
    const Calendar *calendar;
    Reader reader;
} Asked;

/* Opens the law: the calendar, and the words where something is told in words. */
static Fail asked_open(Asked *asked, bool words, Fault *fault)
{
    asked->reader.language = asked->cli->language;
    Fail fail = cli_law(asked->cli, &asked->law, fault);
    fail = fail ? fail : law_calendar(asked->law, asked->known_on, &asked->calendar, fault);
    if (!fail && words) {
        fail = law_words(asked->law, STR_NONE, asked->cli->language, &asked->reader.words, fault);
    }
    return fail;
}

static bool read_day(Asked *asked, const char *text, Day *ret_day, int *ret_status)
{
    if (day_parse(str_from(text), ret_day)) {
        return true;
    }
    *ret_status = cli_usage(asked->cli, &verb_calendar, WORD_CLI_BAD_DAY, str_from(text));
    return false;
}

static void json_days(Asked *asked, Day first, Day last)
{
    Buf *out = &asked->cli->out;
    buf_put(out, STR(",\"known_on\":"));
    buf_put_day_json(out, asked->known_on == DAY_LAST ? DAY_NONE : asked->known_on);
    if (asked->explain) {
        buf_put(out, STR(",\"days\":"));
        days_json(out, asked->calendar, first, last);
    }
    buf_put(out, STR("}\n"));
}

/* --- add --- */

static void tell_due(Asked *asked, Day from, int64_t n, Day due)
{
    Buf *out = &asked->cli->out;
    bool provisional = calendar_provisional(asked->calendar, due);
    if (asked->cli->json) {
        buf_put(out, STR("{\"from\":"));
        buf_put_day_json(out, from);
        buf_print(out, ",\"working_days\":%lld,\"day\":", (long long)n);
        buf_put_day_json(out, due);
        buf_print(out, ",\"provisional\":%s", provisional ? "true" : "false");
        json_days(asked, from + 1, due);
        return;
    }
    buf_put_day(out, due);
    buf_put(out, provisional ? STR(" provisional\n") : STR("\n"));
    if (asked->explain) {
        days_text(out, asked->calendar, from + 1, due, &asked->reader);
    }
}

static int run_add(Asked *asked, char **argv)
{
    Cli *cli = asked->cli;
    Day from;
    int64_t n;
    int status;
    if (!read_day(asked, argv[0], &from, &status)) {
        return status;
    }
    if (!str_int(str_from(argv[1]), &n) || n < 1) {
        return cli_usage(cli, &verb_calendar, WORD_CALENDAR_BAD_COUNT, str_from(argv[1]));
    }
    Fault fault;
    if (asked_open(asked, asked->explain && !cli->json, &fault)) {
        return cli_fault(cli, &fault);
    }
    Day due = n > INT32_MAX ? DAY_NONE : calendar_add(asked->calendar, from, (int)n);
    if (due == DAY_NONE) {
        return cli_usage(cli, &verb_calendar, WORD_CALENDAR_BEYOND, str_from(argv[1]));
    }
    tell_due(asked, from, n, due);
    return 0;
}

/* --- count --- */

static bool any_provisional(const Calendar *calendar, Day from, Day to)
{
    for (int year = day_year(from + 1); from < to && year <= day_year(to); year++) {
        if (!calendar_published(calendar, year)) {
            return true;
        }
    }
    return false;
}

static int run_count(Asked *asked, char **argv)
{
    Cli *cli = asked->cli;
    Day from, to;
    int status;
    if (!read_day(asked, argv[0], &from, &status) || !read_day(asked, argv[1], &to, &status)) {
        return status;
    }
    if (to < from) {
        return cli_usage(cli, &verb_calendar, WORD_CALENDAR_BACKWARDS, str_from(argv[1]));
    }
    Fault fault;
    if (asked_open(asked, asked->explain && !cli->json, &fault)) {
        return cli_fault(cli, &fault);
    }
    int count = calendar_count(asked->calendar, from, to);
    if (cli->json) {
        buf_put(&cli->out, STR("{\"from\":"));
        buf_put_day_json(&cli->out, from);
        buf_put(&cli->out, STR(",\"to\":"));
        buf_put_day_json(&cli->out, to);
        buf_print(&cli->out, ",\"working_days\":%d,\"provisional\":%s", count,
                  any_provisional(asked->calendar, from, to) ? "true" : "false");
        json_days(asked, from + 1, to);
        return 0;
    }
    buf_print(&cli->out, "%d\n", count);
    if (asked->explain) {
        days_text(&cli->out, asked->calendar, from + 1, to, &asked->reader);
    }
    return 0;
}

/* --- show --- */

static int run_show(Asked *asked, char **argv)
{
    Cli *cli = asked->cli;
    int64_t year;
    if (!str_int(str_from(argv[0]), &year) || year < DAY_YEAR_MIN || year > DAY_YEAR_MAX) {
        return cli_usage(cli, &verb_calendar, WORD_NOTICE_YEAR, str_from(argv[0]));
    }
    Fault fault;
    if (asked_open(asked, !cli->json, &fault)) {
        return cli_fault(cli, &fault);
    }
    const YearView *view = year_view(&cli->arena, asked->calendar, (int)year);
    Day first = day_from((int)year, 1, 1), last = day_from((int)year, 12, 31);
    if (cli->json) {
        year_json(&cli->out, view);
        if (asked->explain) {
            cli->out.len--;   /* the object goes on */
            buf_put(&cli->out, STR(",\"days\":"));
            days_json(&cli->out, asked->calendar, first, last);
            buf_put_byte(&cli->out, '}');
        }
        buf_put_byte(&cli->out, '\n');
        return 0;
    }
    CalendarStyle style = {cli->columns, cli->terminal};
    year_text(&cli->out, view, &asked->reader, &style);
    if (asked->explain) {
        buf_put_byte(&cli->out, '\n');
        days_text(&cli->out, asked->calendar, first, last, &asked->reader);
    }
    return 0;
}

/* --- check --- */

static size_t days_with(const Notice *notice, DayStatus status)
{
    size_t count = 0;
    for (size_t i = 0; i < notice->days_count; i++) {
        count += notice->days[i].status == status;
    }
    return count;
}

static void put_number(Buf *buf, int64_t value)
{
    buf_clear(buf);
    buf_put_int(buf, value);
}

/* What the notice would do: days off and worked, and the year's working days before and after. */
static void tell_notice(Asked *asked, const Notice *notice, const Notices *together)
{
    Cli *cli = asked->cli;
    const Calendar *after = calendar_build(&cli->arena, together, DAY_LAST);
    int year = notice->year ? notice->year : day_year(notice->days[0].day);
    const YearView *was = year_view(&cli->arena, asked->calendar, year);
    const YearView *is = year_view(&cli->arena, after, year);
    Buf off = {0}, worked = {0}, of_year = {0}, before = {0}, now = {0};
    put_number(&off, (int64_t)days_with(notice, DAY_OFF));
    put_number(&worked, (int64_t)days_with(notice, DAY_WORKED));
    put_number(&of_year, year);
    put_number(&before, was->working_days);
    put_number(&now, is->working_days);
    WORD_PUT(&cli->out, cli->language, WORD_CALENDAR_CHECKED,
             notice->statutory ? notice->title : notice->number, buf_str(&off),
             buf_str(&worked), buf_str(&of_year), buf_str(&now), buf_str(&before));
    buf_put_byte(&cli->out, '\n');
    for (size_t i = 0; i < is->notices_count; i++) {
        if (str_eq(is->notices[i].notice->number, notice->number)) {
            changes_text(&cli->out, &is->notices[i], &asked->reader);
        }
    }
    Buf *const all[] = {&off, &worked, &of_year, &before, &now};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        buf_done(all[i]);
    }
}

/* {"kind":"notice",…}: what the notice would do, or that it is known already, word for word. */
static void check_json(Asked *asked, const Notice *notice, const Notices *together)
{
    Buf *out = &asked->cli->out;
    Arena *arena = &asked->cli->arena;
    int year = notice->year ? notice->year : day_year(notice->days[0].day);
    const Calendar *after = together ? calendar_build(arena, together, DAY_LAST) : asked->calendar;
    buf_put(out, STR("{\"kind\":\"notice\",\"number\":"));
    buf_put_json(out, notice->number);
    buf_print(out, ",\"year\":%d,\"known\":%s,\"off\":%zu,\"worked\":%zu", year,
              together ? "false" : "true", days_with(notice, DAY_OFF),
              days_with(notice, DAY_WORKED));
    buf_print(out, ",\"working_days_before\":%lld,\"working_days\":%lld}\n",
              (long long)year_view(arena, asked->calendar, year)->working_days,
              (long long)year_view(arena, after, year)->working_days);
}

/* The same words as a notice that is known already: nothing to add. */
static bool known_already(const Notices *notices, const Notice *notice)
{
    for (size_t i = 0; i < notices->count; i++) {
        if (str_eq(notices->at[i].text, notice->text)) {
            return true;
        }
    }
    return false;
}

static int run_check(Asked *asked, char **argv)
{
    Cli *cli = asked->cli;
    Fault fault;
    Str text;
    Fail fail = asked_open(asked, true, &fault);
    fail = fail ? fail : disk_read(&cli->arena, argv[0], TEXT_FILE_BYTES_MAX, &text, &fault);
    if (fail) {
        return cli_fault(cli, &fault);
    }
    Notice notice;
    Notices together;
    fail = notice_read(&cli->arena, text, str_from(argv[0]), &notice, &fault);
    bool known = !fail && known_already(asked->calendar->notices, &notice);
    if (known && cli->json) {
        check_json(asked, &notice, NULL);
        return 0;
    }
    if (known) {
        WORD_PUT(&cli->out, cli->language, WORD_CALENDAR_KNOWN_ALREADY, notice.number);
        buf_put_byte(&cli->out, '\n');
        return 0;
    }
    fail = fail ? fail
                : notices_with(&cli->arena, asked->calendar->notices, &notice, &together, &fault);
    if (fail == FAIL_INPUT && cli->json) {
        fault_json(&cli->out, &fault, "fault", cli->language);
        return 1;
    }
    if (fail) {   /* the file was read, and the check failed */
        int status = cli_fault(cli, &fault);
        return status == 2 ? 1 : status;
    }
    if (cli->json) {
        check_json(asked, &notice, &together);
    } else {
        tell_notice(asked, &notice, &together);
    }
    return 0;
}

static int run_adopt(Asked *asked, char **argv)
{
    return calendar_adopt(asked->cli, &verb_calendar, argv[0]);
}

/* --- --- */

typedef struct SubVerb {
    const char *name;
    int arguments;
    int (*run)(Asked *asked, char **argv);
} SubVerb;

static const SubVerb sub_verbs[] = {
    {"add", 2, run_add}, {"count", 2, run_count}, {"show", 1, run_show}, {"check", 1, run_check},
    {"adopt", 1, run_adopt}};

static int run(Cli *cli)
{
    Asked asked = {.cli = cli, .known_on = DAY_LAST};
    const Option options[] = {{"--known-on", OPTION_DAY, &asked.known_on},
                              {"--explain", OPTION_FLAG, &asked.explain},
                              {0}};
    int count;
    int over = cli_parse(cli, &verb_calendar, options, &count);
    if (over >= 0) {
        return over;
    }
    if (count == 0) {
        return cli_usage(cli, &verb_calendar, WORD_CALENDAR_SUB_WANTED, STR_NONE);
    }
    for (size_t i = 0; i < sizeof sub_verbs / sizeof *sub_verbs; i++) {
        const SubVerb *sub = &sub_verbs[i];
        if (!str_is(str_from(cli->argv[0]), sub->name)) {
            continue;
        }
        if (count - 1 != sub->arguments) {
            return cli_usage(cli, &verb_calendar,
                             sub->arguments == 2 ? WORD_CALENDAR_TWO_WANTED
                                                 : WORD_CALENDAR_ONE_WANTED,
                             str_from(sub->name));
        }
        return sub->run(&asked, cli->argv + 1);
    }
    return cli_usage(cli, &verb_calendar, WORD_CALENDAR_SUB_UNKNOWN, str_from(cli->argv[0]));
}

const Verb verb_calendar = {"calendar", WORD_CALENDAR_SUMMARY, WORD_CALENDAR_HELP, run};
