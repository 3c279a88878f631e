/* backup.h: a docket with everything that stands beside it, copied while it is in use: the record,
 * drafts and documents, people. Floor 5. */
#ifndef SHENCHA_BACKUP_H
#define SHENCHA_BACKUP_H

#include "docket.h"

typedef struct BackedUp {
    bool desk, people;           /* there was a desk.db, a people.db */
    int64_t papers;              /* documents copied */
} BackedUp;

/* Copies the docket of `dir` into the folder `to`, which must not be (FAIL_INPUT). The record is
 * copied first and its documents last: whatever the copied record names is in the copy. Whole or
 * not there: made under a name of its own beside `to`, synced, then named. */
Fail backup_all(Docket *docket, const char *dir, const char *to, BackedUp *ret_done,
                Fault *fault) MUST_USE;

#endif
