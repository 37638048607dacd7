/* What morgue-index can be told to do: each command does it, says what there is
 * to say, and gives the program's exit status. */
#ifndef INDEXER_COMMAND_H
#define INDEXER_COMMAND_H

#include <stdio.h>

#include "common/error.h"
#include "common/message.h"
#include "indexer/cli.h"

enum command_exit {
    COMMAND_DONE = 0,
    COMMAND_REJECTED = 1, /* done, but some articles were rejected */
    COMMAND_FAILED = 2,
    COMMAND_BUSY = 75 /* EX_TEMPFAIL: another writer has the lock */
};

/* Results go to `out`; everything else is a message. */
enum command_exit command_index(const struct indexer_settings *settings,
                                struct messages *messages, FILE *out);
enum command_exit command_verify(const struct indexer_settings *settings,
                                 struct messages *messages, FILE *out);
enum command_exit command_dump(const struct indexer_settings *settings,
                               struct messages *messages, FILE *out);

/* What the settings' action is. */
enum command_exit command_run(const struct indexer_settings *settings,
                              struct messages *messages, FILE *out);

/* Says what went wrong. */
enum command_exit command_fail(struct messages *messages,
                               const struct error *err);

#endif
