#include "indexer/verify.h"

#include <stdio.h>

#include "common/archive.h"
#include "common/engine/writer.h"
#include "common/manifest.h"
#include "common/published_file.h"
#include "common/record.h"
#include "common/tokens.h"
#include "common/vocabulary.h"
#include "indexer/verify_articles.h"

enum { PATH_SIZE = 4096, SHOW_EVERY = 64 /* articles */ };

struct verification {
    const struct verify_request *request;
    const char *archive;
    struct verify_result result;
    uint64_t articles, bytes; /* looked through so far, for who waits */
};

static void find(struct verification *v, const struct error *finding)
{
    v->result.damaged++;
    if (v->request->progress)
        progress_clear(v->request->progress);
    v->request->on_finding(v->request->context, finding->message);
}

/* --- how far it is -------------------------------------------------------- */

static uint64_t bytes_of(const struct manifest_file *files, size_t count)
{
    uint64_t bytes = 0;
    for (size_t i = 0; i < count; i++)
        bytes += files[i].size;
    return bytes;
}

/* Segments are looked through twice: their bytes, and what these mean. */
static uint64_t bytes_to_do(const struct manifest *m)
{
    uint64_t bytes = bytes_of(m->ledgers, m->ledger_count) +
                     bytes_of(m->rejects, m->reject_count);
    for (size_t i = 0; i < m->segment_count; i++)
        bytes += 2 * bytes_of(m->segments[i].files, m->segments[i].file_count) +
                 m->segments[i].deleted_list.size;
    return bytes;
}

static void show(const struct verification *v)
{
    if (v->request->progress)
        progress_update(v->request->progress, v->articles, v->bytes);
}

static void see_bytes(void *context, size_t bytes)
{
    struct verification *v = context;
    v->bytes += bytes;
    show(v);
}

/* --- looking -------------------------------------------------------------- */

/* Whether the file is as the manifest says. */
static bool check_file(struct verification *v, const struct manifest_file *file)
{
    struct error err = ERROR_NONE;
    const struct digest_watch watch = {see_bytes, v};
    uint64_t before = v->bytes;
    enum status status = published_file_check(file, v->archive, &watch, &err);
    v->bytes = before + file->size; /* whatever its size is now */
    v->result.files++;
    v->result.bytes += file->size;
    if (status != STATUS_OK)
        find(v, &err);
    return status == STATUS_OK;
}

static enum status check_article(const struct tokens *tokens, uint32_t docid,
                                 uint32_t words, struct error *err)
{
    struct token_cursor cursor;
    struct stream_word word;
    if (!tokens_article(tokens, docid, &cursor))
        return error_set(err, STATUS_CORRUPT, "article %u is damaged", docid);
    while (token_cursor_next(&cursor, &word))
        if (word.id >= words)
            return error_set(err, STATUS_CORRUPT,
                             "article %u has a word that is not in the "
                             "vocabulary",
                             docid);
    if (cursor.at != cursor.end)
        return error_set(err, STATUS_CORRUPT, "article %u is damaged", docid);
    return STATUS_OK;
}

static enum status check_streams(struct verification *v, const char *folder,
                                 uint32_t documents, struct error *err)
{
    char path[PATH_SIZE];
    AUTO(tokens) tokens = NULL;
    AUTO(vocabulary) vocabulary = NULL;
    snprintf(path, sizeof path, "%s/tokens", folder);
    enum status status = tokens_open(&tokens, path, err);
    if (status != STATUS_OK)
        return status;
    snprintf(path, sizeof path, "%s/vocabulary", folder);
    status = vocabulary_open(&vocabulary, path, err);
    if (status != STATUS_OK)
        return status;
    if (tokens_articles(tokens) != documents)
        return error_set(err, STATUS_CORRUPT, "has %u articles instead of %u",
                         tokens_articles(tokens), documents);
    uint32_t words = vocabulary_count(vocabulary);
    for (uint32_t docid = 1; docid <= documents && status == STATUS_OK;
         docid++) {
        status = check_article(tokens, docid, words, err);
        v->articles++;
        if (docid % SHOW_EVERY == 0)
            show(v);
    }
    return status;
}

static void check_structure(struct verification *v,
                            const struct manifest_segment *s)
{
    char folder[PATH_SIZE];
    snprintf(folder, sizeof folder, "%s/segments/%s", v->archive, s->name);
    struct error err = ERROR_NONE;
    if (engine_check(folder, NULL, &err) != STATUS_OK)
        find(v, &err);
    if (check_streams(v, folder, s->last_docid, &err) != STATUS_OK) {
        error_prefix(&err, "segment '%s'", s->name);
        find(v, &err);
    }
}

static void check_segment(struct verification *v,
                          const struct manifest_segment *s)
{
    bool sound = true;
    uint64_t articles = v->articles;
    for (size_t i = 0; i < s->file_count; i++)
        sound = check_file(v, &s->files[i]) && sound;
    if (s->deleted_list.name[0] != '\0')
        check_file(v, &s->deleted_list);
    if (sound)
        check_structure(v, s);
    v->articles = articles + s->last_docid;
    v->bytes += bytes_of(s->files, s->file_count);
    show(v);
}

static void find_in_article(void *context, const struct error *finding)
{
    find(context, finding);
}

static void see_article(void *context)
{
    struct verification *v = context;
    if (++v->articles % SHOW_EVERY == 0)
        show(v);
}

static void check_articles(struct verification *v, struct archive *archive)
{
    const struct verify_articles_request request = {archive, find_in_article,
                                                    see_article, v};
    struct error err = ERROR_NONE;
    v->articles = 0;
    if (verify_articles(&request, &err) != STATUS_OK)
        find(v, &err);
}

/* That what the manifest counts is what the files hold: whoever opens the
 * archive looks at that first. Only articles of the present form can be
 * compared with what is made of them. */
static void check_opening(struct verification *v, const struct manifest *m)
{
    AUTO(archive) archive = NULL;
    struct error err = ERROR_NONE;
    const bool deep = v->request->depth == VERIFY_ARTICLES;
    enum status status = m->record_version < RECORD_VERSION && !deep
                             ? archive_open_articles(&archive, v->archive, &err)
                             : archive_open(&archive, v->archive, &err);
    if (status != STATUS_OK)
        find(v, &err);
    else if (deep)
        check_articles(v, archive);
}

static void check_all(struct verification *v, const struct manifest *m)
{
    for (size_t i = 0; i < m->segment_count; i++)
        check_segment(v, &m->segments[i]);
    for (size_t i = 0; i < m->ledger_count; i++)
        check_file(v, &m->ledgers[i]);
    for (size_t i = 0; i < m->reject_count; i++)
        check_file(v, &m->rejects[i]);
    if (v->result.damaged == 0)
        check_opening(v, m);
}

enum status verify_archive(struct verify_result *out,
                           const struct verify_request *request,
                           struct error *err)
{
    AUTO_DONE(manifest) m = {0};
    const char *archive = request->archive;
    enum status status = manifest_load(&m, archive, err);
    if (status != STATUS_OK)
        return status;
    struct verification v = {.request = request, .archive = archive};
    if (request->progress)
        progress_stage(request->progress, "verified", bytes_to_do(&m));
    check_all(&v, &m);
    if (request->progress)
        progress_clear(request->progress);
    v.result.articles = manifest_articles(&m);
    *out = v.result;
    if (v.result.damaged > 0)
        return error_set(err, STATUS_CORRUPT,
                         "archive '%s' is damaged: %u finding%s in %u files",
                         archive, v.result.damaged,
                         v.result.damaged == 1 ? "" : "s", v.result.files);
    return STATUS_OK;
}
