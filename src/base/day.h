/* day.h: civil days in Beijing (UTC+8, no daylight saving), whatever the machine's zone. A day is
 * a number; there is no time of day in the law. Floor 0. */
#ifndef SHENCHA_DAY_H
#define SHENCHA_DAY_H

#include <stdint.h>

#include "buf.h"
#include "str.h"

typedef int32_t Day;   /* days since 1970-01-01, proleptic Gregorian */

#define DAY_NONE INT32_MIN   /* no day */
#define DAY_LAST INT32_MAX   /* later than every day */

/* The days that the program speaks of: years outside are faults, never guesses. */
enum { DAY_YEAR_MIN = 1990, DAY_YEAR_MAX = 2149 };

typedef enum Weekday { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY } Weekday;

/* Year any, month 1..12, day 1..31: not checked. */
Day day_from(int year, int month, int day);
void day_split(Day day, int *ret_year, int *ret_month, int *ret_day);
int day_year(Day day);
Weekday day_weekday(Day day);
/* Exactly YYYY-MM-DD, a day that exists, in the years above; false otherwise. */
bool day_parse(Str text, Day *ret_day);
/* True when `text` has the form of a day but no such day exists or its year lies outside. */
bool day_form(Str text);
/* YYYY-MM-DD. */
void buf_put_day(Buf *buf, Day day);
/* The same as a JSON string; null for DAY_NONE and DAY_LAST. */
void buf_put_day_json(Buf *buf, Day day);
/* Day in Beijing of a moment, in milliseconds since 1970-01-01T00:00Z. */
Day day_of_moment(int64_t milliseconds);

#endif
