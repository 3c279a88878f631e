/* cli.c: what the verbs share: options, help, faults, writing. */
#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>

#include "command.h"

static int help(Cli *cli, const Verb *verb)
{
    buf_put(&cli->out, word_text(cli->language, verb->help));
    buf_put_byte(&cli->out, '\n');
    return 0;
}

int cli_usage(Cli *cli, const Verb *verb, Word word, Str arg)
{
    Fault fault;
    FAULT(&fault, FAIL_INPUT, word, arg, str_from(verb->name));
    int status = cli_fault(cli, &fault);
    fprintf(cli->complaints, "%.*s\n",
            STR_ARG(word_text(cli->language, WORD_CLI_SEE_HELP)));
    return status;
}

int cli_fault(Cli *cli, const Fault *fault)
{
    Buf buf = {0};
    buf_put(&buf, STR("shencha: "));
    fault_put(&buf, fault, cli->language);
    buf_put_byte(&buf, '\n');
    fwrite(buf.at, 1, buf.len, cli->complaints);
    buf_done(&buf);
    return fail_exit(fault->fail);
}

static bool language_of(Str text, Language *ret_language)
{
    if (str_starts(text, STR("zh"))) {
        *ret_language = LANGUAGE_ZH;
        return true;
    }
    if (str_starts(text, STR("en"))) {
        *ret_language = LANGUAGE_EN;
        return true;
    }
    return false;
}

/* Puts an option's value where it belongs. */
static bool option_take(const Option *option, const char *value)
{
    switch (option->kind) {
    case OPTION_FLAG:
        *(bool *)option->into = true;
        return true;
    case OPTION_TEXT:
        *(const char **)option->into = value;
        return true;
    case OPTION_DAY:
        return day_parse(str_from(value), (Day *)option->into);
    case OPTION_INT:
        return str_int(str_from(value), (int64_t *)option->into);
    }
    return false;
}

static const Option *option_find(const Option *options, Str name)
{
    for (; options && options->name; options++) {
        if (str_is(name, options->name)) {
            return options;
        }
    }
    return NULL;
}

/* One argument that begins with --. Returns how many arguments it took, or -1 after a fault. */
static int take_one(Cli *cli, const Verb *verb, const Option *options, const Option *common,
                    int at)
{
    Str word = str_from(cli->argv[at]);
    size_t equals = str_find(word, '=');
    Str name = str_part(word, 0, equals);
    const Option *option = option_find(options, name);
    option = option ? option : option_find(common, name);
    if (!option) {
        cli_usage(cli, verb, WORD_CLI_UNKNOWN_OPTION, name);
        return -1;
    }
    const char *value = equals < word.len ? cli->argv[at] + equals + 1 : NULL;
    int took = 1;
    if (option->kind == OPTION_FLAG && value) {
        cli_usage(cli, verb, WORD_CLI_FLAG_VALUE, name);
        return -1;
    }
    if (option->kind != OPTION_FLAG && !value) {
        if (at + 1 >= cli->argc) {
            cli_usage(cli, verb, WORD_CLI_VALUE_MISSING, name);
            return -1;
        }
        value = cli->argv[at + 1];
        took = 2;
    }
    if (!option_take(option, value)) {
        cli_usage(cli, verb, option->kind == OPTION_DAY ? WORD_CLI_BAD_DAY : WORD_CLI_BAD_NUMBER,
                  str_from(value));
        return -1;
    }
    return took;
}

int cli_parse(Cli *cli, const Verb *verb, const Option *options, int *ret_count)
{
    const char *language = NULL;
    bool wants_help = false, rest = false;
    const Option common[] = {
        {"--json", OPTION_FLAG, &cli->json},       {"--lang", OPTION_TEXT, &language},
        {"--law", OPTION_TEXT, &cli->law_dir},     {"--data", OPTION_TEXT, &cli->data_dir},
        {"--docket", OPTION_TEXT, &cli->docket_dir}, {"--help", OPTION_FLAG, &wants_help},
        {"-h", OPTION_FLAG, &wants_help},          {0},
    };
    int kept = 0;
    for (int i = 0; i < cli->argc;) {
        Str word = str_from(cli->argv[i]);
        bool option = !rest && word.len > 1 && word.at[0] == '-' &&
                      (word.at[1] == '-' || option_find(options, word) || str_is(word, "-h"));
        if (!option) {
            cli->argv[kept++] = cli->argv[i++];
        } else if (word.len == 2 && word.at[1] == '-') {
            rest = true;
            i++;
        } else {
            int took = take_one(cli, verb, options, common, i);
            if (took < 0) {
                return 2;
            }
            i += took;
        }
    }
    cli->argc = kept;
    if (language && !language_of(str_from(language), &cli->language)) {
        return cli_usage(cli, verb, WORD_CLI_BAD_LANGUAGE, str_from(language));
    }
    if (wants_help) {
        return help(cli, verb);
    }
    *ret_count = kept;
    return -1;
}

