/* Adds up a document's weights in Xapian's order: by the words' frequency in
 * the segment. Checks may stand beside the words: where a page is wanted but no
 * exact total, they are asked about the best of the documents until it is full.
 */
#include "common/engine/word_search.hh"

using engine::best_matches;
using engine::documents;
using engine::match;
using engine::no_docid;

namespace
{

enum {
    KEPT = 1 << 14, /* of the best candidates, at least */
    SAMPLE = 100,   /* checked at least, to tell how many will pass */
    BATCH = 16,     /* checked one after the other, and told of before */
    LOOK = 16       /* documents between two looks at the clock */
};

class Conjunction : public engine::word_search
{
    size_t looked_at = 0;

  public:
    using word_search::word_search;

  protected:
    /* Not where documents are only counted. */
    virtual bool weighs() const
    {
        return ranks_wanted(request) > 0;
    }

    /* Of a document that has all the words. */
    virtual void take(const match &found)
    {
        total++;
        best.add(found);
    }

  private:
    static bool is_rarer(const documents *a, const documents *b)
    {
        return a->frequency < b->frequency;
    }

    /* The words' lists by length. std::partial_sort_copy() is what Xapian
     * orders equals by. */
    static std::vector<documents *> ordered(std::vector<documents> &lists)
    {
        std::vector<documents *> all(lists.size()), out(lists.size());
        for (size_t i = 0; i < lists.size(); i++)
            all[i] = &lists[i];
        std::partial_sort_copy(all.begin(), all.end(), out.begin(), out.end(),
                               is_rarer);
        return out;
    }

    bool search(size_t segment) override
    {
        std::vector<documents *> lists = ordered(segments[segment]);
        for (uint32_t docid = next(lists, 1); docid != no_docid;
             docid = next(lists, docid + 1)) {
            if (looked_at++ % LOOK == 0 && is_late())
                return true;
            match found = {index.combined(segment, docid), 0};
            if (!is_wanted(index.parts[segment], docid, lists))
                continue;
            if (weighs() && !weigh(segment, docid, lists, found.weight))
                return false;
            take(found);
        }
        return !any_damaged(segments[segment]);
    }

    /* The first document from `docid` on that all lists have. */
    static uint32_t next(const std::vector<documents *> &lists, uint32_t docid)
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

    static bool is_wanted(const engine::part &part, uint32_t docid,
                          const std::vector<documents *> &lists)
    {
        return std::all_of(lists.begin(), lists.end(),
                           [](auto *list) { return list->suffices(); }) &&
               !std::binary_search(part.deleted,
                                   part.deleted + part.deleted_count, docid);
    }

    bool weigh(size_t segment, uint32_t docid,
               const std::vector<documents *> &lists, double &out) const
    {
        const engine::part &part = index.parts[segment];
        uint32_t length;
        if (docid > part.last_docid ||
            !glass_lengths_get(part.files.lengths.get(), docid, &length))
            return false;
        const double by_length = norm(length);
        for (const documents *list : lists)
            out += list->weight * share(list->mentions(length), by_length);
        return true;
    }
};

/* With checks, which all the documents are asked about in the order of docids.
 */
class Checked : public Conjunction
{
    const std::vector<engine::check> &checks;
    std::vector<match> waiting;

  public:
    Checked(const engine_index &of, const engine_request &r)
        : Conjunction(of, r), checks(r.query->checks)
    {
    }

  protected:
    void take(const match &found) override
    {
        waiting.push_back(found);
        if (waiting.size() == BATCH)
            check_waiting();
    }

    bool finish(engine_hits &out) override
    {
        check_waiting();
        out = hits();
        return true;
    }

    void check(const std::vector<match> &batch)
    {
        for (const match &each : batch)
            expect(index.document_of(each.docid));
        for (const match &each : batch)
            if (passes(index.document_of(each.docid)))
                Conjunction::take(each);
    }

  private:
    void check_waiting()
    {
        check(waiting);
        waiting.clear();
    }

    void expect(engine_document document) const
    {
        for (const engine::check &check : checks)
            if (check.expect)
                check.expect(check.context, document);
    }

    bool passes(engine_document document) const
    {
        return std::all_of(checks.begin(), checks.end(),
                           [&](const engine::check &check) {
                               return check.ask(check.context, document);
                           });
    }
};

/* With checks, which the best of the documents are asked about, until there are
 * enough that pass. */
class BestFirst : public Checked
{
    best_matches candidates{KEPT};
    size_t candidate_count = 0, checked = 0;

  public:
    using Checked::Checked;

    /* Whether few of the documents have to be checked, if all goes well. */
    static bool suits(const engine_request &r)
    {
        return !r.query->checks.empty() && r.check_at_least < KEPT &&
               ranks_wanted(r) < KEPT;
    }

  protected:
    bool weighs() const override
    {
        return true;
    }

    void take(const match &found) override
    {
        candidate_count++;
        candidates.add(found);
    }

    /* False if too few of those that were kept pass. */
    bool finish(engine_hits &out) override
    {
        const size_t kept = candidates.all().size();
        const size_t wanted = candidate_count <= request.check_at_least
                                  ? kept
                                  : ranks_wanted(request);
        check_best(wanted);
        if (checked == kept && kept < candidate_count && total < wanted &&
            !is_late())
            return false;
        out = hits();
        if (checked > 0)
            estimate(out);
        return true;
    }

  private:
    static bool is_worse(const match &a, const match &b)
    {
        return b < a;
    }

    void check_best(size_t wanted)
    {
        std::vector<match> batch;
        auto begin = candidates.all().begin(), end = candidates.all().end();
        std::make_heap(begin, end, is_worse);
        while (end != begin &&
               (checked < SAMPLE || (total < wanted && !is_late()))) {
            for (batch.clear(); batch.size() < BATCH && end != begin;) {
                std::pop_heap(begin, end--, is_worse);
                batch.push_back(*end);
            }
            check(batch);
            checked += batch.size();
        }
    }

    void estimate(engine_hits &out) const
    {
        out.total_upper =
            static_cast<uint32_t>(candidate_count - checked + total);
        out.total_estimated = static_cast<uint32_t>(
            static_cast<double>(total) * static_cast<double>(candidate_count) /
            static_cast<double>(checked));
    }
};

} // namespace

bool engine::search_all_words(engine_hits &out, const engine_index &index,
                              const engine_request &request)
{
    if (request.query->checks.empty())
        return Conjunction(index, request).run(out);
    return (BestFirst::suits(request) && BestFirst(index, request).run(out)) ||
           Checked(index, request).run(out);
}
