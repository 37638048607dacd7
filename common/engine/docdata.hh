/* Document data that Xapian 1.4 can read back. */
#ifndef COMMON_ENGINE_DOCDATA_HH
#define COMMON_ENGINE_DOCDATA_HH

#include <string>

namespace engine
{

/* Appends as many blanks (mostly none) as it takes for Xapian to be able to
 * read the data. JSON does not mind. */
void docdata_make_readable(std::string &data);

} // namespace engine

#endif
