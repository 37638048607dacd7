#include "indexer/workers.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/mem.h"
#include "indexer/archive_folder.h"
#include "indexer/folder.h"
#include "indexer/segment_writer.h"

enum { QUEUE_BATCHES = 8, PATH_SIZE = 4096 };

struct worker {
    struct workers *all;
    pthread_t thread;
    bool started;
    struct segment_writer *writer; /* NULL until there is something to write */
    uint64_t *sequences;           /* of its documents */
    size_t sequence_count, sequence_capacity;
    struct built_segment *built;
    size_t built_count, built_capacity;
};

struct workers {
    struct workers_settings settings;
    struct worker *workers;
    struct built_segment *results;

    pthread_mutex_t mutex; /* guards what follows */
    pthread_cond_t changed;
    struct batch *queue[QUEUE_BATCHES]; /* a ring */
    size_t first, queued;
    bool closed, given; /* no more batches; the segments are the caller's */
    struct error error; /* the first; status OK while there is none */
};

/* --- the queue ----------------------------------------------------------- */

/* The next batch, or NULL when there will be none. */
static struct batch *take(struct workers *w)
{
    struct batch *batch = NULL;
    pthread_mutex_lock(&w->mutex);
    while (w->queued == 0 && !w->closed && w->error.status == STATUS_OK)
        pthread_cond_wait(&w->changed, &w->mutex);
    if (w->queued > 0 && w->error.status == STATUS_OK) {
        batch = w->queue[w->first];
        w->first = (w->first + 1) % QUEUE_BATCHES;
        w->queued--;
        pthread_cond_broadcast(&w->changed);
    }
    pthread_mutex_unlock(&w->mutex);
    return batch;
}

static void report(struct workers *w, const struct error *err)
{
    pthread_mutex_lock(&w->mutex);
    if (w->error.status == STATUS_OK)
        w->error = *err;
    pthread_cond_broadcast(&w->changed);
    pthread_mutex_unlock(&w->mutex);
}

enum status workers_push(struct workers *w, struct batch *batch,
                         struct error *err)
{
    pthread_mutex_lock(&w->mutex);
    while (w->queued == QUEUE_BATCHES && w->error.status == STATUS_OK)
        pthread_cond_wait(&w->changed, &w->mutex);
    struct error seen = w->error;
    if (seen.status == STATUS_OK) {
        w->queue[(w->first + w->queued) % QUEUE_BATCHES] = batch;
        w->queued++;
        pthread_cond_broadcast(&w->changed);
    }
    pthread_mutex_unlock(&w->mutex);
    if (seen.status == STATUS_OK)
        return STATUS_OK;
    batch_free(batch);
    *err = seen;
    return seen.status;
}

/* --- a worker ------------------------------------------------------------ */

static void segment_path(const struct worker *worker, const char *name,
                         char out[PATH_SIZE])
{
    snprintf(out, PATH_SIZE, "%s/segments/%s", worker->all->settings.archive,
             name);
}

static enum status open_writer(struct worker *worker, struct error *err)
{
    const struct workers_settings *s = &worker->all->settings;
    char name[ARCHIVE_FOLDER_NAME_SIZE], path[PATH_SIZE];
    archive_folder_name(name, s->generation);
    segment_path(worker, name, path);
    struct segment_settings settings = {
        .tables = s->tables,
        .path = path,
        .name = name,
        .language = s->language,
        .memory = s->memory / s->count,
    };
    return segment_writer_new(&worker->writer, &settings, err);
}

/* What the writer has becomes a segment. Its memory is given back at once:
 * what comes next wants it. */
static enum status close_writer(struct worker *worker, struct error *err)
{
    struct built_segment built = {.sequences = worker->sequences};
    enum status status =
        segment_writer_finish(worker->writer, &built.segment, err);
    if (status != STATUS_OK)
        return status;
    segment_writer_free(TAKE(worker->writer));
    MEM_GROW(worker->built, worker->built_count, worker->built_capacity);
    worker->built[worker->built_count++] = built;
    worker->sequences = NULL;
    worker->sequence_count = worker->sequence_capacity = 0;
    return STATUS_OK;
}

static enum status add_entry(struct worker *worker,
                             const struct batch_entry *entry, struct error *err)
{
    if (entry->decision == DECISION_UNCHANGED)
        return STATUS_OK;
    enum status status = worker->writer ? STATUS_OK : open_writer(worker, err);
    if (status == STATUS_OK)
        status = segment_writer_add(worker->writer, &entry->article,
                                    &entry->ingest, &entry->content, err);
    if (status != STATUS_OK)
        return status;
    MEM_GROW(worker->sequences, worker->sequence_count,
             worker->sequence_capacity);
    worker->sequences[worker->sequence_count++] = entry->ingest.sequence;
    return segment_writer_is_full(worker->writer) ? close_writer(worker, err)
                                                  : STATUS_OK;
}

