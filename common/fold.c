#include "common/fold.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include <utf8proc.h>

#include "common/character.h"
#include "common/mem.h"
#include "common/utf8.h"

enum { DOT_ABOVE = 0x307 };

/* The code points of a text, after `first` on each (unless NULL), decomposed;
 * on the heap only when long. */
struct code_points {
    utf8proc_int32_t *items;
    size_t count;
    utf8proc_int32_t *heap;
    utf8proc_int32_t few[256];
};

static void code_points_init(struct code_points *c, struct text t, int options,
                             utf8proc_custom_func first)
{
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)t.ptr;
    utf8proc_ssize_t len = (utf8proc_ssize_t)t.len;
    utf8proc_ssize_t room = sizeof c->few / sizeof *c->few;
    utf8proc_option_t flags = (utf8proc_option_t)options;
    c->heap = NULL;
    c->items = c->few;
    utf8proc_ssize_t count = utf8proc_decompose_custom(
        bytes, len, c->items, room, flags, first, NULL);
    if (count > room) {
        c->heap = mem_zeroed((size_t)count, sizeof *c->heap);
        c->items = c->heap;
        count = utf8proc_decompose_custom(bytes, len, c->items, count, flags,
                                          first, NULL);
    }
    c->count = count > 0 ? (size_t)count : 0;
}

/* Recomposes, writes as UTF-8, and releases. */
static void code_points_finish(struct code_points *c, struct strbuf *out)
{
    utf8proc_option_t flags =
        (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    utf8proc_ssize_t count =
        utf8proc_normalize_utf32(c->items, (utf8proc_ssize_t)c->count, flags);
    strbuf_reset(out);
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        char bytes[UTF8_LENGTH_MAX];
        size_t len = utf8_encode((uint32_t)c->items[i], bytes);
        strbuf_append(out, text_make(bytes, len));
    }
    if (out->overflowed)
        strbuf_truncate(out, 0);
    free(c->heap);
}

/* Only ASCII, and Han, kana and Hangul that no normal form changes. */
static bool is_plain(struct text t)
{
    size_t length;
    for (size_t at = 0; at < t.len; at += length) {
        length = 1;
        if ((unsigned char)t.ptr[at] < 0x80)
            continue;
        uint32_t c = utf8_decode(t, at, &length);
        bool plain =
            (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3041 && c <= 0x3096) ||
            (c >= 0x30a1 && c <= 0x30fa) || (c >= 0xac00 && c <= 0xd7a3);
        if (!plain)
            return false;
    }
    return true;
}

static void append_lower(struct text t, struct strbuf *out)
{
    char *room = strbuf_reserve(out, t.len);
    if (!room)
        return;
    for (size_t i = 0; i < t.len; i++) {
        char c = t.ptr[i];
        room[i] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
    }
    room[t.len] = '\0';
    out->len += t.len;
}

/* Before decomposition, which makes two characters of an acute accent, and
 * after it. */
static utf8proc_int32_t straight(utf8proc_int32_t c, void *unused)
{
    (void)unused;
    switch (c) {
    case 0x201c:
    case 0x201d:
    case 0x201e:
    case 0x201f:
        return '"';
    default:
        return c >= 0x80 && character_of((uint32_t)c) == CHARACTER_APOSTROPHE
                   ? '\''
                   : c;
    }
}

void fold_normalize(struct text written, struct strbuf *out)
{
    strbuf_reset(out);
    if (is_plain(written)) {
        append_lower(written, out);
        return;
    }
    struct code_points c;
    code_points_init(&c, written,
                     UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                         UTF8PROC_CASEFOLD | UTF8PROC_IGNORE,
                     straight);
    size_t kept = 0;
    for (size_t i = 0; i < c.count; i++) {
        bool dotted_i =
            c.items[i] == DOT_ABOVE && kept > 0 && c.items[kept - 1] == 'i';
        if (!dotted_i)
            c.items[kept++] = straight(c.items[i], NULL);
    }
    c.count = kept;
    code_points_finish(&c, out);
}

struct letter {
    uint32_t code_point;
    char ascii[3];
};

