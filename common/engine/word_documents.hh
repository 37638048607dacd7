/* The documents of a segment that have a word, ascending, read past Xapian. */
#ifndef COMMON_ENGINE_WORD_DOCUMENTS_HH
#define COMMON_ENGINE_WORD_DOCUMENTS_HH

#include <algorithm>
#include <string>

#include "common/engine/index.hh"
#include "common/engine/query.hh"

extern "C" {
#include "common/engine/glass_postings.h"
}

namespace engine
{

const uint32_t no_docid = UINT32_MAX;

/* How many documents have one of two terms, going by how many have each. */
uint32_t either(uint32_t a, uint32_t b, uint32_t documents);

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

    /* The present one and those behind it up to `last`, as far as they fit. */
    void read(uint32_t last, glass_run &out)
    {
        out.count = 0;
        if (state == GLASS_THERE)
            state = glass_postings_read(&p, last, &out);
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

} // namespace engine

#endif
