/* The command line of morgue-search: one table, from which parsing, --help,
 * the manual page and completions come. */
#ifndef SEARCHER_CLI_H
#define SEARCHER_CLI_H

#include "common/compiler.h"
#include "common/error.h"
#include "common/options.h"
#include "searcher/settings.h"

extern const struct option_table cli_table;

/* As they are typed: by enum engine_sort, by enum search_ranking, and by enum
 * timeline_by from BY_YEAR on. */
extern const char *const cli_orders[], *const cli_rankings[],
                                           *const cli_periods[];

/* Whether stdin and stdout both are one, so that no query means a session. */
enum cli_place { CLI_ELSEWHERE, CLI_ON_TERMINAL };

/* `argv` begins with the program's name. STATUS_USAGE also when what was asked
 * lacks something: an archive, a query. */
enum status cli_parse(struct searcher_settings *out, char *const *argv,
                      enum cli_place place, struct error *err) NODISCARD;

#endif
