/* Writes postlist.glass: value statistics, value chunks, document lengths and
 * the postings of every term.
 *
 * Life cycle: postlist_table_new(); then in this order statistics of slots and
 * chunks of values, each in the byte order of their keys, then terms with their
 * postings into postlist_table_sink(), in byte order, the empty term, whose
 * counts are the documents' lengths, first; postlist_table_finish();
 * postlist_table_free(). */
#ifndef INDEXER_SEGMENT_POSTLIST_TABLE_H
#define INDEXER_SEGMENT_POSTLIST_TABLE_H

#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "indexer/segment/btree_table.h"
#include "indexer/segment/posting_sink.h"

/* libxapian ends a chunk of postings or values when it has this many bytes. */
enum { POSTLIST_CHUNK = 2000 };

struct postlist_table;

enum status postlist_table_new(struct postlist_table **out, const char *path,
                               struct error *err) NODISCARD;
void postlist_table_free(struct postlist_table *t);
DEFINE_AUTO(postlist_table);

struct slot_statistics {
    uint32_t slot, frequency;
    struct text lower, upper; /* bounds of the values, as bytes */
};

enum status postlist_table_statistics(struct postlist_table *t,
                                      const struct slot_statistics *s,
                                      struct error *err) NODISCARD;

/* `chunk` as value_slots.h builds it, of documents from `first_docid` on. */
enum status postlist_table_values(struct postlist_table *t, uint32_t slot,
                                  uint32_t first_docid, struct text chunk,
                                  struct error *err) NODISCARD;

struct posting_sink postlist_table_sink(struct postlist_table *t);

/* Of any posting so far, the documents' lengths not among them. */
uint32_t postlist_table_largest_count(const struct postlist_table *t);

/* Ends the last term, too. */
enum status postlist_table_finish(struct postlist_table *t,
                                  struct btree_root *root,
                                  struct manifest_file *file, struct error *err)
    NODISCARD;

#endif
