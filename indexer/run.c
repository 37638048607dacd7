#include "indexer/run.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "common/archive.h"
#include "common/clock.h"
#include "common/engine/engine.h"
#include "common/interrupt.h"
#include "common/stage.h"
#include "indexer/account.h"
#include "indexer/archive_folder.h"
#include "indexer/intake.h"
#include "indexer/machine.h"
#include "indexer/merge.h"
#include "indexer/publish.h"
#include "indexer/request.h"
#include "indexer/session.h"
#include "indexer/sources.h"
#include "indexer/sweep.h"
#include "indexer/tables_best.h"

/* With more segments a run merges at a checkpoint, and not only at its end:
 * every article is looked up in each of them. */
enum { SEGMENTS_MANY = 32 };

/* Everything of a run, in the order it comes and the reverse order it goes. */
struct run {
    const struct indexer_settings *settings;
    struct messages *messages;
    struct summary *summary;
    struct request request;
    size_t memory;
    struct lock *lock;
    struct archive *archive;
    struct ledger *ledger;
    struct rejects *rejects;
    struct catalog *catalog;
    struct workers *workers;
    const struct built_segment *built;
    size_t built_count;
    struct progress progress;
    struct intake intake;
    double published_s;       /* when the last checkpoint was */
    uint64_t published_read;  /* articles until then */
    uint64_t published_bytes; /* text */
};

/* What is built on one generation. */
static void close_stages(struct run *r)
{
    workers_free(TAKE(r->workers));
    catalog_free(TAKE(r->catalog));
    rejects_free(TAKE(r->rejects));
    archive_free(TAKE(r->archive));
}

static void run_free(struct run *r)
{
    workers_free(r->workers);
    catalog_free(r->catalog);
    rejects_free(r->rejects);
    ledger_free(r->ledger);
    archive_free(r->archive);
    lock_free(r->lock);
    request_done(&r->request);
}

/* --- opening -------------------------------------------------------------- */

/* A new archive's manifest, or one in another language for an archive that
 * never had an article: a first run that found none does not decide. */
static enum status make_archive(const struct run *r, struct error *err)
{
    AUTO_DONE(manifest) m = {0};
    const char *path = r->settings->archive;
    const char *language = request_language(&r->request);
    enum status status = manifest_load(&m, path, err);
    if (status == STATUS_NOT_FOUND)
        manifest_init(&m, language);
    else if (status == STATUS_OK && m.next_sequence == 1 &&
             r->request.analyzer && strcmp(m.language, language) != 0)
        snprintf(m.language, sizeof m.language, "%s", language);
    else
        return status;
    m.generation++;
    m.published = (timestamp)time(NULL);
    return manifest_save(&m, path, err);
}

static enum status sweep(struct run *r, struct error *err)
{
    AUTO_DONE(manifest) m = {0};
    struct sweep_result swept = {0};
    enum status status = manifest_load(&m, r->settings->archive, err);
    if (status == STATUS_OK)
        status = sweep_run(&swept, r->settings->archive, &m,
                           (timestamp)time(NULL), err);
    r->summary->removed_bytes += swept.bytes;
    return status;
}

static enum status open_archive(struct run *r, struct error *err)
{
    const char *path = r->settings->archive;
    enum status status = archive_folder_prepare(path, err);
    if (status == STATUS_OK)
        status = session_lock(&r->lock, r->settings, r->messages, err);
    if (status == STATUS_OK)
        status = make_archive(r, err);
    if (status == STATUS_OK)
        status = sweep(r, err);
    if (status == STATUS_OK)
        status = archive_open(&r->archive, path, err);
    if (status != STATUS_OK)
        return status;
    return request_check_archive(&r->request, archive_manifest(r->archive),
                                 path, err);
}

static unsigned thread_count(const struct run *r)
{
    return r->settings->jobs > 0 ? (unsigned)r->settings->jobs
                                 : machine_cores();
}

