#include "indexer/generation.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum status generation_begin(struct generation *out, const char *archive,
                             struct error *err)
{
    struct manifest manifest;
    enum status status = manifest_load(&manifest, archive, err);
    if (status != STATUS_OK)
        return status;
    manifest.generation++;
    *out = (struct generation){archive, manifest};
    return STATUS_OK;
}

void generation_done(struct generation *g)
{
    manifest_done(&g->manifest);
}

enum status generation_hide(struct generation *g,
                            struct manifest_segment *segment,
                            const struct deleted_list *deleted,
                            struct error *err)
{
    segment->deleted = (uint32_t)deleted->count;
    if (segment->deleted == segment->documents)
        return STATUS_OK; /* to be dropped: a list would be for nobody */
    char name[2 * MANIFEST_NAME_SIZE];
    snprintf(name, sizeof name, "segments/%s.deleted-%" PRIu64, segment->name,
             g->manifest.generation);
    return deleted_list_save(deleted, g->archive, name, &segment->deleted_list,
                             err);
}

void generation_add_segment(struct generation *g,
                            const struct manifest_segment *segment)
{
    *manifest_add_segment(&g->manifest) = *segment;
}

static void remove_at(struct manifest *m, size_t at)
{
    m->segment_count--;
    memmove(&m->segments[at], &m->segments[at + 1],
            (m->segment_count - at) * sizeof *m->segments);
}

void generation_drop_empty(struct generation *g)
{
    struct manifest *m = &g->manifest;
    for (size_t i = m->segment_count; i-- > 0;)
        if (m->segments[i].deleted == m->segments[i].documents)
            remove_at(m, i);
}

void generation_drop(struct generation *g, const char *name)
{
    struct manifest *m = &g->manifest;
    for (size_t i = m->segment_count; i-- > 0;)
        if (strcmp(m->segments[i].name, name) == 0)
            remove_at(m, i);
}

enum status generation_publish(struct generation *g, timestamp now,
                               struct error *err)
{
    g->manifest.published = now;
    return manifest_save(&g->manifest, g->archive, err);
}
