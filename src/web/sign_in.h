/* sign_in.h: what pages/sign_in.html and pages/account.html show, and the handlers of account.c and
 * invitation.c, which stand in the table of sign_in.c. Floor 6. */
#ifndef SHENCHA_SIGN_IN_H
#define SHENCHA_SIGN_IN_H

#include "session.h"

typedef struct EditionLine {
    Str id, title;
    Day from, until;             /* in force; from DAY_NONE: a draft; until DAY_LAST: still is */
} EditionLine;

typedef struct StartView {
    const EditionLine *editions;
    size_t editions_count;
} StartView;

/* What a form that was sent without a session held, to be carried along. */
typedef struct Kept {
    const Typed *at;             /* names without their prefix */
    size_t count;
    bool again;                  /* there was such a form, even an empty one */
    bool too_long;               /* it was more than can be carried: it is lost */
} Kept;

typedef struct SignInView {
    Str login, back;
    Kept kept;
    Word said;                   /* above the form: wrong, locked, signed out; WORD_NONE: nothing */
    bool bad;                    /* what is said is a fault */
    bool wants_code;
} SignInView;

typedef struct InvitationView {
    Str person, login;
    Str fault;                   /* of the password; empty: none */
} InvitationView;

typedef struct SessionLine {
    Str id;
    int64_t since, seen;
    bool here;
} SessionLine;

typedef struct AccountView {
    const Signed *who;
    Str organisation, capacity, in_place_of;
    const SessionLine *sessions;
    size_t sessions_count;
    const Person *colleagues;    /* who may stand in */
    size_t colleagues_count;
    Str deputy;                  /* empty: nobody stands in */
    Word done;                   /* what was just done; WORD_NONE: nothing */
    Str fault;                   /* a fault in words and … */
    Str fault_field;             /* … the field it belongs to: old, fresh, deputy, from, until */
    Str typed_deputy, typed_from, typed_until;
} AccountView;

typedef struct CodesView {
    Str secret, spaced;          /* base32; the same in groups of four */
    Str address_rest;            /* what follows otpauth://totp/ */
    Word fault;                  /* WORD_NONE: none */
} CodesView;

Handler invitation_show, invitation_take_up;
Handler account_show, account_password, account_codes_begin, account_codes_confirm,
    account_codes_end, account_session_end, account_sessions_end, account_deputy,
    account_deputy_end;

/* The sentence of a fault in the reader's language, without its place. In arena. */
Str fault_words(Request *request, const Fault *fault);
Str typed_text(Request *request, const char *name);   /* typed_get by a terminated name */

#endif
