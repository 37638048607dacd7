/* Runs an OR of words past Xapian, which has to look at all matches anyway (it
 * may lose some otherwise), several times as fast: a word after the other, its
 * weights added up in a table of the documents. Its total is exact. */
#ifndef COMMON_ENGINE_DISJUNCTION_HH
#define COMMON_ENGINE_DISJUNCTION_HH

#include "common/engine/index.hh"

extern "C" {
#include "common/engine/search.h"
}

namespace engine
{

/* False, and nothing done, if it is not such a query, is not wanted in the
 * order of relevance, or the time is up; and if the postings cannot be read. */
bool disjunction_search(engine_hits &out, const engine_index &index,
                        const engine_request &request);

} // namespace engine

#endif
