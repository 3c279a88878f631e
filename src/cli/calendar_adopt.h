/* calendar_adopt.h: the sub-verb of the calendar that belongs to the docket. Floor 6. */
#ifndef SHENCHA_CALENDAR_ADOPT_H
#define SHENCHA_CALENDAR_ADOPT_H

#include "verb.h"

/* Takes the notice in the file at `path` into the docket. Returns the exit status. */
int calendar_adopt(Cli *cli, const Verb *verb, const char *path);

#endif
