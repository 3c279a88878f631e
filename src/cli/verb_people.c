/* verb_people.c: organisations and people of a docket, and how they sign in. */
#include "verb_people.h"

#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include "password.h"

const Verb verb_people;

typedef struct Asked {       /* all options of all commands */
    const char *party, *code, *name_zh, *name_en, *name, *org, *may;
    Day from, until;
    bool end;
} Asked;

enum {                       /* which of them a command takes */
    TAKES_PARTY = 1, TAKES_CODE = 2, TAKES_NAMES = 4, TAKES_NAME = 8, TAKES_ORG = 16,
    TAKES_MAY = 32, TAKES_DAYS = 64, TAKES_END = 128,
};

typedef struct Work {        /* one run of one command */
    Cli *cli;
    People *people;
    const Asked *asked;
    char **args;             /* after the command's words */
    Fault *fault;
} Work;

typedef struct Command {
    const char *first, *second;   /* "org", "add"; second NULL: one word */
    int least, most;              /* arguments */
    unsigned takes;
    Fail (*run)(Work *work);
} Command;

static void say(Work *work, Word word, Str arg)
{
    if (!work->cli->json) {
        WORD_PUT(&work->cli->out, work->cli->language, word, arg);
        buf_put_byte(&work->cli->out, '\n');
    }
}

static Fail needed(Work *work, const char *value, const char *option)
{
    return value ? FAIL_NONE
                 : FAULT(work->fault, FAIL_INPUT, WORD_PEOPLE_OPTION_WANTED, str_from(option));
}

/* ---- organisations ---- */

static Fail org_known_party(Work *work, Str party)
{
    Law *law;
    Fail fail = cli_law(work->cli, &law, work->fault);
    return fail ? fail : people_check_party(law, party, work->fault);
}

static Fail org_add(Work *work)
{
    const Asked *asked = work->asked;
    Fail fail = needed(work, asked->party, "--party");
    if (fail == FAIL_NONE && !asked->name_zh && !asked->name_en) {
        fail = needed(work, NULL, "--name-zh");
    }
    fail = fail ? fail : org_known_party(work, str_from(asked->party));
    if (fail != FAIL_NONE) {
        return fail;
    }
    Org org = {.id = str_from(work->args[0]), .party = str_from(asked->party),
               .credit_code = str_from(asked->code), .name_zh = str_from(asked->name_zh),
               .name_en = str_from(asked->name_en)};
    fail = people_add_org(work->people, &org, work->fault);
    if (fail == FAIL_NONE) {
        say(work, WORD_PEOPLE_ORG_ADDED, org.id);
    }
    return fail;
}

static Fail need_org(Work *work, Org *ret_org)
{
    bool found;
    Str id = str_from(work->args[0]);
    Fail fail = people_org(work->people, &work->cli->arena, id, &found, ret_org, work->fault);
    return fail != FAIL_NONE || found
               ? fail : FAULT(work->fault, FAIL_INPUT, WORD_PEOPLE_NO_ORG, STR("id"), id);
}

static Fail org_change(Work *work)
{
    const Asked *asked = work->asked;
    Org org;
    Fail fail = need_org(work, &org);
    if (fail == FAIL_NONE && asked->party) {
        org.party = str_from(asked->party);
        fail = org_known_party(work, org.party);
    }
    if (fail != FAIL_NONE) {
        return fail;
    }
    org.credit_code = asked->code ? str_from(asked->code) : org.credit_code;
    org.name_zh = asked->name_zh ? str_from(asked->name_zh) : org.name_zh;
    org.name_en = asked->name_en ? str_from(asked->name_en) : org.name_en;
    fail = people_change_org(work->people, &org, work->fault);
    if (fail == FAIL_NONE) {
        say(work, WORD_PEOPLE_ORG_CHANGED, org.id);
    }
    return fail;
}

static Fail org_shut(Work *work, bool closed)
{
    Org org;
    Fail fail = need_org(work, &org);
    if (fail == FAIL_NONE) {
        org.closed = closed;
        fail = people_change_org(work->people, &org, work->fault);
    }
    if (fail == FAIL_NONE) {
        say(work, closed ? WORD_PEOPLE_ORG_SHUT : WORD_PEOPLE_ORG_OPENED, org.id);
    }
    return fail;
}

static Fail org_close(Work *work)
{
    return org_shut(work, true);
}

static Fail org_open(Work *work)
{
    return org_shut(work, false);
}

static Fail org_list(Work *work)
{
    const Org *orgs;
    size_t count;
    Fail fail = people_orgs(work->people, &work->cli->arena, &orgs, &count, work->fault);
    if (fail == FAIL_NONE) {
        print_orgs(work->cli, orgs, count);
    }
    return fail;
}

