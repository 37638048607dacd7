/* The second pass of ranking, over the best that the first one found: a bonus
 * for words that were typed next to each other and stand so in the article;
 * among those of one score the newest come first. */
#ifndef SEARCHER_SECOND_PASS_H
#define SEARCHER_SECOND_PASS_H

#include <stddef.h>

#include "common/archive.h"
#include "common/compiler.h"
#include "common/error.h"
#include "searcher/plan.h"
#include "searcher/search.h"

struct second_pass {
    const struct plan *plan;
    struct archive *archive;
    struct search_hit *hits; /* in the order of the first pass */
    size_t count;            /* SEARCH_SECOND_PASS at most */
    size_t wanted;           /* how many of them have to be in final order */
};

/* Orders the hits. STATUS_CORRUPT if an article's words cannot be read. */
enum status second_pass_run(const struct second_pass *pass, struct error *err)
    NODISCARD;

#endif
