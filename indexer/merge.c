#include "indexer/merge.h"

#include <time.h>

#include "common/analyzer.h"
#include "common/archive.h"
#include "common/interrupt.h"
#include "common/record.h"
#include "common/stage.h"
#include "indexer/generation.h"
#include "indexer/machine.h"
#include "indexer/progress.h"
#include "indexer/stored.h"
#include "indexer/workers.h"

enum {
    RECORD_MAX = 512 << 20,
    DELETED_SHARE = 5,
    THREADS_MAX = 2 /* of which one segment at a time comes */
};

/* --- what is due --------------------------------------------------------- */

static unsigned tier_of(const struct manifest_segment *s)
{
    unsigned tier = 0;
    for (uint64_t size = s->text_bytes / MERGE_FLOOR; size >= 4; size /= 4)
        tier++;
    return tier;
}

uint64_t merge_cost(const struct manifest_segment *s)
{
    if (s->documents == 0)
        return 0;
    return s->text_bytes / s->documents * (s->documents - s->deleted);
}

static size_t choose_deleted(const struct manifest *m, uint64_t budget,
                             size_t *chosen)
{
    for (size_t i = 0; i < m->segment_count; i++) {
        const struct manifest_segment *s = &m->segments[i];
        if ((uint64_t)s->deleted * DELETED_SHARE > s->documents &&
            merge_cost(s) <= budget) {
            chosen[0] = i;
            return 1;
        }
    }
    return 0;
}

/* All of one tier, as far as they fit in a segment and in the budget. */
static size_t choose_tier(const struct manifest *m, unsigned tier,
                          uint64_t budget, size_t *chosen)
{
    uint64_t documents = 0;
    size_t count = 0;
    for (size_t i = 0; i < m->segment_count && count < MERGE_SEGMENTS_MAX;
         i++) {
        const struct manifest_segment *s = &m->segments[i];
        uint64_t live = s->documents - s->deleted;
        if (tier_of(s) != tier || merge_cost(s) > budget ||
            documents + live > ENGINE_DOCID_MAX)
            continue;
        chosen[count++] = i;
        documents += live;
        budget -= merge_cost(s);
    }
    return count >= MERGE_WIDTH ? count : 0;
}

size_t merge_choose(const struct manifest *m, uint64_t budget,
                    size_t chosen[MERGE_SEGMENTS_MAX])
{
    enum { TIERS = 32 };
    size_t count = 0;
    for (unsigned tier = 0; tier < TIERS && count == 0; tier++)
        count = choose_tier(m, tier, budget, chosen);
    return count > 0 ? count : choose_deleted(m, budget, chosen);
}

/* --- merging ------------------------------------------------------------- */

struct merge {
    const struct merge_settings *settings;
    struct archive *archive;
    const struct merge_choice *choice;
    uint64_t articles, bytes; /* of text, read so far */
    struct workers *workers;
    struct strbuf record;
    const struct built_segment *made;
    size_t made_count;
};

static void merge_done(struct merge *m)
{
    workers_free(m->workers);
    strbuf_done(&m->record);
}
DEFINE_AUTO_DONE(merge);

static enum status open_workers(struct merge *m, struct error *err)
{
    const struct manifest *manifest = archive_manifest(m->archive);
    const struct workers_settings settings = {
        .tables = m->settings->tables,
        .archive = archive_path(m->archive),
        .language = manifest->language,
        .generation = manifest->generation + 1,
        .count = m->settings->threads > 1 ? THREADS_MAX : 1,
        .memory = m->settings->memory,
    };
    interrupt_hold();
    enum status status = workers_new(&m->workers, &settings, err);
    interrupt_release();
    return status;
}

static enum status read_article(struct merge *m, struct batch *batch,
                                struct engine_document document,
                                const struct stored_facts *facts,
                                struct error *err)
{
    struct article article;
    strbuf_reset(&m->record);
    enum status status = stored_record(m->archive, document, &m->record, err);
    if (status == STATUS_OK)
        status =
            record_read(&article, strbuf_text(&m->record), &batch->arena, err);
    if (status == STATUS_OK)
        status = archive_origin(&article.origin, m->archive, document,
                                &batch->arena, err);
    if (status != STATUS_OK)
        return status;
    m->bytes += article.title.len + article.body.len;
    if (m->settings->progress)
        progress_update(m->settings->progress, ++m->articles, m->bytes);
    struct batch_entry *entry = batch_add(batch, &article);
    entry->ingest = facts->ingest;
    entry->content = facts->content;
    /* What makes two versions the same changes with what is stored. */
    if (archive_manifest(m->archive)->record_version != RECORD_VERSION)
        record_digest(&article, &entry->content);
    return STATUS_OK;
}

