/* reader.h: dockets open for reading, for those who answer many at once: a shelf of them, each with
 * a law of its own (a Docket and a Law are one thread's). Floor 5. */
#ifndef SHENCHA_READER_H
#define SHENCHA_READER_H

#include "docket.h"

typedef struct Shelf Shelf;      /* opaque; any thread */

typedef struct Look {          /* taken from the shelf: this thread's until it is given back */
    Docket *docket;              /* DOCKET_FOLLOW: inside a read transaction of its own */
    Law *law;
    int64_t version;             /* of the database, as this connection counts: the same number, the
                                    same contents */
    int64_t last;                /* place of the last event: the same, the same record */
} Look;

enum { SHELF_READERS_MAX = 8 };

/* Opens the first reader at once, more as they are wanted. `law_dir`, `data_dir` as law_open. */
Fail shelf_open(const char *dir, const char *law_dir, const char *data_dir, int64_t now,
                Shelf **ret_shelf, Fault *fault) MUST_USE;
void shelf_close(Shelf *shelf);
/* A fresh look: sees everything that was committed before. Waits when all are out. */
Fail shelf_take(Shelf *shelf, Look **ret_reader, Fault *fault) MUST_USE;
void shelf_give(Shelf *shelf, Look *reader);   /* ends the look; NULL ok */

#endif
