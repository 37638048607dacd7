/* Reads e-mail: one message, or a folder of them as mbox has it. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/dating.h"
#include "common/mem.h"
#include "common/original.h"
#include "indexer/line_source.h"
#include "indexer/mime.h"
#include "indexer/mime_header.h"
#include "indexer/reader.h"

extern const struct reader_format reader_mail;

enum { HEADERS_SEEN_MIN = 2, HEAD_MAX = 8192, SEPARATOR_MAX = 200 };

enum { AUTHORS_MAX = 32, TAGS_MAX = 64 };

struct reader_mail {
    struct reader base;
    struct line_source lines;
    struct strbuf raw;
    struct strbuf separator; /* the line before it in an mbox */
    bool mbox, begun;
    bool dated; /* its separators are: others are none */
};

static bool is_separator(struct text line)
{
    return text_starts_with(line, (struct text)TEXT("From "));
}

/* "From ann@post.example Mon Feb  7 18:45:00 2022", a zone before or behind the
 * year; sentences begin with "From", too. */
static bool is_dated_separator(struct text line)
{
    struct text last = {NULL, 0}, word = {NULL, 0}, rest = text_trim(line);
    bool timed = false, year = false;
    if (!is_separator(line))
        return false;
    while (text_split(&rest, ' ', &word)) {
        const char *colon = word.len ? memchr(word.ptr, ':', word.len) : NULL;
        timed = timed || (colon == word.ptr + 2 && word.len >= 5 &&
                          word.ptr[0] >= '0' && word.ptr[0] <= '2');
        year = word.len == 4 && word.ptr[0] >= '1' && word.ptr[0] <= '2';
        last = word;
    }
    bool zone = last.len == 5 && (last.ptr[0] == '+' || last.ptr[0] == '-');
    return timed && (year || zone);
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
    strbuf_init(&r->separator, SEPARATOR_MAX);
    *out = &r->base;
    return STATUS_OK;
}

static void mail_free(struct reader *reader)
{
    struct reader_mail *r = (struct reader_mail *)reader;
    line_source_done(&r->lines);
    strbuf_done(&r->raw);
    strbuf_done(&r->separator);
    free(r);
}

/* The first line says whether there are any, and whether they have dates. */
static bool separates(const struct reader_mail *r, struct text line,
                      bool blank_before)
{
    if (!r->begun)
        return is_separator(line);
    if (r->mbox && r->dated)
        return is_dated_separator(line);
    return r->mbox && blank_before && is_separator(line);
}