/* What is built on the generation that is open. */
static enum status open_stages(struct run *r, struct error *err)
{
    const struct indexer_settings *s = r->settings;
    const struct manifest *m = archive_manifest(r->archive);
    r->rejects = rejects_new(m, s->archive);
    if (s->action == ACTION_RETRY_REJECTS)
        rejects_renew(r->rejects);
    r->catalog = catalog_new(r->archive, m->next_sequence, r->summary->started);
    const struct workers_settings settings = {
        .tables = &tables_best,
        .archive = s->archive,
        .language = m->language,
        .generation = m->generation + 1,
        .count = thread_count(r),
        .memory = r->memory,
    };
    interrupt_hold();
    enum status status = workers_new(&r->workers, &settings, err);
    interrupt_release();
    r->intake.catalog = r->catalog;
    r->intake.rejects = r->rejects;
    r->intake.workers = r->workers;
    return status;
}

static enum status open_run(struct run *r, struct error *err)
{
    const struct indexer_settings *s = r->settings;
    enum status status = open_archive(r, err);
    if (status == STATUS_OK)
        status = ledger_load(&r->ledger, archive_manifest(r->archive),
                             s->archive, err);
    if (status != STATUS_OK)
        return status;
    r->memory = s->memory > 0 ? (size_t)s->memory : machine_memory_share();
    return open_stages(r, err);
}

/* --- publishing ----------------------------------------------------------- */

/* Runs a stage and adds the time it took. */
static enum status timed(struct run *r, double *stage_s,
                         enum status (*stage)(struct run *, struct error *),
                         struct error *err)
{
    double began = clock_now_s();
    enum status status = stage(r, err);
    *stage_s += clock_now_s() - began;
    return status;
}

static enum status finish(struct run *r, struct error *err)
{
    return workers_finish(r->workers, &r->built, &r->built_count, err);
}

static enum status publish(struct run *r, struct error *err)
{
    const struct publication publication = {
        .archive = r->archive,
        .catalog = r->catalog,
        .ledger = r->ledger,
        .rejects = r->rejects,
        .built = r->built,
        .built_count = r->built_count,
    };
    enum status status = publish_run(&publication, err);
    r->published_s = clock_now_s();
    r->published_read = r->summary->read;
    return status;
}

static enum status merge(struct run *r, struct error *err)
{
    const struct indexer_settings *s = r->settings;
    uint64_t fresh = r->summary->text_bytes - r->published_bytes;
    const struct merge_settings settings = {
        .tables = &tables_best,
        .archive = s->archive,
        .budget = s->merge_budget >= 0 ? (uint64_t)s->merge_budget : 2 * fresh,
        /* Four like nights are more than twice one: without this they would
         * never be merged. */
        .one_at_least = s->merge_budget < 0 && fresh > 0,
        .memory = r->memory,
        .threads = thread_count(r),
        .progress = &r->progress,
    };
    r->published_bytes = r->summary->text_bytes;
    enum status status = merge_run(&r->summary->merges, &settings, err);
    progress_clear(&r->progress);
    if (status == STATUS_OK || interrupt_signal())
        return STATUS_OK;
    return error_prefix(err, "all is published, but merging failed");
}

static enum status publish_all(struct run *r, struct error *err)
{
    struct summary *s = r->summary;
    enum status status = summary_check(s, err);
    if (status == STATUS_OK)
        status = timed(r, &s->index_s, finish, err);
    if (status == STATUS_OK)
        status = timed(r, &s->publish_s, publish, err);
    return status;
}

/* --- taking in ------------------------------------------------------------ */

static bool checkpoint_is_due(void *context)
{
    const struct run *r = context;
    const struct indexer_settings *s = r->settings;
    uint64_t articles = (uint64_t)s->checkpoint_articles;
    return (articles > 0 && r->summary->read - r->published_read >= articles) ||
           (s->checkpoint_s > 0 &&
            clock_now_s() - r->published_s >= (double)s->checkpoint_s);
}

