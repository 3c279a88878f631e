/* verb_replay.c: the legal position of case scripts on a day. Files are read one after another;
 * a faulty one is told and the others go on. */
#include "disk.h"
#include "position_json.h"
#include "position_text.h"
#include "script.h"
#include "verb.h"

typedef struct Replay {
    Cli *cli;
    Law *law;
    Arena arena;         /* of one file */
    Day on, known_on;
    bool explain;
    bool first;
} Replay;

const Verb verb_replay;

static Fail replay_one(Replay *replay, const char *path, Fault *fault)
{
    Cli *cli = replay->cli;
    Str text;
    Script script;
    const Calendar *calendar;
    const LawWords *words;
    Fail fail = disk_read(&replay->arena, path, TEXT_FILE_BYTES_MAX, &text, fault);
    if (fail == FAIL_NONE) {
        fail = script_read(replay->law, &replay->arena, text, str_from(path), &script, fault);
    }
    if (fail == FAIL_NONE) {
        fail = law_calendar(replay->law, replay->known_on, &calendar, fault);
    }
    if (fail == FAIL_NONE) {
        fail = law_words(replay->law, script.edition->id, cli->language, &words, fault);
    }
    if (fail != FAIL_NONE) {
        return fail;
    }
    Day on = script_day(&script, replay->on);
    if (on == DAY_NONE) {
        FAULT_PLAIN(fault, FAIL_INPUT, WORD_REPLAY_NO_DAY);
        return fault_at(fault, script.file, 1, 1);
    }
    const Position *position =
        position_of(&replay->arena, script.name, script.edition, &script.facts, script.acts,
                    script.acts_count, calendar, on);
    Reader reader = {cli->language, words};
    if (cli->json) {
        position_json(&cli->out, position, &reader, replay->explain, &replay->arena);
        buf_put_byte(&cli->out, '\n');
    } else {
        TextStyle style = {.columns = cli->columns, .colour = cli->terminal,
                           .explain = replay->explain};
        buf_put(&cli->out, replay->first ? STR_NONE : STR("\n\n"));
        position_text(&cli->out, position, &reader, &style, &replay->arena);
    }
    replay->first = false;
    return FAIL_NONE;
}

static int run(Cli *cli)
{
    Replay replay = {.cli = cli, .on = DAY_NONE, .known_on = DAY_LAST, .first = true};
    const Option options[] = {{"--on", OPTION_DAY, &replay.on},
                              {"--known-on", OPTION_DAY, &replay.known_on},
                              {"--explain", OPTION_FLAG, &replay.explain},
                              {0}};
    int count;
    int over = cli_parse(cli, &verb_replay, options, &count);
    if (over >= 0) {
        return over;
    }
    if (count == 0) {
        return cli_usage(cli, &verb_replay, WORD_CLI_FILE_WANTED, STR_NONE);
    }
    Fault fault;
    if (cli_law(cli, &replay.law, &fault) != FAIL_NONE) {
        return cli_fault(cli, &fault);
    }
    int status = 0;
    for (int i = 0; i < count; i++) {
        Fail fail = replay_one(&replay, cli->argv[i], &fault);
        int told = fail == FAIL_NONE ? 0 : cli_fault(cli, &fault);
        status = told > status ? told : status;
        arena_reset(&replay.arena);
        if (cli_flush(cli, &fault) != FAIL_NONE) {
            status = cli_fault(cli, &fault);
            break;
        }
    }
    arena_done(&replay.arena);
    return status;
}

const Verb verb_replay = {"replay", WORD_REPLAY_SUMMARY, WORD_REPLAY_HELP, run};
