#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/engine/engine.h"
#include "common/mem.h"
#include "common/stage.h"
#include "common/strbuf.h"
#include "common/uuid.h"
#include "indexer/segment/docdata_table.h"
#include "indexer/segment/inverter.h"
#include "indexer/segment/run_list.h"
#include "indexer/segment/value_slots.h"
#include "indexer/segment/version_file.h"
#include "indexer/tables.h"
#include "indexer/word_terms.h"

enum {
    PATH_SIZE = 4096,
    LOOK_AHEAD = 8 /* words, for whose postings memory is fetched meanwhile */
};

/* Where the postings of a word go: numbers of its own terms in the inverter, 0
 * while there is none. Those of its stems are found by the inverter. */
struct word_lists {
    uint32_t word, title, caps;
    uint32_t copies; /* terms that a mention counts for: the word, its stems */
};

struct glass_tables {
    struct tables base;
    char *path;
    struct docdata_table *docdata;
    struct value_slots *values;
    struct inverter *inverter;
    struct word_lists *words; /* by lexeme number */
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

static enum status check_term(struct text term, struct error *err)
{
    if (is_term(term))
        return STATUS_OK;
    return error_set(err, STATUS_INTERNAL,
                     "a term of %zu bytes; it may have 1 to %d", term.len,
                     ENGINE_TERM_MAX);
}

static struct word_lists *lists_of(struct glass_tables *g, uint32_t number)
{
    if (number >= g->word_capacity) {
        size_t wanted = g->word_capacity ? g->word_capacity * 2 : 4096;
        while (wanted <= number)
            wanted *= 2;
        g->words = mem_resize(g->words, wanted, sizeof *g->words);
        memset(g->words + g->word_capacity, 0,
               (wanted - g->word_capacity) * sizeof *g->words);
        g->word_capacity = wanted;
    }
    return &g->words[number];
}

/* Makes a list for the word's term `which`, whose postings are those of its
 * stems as well, which come next in enum word_term. Words may share terms, but
 * not what their stems include. */
static enum status start_list(struct glass_tables *g,
                              const struct word_count *w, enum word_term which,
                              uint32_t *number, struct error *err)
{
    word_terms_text(w->lexeme, which, &g->term);
    enum status status = check_term(strbuf_text(&g->term), err);
    if (status != STATUS_OK)
        return status;
    *number = inverter_list(g->inverter, strbuf_text(&g->term));
    for (unsigned i = 1; i <= 2 && which != WORD_TERM_CAPS; i++) {
        if (word_terms_count(w, which + i) == 0)
            continue;
        word_terms_text(w->lexeme, which + i, &g->term);
        status = check_term(strbuf_text(&g->term), err);
        if (status != STATUS_OK)
            return status;
        inverter_include(g->inverter,
                         inverter_term(g->inverter, strbuf_text(&g->term)),
                         *number);
    }
    return STATUS_OK;
}

static enum status start_word(struct glass_tables *g,
                              const struct word_count *w,
                              struct word_lists *lists, struct error *err)
{
    enum status status = STATUS_OK;
    if (lists->word == 0) {
        lists->copies = 1;
        lists->copies += w->lexeme->stem.len > 0;
        lists->copies += w->lexeme->alt_stem.len > 0;
        status = start_list(g, w, WORD_TERM_WORD, &lists->word, err);
    }
    if (status == STATUS_OK && w->title > 0 && lists->title == 0)
        status = start_list(g, w, WORD_TERM_TITLE, &lists->title, err);
    if (status == STATUS_OK && w->caps > 0 && lists->caps == 0)
        status = start_list(g, w, WORD_TERM_CAPS, &lists->caps, err);
    return status;
}

static void prefetch(struct glass_tables *g, const struct document *d,
                     size_t at)
{
    if (at + LOOK_AHEAD < d->word_count)
        __builtin_prefetch(lists_of(g, d->words[at + LOOK_AHEAD].number));
    if (at < d->word_count)
        inverter_prefetch(g->inverter, lists_of(g, d->words[at].number)->word);
}

static enum status add_words(struct glass_tables *g, uint32_t docid,
                             const struct document *d, uint32_t *length,
                             struct error *err)
{
    for (size_t i = 0; i < d->word_count; i++) {
        const struct word_count *w = &d->words[i];
        prefetch(g, d, i + LOOK_AHEAD);
        struct word_lists *lists = lists_of(g, w->number);
        enum status status = start_word(g, w, lists, err);
        if (status != STATUS_OK)
            return status;
        inverter_add(g->inverter, lists->word, docid, w->total);
        if (w->title > 0)
            inverter_add(g->inverter, lists->title, docid, w->title);
        if (w->caps > 0)
            inverter_add(g->inverter, lists->caps, docid, w->caps);
        *length += (w->total + w->title) * lists->copies + w->caps;
    }
    return STATUS_OK;
}

static enum status add_terms(struct glass_tables *g, uint32_t docid,
                             const struct document *d, uint32_t *length,
                             struct error *err)
{
    for (size_t i = 0; i < d->term_count; i++) {
        const struct document_term *t = &d->terms[i];
        enum status status = check_term(t->term, err);
        if (status != STATUS_OK)
            return status;
        inverter_add(g->inverter, inverter_term(g->inverter, t->term), docid,
                     t->count);
        *length += t->count;
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
    const enum stage outer = stage_begin(STAGE_TABLES);
    enum status status = run_list_add(g->runs, g->inverter, err);
    inverter_reset(g->inverter);
    if (g->word_capacity > 0)
        memset(g->words, 0, g->word_capacity * sizeof *g->words);
    stage_end(outer);
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
        status = d->deflated.len > 0
                     ? docdata_table_add_deflated(g->docdata, docid,
                                                  d->deflated, err)
                     : docdata_table_add(g->docdata, docid, d->data, err);
    if (status == STATUS_OK)
        status = add_values(g, docid, d, err);
    if (status == STATUS_OK && memory_used(g) > g->base.memory)
        status = spill(g, err);
    return status;
}

/* --- writing ------------------------------------------------------------- */

static enum status write_postings(struct glass_tables *g,
                                  const struct posting_sink *sink,
                                  struct error *err)
{
    if (run_list_count(g->runs) == 0)
        return inverter_write(g->inverter, sink, err);
    enum status status = spill(g, err);
    return status == STATUS_OK ? run_list_write(g->runs, sink, err) : status;
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
    if (status != STATUS_OK)
        return status;
    const struct posting_sink sink = postlist_table_sink(t);
    status = write_postings(g, &sink, err);
    g->facts.wdf_upper_bound = postlist_table_largest_count(t);
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
    .takes_deflated = true,
    .open = glass_open,
    .add = glass_add,
    .finish = glass_finish,
    .free = glass_free,
};
