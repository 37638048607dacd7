/* To give what Xapian gives, it weighs as Xapian does: a synonym as if it were
 * a term that is in as many documents as its parts would be if they were
 * independent of each other. */
#include "common/engine/word_search.hh"

#include <cmath>
#include <cstdlib>

extern "C" {
#include "common/mem.h"
}

enum { WORDS_MAX = 64 };

/* How many documents have one of two terms, going by how many have each. */
static uint32_t either(uint32_t a, uint32_t b, uint32_t documents)
{
    double x = a, y = b;
    return static_cast<uint32_t>(x + y - (x * y / documents) + 0.5);
}

namespace engine
{

bool documents::open(const word &word, const part &part)
{
    for (; count < word.count; count++)
        if (!terms[count].open(part.files.postlist.get(), word.terms[count]))
            return false;
    least = word.least;
    frequency = terms[0].frequency();
    if (count == 2)
        frequency = either(frequency, terms[1].frequency(), part.documents);
    return true;
}

static double inverse_of_average_length(const engine_index &index)
{
    double average = static_cast<double>(index.total_length) / index.documents;
    return average != 0 ? 1 / average : 0;
}

word_search::word_search(const engine_index &of, const engine_request &r)
    : index(of), words(r.query->words()), parameters(r),
      length_factor(inverse_of_average_length(of))
{
}

bool word_search::answers(const engine_index &index,
                          const engine_request &request)
{
    size_t words = request.query->words().size();
    return words > 0 && words <= WORDS_MAX && index.documents > 0 &&
           request.sort == ENGINE_RELEVANCE && request.check_at_least > 0 &&
           !request.tally;
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

bool word_search::length(size_t segment, uint32_t docid, uint32_t &out) const
{
    const part &part = index.parts[segment];
    return docid <= part.last_docid &&
           glass_lengths_get(part.files.lengths.get(), docid, &out);
}

bool word_search::is_deleted(size_t segment, uint32_t docid) const
{
    const part &part = index.parts[segment];
    return std::binary_search(part.deleted, part.deleted + part.deleted_count,
                              docid);
}

engine_hits word_search::hits(const engine_request &request)
{
    size_t total = matches.size();
    size_t first = std::min(request.first, total);
    size_t count = total <= request.few
                       ? total - first
                       : std::min(request.count, total - first);
    auto begin = matches.begin();
    std::partial_sort(begin, begin + static_cast<ptrdiff_t>(first + count),
                      matches.end());
    engine_hits hits = {};
    hits.total_lower = hits.total_estimated = hits.total_upper =
        static_cast<uint32_t>(total);
    hits.hits =
        static_cast<engine_hit *>(mem_zeroed(count, sizeof(engine_hit)));
    for (; hits.count < count; hits.count++) {
        const match &hit = matches[first + hits.count];
        hits.hits[hits.count] = {index.document_of(hit.docid), hit.weight};
    }
    return hits;
}

} // namespace engine
