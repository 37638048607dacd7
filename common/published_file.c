#include "common/published_file.h"

#include <stdio.h>

#include "common/strbuf.h"

enum { PATH_SIZE_MAX = 1 << 16 };

enum status published_file_check(const struct manifest_file *file,
                                 const char *archive,
                                 const struct digest_watch *watch,
                                 struct error *err)
{
    AUTO_DONE(strbuf) path = STRBUF_INIT(PATH_SIZE_MAX);
    strbuf_append_format(&path, "%s/%s", archive, file->name);
    struct digest digest;
    uint64_t size;
    enum status status =
        digest_file(&digest, &size, strbuf_string(&path), watch, err);
    if (status != STATUS_OK)
        return status;
    if (size != file->size)
        return error_set(err, STATUS_CORRUPT,
                         "'%s' has %llu bytes instead of %llu", file->name,
                         (unsigned long long)size,
                         (unsigned long long)file->size);
    if (!digest_equal(&digest, &file->digest))
        return error_set(err, STATUS_CORRUPT,
                         "'%s' is damaged: its digest is another", file->name);
    return STATUS_OK;
}

enum status published_segment_check(const struct manifest_segment *segment,
                                    const char *archive, struct error *err)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < segment->file_count && status == STATUS_OK; i++)
        status = published_file_check(&segment->files[i], archive, NULL, err);
    return status;
}
