#include "tests/support/tempdir.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void fail(const char *what)
{
    perror(what);
    exit(99);
}

char *tempdir_make(void)
{
    const char *parent = getenv("TMPDIR");
    char path[256];
    snprintf(path, sizeof path, "%s/morgue-test-XXXXXX",
             parent ? parent : "/tmp");
    if (!mkdtemp(path))
        fail(path);
    return strdup(path);
}

static int remove_one(const char *path, const struct stat *info, int type,
                      struct FTW *ftw)
{
    (void)info;
    (void)type;
    (void)ftw;
    return remove(path);
}

void tempdir_remove(char *path)
{
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(path);
}

const char *tempdir_file(const char *path, const char *name)
{
    static char buffers[4][512];
    static unsigned turn;
    char *out = buffers[turn++ % 4];
    snprintf(out, sizeof buffers[0], "%s/%s", path, name);
    return out;
}

void tempdir_write(const char *path, const void *bytes, size_t len)
{
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(bytes, 1, len, f) != len || fclose(f) != 0)
        fail(path);
}

char *tempdir_read(const char *path, size_t *len)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        fail(path);
    char *bytes = NULL;
    size_t used = 0, room = 0, got;
    do {
        room += 65536;
        bytes = realloc(bytes, room + 1);
        if (!bytes)
            fail(path);
        got = fread(bytes + used, 1, room - used, f);
        used += got;
    } while (got > 0);
    fclose(f);
    bytes[used] = '\0';
    if (len)
        *len = used;
    return bytes;
}
