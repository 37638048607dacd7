/* Reads SGML: Reuters-21578 (<REUTERS>), and TREC's and others' <DOC>. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/dating.h"
#include "common/mem.h"
#include "common/original.h"
#include "indexer/byline.h"
#include "indexer/charset.h"
#include "indexer/line_source.h"
#include "indexer/reader.h"
#include "indexer/sgml_text.h"

extern const struct reader_format reader_sgml;

enum { TAGS_MAX = 64, HEAD_MAX = 4096 };

struct reader_sgml {
    struct reader base;
    struct line_source lines;
    struct strbuf raw, decoded; /* of the record that is being read */
};

static const char *const records[] = {"REUTERS", "DOC"};

/* Whether a line begins with the tag of a record, and of which. */
static int record_at(struct text line, const char *prefix)
{
    line = text_trim(line);
    size_t first = strlen(prefix);
    for (int i = 0; i < 2; i++) {
        size_t len = strlen(records[i]);
        if (line.len > first + len &&
            strncasecmp(line.ptr, prefix, first) == 0 &&
            strncasecmp(line.ptr + first, records[i], len) == 0 &&
            (line.ptr[first + len] == '>' || line.ptr[first + len] == ' '))
            return i;
    }
    return -1;
}

/* Whether a line ends with the closing tag of a record. */
static bool closes(struct text line, int kind)
{
    size_t len = strlen(records[kind]) + 3;
    line = text_trim(line);
    return line.len >= len &&
           record_at(text_slice(line, line.len - len, len), "</") == kind;
}

static int sgml_recognise(struct text head)
{
    struct text rest = text_slice(head, 0, HEAD_MAX), line;
    while (text_split(&rest, '\n', &line)) {
        struct text t = text_trim(line);
        if (record_at(t, "<") >= 0)
            return 2;
        if (t.len > 0 && t.ptr[0] != '<')
            return 0;
    }
    return 0;
}

static enum status sgml_open(struct reader **out, struct input *in,
                             struct error *err)
{
    (void)err;
    struct reader_sgml *r = mem_zeroed(1, sizeof *r);
    line_source_init(&r->lines, in);
    *out = &r->base;
    return STATUS_OK;
}

static void sgml_free(struct reader *reader)
{
    struct reader_sgml *r = (struct reader_sgml *)reader;
    line_source_done(&r->lines);
    strbuf_done(&r->raw);
    strbuf_done(&r->decoded);
    free(r);
}

/* Lines from the opening tag to the closing one in r->raw; `*closed` says
 * whether there was one. STATUS_END if no record is left. */
static enum status read_record(struct reader_sgml *r, struct origin *origin,
                               bool *closed, struct error *err)
{
    int kind = -1;
    *closed = false;
    strbuf_reset(&r->raw);
    for (;;) {
        struct text line;
        enum status status = line_source_gather(
            &r->lines, &r->raw, 2 * r->base.limits.article, &line, err);
        if (status != STATUS_OK)
            return status;
        if (line.len == 0)
            return kind < 0 ? STATUS_END : STATUS_OK;
        if (kind < 0 && (kind = record_at(line, "<")) >= 0) {
            origin->offset = r->lines.offset;
            origin->line = r->lines.number;
        }
        if (kind < 0)
            continue;
        strbuf_append(&r->raw, line);
        *closed = closes(line, kind);
        if (*closed)
            return STATUS_OK;
    }
}

/* --- fields --------------------------------------------------------------- */

static struct text prefixed(const char *prefix, struct text name,
                            struct arena *arena)
{
    size_t len = strlen(prefix);
    char *copy = arena_alloc(arena, len + name.len + 1);
    memcpy(copy, prefix, len);
    if (name.len > 0)
        memcpy(copy + len, name.ptr, name.len);
    copy[len + name.len] = '\0';
    return text_make(copy, name.len > 0 ? len + name.len : 0);
}

static void add_tag(struct text *tags, size_t *count, const char *prefix,
                    struct text name, struct arena *arena)
{
    if (*count < TAGS_MAX && name.len > 0)
        tags[(*count)++] = prefixed(prefix, name, arena);
}

/* "NUCLEAR ACCIDENTS; USSR" */
static void add_subjects(struct text *tags, size_t *count, struct text list,
                         struct arena *arena)
{
    struct text line = sgml_line(list, arena), name;
    while (text_split(&line, ';', &name))
        add_tag(tags, count, "subject:", text_trim(name), arena);
}

