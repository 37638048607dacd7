#include "indexer/line_log.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/digest.h"
#include "common/strbuf.h"
#include "tests/support/tempdir.h"

static struct error err;

static bool collect(void *context, size_t file, struct text line)
{
    strbuf_append_format(context, "%zu:%.*s\n", file, TEXT_ARG(line));
    return true;
}

static bool keep_all(void *context, size_t file, struct text line)
{
    (void)context, (void)file, (void)line;
    return true;
}

static char *make_archive(void)
{
    char *archive = tempdir_make();
    mkdir(tempdir_file(archive, "ledger"), 0777);
    return archive;
}

static size_t entries(const char *archive)
{
    size_t count = 0;
    DIR *folder = opendir(tempdir_file(archive, "ledger"));
    while (readdir(folder))
        count++;
    closedir(folder);
    return count - 2;
}

static void append(struct line_log *log, const char *line)
{
    cr_assert_eq(line_log_append(log, text_from(line), &err), STATUS_OK, "%s",
                 err.message);
}

/* Saves into the list, as the owner of a manifest would. */
static void save(struct line_log *log, struct manifest_file *files,
                 size_t *count, line_log_fn *keep)
{
    struct line_log_request request = {
        .files = files, .count = *count, .on_line = keep};
    struct manifest_file file;
    size_t replaced;
    cr_assert_eq(line_log_save(log, &request, &file, &replaced, &err),
                 STATUS_OK, "%s", err.message);
    if (!file.name[0])
        return;
    *count -= replaced;
    files[(*count)++] = file;
}

static enum status read_files(struct line_log *log,
                              const struct manifest_file *files, size_t count,
                              struct strbuf *out)
{
    struct line_log_request request = {
        .files = files, .count = count, .on_line = collect, .context = out};
    return line_log_read(log, &request, &err);
}

Test(line_log, lines_come_back_in_order_file_by_file)
{
    char *archive = make_archive();
    AUTO(line_log) log = line_log_new(archive, "ledger", "head 1", 3);
    struct manifest_file files[10];
    size_t count = 0;
    append(log, "a");
    append(log, "");
    save(log, files, &count, keep_all);
    append(log, "c");
    save(log, files, &count, keep_all);
    cr_assert_eq(count, 2);
    AUTO_DONE(strbuf) lines = STRBUF_INIT(1000);
    cr_assert_eq(read_files(log, files, count, &lines), STATUS_OK, "%s",
                 err.message);
    cr_assert_str_eq(strbuf_string(&lines), "0:a\n0:\n1:c\n");
    char *bytes = tempdir_read(tempdir_file(archive, files[0].name), NULL);
    cr_assert_str_eq(bytes, "head 1\na\n\n");
    free(bytes);
    tempdir_remove(archive);
}

Test(line_log, without_lines_there_is_no_file)
{
    char *archive = make_archive();
    AUTO(line_log) log = line_log_new(archive, "ledger", "", 1);
    struct manifest_file files[10];
    size_t count = 0;
    save(log, files, &count, keep_all);
    cr_assert_eq(count, 0);
    cr_assert_eq(entries(archive), 0);
    tempdir_remove(archive);
}

Test(line_log, what_is_not_saved_leaves_nothing)
{
    char *archive = make_archive();
    struct line_log *log = line_log_new(archive, "ledger", "head", 1);
    append(log, "x");
    cr_assert_eq(entries(archive), 1);
    line_log_free(log);
    cr_assert_eq(entries(archive), 0);
    tempdir_remove(archive);
}

static bool keep_odd(void *context, size_t file, struct text line)
{
    (void)context, (void)file;
    return (line.ptr[line.len - 1] - '0') % 2 == 1;
}

Test(line_log, the_eighth_file_takes_in_what_is_kept_of_the_others)
{
    char *archive = make_archive();
    AUTO(line_log) log = line_log_new(archive, "ledger", "head", 1);
    struct manifest_file files[10];
    size_t count = 0;
    for (int i = 0; i < 8; i++) {
        char line[20];
        snprintf(line, sizeof line, "line %d", i);
        append(log, line);
        save(log, files, &count, keep_odd);
    }
    cr_assert_eq(count, 1);
    AUTO_DONE(strbuf) lines = STRBUF_INIT(1000);
    cr_assert_eq(read_files(log, files, count, &lines), STATUS_OK);
    cr_assert_str_eq(strbuf_string(&lines),
                     "0:line 7\n0:line 1\n0:line 3\n0:line 5\n");
    cr_assert_eq(entries(archive), 8, "the replaced ones stay until a sweep");
    tempdir_remove(archive);
}

