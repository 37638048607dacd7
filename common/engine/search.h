/* Running a query over an index. */
#ifndef COMMON_ENGINE_SEARCH_H
#define COMMON_ENGINE_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/engine/engine.h"
#include "common/engine/index.h"
#include "common/engine/query.h"
#include "common/error.h"
#include "common/text.h"

enum engine_sort { ENGINE_RELEVANCE, ENGINE_NEWEST, ENGINE_OLDEST };

/* Is told of every match that is not deleted, in no particular order. */
struct engine_tally {
    const uint32_t *slots;
    size_t slot_count;
    /* `values` of these slots, as stored, borrowed; empty where absent. */
    void (*add)(void *context, const struct text *values);
    void *context;
};

struct engine_request {
    const struct engine_query *query;
    size_t first, count; /* rank of the first wanted, from 0; how many */
    enum engine_sort sort;
    uint32_t sort_slot;      /* of the time, for newest and oldest */
    uint32_t check_at_least; /* UINT32_MAX for an exact total */
    double k1, b;            /* BM25's; both 0 mean 1.2 and 0.75 */
    size_t few; /* if there are no more, all may be given instead of `count`;
                   below check_at_least */
    const struct engine_tally *tally; /* or NULL; makes the total exact */
    double deadline_s;                /* of clock_now_s(); 0: none */
};

enum engine_end { ENGINE_COMPLETE, ENGINE_TIMED_OUT };

struct engine_hit {
    struct engine_document document;
    double weight;
};

struct engine_hits {
    struct engine_hit *hits;
    size_t count;
    uint32_t total_lower, total_estimated, total_upper; /* all matches */
    enum engine_end end; /* timed out: hits and totals are of those matches that
                            were found in time, of a part of the documents */
};

/* Deleted documents never appear nor are they counted. Hits of the same weight
 * (and time) come by docid, then segment, as a rule. A query with ENGINE_OR or
 * ENGINE_AND_MAYBE in it is always evaluated for every match, as if for an
 * exact total: Xapian 1.4 could otherwise lose one that belongs on the page. */
enum status engine_search(struct engine_hits *out, struct engine_index *index,
                          const struct engine_request *request,
                          struct error *err) NODISCARD;
void engine_hits_done(struct engine_hits *hits);
DEFINE_AUTO_DONE(engine_hits);

#endif
