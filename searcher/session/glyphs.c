#include "searcher/session/glyphs.h"

#include <utf8proc.h>

#include "common/codepoint.h"

enum { PARTS_MAX = 24 /* the longest compatibility mapping has 18 */ };

/* Those that Unicode does not take apart. */
static const struct {
    int32_t value;
    const char *ascii;
} likenesses[] = {
    {0x00b7, "-"},   {0x00d7, "x"},   {0x00df, "ss"},  {0x00c6, "AE"},
    {0x00e6, "ae"},  {0x00d8, "O"},   {0x00f8, "o"},   {0x0110, "D"},
    {0x0111, "d"},   {0x0141, "L"},   {0x0142, "l"},   {0x0152, "OE"},
    {0x0153, "oe"},  {0x0131, "i"},   {0x00de, "Th"},  {0x00fe, "th"},
    {0x00a3, "GBP"}, {0x20ac, "EUR"}, {0x2010, "-"},   {0x2011, "-"},
    {0x2012, "-"},   {0x2013, "-"},   {0x2014, "--"},  {0x2018, "'"},
    {0x2019, "'"},   {0x201a, "'"},   {0x201c, "\""},  {0x201d, "\""},
    {0x201e, "\""},  {0x00ab, "\""},  {0x00bb, "\""},  {0x2022, "*"},
    {0x2026, "..."}, {0x00a9, "(c)"}, {0x00b0, "deg"}, {0x2212, "-"},
    {0x2044, "/"},
};

static bool append_likeness(struct strbuf *out, int32_t value)
{
    for (size_t i = 0; i < sizeof likenesses / sizeof *likenesses; i++) {
        if (likenesses[i].value != value)
            continue;
        strbuf_append_string(out, likenesses[i].ascii);
        return true;
    }
    return false;
}

static void append_parts(struct strbuf *out, int32_t value)
{
    utf8proc_int32_t parts[PARTS_MAX];
    const utf8proc_ssize_t count = utf8proc_decompose_char(
        value, parts, PARTS_MAX, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, NULL);
    bool any = false;
    for (utf8proc_ssize_t i = 0; i < count && i < PARTS_MAX; i++)
        if (parts[i] < 0x80) {
            strbuf_append_char(out, (char)parts[i]);
            any = true;
        } else if (append_likeness(out, parts[i])) {
            any = true;
        }
    if (!any && codepoint_width(value) > 0)
        strbuf_append_char(out, '?');
}

void glyphs_append_ascii(struct strbuf *out, struct text t)
{
    while (t.len > 0) {
        const struct codepoint c = codepoint_first(t);
        t = text_slice(t, c.length, t.len);
        if (c.value < 0x80)
            strbuf_append_char(out, (char)c.value);
        else if (!append_likeness(out, c.value))
            append_parts(out, c.value);
    }
}