Test(line_log, long_lines_and_large_files_pass)
{
    char *archive = make_archive();
    AUTO(line_log) log = line_log_new(archive, "ledger", "head", 1);
    struct manifest_file files[10];
    size_t count = 0;
    static char line[LINE_LOG_LINE_MAX];
    memset(line, 'x', sizeof line);
    for (size_t len = sizeof line; len > 10; len = len * 2 / 3)
        cr_assert_eq(line_log_append(log, text_make(line, len), &err),
                     STATUS_OK);
    save(log, files, &count, keep_all);
    AUTO_DONE(strbuf) lines = STRBUF_INIT(10 << 20);
    cr_assert_eq(read_files(log, files, count, &lines), STATUS_OK, "%s",
                 err.message);
    cr_assert_gt(lines.len, 3000000);
    tempdir_remove(archive);
}

Test(line_log, any_cut_or_changed_byte_is_damage_and_named)
{
    char *archive = make_archive();
    AUTO(line_log) log = line_log_new(archive, "ledger", "head", 1);
    struct manifest_file files[10];
    size_t count = 0, len;
    append(log, "one");
    append(log, "two");
    save(log, files, &count, keep_all);
    const char *path = tempdir_file(archive, files[0].name);
    char *bytes = tempdir_read(path, &len);
    AUTO_DONE(strbuf) lines = STRBUF_INIT(1 << 20);
    for (size_t i = 0; i < len; i++) {
        tempdir_write(path, bytes, i);
        cr_assert_eq(read_files(log, files, count, &lines), STATUS_CORRUPT);
        bytes[i] ^= 1;
        tempdir_write(path, bytes, len);
        bytes[i] ^= 1;
        cr_assert_eq(read_files(log, files, count, &lines), STATUS_CORRUPT);
        cr_assert(strstr(err.message, files[0].name), "%s", err.message);
    }
    unlink(path);
    cr_assert_eq(read_files(log, files, count, &lines), STATUS_CORRUPT);
    cr_assert(strstr(err.message, "is missing"));
    free(bytes);
    tempdir_remove(archive);
}

Test(line_log, damage_in_a_file_that_would_be_merged_is_not_copied)
{
    char *archive = make_archive();
    AUTO(line_log) log = line_log_new(archive, "ledger", "head", 1);
    struct manifest_file files[10];
    size_t count = 0;
    for (int i = 0; i < 7; i++) {
        append(log, "line");
        save(log, files, &count, keep_all);
    }
    tempdir_write(tempdir_file(archive, files[3].name), "head\nlime\n", 10);
    append(log, "line");
    struct line_log_request request = {
        .files = files, .count = count, .on_line = keep_all};
    struct manifest_file file = {.size = 77};
    size_t replaced = 99;
    cr_assert_eq(line_log_save(log, &request, &file, &replaced, &err),
                 STATUS_CORRUPT);
    cr_assert_eq(file.size, 77);
    cr_assert_eq(replaced, 99);
    cr_assert_eq(entries(archive), 7);
    tempdir_remove(archive);
}

Test(line_log, an_endless_line_is_damage)
{
    char *archive = make_archive();
    AUTO(line_log) log = line_log_new(archive, "ledger", "", 1);
    struct manifest_file file = {"ledger/x", 5 << 20, {{0}}};
    const char *path = tempdir_file(archive, "ledger/x");
    tempdir_write(path, "", 0);
    cr_assert_eq(truncate(path, 5 << 20), 0);
    AUTO_DONE(strbuf) lines = STRBUF_INIT(1 << 20);
    cr_assert_eq(read_files(log, &file, 1, &lines), STATUS_CORRUPT);
    cr_assert(strstr(err.message, "endless"), "%s", err.message);
    tempdir_remove(archive);
}

Test(line_log, without_its_folder_it_says_so)
{
    char *archive = tempdir_make();
    AUTO(line_log) log = line_log_new(archive, "ledger", "", 1);
    cr_assert_eq(line_log_append(log, text_from("x"), &err), STATUS_IO);
    tempdir_remove(archive);
}
