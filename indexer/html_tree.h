/* An HTML page as a tree, in an arena: elements with their attributes, and the
 * text between them. What made it (indexer/html_parse.h) is no longer seen.
 *
 * The tree may be as deep as HTML_DEPTH_MAX; what is nested deeper is attached
 * there. Walk with html_next(): nothing here calls itself. */
#ifndef INDEXER_HTML_TREE_H
#define INDEXER_HTML_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/text.h"

enum { HTML_DEPTH_MAX = 512 };

/* In the alphabetical order of their names, behind the first two. */
enum html_tag {
    HTML_TEXT,  /* no element */
    HTML_OTHER, /* an element that matters to nobody here */
    HTML_A,
    HTML_ADDRESS,
    HTML_AMP_AD,
    HTML_ARTICLE,
    HTML_ASIDE,
    HTML_AUDIO,
    HTML_BASE,
    HTML_BLOCKQUOTE,
    HTML_BODY,
    HTML_BR,
    HTML_BUTTON,
    HTML_CANVAS,
    HTML_CENTER,
    HTML_DD,
    HTML_DETAILS,
    HTML_DIALOG,
    HTML_DIV,
    HTML_DL,
    HTML_DT,
    HTML_EMBED,
    HTML_FIELDSET,
    HTML_FIGCAPTION,
    HTML_FIGURE,
    HTML_FOOTER,
    HTML_FORM,
    HTML_H1,
    HTML_H2,
    HTML_H3,
    HTML_H4,
    HTML_H5,
    HTML_H6,
    HTML_HEAD,
    HTML_HEADER,
    HTML_HR,
    HTML_HTML,
    HTML_IFRAME,
    HTML_IMG,
    HTML_INPUT,
    HTML_LI,
    HTML_LINK,
    HTML_MAIN,
    HTML_MENU,
    HTML_META,
    HTML_NAV,
    HTML_NOSCRIPT,
    HTML_OBJECT,
    HTML_OL,
    HTML_OPTION,
    HTML_P,
    HTML_PICTURE,
    HTML_PRE,
    HTML_SCRIPT,
    HTML_SECTION,
    HTML_SELECT,
    HTML_SPAN,
    HTML_STYLE,
    HTML_SUMMARY,
    HTML_SVG,
    HTML_TABLE,
    HTML_TBODY,
    HTML_TD,
    HTML_TEMPLATE,
    HTML_TEXTAREA,
    HTML_TH,
    HTML_TIME,
    HTML_TITLE,
    HTML_TR,
    HTML_UL,
    HTML_VIDEO,
    HTML_TAG_COUNT
};

struct html_attribute {
    struct text name, value;
};

struct html_node {
    enum html_tag tag;
    uint32_t depth;   /* of the root: 0 */
    struct text text; /* of HTML_TEXT: as it stands, with its blanks */
    const struct html_attribute *attributes;
    size_t attribute_count;
    struct html_node *parent, *first, *last, *next;

    /* For who weighs the tree (indexer/page_weight.h), in bytes of text: all,
     * own lines' without links, links', good paragraphs'. */
    uint32_t size, own, links, good;
    float near;   /* how much good text is close below */
    bool core;    /* there is a heading or a mark of the article within */
    bool dropped; /* it and all in it are no part of the article */
    bool out;     /* it, or what it is in, is dropped or silent */
};

/* HTML_OTHER where the name, which is lower case, is not listed. */
enum html_tag html_tag_of(struct text name);

struct html_node *html_append(struct html_node *parent, enum html_tag tag,
                              struct arena *arena);

/* The node behind `node` in the order of the page within `root`: its first
 * child, or what html_skip() gives. NULL at the end. */
struct html_node *html_next(const struct html_node *root,
                            const struct html_node *node);

/* The same, but passing over what is in `node`. */
struct html_node *html_skip(const struct html_node *root,
                            const struct html_node *node);

/* The empty text if there is none. */
struct text html_attribute(const struct html_node *node, const char *name);

/* By its attribute, or by a style of its own. */
bool html_is_hidden(const struct html_node *node);

/* Starts its own lines. */
bool html_is_block(enum html_tag tag);

#endif
