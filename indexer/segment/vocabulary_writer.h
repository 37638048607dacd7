/* Writes a segment's vocabulary (common/vocabulary.h) in one go. */
#ifndef INDEXER_SEGMENT_VOCABULARY_WRITER_H
#define INDEXER_SEGMENT_VOCABULARY_WRITER_H

#include <stdint.h>

#include "common/analyzer.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/manifest.h"

/* The lexeme of a number below the count; analyzer_lexeme() with the analyzer
 * as context will do. */
typedef const struct lexeme *vocabulary_lexeme_fn(const void *context,
                                                  uint32_t number);

struct vocabulary_request {
    const char *path;
    vocabulary_lexeme_fn *lexeme;
    const void *context;
    uint32_t count;
    const uint32_t *ids; /* by number, 0 to count - 1 in any order; NULL: the
                            numbers */
};

/* The file is in place and durable. Fills in size and digest of `out`. Needs
 * about 60 bytes a lexeme for the time. STATUS_INTERNAL if a text is longer
 * than VOCABULARY_TEXT_MAX. */
enum status vocabulary_writer_save(const struct vocabulary_request *request,
                                   struct manifest_file *out, struct error *err)
    NODISCARD;

#endif
