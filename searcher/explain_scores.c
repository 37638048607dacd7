#include "searcher/explain_scores.h"

#include "common/terminal.h"
#include "searcher/ranking_article.h"
#include "searcher/ranking_query.h"
#include "searcher/ranking_score.h"
#include "searcher/ranking_streams.h"

static void append_name(const struct ranking_word *word, struct strbuf *out)
{
    const struct condition *c = word->condition;
    if (word->region.body_words == 0)
        strbuf_append_string(out, "title:");
    if (c->matcher_count == 0)
        strbuf_append_char(out, '?');
    for (size_t i = 0; i < c->matcher_count && i < 3; i++) {
        if (i > 0)
            strbuf_append_char(out, '/');
        if (c->matchers[i].kind != MATCHER_STEM)
            strbuf_append_char(out, '=');
        terminal_append(out, c->matchers[i].text, TERMINAL_ONE_LINE);
    }
    if (c->matcher_count > 3)
        strbuf_append_string(out, "/...");
}

static void append_word(const struct ranking_word *word,
                        const struct ranking_word_score *s, struct strbuf *out)
{
    strbuf_append_format(out, "\n    %.4f  ", s->mentions + s->lead);
    append_name(word, out);
    strbuf_append_format(out, ": title %u, body %u", s->title, s->body);
    strbuf_append_format(out, "; weight %.2f", word->weight);
    if (s->lead > 0)
        strbuf_append_format(out, "; in the lead %.4f", s->lead);
}

static void append_pair(const struct ranking_query *query,
                        const struct ranking_pair *pair,
                        const struct ranking_pair_score *s, struct strbuf *out)
{
    strbuf_append_format(out, "\n    %.4f  ", s->score);
    append_name(&query->words[pair->left], out);
    strbuf_append_char(out, ' ');
    append_name(&query->words[pair->right], out);
    strbuf_append_format(out, ": together %u, near %u; weight %.2f",
                         s->adjacent, s->near, pair->weight);
}

static void append_parts(const struct ranking_query *query,
                         const struct ranking_article *article,
                         double average_length, struct strbuf *out)
{
    for (size_t i = 0; i < query->word_count; i++) {
        const struct ranking_word_score s = ranking_score_word(
            &query->words[i], &article->words[i], article, average_length);
        if (s.title + s.body > 0)
            append_word(&query->words[i], &s, out);
    }
    for (size_t i = 0; i < query->pair_count; i++) {
        const struct ranking_pair_score s =
            ranking_score_pair(&query->pairs[i], article, average_length);
        if (s.near > 0)
            append_pair(query, &query->pairs[i], &s, out);
    }
}

enum status explain_scores(const struct search_request *request,
                           const struct search_result *result,
                           const struct search_hit *hit, struct strbuf *out,
                           struct error *err)
{
    strbuf_append_format(out, "score %.4f", hit->score);
    const size_t number = (size_t)(hit - result->hits);
    if (number >= result->reranked_count) {
        strbuf_append_string(out, " of the first pass");
        return STATUS_OK;
    }
    const struct search_rerank *made = &result->reranked[number];
    strbuf_append_format(out,
                         " = %.4f (words) %+.4f (neighbours) %+.4f (leaders)",
                         made->own, made->neighbours, made->leaders);
    AUTO(ranking_query) query = NULL;
    enum status status = ranking_query_new(
        &query, request->plan, request->archive,
        request->ranking == SEARCH_WORDS ? RANKING_WITHOUT_PAIRS
                                         : RANKING_WITH_PAIRS,
        err);
    if (status != STATUS_OK)
        return status;
    AUTO(ranking_reader) reader = ranking_reader_new(query, request->archive);
    AUTO_DONE(ranking_streams) stream = {.count = 0};
    struct ranking_article article;
    ranking_streams_init(&stream, request->archive, hit, 1);
    if (!ranking_reader_read(reader, hit, stream.articles, &article))
        return STATUS_OK;
    strbuf_append_format(out, "; length %.2f of the average",
                         article.length / result->average_length);
    append_parts(query, &article, result->average_length, out);
    return STATUS_OK;
}
