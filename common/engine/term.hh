/* Between struct text and Xapian's strings. */
#ifndef COMMON_ENGINE_TERM_HH
#define COMMON_ENGINE_TERM_HH

#include <algorithm>
#include <string>

extern "C" {
#include "common/engine/engine.h"
#include "common/text.h"
}

namespace engine
{

inline std::string to_string(struct text t)
{
    return t.len > 0 ? std::string(t.ptr, t.len) : std::string();
}

/* Whether a document can have it as a term: keys hold NUL bytes doubled. */
inline bool is_term(struct text t)
{
    if (t.len == 0 || t.len > ENGINE_TERM_MAX)
        return false;
    auto nuls = std::count(t.ptr, t.ptr + t.len, '\0');
    return t.len + static_cast<size_t>(nuls) <= ENGINE_TERM_MAX;
}

} // namespace engine

#endif
