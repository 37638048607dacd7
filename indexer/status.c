#include "indexer/status.h"

#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "common/analyzer.h"
#include "common/archive.h"
#include "common/fields.h"
#include "common/json_cursor.h"
#include "common/json_writer.h"
#include "common/record.h"
#include "indexer/account.h"
#include "indexer/lock.h"
#include "indexer/merge.h"

enum { PATH_SIZE = 4096, RUNS_SHOWN = 5, TAIL = 64 << 10, DAY_SIZE = 11 };

struct facts {
    const struct manifest *m;
    uint64_t bytes, text_bytes, deleted, rewritten;
    size_t merging; /* segments that are to be merged */
    char oldest[DAY_SIZE], newest[DAY_SIZE]; /* YYYY-MM-DD, or "" */
    struct error writer;                     /* status BUSY: says who */
    struct text runs[RUNS_SHOWN]; /* the last ones, oldest first; JSON */
    size_t run_count;
};

/* --- gathering ------------------------------------------------------------ */

static bool note_day(void *context, struct text term, uint32_t frequency)
{
    struct facts *f = context;
    char day[DAY_SIZE];
    (void)frequency;
    if (term.len != 9)
        return true;
    snprintf(day, sizeof day, "%.4s-%.2s-%.2s", term.ptr + 1, term.ptr + 5,
             term.ptr + 7);
    if (!f->oldest[0] || strcmp(day, f->oldest) < 0)
        memcpy(f->oldest, day, sizeof day);
    if (strcmp(day, f->newest) > 0)
        memcpy(f->newest, day, sizeof day);
    return true;
}

static enum status find_days(struct facts *f, struct archive *archive,
                             struct error *err)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < f->m->segment_count && status == STATUS_OK; i++)
        status = engine_terms(archive_index(archive), i, text_from(PREFIX_DAY),
                              note_day, f, err);
    return status;
}

static void count(struct facts *f)
{
    size_t chosen[MERGE_SEGMENTS_MAX];
    f->bytes = account_bytes(f->m);
    for (size_t i = 0; i < f->m->segment_count; i++) {
        f->text_bytes += f->m->segments[i].text_bytes;
        f->deleted += f->m->segments[i].deleted;
    }
    f->merging = merge_choose(f->m, UINT64_MAX, chosen);
    for (size_t i = 0; i < f->merging; i++)
        f->rewritten += merge_cost(&f->m->segments[chosen[i]]);
}

/* The end of the run log; nothing if there is none. */
static void read_tail(const char *archive, struct strbuf *tail)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/runs.jsonl", archive);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    off_t size = lseek(fd, 0, SEEK_END);
    off_t from = size > TAIL ? size - TAIL : 0;
    char *room = strbuf_reserve(tail, TAIL);
    ssize_t got = pread(fd, room, TAIL, from);
    tail->len += got > 0 ? (size_t)got : 0;
    close(fd);
}

static bool is_run(struct text line)
{
    struct json_cursor c;
    json_cursor_start(&c, line);
    return json_cursor_enter(&c) && c.kind == JSON_IS_OBJECT &&
           json_cursor_end(&c);
}

static void find_runs(struct facts *f, struct text tail)
{
    struct text line;
    while (text_split(&tail, '\n', &line)) {
        if (!is_run(line))
            continue;
        if (f->run_count == RUNS_SHOWN) {
            memmove(f->runs, f->runs + 1, (RUNS_SHOWN - 1) * sizeof *f->runs);
            f->run_count--;
        }
        f->runs[f->run_count++] = line;
    }
}

/* --- for people ----------------------------------------------------------- */

static void print_run(struct text run, struct strbuf *out)
{
    static const char *const counts[] = {"added", "updated", "rejected",
                                         "deleted"};
    struct text command = json_cursor_member(run, "command").bytes;
    struct text started = json_cursor_member(run, "started").bytes;
    strbuf_append_format(out, "  %.*s  %.*s:", TEXT_ARG(started),
                         TEXT_ARG(command));
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct text number = json_cursor_member(run, counts[i]).bytes;
        strbuf_append_format(out, "%s %.*s %s", i ? "," : "", TEXT_ARG(number),
                             counts[i]);
    }
    struct text wall = json_cursor_member(run, "wall_s").bytes;
    strbuf_append_format(out, " in %.*s s\n", TEXT_ARG(wall));
}

