#include "searcher/zone.h"

#include <stdlib.h>
#include <unistd.h>

#include <criterion/criterion.h>

static struct zone read_zone(const char *name)
{
    struct zone zone = ZONE_UTC;
    struct error err = ERROR_NONE;
    cr_assert_eq(zone_read(&zone, name, &err), STATUS_OK, "%s: %s", name,
                 err.message);
    return zone;
}

static void need_places(void)
{
    if (access("/usr/share/zoneinfo/Europe/Berlin", R_OK) != 0)
        cr_skip("no time zone database");
}

/* The first and last second of a date, as written in UTC. */
static void covers(const char *name, const char *typed, const char *first,
                   const char *last)
{
    const struct zone zone = read_zone(name);
    timestamp from, to;
    char written[2][TIMESTAMP_SIZE];
    cr_assert(zone_parse_range(&zone, text_from(typed), &from, &to));
    timestamp_format(from, written[0], sizeof written[0]);
    timestamp_format(to, written[1], sizeof written[1]);
    cr_expect_str_eq(written[0], first, "%s %s from %s", name, typed,
                     written[0]);
    cr_expect_str_eq(written[1], last, "%s %s to %s", name, typed, written[1]);
}

Test(zone, a_distance_moves_the_day)
{
    covers("UTC", "2022-02-07", "2022-02-07T00:00:00Z", "2022-02-07T23:59:59Z");
    covers("Z", "2022-02", "2022-02-01T00:00:00Z", "2022-02-28T23:59:59Z");
    covers("+1", "2022-02-07", "2022-02-06T23:00:00Z", "2022-02-07T22:59:59Z");
    covers("-05:30", "2022", "2022-01-01T05:30:00Z", "2023-01-01T05:29:59Z");
    covers("+0900", "2022-02-07T09", "2022-02-07T00:00:00Z",
           "2022-02-07T00:59:59Z");
}

Test(zone, a_date_that_says_its_zone_keeps_it)
{
    covers("+9", "2022-02-07T10:00:00Z", "2022-02-07T10:00:00Z",
           "2022-02-07T10:00:00Z");
    covers("+9", "2022-02-07T10:00:00+0100", "2022-02-07T09:00:00Z",
           "2022-02-07T09:00:00Z");
}

Test(zone, a_place_has_its_own_rules)
{
    need_places();
    covers("Europe/Berlin", "2022-02-07", "2022-02-06T23:00:00Z",
           "2022-02-07T22:59:59Z");
    covers("Europe/Berlin", "2022-07-07", "2022-07-06T22:00:00Z",
           "2022-07-07T21:59:59Z");
    covers("Europe/Berlin", "2022-03-27", "2022-03-26T23:00:00Z",
           "2022-03-27T21:59:59Z");
    covers("Europe/Berlin", "2022", "2021-12-31T23:00:00Z",
           "2022-12-31T22:59:59Z");
    covers("America/New_York", "2022-02-07", "2022-02-07T05:00:00Z",
           "2022-02-08T04:59:59Z");
}

Test(zone, the_wall_clock_goes_both_ways)
{
    need_places();
    static const char *const names[] = {"UTC", "+05:45", "-11",
                                        "Europe/Berlin"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct zone zone = read_zone(names[i]);
        for (timestamp t = -1000000000; t < 2000000000; t += 86400 * 17 + 5000)
            cr_expect_eq(zone_moment(&zone, zone_wall(&zone, t)), t, "%s",
                         names[i]);
    }
}

Test(zone, the_local_one_is_that_of_the_process)
{
    need_places();
    setenv("TZ", "America/New_York", 1);
    covers("local", "2022-02-07", "2022-02-07T05:00:00Z",
           "2022-02-08T04:59:59Z");
}

Test(zone, what_is_no_zone_is_refused)
{
    static const char *const names[] = {"",       "berlin", "Europe/Nowhere",
                                        "Europe", "+25",    "+1:00",
                                        "+100",   "+01:60", "../etc/passwd",
                                        "/etc",   "+",      "+01:",
                                        "+15",    "+1x",    "utc",
                                        "+01000", "++01"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct zone zone = {false, 42};
        struct error err = ERROR_NONE;
        cr_expect_eq(zone_read(&zone, names[i], &err), STATUS_USAGE, "%s",
                     names[i]);
        cr_expect_eq(zone.ahead_of_utc, 42, "%s", names[i]);
    }
}
