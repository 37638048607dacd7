/* Adds up a document's weights in Xapian's order: by the words' frequency in
 * the segment. */
#include "common/engine/conjunction.hh"

#include "common/engine/word_search.hh"

using engine::documents;
using engine::no_docid;

namespace
{

class Conjunction : public engine::word_search
{
    const size_t most; /* more matches are not wanted */

  public:
    Conjunction(const engine_index &of, const engine_request &r)
        : word_search(of, r),
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
        uint32_t words_in_all;
        if (!length(segment, docid, words_in_all))
            return false;
        if (is_deleted(segment, docid))
            return true;
        engine::match match = {index.combined(segment, docid), 0};
        const double by_length = norm(words_in_all);
        for (const documents *list : lists)
            match.weight +=
                list->weight * share(list->mentions(words_in_all), by_length);
        matches.push_back(match);
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
    Conjunction conjunction(index, request);
    if (!conjunction.run())
        return false;
    out = conjunction.hits(request);
    return true;
}
