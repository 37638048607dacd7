#include "indexer/markdown_text.h"

#include <cmark.h>
#include <libxml/HTMLparser.h>
#include <string.h>

#include "common/arena.h"
#include "common/utf8.h"
#include "indexer/html_parse.h"
#include "indexer/html_text.h"
#include "indexer/text_flow.h"

/* Parsed at a time: cmark's time can grow with the square of a paragraph made
 * to that end. */
enum { PART_MAX = 256 << 10 };

enum { TAG_NAME_MAX = 32, NUMBER_MAX = 10 };

/* Which row of a table is written. */
enum { ROW_NONE, ROW_HEAD, ROW_RULE };

struct writer {
    struct text_flow flow;
    struct text part;   /* from the line `line` on */
    int line;           /* of the part, from 1 */
    unsigned row;       /* ROW_NONE, ROW_HEAD … */
    bool after_marker;  /* of an item, whose text is next */
    bool first_heading; /* is being written */
    size_t heading;     /* its length */
};

static const char *literal_of(cmark_node *node)
{
    const char *literal = cmark_node_get_literal(node);
    return literal ? literal : "";
}

/* --- blocks --------------------------------------------------------------- */

static void begin_block(struct writer *w, enum gap gap)
{
    text_flow_widen(&w->flow, w->after_marker ? GAP_BLANK : gap);
    w->after_marker = false;
}

/* What stands at a node's beginning; for nodes in their order. */
static struct text source_of(struct writer *w, cmark_node *node)
{
    struct text line;
    int column = cmark_node_get_start_column(node);
    while (w->line < cmark_node_get_start_line(node) &&
           text_split(&w->part, '\n', &line))
        w->line++;
    return text_slice(w->part, column > 0 ? (size_t)column - 1 : 0, NUMBER_MAX);
}

/* As written: a paragraph may begin with "24. February". */
static void write_number(struct writer *w, cmark_node *item)
{
    struct text source = source_of(w, item);
    size_t len = 0;
    while (len < source.len && source.ptr[len] >= '0' && source.ptr[len] <= '9')
        len++;
    if (len > 0 && len < source.len)
        text_flow_words(&w->flow, text_slice(source, 0, len + 1));
}

static void begin_item(struct writer *w, cmark_node *item)
{
    cmark_node *list = cmark_node_parent(item);
    bool nested =
        cmark_node_get_type(cmark_node_parent(list)) == CMARK_NODE_ITEM;
    begin_block(w,
                nested || cmark_node_previous(item) ? GAP_LINE : GAP_PARAGRAPH);
    if (cmark_node_get_list_type(list) == CMARK_ORDERED_LIST)
        write_number(w, item);
    w->after_marker = true;
}

static cmark_node *next_break(cmark_node *node)
{
    while (node && cmark_node_get_type(node) != CMARK_NODE_SOFTBREAK)
        node = cmark_node_next(node);
    return node;
}

/* Whether the second line is the rule below a table's head, "|---|:-:|". */
static bool is_table(cmark_node *paragraph)
{
    cmark_node *node = next_break(cmark_node_first_child(paragraph));
    cmark_node *end = node ? next_break(cmark_node_next(node)) : NULL;
    bool bar = false, dash = false;
    while (node && (node = cmark_node_next(node)) != end) {
        const char *literal = literal_of(node);
        if (cmark_node_get_type(node) != CMARK_NODE_TEXT ||
            literal[strspn(literal, "|:- ")] != '\0')
            return false;
        bar = bar || strchr(literal, '|');
        dash = dash || strchr(literal, '-');
    }
    return bar && dash;
}

static void write_code_block(struct writer *w, cmark_node *block)
{
    struct text code = text_from(literal_of(block));
    if (code.len > 0 && code.ptr[code.len - 1] == '\n')
        code.len--;
    if (text_trim(code).len > 0)
        text_flow_verbatim(&w->flow, code);
}

static void write_html_block(struct writer *w, cmark_node *block)
{
    AUTO_DONE(arena) arena = ARENA_INIT;
    struct text html = text_from(literal_of(block));
    AUTO_DONE(strbuf) text = STRBUF_INIT(html.len * 3);
    html_text_append(&text, html_parse(html, &arena));
    text_flow_verbatim(&w->flow, strbuf_text(&text));
}

static void begin_leaf(struct writer *w, cmark_node *block,
                       cmark_node_type type)
{
    begin_block(w, GAP_PARAGRAPH);
    w->row =
        type == CMARK_NODE_PARAGRAPH && is_table(block) ? ROW_HEAD : ROW_NONE;
    w->first_heading = type == CMARK_NODE_HEADING && !w->flow.begun;
    if (type == CMARK_NODE_CODE_BLOCK)
        write_code_block(w, block);
    if (type == CMARK_NODE_HTML_BLOCK)
        write_html_block(w, block);
}

