#include "indexer/segment/inverter.h"

#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

/* libxxhash's inlined form: hashing short terms is a good part of the work. */
#define XXH_INLINE_ALL
#include <xxhash.h>

enum {
    FIRST_BUCKETS = 1 << 12,
    HEADROOM = 8 /* tables with less than an eighth free are about to double */
};

struct inverter {
    struct arena arena; /* terms and posting slices */
    struct text *terms; /* by number */
    struct posting_list *lists;
    size_t count, capacity, lists_capacity;
    uint32_t *buckets; /* number + 1, open addressing, at most half full */
    uint32_t *hashes;  /* by number */
    size_t bucket_count, hashes_capacity;
    struct inverted_term *sorted;
    size_t sorted_capacity;
};

static void start(struct inverter *inv)
{
    *inv = (struct inverter){.bucket_count = FIRST_BUCKETS};
    arena_init(&inv->arena);
    inv->buckets = mem_zeroed(inv->bucket_count, sizeof *inv->buckets);
    inverter_term(inv, text_make("", 0));
}

static void release(struct inverter *inv)
{
    arena_done(&inv->arena);
    free(inv->terms);
    free(inv->lists);
    free(inv->buckets);
    free(inv->hashes);
    free(inv->sorted);
}

struct inverter *inverter_new(void)
{
    struct inverter *inv = mem_alloc(sizeof *inv);
    start(inv);
    return inv;
}

void inverter_free(struct inverter *inv)
{
    if (!inv)
        return;
    release(inv);
    free(inv);
}

/* Keeps nothing: tables as large as they once were could by themselves be more
 * than the caller means to have. */
void inverter_reset(struct inverter *inv)
{
    release(inv);
    start(inv);
}

static uint32_t *find_bucket(const struct inverter *inv, uint32_t hash,
                             struct text term)
{
    for (size_t at = hash;; at++) {
        uint32_t *bucket = &inv->buckets[at & (inv->bucket_count - 1)];
        if (*bucket == 0 || (inv->hashes[*bucket - 1] == hash &&
                             text_equal(inv->terms[*bucket - 1], term)))
            return bucket;
    }
}

static void grow_buckets(struct inverter *inv)
{
    free(inv->buckets);
    inv->bucket_count *= 2;
    inv->buckets = mem_zeroed(inv->bucket_count, sizeof *inv->buckets);
    for (size_t i = 0; i < inv->count; i++)
        *find_bucket(inv, inv->hashes[i], inv->terms[i]) = (uint32_t)i + 1;
}

uint32_t inverter_term(struct inverter *inv, struct text term)
{
    uint32_t hash = (uint32_t)XXH3_64bits(term.ptr, term.len);
    uint32_t *bucket = find_bucket(inv, hash, term);
    if (*bucket != 0)
        return *bucket - 1;
    size_t number = inv->count;
    MEM_GROW(inv->terms, number, inv->capacity);
    MEM_GROW(inv->lists, number, inv->lists_capacity);
    MEM_GROW(inv->hashes, number, inv->hashes_capacity);
    inv->terms[number] = arena_text(&inv->arena, term);
    inv->lists[number] = (struct posting_list){0};
    inv->hashes[number] = hash;
    inv->count++;
    *bucket = (uint32_t)inv->count;
    if (inv->count * 2 > inv->bucket_count)
        grow_buckets(inv);
    return (uint32_t)number;
}

uint32_t inverter_add(struct inverter *inv, uint32_t term, uint32_t docid,
                      uint32_t count)
{
    return posting_list_add(&inv->lists[term], docid, count, &inv->arena);
}

size_t inverter_memory(const struct inverter *inv)
{
    size_t a_term =
        sizeof *inv->terms + sizeof *inv->lists + sizeof *inv->hashes;
    size_t capacity = inv->capacity, buckets = inv->bucket_count;
    if (inv->count + capacity / HEADROOM >= capacity)
        capacity *= 2;
    if ((inv->count + buckets / HEADROOM) * 2 >= buckets)
        buckets *= 2;
    return inv->arena.used + capacity * a_term +
           inv->count * sizeof *inv->sorted + buckets * sizeof *inv->buckets;
}

static int compare(const void *a, const void *b)
{
    const struct inverted_term *x = a, *y = b;
    return text_compare(x->term, y->term);
}

const struct inverted_term *inverter_sorted(struct inverter *inv, size_t *count)
{
    size_t used = 0;
    if (inv->sorted_capacity < inv->count) {
        inv->sorted_capacity = inv->count;
        inv->sorted = mem_resize(inv->sorted, inv->count, sizeof *inv->sorted);
    }
    for (size_t i = 0; i < inv->count; i++)
        if (inv->lists[i].docid != 0)
            inv->sorted[used++] =
                (struct inverted_term){inv->terms[i], &inv->lists[i]};
    if (used > 0)
        qsort(inv->sorted, used, sizeof *inv->sorted, compare);
    *count = used;
    return inv->sorted;
}
