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

void run_writer_begin_term(struct run_writer *w,
                           const struct term_statistics *s)
{
    pack_uint(&w->buffer, s->term.len + 1);
    strbuf_append(&w->buffer, s->term);
    pack_uint(&w->buffer, s->frequency);
    pack_uint(&w->buffer, s->occurrences);
    pack_uint(&w->buffer, s->first_docid);
    w->docid = 0;
}

void run_writer_posting(struct run_writer *w, uint32_t docid, uint32_t count)
{
    pack_uint(&w->buffer, docid - w->docid);
    pack_uint(&w->buffer, count);
    w->docid = docid;
    if (w->buffer.len >= BUFFER)
        flush(w);
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

static void write_term(struct run_writer *w, const struct inverted_term *t)
{
    const struct posting_list *list = t->postings;
    const struct term_statistics s = {t->term, list->frequency,
                                      list->occurrences, list->first};
    struct posting_cursor cursor;
    uint32_t docid, count;
    run_writer_begin_term(w, &s);
    posting_cursor_start(&cursor, list);
    while (posting_cursor_next(&cursor, &docid, &count))
        run_writer_posting(w, docid, count);
}

enum status run_file_write(struct inverter *inv, const char *path,
                           struct error *err)
{
    AUTO(run_writer) w = NULL;
    enum status status = run_writer_new(&w, path, err);
    if (status != STATUS_OK)
        return status;
    size_t count;
    const struct inverted_term *terms = inverter_sorted(inv, &count);
    for (size_t i = 0; i < count && !w->failed; i++)
        write_term(w, &terms[i]);
    return run_writer_finish(w, err);
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

enum status run_reader_posting(struct run_reader *r, uint32_t *docid,
                               uint32_t *count, struct error *err)
{
    uint64_t gap, value;
    if (!read_uint(r->file, &gap) || !read_uint(r->file, &value))
        return cut_short(r, err);
    *docid = r->docid += (uint32_t)gap;
    *count = (uint32_t)value;
    return STATUS_OK;
}
