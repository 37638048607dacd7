/* Reads e-mail: one message, or a folder of them as mbox has it. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/dating.h"
#include "common/mem.h"
#include "common/original.h"
#include "indexer/line_source.h"
#include "indexer/mime.h"
#include "indexer/reader.h"

extern const struct reader_format reader_mail;

enum { HEADERS_SEEN_MIN = 2, HEAD_MAX = 8192 };

struct reader_mail {
    struct reader base;
    struct line_source lines;
    struct strbuf raw;
    bool mbox, begun;
};

static bool is_separator(struct text line)
{
    return text_starts_with(line, (struct text)TEXT("From "));
}

static bool is_header(struct text line)
{
    static const char *const names[] = {
        "from:",         "to:",          "subject:",      "date:",
        "received:",     "return-path:", "delivered-to:", "message-id:",
        "mime-version:", "reply-to:",    "content-type:", "x-received:"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (line.len > strlen(names[i]) &&
            strncasecmp(line.ptr, names[i], strlen(names[i])) == 0)
            return true;
    return false;
}

/* Header lines and nothing else up to an empty line. */
static int mail_recognise(struct text head)
{
    struct text rest = text_slice(head, 0, HEAD_MAX), line;
    unsigned seen = 0;
    bool first = true;
    while (text_split(&rest, '\n', &line) && rest.ptr) {
        bool blank = text_trim(line).len == 0;
        if (blank && seen > 0)
            break;
        bool folded =
            line.len > 0 && (line.ptr[0] == ' ' || line.ptr[0] == '\t');
        if (blank || folded || (first && is_separator(line))) {
            first = first && blank;
            continue;
        }
        first = false;
        seen += is_header(line);
        const char *colon = memchr(line.ptr, ':', line.len);
        const char *space = memchr(line.ptr, ' ', line.len);
        if (!colon || (space && space < colon))
            return 0;
    }
    return seen >= HEADERS_SEEN_MIN ? 2 : 0;
}

static enum status mail_open(struct reader **out, struct input *in,
                             struct error *err)
{
    (void)err;
    struct reader_mail *r = mem_zeroed(1, sizeof *r);
    line_source_init(&r->lines, in);
    *out = &r->base;
    return STATUS_OK;
}

static void mail_free(struct reader *reader)
{
    struct reader_mail *r = (struct reader_mail *)reader;
    line_source_done(&r->lines);
    strbuf_done(&r->raw);
    free(r);
}

/* One message in r->raw; STATUS_END if there is none left. */
static enum status read_message(struct reader_mail *r, struct origin *origin,
                                struct error *err)
{
    bool blank_before = true;
    strbuf_reset(&r->raw);
    for (;;) {
        struct text line;
        enum status status = line_source_gather(
            &r->lines, &r->raw, 2 * r->base.limits.article, &line, err);
        if (status != STATUS_OK)
            return status;
        if (line.len == 0)
            return r->raw.len > 0 ? STATUS_OK : STATUS_END;
        bool blank = text_trim(line).len == 0;
        bool separator =
            is_separator(line) && blank_before && (r->mbox || !r->begun);
        blank_before = blank;
        if (separator && r->raw.len > 0) {
            line_source_unread(&r->lines);
            return STATUS_OK;
        }
        r->mbox = r->mbox || separator;
        if (separator || (r->raw.len == 0 && blank))
            continue;
        r->begun = true;
        if (r->raw.len == 0) {
            origin->offset = r->lines.offset;
            origin->line = r->lines.number;
        }
        strbuf_append(&r->raw, line);
    }
}

/* Without the '>' that an mbox puts before "From " at a line's beginning. */
static void unquote(struct strbuf *b)
{
    static const char quoted[] = "\n>From ";
    char *from = b->len > 0 ? memmem(b->ptr, b->len, quoted, 7) : NULL;
    while (from) {
        char *end = b->ptr + b->len;
        memmove(from + 1, from + 2, (size_t)(end - from) - 2);
        b->len--;
        from = memmem(from + 1, (size_t)(end - from) - 2, quoted, 7);
    }
}

/* "Ann Lee <ann@post.example>": Ann Lee */
static struct text person(struct text t)
{
    const char *open = t.len ? memchr(t.ptr, '<', t.len) : NULL;
    struct text name =
        text_trim(open ? text_slice(t, 0, (size_t)(open - t.ptr)) : t);
    if (name.len > 1 && name.ptr[0] == '"' && name.ptr[name.len - 1] == '"')
        name = text_slice(name, 1, name.len - 2);
    return name.len > 0 ? name : t;
}

static struct text without_brackets(struct text id)
{
    bool brackets = id.len > 2 && id.ptr[0] == '<' && id.ptr[id.len - 1] == '>';
    return brackets ? text_slice(id, 1, id.len - 2) : id;
}

static void read_fields(struct reader_mail *r, struct article *out,
                        struct arena *arena)
{
    struct mime_message m = mime_split(strbuf_text(&r->raw));
    struct text *author = arena_alloc(arena, sizeof *author);
    out->title = mime_header(m.headers, "subject", arena);
    out->id = without_brackets(mime_header(m.headers, "message-id", arena));
    out->source = mime_header(m.headers, "list-id", arena);
    *author = person(mime_header(m.headers, "from", arena));
    out->authors = author;
    out->author_count = author->len > 0;
    out->body = mime_text(&m, arena);
    (void)dating_read(out, mime_header(m.headers, "date", arena),
                      DATING_EXPLICIT, r->base.newest);
}

static enum status mail_next(struct reader *reader, struct arena *arena,
                             struct article *out, struct error *err)
{
    struct reader_mail *r = (struct reader_mail *)reader;
    struct origin origin = {.path = text_from(input_path(r->lines.in))};
    enum status status = read_message(r, &origin, err);
    struct rejection why = {.origin = origin, .bytes = strbuf_text(&r->raw)};
    if (status == STATUS_SOURCE) {
        why.reason = input_fault(r->lines.in);
        return reader_reject(reader, &why);
    }
    if (status != STATUS_OK)
        return status;
    struct article article = {.origin = origin, .published = TIMESTAMP_UNKNOWN};
    why.reason = r->raw.overflowed ? "too-large" : NULL;
    original_measure(&article.origin, why.bytes);
    if (r->mbox)
        unquote(&r->raw);
    if (!why.reason)
        read_fields(r, &article, arena);
    if (!why.reason && article.title.len == 0 && article.body.len == 0)
        why.reason = "no-body";
    if (why.reason)
        return reader_reject_because(reader, &why, err, "%s",
                                     r->raw.overflowed
                                         ? "larger than an article may be"
                                         : "neither title nor body");
    article.origin.path = arena_text(arena, origin.path);
    *out = article;
    return reader_check_size(reader, &article, why.bytes, err);
}

const struct reader_format reader_mail = {
    .name = "mail",
    .summary = "e-mail: a message, or many in an mbox file",
    .recognise = mail_recognise,
    .open = mail_open,
    .next = mail_next,
    .free = mail_free,
};
