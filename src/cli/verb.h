/* verb.h: the command line's verbs, one file each (verb_NAME.c), and what they share. Floor 6.
 *
 * A verb declares its options in a table, parses once, works, and writes data to `out` and faults
 * to `err`. It returns the process exit status: 0 done, 1 the law refuses or a check failed, 2
 * usage or unreadable input, 3 the system failed. Nothing below this floor prints. */
#ifndef SHENCHA_VERB_H
#define SHENCHA_VERB_H

#include <stdio.h>

#include "law.h"

typedef struct Cli {
    Arena arena;              /* lives for the whole run */
    int argc;                 /* arguments after the verb (and its sub-verb) */
    char **argv;
    Language language;        /* --lang, SHENCHA_LANG, else LC_ALL/LC_MESSAGES/LANG */
    bool json;
    bool terminal;            /* standard output is one: colour and box drawing are welcome */
    int columns;              /* width to draw for; 80 when unknown */
    Day today;                /* in Beijing, from main */
    int64_t now;              /* milliseconds since 1970, from main */
    const char *law_dir;      /* --law or SHENCHA_LAW; NULL: built in */
    const char *data_dir;     /* --data or SHENCHA_DATA; NULL: none */
    const char *docket_dir;   /* --docket or SHENCHA_DOCKET; NULL: none */
    Buf out;                  /* written to standard output by cli_flush and at the end */
    FILE *to, *complaints;    /* stdout, stderr; tests use their own */
} Cli;

typedef enum OptionKind { OPTION_FLAG, OPTION_TEXT, OPTION_DAY, OPTION_INT } OptionKind;

typedef struct Option {       /* one of a verb's own options; a table ends with {0} */
    const char *name;         /* "--on" */
    OptionKind kind;
    void *into;               /* bool *, const char **, Day *, int64_t *: set when given */
} Option;

typedef struct Verb {
    const char *name;         /* "calendar", "replay" */
    Word summary;             /* one line for `shencha --help` */
    Word help;                /* whole page for `shencha VERB --help`; \n inside */
    int (*run)(Cli *cli);
} Verb;

/* Parses options and positional arguments: `options` and the common ones (--json --lang --law
 * --data --docket --help). *ret_count positional arguments stay in cli->argv, compacted. `--` ends
 * options. Returns -1 to go on, or an exit status when the verb is over (help printed, or a fault
 * told). */
int cli_parse(Cli *cli, const Verb *verb, const Option *options, int *ret_count);
/* Where the first argument stands that is no option and no value of a common one; argc if none. */
int cli_first_word(int argc, char **argv);
/* Tells a fault on standard error, with the program's name before it, and returns its exit
 * status. */
int cli_fault(Cli *cli, const Fault *fault);
/* A fault of a checked file as one JSON object and a line end. */
void fault_json(Buf *buf, const Fault *fault, const char *kind, Language language);
/* A usage fault: WORD and arguments; returns 2. */
int cli_usage(Cli *cli, const Verb *verb, Word word, Str arg);
/* Opens the law for this run (with data folder). */
Fail cli_law(Cli *cli, Law **ret_law, Fault *fault) MUST_USE;
/* Writes what `out` holds so far. FAIL_SYSTEM when standard output cannot be written (full disk);
 * a closed pipe ends the process quietly. */
Fail cli_flush(Cli *cli, Fault *fault) MUST_USE;

/* The verbs. */
extern const Verb verb_calendar, verb_edition, verb_replay, verb_story;
extern const Verb verb_init, verb_import, verb_act, verb_show, verb_docket, verb_verify,
    verb_backup, verb_export, verb_rebuild, verb_people;

#endif
