/* verb_verify.c: every hash and every fold of a docket. */
#include "docket_open.h"

const Verb verb_verify;

static void put_json(Buf *buf, const Verified *verified, bool whole)
{
    buf_print(buf, "{\"whole\":%s,\"events\":%lld,\"matters\":%lld,\"hash\":\"%s\",\"head\":\"",
              whole ? "true" : "false", (long long)verified->events,
              (long long)verified->matters, hash_kind_id(verified->hash));
    buf_put_hash(buf, &verified->head);
    buf_put_byte(buf, '"');
    if (!whole) {
        buf_print(buf, ",\"broken\":{\"n\":%lld,\"matter\":", (long long)verified->bad_n);
        buf_put_json(buf, verified->bad_matter);
        buf_print(buf, ",\"seq\":%lld,\"why\":", (long long)verified->bad_seq);
        buf_put_json(buf, word_text(LANGUAGE_EN, verified->bad_why));
        buf_put_byte(buf, '}');
    }
    buf_put(buf, STR("}\n"));
}

static void put_text(Cli *cli, const Verified *verified, bool whole)
{
    Buf events = {0}, matters = {0}, head = {0}, n = {0};
    buf_put_int(&events, verified->events);
    buf_put_int(&matters, verified->matters);
    buf_put_hash(&head, &verified->head);
    buf_put_int(&n, verified->bad_n);
    if (whole) {
        WORD_PUT(&cli->out, cli->language, WORD_VERIFY_WHOLE, buf_str(&events),
                 buf_str(&matters), str_from(hash_kind_id(verified->hash)), buf_str(&head));
    } else if (verified->bad_n) {
        WORD_PUT(&cli->out, cli->language, WORD_VERIFY_BROKEN, buf_str(&n),
                 verified->bad_matter, word_text(cli->language, verified->bad_why));
    } else {
        WORD_PUT(&cli->out, cli->language, WORD_VERIFY_ROW, verified->bad_matter,
                 word_text(cli->language, verified->bad_why));
    }
    buf_put_byte(&cli->out, '\n');
    buf_done(&events);
    buf_done(&matters);
    buf_done(&head);
    buf_done(&n);
}

static int run(Cli *cli)
{
    int count;
    int over = cli_parse(cli, &verb_verify, NULL, &count);
    if (over >= 0) {
        return over;
    }
    if (count > 0) {
        return cli_usage(cli, &verb_verify, WORD_CLI_TOO_MANY, str_from(cli->argv[0]));
    }
    if (!cli->docket_dir || !cli->docket_dir[0]) {
        return cli_usage(cli, &verb_verify, WORD_CLI_DOCKET_WANTED, STR_NONE);
    }
    Law *law;
    Fault fault;
    Verified verified;
    if (cli_law(cli, &law, &fault) != FAIL_NONE) {
        return cli_fault(cli, &fault);
    }
    Fail fail = docket_verify(cli->docket_dir, law, &cli->arena, &verified, &fault);
    if (fail != FAIL_NONE && fail != FAIL_REFUSED) {
        return cli_fault(cli, &fault);
    }
    if (cli->json) {
        put_json(&cli->out, &verified, fail == FAIL_NONE);
    } else {
        put_text(cli, &verified, fail == FAIL_NONE);
    }
    return fail_exit(fail);
}

const Verb verb_verify = {"verify", WORD_VERIFY_SUMMARY, WORD_VERIFY_HELP, run};
