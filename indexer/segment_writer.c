#include "indexer/segment_writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/analyzer.h"
#include "common/atomic_file.h"
#include "common/mem.h"
#include "common/stage.h"
#include "indexer/batch.h"
#include "indexer/document.h"
#include "indexer/folder.h"
#include "indexer/segment/origins_writer.h"
#include "indexer/segment/tokens_writer.h"
#include "indexer/segment/vocabulary_writer.h"
#include "indexer/side_task.h"
#include "indexer/tables.h"

enum {
    PATH_SIZE = 4096,
    LARGE = 1 << 20, /* bytes of text; for less a thread is not worth it */
    /* Tables by lexeme, made at the end, and by article, here and in those who
     * use the segment (workers.h), doubled as they grow: bytes for each. */
    LEXEME_TABLES = sizeof(uint32_t),
    ARTICLE_TABLES =
        2 * (sizeof(uint32_t) + sizeof(uint64_t) + ORIGINS_ARTICLE),
    MEMORY_MIN = 8 << 20 /* however little is allowed: else segments of a few
                            articles would come of it */
};

struct segment_writer {
    char *path;
    size_t memory;
    struct manifest_segment segment; /* as far as it is known */
    struct analyzer *analyzer;
    struct document_builder *builder;
    struct tables *tables;
    struct tokens_writer *tokens;
    struct origins_writer *origins;
    bool made, finished; /* the folder; all that is in it */
};

static enum status open_parts(struct segment_writer *w,
                              const struct segment_settings *s,
                              struct error *err)
{
    char path[PATH_SIZE];
    enum status status = folder_make(s->path, err);
    if (status != STATUS_OK)
        return status;
    w->made = true;
    status = analyzer_new(&w->analyzer, s->language, err);
    if (status == STATUS_OK)
        status = document_builder_new(&w->builder, s->language, err);
    if (status == STATUS_OK)
        status = s->tables->open(&w->tables, s->path, s->memory, err);
    snprintf(path, sizeof path, "%s/tokens", s->path);
    if (status == STATUS_OK)
        status = tokens_writer_new(&w->tokens, path, err);
    snprintf(path, sizeof path, "%s/origins", s->path);
    if (status == STATUS_OK)
        status = origins_writer_new(&w->origins, path, err);
    return status;
}

enum status segment_writer_new(struct segment_writer **out,
                               const struct segment_settings *settings,
                               struct error *err)
{
    AUTO(segment_writer) w = mem_zeroed(1, sizeof *w);
    w->path = mem_copy_string(settings->path, strlen(settings->path));
    w->memory = settings->memory;
    snprintf(w->segment.name, sizeof w->segment.name, "%s", settings->name);
    enum status status = open_parts(w, settings, err);
    if (status != STATUS_OK)
        return status;
    *out = TAKE(w);
    return STATUS_OK;
}

void segment_writer_free(struct segment_writer *w)
{
    if (!w)
        return;
    if (w->tables)
        w->tables->format->free(w->tables);
    tokens_writer_free(w->tokens);
    origins_writer_free(w->origins);
    document_builder_free(w->builder);
    analyzer_free(w->analyzer);
    if (w->made && !w->finished) {
        struct error ignored = ERROR_NONE;
        enum status status = folder_remove(w->path, &ignored);
        (void)status;
    }
    free(w->path);
    free(w);
}

/* What only a new segment gives back: words and what is known by article. */
static size_t kept_memory(const struct segment_writer *w)
{
    return analyzer_memory(w->analyzer) +
           (size_t)analyzer_lexeme_count(w->analyzer) * LEXEME_TABLES +
           (size_t)w->segment.documents * ARTICLE_TABLES;
}

/* The tables have what the words leave, and a quarter at least. */
static size_t tables_memory(const struct segment_writer *w)
{
    size_t kept = kept_memory(w), most = w->memory - w->memory / 4;
    return w->memory - (kept < most ? kept : most);
}

bool segment_writer_is_full(const struct segment_writer *w)
{
    size_t memory = w->memory > MEMORY_MIN ? w->memory : MEMORY_MIN;
    return w->segment.documents == ENGINE_DOCID_MAX ||
           (w->segment.documents > 0 && kept_memory(w) > memory - memory / 4);
}

static void add_tokens(struct segment_writer *w, struct text t,
                       enum document_part part)
{
    struct token tokens[ANALYZER_AHEAD];
    size_t count;
    const enum stage outer = stage_begin(STAGE_TOKENISE);
    analyzer_start(w->analyzer, t);
    do {
        stage_begin(STAGE_TOKENISE);
        count = analyzer_read(w->analyzer, tokens, ANALYZER_AHEAD);
        for (size_t i = 0; i < count; i++)
            __builtin_prefetch(&tokens[i].lexeme->number);
        for (size_t i = 0; i < count; i++) {
            stage_begin(STAGE_INVERT);
            document_token(w->builder, &tokens[i], part);
            stage_begin(STAGE_TOKENS);
            tokens_writer_add(w->tokens, &tokens[i]);
        }
    } while (count == ANALYZER_AHEAD);
    stage_end(outer);
}

