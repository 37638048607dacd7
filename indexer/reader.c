#include "indexer/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "common/dating.h"
#include "common/json_plain.h"
#include "common/utf8.h"
#include "indexer/cleaning.h"
#include "indexer/dateline.h"
#include "indexer/mojibake.h"

enum { AHEAD_SECONDS = 2 * 86400, REJECT_BYTES_MAX = 64 << 10 };

/* Of two that are equally sure, the first wins. */
#define FORMATS(X)                                                             \
    X(container)                                                               \
    X(csv)                                                                     \
    X(feed)                                                                    \
    X(html)                                                                    \
    X(json_feed)                                                               \
    X(mail)                                                                    \
    X(markdown)                                                                \
    X(mediawiki)                                                               \
    X(newsml)                                                                  \
    X(newsml_g2)                                                               \
    X(ninjs)                                                                   \
    X(rcv1)                                                                    \
    X(jsonl)                                                                   \
    X(nitf)                                                                    \
    X(sgml)                                                                    \
    X(warc)                                                                    \
    X(wire)                                                                    \
    X(text)

#define DECLARE(name) extern const struct reader_format reader_##name;
FORMATS(DECLARE)

#define LIST(name) &reader_##name,
const struct reader_format *const reader_formats[] = {FORMATS(LIST) NULL};

const struct reader_format *reader_format_by_name(const char *name)
{
    for (size_t i = 0; reader_formats[i]; i++)
        if (strcmp(reader_formats[i]->name, name) == 0)
            return reader_formats[i];
    return NULL;
}

static const struct reader_format *guess_format(struct text head)
{
    const struct reader_format *best = NULL;
    int best_sure = 0;
    if (head.len == 0)
        return &reader_jsonl; /* nothing at all is of any format */
    for (size_t i = 0; reader_formats[i]; i++) {
        int sure = reader_formats[i]->recognise(head);
        if (sure > best_sure) {
            best = reader_formats[i];
            best_sure = sure;
        }
    }
    return best;
}

enum status reader_open_input(struct reader **out, struct input *in,
                              const struct reader_format *format,
                              struct error *err)
{
    AUTO(input) taken = in;
    if (!format)
        format = guess_format(input_peek(taken, INPUT_PEEK_MAX));
    if (!format)
        return error_set(err, STATUS_SOURCE, "'%s' is of no known format",
                         input_path(taken));
    const struct input *input = taken;
    struct reader *reader;
    enum status status = format->open(&reader, TAKE(taken), err);
    if (status != STATUS_OK)
        return status;
    reader->format = format;
    reader->input = input;
    reader->limits = READER_LIMITS;
    reader->newest = (timestamp)time(NULL) + AHEAD_SECONDS;
    *out = reader;
    return STATUS_OK;
}

enum status reader_open(struct reader **out, const char *path,
                        const struct reader_format *format, struct error *err)
{
    struct input *in;
    enum status status = input_open(&in, path, err);
    if (status != STATUS_OK)
        return status;
    return reader_open_input(out, in, format, err);
}

enum status reader_open_at(struct reader **out, const char *path,
                           const struct reader_place *place, struct error *err)
{
    struct input *in;
    struct reader *reader;
    enum status status = input_open_at(&in, path, &place->input, err);
    if (status == STATUS_OK)
        status = reader_open_input(&reader, in, &reader_jsonl, err);
    if (status != STATUS_OK)
        return status;
    reader_jsonl.go_on(reader, place);
    *out = reader;
    return STATUS_OK;
}

bool reader_can_go_on(const char *path, const struct reader_format *format)
{
    struct error ignored = ERROR_NONE;
    AUTO(input) in = NULL;
    if (!format && input_open(&in, path, &ignored) == STATUS_OK)
        format = guess_format(input_peek(in, INPUT_PEEK_MAX));
    return format == &reader_jsonl;
}

bool reader_find_place(const struct reader *reader, struct reader_place *out)
{
    return reader->format->find_place &&
           reader->format->find_place(reader, out);
}

static bool has_control(struct text t)
{
    if (json_plain_length(t, 0) == t.len) /* none, nor anything special */
        return false;
    for (size_t i = 0; i < t.len; i++) {
        unsigned char c = (unsigned char)t.ptr[i];
        bool c1 =
            c == 0xc2 && i + 1 < t.len && (unsigned char)t.ptr[i + 1] < 0xa0;
        if (c < 0x20 || c == 0x7f || c1)
            return true;
    }
    return false;
}

static void clean_text(struct text *t, struct arena *arena)
{
    bool nul = false;
    if (has_control(*t))
        *t = cleaning_without_c1(cleaning_copy(*t, CLEANING_LINE, arena, &nul),
                                 arena);
}

static const struct text *clean_list(const struct text *list, size_t count,
                                     struct arena *arena)
{
    bool dirty = false;
    for (size_t i = 0; i < count; i++)
        dirty = dirty || has_control(list[i]);
    if (!dirty)
        return list;
    struct text *copy = arena_alloc(arena, count * sizeof *copy);
    for (size_t i = 0; i < count; i++) {
        copy[i] = list[i];
        clean_text(&copy[i], arena);
    }
    return copy;
}

