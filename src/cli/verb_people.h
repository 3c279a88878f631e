/* verb_people.h: what verb_people.c and its printing share. Floor 6. */
#ifndef SHENCHA_VERB_PEOPLE_H
#define SHENCHA_VERB_PEOPLE_H

#include "people.h"
#include "verb.h"

/* "2026-11-23 14:05", in Beijing; in JSON with seconds and the offset. */
void put_moment(Buf *buf, int64_t at, bool json);
/* What somebody may do, as --may takes it: "act,sign"; "-" for nothing. */
void put_may(Buf *buf, uint32_t may);
/* Reads it; false for another word. */
bool read_may(Str text, uint32_t *ret_may);
/* Lists, as text or JSON lines. */
void print_orgs(Cli *cli, const Org *orgs, size_t count);
void print_people(Cli *cli, const Person *people, size_t count);
void print_sessions(Cli *cli, const Session *sessions, size_t count);

#endif
