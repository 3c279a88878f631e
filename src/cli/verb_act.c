/* verb_act.c: one act, done and recorded, or refused with its clause. */
#include "docket_open.h"
#include "position_text.h"
#include "script.h"

const Verb verb_act;

typedef struct ActLine {     /* what the command line says */
    const char *matter, *act, *by, *with, *key, *edition, *facts;
    Day on;
    bool assumed;
} ActLine;

static Fail read_map(Cli *cli, const char *text, const char *name, const Node **ret_node,
                     Fault *fault)
{
    *ret_node = NULL;
    return text ? yaml_read(&cli->arena, str_from(text), str_from(name), ret_node, fault)
                : FAIL_NONE;
}

/* The edition: of the matter when it is open, else as named, else the one in force on the day. */
static Fail find_edition(Law *law, const Folded *folded, const ActLine *line, Day on,
                         const Edition **ret_edition, Fault *fault)
{
    if (folded->edition) {
        *ret_edition = folded->edition;
        return !line->edition || str_is(folded->edition->id, line->edition)
                   ? FAIL_NONE
                   : FAULT(fault, FAIL_INPUT, WORD_DOCKET_OTHER_EDITION, folded->name,
                           folded->edition->id);
    }
    return line->edition ? law_edition(law, str_from(line->edition), ret_edition, fault)
                         : law_edition_on(law, on, ret_edition, fault);
}

/* The position after the act, or the one before it with the refusal in its list. */
static int print_result(Cli *cli, Docket *docket, Folded *folded, const Wanted *wanted,
                        const Done *done, bool refused)
{
    Fault fault;
    const Position *position;
    if (!folded->edition || folded->acts_count == 0) {
        position = position_of(&folded->arena, wanted->matter, wanted->edition, wanted->facts,
                               NULL, 0, docket_calendar(docket), wanted->act.on);
    } else {
        Day on = folded->matter.last_on > wanted->act.on ? folded->matter.last_on
                                                         : wanted->act.on;
        if (docket_position(docket, folded, on, &position, &fault) != FAIL_NONE) {
            return cli_fault(cli, &fault);
        }
    }
    Position shown = *position;
    Act asked = wanted->act;
    asked.n = (uint32_t)folded->seq + 1;
    RefusedView why = {.n = asked.n, .asked = &asked, .act = asked.act_word,
                       .why = done->decision.why, .decision = &done->decision};
    if (refused) {
        bool policy = clause_is_policy(done->decision.clause);
        why.clause = policy ? STR("policy") : done->decision.clause;
        why.policy = policy ? done->decision.clause : STR_NONE;
        shown.refused = &why;
        shown.refused_count = 1;
    }
    TextStyle style = {.brief = refused};
    int status = cli_position(cli, docket_law(docket), &shown, &style);
    return status ? status : refused ? 1 : 0;
}

static void note(Cli *cli, Word word)
{
    fprintf(cli->complaints, "shencha: %.*s\n", STR_ARG(word_text(cli->language, word)));
}

static int do_act(Cli *cli, Docket *docket, const ActLine *line)
{
    Fault fault;
    Folded before, folded = {0};
    Facts facts;
    const Node *with, *map;
    Wanted wanted = {.matter = str_from(line->matter), .key = str_from(line->key),
                     .now = cli->now, .facts = &facts,
                     .facts_given = line->facts != NULL, .day_left_out = line->on == DAY_NONE};
    Day on = cli_day(cli, line->on);
    Fail fail = docket_fold(docket, wanted.matter, &before, &fault);
    if (fail == FAIL_NONE) {
        fail = find_edition(docket_law(docket), &before, line, on, &wanted.edition, &fault);
    }
    if (fail == FAIL_NONE) {
        fail = read_map(cli, line->facts, "--case", &map, &fault);
    }
    if (fail == FAIL_NONE) {
        fail = script_facts(&cli->arena, wanted.edition, map, &facts, &fault);
    }
    if (fail == FAIL_NONE) {
        fail = read_map(cli, line->with, "--with", &with, &fault);
    }
    if (fail == FAIL_NONE) {
        fail = script_act(docket_law(docket), &cli->arena, wanted.edition, str_from(line->act),
                          str_from(line->by), on, with, STR("act"), &wanted.act, &fault);
    }
    folded_done(&before);
    if (fail != FAIL_NONE) {
        return cli_fault(cli, &fault);
    }
    Done done;
    wanted.act.assumed = line->assumed;
    fail = docket_act(docket, &wanted, &folded, &done, &fault);
    bool refused = fail == FAIL_REFUSED && done.decision.kind == DECISION_REFUSED;
    if (done.again) {
        note(cli, WORD_ACT_AGAIN);
    }
    if (done.repeated) {
        note(cli, WORD_ACT_REPEATED);
    }
    int status = fail == FAIL_NONE || refused
                     ? print_result(cli, docket, &folded, &wanted, &done, refused)
                     : cli_fault(cli, &fault);
    folded_done(&folded);
    return status;
}

static int run(Cli *cli)
{
    ActLine line = {.on = DAY_NONE};
    const Option options[] = {{"--by", OPTION_TEXT, &line.by},
                              {"--on", OPTION_DAY, &line.on},
                              {"--with", OPTION_TEXT, &line.with},
                              {"--key", OPTION_TEXT, &line.key},
                              {"--edition", OPTION_TEXT, &line.edition},
                              {"--case", OPTION_TEXT, &line.facts},
                              {"--assumed", OPTION_FLAG, &line.assumed},
                              {0}};
    int count;
    int over = cli_parse(cli, &verb_act, options, &count);
    if (over >= 0) {
        return over;
    }
    if (count != 2 || !line.by) {
        return cli_usage(cli, &verb_act, WORD_ACT_USAGE, STR_NONE);
    }
    line.matter = cli->argv[0];
    line.act = cli->argv[1];
    if (!script_name_fits(str_from(line.matter))) {
        return cli_usage(cli, &verb_act, WORD_SCRIPT_BAD_NAME, str_from(line.matter));
    }
    if (line.key &&
        (strlen(line.key) > ACT_KEY_BYTES_MAX || !script_name_fits(str_from(line.key)))) {
        return cli_usage(cli, &verb_act, WORD_ACT_BAD_KEY, str_from(line.key));
    }
    Docket *docket;
    over = cli_docket(cli, &verb_act, DOCKET_WRITE, &docket);
    if (over >= 0) {
        return over;
    }
    int status = do_act(cli, docket, &line);
    docket_close(docket);
    return status;
}

const Verb verb_act = {"act", WORD_ACT_SUMMARY, WORD_ACT_HELP, run};