/* ---- people ---- */

static Fail need_person(Work *work, const char *login, Person *ret_person)
{
    bool found;
    Fail fail = people_by_login(work->people, &work->cli->arena, str_from(login), &found,
                                ret_person, work->fault);
    return fail != FAIL_NONE || found
               ? fail : FAULT(work->fault, FAIL_INPUT, WORD_PEOPLE_NO_LOGIN, STR("login"),
                              str_from(login));
}

static void put_invitation(Work *work, int64_t person, Str login, Str token)
{
    Buf *out = &work->cli->out;
    if (work->cli->json) {
        buf_print(out, "{\"person\":\"p%lld\",\"login\":", (long long)person);
        buf_put_json(out, login);
        buf_print(out, ",\"invitation\":\"/invitation/%.*s\"}\n", STR_ARG(token));
        return;
    }
    say(work, WORD_PEOPLE_INVITED, login);
    buf_print(out, "/invitation/%.*s\n", STR_ARG(token));
}

static Fail may_of(Work *work, uint32_t fallback, uint32_t *ret_may)
{
    *ret_may = fallback;
    return !work->asked->may || read_may(str_from(work->asked->may), ret_may)
               ? FAIL_NONE : FAULT(work->fault, FAIL_INPUT, WORD_PEOPLE_BAD_MAY, STR("may"));
}

static Fail invite(Work *work)
{
    uint32_t may;
    Str token;
    int64_t person;
    Str login = str_from(work->args[0]);
    Fail fail = needed(work, work->asked->name, "--name");
    fail = fail ? fail : needed(work, work->asked->org, "--org");
    fail = fail ? fail : may_of(work, MAY_ACT, &may);
    if (fail == FAIL_NONE) {
        fail = people_invite(work->people, &work->cli->arena, login, str_from(work->asked->name),
                             str_from(work->asked->org), may, work->cli->now, &token, &person,
                             work->fault);
    }
    if (fail == FAIL_NONE) {
        put_invitation(work, person, login, token);
    }
    return fail;
}

static Fail reset(Work *work)
{
    Person person = {0};
    Str token;
    Fail fail = need_person(work, work->args[0], &person);
    if (fail == FAIL_NONE) {
        fail = people_invite_again(work->people, &work->cli->arena, person.id, work->cli->now,
                                   &token, work->fault);
    }
    if (fail == FAIL_NONE) {
        put_invitation(work, person.id, person.login, token);
    }
    return fail;
}

static Fail list(Work *work)
{
    const Person *people;
    size_t count;
    Fail fail = people_all(work->people, &work->cli->arena, str_from(work->asked->org), &people,
                           &count, work->fault);
    if (fail == FAIL_NONE) {
        print_people(work->cli, people, count);
    }
    return fail;
}

static Fail set_suspended(Work *work, bool suspended)
{
    Person person = {0};
    Fail fail = need_person(work, work->args[0], &person);
    fail = fail ? fail : people_suspend(work->people, person.id, suspended, work->fault);
    if (fail == FAIL_NONE) {
        say(work, suspended ? WORD_PEOPLE_SUSPENDED : WORD_PEOPLE_RESUMED, person.login);
    }
    return fail;
}

static Fail suspend(Work *work)
{
    return set_suspended(work, true);
}

static Fail resume(Work *work)
{
    return set_suspended(work, false);
}

static Fail unlock(Work *work)
{
    Person person = {0};
    Fail fail = need_person(work, work->args[0], &person);
    fail = fail ? fail : people_unlock(work->people, person.id, work->fault);
    if (fail == FAIL_NONE) {
        say(work, WORD_PEOPLE_UNLOCKED, person.login);
    }
    return fail;
}

static Fail set_may(Work *work)
{
    Person person = {0};
    uint32_t may;
    Fail fail = needed(work, work->asked->may, "--may");
    fail = fail ? fail : may_of(work, 0, &may);
    fail = fail ? fail : need_person(work, work->args[0], &person);
    fail = fail ? fail : people_set_may(work->people, person.id, may, work->fault);
    if (fail == FAIL_NONE) {
        say(work, WORD_PEOPLE_MAY_SET, person.login);
    }
    return fail;
}

