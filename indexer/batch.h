/* Articles on their way from the reader to a worker, with the memory that
 * holds their texts.
 *
 * Life cycle: batch_new(), articles read into `arena` and put in place with
 * batch_add() until batch_is_full(), decisions filled in by the catalog,
 * workers deflate what is wanted and add it to a segment, batch_free(). It
 * belongs to one thread at a time. */
#ifndef INDEXER_BATCH_H
#define INDEXER_BATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "common/arena.h"
#include "common/article.h"
#include "common/cleanup.h"
#include "common/digest.h"

enum { BATCH_ARTICLES = 256, BATCH_BYTES = 1 << 20 };

enum decision {
    DECISION_ADD,
    DECISION_UPDATE,
    DECISION_UNCHANGED,
    DECISION_WITHDRAW, /* an id, not an article: what is called so goes */
    DECISION_NOTHING   /* but there was none */
};

struct batch_entry {
    struct article article;
    struct digest id;       /* of the id's term */
    struct digest content;  /* record_digest() */
    struct ingest ingest;   /* filled in by the catalog */
    enum decision decision; /* by the catalog, but for DECISION_WITHDRAW */
    struct text deflated;   /* its record, by a deflater; empty: not yet made */
};

struct batch {
    struct arena arena;
    struct batch_entry entries[BATCH_ARTICLES];
    size_t count;
};

struct batch *batch_new(void);
void batch_free(struct batch *b);
DEFINE_AUTO(batch);

/* `article`'s texts are in the batch's arena; it is full after the last. */
struct batch_entry *batch_add(struct batch *b, const struct article *article);
bool batch_is_full(const struct batch *b);

/* Whether the entry is an article that goes into a segment. */
bool batch_entry_is_written(const struct batch_entry *e);

#endif