enum status segment_writer_add_entry(struct segment_writer *w,
                                     const struct batch_entry *entry,
                                     struct error *err)
{
    const struct article *article = &entry->article;
    const enum stage outer = stage_begin(STAGE_INVERT);
    document_begin(w->builder);
    if (w->tables->format->takes_deflated)
        document_deflated(w->builder, entry->deflated);
    tokens_writer_article(w->tokens);
    add_tokens(w, article->title, DOCUMENT_TITLE);
    tokens_writer_body(w->tokens);
    add_tokens(w, article->body, DOCUMENT_BODY);
    const struct document *d =
        document_end(w->builder, article, &entry->ingest, &entry->content);
    w->tables->memory = tables_memory(w);
    enum status status = w->tables->format->add(w->tables, d, err);
    stage_end(outer);
    if (status != STATUS_OK)
        return status;
    origins_writer_add(w->origins, &article->origin);
    w->segment.documents++;
    w->segment.last_docid++;
    w->segment.text_bytes += article->title.len + article->body.len;
    return STATUS_OK;
}

enum status segment_writer_add(struct segment_writer *w,
                               const struct article *article,
                               const struct ingest *ingest,
                               const struct digest *content, struct error *err)
{
    const struct batch_entry entry = {
        .article = *article, .content = *content, .ingest = *ingest};
    return segment_writer_add_entry(w, &entry, err);
}

uint32_t segment_writer_count(const struct segment_writer *w)
{
    return w->segment.documents;
}

static const struct lexeme *lexeme_of(const void *context, uint32_t number)
{
    return analyzer_lexeme(context, number);
}

static enum status write_vocabulary(struct segment_writer *w,
                                    struct manifest_file *file,
                                    struct error *err)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/vocabulary", w->path);
    const uint32_t count = analyzer_lexeme_count(w->analyzer);
    uint32_t *ids = mem_zeroed(count, sizeof *ids);
    for (uint32_t i = 0; i < count; i++)
        ids[i] = tokens_writer_id(w->tokens, i);
    const struct vocabulary_request request = {.path = path,
                                               .lexeme = lexeme_of,
                                               .context = w->analyzer,
                                               .count = count,
                                               .ids = ids};
    enum status status = vocabulary_writer_save(&request, file, err);
    free(ids);
    return status;
}

/* What is beside the tables, and needs nothing of them. */
struct beside {
    struct segment_writer *writer;
    struct manifest_file tokens, vocabulary, origins;
};

static enum status write_beside(void *context, struct error *err)
{
    struct beside *b = context;
    struct segment_writer *w = b->writer;
    const enum stage outer = stage_begin(STAGE_TOKENS);
    enum status status = tokens_writer_finish(w->tokens, &b->tokens, err);
    if (status == STATUS_OK)
        status = write_vocabulary(w, &b->vocabulary, err);
    stage_end(outer);
    if (status == STATUS_OK)
        status = origins_writer_finish(w->origins, &b->origins, err);
    return status;
}

static void note_file(struct segment_writer *w, const char *name,
                      const struct manifest_file *written)
{
    struct manifest_file *file = tables_file(&w->segment, name);
    file->size = written->size;
    file->digest = written->digest;
}

/* All files; of a large segment two at a time. */
static enum status write_files(struct segment_writer *w, struct error *err)
{
    struct beside beside = {.writer = w};
    struct side_task task = {.run = write_beside, .context = &beside};
    struct error late = ERROR_NONE;
    if (w->segment.text_bytes >= LARGE)
        side_task_start(&task, write_beside, &beside);
    const enum stage outer = stage_begin(STAGE_TABLES);
    enum status status = w->tables->format->finish(w->tables, &w->segment, err);
    stage_end(outer);
    enum status second = side_task_wait(&task, &late);
    if (status != STATUS_OK)
        return status;
    note_file(w, "tokens", &beside.tokens);
    note_file(w, "vocabulary", &beside.vocabulary);
    note_file(w, "origins", &beside.origins);
    if (second != STATUS_OK)
        *err = late;
    return second;
}

/* The names in the folder, and its own name. */
static enum status sync_names(const struct segment_writer *w, struct error *err)
{
    char parent[PATH_SIZE];
    snprintf(parent, sizeof parent, "%s/..", w->path);
    enum status status = atomic_file_sync_folder(w->path, err);
    return status == STATUS_OK ? atomic_file_sync_folder(parent, err) : status;
}

enum status segment_writer_finish(struct segment_writer *w,
                                  struct manifest_segment *out,
                                  struct error *err)
{
    enum status status = write_files(w, err);
    if (status == STATUS_OK)
        status = sync_names(w, err);
    if (status != STATUS_OK)
        return status;
    w->finished = true;
    *out = w->segment;
    return STATUS_OK;
}