static void read_tags(struct article *out, struct text t, struct arena *arena)
{
    static const char *const kinds[][2] = {
        {"TOPICS", "topic:"},       {"PLACES", "place:"},
        {"PEOPLE", "person:"},      {"ORGS", "organisation:"},
        {"EXCHANGES", "exchange:"}, {"COMPANIES", "company:"}};
    struct text *tags = arena_alloc(arena, TAGS_MAX * sizeof *tags);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct text list = sgml_find(t, kinds[i][0]), name;
        for (size_t at = 0; sgml_element(list, "D", &at, &name);)
            add_tag(tags, &out->tag_count, kinds[i][1], sgml_line(name, arena),
                    arena);
    }
    add_tag(tags, &out->tag_count,
            "dateline:", sgml_line(sgml_find(t, "DATELINE"), arena), arena);
    add_subjects(tags, &out->tag_count, sgml_find(t, "SUBJECT"), arena);
    add_subjects(tags, &out->tag_count, sgml_find(t, "DESCRIPT"), arena);
    out->tags = tags;
}

static struct text first_of(struct text t, const char *const *names)
{
    for (; *names; names++) {
        struct text found = sgml_find(t, *names);
        if (text_trim(found).len > 0)
            return found;
    }
    return text_make(NULL, 0);
}

static bool are_digits(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (t.ptr[i] < '0' || t.ptr[i] > '9')
            return false;
    return t.len > 0;
}

/* As TREC's newspapers write it, in a form that is read: "910514", "January 1,
 * 1989, Sunday, Home Edition", "03/24/87" and "03/14/1998 10:36:00". */
static struct text usual_date(struct text t, char iso[32])
{
    t = text_trim(t);
    if (t.len == 6 && are_digits(t)) {
        const int len =
            snprintf(iso, 32, "19%.2s-%.2s-%.2s", t.ptr, t.ptr + 2, t.ptr + 4);
        return text_make(iso, (size_t)len);
    }
    struct text rest = t, day, year;
    if (text_split(&rest, ',', &day) && text_split(&rest, ',', &year) &&
        text_trim(year).len == 4 && are_digits(text_trim(year)))
        return text_make(t.ptr, (size_t)(year.ptr + year.len - t.ptr));
    if (t.len == 8 && t.ptr[2] == '/' && t.ptr[5] == '/') {
        const int len =
            snprintf(iso, 32, "19%.2s-%.2s-%.2s", t.ptr + 6, t.ptr, t.ptr + 3);
        return text_make(iso, (size_t)len);
    }
    if (t.len < 10 || t.len > 25 || t.ptr[2] != '/' || t.ptr[5] != '/')
        return t;
    memcpy(iso, t.ptr + 6, 4);
    iso[4] = iso[7] = '-';
    memcpy(iso + 5, t.ptr, 2);
    memcpy(iso + 8, t.ptr + 3, 2);
    memcpy(iso + 10, t.ptr + 10, t.len - 10);
    return text_make(iso, t.len);
}

/* The day that is in the number of a document: "AP880212-0001",
 * "NYT19980601.0001", "NYT_ENG_19940701.0001". */
static struct text date_of_number(struct text id, char iso[32])
{
    size_t at = 0;
    while (at < id.len && (id.ptr[at] < '0' || id.ptr[at] > '9'))
        at++;
    struct text rest = text_slice(id, at, id.len);
    const bool ap = at <= 3 && (text_starts_with(id, text_from("AP")) ||
                                text_starts_with(id, text_from("WSJ")));
    int len = 0;
    if (rest.len > 8 && are_digits(text_slice(rest, 0, 8)) &&
        rest.ptr[8] == '.')
        len = snprintf(iso, 32, "%.4s-%.2s-%.2s", rest.ptr, rest.ptr + 4,
                       rest.ptr + 6);
    else if (ap && rest.len > 6 && are_digits(text_slice(rest, 0, 6)) &&
             rest.ptr[6] == '-')
        len = snprintf(iso, 32, "19%.2s-%.2s-%.2s", rest.ptr, rest.ptr + 2,
                       rest.ptr + 4);
    return text_make(iso, (size_t)len);
}

static void read_date(struct reader_sgml *r, struct article *out, struct text t,
                      struct arena *arena)
{
    static const char *const names[] = {
        "DATE", "DATE_TIME", "DATETIME", "PUBDATE", "DATE1", "DD", NULL};
    struct text written = sgml_line(first_of(t, names), arena);
    char iso[32];
    enum dating_verdict verdict = dating_read(out, usual_date(written, iso),
                                              DATING_EXPLICIT, r->base.newest);
    if (verdict == DATING_NO_DATE || verdict == DATING_TOO_LATE)
        reader_warn(&r->base, &out->origin,
                    "date '%.*s' not understood, article kept undated",
                    TEXT_ARG(text_slice(written, 0, 60)));
    (void)dating_read(out, date_of_number(out->id, iso), DATING_METADATA,
                      r->base.newest);
}

/* What leads, where that has an element of its own, and the text. */
static struct text body_of(struct text t, struct arena *arena)
{
    static const char *const leads[] = {"LP", "LEADPARA", NULL};
    const struct text lead = sgml_block(first_of(t, leads), arena);
    const struct text text = sgml_block(sgml_find(t, "TEXT"), arena);
    if (lead.len == 0 || text.len == 0)
        return lead.len > 0 ? lead : text;
    char *both = arena_alloc(arena, lead.len + text.len + 2);
    memcpy(both, lead.ptr, lead.len);
    memcpy(both + lead.len, "\n\n", 2);
    memcpy(both + lead.len + 2, text.ptr, text.len);
    return text_make(both, lead.len + 2 + text.len);
}

