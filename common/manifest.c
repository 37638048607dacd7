#include "common/manifest.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/analyzer.h"
#include "common/atomic_file.h"
#include "common/mem.h"
#include "common/record.h"
#include "common/strbuf.h"
#include "common/uuid.h"
#include "common/whole_file.h"

enum { PATH_SIZE_MAX = 1 << 16, MANIFEST_SIZE_MAX = 4 << 20 };

void manifest_init(struct manifest *m, const char *language)
{
    *m = (struct manifest){.published = TIMESTAMP_UNKNOWN,
                           .analyzer_version = ANALYZER_VERSION,
                           .record_version = RECORD_VERSION,
                           .next_sequence = 1};
    uint8_t id[UUID_BYTES];
    uuid_make(id);
    uuid_print(id, m->id);
    snprintf(m->language, sizeof m->language, "%s", language);
}

void manifest_done(struct manifest *m)
{
    free(m->segments);
    free(m->ledgers);
    free(m->rejects);
    *m = (struct manifest){.generation = 0};
}

struct manifest_segment *manifest_add_segment(struct manifest *m)
{
    m->segments =
        mem_resize(m->segments, m->segment_count + 1, sizeof *m->segments);
    struct manifest_segment *added = &m->segments[m->segment_count++];
    *added = (struct manifest_segment){.file_count = 0};
    return added;
}

static struct manifest_file *add_file(struct manifest_file **files,
                                      size_t *count)
{
    *files = mem_resize(*files, *count + 1, sizeof **files);
    struct manifest_file *added = &(*files)[(*count)++];
    *added = (struct manifest_file){.size = 0};
    return added;
}

struct manifest_file *manifest_add_ledger(struct manifest *m)
{
    return add_file(&m->ledgers, &m->ledger_count);
}

struct manifest_file *manifest_add_reject(struct manifest *m)
{
    return add_file(&m->rejects, &m->reject_count);
}

uint64_t manifest_articles(const struct manifest *m)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < m->segment_count; i++)
        sum += m->segments[i].documents - m->segments[i].deleted;
    return sum;
}

uint64_t manifest_largest_docid(const struct manifest *m)
{
    uint64_t largest = 0;
    for (size_t i = 0; i < m->segment_count; i++)
        if (m->segments[i].last_docid > largest)
            largest = m->segments[i].last_docid;
    return largest * m->segment_count;
}

static void print_file(const char *what, const struct manifest_file *file,
                       struct strbuf *out)
{
    char hex[DIGEST_HEX_SIZE];
    digest_hex(&file->digest, hex);
    strbuf_append_format(out, "# %s %s %" PRIu64 " %s\n", what, file->name,
                         file->size, hex);
}

static void print_segment(const struct manifest_segment *s, struct strbuf *out)
{
    strbuf_append_format(out,
                         "# segment %s %s documents %" PRIu32
                         " deleted %" PRIu32 " last-docid %" PRIu32
                         " text-bytes %" PRIu64 "\n",
                         s->name, s->uuid, s->documents, s->deleted,
                         s->last_docid, s->text_bytes);
    for (size_t i = 0; i < s->file_count; i++)
        print_file("file", &s->files[i], out);
    if (s->deleted_list.name[0])
        print_file("deleted", &s->deleted_list, out);
}

void manifest_print(const struct manifest *m, struct strbuf *out)
{
    size_t start = out->len;
    strbuf_append_format(
        out,
        "# morgue archive %d\n# id %s\n# generation %" PRIu64
        "\n# published %" PRId64
        "\n# language %s\n# analyzer %u\n# record %u\n# next-sequence %" PRIu64
        "\n",
        MANIFEST_VERSION, m->id, m->generation, m->published, m->language,
        m->analyzer_version, m->record_version, m->next_sequence);
    for (size_t i = 0; i < m->segment_count; i++)
        print_segment(&m->segments[i], out);
    for (size_t i = 0; i < m->ledger_count; i++)
        print_file("ledger", &m->ledgers[i], out);
    for (size_t i = 0; i < m->reject_count; i++)
        print_file("rejects", &m->rejects[i], out);
    for (size_t i = 0; i < m->segment_count; i++)
        strbuf_append_format(out, "glass segments/%s\n", m->segments[i].name);
    struct digest d = digest_of(text_slice(strbuf_text(out), start, out->len));
    char hex[DIGEST_HEX_SIZE];
    digest_hex(&d, hex);
    strbuf_append_format(out, "# digest %s\n", hex);
}

static void set_path(struct strbuf *path, const char *archive)
{
    strbuf_append_format(path, "%s/XAPIANDB", archive);
}

enum status manifest_load(struct manifest *out, const char *archive,
                          struct error *err)
{
    AUTO_DONE(strbuf) path = STRBUF_INIT(PATH_SIZE_MAX);
    AUTO_DONE(strbuf) content = STRBUF_INIT(MANIFEST_SIZE_MAX);
    set_path(&path, archive);
    enum status status = whole_file_read(&content, strbuf_string(&path), err);
    if (status == STATUS_NOT_FOUND)
        return error_set(err, STATUS_NOT_FOUND, "there is no archive at '%s'",
                         archive);
    if (status != STATUS_OK)
        return status;
    return manifest_parse(out, strbuf_text(&content), strbuf_string(&path),
                          err);
}

/* What readers would refuse is never published. */
static enum status check_readable(const struct strbuf *content,
                                  const char *path, struct error *err)
{
    if (content->overflowed)
        return error_set(err, STATUS_INTERNAL,
                         "cannot publish '%s': over %d bytes", path,
                         MANIFEST_SIZE_MAX);
    AUTO_DONE(manifest) again = {.generation = 0};
    if (manifest_parse(&again, strbuf_text(content), path, err) == STATUS_OK)
        return STATUS_OK;
    err->status = STATUS_INTERNAL;
    return error_prefix(err, "cannot publish");
}

enum status manifest_save(const struct manifest *m, const char *archive,
                          struct error *err)
{
    AUTO_DONE(strbuf) path = STRBUF_INIT(PATH_SIZE_MAX);
    AUTO_DONE(strbuf) content = STRBUF_INIT(MANIFEST_SIZE_MAX);
    set_path(&path, archive);
    if (manifest_largest_docid(m) > UINT32_MAX)
        return error_set(err, STATUS_INTERNAL,
                         "cannot publish '%s': Xapian's 32 bits cannot number "
                         "the articles of %zu segments as large as these",
                         strbuf_string(&path), m->segment_count);
    manifest_print(m, &content);
    enum status status = check_readable(&content, strbuf_string(&path), err);
    if (status != STATUS_OK)
        return status;
    AUTO(atomic_file) f = NULL;
    status = atomic_file_new(&f, strbuf_string(&path), err);
    if (status != STATUS_OK)
        return status;
    atomic_file_write(f, strbuf_text(&content));
    return atomic_file_commit(f, err);
}
