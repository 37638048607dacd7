#include "indexer/kept_rejects.h"

#include <stdlib.h>
#include <string.h>

#include "common/json_cursor.h"
#include "common/mem.h"
#include "common/scan.h"
#include "common/strbuf.h"
#include "indexer/mime_coding.h"
#include "indexer/rejects.h"

/* What is longer may have been cut, to the edge of a character. */
enum { NAME_SIZE = 32, WHOLE_MAX = REJECTS_BYTES_MAX - 4 };

void kept_rejects_done(struct kept_rejects *k)
{
    arena_done(&k->arena);
    free(k->list);
    *k = (struct kept_rejects){.list = NULL};
}

static bool read_number(struct text line, const char *name, uint64_t *out)
{
    struct text digits = json_cursor_member(line, name).bytes;
    return scan_number(&digits, INT64_MAX, out) && digits.len == 0;
}

static void read_bytes(struct text line, struct strbuf *out)
{
    json_unescape(json_cursor_member(line, "bytes").bytes, out);
    mime_decode_base64(json_cursor_member(line, "bytes_base64").bytes, out);
}

static const struct reader_format *format_of(struct text line)
{
    char name[NAME_SIZE];
    struct text format = json_cursor_member(line, "format").bytes;
    if (format.len == 0 || format.len >= sizeof name)
        return NULL;
    memcpy(name, format.ptr, format.len);
    name[format.len] = '\0';
    return reader_format_by_name(name);
}

/* Several were one record of something else. */
static bool is_one_line(struct text bytes)
{
    return bytes.len > 0 && !memchr(bytes.ptr, '\n', bytes.len);
}

bool kept_rejects_add(struct kept_rejects *k, struct text line,
                      const struct reader_format *format)
{
    AUTO_DONE(strbuf) bytes = STRBUF_INIT(2 * REJECTS_BYTES_MAX);
    struct kept_reject kept = {.format = format ? format : format_of(line),
                               .line = digest_of(line)};
    if (!kept.format || !kept.format->go_on ||
        !read_number(line, "offset", &kept.place.input.content) ||
        !read_number(line, "line", &kept.place.line))
        return false;
    read_bytes(line, &bytes);
    struct text trimmed = text_trim(strbuf_text(&bytes));
    if (bytes.len > WHOLE_MAX || !is_one_line(trimmed))
        return false;
    kept.bytes = arena_text(&k->arena, trimmed);
    MEM_GROW(k->list, k->count, k->capacity);
    k->list[k->count++] = kept;
    return true;
}
