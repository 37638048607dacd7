#include "indexer/segment/posting_list.h"

#include "common/packed.h"

/* A posting is two varints, gap and count, and never lies in two slices. */
enum {
    POSTING_MAX = 2 * PACKED_VARINT_MAX,
    FIRST_SLICE = 16,
    LARGEST_SLICE = 4096
};

struct posting_slice {
    struct posting_slice *next;
    uint32_t size, used;
    uint8_t bytes[];
};

static struct posting_slice *room(struct posting_list *list,
                                  struct arena *arena)
{
    struct posting_slice *tail = list->tail;
    if (tail && tail->size - tail->used >= POSTING_MAX)
        return tail;
    uint32_t size = tail ? tail->size * 2 : FIRST_SLICE;
    if (size > LARGEST_SLICE)
        size = LARGEST_SLICE;
    struct posting_slice *slice = arena_alloc(arena, sizeof *slice + size);
    *slice = (struct posting_slice){.size = size};
    if (tail)
        tail->next = slice;
    else
        list->head = slice;
    return list->tail = slice;
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
        struct posting_slice *slice = room(list, arena);
        uint8_t *at = slice->bytes + slice->used;
        at = packed_put_varint(at, list->docid - list->previous);
        at = packed_put_varint(at, list->count);
        slice->used = (uint32_t)(at - slice->bytes);
        list->previous = list->docid;
    }
    list->docid = docid;
    list->count = count;
    list->frequency++;
    return count;
}

void posting_cursor_start(struct posting_cursor *c,
                          const struct posting_list *list)
{
    *c = (struct posting_cursor){
        .list = list,
        .slice = list->head,
        .at = list->head ? list->head->bytes : NULL,
        .finished = list->docid == 0,
    };
}

bool posting_cursor_next(struct posting_cursor *c, uint32_t *docid,
                         uint32_t *count)
{
    if (c->finished)
        return false;
    if (c->slice && c->at == c->slice->bytes + c->slice->used) {
        c->slice = c->slice->next;
        c->at = c->slice ? c->slice->bytes : NULL;
    }
    if (!c->slice) {
        *docid = c->list->docid;
        *count = c->list->count;
        c->finished = true;
        return true;
    }
    const uint8_t *end = c->slice->bytes + c->slice->used;
    uint64_t gap, wdf;
    if (!packed_get_varint(&c->at, end, &gap) ||
        !packed_get_varint(&c->at, end, &wdf))
        return false;
    *docid = c->docid += (uint32_t)gap;
    *count = (uint32_t)wdf;
    return true;
}
