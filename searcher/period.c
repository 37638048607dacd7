#include "searcher/period.h"

#include <stdio.h>

#include "common/timestamp.h"

enum { DAY_SECONDS = 86400, MONTHS = 12 };

int64_t period_of(int64_t day, enum period_kind kind)
{
    if (kind == PERIOD_DAY)
        return day;
    const struct calendar c = timestamp_calendar(day * DAY_SECONDS);
    return kind == PERIOD_YEAR ? c.year : c.year * MONTHS + c.month - 1;
}

size_t period_label(char out[PERIOD_LABEL_SIZE], int64_t number,
                    enum period_kind kind)
{
    struct calendar c = {.year = (int)number};
    if (kind == PERIOD_DAY)
        c = timestamp_calendar(number * DAY_SECONDS);
    if (kind == PERIOD_MONTH)
        c = (struct calendar){.year = (int)(number / MONTHS),
                              .month = (int)(number % MONTHS) + 1};
    int len = snprintf(out, PERIOD_LABEL_SIZE, "%04d-%02d-%02d", c.year,
                       c.month, c.day);
    if (kind == PERIOD_YEAR)
        len -= 6;
    if (kind == PERIOD_MONTH)
        len -= 3;
    out[len] = '\0';
    return (size_t)len;
}
