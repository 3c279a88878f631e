/* declare_asks.h: what declare_asks.c and declare_object.c share. Floor 6, inside web only. */
#ifndef SHENCHA_DECLARE_ASKS_H
#define SHENCHA_DECLARE_ASKS_H

#include "declare.h"

typedef struct Asks {        /* a list that grows while a step is made */
    Filing *filing;
    Ask *at;
    size_t count;
} Asks;

/* Adds a question: `ask` says kind, name, label, why, clause, needed and the choices; the answer
 * so far and what is wrong with it are found here. */
Ask *asks_add(Asks *asks, Ask ask);
Str said(Filing *filing, Word word);   /* empty for WORD_NONE */
bool answered(const Ask *ask);
AskChoice *yes_or_no(Filing *filing);  /* two */
/* Ids with their words; a list of the edition gives each its clause. */
AskChoice *words_of(Filing *filing, const char *kind, const char *list_id, const Str *ids,
                    size_t count);
/* The questions of that step, added. */
void ask_object(Asks *asks);

#endif
