/* An archive opened for searching: the articles, the analyzer of its language,
 * and the stems that were met so far. What one query after another is asked of.
 *
 * Life cycle: holdings_new(), holdings_refresh() between two queries,
 * holdings_free(). */
#ifndef SEARCHER_HOLDINGS_H
#define SEARCHER_HOLDINGS_H

#include "common/analyzer.h"
#include "common/archive.h"
#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "searcher/ranking_stems.h"

enum holdings_extent {
    HOLDINGS_WHOLE,
    HOLDINGS_SOUND /* without segments that are damaged */
};

/* The pointers are good until holdings_refresh(). */
struct holdings {
    const char *path; /* borrowed */
    enum holdings_extent extent;
    struct archive *archive;
    struct analyzer *analyzer;
    struct ranking_stems *stems;
};

/* STATUS_VERSION for an archive that was analysed by another version. */
enum status holdings_new(struct holdings **out, const char *path,
                         enum holdings_extent extent, struct error *err)
    NODISCARD;
void holdings_free(struct holdings *h);
DEFINE_AUTO(holdings);

/* Takes up a generation that was published meanwhile, if there is one; on
 * failure all stays as it was. */
enum status holdings_refresh(struct holdings *h, struct error *err) NODISCARD;

/* Before a query: no more memory than is good for words that earlier ones
 * met. */
void holdings_forget(struct holdings *h);

#endif
