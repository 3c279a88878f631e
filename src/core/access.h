/* access.h: who may know and who may do: the one gate that every read and every act of the service
 * passes, lists, counts and exports too. Floor 2, pure; tested over the whole matrix.
 *
 * A hat is the capacity in which somebody looks: a party of the edition (office, member/mof,
 * operator), or `auditor` (reads, never acts), or `admin` (people, never matters). What ties it to
 * a matter is read from the record alone: the purchase facts operator_id and providers, the frozen
 * recipients once they were asked, who opened it, whom acts named (with.institution, with.experts,
 * with.from), the stages in which a party's acts are open.
 *
 * Who sees what (P17; docs/access.md has it as a table):
 *   office       everything; of a sealed round who answered, not what, until it is over
 *   center       once the matter came to it: facts and materials of the declaration; its own acts
 *                and the operator's in full; other acts bare; nothing of opinions
 *   operator     its own matter, from the first act of its own or notice to it: facts, its own
 *                acts and papers, acts of which it is given notice in full; acts that move the
 *                stage bare; no findings, suggestions, opinions, nor whose opinion is out; not the
 *                supplier's papers, not what the supplier was asked
 *   provider     a matter that names its organisation and that the operator declared, or of which
 *                it was told: what it was asked, its own acts and papers; acts that move the stage
 *                bare; not the operator's papers, no facts but where it applied itself
 *   member, department   once asked: facts, findings and suggestions made before it was asked, the
 *                operator's acts and papers; its own opinion; of its round who answered; what
 *                others answered once the round is over and its own is given. Having proposed or
 *                nominated, or in charge of the sector where its finding is needed: facts, its own
 *                acts, acts that move the stage bare
 *   commission   once the matter came to it: every act and answer
 *   institution, expert, association, user   when named or having acted: facts, own acts, what
 *                was assigned to it and what that assignment rests on
 *   auditor      every matter and act, papers by name and hash alone, sealed answers when open
 *   public, admin   nothing
 * A sealed round is over when every addressee has answered or been released, or every open one is
 * overdue, or its stage was left. */
#ifndef SHENCHA_ACCESS_H
#define SHENCHA_ACCESS_H

#include "matter.h"

typedef struct Hat {
    Str party;               /* "office", "member/mof", "operator", "auditor", "admin" */
    Str org;                 /* id of the organisation; tells operators and providers apart */
} Hat;

/* How the projections name a hat: "office", "member/mof"; "operator:ORG", "provider:ORG". */
void buf_put_hat(Buf *buf, const Hat *hat);

typedef enum Sight {
    SIGHT_NONE,              /* answers like what is not there */
    SIGHT_BARE,              /* that it happened, when, under which clause; of a paper
                                name and hash */
    SIGHT_FULL,
} Sight;

/* What a role is in the eyes of the gate. A role that this program has never heard of is NAMED: it
 * sees what it did and what it was asked to do. */
typedef enum Capacity {
    CAPACITY_NONE,           /* public, admin, a party that the edition does not have */
    CAPACITY_OFFICE, CAPACITY_AUDITOR, CAPACITY_SUPERIOR, CAPACITY_CENTER, CAPACITY_PARTY,
    CAPACITY_SUPPLIER, CAPACITY_CONSULTED, CAPACITY_NAMED,
} Capacity;
Capacity role_capacity(const Edition *edition, RoleId role);
/* Sees every act of a matter that it knows: office, auditor, commission. */
bool capacity_sees_all(Capacity capacity);

/* What ties a hat to one matter on a day; computed once, then asked. */
typedef struct Standing {
    const Hat *hat;
    const Matter *matter;
    const Act *acts;         /* those done, in order: acts[i].n is i + 1 */
    size_t acts_count;
    Party party;             /* in the matter's edition; role ID_NONE: it has no such party */
    Capacity capacity;
    bool knows;              /* may know that the matter is there */
    bool named;              /* its organisation is the matter's operator or a provider of it,
                                or the party was asked, named, or has acted */
    uint32_t from;           /* n of the act from which it knows */
    uint32_t asked_by;       /* n of the latest act that asked it to answer; 0: none */
    uint32_t sealed;         /* mask of duties whose latest round still runs under seal */
} Standing;

Standing access_standing(const Hat *hat, const Matter *matter, const Act *acts, size_t acts_count,
                         const Calendar *calendar, Day on);

typedef enum ThingKind {
    THING_MATTER,            /* that it is there: number, title, stage */
    THING_FACTS,             /* of the purchase, the declaration */
    THING_ACT,               /* an act that was done: `act` */
    THING_CLOCK,             /* one run of a clock: `clock` */
    THING_OWED,              /* who was asked and whether they answered: `owed` */
    THING_ANSWER,            /* what they answered: `owed` */
    THING_PAPER,             /* a document: `paper_of` is the hat that gave it, `paper_kind` */
    THING_DO,                /* may this hat do `doing` (matter_decide has the last word) */
} ThingKind;

typedef struct Thing {
    ThingKind kind;
    const Act *act;
    const Branch *branch;    /* THING_ACT: the one that the act took; NULL: found by folding */
    const ClockRun *clock;
    const Owed *owed;
    Hat paper_of;
    Str paper_kind;
    ActId doing;
} Thing;

Sight access_to(const Standing *standing, const Thing *thing);
/* An act whose guards look at answers under seal: whether it would be allowed would tell them. The
 * pages neither try it nor offer it before the round is over. */
bool access_rests_on_sealed(const Standing *standing, const ActKind *act);

/* May this hat do this very act: THING_DO, and what it answers or lifts is what this hat was asked,
 * not what another was. Who answers one of several names it always (the pages offer those of
 * casefile->owed), for how many others there are is not told. A "no" is answered like an act that
 * is not there: the law is not asked. */
bool access_may_do(const Standing *standing, const Act *act);
/* Is this field of an act shown to a hat that sees the act in full? Those who were only given
 * notice of it do not see who else was asked, nor what the Office notes for itself. */
bool access_to_field(const Standing *standing, const Act *act, FieldId field);
/* Was this duty laid on this hat? */
bool access_owes(const Standing *standing, const Owed *owed);

#endif
