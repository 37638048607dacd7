/* How articles are spread over sources, sections and days: those that match, or
 * all that an archive holds. Counted when first asked for.
 *
 * Life cycle: zeroed, survey_take() any number of times, survey_done() and then
 * the same again. */
#ifndef SEARCHER_SESSION_SURVEY_H
#define SEARCHER_SESSION_SURVEY_H

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

/* Of what the plan finds; NULL: of all articles. Until survey_done() it is the
 * same plan. STATUS_TIMEOUT if it is cut short (common/clock.h). */
enum status survey_take(struct survey *s, struct holdings *holdings,
                        const struct plan *plan, struct error *err) NODISCARD;
void survey_done(struct survey *s);
DEFINE_AUTO_DONE(survey);

#endif
