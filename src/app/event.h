/* event.h: acts as events of the record, and back. The form is told in docs/ledger-format.md. Floor
 * 5.
 *
 * Keys of an event of a matter: act, by, n… in byte order:
 *   act       its word
 *   assumed   true, where its day or existence is not public
 *   by        who: "office", "member/mof"
 *   edition, facts, law   in the first event of a matter alone
 *   key       what makes the act harmless when repeated; left out where there is none
 *   matter    its name, in every event: the hash binds an event to its matter
 *   on        the day
 *   person    who did it, by number ("p12"); left out where it is not known
 *   recorded  milliseconds since 1970 (UTC) when it was written down
 *   seq       1, 2, 3 … within the matter
 *   with      what was given: true/false, whole number, text, or list of texts */
#ifndef SHENCHA_EVENT_H
#define SHENCHA_EVENT_H

#include "canon.h"
#include "matter.h"

/* What stands in the first event of a matter. */
typedef struct Opening {
    Str edition;         /* id */
    Str law;             /* hash of the law's text, hex */
    const Facts *facts;
} Opening;

/* What every event says beside its act. */
typedef struct EventHead {
    Str matter;          /* name */
    Str key;             /* empty: none */
    int64_t seq;
    int64_t recorded;    /* milliseconds since 1970 */
} EventHead;

/* Writes the body of an event. `opening` is NULL but for the first event. */
void event_put(Buf *buf, const Edition *edition, const Act *act, const EventHead *head,
               const Opening *opening);
/* Reads an act back under the edition of its matter. False when the body does not fit: *ret_word
 * says why. In arena; borrows the canonical value. */
bool event_act(Arena *arena, const Edition *edition, const Canon *body, Act *ret_act);
/* Facts of the first event. */
bool event_facts(Arena *arena, const Edition *edition, const Canon *body, Facts *ret_facts);
/* The body without `key`, `recorded` and `seq`: two acts are the same act when these are the same
 * bytes. */
void event_sameness(Buf *buf, const Canon *body);

#endif
