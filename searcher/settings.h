/* How a query is to be answered, whoever asks: a command line or a request.
 *
 * Life cycle: SETTINGS_USUAL, then what is asked for, the texts of dates and
 * the like as they were given; settings_complete() reads these. All texts are
 * borrowed. */
#ifndef SEARCHER_SETTINGS_H
#define SEARCHER_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/compiler.h"
#include "common/error.h"
#include "common/timestamp.h"
#include "searcher/facets.h"
#include "searcher/output_fields.h"
#include "searcher/zone.h"

enum searcher_action {
    ACTION_SEARCH,
    ACTION_COUNT,
    ACTION_HELP,
    ACTION_HELP_ALL,
    ACTION_VERSION
};

enum searcher_match { MATCH_ALL_WORDS, MATCH_ANY_WORD };

enum timeline_by { NO_TIMELINE, BY_YEAR, BY_MONTH, BY_DAY };

/* What the columns of a table of counts are. */
enum matrix_by {
    NO_MATRIX,
    MATRIX_YEAR,
    MATRIX_MONTH,
    MATRIX_DAY,
    MATRIX_SOURCE,
    MATRIX_SECTION
};

enum searcher_explain { EXPLAIN_NOTHING, EXPLAIN_QUERY, EXPLAIN_SCORES };

struct searcher_settings {
    const char *archive;
    const char *socket; /* to serve at; NULL: standard input */
    const char *show;   /* id of the article to show whole; or NULL */
    const char *since_text, *until_text;
    const char *timezone_text, *timeout_text;
    const char *facet_list;
    const char *queries; /* a file of them, for a table of counts */
    const char *field_list;
    struct output_fields fields; /* of hits */
    const char *html; /* file for a report instead of the answer; or NULL */
    struct facets_wanted facets; /* what stands instead of hits */
    timestamp since, until;      /* inclusive; TIMESTAMP_UNKNOWN: open */
    struct zone zone;            /* where days begin */
    double timeout_s;            /* 0: none */
    int64_t limit, offset, top;
    int64_t as_generation; /* the only one that will do; 0: any */
    int all;               /* 1: no limit */
    int matrix;            /* enum matrix_by */
    int timeline;          /* enum timeline_by */
    int cells;             /* enum output_cells */
    int format;            /* index in output_formats */
    int match;             /* enum searcher_match */
    int sort;              /* enum engine_sort */
    int ranking;           /* enum search_ranking */
    int expand;            /* 1: words of the best articles are added */
    int explain;           /* enum searcher_explain */
    int action;            /* enum searcher_action */
    int degraded;          /* 1: leave out segments that are damaged */
    int serve;             /* 1: requests instead of a query */
    int batch;             /* 1: queries come from stdin */
    int raw;               /* enum show_what */
    bool archive_named;    /* on the command line */
    bool in_session;       /* queries come from who sits at the terminal */
    char *const *words;    /* of the query, NULL-ended */
};

enum { SETTINGS_LIMIT_UNSET = -1 };

/* What stands where nothing is said. */
#define SETTINGS_USUAL                                                         \
    {                                                                          \
        .since = TIMESTAMP_UNKNOWN, .until = TIMESTAMP_UNKNOWN,                \
        .limit = SETTINGS_LIMIT_UNSET, .top = 10                               \
    }

/* Makes dates, seconds, facets and numbers of the texts. STATUS_USAGE names
 * the option at fault with `dashes` in front: "--" of a command line, or "". */
enum status settings_complete(struct searcher_settings *s, const char *dashes,
                              struct error *err) NODISCARD;

#endif
