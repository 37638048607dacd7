/* Builds one segment's tables; without term lists and without positions. */
#ifndef COMMON_ENGINE_WRITER_H
#define COMMON_ENGINE_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/engine/engine.h"
#include "common/error.h"
#include "common/text.h"

struct engine_writer;

/* Creates the folder `path`; STATUS_EXISTS if there is a database. No term
 * lists, no positions. Nothing is promised until commit. */
enum status engine_writer_create(struct engine_writer **out, const char *path,
                                 struct error *err) NODISCARD;

/* One document: any of the three, then end. A term that is empty or too long
 * is STATUS_INTERNAL at once, before it could spoil the batch. The same term
 * again adds to its count; count 0 makes a boolean term. Data of more than
 * 8192 bytes may get blanks appended (see docdata.cc); docids have no gaps. */
enum status engine_writer_term(struct engine_writer *w, struct text term,
                               uint32_t count, struct error *err) NODISCARD;
enum status engine_writer_value(struct engine_writer *w, uint32_t slot,
                                struct text value, struct error *err) NODISCARD;
enum status engine_writer_data(struct engine_writer *w, struct text data,
                               struct error *err) NODISCARD;
enum status engine_writer_end(struct engine_writer *w, uint32_t *docid,
                              struct error *err) NODISCARD;

/* Writes everything; afterwards only free. */
enum status engine_writer_commit(struct engine_writer *w, struct error *err)
    NODISCARD;

/* Without commit, leaves an unfinished folder for the caller to remove. */
void engine_writer_free(struct engine_writer *w);
DEFINE_AUTO(engine_writer);

/* Compacts the segments `sources` into a new folder `path`, keeping their
 * order; docids are numbered through. STATUS_EXISTS if there is anything;
 * other failures may leave an unfinished folder for the caller to remove. */
enum status engine_compact(const char *path, const char *const *sources,
                           size_t count, struct error *err) NODISCARD;

/* Checks a segment's structure (xapian-check); what it finds goes to `report`
 * if not NULL. STATUS_CORRUPT if there is anything. */
enum status engine_check(const char *path, FILE *report, struct error *err)
    NODISCARD;

#endif
