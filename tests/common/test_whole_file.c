#include "common/whole_file.h"

#include <criterion/criterion.h>
#include <sys/stat.h>

#include "tests/support/tempdir.h"

static struct error err;

Test(whole_file, is_appended_with_all_its_bytes)
{
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "f");
    static char bytes[200001];
    bytes[100000] = 'x';
    tempdir_write(path, bytes, sizeof bytes);
    AUTO_DONE(strbuf) content = STRBUF_INIT(1 << 20);
    strbuf_append_string(&content, "ab");
    cr_assert_eq(whole_file_read(&content, path, &err), STATUS_OK);
    cr_assert_eq(content.len, 2 + sizeof bytes);
    cr_assert_eq(memcmp(content.ptr + 2, bytes, sizeof bytes), 0);
    tempdir_remove(folder);
}

Test(whole_file, may_be_empty_and_as_long_as_the_maximum)
{
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "f");
    AUTO_DONE(strbuf) content = STRBUF_INIT(4);
    tempdir_write(path, "", 0);
    cr_assert_eq(whole_file_read(&content, path, &err), STATUS_OK);
    cr_assert_eq(content.len, 0);
    tempdir_write(path, "abcd", 4);
    cr_assert_eq(whole_file_read(&content, path, &err), STATUS_OK);
    strbuf_reset(&content);
    tempdir_write(path, "abcde", 5);
    cr_assert_eq(whole_file_read(&content, path, &err), STATUS_CORRUPT);
    tempdir_remove(folder);
}

Test(whole_file, what_is_no_file_is_told_apart_from_what_is_missing)
{
    char *folder = tempdir_make();
    AUTO_DONE(strbuf) content = STRBUF_INIT(4);
    cr_assert_eq(whole_file_read(&content, folder, &err), STATUS_IO);
    const char *path = tempdir_file(folder, "f");
    cr_assert_eq(whole_file_read(&content, path, &err), STATUS_NOT_FOUND);
    tempdir_write(path, "x", 1);
    const char *below = tempdir_file(folder, "f/below");
    cr_assert_eq(whole_file_read(&content, below, &err), STATUS_NOT_FOUND);
    const char *pipe = tempdir_file(folder, "pipe");
    cr_assert_eq(mkfifo(pipe, 0600), 0);
    cr_assert_eq(whole_file_read(&content, pipe, &err), STATUS_IO);
    tempdir_remove(folder);
}
