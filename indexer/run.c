#include "indexer/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "common/archive.h"
#include "common/clock.h"
#include "common/engine/engine.h"
#include "common/mem.h"
#include "indexer/archive_folder.h"
#include "indexer/intake.h"
#include "indexer/lock.h"
#include "indexer/merge.h"
#include "indexer/publish.h"
#include "indexer/run_log.h"
#include "indexer/sweep.h"
#include "indexer/tables_best.h"

enum { LINE_MAX_BYTES = 1 << 16, MEMORY_SHARE = 4 };

/* Everything of a run, in the order it comes and the reverse order it goes. */
struct run {
    const struct indexer_settings *settings;
    struct messages *messages;
    struct summary *summary;
    const struct reader_format *format; /* NULL: by content */
    struct analyzer *analyzer;          /* of the language asked for; or NULL */
    char *base;                         /* canonical; or NULL */
    size_t memory;
    struct lock *lock;
    struct archive *archive;
    struct ledger *ledger;
    struct rejects *rejects;
    struct catalog *catalog;
    struct workers *workers;
    const struct built_segment *built;
    size_t built_count;
};

static void run_free(struct run *r)
{
    workers_free(r->workers);
    catalog_free(r->catalog);
    rejects_free(r->rejects);
    ledger_free(r->ledger);
    archive_free(r->archive);
    lock_free(r->lock);
    free(r->base);
    analyzer_free(r->analyzer);
}

/* --- opening -------------------------------------------------------------- */

/* What is asked for in vain leaves nothing behind. */
static enum status check_request(struct run *r, struct error *err)
{
    const struct indexer_settings *s = r->settings;
    if (s->from && !(r->format = reader_format_by_name(s->from)))
        return error_set(err, STATUS_USAGE, "unknown format '%s'", s->from);
    if (s->base && !(r->base = realpath(s->base, NULL)))
        return error_io(err, "find", s->base);
    return s->language ? analyzer_new(&r->analyzer, s->language, err)
                       : STATUS_OK;
}

/* A new archive's manifest, or one in another language for an archive that
 * never had an article: a first run that found none does not decide. */
static enum status make_archive(const struct run *r, struct error *err)
{
    AUTO_DONE(manifest) m = {0};
    const char *path = r->settings->archive;
    const char *language =
        r->analyzer ? analyzer_language(r->analyzer) : "english";
    enum status status = manifest_load(&m, path, err);
    if (status == STATUS_NOT_FOUND)
        manifest_init(&m, language);
    else if (status == STATUS_OK && m.next_sequence == 1 && r->analyzer &&
             strcmp(m.language, language) != 0)
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

/* An archive has one language and one version of analysis, for ever or until
 * it is upgraded. */
static enum status check_language(const struct run *r, struct error *err)
{
    const struct manifest *m = archive_manifest(r->archive);
    if (m->analyzer_version != ANALYZER_VERSION)
        return error_set(err, STATUS_VERSION,
                         "archive '%s' was analysed by version %u; this "
                         "program has version %d",
                         r->settings->archive, m->analyzer_version,
                         ANALYZER_VERSION);
    if (r->analyzer && strcmp(analyzer_language(r->analyzer), m->language) != 0)
        return error_set(err, STATUS_USAGE,
                         "archive '%s' is in %s: its language cannot become %s",
                         r->settings->archive, m->language,
                         analyzer_language(r->analyzer));
    return STATUS_OK;
}

static enum status open_archive(struct run *r, struct error *err)
{
    const char *path = r->settings->archive;
    timestamp now = (timestamp)time(NULL);
    enum status status = archive_folder_prepare(path, err);
    if (status == STATUS_OK)
        status = lock_take(&r->lock, path, now, err);
    if (status != STATUS_OK)
        return status;
    status = make_archive(r, err);
    if (status == STATUS_OK)
        status = sweep(r, err);
    if (status == STATUS_OK)
        status = archive_open(&r->archive, path, err);
    return status == STATUS_OK ? check_language(r, err) : status;
}

static unsigned thread_count(const struct run *r)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (r->settings->jobs > 0)
        return (unsigned)r->settings->jobs;
    return cores > 0 ? (unsigned)cores : 1;
}

static size_t machine_memory(void)
{
    long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
    if (pages <= 0 || size <= 0)
        return (size_t)1 << 30;
    return (size_t)pages * (size_t)size;
}

