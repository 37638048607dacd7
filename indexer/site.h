/* Where one segment after another is built: the next begins when one is full.
 *
 * Life cycle: site_init(), site_add() for each batch, site_complete(),
 * site_done(). For one thread at a time. */
#ifndef INDEXER_SITE_H
#define INDEXER_SITE_H

#include <stddef.h>
#include <stdint.h>

#include "common/compiler.h"
#include "common/error.h"
#include "common/manifest.h"
#include "indexer/batch.h"

struct tables_format;
struct segment_writer;

struct site_settings {
    const struct tables_format *tables;
    const char *archive;  /* its path */
    const char *language; /* of its analyzer */
    uint64_t generation;  /* that the segments are built for */
    size_t memory;        /* bytes */
};

/* A segment that was built, and the sequence of each of its documents. */
struct built_segment {
    struct manifest_segment segment;
    uint64_t *sequences; /* of docid 1, 2, ...; ascending */
};

struct site {
    const struct site_settings *settings; /* borrowed */
    struct segment_writer *writer; /* NULL until there is something to write */
    uint64_t *sequences;           /* of its documents */
    size_t sequence_count, sequence_capacity;
    struct built_segment *built;
    size_t built_count, built_capacity;
};

void site_init(struct site *s, const struct site_settings *settings);

/* Entries that are unchanged are passed over. */
enum status site_add(struct site *s, const struct batch *batch,
                     struct error *err) NODISCARD;

/* What is being built becomes a segment, if it has any documents. */
enum status site_complete(struct site *s, struct error *err) NODISCARD;

enum site_end { SITE_KEEP, SITE_REMOVE /* what was built */ };
void site_done(struct site *s, enum site_end end);

#endif
