#include "indexer/site.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/mem.h"
#include "indexer/archive_folder.h"
#include "indexer/folder.h"
#include "indexer/segment_writer.h"

enum { PATH_SIZE = 4096 };

void site_init(struct site *s, const struct site_settings *settings)
{
    *s = (struct site){.settings = settings};
}

static void segment_path(const struct site *s, const char *name,
                         char out[PATH_SIZE])
{
    snprintf(out, PATH_SIZE, "%s/segments/%s", s->settings->archive, name);
}

static enum status open_writer(struct site *s, struct error *err)
{
    char name[ARCHIVE_FOLDER_NAME_SIZE], path[PATH_SIZE];
    archive_folder_name(name, s->settings->generation);
    segment_path(s, name, path);
    struct segment_settings settings = {
        .tables = s->settings->tables,
        .path = path,
        .name = name,
        .language = s->settings->language,
        .memory = s->settings->memory,
    };
    return segment_writer_new(&s->writer, &settings, err);
}

enum status site_complete(struct site *s, struct error *err)
{
    struct built_segment built = {.sequences = s->sequences};
    if (!s->writer)
        return STATUS_OK;
    enum status status = segment_writer_finish(s->writer, &built.segment, err);
    if (status != STATUS_OK)
        return status;
    /* Its memory is given back at once: what comes next wants it. */
    segment_writer_free(TAKE(s->writer));
    MEM_GROW(s->built, s->built_count, s->built_capacity);
    s->built[s->built_count++] = built;
    s->sequences = NULL;
    s->sequence_count = s->sequence_capacity = 0;
    return STATUS_OK;
}

static enum status add_entry(struct site *s, const struct batch_entry *entry,
                             struct error *err)
{
    enum status status = s->writer ? STATUS_OK : open_writer(s, err);
    if (status == STATUS_OK)
        status = segment_writer_add_entry(s->writer, entry, err);
    if (status != STATUS_OK)
        return status;
    MEM_GROW(s->sequences, s->sequence_count, s->sequence_capacity);
    s->sequences[s->sequence_count++] = entry->ingest.sequence;
    return segment_writer_is_full(s->writer) ? site_complete(s, err)
                                             : STATUS_OK;
}

enum status site_add(struct site *s, const struct batch *batch,
                     struct error *err)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < batch->count && status == STATUS_OK; i++)
        if (batch_entry_is_written(&batch->entries[i]))
            status = add_entry(s, &batch->entries[i], err);
    return status;
}

static void remove_segment(const struct site *s,
                           const struct built_segment *built)
{
    char path[PATH_SIZE];
    struct error ignored = ERROR_NONE;
    segment_path(s, built->segment.name, path);
    enum status status = folder_remove(path, &ignored);
    (void)status; /* the next run sweeps it away */
}

void site_done(struct site *s, enum site_end end)
{
    segment_writer_free(s->writer);
    for (size_t i = 0; i < s->built_count; i++) {
        if (end == SITE_REMOVE)
            remove_segment(s, &s->built[i]);
        free(s->built[i].sequences);
    }
    free(s->built);
    free(s->sequences);
}
