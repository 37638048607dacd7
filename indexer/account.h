/* The account of a run, when all is done: what the archive has now, what the
 * run took, and its line in the run log. */
#ifndef INDEXER_ACCOUNT_H
#define INDEXER_ACCOUNT_H

#include "common/compiler.h"
#include "common/error.h"
#include "indexer/summary.h"

/* Bytes of all files that a manifest names. */
struct manifest;
uint64_t account_bytes(const struct manifest *m);

/* Completes the summary and appends it to the run log; `began_s` is of the
 * clock. Needs the lock. */
enum status account_run(struct summary *s, const char *archive, double began_s,
                        struct error *err) NODISCARD;

#endif
