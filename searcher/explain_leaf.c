#include "searcher/explain_leaf.h"

#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "searcher/search.h"

/* --- words ---------------------------------------------------------------- */

struct gathering {
    struct arena *arena;
    struct text *words;
    size_t count, capacity;
};

static void add(struct gathering *g, struct text word)
{
    MEM_GROW(g->words, g->count, g->capacity);
    g->words[g->count++] = arena_text(g->arena, word);
}

static bool add_entry(void *context, const struct vocabulary_entry *entry)
{
    add(context, text_make(entry->word, entry->word_len));
    return true;
}

static void gather_matcher(struct gathering *g, const struct archive *archive,
                           const struct matcher *m)
{
    const size_t segments = archive_manifest(archive)->segment_count;
    for (size_t i = 0; i < segments; i++) {
        const struct vocabulary *v = archive_vocabulary(archive, i);
        if (m->kind == MATCHER_STEM)
            vocabulary_stem(v, m->text, add_entry, g);
        else if (m->kind == MATCHER_PREFIX)
            vocabulary_prefix(v, m->text, add_entry, g);
        else
            vocabulary_word(v, m->text, add_entry, g);
    }
}

static void gather(struct gathering *g, const struct archive *archive,
                   const struct condition *c)
{
    for (size_t i = 0; i < c->matcher_count; i++)
        gather_matcher(g, archive, &c->matchers[i]);
    for (size_t i = 0; i < c->child_count; i++)
        gather(g, archive, c->children[i]);
}

static int compare(const void *a, const void *b)
{
    return text_compare(*(const struct text *)a, *(const struct text *)b);
}

static void take_words(struct explained *out, struct gathering *g)
{
    struct text *words = arena_zeroed(g->arena, g->count, sizeof *words);
    size_t kept = 0;
    if (g->count > 0)
        qsort(g->words, g->count, sizeof *g->words, compare);
    for (size_t i = 0; i < g->count; i++)
        if (kept == 0 || !text_equal(words[kept - 1], g->words[i]))
            words[kept++] = g->words[i];
    out->words = words;
    out->word_count = kept;
}

/* --- articles ------------------------------------------------------------- */

static enum status count_articles(struct explained *out,
                                  const struct explain_request *request,
                                  struct error *err)
{
    AUTO_DONE(search_result) result = {0};
    const struct search_request search = {.plan = out->plan,
                                          .archive = request->archive,
                                          .total = SEARCH_TOTAL_EXACT};
    enum status status = search_run(&result, &search, err);
    if (status == STATUS_OK)
        out->articles = result.total;
    return status;
}

enum status explain_leaf(struct explained *out,
                         const struct explain_request *request,
                         const struct query_node *node, struct arena *arena,
                         struct error *err)
{
    const struct query alone = {.root = node, .text = request->query->text};
    const struct plan_request wanted = {.query = &alone,
                                        .archive = request->archive,
                                        .analyzer = request->analyzer,
                                        .since = TIMESTAMP_UNKNOWN,
                                        .until = TIMESTAMP_UNKNOWN,
                                        .clock = request->clock};
    struct explained leaf = {.has_words = true};
    enum status status = plan_new(&leaf.plan, &wanted, err);
    *out = (struct explained){.has_words = false};
    if (status == STATUS_QUERY) /* the whole query has other words */
        return STATUS_OK;
    if (status == STATUS_OK)
        status = count_articles(&leaf, request, err);
    if (status != STATUS_OK) {
        plan_free(leaf.plan);
        return status;
    }
    size_t count;
    const struct plan_leaf *leaves = plan_leaves(leaf.plan, &count);
    struct gathering g = {.arena = arena};
    if (count > 0) {
        leaf.term = leaves[0].term;
        leaf.condition = leaves[0].condition;
    }
    if (leaf.condition)
        gather(&g, request->archive, leaf.condition);
    take_words(&leaf, &g);
    free(g.words);
    *out = leaf;
    return STATUS_OK;
}
