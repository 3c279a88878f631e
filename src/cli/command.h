/* command.h: the command line as a whole, for main. Floor 6. */
#ifndef SHENCHA_COMMAND_H
#define SHENCHA_COMMAND_H

#include "verb.h"

/* Runs one command. `now` in milliseconds since 1970; `columns` of the terminal, 80 when unknown;
 * `more` is a verb of another room. Returns the process exit status: 0 done, 1 refused or a check
 * failed, 2 usage or unreadable input, 3 the system failed. */
int command_run(int argc, char **argv, int64_t now, bool terminal, int columns,
                const Verb *more);

#endif
