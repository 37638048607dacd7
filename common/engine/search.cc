#include <algorithm>
#include <cstdlib>
#include <stdexcept>

#include "common/engine/gather.hh"
#include "common/engine/guard.hh"
#include "common/engine/index.hh"
#include "common/engine/query.hh"
#include "common/engine/word_search.hh"

extern "C" {
#include "common/engine/search.h"
}

using engine::guarded;

namespace
{

/* From so many hits on their memory counts. */
enum { MANY = 20000 };

/* The deleted documents of the segment it is initialised with. */
class DeletedSource : public Xapian::PostingSource
{
    const engine_index &index;
    const uint32_t *at = nullptr, *begin = nullptr, *end = nullptr;

    Xapian::doccount count() const
    {
        return static_cast<Xapian::doccount>(end - begin);
    }

  public:
    explicit DeletedSource(const engine_index &of) : index(of)
    {
    }

    DeletedSource *clone() const override
    {
        return new DeletedSource(index);
    }

    void init(const Xapian::Database &db) override
    {
        const engine::part &part = index.parts[index.segment_of(db)];
        begin = part.deleted;
        end = begin + part.deleted_count;
        at = nullptr;
    }

    Xapian::doccount get_termfreq_min() const override
    {
        return count();
    }

    Xapian::doccount get_termfreq_est() const override
    {
        return count();
    }

    Xapian::doccount get_termfreq_max() const override
    {
        return count();
    }

    Xapian::docid get_docid() const override
    {
        return *at;
    }

    bool at_end() const override
    {
        return at == end;
    }

    void next(double) override
    {
        at = at ? at + 1 : begin;
    }

    void skip_to(Xapian::docid wanted, double) override
    {
        at = std::lower_bound(at ? at : begin, end, wanted);
    }

    std::string get_description() const override
    {
        return "deleted";
    }
};

class TallySpy : public Xapian::MatchSpy
{
    const engine_tally &tally;
    std::vector<std::string> values;
    std::vector<text> texts;

  public:
    explicit TallySpy(const engine_tally &t)
        : tally(t), values(t.slot_count), texts(t.slot_count)
    {
    }

    void operator()(const Xapian::Document &document, double) override
    {
        for (size_t i = 0; i < values.size(); i++) {
            values[i] = document.get_value(tally.slots[i]);
            texts[i] = {values[i].data(), values[i].size()};
        }
        tally.add(tally.context, texts.data());
    }
};

} // namespace

static Xapian::Query without_deleted(const Xapian::Query &query,
                                     const engine_index &index)
{
    if (index.deleted_count == 0)
        return query;
    auto source = new DeletedSource(index);
    return Xapian::Query(Xapian::Query::OP_AND_NOT, query,
                         Xapian::Query(source->release()));
}

static Xapian::BM25Weight weighting(const engine_request &request)
{
    engine::bm25 p(request);
    return Xapian::BM25Weight(p.k1, 0, 1, p.b, p.shortest);
}

/* A document without a value has the empty string, which sorts last when the
 * newest come first; `oldest` puts it behind every packed number. */
static void set_order(Xapian::Enquire &enquire, const engine_request &request,
                      Xapian::MultiValueKeyMaker &oldest)
{
    switch (request.sort) {
    case ENGINE_RELEVANCE:
        break;
    case ENGINE_NEWEST:
        enquire.set_sort_by_value_then_relevance(request.sort_slot, true);
        break;
    case ENGINE_OLDEST:
        oldest.add_value(request.sort_slot, false,
                         std::string(ENGINE_NUMBER_MAX + 1, '\xff'));
        enquire.set_sort_by_key_then_relevance(&oldest, false);
        break;
    }
}

