/* docket_open.c: opening a docket, printing a position. */
#include "docket_open.h"

#include "position_json.h"
#include "position_text.h"

int cli_docket(Cli *cli, const Verb *verb, DocketUse use, Docket **ret_docket)
{
    Law *law;
    Fault fault;
    size_t moved = 0;
    if (!cli->docket_dir || !cli->docket_dir[0]) {
        return cli_usage(cli, verb, WORD_CLI_DOCKET_WANTED, STR_NONE);
    }
    if (cli_law(cli, &law, &fault) != FAIL_NONE ||
        docket_open(cli->docket_dir, law, use, cli->now, ret_docket, &moved, &fault) !=
            FAIL_NONE) {
        return cli_fault(cli, &fault);
    }
    if (moved) {
        Buf count = {0}, told = {0};
        buf_put_int(&count, (int64_t)moved);
        WORD_PUT(&told, cli->language, WORD_CLI_CALENDAR_MOVED, buf_str(&count));
        fprintf(cli->complaints, "shencha: %.*s\n", STR_ARG(buf_str(&told)));
        buf_done(&count);
        buf_done(&told);
    }
    return -1;
}

int cli_position(Cli *cli, Law *law, const Position *position, const TextStyle *style)
{
    Fault fault;
    const LawWords *words;
    if (law_words(law, position->edition->id, cli->language, &words, &fault) != FAIL_NONE) {
        return cli_fault(cli, &fault);
    }
    Reader reader = {cli->language, words};
    if (cli->json) {
        position_json(&cli->out, position, &reader, style->explain, &cli->arena);
        buf_put_byte(&cli->out, '\n');
    } else {
        TextStyle whole = *style;
        whole.columns = cli->columns;
        whole.colour = cli->terminal;
        position_text(&cli->out, position, &reader, &whole, &cli->arena);
    }
    return 0;
}
