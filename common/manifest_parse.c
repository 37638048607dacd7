/* Reads a manifest's text. There is one way to write each manifest, and nothing
 * else is read: whatever parses, prints as the same bytes again. */
#include "common/manifest.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common/scan.h"

/* Bounds that no archive comes near; they keep damage from costing time. */
enum { SEGMENTS_MAX = 4096, LIST_MAX = 1024 };

static const uint64_t generation_max = 999999999999; /* names fit in theirs */
static const uint64_t published_max = 253402300799;  /* the year 9999 */

static const char first_line[] = "# morgue archive ";
static const char digest_line[] = "# digest ";

enum { DIGEST_LINE_SIZE = sizeof digest_line - 1 + 2 * DIGEST_SIZE + 1 };

/* --- parts of a line: each steps over what it took ---------------------- */

static bool take_u32(struct text *line, uint32_t max, uint32_t *out)
{
    uint64_t value;
    if (!scan_number(line, max, &value))
        return false;
    *out = (uint32_t)value;
    return true;
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

/* The name of a file or a folder: not hidden, without "..", shorter than
 * `size`. */
static bool take_name(struct text *line, char *out, size_t size)
{
    size_t len = 0;
    while (len < line->len && is_name_char(line->ptr[len]))
        len++;
    if (len == 0 || len >= size || line->ptr[0] == '.' || line->ptr[0] == '-' ||
        memmem(line->ptr, len, "..", 2))
        return false;
    memcpy(out, line->ptr, len);
    out[len] = '\0';
    *line = text_slice(*line, len, line->len);
    return true;
}

static bool take_segment_name(struct text *line, char *out)
{
    return take_name(line, out, MANIFEST_NAME_SIZE) && !strchr(out, '.');
}

static bool take_uuid(struct text *line, char out[ENGINE_UUID_SIZE])
{
    size_t len = ENGINE_UUID_SIZE - 1;
    if (line->len < len)
        return false;
    for (size_t i = 0; i < len; i++) {
        char c = line->ptr[i];
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (dash ? c != '-' : !hex)
            return false;
    }
    memcpy(out, line->ptr, len);
    out[len] = '\0';
    *line = text_slice(*line, len, line->len);
    return true;
}

/* SIZE DIGEST, which end a line. */
static bool take_size_and_digest(struct text *line, struct manifest_file *out)
{
    return scan_literal(line, " ") &&
           scan_number(line, INT64_MAX, &out->size) &&
           scan_literal(line, " ") && digest_parse(*line, &out->digest);
}

/* FOLDER/NAME SIZE DIGEST */
static bool parse_file(struct text line, const char *folder,
                       struct manifest_file *out)
{
    char name[MANIFEST_NAME_SIZE];
    if (!scan_literal(&line, folder) || !scan_literal(&line, "/") ||
        !take_name(&line, name, sizeof name))
        return false;
    int len = snprintf(out->name, sizeof out->name, "%s/%s", folder, name);
    return len > 0 && (size_t)len < sizeof out->name &&
           take_size_and_digest(&line, out);
}

/* --- lines -------------------------------------------------------------- */

struct parser {
    struct text content;
    size_t next;   /* where the next line begins */
    size_t offset; /* where the current one does */
    size_t line;   /* its number, from 1 */
    const char *name;
    struct manifest *m;
    struct error *err;
};

static enum status bad_line(const struct parser *p, const char *expected)
{
    return error_set_at(p->err, STATUS_CORRUPT, p->offset,
                        "'%s' line %zu: expected %s", p->name, p->line,
                        expected);
}

static bool next_is(const struct parser *p, const char *start)
{
    return text_starts_with(text_slice(p->content, p->next, p->content.len),
                            text_from(start));
}

/* Steps to the next line; `*out` is what follows `start` in it. False if it
 * does not begin so or has no end. */
static bool next_line(struct parser *p, const char *start, struct text *out)
{
    p->offset = p->next;
    p->line++;
    struct text line = text_slice(p->content, p->next, p->content.len);
    const char *end = line.len ? memchr(line.ptr, '\n', line.len) : NULL;
    if (!end)
        return false;
    line.len = (size_t)(end - line.ptr);
    p->next += line.len + 1;
    *out = line;
    return scan_literal(out, start);
}

static bool next_number(struct parser *p, const char *start, uint64_t min,
                        uint64_t max, uint64_t *out)
{
    struct text line;
    return next_line(p, start, &line) && scan_number(&line, max, out) &&
           line.len == 0 && *out >= min;
}

static enum status parse_header(struct parser *p)
{
    struct manifest *m = p->m;
    struct text line;
    uint64_t number;
    if (!next_line(p, "# id ", &line) || !take_uuid(&line, m->id) || line.len)
        return bad_line(p, "'# id UUID'");
    if (!next_number(p, "# generation ", 1, generation_max, &m->generation))
        return bad_line(p, "'# generation NUMBER'");
    if (!next_number(p, "# published ", 0, published_max, &number))
        return bad_line(p, "'# published SECONDS'");
    m->published = (timestamp)number;
    if (!next_line(p, "# language ", &line) ||
        !take_name(&line, m->language, sizeof m->language) || line.len)
        return bad_line(p, "'# language NAME'");
    if (!next_number(p, "# analyzer ", 1, UINT32_MAX, &number))
        return bad_line(p, "'# analyzer VERSION'");
    m->analyzer_version = (unsigned)number;
    if (!next_number(p, "# record ", 1, UINT32_MAX, &number))
        return bad_line(p, "'# record VERSION'");
    m->record_version = (unsigned)number;
    if (!next_number(p, "# next-sequence ", 1, UINT64_MAX, &m->next_sequence))
        return bad_line(p, "'# next-sequence NUMBER'");
    return STATUS_OK;
}

/* Two segments of one name or one UUID could not be told apart. */
static bool is_known(const struct manifest *m, const struct manifest_segment *s)
{
    for (size_t i = 0; i < m->segment_count; i++)
        if (strcmp(m->segments[i].name, s->name) == 0 ||
            strcmp(m->segments[i].uuid, s->uuid) == 0)
            return true;
    return false;
}

static bool parse_segment_line(struct parser *p, struct manifest_segment *s)
{
    struct text line;
    return next_line(p, "# segment ", &line) &&
           take_segment_name(&line, s->name) && scan_literal(&line, " ") &&
           take_uuid(&line, s->uuid) && scan_literal(&line, " documents ") &&
           take_u32(&line, ENGINE_DOCID_MAX, &s->documents) &&
           scan_literal(&line, " deleted ") &&
           take_u32(&line, s->documents, &s->deleted) &&
           scan_literal(&line, " last-docid ") &&
           take_u32(&line, ENGINE_DOCID_MAX, &s->last_docid) &&
           s->last_docid >= s->documents &&
           scan_literal(&line, " text-bytes ") &&
           scan_number(&line, INT64_MAX, &s->text_bytes) && line.len == 0 &&
           !is_known(p->m, s);
}

static bool is_name_taken(const struct manifest_file *files, size_t count,
                          const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(files[i].name, name) == 0)
            return true;
    return false;
}

