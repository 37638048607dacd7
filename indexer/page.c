#include "indexer/page.h"

#include <string.h>
#include <strings.h>

#include "common/dating.h"
#include "common/strbuf.h"
#include "indexer/cleaning.h"
#include "indexer/html_parse.h"
#include "indexer/html_text.h"
#include "indexer/page_body.h"
#include "indexer/page_metadata.h"
#include "indexer/page_opening.h"
#include "indexer/page_title.h"
#include "indexer/url.h"

enum { BODY_MAX = 64 << 20, LANGUAGE_MAX = 35 };

/* Bytes: less is no running text. */
enum { BODY_MIN = 140, STUB_MAX = 600 };

/* The body of the tree; JSON-LD's, where the tree has next to nothing of it. */
static struct text choose_body(struct html_node *root,
                               const struct page_metadata *m, bool *is_index,
                               struct arena *arena)
{
    AUTO_DONE(strbuf) text = STRBUF_INIT(BODY_MAX);
    const struct html_node *body = page_body_find(root, arena);
    *is_index = body && page_body_is_index(body);
    if (body)
        html_text_append(&text, body);
    bool nul = false;
    if (m->body.len > STUB_MAX && text.len * 4 < m->body.len) {
        strbuf_reset(&text);
        strbuf_append(&text, m->body);
        if (memchr(m->body.ptr, '<', m->body.len)) {
            struct html_node *inner = html_parse(m->body, arena);
            strbuf_reset(&text);
            html_text_append(&text, inner);
        }
    }
    return cleaning_copy(strbuf_text(&text), CLEANING_BLOCK, arena, &nul);
}

static struct text list_copy(struct text t, struct arena *arena)
{
    bool nul = false;
    return cleaning_copy(t, CLEANING_LINE, arena, &nul);
}

static const struct text *copy_list(const struct text *list, size_t count,
                                    struct arena *arena)
{
    struct text *copy = arena_alloc(arena, (count + 1) * sizeof *copy);
    for (size_t i = 0; i < count; i++)
        copy[i] = list_copy(list[i], arena);
    return copy;
}

/* "en-US", "de_DE", "English" */
static struct text language_of(struct text t)
{
    size_t len = 0;
    while (len < t.len && ((t.ptr[len] | 0x20) >= 'a') &&
           ((t.ptr[len] | 0x20) <= 'z'))
        len++;
    return len == 2 || len == 3 ? text_slice(t, 0, len) : text_slice(t, 0, 0);
}

/* What a server shows in place of a page, as its title says. */
static bool is_notice(struct text title, struct text body)
{
    static const char *const words[] = {
        "404 not found",         "page not found",       "seite nicht gefunden",
        "page introuvable",      "página no encontrada", "pagina non trovata",
        "página não encontrada", "pagina niet gevonden", "траница не найдена",
        "nie znaleziono strony", "access denied",        "403 forbidden",
        "just a moment",         "are you a robot",      "captcha",
        "before you continue",   "value your privacy"};
    static const char *const starts[] = {"404",   "sign in",  "log in",
                                         "login", "anmelden", NULL};
    enum { TITLE_MAX = 80 };
    if (body.len > STUB_MAX || title.len > TITLE_MAX)
        return false;
    for (size_t i = 0; starts[i]; i++)
        if (text_starts_in_any_case(title, starts[i]))
            return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        for (size_t at = 0; at + strlen(words[i]) <= title.len; at++)
            if (strncasecmp(title.ptr + at, words[i], strlen(words[i])) == 0)
                return true;
    return false;
}

static const char *judge(const struct page_metadata *m, struct text title,
                         struct text body)
{
    bool article = m->is_article || text_is(m->kind, "article");
    if (title.len == 0 && body.len == 0)
        return "no-body";
    if (body.len == 0 && !article)
        return "no-article";
    if (!article && (body.len < BODY_MIN || is_notice(title, body)))
        return "no-article";
    if (!article && text_is(m->kind, "website") &&
        m->dated.published == TIMESTAMP_UNKNOWN && body.len < STUB_MAX)
        return "no-article";
    return NULL;
}

const char *page_read(struct article *out, const struct page_request *request,
                      struct arena *arena)
{
    struct page_metadata m;
    struct origin origin = out->origin;
    struct html_node *root = html_parse(request->html, arena);
    page_metadata_read(&m, root, request->newest, arena);
    char day[PAGE_URL_DATE_SIZE];
    (void)dating_read(&m.dated, page_url_date(request->url, day), DATING_URL,
                      request->newest);
    struct text title = page_title_choose(root, &m, arena);
    bool is_index = false;
    struct text body = choose_body(root, &m, &is_index, arena);
    const struct page_opening opening = {root, title, body};
    page_opening_read(&m, &opening, request->newest, arena);
    body = page_opening_trim(&m, title, body);
    const char *reason = judge(&m, title, body);
    if (!reason && is_index && !m.is_article && !text_is(m.kind, "article"))
        reason = "no-article";
    if (reason)
        return reason;
    page_metadata_set(&m.site, page_title_site(title, m.window), arena);
    struct text url =
        url_resolve(request->url.len > 0 ? request->url : m.base, m.url, arena);
    bool absolute = text_starts_with(url, (struct text)TEXT("http"));
    *out = (struct article){
        .title = list_copy(title, arena),
        .body = body,
        .url = list_copy(absolute ? url : request->url, arena),
        .source = list_copy(m.site, arena),
        .section = list_copy(m.section, arena),
        .language = list_copy(language_of(m.language), arena),
        .authors = copy_list(m.authors, m.author_count, arena),
        .author_count = m.author_count,
        .tags = copy_list(m.tags, m.tag_count, arena),
        .tag_count = m.tag_count,
        .published = m.dated.published,
        .dating = m.dated.dating,
        .zone_unknown = m.dated.zone_unknown,
        .origin = origin,
    };
    return NULL;
}

const char *page_explain(const char *reason)
{
    return strcmp(reason, "no-body") == 0 ? "neither title nor body"
                                          : "the page is no article";
}
