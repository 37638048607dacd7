#include "indexer/xml_mend.h"

#include <stdbool.h>
#include <string.h>

#include "indexer/html_text.h"

static struct text from(struct text t, size_t at)
{
    return text_slice(t, at, t.len);
}

/* The length of the section at `at` that holds no markup, or 0. */
static size_t verbatim_at(struct text t, size_t at)
{
    static const struct text marks[][2] = {
        {TEXT("<![CDATA["), TEXT("]]>")},
        {TEXT("<!--"), TEXT("-->")},
    };
    struct text rest = from(t, at);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const struct text start = marks[i][0], end = marks[i][1];
        if (!text_starts_with(rest, start))
            continue;
        const char *found = memmem(rest.ptr + start.len, rest.len - start.len,
                                   end.ptr, end.len);
        return found ? (size_t)(found - rest.ptr) + end.len : rest.len;
    }
    return 0;
}

static bool begins_markup(struct text t, size_t at)
{
    if (at + 1 == t.len)
        return false;
    unsigned char c = (unsigned char)t.ptr[at + 1];
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c >= 0x80 ||
           strchr("_:/!?", c);
}

static size_t append_reference(struct strbuf *out, struct text t, size_t at,
                               bool declares)
{
    size_t length = 1, known = 0;
    uint32_t c = html_text_reference(t, at, &known);
    const char *end =
        memchr(t.ptr + at, ';', t.len - at < 64 ? t.len - at : 64);
    if (c > 0) {
        strbuf_append_format(out, "&#%u;", (unsigned)c);
        length = known;
    } else if (end && declares) {
        strbuf_append_char(out, '&');
    } else {
        strbuf_append_string(out, "&#38;");
    }
    return length;
}

/* At which libxml2 stops. */
static void blank_controls(char *from, const char *end)
{
    for (; from < end; from++)
        if ((unsigned char)*from < ' ' && !(*from && strchr("\t\n\r", *from)))
            *from = ' ';
}

void xml_mend_append(struct strbuf *out, struct text t)
{
    const size_t start = out->len;
    static const struct text declaration = TEXT("<!ENTITY");
    bool declares =
        t.len > 0 && memmem(t.ptr, t.len, declaration.ptr, declaration.len);
    for (size_t at = 0, length = 0; at < t.len; at += length) {
        size_t verbatim = t.ptr[at] == '<' ? verbatim_at(t, at) : 0;
        if (verbatim == 0 && t.ptr[at] == '&') {
            length = append_reference(out, t, at, declares);
            continue;
        }
        if (verbatim == 0 && t.ptr[at] == '<' && !begins_markup(t, at)) {
            strbuf_append_string(out, "&#60;");
            length = 1;
            continue;
        }
        length = verbatim ? verbatim : 1;
        while (!verbatim && at + length < t.len && t.ptr[at + length] != '<' &&
               t.ptr[at + length] != '&')
            length++;
        strbuf_append(out, text_slice(t, at, length));
    }
    if (out->len > start)
        blank_controls(out->ptr + start, out->ptr + out->len);
}
