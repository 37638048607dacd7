#include <cerrno>
#include <sstream>

#include <sys/stat.h>

#include "common/engine/guard.hh"
#include "common/engine/segment.hh"

extern "C" {
#include "common/engine/writer.h"
}

using engine::guarded;

#ifdef __SANITIZE_ADDRESS__
/* Xapian 1.4.22 itself deletes by a base class what its check() allocated. */
extern "C" const char *__asan_default_options(void)
{
    return "new_delete_type_mismatch=0";
}
#endif

/* Xapian would overwrite what is there. */
static enum status make_folder(const char *path, struct error *err)
{
    if (mkdir(path, 0777) == 0)
        return STATUS_OK;
    enum status status = errno == EEXIST ? STATUS_EXISTS : STATUS_IO;
    error_io(err, "create", path);
    return err->status = status;
}

enum status engine_compact(const char *path, const char *const *sources,
                           size_t count, struct error *err)
{
    return guarded(err, [&] {
        Xapian::Database all;
        for (size_t i = 0; i < count; i++)
            all.add_database(engine::segment_open(sources[i]).db);
        enum status status = make_folder(path, err);
        if (!status)
            all.compact(path);
        return status;
    });
}

static enum status check(const char *path, std::ostream &found,
                         struct error *err)
{
    return guarded(err, [&] {
        engine::segment_open(path); /* finds what is missing */
        size_t faults = Xapian::Database::check(path, 0, &found);
        if (faults == 0)
            return STATUS_OK;
        return error_set(err, STATUS_CORRUPT, "%zu faults", faults);
    });
}

enum status engine_check(const char *path, FILE *report, struct error *err)
{
    return guarded(err, [&] {
        std::ostringstream found;
        enum status status = check(path, found, err);
        if (report)
            fputs(found.str().c_str(), report);
        return status ? error_prefix(err, "segment '%s'", path) : status;
    });
}
