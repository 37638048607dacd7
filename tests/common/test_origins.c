#include "common/origins.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/digest.h"
#include "indexer/segment/origins_writer.h"
#include "tests/support/tempdir.h"

static struct error err;
static char *folder;

static void begin(void)
{
    folder = tempdir_make();
}

static void end(void)
{
    tempdir_remove(folder);
}

TestSuite(origins, .init = begin, .fini = end);

static const char *file_path(void)
{
    return tempdir_file(folder, "origins");
}

static struct manifest_file save(const struct origin *origins, size_t count)
{
    struct manifest_file file = {.name = "kept"};
    AUTO(origins_writer) w = NULL;
    cr_assert_eq(origins_writer_new(&w, file_path(), &err), STATUS_OK);
    for (size_t i = 0; i < count; i++)
        origins_writer_add(w, &origins[i]);
    cr_assert_eq(origins_writer_finish(w, &file, &err), STATUS_OK);
    return file;
}

static struct origins *open_file(void)
{
    struct origins *o = NULL;
    cr_assert_eq(origins_open(&o, file_path(), &err), STATUS_OK, "%s",
                 err.message);
    return o;
}

static void assert_origins(const struct origin *expected, uint32_t count)
{
    AUTO(origins) o = open_file();
    AUTO_DONE(strbuf) path = STRBUF_INIT(ORIGINS_PATH_MAX);
    struct origin found;
    cr_assert_eq(origins_articles(o), count);
    for (uint32_t i = count; i > 0; i--) {
        cr_assert(origins_get(o, i, &path, &found), "article %u", i);
        cr_assert(text_equal(found.path, expected[i - 1].path), "article %u",
                  i);
        cr_assert(text_equal(found.member, expected[i - 1].member));
        cr_assert_eq(found.offset, expected[i - 1].offset, "article %u", i);
        cr_assert_eq(found.length, expected[i - 1].length, "article %u", i);
        cr_assert_eq(found.digest, expected[i - 1].digest, "article %u", i);
        cr_assert_eq(found.line, 0);
    }
    cr_assert_not(origins_get(o, 0, &path, &found));
    cr_assert_not(origins_get(o, count + 1, &path, &found));
}

static const struct origin three[] = {
    {.path = TEXT("/in/a.jsonl"), .line = 1, .length = 7, .digest = 0xfe},
    {.path = TEXT("/in/a.jsonl"), .offset = 0x1234, .line = 2},
    {.path = TEXT("/in/b.zip"), .member = TEXT("c"), .digest = 0x345678},
};

static const unsigned char expected_bytes[] = {
    'm', 'o', 'r', 'g', 'u', 'e', ' ', 'o', 'r', 'i', 'g', 'i', 'n', ' ', '2',
    '\n',
    /* paths */
    0, 11, '/', 'i', 'n', '/', 'a', '.', 'j', 's', 'o', 'n', 'l', /**/
    4, 7, 'b', '.', 'z', 'i', 'p', 0, 'c',
    /* block */
    16, 0, 0, 0, 0,
    /* rows */
    0, 0, 0, 7, 0xfe, 0, 0,       /**/
    0, 0x34, 0x12, 0, 0, 0, 0,    /**/
    1, 0, 0, 0, 0x78, 0x56, 0x34, /* trailer */
    3, 0, 0, 0, 2, 0, 0, 0, 38, 0, 0, 0, 0, 0, 0, 0, 1, 2, 1};

Test(origins, bytes_are_the_documented_ones)
{
    const struct manifest_file file = save(three, 3);
    size_t size;
    char *bytes = tempdir_read(file_path(), &size);
    cr_assert_eq(size, sizeof expected_bytes);
    cr_assert_arr_eq(bytes, expected_bytes, size);
    cr_assert_eq(file.size, size);
    cr_assert_str_eq(file.name, "kept");
    const struct digest digest = digest_of(text_make(bytes, size));
    cr_assert(digest_equal(&file.digest, &digest));
    free(bytes);
    assert_origins(three, 3);
}

