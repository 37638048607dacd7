/* What ranking has to know of one article, read from its token stream: how long
 * it is, and where the query's words stand in it.
 *
 * Life cycle: ranking_reader_new(), ranking_reader_read() for each article,
 * ranking_reader_free(). */
#ifndef SEARCHER_RANKING_ARTICLE_H
#define SEARCHER_RANKING_ARTICLE_H

#include <stddef.h>
#include <stdint.h>

#include "common/archive.h"
#include "common/cleanup.h"
#include "common/compiler.h"
#include "searcher/ranking_query.h"
#include "searcher/span.h"

struct ranking_article {
    double length;                 /* words of title and body, and marks */
    uint32_t body_first;           /* position of the body's first word */
    const struct span_list *words; /* where each word of the query stands */
};

struct ranking_reader;

/* Both are borrowed. */
struct ranking_reader *ranking_reader_new(const struct ranking_query *query,
                                          const struct archive *archive);
void ranking_reader_free(struct ranking_reader *r);
DEFINE_AUTO(ranking_reader);

/* Of a hit whose length is known. Valid until the next reading. False if the
 * stream is damaged. */
struct search_hit;
bool ranking_reader_read(struct ranking_reader *r, const struct search_hit *hit,
                         const struct token_cursor *stream,
                         struct ranking_article *out) NODISCARD;

#endif
