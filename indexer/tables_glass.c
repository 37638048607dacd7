#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/engine/engine.h"
#include "common/mem.h"
#include "common/strbuf.h"
#include "common/uuid.h"
#include "indexer/segment/docdata_table.h"
#include "indexer/segment/inverter.h"
#include "indexer/segment/run_list.h"
#include "indexer/segment/value_slots.h"
#include "indexer/segment/version_file.h"
#include "indexer/tables.h"
#include "indexer/word_terms.h"

enum { PATH_SIZE = 4096, UNKNOWN = UINT32_MAX };

struct glass_tables {
    struct tables base;
    char *path;
    struct docdata_table *docdata;
    struct value_slots *values;
    struct inverter *inverter;
    uint32_t (*words)[WORD_TERM_COUNT]; /* by lexeme number: the terms' numbers
                                           in the inverter, or UNKNOWN */
    size_t word_capacity;
    struct strbuf term;
    struct run_list *runs;
    struct version_facts facts;
};

static void file_path(const struct glass_tables *g, const char *name,
                      char out[PATH_SIZE])
{
    snprintf(out, PATH_SIZE, "%s/%s", g->path, name);
}

static void glass_free(struct tables *t)
{
    struct glass_tables *g = (struct glass_tables *)t;
    docdata_table_free(g->docdata);
    value_slots_free(g->values);
    inverter_free(g->inverter);
    run_list_free(g->runs);
    strbuf_done(&g->term);
    free(g->words);
    free(g->path);
    free(g);
}

static enum status glass_open(struct tables **out, const char *path,
                              size_t memory, struct error *err)
{
    struct glass_tables *g = mem_zeroed(1, sizeof *g);
    char name[PATH_SIZE];
    g->base.format = &tables_glass;
    g->path = mem_copy_string(path, strlen(path));
    g->base.memory = memory;
    strbuf_init(&g->term, 4 * ENGINE_TERM_MAX);
    file_path(g, "values.spool", name);
    g->values = value_slots_new(SLOT_COUNT, name);
    g->inverter = inverter_new();
    g->runs = run_list_new(path);
    uuid_make(g->facts.uuid);
    file_path(g, "docdata.glass", name);
    enum status status = docdata_table_new(&g->docdata, name, err);
    if (status != STATUS_OK)
        glass_free(&g->base);
    else
        *out = &g->base;
    return status;
}

/* --- adding -------------------------------------------------------------- */

static bool is_term(struct text t)
{
    size_t encoded = t.len;
    for (size_t i = 0; i < t.len && encoded <= ENGINE_TERM_MAX; i++)
        encoded += t.ptr[i] == '\0';
    return encoded > 0 && encoded <= ENGINE_TERM_MAX;
}

static enum status intern(struct glass_tables *g, struct text term,
                          uint32_t *number, struct error *err)
{
    if (!is_term(term))
        return error_set(err, STATUS_INTERNAL,
                         "a term of %zu bytes; it may have 1 to %d", term.len,
                         ENGINE_TERM_MAX);
    *number = inverter_term(g->inverter, term);
    return STATUS_OK;
}

static uint32_t *terms_of(struct glass_tables *g, uint32_t number)
{
    if (number >= g->word_capacity) {
        size_t wanted = g->word_capacity ? g->word_capacity * 2 : 4096;
        while (wanted <= number)
            wanted *= 2;
        g->words = mem_resize(g->words, wanted, sizeof *g->words);
        memset(g->words + g->word_capacity, 0xff,
               (wanted - g->word_capacity) * sizeof *g->words);
        g->word_capacity = wanted;
    }
    return g->words[number];
}

static void add_posting(struct glass_tables *g, uint32_t term, uint32_t docid,
                        uint32_t count)
{
    uint32_t wdf = inverter_add(g->inverter, term, docid, count);
    if (wdf > g->facts.wdf_upper_bound)
        g->facts.wdf_upper_bound = wdf;
}

static enum status add_words(struct glass_tables *g, uint32_t docid,
                             const struct document *d, uint32_t *length,
                             struct error *err)
{
    for (size_t i = 0; i < d->word_count; i++) {
        const struct word_count *w = &d->words[i];
        uint32_t *terms = terms_of(g, w->lexeme->number);
        for (unsigned which = 0; which < WORD_TERM_COUNT; which++) {
            uint32_t count = word_terms_count(w, which);
            if (count == 0)
                continue;
            if (terms[which] == UNKNOWN) {
                word_terms_text(w->lexeme, which, &g->term);
                enum status status =
                    intern(g, strbuf_text(&g->term), &terms[which], err);
                if (status != STATUS_OK)
                    return status;
            }
            add_posting(g, terms[which], docid, count);
            *length += count;
        }
    }
    return STATUS_OK;
}

static enum status add_terms(struct glass_tables *g, uint32_t docid,
                             const struct document *d, uint32_t *length,
                             struct error *err)
{
    for (size_t i = 0; i < d->term_count; i++) {
        uint32_t number;
        enum status status = intern(g, d->terms[i].term, &number, err);
        if (status != STATUS_OK)
            return status;
        add_posting(g, number, docid, d->terms[i].count);
        *length += d->terms[i].count;
    }
    return STATUS_OK;
}

