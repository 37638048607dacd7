/* A moment, in seconds since 1970-01-01T00:00:00Z (may be negative), and the
 * calendar around it. Days, months and years are UTC's; a date that is printed
 * without a zone counts as UTC, so that it stays in its printed day. */
#ifndef COMMON_TIMESTAMP_H
#define COMMON_TIMESTAMP_H

#include <stdbool.h>
#include <stdint.h>

#include "common/compiler.h"
#include "common/text.h"

typedef int64_t timestamp;

#define TIMESTAMP_UNKNOWN INT64_MIN
enum { TIMESTAMP_YEAR_MIN = 1600 };

struct calendar {
    int year, month, day, hour, minute, second;
};

struct calendar timestamp_calendar(timestamp t);
timestamp timestamp_from_calendar(const struct calendar *c);

/* Reads what news archives call a date: ISO 8601 in its basic and extended
 * forms with any precision (2022, 2022-02, 2022-02-07, 2022-02-07T18:45:00Z,
 * 20220207T184500+0100, a blank for the T, fractions of a second), RFC 822
 * (Mon, 07 Feb 2022 18:45:00 GMT), Reuters' 26-FEB-1987 15:01:01.79, a month's
 * name in the languages of date_names.h (7 February 2022, Feb 7, 2022 6:45 p.m.
 * ET, 7. Februar 2022, 18:45 Uhr), 07.02.2022, the forms of date_rewrite.h, and
 * a plain number of seconds, milliseconds, micro- or nanoseconds since 1970
 * (nine digits or more). False, and `*out` untouched, for anything else, for a
 * day that is not in the calendar and for a year outside 1600 to 9999. */
bool timestamp_parse(struct text t, timestamp *out) NODISCARD;

/* The same; `*zoned` says whether it names its zone. A number does: it counts
 * in UTC. */
bool timestamp_parse_zoned(struct text t, timestamp *out, bool *zoned)
    NODISCARD;

/* A date that a person types: YYYY, YYYY-MM, YYYY-MM-DD, or with a time; gives
 * the first and the last second it covers. */
bool timestamp_parse_range(struct text t, timestamp *first, timestamp *last)
    NODISCARD;

/* Writes 2022-02-07T18:45:00Z; `size` at least TIMESTAMP_SIZE. The unknown
 * moment gives the empty string. */
enum { TIMESTAMP_SIZE = 32 };
void timestamp_format(timestamp t, char *out, size_t size);

#endif
