/* How what matches is spread: over sources and sections, over years, months or
 * days. Exact numbers; every match is looked at, but no article is read.
 *
 * Days begin where the zone says.
 *
 * Life cycle: facets_parse() what is wanted, facets_count(), facets_done(). */
#ifndef SEARCHER_FACETS_H
#define SEARCHER_FACETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/archive.h"
#include "common/arena.h"
#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "searcher/plan.h"
#include "searcher/value_counter.h"
#include "searcher/zone.h"

enum facet_kind {
    FACET_SOURCE,
    FACET_SECTION,
    FACET_YEAR,
    FACET_MONTH,
    FACET_DAY,
    FACET_KINDS
};

/* In a command line: by enum facet_kind, NULL-ended. */
extern const char *const facet_names[];

struct facets_wanted {
    enum facet_kind kinds[FACET_KINDS]; /* none twice */
    size_t count;
    size_t top; /* of each, at most so many values: those that most have */
    bool has_timeline;
    enum facet_kind timeline; /* year, month or day */
    struct zone zone;         /* of days, months and years */
};

/* Adds a list such as "source,year" to what is wanted. STATUS_USAGE names what
 * there is. */
enum status facets_parse(struct facets_wanted *wanted, const char *list,
                         struct error *err) NODISCARD;

struct facet {
    enum facet_kind kind;
    struct value_count *values; /* what most have comes first; equals by value.
                                   In a timeline: by time, without gaps */
    size_t count, distinct;     /* values here, and in all */
    uint64_t without;           /* articles without any */
};

struct facets {
    struct arena arena; /* of the values */
    uint64_t total;     /* articles that match */
    struct facet list[FACET_KINDS];
    size_t count;
    struct facet timeline; /* if it was wanted */
};

struct facets_request {
    const struct plan *plan;
    struct archive *archive;
    const struct facets_wanted *wanted;
    double deadline_s; /* of clock_now_s(); 0: none */
};

/* Fills in values and numbers: of counted values those that most have, at most
 * `top`; the texts are copied. */
void facet_of_values(struct facet *f, const struct value_counter *counter,
                     size_t top, struct arena *arena);

/* STATUS_TIMEOUT at the deadline. */
enum status facets_count(struct facets *out,
                         const struct facets_request *request,
                         struct error *err) NODISCARD;
void facets_done(struct facets *f);
DEFINE_AUTO_DONE(facets);

#endif