static bool parse_segment_file(struct parser *p, struct manifest_segment *s)
{
    char folder[MANIFEST_NAME_SIZE + 16];
    snprintf(folder, sizeof folder, "segments/%s", s->name);
    struct text line;
    struct manifest_file file;
    if (s->file_count == MANIFEST_FILES_MAX ||
        !next_line(p, "# file ", &line) || !parse_file(line, folder, &file) ||
        is_name_taken(s->files, s->file_count, file.name))
        return false;
    s->files[s->file_count++] = file;
    return true;
}

/* segments/NAME.deleted-GENERATION SIZE DIGEST */
static bool parse_deleted_list(struct parser *p, struct manifest_segment *s)
{
    struct text line;
    uint64_t generation;
    if (!next_line(p, "# deleted ", &line) ||
        !scan_literal(&line, "segments/") || !scan_literal(&line, s->name) ||
        !scan_literal(&line, ".deleted-") ||
        !scan_number(&line, generation_max, &generation))
        return false;
    struct manifest_file *file = &s->deleted_list;
    int len = snprintf(file->name, sizeof file->name,
                       "segments/%s.deleted-%" PRIu64, s->name, generation);
    return len > 0 && (size_t)len < sizeof file->name &&
           take_size_and_digest(&line, file);
}

static enum status parse_segment(struct parser *p)
{
    struct manifest_segment s = {.file_count = 0};
    if (p->m->segment_count == SEGMENTS_MAX || !parse_segment_line(p, &s))
        return bad_line(p, "'# segment' with a new name, UUID and counts");
    while (next_is(p, "# file "))
        if (!parse_segment_file(p, &s))
            return bad_line(p, "'# file' of its segment, size and digest");
    if (s.deleted > 0 && !parse_deleted_list(p, &s))
        return bad_line(p, "'# deleted' of its segment, size and digest");
    *manifest_add_segment(p->m) = s;
    return STATUS_OK;
}

