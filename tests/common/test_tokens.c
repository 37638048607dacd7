#include "common/tokens.h"

#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include "common/mem.h"
#include "common/packed.h"
#include "tests/support/effort.h"
#include "tests/support/tempdir.h"

/* A file made by hand: the given articles' bytes, table and trailer. */
struct stream {
    uint8_t bytes[4096];
    size_t size;
    size_t offsets[64], articles;
};

static void stream_begin(struct stream *s)
{
    *s = (struct stream){.size = TOKENS_HEADER_SIZE};
    memcpy(s->bytes, TOKENS_HEADER, TOKENS_HEADER_SIZE);
}

static void stream_article(struct stream *s, const void *codes, size_t size)
{
    s->offsets[s->articles++] = s->size;
    memcpy(s->bytes + s->size, codes, size);
    s->size += size;
}

static void stream_put(struct stream *s, unsigned width, uint64_t value)
{
    packed_put_fixed(s->bytes + s->size, width, value);
    s->size += width;
}

static void stream_end(struct stream *s)
{
    const size_t table = s->size;
    for (size_t i = 0; i < s->articles; i++)
        stream_put(s, 5, s->offsets[i]);
    stream_put(s, 5, table);
    stream_put(s, 4, s->articles);
    stream_put(s, 8, table);
}

/* The bytes in a file, opened; the file is gone already. */
static enum status open_bytes(struct tokens **out, const void *bytes,
                              size_t size, struct error *err)
{
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "tokens");
    tempdir_write(path, bytes, size);
    enum status status = tokens_open(out, path, err);
    tempdir_remove(folder);
    return status;
}

static struct tokens *open_article(const void *codes, size_t size)
{
    struct stream s;
    stream_begin(&s);
    stream_article(&s, codes, size);
    stream_end(&s);
    struct error err = ERROR_NONE;
    struct tokens *t = NULL;
    cr_assert_eq(open_bytes(&t, s.bytes, s.size, &err), STATUS_OK, "%s",
                 err.message);
    return t;
}

enum { W = TOKENS_FIRST_WORD };

Test(tokens, words_come_back_with_positions_and_marks)
{
    const uint8_t codes[] = {W + 0,
                             TOKENS_CAPS,
                             W + 1,
                             TOKENS_BODY,
                             W + 2,
                             W + 3,
                             W + 4,
                             TOKENS_JOINED,
                             3,
                             W + 5,
                             TOKENS_SENTENCE,
                             W + 6,
                             TOKENS_PARAGRAPH,
                             TOKENS_CAPS,
                             W + 7};
    AUTO(tokens) t = open_article(codes, sizeof codes);
    static const struct stream_word expected[] = {
        {0, 1, 1, 0, 0, false, false},  {1, 2, 1, 0, 0, false, true},
        {2, 103, 1, 1, 1, true, false}, {3, 104, 1, 1, 1, true, false},
        {4, 105, 1, 1, 1, true, false}, {5, 103, 3, 1, 1, true, false},
        {6, 106, 1, 2, 1, true, false}, {7, 107, 1, 3, 2, true, true},
    };
    struct token_cursor cursor;
    struct stream_word word;
    cr_assert(tokens_article(t, 1, &cursor));
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        cr_assert(token_cursor_next(&cursor, &word));
        cr_assert_eq(word.id, expected[i].id);
        cr_assert_eq(word.position, expected[i].position, "word %zu", i);
        cr_assert_eq(word.span, expected[i].span);
        cr_assert_eq(word.sentence, expected[i].sentence, "word %zu", i);
        cr_assert_eq(word.paragraph, expected[i].paragraph, "word %zu", i);
        cr_assert_eq(word.body, expected[i].body);
        cr_assert_eq(word.caps, expected[i].caps);
    }
    cr_assert_not(token_cursor_next(&cursor, &word));
    cr_assert_eq(cursor.at, cursor.end);
}

Test(tokens, a_body_without_title_begins_at_101_and_sentence_0)
{
    const uint8_t codes[] = {TOKENS_BODY, W};
    AUTO(tokens) t = open_article(codes, sizeof codes);
    struct token_cursor cursor;
    struct stream_word word;
    cr_assert(tokens_article(t, 1, &cursor));
    cr_assert(token_cursor_next(&cursor, &word));
    cr_assert_eq(word.position, 101);
    cr_assert_eq(word.sentence, 0);
    cr_assert_eq(word.paragraph, 0);
    cr_assert(word.body);
}

