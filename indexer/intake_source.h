/* The articles of one source on their way to the workers: each gets its id and
 * its origin, waits in a batch for the catalog's decision, and is counted.
 * Warnings and rejects are told, the first ones of a source in words.
 *
 * Life cycle: zeroed but for `intake`, `source` and, once it is open, `reader`;
 * `batch` is begun before an article is read; at the end what was not sent is
 * freed. */
#ifndef INDEXER_INTAKE_SOURCE_H
#define INDEXER_INTAKE_SOURCE_H

#include <stdint.h>

#include "common/compiler.h"
#include "common/error.h"
#include "indexer/batch.h"
#include "indexer/intake.h"
#include "indexer/sources.h"

struct intake_source {
    struct intake *intake;
    const struct source *source;
    struct reader *reader;
    struct batch *batch;                  /* NULL: none begun */
    uint64_t articles_known, bytes_known; /* of earlier runs: it is read on */
    uint64_t articles, warnings, rejected, mojibake;
};

/* What the reader has just given; a full batch is sent. */
enum status intake_source_take(struct intake_source *s,
                               const struct article *article, struct error *err)
    NODISCARD;
/* What it has just refused, and why; with it goes what that takes back. */
enum status intake_source_reject(struct intake_source *s,
                                 const struct error *why, struct error *err)
    NODISCARD;
/* Keeps, tells and counts a reject. */
enum status intake_source_keep(struct intake_source *s,
                               const struct reject *reject, struct error *err)
    NODISCARD;
/* Has the catalog decide on the batch, if one is begun, and hands it over. */
enum status intake_source_send(struct intake_source *s, struct error *err)
    NODISCARD;

/* Tells the reader's warnings since the last time. */
void intake_source_warn(struct intake_source *s);
/* Tells how many rejects and warnings were not told. */
void intake_source_sum_up(const struct intake_source *s);

#endif
