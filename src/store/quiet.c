/* quiet.c: settings of the library as a whole. */
#include "quiet.h"

#include <pthread.h>
#include <sqlite3.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void set(void)
{
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);   /* refused once it is in use: no harm */
}

void quiet_sqlite(void)
{
    (void)pthread_once(&once, set);
}