Test(tokens, ids_of_every_length_come_back)
{
    static const uint32_t ids[] = {0,         119,       120,     16375,
                                   16376,     2097143,   2097144, 268435447,
                                   268435448, UINT32_MAX};
    enum { COUNT = sizeof ids / sizeof *ids };
    uint8_t codes[COUNT * PACKED_VARINT_MAX];
    uint8_t *end = codes;
    for (size_t i = 0; i < COUNT; i++)
        end = packed_put_varint(end, (uint64_t)ids[i] + W);
    cr_assert_eq(end - codes, 2 * (1 + 2 + 3 + 4 + 5));
    AUTO(tokens) t = open_article(codes, (size_t)(end - codes));
    struct token_cursor cursor;
    struct stream_word word;
    cr_assert(tokens_article(t, 1, &cursor));
    for (size_t i = 0; i < COUNT; i++) {
        cr_assert(token_cursor_next(&cursor, &word));
        cr_assert_eq(word.id, ids[i]);
    }
}

Test(tokens, docids_out_of_range_are_refused)
{
    AUTO(tokens) t = open_article("", 0);
    struct token_cursor cursor;
    struct stream_word word;
    cr_assert_not(tokens_article(t, 0, &cursor));
    cr_assert_not(tokens_article(t, 2, &cursor));
    cr_assert_not(tokens_article(t, UINT32_MAX, &cursor));
    for (uint32_t docid = 0; docid <= 2; docid++)
        tokens_expect(t, docid);
    cr_assert(tokens_article(t, 1, &cursor));
    cr_assert_not(token_cursor_next(&cursor, &word));
    cr_assert_eq(cursor.at, cursor.end);
}

struct bad {
    uint8_t codes[8];
    size_t size;
};

ParameterizedTestParameters(tokens, damage_ends_the_article_before_its_end)
{
    static struct bad rows[] = {
        {{W, 5}, 2}, /* no such mark */
        {{W, 7}, 2},
        {{W, TOKENS_CAPS}, 2},                 /* a mark of nothing */
        {{W, TOKENS_BODY, TOKENS_BODY, W}, 4}, /* two bodies */
        {{W, TOKENS_BODY, W, TOKENS_BODY, W}, 5},
        {{W, TOKENS_JOINED, 0, W}, 4},                 /* covers nothing */
        {{W, TOKENS_JOINED, 2, W}, 4},                 /* more than there is */
        {{W, W, TOKENS_BODY, TOKENS_JOINED, 1, W}, 6}, /* of the title */
        {{W, TOKENS_JOINED, 1, TOKENS_CAPS, W}, 5},    /* in the wrong order */
        {{W, TOKENS_JOINED}, 2},                       /* cut */
        {{W, TOKENS_JOINED, 0x81}, 3},
        {{W, 0x88}, 2},
        {{W, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01}, 7}, /* too long */
        {{W, 0x88, 0x80, 0x80, 0x80, 0x10}, 6},       /* id 2^32 */
    };
    return cr_make_param_array(struct bad, rows, sizeof rows / sizeof *rows);
}

ParameterizedTest(struct bad *bad, tokens,
                  damage_ends_the_article_before_its_end)
{
    AUTO(tokens) t = open_article(bad->codes, bad->size);
    struct token_cursor cursor;
    struct stream_word word;
    cr_assert(tokens_article(t, 1, &cursor));
    cr_assert(token_cursor_next(&cursor, &word));
    while (token_cursor_next(&cursor, &word))
        continue;
    cr_assert_neq(cursor.at, cursor.end);
    cr_assert_not(token_cursor_next(&cursor, &word));
}

Test(tokens, what_is_not_a_stream_is_refused)
{
    struct error err = ERROR_NONE;
    struct tokens *t = NULL;
    cr_assert_eq(tokens_open(&t, "/nowhere/tokens", &err), STATUS_STALE);
    cr_assert_eq(tokens_open(&t, "/tmp", &err), STATUS_CORRUPT);
    cr_assert_eq(open_bytes(&t, "", 0, &err), STATUS_CORRUPT);
    cr_assert(strstr(err.message, "is no token stream"), "%s", err.message);
    struct stream s;
    stream_begin(&s);
    stream_article(&s, "\x08", 1);
    stream_end(&s);
    s.bytes[14]++; /* version 2 */
    cr_assert_eq(open_bytes(&t, s.bytes, s.size, &err), STATUS_CORRUPT);
    s.bytes[14]--;
    s.bytes[s.size - 12]++; /* an article more than the table has */
    cr_assert_eq(open_bytes(&t, s.bytes, s.size, &err), STATUS_CORRUPT);
    cr_assert_null(t);
    tokens_free(NULL);
}

