/* The values of a segment's documents while it is built: statistics and
 * chunks, one slot beside the other. Full chunks go to a spool file, so that
 * memory stays small whatever the number of documents.
 *
 * Life cycle: value_slots_new(), adds in ascending docid,
 * value_slots_write() once, value_slots_free(), which removes the spool. */
#ifndef INDEXER_SEGMENT_VALUE_SLOTS_H
#define INDEXER_SEGMENT_VALUE_SLOTS_H

#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/text.h"
#include "indexer/segment/postlist_table.h"

struct value_slots;

/* `slots`: how many, numbered from 0; below 128, so that their keys sort as
 * their numbers do. The spool is made at `path` when it is needed. */
struct value_slots *value_slots_new(unsigned slots, const char *path);
void value_slots_free(struct value_slots *v);
DEFINE_AUTO(value_slots);

/* `value` must not be empty. */
enum status value_slots_add(struct value_slots *v, unsigned slot,
                            uint32_t docid, struct text value,
                            struct error *err) NODISCARD;

/* Statistics of all slots, then their chunks. */
enum status value_slots_write(struct value_slots *v, struct postlist_table *t,
                              struct error *err) NODISCARD;

#endif
