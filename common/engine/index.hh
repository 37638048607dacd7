/* What index.cc and search.cc know of each other. */
#ifndef COMMON_ENGINE_INDEX_HH
#define COMMON_ENGINE_INDEX_HH

#include <string>
#include <unordered_map>
#include <vector>

#include <xapian.h>

#include "common/engine/segment.hh"

extern "C" {
#include "common/engine/index.h"
}

namespace engine
{

struct part {
    segment files;
    std::string uuid;
    uint32_t last_docid, documents;
    const uint32_t *deleted; /* borrowed from whoever opened the index */
    size_t deleted_count;
};

} // namespace engine

struct engine_index {
    std::vector<engine::part> parts;
    Xapian::Database all; /* the parts, with the statistics of all */
    size_t deleted_count = 0;
    uint32_t documents = 0; /* deleted ones counted */
    Xapian::totallength total_length = 0;

    /* Of terms that were asked for, so many as are worth their memory. */
    std::unordered_map<std::string, uint32_t> frequencies;

    void add(const engine_segment &segment);

    /* Combined docids interleave the parts'. */
    engine_document document_of(Xapian::docid combined) const
    {
        size_t n = parts.size();
        return {(combined - 1) % n,
                static_cast<uint32_t>((combined - 1) / n + 1)};
    }

    Xapian::docid combined(size_t segment, uint32_t docid) const
    {
        return static_cast<Xapian::docid>((docid - 1) * parts.size() + segment +
                                          1);
    }

    /* Which part a database is that Xapian handed to a posting source. */
    size_t segment_of(const Xapian::Database &db) const;
};

#endif
