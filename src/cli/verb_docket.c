/* verb_docket.c: the matters of a docket by due day, overdue ones first. */
#include "docket_open.h"
#include "edition_text.h"
#include "position_json.h"
#include "position_text.h"
#include "utf8.h"

const Verb verb_docket;

typedef struct Listing {
    Cli *cli;
    Law *law;
    Day on;
    bool overdue_only;
    int64_t limit, shown;
    bool provisional;        /* one of those shown is */
} Listing;

static const char *state_of(const MatterRow *row, Day on)
{
    return row->due != DAY_NONE ? (row->due < on ? "overdue" : "running")
           : row->held          ? "held"
                                : NULL;
}

static void row_json(Buf *buf, const MatterRow *row, Day on)
{
    const char *state = state_of(row, on);
    buf_put(buf, STR("{\"matter\":"));
    buf_put_json(buf, row->name);
    buf_put(buf, STR(",\"edition\":"));
    buf_put_json(buf, row->edition);
    buf_put(buf, STR(",\"stage\":"));
    buf_put_json(buf, row->stage);
    buf_put(buf, STR(",\"outcome\":"));
    if (row->outcome.len) {
        buf_put_json(buf, row->outcome);
    } else {
        buf_put(buf, STR("null"));
    }
    buf_put(buf, STR(",\"clock\":"));
    if (row->clock.len) {
        buf_put_json(buf, row->clock);
    } else {
        buf_put(buf, STR("null"));
    }
    buf_put(buf, STR(",\"due\":"));
    buf_put_day_json(buf, row->due);
    buf_print(buf, ",\"state\":%s%s%s,\"provisional\":%s,\"opened\":", state ? "\"" : "",
              state ? state : "null", state ? "\"" : "", row->provisional ? "true" : "false");
    buf_put_day_json(buf, row->opened);
    buf_put(buf, STR(",\"last\":"));
    buf_put_day_json(buf, row->last);
    buf_print(buf, ",\"acts\":%lld}\n", (long long)row->seq);
}

static void row_text(Buf *buf, const Listing *listing, const MatterRow *row)
{
    const LawWords *words;
    Fault fault;
    Language language = listing->cli->language;
    if (law_words(listing->law, row->edition, language, &words, &fault) != FAIL_NONE) {
        return;
    }
    const char *state = state_of(row, listing->on);
    size_t from = buf->len;
    if (row->due == DAY_NONE) {
        buf_put(buf, STR("-"));
    } else {
        buf_put_day(buf, row->due);
        buf_put_byte(buf, ' ');
        buf_put(buf, weekday_word(row->due, language));
        buf_put(buf, row->provisional ? STR(" ~") : STR_NONE);
    }
    text_pad(buf, from, 18);
    from = buf->len;
    if (state) {
        Word word = state[0] == 'o' ? WORD_STATE_OVERDUE
                    : state[0] == 'h' ? WORD_STATE_HELD : WORD_STATE_RUNNING;
        buf_put(buf, word_text(language, word));
    } else if (row->outcome.len) {
        buf_put(buf, lawwords_get(words, "outcome", row->outcome));
    }
    text_pad(buf, from, 11);
    from = buf->len;
    buf_put(buf, row->edition);
    text_pad(buf, from, 12);
    from = buf->len;
    buf_put(buf, lawwords_get(words, "stage", row->stage));
    text_pad(buf, from, 26);
    text_safe(buf, row->name);
    buf_put_byte(buf, '\n');
}

static Fail list_row(void *with, const MatterRow *row, Fault *fault)
{
    Listing *listing = with;
    if (listing->overdue_only && (row->due == DAY_NONE || row->due >= listing->on)) {
        return FAIL_NONE;
    }
    if (listing->cli->json) {
        row_json(&listing->cli->out, row, listing->on);
    } else {
        row_text(&listing->cli->out, listing, row);
    }
    listing->shown++;
    listing->provisional |= row->provisional;
    return listing->cli->out.len > 1 << 16 ? cli_flush(listing->cli, fault) : FAIL_NONE;
}

