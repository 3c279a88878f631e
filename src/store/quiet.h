/* quiet.h: SQLite as this program wants it, before its first use. Floor 4. */
#ifndef SHENCHA_QUIET_H
#define SHENCHA_QUIET_H

/* Does without the library's count of its own memory, for which every allocation of every thread
 * takes one lock. Any thread, any number of times; only the first call counts, before any database
 * is open. */
void quiet_sqlite(void);

#endif
