/* All matches of a query, in little memory and in Xapian's order. Part of
 * search.cc: an MSet of them would take more than a hundred bytes each. */
#ifndef COMMON_ENGINE_GATHER_HH
#define COMMON_ENGINE_GATHER_HH

#include <deque>
#include <limits>

#include "common/engine/document_source.hh"
#include "common/engine/index.hh"

extern "C" {
#include "common/engine/search.h"
}

namespace engine
{

/* A match in 24 bytes. */
struct gathered {
    double key; /* of the order by value; larger comes first */
    double weight;
    Xapian::docid docid; /* of the index */
};

struct gathering {
    size_t place = 0; /* segment of the present match */
    std::deque<gathered> matches;
};

/* As Xapian orders: by value, by weight, by docid. */
inline bool comes_before(const gathered &a, const gathered &b)
{
    if (a.key != b.key)
        return a.key > b.key;
    if (a.weight != b.weight)
        return a.weight > b.weight;
    return a.docid < b.docid;
}

/* Matches everything, and says of which segment the match is that is made just
 * now: a spy is shown a segment's docid without the segment. */
class PlaceSource : public document_source
{
    const engine_index &index;
    size_t &place;
    size_t segment = 0;

    void go_to(Xapian::docid wanted) override
    {
        docid = wanted;
        place = segment;
    }

  public:
    PlaceSource(const engine_index &of, size_t &at) : index(of), place(at)
    {
    }

    PlaceSource *clone() const override
    {
        return new PlaceSource(index, place);
    }

    void init(const Xapian::Database &db) override
    {
        document_source::init(db);
        segment = index.segment_of(db);
    }

    std::string get_description() const override
    {
        return "place";
    }
};

/* Keeps every match. In a deque, lest it be copied when it grows. */
class GatherSpy : public Xapian::MatchSpy
{
    const engine_index &index;
    const engine_request &request;
    gathering &into;

    double key_of(const Xapian::Document &document) const
    {
        if (request.sort == ENGINE_RELEVANCE)
            return 0;
        const std::string packed = document.get_value(request.sort_slot);
        if (packed.empty())
            return -std::numeric_limits<double>::infinity();
        const double number = Xapian::sortable_unserialise(packed);
        return request.sort == ENGINE_NEWEST ? number : -number;
    }

  public:
    GatherSpy(const engine_index &i, const engine_request &r, gathering &g)
        : index(i), request(r), into(g)
    {
    }

    void operator()(const Xapian::Document &document, double weight) override
    {
        into.matches.push_back(
            {key_of(document), weight,
             index.combined(into.place, document.get_docid())});
    }
};

} // namespace engine

#endif
