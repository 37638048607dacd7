/* The token streams of a search's best hits, found once for all that the second
 * pass does with them.
 *
 * Life cycle: ranking_streams_init() of hits of an archive that outlives it,
 * ranking_streams_done(). */
#ifndef SEARCHER_RANKING_STREAMS_H
#define SEARCHER_RANKING_STREAMS_H

#include <stddef.h>

#include "common/archive.h"
#include "common/arena.h"
#include "common/cleanup.h"
#include "searcher/search.h"

struct ranking_streams {
    struct token_cursor *articles; /* a hit each; empty where the place of the
                                      stream is damaged */
    size_t count;
    struct arena arena;
};

void ranking_streams_init(struct ranking_streams *out,
                          const struct archive *archive,
                          const struct search_hit *hits, size_t count);
void ranking_streams_done(struct ranking_streams *s);
DEFINE_AUTO_DONE(ranking_streams);

/* Finds out the hits' lengths, without reading their words; 0 if a stream is
 * damaged. Returns their average; never 0. */
double ranking_streams_lengths(const struct ranking_streams *s,
                               struct search_hit *hits);

#endif
