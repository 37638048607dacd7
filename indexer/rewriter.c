#include "indexer/rewriter.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/mem.h"
#include "indexer/archive_folder.h"
#include "indexer/segment_writer.h"

enum { PATH_SIZE = 4096 };

void rewriter_done(struct rewriter *r)
{
    segment_writer_free(r->writer);
    free(r->made);
}

static enum status open_writer(struct rewriter *r, struct error *err)
{
    char name[ARCHIVE_FOLDER_NAME_SIZE], path[PATH_SIZE];
    archive_folder_name(name, r->generation);
    snprintf(path, sizeof path, "%s/segments/%s", r->archive, name);
    struct segment_settings settings = {
        .tables = r->tables,
        .path = path,
        .name = name,
        .language = r->language,
        .memory = r->memory,
    };
    return segment_writer_new(&r->writer, &settings, err);
}

enum status rewriter_finish(struct rewriter *r, struct error *err)
{
    if (!r->writer)
        return STATUS_OK;
    MEM_GROW(r->made, r->made_count, r->made_capacity);
    enum status status =
        segment_writer_finish(r->writer, &r->made[r->made_count], err);
    if (status != STATUS_OK)
        return status;
    r->made_count++;
    segment_writer_free(TAKE(r->writer));
    return STATUS_OK;
}

enum status rewriter_add(struct rewriter *r, const struct article *article,
                         const struct stored_facts *facts, struct error *err)
{
    enum status status = r->writer ? STATUS_OK : open_writer(r, err);
    if (status == STATUS_OK)
        status = segment_writer_add(r->writer, article, &facts->ingest,
                                    &facts->content, err);
    if (status != STATUS_OK || !segment_writer_is_full(r->writer))
        return status;
    return rewriter_finish(r, err);
}
