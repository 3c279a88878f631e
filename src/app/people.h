/* people.h: organisations, the people in them, how they sign in, their sessions and deputies: a
 * database of its own, DIR/people.db, that knows no matter. Floor 5; one People per thread is not
 * needed: every call takes a lock and is short, but the checking of passwords, which takes none.
 * Times are milliseconds since 1970. */
#ifndef SHENCHA_PEOPLE_H
#define SHENCHA_PEOPLE_H

#include "access.h"
#include "fault.h"
#include "law.h"

typedef struct People People;   /* opaque */

typedef struct Org {
    Str id;                  /* "office", "mof", "91…": credit code where it has one; [a-z0-9-], or
                                the code */
    Str party;               /* what its people act as: "office", "member/mof", "operator" … */
    Str credit_code;         /* empty: none (foreign supplier, public body) */
    Str name_zh, name_en;
    bool closed;             /* nobody of it can sign in */
} Org;

enum {                       /* what somebody may do within their organisation's party */
    MAY_ACT = 1,             /* do acts, file, answer */
    MAY_SIGN = 2,            /* sign what another drafted (acts that want two persons) */
    MAY_MANAGE = 4,          /* invite and suspend people of their own organisation */
};

typedef struct Person {
    int64_t id;              /* "p12" in the record */
    Str login, name, org;
    uint32_t may;
    bool suspended, onetime;     /* one-time codes are on */
    bool invited;            /* has not taken up the invitation yet */
    int64_t locked_until;    /* 0: not locked */
    int64_t deputy;          /* 0, or the person who stands in … */
    Day deputy_from, deputy_until;   /* … on these days, both included */
} Person;

/* Who is signed in: everything a request needs. */
typedef struct Signed {
    Person person;           /* name and login; `may` with what they stand in for today */
    Org org;
    Hat hat;
    Str session;             /* public id of the session, not its token */
    int64_t in_place_of;     /* someone whose MAY_SIGN this person has today as deputy; 0: nobody */
    int64_t since;
} Signed;

/* Opens DIR/people.db; makes it (for the owner alone) when it is not there. */
/* Copies the people.db of a folder into `path`; *ret_there false: the folder has none. */
Fail people_backup(const char *dir, const char *path, bool *ret_there, Fault *fault) MUST_USE;
Fail people_open(const char *dir, People **ret_people, Fault *fault) MUST_USE;
void people_close(People *people);
/* A number that grows when anything here changes, also by another program, but for times of use
 * and wrong passwords; the same after a restart. */
Fail people_version(People *people, int64_t *ret_version, Fault *fault) MUST_USE;

/* Organisations and people. Wrong input is FAIL_INPUT, a name that stands already FAIL_CONFLICT;
 * `fault->args[0]` names the field. Texts are checked: UTF-8, no control characters, bounded. */
/* Can an organisation be this: a party that some edition knows, auditor or admin? The others check
 * its form alone, because editions come and go; edges ask this first. */
Fail people_check_party(Law *law, Str party, Fault *fault) MUST_USE;
/* Everything that is wrong with what was typed, each with its field, for a form. */
void people_org_faults(const Org *org, FaultList *faults);
void people_person_faults(Str login, Str name, FaultList *faults);
Fail people_add_org(People *people, const Org *org, Fault *fault) MUST_USE;
Fail people_change_org(People *people, const Org *org, Fault *fault) MUST_USE;
Fail people_orgs(People *people, Arena *arena, const Org **ret_orgs, size_t *ret_count,
                 Fault *fault) MUST_USE;
Fail people_org(People *people, Arena *arena, Str id, bool *ret_found, Org *ret_org,
                Fault *fault) MUST_USE;
/* Invites: *ret_token opens /invitation/TOKEN once, for seven days. In arena. */
Fail people_invite(People *people, Arena *arena, Str login, Str name, Str org, uint32_t may,
                   int64_t now, Str *ret_token, int64_t *ret_person, Fault *fault) MUST_USE;
