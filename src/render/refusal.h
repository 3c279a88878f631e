/* refusal.h: a refusal as one sentence in the reader's language, with the words of the law. Floor
 * 4, pure. */
#ifndef SHENCHA_REFUSAL_H
#define SHENCHA_REFUSAL_H

#include "lawwords.h"
#include "position.h"

typedef struct Reader {      /* who reads: language and words, borrowed */
    Language language;
    const LawWords *words;   /* of the position's edition, in that language */
} Reader;

/* Why the act was refused and what would be needed: one sentence, no clause, no line end. */
void refusal_put(Buf *buf, const Edition *edition, const Decision *decision,
                 const Reader *reader);
/* What a warning is about, as one sentence. */
void warning_put(Buf *buf, const Edition *edition, const Guard *guard, const Reader *reader);
/* "clause 8", "第8条", "policy P5", "项目政策P5"; "-" when empty. */
void clause_put(Buf *buf, Str clause, Language language);
/* Name of a party for people. */
Str party_word(const Edition *edition, Party party, const Reader *reader);
/* The same for the eye: "expert x" where no list has the name. The id is written as it is. */
void party_put(Buf *buf, const Edition *edition, Party party, const Reader *reader);
/* "Tue", "周二". */
Str weekday_word(Day day, Language language);

#endif
