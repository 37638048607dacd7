#include "searcher/output.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common/archive.h"
#include "common/mem.h"
#include "searcher/output_format.h"

/* No article is larger than 64 MiB, and no byte of it takes more than six. */
enum { BUFFER_MAX = 1 << 29, BUFFER_KEPT = 1 << 20 };

const char *const output_format_names[] = {
    [OUTPUT_TEXT] = "text", [OUTPUT_JSON] = "json", [OUTPUT_JSONL] = "jsonl",
    [OUTPUT_CSV] = "csv",   [OUTPUT_TSV] = "tsv",   [OUTPUT_TREC] = "trec",
    [OUTPUT_IDS] = "ids",   [OUTPUT_KWIC] = "kwic", [OUTPUT_KWIC + 1] = NULL};

static const struct output_methods *const formats[] = {
    [OUTPUT_TEXT] = &output_text,   [OUTPUT_JSON] = &output_json,
    [OUTPUT_JSONL] = &output_jsonl, [OUTPUT_CSV] = &output_table,
    [OUTPUT_TSV] = &output_table,   [OUTPUT_TREC] = &output_trec,
    [OUTPUT_IDS] = &output_ids,     [OUTPUT_KWIC] = &output_kwic,
};

bool output_is_json(enum output_format format)
{
    return format == OUTPUT_JSON || format == OUTPUT_JSONL;
}

struct result_summary output_summary(const struct archive *archive)
{
    const struct manifest *m = archive_manifest(archive);
    const struct archive_missing missing = archive_missing(archive);
    return (struct result_summary){
        .archive_id = m->id,
        .generation = m->generation,
        .analyzer_version = m->analyzer_version,
        .missing_segments = missing.segments,
        .missing_articles = missing.articles,
    };
}

struct output *output_new(const struct output_settings *settings)
{
    const struct output_methods *methods = formats[settings->format];
    assert(methods->size >= sizeof(struct output));
    struct output *o = mem_zeroed(1, methods->size);
    o->methods = methods;
    o->settings = *settings;
    strbuf_init(&o->buffer, BUFFER_MAX);
    return o;
}

void output_free(struct output *o)
{
    if (!o)
        return;
    strbuf_done(&o->buffer);
    free(o);
}

static void fail(struct output *o, int number)
{
    if (!o->failure)
        o->failure = number ? number : EIO;
}

void output_write(struct output *o)
{
    struct text t = strbuf_text(&o->buffer);
    if (o->buffer.overflowed)
        fail(o, EOVERFLOW);
    errno = 0;
    if (t.len > 0 && fwrite(t.ptr, 1, t.len, o->settings.stream) != t.len)
        fail(o, errno);
    if (o->buffer.capacity > BUFFER_KEPT)
        strbuf_done(&o->buffer);
    else
        strbuf_reset(&o->buffer);
}

void output_begin(struct output *o, const struct result_summary *summary)
{
    assert(!o->summary);
    o->summary = summary;
    o->answers++;
    o->hits = 0;
    o->last_rank = 0;
    o->methods->begin(o);
    output_write(o);
}

void output_hit(struct output *o, const struct hit *hit)
{
    assert(o->summary);
    o->hits++;
    o->last_rank = hit->rank;
    o->methods->hit(o, hit);
    output_write(o);
}

static void flush(struct output *o)
{
    output_write(o);
    errno = 0;
    if (fflush(o->settings.stream) != 0)
        fail(o, errno);
    o->summary = NULL;
}

enum status output_end(struct output *o, struct error *err)
{
    assert(o->summary);
    o->methods->end(o);
    flush(o);
    if (o->failure)
        return error_set(err, STATUS_IO, "cannot write the results: %s",
                         strerror(o->failure));
    return STATUS_OK;
}

void output_error(struct output *o, const struct error *problem)
{
    if (o->methods->error)
        o->methods->error(o, problem);
    flush(o);
}
