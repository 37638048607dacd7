/* What a search for words past Xapian consists of: the words' postings in each
 * segment, read in place, and the weights that Xapian would give. An AND
 * (conjunction.cc) and an OR of words (disjunction.cc) differ in which
 * documents they take. */
#ifndef COMMON_ENGINE_WORD_SEARCH_HH
#define COMMON_ENGINE_WORD_SEARCH_HH

#include <algorithm>
#include <string>
#include <vector>

#include "common/engine/index.hh"
#include "common/engine/query.hh"

extern "C" {
#include "common/engine/glass_postings.h"
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

const uint32_t no_docid = UINT32_MAX;

/* A term's postings in one segment. */
class postings
{
    glass_postings p;
    glass_state state = GLASS_DAMAGED;
    bool opened = false;

  public:
    postings() = default;
    postings(const postings &) = delete;
    postings &operator=(const postings &) = delete;

    ~postings()
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
struct documents {
    postings terms[2];
    size_t count = 0;
    uint32_t frequency = 0; /* for a synonym as estimated */
    uint32_t least = 0;     /* mentions by the first term */
    double weight = 0;

    bool open(const word &word, const part &part);

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

    /* Whether the present document is of interest. */
    bool suffices() const
    {
        return least == 0 ||
               (terms[0].docid() == docid() && terms[0].count() >= least);
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
        for (const postings &p : terms)
            sum += p.docid() == now ? p.count() : 0;
        return std::min(sum, length);
    }
};

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

/* Life cycle: open() finds the postings, weigh() says what a mention weighs,
 * then who inherits takes documents. False of any of them: the postings cannot
 * be read, and Xapian is to be asked. */
class word_search
{
  protected:
    enum { MATCHES_MAX = 1 << 22 };

    const engine_index &index;
    const std::vector<word> &words;
    std::vector<std::vector<documents>> segments;

    word_search(const engine_index &of, const engine_request &r);

    bool open();
    void weigh();

    uint32_t frequency(size_t word) const;

    /* Of a document of a segment; false if there is none. */
    bool length(size_t segment, uint32_t docid, uint32_t &out) const;
    bool is_deleted(size_t segment, uint32_t docid) const;

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

    std::vector<match> matches;

  public:
    /* Those of the ranks that are asked for. */
    engine_hits hits(const engine_request &request);

    /* Whether a request is one that can be answered so. */
    static bool answers(const engine_index &index,
                        const engine_request &request);

  private:
    const bm25 parameters;
    const double length_factor;

    uint32_t frequency(size_t word, size_t term) const;
};

} // namespace engine

#endif
