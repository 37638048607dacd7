#include "common/archive.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/mem.h"
#include "common/origins.h"
#include "common/published_file.h"
#include "common/record.h"
#include "common/strbuf.h"

enum { ATTEMPTS_MAX = 10, PATH_SIZE_MAX = 1 << 16 };

struct archive_segment {
    struct tokens *tokens;
    struct vocabulary *vocabulary;
    struct origins *origins;
    struct stem_memo *stems; /* of the vocabulary; NULL until asked for */
    struct deleted_list deleted;
};

enum extent { EVERYTHING, ONLY_SOUND, ONLY_ARTICLES };

struct archive {
    char *path;
    struct stat opened; /* the manifest, looked at before it was read */
    struct manifest manifest;
    struct archive_segment *segments; /* manifest.segment_count */
    struct engine_index *index;
    struct strbuf origin; /* the path that was asked for last */
    enum extent extent;
    struct archive_missing missing;
};

static int look_at_manifest(const char *archive, struct stat *out)
{
    AUTO_DONE(strbuf) path = STRBUF_INIT(PATH_SIZE_MAX);
    strbuf_append_format(&path, "%s/XAPIANDB", archive);
    return stat(strbuf_string(&path), out);
}

/* --- opening one generation: STATUS_STALE if a file of it is gone --------- */

static void set_path(struct strbuf *path, const struct archive *a,
                     const char *segment, const char *file)
{
    strbuf_reset(path);
    strbuf_append_format(path, "%s/segments/%s%s", a->path, segment, file);
}

static enum status not_as_published(const struct archive *a, size_t segment,
                                    const char *what, struct error *err)
{
    return error_set(err, STATUS_CORRUPT,
                     "'%s/segments/%s' has another %s than was published",
                     a->path, a->manifest.segments[segment].name, what);
}

static enum status open_deleted(struct archive *a, size_t i, struct error *err)
{
    const struct manifest_segment *s = &a->manifest.segments[i];
    if (!s->deleted_list.name[0])
        return STATUS_OK;
    AUTO_DONE(strbuf) path = STRBUF_INIT(PATH_SIZE_MAX);
    strbuf_append_format(&path, "%s/%s", a->path, s->deleted_list.name);
    enum status status = deleted_list_load(
        &a->segments[i].deleted, strbuf_string(&path), s->last_docid, err);
    if (status == STATUS_OK && a->segments[i].deleted.count != s->deleted)
        return not_as_published(a, i, "number of deleted articles", err);
    return status;
}

static enum status open_words(struct archive *a, size_t i, struct error *err)
{
    const struct manifest_segment *s = &a->manifest.segments[i];
    struct archive_segment *opened = &a->segments[i];
    AUTO_DONE(strbuf) path = STRBUF_INIT(PATH_SIZE_MAX);
    set_path(&path, a, s->name, "/tokens");
    enum status status =
        tokens_open(&opened->tokens, strbuf_string(&path), err);
    if (status != STATUS_OK)
        return status;
    if (tokens_articles(opened->tokens) != s->last_docid)
        return not_as_published(a, i, "token stream", err);
    set_path(&path, a, s->name, "/vocabulary");
    return vocabulary_open(&opened->vocabulary, strbuf_string(&path), err);
}

static enum status open_origins(struct archive *a, size_t i, struct error *err)
{
    const struct manifest_segment *s = &a->manifest.segments[i];
    struct archive_segment *opened = &a->segments[i];
    AUTO_DONE(strbuf) path = STRBUF_INIT(PATH_SIZE_MAX);
    set_path(&path, a, s->name, "/origins");
    enum status status =
        origins_open(&opened->origins, strbuf_string(&path), err);
    if (status == STATUS_OK &&
        origins_articles(opened->origins) != s->last_docid)
        return not_as_published(a, i, "number of origins", err);
    return status;
}

static bool is_of_present_form(const struct archive *a)
{
    return a->manifest.record_version == RECORD_VERSION;
}

static enum status open_segment(struct archive *a, size_t i, struct error *err)
{
    enum status status = STATUS_OK;
    if (a->extent != ONLY_ARTICLES)
        status = open_words(a, i, err);
    if (status == STATUS_OK && is_of_present_form(a))
        status = open_origins(a, i, err);
    return status == STATUS_OK ? open_deleted(a, i, err) : status;
}

