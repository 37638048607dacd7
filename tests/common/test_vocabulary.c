#include "common/vocabulary.h"

#include <criterion/criterion.h>
#include <inttypes.h>

#include "common/arena.h"
#include "common/mem.h"
#include "common/packed.h"
#include "indexer/segment/vocabulary_writer.h"
#include "tests/support/effort.h"
#include "tests/support/tempdir.h"

static uint32_t next_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

/* --- random vocabularies ------------------------------------------------ */

/* Sorted as the file must be; `number` is the id. */
struct model {
    struct arena arena;
    struct lexeme *sorted, *by_number;
    uint32_t count;
};

static const char *const letters[] = {"a", "b", "é", "中", "文", "z", "1", "-"};

static struct text random_word(struct model *m, uint32_t *seed)
{
    char bytes[256];
    size_t len = 0;
    const uint32_t wanted = next_random(seed) % 50 == 0
                                ? 190 + next_random(seed) % 60
                                : 1 + next_random(seed) % 7;
    while (len < wanted) {
        const char *letter = letters[next_random(seed) % 8];
        memcpy(bytes + len, letter, strlen(letter));
        len += strlen(letter);
    }
    return arena_text(&m->arena, text_make(bytes, len));
}

/* Shorter than the word, another, the word itself, or none. */
static struct text random_stem(struct model *m, struct text word,
                               uint32_t *seed)
{
    switch (next_random(seed) % 4) {
    case 0:
        return text_slice(word, 0, 1 + next_random(seed) % word.len);
    case 1:
        return random_word(m, seed);
    case 2:
        return word;
    default:
        return next_random(seed) % 3 ? word : text_make(NULL, 0);
    }
}

static int compare_lexemes(const void *one, const void *other)
{
    const struct lexeme *a = one, *b = other;
    int order = text_compare(a->word, b->word);
    if (order == 0)
        order = text_compare(a->stem, b->stem);
    return order;
}

static void shuffle_numbers(struct model *m, uint32_t *seed)
{
    for (uint32_t i = 0; i < m->count; i++)
        m->sorted[i].number = i;
    for (uint32_t i = m->count; i > 1; i--) {
        const uint32_t j = next_random(seed) % i;
        const uint32_t number = m->sorted[i - 1].number;
        m->sorted[i - 1].number = m->sorted[j].number;
        m->sorted[j].number = number;
    }
    for (uint32_t i = 0; i < m->count; i++)
        m->by_number[m->sorted[i].number] = m->sorted[i];
}

static void model_init(struct model *m, uint32_t wanted, uint32_t seed)
{
    *m = (struct model){.arena = ARENA_INIT};
    m->sorted = mem_zeroed(wanted, sizeof *m->sorted);
    m->by_number = mem_zeroed(wanted, sizeof *m->by_number);
    for (uint32_t i = 0; i < wanted; i++) {
        struct lexeme *l = &m->sorted[i];
        l->word = random_word(m, &seed);
        l->stem = random_stem(m, l->word, &seed);
        struct text alt = random_stem(m, l->word, &seed);
        if (next_random(&seed) % 5 == 0 && l->stem.len > 0 &&
            !text_equal(alt, l->stem))
            l->alt_stem = alt;
    }
    qsort(m->sorted, wanted, sizeof *m->sorted, compare_lexemes);
    for (uint32_t i = 0; i < wanted; i++)
        if (i == 0 ||
            compare_lexemes(&m->sorted[m->count - 1], &m->sorted[i]) != 0)
            m->sorted[m->count++] = m->sorted[i];
    shuffle_numbers(m, &seed);
}

static void model_done(struct model *m)
{
    arena_done(&m->arena);
    free(m->sorted);
    free(m->by_number);
}

static const struct lexeme *model_lexeme(const void *context, uint32_t number)
{
    return &((const struct model *)context)->by_number[number];
}

/* The file as bytes, to be freed. */
static char *model_save(const struct model *m, size_t *size)
{
    char *folder = tempdir_make();
    struct error err = ERROR_NONE;
    struct manifest_file file = {.size = 0};
    struct vocabulary_request request = {.path =
                                             tempdir_file(folder, "vocabulary"),
                                         .lexeme = model_lexeme,
                                         .context = m,
                                         .count = m->count};
    cr_assert_eq(vocabulary_writer_save(&request, &file, &err), STATUS_OK, "%s",
                 err.message);
    char *bytes = tempdir_read(request.path, size);
    cr_assert_eq(file.size, *size);
    tempdir_remove(folder);
    return bytes;
}

static enum status open_bytes(struct vocabulary **out, const void *bytes,
                              size_t size, struct error *err)
{
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "vocabulary");
    tempdir_write(path, bytes, size);
    enum status status = vocabulary_open(out, path, err);
    tempdir_remove(folder);
    return status;
}

