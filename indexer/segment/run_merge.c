#include "indexer/segment/run_merge.h"

#include <stdlib.h>

#include "common/mem.h"
#include "indexer/segment/run_file.h"

struct run_heads {
    struct run_reader **runs; /* NULL: not open */
    bool *chosen;             /* those whose term is the least of all */
    size_t count;
};

static void run_heads_done(struct run_heads *h)
{
    for (size_t i = 0; i < h->count; i++)
        run_reader_free(h->runs[i]);
    free(h->runs);
    free(h->chosen);
}
DEFINE_AUTO_DONE(run_heads);

/* Marks the runs that stand at the least term and adds them up; false when
 * all are at their end. */
static bool choose(struct run_heads *h, struct term_statistics *out)
{
    *out = (struct term_statistics){.frequency = 0};
    for (size_t i = 0; i < h->count; i++) {
        const struct term_statistics *s = run_reader_term(h->runs[i]);
        h->chosen[i] = false;
        if (!s)
            continue;
        int order = out->frequency ? text_compare(s->term, out->term) : -1;
        if (order > 0)
            continue;
        if (order < 0) {
            for (size_t j = 0; j < i; j++)
                h->chosen[j] = false;
            *out = *s;
        } else {
            out->frequency += s->frequency;
            out->occurrences += s->occurrences;
        }
        h->chosen[i] = true;
    }
    return out->frequency > 0;
}

static enum status copy_postings(struct run_reader *run,
                                 const struct posting_sink *sink,
                                 struct error *err)
{
    struct posting portion[POSTING_PORTION];
    uint32_t left = run_reader_term(run)->frequency;
    enum status status = STATUS_OK;
    while (left > 0 && status == STATUS_OK) {
        uint32_t count = left < POSTING_PORTION ? left : POSTING_PORTION;
        for (uint32_t i = 0; i < count && status == STATUS_OK; i++)
            status = run_reader_posting(run, &portion[i], err);
        if (status == STATUS_OK)
            status = sink->postings(sink->context, portion, count, err);
        left -= count;
    }
    return status == STATUS_OK ? run_reader_next(run, err) : status;
}

enum status run_merge(const char *const *paths, size_t count,
                      const struct posting_sink *sink, struct error *err)
{
    AUTO_DONE(run_heads)
    h = {mem_zeroed(count, sizeof *h.runs), mem_zeroed(count, sizeof *h.chosen),
         count};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = run_reader_new(&h.runs[i], paths[i], err);
    struct term_statistics s;
    while (status == STATUS_OK && choose(&h, &s)) {
        status = sink->begin_term(sink->context, &s, err);
        for (size_t i = 0; i < count && status == STATUS_OK; i++)
            if (h.chosen[i])
                status = copy_postings(h.runs[i], sink, err);
    }
    return status;
}