static Xapian::MSet run(const engine_index &index,
                        const engine_request &request,
                        const std::shared_ptr<engine::deadline> &deadline,
                        engine::gathering *gather)
{
    for (const auto &binding : request.query->bindings) {
        binding->index = &index;
        binding->deadline = deadline;
    }
    Xapian::Query query = without_deleted(request.query->tree(), index);
    if (gather) {
        auto source = new engine::PlaceSource(index, gather->place);
        query = Xapian::Query(Xapian::Query::OP_FILTER, query,
                              Xapian::Query(source->release()));
    }
    Xapian::MultiValueKeyMaker oldest;
    Xapian::Enquire enquire(index.all);
    enquire.set_weighting_scheme(weighting(request));
    enquire.set_query(deadline ? engine::until(query, deadline) : query);
    set_order(enquire, request, oldest);
    size_t documents = index.all.get_doccount();
    size_t first = std::min(request.first, documents);
    size_t count = std::min(request.count, documents - first);
    uint32_t at_least =
        request.query->prunable ? request.check_at_least : UINT32_MAX;
    if (request.tally) {
        enquire.add_matchspy((new TallySpy(*request.tally))->release());
        at_least = UINT32_MAX;
    }
    if (gather) {
        enquire.add_matchspy(
            (new engine::GatherSpy(index, request, *gather))->release());
        return enquire.get_mset(0, 0, UINT32_MAX);
    }
    return enquire.get_mset(static_cast<Xapian::doccount>(first),
                            static_cast<Xapian::doccount>(count), at_least);
}

/* Xapian's upper bound of AND_NOT ignores the right side, and its estimate
 * takes a check to match everything. */
static engine_hits hits_of(const Xapian::MSet &found, const engine_index &index,
                           uint64_t guess)
{
    auto live =
        static_cast<uint32_t>(index.all.get_doccount() - index.deleted_count);
    engine_hits hits = {};
    hits.total_lower = found.get_matches_lower_bound();
    hits.total_upper = std::min(found.get_matches_upper_bound(), live);
    uint64_t estimate =
        std::min<uint64_t>(found.get_matches_estimated(), guess);
    hits.total_estimated = static_cast<uint32_t>(
        std::clamp<uint64_t>(estimate, hits.total_lower, hits.total_upper));
    hits.hits =
        static_cast<engine_hit *>(mem_zeroed(found.size(), sizeof(engine_hit)));
    for (auto it = found.begin(); it != found.end(); ++it)
        hits.hits[hits.count++] = {index.document_of(*it), it.get_weight()};
    return hits;
}

/* Those of the page; `matches` is given up bit by bit. */
static void take_page(engine_hits &hits, const engine_index &index,
                      const engine_request &request,
                      std::deque<engine::gathered> &matches)
{
    std::sort(matches.begin(), matches.end(), engine::comes_before);
    const size_t first = std::min(request.first, matches.size());
    const size_t count = std::min(request.count, matches.size() - first);
    matches.erase(matches.begin(), matches.begin() + static_cast<long>(first));
    free(hits.hits);
    hits.hits =
        static_cast<engine_hit *>(mem_zeroed(count, sizeof(engine_hit)));
    for (hits.count = 0; hits.count < count; hits.count++) {
        const engine::gathered &match = matches.front();
        hits.hits[hits.count] = {index.document_of(match.docid), match.weight};
        matches.pop_front();
    }
}

/* Of documents that were not looked at nothing is known. */
static engine_hits search(const engine_index &index,
                          const engine_request &request)
{
    std::shared_ptr<engine::deadline> deadline;
    if (request.deadline_s > 0)
        deadline = std::make_shared<engine::deadline>(request.deadline_s);
    engine::gathering all;
    const bool gather = request.count >= MANY && !request.tally;
    engine_hits hits =
        hits_of(run(index, request, deadline, gather ? &all : nullptr), index,
                request.query->guess);
    if (gather)
        take_page(hits, index, request, all.matches);
    if (deadline && deadline->over()) {
        hits.end = ENGINE_TIMED_OUT;
        hits.total_lower = std::max<uint32_t>(
            hits.total_lower, static_cast<uint32_t>(hits.count));
        hits.total_estimated = hits.total_upper = hits.total_lower;
    }
    return hits;
}

enum status engine_search(struct engine_hits *out, struct engine_index *index,
                          const struct engine_request *request,
                          struct error *err)
{
    return guarded(err, [&] {
        const bool in_time = !clock_passed(request->deadline_s);
        if (in_time && engine::search_words(*out, *index, *request))
            return STATUS_OK;
        if (index->parts.empty() || request->query->tree().empty())
            *out = engine_hits{};
        else
            *out = search(*index, *request);
        return STATUS_OK;
    });
}

void engine_hits_done(struct engine_hits *hits)
{
    free(hits->hits);
    *hits = engine_hits{};
}