/* Sorted. Letters of living orthographies that Unicode does not decompose. */
static const struct letter letters[] = {
    {0x00df, "ss"}, {0x00e6, "ae"}, {0x00f0, "d"}, {0x00f8, "o"},
    {0x00fe, "th"}, {0x0111, "d"},  {0x0127, "h"}, {0x0131, "i"},
    {0x0138, "k"},  {0x0142, "l"},  {0x014b, "n"}, {0x0153, "oe"},
    {0x0167, "t"},  {0x0180, "b"},  {0x0188, "c"}, {0x018c, "d"},
    {0x0192, "f"},  {0x0199, "k"},  {0x019a, "l"}, {0x019e, "n"},
    {0x01a5, "p"},  {0x01ad, "t"},  {0x01b4, "y"}, {0x01b6, "z"},
    {0x01dd, "e"},  {0x01e5, "g"},  {0x0237, "j"}, {0x023c, "c"},
    {0x0247, "e"},  {0x0249, "j"},  {0x024d, "r"}, {0x024f, "y"},
    {0x0251, "a"},  {0x0253, "b"},  {0x0254, "o"}, {0x0256, "d"},
    {0x0257, "d"},  {0x0259, "a"},  {0x025b, "e"}, {0x0260, "g"},
    {0x0268, "i"},  {0x0272, "n"},  {0x0275, "o"}, {0x0289, "u"},
    {0x028b, "v"},  {0x0292, "z"},  {0x2c61, "l"}, {0x2c65, "a"},
    {0x2c66, "t"},  {0xa7b5, "b"},
};

static int compare_letters(const void *key, const void *element)
{
    uint32_t a = *(const uint32_t *)key;
    uint32_t b = ((const struct letter *)element)->code_point;
    return (a > b) - (a < b);
}

static bool is_latin(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= 0xc0 && c <= 0x2af && c != 0xd7 && c != 0xf7) ||
           (c >= 0x1d00 && c <= 0x1d25) || (c >= 0x1d6b && c <= 0x1d77) ||
           (c >= 0x1d79 && c <= 0x1d9a) || (c >= 0x1e00 && c <= 0x1eff) ||
           (c >= 0x2c60 && c <= 0x2c7f) || (c >= 0xa722 && c <= 0xa7ff) ||
           (c >= 0xab30 && c <= 0xab64);
}

static bool is_mark(uint32_t c)
{
    return c >= 0x300 && character_of(c) == CHARACTER_MARK;
}

void fold_diacritics(struct text normal, struct strbuf *out)
{
    strbuf_reset(out);
    if (is_plain(normal)) {
        strbuf_append(out, normal);
        return;
    }
    struct code_points from, to;
    code_points_init(&from, normal, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE, NULL);
    to.items = to.heap = mem_zeroed(from.count, 2 * sizeof *to.heap);
    to.count = 0;
    bool after_latin = false;
    for (size_t i = 0; i < from.count; i++) {
        uint32_t c = (uint32_t)from.items[i];
        if (after_latin && is_mark(c))
            continue;
        after_latin = is_latin(c);
        const struct letter *letter =
            c < 0x80 ? NULL
                     : bsearch(&c, letters, sizeof letters / sizeof *letters,
                               sizeof *letters, compare_letters);
        const char *ascii = letter ? letter->ascii : "";
        if (!letter)
            to.items[to.count++] = (utf8proc_int32_t)c;
        for (size_t k = 0; ascii[k]; k++)
            to.items[to.count++] = ascii[k];
    }
    free(from.heap);
    code_points_finish(&to, out);
}

/* Valid UTF-8 with a space for everything that separates only. */
static void append_spaced(struct text value, struct strbuf *out)
{
    size_t length;
    for (size_t at = 0; at < value.len; at += length) {
        enum character c = character_at(value, at, &length);
        bool space = c == CHARACTER_SPACE || c == CHARACTER_LINE_BREAK ||
                     c == CHARACTER_PARAGRAPH_BREAK || c == CHARACTER_INVALID ||
                     (length == 1 && (unsigned char)value.ptr[at] < ' ');
        strbuf_append(out, space ? text_make(" ", 1)
                                 : text_slice(value, at, length));
    }
}

static void collapse_spaces(struct strbuf *b)
{
    size_t kept = 0;
    for (size_t i = 0; i < b->len; i++)
        if (b->ptr[i] != ' ' || (kept > 0 && b->ptr[kept - 1] != ' '))
            b->ptr[kept++] = b->ptr[i];
    if (kept > 0 && b->ptr[kept - 1] == ' ')
        kept--;
    strbuf_truncate(b, kept);
}

void fold_value(struct text value, struct strbuf *out)
{
    AUTO_DONE(strbuf) spaced = STRBUF_INIT(value.len);
    AUTO_DONE(strbuf) normal = STRBUF_INIT(SIZE_MAX / 2);
    append_spaced(value, &spaced);
    fold_normalize(strbuf_text(&spaced), &normal);
    fold_diacritics(strbuf_text(&normal), out);
    collapse_spaces(out);
}
