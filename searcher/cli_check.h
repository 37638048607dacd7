/* Which options of morgue-search go together. */
#ifndef SEARCHER_CLI_CHECK_H
#define SEARCHER_CLI_CHECK_H

#include "common/compiler.h"
#include "common/error.h"
#include "searcher/settings.h"

/* STATUS_USAGE names what does not, or what is lacking: an archive, a query.
 * `s->in_session` is to be set. */
enum status cli_check(const struct searcher_settings *s, struct error *err)
    NODISCARD;

#endif
