/* say.h: the words of pages about matters: parties, clauses, days, values, in the language of who
 * reads, in the request's arena. Floor 6. */
#ifndef SHENCHA_SAY_H
#define SHENCHA_SAY_H

#include "out.h"
#include "refusal.h"
#include "request.h"

typedef struct Say {
    Arena *arena;
    Reader reader;               /* language, words of the edition */
    const Edition *edition;      /* NULL: words alone */
    People *people;              /* who knows the names of persons */
} Say;

/* A clause as a link to its own words: /law/EDITION#clause-7 or #policy-P5. */
typedef struct ClauseLink {
    Str edition, anchor;
    Str text;                    /* "clause 7(1)"; empty: no clause */
} ClauseLink;

typedef struct ValueSaid {       /* one value of a field */
    Str text;
    Str start;                   /* of a long text: its beginning; empty: it is short */
    Day day;                     /* not DAY_NONE: a day, text is empty */
    Str paper;                   /* id of a document that lies on this page; empty: none */
} ValueSaid;

typedef struct GivenSaid {       /* what an act was given in one field */
    Str label;
    const ValueSaid *values;
    size_t values_count;
} GivenSaid;

Say say_of(Request *request, const Edition *edition);
/* Same words for the edition of a row, which need not be read whole. */
Say say_in(Request *request, Str edition);

/* A sentence with its arguments filled in. */
Str say_words(const Say *say, Word word, const Str *args, size_t count);
#define SAY(say, word, ...)                                                                        \
    say_words((say), (word), (const Str[]){__VA_ARGS__}, sizeof((const Str[]){__VA_ARGS__}) /      \
                                                             sizeof(Str))
Str say_plain(const Say *say, Word word);
/* "1,137" in both languages. */
Str say_number(const Say *say, int64_t number);
/* "1 working day", "30 working days". */
Str say_working_days(const Say *say, int64_t number);
/* "Fri 10 April 2026", "2026年4月10日（周五）". */
Str say_day(const Say *say, Day day);
ClauseLink say_cited(const Say *say, Str clause);
Str say_party(const Say *say, Party party);
/* Names of the roles of a mask; 0: those who were asked. */
Str say_roles(const Say *say, uint32_t roles);
/* Texts in a row: "a, b", "a、b". */
Str say_list(const Say *say, const Str *texts, size_t count);
/* "no_cut_off: clause 12.3; evidence …", as a declaration says how a promise is kept, without the
 * promise's own id: "contract clause 12.3; evidence: …". */
Str say_undertaking(const Say *say, Str line);
/* The word of an edition for a value of a field, or the value itself. */
Str say_value_word(const Say *say, Str field, Str value);
/* What kind of document it is: a material of the edition, else as a field of acts is called
 * ("record", "evidence"). */
Str say_paper_kind(const Say *say, Str kind);
/* The name of a person as acts have them: "p12" or "p12 for p7"; what is no such number is told as
 * it is. The gate has removed persons that may not be told. */
Str say_person(const Say *say, Str person);
/* How a field is called; `free` when it holds somebody's own words where other acts choose. */
Str say_field(const Say *say, FieldId field, bool free);
GivenSaid say_given(const Say *say, const Given *given);
/* Why a day is off or worked, with the notice that says so; empty for ordinary days. */
Str say_reason(const Say *say, const DayReason *reason);

#endif
