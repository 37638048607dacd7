/* Where days begin: UTC, a fixed distance from it, or the rules of a place.
 *
 * Wall seconds are what a clock there shows, counted as if it showed UTC. */
#ifndef SEARCHER_ZONE_H
#define SEARCHER_ZONE_H

#include <stdbool.h>

#include "common/compiler.h"
#include "common/error.h"
#include "common/text.h"
#include "common/timestamp.h"

struct zone {
    bool has_rules;   /* those of the process, which zone_read() has set */
    int ahead_of_utc; /* seconds; without rules */
};

#define ZONE_UTC                                                               \
    {                                                                          \
        false, 0                                                               \
    }

/* UTC, Z, +01:00, -0530, +1, local, or a name such as Europe/Berlin, which
 * becomes the time zone of the process. STATUS_USAGE if there is none such. */
enum status zone_read(struct zone *out, const char *name, struct error *err)
    NODISCARD;

timestamp zone_wall(const struct zone *zone, timestamp moment);
timestamp zone_moment(const struct zone *zone, timestamp wall);

/* As timestamp_parse_range(), for a date that a person there types; one that
 * says its own zone keeps it. */
bool zone_parse_range(const struct zone *zone, struct text typed,
                      timestamp *first, timestamp *last) NODISCARD;

#endif
