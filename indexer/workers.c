#include "indexer/workers.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

#include "common/mem.h"
#include "common/record.h"
#include "common/stage.h"
#include "indexer/segment/deflater.h"
#include "indexer/tables.h"

enum {
    QUEUE_BATCHES = 8,
    QUEUE_BYTES = 16 << 20, /* or, if that is less, a share of the memory; */
    QUEUE_SHARE = 16,       /* unless one batch alone has more */
    RECORD_MAX = 512 << 20
};

/* A batch in the queue. */
struct place {
    struct batch *batch;
    size_t size; /* of its articles */
    enum { NEW, IN_WORK, DEFLATED } state;
};

struct worker {
    struct workers *all;
    pthread_t thread;
    bool started;
    struct deflater *deflater;
    struct strbuf record;
};

/* A site, and whether a thread is at it. */
struct lot {
    struct site site;
    bool taken;
};

struct workers {
    struct workers_settings settings;
    struct site_settings site_settings;
    struct worker *workers;
    struct lot *lots;
    unsigned lot_count;
    struct built_segment *results;

    pthread_mutex_t mutex; /* guards what follows, and what a thread has not
                              taken */
    pthread_cond_t changed;
    struct place queue[QUEUE_BATCHES]; /* a ring */
    size_t first, queued;
    size_t queued_bytes;
    bool closed, given; /* no more batches; the segments are the caller's */
    struct error error; /* the first; status OK while there is none */
};

/* --- what is to be done --------------------------------------------------- */

enum job_kind { JOB_DEFLATE, JOB_ADD, JOB_COMPLETE, JOB_NONE };

struct job {
    enum job_kind kind;
    struct batch *batch; /* to deflate or to add */
    struct place *place; /* of what is deflated */
    struct lot *lot;     /* where it is added, or completed */
};

static struct lot *free_lot(struct workers *w)
{
    for (unsigned i = 0; i < w->lot_count; i++)
        if (!w->lots[i].taken)
            return &w->lots[i];
    return NULL;
}

static struct place *place_at(struct workers *w, size_t i)
{
    return &w->queue[(w->first + i) % QUEUE_BATCHES];
}

/* Adding comes first, as it takes longest and only some can do it; in the
 * order of the queue, so that sequences ascend in a segment. */
static bool find_add(struct workers *w, struct job *job)
{
    struct lot *lot = free_lot(w);
    if (w->queued == 0 || place_at(w, 0)->state != DEFLATED || !lot)
        return false;
    lot->taken = true;
    *job = (struct job){JOB_ADD, place_at(w, 0)->batch, NULL, lot};
    w->queued_bytes -= place_at(w, 0)->size;
    w->first = (w->first + 1) % QUEUE_BATCHES;
    w->queued--;
    pthread_cond_broadcast(&w->changed);
    return true;
}

static bool find_deflate(struct workers *w, struct job *job)
{
    for (size_t i = 0; i < w->queued; i++) {
        struct place *place = place_at(w, i);
        if (place->state != NEW)
            continue;
        place->state = IN_WORK;
        *job = (struct job){JOB_DEFLATE, place->batch, place, NULL};
        return true;
    }
    return false;
}

static bool find_complete(struct workers *w, struct job *job)
{
    for (unsigned i = 0; i < w->lot_count; i++) {
        struct lot *lot = &w->lots[i];
        if (lot->taken || !lot->site.writer)
            continue;
        lot->taken = true;
        *job = (struct job){JOB_COMPLETE, NULL, NULL, lot};
        return true;
    }
    return false;
}

/* The next job; waits while there is none. JOB_NONE: there will be none. */
static struct job take(struct workers *w)
{
    struct job job = {.kind = JOB_NONE};
    pthread_mutex_lock(&w->mutex);
    while (w->error.status == STATUS_OK && !find_add(w, &job) &&
           !find_deflate(w, &job)) {
        if (w->closed && w->queued == 0) {
            find_complete(w, &job);
            break;
        }
        pthread_cond_wait(&w->changed, &w->mutex);
    }
    pthread_mutex_unlock(&w->mutex);
    return job;
}

static void give_back(struct workers *w, const struct job *job)
{
    pthread_mutex_lock(&w->mutex);
    if (job->place)
        job->place->state = DEFLATED;
    if (job->lot)
        job->lot->taken = false;
    pthread_cond_broadcast(&w->changed);
    pthread_mutex_unlock(&w->mutex);
}

static void report(struct workers *w, const struct error *err)
{
    pthread_mutex_lock(&w->mutex);
    if (w->error.status == STATUS_OK)
        w->error = *err;
    pthread_cond_broadcast(&w->changed);
    pthread_mutex_unlock(&w->mutex);
}

static bool has_room(const struct workers *w, size_t size)
{
    size_t share = w->settings.memory / QUEUE_SHARE;
    size_t most = share < QUEUE_BYTES ? share : QUEUE_BYTES;
    return w->queued == 0 ||
           (w->queued < QUEUE_BATCHES && w->queued_bytes + size <= most);
}

