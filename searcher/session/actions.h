/* What the commands of a session do (commands.h has the table): each appends
 * what it has to say to the session's `out`. */
#ifndef SEARCHER_SESSION_ACTIONS_H
#define SEARCHER_SESSION_ACTIONS_H

#include "common/compiler.h"
#include "common/error.h"
#include "searcher/session/commands.h"

typedef enum status actions_fn(struct session *s, const struct told *told,
                               struct error *err);

actions_fn actions_next, actions_previous, actions_list, actions_open,
    actions_url, actions_raw, actions_undo, actions_sort, actions_facets,
    actions_share, actions_more, actions_kwic, actions_export, actions_yes,
    actions_explain, actions_help, actions_quit, actions_narrow;

/* Searches for a query, from the first page on. */
enum status actions_ask(struct session *s, struct text query, struct error *err)
    NODISCARD;

/* Shows the article of that rank, from 1, in the pager. */
enum status actions_read(struct session *s, size_t number, struct error *err)
    NODISCARD;

/* A number alone: one of the readings that were offered, an article, or else
 * something to search for. */
enum status actions_number(struct session *s, size_t number, struct text typed,
                           struct error *err) NODISCARD;

#endif
