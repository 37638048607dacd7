/* What morgue-search can be told to do: each command does it, says what there
 * is to say, and gives the program's exit status, which is grep's. */
#ifndef SEARCHER_COMMAND_H
#define SEARCHER_COMMAND_H

#include <stdio.h>

#include "common/error.h"
#include "common/message.h"
#include "searcher/answer.h"
#include "searcher/cli.h"

enum command_exit {
    COMMAND_FOUND = 0,
    COMMAND_NOTHING = 1,
    COMMAND_FAILED = 2,
    COMMAND_PARTIAL = 3 /* the time was up */
};

/* Results go where the answerer prints; everything else is a message. */
enum command_exit command_search(struct answerer *answerer,
                                 const struct searcher_settings *settings,
                                 struct messages *messages);
enum command_exit command_show(struct answerer *answerer,
                               const struct searcher_settings *settings,
                               struct messages *messages);

/* Answers the queries of `in`. */
enum command_exit command_batch(struct answerer *answerer,
                                const struct searcher_settings *settings,
                                FILE *in, struct messages *messages);

/* Prints a table of counts. */
enum command_exit command_matrix(struct answerer *answerer,
                                 const struct searcher_settings *settings,
                                 struct messages *messages);

/* Writes a page instead of printing. */
enum command_exit command_report(const struct searcher_settings *settings,
                                 struct messages *messages);

/* Whoever sits at the terminal searches until they leave. */
enum command_exit command_session(const struct searcher_settings *settings,
                                  struct messages *messages);

/* Says what went wrong. */
enum command_exit command_fail(struct messages *messages,
                               const struct error *err);

#endif
