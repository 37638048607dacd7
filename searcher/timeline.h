/* When what was found was written, against what the archive holds of that time:
 * by day, month or year, whichever fits.
 *
 * Life cycle: timeline_make() of two facets by day, timeline_done(). */
#ifndef SEARCHER_TIMELINE_H
#define SEARCHER_TIMELINE_H

#include <stddef.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "searcher/facets.h"
#include "searcher/period.h"

struct timeline_period {
    uint64_t matches;
    uint64_t held; /* articles of the archive; 0: a hole in it */
};

/* Without gaps, from the first match to the last. */
struct timeline {
    enum period_kind kind;
    int64_t first; /* number of the first period */
    size_t merged; /* years in one of them; 1 of months and days */
    struct timeline_period *periods;
    size_t count; /* 0 if no match has a date */
    uint64_t matches, undated;
};

/* Of facets that have all days, in any order. At most `most` periods, of the
 * shortest kind that does. */
void timeline_make(struct timeline *out, const struct facet *matches,
                   const struct facet *held, size_t most);
void timeline_done(struct timeline *t);
DEFINE_AUTO_DONE(timeline);

/* A period's name: 2022-02; 1990-1999 where years are merged. */
enum { TIMELINE_LABEL_SIZE = 2 * PERIOD_LABEL_SIZE };
void timeline_label(char out[TIMELINE_LABEL_SIZE], const struct timeline *t,
                    size_t period);

enum timeline_measure {
    TIMELINE_ARTICLES,
    TIMELINE_SHARE /* of those that the archive has of that time */
};
double timeline_value(const struct timeline *t, size_t period,
                      enum timeline_measure measure);

/* The period with the largest value, the first of them. */
size_t timeline_peak(const struct timeline *t, enum timeline_measure measure);

/* "day", "month", "year" or "10 years". */
void timeline_unit(char out[TIMELINE_LABEL_SIZE], const struct timeline *t);

#endif
