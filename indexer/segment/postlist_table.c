#include "indexer/segment/postlist_table.h"

#include <stdlib.h>

#include "common/engine/engine.h"
#include "common/fields.h"
#include "common/mem.h"
#include "common/packed.h"
#include "indexer/segment/packing.h"
#include "indexer/segment/table_feed.h"

enum {
    DEFLATE_MIN = 120, /* bytes of a tag; of shorter ones, half of all that have
                          40, one in 200 gains */
    SHORT_STEM = 1100, /* bytes; inflating them takes a few microseconds */
    TAG_MAX = TABLE_FEED_TAG_MAX,
    TERM_MAX = ENGINE_TERM_MAX,
    ENTRY_MAX = 2 * PACKED_VARINT_MAX
};

/* libxapian inflates any tag that says so, also in this table, though it never
 * deflates one itself. What a search reads for each article that it looks at
 * stays plain, since that would be felt: the chunks of frequent stems, lengths,
 * and the slots of dates and words. */
enum tag_use { READ_MUCH, READ_SELDOM };

struct postlist_table {
    struct table_feed *feed;
    struct strbuf key, tag;
    struct strbuf term; /* the present one */
    bool in_term, first_chunk;
    struct term_statistics statistics;
    uint32_t chunk_first, chunk_last; /* docids */
    uint32_t largest;                 /* count */
    uint8_t *end;                     /* of the present chunk's entries */
    uint8_t entries[POSTLIST_CHUNK + ENTRY_MAX];
};

enum status postlist_table_new(struct postlist_table **out, const char *path,
                               struct error *err)
{
    AUTO(postlist_table) t = mem_zeroed(1, sizeof *t);
    strbuf_init(&t->key, BTREE_KEY_MAX);
    strbuf_init(&t->tag, TAG_MAX);
    strbuf_init(&t->term, TERM_MAX);
    t->end = t->entries;
    enum status status = table_feed_new(&t->feed, path, err);
    if (status != STATUS_OK)
        return status;
    *out = TAKE(t);
    return STATUS_OK;
}

void postlist_table_free(struct postlist_table *t)
{
    if (!t)
        return;
    table_feed_free(t->feed);
    strbuf_done(&t->key);
    strbuf_done(&t->tag);
    strbuf_done(&t->term);
    free(t);
}

static enum status add(struct postlist_table *t, enum tag_use use,
                       struct error *err)
{
    struct text key = strbuf_text(&t->key), tag = strbuf_text(&t->tag);
    if (t->key.overflowed || t->tag.overflowed)
        return error_set(err, STATUS_INTERNAL,
                         "a term or value is too long for the engine");
    enum table_feed_packing packing =
        use == READ_SELDOM && tag.len >= DEFLATE_MIN ? TABLE_FEED_DEFLATE
                                                     : TABLE_FEED_PLAIN;
    return table_feed_add(t->feed, key, tag, packing, err);
}

static void start_key(struct postlist_table *t, const char *two_bytes)
{
    strbuf_reset(&t->key);
    strbuf_reset(&t->tag);
    strbuf_append(&t->key, text_make(two_bytes, 2));
}

enum status postlist_table_statistics(struct postlist_table *t,
                                      const struct slot_statistics *s,
                                      struct error *err)
{
    start_key(t, "\x00\xd0");
    pack_uint_last(&t->key, s->slot);
    pack_uint(&t->tag, s->frequency);
    pack_text(&t->tag, s->lower);
    if (!text_equal(s->lower, s->upper))
        strbuf_append(&t->tag, s->upper);
    return add(t, READ_MUCH, err);
}

enum status postlist_table_values(struct postlist_table *t, uint32_t slot,
                                  uint32_t first_docid, struct text chunk,
                                  struct error *err)
{
    start_key(t, "\x00\xd8");
    pack_uint(&t->key, slot);
    pack_sortuint(&t->key, first_docid);
    strbuf_append(&t->tag, chunk);
    return add(t,
               slot == SLOT_PUBLISHED || slot == SLOT_WORDS ? READ_MUCH
                                                            : READ_SELDOM,
               err);
}