static void put_heading(Cli *cli)
{
    static const Word words[] = {WORD_DOCKET_DUE, WORD_DOCKET_STATE, WORD_DOCKET_EDITION,
                                 WORD_DOCKET_STAGE, WORD_DOCKET_MATTER};
    static const int widths[] = {18, 11, 12, 26, 0};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t from = cli->out.len;
        buf_put(&cli->out, word_text(cli->language, words[i]));
        if (widths[i]) {
            text_pad(&cli->out, from, widths[i]);
        }
    }
    buf_put_byte(&cli->out, '\n');
}

/* Nothing was found: because the filter names what no edition has? */
static Fail filter_known(Law *law, const RowFilter *filter, Fault *fault)
{
    const Str *ids;
    size_t count;
    const Edition *edition;
    Fail fail = law_edition_ids(law, &ids, &count, fault);
    if (fail == FAIL_NONE && filter->edition.len) {
        fail = law_edition(law, filter->edition, &edition, fault);
    }
    bool found = filter->stage.len == 0;
    for (size_t i = 0; fail == FAIL_NONE && !found && i < count; i++) {
        fail = law_edition(law, ids[i], &edition, fault);
        for (size_t j = 0; fail == FAIL_NONE && j < edition->stages_count; j++) {
            found |= str_eq(edition->stages[j].id, filter->stage);
        }
    }
    return fail != FAIL_NONE || found
               ? fail : FAULT(fault, FAIL_INPUT, WORD_DOCKET_NO_STAGE, filter->stage);
}

static int list(Cli *cli, Docket *docket, const RowFilter *filter, Listing *listing)
{
    Fault fault;
    if (!cli->json) {
        put_heading(cli);
    }
    if (ledger_rows(docket_ledger(docket), filter, list_row, listing, &fault) != FAIL_NONE ||
        (listing->shown == 0 && filter_known(listing->law, filter, &fault) != FAIL_NONE)) {
        buf_clear(&cli->out);
        return cli_fault(cli, &fault);
    }
    if (!cli->json) {
        Buf count = {0}, day = {0};
        buf_put_int(&count, listing->shown);
        buf_put_day(&day, listing->on);
        buf_put_byte(&cli->out, '\n');
        WORD_PUT(&cli->out, cli->language, WORD_DOCKET_COUNT, buf_str(&count), buf_str(&day));
        buf_put_byte(&cli->out, '\n');
        if (listing->provisional) {
            text_wrap(&cli->out, word_text(cli->language, WORD_TEXT_PROVISIONAL), 0, cli->columns);
        }
        buf_done(&count);
        buf_done(&day);
    }
    return 0;
}

static int run(Cli *cli)
{
    const char *stage = NULL, *edition = NULL;
    bool all = false, open = false, held = false, overdue = false;
    Day on = DAY_NONE, before = DAY_NONE;
    int64_t limit = 0;
    const Option options[] = {
        {"--stage", OPTION_TEXT, &stage},      {"--edition", OPTION_TEXT, &edition},
        {"--all", OPTION_FLAG, &all},          {"--open", OPTION_FLAG, &open},
        {"--held", OPTION_FLAG, &held},        {"--overdue", OPTION_FLAG, &overdue},
        {"--due-before", OPTION_DAY, &before}, {"--on", OPTION_DAY, &on},
        {"--limit", OPTION_INT, &limit},       {0}};
    int count;
    int over = cli_parse(cli, &verb_docket, options, &count);
    if (over >= 0) {
        return over;
    }
    if (count > 0) {
        return cli_usage(cli, &verb_docket, WORD_CLI_TOO_MANY, str_from(cli->argv[0]));
    }
    if (limit < 0) {
        return cli_usage(cli, &verb_docket, WORD_CLI_BAD_NUMBER, STR("--limit"));
    }
    Docket *docket;
    over = cli_docket(cli, &verb_docket, DOCKET_READ, &docket);
    if (over >= 0) {
        return over;
    }
    Listing listing = {.cli = cli, .law = docket_law(docket), .on = cli_day(cli, on),
                       .overdue_only = overdue};
    RowFilter filter = {.stage = str_from(stage), .edition = str_from(edition),
                        .open_only = !all || open, .held_only = held,
                        .due_before = overdue && before == DAY_NONE ? listing.on : before,
                        .limit = limit};
    int status = list(cli, docket, &filter, &listing);
    docket_close(docket);
    return status;
}

const Verb verb_docket = {"docket", WORD_DOCKET_SUMMARY, WORD_DOCKET_HELP, run};
