#include "indexer/segment/posting_list.h"

#include "common/packed.h"

/* What is packed are the varints docid, count, gap, count, gap ... and at the
 * end a gap, since the last count is still open; nothing at all of a single
 * posting. A count and the gap behind it never lie in two slices. */
enum {
    STEP_MAX = 2 * PACKED_VARINT_MAX,
    FIRST_SLICE = 16,
    LARGEST_SLICE = 4096
};

/* Slices form a ring, so that the last one leads to the first. */
struct posting_slice {
    struct posting_slice *next;
    uint32_t size, used; /* `used` is set when the next one begins */
    uint8_t bytes[];
};

static void add_slice(struct posting_list *list, struct arena *arena)
{
    struct posting_slice *tail = list->tail;
    uint32_t size = tail ? tail->size * 2 : FIRST_SLICE;
    if (size > LARGEST_SLICE)
        size = LARGEST_SLICE;
    struct posting_slice *slice = arena_alloc(arena, sizeof *slice + size);
    *slice = (struct posting_slice){.next = slice, .size = size};
    if (tail) {
        tail->used = list->used;
        slice->next = tail->next;
        tail->next = slice;
    }
    list->tail = slice;
    list->used = 0;
    list->room = (uint16_t)size;
}

static void put(struct posting_list *list, uint32_t value)
{
    uint8_t *const from = list->tail->bytes + list->used;
    const uint16_t size = (uint16_t)(packed_put_varint(from, value) - from);
    list->used = (uint16_t)(list->used + size);
    list->room = (uint16_t)(list->room - size);
}

uint32_t posting_list_add(struct posting_list *list, uint32_t docid,
                          uint32_t count, struct arena *arena)
{
    list->occurrences += count;
    if (docid == list->docid)
        return list->count += count;
    if (list->frequency == 1) {
        add_slice(list, arena);
        put(list, list->docid);
    }
    if (list->frequency > 0) {
        if (list->room < STEP_MAX)
            add_slice(list, arena);
        put(list, list->count);
        put(list, docid - list->docid);
    }
    list->docid = docid;
    list->count = count;
    list->frequency++;
    return count;
}

static void enter_slice(struct posting_cursor *c,
                        const struct posting_slice *slice)
{
    c->slice = slice;
    c->at = slice->bytes;
    c->end =
        slice->bytes + (slice == c->list->tail ? c->list->used : slice->used);
}

static uint32_t take(struct posting_cursor *c)
{
    uint64_t value = 0;
    const bool whole = packed_get_varint(&c->at, c->end, &value);
    (void)whole; /* what was put comes back */
    return (uint32_t)value;
}

void posting_cursor_start(struct posting_cursor *c,
                          const struct posting_list *list)
{
    *c = (struct posting_cursor){.list = list, .left = list->frequency};
    if (!list->tail) {
        c->docid = list->docid;
        return;
    }
    enter_slice(c, list->tail->next);
    c->docid = take(c);
}

bool posting_cursor_next(struct posting_cursor *c, uint32_t *docid,
                         uint32_t *count)
{
    if (c->left == 0)
        return false;
    *docid = c->docid;
    if (--c->left == 0) {
        *count = c->list->count;
        return true;
    }
    if (c->at == c->end)
        enter_slice(c, c->slice->next);
    *count = take(c);
    c->docid += take(c);
    return true;
}