static Fail sessions(Work *work)
{
    Person person = {0};
    const Session *found;
    size_t count;
    Fail fail = need_person(work, work->args[0], &person);
    if (fail == FAIL_NONE && work->asked->end) {
        fail = people_end_session(work->people, person.id, STR_NONE, work->fault);
        if (fail == FAIL_NONE) {
            say(work, WORD_PEOPLE_SESSIONS_ENDED, person.login);
        }
        return fail;
    }
    if (fail == FAIL_NONE) {
        fail = people_sessions(work->people, &work->cli->arena, person.id, work->cli->now, &found,
                               &count, work->fault);
    }
    if (fail == FAIL_NONE) {
        print_sessions(work->cli, found, count);
    }
    return fail;
}

static Fail onetime(Work *work)
{
    Person person = {0};
    Fail fail = work->asked->end ? need_person(work, work->args[0], &person)
                                 : needed(work, NULL, "--end");
    fail = fail ? fail : people_onetime_end(work->people, person.id, work->fault);
    if (fail == FAIL_NONE) {
        say(work, WORD_PEOPLE_ONETIME_ENDED, person.login);
    }
    return fail;
}

static Fail deputy(Work *work)
{
    Person person, other = {0};
    const Asked *asked = work->asked;
    Fail fail = need_person(work, work->args[0], &person);
    if (fail == FAIL_NONE && !asked->end) {
        fail = needed(work, work->args[1], "DEPUTY");
        fail = fail ? fail : needed(work, asked->from == DAY_NONE ? NULL : "", "--from");
        fail = fail ? fail : needed(work, asked->until == DAY_NONE ? NULL : "", "--until");
        fail = fail ? fail : need_person(work, work->args[1], &other);
    }
    if (fail == FAIL_NONE) {
        fail = people_set_deputy(work->people, person.id, other.id, asked->from, asked->until,
                                 work->fault);
    }
    if (fail == FAIL_NONE) {
        say(work, asked->end ? WORD_PEOPLE_DEPUTY_ENDED : WORD_PEOPLE_DEPUTY_SET, person.login);
    }
    return fail;
}

/* ---- a password, from standard input ---- */

/* One line without its end; from a terminal it is not shown. False at the end of the input. */
static bool read_line(Cli *cli, Word prompt, char *room, size_t size)
{
    struct termios before, quiet;
    bool terminal = tcgetattr(STDIN_FILENO, &before) == 0;
    if (terminal) {
        fprintf(cli->complaints, "%.*s", STR_ARG(word_text(cli->language, prompt)));
        fflush(cli->complaints);
        quiet = before;
        quiet.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    bool read = fgets(room, (int)size, stdin) != NULL;
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        fputc('\n', cli->complaints);
    }
    room[read ? strcspn(room, "\r\n") : 0] = 0;
    return read;
}

static Fail password(Work *work)
{
    enum { ROOM = PASSWORD_BYTES_MAX + 3 };   /* one too many is seen */
    Person person = {0};
    char typed[ROOM], again[ROOM];
    Fail fail = need_person(work, work->args[0], &person);
    if (fail != FAIL_NONE) {
        return fail;
    }
    read_line(work->cli, WORD_PEOPLE_PASSWORD_PROMPT, typed, sizeof typed);
    if (isatty(STDIN_FILENO)) {
        read_line(work->cli, WORD_PEOPLE_PASSWORD_AGAIN, again, sizeof again);
        if (strcmp(typed, again) != 0) {
            return FAULT_PLAIN(work->fault, FAIL_INPUT, WORD_PEOPLE_PASSWORD_DIFFERS);
        }
    }
    fail = people_set_password(work->people, person.id, str_from(typed), work->fault);
    explicit_bzero(typed, sizeof typed);
    explicit_bzero(again, sizeof again);
    if (fail == FAIL_NONE) {
        say(work, WORD_PEOPLE_PASSWORD_SET, person.login);
    }
    return fail;
}

/* ---- the verb ---- */

static const Command commands[] = {
    {"org", "add", 1, 1, TAKES_PARTY | TAKES_CODE | TAKES_NAMES, org_add},
    {"org", "change", 1, 1, TAKES_PARTY | TAKES_CODE | TAKES_NAMES, org_change},
    {"org", "close", 1, 1, 0, org_close},
    {"org", "open", 1, 1, 0, org_open},
    {"org", "list", 0, 0, 0, org_list},
    {"invite", NULL, 1, 1, TAKES_NAME | TAKES_ORG | TAKES_MAY, invite},
    {"list", NULL, 0, 0, TAKES_ORG, list},
    {"may", NULL, 1, 1, TAKES_MAY, set_may},
    {"reset", NULL, 1, 1, 0, reset},
    {"password", NULL, 1, 1, 0, password},
    {"suspend", NULL, 1, 1, 0, suspend},
    {"resume", NULL, 1, 1, 0, resume},
    {"unlock", NULL, 1, 1, 0, unlock},
    {"onetime", NULL, 1, 1, TAKES_END, onetime},
    {"sessions", NULL, 1, 1, TAKES_END, sessions},
    {"deputy", NULL, 1, 2, TAKES_DAYS | TAKES_END, deputy},
};

