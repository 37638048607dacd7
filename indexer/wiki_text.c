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
enum { IN_VAIN_MAX = 16, LINK_MAX = 4096, DEPTH_MAX = 4, REDIRECT_MAX = 60 };

static const char *const redirects[] = {"#redirect",
                                        "#weiterleitung",
                                        "#redirec",
                                        "#rinvia",
                                        "#doorverwijzing",
                                        "#patrz",
                                        "#przekieruj",
                                        "#yönlendir",
                                        "#перенаправление",
                                        "#ПЕРЕНАПРАВЛЕНИЕ",
                                        "#転送",
                                        "#重定向",
                                        NULL};

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

/* Names of the spaces of files and categories, where Wikinews is written. */
static const char *const files[] = {
    "file:",    "image:",       "media:",       "datei:",      "bild:",
    "fichier:", "archivo:",     "imagen:",      "immagine:",   "ficheiro:",
    "ficheru:", "imagem:",      "bestand:",     "afbeelding:", "plik:",
    "grafika:", "fil:",         "dosya:",       "resim:",      "файл:",
    "Файл:",    "изображение:", "Изображение:", "ファイル:",   "画像:",
    "文件:",    "檔案:",        "图像:",        NULL};
static const char *const categories[] = {
    "category:",  "kategorie:", "catégorie:", "categoría:",
    "categoria:", "categorie:", "kategoria:", "kategori:",
    "категория:", "Категория:", "Catégorie:", "Categoría:",
    "カテゴリ:",  "分类:",      "分類:",      NULL};

static bool begins_with_one(struct text t, const char *const *names)
{
    for (; *names; names++)
        if (at_word(t, 0, *names))
            return true;
    return false;
}

/* "de:Titel", a page of another wiki that no label is written for. */
static bool is_interwiki(struct text inner)
{
    const char *colon = inner.len ? memchr(inner.ptr, ':', inner.len) : NULL;
    const size_t len = colon ? (size_t)(colon - inner.ptr) : 0;
    if (len < 2 || len > 12 || memchr(inner.ptr, '|', inner.len))
        return false;
    for (size_t i = 0; i < len; i++)
        if ((inner.ptr[i] < 'a' || inner.ptr[i] > 'z') && inner.ptr[i] != '-')
            return false;
    return len <= 3 || memchr(inner.ptr, '-', len);
}

static bool is_dropped_link(struct text inner)
{
    return begins_with_one(inner, files) ||
           begins_with_one(inner, categories) || is_interwiki(inner);
}

/* The label of "[[target|label]]" without the brackets. */
static struct text label_of(struct text inner)
{
    const char *bar = inner.len ? memchr(inner.ptr, '|', inner.len) : NULL;
    const bool prefixed = !bar && inner.len > 2 && inner.ptr[1] == ':';
    if (!bar) /* [[w:NATO]], [[:Category:NATO]] */
        return text_slice(inner, prefixed ? 2 : 0, inner.len);
    return text_slice(inner, (size_t)(bar - inner.ptr) + 1, inner.len);
}

/* "{{w|article|label}}" is a link to Wikipedia, written as a template. */
static struct text link_label(struct text inner)
{
    struct text rest = text_slice(inner, 2, inner.len), first, second;
    (void)text_split(&rest, '|', &first);
    return text_split(&rest, '|', &second) && second.len > 0 &&
                   !memchr(second.ptr, '=', second.len)
               ? second
               : first;
}

/* What "{{quote|…}}" and the like hold: text, the parameter of that name or
 * the first without one. */
static struct text quotation(struct text inner)
{
    static const char *const names[] = {"text=", "quote=", "1=", NULL};
    struct text part;
    size_t depth = 0;
    (void)text_split(&inner, '|', &part);
    for (size_t from = 0, at = 0; at <= inner.len; at++) {
        if (at < inner.len && strchr("[{", inner.ptr[at]))
            depth++;
        else if (at < inner.len && strchr("]}", inner.ptr[at]) && depth > 0)
            depth--;
        if (at < inner.len && (inner.ptr[at] != '|' || depth > 0))
            continue;
        part = text_trim(text_slice(inner, from, at - from));
        from = at + 1;
        const char *equals = part.len ? memchr(part.ptr, '=', part.len) : NULL;
        if (!equals || begins_with_one(part, names))
            return text_trim(text_slice(
                part, equals ? (size_t)(equals - part.ptr) + 1 : 0, part.len));
    }
    return text_make(NULL, 0);
}

static bool is_quotation(struct text inner)
{
    static const char *const names[] = {
        "quote|",         "cquote|",     "blockquote|", "quotation|",
        "quote box|",     "pull quote|", "bquote|",     "zitat|",
        "citation bloc|", "cita|",       "citazione|",  NULL};
    return begins_with_one(inner, names);
}

/* What is in a pair of two-byte brackets from `at` to `end`, which may be that
 * of a line instead. */
static struct text inside(struct text t, size_t at, size_t end,
                          const char *close)
{
    bool closed = end >= at + 4 && at_word(t, end - 2, close);
    return text_slice(t, at + 2, end - at - (closed ? 4 : 2));
}

static void append(struct strbuf *out, struct text t, int depth);

