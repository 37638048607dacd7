/* A query on its way to what it finds: its tree, its plan for the archive as it
 * is, and what was said or added on the way.
 *
 * Life cycle: inquiry_begin(), inquiry_plan(), the others, inquiry_done(). It
 * belongs to one generation of the archive. */
#ifndef SEARCHER_INQUIRY_H
#define SEARCHER_INQUIRY_H

#include "common/arena.h"
#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/text.h"
#include "searcher/expand.h"
#include "searcher/holdings.h"
#include "searcher/plan.h"
#include "searcher/query.h"
#include "searcher/search.h"
#include "searcher/settings.h"
#include "searcher/suggest.h"

struct inquiry {
    struct holdings *holdings;         /* borrowed */
    struct searcher_settings settings; /* its texts borrowed */
    double deadline_s; /* of clock_now_s(); 0: none; INFINITY: it may be cut
                          short (common/clock.h) */
    struct query *query;
    struct plan *plan;
    struct suggestion suggestion; /* after inquiry_suggest() */
    struct expand_words added;    /* if it is wider */
    struct arena arena;           /* of these */
};

struct inquiry_request {
    struct holdings *holdings;
    const struct searcher_settings *settings;
    struct text text; /* outlives the inquiry */
    double deadline_s;
};

enum status inquiry_begin(struct inquiry *out,
                          const struct inquiry_request *request,
                          struct error *err) NODISCARD;
void inquiry_done(struct inquiry *q);
DEFINE_AUTO_DONE(inquiry);

/* In the way that the settings say, which may be a wider one: the words that
 * the best articles have in common are then searched for as well. */
enum status inquiry_plan(struct inquiry *q, struct error *err) NODISCARD;

/* As the settings say, but for the page: no article is asked for. */
struct search_request inquiry_request(const struct inquiry *q);

/* Words to ask for instead of those that found too little. */
enum status inquiry_suggest(struct inquiry *q,
                            const struct search_result *result,
                            struct error *err) NODISCARD;

/* Where nothing has all of the words: replaces the plan and the result of
 * `request` by those of what has some of them. */
enum status inquiry_fall_back(struct inquiry *q, struct search_result *result,
                              const struct search_request *request,
                              struct error *err) NODISCARD;

#endif
