/* Builds one segment: a folder with the engine's tables, the token stream and
 * the vocabulary, complete and durable before anybody may name it.
 *
 * Life cycle: segment_writer_new(), adds, segment_writer_finish(); a free
 * without finish removes the folder. Not for use by several threads at once;
 * each worker has its own. */
#ifndef INDEXER_SEGMENT_WRITER_H
#define INDEXER_SEGMENT_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/article.h"
#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/digest.h"
#include "common/error.h"
#include "common/manifest.h"

struct segment_writer;
struct tables_format;

struct segment_settings {
    const struct tables_format *tables; /* how the tables are written */
    const char *path;     /* of the folder to make; must not exist */
    const char *name;     /* its name below segments/ */
    const char *language; /* of the analyzer */
    size_t memory;        /* bytes it may hold, but for one article's */
};

enum status segment_writer_new(struct segment_writer **out,
                               const struct segment_settings *settings,
                               struct error *err) NODISCARD;
void segment_writer_free(struct segment_writer *w);
DEFINE_AUTO(segment_writer);

/* Docids are given from 1 in the order of adding. `content` is the digest of
 * the article (record_digest), kept in its value slot. */
enum status segment_writer_add(struct segment_writer *w,
                               const struct article *article,
                               const struct ingest *ingest,
                               const struct digest *content, struct error *err)
    NODISCARD;

/* Whether it has all the articles that a segment may have, or so many different
 * words that they use up its memory: finish it then, and begin another. */
bool segment_writer_is_full(const struct segment_writer *w);

/* The same for an entry of a batch, whose decision does not matter; its
 * record may have been deflated. */
struct batch_entry;
enum status segment_writer_add_entry(struct segment_writer *w,
                                     const struct batch_entry *entry,
                                     struct error *err) NODISCARD;

uint32_t segment_writer_count(const struct segment_writer *w);

/* Everything written, fsynced and digested; fills in all of `out` but its
 * deleted list. */
enum status segment_writer_finish(struct segment_writer *w,
                                  struct manifest_segment *out,
                                  struct error *err) NODISCARD;

#endif
