#include "indexer/ledger.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "common/digest.h"
#include "common/mem.h"
#include "common/scan.h"
#include "common/strbuf.h"
#include "indexer/digest_map.h"
#include "indexer/line_log.h"

static const char header[] = "morgue ledger 1";

/* In place of a file's index: noted, not saved yet. */
#define NOT_SAVED UINT32_MAX

struct entry {
    uint64_t size, mtime_ns, inode, device, articles;
    struct reader_place place;
    struct digest prefix;
    uint32_t file; /* index of its file in the manifest, or NOT_SAVED */
};

struct ledger {
    struct line_log *log;
    struct digest_map by_path; /* digest of the escaped path -> entry */
    struct entry *entries;
    size_t count, capacity;
};

static void escape(const char *path, struct strbuf *out)
{
    for (const char *c = path; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7f || *c == '%')
            strbuf_append_format(out, "%%%02X", (unsigned)*c);
        else
            strbuf_append_char(out, *c);
}

static struct entry describe(const struct stat *info)
{
    uint64_t seconds = (uint64_t)info->st_mtim.tv_sec;
    return (struct entry){.size = (uint64_t)info->st_size,
                          .mtime_ns = seconds * 1000000000 +
                                      (uint64_t)info->st_mtim.tv_nsec,
                          .inode = info->st_ino,
                          .device = info->st_dev,
                          .file = NOT_SAVED};
}

static const struct entry *find(const struct ledger *l, struct text escaped)
{
    struct digest key = digest_of(escaped);
    uint32_t at = digest_map_find(&l->by_path, &key);
    return at == DIGEST_MAP_NONE ? NULL : &l->entries[at];
}

static void put(struct ledger *l, struct text escaped,
                const struct entry *entry)
{
    struct digest key = digest_of(escaped);
    uint32_t at = digest_map_find(&l->by_path, &key);
    if (at == DIGEST_MAP_NONE) {
        at = (uint32_t)l->count;
        MEM_GROW(l->entries, l->count, l->capacity);
        l->count++;
        digest_map_set(&l->by_path, &key, at);
    }
    l->entries[at] = *entry;
}

static bool parse_numbers(struct text *line, uint64_t *const *numbers,
                          size_t count)
{
    for (size_t i = 0; i < count; i++)
        if ((i > 0 && !scan_literal(line, "\t")) ||
            !scan_number(line, UINT64_MAX, numbers[i]))
            return false;
    return true;
}

static bool parse_line(struct text line, struct text *path, struct entry *entry)
{
    *entry = (struct entry){.size = 0};
    uint64_t *const look[] = {&entry->size, &entry->mtime_ns, &entry->inode,
                              &entry->device, &entry->articles};
    uint64_t *const place[] = {&entry->place.input.raw,
                               &entry->place.input.content, &entry->place.line};
    if (!text_split(&line, '\t', path) || path->len == 0 ||
        !parse_numbers(&line, look, sizeof look / sizeof *look))
        return false;
    if (line.len == 0)
        return true;
    return scan_literal(&line, "\t") &&
           parse_numbers(&line, place, sizeof place / sizeof *place) &&
           entry->place.input.raw > 0 && scan_literal(&line, "\t") &&
           digest_parse(line, &entry->prefix);
}

static bool load_line(void *context, size_t file, struct text line)
{
    struct text path;
    struct entry entry;
    if (!parse_line(line, &path, &entry))
        return false;
    entry.file = (uint32_t)file;
    put(context, path, &entry);
    return true;
}

enum status ledger_load(struct ledger **out, const struct manifest *m,
                        const char *archive, struct error *err)
{
    AUTO(ledger) l = mem_zeroed(1, sizeof *l);
    l->log = line_log_new(archive, "ledger", header, m->generation + 1);
    struct line_log_request all = {.files = m->ledgers,
                                   .count = m->ledger_count,
                                   .on_line = load_line,
                                   .context = l};
    enum status status = line_log_read(l->log, &all, err);
    if (status == STATUS_OK)
        *out = TAKE(l);
    return status;
}

void ledger_free(struct ledger *l)
{
    if (!l)
        return;
    line_log_free(l->log);
    digest_map_done(&l->by_path);
    free(l->entries);
    free(l);
}

bool ledger_is_unchanged(const struct ledger *l, const char *path,
                         const struct stat *info, uint64_t *articles)
{
    AUTO_DONE(strbuf) escaped = STRBUF_INIT(LINE_LOG_LINE_MAX);
    escape(path, &escaped);
    const struct entry *known = find(l, strbuf_text(&escaped));
    struct entry now = describe(info);
    if (!known || known->size != now.size || known->mtime_ns != now.mtime_ns ||
        known->inode != now.inode || known->device != now.device)
        return false;
    *articles = known->articles;
    return true;
}

