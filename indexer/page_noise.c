#include "indexer/page_noise.h"

#include <stdlib.h>
#include <string.h>

enum { WORD_MAX = 24 };

/* Sorted, for bisection. */
static const char *const noise_words[] = {
    "ad",
    "addthis",
    "ads",
    "adsense",
    "advert",
    "advertisement",
    "alert",
    "also",
    "audio",
    "author",
    "authors",
    "autor",
    "avatar",
    "banner",
    "bio",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "caption",
    "captions",
    "carousel",
    "consent",
    "contact",
    "cookie",
    "cookies",
    "copyright",
    "credit",
    "credits",
    "cta",
    "dateline",
    "dfp",
    "disclaimer",
    "disclosure",
    "donate",
    "donation",
    "facebook",
    "feedback",
    "follow",
    "footer",
    "gallery",
    "gdpr",
    "hidden",
    "infobox",
    "inread",
    "jumplinks",
    "kicker",
    "likes",
    "login",
    "masthead",
    "menu",
    "meta",
    "metadata",
    "modal",
    "mostread",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "newsletters",
    "noprint",
    "outbrain",
    "pager",
    "pagination",
    "player",
    "poll",
    "popular",
    "popup",
    "profile",
    "promo",
    "promos",
    "promotion",
    "promotions",
    "quiz",
    "rating",
    "ratings",
    "reaction",
    "reactions",
    "readmore",
    "recirc",
    "recommend",
    "recommendation",
    "recommendations",
    "recommended",
    "registration",
    "related",
    "relatedcontent",
    "screenreader",
    "share",
    "sharebar",
    "sharedaddy",
    "sharing",
    "sidebar",
    "signin",
    "signup",
    "skip",
    "slideshow",
    "sociable",
    "social",
    "socials",
    "sponsor",
    "sponsored",
    "sponsors",
    "sr",
    "subscribe",
    "subscription",
    "survey",
    "syndication",
    "taboola",
    "tags",
    "teaser",
    "teasers",
    "timestamp",
    "toolbar",
    "tools",
    "trending",
    "twitter",
    "upsell",
    "whatsapp",
};

static const char *const comment_words[] = {
    "comment",    "commentlist", "comments", "consent", "cookie",
    "cookies",    "disqus",      "footer",   "gdpr",    "kommentar",
    "kommentare", "modal",       "popup",    "related", "sidebar",
};

struct marks {
    unsigned noise, comments;
};

static int compare_words(const void *word, const void *listed)
{
    return strcmp(word, *(const char *const *)listed);
}

static bool find_word(const char *const *list, size_t count, const char *word)
{
    return bsearch(word, list, count, sizeof *list, compare_words) != NULL;
}

