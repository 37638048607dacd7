#include "indexer/wiki_text.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

static bool at_word(struct text t, size_t at, const char *word)
{
    size_t len = strlen(word);
    return t.len - at >= len && strncasecmp(t.ptr + at, word, len) == 0;
}

/* How much may be looked through for brackets that are not there, in times the
 * text; the others are then taken to end with their lines. */
enum { IN_VAIN_MAX = 16, LINK_MAX = 4096 };

/* Behind the `close` that ends what `open` at `at` begins; the end of the line
 * if nothing does. Adds what was looked through for nothing to `*in_vain`. */
static size_t behind_pair(struct text t, size_t at, const char *const pair[2],
                          size_t *in_vain)
{
    size_t len = strlen(pair[0]), depth = 0;
    bool tired = *in_vain / IN_VAIN_MAX > t.len;
    for (size_t i = at; i < t.len && !tired; i++) {
        if (at_word(t, i, pair[0])) {
            depth++;
            i += len - 1;
        } else if (at_word(t, i, pair[1])) {
            i += len - 1;
            if (--depth == 0)
                return i + 1;
        }
    }
    *in_vain += tired ? 0 : t.len - at;
    const char *end = memchr(t.ptr + at, '\n', t.len - at);
    return end ? (size_t)(end - t.ptr) : t.len;
}

static const char *const braces[] = {"{{", "}}"};
static const char *const tables[] = {"{|", "|}"};
static const char *const brackets[] = {"[[", "]]"};

/* Behind <ref …>…</ref>, <!-- … --> or a single tag at `at`. */
static size_t behind_tag(struct text t, size_t at)
{
    static const char *const elements[][2] = {{"<ref", "</ref>"},
                                              {"<!--", "-->"},
                                              {"<gallery", "</gallery>"},
                                              {"<math", "</math>"}};
    const char *close = memchr(t.ptr + at, '>', t.len - at);
    size_t single = close ? (size_t)(close - t.ptr) + 1 : t.len;
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        if (!at_word(t, at, elements[i][0]))
            continue;
        if (i != 1 && close && close[-1] == '/')
            return single;
        for (size_t end = at; end < t.len; end++)
            if (at_word(t, end, elements[i][1]))
                return end + strlen(elements[i][1]);
        return t.len;
    }
    return single;
}

static bool is_dropped_link(struct text inner)
{
    static const char *const spaces[] = {
        "file:", "image:", "category:", "media:"};
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (at_word(inner, 0, spaces[i]))
            return true;
    return false;
}

/* The label of "[[target|label]]" without the brackets. */
static struct text label_of(struct text inner)
{
    const char *bar = inner.len ? memchr(inner.ptr, '|', inner.len) : NULL;
    if (!bar)
        return inner;
    return text_slice(inner, (size_t)(bar - inner.ptr) + 1, inner.len);
}

/* "{{w|article|label}}" is a link to Wikipedia, written as a template. */
static struct text template_label(struct text inner)
{
    if (!at_word(inner, 0, "w|"))
        return text_make(NULL, 0);
    struct text rest = text_slice(inner, 2, inner.len), first;
    (void)text_split(&rest, '|', &first);
    struct text second;
    return text_split(&rest, '|', &second) && second.len > 0 &&
                   !memchr(second.ptr, '=', second.len)
               ? second
               : first;
}

/* What is in a pair of two-byte brackets from `at` to `end`, which may be that
 * of a line instead. */
static struct text inside(struct text t, size_t at, size_t end,
                          const char *close)
{
    bool closed = end >= at + 4 && at_word(t, end - 2, close);
    return text_slice(t, at + 2, end - at - (closed ? 4 : 2));
}

static size_t skip_template(struct text t, size_t at, struct strbuf *out,
                            size_t *in_vain)
{
    size_t end = behind_pair(t, at, braces, in_vain);
    strbuf_append(out, template_label(inside(t, at, end, braces[1])));
    return end;
}

static size_t take_link(struct text t, size_t at, struct strbuf *out,
                        size_t *in_vain)
{
    size_t end = behind_pair(t, at, brackets, in_vain);
    struct text inner = inside(t, at, end, brackets[1]);
    if (!is_dropped_link(inner))
        strbuf_append(out, label_of(inner));
    return end;
}

/* "[http://… label]" */
static size_t take_outer_link(struct text t, size_t at, struct strbuf *out)
{
    struct text rest = text_slice(t, at, LINK_MAX);
    const char *end = memchr(rest.ptr, ']', rest.len);
    if (!end || !at_word(t, at + 1, "http"))
        return at;
    struct text inner = text_slice(t, at + 1, (size_t)(end - t.ptr) - at - 1);
    const char *blank = memchr(inner.ptr, ' ', inner.len);
    if (blank)
        strbuf_append(
            out, text_slice(inner, (size_t)(blank - inner.ptr) + 1, inner.len));
    return (size_t)(end - t.ptr) + 1;
}

/* Behind the marks that a line begins with. */
static size_t skip_marks(struct text t, size_t at)
{
    while (at < t.len && strchr("*#:;", t.ptr[at]))
        at++;
    return at;
}

void wiki_text_append(struct strbuf *out, struct text t)
{
    bool line_start = true;
    size_t in_vain = 0;
    for (size_t at = 0; at < t.len;) {
        size_t before = at;
        if (line_start)
            at = skip_marks(t, at);
        line_start = false;
        if (at >= t.len)
            break;
        if (at_word(t, at, "{{"))
            at = skip_template(t, at, out, &in_vain);
        else if (at_word(t, at, "{|"))
            at = behind_pair(t, at, tables, &in_vain);
        else if (at_word(t, at, "[["))
            at = take_link(t, at, out, &in_vain);
        else if (t.ptr[at] == '[')
            at = take_outer_link(t, at, out);
        else if (t.ptr[at] == '<')
            at = behind_tag(t, at);
        else if (at_word(t, at, "''"))
            while (at < t.len && t.ptr[at] == '\'')
                at++;
        else if (at_word(t, at, "=="))
            while (at < t.len && t.ptr[at] == '=')
                at++;
        else if (at_word(t, at, "__"))
            at += 2;
        if (at != before)
            continue;
        line_start = t.ptr[at] == '\n';
        strbuf_append_char(out, t.ptr[at++]);
    }
}

struct text wiki_text_template(struct text wiki, const char *name)
{
    for (size_t at = 0; at + 2 < wiki.len; at++) {
        if (!at_word(wiki, at, "{{") || !at_word(wiki, at + 2, name))
            continue;
        size_t from = at + 2 + strlen(name);
        if (from >= wiki.len || wiki.ptr[from] != '|')
            continue;
        size_t end = from + 1;
        while (end < wiki.len && !strchr("|}\n", wiki.ptr[end]))
            end++;
        return text_trim(text_slice(wiki, from + 1, end - from - 1));
    }
    return text_make(NULL, 0);
}
