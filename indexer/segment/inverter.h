/* Turns documents around, in memory: for each term its postings. Terms are
 * interned once and then known by a number, so that adding a posting of a word
 * that was met before needs no lookup. A term may stand for several others, as
 * a stem does for its words: nothing is added to it, its postings are found
 * when they are written.
 *
 * Life cycle: inverter_new(), terms and postings in ascending docid,
 * inverter_write(), inverter_reset() to start again (numbers are void then),
 * inverter_free(). */
#ifndef INDEXER_SEGMENT_INVERTER_H
#define INDEXER_SEGMENT_INVERTER_H

#include <stddef.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/text.h"
#include "indexer/segment/posting_sink.h"

struct inverter;

struct inverter *inverter_new(void);
void inverter_free(struct inverter *inv);
DEFINE_AUTO(inverter);
void inverter_reset(struct inverter *inv);

/* The term's number; the text is copied. The empty term is number 0 and always
 * there: its postings are the documents' lengths. */
uint32_t inverter_term(struct inverter *inv, struct text term);

void inverter_add(struct inverter *inv, uint32_t term, uint32_t docid,
                  uint32_t count);

/* A place of one's own for postings of a term, which was given to nobody else:
 * the term's own, or a part that the term includes. */
uint32_t inverter_list(struct inverter *inv, struct text term);

/* What was and will be added to `part` itself is among the postings of `term`,
 * too; in one document, counts add up. */
void inverter_include(struct inverter *inv, uint32_t term, uint32_t part);

/* Says that a posting will soon be added. */
void inverter_prefetch(const struct inverter *inv, uint32_t term);

/* Bytes held, or about to be: tables that are nearly full count double. */
size_t inverter_memory(const struct inverter *inv);

/* Gives away all terms that have postings, in byte order. */
enum status inverter_write(struct inverter *inv,
                           const struct posting_sink *sink, struct error *err)
    NODISCARD;

#endif
