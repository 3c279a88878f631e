/* life.h: what the races of the record share: a life of twenty acts, a place on disk, a watch. */
#ifndef SHENCHA_LIFE_H
#define SHENCHA_LIFE_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "docket.h"

enum { LIFE_ACTS = 20 };

typedef struct Life {
    Law *law;
    const Edition *edition;
    Facts facts;
    Act acts[LIFE_ACTS];
    Given given[3];
    Str materials[3];
} Life;

static inline double bench_seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static inline void bench_stop(const Fault *fault)
{
    Buf buf = {0};
    fault_put(&buf, fault, LANGUAGE_EN);
    fprintf(stderr, "%.*s\n", STR_ARG(buf_str(&buf)));
    exit(1);
}

static inline void life_act(Life *life, int at, const char *by, const char *act, Day on)
{
    Act *next = &life->acts[at];
    *next = (Act){.on = on, .act = edition_act(life->edition, str_from(act)),
                  .act_word = str_from(act), .by_word = str_from(by)};
    edition_party(life->edition, next->by_word, &next->by);
}

/* declare, accept_materials, decide_need, then assessments. */
static inline void life_make(Life *life, Arena *arena)
{
    Fault fault;
    if (law_open(arena, NULL, NULL, &life->law, &fault) != FAIL_NONE ||
        law_edition(life->law, STR("2020"), &life->edition, &fault) != FAIL_NONE) {
        bench_stop(&fault);
    }
    Day day = day_from(2020, 9, 1);
    life->materials[0] = STR("declaration");
    life->materials[1] = STR("analysis_report");
    life->materials[2] = STR("procurement_document");
    facts_recipients(arena, life->edition, STR("telecoms"), &life->facts);
    for (int i = 3; i < LIFE_ACTS; i++) {
        life_act(life, i, "office", "assess", day + 14);
    }
    life_act(life, 0, "operator", "declare", day);
    life_act(life, 1, "center", "accept_materials", day + 2);
    life_act(life, 2, "office", "decide_need", day + 14);
    life->given[0] = (Given){edition_field(life->edition, STR("materials")),
                             {.kind = VALUE_MANY, .many = life->materials, .many_count = 3}};
    life->given[1] = (Given){edition_field(life->edition, STR("need")),
                             {.kind = VALUE_YES_NO, .yes = true}};
    life->given[2] = (Given){
        edition_field(life->edition, STR("factor")),
        {.kind = VALUE_TEXT, .text = STR("openness, transparency and diversity of sources of the "
                                         "core routers, and what their maker has promised")}};
    life->acts[0].given = &life->given[0];
    life->acts[2].given = &life->given[1];
    for (int i = 3; i < LIFE_ACTS; i++) {
        life->acts[i].given = &life->given[2];
    }
    for (int i = 0; i < LIFE_ACTS; i++) {
        life->acts[i].given_count = i == 1 ? 0 : 1;
    }
}

static inline void bench_remove(const char *path)
{
    static const char *const files[] = {"docket.db", "docket.db-wal", "docket.db-shm"};
    char file[300];
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        snprintf(file, sizeof file, "%s/%s", path, files[i]);
        unlink(file);
    }
    rmdir(path);
}

/* Name of a folder below the build folder, so that it lies on the disk that is measured; nothing is
 * there yet. */
static inline char *bench_folder(const char *name)
{
    static char room[2][256];
    static int which;
    char *path = room[which++ & 1];
    snprintf(path, 256, "build/bench/%s-%d", name, (int)getpid());
    bench_remove(path);
    return path;
}

#endif
