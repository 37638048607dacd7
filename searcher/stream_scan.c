/* The inner loop of every positional condition, so it looks at eight bytes at
 * once: the bytes without the high bit end a code, and a code that no leaf
 * wants costs a test of one bit and no branch that is hard to foresee. */
#include "searcher/stream_scan.h"

#include <assert.h>
#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/packed.h"

struct scanner {
    struct scan *scan;
    const struct leaf_index *index;
    const uint8_t *at, *end;
    uint32_t position;    /* of the next word */
    uint32_t field_first; /* of the title's or body's first word */
    uint32_t joined;      /* joined words in the field so far */
    uint32_t caps;        /* joined + position of the last CAPS mark */
    uint32_t stop;        /* no word from this position on matters */
};

enum verdict { GO_ON, LOAD_ANEW, ENOUGH, DAMAGED };

void scan_done(struct scan *scan)
{
    free(scan->sentences.positions);
    free(scan->paragraphs.positions);
    scan->sentences = (struct scan_starts){NULL, 0, 0};
    scan->paragraphs = (struct scan_starts){NULL, 0, 0};
}

static void starts_add(struct scan_starts *starts, uint32_t position)
{
    MEM_GROW(starts->positions, starts->count, starts->capacity);
    starts->positions[starts->count++] = position;
}

static void begin_sentence(struct scanner *s)
{
    if (s->scan->structure)
        starts_add(&s->scan->sentences, s->position);
}

static void begin_paragraph(struct scanner *s)
{
    begin_sentence(s);
    if (s->scan->structure)
        starts_add(&s->scan->paragraphs, s->position);
}

static enum verdict begin_body(struct scanner *s)
{
    if (s->scan->body_first != UINT32_MAX)
        return DAMAGED;
    /* A mark before this one is the body's first word's, too. */
    const bool caps = s->caps == s->joined + s->position;
    s->position += TOKENS_GAP;
    s->field_first = s->position;
    s->joined = 0;
    s->caps = caps ? s->position : 0;
    s->scan->body_first = s->position;
    begin_paragraph(s);
    const uint32_t words = s->scan->body_words;
    if (words < UINT32_MAX - s->position)
        s->stop = s->position + words;
    return words == 0 ? ENOUGH : GO_ON;
}

static bool inside(const struct scan *scan, uint32_t leaf, struct stretch hull)
{
    const struct scan_region *region = &scan->regions[leaf];
    if (hull.first < scan->body_first)
        return region->title;
    return hull.last - scan->body_first < region->body_words;
}

/* A word that covers the positions from `first` to the last one. */
static void take_word(struct scanner *s, uint32_t id, struct stretch hull)
{
    const struct span span = {.hull = hull,
                              .ref = s->position - s->field_first + s->joined};
    const bool caps = s->caps == s->joined + s->position;
    size_t count;
    const struct leaf_use *use = leaf_index_find(s->index, id, &count);
    for (; count > 0; count--, use++)
        if ((caps || !use->caps) && inside(s->scan, use->leaf, hull))
            span_list_insert(&s->scan->leaves[use->leaf], span);
}

/* What follows TOKENS_JOINED: the span, more marks perhaps, the word. */
static enum verdict take_joined(struct scanner *s)
{
    uint64_t span, code;
    if (!packed_get_varint(&s->at, s->end, &span) || span == 0 ||
        span > s->position - s->field_first ||
        !packed_get_varint(&s->at, s->end, &code) || code < TOKENS_FIRST_WORD ||
        code >= s->index->code_count)
        return DAMAGED;
    if (leaf_index_wants(s->index, (uint32_t)code))
        take_word(
            s, (uint32_t)code - TOKENS_FIRST_WORD,
            (struct stretch){s->position - (uint32_t)span, s->position - 1});
    s->joined++;
    return LOAD_ANEW;
}

/* A code that the index wants; `s->at` is behind it. */
static enum verdict take_code(struct scanner *s, uint32_t code)
{
    if (code == s->index->code_count)
        return DAMAGED;
    switch (code) {
    case TOKENS_SENTENCE:
        begin_sentence(s);
        return GO_ON;
    case TOKENS_PARAGRAPH:
        begin_paragraph(s);
        return GO_ON;
    case TOKENS_BODY:
        return begin_body(s);
    case TOKENS_CAPS:
        s->caps = s->joined + s->position;
        return GO_ON;
    case TOKENS_JOINED:
        return take_joined(s);
    default:
        if (code < TOKENS_FIRST_WORD)
            return DAMAGED;
        take_word(s, code - TOKENS_FIRST_WORD,
                  (struct stretch){s->position, s->position});
        s->position++;
        return GO_ON;
    }
}

