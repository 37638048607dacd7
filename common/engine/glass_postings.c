/* The chunks of a term's postings are entries of their own. The first has the
 * term as its key; its tag begins with the varints frequency, occurrences and
 * first docid - 1. The others have the term, a NUL byte and their first docid,
 * packed so that it sorts. For the lengths the term is the bytes 00 e0, without
 * the NUL byte behind. Then follow '1' in the last chunk, '0' in others; the
 * varint last docid - first docid; the count of the first docid; for each
 * further posting the varints docid - docid before - 1, and count. */
#include "common/engine/glass_postings.h"

#include <endian.h>
#include <string.h>

#include "common/eight.h"
#include "common/packed.h"

enum { CHUNK_MAX = 1 << 16, PARTS_MAX = 64 };

static const struct text lengths_key = TEXT("\0\xe0");

static bool get_docid(struct glass_postings *p, uint32_t from, uint32_t *out)
{
    uint64_t more;
    if (!packed_get_varint(&p->at, p->end, &more) || more > UINT32_MAX - from)
        return false;
    *out = from + (uint32_t)more;
    return true;
}

static bool get_count(struct glass_postings *p)
{
    uint64_t count;
    if (!packed_get_varint(&p->at, p->end, &count) || count > UINT32_MAX)
        return false;
    p->count = (uint32_t)count;
    return true;
}

/* --- chunks -------------------------------------------------------------- */

/* To the bytes of the chunk whose first part is `item`. */
static bool enter_chunk(struct glass_postings *p, struct glass_item *item)
{
    struct text tag = item->tag;
    const bool deflated = item->flags & GLASS_FLAG_DEFLATED;
    if (item->key.part != 1)
        return false;
    if (!(item->flags & GLASS_FLAG_LAST)) {
        strbuf_reset(&p->joined);
        strbuf_append(&p->joined, tag);
        for (unsigned part = 2; !(item->flags & GLASS_FLAG_LAST); part++) {
            if (!glass_tree_next(p->tree, &p->place, item) ||
                item->key.part != part || part > PARTS_MAX)
                return false;
            strbuf_append(&p->joined, item->tag);
        }
        tag = strbuf_text(&p->joined);
    }
    if (deflated) {
        strbuf_reset(&p->inflated);
        if (!glass_inflate(p->tree->inflater, tag, &p->inflated))
            return false;
        tag = strbuf_text(&p->inflated);
    }
    p->at = (const uint8_t *)tag.ptr;
    p->end = p->at + tag.len;
    return true;
}

/* Behind the docid of the first posting, which is known. */
static enum glass_state begin_chunk(struct glass_postings *p, uint32_t docid)
{
    if (p->at == p->end || (*p->at != '0' && *p->at != '1'))
        return GLASS_DAMAGED;
    p->last_chunk = *p->at++ == '1';
    p->density = p->lengths ? GLASS_UNKNOWN : GLASS_SPARSE;
    p->docid = docid;
    return get_docid(p, docid, &p->chunk_last) && get_count(p) ? GLASS_THERE
                                                               : GLASS_DAMAGED;
}

/* What glass_docid_key() made, and nothing behind it. */
static bool read_docid_key(struct text key, uint32_t *out)
{
    static const uint8_t leads[] = {0, 0, 0, 0x80, 0xc0, 0xe0};
    if (key.len < 2 || key.len > GLASS_DOCID_KEY_MAX)
        return false;
    uint64_t docid = (unsigned char)key.ptr[0] ^ leads[key.len];
    for (size_t i = 1; i < key.len; i++)
        docid = docid << 8 | (unsigned char)key.ptr[i];
    *out = (uint32_t)docid;
    char room[GLASS_DOCID_KEY_MAX];
    return docid > 0 && docid <= UINT32_MAX &&
           text_equal(glass_docid_key(*out, room), key);
}