static enum status check_index(const struct archive *a, struct error *err)
{
    for (size_t i = 0; i < a->manifest.segment_count; i++) {
        const struct manifest_segment *s = &a->manifest.segments[i];
        char uuid[ENGINE_UUID_SIZE];
        engine_index_uuid(a->index, i, uuid);
        if (strcmp(uuid, s->uuid) != 0)
            return not_as_published(a, i, "UUID", err);
        if (engine_index_documents(a->index, i) != s->documents ||
            engine_index_last_docid(a->index, i) != s->last_docid)
            return not_as_published(a, i, "number of articles", err);
    }
    return STATUS_OK;
}

static enum status open_index(struct archive *a, struct error *err)
{
    size_t count = a->manifest.segment_count;
    struct strbuf *paths = mem_zeroed(count, sizeof *paths);
    struct engine_segment *segments = mem_zeroed(count, sizeof *segments);
    for (size_t i = 0; i < count; i++) {
        strbuf_init(&paths[i], PATH_SIZE_MAX);
        set_path(&paths[i], a, a->manifest.segments[i].name, "");
        segments[i] = (struct engine_segment){
            .path = strbuf_string(&paths[i]),
            .deleted = a->segments[i].deleted.docids,
            .deleted_count = a->segments[i].deleted.count};
    }
    enum status status = engine_index_open(&a->index, segments, count, err);
    for (size_t i = 0; i < count; i++)
        strbuf_done(&paths[i]);
    free(paths);
    free(segments);
    return status == STATUS_OK ? check_index(a, err) : status;
}

static enum status check_version(const struct archive *a, struct error *err)
{
    const unsigned version = a->manifest.record_version;
    bool readable =
        version >= RECORD_VERSION_OLDEST && version <= RECORD_VERSION;
    if (is_of_present_form(a) || (readable && a->extent == ONLY_ARTICLES))
        return STATUS_OK;
    return error_set(err, STATUS_VERSION,
                     "archive '%s' stores articles in form %u; this program "
                     "reads form %d%s",
                     a->path, version, RECORD_VERSION,
                     readable ? " (morgue-index --upgrade)" : "");
}

static bool is_sound(const struct archive *a, const struct manifest_segment *s)
{
    struct error ignored = ERROR_NONE;
    return published_segment_check(s, a->path, &ignored) == STATUS_OK &&
           (!s->deleted_list.name[0] ||
            published_file_check(&s->deleted_list, a->path, NULL, &ignored) ==
                STATUS_OK);
}

static enum status leave_out_damaged(struct archive *a, struct error *err)
{
    struct manifest *m = &a->manifest;
    size_t kept = 0;
    for (size_t i = 0; i < m->segment_count; i++) {
        const struct manifest_segment *s = &m->segments[i];
        if (is_sound(a, s)) {
            m->segments[kept++] = *s;
        } else {
            a->missing.segments++;
            a->missing.articles += s->documents - s->deleted;
        }
    }
    m->segment_count = kept;
    if (a->missing.segments > 0 && !archive_is_current(a))
        return error_set(err, STATUS_STALE, "archive '%s' was changed",
                         a->path);
    return STATUS_OK;
}

static enum status open_generation(struct archive *a, struct error *err)
{
    /* Looked at first: if it is replaced in between, archive_is_current()
     * says no once too often, never once too seldom. A missing one is
     * reported by manifest_load(). */
    if (look_at_manifest(a->path, &a->opened) != 0)
        a->opened = (struct stat){.st_size = 0};
    enum status status = manifest_load(&a->manifest, a->path, err);
    if (status == STATUS_OK)
        status = check_version(a, err);
    if (status == STATUS_OK && a->extent == ONLY_SOUND)
        status = leave_out_damaged(a, err);
    if (status != STATUS_OK)
        return status;
    a->segments = mem_zeroed(a->manifest.segment_count, sizeof *a->segments);
    for (size_t i = 0; i < a->manifest.segment_count; i++) {
        status = open_segment(a, i, err);
        if (status != STATUS_OK)
            return status;
    }
    return open_index(a, err);
}

/* --- the handle --------------------------------------------------------- */

static struct archive *new_archive(const char *path)
{
    struct archive *a = mem_zeroed(1, sizeof *a);
    a->path = mem_copy_string(path, strlen(path));
    strbuf_init(&a->origin, ORIGINS_PATH_MAX);
    return a;
}

