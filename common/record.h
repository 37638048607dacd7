/* The stored record of an article: one JSON object, the fields of a result
 * list first and the body last, so that any Xapian binding can read it.
 * Empty fields are left out. It is also what --dump prints and what the JSON
 * Lines reader takes. docs/archive-format.md lists the keys. */
#ifndef COMMON_RECORD_H
#define COMMON_RECORD_H

#include "common/arena.h"
#include "common/article.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/strbuf.h"

/* Version 1 had the origin in it, and a longer digest in its slot; version 2
 * did not say how a date is known. They can still be read, article by article,
 * to be upgraded. */
enum { RECORD_VERSION = 3, RECORD_VERSION_OLDEST = 1 };

/* With its origin, except for its line. What is stored is without: that has a
 * file of its own (origins.h). */
void record_write(const struct article *article, struct strbuf *out);
void record_write_stored(const struct article *article, struct strbuf *out);

/* Reads what record_write() makes, white space behind it allowed, and not JSON
 * at large. The article's texts are allocated in `arena`, each with a NUL
 * behind it. STATUS_CORRUPT, with the offset, if it is not a record. */
enum status record_read(struct article *out, struct text record,
                        struct arena *arena, struct error *err) NODISCARD;

/* Digest of what makes two versions of an article the same: all fields but
 * its origin and when it was seen. Only its first bytes are used, the others 0:
 * it is compared with that of one other version, and stored with each article.
 */
enum { RECORD_DIGEST_SIZE = 8 };
struct digest;
void record_digest(const struct article *article, struct digest *out);

/* The word or id terms, e.g. "Q" + id; ids over 240 bytes are digested by
 * SHA-256 (hexadecimal). Replaces the content of `out`. */
void record_id_term(struct text id, struct strbuf *out);

#endif
