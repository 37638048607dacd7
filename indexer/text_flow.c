#include "indexer/text_flow.h"

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* U+00A0, U+3000, and U+FEFF, a mark where it stands by itself. */
size_t text_flow_blank(struct text t, size_t at)
{
    static const struct text wide[] = {TEXT("\xc2\xa0"), TEXT("\xe3\x80\x80"),
                                       TEXT("\xef\xbb\xbf")};
    if (is_blank(t.ptr[at]))
        return 1;
    switch (t.ptr[at]) {
    case '\xc2':
    case '\xe3':
    case '\xef':
        for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
            if (text_starts_with(text_slice(t, at, 3), wide[i]))
                return wide[i].len;
        break;
    default:
        break;
    }
    return 0;
}

void text_flow_widen(struct text_flow *flow, enum gap gap)
{
    if (flow->gap < gap)
        flow->gap = gap;
}

static void write_gap(struct text_flow *flow)
{
    static const char *const gaps[] = {"", " ", "\n", "\n\n"};
    if (flow->begun)
        strbuf_append_string(flow->out, gaps[flow->gap]);
    flow->begun = true;
    flow->gap = GAP_NONE;
}

void text_flow_words(struct text_flow *flow, struct text t)
{
    for (size_t at = 0; at < t.len;) {
        size_t blank = text_flow_blank(t, at), start = at;
        if (blank > 0) {
            text_flow_widen(flow, GAP_BLANK);
            at += blank;
            continue;
        }
        while (at < t.len && text_flow_blank(t, at) == 0)
            at++;
        text_flow_verbatim(flow, text_slice(t, start, at - start));
    }
}

void text_flow_lines(struct text_flow *flow, struct text t)
{
    struct text line;
    while (text_split(&t, '\n', &line)) {
        text_flow_words(flow, line);
        text_flow_widen(flow, GAP_LINE);
    }
}

void text_flow_verbatim(struct text_flow *flow, struct text t)
{
    if (t.len == 0)
        return;
    write_gap(flow);
    strbuf_append(flow->out, t);
}
