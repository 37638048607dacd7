#include "indexer/xml_records.h"

#include <libxml/xmlreader.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/dating.h"
#include "common/mem.h"
#include "indexer/html_text.h"
#include "indexer/whole_source.h"

enum { NAME_BYTES = 64, HEAD_MAX = 16 << 10, MESSAGE_MAX = 160 };

struct xml_records {
    struct reader base;
    const struct xml_format *format;
    struct whole_source source;
    xmlDocPtr document; /* NULL: it is streamed */
    xmlTextReaderPtr xml;
    struct text part;
    size_t since;       /* bytes read since the last record */
    enum status failed; /* of the input */
    struct error failure;
    struct arena arena; /* for `outer` */
    struct xml_outer outer;
    char message[MESSAGE_MAX]; /* of the first thing that is not well-formed */
    int line;
    bool stand; /* the reader stands on a node that is not looked at yet */
    bool started, ended;
    bool found; /* a record, good or bad */
};

static bool is_listed(const char *name, const char *const *list)
{
    for (; list && *list; list++)
        if (strcmp(*list, name) == 0)
            return true;
    return false;
}

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

/* The local name of the first element. */
static bool root_name(struct text head, char *out)
{
    while (head.len > 0 && head.ptr[0] != '<')
        head = text_slice(head, 1, head.len);
    while (text_starts_with(head, (struct text)TEXT("<?")) ||
           text_starts_with(head, (struct text)TEXT("<!")))
        head = text_trim(skip_prolog(head));
    size_t len = 0;
    if (head.len == 0 || head.ptr[0] != '<')
        return false;
    for (size_t i = 1; i < head.len && !strchr(" \t\r\n/>", head.ptr[i]); i++) {
        if (head.ptr[i] == ':')
            len = 0;
        else if (len + 1 < NAME_BYTES)
            out[len++] = head.ptr[i];
    }
    out[len] = '\0';
    return len > 0;
}

int xml_records_recognise(struct text head, const struct xml_format *format)
{
    char plain[HEAD_MAX], name[NAME_BYTES];
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
    return root_name(text_make(plain, len), name) &&
                   is_listed(name, format->roots)
               ? 2
               : 0;
}

/* --- the document --------------------------------------------------------- */

/* libxml2's: the next bytes, 0 at the end, -1 on failure. */
static int read_bytes(void *user, char *buffer, int size)
{
    struct xml_records *r = user;
    if (r->part.len == 0 && r->failed == STATUS_OK)
        r->failed = input_read(r->source.in, &r->part, &r->failure);
    r->since += r->part.len;
    if (r->since > 2 * r->base.limits.article && r->failed == STATUS_OK)
        r->failed =
            error_set(&r->failure, STATUS_SOURCE, "'%s': larger than %zu bytes",
                      input_path(r->source.in), 2 * r->base.limits.article);
    if (r->failed != STATUS_OK)
        return 0;
    struct text got = text_slice(r->part, 0, (size_t)size);
    if (got.len > 0)
        memcpy(buffer, got.ptr, got.len);
    r->part = text_slice(r->part, got.len, r->part.len);
    return (int)got.len;
}

static void note_error(void *user, xmlErrorPtr error)
{
    struct xml_records *r = user;
    if (error->level < XML_ERR_ERROR || r->message[0] || !error->message)
        return;
    struct text said, all = text_from(error->message);
    (void)text_split(&all, '\n', &said);
    snprintf(r->message, sizeof r->message, "%.*s",
             TEXT_ARG(text_slice(said, 0, MESSAGE_MAX - 1)));
    r->line = error->line;
}

enum status xml_records_open(struct reader **out, struct input *in,
                             const struct xml_format *format)
{
    struct xml_records *r = mem_zeroed(1, sizeof *r);
    whole_source_init(&r->source, in);
    r->format = format;
    *out = &r->base;
    return STATUS_OK;
}

enum {
    OPTIONS = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING,
    WHOLE_OPTIONS = OPTIONS | XML_PARSE_RECOVER | XML_PARSE_IGNORE_ENC
};

/* The parser's errors go to the thread's handler meanwhile. */
static void parse_whole(struct xml_records *r)
{
    AUTO_DONE(strbuf) plain = STRBUF_INIT(r->source.decoded.len + 1);
    html_text_name_to_character(text_trim(strbuf_text(&r->source.decoded)),
                                &plain);
    struct text t = strbuf_text(&plain);
    xmlSetStructuredErrorFunc(r, note_error);
    r->document =
        xmlReadMemory(t.ptr, (int)t.len, NULL, "UTF-8", WHOLE_OPTIONS);
    xmlSetStructuredErrorFunc(NULL, NULL);
    r->xml = r->document ? xmlReaderWalker(r->document) : NULL;
}

