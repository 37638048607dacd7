#include "indexer/wordpress_item.h"

#include <string.h>

#include "common/strbuf.h"

enum { TEXT_MAX = 64 << 20, SHORTCODE_MAX = 400, FURNITURE_MAX = 600 };

const char *wordpress_item_reject(const struct xml_node *item,
                                  struct arena *arena)
{
    static const char *const types[] = {
        "attachment",       "custom_css",  "customize_changeset",
        "nav_menu_item",    "revision",    "wp_navigation",
        "wp_global_styles", "wp_template", NULL};
    const struct xml_node *type = xml_child(item, "post_type");
    if (!type)
        return NULL;
    struct text status = xml_line(xml_child(item, "status"), arena);
    if (text_is_one_of(xml_line(type, arena), types))
        return "not-an-article";
    return status.len == 0 || text_is(status, "publish") ? NULL : "withheld";
}

/* "[gallery ids=…]", "[/caption]": a word in small letters in brackets; 0 if
 * there is none at the start of `t`. */
static size_t shortcode(struct text t)
{
    size_t at = 1;
    if (t.len < 3 || t.ptr[0] != '[')
        return 0;
    at += t.ptr[at] == '/';
    size_t name = at;
    while (at < t.len && ((t.ptr[at] >= 'a' && t.ptr[at] <= 'z') ||
                          t.ptr[at] == '_' || t.ptr[at] == '-'))
        at++;
    bool ends = at < t.len && (t.ptr[at] == ']' || t.ptr[at] == ' ');
    bool closes = t.ptr[1] == '/', alone = at < t.len && t.ptr[at] == ']';
    struct text rest = text_slice(t, at, SHORTCODE_MAX);
    const char *end = rest.len ? memchr(rest.ptr, ']', rest.len) : NULL;
    const char *sign =
        end ? memchr(rest.ptr, '=', (size_t)(end - rest.ptr)) : NULL;
    bool said = closes || sign ||
                (alone && text_is(text_slice(t, name, at - name), "gallery"));
    return ends && at > name && end && said ? (size_t)(end - t.ptr) + 1 : 0;
}

/* A caption goes with its picture. */
static size_t left_out(struct text t)
{
    static const char end[] = "[/caption]";
    const size_t len = shortcode(t);
    const char *close =
        len > 0 && text_starts_with(t, (struct text)TEXT("[caption"))
            ? memmem(t.ptr, t.len, end, sizeof end - 1)
            : NULL;
    return close ? (size_t)(close - t.ptr) + sizeof end - 1 : len;
}

/* Blank lines become the paragraphs that WordPress makes of them. */
static void append_as_html(struct strbuf *out, struct text t)
{
    for (size_t at = 0; at < t.len;) {
        size_t code = left_out(text_slice(t, at, t.len));
        bool blank_line = t.ptr[at] == '\n' &&
                          (text_starts_with(text_slice(t, at, 2),
                                            (struct text)TEXT("\n\n")) ||
                           text_starts_with(text_slice(t, at, 3),
                                            (struct text)TEXT("\n\r\n")));
        if (blank_line)
            strbuf_append_string(out, "<p>");
        if (code == 0)
            strbuf_append_char(out, t.ptr[at]);
        at += code > 0 ? code : 1;
    }
}

struct text wordpress_item_text(const struct xml_node *item,
                                struct arena *arena)
{
    AUTO_DONE(strbuf) html = STRBUF_INIT(TEXT_MAX);
    const struct xml_node *content = xml_child(item, "encoded");
    while (content && !text_is(content->prefix, "content"))
        content = content->next;
    if (!xml_child(item, "post_type") || !content)
        return text_make(NULL, 0);
    append_as_html(&html, xml_content(content, arena));
    return xml_html_text(strbuf_text(&html), arena);
}

struct text wordpress_item_trim(struct text text)
{
    static const struct text begins = TEXT("The post ");
    size_t at = text.len;
    while (at > 0 && text.ptr[at - 1] != '\n')
        at--;
    struct text last = text_slice(text, at, text.len);
    bool furniture = last.len < FURNITURE_MAX &&
                     text_starts_with(last, begins) &&
                     text_contains(last, " appeared first on ");
    return furniture ? text_trim(text_slice(text, 0, at)) : text;
}
