#include "searcher/ranking_query.h"

#include <stdlib.h>

#include "common/analyzer.h"
#include "common/fields.h"
#include "common/mem.h"
#include "common/strbuf.h"
#include "searcher/ranking_bm25.h"
#include "searcher/ranking_constants.h"

enum { TERM_MAX = 1024 };

/* --- words ---------------------------------------------------------------- */

static bool same_matchers(const struct condition *a, const struct condition *b)
{
    if (a == b)
        return true;
    if (a->matcher_count != b->matcher_count)
        return false;
    for (size_t i = 0; i < a->matcher_count; i++)
        if (a->matchers[i].kind != b->matchers[i].kind ||
            !text_equal(a->matchers[i].text, b->matchers[i].text))
            return false;
    return true;
}

static void add_word(struct ranking_query *q, const struct condition *word,
                     struct scan_region region, double typed)
{
    for (size_t i = 0; i < q->word_count; i++) {
        struct ranking_word *known = &q->words[i];
        if (known->region.body_words == region.body_words &&
            known->region.title == region.title &&
            same_matchers(known->condition, word)) {
            known->typed += typed;
            return;
        }
    }
    MEM_GROW(q->words, q->word_count, q->word_capacity);
    q->words[q->word_count++] = (struct ranking_word){
        .condition = word, .region = region, .typed = typed};
}

static void add_words(struct ranking_query *q, const struct condition *c,
                      struct scan_region region)
{
    if (c->kind == CONDITION_WORD) {
        add_word(q, c, region, 1);
        return;
    }
    if (c->kind == CONDITION_TITLE)
        region.body_words = 0;
    if (c->kind == CONDITION_BODY)
        region.title = false;
    for (size_t i = 0; i < c->child_count; i++)
        add_words(q, c->children[i], region);
}

static void append_caps(struct text word, struct strbuf *out)
{
    AUTO_DONE(strbuf) caps = STRBUF_INIT(TERM_MAX);
    const struct lexeme lexeme = {.word = word};
    analyzer_caps_form(&lexeme, &caps);
    strbuf_append_string(out, PREFIX_CAPS);
    strbuf_append(out, strbuf_text(&caps));
}

/* The index's term of what a matcher takes; empty if there is none. */
static void term_of(const struct matcher *m, struct scan_region region,
                    struct strbuf *out)
{
    const bool in_title = region.body_words == 0;
    const struct field_info *title = &fields[FIELD_TITLE];
    strbuf_reset(out);
    switch (m->kind) {
    case MATCHER_STEM:
        strbuf_append_string(out, in_title ? title->stem_prefix : PREFIX_STEM);
        break;
    case MATCHER_WORD:
        strbuf_append_string(out, in_title ? title->prefix : "");
        break;
    case MATCHER_CAPS:
        append_caps(m->text, out);
        return;
    case MATCHER_PREFIX:
        break;
    }
    strbuf_append(out, text_slice(m->text, 0, ENGINE_TERM_MAX));
    strbuf_truncate(out,
                    out->len < ENGINE_TERM_MAX ? out->len : ENGINE_TERM_MAX);
}

/* Articles that have the word, or as many as have one of the words that it
 * stands for, if none has two. */
static enum status frequency_of(double *out, const struct ranking_word *word,
                                struct archive *archive, struct error *err)
{
    AUTO_DONE(strbuf) term = STRBUF_INIT(TERM_MAX);
    double sum = 0;
    for (size_t i = 0; i < word->condition->matcher_count; i++) {
        uint32_t frequency;
        term_of(&word->condition->matchers[i], word->region, &term);
        enum status status = engine_term_frequency(
            archive_index(archive), strbuf_text(&term), &frequency, err);
        if (status != STATUS_OK)
            return status;
        sum += frequency;
    }
    *out = sum;
    return STATUS_OK;
}

