/* The integer and string packings of Xapian's glass format (version
 * 2016-03-14), appended to a strbuf. Source: the format as libxapian 1.4
 * writes it; docs/archive-format.md describes what morgue uses of it. */
#ifndef INDEXER_SEGMENT_PACKING_H
#define INDEXER_SEGMENT_PACKING_H

#include <stdint.h>

#include "common/strbuf.h"
#include "common/text.h"

/* A varint: common/packed.h. */
void pack_uint(struct strbuf *out, uint64_t value);

/* Little-endian without leading zero bytes; nothing for 0. */
void pack_uint_last(struct strbuf *out, uint64_t value);

/* Keeps order as bytes; for 32-bit values, which never start with 0xff. */
void pack_sortuint(struct strbuf *out, uint32_t value);

/* uint(length), then the bytes. */
void pack_text(struct strbuf *out, struct text t);

/* Keeps order as bytes: zero bytes become 00 ff. The first is what nothing
 * follows, the second ends in 00 so that more may follow. */
void pack_sorttext_last(struct strbuf *out, struct text t);
void pack_sorttext(struct strbuf *out, struct text t);

#endif
