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

/* What is broken: an event, a matter's row, or neither. */
static void put_broken(Buf *buf, Language language, const Verified *verified)
{
    Buf n = {0};
    buf_put_int(&n, verified->bad_n);
    Str why = word_text(language, verified->bad_why);
    if (verified->bad_n && verified->bad_matter.len) {
        WORD_PUT(buf, language, WORD_VERIFY_BROKEN_OF, buf_str(&n), verified->bad_matter, why);
    } else if (verified->bad_n) {
        WORD_PUT(buf, language, WORD_VERIFY_BROKEN, buf_str(&n), why);
    } else if (verified->bad_matter.len) {
        WORD_PUT(buf, language, WORD_VERIFY_ROW, verified->bad_matter, why);
    } else {
        WORD_PUT(buf, language, WORD_VERIFY_DOCKET, why);
    }
    buf_done(&n);
}

static void put_text(Cli *cli, const Verified *verified, bool whole)
{
    Buf events = {0}, matters = {0}, head = {0};
    buf_put_int(&events, verified->events);
    buf_put_int(&matters, verified->matters);
    buf_put_hash(&head, &verified->head);
    if (whole) {
        WORD_PUT(&cli->out, cli->language, WORD_VERIFY_WHOLE, buf_str(&events),
                 buf_str(&matters), str_from(hash_kind_id(verified->hash)), buf_str(&head));
    } else {
        put_broken(&cli->out, cli->language, verified);
    }
    buf_put_byte(&cli->out, '\n');
    buf_done(&events);
    buf_done(&matters);
    buf_done(&head);
}

/* The file is damaged or cannot be read: how far the record is whole all the same. */
static int tell_damage(Cli *cli, const Verified *verified, const Fault *fault)
{
    int status = cli_fault(cli, fault);
    if (verified->events) {
        Buf events = {0}, told = {0};
        buf_put_int(&events, verified->events);
        WORD_PUT(&told, cli->language, WORD_VERIFY_WHOLE_UNTIL, buf_str(&events));
        fprintf(cli->complaints, "shencha: %.*s\n", STR_ARG(buf_str(&told)));
        buf_done(&events);
        buf_done(&told);
    }
    return status;
}

static int run(Cli *cli)
{
    int count;
    const char *noted = NULL;
    Hash head;
    const Option options[] = {{"--noted", OPTION_TEXT, &noted}, {0}};
    int over = cli_parse(cli, &verb_verify, options, &count);
    if (over >= 0) {
        return over;
    }
    if (count > 0) {
        return cli_usage(cli, &verb_verify, WORD_CLI_TOO_MANY, str_from(cli->argv[0]));
    }
    if (noted && !hash_parse(str_from(noted), &head)) {
        return cli_usage(cli, &verb_verify, WORD_VERIFY_BAD_NOTED, str_from(noted));
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
    Fail fail = docket_verify_noted(cli->docket_dir, law, noted ? &head : NULL, &cli->arena,
                                    &verified, &fault);
    if (fail != FAIL_NONE && fail != FAIL_REFUSED) {
        return tell_damage(cli, &verified, &fault);
    }
    if (cli->json) {
        put_json(&cli->out, &verified, fail == FAIL_NONE);
    } else {
        put_text(cli, &verified, fail == FAIL_NONE);
    }
    return fail_exit(fail);
}

const Verb verb_verify = {"verify", WORD_VERIFY_SUMMARY, WORD_VERIFY_HELP, run};