enum status workers_push(struct workers *w, struct batch *batch,
                         struct error *err)
{
    size_t size = batch->arena.used;
    pthread_mutex_lock(&w->mutex);
    while (!has_room(w, size) && w->error.status == STATUS_OK)
        pthread_cond_wait(&w->changed, &w->mutex);
    struct error seen = w->error;
    if (seen.status == STATUS_OK) {
        *place_at(w, w->queued) = (struct place){batch, size, NEW};
        w->queued++;
        w->queued_bytes += size;
        pthread_cond_broadcast(&w->changed);
    }
    pthread_mutex_unlock(&w->mutex);
    if (seen.status == STATUS_OK)
        return STATUS_OK;
    batch_free(batch);
    *err = seen;
    return seen.status;
}

/* --- doing it ------------------------------------------------------------- */

static void deflate_batch(struct worker *worker, struct batch *batch)
{
    const enum stage outer = stage_begin(STAGE_DEFLATE);
    for (size_t i = 0; i < batch->count; i++) {
        struct batch_entry *e = &batch->entries[i];
        struct text deflated;
        if (!batch_entry_is_written(e))
            continue;
        strbuf_reset(&worker->record);
        record_write_stored(&e->article, &worker->record);
        if (deflater_run(worker->deflater, strbuf_text(&worker->record),
                         &deflated))
            e->deflated = arena_text(&batch->arena, deflated);
    }
    stage_end(outer);
}

static enum status do_job(struct worker *worker, const struct job *job,
                          struct error *err)
{
    enum status status = STATUS_OK;
    switch (job->kind) {
    case JOB_DEFLATE:
        if (worker->all->settings.tables->takes_deflated)
            deflate_batch(worker, job->batch);
        break;
    case JOB_ADD:
        status = site_add(&job->lot->site, job->batch, err);
        batch_free(job->batch);
        break;
    case JOB_COMPLETE:
        status = site_complete(&job->lot->site, err);
        break;
    case JOB_NONE:
        break;
    }
    return status;
}

static void *run(void *context)
{
    struct worker *worker = context;
    struct error err = ERROR_NONE;
    for (;;) {
        struct job job = take(worker->all);
        if (job.kind == JOB_NONE)
            return NULL;
        enum status status = do_job(worker, &job, &err);
        if (status != STATUS_OK)
            report(worker->all, &err);
        give_back(worker->all, &job);
    }
}

/* --- all of them --------------------------------------------------------- */

static void make_lots(struct workers *w)
{
    const struct workers_settings *s = &w->settings;
    w->lot_count = (s->count + 1) / 2;
    w->lots = mem_zeroed(w->lot_count, sizeof *w->lots);
    w->site_settings = (struct site_settings){
        .tables = s->tables,
        .archive = s->archive,
        .language = s->language,
        .generation = s->generation,
        .memory = s->memory / w->lot_count,
    };
    for (unsigned i = 0; i < w->lot_count; i++)
        site_init(&w->lots[i].site, &w->site_settings);
}

enum status workers_new(struct workers **out,
                        const struct workers_settings *settings,
                        struct error *err)
{
    AUTO(workers) w = mem_zeroed(1, sizeof *w);
    assert(settings->count > 0);
    w->settings = *settings;
    w->workers = mem_zeroed(settings->count, sizeof *w->workers);
    make_lots(w);
    pthread_mutex_init(&w->mutex, NULL);
    pthread_cond_init(&w->changed, NULL);
    for (unsigned i = 0; i < settings->count; i++) {
        struct worker *worker = &w->workers[i];
        worker->all = w;
        worker->deflater = deflater_new();
        strbuf_init(&worker->record, RECORD_MAX);
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

void workers_free(struct workers *w)
{
    if (!w)
        return;
    stop(w);
    for (size_t i = 0; i < w->queued; i++)
        batch_free(place_at(w, i)->batch);
    for (unsigned i = 0; i < w->lot_count; i++)
        site_done(&w->lots[i].site, w->given ? SITE_KEEP : SITE_REMOVE);
    for (unsigned i = 0; i < w->settings.count; i++) {
        deflater_free(w->workers[i].deflater);
        strbuf_done(&w->workers[i].record);
    }
    pthread_cond_destroy(&w->changed);
    pthread_mutex_destroy(&w->mutex);
    free(w->workers);
    free(w->lots);
    free(w->results);
    free(w);
}

static size_t collect(struct workers *w)
{
    size_t count = 0, capacity = 0;
    MEM_GROW(w->results, count,
             capacity); /* not NULL, though none were built */
    for (unsigned i = 0; i < w->lot_count; i++)
        for (size_t j = 0; j < w->lots[i].site.built_count; j++) {
            MEM_GROW(w->results, count, capacity);
            w->results[count++] = w->lots[i].site.built[j];
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