/* A new invitation for somebody who is there: a forgotten password. Ends their sessions. */
Fail people_invite_again(People *people, Arena *arena, int64_t person, int64_t now, Str *ret_token,
                         Fault *fault) MUST_USE;
Fail people_invited(People *people, Arena *arena, Str token, int64_t now, bool *ret_found,
                    Person *ret_person, Fault *fault) MUST_USE;
/* Takes it up. Slow (Argon2id). */
Fail people_take_up(People *people, Str token, Str password, int64_t now, Fault *fault) MUST_USE;
/* For demonstrations and the command line: sets a password at once. Slow. */
Fail people_set_password(People *people, int64_t person, Str password, Fault *fault) MUST_USE;
Fail people_change_password(People *people, int64_t person, Str old, Str fresh, int64_t now,
                            Fault *fault) MUST_USE;
Fail people_all(People *people, Arena *arena, Str org, const Person **ret_people, size_t *ret_count,
                Fault *fault) MUST_USE;   /* empty org: of all */
Fail people_person(People *people, Arena *arena, int64_t id, bool *ret_found, Person *ret_person,
                   Fault *fault) MUST_USE;
Fail people_by_login(People *people, Arena *arena, Str login, bool *ret_found, Person *ret_person,
                     Fault *fault) MUST_USE;
Fail people_suspend(People *people, int64_t person, bool suspended, Fault *fault) MUST_USE;
/* Forgets the wrong passwords: somebody who is locked may try again. */
Fail people_unlock(People *people, int64_t person, Fault *fault) MUST_USE;
Fail people_set_may(People *people, int64_t person, uint32_t may, Fault *fault) MUST_USE;
/* deputy 0 ends it. Same organisation only. */
Fail people_set_deputy(People *people, int64_t person, int64_t deputy, Day from, Day until,
                       Fault *fault) MUST_USE;

/* One-time codes: begin gives a secret that counts once `code` has proved it. */
Fail people_onetime_begin(People *people, Arena *arena, int64_t person, Str *ret_secret,
                          Fault *fault) MUST_USE;
Fail people_onetime_confirm(People *people, int64_t person, Str code, int64_t now,
                            Fault *fault) MUST_USE;
Fail people_onetime_end(People *people, int64_t person, Fault *fault) MUST_USE;

typedef enum SignInAnswer {
    SIGN_IN_DONE, SIGN_IN_WANTS_CODE, SIGN_IN_WRONG, SIGN_IN_LOCKED,
} SignInAnswer;
/* Slow (Argon2id). Wrong name and wrong password are the same. Ten wrong ones in a row lock the
 * name for fifteen minutes. `code` empty: none given. On SIGN_IN_DONE *ret_token is the session's
 * secret for the cookie; only its hash is kept. In arena. */
Fail people_sign_in(People *people, Arena *arena, Str login, Str password, Str code, int64_t now,
                    SignInAnswer *ret_answer, Str *ret_token, Fault *fault) MUST_USE;
/* Who a session's secret belongs to, on a day; *ret_found false when it is over: twelve hours
 * after sign-in, or one hour without use. Fast: kept in memory, looked up again when people.db
 * changes. In arena. */
Fail people_signed(People *people, Arena *arena, Str token, int64_t now, Day today,
                   bool *ret_found, Signed *ret_signed, Fault *fault) MUST_USE;
typedef struct Session {
    Str id;                  /* public */
    int64_t person, since, seen;
} Session;
Fail people_sessions(People *people, Arena *arena, int64_t person, int64_t now,
                     const Session **ret_sessions, size_t *ret_count, Fault *fault) MUST_USE;
/* Ends one session of a person, or all of them when `session` is empty. */
Fail people_end_session(People *people, int64_t person, Str session, Fault *fault) MUST_USE;

#endif
