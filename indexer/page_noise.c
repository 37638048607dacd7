#include "indexer/page_noise.h"

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
    "social",
    "socials",
    "sociable",
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

static bool find_word(const char *const *list, size_t count, const char *word)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i], word) == 0)
            return true;
    return false;
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

static bool is_one_of(struct text t, const char *const *list)
{
    for (; *list; list++)
        if (text_is(t, *list))
            return true;
    return false;
}

static bool style_hides(struct text style)
{
    for (size_t i = 0; i + 4 < style.len; i++)
        if (text_starts_with(text_slice(style, i, 16),
                             (struct text)TEXT("display:none")) ||
            text_starts_with(text_slice(style, i, 16),
                             (struct text)TEXT("display: none")))
            return true;
    return false;
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
    case HTML_ASIDE:
    case HTML_FIGURE:
    case HTML_FOOTER:
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
    if (marks.noise > 0 || is_one_of(html_attribute(node, "role"), roles) ||
        style_hides(html_attribute(node, "style")))
        return PAGE_MAYBE_NOISE;
    return noise;
}

static bool contains(struct text t, const char *part)
{
    return t.len > 0 && memmem(t.ptr, t.len, part, strlen(part)) != NULL;
}

int page_body_mark(const struct html_node *node)
{
    static const char *const bodies[] = {"article-body",
                                         "article__body",
                                         "articlebody",
                                         "articleBody",
                                         "article_body",
                                         "ArticleBody",
                                         "article-content",
                                         "article__content",
                                         "articleContent",
                                         "article_content",
                                         "article-text",
                                         "article__text",
                                         "articleText",
                                         "article_text",
                                         "story-body",
                                         "story__body",
                                         "storyBody",
                                         "story_body",
                                         "story-content",
                                         "storycontent",
                                         "story-text",
                                         "StoryBody",
                                         "entry-content",
                                         "post-content",
                                         "post-body",
                                         "post__content",
                                         "post_content",
                                         "postContent",
                                         "body-content",
                                         "body-text",
                                         "bodytext",
                                         "body-copy",
                                         "content-body",
                                         "content__body",
                                         "main-content-text",
                                         "RichText",
                                         "field-name-body",
                                         "td-post-content",
                                         "article-detail",
                                         "news-text",
                                         "news-content",
                                         "cuerpo",
                                         NULL};
    if (contains(html_attribute(node, "itemprop"), "articleBody"))
        return 2;
    struct text class = html_attribute(node, "class");
    struct text id = html_attribute(node, "id");
    for (size_t i = 0; bodies[i]; i++)
        if (contains(class, bodies[i]) || contains(id, bodies[i]))
            return 2;
    return node->tag == HTML_ARTICLE || node->tag == HTML_MAIN;
}
