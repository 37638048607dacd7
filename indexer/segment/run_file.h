/* A sorted run: what an inverter held when its memory was full, in term order,
 * in a temporary file.
 *
 * Writing: run_writer_new(), terms and postings into run_writer_sink(),
 * run_writer_finish(), run_writer_free(); or run_file_write() for all of an
 * inverter at once. Reading: run_reader_new(), which stands at
 * the first term; for each term its postings, as many as its frequency says,
 * then run_reader_next(); run_reader_free(). Files are left to the caller. */
#ifndef INDEXER_SEGMENT_RUN_FILE_H
#define INDEXER_SEGMENT_RUN_FILE_H

#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "indexer/segment/inverter.h"
#include "indexer/segment/posting_sink.h"

struct run_writer;

/* A file of that name is replaced. Write errors stick, and are what finish
 * returns. */
enum status run_writer_new(struct run_writer **out, const char *path,
                           struct error *err) NODISCARD;
struct posting_sink run_writer_sink(struct run_writer *w);
enum status run_writer_finish(struct run_writer *w, struct error *err)
    NODISCARD;
void run_writer_free(struct run_writer *w);
DEFINE_AUTO(run_writer);

enum status run_file_write(struct inverter *inv, const char *path,
                           struct error *err) NODISCARD;

struct run_reader;

enum status run_reader_new(struct run_reader **out, const char *path,
                           struct error *err) NODISCARD;
void run_reader_free(struct run_reader *r);
DEFINE_AUTO(run_reader);

/* Where it stands, until the next call of run_reader_next(); NULL behind the
 * last term. */
const struct term_statistics *run_reader_term(const struct run_reader *r);
enum status run_reader_posting(struct run_reader *r, struct posting *out,
                               struct error *err) NODISCARD;
enum status run_reader_next(struct run_reader *r, struct error *err) NODISCARD;

#endif
