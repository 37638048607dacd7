#include "common/deleted_list.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "tests/support/effort.h"
#include "tests/support/tempdir.h"

static struct error err;

static void save(const struct deleted_list *list, const char *folder,
                 struct manifest_file *file)
{
    cr_assert_eq(deleted_list_save(list, folder, "list", file, &err), STATUS_OK,
                 "%s", err.message);
}

Test(deleted_list, is_sorted_and_has_each_once)
{
    AUTO_DONE(deleted_list) list = {NULL, 0, 0};
    deleted_list_sort(&list);
    cr_assert_not(deleted_list_contains(&list, 1));
    for (uint32_t i = 0; i < 1000; i++)
        deleted_list_add(&list, 1 + i * 7919 % 300 * 3);
    deleted_list_sort(&list);
    cr_assert_eq(list.count, 300);
    for (uint32_t docid = 0; docid <= 1000; docid++)
        cr_assert_eq(deleted_list_contains(&list, docid),
                     docid % 3 == 1 && docid < 900, "%u", docid);
}

Test(deleted_list, comes_back_as_it_was_saved)
{
    char *folder = tempdir_make();
    uint32_t some[] = {1, 2, 129, 130, 20000, 3000000, ENGINE_DOCID_MAX};
    for (size_t count = 0; count <= sizeof some / sizeof *some; count++) {
        struct deleted_list list = {some, count, count};
        struct manifest_file file;
        save(&list, folder, &file);
        cr_assert_str_eq(file.name, "list");
        struct digest d;
        uint64_t size;
        const char *path = tempdir_file(folder, "list");
        cr_assert_eq(digest_file(&d, &size, path, NULL, &err), STATUS_OK);
        cr_assert(digest_equal(&d, &file.digest));
        cr_assert_eq(size, file.size);
        AUTO_DONE(deleted_list) again;
        cr_assert_eq(deleted_list_load(&again, path, ENGINE_DOCID_MAX, &err),
                     STATUS_OK, "%s", err.message);
        cr_assert_eq(again.count, count);
        cr_assert(count == 0 ||
                  memcmp(again.docids, some, count * sizeof *some) == 0);
    }
    tempdir_remove(folder);
}

Test(deleted_list, has_the_documented_bytes)
{
    char *folder = tempdir_make();
    uint32_t some[] = {3, 131};
    struct deleted_list list = {some, 2, 2};
    struct manifest_file file;
    save(&list, folder, &file);
    size_t len;
    char *bytes = tempdir_read(tempdir_file(folder, "list"), &len);
    cr_assert_eq(len, 23);
    cr_assert_arr_eq(bytes, "morgue deleted 1\2\0\0\0\3\x80\1", 23);
    free(bytes);
    tempdir_remove(folder);
}

static void refuses(const char *folder, const char *bytes, size_t len)
{
    const char *path = tempdir_file(folder, "bad");
    tempdir_write(path, bytes, len);
    struct deleted_list out = {NULL, 77, 0};
    cr_assert_eq(deleted_list_load(&out, path, 1000, &err), STATUS_CORRUPT,
                 "%zu bytes", len);
    cr_assert_eq(out.count, 77);
}

#define REFUSES(folder, bytes) refuses(folder, bytes, sizeof bytes - 1)
#define MAGIC                  "morgue deleted 1"

Test(deleted_list, a_cut_is_found_at_every_byte)
{
    char *folder = tempdir_make();
    uint32_t some[] = {3, 131, 132, 700};
    struct deleted_list list = {some, 4, 4};
    struct manifest_file file;
    save(&list, folder, &file);
    size_t len;
    char *bytes = tempdir_read(tempdir_file(folder, "list"), &len);
    for (size_t cut = 0; cut < len; cut++)
        refuses(folder, bytes, cut);
    free(bytes);
    tempdir_remove(folder);
}

Test(deleted_list, what_is_no_list_is_refused)
{
    char *folder = tempdir_make();
    REFUSES(folder, "morgue deleted 2\0\0\0\0");
    REFUSES(folder, MAGIC "\0\0\0\0\1");             /* more than counted */
    REFUSES(folder, MAGIC "\2\0\0\0\1");             /* fewer */
    REFUSES(folder, MAGIC "\xff\xff\xff\xff\1\1\1"); /* far fewer */
    REFUSES(folder, MAGIC "\1\0\0\0\0");             /* docid 0 */
    REFUSES(folder, MAGIC "\2\0\0\0\1\0");           /* the same again */
    REFUSES(folder, MAGIC "\1\0\0\0\x81\0");         /* a longer form */
    REFUSES(folder, MAGIC "\1\0\0\0\xe9\7");         /* 1001 */
    REFUSES(folder, MAGIC "\2\0\0\0\xe8\7\1");       /* 1000, 1001 */
    REFUSES(folder, MAGIC "\1\0\0\0\x81\x80\x80\x80\x10"); /* over 32 bits */
    REFUSES(folder, MAGIC "\1\0\0\0\x81\x80\x80\x80\x80\0");
    static char huge[8000] = MAGIC;
    refuses(folder, huge, sizeof huge);
    tempdir_remove(folder);
}

Test(deleted_list, random_bytes_never_do_harm)
{
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "f");
    srand(1);
    for (unsigned round = effort(3000); round > 0; round--) {
        char bytes[40] = MAGIC;
        size_t len = 16 + (size_t)rand() % 24;
        bytes[16] = (char)(rand() % 8);
        for (size_t i = 20; i < len; i++)
            bytes[i] = (char)rand();
        tempdir_write(path, bytes, len);
        AUTO_DONE(deleted_list) list = {NULL, 0, 0};
        if (deleted_list_load(&list, path, 100000, &err) != STATUS_OK)
            continue;
        for (size_t i = 0; i < list.count; i++)
            cr_assert(list.docids[i] > (i ? list.docids[i - 1] : 0) &&
                      list.docids[i] <= 100000);
    }
    tempdir_remove(folder);
}

Test(deleted_list, a_missing_file_is_stale)
{
    char *folder = tempdir_make();
    struct deleted_list list;
    const char *path = tempdir_file(folder, "none");
    cr_assert_eq(deleted_list_load(&list, path, 5, &err), STATUS_STALE);
    cr_assert_eq(err.status, STATUS_STALE);
    cr_assert_eq(deleted_list_load(&list, folder, 5, &err), STATUS_IO);
    struct manifest_file file;
    list = (struct deleted_list){NULL, 0, 0};
    cr_assert_eq(deleted_list_save(&list, folder, "no/list", &file, &err),
                 STATUS_IO);
    tempdir_remove(folder);
}
