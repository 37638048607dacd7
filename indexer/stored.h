/* The articles that an archive has stored, read back: one at a time by place,
 * or all in the order of their ingest. Dumping, merging and verifying are
 * built on it. */
#ifndef INDEXER_STORED_H
#define INDEXER_STORED_H

#include <stddef.h>

#include "common/archive.h"
#include "common/arena.h"
#include "common/article.h"
#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/digest.h"
#include "common/error.h"
#include "common/strbuf.h"

/* What the value slots say of an article. */
struct stored_facts {
    struct ingest ingest;
    struct digest content;
};

enum status stored_facts_read(struct stored_facts *out, struct archive *archive,
                              struct engine_document document,
                              struct error *err) NODISCARD;

/* The same of an index that is not an archive's; `name` is for messages. */
enum status stored_facts_in(struct stored_facts *out,
                            struct engine_index *index,
                            struct engine_document document, const char *name,
                            struct error *err) NODISCARD;

/* Walks the articles of some segments that are not deleted, in ascending
 * sequence (which is ascending docid within a segment).
 * Life cycle: stored_walk_new() or _all(), stored_walk_next() until STATUS_END,
 * free. */
struct stored_walk;

/* `segments` are numbers in the archive's manifest; both are borrowed. */
enum status stored_walk_new(struct stored_walk **out, struct archive *archive,
                            const size_t *segments, size_t count,
                            struct error *err) NODISCARD;

/* All segments. */
enum status stored_walk_all(struct stored_walk **out, struct archive *archive,
                            struct error *err) NODISCARD;
void stored_walk_free(struct stored_walk *walk);
DEFINE_AUTO(stored_walk);

/* The next article's place and facts. */
enum status stored_walk_next(struct stored_walk *walk,
                             struct engine_document *document,
                             struct stored_facts *facts, struct error *err)
    NODISCARD;

/* An article's record as it is stored; appended. Whole articles come through
 * record_read(). */
enum status stored_record(struct archive *archive,
                          struct engine_document document, struct strbuf *out,
                          struct error *err) NODISCARD;

#endif
