/* What a part of a query is by itself: the articles that it finds, and the
 * words of the archive that it stands for. */
#ifndef SEARCHER_EXPLAIN_LEAF_H
#define SEARCHER_EXPLAIN_LEAF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/text.h"
#include "searcher/explain.h"

struct explained {
    bool has_words;    /* or the analyzer finds none in it */
    uint64_t articles; /* without deleted ones */
    struct text term;  /* the main one in the index; empty if there is none */
    const struct condition *condition; /* lives in `plan`; or NULL */
    const struct text *words;          /* of title and body, by bytes */
    size_t word_count;
    struct plan *plan; /* the caller's to free */
};

/* `node` stands by itself: no NOT. The words are allocated in `arena`. */
enum status explain_leaf(struct explained *out,
                         const struct explain_request *request,
                         const struct query_node *node, struct arena *arena,
                         struct error *err) NODISCARD;

#endif