static void note_length(struct glass_tables *g, uint32_t docid, uint32_t length)
{
    struct version_facts *f = &g->facts;
    inverter_add(g->inverter, 0, docid, length);
    f->total_length += length;
    if (length > f->longest)
        f->longest = length;
    if (length > 0 && (f->shortest == 0 || length < f->shortest))
        f->shortest = length;
}

/* Writes what the inverter holds as a sorted run, and starts it afresh. */
static enum status spill(struct glass_tables *g, struct error *err)
{
    enum status status = run_list_add(g->runs, g->inverter, err);
    inverter_reset(g->inverter);
    memset(g->words, 0xff, g->word_capacity * sizeof *g->words);
    return status;
}

static size_t memory_used(const struct glass_tables *g)
{
    return inverter_memory(g->inverter) + g->word_capacity * sizeof *g->words;
}

static enum status add_values(struct glass_tables *g, uint32_t docid,
                              const struct document *d, struct error *err)
{
    enum status status = STATUS_OK;
    for (unsigned slot = 0; slot < SLOT_COUNT && status == STATUS_OK; slot++)
        if (d->values[slot].len > 0)
            status =
                value_slots_add(g->values, slot, docid, d->values[slot], err);
    return status;
}

static enum status add_postings(struct glass_tables *g, uint32_t docid,
                                const struct document *d, struct error *err)
{
    uint32_t length = 0;
    enum status status = add_words(g, docid, d, &length, err);
    if (status == STATUS_OK)
        status = add_terms(g, docid, d, &length, err);
    if (status == STATUS_OK)
        note_length(g, docid, length);
    return status;
}

static enum status glass_add(struct tables *t, const struct document *d,
                             struct error *err)
{
    struct glass_tables *g = (struct glass_tables *)t;
    if (g->facts.documents == ENGINE_DOCID_MAX)
        return error_set(err, STATUS_INTERNAL,
                         "more than %d documents in a segment",
                         ENGINE_DOCID_MAX);
    uint32_t docid = ++g->facts.documents;
    enum status status = add_postings(g, docid, d, err);
    if (status == STATUS_OK)
        status = docdata_table_add(g->docdata, docid, d->data, err);
    if (status == STATUS_OK)
        status = add_values(g, docid, d, err);
    if (status == STATUS_OK && memory_used(g) > g->base.memory)
        status = spill(g, err);
    return status;
}

/* --- writing ------------------------------------------------------------- */

static enum status write_inverted(struct glass_tables *g,
                                  struct postlist_table *t, struct error *err)
{
    size_t count;
    const struct inverted_term *terms = inverter_sorted(g->inverter, &count);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        const struct posting_list *list = terms[i].postings;
        const struct term_statistics s = {terms[i].term, list->frequency,
                                          list->occurrences, list->first};
        struct posting_cursor cursor;
        uint32_t docid, wdf;
        status = postlist_table_begin_term(t, &s, err);
        posting_cursor_start(&cursor, list);
        while (status == STATUS_OK &&
               posting_cursor_next(&cursor, &docid, &wdf))
            status = postlist_table_posting(t, docid, wdf, err);
    }
    return status;
}

static enum status write_runs(struct glass_tables *g, struct postlist_table *t,
                              struct error *err)
{
    enum status status = spill(g, err);
    return status == STATUS_OK ? run_list_write(g->runs, t, err) : status;
}

static enum status write_postlist(struct glass_tables *g,
                                  struct manifest_segment *out,
                                  struct error *err)
{
    AUTO(postlist_table) t = NULL;
    struct manifest_file *file = tables_file(out, "postlist.glass");
    char path[PATH_SIZE];
    file_path(g, "postlist.glass", path);
    enum status status = postlist_table_new(&t, path, err);
    if (status == STATUS_OK)
        status = value_slots_write(g->values, t, err);
    if (status == STATUS_OK)
        status = run_list_count(g->runs) > 0 ? write_runs(g, t, err)
                                             : write_inverted(g, t, err);
    if (status == STATUS_OK)
        status = postlist_table_finish(t, &g->facts.postlist, file, err);
    return status;
}

static enum status write_version(struct glass_tables *g,
                                 struct manifest_segment *out,
                                 struct error *err)
{
    char path[PATH_SIZE];
    file_path(g, "iamglass", path);
    uuid_print(g->facts.uuid, out->uuid);
    return version_file_write(&g->facts, path, tables_file(out, "iamglass"),
                              err);
}

/* What is not needed any more once the tables are written: other parts of the
 * segment may want the memory, and the folder must hold nothing else. */
static void release(struct glass_tables *g)
{
    value_slots_free(TAKE(g->values));
    inverter_free(TAKE(g->inverter));
    run_list_free(TAKE(g->runs));
    free(TAKE(g->words));
}

static enum status glass_finish(struct tables *t, struct manifest_segment *out,
                                struct error *err)
{
    struct glass_tables *g = (struct glass_tables *)t;
    g->facts.last_docid = g->facts.documents;
    enum status status = write_postlist(g, out, err);
    if (status == STATUS_OK)
        status = docdata_table_finish(g->docdata, &g->facts.docdata,
                                      tables_file(out, "docdata.glass"), err);
    release(g);
    return status == STATUS_OK ? write_version(g, out, err) : status;
}

const struct tables_format tables_glass = {
    .name = "glass",
    .open = glass_open,
    .add = glass_add,
    .finish = glass_finish,
    .free = glass_free,
};