bool ledger_has_grown(const struct ledger *l, const char *path,
                      const struct stat *info, struct ledger_reading *out)
{
    AUTO_DONE(strbuf) escaped = STRBUF_INIT(LINE_LOG_LINE_MAX);
    escape(path, &escaped);
    const struct entry *known = find(l, strbuf_text(&escaped));
    if (!known || known->place.input.raw == 0 || known->inode != info->st_ino ||
        known->device != info->st_dev ||
        known->size >= (uint64_t)info->st_size ||
        known->place.input.raw > (uint64_t)info->st_size)
        return false;
    *out = (struct ledger_reading){.articles = known->articles,
                                   .place = known->place,
                                   .prefix = known->prefix};
    return true;
}

static void append_place(const struct entry *entry, struct strbuf *line)
{
    char hex[DIGEST_HEX_SIZE];
    digest_hex(&entry->prefix, hex);
    strbuf_append_format(line, "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%s",
                         entry->place.input.raw, entry->place.input.content,
                         entry->place.line, hex);
}

static enum status add(struct ledger *l, const char *path,
                       const struct entry *entry, struct error *err)
{
    AUTO_DONE(strbuf) line = STRBUF_INIT(LINE_LOG_LINE_MAX);
    escape(path, &line);
    size_t path_len = line.len;
    strbuf_append_format(
        &line, "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64,
        entry->size, entry->mtime_ns, entry->inode, entry->device,
        entry->articles);
    if (entry->place.input.raw > 0)
        append_place(entry, &line);
    if (line.overflowed)
        return error_set(err, STATUS_IO, "the path of '%.100s' is too long",
                         path);
    put(l, text_slice(strbuf_text(&line), 0, path_len), entry);
    return line_log_append(l->log, strbuf_text(&line), err);
}

enum status ledger_note(struct ledger *l, const char *path,
                        const struct ledger_reading *reading, struct error *err)
{
    struct entry entry = describe(reading->info);
    entry.articles = reading->articles;
    entry.place = reading->place;
    entry.prefix = reading->prefix;
    return add(l, path, &entry, err);
}

/* No file has the inode 0. */
enum status ledger_forget(struct ledger *l, const char *path, struct error *err)
{
    struct entry entry = {.file = NOT_SAVED};
    return add(l, path, &entry, err);
}

/* A line is superseded when its path was noted again, later. */
static bool is_current(void *context, size_t file, struct text line)
{
    struct text path;
    text_split(&line, '\t', &path);
    const struct entry *entry = find(context, path);
    return entry && entry->file == file;
}

enum status ledger_save(struct ledger *l, struct manifest *m, struct error *err)
{
    struct line_log_request current = {.files = m->ledgers,
                                       .count = m->ledger_count,
                                       .on_line = is_current,
                                       .context = l};
    struct manifest_file file;
    size_t replaced;
    enum status status = line_log_save(l->log, &current, &file, &replaced, err);
    if (status != STATUS_OK || !file.name[0])
        return status;
    m->ledger_count -= replaced;
    uint32_t index = (uint32_t)m->ledger_count;
    *manifest_add_ledger(m) = file;
    for (size_t i = 0; i < l->count; i++)
        if (l->entries[i].file >= index)
            l->entries[i].file = index;
    return STATUS_OK;
}

/* --- paths ---------------------------------------------------------------- */

static int hex_value(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static void unescape(struct text escaped, struct strbuf *out)
{
    for (size_t i = 0; i < escaped.len; i++) {
        struct text rest = text_slice(escaped, i, escaped.len);
        bool coded = rest.len > 2 && rest.ptr[0] == '%' &&
                     hex_value(rest.ptr[1]) >= 0 && hex_value(rest.ptr[2]) >= 0;
        strbuf_append_char(out, coded ? (char)(hex_value(rest.ptr[1]) * 16 +
                                               hex_value(rest.ptr[2]))
                                      : rest.ptr[0]);
        i += coded ? 2 : 0;
    }
}

struct each_path {
    ledger_path_fn *on_path;
    void *context;
};

static bool pass_path(void *context, size_t file, struct text line)
{
    const struct each_path *each = context;
    struct text escaped;
    struct entry entry;
    (void)file;
    if (!parse_line(line, &escaped, &entry))
        return false;
    AUTO_DONE(strbuf) path = STRBUF_INIT(LINE_LOG_LINE_MAX);
    unescape(escaped, &path);
    each->on_path(each->context, strbuf_string(&path));
    return true;
}

enum status ledger_each_path(const struct manifest *m, const char *archive,
                             ledger_path_fn *on_path, void *context,
                             struct error *err)
{
    struct each_path each = {on_path, context};
    AUTO(line_log)
    log = line_log_new(archive, "ledger", header, m->generation + 1);
    const struct line_log_request all = {.files = m->ledgers,
                                         .count = m->ledger_count,
                                         .on_line = pass_path,
                                         .context = &each};
    return line_log_read(log, &all, err);
}