/* Not the headers of teleprinters, nor what has no words. */
static struct text title_of(struct text t, struct arena *arena)
{
    static const char *const names[] = {"TITLE", "HEADLINE", "HL", "HEAD",
                                        "TI",    "DOCTITLE", NULL};
    return sgml_line(first_of(t, names), arena);
}

static void read_text(struct article *out, struct text t, bool numbered,
                      struct arena *arena)
{
    static const char *const bodies[] = {"BODY", "TEXT", NULL};
    out->title = title_of(t, arena);
    out->body = numbered ? body_of(t, arena) : text_make(NULL, 0);
    if (out->body.len == 0)
        out->body = sgml_block(first_of(t, bodies), arena);
    if (out->title.len > 0 || numbered)
        return;
    struct text rest = out->body, line = {NULL, 0};
    while (line.len == 0 && text_split(&rest, '\n', &line))
        line = text_trim(line);
    out->title = line;
    out->body = text_trim(rest);
}

static struct text up_to(struct text t, char end)
{
    struct text first = t;
    (void)text_split(&t, end, &first);
    return text_trim(first);
}

static void read_names(struct article *out, struct text t, bool reuters,
                       struct arena *arena)
{
    static const char *const authors[] = {"AUTHOR", "BYLINE", NULL};
    static const char *const sources[] = {"SOURCE", "PUB", "SO", NULL};
    out->source = reuters ? text_from("Reuters")
                          : up_to(sgml_line(first_of(t, sources), arena), '(');
    out->section = up_to(sgml_line(sgml_find(t, "SECTION"), arena), ';');
    struct text author = sgml_line(first_of(t, authors), arena);
    struct text *list =
        arena_alloc(arena, byline_count_max(author) * sizeof *list);
    out->author_count = byline_split(author, list);
    out->authors = list;
}

static void read_fields(struct reader_sgml *r, struct article *out,
                        struct text t, struct arena *arena)
{
    const bool reuters = record_at(t, "<") == 0;
    out->id = sgml_line(sgml_find(t, "DOCNO"), arena);
    if (reuters)
        out->id = prefixed("reut-", sgml_attribute(t, "NEWID"), arena);
    else if (out->id.len == 0)
        out->id = sgml_line(sgml_attribute(t, "id"), arena);
    read_text(out, t, !reuters && out->id.len > 0, arena);
    if (reuters && text_trim(sgml_find(t, "BODY")).len == 0 &&
        sgml_find(t, "TITLE").len > 0)
        out->body = text_slice(out->body, 0, 0); /* BRIEF: a title only */
    read_names(out, t, reuters, arena);
    read_date(r, out, t, arena);
    read_tags(out, t, arena);
}

static struct text decode(struct reader_sgml *r)
{
    struct text raw = strbuf_text(&r->raw);
    strbuf_reset(&r->decoded);
    r->decoded.max = 3 * r->raw.len + 3;
    charset_decode(raw, charset_guess(raw), &r->decoded);
    return strbuf_text(&r->decoded);
}

static enum status sgml_next(struct reader *reader, struct arena *arena,
                             struct article *out, struct error *err)
{
    struct reader_sgml *r = (struct reader_sgml *)reader;
    bool closed;
    struct origin origin = {.path = text_from(input_path(r->lines.in))};
    enum status status = read_record(r, &origin, &closed, err);
    struct rejection why = {.origin = origin, .bytes = strbuf_text(&r->raw)};
    if (status == STATUS_SOURCE) {
        why.reason = input_fault(r->lines.in);
        return reader_reject(reader, &why);
    }
    if (status != STATUS_OK)
        return status;
    if (r->raw.overflowed || !closed) {
        why.reason = closed ? "too-large" : "truncated";
        return reader_reject_because(reader, &why, err, "%s",
                                     closed ? "larger than an article may be"
                                            : "the record is cut off");
    }
    struct article article = {.origin = origin, .published = TIMESTAMP_UNKNOWN};
    original_measure(&article.origin, why.bytes);
    read_fields(r, &article, decode(r), arena);
    if (article.title.len == 0 && article.body.len == 0) {
        why.reason = "no-body";
        return reader_reject_because(reader, &why, err,
                                     "neither title nor body");
    }
    status = reader_check_size(reader, &article, why.bytes, err);
    if (status != STATUS_OK)
        return status;
    article.origin.path = arena_text(arena, origin.path);
    *out = article;
    return STATUS_OK;
}

const struct reader_format reader_sgml = {
    .name = "sgml",
    .summary = "Reuters-21578 and TREC's <DOC>",
    .recognise = sgml_recognise,
    .open = sgml_open,
    .next = sgml_next,
    .free = sgml_free,
};
