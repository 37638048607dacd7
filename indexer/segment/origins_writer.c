#include "indexer/segment/origins_writer.h"

#include <stdlib.h>

#include "common/atomic_file.h"
#include "common/mem.h"
#include "common/origins.h"
#include "common/packed.h"
#include "common/strbuf.h"
#include "common/utf8.h"

struct row {
    uint64_t offset;
    uint32_t length, digest;
    uint32_t path; /* its number */
};

_Static_assert(sizeof(struct row) <= ORIGINS_ARTICLE, "as the header says");

struct origins_writer {
    struct atomic_file *file;
    struct strbuf path, next; /* the last, and the one to be added */
    uint32_t path_count;
    uint64_t *blocks; /* where each begins */
    size_t block_count, block_capacity;
    struct row *rows;
    size_t row_count, row_capacity;
    uint64_t largest_offset;
    uint32_t largest_length;
};

enum status origins_writer_new(struct origins_writer **out, const char *path,
                               struct error *err)
{
    AUTO(origins_writer) w = mem_zeroed(1, sizeof *w);
    strbuf_init(&w->path, ORIGINS_PATH_MAX);
    strbuf_init(&w->next, ORIGINS_PATH_MAX);
    enum status status = atomic_file_new(&w->file, path, err);
    if (status != STATUS_OK)
        return status;
    atomic_file_write(w->file, text_make(ORIGINS_HEADER, ORIGINS_HEADER_SIZE));
    *out = TAKE(w);
    return STATUS_OK;
}

void origins_writer_free(struct origins_writer *w)
{
    if (!w)
        return;
    atomic_file_free(w->file);
    strbuf_done(&w->path);
    strbuf_done(&w->next);
    free(w->blocks);
    free(w->rows);
    free(w);
}

static size_t shared_length(struct text a, struct text b)
{
    size_t shared = 0;
    while (shared < a.len && shared < b.len && a.ptr[shared] == b.ptr[shared])
        shared++;
    return shared;
}

static void write_path(struct origins_writer *w, struct text path)
{
    uint8_t head[2 * PACKED_VARINT_MAX];
    size_t shared = shared_length(strbuf_text(&w->path), path);
    if (w->path_count++ % ORIGINS_BLOCK == 0) {
        MEM_GROW(w->blocks, w->block_count, w->block_capacity);
        w->blocks[w->block_count++] = atomic_file_size(w->file);
        shared = 0;
    }
    struct text rest = text_slice(path, shared, path.len);
    uint8_t *at = packed_put_varint(head, shared);
    at = packed_put_varint(at, rest.len);
    atomic_file_write(w->file,
                      text_make((const char *)head, (size_t)(at - head)));
    atomic_file_write(w->file, rest);
    strbuf_reset(&w->path);
    strbuf_append(&w->path, path);
}

static struct text path_of(struct origins_writer *w, const struct origin *o)
{
    if (o->member.len == 0)
        return utf8_cut(o->path, ORIGINS_PATH_MAX);
    strbuf_reset(&w->next);
    strbuf_append(&w->next, utf8_cut(o->path, ORIGINS_PATH_MAX - 1));
    strbuf_append_char(&w->next, '\0');
    strbuf_append(&w->next,
                  utf8_cut(o->member, ORIGINS_PATH_MAX - w->next.len));
    return strbuf_text(&w->next);
}

/* What is longer than a row can say is of unknown length. */
void origins_writer_add(struct origins_writer *w, const struct origin *origin)
{
    struct text path = path_of(w, origin);
    if (w->path_count == 0 || !text_equal(path, strbuf_text(&w->path)))
        write_path(w, path);
    const struct row row = {
        .offset = origin->offset,
        .length = origin->length > UINT32_MAX ? 0 : (uint32_t)origin->length,
        .digest = origin->digest,
        .path = w->path_count - 1};
    if (row.offset > w->largest_offset)
        w->largest_offset = row.offset;
    if (row.length > w->largest_length)
        w->largest_length = row.length;
    MEM_GROW(w->rows, w->row_count, w->row_capacity);
    w->rows[w->row_count++] = row;
}

static void write_tables(struct origins_writer *w)
{
    const uint64_t from = atomic_file_size(w->file);
    const unsigned path_width = packed_width(w->path_count);
    const unsigned offset_width = packed_width(w->largest_offset);
    const unsigned length_width = packed_width(w->largest_length);
    const unsigned row_width =
        path_width + offset_width + length_width + ORIGINS_DIGEST_SIZE;
    const size_t size = w->block_count * ORIGINS_PLACE_SIZE +
                        w->row_count * row_width + ORIGINS_TRAILER_SIZE;
    uint8_t *const tables = mem_zeroed(size, 1);
    uint8_t *at = tables;
    for (size_t i = 0; i < w->block_count; i++, at += ORIGINS_PLACE_SIZE)
        packed_put_fixed(at, ORIGINS_PLACE_SIZE, w->blocks[i]);
    for (size_t i = 0; i < w->row_count; i++, at += row_width) {
        const struct row *row = &w->rows[i];
        uint8_t *to = at;
        packed_put_fixed(to, path_width, row->path);
        packed_put_fixed(to += path_width, offset_width, row->offset);
        packed_put_fixed(to += offset_width, length_width, row->length);
        packed_put_fixed(to + length_width, ORIGINS_DIGEST_SIZE, row->digest);
    }
    packed_put_fixed(at, 4, w->row_count);
    packed_put_fixed(at + 4, 4, w->path_count);
    packed_put_fixed(at + 8, 8, from);
    at[16] = (uint8_t)path_width;
    at[17] = (uint8_t)offset_width;
    at[18] = (uint8_t)length_width;
    atomic_file_write(w->file, text_make((const char *)tables, size));
    free(tables);
}

enum status origins_writer_finish(struct origins_writer *w,
                                  struct manifest_file *out, struct error *err)
{
    write_tables(w);
    enum status status = atomic_file_commit(w->file, err);
    if (status != STATUS_OK)
        return status;
    out->size = atomic_file_size(w->file);
    out->digest = atomic_file_digest(w->file);
    return STATUS_OK;
}
