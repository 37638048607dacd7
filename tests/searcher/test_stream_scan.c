#include "searcher/stream_scan.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#include "common/mem.h"
#include "common/packed.h"

/* The scan and token_cursor_next() read the same format, each in its own way:
 * whatever the bytes, they must find the same. */

static uint32_t next_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

enum { LEAVES = 3, IDS = 1 << 29 };

/* What is drawn at random. */
struct kind {
    uint32_t ids;    /* in the vocabulary */
    uint32_t wanted; /* one word of so many may be wanted */
    uint32_t noise;  /* one word of so many is damaged; 0: none */
    bool structure;
};

static const struct scan_region everywhere[LEAVES] = {
    {true, UINT32_MAX}, {true, UINT32_MAX}, {true, UINT32_MAX}};

static const uint32_t known_ids[] = {
    0,       1,       119,     120,       5000,      16375,  16376,
    2097143, 2097144, 3000000, 268435447, 268435448, IDS - 1};
enum { KNOWN = sizeof known_ids / sizeof *known_ids };

/* An index as if made for a vocabulary of so many words: every second known id
 * is wanted, by leaf (its index / 2) % LEAVES, leaf 1 only in capitals. */
static void index_init(struct leaf_index *index, uint32_t ids)
{
    static struct leaf_use uses[KNOWN];
    static struct leaf_slot slots[64];
    *index = (struct leaf_index){.code_count = ids + TOKENS_FIRST_WORD,
                                 .wanted_mask = 2 * IDS - 1,
                                 .uses = uses,
                                 .slots = slots,
                                 .slot_mask = 63};
    index->wanted = mem_zeroed(((size_t)index->wanted_mask + 1) / 64, 8);
    memset(slots, 0, sizeof slots);
    stream_stops_init(&index->stops, index->code_count, true);
    for (size_t i = 0; i < KNOWN && known_ids[i] < ids; i += 2) {
        size_t none;
        const uint32_t leaf = (uint32_t)(i / 2 % LEAVES);
        uses[i] = (struct leaf_use){known_ids[i], leaf, leaf == 1};
        leaf_index_want(index, known_ids[i] + TOKENS_FIRST_WORD);
        cr_assert_null(leaf_index_find(index, known_ids[i], &none));
        uint32_t at =
            (known_ids[i] * UINT32_C(0x9e3779b1)) >> 7 & index->slot_mask;
        while (slots[at].count > 0)
            at = (at + 1) & index->slot_mask;
        slots[at] = (struct leaf_slot){known_ids[i], (uint32_t)i, 1};
    }
    for (uint32_t code = 0; code < TOKENS_FIRST_WORD; code++)
        leaf_index_want(index, code);
    leaf_index_want(index, index->code_count);
}

/* The words that leaf `leaf` must have been given, found word by word. */
static size_t assert_leaf(const struct span_list *list, uint32_t leaf,
                          struct token_cursor cursor)
{
    struct stream_word word;
    uint32_t ordinal = 0;
    bool body = false;
    size_t found = 0;
    while (token_cursor_next(&cursor, &word)) {
        if (word.body != body)
            ordinal = 0;
        body = word.body;
        bool wanted = false;
        for (size_t i = 0; i < KNOWN; i += 2)
            wanted |= known_ids[i] == word.id && i / 2 % LEAVES == leaf &&
                      (leaf != 1 || word.caps);
        size_t same = 0;
        for (size_t i = 0; i < list->count; i++)
            same += list->spans[i].hull.first == word.position &&
                    list->spans[i].hull.last == word.position + word.span - 1 &&
                    list->spans[i].ref == ordinal;
        cr_assert_eq(same, wanted);
        found += wanted;
        ordinal++;
    }
    cr_assert_eq(found, list->count);
    for (size_t i = 1; i < list->count; i++)
        cr_assert_leq(list->spans[i - 1].hull.first, list->spans[i].hull.first);
    return found;
}

static void assert_starts(const struct scan *scan, struct token_cursor cursor)
{
    struct stream_word word;
    uint32_t sentence = UINT32_MAX, paragraph = UINT32_MAX;
    while (token_cursor_next(&cursor, &word)) {
        if (word.span == 1 && word.sentence != sentence)
            cr_assert_eq(
                scan_starts_around(&scan->sentences, word.position).first,
                word.position);
        if (word.span == 1 && word.paragraph != paragraph)
            cr_assert_eq(
                scan_starts_around(&scan->paragraphs, word.position).first,
                word.position);
        sentence = word.sentence;
        paragraph = word.paragraph;
    }
}

static size_t assert_same(struct scan *scan, const struct leaf_index *index,
                          struct token_cursor start)
{
    const uint32_t ids = index->code_count - TOKENS_FIRST_WORD;
    const bool intact = stream_scan(scan, index, &start);
    struct token_cursor cursor = start;
    struct stream_word word;
    while (token_cursor_next(&cursor, &word) && word.id < ids)
        continue;
    cr_assert_eq(intact, cursor.at == cursor.end && cursor.last.id < ids);
    if (!intact)
        return 0;
    size_t found = 0;
    for (uint32_t leaf = 0; leaf < LEAVES; leaf++)
        found += assert_leaf(&scan->leaves[leaf], leaf, start);
    if (scan->structure)
        assert_starts(scan, start);
    return found;
}

