#include "indexer/segment/inverter.h"

#include <stdlib.h>
#include <string.h>

#include "common/arena.h"
#include "common/mem.h"
#include "indexer/segment/posting_list.h"

/* libxxhash's inlined form: hashing short terms is a good part of the work. */
#define XXH_INLINE_ALL
#include <xxhash.h>

enum {
    FIRST_BUCKETS = 1 << 12,
    HEADROOM = 8 /* tables with less than an eighth free are about to double */
};

struct term {
    struct text text; /* ptr NULL: it is only a part of others */
    uint32_t hash;
    uint32_t first_part; /* of those it includes: number + 1 of a `part` */
    bool taken;          /* inverter_list() gave it away */
};

struct part {
    uint32_t term;
    uint32_t next; /* number + 1 */
};

/* A term to be sorted, whose first eight bytes decide most comparisons. */
struct key {
    uint64_t first;
    const struct term *term;
};

struct inverter {
    struct arena arena; /* terms and posting slices */
    struct term *terms; /* by number */
    struct posting_list *lists;
    size_t count, capacity, lists_capacity;
    uint32_t *buckets; /* number + 1, open addressing, at most half full */
    size_t bucket_count;
    struct part *parts;
    size_t part_count, part_capacity;
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
    free(inv->parts);
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
                             struct text text)
{
    for (size_t at = hash;; at++) {
        uint32_t *bucket = &inv->buckets[at & (inv->bucket_count - 1)];
        if (*bucket == 0)
            return bucket;
        const struct term *term = &inv->terms[*bucket - 1];
        if (term->hash == hash && text_equal(term->text, text))
            return bucket;
    }
}

static void grow_buckets(struct inverter *inv)
{
    free(inv->buckets);
    inv->bucket_count *= 2;
    inv->buckets = mem_zeroed(inv->bucket_count, sizeof *inv->buckets);
    for (size_t i = 0; i < inv->count; i++)
        if (inv->terms[i].text.ptr)
            *find_bucket(inv, inv->terms[i].hash, inv->terms[i].text) =
                (uint32_t)i + 1;
}

static uint32_t add_term(struct inverter *inv, struct term term)
{
    size_t number = inv->count;
    MEM_GROW(inv->terms, number, inv->capacity);
    MEM_GROW(inv->lists, number, inv->lists_capacity);
    inv->terms[number] = term;
    inv->lists[number] = (struct posting_list){0};
    inv->count++;
    return (uint32_t)number;
}

uint32_t inverter_term(struct inverter *inv, struct text text)
{
    uint32_t hash = (uint32_t)XXH3_64bits(text.ptr, text.len);
    uint32_t *bucket = find_bucket(inv, hash, text);
    if (*bucket != 0)
        return *bucket - 1;
    uint32_t number =
        add_term(inv, (struct term){.text = arena_text(&inv->arena, text),
                                    .hash = hash});
    *bucket = number + 1;
    if (inv->count * 2 > inv->bucket_count)
        grow_buckets(inv);
    return number;
}

uint32_t inverter_list(struct inverter *inv, struct text text)
{
    uint32_t number = inverter_term(inv, text);
    if (!inv->terms[number].taken) {
        inv->terms[number].taken = true;
        return number;
    }
    uint32_t part = add_term(inv, (struct term){.text = {NULL, 0}});
    inverter_include(inv, number, part);
    return part;
}

void inverter_add(struct inverter *inv, uint32_t term, uint32_t docid,
                  uint32_t count)
{
    posting_list_add(&inv->lists[term], docid, count, &inv->arena);
}

void inverter_include(struct inverter *inv, uint32_t term, uint32_t part)
{
    MEM_GROW(inv->parts, inv->part_count, inv->part_capacity);
    inv->parts[inv->part_count++] =
        (struct part){part, inv->terms[term].first_part};
    inv->terms[term].first_part = (uint32_t)inv->part_count;
}

void inverter_prefetch(const struct inverter *inv, uint32_t term)
{
    __builtin_prefetch(&inv->lists[term], 1);
}

size_t inverter_memory(const struct inverter *inv)
{
    size_t a_term = sizeof *inv->terms + sizeof *inv->lists;
    size_t capacity = inv->capacity, buckets = inv->bucket_count;
    if (inv->count + capacity / HEADROOM >= capacity)
        capacity *= 2;
    if ((inv->count + buckets / HEADROOM) * 2 >= buckets)
        buckets *= 2;
    return inv->arena.used + capacity * a_term +
           inv->part_capacity * sizeof *inv->parts +
           2 * inv->count * sizeof(struct key) + /* to sort them */
           buckets * sizeof *inv->buckets;
}

