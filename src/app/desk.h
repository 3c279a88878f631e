/* desk.h: what lies on desks and is not yet law: drafts, the papers in them, numbers for new
 * matters: DIR/desk.db. Floor 5; every call may come from any thread. */
#ifndef SHENCHA_DESK_H
#define SHENCHA_DESK_H

#include "actform.h"
#include "fault.h"

typedef struct Desk Desk;    /* opaque */

/* Copies the desk.db of a folder into `path`; *ret_there false: the folder has none. */
Fail desk_backup(const char *dir, const char *path, bool *ret_there, Fault *fault) MUST_USE;
Fail desk_open(const char *dir, Desk **ret_desk, Fault *fault) MUST_USE;
void desk_close(Desk *desk);
/* A number that changes when anything here changes. */
Fail desk_version(Desk *desk, int64_t *ret_version, Fault *fault) MUST_USE;

typedef enum DraftState { DRAFT_OPEN, DRAFT_TO_SIGN, DRAFT_DONE, DRAFT_DROPPED } DraftState;

typedef struct Draft {       /* an act somebody is writing: a declaration, a suggestion */
    int64_t id;
    DraftState state;
    Str hat, org;            /* whose: nobody else sees it */
    int64_t person;          /* who began it */
    int64_t drafter;         /* who handed it over for signing; 0: nobody yet */
    Str matter;              /* empty: a new one; its number once DRAFT_DONE */
    Str edition, act;
    TypedList typed;         /* what was typed so far */
    int64_t version;         /* 1, 2 …: somebody else saved meanwhile when it is another one */
    int64_t at;              /* last saved */
    Str key;                 /* of the act it becomes: filing twice is filing once */
} Draft;

/* Makes one: *ret_id. `draft` says hat, org, person, matter, edition, act, typed, at, key. */
Fail draft_begin(Desk *desk, const Draft *draft, int64_t *ret_id, Fault *fault) MUST_USE;
/* FAIL_CONFLICT when version is not the one that stands. Adds one to it. */
Fail draft_save(Desk *desk, const Draft *draft, Fault *fault) MUST_USE;
Fail draft_find(Desk *desk, Arena *arena, int64_t id, bool *ret_found, Draft *ret_draft,
                Fault *fault) MUST_USE;
/* Of an organisation under a hat: open and to sign, newest first; empty matter: all of them. */
Fail drafts_of(Desk *desk, Arena *arena, Str hat, Str org, Str matter, const Draft **ret_drafts,
               size_t *ret_count, Fault *fault) MUST_USE;
/* The next number of a year: "2026-0147". A number that was not used is never given again. */
Fail desk_number(Desk *desk, Arena *arena, int year, Str *ret_number, Fault *fault) MUST_USE;

#endif
