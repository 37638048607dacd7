#include "indexer/segment/posting_list.h"

#include "common/packed.h"

/* A posting is two varints, gap and count, and never lies in two slices. */
enum {
    POSTING_MAX = 2 * PACKED_VARINT_MAX,
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
        tail->used = (uint32_t)(list->at - tail->bytes);
        slice->next = tail->next;
        tail->next = slice;
    }
    list->tail = slice;
    list->at = slice->bytes;
    list->room = size;
}

uint32_t posting_list_add(struct posting_list *list, uint32_t docid,
                          uint32_t count, struct arena *arena)
{
    list->occurrences += count;
    if (docid == list->docid)
        return list->count += count;
    if (list->docid == 0) {
        list->first = docid;
    } else {
        if (list->room < POSTING_MAX)
            add_slice(list, arena);
        uint8_t *at = packed_put_varint(list->at, list->docid - list->previous);
        at = packed_put_varint(at, list->count);
        list->room -= (uint32_t)(at - list->at);
        list->at = at;
        list->previous = list->docid;
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
    c->end = slice == c->list->tail ? c->list->at : slice->bytes + slice->used;
}

void posting_cursor_start(struct posting_cursor *c,
                          const struct posting_list *list)
{
    *c = (struct posting_cursor){.list = list, .finished = list->docid == 0};
    if (list->tail)
        enter_slice(c, list->tail->next);
}

bool posting_cursor_next(struct posting_cursor *c, uint32_t *docid,
                         uint32_t *count)
{
    if (c->finished)
        return false;
    if (c->at == c->end && c->slice && c->slice != c->list->tail)
        enter_slice(c, c->slice->next);
    if (c->at == c->end) {
        *docid = c->list->docid;
        *count = c->list->count;
        c->finished = true;
        return true;
    }
    uint64_t gap, wdf;
    if (!packed_get_varint(&c->at, c->end, &gap) ||
        !packed_get_varint(&c->at, c->end, &wdf))
        return false;
    *docid = c->docid += (uint32_t)gap;
    *count = (uint32_t)wdf;
    return true;
}
