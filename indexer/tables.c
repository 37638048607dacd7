#include "indexer/tables.h"

#include <assert.h>
#include <stdio.h>

struct manifest_file *tables_file(struct manifest_segment *segment,
                                  const char *name)
{
    assert(segment->file_count < MANIFEST_FILES_MAX);
    struct manifest_file *file = &segment->files[segment->file_count++];
    *file = (struct manifest_file){0};
    int len = snprintf(file->name, sizeof file->name, "segments/%s/%s",
                       segment->name, name);
    assert(len > 0 && (size_t)len < sizeof file->name);
    (void)len;
    return file;
}
