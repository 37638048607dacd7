/* How articles are spread over sources, sections and days: those that match, or
 * all that an archive holds. Counted when first asked for.
 *
 * Life cycle: zeroed, survey_take() any number of times, survey_done() and then
 * the same again. */
#ifndef SEARCHER_SURVEY_H
#define SEARCHER_SURVEY_H

#include <stdbool.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "searcher/facets.h"
#include "searcher/holdings.h"

struct survey {
    struct facets facets; /* with all values, what most have first */
    bool is_taken;
};

/* Places in `facets.list`. */
enum survey_facet {
    SURVEY_SOURCES,
    SURVEY_SECTIONS,
    SURVEY_YEARS,
    SURVEY_DAYS
};

/* Of what the plan finds; NULL: of all articles. Days are those of the zone.
 * Until survey_done() they are the same. STATUS_TIMEOUT if it is cut short
 * (common/clock.h). */
enum status survey_take(struct survey *s, struct holdings *holdings,
                        const struct plan *plan, const struct zone *zone,
                        struct error *err) NODISCARD;
void survey_done(struct survey *s);
DEFINE_AUTO_DONE(survey);

#endif
