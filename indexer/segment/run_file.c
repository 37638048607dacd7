#include "indexer/segment/run_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/engine/engine.h"
#include "common/mem.h"
#include "common/strbuf.h"
#include "indexer/segment/packing.h"

/* A term in a run: its length plus 1, its bytes, frequency, occurrences, first
 * docid, then for each posting the docid minus the one before it (the first
 * minus 0) and the count; all numbers as uint. A 0 ends the run. */
enum { BUFFER = 1 << 16 };

/* --- writing ------------------------------------------------------------- */

struct run_writer {
    char *path;
    FILE *file;
    int failed; /* errno of the first write that failed, or 0 */
    struct strbuf buffer;
    uint32_t docid; /* of the posting before */
};

enum status run_writer_new(struct run_writer **out, const char *path,
                           struct error *err)
{
    FILE *file = fopen(path, "wbe");
    if (!file)
        return error_io(err, "create", path);
    struct run_writer *w = mem_zeroed(1, sizeof *w);
    w->path = mem_copy_string(path, strlen(path));
    w->file = file;
    strbuf_init(&w->buffer, 2 * BUFFER);
    *out = w;
    return STATUS_OK;
}

void run_writer_free(struct run_writer *w)
{
    if (!w)
        return;
    if (w->file)
        fclose(w->file);
    strbuf_done(&w->buffer);
    free(w->path);
    free(w);
}

static void flush(struct run_writer *w)
{
    size_t len = w->buffer.len;
    if (!w->failed && fwrite(w->buffer.ptr, 1, len, w->file) != len)
        w->failed = errno;
    strbuf_reset(&w->buffer);
}

static enum status begin_term(void *context, const struct term_statistics *s,
                              struct error *err)
{
    struct run_writer *w = context;
    (void)err;
    pack_uint(&w->buffer, s->term.len + 1);
    strbuf_append(&w->buffer, s->term);
    pack_uint(&w->buffer, s->frequency);
    pack_uint(&w->buffer, s->occurrences);
    pack_uint(&w->buffer, s->first_docid);
    w->docid = 0;
    return STATUS_OK;
}

static enum status write_postings(void *context, const struct posting *postings,
                                  size_t count, struct error *err)
{
    struct run_writer *w = context;
    (void)err;
    for (size_t i = 0; i < count; i++) {
        pack_uint(&w->buffer, postings[i].docid - w->docid);
        pack_uint(&w->buffer, postings[i].count);
        w->docid = postings[i].docid;
    }
    if (w->buffer.len >= BUFFER)
        flush(w);
    return STATUS_OK;
}

struct posting_sink run_writer_sink(struct run_writer *w)
{
    return (struct posting_sink){begin_term, write_postings, w};
}

enum status run_writer_finish(struct run_writer *w, struct error *err)
{
    strbuf_append_char(&w->buffer, '\0');
    flush(w);
    if (fclose(TAKE(w->file)) != 0 && !w->failed)
        w->failed = errno;
    errno = w->failed;
    return w->failed ? error_io(err, "write", w->path) : STATUS_OK;
}

enum status run_file_write(struct inverter *inv, const char *path,
                           struct error *err)
{
    AUTO(run_writer) w = NULL;
    enum status status = run_writer_new(&w, path, err);
    if (status != STATUS_OK)
        return status;
    const struct posting_sink sink = run_writer_sink(w);
    status = inverter_write(inv, &sink, err);
    return status == STATUS_OK ? run_writer_finish(w, err) : status;
}

/* --- reading ------------------------------------------------------------- */

struct run_reader {
    char *path, *buffer; /* that of the file */
    FILE *file;
    char term[ENGINE_TERM_MAX];
    struct term_statistics statistics; /* of that term */
    uint32_t docid;                    /* of the posting before */
    bool finished;
};

static enum status cut_short(const struct run_reader *r, struct error *err)
{
    if (ferror(r->file))
        return error_io(err, "read", r->path);
    return error_set(err, STATUS_IO, "cannot read '%s': it has been cut short",
                     r->path);
}

static bool read_uint(FILE *f, uint64_t *out)
{
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        int byte = getc_unlocked(f);
        if (byte == EOF)
            return false;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            *out = value;
            return true;
        }
    }
    return false;
}

enum status run_reader_next(struct run_reader *r, struct error *err)
{
    struct term_statistics *s = &r->statistics;
    uint64_t len, frequency, first;
    if (!read_uint(r->file, &len) || len > sizeof r->term + 1)
        return cut_short(r, err);
    if (len == 0) {
        r->finished = true;
        return STATUS_OK;
    }
    len--;
    if (fread(r->term, 1, (size_t)len, r->file) != len ||
        !read_uint(r->file, &frequency) ||
        !read_uint(r->file, &s->occurrences) || !read_uint(r->file, &first))
        return cut_short(r, err);
    s->term = text_make(r->term, (size_t)len);
    s->frequency = (uint32_t)frequency;
    s->first_docid = (uint32_t)first;
    r->docid = 0;
    return STATUS_OK;
}

enum status run_reader_new(struct run_reader **out, const char *path,
                           struct error *err)
{
    FILE *file = fopen(path, "rbe");
    if (!file)
        return error_io(err, "open", path);
    AUTO(run_reader) r = mem_zeroed(1, sizeof *r);
    r->file = file;
    r->path = mem_copy_string(path, strlen(path));
    r->buffer = mem_alloc(BUFFER);
    setvbuf(file, r->buffer, _IOFBF, BUFFER);
    enum status status = run_reader_next(r, err);
    if (status != STATUS_OK)
        return status;
    *out = TAKE(r);
    return STATUS_OK;
}

void run_reader_free(struct run_reader *r)
{
    if (!r)
        return;
    fclose(r->file);
    free(r->buffer);
    free(r->path);
    free(r);
}

const struct term_statistics *run_reader_term(const struct run_reader *r)
{
    return r->finished ? NULL : &r->statistics;
}

enum status run_reader_posting(struct run_reader *r, struct posting *out,
                               struct error *err)
{
    uint64_t gap, count;
    if (!read_uint(r->file, &gap) || !read_uint(r->file, &count))
        return cut_short(r, err);
    r->docid += (uint32_t)gap;
    *out = (struct posting){r->docid, (uint32_t)count};
    return STATUS_OK;
}