static enum status open_extent(struct archive **out, const char *path,
                               enum extent extent, struct error *err)
{
    uint64_t stale_generation = 0;
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
        AUTO(archive) a = new_archive(path);
        a->extent = extent;
        enum status status = open_generation(a, err);
        if (status == STATUS_OK)
            *out = TAKE(a);
        if (status != STATUS_STALE)
            return status;
        if (a->manifest.generation == stale_generation) {
            err->status = STATUS_CORRUPT;
            return error_prefix(err, "archive '%s' is damaged", path);
        }
        stale_generation = a->manifest.generation;
    }
    return error_prefix(err, "archive '%s' is replaced faster than it opens",
                        path);
}

enum status archive_open(struct archive **out, const char *path,
                         struct error *err)
{
    return open_extent(out, path, EVERYTHING, err);
}

enum status archive_open_sound(struct archive **out, const char *path,
                               struct error *err)
{
    return open_extent(out, path, ONLY_SOUND, err);
}

enum status archive_open_articles(struct archive **out, const char *path,
                                  struct error *err)
{
    return open_extent(out, path, ONLY_ARTICLES, err);
}

struct archive_missing archive_missing(const struct archive *a)
{
    return a->missing;
}

enum status archive_open_empty(struct archive **out, const char *path,
                               const char *language, struct error *err)
{
    AUTO(archive) a = new_archive(path);
    manifest_init(&a->manifest, language);
    enum status status = open_index(a, err);
    if (status == STATUS_OK)
        *out = TAKE(a);
    return status;
}

void archive_free(struct archive *a)
{
    if (!a)
        return;
    engine_index_free(a->index);
    for (size_t i = 0; a->segments && i < a->manifest.segment_count; i++) {
        tokens_free(a->segments[i].tokens);
        stem_memo_free(a->segments[i].stems);
        vocabulary_free(a->segments[i].vocabulary);
        origins_free(a->segments[i].origins);
        deleted_list_done(&a->segments[i].deleted);
    }
    free(a->segments);
    strbuf_done(&a->origin);
    manifest_done(&a->manifest);
    free(a->path);
    free(a);
}

const char *archive_path(const struct archive *a)
{
    return a->path;
}

const struct manifest *archive_manifest(const struct archive *a)
{
    return &a->manifest;
}

struct engine_index *archive_index(struct archive *a)
{
    return a->index;
}

const struct tokens *archive_tokens(const struct archive *a, size_t segment)
{
    return a->segments[segment].tokens;
}

const struct vocabulary *archive_vocabulary(const struct archive *a,
                                            size_t segment)
{
    return a->segments[segment].vocabulary;
}

struct stem_memo *archive_stems(const struct archive *a, size_t segment)
{
    struct archive_segment *s = &a->segments[segment];
    if (!s->stems)
        s->stems = stem_memo_new(s->vocabulary);
    return s->stems;
}

bool archive_stream(const struct archive *a, struct engine_document document,
                    struct arena *arena, struct token_cursor *out)
{
    return tokens_read(a->segments[document.segment].tokens, document.docid,
                       arena, out);
}

const struct deleted_list *archive_deleted(const struct archive *a,
                                           size_t segment)
{
    return &a->segments[segment].deleted;
}

enum status archive_origin(struct origin *out, struct archive *a,
                           struct engine_document document, struct arena *arena,
                           struct error *err)
{
    struct origin origin;
    if (!is_of_present_form(a))
        return STATUS_OK;
    if (!origins_get(a->segments[document.segment].origins, document.docid,
                     &a->origin, &origin))
        return error_set(err, STATUS_CORRUPT,
                         "'%s/segments/%s' does not say where article %u comes "
                         "from",
                         a->path, a->manifest.segments[document.segment].name,
                         document.docid);
    origin.path = arena_text(arena, origin.path);
    origin.member = arena_text(arena, origin.member);
    *out = origin;
    return STATUS_OK;
}

bool archive_is_current(const struct archive *a)
{
    struct stat now;
    return look_at_manifest(a->path, &now) == 0 &&
           now.st_dev == a->opened.st_dev && now.st_ino == a->opened.st_ino &&
           now.st_size == a->opened.st_size &&
           now.st_mtim.tv_sec == a->opened.st_mtim.tv_sec &&
           now.st_mtim.tv_nsec == a->opened.st_mtim.tv_nsec;
}
