/* ties.h: what ties parties to a matter, act by act, from the record alone. Floor 2, inside the
 * core only. */
#ifndef SHENCHA_TIES_H
#define SHENCHA_TIES_H

#include "access.h"

typedef enum TieKind {
    TIE_ACTED,           /* did the act */
    TIE_ASKED,           /* the act laid a duty on it */
    TIE_NAMED,           /* the act names it in a field */
    TIE_TOLD,            /* a notice of the act goes to it */
    TIE_STAGE,           /* the act brought the matter to a stage in which this party acts */
} TieKind;
typedef void TieEach(void *with, Party party, uint32_t n, TieKind kind);
/* Calls `each` for every tie, in the order of the acts; the same party may come again. Roles that
 * have organisations (operator, provider) come as the role alone. */
void ties_each(const Matter *matter, const Act *acts, size_t acts_count, TieEach *each, void *with);

/* The branch that the n-th act took, folding anew; NULL when it is not among them. */
const Branch *tie_branch(const Matter *matter, const Act *acts, size_t acts_count, uint32_t n);
/* Does this field of an act name the party? */
bool field_names(const Matter *matter, const Act *act, FieldId field, Party party);
/* Does any field of the act? */
bool act_names(const Matter *matter, const Act *act, Party party);
/* Does a notice of the branch go to the role? */
bool branch_tells(const Edition *edition, const Branch *branch, RoleId role);
/* Mask of duties that an act may answer. */
uint32_t act_fulfils(const ActKind *kind);

#endif
