/* docket_open.h: what the verbs of a docket share. Floor 6. */
#ifndef SHENCHA_DOCKET_OPEN_H
#define SHENCHA_DOCKET_OPEN_H

#include "docket.h"
#include "position_text.h"
#include "verb.h"

/* Opens the docket that --docket or SHENCHA_DOCKET names; tells when a new calendar moved due days.
 * Returns -1 to go on, or an exit status after a fault. */
int cli_docket(Cli *cli, const Verb *verb, DocketUse use, Docket **ret_docket);
/* Prints a position as the run asks for it: text or JSON, with its line end; of `style` the caller
 * sets what it wants, width and colour come from the run. Returns an exit status
 * (0, or that of a fault). */
int cli_position(Cli *cli, Law *law, const Position *position, const TextStyle *style);
/* The day: `asked`, or today in Beijing. */
static inline Day cli_day(const Cli *cli, Day asked)
{
    return asked == DAY_NONE ? cli->today : asked;
}

#endif
