#include "searcher/zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { HOUR_S = 3600, MINUTE_S = 60, HOURS_MAX = 14, DATE_LENGTH = 10 };

/* +1, +01, +0100, +01:00 */
static bool read_distance(const char *name, int *out)
{
    int digits[4] = {0}, count = 0;
    if (*name != '+' && *name != '-')
        return false;
    for (const char *c = name + 1; *c; c++) {
        if (*c == ':' && count == 2 && c[1])
            continue;
        if (*c < '0' || *c > '9' || count == 4)
            return false;
        digits[count++] = *c - '0';
    }
    if (count == 0 || count == 3)
        return false;
    const int hours = count == 1 ? digits[0] : digits[0] * 10 + digits[1];
    const int minutes = digits[2] * 10 + digits[3];
    const int distance = hours * HOUR_S + minutes * MINUTE_S;
    if (minutes >= 60 || distance > HOURS_MAX * HOUR_S)
        return false;
    *out = *name == '-' ? -distance : distance;
    return true;
}

/* The C library takes a name that it does not know for UTC. */
static bool is_place(const char *name)
{
    char path[300];
    if (!*name || *name == '/' || *name == '.' || strstr(name, ".."))
        return false;
    struct stat file;
    int len = snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
    return len > 0 && (size_t)len < sizeof path && stat(path, &file) == 0 &&
           S_ISREG(file.st_mode) && name[0] >= 'A' && name[0] <= 'Z';
}

enum status zone_read(struct zone *out, const char *name, struct error *err)
{
    struct zone zone = ZONE_UTC;
    if (strcmp(name, "UTC") == 0 || strcmp(name, "Z") == 0 ||
        read_distance(name, &zone.ahead_of_utc)) {
        *out = zone;
        return STATUS_OK;
    }
    zone.has_rules = true;
    if (strcmp(name, "local") != 0) {
        if (!is_place(name))
            return error_set(err, STATUS_USAGE,
                             "'%s' is no time zone: expected UTC, local, "
                             "+01:00 or a place such as Europe/Berlin",
                             name);
        setenv("TZ", name, 1);
    }
    tzset();
    *out = zone;
    return STATUS_OK;
}

timestamp zone_wall(const struct zone *zone, timestamp moment)
{
    struct tm there;
    const time_t t = (time_t)moment;
    if (!zone->has_rules || !localtime_r(&t, &there))
        return moment + zone->ahead_of_utc;
    return moment + there.tm_gmtoff;
}

timestamp zone_moment(const struct zone *zone, timestamp wall)
{
    if (!zone->has_rules)
        return wall - zone->ahead_of_utc;
    const struct calendar c = timestamp_calendar(wall);
    struct tm there = {.tm_year = c.year - 1900,
                       .tm_mon = c.month - 1,
                       .tm_mday = c.day,
                       .tm_hour = c.hour,
                       .tm_min = c.minute,
                       .tm_sec = c.second,
                       .tm_isdst = -1};
    return (timestamp)mktime(&there);
}

/* Behind the date, which may have hyphens of its own. */
static bool says_its_zone(struct text typed)
{
    for (size_t i = DATE_LENGTH; i < typed.len; i++)
        if (strchr("+-Zz", typed.ptr[i]))
            return true;
    return false;
}

bool zone_parse_range(const struct zone *zone, struct text typed,
                      timestamp *first, timestamp *last)
{
    timestamp from, to;
    if (!timestamp_parse_range(typed, &from, &to))
        return false;
    const bool as_it_is = says_its_zone(typed);
    *first = as_it_is ? from : zone_moment(zone, from);
    *last = as_it_is ? to : zone_moment(zone, to + 1) - 1;
    return true;
}
