/* Adds up a document's weights in Xapian's order: by the words' frequency in
 * the segment. */
#include "common/engine/conjunction.hh"

#include "common/engine/word_search.hh"

extern "C" {
#include "common/clock.h"
}

using engine::documents;
using engine::no_docid;

namespace
{

enum {
    KEPT = 1 << 14, /* of the best candidates, at least */
    SAMPLE = 100,   /* checked at least, to tell how many will pass */
    BATCH = 16      /* checked one after the other, and told of before */
};

enum class mode {
    best_first, /* check the best candidates, until there are enough */
    every_one   /* check all, in the order of docids */
};

class Conjunction : public engine::word_search
{
    const engine_request &request;
    const std::vector<engine::check> &checks;
    const mode how;
    const size_t wanted; /* of the best */
    const size_t most;   /* more matches are not wanted */
    size_t checked = 0;  /* of the matches; all others are candidates */
    size_t counted = 0;  /* that passed, and of which no more is wanted */
    size_t dropped = 0;  /* candidates that others are better than */
    bool is_late = false;

  public:
    Conjunction(const engine_index &of, const engine_request &r, mode m)
        : word_search(of, r), request(r), checks(r.query->checks), how(m),
          wanted(wanted_by(r)),
          most(checks.empty() && r.check_at_least < MATCHES_MAX
                   ? r.check_at_least - 1
                   : size_t{MATCHES_MAX} - 1)
    {
    }

    static size_t wanted_by(const engine_request &r)
    {
        return r.count < SIZE_MAX - r.first ? r.first + r.count : SIZE_MAX;
    }

    /* Whether few of the matches have to be checked, if all goes well. */
    static bool starts_with_best(const engine_request &r)
    {
        return !r.query->checks.empty() && r.check_at_least < KEPT &&
               wanted_by(r) < KEPT;
    }

    bool run()
    {
        if (!open() || (checks.empty() && !is_promising()))
            return false;
        weigh();
        for (size_t i = 0; i < segments.size() && !is_late; i++)
            if (!search(i))
                return false;
        return true;
    }

    /* False if too few of the best candidates pass. */
    bool take_hits(engine_hits &out)
    {
        if (how == mode::every_one || matches.size() <= request.check_at_least)
            out = all_hits();
        else if (!best_hits(out))
            return false;
        if (is_late) {
            out.end = ENGINE_TIMED_OUT;
            out.total_estimated = out.total_upper = out.total_lower;
        }
        return true;
    }

  private:
    /* Whether there are hardly more matches than wanted. */
    bool is_promising() const
    {
        double expected = index.documents;
        for (size_t i = 0; i < words.size(); i++)
            expected *= static_cast<double>(frequency(i)) / index.documents;
        return expected <= static_cast<double>(most);
    }

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

    bool search(size_t segment)
    {
        std::vector<documents *> lists = ordered(segments[segment]);
        for (uint32_t docid = next(lists, 1); docid != no_docid && !is_late;
             docid = next(lists, docid + 1)) {
            if (!take(segment, docid, lists) || matches.size() > most)
                return false;
            if (matches.size() % BATCH == 0)
                is_late = clock_passed(request.deadline_s);
            if (how == mode::best_first && matches.size() == 2 * KEPT)
                keep_best();
            if (how == mode::every_one && matches.size() - checked >= BATCH)
                check_rest();
        }
        return std::none_of(lists.begin(), lists.end(),
                            [](auto list) { return list->damaged(); });
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

    bool take(size_t segment, uint32_t docid,
              const std::vector<documents *> &lists)
    {
        engine::match match = {index.combined(segment, docid), 0};
        for (const documents *list : lists)
            if (!list->suffices())
                return true;
        if (is_deleted(segment, docid))
            return true;
        if (!counts_only() &&
            !weigh_document(segment, docid, lists, match.weight))
            return false;
        matches.push_back(match);
        return true;
    }

    bool weigh_document(size_t segment, uint32_t docid,
                        const std::vector<documents *> &lists,
                        double &weight) const
    {
        uint32_t words_in_all;
        if (!length(segment, docid, words_in_all))
            return false;
        const double by_length = norm(words_in_all);
        for (const documents *list : lists)
            weight +=
                list->weight * share(list->mentions(words_in_all), by_length);
        return true;
    }

    bool counts_only() const
    {
        return how == mode::every_one && wanted == 0;
    }

    /* --- checks ---------------------------------------------------------- */

    void expect(const engine::match &match) const
    {
        for (const engine::check &check : checks)
            if (check.expect)
                check.expect(check.context, index.document_of(match.docid));
    }

    bool passes(const engine::match &match) const
    {
        for (const engine::check &check : checks)
            if (!check.ask(check.context, index.document_of(match.docid)))
                return false;
        return true;
    }

    /* Those that have not been yet. */
    void check_rest()
    {
        for (size_t from = checked, to; from < matches.size(); from = to) {
            to = std::min<size_t>(from + BATCH, matches.size());
            for (size_t i = from; i < to; i++)
                expect(matches[i]);
            for (size_t i = from; i < to; i++)
                if (passes(matches[i]))
                    matches[checked++] = matches[i];
        }
        matches.resize(checked);
        if (!counts_only())
            return;
        counted += checked;
        matches.clear();
        checked = 0;
    }

    engine_hits all_hits()
    {
        check_rest();
        engine_hits out = hits(request);
        out.total_lower += static_cast<uint32_t>(counted);
        out.total_estimated = out.total_upper = out.total_lower;
        return out;
    }

    /* --- the best first -------------------------------------------------- */

    void keep_best()
    {
        std::nth_element(matches.begin(), matches.begin() + KEPT,
                         matches.end());
        dropped += matches.size() - KEPT;
        matches.resize(KEPT);
    }

    static bool is_worse(const engine::match &a, const engine::match &b)
    {
        return b < a;
    }

    bool best_hits(engine_hits &out)
    {
        const size_t candidates = matches.size() + dropped;
        std::vector<engine::match> passed;
        auto begin = matches.begin(), end = matches.end();
        size_t looked_at = 0;
        std::make_heap(begin, end, is_worse);
        while (end != begin &&
               (looked_at < SAMPLE || (passed.size() < wanted && !is_late))) {
            auto batch = end;
            for (size_t i = 0; i < BATCH && end != begin; i++) {
                std::pop_heap(begin, end--, is_worse);
                expect(*end);
            }
            for (looked_at += static_cast<size_t>(batch - end); batch != end;)
                if (passes(*--batch))
                    passed.push_back(*batch);
            is_late = is_late || clock_passed(request.deadline_s);
        }
        if (end == begin && dropped > 0 && passed.size() < wanted && !is_late)
            return false;
        matches.swap(passed);
        out = hits(request);
        out.total_upper =
            static_cast<uint32_t>(candidates - looked_at + out.total_lower);
        out.total_estimated = static_cast<uint32_t>(
            static_cast<double>(out.total_lower) *
            static_cast<double>(candidates) / static_cast<double>(looked_at));
        return true;
    }
};

} // namespace

bool engine::conjunction_search(engine_hits &out, const engine_index &index,
                                const engine_request &request)
{
    if (!word_search::answers(index, request) ||
        request.query->join() != engine::all_words)
        return false;
    if (Conjunction::starts_with_best(request)) {
        Conjunction best(index, request, mode::best_first);
        if (!best.run())
            return false;
        if (best.take_hits(out))
            return true;
    }
    Conjunction all(index, request, mode::every_one);
    return all.run() && all.take_hits(out);
}
