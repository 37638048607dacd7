/* The hits of a search on their way to the output: each article is read, what
 * matches in it found, its passages chosen.
 *
 * Life cycle: hits_init(), hits_print() for each answer, hits_done(); what is
 * kept from answer to answer is memory to work in. */
#ifndef SEARCHER_HITS_H
#define SEARCHER_HITS_H

#include "common/analyzer.h"
#include "common/arena.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/message.h"
#include "common/strbuf.h"
#include "searcher/output.h"
#include "searcher/search.h"

struct hits {
    struct arena arena;   /* of one hit */
    struct strbuf record; /* of one hit */
};

enum hits_passages { HITS_BARE, HITS_WITH_PASSAGES };
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

void hits_init(struct hits *h);
void hits_done(struct hits *h);

enum status hits_print(struct hits *h, const struct hits_request *request,
                       struct error *err) NODISCARD;

#endif
