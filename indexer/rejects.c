#include "indexer/rejects.h"

#include <stdlib.h>

#include "common/json_cursor.h"
#include "common/json_writer.h"
#include "common/mem.h"
#include "common/strbuf.h"
#include "common/utf8.h"
#include "indexer/digest_map.h"
#include "indexer/line_log.h"

struct rejects {
    const struct manifest *m;
    struct line_log *log;
    struct digest_map known; /* digests of lines, once they are read */
    enum { KNOWN_NOT_READ, KNOWN_READ, RENEWED } state;
    struct digest_map sources; /* when renewed: that were read; as JSON */
    struct digest_map tried;   /* when renewed: digests of lines */
};

struct rejects *rejects_new(const struct manifest *m, const char *archive)
{
    struct rejects *r = mem_zeroed(1, sizeof *r);
    r->m = m;
    r->log = line_log_new(archive, "rejects", "", m->generation + 1);
    return r;
}

void rejects_free(struct rejects *r)
{
    if (!r)
        return;
    line_log_free(r->log);
    digest_map_done(&r->known);
    digest_map_done(&r->sources);
    digest_map_done(&r->tried);
    free(r);
}

/* --- the line ----------------------------------------------------------- */

/* At most REJECTS_BYTES_MAX; a character is not cut in two. */
static struct text bounded(struct text t)
{
    if (t.len <= REJECTS_BYTES_MAX)
        return t;
    size_t len = REJECTS_BYTES_MAX;
    while (len > REJECTS_BYTES_MAX - 4 &&
           ((unsigned char)t.ptr[len] & 0xc0) == 0x80)
        len--;
    return text_slice(t, 0, len);
}

static void append_base64(struct text t, struct strbuf *out)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < t.len; i += 3) {
        uint32_t group = 0;
        for (size_t j = 0; j < 3; j++)
            group = group << 8 | (i + j < t.len ? (uint8_t)t.ptr[i + j] : 0);
        for (size_t j = 0; j < 4; j++)
            strbuf_append_char(
                out, i + j <= t.len ? digits[group >> (18 - 6 * j) & 63] : '=');
    }
}

static void write_bytes(struct json_writer *w, struct text bytes)
{
    if (utf8_is_valid(bytes)) {
        json_writer_key(w, "bytes");
        json_writer_text(w, bytes);
        return;
    }
    AUTO_DONE(strbuf) base64 = STRBUF_INIT(2 * REJECTS_BYTES_MAX);
    append_base64(bytes, &base64);
    json_writer_key(w, "bytes_base64");
    json_writer_text(w, strbuf_text(&base64));
}

static void write_line(const struct reject *reject, struct strbuf *out)
{
    struct json_writer w;
    json_writer_init(&w, out);
    json_writer_object(&w);
    json_writer_key(&w, "reason");
    json_writer_string(&w, reject->reason);
    json_writer_key(&w, "message");
    json_writer_string(&w, reject->message);
    json_writer_key(&w, "path");
    json_writer_text(&w, reject->origin.path);
    json_writer_key(&w, "offset");
    json_writer_number(&w, (int64_t)reject->origin.offset);
    json_writer_key(&w, "line");
    json_writer_number(&w, (int64_t)reject->origin.line);
    json_writer_known_text(&w, "format", text_from(reject->format));
    write_bytes(&w, bounded(reject->bytes));
    json_writer_end_object(&w);
}

/* --- keeping ------------------------------------------------------------ */

static bool is_object(struct text line)
{
    return line.len >= 2 && line.ptr[0] == '{' && line.ptr[line.len - 1] == '}';
}

static bool remember(void *context, size_t file, struct text line)
{
    (void)file;
    struct rejects *r = context;
    struct digest digest = digest_of(line);
    digest_map_set(&r->known, &digest, 0);
    return is_object(line);
}

static enum status read_known(struct rejects *r, struct error *err)
{
    if (r->state != KNOWN_NOT_READ)
        return STATUS_OK;
    r->state = KNOWN_READ;
    struct line_log_request all = {.files = r->m->rejects,
                                   .count = r->m->reject_count,
                                   .on_line = remember,
                                   .context = r};
    return line_log_read(r->log, &all, err);
}

enum status rejects_add(struct rejects *r, const struct reject *reject,
                        struct error *err)
{
    enum status status = read_known(r, err);
    if (status != STATUS_OK)
        return status;
    AUTO_DONE(strbuf) line = STRBUF_INIT(LINE_LOG_LINE_MAX);
    write_line(reject, &line);
    if (line.overflowed)
        return error_set(err, STATUS_INTERNAL,
                         "a rejected article of '%.*s' "
                         "takes too much",
                         TEXT_ARG(reject->origin.path));
    struct digest digest = digest_of(strbuf_text(&line));
    if (digest_map_find(&r->known, &digest) != DIGEST_MAP_NONE)
        return STATUS_OK;
    digest_map_set(&r->known, &digest, 0);
    return line_log_append(r->log, strbuf_text(&line), err);
}

void rejects_renew(struct rejects *r)
{
    r->state = RENEWED;
}

void rejects_source_read(struct rejects *r, struct text path)
{
    if (r->state != RENEWED)
        return;
    AUTO_DONE(strbuf) json = STRBUF_INIT(LINE_LOG_LINE_MAX);
    struct json_writer w;
    json_writer_init(&w, &json);
    json_writer_text(&w, path);
    struct digest key =
        digest_of(text_slice(strbuf_text(&json), 1, json.len - 2));
    digest_map_set(&r->sources, &key, 0);
}

void rejects_tried_again(struct rejects *r, const struct digest *line)
{
    digest_map_set(&r->tried, line, 0);
}

static bool outlives(void *context, size_t file, struct text line)
{
    const struct rejects *r = context;
    (void)file;
    struct digest same = digest_of(line),
                  source = digest_of(json_cursor_member(line, "path").bytes);
    return digest_map_find(&r->known, &same) == DIGEST_MAP_NONE &&
           digest_map_find(&r->tried, &same) == DIGEST_MAP_NONE &&
           digest_map_find(&r->sources, &source) == DIGEST_MAP_NONE;
}

static bool keep(void *context, size_t file, struct text line)
{
    (void)context;
    (void)file;
    (void)line;
    return true;
}

enum status rejects_save(struct rejects *r, struct manifest *m,
                         struct error *err)
{
    struct line_log_request all = {.files = m->rejects,
                                   .count = m->reject_count,
                                   .on_line =
                                       r->state == RENEWED ? outlives : keep,
                                   .context = r};
    struct manifest_file file;
    size_t replaced;
    enum status status =
        r->state == RENEWED
            ? line_log_renew(r->log, &all, &file, &replaced, err)
            : line_log_save(r->log, &all, &file, &replaced, err);
    if (status != STATUS_OK || !file.name[0])
        return status;
    m->reject_count -= replaced;
    *manifest_add_reject(m) = file;
    return STATUS_OK;
}
