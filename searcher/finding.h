/* A query and what it found: asked for page by page, each article known by its
 * rank.
 *
 * Life cycle: finding_make(), finding_page() for another page, finding_done().
 * It belongs to one generation of the archive: holdings_refresh() comes before
 * the next is made. */
#ifndef SEARCHER_FINDING_H
#define SEARCHER_FINDING_H

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/strbuf.h"
#include "searcher/cli.h"
#include "searcher/hits.h"
#include "searcher/holdings.h"
#include "searcher/inquiry.h"
#include "searcher/output.h"
#include "searcher/search.h"

struct finding {
    struct holdings *holdings;
    struct strbuf text; /* of the query */
    struct inquiry inquiry;
    struct highlight *highlight;
    enum match_kind match;       /* as asked, or the fallback */
    struct search_result result; /* of the page */
    size_t first, count;         /* of the page: from 0, and as asked for */
    double took_s;               /* for the page */
};

/* What has none of the words asked for may be answered, for a person, with
 * what has some. */
enum finding_fallback { FINDING_AS_ASKED, FINDING_MAY_FALL_BACK };

struct finding_request {
    struct holdings *holdings;
    const struct searcher_settings *settings;
    struct text query;
    enum engine_sort sort;
    size_t first, count; /* of the first page that is asked for */
    enum finding_fallback fallback;
};

/* Finds a page. A search that is cut short (common/clock.h) gives what was
 * found till then. */
enum status finding_make(struct finding *out,
                         const struct finding_request *request,
                         struct error *err) NODISCARD;
enum status finding_page(struct finding *f, size_t first, size_t count,
                         struct error *err) NODISCARD;
void finding_done(struct finding *f);
DEFINE_AUTO_DONE(finding);

/* The first `count` articles, without changing the page. */
enum status finding_hits(struct search_result *out, const struct finding *f,
                         size_t count, struct error *err) NODISCARD;

/* Reads the article of that rank, from 1, whether it is on the page or not.
 * STATUS_NOT_FOUND. */
enum status finding_read(struct hits_article *out, struct finding *f,
                         struct hits *hits, size_t rank, struct error *err)
    NODISCARD;

#endif
