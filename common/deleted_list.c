#include "common/deleted_list.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/atomic_file.h"
#include "common/mem.h"
#include "common/strbuf.h"
#include "common/whole_file.h"

enum { MAGIC_SIZE = 16, HEADER_SIZE = MAGIC_SIZE + 4, VARINT_MAX = 5 };

static const char magic[MAGIC_SIZE + 1] = "morgue deleted 1";

void deleted_list_done(struct deleted_list *list)
{
    free(list->docids);
    *list = (struct deleted_list){NULL, 0, 0};
}

void deleted_list_add(struct deleted_list *list, uint32_t docid)
{
    MEM_GROW(list->docids, list->count, list->capacity);
    list->docids[list->count++] = docid;
}

static int compare(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

void deleted_list_sort(struct deleted_list *list)
{
    if (list->count == 0)
        return;
    qsort(list->docids, list->count, sizeof *list->docids, compare);
    size_t kept = 1;
    for (size_t i = 1; i < list->count; i++)
        if (list->docids[i] != list->docids[kept - 1])
            list->docids[kept++] = list->docids[i];
    list->count = kept;
}

bool deleted_list_contains(const struct deleted_list *list, uint32_t docid)
{
    return list->count > 0 && bsearch(&docid, list->docids, list->count,
                                      sizeof docid, compare) != NULL;
}

/* Only the shortest form of a number is one. */
static bool take_varint(struct text *t, uint32_t *out)
{
    uint64_t value = 0;
    for (size_t i = 0; i < t->len && i < VARINT_MAX; i++) {
        uint8_t byte = (uint8_t)t->ptr[i];
        value |= (uint64_t)(byte & 0x7f) << (7 * i);
        if (byte & 0x80)
            continue;
        if ((byte == 0 && i > 0) || value > UINT32_MAX)
            return false;
        *t = text_slice(*t, i + 1, t->len);
        *out = (uint32_t)value;
        return true;
    }
    return false;
}

static uint32_t read_count(struct text content)
{
    const uint8_t *at = (const uint8_t *)content.ptr + MAGIC_SIZE;
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
           (uint32_t)at[3] << 24;
}

static bool parse(struct deleted_list *out, struct text content,
                  uint32_t last_docid)
{
    if (content.len < HEADER_SIZE ||
        !text_starts_with(content, text_make(magic, MAGIC_SIZE)))
        return false;
    size_t count = read_count(content);
    struct text rest = text_slice(content, HEADER_SIZE, content.len);
    if (count > last_docid || count > rest.len)
        return false;
    uint32_t docid = 0, gap;
    for (size_t i = 0; i < count; i++) {
        if (!take_varint(&rest, &gap) || gap == 0 || gap > last_docid - docid)
            return false;
        docid += gap;
        deleted_list_add(out, docid);
    }
    return rest.len == 0;
}

enum status deleted_list_load(struct deleted_list *out, const char *path,
                              uint32_t last_docid, struct error *err)
{
    AUTO_DONE(strbuf)
    content = STRBUF_INIT(HEADER_SIZE + (size_t)VARINT_MAX * last_docid);
    enum status status = whole_file_read(&content, path, err);
    if (status == STATUS_NOT_FOUND)
        return err->status = STATUS_STALE;
    if (status != STATUS_OK)
        return status;
    AUTO_DONE(deleted_list) list = {NULL, 0, 0};
    if (!parse(&list, strbuf_text(&content), last_docid))
        return error_set(err, STATUS_CORRUPT,
                         "'%s' is not a list of articles up to %" PRIu32, path,
                         last_docid);
    *out = list;
    list = (struct deleted_list){NULL, 0, 0};
    return STATUS_OK;
}

static void write_varint(struct atomic_file *f, uint32_t value)
{
    char bytes[VARINT_MAX];
    size_t len = 0;
    for (; value >= 0x80; value >>= 7)
        bytes[len++] = (char)(value | 0x80);
    bytes[len++] = (char)value;
    atomic_file_write(f, text_make(bytes, len));
}

static void write_list(const struct deleted_list *list, struct atomic_file *f)
{
    char count[4];
    for (size_t i = 0; i < sizeof count; i++)
        count[i] = (char)(list->count >> (8 * i));
    atomic_file_write(f, text_make(magic, MAGIC_SIZE));
    atomic_file_write(f, text_make(count, sizeof count));
    uint32_t last = 0;
    for (size_t i = 0; i < list->count; i++) {
        write_varint(f, list->docids[i] - last);
        last = list->docids[i];
    }
}

enum status deleted_list_save(const struct deleted_list *list,
                              const char *archive, const char *name,
                              struct manifest_file *file, struct error *err)
{
    AUTO_DONE(strbuf) path = STRBUF_INIT(1 << 16);
    strbuf_append_format(&path, "%s/%s", archive, name);
    AUTO(atomic_file) f = NULL;
    enum status status = atomic_file_new(&f, strbuf_string(&path), err);
    if (status != STATUS_OK)
        return status;
    write_list(list, f);
    status = atomic_file_commit(f, err);
    if (status != STATUS_OK)
        return status;
    struct manifest_file made = {.size = atomic_file_size(f),
                                 .digest = atomic_file_digest(f)};
    snprintf(made.name, sizeof made.name, "%s", name);
    *file = made;
    return STATUS_OK;
}
