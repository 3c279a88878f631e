/* law.h: the law that this run of the program works with: the built-in folder or another, the data
 * folder's notices laid over it, editions and calendars read once and kept. Floor 5. */
#ifndef SHENCHA_LAW_H
#define SHENCHA_LAW_H

#include "calendar.h"
#include "edition.h"
#include "lawwords.h"

typedef struct Law Law;   /* opaque */

/* `law_dir` and `data_dir` may be NULL: the built-in folder; no data folder. A data folder holds
 * calendars/NAME.yaml. In arena. */
Fail law_open(Arena *arena, const char *law_dir, const char *data_dir, Law **ret_law,
              Fault *fault) MUST_USE;
const LawFolder *law_folder(const Law *law);
/* Reads on first use; the same pointer afterwards. An unknown id is FAIL_INPUT. */
Fail law_edition(Law *law, Str id, const Edition **ret_edition, Fault *fault) MUST_USE;
/* The edition in force on a day; FAIL_INPUT when there is none. */
Fail law_edition_on(Law *law, Day day, const Edition **ret_edition, Fault *fault) MUST_USE;
Fail law_edition_ids(Law *law, const Str **ret_ids, size_t *ret_count, Fault *fault) MUST_USE;
Fail law_notices(Law *law, const Notices **ret_notices, Fault *fault) MUST_USE;
/* As published by `known_on`; DAY_LAST for everything known. */
Fail law_calendar(Law *law, Day known_on, const Calendar **ret_calendar, Fault *fault) MUST_USE;
/* The words for ids in a language, those of an edition first (empty id: shared ones). */
Fail law_words(Law *law, Str edition_id, Language language, const LawWords **ret_words,
               Fault *fault) MUST_USE;

#endif
