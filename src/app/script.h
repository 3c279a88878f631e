/* script.h: intake. Case scripts (docs/case-script.md) and single acts from the command line become
 * Facts and Acts here, once; behind this door there are no raw texts. Floor 5.
 *
 * A word that no edition of the law knows is a fault of the file (file:line:column). A word that
 * another edition knows is none: the law refuses such an act, or such a material does not count. */
#ifndef SHENCHA_SCRIPT_H
#define SHENCHA_SCRIPT_H

#include "law.h"
#include "matter.h"

typedef struct Script {
    Str file;                /* name for messages */
    Str name;                /* `case`, or the file's stem */
    const Edition *edition;
    Facts facts;
    const Act *acts;         /* n is 1, 2, … */
    size_t acts_count;
    Day on;                  /* `on`, or DAY_NONE */
    const Node *root;        /* with title, sources, note, expect for those who read them */
} Script;

/* Reads and checks a whole script. In arena; everything it points at lives there or in `law`. */
Fail script_read(Law *law, Arena *arena, Str text, Str file, Script *ret_script,
                 Fault *fault) MUST_USE;
/* The day of the report: `asked` when it is not DAY_NONE, else the script's `on`, else the latest
 * day of any act; DAY_NONE when there is none of these. */
Day script_day(const Script *script, Day asked);

/* One act: `with` may be NULL. n is left 0. Words as in a script. */
Fail script_act(Law *law, Arena *arena, const Edition *edition, Str act, Str by, Day on,
                const Node *with, Str file, Act *ret_act, Fault *fault) MUST_USE;
/* Facts from a map with purchase, recipients, accredited (NULL: none of them); recipients are
 * resolved to the edition's default when left out. */
Fail script_facts(Arena *arena, const Edition *edition, const Node *map, Facts *ret_facts,
                  Fault *fault) MUST_USE;
/* A name for a case or matter: 1 to MATTER_NAME_BYTES_MAX bytes, no control or direction
 * characters, no space at its ends. */
bool script_name_fits(Str name);

/* script_value.c: one field of `with`. *ret_used is false when this edition does not have the field
 * or nothing was written. `act` may be ID_NONE: an act that this edition does not have. */
Fail script_value(Law *law, Arena *arena, const Edition *edition, ActId act, const Node *key,
                  const Node *node, Given *ret_given, bool *ret_used, Fault *fault) MUST_USE;
/* Does any edition of the law know this word? */
bool script_act_known(Law *law, Str act);
bool script_party_known(Law *law, Str party);

#endif