Test(origins, of_no_articles)
{
    save(NULL, 0);
    assert_origins(NULL, 0);
}

Test(origins, without_a_path_and_with_the_largest_offset)
{
    static const struct origin origins[] = {
        {.offset = UINT64_MAX, .length = UINT32_MAX, .digest = 0xffffff},
        {.path = TEXT("-"), .offset = 1},
        {.offset = 0}};
    save(origins, 3);
    assert_origins(origins, 3);
}

/* More than a block, some of them twice in a row, all of them again. */
Test(origins, many_paths_in_any_order)
{
    enum { COUNT = 1200 };
    static char paths[COUNT][40];
    static struct origin origins[COUNT];
    for (uint32_t i = 0; i < COUNT; i++) {
        uint32_t number = i % 600 / 2;
        snprintf(paths[i], sizeof paths[i], "/in/%u/%0*u.txt", number % 7,
                 (int)(number % 20), number);
        origins[i] = (struct origin){.path = text_from(paths[i]),
                                     .offset = (uint64_t)i * 70000};
    }
    save(origins, COUNT);
    assert_origins(origins, COUNT);
}

Test(origins, a_path_that_is_too_long_is_cut_at_a_character)
{
    static char path[ORIGINS_PATH_MAX + 10];
    path[0] = '/';
    for (size_t i = 1; i + 2 < sizeof path; i += 2)
        memcpy(path + i, "\xc3\xa9", 2);
    const struct origin given[] = {
        {.path = text_make(path, sizeof path - 1), .offset = 7}};
    const struct origin kept[] = {
        {.path = text_make(path, ORIGINS_PATH_MAX - 1), .offset = 7}};
    save(given, 1);
    assert_origins(kept, 1);
}

static enum status try_open(const void *bytes, size_t size)
{
    AUTO(origins) o = NULL;
    tempdir_write(file_path(), bytes, size);
    return origins_open(&o, file_path(), &err);
}

Test(origins, missing_is_stale_and_cut_is_damaged)
{
    struct origins *none = NULL;
    cr_assert_eq(origins_open(&none, file_path(), &err), STATUS_STALE);
    cr_assert_null(none);
    for (size_t size = 0; size < sizeof expected_bytes; size++)
        cr_assert_eq(try_open(expected_bytes, size), STATUS_CORRUPT, "%zu",
                     size);
    cr_assert_eq(try_open(expected_bytes, sizeof expected_bytes), STATUS_OK);
}

Test(origins, a_flipped_bit_never_reads_outside)
{
    unsigned char bytes[sizeof expected_bytes];
    AUTO_DONE(strbuf) path = STRBUF_INIT(ORIGINS_PATH_MAX);
    struct origin found;
    for (size_t bit = 0; bit < 8 * sizeof bytes; bit++) {
        AUTO(origins) o = NULL;
        memcpy(bytes, expected_bytes, sizeof bytes);
        bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
        tempdir_write(file_path(), bytes, sizeof bytes);
        if (origins_open(&o, file_path(), &err) != STATUS_OK)
            continue;
        for (uint32_t docid = 0; docid <= 5; docid++)
            if (origins_get(o, docid, &path, &found))
                cr_assert_leq(found.path.len, sizeof bytes);
    }
}

Test(origins, without_finish_no_file_is_left)
{
    AUTO(origins_writer) w = NULL;
    cr_assert_eq(origins_writer_new(&w, file_path(), &err), STATUS_OK);
    origins_writer_add(w, &three[0]);
    origins_writer_free(TAKE(w));
    cr_assert_neq(access(file_path(), F_OK), 0);
    cr_assert_eq(rmdir(folder), 0, "the folder is not empty");
    cr_assert_eq(mkdir(folder, 0777), 0);
    cr_assert_eq(origins_writer_new(&w, "/nowhere/at/all", &err), STATUS_IO);
    origins_free(NULL);
    origins_writer_free(NULL);
}
