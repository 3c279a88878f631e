/* day.c: civil calendar arithmetic by eras of 400 years (146,097 days). */
#include "day.h"

enum { DAYS_PER_ERA = 146097, DAYS_TO_1970 = 719468 };

Day day_from(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - DAYS_TO_1970;
}

void day_split(Day day, int *ret_year, int *ret_month, int *ret_day)
{
    int64_t z = (int64_t)day + DAYS_TO_1970;
    int64_t era = (z >= 0 ? z : z - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
    int day_of_era = (int)(z - era * DAYS_PER_ERA);
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted = (5 * day_of_year + 2) / 153;
    *ret_day = day_of_year - (153 * shifted + 2) / 5 + 1;
    *ret_month = shifted < 10 ? shifted + 3 : shifted - 9;
    *ret_year = (int)(era * 400) + year_of_era + (*ret_month <= 2);
}

int day_year(Day day)
{
    int year, month, of_month;
    day_split(day, &year, &month, &of_month);
    return year;
}

Weekday day_weekday(Day day)
{
    int rest = (int)(((int64_t)day + 3) % 7);   /* 1970-01-01 was a Thursday */
    return (Weekday)(rest < 0 ? rest + 7 : rest);
}

bool day_form(Str text)
{
    if (text.len != 10 || text.at[4] != '-' || text.at[7] != '-') {
        return false;
    }
    for (size_t i = 0; i < 10; i++) {
        if (i != 4 && i != 7 && (text.at[i] < '0' || text.at[i] > '9')) {
            return false;
        }
    }
    return true;
}

bool day_parse(Str text, Day *ret_day)
{
    if (!day_form(text)) {
        return false;
    }
    const char *at = text.at;
    int year = (at[0] - '0') * 1000 + (at[1] - '0') * 100 + (at[2] - '0') * 10 + (at[3] - '0');
    int month = (at[5] - '0') * 10 + (at[6] - '0');
    int of_month = (at[8] - '0') * 10 + (at[9] - '0');
    if (year < DAY_YEAR_MIN || year > DAY_YEAR_MAX || month < 1 || month > 12 || of_month < 1) {
        return false;
    }
    int y, m, d;
    Day day = day_from(year, month, of_month);
    day_split(day, &y, &m, &d);
    if (m != month || d != of_month) {
        return false;
    }
    *ret_day = day;
    return true;
}

void buf_put_day(Buf *buf, Day day)
{
    int year, month, of_month;
    day_split(day, &year, &month, &of_month);
    char text[10];
    text[0] = (char)('0' + year / 1000 % 10);
    text[1] = (char)('0' + year / 100 % 10);
    text[2] = (char)('0' + year / 10 % 10);
    text[3] = (char)('0' + year % 10);
    text[4] = '-';
    text[5] = (char)('0' + month / 10);
    text[6] = (char)('0' + month % 10);
    text[7] = '-';
    text[8] = (char)('0' + of_month / 10);
    text[9] = (char)('0' + of_month % 10);
    buf_put(buf, (Str){text, sizeof text});
}

void buf_put_day_json(Buf *buf, Day day)
{
    if (day == DAY_NONE || day == DAY_LAST) {
        buf_put(buf, STR("null"));
        return;
    }
    buf_put_byte(buf, '"');
    buf_put_day(buf, day);
    buf_put_byte(buf, '"');
}

Day day_of_moment(int64_t milliseconds)
{
    int64_t beijing = milliseconds + INT64_C(8) * 3600 * 1000;
    int64_t per_day = INT64_C(24) * 3600 * 1000;
    int64_t day = beijing / per_day;
    return (Day)(beijing % per_day < 0 ? day - 1 : day);
}
