#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/engine/engine.h"
#include "common/mem.h"
#include "common/strbuf.h"
#include "common/uuid.h"
#include "indexer/segment/docdata_table.h"
#include "indexer/segment/inverter.h"
#include "indexer/segment/run_file.h"
#include "indexer/segment/value_slots.h"
#include "indexer/segment/version_file.h"
#include "indexer/tables.h"
#include "indexer/word_terms.h"

/* With less memory than MEMORY_MIN the runs would be too short; when there are
 * all but the last of RUNS_MAX, it takes more memory instead of another. */
enum {
    PATH_SIZE = 4096,
    RUNS_MAX = 256,
    MEMORY_MIN = 4 << 20,
    UNKNOWN = UINT32_MAX
};

struct glass_tables {
    struct tables base;
    char *path;
    size_t memory;
    struct docdata_table *docdata;
    struct value_slots *values;
    struct inverter *inverter;
    uint32_t (*words)[WORD_TERM_COUNT]; /* by lexeme number: the terms' numbers
                                           in the inverter, or UNKNOWN */
    size_t word_capacity;
    struct strbuf term;
    char *runs[RUNS_MAX];
    size_t run_count;
    struct version_facts facts;
};

static void file_path(const struct glass_tables *g, const char *name,
                      char out[PATH_SIZE])
{
    snprintf(out, PATH_SIZE, "%s/%s", g->path, name);
}

static void remove_runs(struct glass_tables *g)
{
    for (size_t i = 0; i < g->run_count; i++) {
        unlink(g->runs[i]);
        free(g->runs[i]);
    }
    g->run_count = 0;
}

static void glass_free(struct tables *t)
{
    struct glass_tables *g = (struct glass_tables *)t;
    docdata_table_free(g->docdata);
    value_slots_free(g->values);
    inverter_free(g->inverter);
    remove_runs(g);
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
    g->memory = memory > MEMORY_MIN ? memory : MEMORY_MIN;
    strbuf_init(&g->term, ENGINE_TERM_MAX);
    file_path(g, "values.spool", name);
    g->values = value_slots_new(SLOT_COUNT, name);
    g->inverter = inverter_new();
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

static uint32_t add_words(struct glass_tables *g, uint32_t docid,
                          const struct document *d)
{
    uint32_t length = 0;
    for (size_t i = 0; i < d->word_count; i++) {
        const struct word_count *w = &d->words[i];
        uint32_t *terms = terms_of(g, w->lexeme->number);
        for (unsigned which = 0; which < WORD_TERM_COUNT; which++) {
            uint32_t count = word_terms_count(w, which);
            if (count == 0)
                continue;
            if (terms[which] == UNKNOWN) {
                word_terms_text(w->lexeme, which, &g->term);
                terms[which] =
                    inverter_term(g->inverter, strbuf_text(&g->term));
            }
            add_posting(g, terms[which], docid, count);
            length += count;
        }
    }
    return length;
}

static uint32_t add_terms(struct glass_tables *g, uint32_t docid,
                          const struct document *d)
{
    uint32_t length = 0;
    for (size_t i = 0; i < d->term_count; i++) {
        const struct document_term *t = &d->terms[i];
        uint32_t number = inverter_term(g->inverter, t->term);
        add_posting(g, number, docid, t->count);
        length += t->count;
    }
    return length;
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
    char name[32], path[PATH_SIZE];
    snprintf(name, sizeof name, "run.%zu", g->run_count);
    file_path(g, name, path);
    g->runs[g->run_count++] = mem_copy_string(path, strlen(path));
    enum status status = run_file_write(g->inverter, path, err);
    inverter_reset(g->inverter);
    memset(g->words, 0xff, g->word_capacity * sizeof *g->words);
    return status;
}

static enum status glass_add(struct tables *t, const struct document *d,
                             struct error *err)
{
    struct glass_tables *g = (struct glass_tables *)t;
    uint32_t docid = ++g->facts.documents;
    uint32_t length = add_words(g, docid, d) + add_terms(g, docid, d);
    note_length(g, docid, length);
    enum status status = docdata_table_add(g->docdata, docid, d->data, err);
    for (unsigned slot = 0; slot < SLOT_COUNT && status == STATUS_OK; slot++)
        if (d->values[slot].len > 0)
            status =
                value_slots_add(g->values, slot, docid, d->values[slot], err);
    if (status == STATUS_OK && g->run_count + 1 < RUNS_MAX &&
        inverter_memory(g->inverter) > g->memory)
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
    AUTO(run_merge) merge = NULL;
    enum status status = spill(g, err);
    if (status == STATUS_OK)
        status = run_merge_new(&merge, (const char *const *)g->runs,
                               g->run_count, err);
    if (status == STATUS_OK)
        status = run_merge_write(merge, t, err);
    return status;
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
        status = g->run_count > 0 ? write_runs(g, t, err)
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

static enum status glass_finish(struct tables *t, struct manifest_segment *out,
                                struct error *err)
{
    struct glass_tables *g = (struct glass_tables *)t;
    g->facts.last_docid = g->facts.documents;
    enum status status = write_postlist(g, out, err);
    if (status == STATUS_OK)
        status = docdata_table_finish(g->docdata, &g->facts.docdata,
                                      tables_file(out, "docdata.glass"), err);
    value_slots_free(TAKE(g->values));
    remove_runs(g);
    return status == STATUS_OK ? write_version(g, out, err) : status;
}

const struct tables_format tables_glass = {
    .name = "glass",
    .open = glass_open,
    .add = glass_add,
    .finish = glass_finish,
    .free = glass_free,
};