/* Read or not, first and later. */
static void assert_read_as_mapped(struct tokens *t, struct arena *arena)
{
    for (uint32_t docid = 0; docid <= tokens_articles(t) + 1; docid++) {
        struct token_cursor mapped, read;
        const bool there = tokens_article(t, docid, &mapped);
        cr_assert_eq(tokens_read(t, docid, arena, &read), there);
        if (!there)
            continue;
        cr_assert_eq(read.end - read.at, mapped.end - mapped.at);
        cr_assert_eq(
            memcmp(read.at, mapped.at, (size_t)(mapped.end - mapped.at)), 0);
        cr_assert_eq(read.next_position, mapped.next_position);
        cr_assert_eq(read.field_start, mapped.field_start);
    }
}

/* --- damage ------------------------------------------------------------- */

static uint32_t next_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static void read_through(const struct tokens *t)
{
    for (uint32_t docid = 0; docid <= tokens_articles(t) + 1; docid++) {
        struct token_cursor cursor;
        struct stream_word word;
        if (!tokens_article(t, docid, &cursor))
            continue;
        while (token_cursor_next(&cursor, &word))
            cr_assert(word.position >= 1 && word.span >= 1);
    }
}

static void make_sample(struct stream *s, uint32_t seed)
{
    stream_begin(s);
    for (int a = 0; a < 20; a++) {
        uint8_t codes[64];
        size_t size = next_random(&seed) % sizeof codes;
        for (size_t i = 0; i < size; i++)
            codes[i] = next_random(&seed) % 4 ? 8 + next_random(&seed) % 120
                                              : next_random(&seed) % 256;
        stream_article(s, codes, size);
    }
    stream_end(s);
}

Test(tokens, what_is_read_is_what_is_mapped_however_often)
{
    enum { ROUNDS = 20 };
    struct error err = ERROR_NONE;
    struct arena arena = ARENA_INIT;
    AUTO(tokens) t = NULL;
    struct stream s;
    make_sample(&s, 11);
    cr_assert_eq(open_bytes(&t, s.bytes, s.size, &err), STATUS_OK);
    struct token_cursor mapped, read;
    cr_assert(tokens_article(t, 1, &mapped));
    cr_assert(tokens_read(t, 1, &arena, &read));
    cr_assert_neq(read.at, mapped.at, "read");
    for (int round = 0; round < ROUNDS; round++)
        assert_read_as_mapped(t, &arena);
    cr_assert(tokens_read(t, 1, &arena, &read));
    cr_assert_eq(read.at, mapped.at, "mapped in the long run");
    arena_done(&arena);
}

Test(tokens, a_stream_cut_at_any_length_is_refused)
{
    struct stream s;
    make_sample(&s, 7);
    for (size_t size = 0; size < s.size; size++) {
        struct error err = ERROR_NONE;
        struct tokens *t = NULL;
        cr_assert_eq(open_bytes(&t, s.bytes, size, &err), STATUS_CORRUPT,
                     "%zu of %zu bytes", size, s.size);
    }
}

Test(tokens, flipped_bytes_never_lead_outside)
{
    uint32_t seed = 20220207;
    struct stream s;
    make_sample(&s, seed);
    const unsigned rounds = effort(1500);
    unsigned opened = 0;
    for (unsigned round = 0; round < rounds; round++) {
        struct stream damaged = s;
        for (uint32_t n = 1 + next_random(&seed) % 4; n > 0; n--)
            damaged.bytes[next_random(&seed) % s.size] =
                (uint8_t)next_random(&seed);
        struct error err = ERROR_NONE;
        AUTO(tokens) t = NULL;
        if (open_bytes(&t, damaged.bytes, s.size, &err) != STATUS_OK)
            continue;
        struct arena arena = ARENA_INIT;
        if (opened++ % 8 == 0)
            assert_read_as_mapped(t, &arena);
        arena_done(&arena);
        read_through(t);
    }
    cr_assert_gt(opened, rounds * 7 / 15);
}

/* In memory of exactly that size, so that a sanitizer sees a step too far. */
Test(tokens, any_bytes_are_read_to_their_end_at_most)
{
    uint32_t seed = 42;
    for (unsigned round = effort(20000); round > 0; round--) {
        const size_t size = next_random(&seed) % 24;
        uint8_t *codes = mem_alloc(size);
        for (size_t i = 0; i < size; i++)
            codes[i] =
                (uint8_t)(next_random(&seed) % 2 ? next_random(&seed) % 16
                                                 : next_random(&seed));
        struct token_cursor cursor = {.at = codes,
                                      .end = codes + size,
                                      .next_position = 1,
                                      .field_start = 1};
        struct stream_word word;
        size_t words = 0;
        while (token_cursor_next(&cursor, &word))
            words++;
        cr_assert_leq(words, size);
        free(codes);
    }
}
