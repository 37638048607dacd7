/* A search as one HTML page for people: what was asked, when and of which
 * archive, a timeline, where the articles come from, and the articles with
 * passages and links. It needs nothing but itself, has no script, and is
 * readable on paper. */
#ifndef SEARCHER_REPORT_H
#define SEARCHER_REPORT_H

#include <stdbool.h>

#include "common/compiler.h"
#include "common/error.h"
#include "common/message.h"
#include "common/timestamp.h"
#include "searcher/answer.h"
#include "searcher/holdings.h"
#include "searcher/settings.h"

struct report_request {
    struct holdings *holdings;
    const struct searcher_settings *settings; /* limit, offset, order */
    struct text query;
    timestamp now; /* the date of the report */
    const char *path;
};

/* Writes the file, which appears whole or not at all, in place of one that is
 * there. `*out`: whether anything was found. */
enum status report_write(enum answer_found *out,
                         const struct report_request *request,
                         struct error *err) NODISCARD;

/* Appends the timeline as a picture (SVG); nothing for one without periods. */
struct strbuf;
struct timeline;
void report_timeline(struct strbuf *out, const struct timeline *t);
enum { REPORT_PERIODS = 120 /* in it, at most */ };

#endif