/* --- writing -------------------------------------------------------------- */

static uint64_t first_bytes(struct text t)
{
    unsigned char bytes[8] = {0};
    memcpy(bytes, t.ptr, t.len < sizeof bytes ? t.len : sizeof bytes);
    uint64_t first = 0;
    for (size_t i = 0; i < sizeof bytes; i++)
        first = first << 8 | bytes[i];
    return first;
}

static int compare_keys(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return text_compare(x->term->text, y->term->text);
}

/* Those with postings may be fewer. */
static struct key *sorted_terms(const struct inverter *inv, size_t *count)
{
    struct key *keys = mem_zeroed(inv->count, sizeof *keys);
    *count = 0;
    for (size_t i = 0; i < inv->count; i++)
        if (inv->terms[i].text.ptr)
            keys[(*count)++] =
                (struct key){first_bytes(inv->terms[i].text), &inv->terms[i]};
    qsort(keys, *count, sizeof *keys, compare_keys);
    return keys;
}

/* A list that is being read, and its next posting. */
struct head {
    struct posting_cursor cursor;
    struct posting next;
};

/* The lists of a term that are not at their end. */
struct heads {
    struct head *heads;
    size_t count, capacity;
};

static void heads_done(struct heads *h)
{
    free(h->heads);
}
DEFINE_AUTO_DONE(heads);

static bool advance(struct head *h)
{
    return posting_cursor_next(&h->cursor, &h->next.docid, &h->next.count);
}

static void add_head(struct heads *h, const struct posting_list *list)
{
    MEM_GROW(h->heads, h->count, h->capacity);
    struct head *head = &h->heads[h->count];
    posting_cursor_start(&head->cursor, list);
    h->count += advance(head);
}

static void start_heads(struct heads *h, const struct inverter *inv,
                        const struct term *term)
{
    h->count = 0;
    add_head(h, &inv->lists[term - inv->terms]);
    for (uint32_t at = term->first_part; at != 0; at = inv->parts[at - 1].next)
        add_head(h, &inv->lists[inv->parts[at - 1].term]);
}

/* The next posting of all lists together; false at the end. */
static bool next_posting(struct heads *h, struct posting *out)
{
    if (h->count == 0)
        return false;
    uint32_t docid = h->heads[0].next.docid;
    for (size_t i = 1; i < h->count; i++)
        if (h->heads[i].next.docid < docid)
            docid = h->heads[i].next.docid;
    *out = (struct posting){.docid = docid};
    for (size_t i = 0; i < h->count;) {
        struct head *head = &h->heads[i];
        if (head->next.docid != docid) {
            i++;
            continue;
        }
        out->count += head->next.count;
        if (advance(head))
            i++;
        else
            *head = h->heads[--h->count];
    }
    return true;
}

static uint32_t count_postings(struct heads *h, const struct inverter *inv,
                               const struct term *term)
{
    struct posting ignored;
    uint32_t count = 0;
    if (h->count == 1)
        return h->heads[0].cursor.list->frequency;
    while (next_posting(h, &ignored))
        count++;
    start_heads(h, inv, term);
    return count;
}

static enum status write_postings(struct heads *h,
                                  const struct posting_sink *sink,
                                  struct error *err)
{
    struct posting portion[POSTING_PORTION];
    enum status status = STATUS_OK;
    while (h->count > 0 && status == STATUS_OK) {
        size_t count = 0;
        while (count < POSTING_PORTION && next_posting(h, &portion[count]))
            count++;
        status = sink->postings(sink->context, portion, count, err);
    }
    return status;
}

static enum status write_term(struct heads *h, const struct inverter *inv,
                              const struct term *term,
                              const struct posting_sink *sink,
                              struct error *err)
{
    struct term_statistics s = {.term = term->text, .first_docid = UINT32_MAX};
    start_heads(h, inv, term);
    if (h->count == 0)
        return STATUS_OK;
    for (size_t i = 0; i < h->count; i++) {
        s.occurrences += h->heads[i].cursor.list->occurrences;
        if (h->heads[i].next.docid < s.first_docid)
            s.first_docid = h->heads[i].next.docid;
    }
    s.frequency = count_postings(h, inv, term);
    enum status status = sink->begin_term(sink->context, &s, err);
    return status == STATUS_OK ? write_postings(h, sink, err) : status;
}

enum status inverter_write(struct inverter *inv,
                           const struct posting_sink *sink, struct error *err)
{
    AUTO_DONE(heads) heads = {0};
    size_t count;
    struct key *keys = sorted_terms(inv, &count);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = write_term(&heads, inv, keys[i].term, sink, err);
    free(keys);
    return status;
}
