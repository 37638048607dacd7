#include "common/engine/disjunction.hh"

#include "common/engine/word_search.hh"

extern "C" {
#include "common/clock.h"
}

using engine::documents;
using engine::no_docid;

namespace
{

class Disjunction : public engine::word_search
{
    const double deadline_s;

    /* By docid in the segment at hand. */
    struct total {
        double weight;
        uint32_t length;
        bool found;
    };
    std::vector<total> totals;

  public:
    Disjunction(const engine_index &of, const engine_request &r)
        : word_search(of, r), deadline_s(r.deadline_s)
    {
    }

    bool run()
    {
        if (index.documents > MATCHES_MAX || !open())
            return false;
        weigh();
        for (size_t i = 0; i < segments.size(); i++)
            if (!search(i))
                return false;
        return true;
    }

  private:
    bool search(size_t segment)
    {
        totals.assign(index.parts[segment].last_docid + size_t{1}, total{});
        for (documents &list : segments[segment])
            if (clock_passed(deadline_s) || !add(segment, list))
                return false;
        matches.reserve(matches.size() + totals.size());
        for (uint32_t docid = 1; docid < totals.size(); docid++)
            if (totals[docid].found && !is_deleted(segment, docid))
                matches.push_back(
                    {index.combined(segment, docid), totals[docid].weight});
        return true;
    }

    bool add(size_t segment, documents &list)
    {
        const double weight = list.weight;
        for (uint32_t docid = list.docid(); docid != no_docid;
             list.seek(docid + 1), docid = list.docid()) {
            if (docid >= totals.size())
                return false;
            total &t = totals[docid];
            if (!t.found) {
                if (!length(segment, docid, t.length))
                    return false;
                t.found = true;
            }
            t.weight += weight * share(list.mentions(t.length), norm(t.length));
        }
        return !list.damaged();
    }
};

} // namespace

bool engine::disjunction_search(engine_hits &out, const engine_index &index,
                                const engine_request &request)
{
    if (!word_search::answers(index, request) ||
        request.query->join() != engine::any_word)
        return false;
    Disjunction disjunction(index, request);
    if (!disjunction.run())
        return false;
    out = disjunction.hits(request);
    return true;
}
