/* From a request to its answer, each a line of JSON: docs/protocol.md. What
 * goes wrong is an answer, too.
 *
 * Life cycle: responder_new(), responder_answer() for each line,
 * responder_free(). The archive is opened by the first request that needs it,
 * or by responder_open(); each request takes up the generation that is there.
 */
#ifndef SEARCHER_SERVE_RESPONDER_H
#define SEARCHER_SERVE_RESPONDER_H

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/message.h"
#include "common/text.h"
#include "searcher/settings.h"

struct responder;

/* `settings` name the archive and the time that a request may take at most;
 * they and `messages` are borrowed. */
struct responder *responder_new(const struct searcher_settings *settings,
                                struct messages *messages);
void responder_free(struct responder *r);
DEFINE_AUTO(responder);

enum status responder_open(struct responder *r, struct error *err) NODISCARD;

/* One line with its end, valid until the next call. */
struct text responder_answer(struct responder *r, struct text line);

/* The answer to a request that could not be read. */
struct text responder_refuse(struct responder *r, const struct error *err);

#endif
