/* cli.c: what the verbs share: options, help, faults, writing. */
#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>

#include "command.h"

static const Verb verb_overview;

static int help(Cli *cli, const Verb *verb)
{
    if (verb == &verb_overview) {
        return verb->run(cli);
    }
    buf_put(&cli->out, word_text(cli->language, verb->help));
    buf_put_byte(&cli->out, '\n');
    return 0;
}

int cli_usage(Cli *cli, const Verb *verb, Word word, Str arg)
{
    Fault fault;
    FAULT(&fault, FAIL_INPUT, word, arg, str_from(verb->name));
    int status = cli_fault(cli, &fault);
    Buf name = {0}, see = {0};
    buf_print(&name, verb == &verb_overview ? "%s" : "shencha %s", verb->name);
    WORD_PUT(&see, cli->language, WORD_CLI_SEE_HELP, buf_str(&name));
    fprintf(cli->complaints, "%.*s\n", STR_ARG(buf_str(&see)));
    buf_done(&name);
    buf_done(&see);
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

void fault_json(Buf *buf, const Fault *fault, const char *kind, Language language)
{
    Fault bare = *fault;
    Buf text = {0};
    bare.file[0] = 0;
    fault_put(&text, &bare, language);
    buf_print(buf, "{\"kind\":\"%s\",\"file\":", kind);
    buf_put_json(buf, str_from(fault->file));
    buf_print(buf, ",\"line\":%d,\"column\":%d,\"text\":", fault->line, fault->column);
    buf_put_json(buf, buf_str(&text));
    buf_put(buf, STR("}\n"));
    buf_done(&text);
}

/* zh, en, and the names that locales have: zh_CN.UTF-8, en-GB. */
static bool language_of(Str text, Language *ret_language)
{
    bool named = text.len == 2 || (text.len > 2 && strchr("_-.@", text.at[2]));
    if (named && str_starts(text, STR("zh"))) {
        *ret_language = LANGUAGE_ZH;
        return true;
    }
    if (named && str_starts(text, STR("en"))) {
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
    if (value && !value[0]) {
        cli_usage(cli, verb, WORD_CLI_VALUE_MISSING, name);
        return -1;
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
                      (word.at[1] < '0' || word.at[1] > '9');
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

/* The last place is for a verb of another room: main names it (command_run). */
static const Verb *verbs[] = {
    &verb_calendar, &verb_edition, &verb_replay,  &verb_story,
    &verb_init,     &verb_import,  &verb_act,     &verb_show,    &verb_docket,
    &verb_verify,   &verb_backup,  &verb_export,  &verb_rebuild, &verb_people,
    NULL,
};
enum { VERBS = sizeof verbs / sizeof verbs[0] };

static int put_overview(Cli *cli)
{
    buf_put(&cli->out, word_text(cli->language, WORD_CLI_OVERVIEW));
    buf_put(&cli->out, STR("\n\n"));
    for (size_t i = 0; i < VERBS && verbs[i]; i++) {
        size_t name = strlen(verbs[i]->name);
        buf_put(&cli->out, STR("  "));
        buf_put(&cli->out, str_from(verbs[i]->name));
        buf_put_many(&cli->out, ' ', name < 10 ? 10 - name : 1);
        buf_put(&cli->out, word_text(cli->language, verbs[i]->summary));
        buf_put_byte(&cli->out, '\n');
    }
    buf_put(&cli->out, word_text(cli->language, WORD_CLI_OVERVIEW_END));
    buf_put_byte(&cli->out, '\n');
    return 0;
}

static const Verb verb_overview = {.name = "shencha", .run = put_overview};

/* No verb: the overview or the version is asked for, or nothing is, which is a fault of usage. */
static int without_verb(Cli *cli)
{
    bool version = false;
    const Option options[] = {{"--version", OPTION_FLAG, &version}, {0}};
    int count;
    int over = cli_parse(cli, &verb_overview, options, &count);
    if (over >= 0) {
        return over;
    }
    if (version) {
        buf_put(&cli->out, STR("shencha " SHENCHA_VERSION "\n"));
        return 0;
    }
    cli->to = cli->complaints;
    put_overview(cli);
    return 2;
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

/* Before anything can be told: in which language. cli_parse says what is wrong with the option. */
static void language_from_arguments(Cli *cli, int argc, char **argv)
{
    for (int i = 0; i < argc; i++) {
        Str word = str_from(argv[i]);
        if (str_is(word, "--lang") && i + 1 < argc) {
            language_of(str_from(argv[i + 1]), &cli->language);
        } else if (str_starts(word, STR("--lang="))) {
            language_of(str_part(word, 7, word.len), &cli->language);
        }
    }
}

/* What the environment says; an empty variable says nothing. */
static const char *from_environment(const char *name)
{
    const char *value = getenv(name);
    return value && value[0] ? value : NULL;
}

int cli_first_word(int argc, char **argv)
{
    static const char *const valued[] = {"--lang", "--law", "--data", "--docket"};
    int at = 0;
    while (at < argc && argv[at][0] == '-' && argv[at][1]) {
        int took = 1;
        for (size_t i = 0; i < sizeof valued / sizeof valued[0]; i++) {
            took = strcmp(argv[at], valued[i]) == 0 ? 2 : took;
        }
        at += took;
    }
    return at < argc ? at : argc;
}

static int dispatch(Cli *cli, int argc, char **argv)
{
    language_from_arguments(cli, argc, argv);
    int at = cli_first_word(argc, argv);
    if (at < argc && strcmp(argv[at], "help") == 0) {   /* help VERB is VERB --help */
        static char asked[] = "--help";
        argv[at] = at + 1 < argc ? argv[at + 1] : asked;
        if (at + 1 < argc) {
            argv[at + 1] = asked;
        }
        at = cli_first_word(argc, argv);
    }
    cli->argc = argc;
    cli->argv = argv;
    if (at == argc) {
        return without_verb(cli);
    }
    const char *name = argv[at];
    for (int i = at; i > 0; i--) {   /* options that stood before the verb stand after it */
        argv[i] = argv[i - 1];
    }
    cli->argc--;
    cli->argv++;
    for (size_t i = 0; i < VERBS && verbs[i]; i++) {
        if (strcmp(name, verbs[i]->name) == 0) {
            return verbs[i]->run(cli);
        }
    }
    Fault fault;
    FAULT(&fault, FAIL_INPUT, WORD_CLI_UNKNOWN_VERB, str_from(name));
    return cli_fault(cli, &fault);
}

int command_run(int argc, char **argv, int64_t now, bool terminal, int columns,
                const Verb *more)
{
    verbs[VERBS - 1] = more;
    Cli cli = {.now = now, .today = day_of_moment(now), .terminal = terminal, .columns = columns,
               .to = stdout, .complaints = stderr};
    language_from_environment(&cli);
    cli.law_dir = from_environment("SHENCHA_LAW");
    cli.data_dir = from_environment("SHENCHA_DATA");
    cli.docket_dir = from_environment("SHENCHA_DOCKET");
    int status = dispatch(&cli, argc > 0 ? argc - 1 : 0, argv + (argc > 0));
    Fault fault;
    if (cli_flush(&cli, &fault) != FAIL_NONE) {
        status = cli_fault(&cli, &fault);
    }
    buf_done(&cli.out);
    arena_done(&cli.arena);
    return status;
}
