#include "searcher/day.h"

#include <stdio.h>

void day_write(timestamp t, char out[DAY_SIZE])
{
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const struct calendar c = timestamp_calendar(t);
    if (t == TIMESTAMP_UNKNOWN)
        *out = '\0';
    else
        snprintf(out, DAY_SIZE, "%d %s %d", c.day, months[c.month - 1], c.year);
}
