/* Ends a search that takes too long. Xapian has no means to stop a match, but
 * asks the sources in it: at the deadline one that has matched every document
 * so far is at its end, and so is the AND that it stands in. What had been
 * found by then is the answer. */
#ifndef COMMON_ENGINE_DEADLINE_HH
#define COMMON_ENGINE_DEADLINE_HH

#include <memory>

#include <xapian.h>

extern "C" {
#include "common/clock.h"
}

namespace engine
{

/* Shared by all sources of a search. Once it has passed it stays so. */
class deadline
{
    double at_s;
    bool is_over = false;

  public:
    explicit deadline(double at_s_) : at_s(at_s_)
    {
    }

    bool passed()
    {
        is_over = is_over || clock_passed(at_s);
        return is_over;
    }

    bool over() const
    {
        return is_over;
    }
};

/* `query` until the deadline. */
Xapian::Query until(const Xapian::Query &query,
                    const std::shared_ptr<deadline> &deadline);

} // namespace engine

#endif
