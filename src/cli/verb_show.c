/* verb_show.c: a matter of the docket as it stands on a day. */
#include "docket_open.h"

const Verb verb_show;

static int run(Cli *cli)
{
    Day on = DAY_NONE;
    bool explain = false;
    const Option options[] = {
        {"--on", OPTION_DAY, &on}, {"--explain", OPTION_FLAG, &explain}, {0}};
    int count;
    int over = cli_parse(cli, &verb_show, options, &count);
    if (over >= 0) {
        return over;
    }
    if (count != 1) {
        return cli_usage(cli, &verb_show, WORD_SHOW_USAGE, STR_NONE);
    }
    Docket *docket;
    over = cli_docket(cli, &verb_show, DOCKET_READ, &docket);
    if (over >= 0) {
        return over;
    }
    Fault fault;
    Folded folded;
    const Position *position;
    Fail fail = docket_fold(docket, str_from(cli->argv[0]), &folded, &fault);
    if (fail == FAIL_NONE && folded.id == 0) {
        fail = FAULT(&fault, FAIL_INPUT, WORD_SHOW_NO_MATTER, str_from(cli->argv[0]));
    }
    if (fail == FAIL_NONE) {
        fail = docket_position(docket, &folded, cli_day(cli, on), &position, &fault);
    }
    int status = fail == FAIL_NONE ? cli_position(cli, docket_law(docket), position,
                                                    &(TextStyle){.explain = explain})
                                   : cli_fault(cli, &fault);
    folded_done(&folded);
    docket_close(docket);
    return status;
}

const Verb verb_show = {"show", WORD_SHOW_SUMMARY, WORD_SHOW_HELP, run};
