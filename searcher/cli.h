/* The command line of morgue-search: one table, from which parsing, --help,
 * the manual page and completions come. */
#ifndef SEARCHER_CLI_H
#define SEARCHER_CLI_H

#include <stdint.h>

#include "common/compiler.h"
#include "common/error.h"
#include "common/options.h"
#include "common/timestamp.h"
#include "searcher/facets.h"
#include "searcher/zone.h"

enum searcher_action {
    ACTION_SEARCH,
    ACTION_COUNT,
    ACTION_HELP,
    ACTION_VERSION
};

enum searcher_match { MATCH_ALL_WORDS, MATCH_ANY_WORD };

enum timeline_by { NO_TIMELINE, BY_YEAR, BY_MONTH, BY_DAY };

enum searcher_explain { EXPLAIN_NOTHING, EXPLAIN_QUERY, EXPLAIN_SCORES };

struct searcher_settings {
    const char *archive;
    const char *show; /* id of the article to show whole; or NULL */
    const char *since_text, *until_text;
    const char *timezone_text, *timeout_text;
    const char *facet_list;
    struct facets_wanted facets; /* what stands instead of hits */
    timestamp since, until;      /* inclusive; TIMESTAMP_UNKNOWN: open */
    struct zone zone;            /* where days begin */
    double timeout_s;            /* 0: none */
    int64_t limit, offset, top;
    int all;            /* 1: no limit */
    int timeline;       /* enum timeline_by */
    int format;         /* index in output_formats */
    int match;          /* enum searcher_match */
    int sort;           /* enum engine_sort */
    int ranking;        /* enum search_ranking */
    int expand;         /* 1: words of the best articles are added */
    int explain;        /* enum searcher_explain */
    int action;         /* enum searcher_action */
    int degraded;       /* 1: leave out segments that are damaged */
    int batch;          /* 1: queries come from stdin */
    char *const *words; /* of the query, NULL-ended */
};

extern const struct option_table cli_table;

/* `argv` begins with the program's name. STATUS_USAGE also when what was asked
 * lacks something: an archive, a query. */
enum status cli_parse(struct searcher_settings *out, char *const *argv,
                      struct error *err) NODISCARD;

#endif
