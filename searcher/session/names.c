#include "searcher/session/names.h"

#include <math.h>
#include <stdlib.h>

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

static int most_first(const void *a, const void *b)
{
    const struct value_count *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return text_compare(x->value, y->value);
}

static void fill(struct facet *f, const struct value_counter *counter,
                 struct arena *arena)
{
    f->count = f->distinct = counter->count;
    f->values = arena_zeroed(arena, f->count + 1, sizeof *f->values);
    for (size_t i = 0; i < f->count; i++) {
        f->values[i].value = arena_text(arena, counter->entries[i].value);
        f->values[i].count = counter->entries[i].count;
    }
    qsort(f->values, f->count, sizeof *f->values, most_first);
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
        fill(&n.authors, &counters[0], &n.arena);
        fill(&n.languages, &counters[1], &n.arena);
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
