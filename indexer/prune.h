/* --prune: articles whose source file is gone.
 *
 * A file is gone if its name is, while the nearest folder above it that is
 * still there has something in it. An empty one may be where a disk is to be
 * mounted: then its articles stay, and it is told. Articles that did not come
 * from a file stay, too. */
#ifndef INDEXER_PRUNE_H
#define INDEXER_PRUNE_H

#include "common/compiler.h"
#include "common/error.h"
#include "common/message.h"
#include "indexer/cli.h"
#include "indexer/summary.h"

/* Should a file come back, it is read again. */
enum status prune_run(struct summary *out,
                      const struct indexer_settings *settings,
                      struct messages *messages, struct error *err) NODISCARD;

enum prune_state { PRUNE_THERE, PRUNE_GONE, PRUNE_DOUBTFUL };

/* `*folder` becomes the length of the path's part that is the empty folder, if
 * that makes it doubtful. */
enum prune_state prune_look(const char *path, size_t *folder);

#endif
