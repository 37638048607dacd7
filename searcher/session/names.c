#include "searcher/session/names.h"

#include <math.h>
#include <stdint.h>

#include "common/clock.h"

static void count(struct value_counter *counter, uint64_t *without,
                  const struct text *values, size_t value_count)
{
    bool any = false;
    for (size_t i = 0; i < value_count; i++) {
        if (values[i].len == 0)
            continue;
        value_counter_add(counter, values[i], 1);
        any = true;
    }
    if (!any)
        ++*without;
}

static enum status read_all(struct names *n, struct value_counter counters[2],
                            const struct search_result *found,
                            struct finding *f, struct hits *hits,
                            struct error *err)
{
    for (size_t i = 0; i < found->count; i++) {
        struct hits_article read;
        if (clock_passed(INFINITY))
            return error_set(err, STATUS_TIMEOUT, "stopped");
        enum status status = hits_read(&read, hits, f->holdings->archive,
                                       found->hits[i].document, NULL, err);
        if (status != STATUS_OK)
            return status;
        count(&counters[0], &n->authors.without, read.article.authors,
              read.article.author_count);
        count(&counters[1], &n->languages.without, &read.article.language, 1);
        n->read++;
    }
    return STATUS_OK;
}

enum status names_count(struct names *out, struct finding *f, struct hits *hits,
                        struct error *err)
{
    AUTO_DONE(search_result) found = {0};
    struct value_counter counters[2];
    struct names n = {.arena = ARENA_INIT};
    for (int i = 0; i < 2; i++)
        value_counter_init(&counters[i]);
    enum status status = finding_hits(&found, f, NAMES_ARTICLES, err);
    if (status == STATUS_OK)
        status = read_all(&n, counters, &found, f, hits, err);
    if (status == STATUS_OK) {
        facet_of_values(&n.authors, &counters[0], SIZE_MAX, &n.arena);
        facet_of_values(&n.languages, &counters[1], SIZE_MAX, &n.arena);
        *out = n;
    }
    for (int i = 0; i < 2; i++)
        value_counter_done(&counters[i]);
    return status;
}

void names_done(struct names *n)
{
    arena_done(&n->arena);
    *n = (struct names){.read = 0};
}
