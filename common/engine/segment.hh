/* Opening one segment for reading. */
#ifndef COMMON_ENGINE_SEGMENT_HH
#define COMMON_ENGINE_SEGMENT_HH

#include <memory>
#include <string>

#include <xapian.h>

extern "C" {
#include "common/engine/glass_lengths.h"
#include "common/engine/glass_table.h"
#include "common/engine/glass_tree.h"
}

namespace engine
{

struct glass_table_deleter {
    void operator()(glass_table *t) const
    {
        glass_table_free(t);
    }
};

using table = std::unique_ptr<glass_table, glass_table_deleter>;

struct glass_tree_deleter {
    void operator()(glass_tree *t) const
    {
        glass_tree_done(t);
        delete t;
    }
};

struct glass_lengths_deleter {
    void operator()(glass_lengths *l) const
    {
        glass_lengths_free(l);
    }
};

struct segment {
    Xapian::Database db;
    /* To be read past Xapian; null if that cannot be. */
    table docdata;
    std::unique_ptr<glass_tree, glass_tree_deleter> postlist;
    std::unique_ptr<glass_lengths, glass_lengths_deleter> lengths;
};

/* As Xapian opens it, but never through a stub, and with two faults found that
 * Xapian does not look for: a docdata table that ought to be there and is not
 * (DatabaseNotFoundError; Xapian would take all data for empty), and a version
 * file by which it would read or write beyond its buffers
 * (DatabaseCorruptError). */
segment segment_open(const std::string &path);

} // namespace engine

#endif
