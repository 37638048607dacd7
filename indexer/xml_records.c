#include "indexer/xml_records.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/dating.h"
#include "common/mem.h"
#include "indexer/xml_stream.h"

enum { NAME_BYTES = 64, HEAD_MAX = 16 << 10, LOOKED_INTO = 4 };

struct xml_records {
    struct reader base;
    const struct xml_format *format;
    struct xml_stream stream;
    struct arena arena; /* for `outer` */
    struct xml_outer outer;
    bool ended;
    bool found; /* a record, good or bad */
};

/* --- recognising ---------------------------------------------------------- */

/* Behind "<?…?>", "<!--…-->" or "<!…>" at the start of `t`. */
static struct text skip_prolog(struct text t)
{
    bool comment = text_starts_with(t, (struct text)TEXT("<!--"));
    unsigned depth = 0;
    for (size_t i = 2; i < t.len; i++) {
        if (comment &&
            text_starts_with(text_slice(t, i, 3), (struct text)TEXT("-->")))
            return text_slice(t, i + 3, t.len);
        depth += t.ptr[i] == '[';
        depth -= t.ptr[i] == ']' && depth > 0;
        if (!comment && t.ptr[i] == '>' && depth == 0)
            return text_slice(t, i + 1, t.len);
    }
    return text_make(NULL, 0);
}

/* Takes the local name of the next element off `head`. */
static bool take_name(struct text *head, char *out)
{
    while (head->len > 0 && head->ptr[0] != '<')
        *head = text_slice(*head, 1, head->len);
    while (text_starts_with(*head, (struct text)TEXT("<?")) ||
           text_starts_with(*head, (struct text)TEXT("<!")))
        *head = text_trim(skip_prolog(*head));
    size_t len = 0, i = 1;
    if (head->len == 0 || head->ptr[0] != '<')
        return false;
    for (; i < head->len && !strchr(" \t\r\n/>", head->ptr[i]); i++) {
        if (head->ptr[i] == ':')
            len = 0;
        else if (len + 1 < NAME_BYTES)
            out[len++] = head->ptr[i];
    }
    out[len] = '\0';
    *head = text_slice(*head, i, head->len);
    return len > 0;
}

/* Whether the document, or one of the first elements within it, is ours:
 * articles may have an envelope of somebody else. */
static bool begins_with_root(struct text head, const struct xml_format *format)
{
    char name[NAME_BYTES];
    for (int i = 0; i < LOOKED_INTO; i++)
        if (!take_name(&head, name))
            return false;
        else if (text_is_one_of(text_from(name), format->roots))
            return i == 0 ||
                   text_is_one_of(text_from(name), format->names.records);
    return false;
}

int xml_records_recognise(struct text head, const struct xml_format *format)
{
    char plain[HEAD_MAX];
    size_t len = 0;
    bool begun = false;
    for (size_t i = 0; i < head.len && len < sizeof plain; i++) {
        unsigned char c = (unsigned char)head.ptr[i];
        begun = begun || c == '<';
        if (!begun && c != 0 && c < 0x80 && !strchr(" \t\r\n", (char)c))
            return 0;
        if (c != 0) /* of UTF-16 */
            plain[len++] = (char)c;
    }
    return begins_with_root(text_make(plain, len), format) ? 2 : 0;
}

/* --- the reader ----------------------------------------------------------- */

enum status xml_records_open(struct reader **out, struct input *in,
                             const struct xml_format *format)
{
    struct xml_records *r = mem_zeroed(1, sizeof *r);
    xml_stream_init(&r->stream, &r->base, in, &format->names);
    r->format = format;
    *out = &r->base;
    return STATUS_OK;
}

void xml_records_free(struct reader *reader)
{
    struct xml_records *r = (struct xml_records *)reader;
    xml_stream_done(&r->stream);
    arena_done(&r->arena);
    free(r);
}

static void read_outer(struct xml_records *r, const struct xml_node *node)
{
    const struct text language = xml_attribute(node, "lang");
    if (language.len > 0)
        r->outer.language = arena_text(&r->arena, language);
    if (r->format->outer)
        r->format->outer(&r->outer, node, &r->arena);
}

/* Where the format does not say it in its own way. */
static struct text language_of(const struct xml_records *r,
                               const struct xml_node *record)
{
    const struct text own = xml_attribute(record, "lang");
    return own.len > 0 ? own : r->outer.language;
}

static enum status read_record(struct xml_records *r,
                               const struct xml_part *part, struct arena *arena,
                               struct article *out, struct error *err)
{
    struct rejection why = {.reason = NULL};
    why.bytes = xml_stream_place(&r->stream, part, &why.origin);
    struct article article = {.origin = why.origin,
                              .published = TIMESTAMP_UNKNOWN};
    const struct xml_request request = {
        .node = part->root,
        .outer = &r->outer,
        .now = (timestamp)time(NULL),
        .newest = r->base.newest,
        .arena = arena,
    };
    r->found = true;
    why.reason = r->format->read(&article, &request);
    if (article.language.len == 0)
        article.language = arena_text(arena, language_of(r, part->root));
    if (!why.reason && article.title.len == 0 && article.body.len == 0)
        why.reason = "no-body";
    if (why.reason)
        return reader_withdraw(&r->base, article.id, &why, err);
    enum status status = reader_check_size(&r->base, &article, why.bytes, err);
    if (status != STATUS_OK)
        return status;
    article.origin.path = arena_text(arena, why.origin.path);
    *out = article;
    return STATUS_OK;
}

/* At the end of the document, or of what could be read of it. */
static enum status finish(struct xml_records *r, struct error *err)
{
    const struct xml_stream *s = &r->stream;
    struct rejection why = {.origin = {.path = text_from(input_path(s->in)),
                                       .line = s->fault_line}};
    if (s->failure.status != STATUS_OK) {
        why.reason = input_fault(s->in);
        *err = s->failure;
        return reader_reject(&r->base, &why);
    }
    if (!s->message[0])
        return STATUS_END;
    if (r->found) {
        reader_warn(&r->base, &why.origin, "not well-formed XML: %s",
                    s->message);
        return STATUS_END;
    }
    why.reason = "bad-xml";
    return reader_reject_because(&r->base, &why, err, "not well-formed XML: %s",
                                 s->message);
}

enum status xml_records_next(struct reader *reader, struct arena *arena,
                             struct article *out, struct error *err)
{
    struct xml_records *r = (struct xml_records *)reader;
    enum status status = STATUS_OK;
    while (!r->ended && status == STATUS_OK) {
        AUTO(xml_part) part = NULL;
        status =
            xml_stream_next(&r->stream, 2 * reader->limits.article, &part, err);
        if (status == STATUS_OK && part->is_record)
            return read_record(r, part, arena, out, err);
        if (status == STATUS_OK)
            read_outer(r, part->root);
    }
    if (r->ended)
        return STATUS_END;
    r->ended = true;
    return status == STATUS_END ? finish(r, err) : status;
}

void xml_records_date(struct article *out, const struct xml_request *request,
                      struct text written, enum dating dating)
{
    (void)dating_read(out, written, dating, request->newest);
}

void xml_records_tag(struct text *list, size_t *count, size_t max,
                     const char *prefix, struct text name, struct arena *arena)
{
    size_t len = strlen(prefix);
    if (*count == max || name.len == 0)
        return;
    char *copy = arena_alloc(arena, len + name.len + 1);
    memcpy(copy, prefix, len);
    memcpy(copy + len, name.ptr, name.len);
    copy[len + name.len] = '\0';
    list[(*count)++] = text_make(copy, len + name.len);
}