static struct vocabulary *model_open(const struct model *m)
{
    size_t size;
    char *bytes = model_save(m, &size);
    struct error err = ERROR_NONE;
    struct vocabulary *v = NULL;
    cr_assert_eq(open_bytes(&v, bytes, size, &err), STATUS_OK, "%s",
                 err.message);
    free(bytes);
    return v;
}

/* --- against the model -------------------------------------------------- */

static void assert_entry(const struct vocabulary_entry *e,
                         const struct lexeme *l)
{
    cr_assert_eq(e->id, l->number);
    cr_assert(text_equal(text_make(e->word, e->word_len), l->word));
    cr_assert(text_equal(text_make(e->stem, e->stem_len), l->stem));
    cr_assert(text_equal(text_make(e->alt_stem, e->alt_stem_len), l->alt_stem));
}

enum lookup { BY_WORD, BY_STEM, BY_PREFIX };

static bool fits(const struct lexeme *l, struct text wanted, enum lookup how)
{
    if (how == BY_WORD)
        return text_equal(l->word, wanted);
    if (how == BY_PREFIX)
        return text_starts_with(l->word, wanted);
    return wanted.len > 0 &&
           (text_equal(l->stem, wanted) || text_equal(l->alt_stem, wanted));
}

struct expectation {
    const struct model *m;
    struct text wanted;
    enum lookup how;
    uint32_t at; /* in m->sorted */
};

static void skip_others(struct expectation *x)
{
    while (x->at < x->m->count &&
           !fits(&x->m->sorted[x->at], x->wanted, x->how))
        x->at++;
}

static bool expect_entry(void *context, const struct vocabulary_entry *entry)
{
    struct expectation *x = context;
    skip_others(x);
    cr_assert_lt(x->at, x->m->count, "an entry too many");
    assert_entry(entry, &x->m->sorted[x->at++]);
    return true;
}

static void assert_lookup(const struct model *m, const struct vocabulary *v,
                          struct text wanted, enum lookup how)
{
    struct expectation x = {.m = m, .wanted = wanted, .how = how};
    if (how == BY_WORD)
        vocabulary_word(v, wanted, expect_entry, &x);
    else if (how == BY_STEM)
        vocabulary_stem(v, wanted, expect_entry, &x);
    else
        vocabulary_prefix(v, wanted, expect_entry, &x);
    skip_others(&x);
    cr_assert_eq(x.at, m->count, "'%.*s' (%d) lacks an entry", TEXT_ARG(wanted),
                 how);
}

static void assert_equal_model(struct model *m, const struct vocabulary *v,
                               uint32_t seed)
{
    struct vocabulary_entry entry;
    cr_assert_eq(vocabulary_count(v), m->count);
    for (uint32_t i = 0; i < m->count; i++) {
        cr_assert(vocabulary_entry(v, i, &entry));
        assert_entry(&entry, &m->sorted[i]);
        cr_assert(vocabulary_by_id(v, i, &entry));
        assert_entry(&entry, &m->by_number[i]);
    }
    cr_assert_not(vocabulary_entry(v, m->count, &entry));
    cr_assert_not(vocabulary_by_id(v, m->count, &entry));
    cr_assert_not(vocabulary_by_id(v, UINT32_MAX, &entry));
    for (int i = 0; i < 300; i++) {
        struct text wanted = random_word(m, &seed);
        if (m->count > 0 && i % 2) {
            const struct lexeme *l = &m->sorted[next_random(&seed) % m->count];
            wanted = i % 4 == 1   ? l->word
                     : i % 8 == 3 ? l->stem
                                  : text_slice(l->word, 0, 2);
        }
        assert_lookup(m, v, wanted, BY_WORD);
        assert_lookup(m, v, wanted, BY_STEM);
        assert_lookup(m, v, wanted, BY_PREFIX);
    }
    assert_lookup(m, v, text_make(NULL, 0), BY_WORD);
    assert_lookup(m, v, text_make(NULL, 0), BY_STEM);
    assert_lookup(m, v, text_make(NULL, 0), BY_PREFIX);
}

static void check_random(uint32_t count, uint32_t seed)
{
    struct model m;
    model_init(&m, count, seed);
    AUTO(vocabulary) v = model_open(&m);
    assert_equal_model(&m, v, seed + 1);
    model_done(&m);
}

Test(vocabulary, every_small_size_reads_back_what_was_written)
{
    for (uint32_t count = 0; count < 70; count++)
        check_random(count, count + 1);
}

Test(vocabulary, big_ones_read_back_what_was_written)
{
    check_random(127, 5);
    check_random(300, 6);
    check_random(1000, 7);
    check_random(5000, 20220207);
}

static bool stop_at_once(void *context, const struct vocabulary_entry *entry)
{
    (void)entry;
    ++*(int *)context;
    return false;
}