static void judge_word(const char *word, struct marks *marks)
{
    if (find_word(noise_words, sizeof noise_words / sizeof *noise_words, word))
        marks->noise++;
    if (find_word(comment_words, sizeof comment_words / sizeof *comment_words,
                  word))
        marks->comments++;
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Words end at what is no letter, and where camelCase begins one. */
static void judge_words(struct text t, struct marks *marks)
{
    char word[WORD_MAX + 1];
    size_t len = 0;
    for (size_t i = 0; i <= t.len; i++) {
        bool letter = i < t.len && is_letter(t.ptr[i]);
        bool hump = letter && is_upper(t.ptr[i]) && i > 0 &&
                    is_letter(t.ptr[i - 1]) && !is_upper(t.ptr[i - 1]);
        if (len > 0 && (!letter || hump)) {
            word[len] = '\0';
            judge_word(word, marks);
            len = 0;
        }
        if (letter && len < WORD_MAX)
            word[len++] = (char)(t.ptr[i] | 0x20);
    }
}

static enum page_noise noise_of_tag(enum html_tag tag)
{
    switch (tag) {
    case HTML_AMP_AD:
    case HTML_BUTTON:
    case HTML_DIALOG:
    case HTML_FIGCAPTION:
    case HTML_MENU:
    case HTML_NAV:
        return PAGE_NOISE;
    case HTML_FOOTER:
        return PAGE_LIKELY_NOISE;
    case HTML_ASIDE:
    case HTML_FIGURE:
    case HTML_FORM:
    case HTML_FIELDSET:
        return PAGE_MAYBE_NOISE;
    default:
        return PAGE_NO_NOISE;
    }
}

enum page_noise page_noise_of(const struct html_node *node)
{
    static const char *const roles[] = {
        "alert", "banner",     "complementary", "contentinfo", "dialog",
        "menu",  "navigation", "search",        "toolbar",     "button",
        NULL};
    enum page_noise noise = noise_of_tag(node->tag);
    if (noise == PAGE_NOISE || node->tag == HTML_TEXT ||
        node->tag == HTML_BODY || node->tag == HTML_HTML)
        return noise;
    struct marks marks = {0, 0};
    judge_words(html_attribute(node, "class"), &marks);
    judge_words(html_attribute(node, "id"), &marks);
    if (marks.comments > 0)
        return PAGE_LIKELY_NOISE;
    if (marks.noise > 0 ||
        text_is_one_of(html_attribute(node, "role"), roles) ||
        html_is_hidden(node))
        return PAGE_MAYBE_NOISE;
    return noise;
}

/* What a class or id with an article's body has in it, sorted. */
static const char *const body_marks[] = {
    "ArticleBody",   "RichText",        "StoryBody",
    "article-body",  "article-content", "article-detail",
    "article-text",  "articleBody",     "articleContent",
    "articleText",   "article__body",   "article__content",
    "article__text", "article_body",    "article_content",
    "article_text",  "articlebody",     "body-content",
    "body-copy",     "body-text",       "bodytext",
    "content-body",  "content__body",   "cuerpo",
    "entry-content", "field-name-body", "main-content-text",
    "news-content",  "news-text",       "post-body",
    "post-content",  "postContent",     "post__content",
    "post_content",  "story-body",      "story-content",
    "story-text",    "storyBody",       "story__body",
    "story_body",    "storycontent",    "td-post-content",
};

/* One of them at the start of `t`. */
static bool begins_mark(struct text t)
{
    const size_t count = sizeof body_marks / sizeof *body_marks;
    for (size_t i = 0; i < count && body_marks[i][0] <= t.ptr[0]; i++)
        if (body_marks[i][0] == t.ptr[0] && body_marks[i][1] == t.ptr[1] &&
            text_starts_with(t, text_from(body_marks[i])))
            return true;
    return false;
}

/* Each has "body", "content", "text", "detail" or "cuerpo" in it; few classes
 * do. */
static bool may_have_mark(struct text t)
{
    for (size_t at = 0; at + 1 < t.len; at++) {
        const char next = t.ptr[at + 1];
        switch (t.ptr[at]) {
        case 'o':
            if (next == 'd' || next == 'n')
                return true;
            break;
        case 'x':
            if (next == 't')
                return true;
            break;
        case 'd':
            if (next == 'e')
                return true;
            break;
        case 'u':
            if (next == 'e')
                return true;
            break;
        default:
            break;
        }
    }
    return false;
}

static bool has_mark(struct text t)
{
    enum { SHORTEST = 6 };
    if (!may_have_mark(t))
        return false;
    for (size_t at = 0; at + SHORTEST <= t.len; at++)
        if (begins_mark(text_slice(t, at, t.len)))
            return true;
    return false;
}

int page_body_mark(const struct html_node *node)
{
    if (text_contains(html_attribute(node, "itemprop"), "articleBody") ||
        has_mark(html_attribute(node, "class")) ||
        has_mark(html_attribute(node, "id")))
        return 2;
    return node->tag == HTML_ARTICLE || node->tag == HTML_MAIN;
}