static enum glass_state later_chunk(struct glass_postings *p,
                                    struct glass_item *item)
{
    uint32_t docid;
    struct text key = item->key.bytes;
    struct text prefix = text_make(p->key, p->term_len);
    if (!text_starts_with(key, prefix) ||
        !read_docid_key(text_slice(key, prefix.len, key.len), &docid) ||
        docid <= p->chunk_last || !enter_chunk(p, item))
        return GLASS_DAMAGED;
    return begin_chunk(p, docid);
}

static enum glass_state next_chunk(struct glass_postings *p)
{
    struct glass_item item;
    if (p->last_chunk)
        return p->docid == p->chunk_last ? GLASS_END : GLASS_DAMAGED;
    return glass_tree_next(p->tree, &p->place, &item) ? later_chunk(p, &item)
                                                      : GLASS_DAMAGED;
}

/* Whether it is a chunk behind the present one. */
static bool is_later_chunk(const struct glass_postings *p,
                           const struct glass_item *item)
{
    struct text key = item->key.bytes;
    struct text prefix = text_make(p->key, p->term_len);
    uint32_t docid;
    return text_starts_with(key, prefix) &&
           read_docid_key(text_slice(key, prefix.len, key.len), &docid) &&
           docid > p->chunk_last;
}

/* The last item of a first part that is not behind where a chunk with `docid`
 * as its first would be. */
static bool find_chunk(struct glass_postings *p, uint32_t docid,
                       struct glass_item *item)
{
    char room[GLASS_DOCID_KEY_MAX];
    const struct text packed = glass_docid_key(docid, room);
    memcpy(p->key + p->term_len, packed.ptr, packed.len);
    struct glass_key key = {text_make(p->key, p->term_len + packed.len), 1};
    if (!glass_tree_find(p->tree, &key, &p->place, item))
        return false;
    if (item->key.part == 1)
        return true;
    key = (struct glass_key){item->key.bytes, 1};
    return glass_tree_find(p->tree, &key, &p->place, item);
}

/* To the chunk in which `docid` would be, or the next that there is. */
static enum glass_state seek_chunk(struct glass_postings *p, uint32_t docid)
{
    struct glass_item item;
    if (p->last_chunk)
        return GLASS_END;
    if (!find_chunk(p, docid, &item))
        return GLASS_DAMAGED;
    if (is_later_chunk(p, &item)) {
        enum glass_state state = later_chunk(p, &item);
        if (state != GLASS_THERE || p->chunk_last >= docid)
            return state;
        if (p->last_chunk)
            return GLASS_END;
    }
    do
        if (!glass_tree_next(p->tree, &p->place, &item))
            return GLASS_DAMAGED;
    while (item.key.part != 1);
    return later_chunk(p, &item);
}

/* --- postings ------------------------------------------------------------ */

static bool make_key(struct glass_postings *p, struct text term)
{
    const bool lengths = term.len == 0;
    if (lengths)
        term = lengths_key;
    else if (term.len > ENGINE_TERM_MAX || memchr(term.ptr, '\0', term.len))
        return false;
    memcpy(p->key, term.ptr, term.len);
    p->key[term.len] = '\0';
    p->term_len = term.len + !lengths;
    p->lengths = lengths;
    return true;
}

enum glass_state glass_postings_open(struct glass_postings *p,
                                     const struct glass_tree *tree,
                                     struct text term)
{
    struct glass_item item;
    uint64_t occurrences;
    uint32_t before;
    p->tree = tree;
    p->frequency = p->chunk_last = 0;
    p->density = GLASS_SPARSE;
    strbuf_init(&p->joined, CHUNK_MAX);
    strbuf_init(&p->inflated, CHUNK_MAX);
    if (!make_key(p, term))
        return GLASS_DAMAGED;
    const struct glass_key key = {
        text_make(p->key, p->term_len - (term.len > 0)), 1};
    if (!glass_tree_find(tree, &key, &p->place, &item))
        return GLASS_DAMAGED;
    if (!glass_item_has_key(&item, &key))
        return GLASS_END;
    if (!enter_chunk(p, &item) || !get_docid(p, 0, &p->frequency) ||
        !packed_get_varint(&p->at, p->end, &occurrences) ||
        !get_docid(p, 0, &before) || before == UINT32_MAX)
        return GLASS_DAMAGED;
    return begin_chunk(p, before + 1);
}

