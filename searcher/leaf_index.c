#include "searcher/leaf_index.h"

#include <assert.h>
#include <stdlib.h>

#include "common/mem.h"
#include "common/tokens.h"

enum {
    FILTER_MIN = 1 << 12, /* bits */
    FILTER_SHARE = 64,    /* bits a word that is wanted */
    LOOK_BACK = 8         /* leaves */
};

/* What the vocabulary's callback needs. */
struct gathering {
    struct leaf_index *index;
    const struct vocabulary *vocabulary;
    struct stem_memo *stems;
    uint32_t leaf;
    bool caps;
};

static void add_use(struct leaf_index *index, struct leaf_use use)
{
    MEM_GROW(index->uses, index->use_count, index->use_capacity);
    index->uses[index->use_count++] = use;
}

static bool gather_entry(void *context, const struct vocabulary_entry *entry)
{
    const struct gathering *g = context;
    add_use(g->index, (struct leaf_use){
                          .id = entry->id, .leaf = g->leaf, .caps = g->caps});
    return true;
}

static void gather_stem(struct gathering *g, struct text stem)
{
    if (!g->stems) {
        vocabulary_stem(g->vocabulary, stem, gather_entry, g);
        return;
    }
    size_t count;
    const uint32_t *ids = stem_memo_ids(g->stems, stem, &count);
    for (size_t i = 0; i < count; i++)
        add_use(g->index, (struct leaf_use){.id = ids[i], .leaf = g->leaf});
}

static void gather(struct gathering *g, const struct matcher *m)
{
    const struct vocabulary *v = g->vocabulary;
    g->caps = m->kind == MATCHER_CAPS;
    switch (m->kind) {
    case MATCHER_CAPS:
    case MATCHER_WORD:
        vocabulary_word(v, m->text, gather_entry, g);
        break;
    case MATCHER_STEM:
        gather_stem(g, m->text);
        break;
    case MATCHER_PREFIX:
        vocabulary_prefix(v, m->text, gather_entry, g);
        break;
    }
}

/* A leaf that stood shortly before takes the same words again: those of
 * neighbouring pairs. False if there is none. `from`: where the uses of each
 * leaf begin. */
static bool gather_again(struct leaf_index *index,
                         const struct condition *const *leaves,
                         const size_t *from, size_t leaf)
{
    for (size_t back = 1; back <= LOOK_BACK && back <= leaf; back++) {
        if (leaves[leaf - back] != leaves[leaf])
            continue;
        for (size_t i = from[leaf - back]; i < from[leaf - back + 1]; i++) {
            struct leaf_use use = index->uses[i];
            use.leaf = (uint32_t)leaf;
            add_use(index, use);
        }
        return true;
    }
    return false;
}

static void gather_all(struct gathering g,
                       const struct condition *const *leaves, size_t count)
{
    size_t *from = mem_zeroed(count + 1, sizeof *from);
    for (size_t i = 0; i < count; i++) {
        g.leaf = (uint32_t)i;
        from[i] = g.index->use_count;
        if (gather_again(g.index, leaves, from, i))
            continue;
        for (size_t k = 0; k < leaves[i]->matcher_count; k++)
            gather(&g, &leaves[i]->matchers[k]);
    }
    free(from);
}

static int compare_uses(const void *one, const void *other)
{
    const struct leaf_use *a = one, *b = other;
    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    if (a->leaf != b->leaf)
        return a->leaf < b->leaf ? -1 : 1;
    return a->caps - b->caps;
}

/* A leaf takes a word once, and anywhere if any of its matchers does. */
static void sort_uses(struct leaf_index *index)
{
    if (index->use_count == 0)
        return;
    struct leaf_use *uses = index->uses;
    qsort(uses, index->use_count, sizeof *uses, compare_uses);
    size_t kept = 1;
    for (size_t i = 1; i < index->use_count; i++)
        if (uses[i].id != uses[kept - 1].id ||
            uses[i].leaf != uses[kept - 1].leaf)
            uses[kept++] = uses[i];
    index->use_count = kept;
}

/* The slot that holds an id, or the empty one where it belongs. */
static struct leaf_slot *find_slot(const struct leaf_index *index, uint32_t id)
{
    uint32_t at = (id * UINT32_C(0x9e3779b1)) >> 7 & index->slot_mask;
    while (index->slots[at].count > 0 && index->slots[at].id != id)
        at = (at + 1) & index->slot_mask;
    return &index->slots[at];
}

static void fill_slots(struct leaf_index *index)
{
    size_t size = 8;
    while (size < 2 * index->use_count)
        size *= 2;
    index->slots = mem_zeroed(size, sizeof *index->slots);
    index->slot_mask = (uint32_t)size - 1;
    for (size_t i = 0; i < index->use_count; i++) {
        struct leaf_slot *slot = find_slot(index, index->uses[i].id);
        if (slot->count++ == 0) {
            slot->id = index->uses[i].id;
            slot->from = (uint32_t)i;
            leaf_index_want(index, slot->id + TOKENS_FIRST_WORD);
        }
    }
}

/* A bit a code if that is not many. */
static void make_filter(struct leaf_index *index)
{
    size_t bits = FILTER_MIN;
    while (bits <= index->code_count && bits < FILTER_SHARE * index->use_count)
        bits *= 2;
    index->wanted = mem_zeroed(bits / 64, sizeof *index->wanted);
    index->wanted_mask = (uint32_t)(bits - 1);
}

static bool minds_capitals(const struct leaf_index *index)
{
    for (size_t i = 0; i < index->use_count; i++)
        if (index->uses[i].caps)
            return true;
    return false;
}

struct leaf_index *leaf_index_new(const struct condition *const *leaves,
                                  size_t count,
                                  const struct vocabulary *vocabulary,
                                  struct stem_memo *stems)
{
    struct leaf_index *index = mem_zeroed(1, sizeof *index);
    index->code_count = vocabulary_count(vocabulary) + TOKENS_FIRST_WORD;
    gather_all((struct gathering){.index = index,
                                  .vocabulary = vocabulary,
                                  .stems = stems},
               leaves, count);
    sort_uses(index);
    make_filter(index);
    stream_stops_init(&index->stops, index->code_count, minds_capitals(index));
    fill_slots(index);
    for (uint32_t code = TOKENS_BODY; code < TOKENS_FIRST_WORD; code++)
        leaf_index_want(index, code);
    leaf_index_want(index, index->code_count);
    return index;
}

void leaf_index_free(struct leaf_index *index)
{
    if (!index)
        return;
    free(index->wanted);
    free(index->uses);
    free(index->slots);
    free(index);
}

void leaf_index_want(struct leaf_index *index, uint32_t code)
{
    assert(code <= index->code_count);
    if (code < index->code_count)
        stream_stops_want(&index->stops, code);
    code &= index->wanted_mask;
    index->wanted[code / 64] |= UINT64_C(1) << (code % 64);
}

const struct leaf_use *leaf_index_find(const struct leaf_index *index,
                                       uint32_t id, size_t *count)
{
    const struct leaf_slot *slot = find_slot(index, id);
    *count = slot->count;
    return slot->count > 0 ? index->uses + slot->from : NULL;
}
