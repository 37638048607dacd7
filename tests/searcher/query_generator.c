#include "tests/searcher/query_generator.h"

#include <stdbool.h>

#include <utf8proc.h>

#include "common/text.h"

enum { DEPTH = 2, POSITIONAL_DEPTH = 2 };

size_t dice_below(struct dice *d, size_t limit)
{
    d->state ^= d->state << 13;
    d->state ^= d->state >> 7;
    d->state ^= d->state << 17;
    return d->state % limit;
}

static size_t below(const struct query_generator *g, size_t limit)
{
    return dice_below(g->dice, limit);
}

static const char *any_word(const struct query_generator *g)
{
    return g->words[below(g, g->word_count)];
}

/* --- words and their kin -------------------------------------------------- */

/* One of a word's characters becomes something else: left out if `instead` is
 * NULL. */
static void add_damaged(const struct query_generator *g, struct text word,
                        const char *instead, struct strbuf *out)
{
    size_t characters = 0, place, at = 0;
    for (size_t i = 0; i < word.len; i++)
        characters += ((unsigned char)word.ptr[i] & 0xc0) != 0x80;
    for (place = below(g, characters + 1); at < word.len; place--) {
        size_t len = 1;
        while (at + len < word.len &&
               ((unsigned char)word.ptr[at + len] & 0xc0) == 0x80)
            len++;
        if (place == 0)
            strbuf_append_string(out, instead ? instead : "");
        else
            strbuf_append(out, text_slice(word, at, len));
        at += len;
    }
}

static void add_wildcard(const struct query_generator *g, struct strbuf *out)
{
    struct text word = text_from(any_word(g));
    switch (below(g, 4)) {
    case 0:
        add_damaged(g, word, "?", out);
        break;
    case 1:
        add_damaged(g, word, "*", out);
        break;
    case 2:
        add_damaged(g, word, "*", out);
        strbuf_append_char(out, '*');
        break;
    default: {
        size_t len = 1 + below(g, word.len);
        while (len < word.len && ((unsigned char)word.ptr[len] & 0xc0) == 0x80)
            len++;
        strbuf_append(out, text_slice(word, 0, len));
        strbuf_append_char(out, '*');
    }
    }
}

static void add_fuzzy(const struct query_generator *g, struct strbuf *out)
{
    static const char *const instead[] = {"x", "e", "é", NULL};
    add_damaged(g, text_from(any_word(g)), DICE_PICK(g->dice, instead), out);
    strbuf_append_string(out, below(g, 3) ? "~" : "~2");
}

static void add_capitals(const struct query_generator *g, struct strbuf *out)
{
    utf8proc_int32_t c;
    utf8proc_uint8_t bytes[4];
    struct text word = text_from(any_word(g));
    strbuf_append_string(out, "caps(");
    for (size_t at = 0; at < word.len;) {
        at += (size_t)utf8proc_iterate((const utf8proc_uint8_t *)word.ptr + at,
                                       (utf8proc_ssize_t)(word.len - at), &c);
        utf8proc_ssize_t len = utf8proc_encode_char(utf8proc_toupper(c), bytes);
        strbuf_append(out, text_make((const char *)bytes, (size_t)len));
    }
    strbuf_append_char(out, ')');
}

static void add_phrase(const struct query_generator *g, struct strbuf *out)
{
    strbuf_append_char(out, '"');
    for (size_t n = 1 + below(g, 3); n > 0; n--)
        strbuf_append_format(out, "%s%s", any_word(g), n > 1 ? " " : "");
    strbuf_append_char(out, '"');
}

static void add_word(const struct query_generator *g, struct strbuf *out)
{
    switch (below(g, 12)) {
    case 0:
        add_wildcard(g, out);
        break;
    case 1:
        add_fuzzy(g, out);
        break;
    case 2:
        add_capitals(g, out);
        break;
    case 3:
    case 4:
        add_phrase(g, out);
        break;
    case 5:
        strbuf_append_format(out, "=%s", any_word(g));
        break;
    default:
        strbuf_append_string(out, any_word(g));
    }
}

/* --- positions ------------------------------------------------------------ */

static void add_positional(const struct query_generator *g, int depth,
                           struct strbuf *out);

static void add_near(const struct query_generator *g, int depth,
                     struct strbuf *out)
{
    static const char *const ops[] = {"w/1",   "w/2",   "w/5",    "w/30",
                                      "w/130", "pre/1", "pre/3",  "w/s",
                                      "w/s",   "w/p",   "pre/120"};
    add_positional(g, depth, out);
    strbuf_append_format(out, " %s ", DICE_PICK(g->dice, ops));
    add_positional(g, depth, out);
}

/* As an operand. */
static void add_positional(const struct query_generator *g, int depth,
                           struct strbuf *out)
{
    const size_t kind = depth > 0 ? below(g, 6) : 5;
    if (kind > 1) {
        add_word(g, out);
        return;
    }
    strbuf_append_char(out, '(');
    if (kind == 0) {
        add_near(g, depth - 1, out);
    } else {
        for (size_t n = 2 + below(g, 2), i = 0; i < n; i++) {
            strbuf_append_string(out, i > 0 ? " OR " : "");
            add_positional(g, depth - 1, out);
        }
    }
    strbuf_append_char(out, ')');
}

