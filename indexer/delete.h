/* --delete: articles by their ids. */
#ifndef INDEXER_DELETE_H
#define INDEXER_DELETE_H

#include "common/compiler.h"
#include "common/error.h"
#include "common/message.h"
#include "indexer/cli.h"
#include "indexer/summary.h"

/* The settings' operands are ids; "-" stands for those on standard input, a
 * line each. An id that is not there is told and counted as missing; the others
 * are deleted. */
enum status delete_run(struct summary *out,
                       const struct indexer_settings *settings,
                       struct messages *messages, struct error *err) NODISCARD;

#endif