struct file_list {
    const char *start, *folder;
    struct manifest_file **files;
    size_t *count;
    struct manifest_file *(*add)(struct manifest *m);
};

static enum status parse_files(struct parser *p, const struct file_list *list)
{
    struct manifest_file file;
    struct text line;
    while (next_is(p, list->start)) {
        if (*list->count == LIST_MAX || !next_line(p, list->start, &line) ||
            !parse_file(line, list->folder, &file) ||
            is_name_taken(*list->files, *list->count, file.name))
            return bad_line(p, "a file with a new name, size and digest");
        *list->add(p->m) = file;
    }
    return STATUS_OK;
}

static enum status parse_ledgers(struct parser *p)
{
    struct file_list list = {.start = "# ledger ",
                             .folder = "ledger",
                             .files = &p->m->ledgers,
                             .count = &p->m->ledger_count,
                             .add = manifest_add_ledger};
    return parse_files(p, &list);
}

static enum status parse_rejects(struct parser *p)
{
    struct file_list list = {.start = "# rejects ",
                             .folder = "rejects",
                             .files = &p->m->rejects,
                             .count = &p->m->reject_count,
                             .add = manifest_add_reject};
    return parse_files(p, &list);
}

/* What Xapian reads: the segments again, in the same order. */
static enum status parse_stub(struct parser *p)
{
    struct text line;
    for (size_t i = 0; i < p->m->segment_count; i++)
        if (!next_line(p, "glass segments/", &line) ||
            !text_is(line, p->m->segments[i].name))
            return bad_line(p, "'glass segments/NAME' of each segment");
    if (manifest_largest_docid(p->m) > UINT32_MAX)
        return bad_line(p, "fewer or smaller segments");
    return STATUS_OK;
}

/* Whether the last line is the digest of all before it. */
static bool is_intact(struct text content)
{
    struct digest stated;
    if (content.len < DIGEST_LINE_SIZE || content.ptr[content.len - 1] != '\n')
        return false;
    size_t before = content.len - DIGEST_LINE_SIZE;
    struct text last = text_slice(content, before, DIGEST_LINE_SIZE - 1);
    if (!scan_literal(&last, digest_line) || !digest_parse(last, &stated))
        return false;
    struct digest actual = digest_of(text_slice(content, 0, before));
    return digest_equal(&stated, &actual);
}

static enum status parse_end(struct parser *p)
{
    struct text line;
    struct digest stated;
    if (!next_line(p, digest_line, &line) || !digest_parse(line, &stated))
        return bad_line(p, "'# digest DIGEST'");
    if (p->next != p->content.len) {
        p->offset = p->next;
        p->line++;
        return bad_line(p, "no more lines");
    }
    if (!is_intact(p->content))
        return bad_line(p, "another digest: the file is damaged");
    return STATUS_OK;
}

/* Only an intact manifest is believed when it says that it is of another
 * version; the first line and the last are the same in all of them. */
static enum status parse_version(struct parser *p)
{
    if (!next_is(p, first_line))
        return error_set_at(p->err, STATUS_CORRUPT, 0,
                            "'%s' line 1: not written by morgue", p->name);
    uint64_t version;
    if (!next_number(p, first_line, 1, UINT32_MAX, &version))
        return bad_line(p, "'# morgue archive VERSION'");
    if (version == MANIFEST_VERSION)
        return STATUS_OK;
    if (!is_intact(p->content))
        return bad_line(p, "another version: the file is damaged");
    return error_set(p->err, STATUS_VERSION,
                     "'%s' is of version %" PRIu64
                     ", this program reads version %d",
                     p->name, version, MANIFEST_VERSION);
}

static enum status parse_lines(struct parser *p)
{
    enum status status = parse_version(p);
    if (status == STATUS_OK)
        status = parse_header(p);
    while (status == STATUS_OK && next_is(p, "# segment "))
        status = parse_segment(p);
    if (status == STATUS_OK)
        status = parse_ledgers(p);
    if (status == STATUS_OK)
        status = parse_rejects(p);
    if (status == STATUS_OK)
        status = parse_stub(p);
    return status == STATUS_OK ? parse_end(p) : status;
}

enum status manifest_parse(struct manifest *out, struct text content,
                           const char *name, struct error *err)
{
    AUTO_DONE(manifest) m = {.generation = 0};
    struct parser p = {.content = content, .name = name, .m = &m, .err = err};
    enum status status = parse_lines(&p);
    if (status != STATUS_OK)
        return status;
    *out = m;
    m = (struct manifest){.generation = 0};
    return STATUS_OK;
}
