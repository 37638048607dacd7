#include "indexer/folder.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>

enum { DESCRIPTORS = 16 };

enum status folder_make(const char *path, struct error *err)
{
    if (mkdir(path, 0777) == 0)
        return STATUS_OK;
    if (errno == EEXIST)
        return error_set(err, STATUS_EXISTS, "'%s' exists already", path);
    return error_io(err, "make folder", path);
}

static int remove_one(const char *path, const struct stat *info, int type,
                      struct FTW *ftw)
{
    (void)info;
    (void)type;
    (void)ftw;
    return remove(path);
}

enum status folder_remove(const char *path, struct error *err)
{
    if (nftw(path, remove_one, DESCRIPTORS, FTW_DEPTH | FTW_PHYS) == 0 ||
        errno == ENOENT)
        return STATUS_OK;
    return error_io(err, "remove", path);
}
