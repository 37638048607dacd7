/* Opening one segment for reading. */
#ifndef COMMON_ENGINE_SEGMENT_HH
#define COMMON_ENGINE_SEGMENT_HH

#include <string>

#include <xapian.h>

namespace engine
{

/* As Xapian opens it, but never through a stub, and with two faults found that
 * Xapian does not look for: a docdata table that ought to be there and is not
 * (DatabaseNotFoundError; Xapian would take all data for empty), and a version
 * file by which it would read or write beyond its buffers
 * (DatabaseCorruptError). */
Xapian::Database segment_open(const std::string &path);

} // namespace engine

#endif