/* One message in r->raw; STATUS_END if there is none left. */
static enum status read_message(struct reader_mail *r, struct origin *origin,
                                struct error *err)
{
    bool blank_before = true;
    strbuf_reset(&r->raw);
    strbuf_reset(&r->separator);
    for (;;) {
        struct text line;
        enum status status = line_source_gather(
            &r->lines, &r->raw, 2 * r->base.limits.article, &line, err);
        if (status != STATUS_OK)
            return status;
        if (line.len == 0)
            return r->raw.len > 0 ? STATUS_OK : STATUS_END;
        bool blank = text_trim(line).len == 0;
        bool separator = separates(r, line, blank_before);
        blank_before = blank;
        if (separator && r->raw.len > 0) {
            line_source_unread(&r->lines);
            return STATUS_OK;
        }
        r->mbox = r->mbox || separator;
        if (separator) {
            strbuf_reset(&r->separator);
            strbuf_append(&r->separator, text_slice(line, 0, SEPARATOR_MAX));
            r->dated = r->begun ? r->dated : is_dated_separator(line);
        }
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

static struct text without_brackets(struct text id)
{
    bool brackets = id.len > 2 && id.ptr[0] == '<' && id.ptr[id.len - 1] == '>';
    return brackets ? text_slice(id, 1, id.len - 2) : id;
}

static void read_people(struct article *out, struct text headers,
                        struct arena *arena)
{
    struct text *authors = arena_alloc(arena, AUTHORS_MAX * sizeof *authors);
    struct text list = mime_header(headers, "from", arena);
    while (out->author_count < AUTHORS_MAX &&
           mime_take_person(&list, &authors[out->author_count], arena))
        out->author_count++;
    out->authors = authors;
}

static void read_tags(struct article *out, struct text headers,
                      struct arena *arena)
{
    static const char *const names[] = {"keywords", "newsgroups"};
    struct text *tags = arena_alloc(arena, TAGS_MAX * sizeof *tags);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct text tag, list = mime_header(headers, names[i], arena);
        while (text_split(&list, ',', &tag) && out->tag_count < TAGS_MAX)
            if (text_trim(tag).len > 0)
                tags[out->tag_count++] = text_trim(tag);
    }
    out->tags = tags;
}

/* "The Post <post.list.example>": The Post */
static struct text name_of_list(struct text headers, struct arena *arena)
{
    struct text list = mime_header(headers, "list-id", arena), name = list;
    if (list.len > 0 && mime_take_person(&list, &name, arena))
        return name;
    return mime_header(headers, "organization", arena);
}

static struct text address_of(struct text headers, struct arena *arena)
{
    static const char *const names[] = {"archived-at", "x-url",
                                        "x-original-url", "content-location"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct text url =
            without_brackets(mime_header_raw(headers, names[i], arena));
        if (text_starts_with(url, (struct text)TEXT("http")))
            return url;
    }
    return text_make(NULL, 0);
}

/* Behind the last semicolon of "Received: from … by …; Mon, 7 Feb 2022 …" */
static struct text received_at(struct text headers, struct arena *arena)
{
    struct text field = mime_header_raw(headers, "received", arena);
    const char *mark = field.len ? memrchr(field.ptr, ';', field.len) : NULL;
    return mark ? text_slice(field, (size_t)(mark - field.ptr) + 1, field.len)
                : text_make(NULL, 0);
}

/* "From ann@post.example Mon Feb  7 18:45:00 2022" */
static struct text delivered_at(struct text separator)
{
    struct text word, rest = text_trim(separator);
    (void)text_split(&rest, ' ', &word);
    rest = text_trim(rest);
    (void)text_split(&rest, ' ', &word);
    return text_trim(rest);
}

/* When it was written; else when it arrived, which is next to that. */
static void read_date(const struct reader_mail *r, struct article *out,
                      struct text headers, struct arena *arena)
{
    const struct {
        struct text written;
        enum dating dating;
    } dates[] = {
        {mime_header(headers, "date", arena), DATING_EXPLICIT},
        {mime_header(headers, "nntp-posting-date", arena), DATING_METADATA},
        {received_at(headers, arena), DATING_METADATA},
        {delivered_at(strbuf_text(&r->separator)), DATING_METADATA},
    };
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        (void)dating_read(out, mime_date(dates[i].written, arena),
                          dates[i].dating, r->base.newest);
}

static void read_fields(struct reader_mail *r, struct article *out,
                        struct arena *arena)
{
    struct mime_message m = mime_split(strbuf_text(&r->raw));
    out->title = mime_header(m.headers, "subject", arena);
    out->id = without_brackets(mime_header(m.headers, "message-id", arena));
    out->source = name_of_list(m.headers, arena);
    out->language = mime_header_raw(m.headers, "content-language", arena);
    out->url = address_of(m.headers, arena);
    out->body = mime_text(&m, arena);
    read_people(out, m.headers, arena);
    read_tags(out, m.headers, arena);
    read_date(r, out, m.headers, arena);
}

/* The first message of a folder that IMAP servers keep their notes in. */
static bool is_internal(const struct article *a)
{
    return text_starts_with(
        a->title, (struct text)TEXT("DON'T DELETE THIS MESSAGE -- FOLDER"));
}

static const char *explain(const char *reason)
{
    return strcmp(reason, "too-large") == 0 ? "larger than an article may be"
           : strcmp(reason, "no-body") == 0 ? "neither title nor body"
                                            : "notes of the mail server";
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
    if (!why.reason && is_internal(&article))
        why.reason = "not-an-article";
    if (why.reason)
        return reader_reject_because(reader, &why, err, "%s",
                                     explain(why.reason));
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
