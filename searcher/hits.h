/* The hits of a search on their way to the output: each article is read, what
 * matches in it found, its passages chosen.
 *
 * Life cycle: hits_init(), hits_print() for each answer or hits_read() for each
 * article, hits_done(); what is kept in between is memory to work in. */
#ifndef SEARCHER_HITS_H
#define SEARCHER_HITS_H

#include "common/analyzer.h"
#include "common/arena.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/message.h"
#include "common/strbuf.h"
#include "searcher/highlight.h"
#include "searcher/output.h"
#include "searcher/search.h"

struct hits {
    struct arena arena;   /* of one hit */
    struct strbuf record; /* of one hit */
};

enum hits_passages { HITS_BARE, HITS_WITH_PASSAGES, HITS_WITH_MARKS };
enum hits_scores { HITS_UNEXPLAINED, HITS_EXPLAINED /* as notes */ };

struct hits_request {
    const struct search_request *search;
    const struct search_result *result; /* of it */
    struct analyzer *analyzer;
    struct output *output; /* between output_begin() and output_end() */
    struct messages *messages;
    enum hits_passages passages;
    enum hits_scores scores;
};

/* One of them, as it is shown. All texts are good until the next. */
struct hits_article {
    struct article article;
    struct highlight_marks marks;
};

void hits_init(struct hits *h);
void hits_done(struct hits *h);

/* Reads a found article and finds what matches in it, or nothing if
 * `highlight` is NULL. */
enum status hits_read(struct hits_article *out, struct hits *h,
                      struct archive *archive, struct engine_document document,
                      struct highlight *highlight, struct error *err) NODISCARD;

enum status hits_print(struct hits *h, const struct hits_request *request,
                       struct error *err) NODISCARD;

#endif
