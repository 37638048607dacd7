#include "indexer/page_clean.h"

#include "indexer/html_text.h"

/* Bytes of text. */
enum { CARD_MAX = 1200, LABEL_MAX = 80, LIST_MAX = 800 };

bool page_is_lead(const struct html_node *node)
{
    static const char *const marks[] = {
        "lead",       "Lead",        "intro",   "Intro",       "standfirst",
        "Standfirst", "summary",     "Summary", "dek",         "chapo",
        "subtitle",   "subheadline", "perex",   "teaser-text", "ingress",
        "sumario",    "entradilla",  "excerpt", NULL};
    if (node->tag == HTML_TEXT || node->size == 0 || node->size > 900 ||
        node->links * 3 > node->size || node->own * 2 < node->size - node->good)
        return false;
    for (size_t i = 0; marks[i]; i++)
        if (text_contains(html_attribute(node, "class"), marks[i]) ||
            text_contains(html_attribute(node, "data-testid"), marks[i]))
            return true;
    return text_contains(html_attribute(node, "itemprop"), "description");
}

static bool is_heading(const struct html_node *n)
{
    return n->tag >= HTML_H1 && n->tag <= HTML_H6;
}

bool page_is_card(const struct html_node *node)
{
    if (!html_is_block(node->tag) || node->size > CARD_MAX || node->size == 0)
        return false;
    for (const struct html_node *n = node; n; n = html_next(node, n))
        if (!n->out && is_heading(n) && n->size > 0 &&
            n->links * 10 > n->size * 8)
            return true;
    return false;
}

static bool is_flow(enum html_tag tag)
{
    return tag == HTML_P || tag == HTML_TABLE || tag == HTML_TBODY ||
           tag == HTML_TR || tag == HTML_TD || tag == HTML_TH ||
           tag == HTML_BLOCKQUOTE || tag == HTML_PRE;
}

static bool is_link_list(const struct html_node *n)
{
    if (n->size == 0 || n->size > LIST_MAX || is_heading(n))
        return false;
    if (n->tag == HTML_LI || n->tag == HTML_P)
        return n->links * 10 > n->size * 9 && n->size > 20;
    if (is_flow(n->tag))
        return false;
    return n->links * 10 > n->size * 6;
}

static bool begins_with(struct text t, const char *const *list)
{
    for (; *list; list++)
        if (text_starts_in_any_case(t, *list))
            return true;
    return false;
}

static bool is_one_of(struct text t, const char *const *list)
{
    for (; *list; list++)
        if (text_is_in_any_case(t, *list))
            return true;
    return false;
}

/* What announces that no more of the article comes. */
static const char *const endings[] = {"about the author",
                                      "also read",
                                      "baca juga",
                                      "comments",
                                      "das könnte sie",
                                      "dit artikel",
                                      "follow us",
                                      "ilgili haber",
                                      "join the conversation",
                                      "lea también",
                                      "leave a comment",
                                      "leave a reply",
                                      "leggi anche",
                                      "lees ook",
                                      "leia mais",
                                      "leia também",
                                      "les også",
                                      "lesen sie auch",
                                      "lire aussi",
                                      "à lire aussi",
                                      "lue myös",
                                      "lue lisää",
                                      "læs også",
                                      "läs mer",
                                      "läs också",
                                      "mehr zum thema",
                                      "meer over",
                                      "more from",
                                      "more great",
                                      "more like this",
                                      "more news",
                                      "more on",
                                      "more stories",
                                      "most popular",
                                      "most read",
                                      "newsletter",
                                      "read also",
                                      "read more",
                                      "read next",
                                      "recommended",
                                      "related",
                                      "see also",
                                      "share this",
                                      "sign up",
                                      "sur le même",
                                      "subscribe",
                                      "te puede interesar",
                                      "tags:",
                                      "trending",
                                      "up next",
                                      "vous aimerez",
                                      "what to read next",
                                      "you may also",
                                      "you might also",
                                      "zum thema",
                                      "ver también",
                                      "ver más",
                                      "mira también",
                                      "sigue leyendo",
                                      "читайте также",
                                      "czytaj też",
                                      "czytaj także",
                                      "zobacz też",
                                      "zobacz także",
                                      "あわせて読みたい",
                                      "関連記事",
                                      "相关",
                                      "tell us what",
                                      "like this story",
                                      NULL};

static const char *const labels[] = {"advert",
                                     "advertisement",
                                     "ad",
                                     "ads",
                                     "anzeige",
                                     "werbung",
                                     "publicité",
                                     "publicidade",
                                     "publicidad",
                                     "pubblicità",
                                     "advertentie",
                                     "reklam",
                                     "reklama",
                                     "реклама",
                                     "広告",
                                     "story continues below",
                                     "loading...",
                                     "loading ...",
                                     "article continues below",
                                     "continue reading",
                                     "share",
                                     "advertisement - continue reading below",
                                     "continua dopo la pubblicità",
                                     "reklamı geç",
                                     "annonse",
                                     "mainos",
                                     "annons",
                                     NULL};

/* Drops `node` and all behind it in `body`. */
static void drop_rest(struct html_node *body, struct html_node *node)
{
    while (node) {
        node->dropped = true;
        node = html_skip(body, node);
    }
}

static void clean_labels(struct html_node *body, struct arena *arena)
{
    uint32_t before = 0;
    for (struct html_node *n = body, *next; n; n = next) {
        next = n->out || n->dropped ? html_skip(body, n) : html_next(body, n);
        if (n->out || n->dropped || n == body)
            continue;
        if (n->good > 0 && n->own > 0)
            before += n->own;
        if (!html_is_block(n->tag) || n->size == 0 || n->size > LABEL_MAX)
            continue;
        struct text line = html_text_line(n, arena);
        if (is_one_of(line, labels)) {
            n->dropped = true;
            next = html_skip(body, n);
        } else if (begins_with(line, endings) && n->own + n->links == n->size) {
            if (n->links == 0 && before * 4 > body->good * 3) {
                drop_rest(body, n);
                return;
            }
            n->dropped = true;
            next = html_skip(body, n);
        }
    }
}

/* Cards that come several side by side; a single one may be a subheading. */
static void clean_cards(struct html_node *parent, struct html_node *body)
{
    unsigned cards = 0;
    uint32_t size = 0;
    for (struct html_node *c = parent->first; c; c = c->next)
        if (!c->out && page_is_card(c) && !is_heading(c)) {
            cards++;
            size += c->size;
        }
    if (cards < 2 || size * 2 > body->size)
        return;
    for (struct html_node *c = parent->first; c; c = c->next)
        if (!c->out && page_is_card(c))
            c->dropped = true;
}

void page_clean(struct html_node *body, struct arena *arena)
{
    for (struct html_node *n = body, *next; n; n = next) {
        next = n->out || n->dropped ? html_skip(body, n) : html_next(body, n);
        if (n->tag == HTML_TEXT || n->out || n->dropped)
            continue;
        clean_cards(n, body);
        bool list = n != body && html_is_block(n->tag) && is_link_list(n);
        if (n->tag == HTML_H1 || list)
            n->dropped = true;
    }
    clean_labels(body, arena);
}
