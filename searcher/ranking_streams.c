#include "searcher/ranking_streams.h"

void ranking_streams_init(struct ranking_streams *out,
                          const struct archive *archive,
                          const struct search_hit *hits, size_t count)
{
    struct ranking_streams s = {.count = count, .arena = ARENA_INIT};
    s.articles = arena_zeroed(&s.arena, count, sizeof *s.articles);
    for (size_t i = 0; i < count; i++)
        if (!archive_stream(archive, hits[i].document, &s.arena,
                            &s.articles[i]))
            s.articles[i] = (struct token_cursor){.at = NULL};
    *out = s;
}

void ranking_streams_done(struct ranking_streams *s)
{
    arena_done(&s->arena);
    *s = (struct ranking_streams){.articles = NULL};
}

/* A code ends with a byte without the high bit. */
static double count_codes(const struct token_cursor *article)
{
    size_t codes = 0;
    for (const uint8_t *at = article->at; at < article->end; at++)
        codes += *at < 0x80;
    return (double)codes;
}

double ranking_streams_lengths(const struct ranking_streams *s,
                               struct search_hit *hits)
{
    double sum = 0;
    for (size_t i = 0; i < s->count; i++) {
        hits[i].length = count_codes(&s->articles[i]);
        sum += hits[i].length;
    }
    return sum > 0 ? sum / (double)s->count : 1;
}