static size_t skip_template(struct text t, size_t at, struct strbuf *out,
                            size_t *in_vain, int depth)
{
    size_t end = behind_pair(t, at, braces, in_vain);
    const struct text inner = inside(t, at, end, braces[1]);
    if (at_word(inner, 0, "w|"))
        strbuf_append(out, link_label(inner));
    if (is_quotation(inner) && depth < DEPTH_MAX) {
        strbuf_append_string(out, "\n\n");
        append(out, quotation(inner), depth + 1);
        strbuf_append_string(out, "\n\n");
    }
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

/* Behind the marks that a line begins with; items of lists are paragraphs. */
static size_t take_marks(struct text t, size_t at, struct strbuf *out)
{
    const size_t start = at;
    while (at < t.len && strchr("*#:;", t.ptr[at]))
        at++;
    if (at > start)
        strbuf_append_char(out, '\n');
    return at;
}

/* The last heading, which goes again if nothing stands under it. */
struct heading {
    size_t level; /* 0: none */
    size_t from, to;
};

static void drop_if_empty(struct heading *h, size_t next_level,
                          struct strbuf *out)
{
    const struct text since =
        text_slice(strbuf_text(out), h->to, out->len - h->to);
    if (h->level > 0 && next_level <= h->level && text_trim(since).len == 0)
        strbuf_truncate(out, h->from);
    h->level = 0;
}

/* "== Heading ==", a paragraph of its own. */
static size_t take_heading(struct text t, size_t at, struct heading *h,
                           struct strbuf *out)
{
    const char *end = memchr(t.ptr + at, '\n', t.len - at);
    const size_t behind = end ? (size_t)(end - t.ptr) : t.len;
    struct text line = text_trim(text_slice(t, at, behind - at));
    size_t level = 0;
    while (line.len > 0 && line.ptr[0] == '=') {
        line = text_slice(line, 1, line.len);
        level++;
    }
    while (line.len > 0 && line.ptr[line.len - 1] == '=')
        line.len--;
    drop_if_empty(h, level, out);
    *h = (struct heading){.level = level, .from = out->len};
    strbuf_append_string(out, "\n\n");
    strbuf_append(out, text_trim(line));
    strbuf_append_string(out, "\n\n");
    h->to = out->len;
    return behind;
}

/* "__NOTOC__" */
static size_t behind_switch(struct text t, size_t at)
{
    size_t end = at + 2;
    while (end < t.len && t.ptr[end] >= 'A' && t.ptr[end] <= 'Z')
        end++;
    return at_word(t, end, "__") ? end + 2 : at + 2;
}

/* Behind what is not as it stands; `at` if it is. */
static size_t take_mark(struct text t, size_t at, struct strbuf *out,
                        size_t *in_vain, int depth)
{
    if (at_word(t, at, "{{"))
        return skip_template(t, at, out, in_vain, depth);
    if (at_word(t, at, "{|"))
        return behind_pair(t, at, tables, in_vain);
    if (at_word(t, at, "[["))
        return take_link(t, at, out, in_vain);
    if (t.ptr[at] == '[')
        return take_outer_link(t, at, out);
    if (t.ptr[at] == '<')
        return behind_tag(t, at);
    if (at_word(t, at, "''"))
        while (at < t.len && t.ptr[at] == '\'')
            at++;
    else if (at_word(t, at, "__"))
        return behind_switch(t, at);
    return at;
}

static void append(struct strbuf *out, struct text t, int depth)
{
    struct heading heading = {0};
    bool line_start = true;
    size_t in_vain = 0;
    for (size_t at = 0; at < t.len;) {
        size_t before = at;
        if (line_start && at_word(t, at, "==")) {
            at = take_heading(t, at, &heading, out);
            continue;
        }
        if (line_start)
            at = take_marks(t, at, out);
        line_start = false;
        if (at >= t.len)
            break;
        at = take_mark(t, at, out, &in_vain, depth);
        if (at != before)
            continue;
        line_start = t.ptr[at] == '\n';
        strbuf_append_char(out, t.ptr[at++]);
    }
    drop_if_empty(&heading, 0, out);
}

void wiki_text_append(struct strbuf *out, struct text t)
{
    append(out, t, 0);
}

bool wiki_text_is_redirect(struct text wiki)
{
    wiki = text_trim(wiki);
    const char *open = wiki.len ? memmem(wiki.ptr, wiki.len, "[[", 2) : NULL;
    return wiki.len > 0 && wiki.ptr[0] == '#' && open &&
           open - wiki.ptr < REDIRECT_MAX &&
           !memchr(wiki.ptr, '\n', (size_t)(open - wiki.ptr)) &&
           (begins_with_one(wiki, redirects));
}

bool wiki_text_category(struct text wiki, size_t *at, struct text *out)
{
    for (; *at + 2 < wiki.len; ++*at) {
        if (!at_word(wiki, *at, "[["))
            continue;
        struct text rest = text_slice(wiki, *at + 2, LINK_MAX), name;
        const char *end = rest.len ? memmem(rest.ptr, rest.len, "]]", 2) : NULL;
        if (!end || !begins_with_one(rest, categories))
            continue;
        rest.len = (size_t)(end - rest.ptr);
        *at += rest.len;
        (void)text_split(&rest, ':', &name);
        (void)text_split(&rest, '|', &name);
        *out = text_trim(name);
        return true;
    }
    return false;
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
