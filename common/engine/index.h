/* Segments opened for reading, as one.
 *
 * STATUS_CORRUPT comes from whatever reads damaged tables. Xapian has no
 * checksums, though: damage may also go unnoticed, crash it or keep it busy for
 * ever. Only the digests in the manifest tell for sure. */
#ifndef COMMON_ENGINE_INDEX_H
#define COMMON_ENGINE_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/engine/engine.h"
#include "common/error.h"
#include "common/strbuf.h"
#include "common/text.h"

struct engine_index;

struct engine_segment {
    const char *path;
    const uint32_t *deleted; /* docids, ascending; borrowed by the index */
    size_t deleted_count;
};

/* A missing file is STATUS_STALE (somebody published anew), a damaged one
 * STATUS_CORRUPT. `count` 0 gives an index that finds nothing. The segments'
 * deleted lists must stay valid. */
enum status engine_index_open(struct engine_index **out,
                              const struct engine_segment *segments,
                              size_t count, struct error *err) NODISCARD;
void engine_index_free(struct engine_index *index);
DEFINE_AUTO(engine_index);

size_t engine_index_segments(const struct engine_index *index);
/* Largest docid and number of documents of a segment, deleted ones counted. */
uint32_t engine_index_last_docid(const struct engine_index *index,
                                 size_t segment);
uint32_t engine_index_documents(const struct engine_index *index,
                                size_t segment);
void engine_index_uuid(const struct engine_index *index, size_t segment,
                       char out[ENGINE_UUID_SIZE]);

/* Documents with the term over all segments, deleted ones counted. */
enum status engine_term_frequency(struct engine_index *index, struct text term,
                                  uint32_t *out, struct error *err) NODISCARD;

/* The stored data; appended to `out`, whose maximum is respected. */
enum status engine_document_data(struct engine_index *index,
                                 struct engine_document document,
                                 struct strbuf *out, struct error *err)
    NODISCARD;
/* Empty (and nothing appended) if it has no value in the slot. */
enum status engine_document_value(struct engine_index *index,
                                  struct engine_document document,
                                  uint32_t slot, struct strbuf *out,
                                  struct error *err) NODISCARD;

/* All documents with a term in one segment, ascending docids, deleted ones
 * included; stops when the callback returns false. The empty term means every
 * document. */
typedef bool engine_posting_fn(void *context, uint32_t docid, uint32_t wdf);
enum status engine_postings(struct engine_index *index, size_t segment,
                            struct text term, engine_posting_fn *on_posting,
                            void *context, struct error *err) NODISCARD;

/* All terms of a segment that begin with `prefix`, in byte order. */
typedef bool engine_term_fn(void *context, struct text term,
                            uint32_t frequency);
enum status engine_terms(struct engine_index *index, size_t segment,
                         struct text prefix, engine_term_fn *on_term,
                         void *context, struct error *err) NODISCARD;

#endif