void glass_postings_done(struct glass_postings *p)
{
    strbuf_done(&p->joined);
    strbuf_done(&p->inflated);
}

/* False behind the chunk's last posting, and where it is damaged. */
static inline bool step(struct glass_postings *p)
{
    if (p->end - p->at >= 2 && p->at[0] < 0x80 && p->at[1] < 0x80) {
        if (p->at[0] >= p->chunk_last - p->docid)
            return false;
        p->docid += p->at[0] + 1U;
        p->count = p->at[1];
        p->at += 2;
        return true;
    }
    return p->docid < p->chunk_last && get_docid(p, p->docid + 1, &p->docid) &&
           p->docid <= p->chunk_last && get_count(p);
}

enum glass_state glass_postings_next(struct glass_postings *p)
{
    if (p->at == p->end)
        return next_chunk(p);
    return step(p) ? GLASS_THERE : GLASS_DAMAGED;
}

/* --- runs ---------------------------------------------------------------- */

/* How far a run is, and how far it may go. */
struct reading {
    const uint8_t *at, *const end;
    uint32_t docid, count; /* of the present posting */
    const uint32_t last, chunk_last;
    size_t read;
};

static inline void take(struct reading *r, uint32_t gap, uint32_t count,
                        struct glass_run *out)
{
    out->docids[r->read] = r->docid;
    out->counts[r->read++] = r->count;
    r->docid += gap + 1;
    r->count = count;
}

/* Four postings, if the next four take a byte a number. */
static inline bool take_four(struct reading *r, struct glass_run *out)
{
    uint64_t bytes;
    if (r->end - r->at < (int)sizeof bytes || r->read + 4 > GLASS_RUN)
        return false;
    memcpy(&bytes, r->at, sizeof bytes);
    bytes = le64toh(bytes);
    const uint32_t to_last =
        3 + (uint32_t)((bytes & 0xff) + (bytes >> 16 & 0xff) +
                       (bytes >> 32 & 0xff));
    if (bytes & EIGHT(EIGHT_TOP) || r->docid + to_last > r->last ||
        to_last + (bytes >> 48 & 0xff) >= r->chunk_last - r->docid)
        return false;
    for (unsigned i = 0; i < 4; i++, bytes >>= 16)
        take(r, (uint8_t)bytes, (uint8_t)(bytes >> 8), out);
    r->at += sizeof bytes;
    return true;
}

/* One posting, if the next takes two bytes for its docid and one for its count
 * at most: how many it does is nothing to branch on. */
static inline bool take_one(struct reading *r, struct glass_run *out)
{
    uint32_t bytes;
    if (r->end - r->at < (int)sizeof bytes)
        return false;
    memcpy(&bytes, r->at, sizeof bytes);
    bytes = le32toh(bytes);
    const uint32_t two = bytes >> 7 & 1, behind = bytes >> (8 << two);
    const uint32_t gap = (bytes & 0x7f) | (bytes >> 1 & 0x7f << 7 & (0 - two));
    if ((bytes >> 15 & two) | (behind >> 7 & 1) |
        (gap >= r->chunk_last - r->docid))
        return false;
    take(r, gap, behind & 0x7f, out);
    r->at += 2 + two;
    return true;
}

/* As far as that is quick. */
static void read_quickly(struct glass_postings *p, uint32_t last,
                         struct glass_run *out)
{
    struct reading r = {p->at, p->end,        p->docid,  p->count,
                        last,  p->chunk_last, out->count};
    while (r.docid <= last && r.read < GLASS_RUN &&
           (take_four(&r, out) || take_one(&r, out)))
        ;
    out->count = r.read;
    p->at = r.at;
    p->docid = r.docid;
    p->count = r.count;
}

