#include "searcher/ranking_article.h"

#include <stdlib.h>

#include "common/mem.h"
#include "searcher/leaf_index.h"
#include "searcher/search.h"
#include "searcher/stream_scan.h"

struct ranking_reader {
    const struct ranking_query *query;
    const struct archive *archive;
    const struct condition **conditions; /* a word each */
    struct scan_region *regions;         /* a word each */
    struct span_list *lists;             /* a word each */
    struct leaf_index **indices; /* a segment each; NULL until it is needed */
    size_t segment_count;
    struct scan scan;
};

struct ranking_reader *ranking_reader_new(const struct ranking_query *query,
                                          const struct archive *archive)
{
    struct ranking_reader *r = mem_zeroed(1, sizeof *r);
    const size_t words = query->word_count;
    r->query = query;
    r->archive = archive;
    r->conditions = mem_zeroed(words, sizeof *r->conditions);
    r->regions = mem_zeroed(words, sizeof *r->regions);
    r->lists = mem_zeroed(words, sizeof *r->lists);
    for (size_t i = 0; i < words; i++) {
        r->conditions[i] = query->words[i].condition;
        r->regions[i] = query->words[i].region;
    }
    r->segment_count = archive_manifest(archive)->segment_count;
    r->indices = mem_zeroed(r->segment_count, sizeof *r->indices);
    r->scan = (struct scan){.regions = r->regions,
                            .body_words = UINT32_MAX,
                            .leaves = r->lists,
                            .leaf_count = words};
    return r;
}

void ranking_reader_free(struct ranking_reader *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->segment_count; i++)
        leaf_index_free(r->indices[i]);
    for (size_t i = 0; i < r->scan.leaf_count; i++)
        span_list_done(&r->lists[i]);
    scan_done(&r->scan);
    free(r->indices);
    free(r->conditions);
    free(r->regions);
    free(r->lists);
    free(r);
}

static const struct leaf_index *index_of(struct ranking_reader *r,
                                         size_t segment)
{
    if (!r->indices[segment])
        r->indices[segment] =
            leaf_index_new(r->conditions, r->scan.leaf_count,
                           archive_vocabulary(r->archive, segment),
                           archive_stems(r->archive, segment));
    return r->indices[segment];
}

bool ranking_reader_read(struct ranking_reader *r, const struct search_hit *hit,
                         const struct token_cursor *stream,
                         struct ranking_article *out)
{
    if (!stream->at ||
        !stream_scan(&r->scan, index_of(r, hit->document.segment), stream))
        return false;
    *out = (struct ranking_article){
        .length = hit->length,
        .body_first = r->scan.body_first,
        .words = r->lists,
    };
    return true;
}
