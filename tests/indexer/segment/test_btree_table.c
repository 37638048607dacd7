#include "indexer/segment/btree_table.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/mem.h"
#include "common/strbuf.h"
#include "tests/support/tempdir.h"

/* A plain reader of table files, written against the format alone: walks from
 * the root, follows branch items, joins the parts of tags. */
struct walk {
    const unsigned char *file;
    uint32_t block_size;
    struct strbuf tag; /* of the entry being joined */
    size_t entries;
};

static unsigned get16(const unsigned char *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

static uint32_t get32(const unsigned char *at)
{
    return get16(at) << 16 | get16(at + 2);
}

typedef void entry_fn(size_t number, struct text key, struct text tag);

static void leaf(struct walk *w, const unsigned char *block, entry_fn *on_entry)
{
    for (unsigned d = 11; d < get16(block + 9); d += 2) {
        const unsigned char *item = block + get16(block + d);
        unsigned flags = item[0] >> 5, size = (get16(item) & 0x1fff) + 3u;
        struct text key = text_make((const char *)item + 3, item[2]);
        size_t head = 3 + key.len + (flags & 1 ? 0 : 2);
        if (key.len == 0) {
            cr_assert_eq(get16(item), 0x6000, "the null item");
            continue;
        }
        if (flags & 1)
            strbuf_reset(&w->tag);
        strbuf_append(&w->tag,
                      text_make((const char *)item + head, size - head));
        if (flags & 2)
            on_entry(w->entries++, key, strbuf_text(&w->tag));
    }
}

static void visit(struct walk *w, uint32_t number, unsigned level,
                  entry_fn *on_entry)
{
    const unsigned char *block = w->file + (size_t)number * w->block_size;
    cr_assert_eq(get32(block), 1, "revision of block %u", number);
    cr_assert_eq(block[4], level);
    unsigned dir_end = get16(block + 9), used = 0;
    for (unsigned d = 11; d < dir_end; d += 2) {
        unsigned at = get16(block + d);
        cr_assert_geq(at, dir_end + get16(block + 5));
        used +=
            level == 0 ? (get16(block + at) & 0x1fff) + 3u : 7u + block[at + 4];
    }
    cr_assert_eq(get16(block + 7), w->block_size - dir_end - used);
    if (level == 0) {
        leaf(w, block, on_entry);
        return;
    }
    for (unsigned d = 11; d < dir_end; d += 2)
        visit(w, get32(block + get16(block + d)), level - 1, on_entry);
}

/* --- random tables ------------------------------------------------------- */

static unsigned char *tag_bytes;
static size_t *tag_lengths;
static char (*keys)[256];
static size_t key_count;

static int compare_keys(const void *a, const void *b)
{
    const unsigned char *x = a, *y = b;
    struct text s = {(const char *)x + 1, x[0]},
                t = {(const char *)y + 1, y[0]};
    return text_compare(s, t);
}

static void make_keys(size_t wanted, unsigned longest)
{
    keys = mem_zeroed(wanted, sizeof *keys);
    for (size_t i = 0; i < wanted; i++) {
        size_t len = 1 + (size_t)rand() % longest;
        keys[i][0] = (char)len;
        for (size_t j = 1; j <= len; j++)
            keys[i][j] = (char)(rand() % (longest > 8 ? 256 : 64));
    }
    qsort(keys, wanted, sizeof *keys, compare_keys);
    key_count = 0;
    for (size_t i = 0; i < wanted; i++)
        if (key_count == 0 || compare_keys(keys[key_count - 1], keys[i]) != 0)
            memmove(keys[key_count++], keys[i], sizeof *keys);
}

static void check_entry(size_t number, struct text key, struct text tag)
{
    cr_assert_lt(number, key_count);
    cr_assert(text_equal(
        key, text_make(keys[number] + 1, (unsigned char)keys[number][0])));
    cr_assert(text_equal(tag, text_make((char *)tag_bytes + number % 1000,
                                        tag_lengths[number])));
}

static void round_trip(uint32_t block_size, size_t wanted, unsigned longest_key,
                       size_t longest_tag)
{
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "table.glass");
    struct error err = ERROR_NONE;
    AUTO(btree_table) t = NULL;
    make_keys(wanted, longest_key);
    tag_bytes = mem_alloc(longest_tag + 1000);
    for (size_t i = 0; i < longest_tag + 1000; i++)
        tag_bytes[i] = (unsigned char)rand();
    tag_lengths = mem_zeroed(key_count, sizeof *tag_lengths);
    cr_assert_eq(btree_table_new(&t, path, block_size, &err), STATUS_OK);
    for (size_t i = 0; i < key_count; i++) {
        tag_lengths[i] = (size_t)rand() % (longest_tag + 1);
        struct text key = {keys[i] + 1, (unsigned char)keys[i][0]};
        struct text tag = {(char *)tag_bytes + i % 1000, tag_lengths[i]};
        cr_assert_eq(btree_table_add(t, key, tag, BTREE_PLAIN, &err),
                     STATUS_OK);
    }
    struct btree_root root;
    struct manifest_file file;
    cr_assert_eq(btree_table_finish(t, &root, &file, &err), STATUS_OK);
    size_t size;
    char *bytes = tempdir_read(path, &size);
    cr_assert_eq(size, (size_t)root.blocks * block_size);
    cr_assert_eq(size, file.size);
    cr_assert_eq(root.entries, key_count);
    struct walk walk = {.file = (unsigned char *)bytes,
                        .block_size = block_size};
    strbuf_init(&walk.tag, 1 << 26);
    visit(&walk, root.block, root.level, check_entry);
    cr_assert_eq(walk.entries, key_count);
    strbuf_done(&walk.tag);
    free(bytes);
    free(keys);
    free(tag_bytes);
    free(tag_lengths);
    tempdir_remove(folder);
}

