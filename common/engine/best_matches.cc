#include "common/engine/best_matches.hh"

#include <algorithm>
#include <limits>

using engine::match;

static const double infinity = std::numeric_limits<double>::infinity();
static const match before_all = {0, infinity};
static const match behind_all = {UINT32_MAX, -infinity};

engine::best_matches::best_matches(size_t wanted_)
    : wanted(wanted_), last(wanted_ > 0 ? behind_all : before_all)
{
}

void engine::best_matches::drop_the_rest()
{
    auto begin = kept.begin(), end = begin + static_cast<ptrdiff_t>(wanted);
    std::nth_element(begin, end - 1, kept.end());
    kept.erase(end, kept.end());
    last = kept.back();
}

const std::vector<match> &engine::best_matches::ordered(size_t count)
{
    count = std::min(count, kept.size());
    auto begin = kept.begin();
    std::partial_sort(begin, begin + static_cast<ptrdiff_t>(count), kept.end());
    return kept;
}
