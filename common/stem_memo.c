#include "common/stem_memo.h"

#include <stdlib.h>
#include <string.h>

#include "common/arena.h"
#include "common/mem.h"

enum {
    SLOTS_FIRST = 64,
    SLOTS_MAX = 4096,
    STEMS_MAX = SLOTS_MAX / 2,
    MEMORY_MAX = 1 << 20
};

struct slot {
    struct text stem; /* ptr NULL: empty */
    const uint32_t *ids;
    size_t count;
};

struct stem_memo {
    const struct vocabulary *vocabulary;
    struct arena arena; /* stems and ids */
    size_t stems;
    uint32_t *found; /* of the stem that is looked up */
    size_t found_count, found_capacity;
    struct slot *slots; /* open addressing */
    size_t slot_count;
};

struct stem_memo *stem_memo_new(const struct vocabulary *vocabulary)
{
    struct stem_memo *m = mem_zeroed(1, sizeof *m);
    m->vocabulary = vocabulary;
    m->slot_count = SLOTS_FIRST;
    m->slots = mem_zeroed(m->slot_count, sizeof *m->slots);
    arena_init(&m->arena);
    return m;
}

void stem_memo_free(struct stem_memo *m)
{
    if (!m)
        return;
    arena_done(&m->arena);
    free(m->found);
    free(m->slots);
    free(m);
}

/* FNV-1a. */
static uint32_t hash_of(struct text t)
{
    uint32_t hash = UINT32_C(2166136261);
    for (size_t i = 0; i < t.len; i++)
        hash = (hash ^ (unsigned char)t.ptr[i]) * UINT32_C(16777619);
    return hash;
}

/* The stem's, or the empty one where it belongs. */
static struct slot *find_slot(struct stem_memo *m, struct text stem)
{
    size_t at = hash_of(stem) % m->slot_count;
    while (m->slots[at].stem.ptr && !text_equal(m->slots[at].stem, stem))
        at = (at + 1) % m->slot_count;
    return &m->slots[at];
}

static void widen(struct stem_memo *m)
{
    struct slot *old = m->slots;
    const size_t count = m->slot_count;
    m->slot_count *= 2;
    m->slots = mem_zeroed(m->slot_count, sizeof *m->slots);
    for (size_t i = 0; i < count; i++)
        if (old[i].stem.ptr)
            *find_slot(m, old[i].stem) = old[i];
    free(old);
}

static bool gather(void *context, const struct vocabulary_entry *entry)
{
    struct stem_memo *m = context;
    MEM_GROW(m->found, m->found_count, m->found_capacity);
    m->found[m->found_count++] = entry->id;
    return true;
}

static void forget(struct stem_memo *m)
{
    arena_reset(&m->arena);
    memset(m->slots, 0, m->slot_count * sizeof *m->slots);
    m->stems = 0;
}

static struct slot *look_up(struct stem_memo *m, struct text stem)
{
    m->found_count = 0;
    vocabulary_stem(m->vocabulary, stem, gather, m);
    if (m->stems == STEMS_MAX || m->arena.used > MEMORY_MAX)
        forget(m);
    else if (2 * m->stems == m->slot_count)
        widen(m);
    uint32_t *ids = arena_zeroed(&m->arena, m->found_count, sizeof *m->found);
    if (m->found_count > 0)
        memcpy(ids, m->found, m->found_count * sizeof *ids);
    struct slot *slot = find_slot(m, stem);
    *slot = (struct slot){arena_text(&m->arena, stem), ids, m->found_count};
    m->stems++;
    return slot;
}

const uint32_t *stem_memo_ids(struct stem_memo *m, struct text stem,
                              size_t *count)
{
    struct slot *slot = find_slot(m, stem);
    if (!slot->stem.ptr)
        slot = look_up(m, stem);
    *count = slot->count;
    return slot->ids;
}