/* --- within a block ------------------------------------------------------- */

static void write_words(struct writer *w, struct text t)
{
    struct text cell;
    if (w->row == ROW_RULE)
        return;
    if (w->row == ROW_NONE) {
        text_flow_words(&w->flow, t);
        return;
    }
    for (; text_split(&t, '|', &cell); text_flow_widen(&w->flow, GAP_BLANK))
        text_flow_words(&w->flow, cell);
}

static void write_soft_break(struct writer *w)
{
    text_flow_widen(&w->flow, w->row == ROW_NONE ? GAP_BLANK : GAP_LINE);
    if (w->row != ROW_NONE)
        w->row++;
}

/* Of "<b>" or "</b>", in lower case; empty for a comment and the like. */
static void name_of_tag(const char *html, char name[TAG_NAME_MAX])
{
    static const char ends[] = " \t\r\n/>:!?";
    html += html[0] == '<';
    html += html[0] == '/';
    size_t len = strcspn(html, ends);
    len = len < TAG_NAME_MAX ? len : 0;
    for (size_t i = 0; i < len; i++)
        name[i] =
            html[i] >= 'A' && html[i] <= 'Z' ? (char)(html[i] | 0x20) : html[i];
    name[len] = '\0';
}

/* HTML 5's that libxml2, which knows HTML 4, does not have. */
static bool is_new_tag(const char *name)
{
    static const char *const names[] = {"bdi", "data", "mark", "meter",
                                        "rp",  "rt",   "ruby", "wbr"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* What HTML has no element for, and has no attributes, was meant as it stands:
 * "cp <file>". */
static bool is_placeholder(const char *html, const char *name)
{
    return name[0] != '\0' && !strpbrk(html, "=:/") && !is_new_tag(name) &&
           !htmlTagLookup((const xmlChar *)name);
}

static void write_tag(struct writer *w, cmark_node *node)
{
    char name[TAG_NAME_MAX];
    const char *html = literal_of(node);
    name_of_tag(html, name);
    enum html_tag tag = html_tag_of(text_from(name));
    if (tag == HTML_BR)
        text_flow_widen(&w->flow, GAP_LINE);
    else if (tag != HTML_OTHER)
        text_flow_widen(&w->flow, html_text_gap(tag));
    else if (is_placeholder(html, name))
        write_words(w, text_from(html));
}

/* --- the walk ------------------------------------------------------------- */

static void enter(struct writer *w, cmark_iter *iter, cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    switch (type) {
    case CMARK_NODE_ITEM:
        begin_item(w, node);
        break;
    case CMARK_NODE_PARAGRAPH:
    case CMARK_NODE_HEADING:
    case CMARK_NODE_CODE_BLOCK:
    case CMARK_NODE_HTML_BLOCK:
        begin_leaf(w, node, type);
        break;
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
        write_words(w, text_from(literal_of(node)));
        break;
    case CMARK_NODE_SOFTBREAK:
        write_soft_break(w);
        break;
    case CMARK_NODE_LINEBREAK:
        text_flow_widen(&w->flow, GAP_LINE);
        break;
    case CMARK_NODE_HTML_INLINE:
        write_tag(w, node);
        break;
    case CMARK_NODE_IMAGE:
        cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
        break;
    default:
        break;
    }
}

static void leave(struct writer *w, cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_ITEM)
        w->after_marker = false;
    if (type == CMARK_NODE_HEADING && w->first_heading)
        w->heading = w->flow.out->len;
}

static void append_part(struct writer *w, struct text part)
{
    cmark_node *document =
        cmark_parse_document(part.ptr, part.len, CMARK_OPT_DEFAULT);
    cmark_iter *iter = cmark_iter_new(document);
    cmark_event_type event;
    w->part = part;
    w->line = 1;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (event == CMARK_EVENT_ENTER)
            enter(w, iter, node);
        else
            leave(w, node);
    }
    cmark_iter_free(iter);
    cmark_node_free(document);
}

/* The length of what can be parsed by itself: to the last empty line, else the
 * last line, else character. */
static size_t part_length(struct text t)
{
    struct text most = text_slice(t, 0, PART_MAX);
    size_t line = 0;
    if (t.len <= PART_MAX)
        return t.len;
    for (size_t at = most.len; at > 1; at--) {
        if (most.ptr[at - 1] != '\n')
            continue;
        if (most.ptr[at - 2] == '\n')
            return at;
        line = line ? line : at;
    }
    return line ? line : utf8_valid_length(most);
}

size_t markdown_text_append(struct strbuf *out, struct text markdown)
{
    struct writer w = {.flow = {.out = out}};
    while (markdown.len > 0) {
        size_t len = part_length(markdown);
        append_part(&w, text_slice(markdown, 0, len));
        markdown = text_slice(markdown, len, markdown.len);
    }
    return w.heading;
}
