#include "searcher/query.h"

#include <inttypes.h>

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

/* Where both forms agree: a leaf other than an exact word. */
static void append_leaf(const struct query_node *node, struct strbuf *out)
{
    append_field(node, out);
    switch (node->kind) {
    case QUERY_ALL:
        strbuf_append_char(out, '*');
        break;
    case QUERY_PHRASE:
        append_quoted(node->text, out);
        break;
    case QUERY_FUZZY:
        strbuf_append(out, node->text);
        strbuf_append_format(out, "~%" PRIu32, node->number);
        break;
    case QUERY_CAPS:
        strbuf_append_string(out, "caps(");
        strbuf_append(out, node->text);
        strbuf_append_char(out, ')');
        break;
    case QUERY_DATE:
        strbuf_append_string(out, "date:");
        strbuf_append(out, node->text);
        if (!text_equal(node->text, node->last)) {
            strbuf_append_string(out, "..");
            strbuf_append(out, node->last);
        }
        break;
    case QUERY_LENGTH:
        strbuf_append_format(out, "length:%" PRIu32 "..", node->number);
        if (node->number_last != UINT32_MAX)
            strbuf_append_format(out, "%" PRIu32, node->number_last);
        break;
    default:
        strbuf_append(out, node->text);
    }
}

void query_print(const struct query_node *node, struct strbuf *out)
{
    static const char *const names[] = {
        [QUERY_AND] = "AND",
        [QUERY_OR] = "OR",
        [QUERY_NOT] = "NOT",
        [QUERY_NEAR] = "NEAR",
        [QUERY_PRE] = "PRE",
        [QUERY_SENTENCE] = "SENTENCE",
        [QUERY_PARAGRAPH] = "PARAGRAPH",
        [QUERY_ATLEAST] = "ATLEAST",
        [QUERY_FIRST] = "FIRST",
    };
    if (node->child_count == 0) {
        if (node->kind != QUERY_WORD || !node->quoted) {
            append_leaf(node, out);
            return;
        }
        append_field(node, out);
        strbuf_append_char(out, '=');
        strbuf_append(out, node->text);
        return;
    }
    strbuf_append_char(out, '(');
    strbuf_append_string(out, names[node->kind]);
    if (node->number > 0)
        strbuf_append_format(out, "/%" PRIu32, node->number);
    for (size_t i = 0; i < node->child_count; i++) {
        strbuf_append_char(out, ' ');
        query_print(node->children[i], out);
    }
    strbuf_append_char(out, ')');
}

static bool has_operator(const struct query_node *node)
{
    return node->child_count > 1;
}

/* Below an operator: what has operators itself needs parentheses. */
static void write_operand(const struct query_node *node, struct strbuf *out)
{
    if (has_operator(node))
        strbuf_append_char(out, '(');
    query_write(node, out);
    if (has_operator(node))
        strbuf_append_char(out, ')');
}

static void write_operator(const struct query_node *node, struct strbuf *out)
{
    switch (node->kind) {
    case QUERY_OR:
        strbuf_append_string(out, " OR ");
        break;
    case QUERY_NEAR:
        strbuf_append_format(out, " w/%" PRIu32 " ", node->number);
        break;
    case QUERY_PRE:
        strbuf_append_format(out, " pre/%" PRIu32 " ", node->number);
        break;
    case QUERY_SENTENCE:
        strbuf_append_string(out, " w/s ");
        break;
    case QUERY_PARAGRAPH:
        strbuf_append_string(out, " w/p ");
        break;
    default:
        strbuf_append_char(out, ' ');
    }
}

void query_write(const struct query_node *node, struct strbuf *out)
{
    if (node->kind == QUERY_NOT) {
        strbuf_append_char(out, '-');
        write_operand(node->children[0], out);
    } else if (node->kind == QUERY_ATLEAST || node->kind == QUERY_FIRST) {
        strbuf_append_format(out,
                             node->kind == QUERY_FIRST ? "first/%" PRIu32 "("
                                                       : "atleast%" PRIu32 "(",
                             node->number);
        query_write(node->children[0], out);
        strbuf_append_char(out, ')');
    } else if (node->child_count > 0) {
        for (size_t i = 0; i < node->child_count; i++) {
            if (i > 0)
                write_operator(node, out);
            write_operand(node->children[i], out);
        }
    } else if (node->kind == QUERY_WORD && node->quoted) {
        append_field(node, out);
        append_quoted(node->text, out);
    } else {
        append_leaf(node, out);
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
