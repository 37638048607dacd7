/* Reads what teleprinters got: IPTC 7901 and ANPA 1312, messages framed by
 * SOH, STX and ETX. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/dating.h"
#include "common/mem.h"
#include "common/original.h"
#include "indexer/byline.h"
#include "indexer/charset.h"
#include "indexer/cleaning.h"
#include "indexer/line_source.h"
#include "indexer/reader.h"

extern const struct reader_format reader_wire;

enum { SOH = 1, STX = 2, ETX = 3, SYN = 0x16 };
enum { HEADER_MIN = 8, HEADER_MAX = 600 }; /* bytes from SOH to STX */

struct reader_wire {
    struct reader base;
    struct line_source lines;
    struct strbuf raw, decoded;
};

static size_t find(struct text t, char c)
{
    const char *found = t.len ? memchr(t.ptr, c, t.len) : NULL;
    return found ? (size_t)(found - t.ptr) : t.len;
}

static int wire_recognise(struct text head)
{
    size_t at = 0;
    while (at < head.len && (head.ptr[at] == SYN || head.ptr[at] == '\r' ||
                             head.ptr[at] == '\n' || head.ptr[at] == ' '))
        at++;
    if (at >= head.len || head.ptr[at] != SOH)
        return 0;
    struct text header = text_slice(head, at, HEADER_MAX);
    size_t len = find(header, STX);
    return len >= HEADER_MIN && len < header.len ? 2 : 0;
}

static enum status wire_open(struct reader **out, struct input *in,
                             struct error *err)
{
    (void)err;
    struct reader_wire *r = mem_zeroed(1, sizeof *r);
    line_source_init(&r->lines, in);
    *out = &r->base;
    return STATUS_OK;
}

static void wire_free(struct reader *reader)
{
    struct reader_wire *r = (struct reader_wire *)reader;
    line_source_done(&r->lines);
    strbuf_done(&r->raw);
    strbuf_done(&r->decoded);
    free(r);
}

/* Lines from one with SOH to the next of these, or to one with ETX. */
static enum status read_message(struct reader_wire *r, struct origin *origin,
                                struct error *err)
{
    strbuf_reset(&r->raw);
    for (;;) {
        struct text line;
        enum status status = line_source_gather(
            &r->lines, &r->raw, 2 * r->base.limits.article, &line, err);
        if (status != STATUS_OK)
            return status;
        if (line.len == 0)
            return r->raw.len > 0 ? STATUS_OK : STATUS_END;
        bool starts = find(line, SOH) < line.len;
        if (starts && r->raw.len > 0) {
            line_source_unread(&r->lines);
            return STATUS_OK;
        }
        if (!starts && r->raw.len == 0)
            continue;
        if (r->raw.len == 0) {
            origin->offset = r->lines.offset;
            origin->line = r->lines.number;
        }
        strbuf_append(&r->raw, line);
        if (find(line, ETX) < line.len)
            return STATUS_OK;
    }
}

/* --- fields --------------------------------------------------------------- */

/* A line without what typesetting put around it: "^", "<", "=". */
static struct text plain_line(struct text line)
{
    line = text_trim(line);
    while (line.len > 0 &&
           (line.ptr[0] == '^' || (unsigned char)line.ptr[0] < ' '))
        line = text_slice(line, 1, line.len);
    while (line.len > 0 && strchr("<=^ ", line.ptr[line.len - 1]))
        line.len--;
    return text_trim(line);
}

static bool is_note(struct text line)
{
    static const char *const notes[] = {"AP Photo", "Eds:", "Eds ", "AP Top",
                                        "With AP"};
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        if (text_starts_with(line, text_from(notes[i])) && i != 3)
            return true;
    return false;
}

static void set_author(struct article *out, struct text name,
                       struct arena *arena)
{
    struct text *list = arena_alloc(arena, sizeof *list);
    if (out->author_count > 0 || name.len == 0)
        return;
    *list = arena_text(arena, name);
    out->authors = list;
    out->author_count = 1;
}

/* ANPA: a keyword line, lines that begin with "^" (title, notes, byline), and
 * text, whose paragraphs begin with a tab or blanks. */
static void read_anpa(struct article *out, struct text t, struct arena *arena)
{
    struct text rest = t, line, body = text_slice(t, t.len, 0);
    struct text slug = {NULL, 0};
    while (text_split(&rest, '\n', &line)) {
        struct text plain = plain_line(line);
        bool marked = find(line, '^') < 2;
        if (plain.len == 0)
            continue;
        if (slug.len == 0) {
            slug = plain;
        } else if (!marked) {
            body = text_make(line.ptr, (size_t)(t.ptr + t.len - line.ptr));
            break;
        } else if (byline_name(plain).len < plain.len) {
            set_author(out, byline_name(plain), arena);
        } else if (out->title.len == 0 && !is_note(plain)) {
            out->title = plain;
        }
    }
    if (out->title.len == 0)
        out->title = slug;
    out->body = body;
}

/* That a paragraph begins with. */
static bool is_indented(struct text line)
{
    return text_starts_with(line, (struct text)TEXT("  ")) ||
           text_starts_with(line, (struct text)TEXT("\t"));
}

/* IPTC 7901: a title up to an empty line or to the first paragraph, then text.
 * Without a title it is the catchword, the last line of the header. */
