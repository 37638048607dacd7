#include "searcher/query.h"

#include <utf8proc.h>

#include "common/strbuf.h"

/* --- trees as text ------------------------------------------------------- */

static void append_field(const struct query_node *node, struct strbuf *out)
{
    if (node->field == FIELD_ANY)
        return;
    strbuf_append_string(out, fields[node->field].name);
    strbuf_append_char(out, ':');
}

static void append_quoted(struct text t, struct strbuf *out)
{
    strbuf_append_char(out, '"');
    strbuf_append(out, t);
    strbuf_append_char(out, '"');
}

static void print_composite(const char *name, const struct query_node *node,
                            struct strbuf *out)
{
    strbuf_append_char(out, '(');
    strbuf_append_string(out, name);
    for (size_t i = 0; i < node->child_count; i++) {
        strbuf_append_char(out, ' ');
        query_print(node->children[i], out);
    }
    strbuf_append_char(out, ')');
}

void query_print(const struct query_node *node, struct strbuf *out)
{
    switch (node->kind) {
    case QUERY_ALL:
        strbuf_append_char(out, '*');
        break;
    case QUERY_WORD:
        append_field(node, out);
        if (node->quoted)
            strbuf_append_char(out, '=');
        strbuf_append(out, node->text);
        break;
    case QUERY_PHRASE:
        append_field(node, out);
        append_quoted(node->text, out);
        break;
    case QUERY_AND:
        print_composite("AND", node, out);
        break;
    case QUERY_OR:
        print_composite("OR", node, out);
        break;
    case QUERY_NOT:
        print_composite("NOT", node, out);
        break;
    }
}

/* Below an operator: what has operators itself needs parentheses. */
static void write_operand(const struct query_node *node, struct strbuf *out)
{
    bool grouped = node->kind == QUERY_AND || node->kind == QUERY_OR;
    if (grouped)
        strbuf_append_char(out, '(');
    query_write(node, out);
    if (grouped)
        strbuf_append_char(out, ')');
}

static void write_list(const char *connector, const struct query_node *node,
                       struct strbuf *out)
{
    for (size_t i = 0; i < node->child_count; i++) {
        if (i > 0)
            strbuf_append_string(out, connector);
        write_operand(node->children[i], out);
    }
}

void query_write(const struct query_node *node, struct strbuf *out)
{
    switch (node->kind) {
    case QUERY_ALL:
        strbuf_append_char(out, '*');
        break;
    case QUERY_WORD:
        append_field(node, out);
        if (node->quoted)
            append_quoted(node->text, out);
        else
            strbuf_append(out, node->text);
        break;
    case QUERY_PHRASE:
        append_field(node, out);
        append_quoted(node->text, out);
        break;
    case QUERY_AND:
        write_list(" ", node, out);
        break;
    case QUERY_OR:
        write_list(" OR ", node, out);
        break;
    case QUERY_NOT:
        strbuf_append_char(out, '-');
        write_operand(node->children[0], out);
        break;
    }
}

/* --- a fault and its place ----------------------------------------------- */

/* Columns of the query that are shown at most, and before the fault. */
enum { WINDOW = 70, WINDOW_BEFORE = 40 };

struct glyph {
    struct text shown;
    size_t columns;
};

static struct glyph glyph_of(struct text typed, utf8proc_int32_t c)
{
    if (c >= '\t' && c <= '\r')
        return (struct glyph){TEXT(" "), 1};
    switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CO:
        return (struct glyph){TEXT("?"), 1};
    case UTF8PROC_CATEGORY_CF: /* would turn or hide what follows */
        return (struct glyph){TEXT(""), 0};
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return (struct glyph){TEXT(" "), 1};
    default:
        return (struct glyph){typed, (size_t)utf8proc_charwidth(c)};
    }
}

/* Takes the first character off `*rest`; bytes that are not UTF-8 one by one.
 */
static struct glyph next_glyph(struct text *rest)
{
    utf8proc_int32_t c;
    utf8proc_ssize_t length = utf8proc_iterate(
        (const utf8proc_uint8_t *)rest->ptr, (utf8proc_ssize_t)rest->len, &c);
    size_t bytes = length > 0 ? (size_t)length : 1;
    struct text typed = text_slice(*rest, 0, bytes);
    *rest = text_slice(*rest, bytes, rest->len - bytes);
    return length > 0 ? glyph_of(typed, c) : (struct glyph){TEXT("?"), 1};
}

static size_t column_of(struct text query, size_t offset)
{
    size_t column = 0;
    struct text rest = query;
    while (rest.len > 0 && query.len - rest.len < offset)
        column += next_glyph(&rest).columns;
    return column;
}

void query_print_error(struct text query, const struct error *err,
                       struct strbuf *out)
{
    strbuf_append_string(out, err->message);
    if (err->offset == ERROR_NO_OFFSET)
        return;
    size_t fault = column_of(query, err->offset);
    size_t from = fault > WINDOW - 10 ? fault - WINDOW_BEFORE : 0;
    const char *before = from > 0 ? "..." : "";
    strbuf_append_char(out, '\n');
    strbuf_append_string(out, before);
    size_t column = 0, skipped = 0;
    struct text rest = query;
    while (rest.len > 0 && column < from + WINDOW) {
        struct glyph glyph = next_glyph(&rest);
        if (column >= from)
            strbuf_append(out, glyph.shown);
        else
            skipped = column + glyph.columns;
        column += glyph.columns;
    }
    if (rest.len > 0)
        strbuf_append_string(out, "...");
    size_t indent = fault - (from > 0 ? skipped : 0) + (from > 0 ? 3 : 0);
    strbuf_append_format(out, "\n%*s^", (int)indent, "");
}