static enum status read_articles(struct merge *m, struct error *err)
{
    AUTO(stored_walk) walk = NULL;
    AUTO(batch) batch = batch_new();
    enum status status = stored_walk_new(&walk, m->archive, m->choice->segments,
                                         m->choice->count, err);
    while (status == STATUS_OK) {
        if (interrupt_signal())
            return error_set(err, STATUS_INTERRUPTED, "merging was stopped");
        struct engine_document document;
        struct stored_facts facts;
        status = stored_walk_next(walk, &document, &facts, err);
        if (status == STATUS_OK)
            status = read_article(m, batch, document, &facts, err);
        if (status != STATUS_OK || !batch_is_full(batch))
            continue;
        status = workers_push(m->workers, batch, err);
        batch = batch_new();
    }
    return status == STATUS_END ? workers_push(m->workers, TAKE(batch), err)
                                : status;
}

static enum status copy_articles(struct merge *m, struct error *err)
{
    enum status status = open_workers(m, err);
    const enum stage outer = stage_begin(STAGE_MERGE);
    if (status == STATUS_OK)
        status = read_articles(m, err);
    stage_end(outer);
    if (status == STATUS_OK)
        status = workers_finish(m->workers, &m->made, &m->made_count, err);
    return status;
}

static enum status publish(const struct merge *m, struct error *err)
{
    const struct manifest *old = archive_manifest(m->archive);
    AUTO_DONE(generation) next = {0};
    enum status status = generation_begin(&next, archive_path(m->archive), err);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < m->choice->count; i++)
        generation_drop(&next, old->segments[m->choice->segments[i]].name);
    for (size_t i = 0; i < m->made_count; i++)
        generation_add_segment(&next, &m->made[i].segment);
    generation_drop_empty(&next);
    if (m->choice->count == old->segment_count) {
        next.manifest.analyzer_version = ANALYZER_VERSION;
        next.manifest.record_version = RECORD_VERSION;
    }
    return generation_publish(&next, (timestamp)time(NULL), err);
}

static uint64_t total_cost(const struct manifest *m,
                           const struct merge_choice *choice)
{
    uint64_t cost = 0;
    for (size_t i = 0; i < choice->count; i++)
        cost += merge_cost(&m->segments[choice->segments[i]]);
    return cost;
}

enum status merge_these(size_t *made, struct archive *archive,
                        const struct merge_choice *choice,
                        const struct merge_settings *settings,
                        struct error *err)
{
    AUTO_DONE(merge)
    m = {.settings = settings,
         .archive = archive,
         .choice = choice,
         .record = STRBUF_INIT(RECORD_MAX)};
    if (settings->progress)
        progress_stage(settings->progress, "merged",
                       total_cost(archive_manifest(archive), choice));
    enum status status = copy_articles(&m, err);
    if (status == STATUS_OK)
        status = publish(&m, err);
    if (status == STATUS_OK)
        *made = m.made_count;
    return status;
}

enum status merge_run(unsigned *merged, const struct merge_settings *settings,
                      struct error *err)
{
    uint64_t budget = settings->budget;
    const unsigned before = *merged;
    for (;;) {
        AUTO(archive) archive = NULL;
        enum status status = archive_open(&archive, settings->archive, err);
        if (status != STATUS_OK)
            return status;
        const struct manifest *m = archive_manifest(archive);
        /* The merged segment, at twice its text, must leave the disk half
         * empty of what it is now: a merge is never urgent. */
        uint64_t room = machine_free_disk(settings->archive) / 4;
        size_t chosen[MERGE_SEGMENTS_MAX];
        bool free_choice = settings->one_at_least && *merged == before;
        uint64_t most = free_choice || budget > room ? room : budget;
        struct merge_choice choice = {chosen, merge_choose(m, most, chosen)};
        if (choice.count == 0)
            return STATUS_OK;
        uint64_t cost = total_cost(m, &choice);
        size_t made = 0;
        status = merge_these(&made, archive, &choice, settings, err);
        if (status != STATUS_OK)
            return status;
        budget = cost < budget ? budget - cost : 0;
        ++*merged;
        if (choice.count > 1 && made >= choice.count)
            return STATUS_OK; /* they are as large as memory lets them be */
    }
}
