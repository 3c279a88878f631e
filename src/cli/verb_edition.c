/* verb_edition.c: the editions of the law: listed, shown, checked, compared, drawn. */
#include "disk.h"
#include "edition_draw.h"
#include "edition_text.h"
#include "editiondiff_text.h"
#include "lawcheck.h"
#include "verb.h"

const Verb verb_edition;

typedef struct Sub {
    const char *name;
    int (*run)(Cli *cli, Law *law, int count);
} Sub;

static void list_json(Buf *buf, const Edition *edition, const LawWords *words)
{
    buf_put(buf, STR("{\"edition\":"));
    buf_put_json(buf, edition->id);
    buf_put(buf, STR(",\"title\":"));
    buf_put_json(buf, lawwords_get(words, "edition", edition->id));
    buf_put(buf, STR(",\"from\":"));
    buf_put_day_json(buf, edition->from);
    buf_put(buf, STR(",\"until\":"));
    buf_put_day_json(buf, edition->until);
    buf_print(buf, ",\"draft\":%s,\"acts\":%zu,\"clocks\":%zu,\"stages\":%zu}\n",
              edition->from == DAY_NONE ? "true" : "false", edition->acts_count,
              edition->clocks_count, edition->stages_count);
}

static int run_list(Cli *cli, Law *law, int count)
{
    const Str *ids;
    size_t ids_count;
    Fault fault;
    (void)count;
    if (law_edition_ids(law, &ids, &ids_count, &fault) != FAIL_NONE) {
        return cli_fault(cli, &fault);
    }
    for (size_t i = 0; i < ids_count; i++) {
        const Edition *edition;
        const LawWords *words;
        if (law_edition(law, ids[i], &edition, &fault) != FAIL_NONE ||
            law_words(law, ids[i], cli->language, &words, &fault) != FAIL_NONE) {
            return cli_fault(cli, &fault);
        }
        if (cli->json) {
            list_json(&cli->out, edition, words);
            continue;
        }
        size_t from = cli->out.len;
        buf_put(&cli->out, edition->id);
        text_pad(&cli->out, from, 12);
        from = cli->out.len;
        in_force_line(&cli->out, edition, cli->language);
        text_pad(&cli->out, from, 36);
        buf_put(&cli->out, lawwords_get(words, "edition", edition->id));
        buf_put_byte(&cli->out, '\n');
    }
    return 0;
}

static int run_show(Cli *cli, Law *law, int count)
{
    const Edition *edition;
    const LawWords *words;
    ClauseTexts clauses;
    Fault fault;
    if (count != 1) {
        return cli_usage(cli, &verb_edition, WORD_EDITION_ONE_WANTED, STR_NONE);
    }
    Str id = str_from(cli->argv[1]);
    if (law_edition(law, id, &edition, &fault) != FAIL_NONE ||
        law_words(law, id, cli->language, &words, &fault) != FAIL_NONE ||
        clauses_read(&cli->arena, law_folder(law), id, cli->language, &clauses, &fault) !=
            FAIL_NONE) {
        return cli_fault(cli, &fault);
    }
    Reader reader = {cli->language, words};
    if (cli->json) {
        edition_json(&cli->out, edition, &clauses, &reader);
        buf_put_byte(&cli->out, '\n');
    } else {
        edition_text(&cli->out, edition, &clauses, &reader, cli->columns);
        edition_words(&cli->out, edition, &reader, cli->columns);
    }
    return 0;
}

static void tell(Cli *cli, const FaultList *list, bool note)
{
    for (size_t i = 0; i < list->count; i++) {
        const Fault *fault = &list->at[i];
        if (!cli->json) {
            fault_put(&cli->out, fault, cli->language);
            buf_put(&cli->out, note ? word_text(cli->language, WORD_CHECK_NOTE) : STR_NONE);
            buf_put_byte(&cli->out, '\n');
            continue;
        }
        fault_json(&cli->out, fault, note ? "note" : "fault", cli->language);
    }
}

/* What was looked at, and how many faults and notes there are; those beyond the bound are
 * counted. */