static enum status open_stages(struct run *r, struct error *err)
{
    const struct indexer_settings *s = r->settings;
    const struct manifest *m = archive_manifest(r->archive);
    enum status status = ledger_load(&r->ledger, m, s->archive, err);
    if (status != STATUS_OK)
        return status;
    r->memory =
        s->memory > 0 ? (size_t)s->memory : machine_memory() / MEMORY_SHARE;
    r->rejects = rejects_new(m, s->archive);
    r->catalog = catalog_new(r->archive, m->next_sequence, r->summary->started);
    const struct workers_settings settings = {
        .tables = &tables_best,
        .archive = s->archive,
        .language = m->language,
        .generation = m->generation + 1,
        .count = thread_count(r),
        .memory = r->memory,
    };
    return workers_new(&r->workers, &settings, err);
}

/* --- taking in ------------------------------------------------------------ */

static enum status take_in(struct run *r, struct error *err)
{
    const struct indexer_settings *s = r->settings;
    struct progress progress;
    progress_init(&progress, stderr,
                  s->level == LEVEL_QUIET ? PROGRESS_NEVER
                                          : PROGRESS_ON_TERMINAL);
    struct intake intake = {
        .sources = s->sources,
        .format = r->format,
        .base = r->base,
        .catalog = r->catalog,
        .ledger = r->ledger,
        .rejects = r->rejects,
        .workers = r->workers,
        .messages = r->messages,
        .progress = &progress,
        .summary = r->summary,
    };
    enum status status = intake_run(&intake, err);
    progress_clear(&progress);
    return status == STATUS_OK ? summary_check(r->summary, err) : status;
}

/* --- publishing ----------------------------------------------------------- */

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
    return publish_run(&publication, err);
}

static enum status merge(struct run *r, struct error *err)
{
    const struct indexer_settings *s = r->settings;
    const struct merge_settings settings = {
        .tables = &tables_best,
        .archive = s->archive,
        .budget = s->merge_budget >= 0 ? (uint64_t)s->merge_budget
                                       : 2 * r->summary->text_bytes,
        .memory = r->memory,
        .threads = thread_count(r),
    };
    enum status status = merge_run(&r->summary->merges, &settings, err);
    return status == STATUS_OK
               ? STATUS_OK
               : error_prefix(err, "all is published, but merging failed");
}

/* --- the account ---------------------------------------------------------- */

static void count_files(struct summary *s, const struct manifest *m)
{
    for (size_t i = 0; i < m->segment_count; i++) {
        s->archive_bytes += m->segments[i].deleted_list.size;
        for (size_t j = 0; j < m->segments[i].file_count; j++)
            s->archive_bytes += m->segments[i].files[j].size;
    }
    for (size_t i = 0; i < m->ledger_count; i++)
        s->archive_bytes += m->ledgers[i].size;
    for (size_t i = 0; i < m->reject_count; i++)
        s->archive_bytes += m->rejects[i].size;
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static enum status account(struct run *r, double began_s, struct error *err)
{
    AUTO_DONE(manifest) m = {0};
    AUTO_DONE(strbuf) line = STRBUF_INIT(LINE_MAX_BYTES);
    struct summary *s = r->summary;
    struct rusage usage;
    enum status status = manifest_load(&m, r->settings->archive, err);
    if (status != STATUS_OK)
        return status;
    getrusage(RUSAGE_SELF, &usage);
    s->cpu_s = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    s->peak_bytes = (uint64_t)usage.ru_maxrss * 1024;
    s->wall_s = clock_now_s() - began_s;
    s->generation = m.generation;
    s->articles = manifest_articles(&m);
    s->segments = (unsigned)m.segment_count;
    count_files(s, &m);
    summary_print_json(s, &line);
    return run_log_append(r->settings->archive, strbuf_text(&line), err);
}

/* What was published is accounted for, however merging ended. */
static enum status account_after(struct run *r, enum status merged,
                                 double began_s, struct error *err)
{
    struct error failed = ERROR_NONE;
    enum status status = account(r, began_s, &failed);
    if (merged != STATUS_OK || status == STATUS_OK)
        return merged;
    *err = failed;
    return error_prefix(err, "all is published, but not in the log");
}

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
    enum status status = check_request(&r, err);
    if (status == STATUS_OK)
        status = open_archive(&r, err);
    if (status == STATUS_OK)
        status = open_stages(&r, err);
    if (status == STATUS_OK)
        status = timed(&r, &out->read_s, take_in, err);
    if (status == STATUS_OK)
        status = timed(&r, &out->index_s, finish, err);
    if (status == STATUS_OK)
        status = timed(&r, &out->publish_s, publish, err);
    if (status == STATUS_OK) {
        status = timed(&r, &out->merge_s, merge, err);
        status = account_after(&r, status, began_s, err);
    }
    warn_of_tables(&r);
    run_free(&r);
    return status;
}