static void add_condition(const struct query_generator *g, struct strbuf *out)
{
    switch (below(g, 7)) {
    case 0:
        strbuf_append_format(out, "atleast%zu(", 1 + below(g, 4));
        add_word(g, out);
        for (size_t n = below(g, 3); n > 1; n--) {
            strbuf_append_string(out, " OR ");
            add_word(g, out);
        }
        break;
    case 1:
        if (below(g, 3) == 0)
            strbuf_append_string(out, "lead(");
        else
            strbuf_append_format(out, "first/%zu(", 1 + below(g, 12));
        if (below(g, 2))
            add_word(g, out);
        else
            add_near(g, 1, out);
        break;
    case 2:
        strbuf_append_string(out, "title:(");
        add_near(g, 1, out);
        break;
    default:
        strbuf_append_char(out, '(');
        add_near(g, POSITIONAL_DEPTH, out);
    }
    strbuf_append_char(out, ')');
}

/* --- fields and limits ---------------------------------------------------- */

static void add_date(const struct query_generator *g, struct strbuf *out)
{
    const char *from = g->days[below(g, g->day_count)];
    const char *to = g->days[below(g, g->day_count)];
    switch (below(g, 6)) {
    case 5:
        strbuf_append_string(out, "date:unknown");
        break;
    case 0:
        strbuf_append_format(out, "since:%s", from);
        break;
    case 1:
        strbuf_append_format(out, "until:%s", to);
        break;
    case 2:
        strbuf_append_format(out, "date:%s..%s", below(g, 4) ? from : "", to);
        break;
    case 3:
        strbuf_append_format(out, "date:%s..", from);
        break;
    default:
        strbuf_append_format(out, "date:%s", from);
    }
}

static void add_length(const struct query_generator *g, struct strbuf *out)
{
    static const char *const forms[] = {"length>", "length<",
                                        "length>=", "length<=", "length:"};
    if (below(g, 2))
        strbuf_append_format(out, "%s%zu", DICE_PICK(g->dice, forms),
                             1 + below(g, 30));
    else
        strbuf_append_format(out, "length:%zu..%zu", below(g, 15),
                             below(g, 40));
}

static void add_name(const struct query_generator *g, struct strbuf *out)
{
    static const char *const fields[] = {"author", "source", "section"};
    const char *name = g->names[below(g, g->name_count)];
    strbuf_append_format(out, "%s:", DICE_PICK(g->dice, fields));
    if (*name != '"' && below(g, 4) == 0) {
        size_t len = 2 + below(g, text_from(name).len - 1);
        strbuf_append(out, text_slice(text_from(name), 0, len));
        strbuf_append_char(out, '*');
    } else {
        strbuf_append_string(out, name);
        if (*name != '"' && below(g, 6) == 0)
            strbuf_append_string(out, "~");
    }
}

static void add_title(const struct query_generator *g, struct strbuf *out)
{
    strbuf_append_string(out, "title:");
    if (below(g, 3)) {
        add_word(g, out);
        return;
    }
    strbuf_append_char(out, '(');
    add_word(g, out);
    strbuf_append_string(out, below(g, 2) ? " OR " : " ");
    add_word(g, out);
    strbuf_append_char(out, ')');
}

static void add_leaf(const struct query_generator *g, struct strbuf *out)
{
    static const char *const others[] = {
        "\"...\"", "*", "lang:en", "lang:De", "tag:oil", "tag:\"North Sea\""};
    const size_t kind = below(g, 24);
    if (kind == 0 && g->ids > 0)
        strbuf_append_format(out, "id:p%zu", below(g, g->ids));
    else if (kind < 2)
        strbuf_append_string(out, DICE_PICK(g->dice, others));
    else if (kind < 4)
        add_date(g, out);
    else if (kind == 4)
        add_length(g, out);
    else if (kind < 7)
        add_name(g, out);
    else if (kind < 9)
        add_title(g, out);
    else if (kind < 15)
        add_condition(g, out);
    else
        add_word(g, out);
}

/* --- AND, OR and NOT ------------------------------------------------------ */

static void add_level(const struct query_generator *g, int depth,
                      struct strbuf *out)
{
    const bool either = below(g, 2);
    for (size_t n = 1 + below(g, 4), i = 0; i < n; i++) {
        if (i > 0)
            strbuf_append_string(out, either ? " OR " : " ");
        if (below(g, 5) == 0)
            strbuf_append_string(out, below(g, 2) ? "-" : "NOT ");
        if (depth > 0 && below(g, 4) == 0) {
            strbuf_append_char(out, '(');
            add_level(g, depth - 1, out);
            strbuf_append_char(out, ')');
        } else {
            add_leaf(g, out);
        }
    }
}

void query_generate(const struct query_generator *g, struct strbuf *out)
{
    add_level(g, DEPTH, out);
}
