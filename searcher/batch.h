/* A stream of queries, one a line: what makes a resident searcher. */
#ifndef SEARCHER_BATCH_H
#define SEARCHER_BATCH_H

#include <stdio.h>

#include "common/compiler.h"
#include "common/error.h"
#include "common/message.h"
#include "searcher/answer.h"

enum batch_names {
    BATCH_QUERIES,      /* a line is a query */
    BATCH_NAMED_QUERIES /* a line is a name, a tab and the query */
};

/* Answers every line of `in`. A query that is refused is a message and the
 * next line is answered; `*found` is whether any had an answer, `*refused` how
 * many were refused. */
struct batch_result {
    enum answer_found found;
    unsigned long refused;
    unsigned long partial; /* the time was up */
};

enum status batch_run(struct batch_result *out, struct answerer *answerer,
                      FILE *in, enum batch_names names,
                      struct messages *messages, struct error *err) NODISCARD;

#endif
