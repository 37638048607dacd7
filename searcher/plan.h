/* From a query's tree to what the engine runs: words become terms by the
 * archive's analyzer, positional parts become conditions that the evaluator
 * checks, and what the answer has to say of the query is put together.
 *
 * Life cycle: plan_new(), searching and highlighting with it, plan_free(). It
 * belongs to one archive snapshot and must not outlive it. */
#ifndef SEARCHER_PLAN_H
#define SEARCHER_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/archive.h"
#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/engine/query.h"
#include "common/error.h"
#include "common/timestamp.h"
#include "searcher/condition.h"
#include "searcher/plan_limit.h"
#include "searcher/query.h"

enum plan_match {
    PLAN_AS_WRITTEN, /* words without operators must all occur */
    PLAN_ANY         /* any word is enough, title:word too; other fields and
                        exclusions still hold */
};

/* A word that an expansion adds: an article may have it instead of those that
 * were typed. */
struct plan_more {
    const struct condition *condition; /* a CONDITION_WORD */
    struct text term;                  /* in the index */
    double weight;                     /* that of a typed word is 1 */
};

struct plan_request {
    const struct query *query;
    struct archive *archive;
    struct analyzer *analyzer; /* of the archive's language */
    enum plan_match match;
    const struct plan_more
        *more; /* with PLAN_ANY only; must outlive the plan */
    size_t more_count;
    timestamp since, until;  /* inclusive; TIMESTAMP_UNKNOWN: open */
    struct plan_clock clock; /* what 7d and today are counted from */
    double deadline_s;       /* of clock_now_s(); 0: none */
};

/* A part of the query that an article may contain: what is highlighted. */
struct plan_leaf {
    const struct query_node *node;
    const struct condition *condition; /* NULL: not in title or body */
    struct text term;                  /* its main term in the index */
    uint32_t frequency; /* articles with that term, deleted ones counted */
    double idf;         /* of that term, for weighing passages and pairs */
};

/* Two parts that were typed next to each other, or with nothing but stop words
 * between. */
struct plan_pair {
    const struct condition *adjacent; /* they stand so */
    double idf;                       /* the sum of theirs */
};

struct plan;

/* STATUS_QUERY if the query has no word in it, with the offset; STATUS_TIMEOUT
 * if it cannot be made in time. */
enum status plan_new(struct plan **out, const struct plan_request *request,
                     struct error *err) NODISCARD;
void plan_free(struct plan *plan);
DEFINE_AUTO(plan);

/* All borrowed, until plan_free(). */
const struct engine_query *plan_query(const struct plan *plan);

/* The same without the positional conditions that every match must satisfy,
 * which plan_holds() decides of one article; NULL if there are none. */
const struct engine_query *plan_loose_query(const struct plan *plan);
bool plan_holds(const struct plan *plan, struct engine_document document);

/* Whether there are words to rank by: a query of nothing but fields and
 * exclusions scores all alike. */
bool plan_is_ranked(const struct plan *plan);

/* STATUS_CORRUPT if what was asked so far met an article that could not be
 * read: what was found may lack something. */
enum status plan_intact(const struct plan *plan, struct error *err) NODISCARD;

/* Words, phrases and fields that are not excluded, in the order typed; stop
 * words that were passed over are not among them. */
const struct plan_leaf *plan_leaves(const struct plan *plan, size_t *count);
const struct plan_pair *plan_pairs(const struct plan *plan, size_t *count);

/* Those of the request. */
const struct plan_more *plan_more(const struct plan *plan, size_t *count);

/* Parts of the query in which the analyzer found no word: "---". */
const struct text *plan_ignored(const struct plan *plan, size_t *count);

#endif
