/* A list of queries in, a table of counts out: a row a query, a column for each
 * period, source or section that any of them has. Periods are without gaps,
 * from the first that has any article to the last; other values come by how
 * many articles have them, over all queries.
 *
 *     query,total,2022-01,2022-02,(none)
 *     gas,5,2,3,0
 */
#ifndef SEARCHER_MATRIX_H
#define SEARCHER_MATRIX_H

#include "common/compiler.h"
#include "common/error.h"
#include "common/message.h"
#include "searcher/answer.h"
#include "searcher/output.h"

enum { MATRIX_QUERIES_MAX = 10000 };

struct matrix_request {
    struct answerer *answerer; /* its settings want the one facet or timeline */
    const struct output_settings *output; /* csv or tsv */
    const char *path;                     /* of the queries; "-" is stdin */
    struct messages *messages;
};

struct matrix_result {
    unsigned long refused; /* queries, each told in a message; their cells
                              are '-' */
    unsigned long found;   /* queries with any article */
};

/* A line of the file is a query, or a name, a tab and the query. */
enum status matrix_print(struct matrix_result *out,
                         const struct matrix_request *request,
                         struct error *err) NODISCARD;

#endif
