#include "indexer/mojibake.h"

#include <string.h>

#include "common/strbuf.h"
#include "common/utf8.h"
#include "indexer/cleaning.h"

enum { TIMES_MAX = 3, RUN_MAX = 1 << 20 };

/* --- there and back ------------------------------------------------------- */

/* Of 0x80 to 0x9f in Windows-1252, as the WHATWG has it; what it does not use
 * is a control character, as in Latin-1. */
static const uint16_t upper[32] = {
    0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
    0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0x8d,   0x17d,  0x8f,
    0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178};

/* The byte that was read as this character; -1 if there is none. */
static int byte_of(uint32_t c)
{
    if (c < 0x100)
        return (int)c;
    for (int i = 0; i < 32; i++)
        if (upper[i] == c)
            return 0x80 + i;
    return -1;
}

static bool is_quote_or_dash(unsigned char byte)
{
    static const char bytes[] = "\x82\x84\x85\x8b\x91\x92\x93\x94\x95\x96\x97"
                                "\x9b\xa0\xab\xb4\xb7\xbb";
    return memchr(bytes, byte, sizeof bytes - 1) != NULL;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* --- a run ---------------------------------------------------------------- */

/* What the characters of a run go back to. */
struct findings {
    size_t typographic; /* never met by chance */
    size_t clear;       /* Latin letters and signs, hardly met by chance */
    size_t latin;       /* those that may be */
    size_t other, rest; /* of other scripts */
};

static bool is_typographic(uint32_t c)
{
    return (c >= 0x2000 && c <= 0x203a) || c == 0x20ac || c == 0x2122 ||
           (c >= 0x1f000 && c <= 0x1faff);
}

/* `last` is the last byte of the character. */
static void count(struct findings *f, uint32_t c, unsigned char last)
{
    if (is_typographic(c))
        f->typographic++;
    else if (c < 0xa0)
        f->latin++;
    else if (c < 0x250)
        *(is_quote_or_dash(last) ? &f->latin : &f->clear) += 1;
    else if (c >= 0x370 && c < 0x700)
        f->other++;
    else
        f->rest++;
}

/* Appends what the run goes back to; false if it is not valid UTF-8. */
static bool go_back(struct text run, struct strbuf *out, struct findings *f)
{
    size_t start = out->len, length;
    for (size_t at = 0; at < run.len; at += length) {
        int byte = byte_of(utf8_decode(run, at, &length));
        if (byte < 0)
            return false;
        strbuf_append_char(out, (char)byte);
    }
    struct text bytes = text_slice(strbuf_text(out), start, out->len - start);
    if (out->overflowed || utf8_valid_length(bytes) < bytes.len)
        return false;
    *f = (struct findings){0};
    for (size_t at = 0; at < bytes.len; at += length) {
        uint32_t c = utf8_decode(bytes, at, &length);
        count(f, c, (unsigned char)bytes.ptr[at + length - 1]);
    }
    return true;
}

/* What the run may be, MOJIBAKE_NONE if it is to be left alone; and whether
 * that is clear by itself. */
static unsigned judge(const struct findings *f, bool beside_letter, bool *clear)
{
    *clear = f->other >= 3 || f->rest >= 2;
    if (*clear)
        return MOJIBAKE_OTHER;
    if (f->rest > 0)
        return MOJIBAKE_NONE;
    if (f->other > 0)
        return MOJIBAKE_OTHER;
    *clear = f->typographic > 0 || (f->clear > 0 && beside_letter);
    return MOJIBAKE_LATIN;
}

/* The next run of `t` from `*at`, which moves behind it. */
static bool next_run(struct text t, size_t *at, struct text *run,
                     bool *beside_letter)
{
    size_t from = *at, end;
    while (from < t.len && (unsigned char)t.ptr[from] < 0x80)
        from++;
    for (end = from; end < t.len && (unsigned char)t.ptr[end] >= 0x80; end++)
        ;
    *at = end;
    *run = text_slice(t, from, end - from);
    *beside_letter = (from > 0 && is_letter(t.ptr[from - 1])) ||
                     (end < t.len && is_letter(t.ptr[end]));
    return from < t.len;
}

/* --- a text --------------------------------------------------------------- */

/* The byte where a character that a byte from 0xc2 to 0xf4 was read as stands
 * before one that a byte from 0x80 to 0xbf was; most texts have none. */
static bool may_be_any(struct text t)
{
    static const char nexts[] = "\xc2\xe2\xc5\xc6\xcb";
    if (t.len < 3)
        return false;
    const char *end = t.ptr + t.len, *at = t.ptr;
    while (at + 2 < end && (at = memchr(at, 0xc3, (size_t)(end - at) - 2))) {
        unsigned char lead = (unsigned char)at[1];
        if (lead >= 0x82 && lead <= 0xb4 &&
            memchr(nexts, at[2], sizeof nexts - 1))
            return true;
        at++;
    }
    return false;
}

unsigned mojibake_look(struct text t)
{
    AUTO_DONE(strbuf) bytes = STRBUF_INIT(RUN_MAX);
    struct text run;
    struct findings f;
    bool beside_letter, clear;
    unsigned found = MOJIBAKE_NONE;
    if (!may_be_any(t))
        return MOJIBAKE_NONE;
    for (size_t at = 0; next_run(t, &at, &run, &beside_letter);) {
        strbuf_reset(&bytes);
        if (!go_back(run, &bytes, &f))
            continue;
        unsigned kind = judge(&f, beside_letter, &clear);
        found |= clear ? kind : MOJIBAKE_NONE;
    }
    return found;
}

/* Once; false if there was nothing to be mended. */
static bool mend_once(struct text t, unsigned evidence, struct strbuf *out)
{
    struct text run;
    struct findings f;
    bool beside_letter, clear, mended = false;
    size_t copied = 0;
    for (size_t at = 0; next_run(t, &at, &run, &beside_letter);) {
        size_t from = (size_t)(run.ptr - t.ptr);
        strbuf_append(out, text_slice(t, copied, from - copied));
        copied = from;
        size_t start = out->len;
        if (go_back(run, out, &f) &&
            (judge(&f, beside_letter, &clear) & evidence)) {
            copied = at;
            mended = true;
        } else {
            strbuf_truncate(out, start);
        }
    }
    strbuf_append(out, text_slice(t, copied, t.len - copied));
    return mended && !out->overflowed;
}

bool mojibake_mend(struct text *t, unsigned evidence, struct arena *arena)
{
    bool mended = false;
    for (int times = 0; times < TIMES_MAX && may_be_any(*t); times++) {
        AUTO_DONE(strbuf) out = STRBUF_INIT(t->len + 1);
        unsigned known = mojibake_look(*t);
        known |= times == 0 ? evidence : MOJIBAKE_NONE;
        if (known == MOJIBAKE_NONE || !mend_once(*t, known, &out))
            break;
        *t = arena_text(arena, strbuf_text(&out));
        mended = true;
    }
    return mended;
}

/* --- an article ----------------------------------------------------------- */

static const struct text *mend_list(const struct text *list, size_t count,
                                    unsigned evidence, struct arena *arena)
{
    bool any = false;
    for (size_t i = 0; i < count; i++)
        any = any || may_be_any(list[i]);
    if (!any)
        return list;
    struct text *copy = arena_alloc(arena, count * sizeof *copy);
    for (size_t i = 0; i < count; i++) {
        copy[i] = list[i];
        (void)mojibake_mend(&copy[i], evidence, arena);
    }
    return copy;
}

bool mojibake_mend_article(struct article *a, struct arena *arena)
{
    struct text *texts[] = {&a->body, &a->title, &a->section, &a->source};
    enum { COUNT = sizeof texts / sizeof *texts };
    unsigned evidence = MOJIBAKE_NONE;
    bool mended = false;
    for (size_t i = 0; i < COUNT; i++)
        evidence |= mojibake_look(*texts[i]);
    for (size_t i = 0; i < COUNT; i++)
        mended |= mojibake_mend(texts[i], evidence, arena);
    a->authors = mend_list(a->authors, a->author_count, evidence, arena);
    a->tags = mend_list(a->tags, a->tag_count, evidence, arena);
    a->body = cleaning_without_c1(a->body, arena);
    return mended;
}
