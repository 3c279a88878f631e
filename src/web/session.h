/* session.h: the cookies, and asking to sign in without losing what was typed. Floor 6. */
#ifndef SHENCHA_SESSION_H
#define SHENCHA_SESSION_H

#include "request.h"

/* Names of the cookies: the session's secret (with TLS "__Host-…": browsers take it from this very
 * host alone); the language, "zh" or "en". */
const char *session_cookie_name(bool tls);
#define LANGUAGE_COOKIE "lang"

/* Whole Set-Cookie values, in arena: HttpOnly, SameSite=Strict, Path=/, Secure with TLS. An empty
 * token takes the cookie away. */
Str session_cookie(Arena *arena, Str token, bool tls);
Str language_cookie(Arena *arena, Language language, bool tls);

/* What the server answers when a route needs somebody and nobody is signed in. A GET is sent to
 * /sign-in?back=…; for a POST the page to sign in carries along what was typed (passwords and files
 * left out), and once signed in, it is shown again with a button that sends it to where it was
 * going. Status 303 and 403. */
void reply_sign_in(Request *request, Reply *reply);
/* A whole address of this house that one may be sent back to: one "/" first, no control
 * characters, bounded, not a page of signing in or out. */
bool is_local(Str address);

#endif
