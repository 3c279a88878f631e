/* reading.h: what the rooms that read a procedure share. Floor 1, inside law only. */
#ifndef SHENCHA_READING_H
#define SHENCHA_READING_H

#include "edition.h"

#define KEYS(...) ((const char *const[]){__VA_ARGS__, NULL})

typedef struct Reading {
    Arena *arena;
    FaultList *faults;
    Edition *edition;        /* being filled */
    const Node *review;      /* procedures.review */
    const Node *bodies;      /* root of common/bodies.yaml */
} Reading;

/* Notes a fault at a node; reading goes on, so that all faults of a file are told at once. */
void reading_fault(Reading *reading, const Node *node, Word word, Str one, Str two);
/* The same, with the known word nearest to `given` where one is near. */
void reading_unknown(Reading *reading, const Node *node, Word word, const Str *known, size_t count);
/* Every key of `map` is among `known` (ends with NULL); others are faults. */
void reading_keys(Reading *reading, const Node *map, const char *const *known);
/* `clause:` of a map: number(s); missing or malformed is a fault. */
void reading_cites(Reading *reading, const Node *map, const Node *owner, Cites *ret_cites);
/* The same for a value that is nothing but clauses, as those of `outcomes`. NULL: missing. */
void reading_cites_in(Reading *reading, const Node *node, const Node *owner, Cites *ret_cites);
/* One clause; empty after a fault. */
Str reading_clause(Reading *reading, const Node *map, const Node *owner);
/* A map value's mask of ids: one scalar or a list. Unknown ones are faults. */
uint32_t reading_stages(Reading *reading, const Node *node);
uint32_t reading_clocks(Reading *reading, const Node *node);
uint32_t reading_duties(Reading *reading, const Node *node);
uint64_t reading_acts(Reading *reading, const Node *node);
uint64_t reading_fields(Reading *reading, const Node *node);
uint32_t reading_roles(Reading *reading, const Node *node);
FieldId reading_with(Reading *reading, const Node *node);   /* "with.FIELD" */
bool reading_ref(Reading *reading, const Node *node, Str text, Ref *ret_ref);

/* A map of the review with at most `max` entries; NULL (after a fault when it is there but no
 * map). */
const Node *reading_part(Reading *reading, const char *key, size_t max);
/* Nodes that must be ids: their form is looked at. */
void reading_ids(Reading *reading, const Node *ids, size_t count);
/* Exactly one id; after a fault ID_NONE or the first. */
StageId reading_stage(Reading *reading, const Node *node);
ClockId reading_clock(Reading *reading, const Node *node);
DutyId reading_duty(Reading *reading, const Node *node);

/* edition_parts.c: head, roles, groups, stages, clocks, duties, notices. */
void reading_parts(Reading *reading, const Node *root);
/* edition_fields.c */
void reading_fields_and_lists(Reading *reading);
/* edition_acts.c: acts, branches, guards. */
void reading_all_acts(Reading *reading, const Node *node);
/* edition_usual.c: fills edition->usual, once everything is read. */
void edition_find_usual(Arena *arena, Edition *edition);

#endif
