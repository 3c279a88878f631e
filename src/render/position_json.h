/* position_json.h: the legal position as JSON, one line: section 3 of the contract, plus keys of
 * our own (policy, warnings, explain). Floor 4, pure. */
#ifndef SHENCHA_POSITION_JSON_H
#define SHENCHA_POSITION_JSON_H

#include "refusal.h"

/* One object without line end. With `explain`, every clock carries its days (arena for them). */
void position_json(Buf *buf, const Position *position, const Reader *reader, bool explain,
                   Arena *arena);
/* Roles that may do an act, as the contract writes them: ["office"], ["member/…"]; for an answer to
 * a circulation the recipients one by one. */
void next_by_json(Buf *buf, const Position *position, const NextView *next);

#endif
