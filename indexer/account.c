#include "indexer/account.h"

#include <sys/resource.h>

#include "common/clock.h"
#include "common/manifest.h"
#include "indexer/run_log.h"

enum { LINE_MAX_BYTES = 1 << 16 };

static uint64_t list_bytes(const struct manifest_file *files, size_t count)
{
    uint64_t bytes = 0;
    for (size_t i = 0; i < count; i++)
        bytes += files[i].size;
    return bytes;
}

uint64_t account_bytes(const struct manifest *m)
{
    uint64_t bytes = list_bytes(m->ledgers, m->ledger_count) +
                     list_bytes(m->rejects, m->reject_count);
    for (size_t i = 0; i < m->segment_count; i++)
        bytes += m->segments[i].deleted_list.size +
                 list_bytes(m->segments[i].files, m->segments[i].file_count);
    return bytes;
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

enum status account_run(struct summary *s, const char *archive, double began_s,
                        struct error *err)
{
    AUTO_DONE(manifest) m = {0};
    AUTO_DONE(strbuf) line = STRBUF_INIT(LINE_MAX_BYTES);
    struct rusage usage;
    enum status status = manifest_load(&m, archive, err);
    if (status != STATUS_OK)
        return status;
    getrusage(RUSAGE_SELF, &usage);
    s->cpu_s = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    s->peak_bytes = (uint64_t)usage.ru_maxrss * 1024;
    s->wall_s = clock_now_s() - began_s;
    s->generation = m.generation;
    s->articles = manifest_articles(&m);
    s->segments = (unsigned)m.segment_count;
    s->archive_bytes = account_bytes(&m);
    summary_print_json(s, &line);
    return run_log_append(archive, strbuf_text(&line), err);
}