static uint32_t random_id(const struct kind *kind, uint32_t *seed)
{
    uint32_t known = KNOWN;
    while (known_ids[known - 1] >= kind->ids)
        known--;
    if (next_random(seed) % kind->wanted == 0)
        return known_ids[next_random(seed) % known];
    return known_ids[1 + 2 * (next_random(seed) % (known / 2))];
}

static size_t random_codes(uint8_t *codes, size_t words,
                           const struct kind *kind, uint32_t *seed)
{
    uint8_t *at = codes;
    uint32_t plain = 0;
    bool body = false;
    for (size_t i = 0; i < words; i++) {
        if (!body && next_random(seed) % 20 == 0) {
            *at++ = TOKENS_BODY;
            body = true;
            plain = 0;
        }
        if (next_random(seed) % 8 == 0)
            *at++ = next_random(seed) % 2 ? TOKENS_SENTENCE : TOKENS_PARAGRAPH;
        if (next_random(seed) % 4 == 0)
            *at++ = TOKENS_CAPS;
        if (plain > 1 && next_random(seed) % 8 == 0) {
            *at++ = TOKENS_JOINED;
            *at++ = (uint8_t)(2 + next_random(seed) % (plain - 1));
        } else {
            plain++;
        }
        at = packed_put_varint(at, random_id(kind, seed) +
                                       (uint64_t)TOKENS_FIRST_WORD);
        if (kind->noise > 0 && next_random(seed) % kind->noise == 0)
            at[-1] = (uint8_t)next_random(seed);
    }
    return (size_t)(at - codes);
}

static void compare_rounds(int rounds, struct kind kind, uint32_t seed)
{
    struct leaf_index index;
    struct span_list lists[LEAVES] = {{NULL, 0, 0, 0}};
    struct scan scan = {.regions = everywhere,
                        .body_words = UINT32_MAX,
                        .structure = kind.structure,
                        .leaves = lists,
                        .leaf_count = LEAVES};
    index_init(&index, kind.ids);
    size_t found = 0;
    for (int i = 0; i < rounds; i++) {
        uint8_t buffer[1024];
        const size_t size =
            random_codes(buffer, next_random(&seed) % 60, &kind, &seed);
        uint8_t *codes = mem_alloc(size);
        memcpy(codes, buffer, size);
        const struct token_cursor start = {.at = codes,
                                           .end = codes + size,
                                           .next_position = 1,
                                           .field_start = 1};
        found += assert_same(&scan, &index, start);
        free(codes);
    }
    cr_assert_gt(found, (size_t)rounds / kind.wanted);
    for (uint32_t i = 0; i < LEAVES; i++)
        span_list_done(&lists[i]);
    scan_done(&scan);
    free(index.wanted);
}

Test(stream_scan, finds_what_reading_word_by_word_finds)
{
    compare_rounds(5000, (struct kind){IDS, 1, 0, true}, 20220207);
}

Test(stream_scan, agrees_on_damaged_bytes_as_well)
{
    compare_rounds(10000, (struct kind){IDS, 1, 40, true}, 99);
}

Test(stream_scan, passes_over_what_is_not_wanted)
{
    compare_rounds(5000, (struct kind){IDS, 12, 0, false}, 1);
    compare_rounds(5000, (struct kind){3000001, 12, 0, false}, 2);
}

Test(stream_scan, passes_over_no_damage)
{
    compare_rounds(10000, (struct kind){IDS, 12, 40, false}, 3);
    compare_rounds(10000, (struct kind){16377, 12, 40, false}, 4);
    compare_rounds(10000, (struct kind){100000, 12, 40, false}, 5);
}

Test(stream_scan, looks_no_further_than_it_must)
{
    struct leaf_index index;
    struct span_list lists[LEAVES] = {{NULL, 0, 0, 0}};
    struct scan scan = {
        .regions = everywhere, .leaves = lists, .leaf_count = LEAVES};
    index_init(&index, IDS);
    /* id 0 is the first leaf's; the last code is damage */
    static const uint8_t codes[] = {8, TOKENS_BODY, 8, 8, 8, 8, 8, 8, 8, 8,
                                    8, 8,           8, 8, 8, 8, 8, 8, 5};
    const struct token_cursor start = {.at = codes,
                                       .end = codes + sizeof codes,
                                       .next_position = 1,
                                       .field_start = 1};
    scan.body_words = 0;
    cr_assert(stream_scan(&scan, &index, &start));
    cr_assert_eq(lists[0].count, 1);
    scan.body_words = 2;
    cr_assert(stream_scan(&scan, &index, &start));
    cr_assert_geq(lists[0].count, 3);
    scan.body_words = 17;
    cr_assert_not(stream_scan(&scan, &index, &start));
    span_list_done(&lists[0]);
    free(index.wanted);
}
