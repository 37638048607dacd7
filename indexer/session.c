#include "indexer/session.h"

#include <time.h>

#include "common/clock.h"
#include "common/interrupt.h"
#include "indexer/machine.h"
#include "indexer/sweep.h"
#include "indexer/tables_best.h"

enum { TRY_AGAIN_MS = 100 };

static enum status wait_for_lock(struct lock **out, const char *archive,
                                 double until_s, struct error *err)
{
    const struct timespec nap = {0, TRY_AGAIN_MS * 1000000};
    enum status status;
    do {
        nanosleep(&nap, NULL);
        status = lock_take(out, archive, (timestamp)time(NULL), err);
    } while (status == STATUS_BUSY && clock_now_s() < until_s &&
             !interrupt_signal());
    return status;
}

enum status session_lock(struct lock **out,
                         const struct indexer_settings *settings,
                         struct messages *messages, struct error *err)
{
    enum status status =
        lock_take(out, settings->archive, (timestamp)time(NULL), err);
    if (status != STATUS_BUSY || settings->wait_s == 0)
        return status;
    message_note(messages, "%s; waiting", err->message);
    return wait_for_lock(out, settings->archive,
                         clock_now_s() + (double)settings->wait_s, err);
}

static enum status sweep(const struct session *s, timestamp later,
                         uint64_t *bytes, struct error *err)
{
    AUTO_DONE(manifest) m = {0};
    struct sweep_result swept = {0};
    const char *path = s->settings->archive;
    enum status status = manifest_load(&m, path, err);
    if (status == STATUS_OK)
        status =
            sweep_run(&swept, path, &m, (timestamp)time(NULL) + later, err);
    *bytes += swept.bytes;
    return status;
}

enum status session_begin(struct session *out,
                          const struct indexer_settings *settings,
                          struct messages *messages, struct error *err)
{
    uint64_t swept = 0;
    AUTO_DONE(manifest) m = {0};
    *out = (struct session){.settings = settings, .messages = messages};
    enum status status = manifest_load(&m, settings->archive, err);
    if (status == STATUS_OK)
        status = session_lock(&out->lock, settings, messages, err);
    if (status == STATUS_OK)
        status = sweep(out, 0, &swept, err);
    return status == STATUS_OK ? session_reopen(out, err) : status;
}

void session_done(struct session *s)
{
    archive_free(s->archive);
    lock_free(s->lock);
}

enum status session_reopen(struct session *s, struct error *err)
{
    archive_free(TAKE(s->archive));
    /* What is stored in an older form is read to be upgraded only. */
    return s->settings->action == ACTION_UPGRADE
               ? archive_open_articles(&s->archive, s->settings->archive, err)
               : archive_open(&s->archive, s->settings->archive, err);
}

enum status session_sweep_now(const struct session *s, uint64_t *bytes,
                              struct error *err)
{
    return sweep(s, SWEEP_DELAY_S, bytes, err);
}

struct merge_settings session_merge_settings(const struct session *s)
{
    int64_t memory = s->settings->memory;
    return (struct merge_settings){
        .tables = &tables_best,
        .archive = s->settings->archive,
        .memory = memory > 0 ? (size_t)memory : machine_memory_share(),
        .threads = machine_cores(),
    };
}
