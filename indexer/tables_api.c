#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/arena.h"
#include "common/atomic_file.h"
#include "common/digest.h"
#include "common/engine/index.h"
#include "common/engine/writer.h"
#include "common/mem.h"
#include "common/strbuf.h"
#include "indexer/folder.h"
#include "indexer/tables.h"
#include "indexer/word_terms.h"

/* The engine's inverter slows down as it grows, so documents go into small
 * parts (PATH/part.0, PATH/part.1, ...), which are compacted into one at the
 * end, at most PARTS_MAX at a time. */
enum { PART_BYTES = 512 << 10, PARTS_MAX = 64, PATH_SIZE = 4096 };

struct api_tables {
    struct tables base;
    char *path;
    struct engine_writer *writer; /* of the present part, or NULL */
    size_t part_bytes;            /* of stored data in it */
    unsigned first, next;         /* parts that exist: first to next - 1 */
    struct strbuf term;
};

static void part_path(const struct api_tables *a, unsigned number,
                      char out[PATH_SIZE])
{
    snprintf(out, PATH_SIZE, "%s/part.%u", a->path, number);
}

static void api_free(struct tables *t)
{
    struct api_tables *a = (struct api_tables *)t;
    engine_writer_free(a->writer);
    strbuf_done(&a->term);
    free(a->path);
    free(a);
}

static enum status api_open(struct tables **out, const char *path,
                            size_t memory, struct error *err)
{
    (void)memory;
    (void)err;
    struct api_tables *a = mem_zeroed(1, sizeof *a);
    a->base.format = &tables_api;
    a->path = mem_copy_string(path, strlen(path));
    strbuf_init(&a->term, 4 * ENGINE_TERM_MAX);
    *out = &a->base;
    return STATUS_OK;
}

static enum status add_word(struct api_tables *a, const struct word_count *w,
                            struct error *err)
{
    for (unsigned which = 0; which < WORD_TERM_COUNT; which++) {
        uint32_t count = word_terms_count(w, which);
        if (count == 0)
            continue;
        word_terms_text(w->lexeme, which, &a->term);
        enum status status =
            engine_writer_term(a->writer, strbuf_text(&a->term), count, err);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

static enum status add_document(struct api_tables *a, const struct document *d,
                                struct error *err)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < d->word_count && status == STATUS_OK; i++)
        status = add_word(a, &d->words[i], err);
    for (size_t i = 0; i < d->term_count && status == STATUS_OK; i++)
        status = engine_writer_term(a->writer, d->terms[i].term,
                                    d->terms[i].count, err);
    for (uint32_t slot = 0; slot < SLOT_COUNT && status == STATUS_OK; slot++)
        if (d->values[slot].len > 0)
            status = engine_writer_value(a->writer, slot, d->values[slot], err);
    if (status == STATUS_OK)
        status = engine_writer_data(a->writer, d->data, err);
    uint32_t docid;
    return status == STATUS_OK ? engine_writer_end(a->writer, &docid, err)
                               : status;
}

static enum status begin_part(struct api_tables *a, struct error *err)
{
    char part[PATH_SIZE];
    part_path(a, a->next++, part);
    a->part_bytes = 0;
    return engine_writer_create(&a->writer, part, err);
}

static enum status end_part(struct api_tables *a, struct error *err)
{
    if (!a->writer)
        return STATUS_OK;
    enum status status = engine_writer_commit(a->writer, err);
    engine_writer_free(TAKE(a->writer));
    return status;
}

static enum status api_add(struct tables *t, const struct document *d,
                           struct error *err)
{
    struct api_tables *a = (struct api_tables *)t;
    enum status status = STATUS_OK;
    if (a->writer && a->part_bytes >= PART_BYTES)
        status = end_part(a, err);
    if (status == STATUS_OK && !a->writer)
        status = begin_part(a, err);
    a->part_bytes += d->data.len;
    return status == STATUS_OK ? add_document(a, d, err) : status;
}

/* Compacts the first `count` parts, in order, into the folder `path`. */
static enum status unite_parts(struct api_tables *a, unsigned count,
                               const char *path, struct error *err)
{
    AUTO_DONE(arena) arena = ARENA_INIT;
    const char *sources[PARTS_MAX];
    char part[PATH_SIZE];
    for (unsigned i = 0; i < count; i++) {
        part_path(a, a->first + i, part);
        sources[i] = arena_text(&arena, text_from(part)).ptr;
    }
    enum status status = engine_compact(path, sources, count, err);
    for (unsigned i = 0; i < count && status == STATUS_OK; i++) {
        status = folder_remove(sources[i], err);
        a->first++;
    }
    return status;
}

/* Docids follow the order of the parts, so each round turns all parts, first
 * to last, into fewer and larger ones, until one is left. */
static enum status unite(struct api_tables *a, struct error *err)
{
    enum status status = STATUS_OK;
    do {
        unsigned round_end = a->next;
        while (status == STATUS_OK && a->first < round_end) {
            unsigned left = round_end - a->first;
            char united[PATH_SIZE];
            part_path(a, a->next++, united);
            status = unite_parts(a, left < PARTS_MAX ? left : PARTS_MAX, united,
                                 err);
        }
    } while (status == STATUS_OK && a->next - a->first > 1);
    return status;
}

static enum status move_up(const struct api_tables *a, const char *name,
                           struct error *err)
{
    char part[PATH_SIZE], from[2 * PATH_SIZE], to[PATH_SIZE];
    part_path(a, a->first, part);
    snprintf(from, sizeof from, "%s/%s", part, name);
    snprintf(to, sizeof to, "%s/%s", a->path, name);
    return rename(from, to) == 0 ? STATUS_OK : error_io(err, "rename", from);
}

static enum status note_file(const struct api_tables *a, const char *name,
                             struct manifest_segment *out, struct error *err)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", a->path, name);
    struct manifest_file *file = tables_file(out, name);
    enum status status = move_up(a, name, err);
    if (status == STATUS_OK)
        status = atomic_file_sync(path, err);
    if (status != STATUS_OK)
        return status;
    return digest_file(&file->digest, &file->size, path, NULL, err);
}

static enum status note_files(const struct api_tables *a,
                              struct manifest_segment *out, struct error *err)
{
    static const char *const names[] = {"postlist.glass", "docdata.glass",
                                        "iamglass"};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof names / sizeof *names && status == STATUS_OK;
         i++)
        status = note_file(a, names[i], out, err);
    char part[PATH_SIZE];
    part_path(a, a->first, part);
    if (status == STATUS_OK)
        status = folder_remove(part, err);
    if (status != STATUS_OK)
        return status;
    AUTO(engine_index) index = NULL;
    const struct engine_segment segment = {.path = a->path};
    status = engine_index_open(&index, &segment, 1, err);
    if (status == STATUS_OK)
        engine_index_uuid(index, 0, out->uuid);
    return status;
}

static enum status api_finish(struct tables *t, struct manifest_segment *out,
                              struct error *err)
{
    struct api_tables *a = (struct api_tables *)t;
    enum status status = STATUS_OK;
    if (a->next == 0)
        status = begin_part(a, err);
    if (status == STATUS_OK)
        status = end_part(a, err);
    if (status == STATUS_OK)
        status = unite(a, err);
    return status == STATUS_OK ? note_files(a, out, err) : status;
}

const struct tables_format tables_api = {
    .name = "api",
    .open = api_open,
    .add = api_add,
    .finish = api_finish,
    .free = api_free,
};
