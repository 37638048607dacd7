/* A condition compiled: its leaves, numbered in the order they are written,
 * each with the part of the article that it is restricted to, and steps that
 * join what their operands yielded. The same for all segments.
 *
 * Every node yields the list of spans where it stands: the leaves are filled by
 * a scan, a step's list comes from its operands' lists, the last node's is the
 * condition's. To find the words that took part in a match, the last list is
 * marked and the marks are handed down to the leaves, step by step. */
#ifndef SEARCHER_PROGRAM_H
#define SEARCHER_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/compiler.h"
#include "searcher/condition.h"
#include "searcher/span.h"
#include "searcher/stream_scan.h"

/* Nodes are numbered: the leaves first, then the steps. */
struct step {
    enum condition_kind kind;
    uint32_t n;
    uint32_t left, right; /* nodes; no `right` for CONDITION_ATLEAST */
};

struct program {
    const struct condition **leaves;
    struct scan_region *regions; /* a leaf each */
    size_t leaf_count;
    struct step *steps;
    size_t step_count, step_capacity;
    uint32_t root;       /* a node */
    uint32_t body_words; /* the most that any region has */
    bool structure;
};

/* The condition must outlive the program. */
void program_compile(struct program *out, const struct condition *condition);
void program_done(struct program *p);

/* What one article yields; used again for the next. */
struct yield {
    struct span_list *lists; /* a node each */
    struct span_pool pool;
    struct scan scan; /* its `leaves` are the first of `lists` */
};

void yield_init(struct yield *y, const struct program *p);
void yield_done(struct yield *y, const struct program *p);

/* After a scan of the article. Whether the condition holds; stops as soon as
 * that is known, so that the lists may be incomplete. */
bool program_holds(const struct program *p, struct yield *y);

/* The same, and marks the spans of the leaves that took part. */
bool program_trace(const struct program *p, struct yield *y);

#endif
