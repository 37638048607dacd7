#include "searcher/session/history.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/tempdir.h"

static void add(struct history *h, const char *line)
{
    struct error err = ERROR_NONE;
    cr_assert_eq(history_add(h, text_from(line), &err), STATUS_OK, "%s",
                 err.message);
}

static struct history *open_at(const char *path)
{
    struct history *h = NULL;
    struct error err = ERROR_NONE;
    cr_assert_eq(history_open(&h, path, &err), STATUS_OK, "%s", err.message);
    return h;
}

Test(history, keeps_lines_for_the_next_session_and_from_other_eyes)
{
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "a/b/history");
    struct history *h = open_at(path), *other = open_at(path);
    cr_expect_eq(history_count(h), 0);
    add(h, "gas");
    add(h, "gas");
    add(h, " secret");
    add(h, "");
    add(other, "oil \xc3\xa9");
    add(h, "gas OR oil");
    history_free(h);
    history_free(other);
    struct stat info;
    cr_assert_eq(stat(path, &info), 0);
    cr_expect_eq(info.st_mode & 0777, 0600);
    h = open_at(path);
    cr_assert_eq(history_count(h), 3);
    cr_expect_str_eq(history_line(h, 0), "gas");
    cr_expect_str_eq(history_line(h, 1), "oil \xc3\xa9");
    cr_expect_str_eq(history_line(h, 2), "gas OR oil");
    add(h, "gas OR oil");
    history_free(h);
    char *content = tempdir_read(path, NULL);
    cr_expect_str_eq(content, "gas\noil \xc3\xa9\ngas OR oil\n");
    free(content);
    tempdir_remove(folder);
}

Test(history, leaves_out_lines_that_no_one_typed)
{
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "history");
    char *bytes = malloc(3 * HISTORY_LINE_MAX);
    memset(bytes, 'x', 3 * HISTORY_LINE_MAX);
    memcpy(bytes, "gas\n\na\0b\n", 9);
    memcpy(bytes + 2 * HISTORY_LINE_MAX, "\noil", 4);
    tempdir_write(path, bytes, 2 * HISTORY_LINE_MAX + 4);
    struct history *h = open_at(path);
    cr_assert_eq(history_count(h), 2);
    cr_expect_str_eq(history_line(h, 1), "oil");
    bytes[3 * HISTORY_LINE_MAX - 1] = '\0';
    add(h, bytes + 2 * HISTORY_LINE_MAX + 2);
    add(h, "two\nlines");
    history_free(h);
    h = open_at(path);
    cr_expect_eq(history_count(h), 3, "%zu", history_count(h));
    history_free(h);
    free(bytes);
    tempdir_remove(folder);
}

Test(history, stays_short)
{
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "history");
    AUTO_DONE(strbuf) lines = STRBUF_INIT(1 << 20);
    for (int i = 0; i < 2 * HISTORY_LINES + 5; i++)
        strbuf_append_format(&lines, "%d\n", i);
    tempdir_write(path, lines.ptr, lines.len);
    struct history *h = open_at(path);
    cr_assert_eq(history_count(h), HISTORY_LINES);
    cr_expect_str_eq(history_line(h, 0), "1005");
    add(h, "gas");
    history_free(h);
    h = open_at(path);
    cr_assert_eq(history_count(h), HISTORY_LINES + 1);
    cr_expect_str_eq(history_line(h, HISTORY_LINES), "gas");
    history_free(h);
    tempdir_remove(folder);
}

Test(history, nothing_but_a_file_is_written_to)
{
    char *folder = tempdir_make();
    struct history *h = NULL;
    struct error err = ERROR_NONE;
    cr_expect_neq(history_open(&h, folder, &err), STATUS_OK);
    cr_expect_neq(history_open(&h, "/dev/null", &err), STATUS_OK);
    const char *pipe = tempdir_file(folder, "pipe");
    cr_assert_eq(mkfifo(pipe, 0600), 0);
    cr_expect_neq(history_open(&h, pipe, &err), STATUS_OK,
                  "and not waited for");
    cr_expect_null(h);
    tempdir_remove(folder);
}

Test(history, has_its_place_where_state_is_kept)
{
    AUTO_DONE(strbuf) path = STRBUF_INIT(4096);
    setenv("XDG_STATE_HOME", "/var/state", 1);
    cr_expect(history_place(&path));
    cr_expect_str_eq(strbuf_string(&path), "/var/state/morgue/history");
    strbuf_reset(&path);
    setenv("XDG_STATE_HOME", "relative", 1);
    setenv("HOME", "/home/ada", 1);
    cr_expect(history_place(&path));
    cr_expect_str_eq(strbuf_string(&path),
                     "/home/ada/.local/state/morgue/history");
    strbuf_reset(&path);
    unsetenv("HOME");
    cr_expect(!history_place(&path));
}