static const Command *command_find(int count, char **words)
{
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        const Command *command = &commands[i];
        if (count > 0 && strcmp(command->first, words[0]) == 0 &&
            (!command->second || (count > 1 && strcmp(command->second, words[1]) == 0))) {
            return command;
        }
    }
    return NULL;
}

/* The first option that was given and is none of the command's; NULL: all are. */
static const char *stray(const Asked *asked, unsigned takes)
{
    const struct { unsigned of; bool given; const char *name; } options[] = {
        {TAKES_PARTY, asked->party, "--party"},     {TAKES_CODE, asked->code, "--code"},
        {TAKES_NAMES, asked->name_zh, "--name-zh"}, {TAKES_NAMES, asked->name_en, "--name-en"},
        {TAKES_NAME, asked->name, "--name"},        {TAKES_ORG, asked->org, "--org"},
        {TAKES_MAY, asked->may, "--may"},           {TAKES_END, asked->end, "--end"},
        {TAKES_DAYS, asked->from != DAY_NONE, "--from"},
        {TAKES_DAYS, asked->until != DAY_NONE, "--until"},
    };
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        if (options[i].given && !(takes & options[i].of)) {
            return options[i].name;
        }
    }
    return NULL;
}

/* Is there a docket? People without one would lie anywhere. */
static int open_people(Cli *cli, People **ret_people)
{
    Fault fault;
    if (!cli->docket_dir || !cli->docket_dir[0]) {
        return cli_usage(cli, &verb_people, WORD_CLI_DOCKET_WANTED, STR_NONE);
    }
    Buf path = {0};
    buf_print(&path, "%s/docket.db%c", cli->docket_dir, 0);
    bool there = access(path.at, F_OK) == 0;
    buf_done(&path);
    if (!there) {
        FAULT(&fault, FAIL_SYSTEM, WORD_STORE_NO_DOCKET, str_from(cli->docket_dir));
        return cli_fault(cli, &fault);
    }
    return people_open(cli->docket_dir, ret_people, &fault) == FAIL_NONE ? -1
                                                                         : cli_fault(cli, &fault);
}

static int run(Cli *cli)
{
    Asked asked = {.from = DAY_NONE, .until = DAY_NONE};
    const Option options[] = {
        {"--party", OPTION_TEXT, &asked.party},     {"--code", OPTION_TEXT, &asked.code},
        {"--name-zh", OPTION_TEXT, &asked.name_zh}, {"--name-en", OPTION_TEXT, &asked.name_en},
        {"--name", OPTION_TEXT, &asked.name},       {"--org", OPTION_TEXT, &asked.org},
        {"--may", OPTION_TEXT, &asked.may},         {"--from", OPTION_DAY, &asked.from},
        {"--until", OPTION_DAY, &asked.until},      {"--end", OPTION_FLAG, &asked.end},
        {0},
    };
    int count;
    int over = cli_parse(cli, &verb_people, options, &count);
    if (over >= 0) {
        return over;
    }
    const Command *command = command_find(count, cli->argv);
    if (!command) {
        return cli_usage(cli, &verb_people,
                         count ? WORD_PEOPLE_NO_COMMAND : WORD_PEOPLE_COMMAND_WANTED,
                         count ? str_from(cli->argv[count - 1]) : STR_NONE);
    }
    int words = command->second ? 2 : 1;
    if (count - words > command->most) {
        return cli_usage(cli, &verb_people, WORD_CLI_TOO_MANY,
                         str_from(cli->argv[words + command->most]));
    }
    if (count - words < command->least) {
        return cli_usage(cli, &verb_people, WORD_PEOPLE_WHO, str_from(cli->argv[words - 1]));
    }
    const char *wrong = stray(&asked, command->takes);
    if (wrong) {
        return cli_usage(cli, &verb_people, WORD_CLI_UNKNOWN_OPTION, str_from(wrong));
    }
    People *people = NULL;
    Fault fault;
    char *args[2] = {0};
    for (int i = words; i < count; i++) {
        args[i - words] = cli->argv[i];
    }
    over = open_people(cli, &people);
    if (over >= 0) {
        return over;
    }
    Work work = {cli, people, &asked, args, &fault};
    Fail fail = command->run(&work);
    people_close(people);
    return fail ? cli_fault(cli, &fault) : 0;
}

const Verb verb_people = {"people", WORD_PEOPLE_SUMMARY, WORD_PEOPLE_HELP, run};
