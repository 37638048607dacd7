/* To give what Xapian gives, it weighs as Xapian does: a synonym as if it were
 * a term that is in as many documents as its parts would be if they were
 * independent of each other. */
#include "common/engine/word_search.hh"

#include <cmath>

extern "C" {
#include "common/clock.h"
#include "common/mem.h"
}

enum { WORDS_MAX = 64 };

namespace engine
{

static double inverse_of_average_length(const engine_index &index)
{
    double average = static_cast<double>(index.total_length) / index.documents;
    return average != 0 ? 1 / average : 0;
}

size_t word_search::ranks_wanted(const engine_request &r)
{
    return r.count < SIZE_MAX - r.first ? r.first + r.count : SIZE_MAX;
}

word_search::word_search(const engine_index &of, const engine_request &r)
    : index(of), request(r), best(std::max(ranks_wanted(r), r.few)),
      words(r.query->words()), parameters(r),
      length_factor(inverse_of_average_length(of))
{
}

bool word_search::open()
{
    for (const part &part : index.parts) {
        if (!part.files.postlist)
            return false;
        segments.emplace_back(words.size());
        for (size_t i = 0; i < words.size(); i++)
            if (!segments.back()[i].open(words[i], part))
                return false;
    }
    return true;
}

uint32_t word_search::frequency(size_t word, size_t term) const
{
    uint32_t sum = 0;
    for (const auto &segment : segments)
        sum += segment[word].terms[term].frequency();
    return sum;
}

uint32_t word_search::frequency(size_t word) const
{
    uint32_t first = frequency(word, 0);
    return words[word].count == 1
               ? first
               : either(first, frequency(word, 1), index.documents);
}

void word_search::weigh()
{
    for (size_t i = 0; i < words.size(); i++) {
        uint32_t having = frequency(i);
        double odds = (index.documents - having + 0.5) / (having + 0.5);
        if (odds < 2)
            odds = odds * 0.5 + 1;
        for (auto &segment : segments)
            segment[i].weight =
                std::log(odds) * (parameters.k1 + 1) * words[i].factor;
    }
}

engine_hits word_search::hits()
{
    size_t first = std::min(request.first, total);
    size_t count = total <= request.few
                       ? total - first
                       : std::min(request.count, total - first);
    const std::vector<match> &ordered = best.ordered(first + count);
    engine_hits hits = {};
    hits.total_lower = hits.total_estimated = hits.total_upper =
        static_cast<uint32_t>(total);
    hits.hits =
        static_cast<engine_hit *>(mem_zeroed(count, sizeof(engine_hit)));
    for (; hits.count < count; hits.count++) {
        const match &hit = ordered[first + hits.count];
        hits.hits[hits.count] = {index.document_of(hit.docid), hit.weight};
    }
    return hits;
}

bool word_search::is_late()
{
    late = late || clock_passed(request.deadline_s);
    return late;
}

bool word_search::finish(engine_hits &out)
{
    out = hits();
    return true;
}

bool word_search::run(engine_hits &out)
{
    if (!open())
        return false;
    weigh();
    for (size_t i = 0; i < segments.size() && !late; i++)
        if (!search(i))
            return false;
    if (!finish(out))
        return false;
    if (late) {
        out.end = ENGINE_TIMED_OUT;
        out.total_estimated = out.total_upper = out.total_lower;
    }
    return true;
}

bool search_words(engine_hits &out, const engine_index &index,
                  const engine_request &request)
{
    const engine_query &query = *request.query;
    const size_t words = query.words().size();
    if (words == 0 || words > WORDS_MAX || index.documents == 0 ||
        request.sort != ENGINE_RELEVANCE || request.check_at_least == 0 ||
        request.tally)
        return false;
    const bool any =
        query.join() == any_word || (words == 1 && query.checks.empty());
    return any ? search_any_word(out, index, request)
               : search_all_words(out, index, request);
}

} // namespace engine