/* r->xml stays NULL if there is nothing to be read. */
static enum status start(struct xml_records *r, struct error *err)
{
    r->started = true;
    if (!r->format->streamed) {
        enum status status = whole_source_read(&r->source, &r->base,
                                               r->base.limits.article, err);
        if (status == STATUS_OK)
            parse_whole(r);
        return status;
    }
    r->xml = xmlReaderForIO(read_bytes, NULL, r, NULL, NULL, OPTIONS);
    if (!r->xml)
        mem_exhausted(sizeof *r);
    xmlTextReaderSetStructuredErrorHandler(r->xml, note_error, r);
    return STATUS_OK;
}

void xml_records_free(struct reader *reader)
{
    struct xml_records *r = (struct xml_records *)reader;
    if (r->xml)
        xmlFreeTextReader(r->xml);
    if (r->document)
        xmlFreeDoc(r->document);
    arena_done(&r->arena);
    whole_source_done(&r->source);
    free(r);
}

/* Stands on the next record or outer element; false at the end. */
static bool advance(struct xml_records *r)
{
    for (;;) {
        int result = r->stand ? 1 : xmlTextReaderRead(r->xml);
        r->stand = false;
        if (result != 1)
            return false;
        if (xmlTextReaderNodeType(r->xml) != XML_READER_TYPE_ELEMENT)
            continue;
        const char *name = (const char *)xmlTextReaderConstLocalName(r->xml);
        if (is_listed(name, r->format->records))
            return true;
        if (!is_listed(name, r->format->outers))
            continue;
        const xmlNode *node = xmlTextReaderExpand(r->xml);
        if (node)
            r->format->outer(&r->outer, node, &r->arena);
    }
}

static struct origin origin_of(struct xml_records *r)
{
    long line = 0, at = 0;
    if (r->document)
        line = xmlGetLineNo(xmlTextReaderCurrentNode(r->xml));
    else
        at = xmlTextReaderByteConsumed(r->xml);
    struct origin origin = whole_source_origin(&r->source);
    origin.offset = at > 0 ? (uint64_t)at : 0;
    origin.line = line > 0 ? (uint64_t)line : 0;
    return origin;
}

/* At the end of the document, or of what could be read of it. */
static enum status finish(struct xml_records *r, struct error *err)
{
    r->ended = true;
    struct rejection why = {
        .origin = {.path = text_from(input_path(r->source.in)),
                   .line = (uint64_t)r->line}};
    if (r->failed == STATUS_SOURCE) {
        why.reason =
            input_fault(r->source.in) ? input_fault(r->source.in) : "too-large";
        *err = r->failure;
        return reader_reject(&r->base, &why);
    }
    if (r->failed != STATUS_OK) {
        *err = r->failure;
        return r->failed;
    }
    if (r->message[0] && r->found && r->document) {
        reader_warn(&r->base, &why.origin, "not well-formed XML: %s",
                    r->message);
        return STATUS_END;
    }
    if (r->message[0]) {
        why.reason = "bad-xml";
        return reader_reject_because(&r->base, &why, err,
                                     "not well-formed XML: %s", r->message);
    }
    return STATUS_END;
}

enum status xml_records_next(struct reader *reader, struct arena *arena,
                             struct article *out, struct error *err)
{
    struct xml_records *r = (struct xml_records *)reader;
    if (r->ended)
        return STATUS_END;
    if (!r->started) {
        enum status status = start(r, err);
        r->ended = status != STATUS_OK;
        if (r->ended)
            return status;
    }
    if (!r->xml || !advance(r))
        return finish(r, err);
    r->found = true;
    struct origin origin = origin_of(r);
    struct rejection why = {.origin = origin};
    struct article article = {.origin = origin, .published = TIMESTAMP_UNKNOWN};
    const struct xml_request request = {
        .node = xmlTextReaderExpand(r->xml),
        .outer = &r->outer,
        .now = (timestamp)time(NULL),
        .newest = reader->newest,
        .arena = arena,
    };
    if (!request.node)
        return finish(r, err);
    why.reason = r->format->read(&article, &request);
    r->since = 0;
    r->stand = xmlTextReaderNext(r->xml) == 1;
    if (!why.reason && article.title.len == 0 && article.body.len == 0)
        why.reason = "no-body";
    if (why.reason)
        return reader_withdraw(reader, article.id, &why, err);
    enum status status = reader_check_size(reader, &article, why.bytes, err);
    if (status != STATUS_OK)
        return status;
    article.origin.path = arena_text(arena, origin.path);
    *out = article;
    return STATUS_OK;
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
