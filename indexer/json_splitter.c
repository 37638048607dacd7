#include "indexer/json_splitter.h"

#include <string.h>

#include "common/utf8.h"

enum {
    KEPT_OF_TOO_LARGE = 64 << 10,
    CARRY_KEPT = 4 << 20 /* between records; what is more is freed */
};

/* How far the end of a record has been looked for. */
struct scan {
    uint64_t start_column, column;
    size_t depth;
    bool object; /* else junk where an object should be */
    bool in_string, escaped;
    bool broken;     /* a line end within a string */
    bool line_start; /* only blanks since the last line end */
};

static bool is_white(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static struct text skip_white(struct text t)
{
    while (t.len > 0 && is_white(t.ptr[0]))
        t = text_slice(t, 1, t.len);
    return t;
}

static char first_of(struct text t)
{
    return t.len > 0 ? t.ptr[0] : '\0';
}

int json_splitter_recognise(struct text head)
{
    struct text t = skip_white(utf8_without_mark(head));
    bool array = first_of(t) == '[';
    if (array)
        t = skip_white(text_slice(t, 1, t.len));
    if (array && first_of(t) == ']')
        return skip_white(text_slice(t, 1, t.len)).len == 0 ? 2 : 0;
    if (t.len == 0)
        return array;
    if (first_of(t) != '{')
        return 0;
    t = skip_white(text_slice(t, 1, t.len));
    if (t.len == 0)
        return 1;
    return t.ptr[0] == '"' || t.ptr[0] == '}' ? 2 : 0;
}

/* Steps over one character of an object that is not broken. */
static void scan_step(struct scan *scan, char c)
{
    if (scan->in_string) {
        if (scan->escaped)
            scan->escaped = false;
        else if (c == '\\')
            scan->escaped = true;
        else if (c == '"')
            scan->in_string = false;
    } else if (c == '"') {
        scan->in_string = true;
    } else if (c == '{' || c == '[') {
        scan->depth++;
    } else if ((c == '}' || c == ']') && scan->depth > 0) {
        scan->depth--;
    }
}

/* How the records lie, by the first line of the first one. */
static enum json_layout layout_of_object(struct text t)
{
    struct scan scan = {0};
    char previous = '\0'; /* that is not white */
    for (size_t i = 0; i < t.len; i++) {
        char c = t.ptr[i];
        struct text rest = text_slice(t, i + 1, t.len);
        if (c == '\n' && scan.in_string)
            return JSON_LINES;
        if (c == '\n') /* a cut line is followed by the next object */
            return previous != '[' && first_of(rest) == '{' ? JSON_LINES
                                                            : JSON_OBJECTS;
        scan_step(&scan, c);
        if (!is_white(c))
            previous = c;
        if (scan.depth > 0)
            continue;
        while (first_of(rest) == ' ' || first_of(rest) == '\t')
            rest = text_slice(rest, 1, rest.len);
        return first_of(rest) == '{' || first_of(rest) == ',' ? JSON_OBJECTS
                                                              : JSON_LINES;
    }
    return JSON_LINES;
}

static enum json_layout layout_of(struct text head)
{
    struct text t = skip_white(utf8_without_mark(head));
    if (first_of(t) == '{')
        return layout_of_object(t);
    if (first_of(t) != '[')
        return JSON_LINES;
    t = skip_white(text_slice(t, 1, t.len));
    return first_of(t) == '{' || first_of(t) == ']' ? JSON_OBJECTS : JSON_LINES;
}

void json_splitter_init(struct json_splitter *s, struct input *in, size_t limit)
{
    *s = (struct json_splitter){.in = in,
                                .limit = limit,
                                .line = 1,
                                .carry = STRBUF_INIT(limit),
                                .fault = ERROR_NONE};
    s->layout = layout_of(input_peek(in, INPUT_PEEK_MAX));
}

void json_splitter_done(struct json_splitter *s)
{
    strbuf_done(&s->carry);
}

/* Makes the chunk hold something. */
static enum status fill(struct json_splitter *s, struct error *err)
{
    if (s->chunk.len > 0)
        return STATUS_OK;
    if (s->fault.status != STATUS_OK) {
        *err = s->fault;
        s->fault.status = STATUS_OK;
        return err->status;
    }
    enum status status = input_read(s->in, &s->chunk, err);
    if (status == STATUS_OK && s->offset == 0) {
        size_t len = s->chunk.len;
        s->chunk = utf8_without_mark(s->chunk);
        s->offset = len - s->chunk.len;
    }
    if (status == STATUS_OK && s->chunk.len == 0)
        return STATUS_END;
    return status;
}

static void consume(struct json_splitter *s, size_t len)
{
    struct text gone = text_slice(s->chunk, 0, len);
    const char *end = gone.ptr + gone.len, *p;
    while (gone.len > 0 && (p = memchr(gone.ptr, '\n', gone.len)) != NULL) {
        s->line++;
        s->column = 0;
        gone = text_make(p + 1, (size_t)(end - p - 1));
    }
    s->column += gone.len;
    s->offset += len;
    s->chunk = text_slice(s->chunk, len, s->chunk.len);
}

static bool is_separator(struct json_splitter *s, char c)
{
    if (is_white(c))
        return true;
    if (s->layout == JSON_LINES)
        return false;
    if (c == '[')
        s->arrays++;
    if (c == ']' && s->arrays > 0)
        s->arrays--;
    return c == ',' || c == '[' || c == ']';
}

/* To the first byte of a record, which the chunk then begins with. */
static enum status skip_separators(struct json_splitter *s, struct error *err)
{
    for (;;) {
        enum status status = fill(s, err);
        if (status != STATUS_OK)
            return status;
        size_t len = 0;
        while (len < s->chunk.len && is_separator(s, s->chunk.ptr[len]))
            len++;
        consume(s, len);
        if (s->chunk.len > 0)
            return STATUS_OK;
    }
}

static size_t find_line_end(struct text chunk, bool *found)
{
    const char *end = memchr(chunk.ptr, '\n', chunk.len);
    *found = end != NULL;
    return end ? (size_t)(end - chunk.ptr) : chunk.len;
}

static size_t find_object_end(struct text chunk, struct scan *scan, bool *found)
{
    for (size_t i = 0; i < chunk.len; i++, scan->column++) {
        char c = chunk.ptr[i];
        if (c == '\n') {
            scan->broken |= scan->in_string;
            scan->line_start = true;
            scan->column = (uint64_t)-1;
            continue;
        }
        if (scan->broken) {
            *found = c == '{' && scan->line_start &&
                     scan->column <= scan->start_column;
            if (*found)
                return i;
        } else {
            scan_step(scan, c);
            *found = scan->depth == 0;
            if (*found)
                return i + 1;
        }
        scan->line_start &= c == ' ' || c == '\t';
    }
    return chunk.len;
}

static size_t find_junk_end(struct text chunk, struct scan *scan, bool *found)
{
    for (size_t i = 0; i < chunk.len; i++) {
        char c = chunk.ptr[i];
        *found =
            c == '\n' || (!scan->in_string && memchr(",[]{", c, 4) != NULL);
        if (*found)
            return i;
        scan_step(scan, c);
    }
    return chunk.len;
}

static size_t find_end(const struct json_splitter *s, struct scan *scan,
                       enum json_extent *extent)
{
    bool found = false;
    size_t len;
    if (s->layout == JSON_LINES)
        len = find_line_end(s->chunk, &found);
    else if (scan->object)
        len = find_object_end(s->chunk, scan, &found);
    else
        len = find_junk_end(s->chunk, scan, &found);
    *extent = found ? JSON_ENDED : JSON_CUT;
    return len;
}

/* A broken object runs on over what separates it from the next. */
static struct text trim_broken(struct json_splitter *s, struct text t)
{
    while (t.len > 0 && strchr(" \t\r\n,]", t.ptr[t.len - 1])) {
        if (t.ptr[t.len - 1] == ']' && s->arrays > 0)
            s->arrays--;
        t.len--;
    }
    return t;
}

/* Appends to the carry, of which only the beginning is kept beyond the limit.
 */
static bool keep(struct json_splitter *s, struct text part, uint64_t size)
{
    if (size <= s->limit) {
        strbuf_append(&s->carry, part);
        return true;
    }
    size_t kept = s->limit < KEPT_OF_TOO_LARGE ? s->limit : KEPT_OF_TOO_LARGE;
    if (s->carry.len < kept)
        strbuf_append(&s->carry, text_slice(part, 0, kept - s->carry.len));
    strbuf_truncate(&s->carry, kept);
    return false;
}

static void reset_carry(struct json_splitter *s)
{
    if (s->carry.capacity > CARRY_KEPT)
        strbuf_done(&s->carry);
    strbuf_reset(&s->carry);
    s->carry.max = s->limit;
}

/* From the record's first byte, with which the chunk begins, to its end. */
static void read_record(struct json_splitter *s, struct scan *scan,
                        struct json_record *r)
{
    bool fits = true;
    reset_carry(s);
    do {
        size_t len = find_end(s, scan, &r->extent);
        struct text part = text_slice(s->chunk, 0, len);
        uint64_t size = s->offset + len - r->offset;
        bool whole = r->extent == JSON_ENDED && size == len;
        consume(s, len);
        if (whole && size <= s->limit) {
            r->bytes = part;
            return;
        }
        fits &= keep(s, part, size);
    } while (r->extent == JSON_CUT && fill(s, &s->fault) == STATUS_OK);
    r->bytes = strbuf_text(&s->carry);
    if (!fits)
        r->extent = JSON_TOO_LARGE;
}

enum status json_splitter_next(struct json_splitter *s, struct json_record *out,
                               struct error *err)
{
    enum status status = skip_separators(s, err);
    if (status == STATUS_END && s->arrays > 0) {
        s->arrays = 0;
        return error_set_at(err, STATUS_SOURCE, (size_t)s->offset,
                            "'%s' line %llu: the array is not closed",
                            input_path(s->in), (unsigned long long)s->line);
    }
    if (status != STATUS_OK)
        return status;
    struct scan scan = {.start_column = s->column,
                        .column = s->column,
                        .object = s->chunk.ptr[0] == '{'};
    struct json_record r = {.offset = s->offset, .line = s->line};
    read_record(s, &scan, &r);
    if (scan.broken)
        r.bytes = trim_broken(s, r.bytes);
    r.bytes = text_trim(r.bytes);
    *out = r;
    return STATUS_OK;
}
