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

segment segment_open(const std::string &path)
{
    glass_version version;
    bool known = glass_version_read(&version, path.c_str());
    if (known)
        check(version);
    segment s = {
        Xapian::Database(path, Xapian::DB_OPEN | Xapian::DB_BACKEND_GLASS), {}};
    const glass_root &root = version.tables[GLASS_DOCDATA];
    if (!known || !root.written)
        return s;
    std::string docdata = path + "/docdata.glass";
    if (access(docdata.c_str(), F_OK) != 0)
        throw Xapian::DatabaseNotFoundError(docdata + " is missing");
    s.docdata.reset(glass_table_open(docdata.c_str(), &root));
    return s;
}

} // namespace engine
