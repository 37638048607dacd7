/* Writes where the articles of a segment were read (common/origins.h).
 *
 * Life cycle: origins_writer_new(), origins_writer_add() for each article,
 * origins_writer_finish(); a free without finish leaves no file. Holds
 * ORIGINS_ARTICLE bytes an article. Write errors stick and are reported at the
 * end. */
#ifndef INDEXER_SEGMENT_ORIGINS_WRITER_H
#define INDEXER_SEGMENT_ORIGINS_WRITER_H

#include "common/article.h"
#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/manifest.h"

enum { ORIGINS_ARTICLE = 24 };

struct origins_writer;

enum status origins_writer_new(struct origins_writer **out, const char *path,
                               struct error *err) NODISCARD;
void origins_writer_free(struct origins_writer *w);
DEFINE_AUTO(origins_writer);

/* Of the next article; its line is not kept. */
void origins_writer_add(struct origins_writer *w, const struct origin *origin);

/* The file is in place and durable. Fills in size and digest of `out`. */
enum status origins_writer_finish(struct origins_writer *w,
                                  struct manifest_file *out, struct error *err)
    NODISCARD;

#endif
