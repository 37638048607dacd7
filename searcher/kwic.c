#include "searcher/kwic.h"

#include <string.h>

#include "common/codepoint.h"
#include "common/terminal.h"

/* A character on the screen has seldom more bytes, accents and all: what would
 * need more of them shows less. */
enum { BYTES_PER_COLUMN = 16 };

/* --- occurrences ---------------------------------------------------------- */

static size_t end_of(const struct mark *m, struct text text)
{
    return m->length < text.len - m->offset ? m->offset + m->length : text.len;
}

/* Whether that mark, or another one at its place, continues. */
static bool continues(const struct kwic *k, size_t number)
{
    const size_t offset = k->marks[number].offset;
    for (size_t i = number; i < k->mark_count; i++) {
        if (k->marks[i].offset != offset)
            break;
        if (k->marks[i].place == MARK_CONTINUES)
            return true;
    }
    return false;
}

/* The next mark, and what belongs to it. */
static bool next_occurrence(struct kwic *k, struct range *out)
{
    if (k->next >= k->mark_count || k->marks[k->next].offset >= k->text.len)
        return false;
    const struct mark *m = &k->marks[k->next++];
    *out = (struct range){m->offset, end_of(m, k->text)};
    for (; k->next < k->mark_count; k->next++) {
        m = &k->marks[k->next];
        if (m->offset >= k->text.len ||
            (m->offset >= out->to && !continues(k, k->next)))
            break;
        size_t end = end_of(m, k->text);
        out->to = end > out->to ? end : out->to;
    }
    return true;
}

/* --- lines ---------------------------------------------------------------- */

static bool is_blank(struct codepoint c)
{
    return c.value == ' ' || (c.value >= '\t' && c.value <= '\r');
}

/* A part of the text as it is shown. Bytes that are no UTF-8 take three. */
static struct text clean(struct text part, struct arena *arena)
{
    char *bytes = arena_alloc(arena, part.len * 3 + 1);
    size_t len = 0;
    while (part.len > 0) {
        struct codepoint c = codepoint_first(part);
        part = text_slice(part, c.length, part.len);
        if (is_blank(c)) {
            if (len == 0 || bytes[len - 1] != ' ')
                bytes[len++] = ' ';
        } else if (codepoint_is_safe(c.value)) {
            len += codepoint_write(c.value, bytes + len);
        }
    }
    bytes[len] = '\0';
    return text_make(bytes, len);
}

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* At most so many bytes before `end`, from the edge of a character on. */
static struct text bytes_before(struct text t, size_t end, size_t most)
{
    size_t from = end > most ? end - most : 0;
    for (int i = 0; from > 0 && from < end && i < 3; i++)
        if (is_continuation(t.ptr[from]))
            from++;
    return text_slice(t, from, end - from);
}

static struct text bytes_from(struct text t, size_t from, size_t most)
{
    size_t to = t.len - from > most ? from + most : t.len;
    for (int i = 0; to < t.len && to > from && i < 3; i++)
        if (is_continuation(t.ptr[to]))
            to--;
    return text_slice(t, from, to - from);
}

/* The longest end that fits; it does not begin with an accent whose letter is
 * cut off. */
static struct text fitting_end(struct text t, size_t columns, size_t *taken)
{
    *taken = terminal_columns(t);
    bool cut = false;
    while (t.len > 0) {
        struct codepoint c = codepoint_first(t);
        unsigned width = codepoint_width(c.value);
        bool first_blank = c.value == ' ' && t.len > c.length;
        if (*taken <= columns && !(cut && width == 0) && !first_blank)
            break;
        cut = true;
        *taken -= width;
        t = text_slice(t, c.length, t.len);
    }
    return t;
}

/* The longest start that fits, with the accents of its last letter. */
static struct text fitting_start(struct text t, size_t columns, size_t *taken)
{
    size_t len = 0;
    *taken = 0;
    while (len < t.len) {
        struct codepoint c = codepoint_first(text_slice(t, len, t.len));
        unsigned width = codepoint_width(c.value);
        if (*taken + width > columns)
            break;
        *taken += width;
        len += c.length;
    }
    return text_slice(t, 0, len);
}

static struct text without_blank_at_end(struct text t)
{
    while (t.len > 0 && t.ptr[t.len - 1] == ' ')
        t.len--;
    return t;
}

bool kwic_next(struct kwic *k, struct kwic_line *out, struct arena *arena)
{
    struct range match;
    if (!next_occurrence(k, &match))
        return false;
    const size_t before_max = k->columns_before * BYTES_PER_COLUMN;
    const size_t from_max = k->columns_from * BYTES_PER_COLUMN;
    struct text source = text_slice(k->text, match.from, match.to - match.from);
    size_t used, rest;
    *out = (struct kwic_line){.source = match};
    out->before =
        fitting_end(clean(bytes_before(k->text, match.from, before_max), arena),
                    k->columns_before, &out->columns_before);
    out->match = fitting_start(clean(bytes_from(source, 0, from_max), arena),
                               k->columns_from, &used);
    out->after = without_blank_at_end(
        fitting_start(clean(bytes_from(k->text, match.to, from_max), arena),
                      k->columns_from - used, &rest));
    return true;
}
