/* segment_build FORMAT MEMORY FOLDER FILE [COUNT]: makes the segment FOLDER of
 * the (first COUNT) articles in FILE that are good, its tables written as
 * FORMAT says
 * ("glass" or "api") in about MEMORY bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/arena.h"
#include "common/digest.h"
#include "common/record.h"
#include "indexer/reader.h"
#include "indexer/segment_writer.h"
#include "indexer/tables.h"

enum { ID_MAX = 32 };

struct build {
    struct segment_settings settings;
    const char *file;
    unsigned long count;
};

static enum status add(struct segment_writer *w, struct article *article,
                       uint64_t sequence, struct error *err)
{
    char id[ID_MAX];
    struct digest content;
    const struct ingest ingest = {
        .sequence = sequence,
        .first_seen = 1700000000,
        .last_changed = 1700000000 + (timestamp)(sequence * 60),
        .versions = sequence % 7 == 0 ? 2 : 1,
    };
    snprintf(id, sizeof id, "line-%llu", (unsigned long long)sequence);
    if (article->id.len == 0)
        article->id = text_from(id);
    record_digest(article, &content);
    return segment_writer_add(w, article, &ingest, &content, err);
}

static enum status add_all(struct segment_writer *w, const struct build *b,
                           struct error *err)
{
    AUTO(reader) reader = NULL;
    AUTO_DONE(arena) arena = ARENA_INIT;
    enum status status = reader_open(&reader, b->file, NULL, err);
    for (uint64_t n = 1; n <= b->count && status == STATUS_OK; n++) {
        struct article article;
        arena_reset(&arena);
        status = reader_next(reader, &arena, &article, err);
        if (status == STATUS_OK)
            status = add(w, &article, n, err);
        else if (status == STATUS_SOURCE)
            status = STATUS_OK;
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static enum status build(const struct build *b, struct error *err)
{
    AUTO(segment_writer) w = NULL;
    struct manifest_segment made;
    enum status status = segment_writer_new(&w, &b->settings, err);
    if (status == STATUS_OK)
        status = add_all(w, b, err);
    if (status == STATUS_OK)
        status = segment_writer_finish(w, &made, err);
    return status;
}

int main(int argc, char **argv)
{
    if (argc < 5) {
        fprintf(stderr, "segment_build FORMAT MEMORY FOLDER FILE [COUNT]\n");
        return 2;
    }
    struct error err = ERROR_NONE;
    const struct build b = {
        .settings = {.tables = strcmp(argv[1], "api") == 0 ? &tables_api
                                                           : &tables_glass,
                     .path = argv[3],
                     .name = "segment",
                     .language = "english",
                     .memory = strtoul(argv[2], NULL, 10)},
        .file = argv[4],
        .count = argc > 5 ? strtoul(argv[5], NULL, 10) : ~0ul,
    };
    if (build(&b, &err) == STATUS_OK)
        return 0;
    fprintf(stderr, "segment_build: %s\n", err.message);
    return 2;
}
