/* fault.h: operating failures. One enum, returned, must be looked at; the details go into a Fault
 * that the caller owns. A refusal by the law is not a failure (core/matter.h). Library floors never
 * print. Floor 0. */
#ifndef SHENCHA_FAULT_H
#define SHENCHA_FAULT_H

#include "bounds.h"
#include "buf.h"
#include "str.h"
#include "word.h"   /* generated: enum Word, Language, word_put */

typedef enum Fail {
    FAIL_NONE = 0,
    FAIL_REFUSED,    /* the law or a check says no: exit 1 */
    FAIL_INPUT,      /* usage or unreadable input: exit 2 */
    FAIL_SYSTEM,     /* disk, database, network: exit 3 */
    FAIL_CONFLICT,   /* somebody else was first: load and decide again */
} Fail;

#define MUST_USE __attribute__((warn_unused_result))

typedef struct Fault {
    Fail fail;
    Word word;                  /* the sentence, with {0}, {1}… for the arguments */
    Word because;               /* a second sentence without arguments; WORD_NONE: none */
    int args_count;
    char args[FAULT_ARGS_MAX][FAULT_ARG_BYTES_MAX];   /* terminated, cut at a whole character */
    char file[FAULT_ARG_BYTES_MAX];                   /* empty when the fault lies in no file */
    int line, column;           /* 1-based; 0 when unknown */
} Fault;

/* Fills `fault` (NULL is fine) and returns `fail`, so that one can write
 * `return FAULT(fault, FAIL_INPUT, WORD_LAW_UNKNOWN_WORD, text);` */
Fail fault_set(Fault *fault, Fail fail, Word word, const Str *args, size_t count);
#define FAULT(fault, fail, word, ...)                                                             \
    fault_set((fault), (fail), (word), (const Str[]){__VA_ARGS__},                                \
              sizeof((const Str[]){__VA_ARGS__}) / sizeof(Str))
#define FAULT_PLAIN(fault, fail, word) fault_set((fault), (fail), (word), NULL, 0)
/* Adds the place; keeps the rest. Returns fault->fail. */
Fail fault_at(Fault *fault, Str file, int line, int column);
/* "file:line:column: sentence" without line end. */
void fault_put(Buf *buf, const Fault *fault, Language language);
/* Process exit status of a failure: 0, 1, 2, 3; a conflict is 3. */
int fail_exit(Fail fail);

/* Many faults of one check, in the order found. */
typedef struct FaultList {
    Fault *at;        /* in arena */
    size_t count;     /* kept, at most FAULTS_MAX */
    size_t all;       /* found */
    size_t capacity;
    Arena *arena;
} FaultList;

/* Adds a copy. */
void faults_add(FaultList *faults, const Fault *fault);

#endif
