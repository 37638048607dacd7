#include "indexer/verify.h"

#include <stdio.h>

#include "common/archive.h"
#include "common/engine/writer.h"
#include "common/manifest.h"
#include "common/published_file.h"
#include "common/tokens.h"
#include "common/vocabulary.h"

enum { PATH_SIZE = 4096 };

struct verification {
    const char *archive;
    struct verify_result result;
    verify_fn *on_finding;
    void *context;
};

static void find(struct verification *v, const struct error *finding)
{
    v->result.damaged++;
    v->on_finding(v->context, finding->message);
}

/* Whether the file is as the manifest says. */
static bool check_file(struct verification *v, const struct manifest_file *file)
{
    struct error err = ERROR_NONE;
    enum status status = published_file_check(file, v->archive, &err);
    v->result.files++;
    v->result.bytes += file->size;
    if (status != STATUS_OK)
        find(v, &err);
    return status == STATUS_OK;
}

static enum status check_streams(const char *folder, uint32_t documents,
                                 struct error *err)
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
    for (uint32_t docid = 1; docid <= documents; docid++) {
        struct token_cursor cursor;
        struct stream_word word;
        if (!tokens_article(tokens, docid, &cursor))
            return error_set(err, STATUS_CORRUPT, "article %u is damaged",
                             docid);
        while (token_cursor_next(&cursor, &word))
            if (word.id >= words)
                return error_set(err, STATUS_CORRUPT,
                                 "article %u has a word that is not in the "
                                 "vocabulary",
                                 docid);
        if (cursor.at != cursor.end)
            return error_set(err, STATUS_CORRUPT, "article %u is damaged",
                             docid);
    }
    return STATUS_OK;
}

static void check_structure(struct verification *v,
                            const struct manifest_segment *s)
{
    char folder[PATH_SIZE];
    snprintf(folder, sizeof folder, "%s/segments/%s", v->archive, s->name);
    struct error err = ERROR_NONE;
    if (engine_check(folder, NULL, &err) != STATUS_OK)
        find(v, &err);
    if (check_streams(folder, s->last_docid, &err) != STATUS_OK) {
        error_prefix(&err, "segment '%s'", s->name);
        find(v, &err);
    }
}

static void check_segment(struct verification *v,
                          const struct manifest_segment *s)
{
    bool sound = true;
    for (size_t i = 0; i < s->file_count; i++)
        sound = check_file(v, &s->files[i]) && sound;
    if (s->deleted_list.name[0] != '\0')
        check_file(v, &s->deleted_list);
    if (sound)
        check_structure(v, s);
}

/* That what the manifest counts is what the files hold: whoever opens the
 * archive looks at that first. */
static void check_opening(struct verification *v)
{
    AUTO(archive) archive = NULL;
    struct error err = ERROR_NONE;
    if (archive_open(&archive, v->archive, &err) != STATUS_OK)
        find(v, &err);
}

enum status verify_archive(struct verify_result *out, const char *archive,
                           verify_fn *on_finding, void *context,
                           struct error *err)
{
    AUTO_DONE(manifest) m = {0};
    enum status status = manifest_load(&m, archive, err);
    if (status != STATUS_OK)
        return status;
    struct verification v = {archive, {0}, on_finding, context};
    for (size_t i = 0; i < m.segment_count; i++)
        check_segment(&v, &m.segments[i]);
    for (size_t i = 0; i < m.ledger_count; i++)
        check_file(&v, &m.ledgers[i]);
    for (size_t i = 0; i < m.reject_count; i++)
        check_file(&v, &m.rejects[i]);
    if (v.result.damaged == 0)
        check_opening(&v);
    v.result.articles = manifest_articles(&m);
    *out = v.result;
    if (v.result.damaged > 0)
        return error_set(err, STATUS_CORRUPT,
                         "archive '%s' is damaged: %u finding%s in %u files",
                         archive, v.result.damaged,
                         v.result.damaged == 1 ? "" : "s", v.result.files);
    return STATUS_OK;
}
