#include "indexer/segment/inverter.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "common/arena.h"
#include "common/mem.h"
#include "indexer/segment/posting_list.h"
#include "indexer/segment/text_sort.h"

/* libxxhash's inlined form: hashing short terms is a good part of the work. */
#define XXH_INLINE_ALL
#include <xxhash.h>

enum {
    FIRST_TERMS = 1 << 11,
    FIRST_BUCKETS = 1 << 12,
    HEADROOM = 8, /* tables with less than an eighth free are about to double */
    TERM_MAX = UINT8_MAX,
    TEXTS = 1 << 12 /* bytes of them that are allocated together */
};

struct term {
    const char *text; /* NULL: it is only a part of others */
    uint8_t len;
    bool taken;          /* inverter_list() gave it away */
    uint32_t first_part; /* of those it includes: number + 1 of a `part` */
};

struct bucket {
    uint32_t hash;
    uint32_t number; /* of the term, + 1; 0: free */
};

struct part {
    uint32_t term;
    uint32_t next; /* number + 1 */
};

struct inverter {
    struct arena arena; /* terms and posting slices */
    struct term *terms; /* by number */
    struct posting_list *lists;
    size_t count, capacity;
    struct bucket *buckets; /* open addressing, at most two thirds full */
    size_t bucket_count;
    char *room; /* for texts */
    size_t room_left;
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

static struct text text_of(const struct term *term)
{
    return text_make(term->text, term->len);
}

/* The text's, or the free one where it would go. */
static struct bucket *find_bucket(const struct inverter *inv, uint32_t hash,
                                  struct text text)
{
    for (size_t at = hash;; at++) {
        struct bucket *b = &inv->buckets[at & (inv->bucket_count - 1)];
        if (b->number == 0 ||
            (b->hash == hash &&
             text_equal(text_of(&inv->terms[b->number - 1]), text)))
            return b;
    }
}

static void grow_buckets(struct inverter *inv)
{
    const struct bucket *const old = inv->buckets, *const end =
                                                       old + inv->bucket_count;
    inv->bucket_count *= 2;
    inv->buckets = mem_zeroed(inv->bucket_count, sizeof *inv->buckets);
    mem_populate(inv->buckets, inv->bucket_count * sizeof *inv->buckets);
    for (const struct bucket *b = old; b < end; b++) {
        size_t at = b->hash & (inv->bucket_count - 1);
        if (b->number == 0)
            continue;
        while (inv->buckets[at].number != 0)
            at = (at + 1) & (inv->bucket_count - 1);
        inv->buckets[at] = *b;
    }
    free((void *)old);
}

static void grow_terms(struct inverter *inv)
{
    inv->capacity = inv->capacity ? inv->capacity * 2 : FIRST_TERMS;
    inv->terms = mem_resize(inv->terms, inv->capacity, sizeof *inv->terms);
    inv->lists = mem_resize(inv->lists, inv->capacity, sizeof *inv->lists);
    mem_populate(inv->terms, inv->capacity * sizeof *inv->terms);
    mem_populate(inv->lists, inv->capacity * sizeof *inv->lists);
}

static uint32_t add_term(struct inverter *inv, struct term term)
{
    size_t number = inv->count;
    if (number == inv->capacity)
        grow_terms(inv);
    inv->terms[number] = term;
    inv->lists[number] = (struct posting_list){0};
    inv->count++;
    return (uint32_t)number;
}

static const char *keep_text(struct inverter *inv, struct text text)
{
    if (text.len >= inv->room_left) { /* not NULL, though it may be empty */
        inv->room = arena_alloc(&inv->arena, TEXTS);
        inv->room_left = TEXTS;
    }
    char *const kept = inv->room;
    memcpy(kept, text.ptr, text.len);
    inv->room += text.len;
    inv->room_left -= text.len;
    return kept;
}

uint32_t inverter_term(struct inverter *inv, struct text text)
{
    assert(text.len <= TERM_MAX);
    uint32_t hash = (uint32_t)XXH3_64bits(text.ptr, text.len);
    struct bucket *bucket = find_bucket(inv, hash, text);
    if (bucket->number != 0)
        return bucket->number - 1;
    uint32_t number = add_term(inv, (struct term){.text = keep_text(inv, text),
                                                  .len = (uint8_t)text.len});
    *bucket = (struct bucket){hash, number + 1};
    if (inv->count * 3 > inv->bucket_count * 2)
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
    uint32_t part = add_term(inv, (struct term){.text = NULL});
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
    if ((inv->count + buckets / HEADROOM) * 3 >= buckets * 2)
        buckets *= 2;
    return inv->arena.used + capacity * a_term +
           inv->part_capacity * sizeof *inv->parts +
           2 * inv->count * sizeof(struct text_key) + /* to sort them */
           buckets * sizeof *inv->buckets;
}

/* --- writing -------------------------------------------------------------- */

static int compare_terms(uint32_t one, uint32_t other, const void *context)
{
    const struct inverter *inv = context;
    return text_compare(text_of(&inv->terms[one]), text_of(&inv->terms[other]));
}

/* Those with postings may be fewer. */
static struct text_key *sorted_terms(const struct inverter *inv, size_t *count)
{
    struct text_key *keys = mem_zeroed(inv->count, sizeof *keys);
    *count = 0;
    for (uint32_t i = 0; i < inv->count; i++)
        if (inv->terms[i].text)
            keys[(*count)++] =
                (struct text_key){text_sort_first(text_of(&inv->terms[i])), i};
    text_sort(keys, *count, compare_terms, inv);
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
    struct term_statistics s = {.term = text_of(term),
                                .first_docid = UINT32_MAX};
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
    struct text_key *keys = sorted_terms(inv, &count);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = write_term(&heads, inv, &inv->terms[keys[i].item], sink, err);
    free(keys);
    return status;
}
