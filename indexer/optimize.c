#include "indexer/optimize.h"

#include <stdlib.h>
#include <time.h>

#include "common/analyzer.h"
#include "common/clock.h"
#include "common/mem.h"
#include "common/record.h"
#include "indexer/account.h"
#include "indexer/machine.h"
#include "indexer/progress.h"
#include "indexer/session.h"

enum { SEGMENTS_MAX = 4096 };

static uint64_t bytes_of(const struct manifest_segment *s)
{
    uint64_t bytes = 0;
    for (size_t i = 0; i < s->file_count; i++)
        bytes += s->files[i].size;
    return bytes;
}

/* What is written anew is about as large as what there was; the old files stay
 * until readers have had their time. */
static enum status check_room(const struct session *session,
                              const struct merge_choice *choice,
                              struct error *err)
{
    const struct manifest *m = archive_manifest(session->archive);
    uint64_t needed = 0, free = machine_free_disk(session->settings->archive);
    for (size_t i = 0; i < choice->count; i++)
        needed += bytes_of(&m->segments[choice->segments[i]]);
    if (needed <= free)
        return STATUS_OK;
    return error_set(err, STATUS_IO,
                     "not enough room on the disk of '%s': about %llu MB are "
                     "needed, %llu MB free",
                     session->settings->archive,
                     (unsigned long long)(needed >> 20),
                     (unsigned long long)(free >> 20));
}

static enum status merge(struct session *session,
                         const struct merge_choice *choice, size_t *made,
                         struct summary *s, struct error *err)
{
    struct progress progress;
    struct merge_settings settings = session_merge_settings(session);
    progress_init(&progress, session->messages);
    settings.progress = &progress;
    enum status status = check_room(session, choice, err);
    if (status == STATUS_OK)
        status = merge_these(made, session->archive, choice, &settings, err);
    progress_clear(&progress);
    if (status != STATUS_OK)
        return status;
    s->merges++;
    return session_reopen(session, err);
}

/* --- fewer segments --------------------------------------------------------
 */

static uint64_t live(const struct manifest_segment *s)
{
    return s->documents - s->deleted;
}

/* The first segments from `from` on that fit in one, at most as many as there
 * may be; at least one. */
static size_t choose(const struct manifest *m, size_t from, size_t *chosen)
{
    uint64_t documents = 0;
    size_t count = 0;
    for (size_t i = from; i < m->segment_count; i++) {
        if (count > 0 && documents + live(&m->segments[i]) > ENGINE_DOCID_MAX)
            break;
        documents += live(&m->segments[i]);
        chosen[count++] = i;
    }
    return count;
}

/* Merged segments take their place at the end, so the next group of the old
 * ones begins where this one did. */
static enum status optimize(struct session *session, struct summary *s,
                            struct error *err)
{
    size_t *chosen = mem_zeroed(SEGMENTS_MAX, sizeof *chosen), from = 0;
    size_t old = archive_manifest(session->archive)->segment_count;
    enum status status = STATUS_OK;
    while (old > from && status == STATUS_OK) {
        const struct manifest *m = archive_manifest(session->archive);
        struct merge_choice choice = {chosen, choose(m, from, chosen)};
        if (choice.count > old - from)
            choice.count = old - from;
        if (choice.count == 1 && m->segments[from].deleted == 0) {
            from++;
            continue;
        }
        size_t made;
        old -= choice.count;
        status = merge(session, &choice, &made, s, err);
    }
    free(chosen);
    return status;
}

static enum status check_version(const struct manifest *m, const char *path,
                                 struct error *err)
{
    if (m->analyzer_version <= ANALYZER_VERSION &&
        m->record_version <= RECORD_VERSION)
        return STATUS_OK;
    return error_set(err, STATUS_VERSION,
                     "archive '%s' is of analysis %u and record %u; this "
                     "program has %d and %d",
                     path, m->analyzer_version, m->record_version,
                     ANALYZER_VERSION, RECORD_VERSION);
}

static bool is_present(const struct manifest *m)
{
    return m->analyzer_version == ANALYZER_VERSION &&
           m->record_version == RECORD_VERSION;
}

enum status optimize_run(struct summary *out,
                         const struct indexer_settings *settings,
                         struct messages *messages, struct error *err)
{
    double began_s = clock_now_s();
    *out = (struct summary){.command = "optimize",
                            .kind = SUMMARY_MERGING,
                            .started = (timestamp)time(NULL)};
    AUTO_DONE(session) session;
    enum status status = session_begin(&session, settings, messages, err);
    if (status == STATUS_OK && !is_present(archive_manifest(session.archive)))
        status = error_set(err, STATUS_VERSION,
                           "archive '%s' is of another version: upgrade it",
                           settings->archive);
    if (status == STATUS_OK)
        status = optimize(&session, out, err);
    if (status == STATUS_OK)
        status = account_run(out, settings->archive, began_s, err);
    return status;
}

/* --- the present version ---------------------------------------------------
 */

static enum status upgrade(struct session *session, struct summary *s,
                           struct error *err)
{
    size_t *all = mem_zeroed(SEGMENTS_MAX, sizeof *all), made;
    const struct manifest *m = archive_manifest(session->archive);
    const struct merge_choice choice = {all, m->segment_count};
    for (size_t i = 0; i < choice.count; i++)
        all[i] = i;
    enum status status = merge(session, &choice, &made, s, err);
    free(all);
    return status;
}

enum status upgrade_run(struct summary *out,
                        const struct indexer_settings *settings,
                        struct messages *messages, struct error *err)
{
    double began_s = clock_now_s();
    *out = (struct summary){.command = "upgrade",
                            .kind = SUMMARY_MERGING,
                            .started = (timestamp)time(NULL)};
    AUTO_DONE(session) session;
    enum status status = session_begin(&session, settings, messages, err);
    if (status == STATUS_OK)
        status = check_version(archive_manifest(session.archive),
                               settings->archive, err);
    if (status == STATUS_OK && !is_present(archive_manifest(session.archive)))
        status = upgrade(&session, out, err);
    if (status == STATUS_OK)
        status = account_run(out, settings->archive, began_s, err);
    return status;
}
