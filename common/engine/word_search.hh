/* Searches for words past Xapian: their postings are read in place, and weigh
 * what they would weigh with Xapian, which takes several times as long. An AND
 * (conjunction.cc) and an OR of words (disjunction.cc) differ in which
 * documents they take. */
#ifndef COMMON_ENGINE_WORD_SEARCH_HH
#define COMMON_ENGINE_WORD_SEARCH_HH

#include <algorithm>
#include <vector>

#include "common/engine/best_matches.hh"
#include "common/engine/index.hh"
#include "common/engine/word_documents.hh"

extern "C" {
#include "common/engine/search.h"
}

namespace engine
{

/* BM25's parameters; a document counts as at least `shortest` times as long as
 * the average. */
struct bm25 {
    double k1 = 1.2, b = 0.75, shortest = 0.5;

    explicit bm25(const engine_request &request)
    {
        if (request.k1 != 0 || request.b != 0) {
            k1 = request.k1;
            b = request.b;
        }
    }
};

/* Life cycle: made of a request that outlives it, run once. */
class word_search
{
  protected:
    const engine_index &index;
    const engine_request &request;
    std::vector<std::vector<documents>> segments;
    best_matches best;
    size_t total = 0; /* of all matches */

    static bool any_damaged(const std::vector<documents> &lists)
    {
        return std::any_of(lists.begin(), lists.end(),
                           [](const auto &list) { return list.damaged(); });
    }

    /* What of a word's weight mentions give in a document of that length. */
    double norm(uint32_t length) const
    {
        double normal = std::max(length * length_factor, parameters.shortest);
        return parameters.k1 * (normal * parameters.b + (1 - parameters.b));
    }

    static double share(uint32_t mentions, double norm)
    {
        double count = mentions;
        return count / (norm + count);
    }

    /* From the first on. */
    static size_t ranks_wanted(const engine_request &request);

    /* Looks at the clock; once the time is up it stays so. */
    bool is_late();

    /* The total, and those of the ranks that are asked for. */
    engine_hits hits();

  private:
    const std::vector<word> &words;
    const bm25 parameters;
    const double length_factor;
    bool late = false;

    bool open();
    void weigh();
    uint32_t frequency(size_t word) const;
    uint32_t frequency(size_t word, size_t term) const;

    /* Takes the segment's matches, until the time is up. False if its postings
     * cannot be read. */
    virtual bool search(size_t segment) = 0;

    /* After the last. False if Xapian is to be asked. */
    virtual bool finish(engine_hits &out);

  public:
    word_search(const engine_index &of, const engine_request &r);
    virtual ~word_search() = default;

    /* False, and nothing done, if Xapian is to be asked. */
    bool run(engine_hits &out);
};

/* Reads all the lists in step. */
bool search_all_words(engine_hits &out, const engine_index &index,
                      const engine_request &request);

/* Reads one list after the other, some documents' worth at a time. */
bool search_any_word(engine_hits &out, const engine_index &index,
                     const engine_request &request);

/* The total is exact, unless there are checks of which not all need be asked.
 * False, and nothing done, if it is no such query or is not wanted in the order
 * of relevance, or if the postings cannot be read. */
bool search_words(engine_hits &out, const engine_index &index,
                  const engine_request &request);

} // namespace engine

#endif
