/* edition_text.h: an edition for readers: its clauses in the order of the law, under each the rules
 * that stand on it; as text and as JSON. Floor 4, pure. */
#ifndef SHENCHA_EDITION_TEXT_H
#define SHENCHA_EDITION_TEXT_H

#include "position_text.h"

void edition_text(Buf *buf, const Edition *edition, const ClauseTexts *clauses,
                  const Reader *reader, int columns);
/* What stands on a clause ("7") or a policy ("P5"): "▸ " and one rule a line, indented. */
void edition_rules(Buf *buf, const Edition *edition, Str number, const Reader *reader,
                   int columns);
/* edition_words.c: the ids that scripts and the docket use: acts, parties, fields and values. */
void edition_words(Buf *buf, const Edition *edition, const Reader *reader, int columns);
void edition_json(Buf *buf, const Edition *edition, const ClauseTexts *clauses,
                  const Reader *reader);
/* rule_text.c: one act as one line of words: who, from where to where, what it does, on what
 * conditions. */
void act_line(Buf *buf, const Edition *edition, const ActKind *act, const Branch *branch,
              const Reader *reader);
/* One duty: who owes it, its clock, what it holds. */
void duty_line(Buf *buf, const Edition *edition, const DutyKind *duty, const Reader *reader);
/* "in force 2020-06-01 to 2022-02-14", "draft, never in force". */
void in_force_line(Buf *buf, const Edition *edition, Language language);
/* True when a citation ("7(1)") belongs to a clause ("7"). */
bool cites_clause(Str citation, Str number);
/* Text broken into lines of `columns`, every line after `indent` spaces. Chinese breaks between any
 * two characters but not before closing punctuation; other text at spaces. Ends with a line end. */
void text_wrap(Buf *buf, Str text, int indent, int columns);

#endif
