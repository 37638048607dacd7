#include "indexer/removal.h"

#include <stdlib.h>
#include <time.h>

#include "common/mem.h"
#include "indexer/generation.h"
#include "indexer/merge.h"

void removal_begin(struct removal *out, struct session *session)
{
    size_t count = archive_manifest(session->archive)->segment_count;
    *out = (struct removal){.session = session, .count = count};
    out->lists = mem_zeroed(count, sizeof *out->lists);
}

void removal_done(struct removal *r)
{
    for (size_t i = 0; i < r->count; i++)
        deleted_list_done(&r->lists[i]);
    free(r->lists);
}

void removal_add(struct removal *r, struct engine_document document)
{
    deleted_list_add(&r->lists[document.segment], document.docid);
}

uint64_t removal_total(struct removal *r)
{
    uint64_t total = 0;
    for (size_t i = 0; i < r->count; i++) {
        deleted_list_sort(&r->lists[i]);
        total += r->lists[i].count;
    }
    return total;
}

/* --- publishing ----------------------------------------------------------- */

static enum status hide(const struct removal *r, struct generation *next,
                        struct error *err)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < r->count && status == STATUS_OK; i++) {
        if (r->lists[i].count == 0)
            continue;
        const struct deleted_list *before =
            archive_deleted(r->session->archive, i);
        for (size_t j = 0; j < before->count; j++)
            deleted_list_add(&r->lists[i], before->docids[j]);
        deleted_list_sort(&r->lists[i]);
        status = generation_hide(next, &next->manifest.segments[i],
                                 &r->lists[i], err);
    }
    return status;
}

static enum status publish(const struct removal *r, struct ledger *ledger,
                           struct error *err)
{
    AUTO_DONE(generation) next = {0};
    enum status status =
        generation_begin(&next, archive_path(r->session->archive), err);
    if (status == STATUS_OK)
        status = hide(r, &next, err);
    if (status == STATUS_OK && ledger)
        status = ledger_save(ledger, &next.manifest, err);
    if (status != STATUS_OK)
        return status;
    generation_drop_empty(&next);
    return generation_publish(&next, (timestamp)time(NULL), err);
}

/* --- purging -------------------------------------------------------------- */

/* The first segment with deleted articles; false if there is none. */
static bool find_deleted(const struct manifest *m, size_t *out)
{
    for (size_t i = 0; i < m->segment_count; i++)
        if (m->segments[i].deleted > 0) {
            *out = i;
            return true;
        }
    return false;
}

static enum status purge(struct session *session, struct summary *s,
                         struct error *err)
{
    size_t segment, made;
    const struct merge_settings settings = session_merge_settings(session);
    const struct merge_choice choice = {&segment, 1};
    enum status status = STATUS_OK;
    while (status == STATUS_OK &&
           find_deleted(archive_manifest(session->archive), &segment)) {
        status = merge_these(&made, session->archive, &choice, &settings, err);
        if (status == STATUS_OK)
            status = session_reopen(session, err);
        s->merges++;
    }
    if (status == STATUS_OK)
        status = session_sweep_now(session, &s->removed_bytes, err);
    return status == STATUS_OK
               ? STATUS_OK
               : error_prefix(err, "deleted, but the bytes are still there");
}

enum status removal_publish(struct removal *r, struct ledger *ledger,
                            struct summary *s, struct error *err)
{
    const struct manifest *m = archive_manifest(r->session->archive);
    s->kind = SUMMARY_DELETING;
    s->deleted = removal_total(r);
    s->generation = m->generation;
    s->articles = manifest_articles(m) - s->deleted;
    s->dry = r->session->settings->dry_run;
    if (s->dry)
        return STATUS_OK;
    enum status status = STATUS_OK;
    if (s->deleted > 0)
        status = publish(r, ledger, err);
    if (status == STATUS_OK)
        status = session_reopen(r->session, err);
    if (status == STATUS_OK && r->session->settings->purge)
        status = purge(r->session, s, err);
    return status;
}
