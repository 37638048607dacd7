/* Searching at a terminal: a line is a query or a command, and each answer is a
 * page that fits the window. */
#ifndef SEARCHER_SESSION_SESSION_H
#define SEARCHER_SESSION_SESSION_H

#include "common/compiler.h"
#include "common/error.h"
#include "common/message.h"
#include "searcher/cli.h"

/* Returns when whoever searches has left. */
enum status session_run(const struct searcher_settings *settings,
                        struct messages *messages, struct error *err) NODISCARD;

#endif
