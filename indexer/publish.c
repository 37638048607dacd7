#include "indexer/publish.h"

#include <string.h>
#include <time.h>

#include "indexer/generation.h"

/* Hides what another article of the same run and id superseded. */
static enum status hide_losers(const struct publication *p,
                               struct generation *g,
                               struct manifest_segment *segment,
                               const struct built_segment *built,
                               struct error *err)
{
    AUTO_DONE(deleted_list) list = {0};
    size_t loser_count;
    const uint64_t *losers = catalog_losers(p->catalog, &loser_count);
    for (uint32_t docid = 1; docid <= segment->documents; docid++) {
        uint64_t sequence = built->sequences[docid - 1];
        for (; loser_count > 0 && *losers < sequence; losers++)
            loser_count--;
        if (loser_count > 0 && *losers == sequence)
            deleted_list_add(&list, docid);
    }
    return list.count > 0 ? generation_hide(g, segment, &list, err) : STATUS_OK;
}

static enum status add_segments(const struct publication *p,
                                struct generation *g, struct error *err)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < p->built_count && status == STATUS_OK; i++) {
        struct manifest_segment segment = p->built[i].segment;
        status = hide_losers(p, g, &segment, &p->built[i], err);
        if (status == STATUS_OK)
            generation_add_segment(g, &segment);
    }
    return status;
}

/* Hides the old versions of articles that this run has brought again. */
static enum status hide_superseded(const struct publication *p,
                                   struct generation *g, struct error *err)
{
    enum status status = STATUS_OK;
    size_t old = archive_manifest(p->archive)->segment_count;
    for (size_t i = 0; i < old && status == STATUS_OK; i++) {
        const struct deleted_list *superseded =
            catalog_superseded(p->catalog, i);
        if (superseded->count == 0)
            continue;
        AUTO_DONE(deleted_list) all = {0};
        const struct deleted_list *before = archive_deleted(p->archive, i);
        for (size_t j = 0; j < before->count; j++)
            deleted_list_add(&all, before->docids[j]);
        for (size_t j = 0; j < superseded->count; j++)
            deleted_list_add(&all, superseded->docids[j]);
        deleted_list_sort(&all);
        status = generation_hide(g, &g->manifest.segments[i], &all, err);
    }
    return status;
}

static bool same_files(const struct manifest_file *a, size_t a_count,
                       const struct manifest_file *b, size_t b_count)
{
    bool same = a_count == b_count;
    for (size_t i = 0; same && i < a_count; i++)
        same = strcmp(a[i].name, b[i].name) == 0;
    return same;
}

static bool hides_nothing(const struct publication *p)
{
    size_t old = archive_manifest(p->archive)->segment_count;
    for (size_t i = 0; i < old; i++)
        if (catalog_superseded(p->catalog, i)->count > 0)
            return false;
    return true;
}

static bool brings_nothing(const struct publication *p,
                           const struct generation *g)
{
    const struct manifest *old = archive_manifest(p->archive),
                          *new = &g->manifest;
    return p->built_count == 0 && hides_nothing(p) &&
           same_files(old->ledgers, old->ledger_count, new->ledgers,
                      new->ledger_count) &&
           same_files(old->rejects, old->reject_count, new->rejects,
                      new->reject_count);
}

enum status publish_run(const struct publication *p, struct error *err)
{
    AUTO_DONE(generation) next = {0};
    enum status status = generation_begin(&next, archive_path(p->archive), err);
    if (status == STATUS_OK)
        status = hide_superseded(p, &next, err);
    if (status == STATUS_OK)
        status = add_segments(p, &next, err);
    if (status == STATUS_OK)
        status = ledger_save(p->ledger, &next.manifest, err);
    if (status == STATUS_OK)
        status = rejects_save(p->rejects, &next.manifest, err);
    if (status != STATUS_OK || brings_nothing(p, &next))
        return status;
    generation_drop_empty(&next);
    next.manifest.next_sequence = catalog_next_sequence(p->catalog);
    return generation_publish(&next, (timestamp)time(NULL), err);
}
