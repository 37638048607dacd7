/* Goes through the documents window by window, each small enough for the
 * caches. In each one word after another adds its weights, the weightiest
 * first, so that documents which the lighter ones cannot bring among the best
 * any more are only counted (MaxScore: Turtle and Flood, Query evaluation:
 * strategies and optimizations, 1995). */
#include "common/engine/word_search.hh"

using engine::documents;
using engine::no_docid;

namespace
{

class Disjunction : public engine::word_search
{
    enum { WINDOW = GLASS_LENGTHS_PAGE, BITS = 64 };
    static_assert(int{WINDOW} <= int{GLASS_RUN}, "a run holds it");

    /* Documents `first` to `last` of the segment: what they weigh so far, at
     * least those that can be among the best; which of them were found, and
     * which weigh enough already. */
    uint32_t first = 0, last = 0;
    const uint32_t *lengths = nullptr; /* of the window, once it is weighed */
    double weights[WINDOW] = {};
    uint64_t found[WINDOW / BITS] = {}, promising[WINDOW / BITS] = {};

  public:
    using word_search::word_search;

  private:
    bool search(size_t segment) override
    {
        const engine::part &part = index.parts[segment];
        std::vector<documents *> lists = ordered(segments[segment]);
        for (uint32_t at = nearest(lists); at != no_docid;
             at = nearest(lists)) {
            if (is_late())
                return true;
            if (!enter(part, at) || !add_all(part, lists))
                return false;
            drop_deleted(part);
            take(segment);
        }
        return !any_damaged(segments[segment]);
    }

    /* As in every segment, since equals are to weigh the same. */
    static std::vector<documents *> ordered(std::vector<documents> &lists)
    {
        std::vector<documents *> out;
        for (documents &list : lists)
            out.push_back(&list);
        std::stable_sort(out.begin(), out.end(), [](auto *a, auto *b) {
            return a->weight > b->weight;
        });
        return out;
    }

    static uint32_t nearest(const std::vector<documents *> &lists)
    {
        uint32_t docid = no_docid;
        for (const documents *list : lists)
            docid = std::min(docid, list->docid());
        return docid;
    }

    /* To the window that a document is in. */
    bool enter(const engine::part &part, uint32_t docid)
    {
        if (docid > part.last_docid)
            return false;
        first = docid - docid % WINDOW;
        last = std::min(first + WINDOW - 1, part.last_docid);
        lengths = nullptr;
        return true;
    }

    /* Lengths are read where a document of the window may be among the best. */
    bool add_all(const engine::part &part,
                 const std::vector<documents *> &lists)
    {
        double rest = 0; /* at most that is still to be added */
        for (const documents *list : lists)
            rest += list->weight;
        if (rest * (1 + 1e-9) >= best.least()) {
            lengths = glass_lengths_page(part.files.lengths.get(), first);
            if (!lengths)
                return false;
        }
        for (documents *list : lists) {
            const double least = best.least() - rest * (1 + 1e-9);
            if (!(list->count == 1 ? add_term(*list, least)
                                   : add_synonym(*list, least)))
                return false;
            rest -= list->weight;
        }
        return true;
    }

    bool add_term(documents &list, double least)
    {
        glass_run run;
        list.terms[0].read(last, run);
        for (size_t i = 0; i < run.count; i++)
            if (!add(run.docids[i], run.counts[i], list.weight, least))
                return false;
        return true;
    }

    bool add_synonym(documents &list, double least)
    {
        glass_run one, other;
        list.terms[0].read(last, one);
        list.terms[1].read(last, other);
        for (size_t i = 0, k = 0; i < one.count || k < other.count;) {
            const uint32_t docid =
                std::min(i < one.count ? one.docids[i] : no_docid,
                         k < other.count ? other.docids[k] : no_docid);
            uint32_t mentions = 0;
            if (i < one.count && one.docids[i] == docid)
                mentions = one.counts[i++];
            if (k < other.count && other.docids[k] == docid)
                mentions += other.counts[k++];
            if (!add(docid, mentions, list.weight, least))
                return false;
        }
        return true;
    }

    /* Unless it has less than `least` until now. */
    bool add(uint32_t docid, uint32_t mentions, double weight, double least)
    {
        const uint32_t at = docid - first;
        const uint64_t bit = uint64_t{1} << at % BITS;
        found[at / BITS] |= bit;
        if (weights[at] < least)
            return true;
        const uint32_t length = lengths[at];
        weights[at] += weight * share(std::min(mentions, length), norm(length));
        if (weights[at] >= best.least())
            promising[at / BITS] |= bit;
        return length != GLASS_NO_LENGTH;
    }

    void drop_deleted(const engine::part &part)
    {
        const uint32_t *const end = part.deleted + part.deleted_count;
        const uint32_t *gone = std::lower_bound(part.deleted, end, first);
        for (; gone != end && *gone <= last; gone++) {
            const uint32_t at = *gone - first;
            found[at / BITS] &= ~(uint64_t{1} << at % BITS);
        }
    }

    /* Leaves the window empty. */
    void take(size_t segment)
    {
        for (uint32_t from = 0; from < WINDOW; from += BITS) {
            uint64_t &all = found[from / BITS], &some = promising[from / BITS];
            total += static_cast<size_t>(__builtin_popcountll(all));
            for (uint64_t bits = all & some; bits != 0; bits &= bits - 1) {
                const uint32_t at =
                    from + static_cast<uint32_t>(__builtin_ctzll(bits));
                best.add({index.combined(segment, first + at), weights[at]});
            }
            all = some = 0;
        }
        std::fill_n(weights, size_t{WINDOW}, 0);
    }
};

} // namespace

bool engine::search_any_word(engine_hits &out, const engine_index &index,
                             const engine_request &request)
{
    return Disjunction(index, request).run(out);
}
