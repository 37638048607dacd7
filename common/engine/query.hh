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

/* Once a page is full, Xapian 1.4 replaces OR and AND_MAYBE by stricter
 * operators, and may lose a document that belongs on the page; a tree without
 * them is `prunable`. */
struct engine_query {
    Xapian::Query tree;
    bool plain = true; /* neither ranges nor checks in it */
    bool prunable = true;
    std::vector<std::shared_ptr<engine::binding>> bindings;
};

#endif
