/* edition_draw.h: the sub-verb `edition draw`, for verb_edition.c. Floor 6. */
#ifndef SHENCHA_EDITION_DRAW_H
#define SHENCHA_EDITION_DRAW_H

#include "verb.h"

/* `edition draw ID [--bpmn] [-o FILE]`: cli->argv begins after `draw`. Exit status as of a verb. */
int edition_draw(Cli *cli);

#endif