Test(vocabulary, a_callback_that_returns_false_is_the_last)
{
    struct model m;
    model_init(&m, 500, 3);
    AUTO(vocabulary) v = model_open(&m);
    int calls = 0;
    vocabulary_prefix(v, text_from("a"), stop_at_once, &calls);
    vocabulary_word(v, m.sorted[7].word, stop_at_once, &calls);
    cr_assert_eq(calls, 2);
    for (uint32_t i = 0; i < m.count; i++) {
        calls = 0;
        vocabulary_stem(v, m.sorted[i].stem, stop_at_once, &calls);
        cr_assert_eq(calls, m.sorted[i].stem.len > 0);
    }
    model_done(&m);
}

/* --- damage ------------------------------------------------------------- */

Test(vocabulary, what_is_not_one_is_refused)
{
    struct error err = ERROR_NONE;
    struct vocabulary *v = NULL;
    cr_assert_eq(vocabulary_open(&v, "/nowhere/vocabulary", &err),
                 STATUS_STALE);
    cr_assert_eq(open_bytes(&v, "", 0, &err), STATUS_CORRUPT);
    struct model m;
    size_t size;
    model_init(&m, 40, 9);
    char *bytes = model_save(&m, &size);
    bytes[13]++; /* version 2 */
    cr_assert_eq(open_bytes(&v, bytes, size, &err), STATUS_CORRUPT);
    cr_assert(strstr(err.message, "is no vocabulary"), "%s", err.message);
    cr_assert_null(v);
    free(bytes);
    model_done(&m);
    vocabulary_free(NULL);
}

Test(vocabulary, one_cut_at_any_length_is_refused)
{
    struct model m;
    size_t size;
    model_init(&m, 100, 11);
    char *bytes = model_save(&m, &size);
    for (size_t cut = 0; cut < size; cut++) {
        struct error err = ERROR_NONE;
        struct vocabulary *v = NULL;
        cr_assert_eq(open_bytes(&v, bytes, cut, &err), STATUS_CORRUPT,
                     "%zu of %zu bytes", cut, size);
    }
    free(bytes);
    model_done(&m);
}

static bool look_at(void *context, const struct vocabulary_entry *entry)
{
    cr_assert(entry->word_len <= VOCABULARY_TEXT_MAX &&
              entry->stem_len <= VOCABULARY_TEXT_MAX &&
              entry->alt_stem_len <= VOCABULARY_TEXT_MAX);
    ++*(int *)context;
    return true;
}

static void use_damaged(const struct vocabulary *v, const struct model *m,
                        uint32_t *seed)
{
    struct vocabulary_entry entry;
    for (uint32_t i = 0; i <= vocabulary_count(v) && i < 300; i++) {
        int found = vocabulary_entry(v, i, &entry);
        found += vocabulary_by_id(v, i, &entry);
        cr_assert_leq(found, 2);
    }
    int calls = 0;
    const struct lexeme *l = &m->sorted[next_random(seed) % m->count];
    vocabulary_word(v, l->word, look_at, &calls);
    vocabulary_stem(v, l->stem, look_at, &calls);
    vocabulary_prefix(v, text_slice(l->word, 0, 1), look_at, &calls);
}

/* Filled up to whole pages between entries and tables, so that a read behind
 * the end has a chance to be one behind the mapping. */
static char *pad_to_page(const char *bytes, size_t *size)
{
    const size_t table =
        packed_get_fixed((const uint8_t *)bytes + *size - 8, 8);
    const size_t padding = 4096 - *size % 4096;
    char *padded = mem_zeroed(*size + padding, 1);
    memcpy(padded, bytes, table);
    memcpy(padded + table + padding, bytes + table, *size - table);
    *size += padding;
    packed_put_fixed((uint8_t *)padded + *size - 8, 8, table + padding);
    return padded;
}

Test(vocabulary, flipped_bytes_never_lead_outside_nor_into_a_loop)
{
    uint32_t seed = 20220208;
    struct model m;
    size_t size;
    model_init(&m, 150, 12);
    char *bytes = model_save(&m, &size);
    char *padded = pad_to_page(bytes, &size);
    char *damaged = mem_alloc(size);
    const unsigned rounds = effort(1500);
    unsigned opened = 0;
    for (unsigned round = 0; round < rounds; round++) {
        memcpy(damaged, padded, size);
        for (uint32_t n = 1 + next_random(&seed) % 6; n > 0; n--)
            damaged[next_random(&seed) % size] = (char)next_random(&seed);
        struct error err = ERROR_NONE;
        AUTO(vocabulary) v = NULL;
        if (open_bytes(&v, damaged, size, &err) != STATUS_OK)
            continue;
        opened++;
        use_damaged(v, &m, &seed);
    }
    cr_assert_gt(opened, rounds * 7 / 15);
    free(bytes);
    free(padded);
    free(damaged);
    model_done(&m);
}