static void read_iptc(struct article *out, struct text header, struct text t)
{
    struct text rest = t, line;
    const char *end = t.ptr;
    const char *body = t.ptr + t.len;
    while (text_split(&rest, '\n', &line)) {
        const bool blank = text_trim(line).len == 0;
        if (is_indented(line) && !blank) {
            body = line.ptr;
            break;
        }
        if (blank && end > t.ptr) {
            body = rest.ptr ? rest.ptr : body;
            break;
        }
        end = line.ptr + line.len;
    }
    out->title = plain_line(text_make(t.ptr, (size_t)(end - t.ptr)));
    out->body = text_make(body, (size_t)(t.ptr + t.len - body));
    header = text_trim(header);
    (void)text_split(&header, '\n', &line); /* that of the agency */
    while (out->title.len == 0 && text_split(&header, '\n', &line))
        out->title = plain_line(line);
}

static bool are_digits(struct text t, size_t count)
{
    bool digits = t.len >= count;
    for (size_t i = 0; i < count && digits; i++)
        digits = t.ptr[i] >= '0' && t.ptr[i] <= '9';
    return digits;
}

/* "dpa" of "aeca062 4 i 211 ccccb dpa 061", the last word but one where that is
 * a number; else "AFP" of "AFP0123 4 i 0211 FRA /AFP-AB12". */
static struct text agency_of(struct text header)
{
    struct text line, word, first = {NULL, 0}, last = first, before = first;
    (void)text_split(&header, '\n', &line);
    line = text_trim(line);
    while (text_split(&line, ' ', &word)) {
        if (text_trim(word).len == 0)
            continue;
        before = last;
        last = text_trim(word);
        first = first.len == 0 ? last : first;
    }
    if (are_digits(last, last.len))
        return before;
    size_t letters = 0;
    while (letters < first.len && first.ptr[letters] >= 'A' &&
           first.ptr[letters] <= 'Z')
        letters++;
    return text_slice(first, 0, letters);
}

/* Behind the text: "131137 GMT Nov 13", its day and time before month and year,
 * or "AP-WF-02-20-16 0337GMT". Rewritten as dates are read. */
static void read_date(struct article *out, struct text t, timestamp newest)
{
    char date[64] = "";
    struct text rest = text_trim(t), month = {NULL, 0}, year = {NULL, 0};
    struct text line = {NULL, 0}, zone = {NULL, 0}, word;
    (void)text_split(&rest, '\n', &line);
    line = plain_line(line);
    struct text code = text_slice(line, 6, line.len);
    if (text_starts_with(line, (struct text)TEXT("AP-")) && code.len >= 13 &&
        are_digits(text_slice(code, 6, 2), 2)) {
        bool old = code.ptr[6] > '4';
        snprintf(date, sizeof date, "%d%.2s-%.2s-%.2s %.*s", old ? 19 : 20,
                 code.ptr + 6, code.ptr, code.ptr + 3,
                 TEXT_ARG(text_slice(code, 9, 9)));
    } else if (are_digits(line, 6)) {
        rest = text_slice(line, 6, 20);
        while (text_split(&rest, ' ', &word)) {
            zone = word.len > 0 ? month : zone;
            month = word.len > 0 ? year : month;
            year = word.len > 0 ? word : year;
        }
        snprintf(date, sizeof date, "%.2s %.*s %.*s %.2s:%.2s %.*s", line.ptr,
                 TEXT_ARG(month), TEXT_ARG(year), line.ptr + 2, line.ptr + 4,
                 TEXT_ARG(zone));
    }
    (void)dating_read(out, text_from(date), DATING_EXPLICIT, newest);
}

static void read_fields(struct article *out, struct text t, timestamp newest,
                        struct arena *arena)
{
    bool nul = false;
    size_t start = find(t, SOH), text = find(t, STX);
    struct text header =
        text_slice(t, start + 1, text > start ? text - start - 1 : 0);
    struct text body = text_slice(t, text + 1, t.len);
    size_t end = find(body, ETX);
    read_date(out, text_slice(body, end + 1, body.len), newest);
    body = text_slice(body, 0, end);
    bool anpa = find(body, '^') < body.len;
    if (anpa)
        read_anpa(out, body, arena);
    else
        read_iptc(out, header, body);
    out->source =
        anpa ? text_make(NULL, 0)
             : cleaning_copy(agency_of(header), CLEANING_LINE, arena, &nul);
    out->title = cleaning_copy(out->title, CLEANING_LINE, arena, &nul);
    out->body =
        text_trim(cleaning_copy(out->body, CLEANING_BLOCK, arena, &nul));
}

static enum status wire_next(struct reader *reader, struct arena *arena,
                             struct article *out, struct error *err)
{
    struct reader_wire *r = (struct reader_wire *)reader;
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
    original_measure(&article.origin, why.bytes);
    strbuf_reset(&r->decoded);
    r->decoded.max = 3 * r->raw.len + 3;
    charset_decode(why.bytes, charset_guess(why.bytes), &r->decoded);
    read_fields(&article, strbuf_text(&r->decoded), reader->newest, arena);
    why.reason = r->raw.overflowed                                 ? "too-large"
                 : article.title.len == 0 && article.body.len == 0 ? "no-body"
                                                                   : NULL;
    if (why.reason)
        return reader_reject_because(reader, &why, err, "%s",
                                     r->raw.overflowed
                                         ? "larger than an article may be"
                                         : "neither title nor body");
    article.origin.path = arena_text(arena, origin.path);
    *out = article;
    return reader_check_size(reader, &article, why.bytes, err);
}

const struct reader_format reader_wire = {
    .name = "wire",
    .summary = "IPTC 7901 and ANPA 1312",
    .recognise = wire_recognise,
    .open = wire_open,
    .next = wire_next,
    .free = wire_free,
};