/* Publishes what was read so far, and goes on from that generation. */
static enum status pass_checkpoint(void *context, struct error *err)
{
    struct run *r = context;
    struct summary *s = r->summary;
    enum status status = publish_all(r, err);
    if (status != STATUS_OK)
        return status;
    size_t segments =
        archive_manifest(r->archive)->segment_count + r->built_count;
    close_stages(r);
    if (segments > SEGMENTS_MANY)
        status = timed(r, &s->merge_s, merge, err);
    if (status == STATUS_OK)
        status = archive_open(&r->archive, r->settings->archive, err);
    if (status != STATUS_OK)
        return status;
    message_detail(r->messages,
                   "published generation %llu: %llu articles read so far",
                   (unsigned long long)archive_manifest(r->archive)->generation,
                   (unsigned long long)s->read);
    return open_stages(r, err);
}

/* Of all sources, as far as somebody wants to know. */
static uint64_t bytes_of(const struct run *r)
{
    return r->progress.form == PROGRESS_NONE
               ? 0
               : sources_bytes((const char *const *)r->settings->sources);
}

static enum status take_in(struct run *r, struct error *err)
{
    const struct indexer_settings *s = r->settings;
    r->published_s = clock_now_s();
    r->intake = (struct intake){
        .sources = s->sources,
        .kept = s->kept,
        .format = r->request.format,
        .map = s->map,
        .base = r->request.base,
        .limits = &r->request.limits,
        .catalog = r->catalog,
        .ledger = r->ledger,
        .rejects = r->rejects,
        .workers = r->workers,
        .extent = s->rescan ? INTAKE_ALL : INTAKE_NEWS,
        .checkpoint = {checkpoint_is_due, pass_checkpoint, r},
        .messages = r->messages,
        .progress = &r->progress,
        .summary = r->summary,
    };
    progress_stage(&r->progress, "read", bytes_of(r));
    double others_s =
        r->summary->index_s + r->summary->publish_s + r->summary->merge_s;
    const enum stage outer = stage_begin(STAGE_READ);
    enum status status = intake_run(&r->intake, err);
    stage_end(outer);
    progress_clear(&r->progress);
    /* The stages of checkpoints have been counted as such. */
    r->summary->read_s -= r->summary->index_s + r->summary->publish_s +
                          r->summary->merge_s - others_s;
    r->summary->signal = interrupt_signal();
    return status;
}

/* --- all of it ------------------------------------------------------------ */

/* What was published is accounted for, however merging ended. */
static enum status account_after(struct run *r, enum status merged,
                                 double began_s, struct error *err)
{
    struct error failed = ERROR_NONE;
    enum status status =
        account_run(r->summary, r->settings->archive, began_s, &failed);
    if (merged != STATUS_OK || status == STATUS_OK)
        return merged;
    *err = failed;
    return error_prefix(err, "all is published, but not in the log");
}

static void warn_of_tables(const struct run *r)
{
    const struct error obstacle = tables_best_obstacle();
    if (obstacle.status != STATUS_OK)
        message_warning(r->messages,
                        "the index was built through Xapian, which takes "
                        "several times as long: version %s cannot read what "
                        "is written directly: %s",
                        engine_version(), obstacle.message);
}

enum status run_index(struct summary *out,
                      const struct indexer_settings *settings,
                      struct messages *messages, struct error *err)
{
    double began_s = clock_now_s();
    *out = (struct summary){.started = (timestamp)time(NULL)};
    struct run r = {.settings = settings, .messages = messages, .summary = out};
    progress_init(&r.progress, messages);
    interrupt_expect();
    enum status status = request_check(&r.request, settings, err);
    if (status == STATUS_OK)
        status = open_run(&r, err);
    if (status == STATUS_OK)
        status = timed(&r, &out->read_s, take_in, err);
    if (status == STATUS_OK)
        status = publish_all(&r, err);
    if (status == STATUS_OK) {
        if (!interrupt_signal())
            status = timed(&r, &out->merge_s, merge, err);
        status = account_after(&r, status, began_s, err);
    }
    warn_of_tables(&r);
    run_free(&r);
    return status;
}
