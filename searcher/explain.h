/* How a query is understood: its tree, which words each leaf of it stands for
 * and how many articles it has, and what the engine runs. As text for people;
 * the JSON is in docs/output-json.md. */
#ifndef SEARCHER_EXPLAIN_H
#define SEARCHER_EXPLAIN_H

#include <stdio.h>

#include "common/analyzer.h"
#include "common/archive.h"
#include "common/compiler.h"
#include "common/error.h"
#include "searcher/plan.h"
#include "searcher/query.h"

enum explain_format { EXPLAIN_TEXT, EXPLAIN_JSON };

struct explain_request {
    const struct query *query;
    const struct plan *plan; /* of it */
    struct archive *archive;
    struct analyzer *analyzer;
    struct plan_clock clock;
    enum explain_format format;
};

enum status explain_query(const struct explain_request *request, FILE *out,
                          struct error *err) NODISCARD;

#endif
