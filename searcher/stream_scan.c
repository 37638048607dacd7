/* The inner loop of every positional condition, so it looks at 64 bytes at once
 * and reads only the codes that they are found to have to stop at. */
#include "searcher/stream_scan.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "common/eight.h"
#include "common/mem.h"
#include "common/packed.h"
#include "searcher/stream_stops.h"

struct scanner {
    struct scan *scan;
    const struct leaf_index *index;
    const uint8_t *begin, *end;
    const uint8_t *at;    /* behind what was looked at */
    const uint8_t *read;  /* behind the last code that was read */
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
    if (!packed_get_varint(&s->read, s->end, &span) || span == 0 ||
        span > s->position - s->field_first ||
        !packed_get_varint(&s->read, s->end, &code) ||
        code < TOKENS_FIRST_WORD || code >= s->index->code_count)
        return DAMAGED;
    if (leaf_index_wants(s->index, (uint32_t)code))
        take_word(
            s, (uint32_t)code - TOKENS_FIRST_WORD,
            (struct stretch){s->position - (uint32_t)span, s->position - 1});
    s->joined++;
    return LOAD_ANEW;
}

/* A code that the index wants. */
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
        return GO_ON;
    }
}

/* The code that a byte belongs to. */
static enum verdict take_code_at(struct scanner *s, const uint8_t *byte)
{
    uint64_t found;
    while (byte > s->begin && byte[-1] >= 0x80)
        byte--;
    s->read = byte;
    if (!packed_get_varint(&s->read, s->end, &found))
        return DAMAGED;
    const uint32_t code_count = s->index->code_count;
    const uint32_t code = found < code_count ? (uint32_t)found : code_count;
    const enum verdict verdict =
        leaf_index_wants(s->index, code) ? take_code(s, code) : GO_ON;
    /* A mark of several bytes was counted as a word. */
    const bool miscounted = code < TOKENS_FIRST_WORD && s->read - byte > 1;
    return verdict == GO_ON && miscounted ? LOAD_ANEW : verdict;
}

/* Of the next bytes, as many as there are. */
static struct stream_block look(const struct scanner *s)
{
    uint8_t room[STREAM_BLOCK_BEFORE + STREAM_BLOCK] = {0};
    const size_t left = (size_t)(s->end - s->at);
    const size_t begun = (size_t)(s->at - s->begin);
    if (left >= STREAM_BLOCK && begun >= STREAM_BLOCK_BEFORE)
        return stream_stops_block(&s->index->stops, s->at);
    const size_t before =
        begun < STREAM_BLOCK_BEFORE ? begun : STREAM_BLOCK_BEFORE;
    const size_t size = left < STREAM_BLOCK ? left : STREAM_BLOCK;
    memcpy(room + STREAM_BLOCK_BEFORE - before, s->at - before, before + size);
    struct stream_block block =
        stream_stops_block(&s->index->stops, room + STREAM_BLOCK_BEFORE);
    if (size < STREAM_BLOCK) {
        block.words &= (UINT64_C(1) << size) - 1;
        block.stops &= (UINT64_C(1) << size) - 1;
    }
    return block;
}

/* The processor's own instruction is not there on all that this runs on. */
static uint32_t count_bits(uint64_t bits)
{
    bits -= bits >> 1 & UINT64_C(0x5555555555555555);
    bits = (bits & UINT64_C(0x3333333333333333)) +
           (bits >> 2 & UINT64_C(0x3333333333333333));
    bits = (bits + (bits >> 4)) & EIGHT(0x0f);
    return (uint32_t)(bits * EIGHT(1) >> 56);
}

static enum verdict scan_block(struct scanner *s)
{
    const struct stream_block block = look(s);
    const uint8_t *const from = s->at;
    uint32_t position = s->position; /* of the block's first word */
    for (uint64_t stops = block.stops; stops != 0; stops &= stops - 1) {
        const uint8_t *byte = from + __builtin_ctzll(stops);
        if (byte < s->read)
            continue;
        const uint64_t below = (stops & -stops) - 1;
        const uint32_t here = position + count_bits(block.words & below);
        s->position = here;
        if (here > s->stop)
            return ENOUGH;
        const enum verdict verdict = take_code_at(s, byte);
        if (verdict != GO_ON) {
            s->at = s->read;
            return verdict;
        }
        position += s->position - here;
    }
    const size_t left = (size_t)(s->end - from);
    s->position = position + count_bits(block.words);
    s->at = from + (left < STREAM_BLOCK ? left : STREAM_BLOCK);
    return GO_ON;
}

/* Whether the last code is whole and a word: marks belong to the word behind
 * them. */
static bool ends_with_a_word(const struct token_cursor *article)
{
    uint64_t code;
    const uint8_t *last = article->end;
    while (last > article->at && (last == article->end || last[-1] >= 0x80))
        last--;
    return last == article->end ||
           (packed_get_varint(&last, article->end, &code) &&
            code >= TOKENS_FIRST_WORD);
}

bool stream_scan(struct scan *scan, const struct leaf_index *index,
                 const struct token_cursor *article)
{
    struct scanner s = {.scan = scan,
                        .index = index,
                        .begin = article->at,
                        .end = article->end,
                        .at = article->at,
                        .read = article->at,
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
        verdict = scan_block(&s);
    return verdict != DAMAGED && (s.at < s.end || ends_with_a_word(article));
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
