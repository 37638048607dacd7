/* The command line of morgue-search: one table, from which parsing, --help,
 * the manual page and completions come. */
#ifndef SEARCHER_CLI_H
#define SEARCHER_CLI_H

#include "common/compiler.h"
#include "common/error.h"
#include "common/options.h"
#include "searcher/settings.h"

extern const struct option_table cli_table;

/* `argv` begins with the program's name. STATUS_USAGE also when what was asked
 * lacks something: an archive, a query. */
enum status cli_parse(struct searcher_settings *out, char *const *argv,
                      struct error *err) NODISCARD;

#endif