/* Whatever the format: what is on one line has no control characters. */
static void clean_lines(struct article *a, struct arena *arena)
{
    struct text *lines[] = {&a->id,     &a->url,     &a->title,
                            &a->source, &a->section, &a->language};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        clean_text(lines[i], arena);
    a->authors = clean_list(a->authors, a->author_count, arena);
    a->tags = clean_list(a->tags, a->tag_count, arena);
}

enum status reader_next(struct reader *reader, struct arena *arena,
                        struct article *out, struct error *err)
{
    reader->reject_reason = NULL;
    reader->reject = (struct origin){0};
    reader->reject_bytes = (struct text){0};
    reader->withdrawn = (struct text){0};
    enum status status = reader->format->next(reader, arena, out, err);
    clean_text(&reader->withdrawn, arena);
    if (status != STATUS_OK)
        return status;
    reader->mojibake += mojibake_mend_article(out, arena);
    clean_lines(out, arena);
    dateline_take(out, reader->newest, arena);
    if (out->title.len == 0 && out->body.len == 0) { /* it was all controls */
        const struct rejection why = {.reason = "no-body",
                                      .origin = out->origin};
        return reader_withdraw(reader, text_make(NULL, 0), &why, err);
    }
    if (reader->format->one_article_per_file)
        dating_see(out, input_modified(reader->input), DATING_FILE,
                   reader->newest);
    return STATUS_OK;
}

void reader_free(struct reader *reader)
{
    if (reader)
        reader->format->free(reader);
}

enum status reader_reject(struct reader *reader,
                          const struct rejection *rejection)
{
    reader->reject_reason = rejection->reason;
    reader->reject = rejection->origin;
    reader->reject_bytes = text_slice(rejection->bytes, 0, REJECT_BYTES_MAX);
    return STATUS_SOURCE;
}

/* Writes "'PATH' line N: " and the rest; cut at a character's edge. */
static void describe(char *out, size_t size, const struct origin *origin,
                     const char *format, va_list args)
{
    char line[32] = "";
    if (origin->line > 0)
        snprintf(line, sizeof line, " line %llu",
                 (unsigned long long)origin->line);
    else if (origin->offset > 0)
        snprintf(line, sizeof line, " byte %llu",
                 (unsigned long long)origin->offset);
    int used = snprintf(out, size, "'%.*s'%s: ", TEXT_ARG(origin->path), line);
    if (used >= 0 && (size_t)used < size)
        vsnprintf(out + used, size - (size_t)used, format, args);
    if (strlen(out) + 1 == size)
        out[utf8_valid_length(text_from(out))] = '\0';
}

enum status reader_reject_because(struct reader *reader,
                                  const struct rejection *rejection,
                                  struct error *err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    err->status = reader_reject(reader, rejection);
    err->offset = (size_t)rejection->origin.offset;
    describe(err->message, sizeof err->message, &rejection->origin, format,
             args);
    va_end(args);
    return err->status;
}

void reader_warn(struct reader *reader, const struct origin *origin,
                 const char *format, ...)
{
    va_list args;
    va_start(args, format);
    describe(reader->warning, sizeof reader->warning, origin, format, args);
    va_end(args);
    reader->warnings++;
}

enum status reader_withdraw(struct reader *reader, struct text id,
                            const struct rejection *why, struct error *err)
{
    const bool back = strcmp(why->reason, "canceled") == 0 ||
                      strcmp(why->reason, "withheld") == 0;
    reader->withdrawn = back ? id : text_make(NULL, 0);
    return reader_reject_because(reader, why, err, "%s",
                                 reader_explain(why->reason));
}

const char *reader_explain(const char *reason)
{
    static const char *const words[][2] = {
        {"no-body", "neither title nor body"},
        {"canceled", "canceled by its provider"},
        {"withheld", "withheld by its provider"},
        {"embargoed", "under embargo"},
        {"no-text", "a picture, graphic, audio or video"},
        {"not-an-article", "not an article"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], reason) == 0)
            return words[i][1];
    return reason;
}

static size_t list_size(const struct text *list, size_t count)
{
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += list[i].len;
    return size;
}

enum status reader_check_size(struct reader *reader,
                              const struct article *article, struct text bytes,
                              struct error *err)
{
    const struct article *a = article;
    size_t size = a->id.len + a->url.len + a->title.len + a->source.len +
                  a->section.len + a->language.len + a->body.len +
                  list_size(a->authors, a->author_count) +
                  list_size(a->tags, a->tag_count);
    if (size <= reader->limits.article)
        return STATUS_OK;
    return reader_reject_because(
        reader,
        &(struct rejection){
            .reason = "too-large", .origin = a->origin, .bytes = bytes},
        err, "the article is larger than %zu bytes", reader->limits.article);
}
