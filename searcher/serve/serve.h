/* Answers the requests of other programs (docs/protocol.md): those on standard
 * input, or of whoever connects to a Unix socket. */
#ifndef SEARCHER_SERVE_SERVE_H
#define SEARCHER_SERVE_SERVE_H

#include "common/compiler.h"
#include "common/error.h"
#include "searcher/settings.h"

/* Until the input ends or, at a socket, SIGTERM or SIGINT. An archive that
 * cannot be opened at the beginning is an error; later it is an answer. */
enum status serve_run(const struct searcher_settings *settings,
                      struct error *err) NODISCARD;

#endif
