/* A request of a program: one line, one JSON object. docs/protocol.md says what
 * may be in it. Whatever is not understood is refused, not passed over: a
 * misspelt limit would give a wrong answer. */
#ifndef SEARCHER_SERVE_REQUEST_H
#define SEARCHER_SERVE_REQUEST_H

#include "common/arena.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/text.h"
#include "searcher/settings.h"

enum {
    REQUEST_SIZE_MAX = 1 << 20, /* bytes of a line */
    REQUEST_LIMIT_MAX = 1000,   /* hits of an answer */
    REQUEST_OFFSET_MAX = 100000,
    REQUEST_TOP_MAX = 10000 /* values of a facet */
};

enum request_kind {
    REQUEST_SEARCH,
    REQUEST_SHOW,
    REQUEST_COUNT,
    REQUEST_FACETS,
    REQUEST_TIMELINE,
    REQUEST_SUGGEST,
    REQUEST_SIMILAR,
    REQUEST_PING
};

struct request {
    enum request_kind kind;
    const char *query;   /* NULL where the kind has none */
    const char *article; /* an id; likewise */
    struct searcher_settings settings;
};

/* What the line has for an id, as JSON; empty if it has none, or is no JSON
 * object. */
struct text request_id(struct text line);

/* Texts are allocated in `arena`. `base` has what requests cannot say; its time
 * is the most that they may ask for. STATUS_USAGE. */
enum status request_read(struct request *out, struct text line,
                         const struct searcher_settings *base,
                         struct arena *arena, struct error *err) NODISCARD;

#endif