static void print_pending(const struct facts *f, struct strbuf *out)
{
    bool old = f->m->analyzer_version != ANALYZER_VERSION ||
               f->m->record_version != RECORD_VERSION;
    strbuf_append_string(out, "pending    ");
    if (old)
        strbuf_append_string(out, "an upgrade; ");
    if (f->merging > 0)
        strbuf_append_format(out, "a merge of %zu segments, %.1f MB\n",
                             f->merging, (double)f->rewritten / 1e6);
    else
        strbuf_append_string(out, "no merges\n");
}

static void print_text(const struct facts *f, struct strbuf *out)
{
    char published[TIMESTAMP_SIZE];
    timestamp_format(f->m->published, published, sizeof published);
    strbuf_append_format(out, "articles   %" PRIu64, manifest_articles(f->m));
    if (f->newest[0])
        strbuf_append_format(out, ", of %s to %s", f->oldest, f->newest);
    strbuf_append_format(out,
                         "\ngeneration %" PRIu64 ", published %s\n"
                         "language   %s\n"
                         "segments   %zu with %" PRIu64 " deleted articles\n"
                         "bytes      %" PRIu64 " for %" PRIu64 " of text\n",
                         f->m->generation, published, f->m->language,
                         f->m->segment_count, f->deleted, f->bytes,
                         f->text_bytes);
    print_pending(f, out);
    strbuf_append_format(out, "writer     %s\n",
                         f->writer.status == STATUS_BUSY ? f->writer.message
                                                         : "none");
    if (f->run_count > 0)
        strbuf_append_string(out, "last runs\n");
    for (size_t i = 0; i < f->run_count; i++)
        print_run(f->runs[i], out);
}

/* --- for programs --------------------------------------------------------- */

static void print_number(struct json_writer *w, const char *key, uint64_t value)
{
    json_writer_key(w, key);
    json_writer_number(w, (int64_t)value);
}

static void print_string(struct json_writer *w, const char *key,
                         const char *value)
{
    json_writer_key(w, key);
    if (value[0])
        json_writer_string(w, value);
    else
        json_writer_null(w);
}

static void print_members(const struct facts *f, struct json_writer *w)
{
    char published[TIMESTAMP_SIZE];
    timestamp_format(f->m->published, published, sizeof published);
    print_string(w, "schema", "morgue.status/1");
    print_string(w, "id", f->m->id);
    print_number(w, "generation", f->m->generation);
    print_string(w, "published", published);
    print_string(w, "language", f->m->language);
    print_number(w, "articles", manifest_articles(f->m));
    print_number(w, "deleted", f->deleted);
    print_string(w, "oldest", f->oldest);
    print_string(w, "newest", f->newest);
    print_number(w, "segments", f->m->segment_count);
    print_number(w, "bytes", f->bytes);
    print_number(w, "text_bytes", f->text_bytes);
    print_number(w, "analyzer", f->m->analyzer_version);
    print_number(w, "record", f->m->record_version);
    print_number(w, "merge_segments", f->merging);
    print_number(w, "merge_bytes", f->rewritten);
    print_string(w, "writer",
                 f->writer.status == STATUS_BUSY ? f->writer.message : "");
}

/* The runs are JSON already. */
static void print_json(const struct facts *f, struct strbuf *out)
{
    struct json_writer w;
    json_writer_init(&w, out);
    json_writer_object(&w);
    print_members(f, &w);
    json_writer_end_object(&w);
    strbuf_truncate(out, out->len - 1);
    strbuf_append_string(out, ",\"runs\":[");
    for (size_t i = 0; i < f->run_count; i++) {
        if (i > 0)
            strbuf_append_char(out, ',');
        strbuf_append(out, f->runs[i]);
    }
    strbuf_append_string(out, "]}\n");
}

enum status status_print(const struct indexer_settings *settings,
                         struct strbuf *out, struct error *err)
{
    AUTO(archive) archive = NULL;
    AUTO_DONE(strbuf) tail = STRBUF_INIT(2 * TAIL);
    struct facts f = {.writer = ERROR_NONE};
    enum status status =
        archive_open_articles(&archive, settings->archive, err);
    if (status != STATUS_OK)
        return status;
    f.m = archive_manifest(archive);
    status = find_days(&f, archive, err);
    if (status != STATUS_OK)
        return status;
    count(&f);
    read_tail(settings->archive, &tail);
    find_runs(&f, strbuf_text(&tail));
    enum status writer = lock_look(settings->archive, &f.writer);
    (void)writer; /* it is in f.writer */
    if (settings->format == FORMAT_JSON)
        print_json(&f, out);
    else
        print_text(&f, out);
    return STATUS_OK;
}
