/* Writes every stored article as JSON Lines, in the order of its ingest: what
 * --from jsonl reads back. */
#ifndef INDEXER_DUMP_H
#define INDEXER_DUMP_H

#include <stdio.h>

#include "common/compiler.h"
#include "common/error.h"

enum status dump_articles(const char *archive, FILE *out, struct error *err)
    NODISCARD;

#endif
