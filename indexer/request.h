/* What a run was asked for, as far as it can be found wrong before anything is
 * touched.
 *
 * Life cycle: request_check(), use, request_done(). */
#ifndef INDEXER_REQUEST_H
#define INDEXER_REQUEST_H

#include "common/analyzer.h"
#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/manifest.h"
#include "indexer/cli.h"
#include "indexer/reader.h"

struct request {
    const struct reader_format *format; /* NULL: by content */
    struct analyzer *analyzer;          /* of the language asked for; or NULL */
    char *base;                         /* canonical; or NULL */
    struct reader_limits limits;
};

/* `*out` need not be initialised; it must be given back also on failure. */
enum status request_check(struct request *out,
                          const struct indexer_settings *settings,
                          struct error *err) NODISCARD;
void request_done(struct request *r);
DEFINE_AUTO_DONE(request);

/* The language of a new archive. */
const char *request_language(const struct request *r);

/* An archive has one language and one version of analysis, for ever or until
 * it is upgraded. `path` is for messages. */
enum status request_check_archive(const struct request *r,
                                  const struct manifest *m, const char *path,
                                  struct error *err) NODISCARD;

#endif
