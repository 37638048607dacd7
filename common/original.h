/* The bytes that an article was made of: noted when it is read, opened again
 * when somebody wants to see them. A plain file is read at their place; of a
 * file of gzip members only the one that begins with them is inflated; any
 * other compressed file is read up to them. */
#ifndef COMMON_ORIGINAL_H
#define COMMON_ORIGINAL_H

#include "common/article.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/strbuf.h"

/* Sets the length of the bytes that `origin` is the place of, and their
 * digest: the first 3 bytes of XXH3-128's canonical form. */
void original_measure(struct origin *origin, struct text bytes);

/* The same of bytes that came in parts. */
struct digester;
void original_measure_parts(struct origin *origin, uint64_t length,
                            const struct digester *parts);

/* Appends the bytes. STATUS_SOURCE: they were not noted, or are no longer there
 * or no longer the same. */
enum status original_read(const struct origin *origin, struct strbuf *out,
                          struct error *err) NODISCARD;

#endif
