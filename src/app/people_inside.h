/* people_inside.h: what people*.c share. Floor 5, inside app only. */
#ifndef SHENCHA_PEOPLE_INSIDE_H
#define SHENCHA_PEOPLE_INSIDE_H

#include <pthread.h>

#include "base.h"
#include "hash.h"
#include "people.h"
#include "people_sql.h"

enum {
    SESSION_MILLISECONDS = 12 * 3600 * 1000,
    IDLE_MILLISECONDS = 3600 * 1000,
    LOCKED_MILLISECONDS = 15 * 60 * 1000,
    WRONG_MAX = 10,                        /* in a row; then the name is locked */
    WRONG_KEPT = 20000,                    /* names that nobody has; the oldest go */
    KEPT_MAX = 2048,                       /* sessions in memory */
};
#define INVITATION_MILLISECONDS ((int64_t)7 * 24 * 3600 * 1000)

/* A live session in memory: what people_signed gives without asking the database. */
typedef struct Kept {
    Hash hash;
    bool used;
    int64_t version;             /* of people.db when it was read */
    Day day;                     /* whose deputies are in it */
    int64_t seen, written;       /* used last; that in the database */
    Signed told;                 /* its texts lie in `texts` */
    char *texts;                 /* owned */
} Kept;

struct People {
    Base *base;
    Base *looks;                 /* a second connection, for people_signed: who writes does not
                                    hold up who only wants to know who is there */
    pthread_mutex_t lock;        /* of everything below; taken before the base's own */
    Hasher *hasher;
    int64_t seen_version, version;   /* the base's, and our count at that */
    int64_t flushed;             /* when times of use were written last */
    Kept *kept;                  /* KEPT_MAX of them, each at a place of its hash */
};

/* SHA-256: the mark of a login or of a token. */
Hash people_hash(People *people, Str text);
/* Begins to write; people_end commits when `so_far` is FAIL_NONE, and says what came of it. */
Fail people_begin(People *people, Fault *fault) MUST_USE;
Fail people_end(People *people, Fail so_far, Fault *fault) MUST_USE;
/* A statement with one number, run. */
Fail people_run_int(People *people, int statement, int64_t value, Fault *fault) MUST_USE;
/* The person, inside a transaction; FAIL_INPUT when there is none. */
Fail people_need(People *people, Arena *arena, int64_t id, Person *ret_person, Fault *fault)
    MUST_USE;
/* The same, only that they are there. */
Fail people_there(People *people, int64_t id, Fault *fault) MUST_USE;
void people_read_person(Base *base, Arena *arena, Person *ret_person);

/* Whether it is the password of somebody who is there: SIGN_IN_DONE, _WRONG or _LOCKED. Slow. */
Fail people_check_own(People *people, Arena *arena, const Person *person, Str password,
                      int64_t now, SignInAnswer *ret_answer, Fault *fault) MUST_USE;

/* Texts. `field` names the field in the fault. */
Fail people_check_text(Str field, Str text, Fault *fault) MUST_USE;
Fail people_check_login(Str login, Fault *fault) MUST_USE;
Fail people_check_password(Str login, Str password, Fault *fault) MUST_USE;
Fail people_check_org(const Org *org, Fault *fault) MUST_USE;
/* Small letters of a login as it was typed, without spaces around; in arena. */
Str people_login(Arena *arena, Str typed);

#endif
