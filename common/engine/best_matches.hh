/* The best of the matches that a search finds, in the order of their weights,
 * equals by docid; no more are kept than twice those that are wanted. */
#ifndef COMMON_ENGINE_BEST_MATCHES_HH
#define COMMON_ENGINE_BEST_MATCHES_HH

#include <cstddef>
#include <cstdint>
#include <vector>

namespace engine
{

/* A document, numbered as in all segments together. */
struct match {
    uint32_t docid;
    double weight;

    bool operator<(const match &other) const
    {
        return weight != other.weight ? weight > other.weight
                                      : docid < other.docid;
    }
};

class best_matches
{
    const size_t wanted;
    std::vector<match> kept;
    match last; /* what is behind it is not among the best */

    void drop_the_rest();

  public:
    explicit best_matches(size_t wanted_);

    /* What weighs less is not among the best. */
    double least() const
    {
        return last.weight;
    }

    void add(const match &found)
    {
        if (found < last) {
            kept.push_back(found);
            if (kept.size() / 2 == wanted)
                drop_the_rest();
        }
    }

    /* The best, those that are wanted and perhaps some behind them, in any
     * order. */
    std::vector<match> &all()
    {
        return kept;
    }

    /* The best `count` of them come first, if no more than are wanted. */
    const std::vector<match> &ordered(size_t count);
};

} // namespace engine

#endif
