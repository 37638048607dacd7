/* --status: what an archive has, who writes to it, its last runs and what is
 * left to do. Takes no lock. */
#ifndef INDEXER_STATUS_H
#define INDEXER_STATUS_H

#include "common/compiler.h"
#include "common/error.h"
#include "common/strbuf.h"
#include "indexer/cli.h"

/* Appends it in the settings' format, ending in a newline. */
enum status status_print(const struct indexer_settings *settings,
                         struct strbuf *out, struct error *err) NODISCARD;

#endif
