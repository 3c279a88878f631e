/* verb_init.c: a new docket. */
#include "docket_open.h"

const Verb verb_init;

static int run(Cli *cli)
{
    const char *hash = "sm3";
    const Option options[] = {{"--hash", OPTION_TEXT, &hash}, {0}};
    int count;
    int over = cli_parse(cli, &verb_init, options, &count);
    if (over >= 0) {
        return over;
    }
    HashKind kind;
    Fault fault;
    if (count > 1) {
        return cli_usage(cli, &verb_init, WORD_CLI_TOO_MANY, str_from(cli->argv[1]));
    }
    const char *dir = count == 1 ? cli->argv[0] : cli->docket_dir;
    if (!dir || !dir[0]) {
        return cli_usage(cli, &verb_init, WORD_CLI_DOCKET_WANTED, STR_NONE);
    }
    if (!hash_kind_find(str_from(hash), &kind)) {
        return cli_usage(cli, &verb_init, WORD_CLI_BAD_HASH, str_from(hash));
    }
    if (docket_create(dir, kind, &fault) != FAIL_NONE) {
        return cli_fault(cli, &fault);
    }
    if (cli->json) {
        buf_put(&cli->out, STR("{\"docket\":"));
        buf_put_json(&cli->out, str_from(dir));
        buf_print(&cli->out, ",\"hash\":\"%s\"}\n", hash_kind_id(kind));
    } else {
        WORD_PUT(&cli->out, cli->language, WORD_INIT_DONE, str_from(dir));
        buf_put_byte(&cli->out, '\n');
    }
    return 0;
}

const Verb verb_init = {"init", WORD_INIT_SUMMARY, WORD_INIT_HELP, run};
