/* Writes articles that an archive has, or had, into new segments: one after
 * the other, another one when one is full. What merging and repairing share.
 *
 * Life cycle: a filled-in struct, rewriter_add() in ascending sequence,
 * rewriter_finish(), then `made` is to be published, rewriter_done(). */
#ifndef INDEXER_REWRITER_H
#define INDEXER_REWRITER_H

#include <stddef.h>
#include <stdint.h>

#include "common/article.h"
#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/manifest.h"
#include "indexer/stored.h"

struct segment_writer;
struct tables_format;

struct rewriter {
    const struct tables_format *tables;
    const char *archive;           /* its path */
    const char *language;          /* of its analyzer */
    uint64_t generation;           /* that the segments are made for */
    size_t memory;                 /* bytes */
    struct segment_writer *writer; /* NULL: none begun */
    struct manifest_segment *made;
    size_t made_count, made_capacity;
};

/* The caller fills in the first five members, and zeroes the others. */
void rewriter_done(struct rewriter *r);
DEFINE_AUTO_DONE(rewriter);

enum status rewriter_add(struct rewriter *r, const struct article *article,
                         const struct stored_facts *facts, struct error *err)
    NODISCARD;
enum status rewriter_finish(struct rewriter *r, struct error *err) NODISCARD;

#endif
