/* The articles that were read and not taken, each with its place and reason, so
 * that nothing is lost in silence.
 *
 * Format of rejects/NAME: JSON Lines, an object an article: "reason" (a stable
 * word), "message" (for people), "path", "offset" (in bytes, uncompressed),
 * "line" (0 where the format has none), "format", and its bytes as far as kept:
 * "bytes" if they are UTF-8, else "bytes_base64".
 *
 * The same bytes rejected at the same place for the same reason are kept once,
 * however often their source is read.
 *
 * Life cycle: rejects_new(), adds, rejects_save() before each publication,
 * rejects_free(). */
#ifndef INDEXER_REJECTS_H
#define INDEXER_REJECTS_H

#include "common/article.h"
#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/digest.h"
#include "common/error.h"
#include "common/manifest.h"
#include "common/text.h"

enum { REJECTS_BYTES_MAX = 64 << 10 }; /* kept of an article */

struct reject {
    const char *reason, *message;
    const char *format; /* it was read as; NULL: none recognised it */
    struct origin origin;
    struct text bytes;
};

struct rejects;

/* `m` must live as long: what it names is read at the first rejection. */
struct rejects *rejects_new(const struct manifest *m, const char *archive);
void rejects_free(struct rejects *r);
DEFINE_AUTO(rejects);

enum status rejects_add(struct rejects *r, const struct reject *reject,
                        struct error *err) NODISCARD;

/* From now on what was kept of a source goes when rejects_source_read() says
 * that all of it was read again: what was rejected this time takes its place.
 * Before the first add. */
void rejects_renew(struct rejects *r);

/* That the whole source was read; nothing unless they are renewed. */
void rejects_source_read(struct rejects *r, struct text path);

/* That one article was tried once more, from the line that was kept of it (by
 * its digest): as if it were a source. */
void rejects_tried_again(struct rejects *r, const struct digest *line);

/* As ledger_save(). `m` is the one given to rejects_new(), or its successor
 * with the same rejects. */
enum status rejects_save(struct rejects *r, struct manifest *m,
                         struct error *err) NODISCARD;

#endif
