/* What query.cc and search.cc know of each other. */
#ifndef COMMON_ENGINE_QUERY_HH
#define COMMON_ENGINE_QUERY_HH

#include <memory>
#include <vector>

#include <xapian.h>

#include "common/engine/index.hh"

extern "C" {
#include "common/engine/query.h"
}

namespace engine
{

/* Where a check source learns which index it is run over. The source and its
 * clones share it with the query, as a tree may drop a source. */
struct binding {
    const engine_index *index = nullptr;
};

} // namespace engine

struct engine_query {
    Xapian::Query tree;

    /* Neither ranges nor checks in it. */
    bool plain = true;

    /* Neither OR nor AND_MAYBE in it: once a page is full, Xapian 1.4 replaces
     * these by stricter operators, and may lose a document that belongs on the
     * page. */
    bool prunable = true;

    /* At most how many match, going by the checks. */
    uint64_t guess = UINT32_MAX;

    std::vector<std::shared_ptr<engine::binding>> bindings;

    explicit engine_query(const Xapian::Query &q) : tree(q)
    {
    }
};

#endif