static void tell_checked(Cli *cli, const LawCheck *check)
{
    size_t numbers[] = {check->editions, check->clauses, check->acts, check->words,
                        check->notices, check->faults.all, check->notes.all};
    enum { COUNT = sizeof numbers / sizeof numbers[0] };
    char digits[COUNT][24];
    Str args[COUNT];
    for (int i = 0; i < COUNT; i++) {
        snprintf(digits[i], sizeof digits[i], "%zu", numbers[i]);
        args[i] = str_from(digits[i]);
    }
    word_put(&cli->out, cli->language, WORD_CHECK_LOOKED, args, 5);
    buf_put_byte(&cli->out, '\n');
    word_put(&cli->out, cli->language,
             check->faults.all ? WORD_CHECK_FAULTS : WORD_CHECK_SOUND, args + 5, 2);
    buf_put_byte(&cli->out, '\n');
}

static int run_check(Cli *cli, Law *law, int count)
{
    LawFolder folder = *law_folder(law);
    LawCheck check = {0};
    Fault fault;
    if (count > 1) {
        return cli_usage(cli, &verb_edition, WORD_CLI_TOO_MANY, str_from(cli->argv[2]));
    }
    if (count == 1 &&
        disk_law_folder(&cli->arena, cli->argv[1], &folder, &fault) != FAIL_NONE) {
        return cli_fault(cli, &fault);
    }
    law_check(&cli->arena, &folder, &check);
    tell(cli, &check.notes, true);
    tell(cli, &check.faults, false);
    if (!cli->json) {
        tell_checked(cli, &check);
    }
    return check.faults.all ? 1 : 0;
}

static int run_diff(Cli *cli, Law *law, int count)
{
    const Edition *editions[2];
    const LawWords *words[2];
    Fault fault;
    if (count != 2) {
        return cli_usage(cli, &verb_edition, WORD_EDITION_TWO_WANTED, STR_NONE);
    }
    for (int i = 0; i < 2; i++) {
        Str id = str_from(cli->argv[i + 1]);
        if (law_edition(law, id, &editions[i], &fault) != FAIL_NONE ||
            law_words(law, id, cli->language, &words[i], &fault) != FAIL_NONE) {
            return cli_fault(cli, &fault);
        }
    }
    size_t changes_count;
    const Change *changes = editiondiff(&cli->arena, editions[0], editions[1], &changes_count);
    if (cli->json) {
        editiondiff_json(&cli->out, changes, changes_count);
        return 0;
    }
    DiffReader reader = {cli->language, words[0], words[1],
                         cli->columns > 100 ? 100 : cli->columns};
    buf_put(&cli->out, lawwords_get(words[0], "edition_short", editions[0]->id));
    buf_put(&cli->out, STR("  ⇒  "));
    buf_put(&cli->out, lawwords_get(words[1], "edition_short", editions[1]->id));
    buf_put_byte(&cli->out, '\n');
    editiondiff_text(&cli->out, changes, changes_count, &reader);
    if (changes_count == 0) {
        buf_put(&cli->out, word_text(cli->language, WORD_EDITION_SAME));
        buf_put_byte(&cli->out, '\n');
    }
    return 0;
}

static int run(Cli *cli)
{
    static const Sub subs[] = {{"list", run_list}, {"show", run_show}, {"check", run_check},
                               {"diff", run_diff}};
    int sub = cli_first_word(cli->argc, cli->argv);
    if (sub < cli->argc && strcmp(cli->argv[sub], "draw") == 0) {   /* it has options of its own */
        cli->argc--;
        for (int i = sub; i < cli->argc; i++) {
            cli->argv[i] = cli->argv[i + 1];
        }
        return edition_draw(cli);
    }
    int count;
    int over = cli_parse(cli, &verb_edition, NULL, &count);
    if (over >= 0) {
        return over;
    }
    Law *law;
    Fault fault;
    if (count == 0) {
        return cli_usage(cli, &verb_edition, WORD_EDITION_SUB_WANTED, STR_NONE);
    }
    if (cli_law(cli, &law, &fault) != FAIL_NONE) {
        return cli_fault(cli, &fault);
    }
    for (size_t i = 0; i < sizeof subs / sizeof subs[0]; i++) {
        if (str_is(str_from(cli->argv[0]), subs[i].name)) {
            return subs[i].run(cli, law, count - 1);
        }
    }
    return cli_usage(cli, &verb_edition, WORD_EDITION_SUB_UNKNOWN, str_from(cli->argv[0]));
}

const Verb verb_edition = {"edition", WORD_EDITION_SUMMARY, WORD_EDITION_HELP, run};