/* The next eight bytes; those behind the end do not end a code. */
static uint64_t load(const struct scanner *s)
{
    uint8_t bytes[8] = {0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80};
    const size_t left = (size_t)(s->end - s->at);
    uint64_t value;
    if (left >= sizeof value) {
        memcpy(&value, s->at, sizeof value);
    } else {
        memcpy(bytes, s->at, left);
        memcpy(&value, bytes, sizeof value);
    }
    return le64toh(value);
}

/* The varint in the low bits of `bytes` that ends with bit `top`. */
static uint64_t gather(uint64_t bytes, unsigned top)
{
    const uint64_t own = bytes & ((UINT64_C(1) << top) - 1);
    uint64_t code =
        (own & 0x7f) | (own >> 1 & 0x7f << 7) | (own >> 2 & 0x7f << 14);
    if (top > 23)
        code |= (own >> 3 & 0x7f << 21) | (own >> 4 & UINT64_C(0x7f) << 28) |
                own >> 39 << 35;
    return code;
}

/* The codes that end within the next eight bytes. */
static enum verdict scan_bytes(struct scanner *s)
{
    const uint8_t *const from = s->at;
    const uint64_t bytes = load(s);
    const uint32_t code_count = s->index->code_count;
    uint64_t ends = ~bytes & UINT64_C(0x8080808080808080);
    uint32_t position = s->position;
    unsigned bit = 0; /* of `bytes`, where the next code begins */
    if (ends == 0)
        return DAMAGED;
    for (; ends != 0; ends &= ends - 1) {
        const unsigned end = (unsigned)__builtin_ctzll(ends);
        const uint64_t found = gather(bytes >> bit, end - bit);
        const uint32_t code = found < code_count ? (uint32_t)found : code_count;
        bit = end + 1;
        if (!leaf_index_wants(s->index, code)) {
            position += code >= TOKENS_FIRST_WORD;
            continue;
        }
        s->position = position;
        s->at = from + bit / 8;
        const enum verdict verdict = take_code(s, code);
        if (verdict != GO_ON)
            return verdict;
        position = s->position;
    }
    s->position = position;
    s->at = from + bit / 8;
    return GO_ON;
}

/* Over what holds nothing of interest; false if there is nothing so near. */
static inline bool pass_over(struct scanner *s, const uint8_t *begin)
{
    const struct stream_skip *skip = &s->index->skip;
    if (!skip->possible || s->scan->structure ||
        s->end - s->at < STREAM_SKIP_WIDTH ||
        s->at - begin < STREAM_SKIP_BEFORE)
        return false;
    uint32_t words;
    const size_t width = stream_skip(skip, s->at, &words);
    s->at += width;
    s->position += width > 0 ? words : 0;
    return width > 0;
}

/* Marks belong to the word behind them. */
static bool ends_with_a_mark(const struct token_cursor *article)
{
    uint64_t code = TOKENS_FIRST_WORD;
    const uint8_t *last = article->end;
    while (last > article->at && (last == article->end || last[-1] >= 0x80))
        last--;
    return packed_get_varint(&last, article->end, &code) &&
           code < TOKENS_FIRST_WORD;
}

bool stream_scan(struct scan *scan, const struct leaf_index *index,
                 const struct token_cursor *article)
{
    struct scanner s = {.scan = scan,
                        .index = index,
                        .at = article->at,
                        .end = article->end,
                        .position = 1,
                        .field_first = 1,
                        .stop = UINT32_MAX};
    for (size_t i = 0; i < scan->leaf_count; i++)
        span_list_clear(&scan->leaves[i]);
    scan->body_first = UINT32_MAX;
    scan->sentences.count = 0;
    scan->paragraphs.count = 0;
    begin_paragraph(&s);
    enum verdict verdict = GO_ON;
    while (s.at < s.end && s.position <= s.stop &&
           (verdict == GO_ON || verdict == LOAD_ANEW))
        if (!pass_over(&s, article->at))
            verdict = scan_bytes(&s);
    return verdict != DAMAGED && (s.at < s.end || !ends_with_a_mark(article));
}

struct stretch scan_starts_around(const struct scan_starts *starts,
                                  uint32_t position)
{
    size_t low = 0, high = starts->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (starts->positions[middle] <= position)
            low = middle + 1;
        else
            high = middle;
    }
    assert(low > 0);
    return (struct stretch){
        .first = starts->positions[low - 1],
        .last = low < starts->count ? starts->positions[low] - 1 : UINT32_MAX};
}
