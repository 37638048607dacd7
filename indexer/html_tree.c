#include "indexer/html_tree.h"

static const char *const names[HTML_TAG_COUNT] = {
    [HTML_A] = "a",
    [HTML_ADDRESS] = "address",
    [HTML_AMP_AD] = "amp-ad",
    [HTML_ARTICLE] = "article",
    [HTML_ASIDE] = "aside",
    [HTML_AUDIO] = "audio",
    [HTML_BASE] = "base",
    [HTML_BLOCKQUOTE] = "blockquote",
    [HTML_BODY] = "body",
    [HTML_BR] = "br",
    [HTML_BUTTON] = "button",
    [HTML_CANVAS] = "canvas",
    [HTML_CENTER] = "center",
    [HTML_DD] = "dd",
    [HTML_DETAILS] = "details",
    [HTML_DIALOG] = "dialog",
    [HTML_DIV] = "div",
    [HTML_DL] = "dl",
    [HTML_DT] = "dt",
    [HTML_EMBED] = "embed",
    [HTML_FIELDSET] = "fieldset",
    [HTML_FIGCAPTION] = "figcaption",
    [HTML_FIGURE] = "figure",
    [HTML_FOOTER] = "footer",
    [HTML_FORM] = "form",
    [HTML_H1] = "h1",
    [HTML_H2] = "h2",
    [HTML_H3] = "h3",
    [HTML_H4] = "h4",
    [HTML_H5] = "h5",
    [HTML_H6] = "h6",
    [HTML_HEAD] = "head",
    [HTML_HEADER] = "header",
    [HTML_HR] = "hr",
    [HTML_HTML] = "html",
    [HTML_IFRAME] = "iframe",
    [HTML_IMG] = "img",
    [HTML_INPUT] = "input",
    [HTML_LI] = "li",
    [HTML_LINK] = "link",
    [HTML_MAIN] = "main",
    [HTML_MENU] = "menu",
    [HTML_META] = "meta",
    [HTML_NAV] = "nav",
    [HTML_NOSCRIPT] = "noscript",
    [HTML_OBJECT] = "object",
    [HTML_OL] = "ol",
    [HTML_OPTION] = "option",
    [HTML_P] = "p",
    [HTML_PICTURE] = "picture",
    [HTML_PRE] = "pre",
    [HTML_SCRIPT] = "script",
    [HTML_SECTION] = "section",
    [HTML_SELECT] = "select",
    [HTML_SPAN] = "span",
    [HTML_STYLE] = "style",
    [HTML_SUMMARY] = "summary",
    [HTML_SVG] = "svg",
    [HTML_TABLE] = "table",
    [HTML_TBODY] = "tbody",
    [HTML_TD] = "td",
    [HTML_TEMPLATE] = "template",
    [HTML_TEXTAREA] = "textarea",
    [HTML_TH] = "th",
    [HTML_TIME] = "time",
    [HTML_TITLE] = "title",
    [HTML_TR] = "tr",
    [HTML_UL] = "ul",
    [HTML_VIDEO] = "video",
};

enum html_tag html_tag_of(struct text name)
{
    size_t low = HTML_A, high = HTML_TAG_COUNT;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = text_compare(name, text_from(names[middle]));
        if (order == 0)
            return (enum html_tag)middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return HTML_OTHER;
}

struct html_node *html_append(struct html_node *parent, enum html_tag tag,
                              struct arena *arena)
{
    struct html_node *node = arena_zeroed(arena, 1, sizeof *node);
    node->tag = tag;
    node->parent = parent;
    if (!parent)
        return node;
    node->depth = parent->depth + 1;
    if (parent->last)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
    return node;
}

struct html_node *html_next(const struct html_node *root,
                            const struct html_node *node)
{
    return node->first ? node->first : html_skip(root, node);
}

struct html_node *html_skip(const struct html_node *root,
                            const struct html_node *node)
{
    for (; node != root; node = node->parent)
        if (node->next)
            return node->next;
    return NULL;
}

struct text html_attribute(const struct html_node *node, const char *name)
{
    for (size_t i = 0; i < node->attribute_count; i++)
        if (text_is(node->attributes[i].name, name))
            return node->attributes[i].value;
    return text_make(NULL, 0);
}

static bool has_attribute(const struct html_node *node, const char *name)
{
    for (size_t i = 0; i < node->attribute_count; i++)
        if (text_is(node->attributes[i].name, name))
            return true;
    return false;
}

/* "display: none", "visibility:hidden" */
static bool style_hides(struct text style)
{
    static const char *const words[][2] = {{"display", "none"},
                                           {"visibility", "hidden"}};
    struct text rule, name;
    while (text_split(&style, ';', &rule)) {
        (void)text_split(&rule, ':', &name);
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (text_is(text_trim(name), words[i][0]) &&
                text_starts_with(text_trim(rule), text_from(words[i][1])))
                return true;
    }
    return false;
}

bool html_is_hidden(const struct html_node *node)
{
    return has_attribute(node, "hidden") ||
           style_hides(html_attribute(node, "style"));
}

bool html_is_block(enum html_tag tag)
{
    switch (tag) {
    case HTML_TEXT:
    case HTML_OTHER:
    case HTML_A:
    case HTML_AUDIO:
    case HTML_BASE:
    case HTML_BUTTON:
    case HTML_IMG:
    case HTML_INPUT:
    case HTML_LINK:
    case HTML_META:
    case HTML_PICTURE:
    case HTML_SPAN:
    case HTML_TIME:
    case HTML_SVG:
    case HTML_SCRIPT:
    case HTML_STYLE:
    case HTML_NOSCRIPT:
        return false;
    default:
        return true;
    }
}
