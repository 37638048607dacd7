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
    bool plain = true; /* neither ranges nor checks in it */
    std::vector<std::shared_ptr<engine::binding>> bindings;
};

#endif
