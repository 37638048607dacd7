#include "indexer/archive_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/atomic_file.h"
#include "common/manifest.h"
#include "common/random.h"
#include "common/strbuf.h"

enum { PATH_SIZE_MAX = 1 << 16, RANDOM_DIGITS = 12, GENERATION_DIGITS = 12 };

static const char *const sub_folders[] = {"ledger", "rejects", "segments"};
enum { SUB_FOLDERS = sizeof sub_folders / sizeof *sub_folders };

static bool is_of_first_run(const char *name)
{
    static const char *const others[] = {"lock", "runs.jsonl", "XAPIANDB.tmp",
                                         ".", ".."};
    for (size_t i = 0; i < SUB_FOLDERS; i++)
        if (strcmp(name, sub_folders[i]) == 0)
            return true;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(name, others[i]) == 0)
            return true;
    return false;
}

static enum status check_entries(const char *archive, struct error *err)
{
    DIR *folder = opendir(archive);
    if (!folder)
        return error_io(err, "open", archive);
    struct dirent *entry;
    bool strange = false;
    while (!strange && (entry = readdir(folder)))
        strange = !is_of_first_run(entry->d_name);
    closedir(folder);
    if (strange)
        return error_set(err, STATUS_EXISTS,
                         "'%s' is not a morgue archive, and not empty",
                         archive);
    return STATUS_OK;
}

static enum status check_existing(const char *archive, struct error *err)
{
    struct stat info;
    if (stat(archive, &info) != 0)
        return error_io(err, "look at", archive);
    if (!S_ISDIR(info.st_mode))
        return error_set(err, STATUS_EXISTS,
                         "'%s' is not a morgue archive, but a file", archive);
    AUTO_DONE(manifest) m = {.generation = 0};
    enum status status = manifest_load(&m, archive, err);
    return status == STATUS_NOT_FOUND ? check_entries(archive, err) : status;
}

static enum status make_sub_folder(const char *archive, const char *name,
                                   struct error *err)
{
    AUTO_DONE(strbuf) path = STRBUF_INIT(PATH_SIZE_MAX);
    strbuf_append_format(&path, "%s/%s", archive, name);
    const char *string = strbuf_string(&path);
    if (mkdir(string, 0777) == 0)
        return STATUS_OK;
    if (errno != EEXIST)
        return error_io(err, "create", string);
    struct stat info;
    if (lstat(string, &info) != 0)
        return error_io(err, "look at", string);
    if (!S_ISDIR(info.st_mode))
        return error_set(err, STATUS_EXISTS, "'%s' is not a folder", string);
    return STATUS_OK;
}

static enum status sync_parent(const char *archive, struct error *err)
{
    AUTO_DONE(strbuf) path = STRBUF_INIT(PATH_SIZE_MAX);
    strbuf_append_format(&path, "%s/..", archive);
    return atomic_file_sync_folder(strbuf_string(&path), err);
}

enum status archive_folder_prepare(const char *archive, struct error *err)
{
    enum status status = STATUS_OK;
    bool made = mkdir(archive, 0777) == 0;
    if (!made && errno != EEXIST)
        return error_io(err, "create", archive);
    if (!made)
        status = check_existing(archive, err);
    for (size_t i = 0; i < SUB_FOLDERS && status == STATUS_OK; i++)
        status = make_sub_folder(archive, sub_folders[i], err);
    if (status == STATUS_OK)
        status = atomic_file_sync_folder(archive, err);
    if (status == STATUS_OK && made)
        status = sync_parent(archive, err);
    return status;
}

void archive_folder_name(char out[ARCHIVE_FOLDER_NAME_SIZE],
                         uint64_t generation)
{
    uint64_t random;
    random_fill(&random, sizeof random);
    snprintf(out, ARCHIVE_FOLDER_NAME_SIZE, "g%" PRIu64 "-%0*" PRIx64,
             generation, RANDOM_DIGITS,
             random & ((UINT64_C(1) << (4 * RANDOM_DIGITS)) - 1));
}

static size_t count_digits(struct text t, const char *digits)
{
    size_t count = 0;
    while (count < t.len && t.ptr[count] && strchr(digits, t.ptr[count]))
        count++;
    return count;
}

size_t archive_folder_name_length(struct text t)
{
    if (t.len == 0 || t.ptr[0] != 'g')
        return 0;
    size_t digits =
        count_digits(text_slice(t, 1, GENERATION_DIGITS), "0123456789");
    size_t dash = 1 + digits;
    if (digits == 0 || dash >= t.len || t.ptr[dash] != '-')
        return 0;
    struct text rest = text_slice(t, dash + 1, RANDOM_DIGITS);
    if (count_digits(rest, "0123456789abcdef") != RANDOM_DIGITS)
        return 0;
    return dash + 1 + RANDOM_DIGITS;
}
