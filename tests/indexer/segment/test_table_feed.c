/* A table that is made by a thread of its own is the one that its maker would
 * have made, and is as well removed. */
#include "indexer/segment/table_feed.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "indexer/segment/deflater.h"
#include "tests/support/expect_ok.h"
#include "tests/support/tempdir.h"

static char *folder;

static void begin(void)
{
    folder = tempdir_make();
}

static void end(void)
{
    tempdir_remove(folder);
}

TestSuite(table_feed, .init = begin, .fini = end);

struct item {
    char key[16];
    char tag[3000];
    size_t tag_len;
    enum table_feed_packing packing;
};

/* Tags of any length up to 3000 bytes, some of them empty. */
static struct item make(unsigned number)
{
    struct item item = {.packing = number % 3 == 0 ? TABLE_FEED_DEFLATE
                                                   : TABLE_FEED_PLAIN};
    snprintf(item.key, sizeof item.key, "key %08u", number);
    item.tag_len = number * 7919u % sizeof item.tag;
    for (size_t i = 0; i < item.tag_len; i++)
        item.tag[i] = (char)('a' + (i * number >> 5) % 7);
    return item;
}

static struct table_feed *open_feed(void)
{
    struct table_feed *f = NULL;
    OK(table_feed_new(&f, tempdir_file(folder, "fed.glass"), &err));
    return f;
}

static void feed(struct table_feed *f, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        const struct item item = make(i);
        OK(table_feed_add(f, text_from(item.key),
                          text_make(item.tag, item.tag_len), item.packing,
                          &err));
    }
}

/* The same entries, one after the other. */
static struct btree_root write_plainly(unsigned count,
                                       struct manifest_file *file)
{
    struct btree_table *t = NULL;
    struct deflater *d = deflater_new();
    struct btree_root root;
    OK(btree_table_new(&t, tempdir_file(folder, "plain.glass"),
                       BTREE_BLOCK_DEFAULT, &err));
    for (unsigned i = 0; i < count; i++) {
        const struct item item = make(i);
        struct text tag = text_make(item.tag, item.tag_len);
        enum btree_packing packing =
            item.packing == TABLE_FEED_DEFLATE && deflater_run(d, tag, &tag)
                ? BTREE_DEFLATED
                : BTREE_PLAIN;
        OK(btree_table_add(t, text_from(item.key), tag, packing, &err));
    }
    OK(btree_table_finish(t, &root, file, &err));
    btree_table_free(t);
    deflater_free(d);
    return root;
}

static void check(unsigned count)
{
    struct manifest_file plain = {.size = 0}, fed = {.size = 0};
    struct btree_root root;
    const struct btree_root expected = write_plainly(count, &plain);
    struct table_feed *f = open_feed();
    feed(f, count);
    OK(table_feed_finish(f, &root, &fed, &err));
    table_feed_free(f);
    cr_assert_eq(fed.size, plain.size, "%u entries", count);
    cr_assert(digest_equal(&fed.digest, &plain.digest), "%u entries", count);
    cr_assert_eq(root.entries, expected.entries);
    cr_assert_eq(root.block, expected.block);
    cr_assert_eq(access(tempdir_file(folder, "fed.glass"), F_OK), 0);
}

Test(table_feed, makes_the_same_table_however_many_blocks_it_takes)
{
    static const unsigned counts[] = {0, 1, 60, 90, 200, 2000};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        check(counts[i]);
}

Test(table_feed, given_up_it_leaves_nothing)
{
    struct table_feed *f = open_feed();
    feed(f, 500);
    table_feed_free(f);
    cr_assert_neq(access(tempdir_file(folder, "fed.glass"), F_OK), 0);
    cr_assert_neq(access(tempdir_file(folder, "fed.glass.tmp"), F_OK), 0);
}

Test(table_feed, what_goes_wrong_is_told_at_the_end)
{
    struct table_feed *f = open_feed();
    struct btree_root root;
    struct manifest_file file = {.size = 0};
    struct error err = ERROR_NONE;
    feed(f, 500);
    cr_assert_eq(unlink(tempdir_file(folder, "fed.glass.tmp")), 0);
    cr_assert_eq(table_feed_finish(f, &root, &file, &err), STATUS_IO);
    table_feed_free(f);
}