static enum status weigh(struct ranking_query *q, struct archive *archive,
                         struct error *err)
{
    double articles = (double)manifest_articles(archive_manifest(archive));
    for (size_t i = 0; i < q->word_count; i++) {
        struct ranking_word *w = &q->words[i];
        double frequency;
        enum status status = frequency_of(&frequency, w, archive, err);
        if (status != STATUS_OK)
            return status;
        w->idf = ranking_idf(articles, frequency);
        w->weight = w->idf * w->typed;
    }
    return STATUS_OK;
}

/* --- pairs ---------------------------------------------------------------- */

static bool find_word(const struct ranking_query *q, const struct condition *c,
                      uint32_t *out)
{
    for (size_t i = 0; i < q->word_count; i++)
        if (q->words[i].region.title && q->words[i].region.body_words > 0 &&
            same_matchers(q->words[i].condition, c)) {
            *out = (uint32_t)i;
            return true;
        }
    return false;
}

/* The word at an end of a part; NULL if that is no single word. */
static const struct condition *edge(const struct condition *part, bool last)
{
    while (part->kind == CONDITION_PHRASE || part->kind == CONDITION_OR)
        part = part->children[last ? part->child_count - 1 : 0];
    return part->kind == CONDITION_WORD ? part : NULL;
}

static void add_pair(struct ranking_query *q, const struct plan_pair *typed)
{
    const struct condition *row = typed->adjacent;
    const struct condition *left = edge(row->children[0], true);
    const struct condition *right =
        edge(row->children[row->child_count - 1], false);
    struct ranking_pair pair = {.apart = (uint32_t)row->child_count - 1};
    if (!left || !right || !find_word(q, left, &pair.left) ||
        !find_word(q, right, &pair.right) || pair.left == pair.right)
        return;
    for (size_t i = 0; i < q->pair_count; i++)
        if (q->pairs[i].left == pair.left && q->pairs[i].right == pair.right)
            return;
    pair.weight = q->words[pair.left].idf + q->words[pair.right].idf;
    MEM_GROW(q->pairs, q->pair_count, q->pair_capacity);
    q->pairs[q->pair_count++] = pair;
}

/* One pair is all there is to go by; of many each says little. */
static void add_pairs(struct ranking_query *q, const struct plan *plan)
{
    size_t count;
    const struct plan_pair *pairs = plan_pairs(plan, &count);
    for (size_t i = 0; i < count; i++)
        add_pair(q, &pairs[i]);
    const double n = (double)q->pair_count;
    for (size_t i = 0; i < q->pair_count; i++)
        q->pairs[i].weight *=
            ranking.pair_weight + ranking.pair_emphasis / (n * n);
}

/* --- the whole ------------------------------------------------------------ */

static void add_typed(struct ranking_query *q, const struct plan *plan)
{
    const struct scan_region everywhere = {true, UINT32_MAX};
    size_t count;
    const struct plan_leaf *leaves = plan_leaves(plan, &count);
    for (size_t i = 0; i < count; i++)
        if (leaves[i].condition)
            add_words(q, leaves[i].condition, everywhere);
}

/* A word that was typed, too, weighs more. */
static void add_more(struct ranking_query *q, const struct plan *plan)
{
    const struct scan_region everywhere = {true, UINT32_MAX};
    size_t count;
    const struct plan_more *more = plan_more(plan, &count);
    for (size_t i = 0; i < count; i++)
        add_word(q, more[i].condition, everywhere, more[i].weight);
}

enum status ranking_query_new(struct ranking_query **out,
                              const struct plan *plan, struct archive *archive,
                              enum ranking_pairs pairs, struct error *err)
{
    AUTO(ranking_query) q = mem_zeroed(1, sizeof *q);
    add_typed(q, plan);
    add_more(q, plan);
    enum status status = weigh(q, archive, err);
    if (status != STATUS_OK)
        return status;
    if (pairs == RANKING_WITH_PAIRS)
        add_pairs(q, plan);
    *out = TAKE(q);
    return STATUS_OK;
}

void ranking_query_free(struct ranking_query *q)
{
    if (!q)
        return;
    free(q->words);
    free(q->pairs);
    free(q);
}