Test(btree_table, an_empty_table_has_the_null_item)
{
    round_trip(2048, 0, 4, 0);
}

Test(btree_table, short_entries_in_all_block_sizes)
{
    for (uint32_t size = 2048; size <= 65536; size *= 2) {
        srand(size);
        round_trip(size, 5000, 12, 40);
    }
}

Test(btree_table, long_keys_make_three_levels)
{
    srand(3);
    round_trip(2048, 4000, 255, 300);
}

Test(btree_table, tags_around_the_item_limit_are_cut_in_parts)
{
    for (uint32_t size = 2048; size <= 65536; size *= 2) {
        srand(size + 1);
        round_trip(size, 300, 20, size);
    }
}

Test(btree_table, tags_of_megabytes)
{
    srand(4);
    round_trip(8192, 5, 20, 3000000);
}

Test(btree_table, leaves_are_full_whatever_the_lengths_of_tags)
{
    enum { COUNT = 2000, BLOCK = 8192 };
    static const size_t lengths[] = {40, 700, 1030, 2040, 3400, 5000, 9000};
    static const char bytes[9000];
    char *folder = tempdir_make();
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        struct error err = ERROR_NONE;
        AUTO(btree_table) t = NULL;
        cr_assert_eq(
            btree_table_new(&t, tempdir_file(folder, "t"), BLOCK, &err),
            STATUS_OK);
        for (unsigned n = 0; n < COUNT; n++) {
            const char key[2] = {(char)(n >> 8), (char)n};
            cr_assert_eq(btree_table_add(t, text_make(key, 2),
                                         text_make(bytes, lengths[i]),
                                         BTREE_PLAIN, &err),
                         STATUS_OK);
        }
        struct btree_root root;
        struct manifest_file file;
        cr_assert_eq(btree_table_finish(t, &root, &file, &err), STATUS_OK);
        size_t parts = lengths[i] / 2000 + 1, item = lengths[i] + 9 * parts;
        cr_assert_lt(file.size, 3 * BLOCK + COUNT * item * 102 / 100,
                     "%zu: %llu", lengths[i], (unsigned long long)file.size);
    }
    tempdir_remove(folder);
}

Test(btree_table, without_finish_no_file_is_left)
{
    char *folder = tempdir_make();
    struct error err = ERROR_NONE;
    struct btree_table *t;
    cr_assert_eq(btree_table_new(&t, tempdir_file(folder, "t"), 2048, &err),
                 STATUS_OK);
    btree_table_free(t);
    cr_assert_eq(rmdir(folder), 0, "the folder is not empty");
    free(folder);
}