Fail cli_law(Cli *cli, Law **ret_law, Fault *fault)
{
    return law_open(&cli->arena, cli->law_dir, cli->data_dir, ret_law, fault);
}

Fail cli_flush(Cli *cli, Fault *fault)
{
    size_t put = cli->out.len ? fwrite(cli->out.at, 1, cli->out.len, cli->to) : 0;
    bool kept = put == cli->out.len && fflush(cli->to) == 0;
    bool cut = cli->out.full;
    buf_clear(&cli->out);
    if (cut) {
        return FAULT(fault, FAIL_SYSTEM, WORD_CLI_OUTPUT_LARGE, STR_NONE);
    }
    return kept ? FAIL_NONE
                : FAULT(fault, FAIL_SYSTEM, WORD_CLI_OUTPUT_FAILED, str_from(strerror(errno)));
}

static const Verb *const verbs[] = {
    &verb_calendar, &verb_edition, &verb_replay,  &verb_story,
    &verb_init,     &verb_import,  &verb_act,     &verb_show,    &verb_docket,
    &verb_verify,   &verb_backup,  &verb_export,  &verb_rebuild,
};

static void overview(Cli *cli)
{
    buf_put(&cli->out, word_text(cli->language, WORD_CLI_OVERVIEW));
    buf_put_byte(&cli->out, '\n');
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        if (!verbs[i]) {
            continue;
        }
        size_t name = strlen(verbs[i]->name);
        buf_put(&cli->out, STR("  "));
        buf_put(&cli->out, str_from(verbs[i]->name));
        buf_put_many(&cli->out, ' ', name < 10 ? 10 - name : 1);
        buf_put(&cli->out, word_text(cli->language, verbs[i]->summary));
        buf_put_byte(&cli->out, '\n');
    }
    buf_put(&cli->out, word_text(cli->language, WORD_CLI_OVERVIEW_END));
    buf_put_byte(&cli->out, '\n');
}

static void language_from_environment(Cli *cli)
{
    static const char *const names[] = {"SHENCHA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        if (value && value[0]) {
            language_of(str_from(value), &cli->language);
            return;
        }
    }
}

static int dispatch(Cli *cli, int argc, char **argv)
{
    if (argc < 2 || !strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") ||
        !strcmp(argv[1], "help")) {
        overview(cli);
        return argc < 2 ? 2 : 0;
    }
    if (!strcmp(argv[1], "--version")) {
        buf_put(&cli->out, STR("shencha " SHENCHA_VERSION "\n"));
        return 0;
    }
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        if (verbs[i] && !strcmp(argv[1], verbs[i]->name)) {
            cli->argc = argc - 2;
            cli->argv = argv + 2;
            return verbs[i]->run(cli);
        }
    }
    Fault fault;
    FAULT(&fault, FAIL_INPUT, WORD_CLI_UNKNOWN_VERB, str_from(argv[1]));
    return cli_fault(cli, &fault);
}

int command_run(int argc, char **argv, int64_t now, bool terminal, int columns)
{
    Cli cli = {.now = now, .today = day_of_moment(now), .terminal = terminal, .columns = columns,
               .to = stdout, .complaints = stderr};
    language_from_environment(&cli);
    cli.law_dir = getenv("SHENCHA_LAW");
    cli.data_dir = getenv("SHENCHA_DATA");
    cli.docket_dir = getenv("SHENCHA_DOCKET");
    int status = dispatch(&cli, argc, argv);
    Fault fault;
    if (cli_flush(&cli, &fault) != FAIL_NONE) {
        status = cli_fault(&cli, &fault);
    }
    buf_done(&cli.out);
    arena_done(&cli.arena);
    return status;
}
