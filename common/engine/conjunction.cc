/* To give what Xapian gives, it weighs as Xapian does: a synonym as if it were
 * a term that is in as many documents as its parts would be if they were
 * independent of each other, and adds up in the same order, by frequency in
 * the segment. */
#include "common/engine/conjunction.hh"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "common/engine/query.hh"

extern "C" {
#include "common/engine/glass_postings.h"
#include "common/mem.h"
}

namespace
{

enum { WORDS_MAX = 64, MATCHES_MAX = 1 << 22 };

const uint32_t no_docid = UINT32_MAX;

/* How many documents have one of two terms, going by how many have each. */
uint32_t either(uint32_t a, uint32_t b, uint32_t documents)
{
    double x = a, y = b;
    return static_cast<uint32_t>(x + y - (x * y / documents) + 0.5);
}

/* A term's postings in one segment. */
class Postings
{
    glass_postings p;
    glass_state state = GLASS_DAMAGED;
    bool opened = false;

  public:
    Postings() = default;
    Postings(const Postings &) = delete;
    Postings &operator=(const Postings &) = delete;

    ~Postings()
    {
        if (opened)
            glass_postings_done(&p);
    }

    bool open(const glass_tree *tree, const std::string &term)
    {
        state = glass_postings_open(&p, tree, {term.data(), term.size()});
        opened = true;
        return state != GLASS_DAMAGED;
    }

    uint32_t frequency() const
    {
        return p.frequency;
    }

    void seek(uint32_t docid)
    {
        if (state == GLASS_THERE && p.docid < docid)
            state = glass_postings_seek(&p, docid);
    }

    bool damaged() const
    {
        return state == GLASS_DAMAGED;
    }

    uint32_t docid() const
    {
        return state == GLASS_THERE ? p.docid : no_docid;
    }

    uint32_t count() const
    {
        return p.count;
    }
};

/* A word's documents in one segment. */
struct Documents {
    Postings terms[2];
    size_t count = 0;
    uint32_t frequency = 0; /* for a synonym as estimated */
    double weight = 0;

    bool open(const engine::word &word, const engine::part &part)
    {
        for (; count < word.count; count++)
            if (!terms[count].open(part.files.postlist.get(),
                                   word.terms[count]))
                return false;
        frequency = terms[0].frequency();
        if (count == 2)
            frequency = either(frequency, terms[1].frequency(), part.documents);
        return true;
    }

    uint32_t docid() const
    {
        uint32_t first = terms[0].docid();
        return count == 2 ? std::min(first, terms[1].docid()) : first;
    }

    void seek(uint32_t docid)
    {
        for (size_t i = 0; i < count; i++)
            terms[i].seek(docid);
    }

    bool damaged() const
    {
        return terms[0].damaged() || (count == 2 && terms[1].damaged());
    }

    /* No more than the document is long, if it is a synonym's. */
    uint32_t mentions(uint32_t length) const
    {
        if (count == 1)
            return terms[0].count();
        uint32_t now = docid(), sum = 0;
        for (const Postings &p : terms)
            sum += p.docid() == now ? p.count() : 0;
        return std::min(sum, length);
    }
};

/* A document, numbered as in all segments together. */
struct Match {
    uint32_t docid;
    double weight;

    bool operator<(const Match &other) const
    {
        return weight != other.weight ? weight > other.weight
                                      : docid < other.docid;
    }
};

class Conjunction
{
    const engine_index &index;
    const std::vector<engine::word> &words;
    const engine::bm25 parameters;
    const double length_factor;
    const size_t most; /* more matches are not wanted */
    std::vector<std::vector<Documents>> segments;

  public:
    std::vector<Match> matches;

    Conjunction(const engine_index &of, const engine_request &r)
        : index(of), words(r.query->words()), parameters(r),
          length_factor(factor(of)),
          most(std::min<size_t>(r.check_at_least, MATCHES_MAX) - 1)
    {
    }

    bool run()
    {
        if (!open() || !is_promising())
            return false;
        weigh();
        for (size_t i = 0; i < segments.size(); i++)
            if (!search(i))
                return false;
        return true;
    }

  private:
    static double factor(const engine_index &index)
    {
        double average =
            static_cast<double>(index.total_length) / index.documents;
        return average != 0 ? 1 / average : 0;
    }

    bool open()
    {
        for (const engine::part &part : index.parts) {
            if (!part.files.postlist)
                return false;
            segments.emplace_back(words.size());
            for (size_t i = 0; i < words.size(); i++)
                if (!segments.back()[i].open(words[i], part))
                    return false;
        }
        return true;
    }

