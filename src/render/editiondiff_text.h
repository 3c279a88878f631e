/* editiondiff_text.h: what changed between two editions, for people in their language and for
 * programs. Floor 4, pure. */
#ifndef SHENCHA_EDITIONDIFF_TEXT_H
#define SHENCHA_EDITIONDIFF_TEXT_H

#include "editiondiff.h"
#include "lawwords.h"

typedef struct DiffReader {
    Language language;
    const LawWords *from, *to;   /* words of the two editions in that language */
    int columns;
} DiffReader;

/* Subject by subject; the clause numbers that moved at the end. Ends with a line end. */
void editiondiff_text(Buf *buf, const Change *changes, size_t count, const DiffReader *reader);
/* Conditions and references as guard_put and ref_put write them (editiondiff.h), in words; a
 * reference may have "=VALUE" behind it. */
void guard_words_put(Buf *buf, Str item, const LawWords *words, Language language);
void ref_words_put(Buf *buf, Str ref, const LawWords *words, Language language);
/* One object a line: subject, change, id, what, from, to. Ids as the law files write them. */
void editiondiff_json(Buf *buf, const Change *changes, size_t count);

#endif
