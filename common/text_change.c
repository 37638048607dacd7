#include "common/text_change.h"

#include <string.h>

uint8_t *text_change_put(uint8_t *at, struct text from, struct text to)
{
    size_t shared = 0;
    while (shared < from.len && shared < to.len &&
           from.ptr[shared] == to.ptr[shared])
        shared++;
    const size_t dropped = from.len - shared, added = to.len - shared;
    const size_t high = dropped < TEXT_CHANGE_MANY ? dropped : TEXT_CHANGE_MANY;
    const size_t low = added < TEXT_CHANGE_MANY ? added : TEXT_CHANGE_MANY;
    *at++ = (uint8_t)(high << 4 | low);
    if (high == TEXT_CHANGE_MANY)
        at = packed_put_varint(at, dropped - high);
    if (low == TEXT_CHANGE_MANY)
        at = packed_put_varint(at, added - low);
    if (added > 0)
        memcpy(at, to.ptr + shared, added);
    return at + added;
}

static bool read_count(struct text_changes *c, unsigned half, size_t *out)
{
    uint64_t excess = 0;
    if (half == TEXT_CHANGE_MANY && !packed_get_varint(&c->at, c->end, &excess))
        return false;
    *out = half + (size_t)excess;
    return true;
}

/* A change in its short form that is not the last thing there is: copies more
 * bytes than are added, always as many. False if it is none. */
static inline bool read_short(struct text_changes *c, char *text,
                              size_t base_len, size_t *out_len)
{
    enum { COPIED = 16 };
    if (c->end - c->at <= COPIED)
        return false;
    const size_t dropped = *c->at >> 4, added = *c->at & 15;
    if (dropped == TEXT_CHANGE_MANY || added == TEXT_CHANGE_MANY ||
        dropped > base_len || base_len - dropped > TEXT_CHANGE_MAX - COPIED)
        return false;
    memcpy(text + base_len - dropped, c->at + 1, COPIED);
    c->at += 1 + added;
    *out_len = base_len - dropped + added;
    return true;
}

static bool read_counts(struct text_changes *c, size_t *dropped, size_t *added)
{
    if (c->at == c->end)
        return false;
    const unsigned halves = *c->at++;
    return read_count(c, halves >> 4, dropped) &&
           read_count(c, halves & 15, added) &&
           *added <= (size_t)(c->end - c->at);
}

bool text_change_read(struct text_changes *changes, char *text, size_t base_len,
                      size_t *out_len)
{
    size_t dropped, added;
    if (read_short(changes, text, base_len, out_len))
        return true;
    if (!read_counts(changes, &dropped, &added) || dropped > base_len ||
        added > TEXT_CHANGE_MAX - (base_len - dropped))
        return false;
    memcpy(text + base_len - dropped, changes->at, added);
    changes->at += added;
    *out_len = base_len - dropped + added;
    return true;
}

bool text_change_skip(struct text_changes *changes)
{
    size_t dropped, added;
    if (!read_counts(changes, &dropped, &added))
        return false;
    changes->at += added;
    return true;
}
