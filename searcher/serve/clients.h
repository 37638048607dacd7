/* Several clients at once, each with a process of its own: whatever one of them
 * sends, however slowly it reads, the others do not notice. Where there are as
 * many as there may be, a newcomer takes the place of the one that has been
 * silent longest. */
#ifndef SEARCHER_SERVE_CLIENTS_H
#define SEARCHER_SERVE_CLIENTS_H

#include "common/compiler.h"
#include "common/error.h"
#include "common/message.h"
#include "searcher/settings.h"

enum { CLIENTS_MAX = 32 };

/* Serves whoever connects to the listening socket, until SIGTERM or SIGINT:
 * answers that are being made are finished then. */
enum status clients_serve(int listening,
                          const struct searcher_settings *settings,
                          struct messages *messages, struct error *err)
    NODISCARD;

#endif