    uint32_t frequency(size_t word, size_t term) const
    {
        uint32_t sum = 0;
        for (const auto &segment : segments)
            sum += segment[word].terms[term].frequency();
        return sum;
    }

    uint32_t frequency(size_t word) const
    {
        uint32_t first = frequency(word, 0);
        return words[word].count == 1
                   ? first
                   : either(first, frequency(word, 1), index.documents);
    }

    /* Whether there are hardly more matches than wanted. */
    bool is_promising() const
    {
        double expected = index.documents;
        for (size_t i = 0; i < words.size(); i++)
            expected *= static_cast<double>(frequency(i)) / index.documents;
        return expected <= static_cast<double>(most);
    }

    void weigh()
    {
        for (size_t i = 0; i < words.size(); i++) {
            uint32_t documents = frequency(i);
            double odds =
                (index.documents - documents + 0.5) / (documents + 0.5);
            if (odds < 2)
                odds = odds * 0.5 + 1;
            for (auto &segment : segments)
                segment[i].weight = std::log(odds) * (parameters.k1 + 1);
        }
    }

    static bool is_rarer(const Documents *a, const Documents *b)
    {
        return a->frequency < b->frequency;
    }

    /* The words' lists by length. std::partial_sort_copy() is what Xapian
     * orders equals by. */
    static std::vector<Documents *> ordered(std::vector<Documents> &lists)
    {
        std::vector<Documents *> all(lists.size()), out(lists.size());
        for (size_t i = 0; i < lists.size(); i++)
            all[i] = &lists[i];
        std::partial_sort_copy(all.begin(), all.end(), out.begin(), out.end(),
                               is_rarer);
        return out;
    }

    bool search(size_t segment)
    {
        std::vector<Documents *> lists = ordered(segments[segment]);
        for (uint32_t docid = 1; docid != no_docid;) {
            docid = next(lists, docid);
            if (docid == no_docid)
                break;
            if (!take(segment, docid, lists) || matches.size() > most)
                return false;
            docid++;
        }
        return std::none_of(lists.begin(), lists.end(),
                            [](auto list) { return list->damaged(); });
    }

    /* The first document from `docid` on that all lists have. */
    static uint32_t next(const std::vector<Documents *> &lists, uint32_t docid)
    {
        for (size_t agreed = 0, i = 0; agreed < lists.size();
             i = i + 1 < lists.size() ? i + 1 : 0) {
            lists[i]->seek(docid);
            uint32_t found = lists[i]->docid();
            agreed = found == docid ? agreed + 1 : 1;
            docid = found;
            if (docid == no_docid)
                break;
        }
        return docid;
    }

    bool take(size_t segment, uint32_t docid,
              const std::vector<Documents *> &lists)
    {
        const engine::part &part = index.parts[segment];
        uint32_t length;
        if (docid > part.last_docid ||
            !glass_lengths_get(part.files.lengths.get(), docid, &length))
            return false;
        if (std::binary_search(part.deleted, part.deleted + part.deleted_count,
                               docid))
            return true;
        Match match = {index.combined(segment, docid), 0};
        for (const Documents *list : lists)
            match.weight +=
                list->weight * share(list->mentions(length), length);
        matches.push_back(match);
        return true;
    }

    /* What of a word's weight so many mentions give. */
    double share(uint32_t mentions, uint32_t length) const
    {
        double normal = std::max(length * length_factor, parameters.shortest);
        double count = mentions;
        return count /
               (parameters.k1 * (normal * parameters.b + (1 - parameters.b)) +
                count);
    }
};

/* Those of the ranks that are asked for. */
engine_hits hits_of(std::vector<Match> &matches, const engine_index &index,
                    const engine_request &request)
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
        const Match &match = matches[first + hits.count];
        hits.hits[hits.count] = {index.document_of(match.docid), match.weight};
    }
    return hits;
}

} // namespace

bool engine::conjunction_search(engine_hits &out, const engine_index &index,
                                const engine_request &request)
{
    size_t words = request.query->words().size();
    if (words == 0 || words > WORDS_MAX || index.documents == 0 ||
        request.sort != ENGINE_RELEVANCE || request.check_at_least == 0 ||
        request.tally)
        return false;
    Conjunction conjunction(index, request);
    if (!conjunction.run())
        return false;
    out = hits_of(conjunction.matches, index, request);
    return true;
}
