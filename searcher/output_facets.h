/* Facets and a timeline, printed in the format that was asked for; all but
 * trec have a place for them. docs/output-json.md has the JSON. */
#ifndef SEARCHER_OUTPUT_FACETS_H
#define SEARCHER_OUTPUT_FACETS_H

#include "common/compiler.h"
#include "common/error.h"
#include "searcher/facets.h"
#include "searcher/output.h"

enum status output_facets(const struct output_settings *settings,
                          const struct result_summary *summary,
                          const struct facets *facets, struct error *err)
    NODISCARD;

#endif
