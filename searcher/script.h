/* What a session shows as a command that gives the same in a shell. */
#ifndef SEARCHER_SCRIPT_H
#define SEARCHER_SCRIPT_H

#include "common/engine/search.h"
#include "common/strbuf.h"
#include "common/text.h"
#include "searcher/cli.h"

/* Appends "morgue-search --archive press --sort newest 'gas -price'": what the
 * settings have of the archive, dates and ranking, and this order and query. */
void script_write(struct strbuf *out, const struct searcher_settings *settings,
                  enum engine_sort sort, struct text query);

#endif
