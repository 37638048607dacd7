#include "searcher/second_pass.h"

#include <math.h>
#include <string.h>

#include "common/fields.h"
#include "searcher/archive_evaluator.h"

/* What a pair of words that stand together adds, as a share of the sum of
 * their inverse frequencies. The mean of the average precisions on Cranfield,
 * CACM, CISI and MED with --any is highest there: 0.355 (0.347 without, 0.354
 * with 0.3 and with 0.7). */
static const double pair_share = 0.5;

/* --- neighbours ----------------------------------------------------------- */

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
    return b->count == b->wanted &&
           (b->count == 0 || greatest < b->scores[b->count - 1]);
}

/* Only as far as it decides which hits come first. */
static void add_bonuses(const struct second_pass *pass, struct neighbours *n)
{
    const double greatest = greatest_bonus(n);
    struct best best = {.wanted = pass->wanted < pass->count ? pass->wanted
                                                             : pass->count};
    for (size_t i = 0; i < pass->count; i++) {
        struct search_hit *hit = &pass->hits[i];
        if (best.wanted <= i && best_are_known(&best, hit->score + greatest))
            break;
        hit->bonus = bonus_of(n, hit->document);
        hit->score += hit->bonus;
        best_add(&best, hit->score);
    }
}

static enum status find_neighbours(const struct second_pass *pass,
                                   struct error *err)
{
    struct neighbours n;
    neighbours_init(&n, pass->plan, pass->archive);
    if (n.count > 0)
        add_bonuses(pass, &n);
    bool damaged = n.count > 0 && evaluator_damaged(n.evaluator);
    neighbours_done(&n);
    if (damaged)
        return error_set(err, STATUS_CORRUPT,
                         "archive '%s' is damaged: the words of an article "
                         "cannot be read",
                         archive_path(pass->archive));
    return STATUS_OK;
}

/* --- order ---------------------------------------------------------------- */

/* Insertion keeps equals in their order, and they are nearly sorted. */
static void sort_by_score(struct search_hit *hits, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct search_hit hit = hits[i];
        size_t at = i;
        for (; at > 0 && hits[at - 1].score < hit.score; at--)
            hits[at] = hits[at - 1];
        hits[at] = hit;
    }
}

static void sort_by_date(struct search_hit *hits, double *dates, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct search_hit hit = hits[i];
        double date = dates[i];
        size_t at = i;
        for (; at > 0 && dates[at - 1] < date; at--) {
            hits[at] = hits[at - 1];
            dates[at] = dates[at - 1];
        }
        hits[at] = hit;
        dates[at] = date;
    }
}

static enum status date_of(double *out, struct archive *archive,
                           struct engine_document document, struct error *err)
{
    AUTO_DONE(strbuf) packed = STRBUF_INIT(ENGINE_NUMBER_MAX);
    enum status status = engine_document_value(archive_index(archive), document,
                                               SLOT_PUBLISHED, &packed, err);
    *out =
        packed.len > 0 ? engine_number_unpack(strbuf_text(&packed)) : -INFINITY;
    return status;
}

/* Those of one score: the newest first, undated ones last; as far as it decides
 * which hits come first. */
static enum status order_equals(const struct second_pass *pass,
                                struct error *err)
{
    double dates[SEARCH_SECOND_PASS];
    struct search_hit *hits = pass->hits;
    size_t count = pass->count;
    for (size_t from = 0, to; from < count && from < pass->wanted; from = to) {
        for (to = from + 1; to < count && hits[to].score == hits[from].score;)
            to++;
        for (size_t i = from; to - from > 1 && i < to; i++) {
            enum status status =
                date_of(&dates[i], pass->archive, hits[i].document, err);
            if (status != STATUS_OK)
                return status;
        }
        sort_by_date(hits + from, dates + from, to - from);
    }
    return STATUS_OK;
}

enum status second_pass_run(const struct second_pass *pass, struct error *err)
{
    if (pass->count < 2)
        return STATUS_OK;
    enum status status = find_neighbours(pass, err);
    if (status != STATUS_OK)
        return status;
    sort_by_score(pass->hits, pass->count);
    return order_equals(pass, err);
}
