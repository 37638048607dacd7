/* Turns documents around, in memory: for each term its postings. Terms are
 * interned once and then known by a number, so that adding a posting of a word
 * that was met before needs no lookup.
 *
 * Life cycle: inverter_new(), terms and postings in ascending docid, reading
 * in term order, inverter_reset() to start again (numbers are void then),
 * inverter_free(). */
#ifndef INDEXER_SEGMENT_INVERTER_H
#define INDEXER_SEGMENT_INVERTER_H

#include <stddef.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "common/text.h"
#include "indexer/segment/posting_list.h"

struct inverter;

struct inverter *inverter_new(void);
void inverter_free(struct inverter *inv);
DEFINE_AUTO(inverter);
void inverter_reset(struct inverter *inv);

/* The term's number; the text is copied. The empty term is number 0 and always
 * there: its postings are the documents' lengths. */
uint32_t inverter_term(struct inverter *inv, struct text term);

/* Gives the term's count in that document so far. */
uint32_t inverter_add(struct inverter *inv, uint32_t term, uint32_t docid,
                      uint32_t count);

/* Bytes held, or about to be: tables that are nearly full count double. */
size_t inverter_memory(const struct inverter *inv);

/* Terms that have postings, in byte order. */
struct inverted_term {
    struct text term;
    const struct posting_list *postings;
};

/* Owned by the inverter; valid until the next change. */
const struct inverted_term *inverter_sorted(struct inverter *inv,
                                            size_t *count);

#endif
