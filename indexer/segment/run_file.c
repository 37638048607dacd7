#include "indexer/segment/run_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/engine/engine.h"
#include "common/mem.h"
#include "common/strbuf.h"
#include "indexer/segment/packing.h"

/* A term in a run: length and bytes of the term, frequency, occurrences, first
 * docid, then for each posting the docid minus the one before it (the first
 * minus 0) and the count; all numbers as uint. */
enum { BUFFER = 1 << 16 };

/* --- writing ------------------------------------------------------------- */

static void write_term(const struct inverted_term *t, struct strbuf *out,
                       FILE *f)
{
    strbuf_reset(out);
    pack_text(out, t->term);
    pack_uint(out, t->postings->frequency);
    pack_uint(out, t->postings->occurrences);
    pack_uint(out, t->postings->first);
    struct posting_cursor cursor;
    uint32_t docid, count, previous = 0;
    posting_cursor_start(&cursor, t->postings);
    while (posting_cursor_next(&cursor, &docid, &count)) {
        pack_uint(out, docid - previous);
        pack_uint(out, count);
        previous = docid;
        if (out->len >= BUFFER) {
            fwrite(out->ptr, 1, out->len, f);
            strbuf_reset(out);
        }
    }
    fwrite(out->ptr, 1, out->len, f);
}

enum status run_file_write(struct inverter *inv, const char *path,
                           struct error *err)
{
    FILE *f = fopen(path, "wbe");
    if (!f)
        return error_io(err, "create", path);
    AUTO_DONE(strbuf) buffer = STRBUF_INIT(2 * BUFFER);
    size_t count;
    const struct inverted_term *terms = inverter_sorted(inv, &count);
    for (size_t i = 0; i < count; i++)
        write_term(&terms[i], &buffer, f);
    enum status status = STATUS_OK;
    if (ferror(f))
        status = error_io(err, "write", path);
    if (fclose(f) != 0 && status == STATUS_OK)
        status = error_io(err, "write", path);
    return status;
}

/* --- reading ------------------------------------------------------------- */

struct run {
    FILE *file;
    char term[ENGINE_TERM_MAX];
    size_t term_len;
    uint32_t frequency, first_docid;
    uint64_t occurrences;
    bool finished;
};

struct run_merge {
    struct run *runs;
    size_t count;
};

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

static enum status cut_short(struct error *err)
{
    return error_set(err, STATUS_IO, "cannot read back a sorted run");
}

/* Reads the head of the run's next term. */
static enum status advance(struct run *run, struct error *err)
{
    uint64_t len, frequency, first;
    if (!read_uint(run->file, &len)) {
        run->finished = true;
        return feof(run->file) ? STATUS_OK : cut_short(err);
    }
    if (len > sizeof run->term ||
        fread(run->term, 1, (size_t)len, run->file) != len ||
        !read_uint(run->file, &frequency) ||
        !read_uint(run->file, &run->occurrences) ||
        !read_uint(run->file, &first))
        return cut_short(err);
    run->term_len = (size_t)len;
    run->frequency = (uint32_t)frequency;
    run->first_docid = (uint32_t)first;
    return STATUS_OK;
}

enum status run_merge_new(struct run_merge **out, const char *const *paths,
                          size_t count, struct error *err)
{
    AUTO(run_merge) m = mem_zeroed(1, sizeof *m);
    m->runs = mem_zeroed(count, sizeof *m->runs);
    for (size_t i = 0; i < count; i++) {
        FILE *f = fopen(paths[i], "rbe");
        if (!f)
            return error_io(err, "open", paths[i]);
        m->runs[m->count++].file = f;
        enum status status = advance(&m->runs[i], err);
        if (status != STATUS_OK)
            return status;
    }
    *out = TAKE(m);
    return STATUS_OK;
}

void run_merge_free(struct run_merge *m)
{
    if (!m)
        return;
    for (size_t i = 0; i < m->count; i++)
        fclose(m->runs[i].file);
    free(m->runs);
    free(m);
}

/* --- merging ------------------------------------------------------------- */

static struct text term_of(const struct run *run)
{
    return text_make(run->term, run->term_len);
}

/* Marks the runs whose next term is the least of all and adds them up; false
 * when all runs are finished. */
static bool choose(const struct run_merge *m, bool *chosen,
                   struct term_statistics *s)
{
    *s = (struct term_statistics){.term = {NULL, 0}};
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < m->count; i++) {
        const struct run *run = &m->runs[i];
        if (!run->finished &&
            (least == SIZE_MAX ||
             text_compare(term_of(run), term_of(&m->runs[least])) < 0))
            least = i;
    }
    if (least == SIZE_MAX)
        return false;
    s->term = term_of(&m->runs[least]);
    s->first_docid = m->runs[least].first_docid;
    for (size_t i = 0; i < m->count; i++) {
        const struct run *run = &m->runs[i];
        chosen[i] = !run->finished && text_equal(term_of(run), s->term);
        if (!chosen[i])
            continue;
        s->frequency += run->frequency;
        s->occurrences += run->occurrences;
    }
    return true;
}

static enum status copy_postings(struct run *run, struct postlist_table *t,
                                 struct error *err)
{
    uint64_t docid = 0;
    for (uint32_t i = 0; i < run->frequency; i++) {
        uint64_t gap, count;
        if (!read_uint(run->file, &gap) || !read_uint(run->file, &count))
            return cut_short(err);
        docid += gap;
        enum status status =
            postlist_table_posting(t, (uint32_t)docid, (uint32_t)count, err);
        if (status != STATUS_OK)
            return status;
    }
    return advance(run, err);
}

enum status run_merge_write(struct run_merge *m, struct postlist_table *t,
                            struct error *err)
{
    bool *chosen = mem_zeroed(m->count, sizeof *chosen);
    enum status status = STATUS_OK;
    struct term_statistics s;
    while (status == STATUS_OK && choose(m, chosen, &s)) {
        status = postlist_table_begin_term(t, &s, err);
        for (size_t i = 0; i < m->count && status == STATUS_OK; i++)
            if (chosen[i])
                status = copy_postings(&m->runs[i], t, err);
    }
    free(chosen);
    return status;
}
