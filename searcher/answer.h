/* From a query's text to its printed answer: parse, plan, search, highlight,
 * output, in the way that the settings say.
 *
 * Life cycle: answerer_new() or answerer_of(), answer_query() for each query,
 * answerer_free().
 */
#ifndef SEARCHER_ANSWER_H
#define SEARCHER_ANSWER_H

#include <stdio.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/message.h"
#include "common/text.h"
#include "searcher/cli.h"
#include "searcher/holdings.h"

struct answerer;

/* Opens the archive; `settings` and `messages` are borrowed. Results go to
 * `stream`. */
enum status answerer_new(struct answerer **out,
                         const struct searcher_settings *settings,
                         struct messages *messages, FILE *stream,
                         struct error *err) NODISCARD;

/* Of an archive that is open already, which is borrowed. */
struct answerer *answerer_of(struct holdings *holdings,
                             const struct searcher_settings *settings,
                             struct messages *messages, FILE *stream);
void answerer_free(struct answerer *a);
DEFINE_AUTO(answerer);

/* Takes up a generation that was published since the last query, if there is
 * one. */
enum status answerer_refresh(struct answerer *a, struct error *err) NODISCARD;

enum answer_found {
    ANSWER_NOTHING,
    ANSWER_FOUND,
    ANSWER_PARTIAL /* the time was up; there may be more */
};

/* `id` is the query's name in a batch, or empty. What goes wrong is also told
 * in the output, where its format has a place for it. STATUS_TIMEOUT for what
 * is not answered in part. */
enum status answer_query(enum answer_found *out, struct answerer *a,
                         struct text query, struct text id, struct error *err)
    NODISCARD;

/* Only counts what the settings want of facets; to be freed by facets_done().
 * STATUS_TIMEOUT. */
enum status answer_facets(struct facets *out, struct answerer *a,
                          struct text query, struct error *err) NODISCARD;

/* Prints the article of that id whole. STATUS_NOT_FOUND. */
enum status answer_show(struct answerer *a, struct text id, struct error *err)
    NODISCARD;

#endif
