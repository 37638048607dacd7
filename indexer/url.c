#include "indexer/url.h"

#include <string.h>

#include "common/strbuf.h"

enum { URL_MAX = 64 << 10 };

static bool is_scheme_character(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
           c == '+' || c == '-' || c == '.';
}

/* With its colon; 0 if there is none. */
static size_t scheme_length(struct text url)
{
    size_t len = 0;
    while (len < url.len && is_scheme_character(url.ptr[len]))
        len++;
    return len > 1 && len < url.len && url.ptr[len] == ':' ? len + 1 : 0;
}

bool url_is_absolute(struct text url)
{
    return scheme_length(url) > 0;
}

static size_t find(struct text t, const char *characters, size_t from)
{
    while (from < t.len && !strchr(characters, t.ptr[from]))
        from++;
    return from;
}

/* Without its last segment, but for the first slash behind `root`. */
static size_t folder_length(struct text url, size_t root, size_t len)
{
    while (len > root && url.ptr[len - 1] != '/')
        len--;
    return len;
}

static bool take(struct text *t, const char *prefix)
{
    if (!text_starts_with(*t, text_from(prefix)))
        return false;
    *t = text_slice(*t, strlen(prefix), t->len);
    return true;
}

/* How much of `base` stands before `*reference`, which loses its dots. */
static size_t kept_length(struct text base, struct text *reference)
{
    size_t scheme = scheme_length(base), root = scheme;
    if (text_starts_with(*reference, (struct text)TEXT("//")))
        return scheme;
    if (text_starts_with(text_slice(base, scheme, 2), (struct text)TEXT("//")))
        root = find(base, "/?#", scheme + 2);
    if (text_starts_with(*reference, (struct text)TEXT("/")))
        return root;
    size_t path = find(base, "?#", root);
    if (text_starts_with(*reference, (struct text)TEXT("?")))
        return path;
    if (text_starts_with(*reference, (struct text)TEXT("#")))
        return find(base, "#", root);
    size_t folder = folder_length(base, root, path);
    for (;;) {
        if (take(reference, "../"))
            folder = folder > root ? folder_length(base, root + 1, folder - 1)
                                   : folder;
        else if (!take(reference, "./"))
            return folder;
    }
}

struct text url_resolve(struct text base, struct text reference,
                        struct arena *arena)
{
    AUTO_DONE(strbuf) url = STRBUF_INIT(URL_MAX);
    base = text_trim(base);
    reference = text_trim(reference);
    if (reference.len == 0 || url_is_absolute(reference) ||
        !url_is_absolute(base))
        return reference;
    struct text kept = text_slice(base, 0, kept_length(base, &reference));
    strbuf_append(&url, kept);
    bool slash = kept.len > 0 && kept.ptr[kept.len - 1] == '/';
    if (!slash && reference.len > 0 && !strchr("/?#", reference.ptr[0]))
        strbuf_append_char(&url, '/');
    strbuf_append(&url, reference);
    return arena_text(arena, strbuf_text(&url));
}
