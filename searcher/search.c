#include "searcher/search.h"

#include <stdlib.h>
#include <string.h>

#include "common/fields.h"
#include "common/mem.h"
#include "searcher/archive_evaluator.h"

/* A total is counted out if that takes looking at no more matches. */
enum { CHEAP_TOTAL = 1000 };

/* What a pair of words that stand together adds, as a share of the sum of
 * their inverse frequencies. */
static const double pair_share = 0.3;

void search_result_done(struct search_result *result)
{
    free(result->hits);
    *result = (struct search_result){0};
}

/* --- the second pass ------------------------------------------------------ */

/* Which pairs of words stand together in an article: any of them is one
 * condition, whose words say which it was. */
struct neighbours {
    const struct plan_pair *pairs;
    size_t count;
    struct arena arena;
    size_t *pair_of_word; /* by number of a word in the condition */
    bool *seen;           /* by pair; in the present article */
    struct evaluator *evaluator;
};

static void neighbours_init(struct neighbours *n, const struct plan *plan,
                            const struct archive *archive)
{
    *n = (struct neighbours){.count = 0};
    n->pairs = plan_pairs(plan, &n->count);
    arena_init(&n->arena);
    if (n->count == 0)
        return;
    const struct condition **all =
        arena_zeroed(&n->arena, n->count, sizeof *all);
    size_t words = 0;
    for (size_t i = 0; i < n->count; i++) {
        all[i] = n->pairs[i].adjacent;
        words += condition_words(all[i]);
    }
    n->seen = arena_zeroed(&n->arena, n->count, sizeof *n->seen);
    n->pair_of_word = arena_zeroed(&n->arena, words, sizeof *n->pair_of_word);
    size_t word = 0;
    for (size_t i = 0; i < n->count; i++)
        for (size_t left = condition_words(all[i]); left > 0; left--)
            n->pair_of_word[word++] = i;
    n->evaluator = archive_evaluator(
        archive, condition_group(&n->arena, CONDITION_OR, 0, all, n->count));
}

static void neighbours_done(struct neighbours *n)
{
    evaluator_free(n->evaluator);
    arena_done(&n->arena);
}

static bool note_pair(void *context, const struct evaluator_match *match)
{
    struct neighbours *n = context;
    n->seen[n->pair_of_word[match->leaf]] = true;
    return true;
}

static double bonus_of(struct neighbours *n, struct engine_document document)
{
    double bonus = 0;
    memset(n->seen, 0, n->count * sizeof *n->seen);
    if (evaluator_matches(n->evaluator, document.segment, document.docid,
                          note_pair, n))
        for (size_t i = 0; i < n->count; i++)
            bonus += n->seen[i] ? pair_share * n->pairs[i].idf : 0;
    return bonus;
}

static double greatest_bonus(const struct neighbours *n)
{
    double bonus = 0;
    for (size_t i = 0; i < n->count; i++)
        bonus += pair_share * n->pairs[i].idf;
    return bonus;
}

/* The best scores so far, in descending order. */
struct best {
    double scores[SEARCH_SECOND_PASS];
    size_t count, wanted;
};

static void best_add(struct best *b, double score)
{
    size_t at = b->count < b->wanted ? b->count++ : b->wanted;
    for (; at > 0 && b->scores[at - 1] < score; at--)
        if (at < b->wanted)
            b->scores[at] = b->scores[at - 1];
    if (at < b->wanted)
        b->scores[at] = score;
}

/* Whether even the greatest bonus brings no hit of this weight or less among
 * those wanted. */
static bool best_are_known(const struct best *b, double greatest)
{
    return b->count == b->wanted && greatest < b->scores[b->count - 1];
}

/* By score; what the first pass put in order stays so. */
static int compare(const void *a, const void *b)
{
    const struct search_hit *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->document.docid != y->document.docid)
        return x->document.docid < y->document.docid ? -1 : 1;
    return (x->document.segment > y->document.segment) -
           (x->document.segment < y->document.segment);
}

/* Only as far as it decides which hits come first, `wanted` of them. */
static void add_bonuses(struct search_result *r, struct neighbours *n,
                        size_t wanted)
{
    const double greatest = greatest_bonus(n);
    struct best best = {.wanted = wanted};
    for (size_t i = 0; i < r->count && i < SEARCH_SECOND_PASS; i++) {
        struct search_hit *hit = &r->hits[i];
        if (wanted <= i && best_are_known(&best, hit->score + greatest))
            break;
        hit->bonus = bonus_of(n, hit->document);
        hit->score += hit->bonus;
        best_add(&best, hit->score);
    }
}

static void rank_again(struct search_result *r,
                       const struct search_request *request)
{
    struct neighbours n;
    size_t among =
        r->count < SEARCH_SECOND_PASS ? r->count : SEARCH_SECOND_PASS;
    size_t wanted = request->first + request->count;
    if (among < 2)
        return;
    neighbours_init(&n, request->plan, request->archive);
    if (n.count > 0) {
        add_bonuses(r, &n, wanted < among ? wanted : among);
        qsort(r->hits, among, sizeof *r->hits, compare);
    }
    neighbours_done(&n);
}

/* --- the whole ------------------------------------------------------------ */

static void take_hits(struct search_result *out, const struct engine_hits *hits)
{
    out->hits = mem_zeroed(hits->count, sizeof *out->hits);
    out->count = hits->count;
    for (size_t i = 0; i < hits->count; i++)
        out->hits[i] = (struct search_hit){hits->hits[i].document,
                                           hits->hits[i].weight, 0};
    out->total = hits->total_estimated;
    out->exactness = hits->total_lower == hits->total_upper
                         ? SEARCH_TOTAL_EXACT
                         : SEARCH_TOTAL_ABOUT;
}

static void keep_page(struct search_result *r, size_t first, size_t count)
{
    size_t from = first < r->count ? first : r->count;
    size_t kept = count < r->count - from ? count : r->count - from;
    for (size_t i = 0; i < kept; i++)
        r->hits[i] = r->hits[from + i];
    r->count = kept;
}

enum status search_run(struct search_result *out,
                       const struct search_request *request, struct error *err)
{
    bool two_passes = request->sort == ENGINE_RELEVANCE &&
                      request->first < SEARCH_SECOND_PASS && request->count > 0;
    size_t wanted = request->first + request->count;
    if (two_passes && wanted < SEARCH_SECOND_PASS)
        wanted = SEARCH_SECOND_PASS;
    const struct engine_request first_pass = {
        .query = plan_query(request->plan),
        .first = two_passes ? 0 : request->first,
        .count = two_passes ? wanted : request->count,
        .sort = request->sort,
        .sort_slot = SLOT_PUBLISHED,
        .check_at_least =
            request->total == SEARCH_TOTAL_EXACT ? UINT32_MAX : CHEAP_TOTAL,
    };
    AUTO_DONE(engine_hits) hits = {0};
    enum status status =
        engine_search(&hits, archive_index(request->archive), &first_pass, err);
    if (status != STATUS_OK)
        return status;
    take_hits(out, &hits);
    if (two_passes) {
        rank_again(out, request);
        keep_page(out, request->first, request->count);
    }
    return STATUS_OK;
}