static bool is_complete(struct workers *w)
{
    pthread_mutex_lock(&w->mutex);
    bool complete = w->closed && w->error.status == STATUS_OK;
    pthread_mutex_unlock(&w->mutex);
    return complete;
}

static void *run(void *context)
{
    struct worker *worker = context;
    struct error err = ERROR_NONE;
    enum status status = STATUS_OK;
    struct batch *batch;
    while (status == STATUS_OK && (batch = take(worker->all)) != NULL) {
        for (size_t i = 0; i < batch->count && status == STATUS_OK; i++)
            status = add_entry(worker, &batch->entries[i], &err);
        batch_free(batch);
    }
    if (status == STATUS_OK && worker->writer && is_complete(worker->all))
        status = close_writer(worker, &err);
    if (status != STATUS_OK)
        report(worker->all, &err);
    return NULL;
}

/* --- all of them --------------------------------------------------------- */

enum status workers_new(struct workers **out,
                        const struct workers_settings *settings,
                        struct error *err)
{
    AUTO(workers) w = mem_zeroed(1, sizeof *w);
    w->settings = *settings;
    w->workers = mem_zeroed(settings->count, sizeof *w->workers);
    pthread_mutex_init(&w->mutex, NULL);
    pthread_cond_init(&w->changed, NULL);
    for (unsigned i = 0; i < settings->count; i++) {
        struct worker *worker = &w->workers[i];
        worker->all = w;
        if (pthread_create(&worker->thread, NULL, run, worker) != 0)
            return error_set(err, STATUS_IO, "cannot start a thread");
        worker->started = true;
    }
    *out = TAKE(w);
    return STATUS_OK;
}

static void join(struct workers *w)
{
    for (unsigned i = 0; i < w->settings.count; i++) {
        if (w->workers[i].started)
            pthread_join(w->workers[i].thread, NULL);
        w->workers[i].started = false;
    }
}

static void stop(struct workers *w)
{
    struct error stopped = ERROR_NONE;
    enum status status =
        error_set(&stopped, STATUS_INTERRUPTED, "the run was stopped");
    (void)status;
    report(w, &stopped);
    join(w);
}

static void remove_segment(const struct worker *worker,
                           const struct built_segment *built)
{
    char path[PATH_SIZE];
    struct error ignored = ERROR_NONE;
    segment_path(worker, built->segment.name, path);
    enum status status = folder_remove(path, &ignored);
    (void)status; /* the next run sweeps it away */
}

static void worker_done(struct worker *worker)
{
    segment_writer_free(worker->writer);
    for (size_t i = 0; i < worker->built_count; i++) {
        if (!worker->all->given)
            remove_segment(worker, &worker->built[i]);
        free(worker->built[i].sequences);
    }
    free(worker->built);
    free(worker->sequences);
}

void workers_free(struct workers *w)
{
    if (!w)
        return;
    stop(w);
    for (; w->queued > 0; w->queued--) {
        batch_free(w->queue[w->first]);
        w->first = (w->first + 1) % QUEUE_BATCHES;
    }
    for (unsigned i = 0; i < w->settings.count; i++)
        worker_done(&w->workers[i]);
    pthread_cond_destroy(&w->changed);
    pthread_mutex_destroy(&w->mutex);
    free(w->workers);
    free(w->results);
    free(w);
}

static size_t collect(struct workers *w)
{
    size_t count = 0, capacity = 0;
    MEM_GROW(w->results, count,
             capacity); /* not NULL, though none were built */
    for (unsigned i = 0; i < w->settings.count; i++)
        for (size_t j = 0; j < w->workers[i].built_count; j++) {
            MEM_GROW(w->results, count, capacity);
            w->results[count++] = w->workers[i].built[j];
        }
    return count;
}

enum status workers_finish(struct workers *w, const struct built_segment **out,
                           size_t *count, struct error *err)
{
    pthread_mutex_lock(&w->mutex);
    w->closed = true;
    pthread_cond_broadcast(&w->changed);
    pthread_mutex_unlock(&w->mutex);
    join(w);
    if (w->error.status != STATUS_OK) {
        *err = w->error;
        return err->status;
    }
    *count = collect(w);
    w->given = true;
    *out = w->results;
    return STATUS_OK;
}
