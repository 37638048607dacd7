#include "common/engine/segment.hh"

#include <unistd.h>

namespace engine
{

enum { LEVELS_MAX = 9 };

/* Where there is no version file Xapian says so. */
static void check(const glass_version &version)
{
    for (const glass_root &root : version.tables)
        if (root.level > LEVELS_MAX || (!root.written && root.entries > 0))
            throw Xapian::DatabaseCorruptError("an impossible table");
}

static table open_table(const std::string &name, const glass_root &root)
{
    return table(glass_table_open(name.c_str(), &root));
}

static void open_postlist(segment &s, const std::string &path,
                          const glass_root &root)
{
    glass_tree tree;
    if (!glass_tree_open(&tree, path.c_str(), &root))
        return;
    s.postlist.reset(new glass_tree(tree));
    s.lengths.reset(glass_lengths_new(s.postlist.get()));
}

segment segment_open(const std::string &path)
{
    glass_version version;
    bool known = glass_version_read(&version, path.c_str());
    if (known)
        check(version);
    segment s = {
        Xapian::Database(path, Xapian::DB_OPEN | Xapian::DB_BACKEND_GLASS),
        {},
        {},
        {}};
    if (!known)
        return s;
    open_postlist(s, path + "/postlist.glass", version.tables[GLASS_POSTLIST]);
    std::string docdata = path + "/docdata.glass";
    s.docdata = open_table(docdata, version.tables[GLASS_DOCDATA]);
    bool wanted = version.tables[GLASS_DOCDATA].written;
    if (wanted && !s.docdata && access(docdata.c_str(), F_OK) != 0)
        throw Xapian::DatabaseNotFoundError(docdata + " is missing");
    return s;
}

} // namespace engine
