/* law.c: what is read of the law is read once and kept for the run. */
#include "law.h"

#include "disk.h"

enum { EDITIONS_KEPT_MAX = 64, CALENDARS_KEPT_MAX = 64, WORDS_KEPT_MAX = 128 };

typedef struct KeptCalendar { Day known_on; const Calendar *calendar; } KeptCalendar;
typedef struct KeptWords { Str edition; Language language; LawWords words; } KeptWords;

struct Law {
    Arena *arena;
    LawFolder folder, data;
    bool data_given;
    const Notices *notices;
    const Edition *editions[EDITIONS_KEPT_MAX];
    size_t editions_count;
    KeptCalendar calendars[CALENDARS_KEPT_MAX];
    size_t calendars_count;
    KeptWords words[WORDS_KEPT_MAX];
    size_t words_count;
    const Str *ids;
    size_t ids_count;
};

Fail law_open(Arena *arena, const char *law_dir, const char *data_dir, Law **ret_law,
              Fault *fault)
{
    Law *law = ARENA_NEW(arena, Law);
    law->arena = arena;
    law->folder = law_built_in;
    if (law_dir) {
        Fail fail = disk_law_folder(arena, law_dir, &law->folder, fault);
        if (fail != FAIL_NONE) {
            return fail;
        }
    }
    if (data_dir) {
        law->data_given = true;
        Fail fail = disk_law_folder(arena, data_dir, &law->data, fault);
        if (fail != FAIL_NONE) {
            return fail;
        }
    }
    *ret_law = law;
    return FAIL_NONE;
}

const LawFolder *law_folder(const Law *law)
{
    return &law->folder;
}

Fail law_edition(Law *law, Str id, const Edition **ret_edition, Fault *fault)
{
    for (size_t i = 0; i < law->editions_count; i++) {
        if (str_eq(law->editions[i]->id, id)) {
            *ret_edition = law->editions[i];
            return FAIL_NONE;
        }
    }
    FaultList faults = {.arena = law->arena};
    Fail fail = edition_read(law->arena, &law->folder, id, ret_edition, &faults);
    if (fail != FAIL_NONE) {
        if (fault && faults.count) {
            *fault = faults.at[0];
        }
        return fail;
    }
    if (law->editions_count < EDITIONS_KEPT_MAX) {
        law->editions[law->editions_count++] = *ret_edition;
    }
    return FAIL_NONE;
}

Fail law_edition_on(Law *law, Day day, const Edition **ret_edition, Fault *fault)
{
    for (size_t i = 0; i < law->editions_count; i++) {
        const Edition *kept = law->editions[i];
        if (kept->from != DAY_NONE && day >= kept->from && day < kept->until) {
            *ret_edition = kept;
            return FAIL_NONE;
        }
    }
    Str id;
    Fail fail = edition_in_force(law->arena, &law->folder, day, &id, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    if (id.len == 0) {
        Buf buf = buf_new(32);
        buf_put_day(&buf, day);
        fail = FAULT(fault, FAIL_INPUT, WORD_NO_EDITION_ON, buf_str(&buf));
        buf_done(&buf);
        return fail;
    }
    return law_edition(law, id, ret_edition, fault);
}

Fail law_edition_ids(Law *law, const Str **ret_ids, size_t *ret_count, Fault *fault)
{
    if (!law->ids) {
        Fail fail = edition_ids(law->arena, &law->folder, &law->ids, &law->ids_count, fault);
        if (fail != FAIL_NONE) {
            return fail;
        }
    }
    *ret_ids = law->ids;
    *ret_count = law->ids_count;
    return FAIL_NONE;
}

Fail law_notices(Law *law, const Notices **ret_notices, Fault *fault)
{
    if (!law->notices) {
        Notices *notices = ARENA_NEW(law->arena, Notices);
        Fail fail = notices_read(law->arena, &law->folder, law->data_given ? &law->data : NULL,
                                 notices, fault);
        if (fail != FAIL_NONE) {
            return fail;
        }
        law->notices = notices;
    }
    *ret_notices = law->notices;
    return FAIL_NONE;
}

Fail law_calendar(Law *law, Day known_on, const Calendar **ret_calendar, Fault *fault)
{
    for (size_t i = 0; i < law->calendars_count; i++) {
        if (law->calendars[i].known_on == known_on) {
            *ret_calendar = law->calendars[i].calendar;
            return FAIL_NONE;
        }
    }
    const Notices *notices;
    Fail fail = law_notices(law, &notices, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    *ret_calendar = calendar_build(law->arena, notices, known_on);
    if (law->calendars_count < CALENDARS_KEPT_MAX) {
        law->calendars[law->calendars_count++] = (KeptCalendar){known_on, *ret_calendar};
    }
    return FAIL_NONE;
}

Fail law_words(Law *law, Str edition_id, Language language, const LawWords **ret_words,
               Fault *fault)
{
    for (size_t i = 0; i < law->words_count; i++) {
        if (law->words[i].language == language && str_eq(law->words[i].edition, edition_id)) {
            *ret_words = &law->words[i].words;
            return FAIL_NONE;
        }
    }
    LawWords words = {0};
    const LawWords *shared = NULL;
    if (edition_id.len) {   /* the shared words are read once for all editions */
        Fail fail = law_words(law, STR_NONE, language, &shared, fault);
        if (fail != FAIL_NONE) {
            return fail;
        }
        words = *shared;
    }
    Fail fail = lawwords_read(law->arena, &law->folder, edition_id, language, &words, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    size_t at = law->words_count < WORDS_KEPT_MAX ? law->words_count++ : WORDS_KEPT_MAX - 1;
    law->words[at] = (KeptWords){str_copy(law->arena, edition_id), language, words};
    *ret_words = &law->words[at].words;
    return FAIL_NONE;
}