/* --- terms --------------------------------------------------------------- */

/* The empty term's key is 00 e0; its later chunks add the docid to it. */
static void make_key(struct postlist_table *t)
{
    if (t->term.len == 0)
        start_key(t, "\x00\xe0");
    else
        strbuf_reset(&t->key);
    strbuf_reset(&t->tag);
    if (t->first_chunk) {
        pack_sorttext_last(&t->key, strbuf_text(&t->term));
        return;
    }
    if (t->term.len > 0)
        pack_sorttext(&t->key, strbuf_text(&t->term));
    pack_sortuint(&t->key, t->chunk_first);
}

static enum tag_use use_of_chunk(const struct postlist_table *t)
{
    bool frequent_stem =
        t->tag.len > SHORT_STEM &&
        text_starts_with(strbuf_text(&t->term), text_from(PREFIX_STEM));
    return t->term.len == 0 || frequent_stem ? READ_MUCH : READ_SELDOM;
}

enum chunk_end { CHUNK_MORE = '0', CHUNK_LAST = '1' };

static enum status write_chunk(struct postlist_table *t, enum chunk_end end,
                               struct error *err)
{
    make_key(t);
    if (t->first_chunk) {
        bool lengths = t->term.len == 0;
        pack_uint(&t->tag, lengths ? 0 : t->statistics.frequency);
        pack_uint(&t->tag, lengths ? 0 : t->statistics.occurrences);
        pack_uint(&t->tag, t->statistics.first_docid - 1);
    }
    strbuf_append_char(&t->tag, (char)end);
    pack_uint(&t->tag, t->chunk_last - t->chunk_first);
    strbuf_append(&t->tag, text_make((const char *)t->entries,
                                     (size_t)(t->end - t->entries)));
    t->end = t->entries;
    t->first_chunk = false;
    return add(t, use_of_chunk(t), err);
}

static enum status end_term(struct postlist_table *t, struct error *err)
{
    if (!t->in_term)
        return STATUS_OK;
    t->in_term = false;
    return write_chunk(t, CHUNK_LAST, err);
}

static enum status begin_term(void *context, const struct term_statistics *s,
                              struct error *err)
{
    struct postlist_table *t = context;
    enum status status = end_term(t, err);
    if (status != STATUS_OK)
        return status;
    strbuf_reset(&t->term);
    strbuf_append(&t->term, s->term);
    t->statistics = *s;
    t->in_term = t->first_chunk = true;
    return STATUS_OK;
}

static inline void add_entry(struct postlist_table *t, const struct posting *p)
{
    uint8_t *at = t->end;
    if (at == t->entries)
        t->chunk_first = p->docid;
    else
        at = packed_put_varint(at, p->docid - t->chunk_last - 1);
    t->end = packed_put_varint(at, p->count);
    t->chunk_last = p->docid;
    if (p->count > t->largest && t->term.len > 0)
        t->largest = p->count;
}

static enum status add_postings(void *context, const struct posting *postings,
                                size_t count, struct error *err)
{
    struct postlist_table *t = context;
    for (size_t i = 0; i < count; i++) {
        if (t->end - t->entries >= POSTLIST_CHUNK) {
            enum status status = write_chunk(t, CHUNK_MORE, err);
            if (status != STATUS_OK)
                return status;
        }
        add_entry(t, &postings[i]);
    }
    return STATUS_OK;
}

struct posting_sink postlist_table_sink(struct postlist_table *t)
{
    return (struct posting_sink){begin_term, add_postings, t};
}

uint32_t postlist_table_largest_count(const struct postlist_table *t)
{
    return t->largest;
}

enum status postlist_table_finish(struct postlist_table *t,
                                  struct btree_root *root,
                                  struct manifest_file *file, struct error *err)
{
    enum status status = end_term(t, err);
    if (status != STATUS_OK)
        return status;
    return table_feed_finish(t->feed, root, file, err);
}
