/* Tells whether a file that has grown still begins as it did: a digest of its
 * first bytes up to a place. Of a long beginning only its two ends count,
 * PREFIX_BLOCK bytes each: whatever was put in or taken out between them shows
 * in the second. */
#ifndef INDEXER_PREFIX_H
#define INDEXER_PREFIX_H

#include <stdint.h>

#include "common/compiler.h"
#include "common/digest.h"
#include "common/error.h"

enum { PREFIX_BLOCK = 64 << 10 };

/* Of the first `length` bytes. STATUS_END if the file has fewer. */
enum status prefix_digest(struct digest *out, const char *path, uint64_t length,
                          struct error *err) NODISCARD;

#endif
