/* actroom.h: a docket in a folder of its own, and acts to do in it. For test_writer and
 * test_reader. */
#ifndef SHENCHA_ACTROOM_H
#define SHENCHA_ACTROOM_H

#include "kit.h"

#include <cmocka.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "writer.h"

static Arena arena;
static Law *law;                 /* the writer's, once it has started */
static const Edition *edition;
static Facts facts;
static const char *docket_dir;
static Writer *writer;

static inline int actroom_set_up(void **state)
{
    (void)state;
    Fault fault;
    docket_dir = kit_path(kit_folder(), "docket");
    if (law_open(&arena, NULL, NULL, &law, &fault) ||
        law_edition(law, STR("2020"), &edition, &fault)) {
        return -1;
    }
    facts_recipients(&arena, edition, STR("energy"), &facts);
    return docket_create(docket_dir, HASH_SM3, &fault) == FAIL_NONE &&
                   writer_start(docket_dir, law, 0, &writer, &fault) == FAIL_NONE
               ? 0 : -1;
}

static inline int actroom_tear_down(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

/* An act of 1 September 2020; all it points at lives in `in`. */
static inline Wanted act_wanted(Arena *in, const char *matter, const char *by, const char *what,
                                const char *key)
{
    static const Str materials[] = {{"declaration", 11}, {"analysis_report", 15},
                                    {"procurement_document", 20}};
    Str *many = ARENA_MANY(in, Str, 3);
    Given *given = ARENA_NEW(in, Given);
    for (size_t i = 0; i < 3; i++) {
        many[i] = str_copy(in, materials[i]);
    }
    *given = (Given){edition_field(edition, STR("materials")),
                     {.kind = VALUE_MANY, .many = many, .many_count = 3}};
    Wanted wanted = {.matter = str_copy(in, str_from(matter)), .edition = edition,
                     .facts = arena_copy(in, &facts, sizeof facts),
                     .key = str_copy(in, str_from(key)),
                     .act = {.on = day_from(2020, 9, 1),
                             .act = edition_act(edition, str_from(what)),
                             .act_word = str_copy(in, str_from(what)),
                             .by_word = str_copy(in, str_from(by)), .given = given,
                             .given_count = 1}};
    (void)edition_party(edition, wanted.act.by_word, &wanted.act.by);
    return wanted;
}

static inline Fail act(const char *matter, const char *by, const char *what, const char *key,
                       Written *written, Fault *fault)
{
    Arena own = {0};
    Wanted wanted = act_wanted(&own, matter, by, what, key);
    Fail fail = writer_do(writer, &wanted, written, fault);
    arena_done(&own);
    return fail;
}

#endif
