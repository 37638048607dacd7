#include "searcher/html.h"

#include "common/terminal.h"
#include "searcher/marked.h"

enum { TEXT_MAX = 512 << 20, LANGUAGE_MAX = 35 /* bytes; of RFC 5646 */ };

static void append_escaped(struct strbuf *out, char c)
{
    switch (c) {
    case '&':
        strbuf_append_string(out, "&amp;");
        break;
    case '<':
        strbuf_append_string(out, "&lt;");
        break;
    case '>':
        strbuf_append_string(out, "&gt;");
        break;
    case '"':
        strbuf_append_string(out, "&quot;");
        break;
    case MARKED_BEGINS:
        strbuf_append_string(out, "<mark>");
        break;
    case MARKED_ENDS:
        strbuf_append_string(out, "</mark>");
        break;
    default:
        strbuf_append_char(out, c);
    }
}

/* Clean text has control characters only for matches. */
static void append_clean(struct strbuf *out, struct text clean)
{
    for (size_t i = 0; i < clean.len; i++)
        append_escaped(out, clean.ptr[i]);
}

void html_append(struct strbuf *out, struct text t)
{
    AUTO_DONE(strbuf) clean = STRBUF_INIT(TEXT_MAX);
    terminal_append(&clean, t, TERMINAL_ONE_LINE);
    append_clean(out, strbuf_text(&clean));
}

void html_append_marked(struct strbuf *out, const struct snippet *s)
{
    AUTO_DONE(strbuf) clean = STRBUF_INIT(TEXT_MAX);
    marked_append(&clean, s);
    append_clean(out, strbuf_text(&clean));
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool begins_with(struct text t, const char *prefix)
{
    size_t i = 0;
    for (; prefix[i]; i++)
        if (i >= t.len || lower(t.ptr[i]) != prefix[i])
            return false;
    return t.len > i;
}

bool html_is_link(struct text address)
{
    if (!begins_with(address, "http://") && !begins_with(address, "https://"))
        return false;
    for (size_t i = 0; i < address.len; i++) {
        const unsigned char c = (unsigned char)address.ptr[i];
        if (c <= ' ' || c == 0x7f || c == '"' || c == '<' || c == '>' ||
            c == '\\' || c == '`')
            return false;
    }
    return true;
}

bool html_is_language(struct text code)
{
    if (code.len < 2 || code.len > LANGUAGE_MAX)
        return false;
    for (size_t i = 0; i < code.len; i++) {
        const char c = lower(code.ptr[i]);
        const bool letter = c >= 'a' && c <= 'z';
        if (!letter && (i < 2 || (c != '-' && (c < '0' || c > '9'))))
            return false;
    }
    return true;
}
