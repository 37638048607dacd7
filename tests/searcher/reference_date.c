#include "tests/searcher/reference_date.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAY_S = 86400 };

/* A day, a month or a year, as it is written; empty if there is none. */
struct written {
    char text[32];
};

static struct written day_of(timestamp t)
{
    struct written day;
    timestamp_format(t, day.text, sizeof day.text);
    day.text[10] = '\0';
    return day;
}

static int month_length(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30,
                                  31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : lengths[month - 1];
}

/* The same day of an earlier month, or its last. */
static struct written months_before(timestamp now, long months)
{
    struct calendar c = timestamp_calendar(now);
    struct written day;
    for (; months > 0; months--)
        if (--c.month == 0) {
            c.month = 12;
            c.year--;
        }
    const int most = month_length(c.year, c.month);
    snprintf(day.text, sizeof day.text, "%04d-%02d-%02d", c.year, c.month,
             c.day < most ? c.day : most);
    return day;
}

static struct written read_written(struct text typed, timestamp now)
{
    struct written out = {""};
    snprintf(out.text, sizeof out.text, "%.*s", TEXT_ARG(typed));
    const char unit = typed.len > 0 ? out.text[strlen(out.text) - 1] : '\0';
    const long n = strtol(out.text, NULL, 10);
    if (text_is(typed, "today"))
        return day_of(now);
    if (text_is(typed, "yesterday"))
        return day_of(now - DAY_S);
    if (unit == 'd' || unit == 'w')
        return day_of(now - n * DAY_S * (unit == 'w' ? 7 : 1));
    if (unit == 'm' || unit == 'y')
        return months_before(now, n * (unit == 'y' ? 12 : 1));
    return out;
}

static bool is_day(const struct written *w)
{
    int year = 0, month = 1, day = 1;
    return w->text[0] == '\0' ||
           (sscanf(w->text, "%d-%d-%d", &year, &month, &day) > 0 &&
            year >= 1600 && month >= 1 && month <= 12 && day >= 1 &&
            day <= month_length(year, month));
}

/* As far as the shorter one says. */
static int compare(const struct written *a, const struct written *b)
{
    const size_t x = strlen(a->text), y = strlen(b->text);
    return strncmp(a->text, b->text, x < y ? x : y);
}

bool reference_date_refuses(const struct query_node *node, timestamp now)
{
    if (text_is(node->text, QUERY_UNDATED))
        return false;
    const struct written from = read_written(node->text, now);
    const struct written to = read_written(node->last, now);
    return !is_day(&from) || !is_day(&to) || compare(&from, &to) > 0;
}

bool reference_date_matches(const struct query_node *node, timestamp now,
                            timestamp moment)
{
    if (moment == TIMESTAMP_UNKNOWN || text_is(node->text, QUERY_UNDATED))
        return moment == TIMESTAMP_UNKNOWN &&
               text_is(node->text, QUERY_UNDATED);
    const struct written from = read_written(node->text, now);
    const struct written to = read_written(node->last, now);
    const struct written day = day_of(moment);
    return compare(&from, &day) <= 0 && compare(&day, &to) <= 0;
}
