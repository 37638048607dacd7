#include "indexer/segment/value_slots.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/mem.h"
#include "common/strbuf.h"
#include "indexer/segment/packing.h"

enum { CHUNK_MAX = 1 << 20, VALUE_MAX = 1 << 16 };

struct spooled {
    uint32_t first_docid;
    uint32_t len;
    uint64_t offset;
};

struct slot {
    uint32_t frequency;
    struct strbuf lower, upper;
    uint32_t first_docid, last_docid; /* of the present chunk */
    struct strbuf chunk;
    struct spooled *spooled;
    size_t spooled_count, spooled_capacity;
};

struct value_slots {
    unsigned count;
    struct slot *slots;
    char *path;
    FILE *spool; /* NULL until a chunk is full */
    uint64_t spool_size;
};

struct value_slots *value_slots_new(unsigned slots, const char *path)
{
    assert(slots < 128);
    struct value_slots *v = mem_zeroed(1, sizeof *v);
    v->count = slots;
    v->slots = mem_zeroed(slots, sizeof *v->slots);
    v->path = mem_copy_string(path, strlen(path));
    for (unsigned i = 0; i < slots; i++) {
        strbuf_init(&v->slots[i].lower, VALUE_MAX);
        strbuf_init(&v->slots[i].upper, VALUE_MAX);
        strbuf_init(&v->slots[i].chunk, CHUNK_MAX);
    }
    return v;
}

void value_slots_free(struct value_slots *v)
{
    if (!v)
        return;
    for (unsigned i = 0; i < v->count; i++) {
        strbuf_done(&v->slots[i].lower);
        strbuf_done(&v->slots[i].upper);
        strbuf_done(&v->slots[i].chunk);
        free(v->slots[i].spooled);
    }
    if (v->spool) {
        fclose(v->spool);
        unlink(v->path);
    }
    free(v->slots);
    free(v->path);
    free(v);
}

static enum status spool_chunk(struct value_slots *v, struct slot *slot,
                               struct error *err)
{
    if (!v->spool && !(v->spool = fopen(v->path, "w+be")))
        return error_io(err, "create", v->path);
    if (fwrite(slot->chunk.ptr, 1, slot->chunk.len, v->spool) !=
        slot->chunk.len)
        return error_io(err, "write", v->path);
    MEM_GROW(slot->spooled, slot->spooled_count, slot->spooled_capacity);
    slot->spooled[slot->spooled_count++] = (struct spooled){
        slot->first_docid, (uint32_t)slot->chunk.len, v->spool_size};
    v->spool_size += slot->chunk.len;
    strbuf_reset(&slot->chunk);
    return STATUS_OK;
}

static void replace(struct strbuf *b, struct text t)
{
    strbuf_reset(b);
    strbuf_append(b, t);
}

enum status value_slots_add(struct value_slots *v, unsigned number,
                            uint32_t docid, struct text value,
                            struct error *err)
{
    struct slot *slot = &v->slots[number];
    if (value.len > VALUE_MAX)
        return error_set(err, STATUS_INTERNAL, "a value of %zu bytes",
                         value.len);
    if (slot->frequency == 0 ||
        text_compare(value, strbuf_text(&slot->lower)) < 0)
        replace(&slot->lower, value);
    if (slot->frequency == 0 ||
        text_compare(value, strbuf_text(&slot->upper)) > 0)
        replace(&slot->upper, value);
    slot->frequency++;
    if (slot->chunk.len >= POSTLIST_CHUNK) {
        enum status status = spool_chunk(v, slot, err);
        if (status != STATUS_OK)
            return status;
    }
    if (slot->chunk.len == 0)
        slot->first_docid = docid;
    else
        pack_uint(&slot->chunk, docid - slot->last_docid - 1);
    pack_text(&slot->chunk, value);
    slot->last_docid = docid;
    return STATUS_OK;
}

static enum status write_spooled(struct value_slots *v, unsigned number,
                                 struct postlist_table *t, struct error *err)
{
    AUTO_DONE(strbuf) chunk = STRBUF_INIT(CHUNK_MAX);
    const struct slot *slot = &v->slots[number];
    for (size_t i = 0; i < slot->spooled_count; i++) {
        const struct spooled *s = &slot->spooled[i];
        strbuf_reset(&chunk);
        char *room = strbuf_reserve(&chunk, s->len);
        if (!room || fseeko(v->spool, (off_t)s->offset, SEEK_SET) != 0 ||
            fread(room, 1, s->len, v->spool) != s->len)
            return error_io(err, "read", v->path);
        enum status status = postlist_table_values(
            t, number, s->first_docid, text_make(room, s->len), err);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

enum status value_slots_write(struct value_slots *v, struct postlist_table *t,
                              struct error *err)
{
    enum status status = STATUS_OK;
    for (unsigned i = 0; i < v->count && status == STATUS_OK; i++) {
        const struct slot *slot = &v->slots[i];
        const struct slot_statistics statistics = {i, slot->frequency,
                                                   strbuf_text(&slot->lower),
                                                   strbuf_text(&slot->upper)};
        if (slot->frequency > 0)
            status = postlist_table_statistics(t, &statistics, err);
    }
    if (status == STATUS_OK && v->spool && fflush(v->spool) != 0)
        return error_io(err, "write", v->path);
    for (unsigned i = 0; i < v->count && status == STATUS_OK; i++) {
        const struct slot *slot = &v->slots[i];
        status = write_spooled(v, i, t, err);
        if (status == STATUS_OK && slot->chunk.len > 0)
            status = postlist_table_values(t, i, slot->first_docid,
                                           strbuf_text(&slot->chunk), err);
    }
    return status;
}
