/* Requests of one client and the answers to them, until it has no more. */
#ifndef SEARCHER_SERVE_CONVERSATION_H
#define SEARCHER_SERVE_CONVERSATION_H

#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>

#include "common/compiler.h"
#include "common/error.h"
#include "searcher/serve/responder.h"

struct conversation {
    struct responder *responder;
    int in, out;           /* descriptors; may be the same */
    int patience_ms;       /* for the next byte; -1: any */
    const sigset_t *awake; /* as of a line reader */
    _Atomic int64_t *idle; /* if there is one: since when (milliseconds of
                              clock_now_s()) it has waited for a line; 0: it is
                              answering */
};

/* STATUS_OK when the client has ended it, or has been silent for too long. */
enum status conversation_hold(const struct conversation *c, struct error *err)
    NODISCARD;

#endif