enum glass_state glass_postings_read(struct glass_postings *p, uint32_t last,
                                     struct glass_run *out)
{
    for (out->count = 0;;) {
        read_quickly(p, last, out);
        if (p->docid > last || out->count == GLASS_RUN)
            return GLASS_THERE;
        out->docids[out->count] = p->docid;
        out->counts[out->count++] = p->count;
        enum glass_state state = glass_postings_next(p);
        if (state != GLASS_THERE)
            return state;
    }
}

/* How many postings, at most, of docids up to `last` can be taken, each in
 * three bytes at most, without looking where the chunk ends. */
static uint32_t safely_taken(const struct glass_postings *p, uint32_t last)
{
    enum { LOADED = sizeof(uint32_t), TAKEN = 3 };
    if (p->docid > last || p->end - p->at < LOADED)
        return 0;
    const uint32_t by_docid = last - p->docid + 1,
                   by_chunk = p->chunk_last - p->docid,
                   by_bytes = (uint32_t)((p->end - p->at) - LOADED) / TAKEN + 1;
    const uint32_t least = by_docid < by_chunk ? by_docid : by_chunk;
    return least < by_bytes ? least : by_bytes;
}

uint32_t glass_postings_read_row(struct glass_postings *p, uint32_t last,
                                 uint32_t *counts)
{
    const uint8_t *at = p->at;
    uint32_t taken = 0, count = p->count;
    for (const uint32_t most = safely_taken(p, last); taken < most; taken++) {
        uint32_t bytes;
        memcpy(&bytes, at, sizeof bytes);
        bytes = le32toh(bytes);
        const uint32_t two = bytes >> 15 & 1;
        if ((bytes & 0xff) | (bytes >> 23 & two))
            break;
        counts[taken] = count;
        count = (bytes >> 8 & 0x7f) | (bytes >> 9 & 0x7f << 7 & (0 - two));
        at += 2 + two;
    }
    p->at = at;
    p->docid += taken;
    p->count = count;
    return taken;
}

/* --- leaps --------------------------------------------------------------- */

/* Bytes that end a number. */
static uint64_t ends_in(const uint8_t *at)
{
    uint64_t bytes;
    memcpy(&bytes, at, sizeof bytes);
    return ~bytes & EIGHT(EIGHT_TOP);
}

/* How many numbers end before `end`. */
static size_t count_numbers(const uint8_t *at, const uint8_t *end)
{
    size_t count = 0;
    for (; end - at >= 8; at += 8)
        count += eight_count(ends_in(at));
    for (; at < end; at++)
        count += *at < 0x80;
    return count;
}

/* Behind so many numbers, or `end`. */
static const uint8_t *skip_numbers(const uint8_t *at, const uint8_t *end,
                                   size_t count)
{
    while (end - at >= 8) {
        const size_t ends = eight_count(ends_in(at));
        if (ends >= count)
            break;
        count -= ends;
        at += 8;
    }
    while (count > 0 && at < end)
        count -= *at++ < 0x80;
    return at;
}

/* Whether all docids from the present one to the chunk's last are there: then
 * each posting but the present one is two numbers, of which the first is 0. */
static bool is_dense(struct glass_postings *p)
{
    if (p->density == GLASS_UNKNOWN)
        p->density = count_numbers(p->at, p->end) ==
                             2 * (size_t)(p->chunk_last - p->docid)
                         ? GLASS_DENSE
                         : GLASS_SPARSE;
    return p->density == GLASS_DENSE;
}

/* To a docid of the chunk that is not the present one. */
static bool leap(struct glass_postings *p, uint32_t docid)
{
    p->at = skip_numbers(p->at, p->end, 2 * (size_t)(docid - p->docid) - 1);
    p->docid = docid;
    return get_count(p);
}

enum glass_state glass_postings_seek(struct glass_postings *p, uint32_t docid)
{
    if (docid > p->chunk_last) {
        enum glass_state state = seek_chunk(p, docid);
        if (state != GLASS_THERE)
            return state;
    }
    if (p->docid < docid && is_dense(p))
        return leap(p, docid) ? GLASS_THERE : GLASS_DAMAGED;
    while (p->docid < docid)
        if (!step(p))
            return GLASS_DAMAGED;
    return GLASS_THERE;
}
