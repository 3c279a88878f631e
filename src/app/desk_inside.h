/* desk_inside.h: what desk.c and papers.c share. Floor 5, inside app only. */
#ifndef SHENCHA_DESK_INSIDE_H
#define SHENCHA_DESK_INSIDE_H

#include <pthread.h>

#include "base.h"
#include "desk.h"
#include "desk_sql.h"

struct Desk {
    Base *base;
    char *folder;            /* DIR/papers */
};

/* papers.c: removes from the folder what uploads that broke off left: parts that nobody holds, and
 * papers without a row. */
Fail papers_sweep(Desk *desk, Fault *fault) MUST_USE;

#endif
