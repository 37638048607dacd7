/* Deflates what the tables store so.
 *
 * Life cycle: deflater_new(), any number of records, deflater_free(). Not for
 * use by several threads at once. */
#ifndef INDEXER_SEGMENT_DEFLATER_H
#define INDEXER_SEGMENT_DEFLATER_H

#include <stdbool.h>

#include "common/cleanup.h"
#include "common/text.h"

struct deflater;

struct deflater *deflater_new(void);
void deflater_free(struct deflater *d);
DEFINE_AUTO(deflater);

/* `out` is borrowed until the next call. False, with `out` untouched, if it
 * would not be shorter. */
bool deflater_run(struct deflater *d, struct text data, struct text *out);

#endif
