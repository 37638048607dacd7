#include "tests/support/archive_fixture.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/archive.h"
#include "common/mem.h"
#include "common/record.h"
#include "indexer/archive_folder.h"
#include "indexer/batch.h"
#include "indexer/catalog.h"
#include "indexer/ledger.h"
#include "indexer/publish.h"
#include "indexer/rejects.h"
#include "indexer/stored.h"
#include "indexer/tables.h"
#include "indexer/workers.h"
#include "tests/support/tempdir.h"

enum { MEMORY = 8 << 20, TERM_MAX = 1024, TEXT_MAX = 64 << 20 };

static struct error err;

static void must(enum status status)
{
    if (status == STATUS_OK)
        return;
    fprintf(stderr, "fixture: %s\n", err.message);
    exit(99);
}

struct article archive_fixture_article(const char *id, const char *title,
                                       const char *body)
{
    return (struct article){.id = text_from(id),
                            .title = text_from(title),
                            .body = text_from(body),
                            .published = TIMESTAMP_UNKNOWN};
}

char *archive_fixture_make(void)
{
    char *archive = tempdir_make();
    must(archive_folder_prepare(archive, &err));
    AUTO_DONE(manifest) m;
    manifest_init(&m, "english");
    m.generation = 1;
    m.published = FIXTURE_NOW;
    must(manifest_save(&m, archive, &err));
    return archive;
}

static void add(struct batch *batch, const struct article *article,
                bool misread)
{
    AUTO_DONE(strbuf) term = STRBUF_INIT(TERM_MAX);
    struct batch_entry *entry = batch_add(batch, article);
    record_id_term(article->id, &term);
    entry->id = digest_of(strbuf_text(&term));
    record_digest(article, &entry->content);
    if (misread)
        entry->content.bytes[0] ^= 1;
}

static void push_batches(const struct fixture_run *run, struct catalog *catalog,
                         struct workers *workers)
{
    size_t size = run->batch ? run->batch : BATCH_ARTICLES;
    for (size_t i = 0; i < run->count; i += size) {
        AUTO(batch) batch = batch_new();
        for (size_t j = i; j < run->count && j < i + size; j++)
            add(batch, &run->articles[j], run->misread);
        must(catalog_decide(catalog, batch, &err));
        must(workers_push(workers, TAKE(batch), &err));
    }
}

void archive_fixture_run(const char *path, const struct fixture_run *run)
{
    AUTO(archive) archive = NULL;
    must(archive_open(&archive, path, &err));
    const struct manifest *m = archive_manifest(archive);
    const struct workers_settings settings = {
        .tables = run->tables ? run->tables : &tables_glass,
        .archive = path,
        .language = m->language,
        .generation = m->generation + 1,
        .count = run->workers ? run->workers : 1,
        .memory = MEMORY,
    };
    AUTO(ledger) ledger = NULL;
    AUTO(rejects) rejects = rejects_new(m, path);
    AUTO(catalog)
    catalog = catalog_new(archive, m->next_sequence,
                          run->now ? run->now : FIXTURE_NOW);
    AUTO(workers) workers = NULL;
    must(ledger_load(&ledger, m, path, &err));
    must(workers_new(&workers, &settings, &err));
    push_batches(run, catalog, workers);
    struct publication publication = {.archive = archive,
                                      .catalog = catalog,
                                      .ledger = ledger,
                                      .rejects = rejects};
    must(workers_finish(workers, &publication.built, &publication.built_count,
                        &err));
    must(publish_run(&publication, &err));
}

void archive_fixture_add(const char *archive, const struct article *articles,
                         size_t count, timestamp now)
{
    const struct fixture_run run = {
        .articles = articles, .count = count, .now = now};
    archive_fixture_run(archive, &run);
}

char *archive_fixture_with(const struct article *articles, size_t count)
{
    char *archive = archive_fixture_make();
    archive_fixture_add(archive, articles, count, FIXTURE_NOW);
    return archive;
}

static void describe(struct archive *archive, struct engine_document document,
                     const struct ingest *ingest, struct strbuf *out)
{
    AUTO_DONE(arena) arena = ARENA_INIT;
    AUTO_DONE(strbuf) record = STRBUF_INIT(TEXT_MAX);
    struct article a;
    must(stored_record(archive, document, &record, &err));
    must(record_read(&a, strbuf_text(&record), &arena, &err));
    strbuf_append_format(
        out, "%.*s %" PRIu64 " v%" PRIu32 " %" PRId64 " %" PRId64 " %.*s\n",
        TEXT_ARG(a.id), ingest->sequence, ingest->versions, ingest->first_seen,
        ingest->last_changed, TEXT_ARG(a.title));
}

char *archive_fixture_history(const char *path)
{
    AUTO(archive) archive = NULL;
    must(archive_open(&archive, path, &err));
    AUTO(stored_walk) walk = NULL;
    AUTO_DONE(strbuf) out = STRBUF_INIT(TEXT_MAX);
    must(stored_walk_all(&walk, archive, &err));
    struct engine_document document;
    struct stored_facts facts;
    enum status status;
    while ((status = stored_walk_next(walk, &document, &facts, &err)) !=
           STATUS_END) {
        must(status);
        describe(archive, document, &facts.ingest, &out);
    }
    return mem_copy_string(strbuf_string(&out), out.len);
}
